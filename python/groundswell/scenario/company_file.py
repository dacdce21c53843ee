"""The company of scenario files: an export beside the file, how to read it, which column is which field.

    groundswell_company: 1
    export: hr.csv                     # beside this file: .csv .tsv .xlsx .xls .ods .parquet
    date_order: day-first              # as in gs.read_export, where what is found by itself is not right
    as_of: 2026-12-31
    page_followers: 20000              # facts that HR does not hold, where known
    members: {export: members.csv, columns: {id: Number, weeks_since_joining: Weeks}, levers: {recognition: 1}}
    columns: {id: EmployeeNumber, left: {equals: [Attrition, Yes]}, seniority: {ranked: JobLevel}}

A scenario names such a file (`company: company.yaml`) or holds the same keys itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from groundswell.common.yaml_io import load_yaml
from groundswell.company.company import Company
from groundswell.company.facts import FACTS
from groundswell.company.table import transformations
from groundswell.errors import GroundswellError, InvalidInput, did_you_mean, shown
from groundswell.exports import OPTIONS, read_export

COMPANY = "company.yaml"  # the name it has in a study folder
SCHEMA, VERSION = "groundswell_company", 1
EXPORT, OLDER = "export", "csv"
MEMBERS = "members"  # of a program that already runs
KEYS = (SCHEMA, EXPORT, *OPTIONS, "name", "as_of", "columns", MEMBERS, *FACTS)
MOST_CHARACTERS = 1_000_000
OPEN = "?"  # in a rule that init has drafted, until somebody has finished it
RULES: dict[str, Callable[..., transformations.Transformation]] = {
    "ranked": transformations.ranked,
    "years_before": transformations.years_before,
    "scale": transformations.scale,
    "equals": transformations.equals,
    "left_by": transformations.left_by,
    "lookup": transformations.lookup,
}


def read_company_file(path: str | Path) -> Company:
    """Return the company of a file such as ``company.yaml``.

    Raises
    ------
    InvalidInput
        With the file's name: not there, malformed YAML, an unknown key, an export that cannot be read or used.
    """
    path = Path(path)
    data = load_yaml(text_of(path), str(path))
    if data.get(SCHEMA) != VERSION:
        raise InvalidInput(f"{path}: {SCHEMA} = {shown(data.get(SCHEMA))}: must be {VERSION}")
    try:
        return company_of(data, path.parent)
    except GroundswellError as error:
        raise InvalidInput(f"{path}: {error}") from None


def company_of(given: Mapping[str, Any], folder: Path) -> Company:
    """Return the company of the keys of such a file; a name of an export is beside ``folder``."""
    given = {EXPORT if key == OLDER else key: value for key, value in given.items()}
    for key in given:
        if key not in KEYS:
            raise InvalidInput(f"company.{key}: no entry of that name; {did_you_mean(key, KEYS)}")
    if not isinstance(given.get(EXPORT), str):
        raise InvalidInput(f"company.{EXPORT} = {shown(given.get(EXPORT))}: must be the name of a file, as in hr.csv")
    columns = given.get("columns")
    if not isinstance(columns, dict):
        raise InvalidInput("company.columns: is required: a mapping of fields to columns of the table")
    mapped = {field: rule_of(field, value) for field, value in columns.items()}
    file = folder / str(given[EXPORT])
    try:
        export = read_export(file, **{name: given[name] for name in OPTIONS if name in given})
    except InvalidInput as error:
        raise InvalidInput(f"company.{EXPORT} = {given[EXPORT]!r}: {told(error, file)}") from None
    rest = {key: given[key] for key in ("as_of", "name", *FACTS) if key in given}
    company = Company.from_frames(export, columns=mapped, **rest)
    return with_members(company, given[MEMBERS], folder) if MEMBERS in given else company


def with_members(company: Company, given: Any, folder: Path) -> Company:
    """Return the company with the program that already runs: a table beside the file, its columns, what is set."""
    known = (EXPORT, "columns", "levers")
    if not isinstance(given, dict) or not isinstance(given.get(EXPORT), str):
        raise InvalidInput(f"company.{MEMBERS} = {shown(given)}: must be a mapping with {EXPORT}, the name of a file")
    for key in given:
        if key not in known:
            raise InvalidInput(f"company.{MEMBERS}.{key}: no entry of that name; {did_you_mean(key, known)}")
    levers = given.get("levers", {})
    if not isinstance(levers, dict):
        raise InvalidInput(f"company.{MEMBERS}.levers = {shown(levers)}: must be a mapping of levers to numbers")
    file = folder / given[EXPORT]
    try:
        table = read_export(file)
    except InvalidInput as error:
        raise InvalidInput(f"company.{MEMBERS}.{EXPORT} = {given[EXPORT]!r}: {told(error, file)}") from None
    return company.with_members(table, given.get("columns"), **{str(name): value for name, value in levers.items()})


def rule_of(field: str, value: Any) -> Any:
    """A column's name, None, or a transformation written as {rule: column} or {rule: [column, arguments]}."""
    if not isinstance(value, dict):
        return value
    if len(value) != 1:
        raise InvalidInput(f"company.columns.{field}: one rule, as in {{ranked: JobLevel}}")
    name, arguments = next(iter(value.items()))
    if OPEN in _flat(arguments):
        raise InvalidInput(f"company.columns.{field}: is a draft: finish its list, and take the {OPEN!r} away")
    if name not in RULES:
        raise InvalidInput(f"company.columns.{field}.{name}: no rule of that name; {did_you_mean(name, RULES)}")
    try:
        return RULES[name](*(arguments if isinstance(arguments, list) else [arguments]))
    except TypeError as error:
        raise InvalidInput(f"company.columns.{field}.{name} = {shown(arguments)}: {error}") from None


def told(error: InvalidInput, file: Path) -> str:
    """Return what the reader says about a file, without the name of its own argument."""
    return str(error).removeprefix(f"path_or_frame = {shown(str(file))}: ")


def _flat(value: Any) -> list[Any]:
    return [one for part in value for one in _flat(part)] if isinstance(value, list) else [value]


def text_of(path: Path) -> str:
    """Return the text of a YAML file; InvalidInput where there is none."""
    if path.is_dir():
        raise InvalidInput(f"{path}: is a folder; name a scenario file in it (compare and estimate take folders too)")
    try:
        if path.stat().st_size > 4 * MOST_CHARACTERS:
            raise InvalidInput(f"{path}: larger than any scenario file")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: cannot be read: {error}") from None
