"""A scenario as YAML text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from groundswell.common.yaml_io import dump_yaml, load_yaml
from groundswell.company.company import Company
from groundswell.company.pseudonyms import Key
from groundswell.company.small_groups import MIN_GROUP
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.scenario import names
from groundswell.scenario.names import Words
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.base import plain
from groundswell.scenario.to_core import MODEL_GROUPS

SCENARIO, SCHEMA_VERSION = "groundswell_scenario", 1


def write(scenario: ScenarioRecord, key: Key | str | Path | None = None) -> str:
    """Return every value as YAML; a later default changes nothing in it.

    Named people, and small groups that the program names, are pseudonyms.
    """
    people, prints = names.named(scenario.program), set()
    hidden: Any = None
    if people is not None:
        hidden, fingerprint = names.hide(scenario.company, people[1], key)
        prints.add(fingerprint)
    words, fingerprint = names.hidden_labels(scenario.company, key, names.used_labels(plain(scenario.program)))
    found = next((mark for mark in (*prints, fingerprint) if mark is not None), None)
    return _text(scenario, hidden, words, found)


def write_nameless(scenario: ScenarioRecord, min_group: int = MIN_GROUP) -> str:
    """Return the same, with how many people are named in place of who, small groups by number; needs no key."""
    people = names.named(scenario.program)
    hidden = None if people is None else f"{len(people[1])} named, left out here"
    return _text(scenario, hidden, _suppressed(scenario, min_group))


def write_empty(scenario: ScenarioRecord, words: Words | None = None) -> str:
    """Return the same, with nobody named: for a file that has their names elsewhere.

    ``words``: what the file has for departments and regions; by default small groups are numbers.
    """
    return _text(scenario, [], _suppressed(scenario, MIN_GROUP) if words is None else words)


def _suppressed(scenario: ScenarioRecord, min_group: int) -> Words:
    return names.suppressed(scenario.company, min_group) if names.used_labels(plain(scenario.program)) else {}


def _text(scenario: ScenarioRecord, people: Any, words: Words, fingerprint: str | None = None) -> str:
    program = names.relabeled(plain(scenario.program), words)
    for part in names.PARTS if program is not None else ():
        if program[part] is not None and program[part]["names"] is not None:
            program[part] = program[part] | {"names": people}
    for holder, name in ((program, "changes"), (program and program["select"], "waves")):
        if holder:
            holder[name] = [{key: value for key, value in entry.items() if value is not None} for entry in holder[name]]
    values: dict[str, Any] = {
        SCENARIO: SCHEMA_VERSION,
        "label": scenario.label,
        "company": scenario.company.reference(),
        "start": scenario.start,
        "weeks": scenario.weeks,
        "warm_up_weeks": scenario.warm_up_weeks,
        "follow_up_weeks": scenario.follow_up_weeks,
        **({} if fingerprint is None else {names.KEY: fingerprint}),
        **({} if scenario.company.running is None else {"running_program": scenario.running_program}),
        "program": program,
    }
    values |= {name: plain(getattr(scenario, name)) for name in MODEL_GROUPS}
    priors = {address: str(prior) for address, prior in scenario.priors.items()}
    return dump_yaml(values | ({"priors": priors} if priors else {}))


def read(
    source: str,
    company: Company | None,
    *,
    any_company: bool,
    key: Key | str | Path | None = None,
    words: Words | None = None,
) -> tuple[Company, dict[str, Any]]:
    """Return the company and the other arguments of a scenario; see ``Scenario.from_yaml``.

    ``words``: the company's departments and regions by what the text has for them.
    """
    data = load_yaml(source, "scenario YAML")
    version = data.pop(SCENARIO, None)
    if type(version) is not int or version != SCHEMA_VERSION:
        raise InvalidInput(problems=[Problem((SCENARIO,), shown(version), f"must be {SCHEMA_VERSION}")])
    firm = Company.from_reference(data.pop("company", None), company, any_company=any_company)
    fingerprint = data.pop(names.KEY, None)
    if "program" in data:
        data["program"] = names.reveal_program(firm, data["program"], fingerprint, key)
        data["program"] = names.relabeled(data["program"], words or {})
    known = ScenarioRecord.model_fields
    problems = [
        Problem((name,), "", f"no parameter of that name; {did_you_mean(name, known)}")
        for name in data
        if name not in known
    ]
    if "start" not in data:
        problems.append(Problem(("start",), "", "is required"))
    if problems:
        raise InvalidInput(problems=problems)
    return firm, data
