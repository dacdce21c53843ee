"""What the posts of each department did: small departments are joined, so that nobody can be found in a file.

Sums over a department's people of one year's count in the horizon. Departments of under `min_group` people are one row,
"suppressed", together with the next smallest ones while they are under `min_group` in all or one alone (which the total
minus the rest would give); should all of them together still be fewer, their numbers are left empty. The interval comes
from world means of the department's sum; with under five worlds it is left empty, because luck was recorded by person
only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import statistics
from groundswell.company.company import Company
from groundswell.company.small_groups import check_min_group, hidden_groups
from groundswell.errors import NotRecorded
from groundswell.results.grain import make_query
from groundswell.results.people_counts import People
from groundswell.results.people_frame import person_measures, recorded_people
from groundswell.results.record import ResultsRecord

MISSING = "(not given, drawn in each world)"
COLUMNS = [
    "label", "department", "employees", "measure", "mean", "mean_ci_lower", "mean_ci_upper", "uncertainty", "note",
]  # fmt: skip
HORIZON = "horizon"


def departments_frame(result: ResultsRecord, min_group: int) -> pd.DataFrame:
    """The table of this module for a file: one row a department and measure.

    Empty where nothing was recorded by person or no department is given. Columns: label, department, employees,
    measure, mean with its 95 % interval (simulation error; module `statistics`), uncertainty (what the interval
    contains), note (what was suppressed).
    """
    if result.recording.people is None or not _has_departments(result.scenario.company):
        return pd.DataFrame(columns=COLUMNS)
    frame = department_frame(result, None, HORIZON, min_group).sort_values("department", kind="stable")
    return frame[COLUMNS].astype({"department": str, "measure": str}).reset_index(drop=True)


def department_frame(
    result: ResultsRecord,
    measures: str | Sequence[str] | None,
    window: str,
    min_group: int,
    *,
    by_world: bool = False,
) -> pd.DataFrame:
    """`Results.frame(by="department")`: one row a measure and department, and world if asked for.

    Columns: label, window, date (first day of the horizon), days, department, employees, world if asked for, measure,
    unit, mean, mean_se, mean_ci_lower, mean_ci_upper, runs, uncertainty, note. By world the interval is empty.

    Raises
    ------
    NotRecorded
        Nothing was recorded by person, a measure is not, another window, or departments are drawn in each world.
    UnknownName
        A measure or window that does not exist.
    """
    people, company = recorded_people(result), result.scenario.company
    names = person_measures(result, people, measures)
    least = check_min_group(min_group)
    query = make_query((), window)
    if query.window != HORIZON:
        raise NotRecorded(f"window: by department the horizon is recorded, not {window}; no option records more")
    if not _has_departments(company):
        raise NotRecorded(
            "by: no department is given, each world draws its own; map columns.department of the export to have sums "
            "by department"
        )
    labels, group = joined(company, least)
    rows = [
        row
        for measure in names
        for g, label in enumerate(labels)
        for row in _rows(result, people, label, group == g, measure, least, by_world)
    ]
    frame = pd.DataFrame(rows)
    period = result.recording.cells(names[0], query).index
    periods = period.loc[period.index.repeat(len(frame))].reset_index(drop=True)
    frame = pd.concat([pd.Series(result.label, frame.index, name="label"), periods, frame], axis=1)
    frame["department"] = pd.Categorical(frame["department"], categories=labels)
    frame["measure"] = pd.Categorical(frame["measure"], categories=list(result.recording.measures), ordered=True)
    return frame


def joined(company: Company, min_group: int) -> tuple[list[str], np.ndarray[Any, np.dtype[np.int64]]]:
    """Names of the groups to be shown, the suppressed ones last as one, and the group of each employee."""
    labels = [*company.labels["department"], MISSING]
    codes = company.categories["department"].astype(np.int64)
    codes = np.where(codes < 0, len(labels) - 1, codes)
    sizes = np.bincount(codes, minlength=len(labels))
    there = sizes > 0
    hidden = hidden_groups(sizes, min_group, there)
    kept = np.flatnonzero(there & ~hidden)
    number = np.full(len(labels), len(kept), dtype=np.int64)
    number[kept] = np.arange(len(kept))
    names = [labels[i] for i in kept]
    return [*names, f"suppressed ({hidden.sum()} departments)"] if hidden.any() else names, number[codes]


def _has_departments(company: Company) -> bool:
    return bool((company.categories["department"] >= 0).any())


def _rows(
    result: ResultsRecord,
    people: People,
    name: str,
    mine: np.ndarray[Any, Any],
    measure: str,
    min_group: int,
    by_world: bool,
) -> list[dict[str, Any]]:
    """One row, or one a world that has run."""
    size, worlds = int(mine.sum()), np.flatnonzero(people.replicates > 0)
    means, counts, _ = people.world_means(measure)
    sums = means[:, mine].sum(axis=1, keepdims=True)
    note = ""
    if name.startswith("suppressed ("):
        note = f"departments of under {min_group} people, and those needed to hide one in the total"
    if size < min_group:
        note, sums = f"{note}; under {min_group} in all, so no number is shown", np.full_like(sums, np.nan)
    head = {"department": name, "employees": None if size < min_group else size}
    parts = [({"world": w}, slice(i, i + 1)) for i, w in enumerate(worlds)] if by_world else [({}, slice(None))]
    rows = []
    for world, part in parts:
        found = statistics.interval_of_means(sums[part], counts[part], np.full(1, np.nan))
        numbers = {
            "mean": found.mean[0], "mean_se": found.se[0], "mean_ci_lower": found.lower[0],
            "mean_ci_upper": found.upper[0], "runs": found.runs, "uncertainty": found.uncertainty, "note": note,
        }  # fmt: skip
        rows.append(head | world | {"measure": measure, "unit": result.recording.measures[measure].unit} | numbers)
    return rows
