"""Which column is which field, for a new study: what is sure is used, what is not is a question to the analyst."""

from __future__ import annotations

import ast
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from groundswell.company.columns import FIELDS
from groundswell.company.suggest import Line, suggest_columns
from groundswell.company.suggest_rules import Candidate, Column, candidate
from groundswell.company.table import leavers
from groundswell.company.table.transformations import Equals, LeftBy
from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.scenario.company_file import OPEN, rule_of

SURE = 2.7  # weight of the name of a column, from which on it says what the column is
CLOSE = 1.0  # another column whose name weighs nearly as much could be meant
ALL = "all"
NOBODY = "none"
NOT_AS_IT_IS = "cannot be used as it is; gs.Company.suggest_columns(hr) says why"
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


def choices(
    hr: pd.DataFrame, as_of: date | None = None, use: Iterable[str] = (), id_column: str | None = None,
    stated: Mapping[str, Any] | None = None,
) -> list[Choice]:  # fmt: skip
    """Return what each field could be, the id first.

    Parameters
    ----------
    hr, as_of
        The table, and its day.
    use
        Fields whose question is answered with yes, or 'all'.
    id_column
        The column of ids, where no name says so.
    stated
        Fields that the analyst maps, as a scenario file has them; ``left`` is None where nobody in the table has left.

    Raises
    ------
    InvalidInput
        No column is surely the id and none is named, a field that nothing could be, hire_date without the day, a column
        that looks like leavers and is not decided.
    """
    wanted, given = list(use), dict(stated or {})
    lines = {line.field: line for line in suggest_columns(hr).lines}
    found = [_id(hr, lines.get("id"), id_column if "id" not in given else str(given["id"]))]
    found += [_stated(name, rule) for name, rule in given.items() if name != "id"]
    others = [line for field, line in lines.items() if field != "id" and field not in given]
    found += [_choice(hr, line, as_of, wanted) for line in others]
    for field in wanted:
        if field not in (ALL, *lines, *given):
            rule = did_you_mean(field, [choice.field for choice in found])
            raise InvalidInput(f"--use {field}: no column looks like it; {rule}")
    for choice in found:
        if choice.field in wanted and not choice.active:
            raise InvalidInput(f"--use {choice.field}: {choice.question}")
    if "left" not in {choice.field for choice in found if choice.active}:
        _stop_on_leavers(hr)
    return found


def _stated(field: str, rule: Any) -> Choice:
    return Choice(field, "nobody in the table has left" if rule is None else _column(rule), rule, active=True)


def _stop_on_leavers(hr: pd.DataFrame) -> None:
    """Stop where a column may say who has left: only the analyst knows whether it does, and what its values mean."""
    names: list[object] = list(hr.columns)
    texts = [name for name in names if isinstance(name, str) and names.count(name) == 1]
    looks = [name for name in texts if leavers.weight(name, hr[name]) > 0]
    found = leavers.undecided((name, hr[name]) for name in looks)
    if not found:
        return
    ways = [_left_option(name, leavers.proposal(name, hr[name])) for name, _ in found]
    some = ", ".join(repr(name) for name, _ in found)
    rule = f"{some} may say who has left, and whoever has left must not be simulated"
    raise InvalidInput(f"--left: {rule}; say {' or '.join(ways)}, or --left none if nobody in the table has")


def _left_option(name: str, rule: leavers.Rule | None) -> str:
    """Return the option of ``init`` that stands for a rule."""
    if isinstance(rule, Equals):
        return f"--left {shlex.quote(f'{name}=' + '|'.join(str(value) for value in rule.values))}"
    return f"--left {shlex.quote(name if rule is not None else f'{name}=VALUE')}"


def read_left(hr: pd.DataFrame, text: str, first: date | None) -> Any:
    """Return what ``--left`` says as a scenario file has it: COLUMN, COLUMN=VALUE|VALUE, none.

    A column of dates alone is who has left before ``first``; None: by the day of the export.
    """
    if text == NOBODY and NOBODY not in hr.columns:
        return None
    name, equals, values = text.partition("=")
    if text in hr.columns:
        name, equals = text, ""
    if name not in hr.columns:
        raise InvalidInput(f"--left {text}: no column {name!r}; {did_you_mean(name, hr.columns)}")
    if equals:
        return {"equals": [name, *values.split("|")]}
    if isinstance(leavers.proposal(name, hr[name]), LeftBy):
        return {"left_by": name if first is None else [name, first]}
    return name


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
        draft = _unfinished(plain_rule(line.draft)) if line.draft else None
        asks = {"seniority": "put the levels in order, the lowest first", "contract": "keep those that are employees"}
        asked = f"{asks.get(line.field, 'finish it')}, and take the {OPEN} away" if draft else ""
        by_name = f"no column names people as this one does; {{lookup: [{column}, COLUMN]}} where one means the same"
        text = asked or (by_name if line.field == "manager" else NOT_AS_IT_IS)
        return Choice(line.field, column, draft, text)
    if line.field == "hire_date" and as_of is None:
        return Choice(line.field, column, rule, "which day is the export of? say it as as_of (init --as-of YYYY-MM-DD)")
    question = "has left, if this says so?" if line.field == "left" else _question(line, rule, column, ranked)
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


def _unfinished(rule: Any) -> Any:
    """Return a draft with a mark in it that is refused until somebody has looked at it."""
    name, (column, *rest) = next(iter(rule.items()))
    return {name: [column, [OPEN, *rest[0]]]} if isinstance(rest[0], list) else {name: [column, OPEN, *rest]}


def plain_rule(code: str) -> Any:
    """Return the Python text of a suggestion as a scenario file has it: a column, or {rule: [column, arguments]}."""
    node = ast.parse(code, mode="eval").body
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return ast.literal_eval(node)
    arguments = [ast.literal_eval(part) for part in (*node.args, *(word.value for word in node.keywords))]
    return {node.func.attr: arguments[0] if len(arguments) == 1 else arguments}


def mapped(found: Iterable[Choice]) -> dict[str, Any]:
    """Return the mapping of those that are used, as ``Company.from_frames`` takes it."""
    return {choice.field: rule_of(choice.field, choice.rule) for choice in found if choice.active}


def _column(rule: Any) -> str:
    inner = next(iter(rule.values())) if isinstance(rule, dict) else rule
    return str(inner[0] if isinstance(inner, list) else inner)
