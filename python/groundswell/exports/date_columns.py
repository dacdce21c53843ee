"""Columns of dates in text: the order of day and month is decided on the whole file, or left open, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
from babel.dates import get_month_names

from groundswell.exports.distinct import Distinct
from groundswell.exports.notes import Notes, some

LANGUAGES = ("en", "fr", "de", "es", "nl")
_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?"
_TIME = rf"(?:(?:T|,?\s+){_CLOCK}\s*([AaPp]\.?[Mm]\.?)?\s*(Z|[+-]\d{{2}}:?\d{{2}})?)?"
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TIME, re.ASCII)
_ORDINAL = r"(?:\.|er|st|nd|rd|th)?"
NAMED_DAY = re.compile(rf"(\d{{1,2}}){_ORDINAL}[\s-]+(?:de\s+)?([^\W\d_]+)\.?,?[\s-]+(?:de\s+)?(\d{{4}})" + _TIME)
NAMED_MONTH = re.compile(r"([^\W\d_]+)\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})" + _TIME)
SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}", re.ASCII)
FEW = 3  # words that may stand for no date
FIRST_LOOK = 50  # distinct values of which one at least must be a date


@dataclass(frozen=True)
class DateCell:
    """A text as a date by the order of its day and month; None where it is none in that order."""

    day_first: datetime | None
    month_first: datetime | None
    zone: str = ""

    @property
    def is_date(self) -> bool:
        """Whether it is a date in any order."""
        return self.day_first is not None or self.month_first is not None


@dataclass(frozen=True)
class DateColumn:
    """A column each of whose cells is a date in some order."""

    column: Distinct
    cells: list[DateCell]

    def only(self, order: str) -> list[int]:
        """Return the rows that are dates in this order and not in the other one."""
        other = {"day-first": "month_first", "month-first": "day_first"}[order]
        return self.column.rows(lambda place: getattr(self.cells[place], other) is None)

    @property
    def is_open(self) -> bool:
        """Whether the order of day and month makes a difference."""
        return any(cell.day_first != cell.month_first for cell in self.cells)


@cache
def months() -> dict[str, int]:
    """Numbers of months by their names and short names in five languages."""
    return {
        name.casefold().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }


def parse(text: str) -> DateCell | None:
    """Return a text as a date, or None where it does not look like one."""
    if found := YEAR_FIRST.fullmatch(text):
        year, _, month, day, *time = found.groups()
        return _cell(year, month, day, time)
    if found := YEAR_LAST.fullmatch(text):
        first, _, second, year, *time = found.groups()
        day_first, month_first = _date(year, second, first, time), _date(year, first, second, time)
        return DateCell(day_first, month_first, time[-1] or "")
    for pattern, (day_at, month_at) in ((NAMED_DAY, (0, 1)), (NAMED_MONTH, (1, 0))):
        if found := pattern.fullmatch(text):
            parts = found.groups()
            number = months().get(parts[month_at].casefold())
            if number:
                return _cell(parts[2], str(number), parts[day_at], list(parts[3:]))
    return None


def _cell(year: str, month: str, day: str, time: Sequence[str | None]) -> DateCell:
    value = _date(year, month, day, time)
    return DateCell(value, value, time[-1] or "")


def _date(year: str, month: str, day: str, time: Sequence[str | None]) -> datetime | None:
    hour, minute, second, part, half, _ = time
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    fraction = int((part or "0").ljust(6, "0"))
    try:
        return datetime(int(year), int(month), int(day), hours, int(minute or 0), int(second or 0), fraction)
    except ValueError:
        return None


def candidate(column: Distinct, notes: Notes) -> DateColumn | None:
    """Return the column as one of dates, or None; warn of dates beside what is none, and of years in two digits."""
    if not any(parse(value) for value in column.values[:FIRST_LOOK]):
        _warn_of_short_years(column, notes)
        return None
    cells = [parse(value) or DateCell(None, None) for value in column.values]
    fits = [cell.is_date for cell in cells]
    if not all(fits):
        words = [value for value, fit in zip(column.values, fits, strict=True) if not fit]
        if column.count(fits) >= column.filled / 2 or len(words) <= FEW:  # 0000-00-00 may stand in most cells
            rows = column.rows(lambda place: not fits[place])
            what = f"column {column.name!r} stays text: no date in {notes.rows(rows)}; correct or empty these cells"
            notes.warn("dates_with_words", len(rows), some(words, limit=5), what)
        return None
    zones = sorted({cell.zone for cell in cells})
    if len(zones) > 1:
        what = f"column {column.name!r} stays text: its times are of several zones"
        notes.warn("time_zones", column.filled, some(zone or "none" for zone in zones), what)
        return None
    if zones[0]:
        notes.warn("time_zones", column.filled, zones[0], f"column {column.name!r}: times as written, without the zone")
    return DateColumn(column, cells)


def _warn_of_short_years(column: Distinct, notes: Notes) -> None:
    if column.values and all(map(SHORT_YEAR.fullmatch, column.values)):
        what = f"column {column.name!r} stays text: years of two digits do not say their century; export four digits"
        notes.warn("short_years", column.filled, some(column.values), what)


def read_dates(
    columns: Sequence[DateColumn], asked: str | None, notes: Notes
) -> tuple[dict[int, np.ndarray[Any, Any]], str | None]:
    """Return values by the column's place in ``columns``, and the order where one was needed.

    Cells that can be read in one order only decide for all columns; where none can, the columns stay text. Cells that
    contradict each other, or the order that was asked for, are noted as problems with their rows.
    """
    unsure = [column for column in columns if column.is_open]
    order = asked or _decided(unsure, notes)
    if asked in ("day-first", "month-first"):
        _check_order(unsure, asked, notes)
    elif asked and unsure:
        _leave_open(unsure, "with the year first they are no dates", notes)
    field = "month_first" if order == "month-first" else "day_first"
    found: dict[int, np.ndarray[Any, Any]] = {}
    for place, one in enumerate(columns):
        values = [getattr(cell, field) for cell in one.cells]
        if None in values or (one.is_open and order not in ("day-first", "month-first")):
            continue
        found[place] = one.column.spread(np.array(values, dtype="datetime64[us]"), np.datetime64("NaT"))
    is_used = any(one.is_open for place, one in enumerate(columns) if place in found)
    return found, order if is_used else None


def _decided(unsure: Sequence[DateColumn], notes: Notes) -> str | None:
    rows = {order: [(one, one.only(order)) for one in unsure] for order in ("day-first", "month-first")}
    orders = [order for order, pairs in rows.items() if any(numbers for _, numbers in pairs)]
    if len(orders) == 1:
        return orders[0]
    if orders:
        where = "; ".join(
            f"{order} alone: {', '.join(f'{one.column.name!r} {notes.rows(n)}' for one, n in pairs if n)}"
            for order, pairs in rows.items()
        )
        rule = f"contradict each other ({where}); a file has one order: correct these cells, or give date_order="
        notes.refuse("dates", "", rule)
    elif unsure:
        _leave_open(unsure, "no cell says whether the day or the month comes first; give date_order=", notes)
    return None


def _leave_open(unsure: Sequence[DateColumn], why: str, notes: Notes) -> None:
    names = ", ".join(repr(one.column.name) for one in unsure)
    values = some(one.column.values[0] for one in unsure)
    notes.warn("date_order_open", len(unsure), values, f"stay text: {names}; {why}")


def _check_order(unsure: Sequence[DateColumn], asked: str, notes: Notes) -> None:
    other = "month-first" if asked == "day-first" else "day-first"
    for one in unsure:
        if rows := one.only(other):
            value = f"{notes.rows(rows)}"
            notes.refuse(f"column {one.column.name!r}", value, f"no dates with date_order={asked!r}")
