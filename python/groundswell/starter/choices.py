"""Which column is which field, for a new study: what is sure is used, what is not is a question to the analyst."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from groundswell.company.columns import FIELDS
from groundswell.company.suggest import Line, suggest_columns
from groundswell.company.suggest_rules import Candidate, Column, candidate
from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.scenario.file import RULES

SURE = 2.7  # weight of the name of a column, from which on it says what the column is
CLOSE = 1.0  # another column whose name weighs nearly as much could be meant
ALL = "all"
MOST_NAMED = 4


@dataclass(frozen=True)
class Choice:
    """One field.

    Attributes
    ----------
    field, column
        the field and the column of the export that could be it.
    rule
        the column or its transformation, as a scenario file has it; None where the column cannot be used as it is.
    question
        what is not sure; empty where nothing is.
    active
        whether the scenario files use it.
    """

    field: str
    column: str
    rule: Any
    question: str = ""
    active: bool = False


def read_export(path: Path) -> pd.DataFrame:
    """Return the table of a CSV file (also .gz); InvalidInput, with what to do, where that is not possible."""
    try:
        hr = pd.read_csv(path, low_memory=False)
    except (OSError, ValueError) as error:  # pandas' parser errors are ValueErrors
        what = "there is no such file" if isinstance(error, FileNotFoundError) else f"cannot be read as CSV: {error}"
        hint = "" if isinstance(error, FileNotFoundError) else "; save the sheet as CSV (UTF-8, commas)"
        raise InvalidInput(f"--hr {path}: {what}{hint}") from None
    if hr.empty:
        raise InvalidInput(f"--hr {path}: the table has no rows")
    if len(hr.columns) == 1 and any(sign in str(hr.columns[0]) for sign in ";\t|"):
        raise InvalidInput(f"--hr {path}: one column only; are fields separated by something other than commas?")
    return hr


def choices(
    hr: pd.DataFrame, as_of: date | None = None, use: Iterable[str] = (), id_column: str | None = None
) -> list[Choice]:
    """Return what each field could be, the id first; ``use`` names fields whose question is answered with yes.

    Raises
    ------
    InvalidInput
        No column is surely the id and none is named, a field that nothing could be, hire_date without the day.
    """
    wanted = list(use)
    lines = {line.field: line for line in suggest_columns(hr).lines}
    found = [_id(hr, lines.get("id"), id_column)]
    found += [_choice(hr, line, as_of, wanted) for field, line in lines.items() if field != "id"]
    for field in wanted:
        if field != ALL and field not in lines:
            rule = did_you_mean(field, [choice.field for choice in found])
            raise InvalidInput(f"--use {field}: no column looks like it; {rule}")
    for choice in found:
        if choice.field in wanted and not choice.active:
            raise InvalidInput(f"--use {choice.field}: {choice.question}")
    return found


def _id(hr: pd.DataFrame, line: Line | None, named: str | None) -> Choice:
    if named is not None:
        if named not in hr.columns:
            raise InvalidInput(f"--id {named}: no column of that name; {did_you_mean(named, hr.columns)}")
        return Choice("id", named, named, active=True)
    best = _best(hr, "id")
    if line is not None and line.code and best and best[0].weight >= SURE:
        return Choice("id", best[0].column, best[0].column, active=True)
    could = [item.column for item in best if item.code][:MOST_NAMED]
    some = f"; {', '.join(map(shown, could))} could be" if could else ""
    rule = "no column is surely the id (a different whole number or text in every row, and a name that says so)"
    raise InvalidInput(f"--hr: {rule}{some}: name it with --id COLUMN")


def _choice(hr: pd.DataFrame, line: Line, as_of: date | None, wanted: list[str]) -> Choice:
    ranked = _best(hr, line.field)
    rule = plain_rule(line.code) if line.code else None
    column = _column(rule) if rule is not None else ranked[0].column
    if rule is None:
        text = "this column cannot be used as it is; gs.Company.suggest_columns(hr) says why"
        return Choice(line.field, column, None, text)
    if line.field == "hire_date" and as_of is None:
        return Choice(line.field, column, rule, "which day is the export of? say it as as_of (init --as-of YYYY-MM-DD)")
    question = _question(line, rule, column, ranked)
    return Choice(line.field, column, rule, question, not question or line.field in wanted or ALL in wanted)


def _question(line: Line, rule: Any, column: str, ranked: list[Candidate]) -> str:
    """What must be answered with yes before the column is used; no cell of the export is in it."""
    asks = []
    if isinstance(rule, dict) and "ranked" in rule:
        asks.append("is the lowest number the lowest level?")
    if isinstance(rule, dict) and "scale" in rule:
        low, high = rule["scale"][1:3]
        asks.append(f"are {low:g} and {high:g} the ends of the scale, and is {high:g} the best answer?")
    weight = max((item.weight for item in ranked if item.column == column), default=0.0)
    others = [c.column for c in ranked if c.column in line.alternatives and c.weight >= weight - CLOSE]
    if others:
        asks.append(f"or is it {', '.join(map(shown, others[:MOST_NAMED]))}?")
    elif weight < SURE and line.field != "left":
        asks.append("does its name mean this?")
    return " ".join(asks)


def _best(hr: pd.DataFrame, field: str) -> list[Candidate]:
    """Columns that could be the field, those that can be used first, the likeliest name first."""
    if field not in FIELDS:
        return []
    names: list[object] = list(hr.columns)
    columns = [Column(name, hr[name]) for name in names if isinstance(name, str) and names.count(name) == 1]
    found = [tried for column in columns if (tried := candidate(field, column)) is not None]
    return sorted(found, key=lambda item: (not item.code, -item.weight))


def plain_rule(code: str) -> Any:
    """Return the Python text of a suggestion as a scenario file has it: a column, or {rule: [column, arguments]}."""
    node = ast.parse(code, mode="eval").body
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return ast.literal_eval(node)
    arguments = [ast.literal_eval(part) for part in (*node.args, *(word.value for word in node.keywords))]
    return {node.func.attr: arguments[0] if len(arguments) == 1 else arguments}


def mapped(found: Iterable[Choice]) -> dict[str, Any]:
    """Return the mapping of those that are used, as ``Company.from_frames`` takes it."""
    return {choice.field: _as_python(choice.rule) for choice in found if choice.active}


def _as_python(rule: Any) -> Any:
    if not isinstance(rule, dict):
        return rule
    name, arguments = next(iter(rule.items()))
    return RULES[name](*(arguments if isinstance(arguments, list) else [arguments]))


def _column(rule: Any) -> str:
    inner = next(iter(rule.values())) if isinstance(rule, dict) else rule
    return str(inner[0] if isinstance(inner, list) else inner)
