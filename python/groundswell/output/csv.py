"""A result as tables for other programs: one value a week and measure, and CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from groundswell.common import arguments
from groundswell.common.files import write_file
from groundswell.decide.contest import Contest
from groundswell.errors import InvalidInput
from groundswell.results.results import Results

GRAINS = ("week", "month")
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write_csv(study: Results | Contest, path: str | Path) -> list[Path]:
    """Long tables: summary, month, week; of a comparison also added, differences. All are worked out before writing."""
    target = arguments.path("path", path)
    if target.suffix and target.suffix.lower() != ".csv":
        raise InvalidInput(f"path: {str(target)!r} must be a folder, or a name that ends in .csv")
    contents = {name: csv_text(table).encode() for name, table in _tables(study).items()}
    if target.suffix:
        files = {name: target.with_name(f"{target.stem}_{name}.csv") for name in contents}
    else:
        _make_folder(target)
        files = {name: target / f"{name}.csv" for name in contents}
    return [write_file(files[name], text, ".csv") for name, text in contents.items()]


def _tables(study: Any) -> dict[str, pd.DataFrame]:
    results: dict[str, Results] = dict(getattr(study, "results", {})) or {study.label: study}
    summaries = [result.summary().rename_axis("measure").reset_index() for result in results.values()]
    for label, summary in zip(results, summaries, strict=True):
        summary.insert(0, "label", label)
    tables = {"summary": pd.concat(summaries, ignore_index=True)}
    if hasattr(study, "results"):
        tables |= {"added": study.added(), "differences": study.table()}
    return tables | {grain: study.frame(by=grain) for grain in GRAINS}


def csv_text(table: pd.DataFrame) -> str:
    """Dates as YYYY-MM-DD, numbers in full, undefined ones empty; UTF-8 without a mark at the beginning.

    A text that a spreadsheet would run as a formula, or that begins with a quote itself, gets a quote in front
    (`guarded`), so that taking one quote away gives every text back.
    """
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_datetime64_any_dtype(safe[name]):
            safe[name] = _guarded_column(safe[name])
    safe.columns = [guarded(str(name)) for name in safe.columns]
    return safe.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n")


def guarded(text: str) -> str:
    """The text, with a quote in front where a spreadsheet would take it for a formula or for a guarded text."""
    return f"'{text}" if text.startswith(GUARDED) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text.removeprefix("'")


def _guarded_column(column: pd.Series[Any]) -> pd.Series[Any]:
    """Every different text once: a column has few."""
    categories = column.astype("category")
    return categories.cat.rename_categories([guarded(str(value)) for value in categories.cat.categories])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"path: {str(folder)!r} cannot be written: {error.strerror or error}") from None
