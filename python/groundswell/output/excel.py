"""A comparison or a result as a workbook. Nobody is in it, and no small group of people."""

from __future__ import annotations

import math
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from groundswell.common.files import write_file
from groundswell.company.small_groups import MIN_GROUP, check_min_group
from groundswell.decide.contest import Contest, make_contest
from groundswell.decide.sentence import HEADLINE
from groundswell.output.cautions import NOT_EVIDENCE, NOT_SIMULATED
from groundswell.plots.costs import LINES, cost_table
from groundswell.results.departments import departments_frame
from groundswell.results.results import Results

MONTHLY = ("posts", "impressions", "engagements", "clicks", "unique_reach", "awareness")
WIDEST = 60


def write_workbook(study: Contest | Results, path: str | Path, min_group: int = MIN_GROUP) -> Path:
    """Write the workbook. Numbers are numbers, dates are dates, no formula is written, undefined cells are empty.

    A single result has no Decision and no Differences; Departments is there where people were recorded and departments
    given, Costs where a program costs anything. Departments of under `min_group` people are joined (module
    `departments`).
    """
    least, alone = check_min_group(min_group), isinstance(study, Results)
    contest = make_contest([study], baseline_given=False) if isinstance(study, Results) else study
    book = Workbook()
    book.remove(book.active or book.create_sheet())
    _read_me(book.create_sheet("Read me"), contest, least, alone)
    if not alone:
        _decision(book.create_sheet("Decision"), contest)
    for name, table in _tables(contest, least).items():
        if not (alone and name == "Differences"):
            _table(book.create_sheet(name), table)
    buffer = BytesIO()
    book.save(buffer)
    return write_file(path, buffer.getvalue(), ".xlsx")


def _tables(contest: Contest, min_group: int) -> dict[str, pd.DataFrame]:
    """The sheets that are one table, in their order."""
    results = contest.results.values()
    summaries = [result.summary().reset_index().assign(label=result.label) for result in results]
    known = contest.results[contest.baseline].recording.measures
    departments = pd.concat([departments_frame(result, min_group) for result in results], ignore_index=True)
    tables = {
        "Summary": _first(pd.concat(summaries, ignore_index=True), "label"),
        "Monthly": contest.frame([name for name in MONTHLY if name in known], by="month"),
        "Differences": contest.table(),
        "Costs": costs(contest),
        "Departments": departments,
        "Inputs": inputs(contest),
        "Imputed": imputed(contest),
        "Manifest": manifest(contest, min_group),
    }
    return {name: table for name, table in tables.items() if name not in ("Departments", "Costs") or len(table)}


def costs(contest: Contest) -> pd.DataFrame:
    """Lines of the program's cost: label, line, unit (the currency), prices, a column a month, total; empty if none."""
    results = [r for r in contest.results.values() if LINES[0].measure in r.recording.measures]
    if not results:
        return pd.DataFrame()
    table = cost_table(results, "month")
    table["month"] = table["date"].dt.strftime("%Y-%m")
    row = ["label", "line", "unit", "prices"]
    wide = table.pivot_table(index=row, columns="month", values="mean", sort=False, observed=True)
    wide = wide.assign(total=wide.sum(axis=1))
    return wide[wide["total"] > 0].rename_axis(columns=None).reset_index()


def inputs(contest: Contest) -> pd.DataFrame:
    """Every parameter: path, unit, default, source, tag, and its value in each design."""
    frames = [result.scenario.parameters().set_index("path") for result in contest.results.values()]
    paths = list(dict.fromkeys(path for frame in frames for path in frame.index))
    first = pd.concat(frames)[["unit", "default", "source", "tag"]]
    table: pd.DataFrame = first[~first.index.duplicated()].reindex(paths)
    for label, frame in zip(contest.labels, frames, strict=True):
        table[label] = frame["value"].astype(object).reindex(paths)
    return table.rename_axis("path").reset_index()


def imputed(contest: Contest) -> pd.DataFrame:
    """Fields of the company: source column, how many people have it, how many do not, what stands in.

    Columns of the export that were not mapped are left out, names and all.
    """
    columns = contest.results[contest.baseline].scenario.company.columns
    shown = ["field", "source_column", "given", "missing", "imputed_from"]
    kept: pd.DataFrame = columns.loc[columns["field"] != "", shown]
    return kept.reset_index(drop=True)


def manifest(contest: Contest, min_group: int) -> pd.DataFrame:
    """What it takes to run each design again: label, entry, value; the scenario line by line, without ids."""
    rows: list[tuple[str, str, Any]] = []
    for label, result in contest.results.items():
        rows += [(label, name, value) for name, value in result.manifest.items() if name not in ("scenario", "label")]
        rows += [(label, "runs finished", result.runs), (label, "min_group", min_group)]
        lines = str(result.manifest["scenario"]).splitlines()
        rows += [(label, f"scenario, line {number}", line) for number, line in enumerate(lines, start=1)]
    return pd.DataFrame(rows, columns=["label", "entry", "value"])


