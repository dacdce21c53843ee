"""Columns of a table: rows as long as the header, one name a column, no control characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest

from groundswell.common.text import BREAKS, without_breaks
from groundswell.exports.layout import Table
from groundswell.exports.notes import MOST_SHOWN, Notes, letters, some
from groundswell.exports.rows import extent, is_blank

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]")  # not those that join letters


@dataclass(frozen=True)
class Column:
    """A column's name, its place in the file counted from 0, and its cells."""

    name: str
    place: int
    cells: list[object]


def columns_of(table: Table, notes: Notes) -> list[Column]:
    """Return the columns of a table; what breaks a rule is noted, all of it."""
    width = len(table.header)
    names = ["" if is_blank(cell) else without_breaks(str(cell)) for cell in table.header]
    _check_lengths(table, extent(table.header), notes)
    cells = list(zip_longest(*table.body.cells, fillvalue=""))[:width]
    cells += [("",) * len(table.body.cells)] * (width - len(cells))
    columns = [Column(name, place, list(column)) for place, (name, column) in enumerate(zip(names, cells, strict=True))]
    columns = _named(columns, table.body.numbers, notes)
    check_names(columns, notes)
    return [in_one_line(column, table.body.numbers, notes) for column in columns]


def _check_lengths(table: Table, named: int, notes: Notes) -> None:
    """Rows longer than the header, and shorter ones where the file writes empty cells at the end of others."""
    width, numbers = len(table.header), table.body.numbers
    lengths = [len(row) for row in table.body.cells]
    over = [i for i, length in enumerate(lengths) if length > width]
    long = [i for i in over if extent(table.body.cells[i]) > width]
    if long:
        example = some([" | ".join(map(str, table.body.cells[long[0]][width - 1 :]))])
        rule = (
            f"longer than the header, which has {width} cells (the last ones of {notes.place} {numbers[long[0]]}: "
            f"{example}); quote cells that hold the separator, name the columns in the header, or give sep="
        )
        notes.refuse("", notes.rows([numbers[i] for i in long]), rule)
    elif over:
        what = f"the empty cell at the end of {notes.rows([numbers[i] for i in over])} has no name and was left out"
        notes.warn("trailing_separators", len(over), "", what)
    short = [i for i, length in enumerate(lengths) if length < named]
    if not short:
        return
    where = notes.rows([numbers[i] for i in short])
    is_padded = any(len(row) >= named and is_blank(row[named - 1]) for row in table.body.cells)
    if is_padded:
        rule = (
            f"shorter than the header, which has {named} names, while other rows write their empty last cells: "
            "cells are missing there; complete these rows"
        )
        notes.refuse("", where, rule)
    else:
        notes.warn("short_rows", len(short), where, "the file leaves out empty cells at the end; read as empty")


def _named(columns: list[Column], numbers: list[int], notes: Notes) -> list[Column]:
    """The columns that have a name; a nameless one with cells is refused, an empty one is left out."""
    empty = []
    for column in columns:
        if column.name:
            continue
        rows = [number for number, cell in zip(numbers, column.cells, strict=True) if not is_blank(cell)]
        if rows:
            value = some((cell for cell in column.cells if not is_blank(cell)), limit=2)
            rule = f"has no name in the header and {len(rows):,} cells ({notes.rows(rows)}: {value}); name it"
            notes.refuse("", _at(column), rule)
        else:
            empty.append(column)
    if empty:
        notes.warn("nameless_columns", len(empty), some(map(_at, empty)), "left out: no name in the header and no cell")
    return [column for column in columns if column.name]


def _at(column: Column) -> str:
    return f"column {column.place + 1} ({letters(column.place)})"


def check_names(columns: list[Column], notes: Notes) -> None:
    """Note names that two columns share, that are hard to tell apart, or that hold control characters."""
    same: dict[str, list[Column]] = {}
    alike: dict[str, list[str]] = {}
    for column in columns:
        same.setdefault(column.name, []).append(column)
        key = " ".join(unicodedata.normalize("NFKC", column.name).casefold().split())
        alike.setdefault(key, []).append(column.name)
        if found := CONTROL.search(column.name):
            rule = f"the name has the control character U+{ord(found[0]):04X}; take it out"
            notes.refuse("", f"{_at(column)} {column.name!r}", rule)
    for name, several in same.items():
        if len(several) > 1:
            where = ", ".join(map(_at, several[:MOST_SHOWN]))
            notes.refuse("", repr(name), f"{len(several)} columns have this name: {where}; rename or take out one")
    pairs = [names for names in alike.values() if len(set(names)) > 1]
    if pairs:
        examples = "; ".join(some(map(repr, names)) for names in pairs[:3])
        notes.warn("similar_names", len(pairs), examples, "names that differ by case, spaces or composition alone")


def in_one_line(column: Column, numbers: list[int], notes: Notes) -> Column:
    """The column with tabs and line breaks inside cells as spaces; control characters are refused."""
    whole = "".join([cell for cell in column.cells if isinstance(cell, str)])
    if CONTROL.search(whole):
        found = [
            (number, control[0])
            for number, cell in zip(numbers, column.cells, strict=True)
            if isinstance(cell, str) and (control := CONTROL.search(cell))
        ]
        points = ", ".join(sorted({f"U+{ord(mark):04X}" for _, mark in found})[:MOST_SHOWN])
        where = f"column {column.name!r}, {notes.rows([number for number, _ in found])}"
        notes.refuse("", where, f"control characters in cells, {len(found):,} times ({points}); take them out")
    if INVISIBLE.search(whole):
        marked = [n for n, cell in zip(numbers, column.cells, strict=True) if INVISIBLE.search(str(cell or ""))]
        what = f"column {column.name!r}, {notes.rows(marked)}: marks that nobody sees are kept; equal texts may differ"
        notes.warn("invisible_marks", len(marked), "", what)
    if not BREAKS.search(whole):
        return column
    broken = [i for i, cell in enumerate(column.cells) if isinstance(cell, str) and BREAKS.search(cell)]
    cells = [*column.cells]
    for i in broken:
        cells[i] = without_breaks(str(cells[i]))
    where = f"{column.name!r}, {notes.rows([numbers[i] for i in broken])}"
    notes.warn("line_breaks", len(broken), where, "line breaks and tabs inside a cell are read as one space")
    return Column(column.name, column.place, cells)
