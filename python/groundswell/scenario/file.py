"""Scenario files of the command line: a scenario as YAML whose company is built in, or an export beside it.

    groundswell_scenario: 1
    start: 2027-01-04
    company:
      csv: hr.csv                      # beside this file
      as_of: 2026-12-31
      page_followers: 20000            # facts that HR does not hold, where known
      columns: {id: EmployeeNumber, seniority: {ranked: JobLevel}, satisfaction: {scale: [JobSatisfaction, 1, 4]}}
    program: {advocates: {size: 50}, posts_per_week: 4}

A file is data: reading one runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from groundswell.common.yaml_io import dump_yaml, load_yaml
from groundswell.company.company import Company
from groundswell.company.facts import FACTS
from groundswell.company.table import transformations
from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.scenario import Scenario

CSV_KEYS = ("csv", "name", "as_of", "columns", *FACTS)
RULES: dict[str, Callable[..., transformations.Transformation]] = {
    "ranked": transformations.ranked,
    "years_before": transformations.years_before,
    "scale": transformations.scale,
    "equals": transformations.equals,
}
MOST_CHARACTERS = 1_000_000


def read_scenario(path: str | Path, changes: Sequence[str] = ()) -> Scenario:
    """The scenario of a file, with changes of the form `address=value`.

    Raises
    ------
    InvalidInput
        With the file's name: not there, malformed YAML, an unknown key, a value that breaks a rule.
    """
    path = Path(path)
    data = load_yaml(_text(path), str(path))
    given = data.get("company")
    company = None
    if isinstance(given, dict) and "csv" in given:
        company = _from_csv(given, path.parent)
        data["company"] = {}
    scenario = Scenario.from_yaml(dump_yaml(data), company)
    return scenario.replace(parse_changes(changes)) if changes else scenario


def parse_changes(changes: Sequence[str]) -> dict[str, Any]:
    """`["program.posts_per_week=1"]` as a dict; values are read as YAML."""
    found: dict[str, Any] = {}
    for change in changes:
        address, equals, value = change.partition("=")
        if not equals or not address.strip():
            raise InvalidInput(f"--set {change}: must be address=value, as in program.posts_per_week=1")
        if address.strip() in found:
            raise InvalidInput(f"--set {change}: {address.strip()} is set twice")
        found[address.strip()] = load_yaml(f"value: {value}", f"--set {change}")["value"]
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > 4 * MOST_CHARACTERS:
            raise InvalidInput(f"{path}: larger than any scenario file")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: cannot be read: {error}") from None


def _from_csv(given: dict[str, Any], folder: Path) -> Company:
    for key in given:
        if key not in CSV_KEYS:
            raise InvalidInput(f"company.{key}: no entry of that name; {did_you_mean(key, CSV_KEYS)}")
    columns = given.get("columns")
    if not isinstance(columns, dict):
        raise InvalidInput("company.columns: is required: a mapping of fields to columns of the table")
    mapped = {field: _rule(field, value) for field, value in columns.items()}
    file = folder / str(given["csv"])
    try:
        hr = pd.read_csv(file)
    except (OSError, ValueError) as error:  # pandas' parser errors are ValueErrors
        raise InvalidInput(f"company.csv = {shown(str(file))}: cannot be read: {error}") from None
    rest = {key: given[key] for key in ("as_of", "name", *FACTS) if key in given}
    return Company.from_frames(hr, columns=mapped, **rest)


def _rule(field: str, value: Any) -> Any:
    """A column's name, or a transformation written as {rule: column} or {rule: [column, arguments]}."""
    if not isinstance(value, dict):
        return value
    if len(value) != 1:
        raise InvalidInput(f"company.columns.{field}: one rule, as in {{ranked: JobLevel}}")
    name, arguments = next(iter(value.items()))
    if name not in RULES:
        raise InvalidInput(f"company.columns.{field}.{name}: no rule of that name; {did_you_mean(name, RULES)}")
    try:
        return RULES[name](*(arguments if isinstance(arguments, list) else [arguments]))
    except TypeError as error:
        raise InvalidInput(f"company.columns.{field}.{name} = {shown(arguments)}: {error}") from None
