"""What the name and values of a column say about the field it could be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from groundswell.company import transformations as to
from groundswell.company.columns import FUNCTIONS, LEAVER
from groundswell.errors import shown

MOST_GROUPS = 200
MOST_ANSWERS = 1000
AGREED = {"yes", "y", "true"}
LEFT = AGREED | {"left", "leaver", "terminated", "resigned", "inactive", "former", "exited", "departed", "retired",
                 "quit", "dismissed"}  # fmt: skip
STAYED = {"no", "n", "false"}
# Weight of a phrase in a column's name; under ``ACTIVE`` it is only ever named as an alternative.
ACTIVE = 2.0
YEARS = {"years at company": 5, "years of service": 5, "years with company": 5, "tenure": 4, "length of service": 4,
         "years": 1}  # fmt: skip
DAYS = {"hire date": 5, "date of hire": 5, "hired": 4, "start date": 4, "join date": 4, "joining date": 4,
        "date joined": 4, "entry date": 4, "hire": 3}  # fmt: skip
PHRASES: Mapping[str, Mapping[str, float]] = {
    "id": {"employee number": 5, "employee id": 5, "emp id": 5, "staff id": 5, "worker id": 5, "personnel number": 5,
           "person id": 4, "user id": 3, "id": 3, "employee": 2, "email": 1},
    "department": {"department": 5, "dept": 5, "division": 4, "business unit": 4, "org unit": 4, "organization": 3,
                   "team": 3, "function": 2},
    "region": {"region": 5, "country": 4, "location": 4, "site": 3, "office": 3, "city": 3, "state": 3},
    "seniority": {"job level": 5, "seniority": 5, "career level": 5, "position level": 5, "job grade": 5, "grade": 4,
                  "level": 3, "band": 3, "rank": 3},
    "job_function": {"job function": 5, "function": 3, "job role": 3, "role": 2, "job title": 2},
    "hire_date": {**YEARS, **DAYS},
    "connections": {"linkedin connections": 6, "connections": 5, "linkedin contacts": 5, "contacts": 3},
    "connections_facebook": {"facebook friends": 6, "facebook connections": 6, "facebook contacts": 5, "fb friends": 5},
    "connections_instagram": {"instagram followers": 6, "instagram connections": 6},
    "connections_x": {"x followers": 6, "x connections": 6, "twitter followers": 6},
    "social_activity": {"social activity": 5},
    "persuasion": {"persuasion": 5, "persuasiveness": 5},
    "susceptibility": {"susceptibility": 5},
    "satisfaction": {"job satisfaction": 5, "employee satisfaction": 5, "emp satisfaction": 5,
                     "overall satisfaction": 5, "satisfaction": 3, "morale": 2,
                     "engagement": 2, "engagement survey": 2.5, "involvement": 2},
    "product_belief": {"product belief": 5, "product confidence": 3},
    "willingness": {"willingness": 5, "willing": 3},
    "readiness": {"readiness": 5},
    "sales_skill": {"sales skill": 5, "sales skills": 5, "sales rating": 3},
}  # fmt: skip
NEVER: Mapping[str, set[str]] = {
    "id": {"manager", "supervisor"},
    "department": {"head", "manager"},
    "seniority": {"stock", "option", "education", "performance", "satisfaction"},
    "connections": {"facebook", "fb", "instagram", "twitter", "x"},
    "hire_date": {"birth", "termination", "exit", "end", "experience", "age"},
    "satisfaction": {"customer", "date", "id"},
}


@dataclass(frozen=True)
class Column:
    """One column of an export."""

    name: str
    series: pd.Series[Any]

    @cached_property
    def words(self) -> list[str]:
        """The name as lower-case words: EmployeeNumber and EMPLOYEE_NUMBER are employee, number."""
        spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", self.name)
        return re.findall(r"[^\W_]+", spaced.casefold())

    @cached_property
    def present(self) -> pd.Series[Any]:
        """The cells that are not empty."""
        return self.series[~to.missing(self.series)]

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

    def weight(self, phrases: Mapping[str, float], never: set[str]) -> float:
        """How well the name fits: the heaviest phrase in it, less a little for every other word; 0 for none."""
        if never & set(self.words):
            return 0.0
        text, whole = f" {' '.join(self.words)} ", "".join(self.words)
        fits = [
            weight - 0.1 * (0 if phrase.replace(" ", "") == whole else len(self.words) - len(phrase.split()))
            for phrase, weight in phrases.items()
            if f" {phrase} " in text or phrase.replace(" ", "") == whole
        ]
        return max(fits, default=0.0)


@dataclass(frozen=True)
class Candidate:
    """What a column could be: Python text to paste and the mapping it stands for, or why it cannot be used as it is."""

    column: str
    weight: float
    why: str
    code: str = ""
    how: str | to.Transformation | None = None


def quoted(text: str) -> str:
    """Return text as Python source on one line, in double quotes where it is printable."""
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else repr(text)


def candidate(field: str, column: Column) -> Candidate | None:
    """Return what this column could be for a field; None where its name does not say so."""
    if field == "left":
        return _left(column)
    weight = column.weight(PHRASES[field], NEVER.get(field, set()))
    if field == "id" and weight == 0 and _is_unique(column):
        weight = 0.5
    if weight <= 0 or not column.distinct:
        return None
    rule: Callable[[Column, float], Candidate | None] = RULES.get(field, _plain)
    return rule(column, weight)


def _plain(column: Column, weight: float, why: str = "") -> Candidate:
    return Candidate(column.name, weight, why or _seen(column), column.quoted, column.name)


def _no(column: Column, weight: float, why: str) -> Candidate:
    return Candidate(column.name, weight, why)


def _id(column: Column, weight: float) -> Candidate | None:
    if not _is_unique(column):
        return None
    why = f"{len(column.distinct):,} different values, none missing"
    return _plain(column, weight, why if weight >= 1 else f"{why}; its name does not say that it is an id")


def _is_unique(column: Column) -> bool:
    whole = not column.is_number or bool((column.present == np.floor(column.present)).all())
    kinds = {type(value) for value in column.distinct[:100]}
    return whole and len(column.distinct) == len(column.series) and kinds <= {str, int, float}


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
    if not column.is_number:
        return _no(column, weight, f"text sorts by the alphabet; make a column of numbers 0 to {most - 1} first")
    if number > most:
        return _no(column, weight, f"{number:,} levels; gs.ranked takes {most} at most: group them first")
    why = f"{_seen(column)}; the lowest becomes {to.SENIORITIES[0]}, the highest {to.SENIORITIES[number - 1]}"
    return Candidate(column.name, weight, why, f"gs.ranked({column.quoted})", to.ranked(column.name))


def _function(column: Column, weight: float) -> Candidate | None:
    if {str(value).strip().casefold() for value in column.distinct} <= {str(name) for name in FUNCTIONS}:
        return _plain(column, weight)
    return _no(column, weight, f"{_seen(column)}; make a column of sales, recruiter and other first")


def _hired(column: Column, _: float) -> Candidate | None:
    if not column.is_number:
        by_name = column.weight(DAYS, NEVER["hire_date"])
        return _plain(column, by_name) if by_name > 0 else None
    by_name = column.weight(YEARS, NEVER["hire_date"])
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
    step = next((s for s in (1, 0.5, 0.1, 0.01, 0.001) if _fits(column.distinct, low, s)), None)
    if step is None or (high - low) / step > MOST_ANSWERS:
        return _no(column, weight, f"{_seen(column)}; not the answers of a scale")
    steps = "" if step == 1 else f", step={step:g}"
    code = f"gs.scale({column.quoted}, {low:g}, {high:g}{steps})"
    why = f"answers seen are {low:g} to {high:g}: check the ends of the scale"
    return Candidate(column.name, weight, why, code, to.scale(column.name, low, high, step))


def _fits(values: list[Any], low: float, step: float) -> bool:
    cells = (np.asarray(values, dtype=np.float64) - low) / step
    return bool(np.allclose(cells, np.round(cells), rtol=0, atol=1e-6))


def _left(column: Column) -> Candidate | None:
    values = column.distinct
    if not LEAVER.search(column.name) or not values:
        return None
    is_active = "active" in column.words
    weight = 5.0 if re.search("attrition|left|terminat|active", column.name, re.IGNORECASE) else 4.0
    if "date" in column.words:
        return _no(column, weight, f"a day; make a column first: hr.assign(left=hr[{column.quoted}].notna())")
    if pd.api.types.is_bool_dtype(column.series) and not is_active:
        return _plain(column, weight)
    return _left_value(column, weight, is_active=is_active) if len(values) > 1 else None


def _left_value(column: Column, weight: float, *, is_active: bool) -> Candidate | None:
    values = column.distinct
    said = [value for value in values if _says_left(value, is_active)]
    if len(said) > 1:
        return _no(column, weight, f"several values say so ({_some(said)}): make a column of True and False first")
    if not said or len(values) > MOST_GROUPS:
        return None if column.is_number else _no(column, weight, f"{_seen(column)}; which of them have left?")
    text = quoted(said[0]) if isinstance(said[0], str) else repr(said[0])
    return Candidate(column.name, weight, _seen(column), f"gs.equals({column.quoted}, {text})",
                     to.equals(column.name, said[0]))  # fmt: skip


def _says_left(value: object, is_active: bool) -> bool:
    if isinstance(value, bool | int | float):
        return value == (0 if is_active else 1)
    words = set(re.findall(r"\w+", str(value).casefold()))
    return bool(words & (((LEFT - AGREED) | STAYED) if is_active else LEFT))


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
    **dict.fromkeys(("satisfaction", "product_belief", "willingness", "readiness", "sales_skill"), _answers),
}
