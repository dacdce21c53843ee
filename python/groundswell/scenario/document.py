"""A scenario as YAML text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groundswell.company import Company
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.scenario.base import plain
from groundswell.scenario.core import MODEL_GROUPS
from groundswell.scenario.yaml_io import dump_yaml, load_yaml

if TYPE_CHECKING:
    from groundswell.scenario.scenario import Scenario

SCHEMA_VERSION = 1


def write(scenario: Scenario) -> str:
    """Return every value as YAML; a later default changes nothing in it."""
    values: dict[str, Any] = {
        "groundswell_scenario": SCHEMA_VERSION,
        "label": scenario.label,
        "company": scenario.company.reference(),
        "start": scenario.start,
        "weeks": scenario.weeks,
        "warm_up_weeks": scenario.warm_up_weeks,
        "follow_up_weeks": scenario.follow_up_weeks,
        "program": plain(scenario.program),
    }
    return dump_yaml(values | {name: plain(getattr(scenario, name)) for name in MODEL_GROUPS})


def read(
    source: str, cls: type[Scenario], company: Company | None, *, any_company: bool
) -> tuple[Company, dict[str, Any]]:
    """Return the company and the other arguments of a scenario; see ``Scenario.from_yaml``."""
    data = load_yaml(source, "scenario YAML")
    version = data.pop("groundswell_scenario", None)
    if type(version) is not int or version != SCHEMA_VERSION:
        raise InvalidInput(problems=[Problem(("groundswell_scenario",), shown(version), f"must be {SCHEMA_VERSION}")])
    firm = Company.from_reference(data.pop("company", None), company, any_company=any_company)
    unknown = [key for key in data if key not in cls.model_fields]
    problems = [
        Problem((key,), "", f"no parameter of that name; {did_you_mean(key, cls.model_fields)}") for key in unknown
    ]
    if "start" not in data:
        problems.append(Problem(("start",), "", "is required"))
    if problems:
        raise InvalidInput(problems=problems)
    return firm, data
