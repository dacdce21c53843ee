"""Columns of text as numbers, days and truth values: only where every cell is one, in one way for the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from babel.dates import get_month_names

from groundswell.errors import InvalidInput, Problem, shown
from groundswell.exports.export import Reading, WarningRow

LANGUAGES = ("en", "fr", "de", "es", "nl")
EXACT = 2**53
# Words for a number that is not there; only an empty cell is missing, so a column with one of them stays text.
NO_NUMBER = frozenset({"na", "n/a", "#n/a", "nan", "null", "none", "-", "–", ".", "?", "nd", "n.a.", "k.a.", "nc"})
SIGNS = re.compile(r"[€$£¥%]|\b(?:EUR|USD|GBP|CHF)\b")
SPACES = re.compile(r"[ \u00a0\u202f\u2009]+")
ZEROS = re.compile(r"[+-]?0\d")
DAY = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})")
NAMED = re.compile(r"(\d{1,2})[ .\-/]*([^\W\d_]{3,}\.?)[ .\-/,]*(\d{4})|([^\W\d_]{3,}\.?) (\d{1,2}),? (\d{4})")
CLOCK = re.compile(r"[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?$")
NUMBERS = {  # by decimal sign: plain, or in groups of three
    ".": re.compile(r"[+-]?(\d+|\d{1,3}(?P<group>[, '’])\d{3}(?:(?P=group)\d{3})*)(\.\d+)?([eE][+-]?\d{1,3})?"),
    ",": re.compile(r"[+-]?(\d+|\d{1,3}(?P<group>[. '’])\d{3}(?:(?P=group)\d{3})*)(,\d+)?"),
}
MOST_ROWS = 8


@dataclass
class Typed:
    """Columns with types, and the choices that gave them."""

    columns: dict[str, pd.Series[Any]]
    reading: Reading
    warnings: list[WarningRow] = field(default_factory=list)


@dataclass(frozen=True)
class Texts:
    """A column of text: its cells without space around them, and each different one once."""

    name: str
    cells: list[str]
    different: tuple[str, ...]


def typed_columns(columns: Mapping[str, Sequence[Any]], index: pd.Index[Any], wanted: Reading) -> Typed:
    """Return columns with types.

    Raises
    ------
    InvalidInput
        Days that contradict each other in their order, with their rows.
    """
    texts = {name: _texts(name, cells) for name, cells in columns.items()}
    known = {name: text for name, text in texts.items() if text is not None}
    days = {name: text for name, text in known.items() if _are_days(text)}
    order, open_days = _date_order(list(days.values()), wanted.date_order, index)
    left = [text for name, text in known.items() if name not in days]
    signs = [text for text in left if _could_be_numbers(text)]
    decimal, open_numbers = _decimal(signs, wanted)
    typed = Typed({}, replace(wanted, date_order=order, decimal=decimal))
    for name, cells in columns.items():
        text = known.get(name)
        if text is None:
            typed.columns[name] = _cells(name, cells, index, typed.warnings)
        elif name in days and name not in open_days:
            typed.columns[name] = _as_days(text, order, index)
        elif name in open_days or name in open_numbers or not any(text is other for other in signs):
            typed.columns[name] = _as_text(text, index, typed.warnings, decimal)
        else:
            typed.columns[name] = _as_numbers(text, decimal, index)
    typed.warnings += _told_open(open_days, open_numbers)
    groups = {found for text in signs if text.name not in open_numbers for found in _groups(text, decimal)}
    if len(groups) == 1 and wanted.thousands is None:
        typed.reading = replace(typed.reading, thousands=groups.pop())
    return typed


def _texts(name: str, cells: Sequence[Any]) -> Texts | None:
    """Return a column all of whose cells are text; None where some are not."""
    if not all(isinstance(cell, str) for cell in cells):
        return None
    clean = [cell.strip() for cell in cells]
    return Texts(name, clean, tuple(dict.fromkeys(cell for cell in clean if cell)))


def _cells(name: str, cells: Sequence[Any], index: pd.Index[Any], warnings: list[WarningRow]) -> pd.Series[Any]:
    """A column of a workbook with cells that are not text: of one type, or objects as they are."""
    present = [cell for cell in cells if cell != "" and not (isinstance(cell, str) and not cell.strip())]
    kinds = {type(cell) for cell in present}
    values = [cell if cell != "" and not (isinstance(cell, str) and not cell.strip()) else None for cell in cells]
    if kinds <= {bool}:
        return pd.Series(values, index=index, name=name, dtype=bool if None not in values else object)
    if kinds <= {int, float}:
        whole = kinds == {int} and None not in values
        return pd.Series(values, index=index, name=name, dtype="int64" if whole else "float64")
    if kinds <= {date, datetime}:
        return pd.Series(np.array(values, dtype="datetime64[s]"), index=index, name=name)
    if str in kinds and kinds <= {str, int, float}:
        words = [cell for cell in present if isinstance(cell, str)]
        if not kinds - {str, int} or not all(word.strip().casefold() in NO_NUMBER for word in words):
            return pd.Series([None if v is None else str(v) for v in values], index=index, name=name, dtype=object)
        warnings.append(_words_row(name, words))
    return pd.Series(values, index=index, name=name, dtype=object)


# Truth values, text


def _as_text(text: Texts, index: pd.Index[Any], warnings: list[WarningRow], decimal: str | None) -> pd.Series[Any]:
    lower = {cell.casefold() for cell in text.different}
    if lower and lower <= {"true", "false"}:
        values: list[Any] = [None if not cell else cell.casefold() == "true" for cell in text.cells]
        return pd.Series(values, index=index, name=text.name, dtype=bool if None not in values else object)
    words = [cell for cell in text.different if cell.casefold() in NO_NUMBER]
    others = [cell for cell in text.different if cell.casefold() not in NO_NUMBER]
    if words and others and all(_number(cell, decimal or ".") is not None for cell in others):
        warnings.append(_words_row(text.name, [cell for cell in text.cells if cell.casefold() in NO_NUMBER]))
    return pd.Series([cell or None for cell in text.cells], index=index, name=text.name, dtype=object)


def _words_row(name: str, words: Sequence[str]) -> WarningRow:
    some = ", ".join(repr(word) for word in dict.fromkeys(words))
    rule = f"column {name!r} stays text: only an empty cell is missing; empty these to read numbers"
    return "numbers_with_words", len(words), some[:200], rule


# Numbers


def _could_be_numbers(text: Texts) -> bool:
    return bool(text.different) and any(all(_number(c, sign) is not None for c in text.different) for sign in NUMBERS)


def _number(cell: str, decimal: str) -> float | int | None:
    """Return a number in one convention; None for what is none, and for leading zeros."""
    bare = SPACES.sub(" ", SIGNS.sub("", cell)).strip()
    found = NUMBERS[decimal].fullmatch(bare)
    if found is None or ZEROS.match(bare):
        return None
    group = found["group"]
    plain = bare.replace(group, "") if group else bare
    value = float(plain.replace(",", ".")) if decimal == "," else float(plain)
    if "%" in cell:
        return value / 100
    is_whole = re.fullmatch(r"[+-]?\d+", plain) is not None
    return int(plain) if is_whole else value


def _decimal(columns: Sequence[Texts], wanted: Reading) -> tuple[str | None, set[str]]:
    """Return the decimal sign of the file, and the columns that stay open without one.

    Only cells that are a number in one convention alone tell; the option wins.
    """
    if wanted.decimal is not None:
        bad = {text.name for text in columns if any(_number(cell, wanted.decimal) is None for cell in text.different)}
        return wanted.decimal, bad
    alone = {sign: {t.name for t in columns if _only(t, sign)} for sign in NUMBERS}
    either = {t.name for t in columns if any(_number(c, ".") != _number(c, ",") for c in t.different)}
    either -= alone["."] | alone[","]
    if alone[","] and not alone["."]:
        return ",", set()
    if alone["."] and alone[","]:
        return ".", alone[","] | either
    if alone["."] or wanted.sep in (",", None):
        return ".", set()
    return ("." if columns and not either else None), either


def _only(text: Texts, sign: str) -> bool:
    """Whether the column is numbers by one decimal sign and not by the other."""
    other = "," if sign == "." else "."
    by_sign = all(_number(cell, sign) is not None for cell in text.different)
    return by_sign and any(_number(cell, other) is None for cell in text.different)


def _as_numbers(text: Texts, decimal: str | None, index: pd.Index[Any]) -> pd.Series[Any]:
    values = {cell: _number(cell, decimal or ".") for cell in text.different}
    whole = all(isinstance(value, int) for value in values.values())
    large = whole and any(abs(int(value or 0)) >= EXACT for value in values.values())
    has_gaps = "" in text.cells
    if large and (has_gaps or any(abs(int(value or 0)) >= 2**63 for value in values.values())):
        return pd.Series([cell or None for cell in text.cells], index=index, name=text.name, dtype=object)
    numbers = [values.get(cell, np.nan) for cell in text.cells]
    return pd.Series(numbers, index=index, name=text.name, dtype="int64" if whole and not has_gaps else "float64")


def _groups(text: Texts, decimal: str | None) -> set[str]:
    """Signs between groups of three digits."""
    found = set()
    for cell in text.different:
        match = NUMBERS[decimal or "."].fullmatch(SPACES.sub(" ", SIGNS.sub("", cell)).strip())
        if match is not None and match["group"]:
            found.add("'" if match["group"] == "’" else match["group"])
    return found


# Days


def _are_days(text: Texts) -> bool:
    return bool(text.different) and all(_day_parts(cell) is not None for cell in text.different)


def _day_parts(cell: str) -> tuple[str, int, int, int, tuple[int, int, int]] | None:
    """Return kind (iso, named, open), three numbers in the order written, and the clock; None for no day."""
    clock = CLOCK.search(cell)
    at = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    bare = cell[: clock.start()].strip() if clock else cell
    if at > (23, 59, 59) or at[1] > 59 or at[2] > 59:
        return None
    if found := ISO.fullmatch(bare):
        return "iso", int(found[1]), int(found[3]), int(found[4]), at
    if found := DAY.fullmatch(bare):
        return "open", int(found[1]), int(found[3]), _year(found[4]), at
    if found := NAMED.fullmatch(bare):
        month = months().get((found[2] or found[4]).rstrip(".").casefold())
        if month is not None:
            return "named", int(found[3] or found[6]), month, int(found[1] or found[5]), at
    return None


def _year(text: str) -> int:
    """Return a year; of two digits that of the last or this century that is nearest, as 69 is 1969."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 69 else 2000)  # as POSIX says


