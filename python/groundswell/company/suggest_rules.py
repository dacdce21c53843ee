"""What the name and values of a column say about the field it could be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.ids import plain_id
from groundswell.common.text import quoted
from groundswell.company.columns import FUNCTIONS, MOST_REPEATED
from groundswell.company.table import leavers
from groundswell.company.table import transformations as to
from groundswell.company.table.cells import missing
from groundswell.company.table.header_words import weight_of, words_of
from groundswell.errors import shown

MOST_GROUPS = 200
MOST_ANSWERS = 1000
MOST_LEVELS = 20  # values of a column that a suggestion lists
MOST_FTE = 2
NAMED_BY = {"hire_date": ("hire_date", "years")}  # fields that headers of more than one kind mean
ACTIVE = 2.0  # weight of a name under which a column is only ever named as an alternative


@dataclass(frozen=True)
class Column:
    """One column of an export."""

    name: str
    series: pd.Series[Any]

    @cached_property
    def words(self) -> list[str]:
        """The name as lower-case words: EmployeeNumber and EMPLOYEE_NUMBER are employee, number."""
        return words_of(self.name)

    @cached_property
    def present(self) -> pd.Series[Any]:
        """The cells that are not empty."""
        return self.series[~missing(self.series)]

    @cached_property
    def distinct(self) -> list[Any]:
        """Different values, sorted where they sort; empty where they cannot be compared at all."""
        try:
            values = self.present.drop_duplicates().tolist()
        except TypeError:
            return []
        try:
            return sorted(values)
        except TypeError:
            return values

    @cached_property
    def is_number(self) -> bool:
        """Whether the cells are numbers, and not True and False."""
        return pd.api.types.is_numeric_dtype(self.series) and not pd.api.types.is_bool_dtype(self.series)

    @property
    def quoted(self) -> str:
        """The name as Python text in double quotes."""
        return quoted(self.name)

    def weight(self, field: str) -> float:
        """How well the name fits a field; 0 where it does not."""
        return weight_of(self.name, field)


@dataclass(frozen=True)
class Candidate:
    """What a column could be: Python text to paste and the mapping it stands for, or why it cannot be used as it is."""

    column: str
    weight: float
    why: str
    code: str = ""
    how: str | to.Transformation | None = None
    draft: str = ""  # Python text that a person has to finish first


def candidate(field: str, column: Column) -> Candidate | None:
    """Return what this column could be for a field; None where its name does not say so."""
    if field == "left":
        return _left(column)
    weight = max(column.weight(name) for name in NAMED_BY.get(field, (field,)))
    if field == "id" and weight == 0 and _is_unique(column):
        weight = 0.5
    if weight <= 0 or not column.distinct:
        return None
    rule: Callable[[Column, float], Candidate | None] = RULES.get(field, _plain)
    return rule(column, weight)


def _plain(column: Column, weight: float, why: str = "") -> Candidate:
    return Candidate(column.name, weight, why or _seen(column), column.quoted, column.name)


def _no(column: Column, weight: float, why: str, draft: str = "") -> Candidate:
    return Candidate(column.name, weight, why, draft=draft)


def _id(column: Column, weight: float) -> Candidate | None:
    repeats = len(column.series) - len(column.distinct)
    if not _is_unique(column, 0 if weight < ACTIVE else MOST_REPEATED):
        return None
    try:
        for value in column.distinct:
            plain_id(value)
    except ValueError as error:
        return _no(column, weight, str(error))
    why = f"{len(column.distinct):,} different values, {f'{repeats:,} repeated' if repeats else 'none missing'}"
    return _plain(column, weight, why if weight >= 1 else f"{why}; its name does not say that it is an id")


def _is_unique(column: Column, repeated: float = 0) -> bool:
    """Whether the values tell people apart, but for a share of repeated rows; none is missing."""
    whole = not column.is_number or bool((column.present == np.floor(column.present)).all())
    kinds = {type(value) for value in column.distinct[:100]}
    enough = len(column.distinct) >= (1 - repeated) * len(column.series)
    return whole and enough and len(column.present) == len(column.series) and kinds <= {str, int, float}


def _groups(column: Column, weight: float) -> Candidate | None:
    number = len(column.distinct)
    if number < 2:
        return None
    if number > MOST_GROUPS or 2 * number > len(column.present) + 2:
        return _no(column, weight, f"{number:,} different values are too many for groups of people")
    return _plain(column, weight)


def _seniority(column: Column, weight: float) -> Candidate | None:
    values = column.distinct
    number, most = len(values), len(to.SENIORITIES)
    if number < 2:
        return None
    names = {str(value).strip().casefold() for value in values}
    if names <= set(to.SENIORITIES) or (column.is_number and 0 in values and set(values) <= set(range(most))):
        return _plain(column, weight)
    is_ordered = isinstance(column.series.dtype, pd.CategoricalDtype) and column.series.dtype.ordered
    if not column.is_number and not is_ordered:
        if number > MOST_LEVELS:
            return _no(column, weight, f"{number:,} different texts; gs.ranked takes {most} levels: group them first")
        draft = f"gs.ranked({column.quoted}, [{', '.join(quoted(value) for value in values)}])"
        grouped = f"; at most {most} levels: values of one level go into a list of theirs" if number > most else ""
        return _no(column, weight, f"text: state its order, the lowest first: {draft}{grouped}", draft)
    if number > most:
        return _no(column, weight, f"{number:,} levels; gs.ranked takes {most} at most: group them in its order")
    why = f"{_seen(column)}; the lowest becomes {to.SENIORITIES[0]}, the highest {to.SENIORITIES[number - 1]}"
    return Candidate(column.name, weight, why, f"gs.ranked({column.quoted})", to.ranked(column.name))


def _function(column: Column, weight: float) -> Candidate | None:
    if {str(value).strip().casefold() for value in column.distinct} <= {str(name) for name in FUNCTIONS}:
        return _plain(column, weight)
    return _no(column, weight, f"{_seen(column)}; make a column of sales, recruiter and other first")


def _hired(column: Column, _: float) -> Candidate | None:
    if not column.is_number:
        by_name = column.weight("hire_date")
        return _plain(column, by_name) if by_name > 0 else None
    by_name = column.weight("years")
    if by_name <= 0:
        return None
    if "months" in column.words or max(column.distinct) > 80:
        return _no(column, by_name, f"{_seen(column)}; in months? make a column of years first")
    return Candidate(column.name, by_name, _seen(column), f"gs.years_before({column.quoted})",
                     to.years_before(column.name))  # fmt: skip


def _answers(column: Column, weight: float) -> Candidate | None:
    if not column.is_number or len(column.distinct) < 2:
        return _no(column, weight, f"{_seen(column)}; a column of numbers is needed")
    low, high = float(column.distinct[0]), float(column.distinct[-1])
    if low > 0 and high < 1:
        return _plain(column, weight, f"{_seen(column)}; shares")
    said = re.search(r"\((\d+) ?(?:-|–|to|à|bis|a|tot) ?(\d+)\)", column.name)
    if said and float(said[1]) <= low and high <= float(said[2]):
        low, high = float(said[1]), float(said[2])
    step = next((s for s in (1, 0.5, 0.1, 0.01, 0.001) if _fits(column.distinct, low, s)), None)
    if step is None or (high - low) / step > MOST_ANSWERS:
        return _no(column, weight, f"{_seen(column)}; not the answers of a scale")
    steps = "" if step == 1 else f", step={step:g}"
    code = f"gs.scale({column.quoted}, {low:g}, {high:g}{steps})"
    why = f"answers {'by its name' if said else 'seen'} are {low:g} to {high:g}: check the ends of the scale"
    return Candidate(column.name, weight, why, code, to.scale(column.name, low, high, step))


def _fits(values: list[Any], low: float, step: float) -> bool:
    cells = (np.asarray(values, dtype=np.float64) - low) / step
    return bool(np.allclose(cells, np.round(cells), rtol=0, atol=1e-6))


def _left(column: Column) -> Candidate | None:
    weight = leavers.weight(column.name, column.series)
    if weight <= 0 or not leavers.undecided([(column.name, column.series)]):
        return None
    rule = leavers.proposal(column.name, column.series)
    if rule is None:
        return _no(column, weight, f"{_seen(column)}; which of them have left?")
    return Candidate(column.name, weight, _seen(column), leavers.code(column.name, rule), rule)


def _contract(column: Column, weight: float) -> Candidate | None:
    if len(column.distinct) < 2 or len(column.distinct) > MOST_LEVELS:
        return None
    draft = f"gs.equals({column.quoted}, {', '.join(quoted(value) for value in column.distinct)})"
    return _no(column, weight, f"which of them count as employees? Keep those: {draft}", draft)


def _fte(column: Column, weight: float) -> Candidate | None:
    if not column.is_number or not 0 <= float(column.distinct[0]) <= float(column.distinct[-1]) <= MOST_FTE:
        return _no(column, weight, f"{_seen(column)}; a share of full time is needed, 1 is full time")
    return _plain(column, weight)


def _seen(column: Column) -> str:
    """What the values look like, in a few words."""
    gone = len(column.series) - len(column.present)
    missing = f", {gone:,} missing" if gone else ""
    values = column.distinct
    if column.is_number and len(values) > 6:
        return f"{shown(values[0])} to {shown(values[-1])}{missing}"
    return f"{len(values):,} values: {_some(values)}{missing}"


def _some(values: list[Any]) -> str:
    return ", ".join(shown(value, 30) for value in values[:3]) + (", …" if len(values) > 3 else "")


RULES: Mapping[str, Callable[[Column, float], Candidate | None]] = {
    "id": _id,
    "department": _groups,
    "region": _groups,
    "seniority": _seniority,
    "job_function": _function,
    "hire_date": _hired,
    "contract": _contract,
    "fte": _fte,
    **dict.fromkeys(("satisfaction", "product_belief", "willingness", "readiness", "sales_skill"), _answers),
}
