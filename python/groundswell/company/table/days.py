"""Days from a column of dates, or of years before the day of the export."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from groundswell.company.table import cells
from groundswell.company.table.cells import missing, values_of

Days = np.ndarray[Any, np.dtype[np.datetime64]]


def shifted(day: date, days: int) -> date:
    """A day so many days later, at most the last day that there is."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def dates(series: pd.Series[Any], as_of: date, *, latest: date | None = None) -> Days:
    """Days from dates, timestamps at midnight or ISO text; NaT where missing.

    From 80 years before ``as_of`` to ``latest``, by default ``as_of``.
    """
    last = as_of if latest is None else latest
    earliest = shifted(as_of, -round(80 * 365.25))
    gone = missing(series)
    out = np.full(len(series), np.datetime64("NaT"), dtype="datetime64[D]")
    bad: dict[str, list[int]] = {}
    for i, value in enumerate(values_of(series)):
        if gone[i]:
            continue
        try:
            day = cells.to_date(value)
        except ValueError as error:
            bad.setdefault(f"{error}{_how_to_read(value, series.name)}", []).append(i)
            continue
        if earliest <= day <= last:
            out[i] = np.datetime64(day)
        else:
            to = f"as_of, {as_of}" if latest is None else str(last)
            bad.setdefault(f"must be from {earliest} to {to}", []).append(i)
    cells.refuse_if(series, bad)
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


def apply_years_before(series: pd.Series[Any], as_of: date) -> Days:
    """See ``years_before``."""
    years = cells.numbers(series, "must be a number of years, 0 to 80", 0, 80)
    out = np.full(len(series), np.datetime64("NaT"), dtype="datetime64[D]")
    known = ~np.isnan(years)
    days = np.round(365.25 * years[known]).astype("timedelta64[D]")
    out[known] = np.datetime64(as_of, "D") - days
    return out
