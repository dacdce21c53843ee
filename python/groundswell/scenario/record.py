"""What a scenario holds: the fields of `Scenario`, with the checks of single values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import field_validator
from pydantic_core import core_schema

from groundswell.company import Company
from groundswell.company.table.cells import to_date
from groundswell.errors import InvalidInput, Problem, shown
from groundswell.scenario.model.audience import Audience
from groundswell.scenario.model.awareness import Awareness
from groundswell.scenario.model.content import Content
from groundswell.scenario.model.costs import Costs
from groundswell.scenario.model.feed import Feed
from groundswell.scenario.model.participation import Participation
from groundswell.scenario.model.platform import Platforms
from groundswell.scenario.model.posting import Credibility, Posting
from groundswell.scenario.model.retention import Retention
from groundswell.scenario.model.workforce import Workforce
from groundswell.scenario.program import Program
from groundswell.scenario.schema.base import Group, Spec
from groundswell.scenario.schema.priors import Prior, Priors, from_text

EARLIEST, LATEST = date(1970, 1, 1), date(2200, 12, 31)


def _weeks(what: str, low: int, high: int) -> Spec:
    return Spec(what, "weeks", "chosen by the analyst", "design", "input", at_least=low, at_most=high, count=True)


class _CheckedByHand:
    """Keeps pydantic from looking into the class: the validator of the field checks the type."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.any_schema()


class ScenarioRecord(Group):
    """One company, one period, one program or none, and every number of the model; `Scenario` documents the fields."""

    company: Annotated[Company, _CheckedByHand()]
    start: date
    weeks: Annotated[int, _weeks("Length of the horizon", 4, 156)] = 52
    label: str
    warm_up_weeks: Annotated[
        int, _weeks("Weeks before the horizon; only a program that already runs acts in them", 0, 104)
    ] = 26
    follow_up_weeks: Annotated[int, _weeks("Weeks after it without posts, while views arrive", 0, 52)] = 4
    program: Program | None = None
    running_program: Annotated[str, Spec(
        "What becomes of a program that the company already has, on the first day of the horizon", "choice",
        "chosen by the analyst", "design", "input", choices=("keep", "stop"))] = "keep"  # fmt: skip
    workforce: Workforce = Workforce()
    audience: Audience = Audience()
    platforms: Platforms = Platforms()
    content: Content = Content()
    posting: Posting = Posting()
    credibility: Credibility = Credibility()
    feed: Feed = Feed()
    awareness: Awareness = Awareness()
    participation: Participation = Participation()
    retention: Retention = Retention()
    costs: Costs = Costs()
    priors: Priors = Priors()

    @field_validator("company", mode="before")
    @classmethod
    def _company(cls, value: Any) -> Any:
        if not isinstance(value, Company):
            raise ValueError("must be a gs.Company: gs.Company.synthetic(…) or gs.Company.from_frames(…)")
        return value

    @field_validator("start", mode="before")
    @classmethod
    def _start(cls, value: Any) -> Any:
        day = to_date(value)
        if not EARLIEST <= day <= LATEST:
            raise ValueError(f"must be from {EARLIEST} to {LATEST}")
        return day

    @field_validator("label", mode="before")
    @classmethod
    def _label(cls, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip() or len(value) > 200 or not value.isprintable():
            raise ValueError("must be text of 1 to 200 printable characters on one line")
        return value

    @field_validator("priors", mode="before")
    @classmethod
    def _priors(cls, value: Any) -> Any:
        if value is None:
            return Priors()
        if not isinstance(value, Mapping):
            raise ValueError("must be a mapping of addresses to priors, as in {'awareness.phi': 'uniform(0.5, 0.7)'}")
        return Priors(tuple(sorted((str(name), _prior(str(name), prior)) for name, prior in value.items())))


def _prior(address: str, value: Any) -> Prior:
    """A prior from a value or its text; the error names address, value and rule."""
    rule = "must be a prior: gs.uniform(2, 6), or its text 'uniform(2, 6)'"
    try:
        if isinstance(value, Prior):
            return value
        if isinstance(value, str):
            return from_text(value)
    except ValueError as error:
        rule = str(error)
    raise InvalidInput(problems=[Problem(tuple(address.split(".")), shown(value), rule)])
