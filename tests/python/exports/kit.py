"""Small files for the reader, and what it says of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from groundswell.errors import InvalidInput
from groundswell.exports import Export, read_export


def text_of(rows: Sequence[Sequence[object]], **dialect: Any) -> str:
    """Rows as CSV text."""
    out = io.StringIO()
    csv.writer(out, **({"lineterminator": "\n"} | dialect)).writerows(rows)
    return out.getvalue()


def export(folder: Path, text: str | bytes, name: str = "t.csv", **options: Any) -> Export:
    """What the reader makes of a file with this text."""
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    return read_export(folder / name, **options)


def column(folder: Path, cells: Sequence[str], sep: str = ";", **options: Any) -> Export:
    """What the reader makes of a column `x` beside ids."""
    rows = [["id", "x"], *([f"E{i}", cell] for i, cell in enumerate(cells))]
    return export(folder, text_of(rows, delimiter=sep), **options)


def refused(folder: Path, text: str | bytes, name: str = "t.csv", **options: Any) -> InvalidInput:
    """The error about a file."""
    try:
        found = export(folder, text, name, **options)
    except InvalidInput as error:
        return error
    raise AssertionError(f"was read: {found!r}\n{found.frame}")


def codes(one: Export) -> list[str]:
    """Codes of the warnings."""
    return [str(code) for code in one.warnings["code"]]


def warning(one: Export, code: str) -> pd.Series[Any]:
    """The only warning of a code."""
    rows = one.warnings[one.warnings["code"] == code]
    assert len(rows) == 1, one.warnings.to_string()
    return rows.iloc[0]
