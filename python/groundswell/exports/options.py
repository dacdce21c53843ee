"""How a table was read, and the options that set it: one table for Python, YAML and the command line."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, fields
from typing import Any

from groundswell.errors import InvalidInput, Problem, did_you_mean, shown

ORDERS = ("day-first", "month-first", "year-first")
DECIMALS = (".", ",")
THOUSANDS = ("", ",", ".", " ", "'")
NAMES_OF_SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " "}


@dataclass(frozen=True)
class Option:
    """One option of ``read_export``: its name in Python and YAML, its flag, what it takes and what it says."""

    name: str
    takes: type
    help: str
    values: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """The same on the command line."""
        return "--" + self.name.replace("_", "-")


OPTIONS: dict[str, Option] = {
    option.name: option
    for option in (
        Option("sheet", str, "sheet of a spreadsheet, by name"),
        Option("sep", str, "what separates the cells of a text file: one character, or tab"),
        Option("encoding", str, "encoding of a text file, as utf-8 or cp1252"),
        Option("header_row", int, "line (sheets: row) that holds the names of the columns, counted from 1"),
        Option("date_order", str, "order of dates in numbers, as 31/12/2026", ORDERS),
        Option("decimal", str, "decimal mark of numbers in text", DECIMALS),
        Option("thousands", str, "what groups thousands of numbers in text; '' for nothing", THOUSANDS),
        Option("footer_rows", int, "rows below the table that are left out, counted from the last one with a cell"),
    )
}


@dataclass(frozen=True)
class Reading:
    """How a table was read; every value can be given back to ``read_export`` under the same name.

    Attributes
    ----------
    sheet
        name of the sheet; None for a text file.
    sep, encoding
        of a text file; None for a spreadsheet.
    header_row
        line or row of the header, counted from 1; None for a table that came with names (a frame, Parquet).
    date_order
        'day-first', 'month-first' or 'year-first' where a column of dates needed one.
    decimal, thousands
        marks of numbers in text, where a column needed one.
    footer_rows
        rows below the table that were left out.
    """

    sheet: str | None = None
    sep: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    date_order: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    footer_rows: int = 0

    def as_options(self) -> dict[str, Any]:
        """Return the options that read the same file the same way, without those that say nothing."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value != getattr(_NOTHING, name)}

    def sentence(self) -> str:
        """Return one line for a person, as in: read as: `;`, cp1252, header in line 4, dates day-first."""
        place = "line" if self.sheet is None else "row"
        rows = "row" if self.footer_rows == 1 else "rows"
        parts = [
            f"sheet {self.sheet!r}" if self.sheet is not None else "",
            {"\t": "tab", " ": "space"}.get(self.sep, f"`{self.sep}`") if self.sep is not None else "",
            self.encoding or "",
            f"header in {place} {self.header_row}" if self.header_row is not None else "",
            f"{self.footer_rows} footer {rows} left out" if self.footer_rows else "",
            f"dates {self.date_order}" if self.date_order else "",
            {",": "decimal comma", ".": "decimal point"}.get(self.decimal or "", ""),
            f"thousands `{self.thousands}`" if self.thousands else "",
        ]
        return "read as: " + (", ".join(part for part in parts if part) or "a table with names")


_NOTHING = Reading()


def checked(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given, each of its kind; None stands for: find it.

    Raises
    ------
    InvalidInput
        With every option that is unknown or out of its values.
    """
    options: dict[str, Any] = {}
    problems = []
    for name, value in given.items():
        if value is None:
            continue
        rule = _rule(name, value) if name in OPTIONS else f"no such option; {did_you_mean(name, OPTIONS)}"
        if rule:
            problems.append(Problem((name,), shown(value), rule))
        options[name] = NAMES_OF_SEPARATORS.get(value, value) if name == "sep" else value
    if not problems and options.get("decimal") and options.get("decimal") == options.get("thousands"):
        problems.append(Problem(("thousands",), shown(options["thousands"]), "must differ from decimal"))
    if problems:
        raise InvalidInput(problems=problems)
    return options


def _rule(name: str, value: object) -> str:
    """What the value of an option should have been; empty where it is right."""
    option = OPTIONS[name]
    if option.takes is int:
        least = 1 if name == "header_row" else 0
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return "" if is_whole and value >= least else f"must be a whole number, {least} or more"  # type: ignore[operator]
    if not isinstance(value, str):
        return "must be text"
    if option.values and value not in option.values:
        return f"must be one of {', '.join(map(repr, option.values))}"
    if name == "sep":
        mark = NAMES_OF_SEPARATORS.get(value, value)
        return "" if len(mark) == 1 and mark not in '"\r\n\0' else "must be one character (not a quote), or tab"
    return _rule_of_encoding(value) if name == "encoding" else ""


def _rule_of_encoding(value: str) -> str:
    try:
        is_text = codecs.lookup(value)._is_text_encoding
    except (LookupError, ValueError):
        is_text = False
    return "" if is_text else "must be an encoding that Python knows, as utf-8, cp1252, mac_roman or utf-16"
