"""How a column of an export becomes a field: stated by the analyst, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from groundswell.errors import InvalidInput, did_you_mean, shown

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
IntArray = np.ndarray[Any, np.dtype[np.int32]]
SENIORITIES = ("individual", "senior", "manager", "director", "executive")


@dataclass(frozen=True)
class Ranked:
    """See ``ranked``."""

    column: str


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
    value: object


Transformation = Ranked | YearsBefore | Scale | Equals


def ranked(column: str) -> Ranked:
    """Return a rule: seniority from a column of levels; its sorted distinct values become 0, 1, 2, ….

    The lowest value is 0 (individual), the next 1 (senior), then 2 (manager), 3 (director), 4 (executive). A
    column with fewer than five distinct values uses the lowest codes only. More than five are refused.
    """
    return Ranked(column)


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
    if not (step > 0 and high > low and np.isfinite([low, high, step]).all()):
        raise InvalidInput(f"scale({column!r}, {low}, {high}, step={step}): needs low < high and step > 0, all finite")
    if abs(round((high - low) / step) * step - (high - low)) > 1e-9 * (high - low):
        raise InvalidInput(f"scale({column!r}, {low}, {high}, step={step}): high - low must be a multiple of step")
    return Scale(column, float(low), float(high), float(step))


def equals(column: str, value: object) -> Equals:
    """Return a rule: True where the column has this very value (1 is not "1"), else False.

    A missing cell is refused.
    """
    return Equals(column, value)


def cell(series: pd.Series[Any], position: int, rule: str) -> InvalidInput:
    """Return the error for one cell: row (label of the frame's index), column, value, rule."""
    where = f"row {shown(series.index[position])}, column {series.name!r} = {shown(series.iloc[position])}"
    return InvalidInput(f"{where}: {rule}")


def missing(series: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where a cell is empty: NaN, None, NaT, or text without a character other than space."""
    empty = series.isna().to_numpy(dtype=bool)
    if not pd.api.types.is_numeric_dtype(series):
        empty = empty | np.array([isinstance(v, str) and not v.strip() for v in series], dtype=bool)
    return np.asarray(empty, dtype=bool)


def numbers(series: pd.Series[Any], rule: str, low: float, high: float, *, strictly: bool = False) -> FloatArray:
    """Floats, NaN where missing; anything else or out of bounds is refused with row and column."""
    gone = missing(series)
    out = np.full(len(series), np.nan)
    for i, value in enumerate(series.tolist()):
        if gone[i]:
            continue
        good = isinstance(value, int | float) and not isinstance(value, bool)
        inside = good and (low < value < high if strictly else low <= value <= high)
        if not inside:
            raise cell(series, i, rule)
        out[i] = value
    return out


def counts(series: pd.Series[Any], rule: str, low: int, high: int, *, at_zero: str = "") -> FloatArray:
    """Whole numbers as floats, NaN where missing; ``at_zero`` is added to the rule where a cell is 0."""
    if at_zero and pd.api.types.is_numeric_dtype(series):
        nothing = np.flatnonzero((series == 0).fillna(False).to_numpy(dtype=bool))
        if len(nothing):
            raise cell(series, int(nothing[0]), f"{rule}{at_zero} ({len(nothing):,} such cells)")
    out = numbers(series, rule, low, high)
    broken = np.flatnonzero(~np.isnan(out) & (out != np.floor(out)))
    if len(broken):
        raise cell(series, int(broken[0]), rule)
    return out


def apply_scale(series: pd.Series[Any], how: Scale) -> FloatArray:
    """See ``scale``."""
    answers = f"must be an answer of the scale {how.low:g}, {how.low + how.step:g}, …, {how.high:g}"
    x = numbers(series, answers, how.low, how.high)
    cells = (x - how.low) / how.step
    off = np.flatnonzero(~np.isnan(x) & (np.abs(cells - np.round(cells)) > 1e-6))
    if len(off):
        raise cell(series, int(off[0]), f"{answers}; state a finer step, as in scale(…, step={how.step / 10:g})")
    return np.asarray((x - how.low + how.step / 2) / (how.high - how.low + how.step), dtype=np.float64)


def apply_ranked(series: pd.Series[Any]) -> IntArray:
    """See ``ranked``; -1 where missing."""
    gone = missing(series)
    present = series[~gone]
    try:
        levels = sorted(set(present.tolist()))
    except TypeError:
        raise InvalidInput(f"column {series.name!r}: ranked needs values that sort: all numbers or all text") from None
    if len(levels) > len(SENIORITIES):
        some = ", ".join(shown(level) for level in levels[:8])
        rule = f"ranked takes at most {len(SENIORITIES)} distinct values; there are {len(levels)}: {some}"
        raise InvalidInput(f"column {series.name!r}: {rule}" + (", …" if len(levels) > 8 else ""))
    code = {level: i for i, level in enumerate(levels)}
    return np.array([-1 if g else code[v] for v, g in zip(series.tolist(), gone, strict=True)], dtype=np.int32)


def seniority_codes(series: pd.Series[Any]) -> IntArray:
    """Codes from a column that holds them: 0 to 4, or the names of the levels; -1 where missing."""
    known: dict[object, int] = {name: i for i, name in enumerate(SENIORITIES)} | {i: i for i in range(5)}
    return codes(series, known, f"must be 0 to 4 or one of {', '.join(SENIORITIES)}; for other levels use gs.ranked")


def codes(series: pd.Series[Any], known: dict[object, int], rule: str) -> IntArray:
    """Codes of known values (text in any case); -1 where missing; anything else is refused."""
    gone = missing(series)
    out = np.full(len(series), -1, dtype=np.int32)
    for i, value in enumerate(series.tolist()):
        if gone[i]:
            continue
        key = value.strip().casefold() if isinstance(value, str) else value
        if isinstance(key, bool) or key not in known:
            near = (
                f"; {did_you_mean(value, [k for k in known if isinstance(k, str)])}" if isinstance(value, str) else ""
            )
            raise cell(series, i, rule + near)
        out[i] = known[key]
    return out


def dates(series: pd.Series[Any], as_of: date) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    """Days from dates, timestamps at midnight or ISO text; NaT where missing.

    From 80 years before ``as_of`` to it.
    """
    gone = missing(series)
    earliest = as_of - timedelta(days=round(80 * 365.25))
    out = np.full(len(series), np.datetime64("NaT"), dtype="datetime64[D]")
    for i, value in enumerate(series.tolist()):
        if gone[i]:
            continue
        try:
            day = to_date(value)
        except ValueError as error:
            raise cell(series, i, f"{error}{_how_to_read(value, series.name)}") from None
        if not earliest <= day <= as_of:
            raise cell(series, i, f"must be from {earliest} to as_of, {as_of}")
        out[i] = np.datetime64(day)
    return out


def _how_to_read(value: object, column: object) -> str:
    """Return what to do about a date as text that is not ISO; which of two numbers is the month is not guessed."""
    found = re.fullmatch(r"\s*(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})\s*", value) if isinstance(value, str) else None
    if found is None:
        return ""
    first, mark, second = int(found[1]), found[2], int(found[3])
    year = "%Y" if len(found[4]) == 4 else "%y"
    can_be = [form for form, month in (("%d{0}%m{0}", second), ("%m{0}%d{0}", first)) if 1 <= month <= 12]
    forms = " or ".join(repr(form.format(mark) + year) for form in can_be)
    if not forms:
        return ""
    ambiguous = "; it is ambiguous (day or month first?)" if len(can_be) == 2 and first != second else ""
    return f"{ambiguous}; state the format: pd.to_datetime(hr[{column!r}], format={forms})"


def apply_years_before(series: pd.Series[Any], as_of: date) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    """See ``years_before``."""
    years = numbers(series, "must be a number of years, 0 to 80", 0, 80)
    out = np.full(len(series), np.datetime64("NaT"), dtype="datetime64[D]")
    known = ~np.isnan(years)
    days = np.round(365.25 * years[known]).astype("timedelta64[D]")
    out[known] = np.datetime64(as_of, "D") - days
    return out


def flags(series: pd.Series[Any], how: Equals | None) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return True or False for every row; refused: a missing cell, without ``equals`` anything but a bool."""
    gone = np.flatnonzero(missing(series))
    if len(gone):
        raise cell(series, int(gone[0]), "is missing; who has left must be known for every row")
    values = series.tolist()
    if how is not None:
        return np.array([type(v) is type(_plain(how.value)) and v == _plain(how.value) for v in values], dtype=bool)
    for i, value in enumerate(values):
        if not isinstance(value, bool):
            raise cell(series, i, 'must be True or False; for other values use gs.equals(column, "Yes")')
    return np.array(values, dtype=bool)


def to_date(value: Any) -> date:
    """Return a date from a date, a timestamp at midnight or an ISO string; ValueError for anything else."""
    rule = "must be a date: 'YYYY-MM-DD', datetime.date or a timestamp at midnight without time zone"
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) == 10 and value[4] == "-" == value[7] else _not_a_date(rule)
        except ValueError:
            raise ValueError(rule) from None
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if value is pd.NaT or value is None:
        raise ValueError(rule)
    if isinstance(value, datetime):
        if value.tzinfo is not None or (value.hour, value.minute, value.second, value.microsecond) != (0, 0, 0, 0):
            raise ValueError(rule)
        return date(value.year, value.month, value.day)
    return value if isinstance(value, date) else _not_a_date(rule)


def _not_a_date(rule: str) -> date:
    raise ValueError(rule)


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value
