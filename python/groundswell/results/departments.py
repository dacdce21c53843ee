"""What the posts of each department did: small departments are joined, so that nobody can be found in a file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import statistics
from groundswell.company.company import Company
from groundswell.company.small_groups import hidden_groups
from groundswell.results.people_counts import People
from groundswell.results.record import ResultsRecord

MISSING = "(not given, drawn in each world)"
COLUMNS = [
    "label", "department", "employees", "measure", "mean", "mean_ci_lower", "mean_ci_upper", "uncertainty", "note",
]  # fmt: skip


def departments_frame(result: ResultsRecord, min_group: int) -> pd.DataFrame:
    """One row a department and measure: sums over its people of one year's count in the horizon.

    Departments of under `min_group` people are one row, "suppressed", together with the next smallest ones while they
    are under `min_group` in all or one alone (which the total minus the rest would give); should all of them together
    still be fewer, their numbers are left empty. Empty where nothing was recorded by person or no department is given.

    Columns: label, department, employees, measure, mean with its 95 % interval (simulation error; module
    `statistics`), uncertainty (what the interval contains), note (what was suppressed). The interval comes from world
    means of the department's sum; with under five worlds it is left empty, because luck was recorded by person only.
    """
    people, company = result.recording.people, result.scenario.company
    if people is None or not (company.categories["department"] >= 0).any():
        return pd.DataFrame(columns=COLUMNS)
    names, group = joined(company, min_group)
    rows = [
        _row(result, people, name, group == g, measure, min_group)
        for g, name in enumerate(names)
        for measure in people.measures
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


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


def _row(
    result: ResultsRecord, people: People, name: str, mine: np.ndarray[Any, Any], measure: str, min_group: int
) -> dict[str, Any]:
    size = int(mine.sum())
    row = {"label": result.label, "department": name, "employees": size, "measure": measure}
    note = ""
    if name.startswith("suppressed ("):
        note = f"departments of under {min_group} people, and those needed to hide one in the total"
    if size < min_group:
        return row | {"employees": None, "note": f"{note}; under {min_group} in all, so no number is shown"}
    means, counts, _ = people.world_means(measure)
    sums = means[:, mine].sum(axis=1, keepdims=True)
    found = statistics.interval_of_means(sums, counts, np.full(1, np.nan))
    return row | {
        "mean": found.mean[0],
        "mean_ci_lower": found.lower[0],
        "mean_ci_upper": found.upper[0],
        "uncertainty": result.uncertainty,
        "note": note,
    }
