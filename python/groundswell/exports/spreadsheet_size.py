"""How large a packed spreadsheet becomes, found before it is opened: a far cell makes a grid that no memory holds."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from groundswell.errors import InvalidInput, Problem
from groundswell.exports.text_files import too_large

BYTES_OF_A_CELL = 150  # of the grid that calamine makes and of the Python object that a cell becomes
# As a damaged file writes them too: any number of digits, any quotes; a cell names its row as well.
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d{1,18})")
CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']\$?([A-Za-z]{1,9})\$?(\d{0,18})")
ROWS_AGAIN = re.compile(rb'number-rows-repeated="(\d{1,9})"')
OPEN_CELL = re.compile(rb'<table:(?:covered-)?table-cell(?:[^>]*?number-columns-repeated="(\d{1,9})")?')
CHUNK = 1 << 20


def check_size(path: Path) -> None:
    """Refuse a packed spreadsheet whose unpacked parts, or whose grid of cells, do not fit into memory."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if refused := too_large(path.name, 2 * sum(part.file_size for part in parts)):
                raise refused
            grid = sum(_grid(packed, part) for part in parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        rule = f"is no whole spreadsheet ({error}); save it again"
        raise InvalidInput(problems=[Problem((path.name,), "", rule)]) from None
    if refused := too_large(path.name, grid * BYTES_OF_A_CELL):
        raise refused


def _grid(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Cells of a sheet's grid, from its first cell to the outermost one that has a value; 0 for other parts."""
    with packed.open(part) as file:
        if part.filename == "content.xml":
            return _grid_of_document(file.read())
        return _grid_of_sheet(file) if part.filename.lower().endswith(".xml") else 0


def _grid_of_sheet(file: IO[bytes]) -> int:
    rows, columns, tail = 0, 1, b""
    while chunk := file.read(CHUNK):
        text = tail + chunk
        rows = max([rows, *map(int, ROW.findall(text))])
        cells = set(CELL.findall(text))
        columns = max([columns, *(_place(letters.upper()) for letters, _ in cells)])
        rows = max([rows, *(int(number or 0) for _, number in cells)])
        tail = text[-200:]  # an element may stand across two chunks
    return rows * columns


def _grid_of_document(text: bytes) -> int:
    """Cells of an open document's sheets, where rows and cells may be written once and repeated."""
    rows, waiting, columns = 0, 0, 1
    for row in text.split(b"<table:table-row")[1:]:
        again = ROWS_AGAIN.search(row[: row.find(b">")])
        waiting += int(again[1]) if again else 1
        last = row.rfind(b"value-type")
        if last >= 0:  # empty rows count where a filled one follows
            rows, waiting = rows + waiting, 0
            columns = max(columns, sum(int(times or 1) for times in OPEN_CELL.findall(row[:last])))
    return rows * columns


def _place(column: bytes) -> int:
    place = 0
    for letter in column:
        place = place * 26 + letter - ord("A") + 1
    return place
