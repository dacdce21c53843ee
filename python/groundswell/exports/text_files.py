"""Text files: bytes within memory, the separator, records with the line in which each begins."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from gzip import BadGzipFile, GzipFile
from pathlib import Path

from groundswell import _core
from groundswell.common.memory import bytes_text
from groundswell.errors import InvalidInput, Problem
from groundswell.exports.notes import Notes
from groundswell.exports.rows import Rows, filled

SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 400_000  # characters from which the separator is found; types are never found from a sample
A_BYTE, A_ROW, A_CELL = 16, 240, 45  # bytes of memory that each takes while a text is read, fitted to measured peaks
MOST_COLUMNS = 20_000
HINT = re.compile(r"\"?sep=(.)\"?\r?\n", re.IGNORECASE)  # Excel's own first line


def too_large(source: str, needed: int) -> InvalidInput | None:
    """The error where a table does not fit into the memory there is."""
    free = _core.available_memory_bytes()
    if free == 0 or needed <= free:
        return None
    rule = f"reading it takes about {bytes_text(needed)} and {bytes_text(free)} are free; export fewer columns or rows"
    return InvalidInput(problems=[Problem((source,), "", rule)])


def load(path: Path) -> bytes:
    """Return the bytes of a text file, unpacked where it ends in .gz, never more than can be read in memory."""
    if refused := too_large(path.name, path.stat().st_size * A_BYTE):
        raise refused
    data = _unpacked(path) if path.suffix.lower() == ".gz" else path.read_bytes()
    cells = max(data.count(sep.encode()) for sep in SEPARATORS)
    rows = data.count(b"\n") + data.count(b"\r")
    if refused := too_large(path.name, len(data) * A_BYTE + rows * A_ROW + cells * A_CELL):
        raise refused
    return data


def _unpacked(path: Path) -> bytes:
    free = _core.available_memory_bytes() or 2**62
    try:
        with path.open("rb") as file, GzipFile(fileobj=file) as packed:
            data = packed.read(free // A_BYTE)
            if packed.read(1) and (refused := too_large(path.name, free + 1)):
                raise refused
            return data
    except (BadGzipFile, EOFError, zlib.error) as error:
        rule = f"is no whole gzip file ({error}); export it again"
        raise InvalidInput(problems=[Problem((path.name,), "", rule)]) from None


def read_records(text: str, sep: str | None, notes: Notes) -> tuple[Rows, str]:
    """Return the records of a text and what separates their cells; ``sep`` is what was asked for."""
    hint = HINT.match(text)
    mark = sep or (hint[1] if hint and hint[1] not in '"\r\n' else find_separator(text))
    cells: list[list[str]] = []
    numbers: list[int] = []
    for number, row in _records(text, mark, notes.source):
        if len(row) > MOST_COLUMNS:
            rule = f"has {len(row):,} cells; at most {MOST_COLUMNS:,} columns are read"
            raise InvalidInput(problems=[Problem((notes.source,), f"line {number}", rule)])
        cells.append(row)
        numbers.append(number)
    if hint and sep in (None, hint[1]):
        cells[0] = []
    return Rows([*cells], numbers, is_text=True), mark


def _records(text: str, sep: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line it begins in; quotes are held to: one that is not closed would swallow rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sep, strict=True)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rule = (
                f"the record that begins here cannot be read ({error}): a quote at the start of a cell must be closed, "
                "one inside is written twice; correct it, or give sep= where the separator is not the one found"
            )
            raise InvalidInput(problems=[Problem((source,), f"line {start}", rule)]) from None
        yield start, row
        start = reader.line_num + 1


def find_separator(text: str) -> str:
    """Return the separator that makes the most rows equally long; a comma where there is one column alone."""
    sample = text if len(text) <= SAMPLE else text[: max(text.rfind("\n", 0, SAMPLE), SAMPLE // 2)]
    scores = {sep: _score(sample, sep) for sep in SEPARATORS}
    return max(SEPARATORS, key=lambda sep: scores[sep])


def _score(sample: str, sep: str) -> float:
    """Share of rows of the usual length, more for longer ones; 0 where quotes do not fit or there is one column."""
    if sep not in sample:
        return 0.0
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=sep, strict=True)
    try:
        rows.extend(row for row in reader if filled(row))
    except csv.Error as error:
        if "unexpected end" not in str(error):
            return 0.0
    if not rows:
        return 0.0
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    head = next(row for row in rows if len(row) == width)
    others = [mark for mark in SEPARATORS[1:] if mark != sep]
    is_split_elsewhere = any(mark in cell for cell in head for mark in others)
    return times / len(rows) * (1 - 1 / width) * (0.5 if is_split_elsewhere else 1.0)
