"""How a column of an export becomes a field: stated by the analyst, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from groundswell.company.table import cells
from groundswell.company.table.cells import Booleans, FloatArray, IntArray, missing, plain, values_of
from groundswell.errors import InvalidInput, did_you_mean, shown

SENIORITIES = ("individual", "senior", "manager", "director", "executive")
LARGEST = 1e15  # of the ends of a scale
MOST_LISTED = 30  # levels that an error lists, to be pasted


@dataclass(frozen=True)
class Ranked:
    """See ``ranked``. ``order`` has a tuple of the values of each level; empty: the column's own order."""

    column: str
    order: tuple[tuple[object, ...], ...] = ()


@dataclass(frozen=True)
class YearsBefore:
    """See ``years_before``."""

    column: str


@dataclass(frozen=True)
class Scale:
    """See ``scale``."""

    column: str
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Equals:
    """See ``equals``."""

    column: str
    values: tuple[object, ...]


@dataclass(frozen=True)
class LeftBy:
    """See ``left_by``."""

    column: str
    day: date | None = None


@dataclass(frozen=True)
class Lookup:
    """See ``lookup``."""

    column: str
    by: str


Transformation = Ranked | YearsBefore | Scale | Equals | LeftBy | Lookup


def ranked(column: str, order: object = None) -> Ranked:
    """Return a rule: seniority from a column of levels, the lowest 0 (individual), then 1 (senior), 2, 3, 4.

    Parameters
    ----------
    column
        Numbers rank by size, an ordered categorical by its declared order. Five levels at most.
    order
        A list of the levels from the lowest to the highest; required for other text, which sorts by the alphabet only.
        An entry that is a list holds the values of one level: ``["Clerk", ["Senior clerk", "Team lead"], "Head"]``.
    """
    if order is None:
        return Ranked(column)
    if not isinstance(order, list | tuple | np.ndarray | pd.Index) or not len(order):
        raise InvalidInput(f"ranked({column!r}, {shown(order)}): order must be a list of levels, the lowest first")
    levels = tuple(tuple(level) if isinstance(level, list | tuple) else (level,) for level in order)
    values = [_key(value) for level in levels for value in level]
    if any(isinstance(value, list | tuple | dict | set) for level in levels for value in level):
        raise InvalidInput(f"ranked({column!r}, {shown(order)}): a level is a value or a list of values")
    if len(levels) > len(SENIORITIES) or not all(levels) or len(set(values)) < len(values):
        rule = f"order has {len(levels)} levels; at most {len(SENIORITIES)}, none empty, each value once"
        raise InvalidInput(f"ranked({column!r}, {shown(order)}): {rule}; put values of one level into a list of theirs")
    return Ranked(column, levels)


def years_before(column: str) -> YearsBefore:
    """Return a date from a column of years before ``as_of``: as_of − round(365.25 · years) days.

    Years from 0 to 80.
    """
    return YearsBefore(column)


def scale(column: str, low: float, high: float, step: float = 1) -> Scale:
    """Return a rule: a share from the answers low, low + step, …, high of a scale.

    The share is (x − low + step/2) / (high − low + step).

    Every answer becomes the middle of its cell, so that it stays strictly inside (0, 1), as the Beta law of
    these attributes needs: 1 … 4 become .125, .375, .625, .875. A value that is not an answer of the scale is
    refused.
    """
    ends = f"scale({column!r}, low={shown(low)}, high={shown(high)}, step={shown(step)})"
    given = [plain(end) for end in (low, high, step)]
    if not all(cells.is_number(end) and -LARGEST < end < LARGEST for end in given):  # type: ignore[operator]
        raise InvalidInput(f"{ends}: needs finite numbers, low < high and step > 0")
    first, last, apart = (float(end) for end in given)  # type: ignore[arg-type]
    if not (apart > 0 and last > first):
        raise InvalidInput(f"{ends}: needs low < high and step > 0, all finite")
    if abs(round((last - first) / apart) * apart - (last - first)) > 1e-9 * (last - first):
        raise InvalidInput(f"{ends}: high - low must be a multiple of step")
    return Scale(column, first, last, apart)


def equals(column: str, *values: object) -> Equals:
    """Return a rule: True where the column has one of these values, else False.

    A number as text is the number (``"1"`` is 1), ``"True"`` in any case is True, and NumPy's numbers are numbers;
    other text must be the same but for capitals and spaces around it. A missing cell is refused.
    """
    if not values:
        raise InvalidInput(f"equals({column!r}): needs a value, as in gs.equals({column!r}, \"Yes\")")
    for value in values:
        if not pd.api.types.is_scalar(value) or pd.isna(value):  # type: ignore[call-overload]
            rule = "each value is one argument, and none is missing"
            raise InvalidInput(f"equals({column!r}, …): values: {shown(value)}: {rule}")
    return Equals(column, tuple(values))


def left_by(column: str, day: str | date | None = None) -> LeftBy:
    """Return a rule for ``left``: who has a date of leaving before ``day`` has left; an empty cell is still there.

    ``day`` is the first day on which the people must be there, as in ``Scenario.start``; by default the day after
    ``as_of``. A date in 2999 or later stands for none, as in 9999-12-31. Who leaves on ``day`` or later is an employee,
    counted in ``warnings``: the simulation draws exits, and does not use the date.
    """
    try:
        return LeftBy(column, None if day is None else cells.to_date(day))
    except ValueError as error:
        raise InvalidInput(f"left_by({column!r}, {shown(day)}): day {error}") from None


def lookup(column: str, by: str) -> Lookup:
    """Return a rule for ``manager``: the column names managers as the column ``by`` names people, say by full name."""
    return Lookup(column, by)


