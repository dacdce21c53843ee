"""A table that was read, and how: every choice can be given back as an option."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

import pandas as pd

from groundswell.common.text import table_html
from groundswell.errors import InvalidInput, invalid, shown

WarningRow = tuple[str, int, str, str]
WARNING_COLUMNS = ["code", "count", "examples", "consequence"]
DATE_ORDERS = ("day-first", "month-first", "year-first")
DECIMALS, THOUSANDS = (".", ","), (".", ",", " ", "'", "")
SEPARATORS = (",", ";", "\t", "|")
NAMES = {"\t": "tab", " ": "space", "": "none"}


@dataclass(frozen=True)
class Reading:
    """How a table was read; None where a choice does not arise.

    Attributes
    ----------
    sheet
        Sheet of a workbook.
    sep, encoding
        What separates fields of a text file, and its encoding.
    header_row
        Row of the names of columns, as a person counts rows; the first is 1.
    date_order
        day-first, month-first or year-first, where dates are text.
    decimal, thousands
        Signs in numbers that are text.
    footer_rows
        Rows below the table that are none of it.
    """

    sheet: str | None = None
    sep: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    date_order: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    footer_rows: int | None = None

    def as_options(self) -> dict[str, Any]:
        """Return the choices as options of ``gs.read_export``."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def sentence(self) -> str:
        """Return in words how the table was read."""
        parts = []
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet!r}")
        if self.sep is not None:
            parts.append(f"`{NAMES.get(self.sep, self.sep)}`")
        if self.encoding is not None:
            parts.append(self.encoding)
        if self.header_row is not None:
            parts.append(f"header in line {self.header_row}")
        if self.footer_rows:
            parts.append(f"{self.footer_rows} footer row{'s' * (self.footer_rows > 1)} left out")
        if self.date_order is not None:
            parts.append(f"dates {self.date_order}")
        if self.decimal == ",":
            parts.append("decimal comma")
        if self.thousands:
            parts.append(f"thousands by {NAMES.get(self.thousands, self.thousands)}")
        return "read as: " + (", ".join(parts) or "a table")


OPTIONS = tuple(Reading.__dataclass_fields__)


@dataclass(frozen=True, eq=False, repr=False)
class Export:
    """A table that somebody exported.

    Attributes
    ----------
    frame
        The table; its index is the row that a person sees in the file or sheet, the first row is 1.
    source
        Name of the file; empty where a frame was given.
    reading
        How it was read.
    warnings
        Frame: code, count, examples, consequence. What looks wrong and was read, or was left out.
    """

    frame: pd.DataFrame
    source: str
    reading: Reading
    warnings: pd.DataFrame

    def __repr__(self) -> str:
        rows, columns = self.frame.shape
        lines = [f"{self.source or 'Table'}: {rows:,} rows, {columns} columns", f"  {self.reading.sentence()}"]
        known = self.warnings.to_dict("records")
        lines += [f"  warning {row['code']} ({row['count']:,}): {row['consequence']}" for row in known[:8]]
        return "\n".join(lines + ([f"  … and {len(known) - 8} more warnings"] if len(known) > 8 else []))

    def _repr_html_(self) -> str:
        text = f"<p>{escape(f'{self.source}: {len(self.frame):,} rows, {self.reading.sentence()}')}</p>"
        rows = [[row[name] for name in WARNING_COLUMNS] for row in self.warnings.to_dict("records")]
        return text + (table_html(WARNING_COLUMNS, rows) if rows else "")


def check_options(options: Mapping[str, Any]) -> Reading:
    """Return options as a reading; InvalidInput for one that does not exist or breaks its rule."""
    allowed: dict[str, tuple[object, ...]] = {"date_order": DATE_ORDERS, "decimal": DECIMALS, "thousands": THOUSANDS}
    for name, value in options.items():
        if value is None:
            continue
        if name in allowed and value not in allowed[name]:
            raise invalid(name, value, f"must be one of {', '.join(map(repr, allowed[name]))}")
        if name in ("header_row", "footer_rows"):
            least = 1 if name == "header_row" else 0
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 10**9:
                raise invalid(name, value, f"must be a whole number, at least {least}")
        elif not isinstance(value, str) or len(value) > 200:
            raise invalid(name, value, "must be text")
        if name == "sep" and len({"\\t": "\t"}.get(value, value)) != 1:
            raise invalid(name, value, "must be one character, as in ';' or '\\t'")
    clean = {name: value for name, value in options.items() if value is not None}
    if clean.get("sep") == "\\t":
        clean["sep"] = "\t"
    if clean.get("decimal") is not None and clean.get("decimal") == clean.get("thousands"):
        raise invalid("thousands", clean["thousands"], "must differ from the decimal sign")
    return Reading(**clean)


def warnings_frame(rows: list[WarningRow]) -> pd.DataFrame:
    """Return warnings as a frame."""
    return pd.DataFrame(rows, columns=WARNING_COLUMNS)


def to_pandas(table: object, name: str) -> pd.DataFrame:
    """Return a table as a DataFrame of pandas: an export's, or another library's by the interchange protocol.

    Raises
    ------
    InvalidInput
        It is no table, or its library cannot hand it over.
    """
    if isinstance(table, Export):
        return table.frame
    if isinstance(table, pd.DataFrame):
        return table
    if not hasattr(table, "__dataframe__") and not hasattr(table, "__arrow_c_stream__"):
        raise InvalidInput(f"{name} must be a pandas DataFrame or a gs.Export, not {type(table).__name__}")
    try:
        if hasattr(table, "__arrow_c_stream__"):
            import pyarrow as pa

            frame: pd.DataFrame = pa.table(table).to_pandas(date_as_object=False)
            return frame
        return pd.api.interchange.from_dataframe(table)
    except Exception as error:  # a foreign library may raise anything; the error about it names what was given
        raise InvalidInput(f"{name} = {shown(table)}: cannot be read as a table: {shown(str(error), 200)}") from None
