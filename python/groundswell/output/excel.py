"""A comparison or a result as a workbook. Nobody is in it, and no small group of people."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
from openpyxl import Workbook

from groundswell.common.files import writable, write_file
from groundswell.company.cell import FOR_FILES, warning_text
from groundswell.company.small_groups import MIN_GROUP, check_min_group
from groundswell.decide.added import added_to
from groundswell.decide.contest import Contest, make_contest
from groundswell.decide.headline import Block, blocks
from groundswell.decide.sentence import notes
from groundswell.output.cautions import NOT_EVIDENCE, NOT_SIMULATED
from groundswell.output.charts import write_charts
from groundswell.output.sheets import IN_UNIT, Sheet, pairs, share_rows, width, write_table
from groundswell.plots.costs import LINES, cost_table
from groundswell.results.departments import departments_frame
from groundswell.results.frames import ESTIMATE_COLUMNS, long_frames
from groundswell.results.measures import adds_over, described
from groundswell.results.results import Results
from groundswell.scenario.inputs.stated import prior_of

MONTHLY = ("posts", "impressions", "engagements", "clicks", "unique_reach", "awareness")


def write_workbook(study: Contest | Results, path: str | Path, min_group: int = MIN_GROUP) -> Path:
    """Write the workbook. Numbers are numbers, dates are dates, no formula is written, undefined cells are empty.

    A single result has no Decision, Added and Differences; Departments is there where people were recorded and
    departments given, Costs where a program costs anything. Departments of under `min_group` people are joined (module
    `departments`).
    """
    target, least, alone = writable(path, ".xlsx"), check_min_group(min_group), isinstance(study, Results)
    contest = make_contest([study], baseline_given=False) if isinstance(study, Results) else study
    book = Workbook(write_only=True)
    _read_me(book, contest, least, alone)
    if not alone:
        _decision(book, contest)
    write_charts(book, contest)
    for name, table in _tables(contest, least).items():
        if not (alone and name in ("Added", "Differences")):
            write_table(book, name, table)
    buffer = BytesIO()
    book.save(buffer)
    return write_file(target, buffer.getvalue(), ".xlsx")


def _tables(contest: Contest, min_group: int) -> dict[str, pd.DataFrame]:
    """The sheets that are one table, in their order."""
    results = contest.results.values()
    summary = long_frames(list(results))
    summary = summary[["label", "measure", *[name for name in summary.columns if name in ("unit", *ESTIMATE_COLUMNS)]]]
    known = contest.results[contest.baseline].recording.measures
    departments = pd.concat([departments_frame(result, min_group) for result in results], ignore_index=True)
    tables = {
        "Summary": _with_population(summary),
        "Monthly": _with_population(contest.frame([name for name in MONTHLY if name in known], by="month")),
        "Added": contest.added(),
        "Differences": _with_population(contest.table()),
        "Costs": costs(contest),
        "Departments": departments,
        "Definitions": definitions(contest),
        "Inputs": inputs(contest),
        "Imputed": imputed(contest),
        "Manifest": manifest(contest, min_group),
    }
    optional = ("Added", "Departments", "Costs")
    return {name: table for name, table in tables.items() if name not in optional or len(table)}


def _with_population(table: pd.DataFrame) -> pd.DataFrame:
    """The table with whom or what each measure counts beside its name."""
    populations = [described(name).population for name in table["measure"].astype(str)]
    table.insert(list(table.columns).index("measure") + 1, "population", populations)
    return table


def costs(contest: Contest) -> pd.DataFrame:
    """Lines of the program's cost: label, line, unit (the currency), prices, a column a month, total; or empty.

    Lines and months add up, so each design has a line of totals too.
    """
    results = [r for r in contest.results.values() if LINES[0].measure in r.recording.measures]
    if not results:
        return pd.DataFrame()
    table = cost_table(results, "month")
    table["month"] = table["date"].dt.strftime("%Y-%m")
    row = ["label", "line", "unit", "prices"]
    wide = table.pivot_table(index=row, columns="month", values="mean", sort=False, observed=True)
    wide = wide.assign(total=wide.sum(axis=1))
    lines = wide[wide["total"] > 0].rename_axis(columns=None).reset_index()
    sums = lines.groupby(["label", "unit", "prices"], sort=False, observed=True).sum(numeric_only=True).reset_index()
    return pd.concat([lines, sums.assign(line="total")[lines.columns]], ignore_index=True)


def definitions(contest: Contest) -> pd.DataFrame:
    """Every measure: its unit, what it is, what its values may be summed over, whether more of it is better."""
    recording = contest.results[contest.baseline].recording
    known = [*recording.measures.values(), *(added_to(recording).values() if len(contest.results) > 1 else ())]
    rows = [(m.name, m.unit, m.definition, adds_over(m), m.better, m.population, m.vendor_word) for m in known]
    columns = ["measure", "unit", "definition", "may_be_summed_over", "better", "population", "vendor_word"]
    return pd.DataFrame(rows, columns=columns)


def inputs(contest: Contest) -> pd.DataFrame:
    """Every parameter: path, unit, default, source, tag, prior set (where one is), and its value in each design."""
    frames = [result.scenario.parameters().set_index("path") for result in contest.results.values()]
    paths = list(dict.fromkeys(path for frame in frames for path in frame.index))
    first = pd.concat(frames)[["unit", "default", "source", "tag"]]
    table = first[~first.index.duplicated()].reindex(paths).rename_axis("path").reset_index()
    scenarios = [result.scenario for result in contest.results.values()]
    own = [list(dict.fromkeys(filter(None, (prior_of(one, path) for one in scenarios)))) for path in paths]
    if any(own):
        table["prior set"] = ["; ".join(texts) for texts in own]
    values = [frame["value"].astype(object).reindex(paths).reset_index(drop=True) for frame in frames]
    # Beside each other, not by name: a design may be called "unit".
    return pd.concat([table, *(one.rename(label) for label, one in zip(contest.labels, values, strict=True))], axis=1)


def imputed(contest: Contest) -> pd.DataFrame:
    """Fields of the company: source column, how many people have it, how many do not, what stands in.

    Columns of the export that were not mapped are left out, names and all.
    """
    columns = contest.results[contest.baseline].scenario.company.columns
    shown = ["field", "source_column", "given", "missing", "imputed_from"]
    kept: pd.DataFrame = columns.loc[columns["field"] != "", shown]
    return kept.reset_index(drop=True)


def manifest(contest: Contest, min_group: int) -> pd.DataFrame:
    """What it takes to run each design again, a column a design: entries, then its scenario line by line, without ids.

    Copied from its first line on, a column is the scenario file of its design.
    """
    columns = []
    for label, result in contest.results.items():
        entries = {name: value for name, value in result.manifest.items() if name not in ("scenario", "label")}
        entries |= {"runs finished": result.runs, "min_group": min_group}
        lines = str(result.manifest["scenario"]).splitlines()
        entries |= {f"scenario, line {number}": line for number, line in enumerate(lines, start=1)}
        columns.append(pd.Series(entries, name=label, dtype=object))
    names = pd.Series(list(dict.fromkeys(name for column in columns for name in column.index)), name="entry")
    return pd.concat([names, *(column.reindex(names).reset_index(drop=True) for column in columns)], axis=1)


def _read_me(book: Workbook, contest: Contest, min_group: int, alone: bool) -> None:
    base = contest.results[contest.baseline]
    scenario, manifest = base.scenario, base.manifest
    lines = [
        ("Groundswell", f"{'One design' if alone else 'Comparison of designs'} of employee advocacy"),
        ("Company", f"{scenario.company.name}, {scenario.company.employees:,} employees"),
        (
            "Period",
            f"{scenario.weeks} weeks from {scenario.start}, after {scenario.warm_up_weeks} weeks of warm-up",
        ),
        ("Designs", ", ".join(contest.labels)),
        *([] if alone else [("Differences", contest.baseline_note())]),
        ("Runs", f"{base.counts}, seed {manifest['seed']}"),
        ("Uncertainty", f"{base.uncertainty}; inputs are held at the values of the sheet Inputs"),
        ("mean_ci_lower, mean_ci_upper", "95 % interval of the mean: the simulation error"),
        ("p05, p50, p95", "single runs of the horizon, as a firm would live it: nine in ten lie between p05 and p95"),
        ("difference_ci_lower, difference_ci_upper", "95 % interval of that difference alone"),
        ("joint_ci_lower, joint_ci_upper", "95 % interval that holds together with all others of the sheet"),
        ("pairing_gain", "how many times more runs independent designs would need for the same error"),
        ("People", f"nobody is in this file; departments of under {min_group} people are shown together, suppressed"),
        ("Version", f"groundswell {manifest['groundswell']}, core {manifest['core']}"),
    ]
    lines += [("Not evidence for", text) for text in NOT_EVIDENCE]
    lines += [("Not simulated", text) for text in NOT_SIMULATED]
    lines += [("Not run", cell.label) for cell in contest.failed]
    warned = contest.warnings.to_dict("records")
    lines += dict.fromkeys(("Warning", warning_text(row, FOR_FILES)) for row in warned)
    pairs(book, "Read me", lines)


ADDED_COLUMNS = {
    "measure": "measure", "unit": "unit", "label": "design", "mean": "added",
    "joint_ci_lower": "95 % interval of these rows together (a cost per something: its own), lower",
    "joint_ci_upper": "upper",
    "p05": "single run, p05", "p95": "single run, p95", "market_price": "market price", "flag": "flag",
    "note": "why not defined",
}  # fmt: skip
TOTAL_COLUMNS = {
    "measure": "measure", "unit": "unit", "label": "design", "mean": "mean", "p05": "single run, p05",
    "p95": "single run, p95", "difference": "difference",
    "joint_ci_lower": "95 % interval of these rows together, lower", "joint_ci_upper": "upper", "flag": "flag",
}  # fmt: skip


def _decision(book: Workbook, contest: Contest) -> None:
    """The sentence, what it rests on, what the programs add, totals by population."""
    parts = blocks(contest)
    shown = [_shown(block) for block in parts]
    widths = [max(width(one[one.columns[i]], str(one.columns[i])) for one in shown) for i in range(len(TOTAL_COLUMNS))]
    sheet = Sheet(book, "Decision", widths)
    sheet.row([contest.sentence()], "bold")
    for text in [contest.baseline_note(), *notes(contest)]:
        sheet.row([text])
    for block, table in zip(parts, shown, strict=True):
        sheet.row([" "])
        sheet.row([block.title], "bold")
        sheet.row(table.columns, "head")
        in_unit = [name in IN_UNIT for name in table.columns]
        for row, share in zip(table.astype(object).itertuples(index=False, name=None), share_rows(table), strict=True):
            sheet.row(row, percent=in_unit if share else ())


def _shown(block: Block) -> pd.DataFrame:
    """The columns of a block that a person reads; no difference of the baseline to itself."""
    columns, table = ADDED_COLUMNS if block.is_added else TOTAL_COLUMNS, block.rows.copy()
    alone = "mean_ci" if block.is_added else "difference_ci"
    for end in ("lower", "upper"):
        table[f"joint_ci_{end}"] = table[f"joint_ci_{end}"].fillna(table[f"{alone}_{end}"])
    if not block.is_added:
        own = table["label"].astype(str) == table["versus"].astype(str)
        table.loc[own, [name for name in columns if name.startswith(("difference", "joint"))]] = np.nan
    return table[list(columns)].rename(columns=columns)
