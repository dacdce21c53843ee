"""Cells of a workbook: numbers as numbers, shares as percent, dates as dates, text as it is; nothing is a formula."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

WIDEST = 60
PERCENT_UNITS = ("share", "share of persons", "engagements per impression")
IN_UNIT = (
    "mean", "mean_se", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95", "difference", "difference_se",
    "difference_ci_lower", "difference_ci_upper", "joint_ci_lower", "joint_ci_upper",
    "single run, p05", "single run, p95", "95 % interval, lower", "95 % interval of these rows together, lower",
    "95 % interval of these rows together (a cost per something: its own), lower", "upper", "added",
)  # fmt: skip
MOST_DIGITS = 10**15  # a spreadsheet keeps 15 digits of a number; longer ones are ids, and text
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML can hold them
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # the beginning of what a spreadsheet reads as one character
FORMATS = {"date": "yyyy-mm-dd", "percent": "0.00%", "count": "#,##0", "number": "0.000", "small": "0.00000"}


class Sheet:
    """A sheet that is written row by row, from the first to the last."""

    def __init__(self, book: Workbook, name: str, widths: Sequence[float], frozen: str | None = None) -> None:
        self.sheet = book.create_sheet(name)
        for number, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.sheet.freeze_panes = frozen
        self.rows = 0
        self._styles: dict[str, Any] = {}

    def row(self, values: Iterable[Any], style: str | None = None, percent: Sequence[bool] = ()) -> None:
        """One row; `style`: head, bold or wrapped for all its cells; `percent`: which of its numbers are shares."""
        shares = [*percent, *[False] * 1000] if percent else None
        cells = [
            self._cell(plain(value), style, shares is not None and shares[place]) for place, value in enumerate(values)
        ]
        self.sheet.append(cells)
        self.rows += 1

    def _cell(self, value: Any, style: str | None, percent: bool) -> Any:
        cell = WriteOnlyCell(self.sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with = is text, not a formula
        name = style or number_format(value, percent)
        if name is not None:
            cell._style = self._style(name)  # type: ignore[attr-defined]  # shared by all cells of the kind
        return cell

    def _style(self, name: str) -> Any:
        if name not in self._styles:
            cell = WriteOnlyCell(self.sheet)
            if name in FORMATS:
                cell.number_format = FORMATS[name]
            elif name == "wrapped":
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.font = Font(name="Calibri", bold=True)
            if name == "head":
                cell.fill = PatternFill("solid", fgColor="E8EEF4")
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            self._styles[name] = cell._style  # type: ignore[attr-defined]
        return self._styles[name]


def write_table(book: Workbook, name: str, frame: pd.DataFrame) -> Sheet:
    """A frame as a sheet: head, filter, first row frozen; numbers of a share (column unit) are percent."""
    sheet = Sheet(book, name, [width(column, str(name)) for name, column in frame.items()], "A2")
    sheet.row(map(str, frame.columns), "head")
    shares, in_unit = share_rows(frame), [str(column) in IN_UNIT for column in frame.columns]
    for values, share in zip(frame.astype(object).itertuples(index=False, name=None), shares, strict=True):
        sheet.row(values, percent=in_unit if share else ())
    sheet.sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(frame.columns), 1))}{sheet.rows}"
    return sheet


def share_rows(frame: pd.DataFrame) -> list[bool]:
    """Whether the numbers of each row are shares."""
    known = list(frame.columns).count("unit") == 1  # a design may be called so too, in the sheet Inputs
    return frame["unit"].isin(PERCENT_UNITS).tolist() if known else [False] * len(frame)


def width(column: pd.Series[Any], name: str) -> float:
    """The width of a column: that of its longest text, or of a number."""
    numeric = pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
    longest = 10 if numeric else max(map(len, map(str, column)), default=8)
    return min(max(longest + 2, min(len(name), 14) + 2, 10), WIDEST)


def number_format(value: Any, percent: bool) -> str | None:
    """The name of the format of a value."""
    if isinstance(value, bool | str) or value is None:
        return None
    if isinstance(value, date):
        return "date"
    if percent:
        return "percent"
    whole = isinstance(value, int) or abs(value) >= 1000
    return "count" if whole else "number" if abs(value) >= 1 else "small"


def plain(value: Any) -> Any:
    """A value a cell can hold: int, float, date, text, bool; None where nothing is defined."""
    if value is None or value is pd.NaT or (isinstance(value, float | np.floating) and math.isnan(value)):
        return None
    if isinstance(value, datetime):  # also pandas timestamps; every date here is a calendar day
        return date(value.year, value.month, value.day)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isinf(value):
        return "infinite"
    if isinstance(value, int) and abs(value) >= MOST_DIGITS:
        return str(value)
    return value if isinstance(value, int | float | date) else cell_text(str(value))


def cell_text(text: str) -> str:
    """A text as a cell shows it: what no file can hold is written as an escape, what would be one is kept."""
    return ESCAPE.sub("_x005F_", FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def pairs(book: Workbook, name: str, lines: Iterable[tuple[str, str]]) -> None:
    """A sheet of names and texts to read."""
    sheet = Sheet(book, name, [32, 110])
    for title, text in lines:
        cells = [sheet._cell(plain(title), "bold", percent=False), sheet._cell(plain(text), "wrapped", percent=False)]
        sheet.sheet.append(cells)
