"""Cells of one column as plain values, and every cell that breaks a rule in one error."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from groundswell.errors import InvalidInput, Problem, shown

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
IntArray = np.ndarray[Any, np.dtype[np.int32]]
Booleans = np.ndarray[Any, np.dtype[np.bool_]]
UNSHOWN = ("Cc", "Cs", "Cn")  # Unicode categories: control, surrogate, not assigned
MOST_SHOWN = 8  # cells or rows that an error lists
DATE = "must be a date: 'YYYY-MM-DD', datetime.date or a timestamp at midnight without time zone"


def plain(value: object) -> object:
    """Return a cell as a plain Python value: NumPy scalars and decimals as the numbers they are."""
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64):
        value = value.item()
    if isinstance(value, Decimal) and value.is_finite():
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def values_of(series: pd.Series[Any]) -> list[Any]:
    """Return the cells of a column as plain values, row by row; a categorical's as its categories."""
    return [plain(value) for value in series.tolist()]


def refuse_control_characters(series: pd.Series[Any], texts: Sequence[str]) -> None:
    """Refuse cells with a character that cannot be shown, by row and code point."""
    bad: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        odd = next((sign for sign in text if unicodedata.category(sign) in UNSHOWN), None)
        if odd is not None:
            bad.setdefault(f"has the control character U+{ord(odd):04X}; take it out", []).append(i)
    refuse_if(series, bad)


def different(values: Iterable[Any]) -> list[Any]:
    """Return each value once, in order; values that cannot be compared at all count as their text."""
    found: dict[Any, Any] = {}
    for value in values:
        try:
            found.setdefault((type(value) is bool, value), value)
        except TypeError:
            found.setdefault(repr(value), value)
    return list(found.values())


def missing(series: pd.Series[Any]) -> Booleans:
    """Where a cell is empty: NaN, None, NaT, or text without a character other than space."""
    empty = series.isna().to_numpy(dtype=bool)
    if not pd.api.types.is_numeric_dtype(series):
        empty = empty | np.array([isinstance(v, str) and not v.strip() for v in series], dtype=bool)
    return np.asarray(empty, dtype=bool)


def cell(series: pd.Series[Any], position: int, rule: str) -> InvalidInput:
    """Return the error for one cell: row (label of the frame's index), column, value, rule."""
    return InvalidInput(problems=[_problem(series, [position], rule)])


def refuse(series: pd.Series[Any], bad: Mapping[str, Sequence[int]]) -> NoReturn:
    """Raise one error for all cells of a column that break a rule: for each rule the positions of its cells."""
    raise InvalidInput(problems=[_problem(series, positions, rule) for rule, positions in bad.items()])


def refuse_if(series: pd.Series[Any], bad: Mapping[str, Sequence[int]]) -> None:
    """As ``refuse`` where there is such a cell."""
    if any(len(positions) for positions in bad.values()):
        refuse(series, {rule: positions for rule, positions in bad.items() if len(positions)})


def rows(series: pd.Series[Any], positions: Iterable[int]) -> str:
    """Return the rows of some cells as a person sees them, a few of them by name."""
    labels = [shown(series.index[position]) for position in positions]
    some = ", ".join(labels[:MOST_SHOWN])
    return f"rows {some}" + (f" and {len(labels) - MOST_SHOWN:,} more" if len(labels) > MOST_SHOWN else "")


def _problem(series: pd.Series[Any], positions: Sequence[int], rule: str) -> Problem:
    first = positions[0]
    address = (f"row {shown(series.index[first])}, column {series.name!r}",)
    more = f" ({len(positions):,} such cells: {rows(series, positions)})" if len(positions) > 1 else ""
    return Problem(address, shown(plain(series.iloc[first])), rule + more)


def together(problems: Iterable[InvalidInput]) -> InvalidInput:
    """Return one error with the problems of several, in their order and each once."""
    found = [part for error in problems for part in (error.problems or (Problem((), "", str(error)),))]
    found = list(dict.fromkeys(found))
    if len(found) == 1:
        return InvalidInput(problems=found)
    lines = [f"{len(found)} problems:", *(f"  {line}" for problem in found for line in problem.line().splitlines())]
    return InvalidInput("\n".join(lines), problems=found)


class Report:
    """Problems of a table, so that a person sees all of them at once."""

    def __init__(self) -> None:
        self.problems: list[InvalidInput] = []

    def of(self, call: Callable[[], Any], otherwise: Any) -> Any:
        """Return what the call returns, or ``otherwise`` where its input is invalid."""
        try:
            return call()
        except InvalidInput as error:
            self.problems.append(error)
            return otherwise

    def check(self, call: Callable[[], Any]) -> None:
        """Call, and keep what is invalid."""
        self.of(call, None)

    def error(self) -> InvalidInput:
        """Return one error with all problems."""
        return together(self.problems)


def is_number(value: object) -> bool:
    """Whether a plain cell is a number, and not True or False."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def numbers(series: pd.Series[Any], rule: str, low: float, high: float, *, strictly: bool = False) -> FloatArray:
    """Floats, NaN where missing; anything else or out of bounds is refused with row and column."""
    gone = missing(series)
    out = np.full(len(series), np.nan)
    bad = []
    for i, value in enumerate(values_of(series)):
        if gone[i]:
            continue
        if is_number(value) and (low < value < high if strictly else low <= value <= high):
            out[i] = value
        else:
            bad.append(i)
    refuse_if(series, {rule: bad})
    return out


def counts(series: pd.Series[Any], rule: str, low: int, high: int, *, at_zero: str = "") -> FloatArray:
    """Whole numbers as floats, NaN where missing; ``at_zero`` is added to the rule where a cell is 0."""
    if at_zero and pd.api.types.is_numeric_dtype(series):
        nothing = np.flatnonzero((series == 0).fillna(False).to_numpy(dtype=bool))
        if len(nothing):
            raise cell(series, int(nothing[0]), f"{rule}{at_zero} ({len(nothing):,} such cells)")
    out = numbers(series, rule, low, high)
    refuse_if(series, {rule: np.flatnonzero(~np.isnan(out) & (out != np.floor(out))).tolist()})
    return out


def codes(series: pd.Series[Any], known: Mapping[object, int], rule: str, hint: Any) -> IntArray:
    """Codes of known values (text in any case); -1 where missing; anything else is refused, ``hint(value)`` added."""
    gone = missing(series)
    out = np.full(len(series), -1, dtype=np.int32)
    bad: dict[str, list[int]] = {}
    for i, value in enumerate(values_of(series)):
        if gone[i]:
            continue
        key = value.strip().casefold() if isinstance(value, str) else value
        if isinstance(key, bool) or key not in known:
            bad.setdefault(rule + hint(value), []).append(i)
        else:
            out[i] = known[key]
    refuse_if(series, bad)
    return out


def to_date(value: Any) -> date:
    """Return a date from a date, a timestamp at midnight or an ISO string; ValueError for anything else."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) == 10 and value[4] == "-" == value[7] else _not_a_date()
        except ValueError:
            raise ValueError(DATE) from None
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if value is pd.NaT or value is None:
        raise ValueError(DATE)
    if isinstance(value, datetime):
        if value.tzinfo is not None or (value.hour, value.minute, value.second, value.microsecond) != (0, 0, 0, 0):
            raise ValueError(DATE)
        return date(value.year, value.month, value.day)
    return value if isinstance(value, date) else _not_a_date()


def _not_a_date() -> date:
    raise ValueError(DATE)
