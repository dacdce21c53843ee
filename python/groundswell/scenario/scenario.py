"""A scenario: one company, one period, one program or none, and every number of the model."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self

import numpy as np
import pandas as pd
from pydantic import field_validator
from pydantic_core import core_schema

from groundswell.company import Company
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.scenario import describe as text
from groundswell.scenario import parameters as schema
from groundswell.scenario.addresses import changed_fields
from groundswell.scenario.audience import Audience
from groundswell.scenario.awareness import Awareness
from groundswell.scenario.base import Group, Spec
from groundswell.scenario.content import Content
from groundswell.scenario.feed import Feed
from groundswell.scenario.platform import Platforms
from groundswell.scenario.posting import Credibility, Posting
from groundswell.scenario.program import Program
from groundswell.scenario.workforce import Workforce
from groundswell.scenario.yaml_io import dump_yaml, load_yaml
from groundswell.transformations import to_date

SCHEMA_VERSION = 1
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 12, 31)
MODEL_GROUPS = (
    "workforce",
    "audience",
    "platforms",
    "content",
    "posting",
    "credibility",
    "feed",
    "awareness",
)


def _weeks(what: str, low: int, high: int) -> Spec:
    return Spec(
        what, "weeks", "chosen by the analyst", "design", "input", at_least=low, at_most=high, count=True
    )


class _CheckedByHand:
    """Keeps pydantic from looking into the class: the validator of the field checks the type."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:  # noqa: ARG002 - pydantic's signature
        return core_schema.any_schema()


