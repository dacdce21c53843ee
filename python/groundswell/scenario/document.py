"""A scenario as YAML text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from groundswell.company import Company
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.pseudonyms import Key
from groundswell.scenario import names
from groundswell.scenario.base import plain
from groundswell.scenario.core import MODEL_GROUPS
from groundswell.scenario.yaml_io import dump_yaml, load_yaml

if TYPE_CHECKING:
    from groundswell.scenario.scenario import Scenario

SCHEMA_VERSION = 1


def write(scenario: Scenario, key: Key | str | Path | None = None) -> str:
    """Return every value as YAML; a later default changes nothing in it. Named advocates are pseudonyms."""
    people = None if scenario.program is None else scenario.program.advocates.names
    if people is None:
        return _text(scenario, None)
    hidden, fingerprint = names.hide(scenario.company, people, key)
    return _text(scenario, hidden, fingerprint)


def write_nameless(scenario: Scenario) -> str:
    """Return the same, with how many advocates are named in place of who; needs no key."""
    people = None if scenario.program is None else scenario.program.advocates.names
    return _text(scenario, None if people is None else f"{len(people)} named, left out here")


def write_empty(scenario: Scenario) -> str:
    """Return the same, with no advocate named: for a file that has their names elsewhere."""
    return _text(scenario, [])


def _text(scenario: Scenario, people: Any, fingerprint: str | None = None) -> str:
    program = plain(scenario.program)
    if program is not None and program["advocates"]["names"] is not None:
        program["advocates"] = program["advocates"] | {"names": people}
    values: dict[str, Any] = {
        "groundswell_scenario": SCHEMA_VERSION,
        "label": scenario.label,
        "company": scenario.company.reference(),
        "start": scenario.start,
        "weeks": scenario.weeks,
        "warm_up_weeks": scenario.warm_up_weeks,
        "follow_up_weeks": scenario.follow_up_weeks,
        **({} if fingerprint is None else {names.KEY: fingerprint}),
        "program": program,
    }
    return dump_yaml(values | {name: plain(getattr(scenario, name)) for name in MODEL_GROUPS})


def read(
    source: str,
    cls: type[Scenario],
    company: Company | None,
    *,
    any_company: bool,
    key: Key | str | Path | None = None,
) -> tuple[Company, dict[str, Any]]:
    """Return the company and the other arguments of a scenario; see ``Scenario.from_yaml``."""
    data = load_yaml(source, "scenario YAML")
    version = data.pop("groundswell_scenario", None)
    if type(version) is not int or version != SCHEMA_VERSION:
        raise InvalidInput(problems=[Problem(("groundswell_scenario",), shown(version), f"must be {SCHEMA_VERSION}")])
    firm = Company.from_reference(data.pop("company", None), company, any_company=any_company)
    _reveal(data, firm, data.pop(names.KEY, None), key)
    unknown = [name for name in data if name not in cls.model_fields]
    problems = [
        Problem((name,), "", f"no parameter of that name; {did_you_mean(name, cls.model_fields)}") for name in unknown
    ]
    if "start" not in data:
        problems.append(Problem(("start",), "", "is required"))
    if problems:
        raise InvalidInput(problems=problems)
    return firm, data


def _reveal(data: dict[str, Any], firm: Company, fingerprint: Any, key: Key | str | Path | None) -> None:
    program = data.get("program")
    advocates = program.get("advocates") if isinstance(program, dict) else None
    if isinstance(advocates, dict) and "names" in advocates:
        advocates["names"] = names.reveal(firm, advocates["names"], fingerprint, key)
