"""Scenario files of the command line: a scenario as YAML whose company is built in, or an export beside it.

    groundswell_scenario: 1
    start: 2027-01-04
    company: company.yaml              # the file of the company, or its keys (groundswell.scenario.company_file)
    program: {advocates: {size: 50}, posts_per_week: 4}

A file is data: reading one runs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from groundswell.common.yaml_io import dump_yaml, load_yaml
from groundswell.company.company import Company
from groundswell.errors import InvalidInput
from groundswell.scenario import Scenario
from groundswell.scenario.company_file import EXPORT, OLDER, SCHEMA, company_of, read_company_file, text_of
from groundswell.scenario.document import SCENARIO, SCHEMA_VERSION

EXAMPLES = {"--set": "program.posts_per_week=1", "--map": "region=Site"}
Companies = dict[Path, Company]  # by their file, so that the designs of a folder share one company


def read_scenario(path: str | Path, changes: Sequence[str] = (), companies: Companies | None = None) -> Scenario:
    """The scenario of a file, with changes of the form `address=value`.

    ``companies`` holds companies whose files were read already, and gets that of this file.

    Raises
    ------
    InvalidInput
        With the file's name: not there, malformed YAML, an unknown key, a value that breaks a rule.
    """
    path = Path(path)
    data = load_yaml(text_of(path), str(path))
    if SCENARIO not in data:
        is_company = f"is the file of a company, which scenario files name (company: {path.name})"
        rule = is_company if SCHEMA in data else f"is no scenario file: it has no line {SCENARIO}: {SCHEMA_VERSION}"
        raise InvalidInput(f"{path}: {rule}; leave it out, or name the folder as a whole in compare and estimate")
    company = _company(data.get("company"), path.parent, {} if companies is None else companies)
    if company is not None:
        data["company"] = {}
    try:
        scenario = Scenario.from_yaml(dump_yaml(data), company)
    except InvalidInput as error:
        raise type(error)("\n".join(f"{path}: {line}" for line in str(error).splitlines())) from None
    return scenario.replace(parse_changes(changes)) if changes else scenario


def _company(given: Any, folder: Path, companies: Companies) -> Company | None:
    """The company of a file or of an export; None where the scenario's own text holds it."""
    if isinstance(given, str):
        file = (folder / given).absolute()
        if file not in companies:
            companies[file] = read_company_file(folder / given)
        return companies[file]
    if isinstance(given, dict) and {EXPORT, OLDER} & set(given):
        return company_of(given, folder)
    return None


def parse_changes(changes: Sequence[str], option: str = "--set") -> dict[str, Any]:
    """`["program.posts_per_week=1"]` as a dict; values are read as YAML. Errors name the option."""
    found: dict[str, Any] = {}
    for change in changes:
        address, equals, value = change.partition("=")
        if not equals or not address.strip():
            raise InvalidInput(f"{option} {change}: must be name=value, as in {EXAMPLES[option]}")
        if address.strip() in found:
            raise InvalidInput(f"{option} {change}: {address.strip()} is set twice")
        found[address.strip()] = load_yaml(f"value: {value}", f"{option} {change}")["value"]
    return found
