"""Columns with a type: each is decided on all its cells, numbers and dates on all columns of the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from groundswell.exports import date_columns, number_columns
from groundswell.exports.distinct import Distinct
from groundswell.exports.notes import Notes
from groundswell.exports.number_columns import EXACT, Marks
from groundswell.exports.rows import is_blank
from groundswell.exports.shape import Column

TRUTH = {"true": True, "false": False}


def typed(
    columns: Sequence[Column], numbers: Sequence[int], options: dict[str, Any], notes: Notes, *, is_text: bool
) -> tuple[pd.DataFrame, Marks, str | None]:
    """Return the table with types, the marks of its numbers and the order of its dates.

    ``is_text`` says that the file has text alone; in a spreadsheet digits in a cell of text were made text by somebody,
    and stay so.
    """
    found: dict[int, Any] = {}
    left: dict[int, Distinct] = {}
    for place, column in enumerate(columns):
        values = None if is_text else native(column.cells)
        if values is not None:
            found[place] = values
            continue
        text = Distinct.of(column.name, column.cells if is_text else list(map(as_text, column.cells)), numbers)
        simple = _simple(text, is_text=is_text)
        if simple is None:
            left[place] = text
        else:
            found[place] = simple
    marks, order = _numbers_and_dates(left, found, options, notes)
    index = pd.Index(list(numbers), name="row")
    data = {place: found[place] if place in found else _texts(one.cells) for place, one in enumerate(columns)}
    frame = pd.DataFrame({place: pd.Series(values, index=index) for place, values in data.items()}, index=index)
    frame.columns = pd.Index([column.name for column in columns])
    return frame, marks, order


def _numbers_and_dates(
    left: dict[int, Distinct], found: dict[int, Any], options: dict[str, Any], notes: Notes
) -> tuple[Marks, str | None]:
    """Add the columns of numbers and of dates to those that are found."""
    days = {place: date_columns.candidate(column, notes) for place, column in left.items()}
    dated = {place: column for place, column in days.items() if column}
    figures = {place: number_columns.candidate(column, notes) for place, column in left.items() if place not in dated}
    counted = {place: column for place, column in figures.items() if column}
    values, marks = number_columns.read_numbers(
        list(counted.values()), options.get("decimal"), options.get("thousands"), notes
    )
    found |= {place: values[i] for i, place in enumerate(counted) if i in values}
    dates, order = date_columns.read_dates(list(dated.values()), options.get("date_order"), notes)
    found |= {place: dates[i] for i, place in enumerate(dated) if i in dates}
    return marks, order


def _simple(text: Distinct, *, is_text: bool) -> Any:
    """Values of a column that is empty, holds truth values, or digits that a spreadsheet keeps as text; else None."""
    if not text.values:
        return np.full(len(text.codes), np.nan)
    if all(value.casefold() in TRUTH for value in text.values):
        truths = [TRUTH[value.casefold()] for value in text.values]
        return _truths([None if code < 0 else truths[code] for code in text.codes])
    if not is_text and all(map(number_columns.PLAIN.fullmatch, text.values)):
        return _texts([None if code < 0 else text.values[code] for code in text.codes])
    return None


def _texts(cells: Sequence[object]) -> list[str | None]:
    """Text as it stands; empty cells are missing, and nothing else is."""
    return [None if cell == "" or is_blank(cell) else as_text(cell) for cell in cells]


def _truths(values: list[bool | None]) -> np.ndarray[Any, Any]:
    return np.array(values, dtype=object if None in values else bool)


def as_text(cell: object) -> str:
    """A cell of a spreadsheet as a person reads it: whole numbers without a point, days without a time."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell == datetime.combine(cell.date(), datetime.min.time()) else str(cell)
    return str(cell)


def native(cells: Sequence[object]) -> Any:
    """Values of a column of a spreadsheet whose cells have one type that is not text; else None."""
    kinds = {type(cell) for cell in cells if not is_blank(cell)}
    if not kinds:
        return np.full(len(cells), np.nan)
    if kinds == {bool}:
        return _truths([None if is_blank(cell) else bool(cell) for cell in cells])
    if kinds <= {int, float}:
        return _numbers([np.nan if is_blank(cell) else cell for cell in cells])
    if kinds <= {date, datetime}:
        return np.array([None if is_blank(cell) else cell for cell in cells], dtype="datetime64[us]")
    return None


def _numbers(values: list[Any]) -> np.ndarray[Any, Any]:
    floats = np.array(values, dtype=float)
    is_whole = np.isfinite(floats).all() and (floats == np.floor(floats)).all() and (np.abs(floats) < EXACT).all()
    return floats.astype(np.int64) if is_whole else floats
