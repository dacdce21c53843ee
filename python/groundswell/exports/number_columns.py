"""Columns of numbers in text: the marks of the whole file decide, never one cell; what may be an id stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from babel.numbers import list_currencies

from groundswell.exports.distinct import Distinct
from groundswell.exports.notes import Notes, some

PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
SPACES, APOSTROPHES = "\u0020\u00a0\u202f\u2009", "'\u2019"
_GROUP = rf"[.,{SPACES}{APOSTROPHES}]"
_DIGIT = r"(?=[.,]?[0-9])"  # a number without whole ones begins with its mark
NUMBER = re.compile(rf"-?{_DIGIT}(?:[0-9]+|[0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}})+)?(?:[.,][0-9]+)?(?:[eE][+-][0-9]+)?")
ZERO_FIRST = re.compile(r"-?0[0-9]")
SIGNS = "$¢£¤¥฿៛﷼﹩＄￡￥" + "".join(map(chr, range(0x20A0, 0x20D0)))
OTHER = {".": ",", ",": "."}
EXACT = 2**53  # a column of numbers with empty cells is one of floats, which are whole up to here
SAME_MARK = str.maketrans(dict.fromkeys(SPACES, " ") | dict.fromkeys(APOSTROPHES, "'") | {"−": "-"})


@dataclass(frozen=True)
class Marks:
    """Decimal mark and what groups thousands, None where nothing in the file says."""

    decimal: str | None = None
    thousands: str | None = None


@cache
def _with_sign() -> re.Pattern[str]:
    codes = "|".join(sorted(list_currencies()))
    sign = rf"[{re.escape(SIGNS)}]|{codes}"
    return re.compile(rf"([-−]?)[{SPACES}]*({sign})?[{SPACES}]*([-−]?[0-9.,].*?)[{SPACES}]*({sign}|%)?")


def bare(text: str) -> tuple[str, str]:
    """Return a number's text with plain marks and without its currency or percent sign, and that sign."""
    if found := _with_sign().fullmatch(text):
        minus, before, number, after = found.groups()
        if not (before and after):
            return (minus + number).translate(SAME_MARK), before or after or ""
    return text, ""


def is_number(text: str) -> bool:
    """Whether a text without its sign is a number in any convention; leading zeros make it an id."""
    return bool(NUMBER.fullmatch(text)) and text[-1:].isdigit() and not ZERO_FIRST.match(text)


def says(text: str) -> str:
    """What a number says about the file's decimal mark: '.', ',', 'open' where it can be both, '' for nothing."""
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return OTHER[marks[0]]
    before, _, after = text.partition(marks[0])
    whole = before.lstrip("-")
    is_group = len(after) == 3 and 1 <= len(whole) <= 3 and whole.isdigit() and not whole.startswith("0")
    return "open" if is_group else marks[0]


def find_marks(columns: Iterable[Sequence[str]]) -> tuple[set[str], set[str]]:
    """Return what columns of numbers say about the decimal mark, and what groups thousands in them."""
    said: set[str] = set()
    groups: set[str] = set()
    for values in columns:
        said |= {says(value) for value in values if "." in value or "," in value}
        groups |= {mark for mark in " '" if any(mark in value for value in values)}
    return said - {""}, groups


def reader(decimal: str, thousands: str | None) -> re.Pattern[str]:
    """Return the pattern of numbers in one convention; ``thousands`` None allows any mark that is not the decimal."""
    group = r"[.,' ]".replace(decimal, "") if thousands is None else re.escape(thousands)
    grouped = rf"|[0-9]{{1,3}}(?P<mark>{group})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*" if group else ""
    return re.compile(rf"-?{_DIGIT}(?:[0-9]+{grouped})?(?:{re.escape(decimal)}[0-9]+)?(?:[eE][+-][0-9]+)?")


def to_values(column: Distinct, bodies: Sequence[str], decimal: str) -> np.ndarray[Any, Any] | None:
    """Return the numbers, whole ones as integers; None where digits would be lost."""
    plain = [re.sub(r"[.,' ]", lambda mark: "." if mark[0] == decimal else "", body) for body in bodies]
    if all(map(_is_whole, plain)):
        whole = [int(text) for text in plain]
        has_empty = column.filled < len(column.codes)
        if any(abs(value) >= (EXACT if has_empty else 2**63) for value in whole):
            return None
        return column.spread(np.array(whole, dtype=float if has_empty else np.int64), np.nan if has_empty else 0)
    floats = np.array([float(text) for text in plain])
    return column.spread(floats, np.nan) if np.isfinite(floats).all() else None


