"""Sheets of a workbook as rows of cells; the numbers of rows are those of the sheet."""

from __future__ import annotations

import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from groundswell import _core
from groundswell.common.memory import bytes_text
from groundswell.errors import InvalidInput, did_you_mean
from groundswell.exports.text_file import Row

MOST_CELLS = 200_000_000
UNPACKED = 8  # bytes in memory for one of the file, about


def sheets_of(path: Path) -> CalamineWorkbook:
    """Return the workbook; InvalidInput for what is none, or does not fit in memory."""
    _check_size(path)
    try:
        return CalamineWorkbook.from_path(str(path))
    except FileNotFoundError:
        raise InvalidInput("there is no such file") from None
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        # The reader's own errors share no class, and its panics are no Exception.
        raise InvalidInput(f"cannot be read as a workbook: {' '.join(str(error).split())[:200]}") from None


def _check_size(path: Path) -> None:
    """Refuse a packed file that would not fit, before it is unpacked."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            total = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InvalidInput(f"cannot be read as a workbook: {error}") from None
    free = int(_core.available_memory_bytes())
    if free and total * UNPACKED > free:
        raise InvalidInput(f"unpacks to {bytes_text(total)}; with {bytes_text(free)} of memory it cannot be read")


def rows_of_sheet(book: CalamineWorkbook, name: str) -> list[Row]:
    """Return the rows of a sheet that have a cell, whole numbers as such."""
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.height * sheet.width > MOST_CELLS:
            raise InvalidInput(f"sheet {name!r}: {sheet.height:,} rows of {sheet.width:,} columns are too many")
        cells = sheet.to_python(skip_empty_area=False)
    except InvalidInput:
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise InvalidInput(f"sheet {name!r}: cannot be read: {' '.join(str(error).split())[:200]}") from None
    found = (Row(i, [_plain(cell) for cell in row]) for i, row in enumerate(cells, start=1))
    return [row for row in found if any(cell != "" for cell in row.cells)]


def chosen_sheet(book: CalamineWorkbook, wanted: str | None) -> tuple[str, list[Row], list[str]]:
    """Return the sheet asked for, or the only one with a table; InvalidInput where several could be meant."""
    names = list(book.sheet_names)
    if wanted is not None:
        if wanted not in names:
            raise InvalidInput(f"sheet = {wanted!r}: no such sheet; {did_you_mean(wanted, names)}")
        return wanted, rows_of_sheet(book, wanted), []
    tables = {name: rows for name in names if (rows := rows_of_sheet(book, name))}
    large = {name: rows for name, rows in tables.items() if len(rows) > 1 and max(len(row.cells) for row in rows) > 1}
    sizes = sorted((len(rows) for rows in large.values()), reverse=True)
    if not large:
        large = tables
    if len(large) > 1 and (len(sizes) < 2 or sizes[0] < 4 * sizes[1]):
        some = ", ".join(f"{name!r} ({len(rows):,} rows)" for name, rows in large.items())
        raise InvalidInput(f"several sheets could be meant: {some}; name one with sheet=")
    if not large:
        raise InvalidInput("no sheet of the workbook has a cell")
    best = max(large, key=lambda name: len(large[name]))
    return best, large[best], [name for name in tables if name != best]


def _plain(cell: object) -> object:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell
