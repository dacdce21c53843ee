"""The door: a file or a table in, an export out, or every problem in one report."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from groundswell.errors import InvalidInput, Problem, shown
from groundswell.exports import frames
from groundswell.exports.columns import typed
from groundswell.exports.encodings import decode
from groundswell.exports.export import Export
from groundswell.exports.layout import find_table
from groundswell.exports.notes import Notes
from groundswell.exports.options import Reading, checked
from groundswell.exports.rows import Rows
from groundswell.exports.shape import Column, check_names, columns_of, in_one_line
from groundswell.exports.spreadsheets import read_sheet
from groundswell.exports.text_files import load, read_records

TEXT = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
SHEETS = (".xlsx", ".xls", ".ods")
PARQUET = (".parquet",)
FITS = {  # options by kind of file
    "text": ("sep", "encoding", "header_row", "date_order", "decimal", "thousands", "footer_rows"),
    "sheet": ("sheet", "header_row", "date_order", "decimal", "thousands", "footer_rows"),
    "table": (),
}


def read_export(
    path_or_frame: object,
    *,
    sheet: str | None = None,
    sep: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
    date_order: str | None = None,
    decimal: str | None = None,
    thousands: str | None = None,
    footer_rows: int | None = None,
) -> Export:
    """Return a table that another system exported, how it was read, and what should be looked at.

    Every option that is not given is found from the whole file; ``Export.reading`` shows what was found. See
    docs/EXPORTS.md.

    Parameters
    ----------
    path_or_frame
        a file (.csv, .tsv, .txt, each also .gz; .xlsx, .xls, .ods; .parquet), or a table of pandas, polars or Arrow.
    sheet
        name of the sheet.
    sep, encoding
        of a text file.
    header_row
        line or row of the header, counted from 1.
    date_order
        'day-first', 'month-first' or 'year-first'.
    decimal, thousands
        marks of numbers in text.
    footer_rows
        how many of the last rows do not belong to the table.

    Raises
    ------
    InvalidInput
        With all problems of the file together: count, rows as a person sees them, what each needs.
    """
    given = {
        "sheet": sheet, "sep": sep, "encoding": encoding, "header_row": header_row, "date_order": date_order,
        "decimal": decimal, "thousands": thousands, "footer_rows": footer_rows,
    }  # fmt: skip
    options = checked(given)
    if not isinstance(path_or_frame, str | os.PathLike):
        _check_fit(options, "table", "a table")
        return _of_frame(frames.to_pandas(path_or_frame, "path_or_frame"), type(path_or_frame).__name__)
    path = _existing(Path(path_or_frame))
    name = path.name.lower()
    if name.endswith(TEXT):
        _check_fit(options, "text", path.name)
        return _of_text(path, options)
    if name.endswith(SHEETS):
        _check_fit(options, "sheet", path.name)
        return _of_sheet(path, options)
    if name.endswith(PARQUET):
        _check_fit(options, "table", path.name)
        return _of_parquet(path)
    rule = f"must end in one of {', '.join((*TEXT, *SHEETS, *PARQUET))}"
    raise InvalidInput(problems=[Problem(("path_or_frame",), shown(str(path)), rule)])


def _existing(path: Path) -> Path:
    try:
        if path.is_dir():
            rule = "is a folder; name the file in it"
        elif not path.exists():
            rule = "no such file"
        elif not path.stat().st_size:
            rule = "the file is empty"
        else:
            with path.open("rb"):
                return path
    except (OSError, ValueError) as error:
        rule = f"cannot be opened: {error.strerror if isinstance(error, OSError) else error}"
    raise InvalidInput(problems=[Problem(("path_or_frame",), shown(str(path)), rule)])


def _check_fit(options: dict[str, Any], kind: str, what: str) -> None:
    problems = [
        Problem((name,), shown(value), f"says nothing about {what}: leave it out")
        for name, value in options.items()
        if name not in FITS[kind]
    ]
    if problems:
        raise InvalidInput(problems=problems)


def _of_text(path: Path, options: dict[str, Any]) -> Export:
    notes = Notes(path.name, "line")
    text, encoding = decode(load(path), options.get("encoding"), notes)
    rows, sep = read_records(text, options.get("sep"), notes)
    return _of_rows(rows, options, Reading(sep=sep, encoding=encoding), notes)


def _of_sheet(path: Path, options: dict[str, Any]) -> Export:
    notes = Notes(path.name)
    rows, sheet = read_sheet(path, options.get("sheet"), notes)
    return _of_rows(rows, options, Reading(sheet=sheet), notes)


def _of_rows(rows: Rows, options: dict[str, Any], reading: Reading, notes: Notes) -> Export:
    table = find_table(rows, options.get("header_row"), options.get("footer_rows"), notes)
    columns = columns_of(table, notes)
    frame, marks, order = typed(columns, table.body.numbers, options, notes, is_text=rows.is_text)
    notes.stop_at_problems()
    found = replace(
        reading,
        header_row=table.header_number,
        footer_rows=table.footers,
        date_order=order,
        decimal=marks.decimal,
        thousands=marks.thousands,
    )
    return Export(frame, notes.source, found, notes.frame())


def _of_parquet(path: Path) -> Export:
    try:
        frame = frames.to_pandas(parquet.read_table(path), path.name)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        rule = f"is no whole Parquet file ({' '.join(str(error).split())[:200]}); export it again"
        raise InvalidInput(problems=[Problem((path.name,), "", rule)]) from None
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    return _of_frame(frame, path.name)


def _of_frame(frame: pd.DataFrame, source: str) -> Export:
    """A table that came with names and types: names and control characters are checked, nothing else is changed."""
    notes = Notes(source)
    if frame.empty:
        raise InvalidInput(problems=[Problem((source,), "", "the table has no row or no column")])
    columns = [Column(str(name), place, frame.iloc[:, place].tolist()) for place, name in enumerate(frame.columns)]
    check_names(columns, notes)
    labels = [row if isinstance(row, int) else place for place, row in enumerate(frame.index.tolist(), start=1)]
    for column in columns:
        in_one_line(column, labels, notes)
    notes.stop_at_problems()
    warnings = [row for row in notes.warnings if row[0] != "line_breaks"]  # kept as they are
    return Export(frame, source, Reading(), Notes(source, warnings=warnings).frame())