def _is_whole(text: str) -> bool:
    return text.lstrip("-").isdigit()


@dataclass(frozen=True)
class NumberColumn:
    """A column each of whose cells is a number in some convention."""

    column: Distinct
    bodies: list[str]
    sign: str


def candidate(column: Distinct, notes: Notes) -> NumberColumn | None:
    """Return the column as one of numbers, or None; warn of numbers beside words, and of several units."""
    if all(map(PLAIN.fullmatch, column.values)):
        return NumberColumn(column, column.values, "")
    pairs = [bare(value) for value in column.values]
    fits = [is_number(body) for body, _ in pairs]
    if not all(fits):
        _warn_of_words(column, fits, [bool(ZERO_FIRST.match(body)) for body, _ in pairs], notes)
        return None
    signs = sorted({sign for _, sign in pairs})
    if len(signs) > 1:
        what = f"column {column.name!r} stays text: its numbers have different signs"
        notes.warn("mixed_units", column.filled, some(sign or "no sign" for sign in signs), what)
        return None
    return NumberColumn(column, [body for body, _ in pairs], signs[0])


def _warn_of_words(column: Distinct, fits: Sequence[bool], are_ids: Sequence[bool], notes: Notes) -> None:
    words = [value for value, fit in zip(column.values, fits, strict=True) if not fit]
    numbers = column.count(fits)
    many = numbers >= column.filled / 2 and (len(words) <= 10 or numbers >= 0.9 * column.filled)
    if any(are_ids) or not numbers or not (many or len(words) == 1):
        return
    rows = column.rows(lambda place: not fits[place])
    what = f"column {column.name!r} stays text: no number in {notes.rows(rows)}; empty these cells for numbers"
    notes.warn("numbers_with_words", len(rows), some(words, limit=5), what)


def read_numbers(
    columns: Sequence[NumberColumn], decimal: str | None, thousands: str | None, notes: Notes
) -> tuple[dict[int, np.ndarray[Any, Any]], Marks]:
    """Return values by the column's place in ``columns`` and the marks that were found; others stay text."""
    said, groups = find_marks(column.bodies for column in columns)
    known = said & {".", ","}
    mark = decimal or OTHER.get(thousands or "") or (next(iter(known)) if len(known) == 1 else None)
    pattern = reader(mark or ".", thousands)
    found: dict[int, np.ndarray[Any, Any]] = {}
    seen: set[str] = set()
    for place, one in enumerate(columns):
        is_open = mark is None and any("." in body or "," in body for body in one.bodies)
        if is_open or not all(map(pattern.fullmatch, one.bodies)):
            _warn_of_marks(one, mark, known, notes)
            continue
        values = to_values(one.column, one.bodies, mark or ".")
        if values is None:
            continue
        found[place] = values
        seen |= {text for text in ".,' " if any(text in body for body in one.bodies)}
        if one.sign:
            example = some(one.column.values, limit=2)
            what = f"column {one.column.name!r} is read without {one.sign}: the numbers are as written"
            notes.warn("signs_left_out", one.column.filled, example, what)
    used = mark if mark in seen or seen & {".", ","} else None
    rest = sorted(seen - {mark}) if mark else sorted(seen & {" ", "'"} & groups)
    return found, Marks(used, rest[0] if len(rest) == 1 else None)


def _warn_of_marks(one: NumberColumn, mark: str | None, known: set[str], notes: Notes) -> None:
    values = [value for value, body in zip(one.column.values, one.bodies, strict=True) if re.search(r"[., ']", body)]
    if mark is None:
        why = "its columns use both marks" if known else "nothing in the file says which mark"
        code, why = "decimal_open", f"{why} as the decimal one; give decimal="
    else:
        code, why = "numbers_in_two_ways", f"with {mark!r} as decimal mark not all of its cells are numbers"
    notes.warn(code, len(values), some(values), f"column {one.column.name!r} stays text: {why}")
