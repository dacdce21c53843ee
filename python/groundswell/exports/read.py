"""The one reader of exports: from a file or a frame to a table with types, and how it was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from groundswell.errors import InvalidInput, shown
from groundswell.exports import text_file, workbook
from groundswell.exports.export import Export, Reading, WarningRow, check_options, to_pandas, warnings_frame
from groundswell.exports.frames import plain_frame
from groundswell.exports.layout import find_table
from groundswell.exports.typed import typed_columns

TEXTS, BOOKS, PARQUET = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm", ".xls", ".ods"), (".parquet",)
MOST_GROUPS = 50
KINDS = ", ".join((*TEXTS, *BOOKS, *PARQUET))


def read_export(path_or_frame: object, **options: Any) -> Export:
    """Read a table that somebody exported, whole; ``docs/EXPORTS.md`` says what is found and what is refused.

    Parameters
    ----------
    path_or_frame
        A file (.csv .tsv .txt, also .gz; .xlsx .xls .ods; .parquet), or a frame of pandas or another library.
    **options
        Where what is found is not right: sheet, sep, encoding, header_row, date_order (day-first, month-first,
        year-first), decimal, thousands, footer_rows. ``Export.reading`` has what was used.

    Raises
    ------
    InvalidInput
        With the file's name: it cannot be read, an option breaks its rule, rows longer than the header, two columns of
        one name, a column without a name. All problems in one report, by row as a person sees it.
    """
    unknown = [name for name in options if name not in Reading.__dataclass_fields__]
    if unknown:
        raise InvalidInput(f"{unknown[0]}: no such option; options are {', '.join(Reading.__dataclass_fields__)}")
    wanted = check_options(options)
    if not isinstance(path_or_frame, str | Path):
        return _of_frame(path_or_frame, wanted)
    path = Path(path_or_frame)
    if path.is_dir():
        raise InvalidInput(f"{path}: is a folder; name a file in it")
    kind = (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()
    try:
        if kind in TEXTS:
            return _of_text(path, kind, wanted)
        if kind in BOOKS:
            return _of_workbook(path, wanted)
        if kind in PARQUET:
            return replace(_of_frame(_parquet(path), wanted), source=path.name)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {error}", problems=error.problems) from None
    except MemoryError:
        raise InvalidInput(f"{path}: does not fit in memory") from None
    raise InvalidInput(f"{path}: not a kind of file that is read ({KINDS}); save it as one of them")


def _of_text(path: Path, kind: str, wanted: Reading) -> Export:
    _refuse(wanted, "sheet", "a text file has no sheets")
    text, encoding = text_file.decode(text_file.bytes_of(path), wanted.encoding)
    if not text.strip("\ufeff \t\r\n"):
        raise InvalidInput("is empty")
    sep = wanted.sep or ("\t" if kind == ".tsv" else text_file.separator(text))
    rows = text_file.rows_of(text, sep)
    export = _of_rows(path, rows, replace(wanted, sep=sep, encoding=encoding))
    told = _told_encoding(export.frame, encoding) if wanted.encoding is None else []
    return replace(export, warnings=warnings_frame([*told, *export.warnings.itertuples(index=False, name=None)]))


def _of_workbook(path: Path, wanted: Reading) -> Export:
    for name in ("sep", "encoding"):
        _refuse(wanted, name, "a workbook has none")
    name, rows, others = workbook.chosen_sheet(workbook.sheets_of(path), wanted.sheet)
    export = _of_rows(path, rows, replace(wanted, sheet=name))
    if not others:
        return export
    row = ("other_sheets", len(others), ", ".join(map(repr, others[:5])), "not read: sheet= reads another one")
    return replace(export, warnings=warnings_frame([row, *export.warnings.itertuples(index=False, name=None)]))


def _of_rows(path: Path, rows: list[text_file.Row], wanted: Reading) -> Export:
    table = find_table(rows, wanted.header_row, wanted.footer_rows)
    columns = {name: [row.cells[i] for row in table.rows] for i, name in enumerate(table.names)}
    index = pd.Index([row.number for row in table.rows], name="row")
    typed = typed_columns(columns, index, wanted)
    frame = pd.DataFrame(typed.columns, index=index)
    reading = replace(typed.reading, header_row=table.header_row, footer_rows=table.footer_rows or None)
    return Export(frame, path.name, reading, warnings_frame([*table.warnings, *typed.warnings]))


def _of_frame(table: object, wanted: Reading) -> Export:
    for name in ("sheet", "sep", "encoding", "header_row", "footer_rows"):
        _refuse(wanted, name, "a frame has none")
    frame = plain_frame(to_pandas(table, "path_or_frame"))
    texts = {name: frame[name].tolist() for name in frame.columns if _all_text(frame[name])}
    cells = {name: ["" if _none(value) else value for value in column] for name, column in texts.items()}
    typed = typed_columns(cells, frame.index, wanted)
    return Export(frame.assign(**typed.columns) if typed.columns else frame, "", typed.reading,
                  warnings_frame(typed.warnings))  # fmt: skip


def _all_text(series: pd.Series[Any]) -> bool:
    if isinstance(series.dtype, pd.CategoricalDtype) or not isinstance(series.name, str):
        return False
    values = [value for value in series.tolist() if not _none(value)]
    return bool(values) and all(isinstance(value, str) for value in values)


def _none(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)  # noqa: PLR0124


def _parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except FileNotFoundError:
        raise InvalidInput("there is no such file") from None
    except (OSError, ValueError, TypeError, pa.ArrowException) as error:
        raise InvalidInput(f"cannot be read as Parquet: {' '.join(str(error).split())[:200]}") from None


def _refuse(wanted: Reading, name: str, why: str) -> None:
    value = getattr(wanted, name)
    if value is not None:
        raise InvalidInput(f"{name} = {shown(value)}: {why}; leave it out")


def _told_encoding(frame: pd.DataFrame, encoding: str) -> list[WarningRow]:
    """Words that show a person whether the encoding that was found is the right one."""
    if encoding.startswith("utf-8"):
        return []
    texts = {name: [value for value in frame[name].tolist() if isinstance(value, str)] for name in frame.columns}
    odd = sum(not text.isascii() for values in texts.values() for text in values)
    groups = [text for values in texts.values() if len(set(values)) <= MOST_GROUPS for text in dict.fromkeys(values)]
    words = [word for word in [*map(str, frame.columns), *groups] if not word.isascii()]
    some = ", ".join(repr(word[:30]) for word in words[:4])  # of names and groups: other cells are about people
    rule = f"cells that are not plain ASCII, read as {encoding}; where words look wrong, give encoding="
    return [("encoding_found", odd, some, rule)] if odd or words else []