@cache
def months() -> Mapping[str, int]:
    """Return names of months, short and long, in five languages."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("abbreviated", "wide"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault(name.rstrip(".").casefold(), number)
    return found | {"sept": 9}


def _date_order(columns: Sequence[Texts], wanted: str | None, index: pd.Index[Any]) -> tuple[str | None, set[str]]:
    """Return the order of day and month over all columns of days, and the columns that stay open."""
    days = [(text, cell, parts) for text in columns for cell in text.different if (parts := _day_parts(cell))]
    unsaid = [(text, cell, parts) for text, cell, parts in days if parts[0] == "open"]
    first = [(text, cell) for text, cell, parts in unsaid if parts[1] > 12]
    second = [(text, cell) for text, cell, parts in unsaid if parts[2] > 12]
    if wanted is not None:
        against = {"day-first": second, "month-first": first}.get(wanted, [(text, cell) for text, cell, _ in unsaid])
        if against:
            _contradiction(against[:1], f"date_order = {wanted!r}", index)
        return wanted, set()
    if first and second:
        _contradiction([first[0], second[0]], "dates", index)
    if first or second:
        return ("day-first" if first else "month-first"), set()
    return None, {text.name for text, _, parts in unsaid if parts[1] != parts[2]}


def _contradiction(cells: Sequence[tuple[Texts, str]], address: str, index: pd.Index[Any]) -> None:
    where = [f"row {shown(index[text.cells.index(cell)])}, column {text.name!r} = {cell!r}" for text, cell in cells]
    rule = f"{' and '.join(where)}: {'is no such day' if len(cells) == 1 else 'contradict each other in day and month'}"
    raise InvalidInput(problems=[Problem((address,), "", f"{rule}; mend the cells or give another date_order")])


def _as_days(text: Texts, order: str | None, index: pd.Index[Any]) -> pd.Series[Any]:
    days: dict[str, datetime | None] = {"": None}
    bad: list[str] = []
    for cell in text.different:
        kind, a, b, c, clock = _day_parts(cell) or ("iso", 0, 0, 0, (0, 0, 0))
        year, month, day = (a, b, c) if kind != "open" else (c, a, b) if order == "month-first" else (c, b, a)
        try:
            days[cell] = datetime(year, month, day, *clock)
        except ValueError:
            bad.append(cell)
    if bad:
        rows = [shown(index[i]) for i, cell in enumerate(text.cells) if cell in set(bad)]
        rule = f"is no day of the calendar ({len(rows):,} such cells: rows {', '.join(rows[:MOST_ROWS])})"
        address = f"row {rows[0]}, column {text.name!r}"
        raise InvalidInput(problems=[Problem((address,), shown(bad[0]), rule)])
    values = np.array([days[cell] for cell in text.cells], dtype="datetime64[s]")
    return pd.Series(values, index=index, name=text.name)


def _told_open(days: Iterable[str], numbers: Iterable[str]) -> list[WarningRow]:
    rows: list[WarningRow] = []
    if names := sorted(days):
        rule = "stay text: nothing says whether day or month comes first; give date_order="
        rows.append(("date_order_open", len(names), ", ".join(map(repr, names)), rule))
    if names := sorted(numbers):
        rule = "stay text: nothing says whether comma or point is the decimal sign; give decimal="
        rows.append(("decimal_open", len(names), ", ".join(map(repr, names)), rule))
    return rows
