"""Where the table lies in its file: title lines above it, its header, headers printed again, rows below it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import ceil

import numpy as np

from groundswell.errors import InvalidInput, Problem
from groundswell.exports.notes import Notes, some
from groundswell.exports.rows import Row, Rows, filled, texts
from groundswell.exports.words import CLOSING, PAGE, TOTAL, TOTAL_ALONE, shape

NO_WORD = re.compile(r"(?=.*\d)[\W\d_]+")  # a number, a date, a percentage: no letter
MOST_SHAPES = 5


@dataclass(frozen=True)
class Table:
    """The header and the rows under it, without what only surrounds them."""

    header: Row
    header_number: int
    body: Rows
    footers: int


def find_table(rows: Rows, header_row: int | None, footer_rows: int | None, notes: Notes) -> Table:
    """Return the table of a file; what is left out is noted with its rows.

    Raises
    ------
    InvalidInput
        Where nothing looks like a header, or there is no row under it.
    """
    place = find_header(rows) if header_row is None else _place_of(rows, header_row, notes)
    if place is None:
        raise InvalidInput(problems=[Problem((notes.source,), "", _no_header(rows, notes))])
    header, number = rows.cells[place], rows.numbers[place]
    above = [i for i in range(place) if rows.counts[i]]
    if above:
        examples = some((" ".join(texts(rows.cells[i])) for i in above), limit=4)
        found = notes.rows([rows.numbers[i] for i in above])
        what = f"left out: {found}, above the header in {notes.place} {number}"
        notes.warn("title_lines", len(above), examples, what)
    titles = {tuple(texts(rows.cells[i])) for i in above}
    body = _without_repeats(_under(rows, place, notes), header, titles, notes)
    body, footers = split_footers(body, footer_rows, notes)
    if not body.cells:
        rule = f"has a header ({notes.place} {number}) and no row under it"
        raise InvalidInput(problems=[Problem((notes.source,), "", rule)])
    return Table(header, number, body, footers)


def find_header(rows: Rows) -> int | None:
    """Return the place of the header: the first row of names with nearly as many cells as the fullest row.

    It stands at the fullest row or above it. A row with a number, a date or the same text twice is none: such a table
    has no header, and the analyst is asked.
    """
    counts = rows.counts
    most = max(counts, default=0)
    for place, count in enumerate(counts):
        if count and count >= ceil(0.6 * most) and _is_header(rows.cells[place]):
            return place
        if count == most:
            return None
    return None


def _is_header(row: Row) -> bool:
    names = texts(row)
    return all(isinstance(cell, str) or cell is None for cell in row) and not any(map(NO_WORD.fullmatch, names))


def _place_of(rows: Rows, header_row: int, notes: Notes) -> int:
    if header_row in rows.numbers:
        place = rows.numbers.index(header_row)
        if rows.counts[place]:
            return place
    rule = f"no record with a cell begins in {notes.place} {header_row} of {notes.source}"
    raise InvalidInput(problems=[Problem(("header_row",), str(header_row), rule)])


def _no_header(rows: Rows, notes: Notes) -> str:
    counts = rows.counts
    if not any(counts):
        return "is empty: no cell has anything in it"
    fullest = counts.index(max(counts))
    return (
        f"no header found: {notes.place} {rows.numbers[fullest]}, the first of the fullest, holds numbers or dates and "
        f"no names ({some(texts(rows.cells[fullest]), limit=4)}); give header_row= if it is the header, or add one"
    )


def _under(rows: Rows, place: int, notes: Notes) -> Rows:
    """The rows under the header that have a cell; empty ones between them are noted."""
    kept = [i for i in range(place + 1, len(rows.cells)) if rows.counts[i]]
    last = kept[-1] if kept else place
    blank = last - place - len(kept)
    if blank:
        some_rows = [rows.numbers[i] for i in sorted(set(range(place + 1, last)) - set(kept))]
        notes.warn("empty_rows", blank, "", f"left out: {notes.rows(some_rows)}, empty")
    return rows.at(kept)


def _without_repeats(body: Rows, header: Row, titles: set[tuple[str, ...]], notes: Notes) -> Rows:
    """The rows without headers, titles and page numbers that a report prints again on every page."""
    again = {tuple(texts(header)), *titles}
    firsts = {names[0] for names in again if names}
    repeated = []
    for place, row in enumerate(body.cells):
        first = _first_text(row)
        is_again = first.strip() in firsts and tuple(texts(row)) in again
        if is_again or (PAGE.fullmatch(first.strip()) and filled(row) == 1 and len(header) > 1):
            repeated.append(place)
    if not repeated:
        return body
    examples = some(" ".join(texts(body.cells[place])) for place in repeated)
    found = notes.rows([body.numbers[place] for place in repeated])
    notes.warn("repeated_headers", len(repeated), examples, f"left out: {found}, printed again inside the table")
    gone = set(repeated)
    return body.at([place for place in range(len(body.cells)) if place not in gone])


def split_footers(body: Rows, footer_rows: int | None, notes: Notes) -> tuple[Rows, int]:
    """Return the rows without those below the table, and how many these are.

    A last row is left out where it says total or end of report, or has few cells and an id unlike all others. What
    only resembles that is kept, with a warning: a person is never left out on a guess.
    """
    number = len(body.cells)
    start = max(number - footer_rows, 0) if footer_rows is not None else _first_footer(body)
    if start < number:
        examples = some((" ".join(texts(row)) for row in body.cells[start:]), limit=3)
        what = f"left out: {notes.rows(body.numbers[start:])}, below the table; footer_rows=0 keeps them"
        notes.warn("footer_rows", number - start, examples, what)
    kept = body.at(range(start))
    if footer_rows is None:
        _warn_of_doubtful(kept, notes)
    return kept, number - start


def _first_footer(body: Rows) -> int:
    if len(body.cells) < 2:
        return len(body.cells)
    usual, shapes = _usual(body), _shapes(body)
    start = len(body.cells)
    while start > 1 and _is_footer(body.cells[start - 1], usual, shapes):
        start -= 1
    return start


def _usual(body: Rows) -> float:
    return float(np.median(body.counts or [0]))


def _shapes(body: Rows) -> set[str]:
    """Shapes of the first column, where they are regular and hold a digit each, as ids do; else none."""
    found = Counter(shape(row[0]) for row in body.cells if len(row))
    usual = {text for text, times in found.items() if times > max(1, 0.01 * len(body.cells))}
    return usual if len(usual) <= MOST_SHAPES and all("9" in text for text in usual) else set()


def _is_footer(row: Row, usual: float, shapes: set[str]) -> bool:
    words, count = texts(row), filled(row)
    first = words[0]
    if usual < 2:
        return False
    if CLOSING.fullmatch(first) and count <= min(2.0, usual / 2):
        return True
    if TOTAL.match(first) and count <= usual / 2:
        return True
    if TOTAL_ALONE.fullmatch(first) and count > 1 and all(map(_is_number, row_after_first(row))):
        return True
    return count <= 0.3 * usual and bool(shapes) and shape(row[0]) not in shapes


def _first_text(row: Row) -> str:
    return next((cell for cell in row if isinstance(cell, str) and cell and not cell.isspace()), "")


def row_after_first(row: Row) -> list[object]:
    """The filled cells of a row but the first of them."""
    return [cell for cell in row if filled([cell])][1:]


def _is_number(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(NO_WORD.fullmatch(cell.strip()))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _warn_of_doubtful(body: Rows, notes: Notes) -> None:
    """Rows that say total, or a last row with few cells, and were kept."""
    usual = _usual(body)
    found = []
    for place, row in enumerate(body.cells):
        first = _first_text(row).strip()
        is_last = place == len(body.cells) - 1 and len(body.cells) > 2
        if TOTAL_ALONE.fullmatch(first) or (is_last and usual >= 3 and body.counts[place] <= 0.3 * usual):
            found.append(place)
    if found:
        examples = some(" ".join(texts(body.cells[place])) for place in found)
        where = notes.rows([body.numbers[place] for place in found])
        what = f"kept: {where}; if they are no people, take them out or give footer_rows="
        notes.warn("looks_like_footer", len(found), examples, what)
