"""Spreadsheets through calamine: which sheet holds the table, and what would not fit into memory is never opened."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from groundswell.errors import InvalidInput, Problem, did_you_mean
from groundswell.exports.error_cells import refuse_error_cells
from groundswell.exports.layout import find_header
from groundswell.exports.notes import Notes, letters, some
from groundswell.exports.rows import Rows
from groundswell.exports.spreadsheet_size import check_size
from groundswell.exports.text_files import MOST_COLUMNS

MUCH_SMALLER = 0.2  # of the largest sheet's cells; a second sheet above that may be the one that was meant


ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how the files of all three kinds begin


def read_sheet(path: Path, sheet: str | None, notes: Notes) -> tuple[Rows, str]:
    """Return the rows of the sheet that holds the table, and its name.

    Raises
    ------
    InvalidInput
        Where the file cannot be opened, no sheet or more than one may hold the table, or it does not fit in memory.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start not in (ZIP, OLE):
        rule = "is no spreadsheet inside, but text with its name: open it and save it as one, or rename it to .csv"
        raise InvalidInput(problems=[Problem((path.name,), "", rule)])
    if start == ZIP:
        check_size(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            shown = [one for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            names = [one.name for one in shown if "Work" in str(one.typ)]
            if sheet is not None:
                if sheet not in book.sheet_names:
                    rule = f"{path.name} has no such sheet; {did_you_mean(sheet, book.sheet_names)}"
                    raise InvalidInput(problems=[Problem(("sheet",), repr(sheet), rule)])
                found = _rows(book, sheet), sheet
            else:
                found = _chosen({name: _rows(book, name) for name in names}, notes)
        refuse_error_cells(path, found[1], notes)
        return found
    except PasswordError:
        rule = "is locked with a password; save a copy without one"
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        rule = f"cannot be opened as a spreadsheet ({' '.join(str(error).split())}); save it again, or export a CSV"
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine's own, which is no Exception
            raise
        rule = "is damaged: it cannot be read to its end; save it again, or export a CSV"
    raise InvalidInput(problems=[Problem((path.name,), "", rule)])


def _rows(book: Any, name: str) -> Rows:
    """All rows of a sheet from its first one on, so that numbers are those that a person sees."""
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > MOST_COLUMNS:
        rule = f"reaches to column {letters(sheet.total_width - 1)}; at most {MOST_COLUMNS:,} columns are read"
        raise InvalidInput(problems=[Problem((name,), "", rule)])
    cells = sheet.to_python(skip_empty_area=False)
    return Rows(cells, list(range(1, len(cells) + 1)), is_text=False)


def _chosen(sheets: dict[str, Rows], notes: Notes) -> tuple[Rows, str]:
    """The only sheet with a table, or the one that is much larger than all others."""
    sizes = {name: sum(rows.counts) for name, rows in sheets.items() if _has_table(rows)}
    if not sizes:
        with_cells = [name for name, rows in sheets.items() if any(rows.counts)]
        if len(with_cells) == 1:
            return sheets[with_cells[0]], with_cells[0]  # says itself what it lacks
        what = f"has no sheet with a header and rows ({some(sheets, limit=10) or 'no sheet'}); give sheet="
        raise InvalidInput(problems=[Problem((notes.source,), "", what)])
    best = max(sizes, key=lambda name: sizes[name])
    rivals = [name for name, size in sizes.items() if size > MUCH_SMALLER * sizes[best]]
    if len(rivals) > 1:
        counts = ", ".join(f"{name!r} ({sizes[name]:,} cells)" for name in rivals)
        rule = f"several sheets may hold the table: {counts}; say which one with sheet="
        raise InvalidInput(problems=[Problem((notes.source,), "", rule)])
    if len(sizes) > 1:
        others = [name for name in sizes if name != best]
        notes.warn("other_sheets", len(others), some(others, limit=10), f"not read; the table is in {best!r}")
    return sheets[best], best


def _has_table(rows: Rows) -> bool:
    place = find_header(rows)
    return place is not None and any(rows.counts[place + 1 :])