def apply_scale(series: pd.Series[Any], how: Scale) -> FloatArray:
    """See ``scale``."""
    answers = f"must be an answer of the scale {how.low:g}, {how.low + how.step:g}, …, {how.high:g}"
    x = cells.numbers(series, answers, how.low, how.high)
    steps = (x - how.low) / how.step
    finer = f"{answers}; state a finer step, as in scale(…, step={how.step / 10:g})"
    cells.refuse_if(series, {finer: np.flatnonzero(~np.isnan(x) & (np.abs(steps - np.round(steps)) > 1e-6)).tolist()})
    return np.asarray((x - how.low + how.step / 2) / (how.high - how.low + how.step), dtype=np.float64)


def apply_ranked(series: pd.Series[Any], how: Ranked) -> IntArray:
    """See ``ranked``; -1 where missing."""
    gone = missing(series)
    values = values_of(series)
    order = how.order or _own_order(series, [value for value, is_gone in zip(values, gone, strict=True) if not is_gone])
    code = {_key(value): i for i, level in enumerate(order) for value in level}
    known = [-1 if is_gone else code.get(_key(value), -2) for value, is_gone in zip(values, gone, strict=True)]
    rule = f"is no level of ranked(…, order): {', '.join(shown(value) for level in order for value in level)}"
    cells.refuse_if(series, {rule: [i for i, level in enumerate(known) if level == -2]})
    return np.array(known, dtype=np.int32)


def _own_order(series: pd.Series[Any], present: list[Any]) -> tuple[tuple[object, ...], ...]:
    """Return the levels of a column in its own order: declared of a categorical, by size of numbers."""
    different = cells.different(present)
    if isinstance(series.dtype, pd.CategoricalDtype) and series.dtype.ordered:
        there = {_key(value) for value in different}
        levels = [plain(value) for value in series.dtype.categories]
        if len(levels) > len(SENIORITIES):  # those without a person are left out where not all have room
            levels = [value for value in levels if _key(value) in there]
    elif all(_number(value) is not None for value in different):
        levels = sorted(different, key=lambda value: float(_number(value) or 0))
    else:
        some = ", ".join(shown(value) for value in different[:MOST_LISTED]) + (", …" * (len(different) > MOST_LISTED))
        rule = "text has no order of its own (by the alphabet a director stands below a junior)"
        paste = f"state it, the lowest first: gs.ranked({series.name!r}, [{some}])"
        if len(different) > len(SENIORITIES):
            paste += f"; at most {len(SENIORITIES)} levels, so put values of one level into a list of theirs"
        raise InvalidInput(f"column {series.name!r}: ranked needs numbers or a declared order: {rule}; {paste}")
    if len(levels) > len(SENIORITIES):
        some = ", ".join(shown(level) for level in levels[:MOST_LISTED])
        rule = f"ranked takes at most {len(SENIORITIES)} distinct values; there are {len(levels)}: {some}"
        raise InvalidInput(
            f"column {series.name!r}: {rule}; state them with values of one level in a list: "
            f"gs.ranked({series.name!r}, [[{shown(levels[0])}, {shown(levels[1])}], …])"
        )
    return tuple((level,) for level in levels)


def seniority_codes(series: pd.Series[Any]) -> IntArray:
    """Codes from a column that holds them: 0 to 4, or the names of the levels; -1 where missing."""
    known: dict[object, int] = {name: i for i, name in enumerate(SENIORITIES)} | {i: i for i in range(5)}
    return codes(series, known, f"must be 0 to 4 or one of {', '.join(SENIORITIES)}; for other levels use gs.ranked")


def codes(series: pd.Series[Any], known: Mapping[object, int], rule: str) -> IntArray:
    """Codes of known values (text in any case); -1 where missing; anything else is refused."""
    names = [name for name in known if isinstance(name, str)]

    def near(value: object) -> str:
        return f"; {did_you_mean(value, names)}" if isinstance(value, str) else ""

    return cells.codes(series, known, rule, near)


def flags(series: pd.Series[Any], how: Equals | None, unknown: str) -> Booleans:
    """Return True or False for every row; refused: a missing cell (``unknown``), without ``equals`` all but bools."""
    gone = missing(series)
    cells.refuse_if(series, {f"is missing; {unknown}": np.flatnonzero(gone).tolist()})
    values = values_of(series)
    if how is not None:
        wanted = {_key(value) for value in how.values}
        return np.array([_key(value) in wanted for value in values], dtype=bool)
    rule = 'must be True or False; for other values use gs.equals(column, "Yes")'
    cells.refuse_if(series, {rule: [i for i, value in enumerate(values) if not isinstance(value, bool)]})
    return np.array(values, dtype=bool)


def matches(series: pd.Series[Any], value: object) -> bool:
    """Whether a cell of the column is a value, as ``equals`` compares."""
    return _key(value) in {_key(cell) for cell in values_of(series)}


def _key(value: object) -> object:
    """Return what two cells that say the same have in common: (is a truth value, the value)."""
    value = plain(value)
    if isinstance(value, str):
        text = value.strip()
        if text.casefold() in ("true", "false"):
            return True, text.casefold() == "true"
        number = _number(text)
        return (False, text.casefold() if number is None else number)
    return isinstance(value, bool), repr(value) if isinstance(value, list | dict | set) else value


def _number(value: object) -> float | int | None:
    """Return a number, also one as text in plain digits without leading zeros; None for anything else."""
    if cells.is_number(value):
        return value  # type: ignore[return-value]
    if isinstance(value, str) and re.fullmatch(r"-?(0|[1-9]\d{0,15})(\.\d+)?", value.strip()):
        return float(value)
    return None