class Scenario(Group):
    """What is simulated. A frozen value: change it with ``replace``.

    Args:
        company: the firm.
        start: first day of the horizon, 1970-01-01 to 2200-12-31; a date, an ISO string or a timestamp at midnight.
        weeks: length of the horizon, 4 to 156.
        label: name of the design; made up from the program and the changes if absent.
        warm_up_weeks: weeks before the horizon without a program, 0 to 104.
        follow_up_weeks: weeks after it in which nobody posts and views still arrive, 0 to 52.
        program: a ``Program``, or None.
        workforce, audience, platforms, content, posting, credibility, feed, awareness: the model's numbers.

    Raises:
        InvalidInput: one line a problem, with address, value and rule.
    """

    company: Annotated[Company, _CheckedByHand()]
    start: date
    weeks: Annotated[int, _weeks("Length of the horizon", 4, 156)] = 52
    label: str
    warm_up_weeks: Annotated[int, _weeks("Weeks before the horizon, without a program", 0, 104)] = 26
    follow_up_weeks: Annotated[int, _weeks("Weeks after it without posts, while views arrive", 0, 52)] = 4
    program: Program | None = None
    workforce: Workforce = Workforce()
    audience: Audience = Audience()
    platforms: Platforms = Platforms()
    content: Content = Content()
    posting: Posting = Posting()
    credibility: Credibility = Credibility()
    feed: Feed = Feed()
    awareness: Awareness = Awareness()

    def __init__(
        self,
        company: Company,
        start: date | datetime | str | np.datetime64,
        weeks: int = 52,
        label: str | None = None,
        *,
        warm_up_weeks: int = 26,
        follow_up_weeks: int = 4,
        program: Program | None = None,
        **groups: Any,
    ) -> None:
        made_up = label is None
        super().__init__(
            company=company,
            start=start,
            weeks=weeks,
            label="made up" if made_up else label,
            warm_up_weeks=warm_up_weeks,
            follow_up_weeks=follow_up_weeks,
            program=program,
            **groups,
        )
        if made_up:
            self.__dict__["label"] = text.label(
                self
            )  # still under construction: nobody has seen the frozen value

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

    def model_post_init(self, context: Any, /) -> None:
        if self.program is None:
            return
        advocates, employees = self.program.advocates, self.company.employees
        if advocates.size is not None and advocates.size > employees:
            rule = f"more than the company's {employees:,} employees"
            raise InvalidInput(
                problems=[Problem(("program", "advocates", "size"), str(advocates.size), rule)]
            )
        if advocates.names is not None:
            self.company.numbers_of(advocates.names, "program.advocates.names")

    def replace(self, changes: Mapping[str, Any] | None = None, /, **fields: Any) -> Self:
        """A new scenario with some values changed.

        Args:
            changes: dotted address to value, as in ``{"program.posts_per_week": 1, "feed.viewer_limit": None}``.
            **fields: fields of the scenario by name, as in ``label="Quiet"``, ``program=None``.

        Without ``label`` the new one is made up: from the program and the changes from the default if the old one
        was, else from the old label and the changes.

        Raises:
            UnknownName: an address that does not exist, with the nearest one that does.
            InvalidInput: a value that breaks a rule.
        """
        merged = dict(changes or {})
        twice = sorted(set(merged) & set(fields))
        if twice:
            raise InvalidInput(f"{', '.join(twice)}: given twice, as an address and as a keyword")
        merged |= fields
        values = changed_fields(self, merged, type(self))
        if merged.get("label") is not None:
            return type(self)(**values)
        made_up = self.label == text.label(self)
        new = type(self)(**(values | {"label": None}))
        if made_up or new.diff(self).empty:
            return new
        return type(self)(**(values | {"label": text.derived_label(self, new)}))

    def diff(self, other: Scenario) -> pd.DataFrame:
        """What differs: one row a parameter, columns path, this, other, unit. Labels are not compared."""
        if not isinstance(other, Scenario):
            raise InvalidInput(f"diff takes a Scenario, not {type(other).__name__}")
        return text.difference(self, other)

    def parameters(self) -> pd.DataFrame:
        """Every parameter: path, value, default, changed, unit, bounds, prior, source, tag, description."""
        return schema.frame(type(self), self)

    def describe(self) -> pd.DataFrame:
        """What is on, off, changed, default and imputed: columns part, state, detail."""
        return text.describe(self)

    def core_parameters(self) -> dict[str, Any]:
        """The nested dict of the core: keys are the fields of the C++ Params structs, None is infinity."""
        groups = {name: _plain(getattr(self, name)) for name in MODEL_GROUPS}
        linkedin = groups["platforms"]["linkedin"]
        del linkedin["person_visibility"], linkedin["page_visibility"]
        linkedin["constants"] = self.platforms.linkedin.constants()
        return _numbers(groups)

    def core_design(self) -> dict[str, Any]:
        """The arguments of ``_core.Design``."""
        return {
            "parameters": self.core_parameters(),
            "start": self.start.isoformat(),
            "warm_up_weeks": self.warm_up_weeks,
            "weeks": self.weeks,
            "follow_up_weeks": self.follow_up_weeks,
            "program": self._core_program(),
        }

    def content_hash(self) -> str:
        """SHA-256 of everything that decides the numbers: not the label, not the ids, names by employee number."""
        design = self.core_design()
        if design["program"] is not None:
            kind, who = design["program"]["advocates"]
            design["program"]["advocates"] = [kind, who.tolist() if isinstance(who, np.ndarray) else who]
        content = {"company": self.company.content_hash(), "design": design}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def to_yaml(self) -> str:
        """The scenario as YAML, every value written out; the company by name and hash, as it is not in the file."""
        values: dict[str, Any] = {
            "groundswell_scenario": SCHEMA_VERSION,
            "label": self.label,
            "company": self.company.reference(),
            "start": self.start,
            "weeks": self.weeks,
            "warm_up_weeks": self.warm_up_weeks,
            "follow_up_weeks": self.follow_up_weeks,
            "program": _plain(self.program),
        }
        return dump_yaml(values | {name: _plain(getattr(self, name)) for name in MODEL_GROUPS})

    @classmethod
    def from_yaml(cls, source: str, company: Company | None = None, *, any_company: bool = False) -> Self:
        """A scenario from YAML text. Loading runs nothing; what is not in the text has its default.

        Args:
            source: the text, not a path.
            company: the firm; may be left out where the text names a synthetic one.
            any_company: accept another company than the one whose hash is in the text.

        Raises:
            InvalidInput: hostile or malformed YAML, unknown keys, values that break a rule, another company.
        """
        data = load_yaml(source, "scenario YAML")
        version = data.pop("groundswell_scenario", None)
        if version != SCHEMA_VERSION:
            raise InvalidInput(
                problems=[Problem(("groundswell_scenario",), shown(version), f"must be {SCHEMA_VERSION}")]
            )
        firm = Company.from_reference(data.pop("company", None), company, any_company=any_company)
        problems = [
            Problem((key,), "", f"no parameter of that name; {did_you_mean(key, cls.model_fields)}")
            for key in data
            if key not in cls.model_fields
        ]
        if "start" not in data:
            problems.append(Problem(("start",), "", "is required"))
        if problems:
            raise InvalidInput(problems=problems)
        return cls(firm, **data)

    def pseudonymized(self) -> Self:
        """The same scenario without the analyst's ids: employees by number. Its hash and numbers are the same."""
        company, program = self.company.pseudonymized(), self.program
        if program is not None and program.advocates.names is not None:
            numbers = self.company.numbers_of(program.advocates.names, "program.advocates.names")
            advocates = type(program.advocates)(names=tuple(int(i) for i in numbers))
            program = Program(
                advocates=advocates,
                posts_per_week=program.posts_per_week,
                company_content_fraction=program.company_content_fraction,
            )
        return self.replace(company=company, program=program, label=self.label)

    def __repr__(self) -> str:
        return text.plain(self)

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return text.html(self)

    def _core_program(self) -> dict[str, Any] | None:
        if self.program is None:
            return None
        advocates = self.program.advocates
        who: tuple[str, Any] = ("random", advocates.size)
        if advocates.names is not None:
            who = ("named", self.company.numbers_of(advocates.names, "program.advocates.names"))
        return {
            "posts_per_week": self.program.posts_per_week,
            "company_content_fraction": self.program.company_content_fraction,
            "advocates": who,
        }


def parameters() -> pd.DataFrame:
    """Every parameter with its default: path, value, default, changed, unit, bounds, prior, source, tag, description."""
    return schema.frame(Scenario)


def _plain(value: Any) -> Any:
    """Groups as dicts, tuples as lists, all the way down."""
    if isinstance(value, Group):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _numbers(value: Any) -> Any:
    """Every leaf as float, None as infinity: the core's parameters are doubles."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    return math.inf if value is None else float(value)