def _first(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[[name, *[column for column in frame.columns if column != name]]]


def _read_me(sheet: Worksheet, contest: Contest, min_group: int, alone: bool) -> None:
    base = contest.results[contest.baseline]
    scenario, manifest = base.scenario, base.manifest
    worlds, replicates = base.recording.finished.shape
    lines = [
        ("Groundswell", f"{'One design' if alone else 'Comparison of designs'} of employee advocacy"),
        ("Company", f"{scenario.company.name}, {scenario.company.employees:,} employees"),
        (
            "Period",
            f"{scenario.weeks} weeks from {scenario.start}, after {scenario.warm_up_weeks} weeks of warm-up",
        ),
        ("Designs", ", ".join(contest.labels)),
        *([] if alone else [("Differences", contest.baseline_note())]),
        ("Runs", f"{worlds} worlds of {replicates} replicates, seed {manifest['seed']}"),
        ("Uncertainty", f"{base.uncertainty}; inputs are held at the values of the sheet Inputs"),
        ("mean_ci_lower, mean_ci_upper", "95 % interval of the mean: the simulation error"),
        ("p05, p50, p95", "percentiles of the year a firm would live"),
        ("pairing_gain", "how many times more runs independent designs would need for the same error"),
        ("People", f"nobody is in this file; departments of under {min_group} people are shown together, suppressed"),
        ("Version", f"groundswell {manifest['groundswell']}, core {manifest['core']}"),
    ]
    lines += [("Not evidence for", text) for text in NOT_EVIDENCE]
    lines += [("Not simulated", text) for text in NOT_SIMULATED]
    lines += [("Not run", cell.label) for cell in contest.failed]
    warned = contest.warnings.to_dict("records")
    lines += dict.fromkeys(("Warning", f"{row['code']} ({row['count']}): {row['consequence']}") for row in warned)
    for name, text in lines:
        _append(sheet, [name, text])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        sheet.cell(sheet.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 32
    sheet.column_dimensions["B"].width = 110


def _decision(sheet: Worksheet, contest: Contest) -> None:
    columns = {
        "measure": "measure", "unit": "unit", "label": "design", "mean": "mean", "p05": "one year, p05",
        "p95": "one year, p95", "difference": f"difference to {contest.baseline}",
        "difference_ci_lower": "95 % interval, lower", "difference_ci_upper": "upper", "flag": "flag",
    }  # fmt: skip
    known = contest.results[contest.baseline].recording.measures
    table = contest.table(measures=[name for name in HEADLINE if name in known])
    table.loc[table["label"] == table["versus"], [name for name in columns if name.startswith("diff")]] = np.nan
    _append(sheet, [contest.sentence()])
    _append(sheet, [contest.baseline_note()])
    _append(sheet, [])
    _append(sheet, list(columns.values()))
    _style_head(sheet, sheet.max_row)
    for row in table[list(columns)].astype(object).itertuples(index=False, name=None):
        _append(sheet, list(row))
    _widths(sheet, first_row=4)
    sheet.cell(1, 1).font = Font(bold=True)


def _table(sheet: Worksheet, frame: pd.DataFrame) -> None:
    _append(sheet, [str(name) for name in frame.columns])
    for row in frame.astype(object).itertuples(index=False, name=None):
        _append(sheet, list(row))
    _style_head(sheet, 1)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _widths(sheet)


def _append(sheet: Worksheet, values: list[Any]) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    if not values:
        sheet.cell(row, 1, " ")
    for column, value in enumerate(values, start=1):
        _write(sheet.cell(row, column), plain(value))


def _write(cell: Cell | MergedCell, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a label that begins with = is text, not a formula
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = "#,##0" if abs(value) >= 1000 else "0.000" if abs(value) >= 1 else "0.00000"
    elif isinstance(value, int):
        cell.number_format = "#,##0"


def plain(value: Any) -> Any:
    """A value a cell can hold: int, float, date, text, bool; None where nothing is defined."""
    if value is None or value is pd.NaT or (isinstance(value, float | np.floating) and math.isnan(value)):
        return None
    if isinstance(value, datetime):  # also pandas timestamps; every date here is a calendar day
        return date(value.year, value.month, value.day)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isinf(value):
        return "infinite"
    return value if isinstance(value, int | float | str | date) else str(value)


def _style_head(sheet: Worksheet, row: int) -> None:
    for cell in sheet[row]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF4")


def _widths(sheet: Worksheet, first_row: int = 1) -> None:
    for number, column in enumerate(sheet.iter_cols(min_row=first_row), start=1):
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=8)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, 10), WIDEST)
