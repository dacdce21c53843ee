"""A result as tables for other programs: one value a week and measure, and CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from groundswell.errors import InvalidInput
from groundswell.files import write_file

if TYPE_CHECKING:
    from groundswell.results import Results

GRAINS = ("week", "month")


def weekly(result: Results, measures: str | Sequence[str] | None, window: str) -> pd.DataFrame:
    """Means by week, wide: the index is the first day of the week, one column a measure."""
    frame = result.frame(measures, by="week", window=window)
    names = list(dict.fromkeys(frame["measure"].astype(str)))
    means = {name: part.set_index("date")["mean"] for name, part in frame.groupby("measure", observed=True, sort=False)}
    wide = pd.DataFrame({name: means[name] for name in names})
    wide.index = pd.DatetimeIndex(wide.index, name="date")
    return wide


def write_csv(result: Results, path: str | Path) -> list[Path]:
    """Three long tables: summary, month, week. Everything is worked out before the first file is written."""
    target = Path(path)
    if target.suffix and target.suffix.lower() != ".csv":
        raise InvalidInput(f"path: {str(target)!r} must be a folder, or a name that ends in .csv")
    summary = result.summary().rename_axis("measure").reset_index()
    summary.insert(0, "label", result.label)
    tables = {"summary": summary} | {grain: result.frame(by=grain) for grain in GRAINS}
    contents = {name: csv_text(table).encode() for name, table in tables.items()}
    if target.suffix:
        files = {name: target.with_name(f"{target.stem}_{name}.csv") for name in contents}
    else:
        _make_folder(target)
        files = {name: target / f"{name}.csv" for name in contents}
    return [write_file(files[name], text, ".csv") for name, text in contents.items()]


def csv_text(table: pd.DataFrame) -> str:
    """Dates as YYYY-MM-DD, numbers in full, undefined ones empty; text that a spreadsheet would run gets a quote."""
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_datetime64_any_dtype(safe[name]):
            texts = safe[name].astype(str)
            safe[name] = texts.where(~texts.str.startswith(("=", "+", "-", "@")), "'" + texts)
    return safe.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"path: {str(folder)!r} cannot be written: {error.strerror or error}") from None
