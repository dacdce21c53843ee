"""Cells of a workbook that hold an error (#N/A, #REF!, …): the fast reader takes them for empty ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

from openpyxl import load_workbook

from groundswell.exports.notes import Notes, letters

MARK = b't="e"'  # of an error cell, in the file of a sheet
PART = 1 << 20


def refuse_error_cells(path: Path, sheet: str, notes: Notes) -> None:
    """Note every error cell of the sheet as a problem, by column and row; only .xlsx can be asked."""
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not _may_have_one(path):
        return
    found: dict[int, list[int]] = {}
    values: dict[int, str] = {}
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for row in book[sheet].iter_rows():
            for cell in row:
                if getattr(cell, "data_type", "") == "e" and cell.row is not None and cell.column is not None:
                    found.setdefault(cell.column - 1, []).append(cell.row)
                    values.setdefault(cell.column - 1, str(cell.value))
    finally:
        book.close()
    for column, rows in sorted(found.items()):
        rule = f"{len(rows):,} cells hold an error of the spreadsheet ({values[column]}); mend or empty them"
        notes.refuse("", f"column {letters(column)}, {notes.rows(rows)}", rule)


def _may_have_one(path: Path) -> bool:
    """Whether a sheet of the file has the mark of an error cell; read in parts, since sheets can be large."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.filename.startswith("xl/worksheets/"):
                continue
            with archive.open(info) as file:
                before = b""
                while part := file.read(PART):
                    if MARK in before + part:
                        return True
                    before = part[-len(MARK) :]
    return False
