"""A comparison as long frames: levels of every design, and paired differences with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from groundswell.common import arguments, statistics
from groundswell.company.small_groups import MIN_GROUP
from groundswell.decide.record import ContestRecord
from groundswell.decide.varied import column, varied_values
from groundswell.errors import InvalidInput, NotRecorded, UnknownName, did_you_mean, shown
from groundswell.results import Results
from groundswell.results.frames import measures_asked, refuse_large, row_count
from groundswell.results.grain import DEPARTMENT, Query, check_dimensions, make_query

TABLE_COLUMNS = [
    "measure", "label", "unit", "mean", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95", "versus",
    "difference", "difference_se", "difference_ci_lower", "difference_ci_upper", "pairs", "pairs_that_differ",
    "pairing_gain", "flag", "uncertainty",
]  # fmt: skip


def long_frame(
    contest: ContestRecord,
    measures: str | Sequence[str] | None = None,
    by: str | Sequence[str] | None = None,
    window: str = "horizon",
    large: bool = False,
    min_group: int = MIN_GROUP,
) -> pd.DataFrame:
    """See `Contest.frame`."""
    dimensions = check_dimensions(by)
    query = make_query(dimensions, window)
    results = list(contest.results.values())
    if not large and DEPARTMENT not in dimensions:
        rows = [row_count(one, measures_asked(one, measures, query), query, dimensions) for one in results]
        refuse_large(sum(rows), dimensions)
    frame = pd.concat([r.frame(measures, by, window, True, min_group) for r in results], ignore_index=True)
    return labeled(contest, frame)


def labeled(contest: ContestRecord, frame: pd.DataFrame) -> pd.DataFrame:
    """Labels in the order of the designs, and the varied fields beside them."""
    label = pd.Categorical(frame["label"], categories=contest.labels, ordered=True)
    fields = varied_values(contest.results, contest.varied)
    columns = {address: column(values, label.codes) for address, values in fields.items()}
    place = list(frame.columns).index("label") + 1
    first, rest = frame.columns[:place], frame.columns[place:]
    return frame.assign(label=label, **columns)[[*first, *columns, *rest]]


def table(
    contest: ContestRecord,
    versus: str | None = None,
    measures: str | Sequence[str] | None = None,
    window: str = "horizon",
) -> pd.DataFrame:
    """See `Contest.table`."""
    levels = long_frame(contest, measures, None, window)
    gaps = differences(contest, measures, None, window, versus)
    merged = levels.merge(
        gaps.drop(columns=["window", "date", "days", "unit", "uncertainty", *contest.varied]), on=["label", "measure"]
    )
    for name in ("label", "measure"):
        merged[name] = pd.Categorical(merged[name], categories=levels[name].cat.categories, ordered=True)
    return merged.sort_values(["measure", "label"], ignore_index=True)[
        [*TABLE_COLUMNS[:2], *contest.varied, *TABLE_COLUMNS[2:]]
    ]


def differences(
    contest: ContestRecord,
    measures: str | Sequence[str] | None = None,
    by: str | Sequence[str] | None = None,
    window: str = "horizon",
    versus: str | None = None,
) -> pd.DataFrame:
    """See `Contest.differences`."""
    dimensions = check_dimensions(by)
    if {"world", "replicate"} & set(dimensions):
        raise InvalidInput("by: a difference is over worlds and replicates; frame() has their values")
    if DEPARTMENT in dimensions:
        raise NotRecorded(
            f"by: differences by {DEPARTMENT} have no interval, because luck is recorded by person in sums only; "
            f"frame(by={DEPARTMENT!r}) has the departments of every design"
        )
    query = make_query(dimensions, window)
    other = contest.results[_known(contest, contest.baseline if versus is None else versus)]
    names = measures_asked(other, measures, query)
    parts = [_gap(result, other, name, query) for name in names for result in contest.results.values()]
    frame = pd.concat(parts, ignore_index=True)
    frame = labeled(contest, frame)
    frame["measure"] = pd.Categorical(frame["measure"], categories=list(other.recording.measures), ordered=True)
    return frame


def _known(contest: ContestRecord, label: str) -> str:
    if arguments.text("versus", label) not in contest.results:
        raise UnknownName(f"versus: no design of the label {shown(label)}; {did_you_mean(label, contest.results)}")
    return label


def _gap(result: Results, other: Results, name: str, query: Query) -> pd.DataFrame:
    a, b = result.recording.cells(name, query), other.recording.cells(name, query)
    if not a.index.equals(b.index):
        raise NotRecorded(
            f"by: {name} of {result.label!r} and of {other.label!r} have different cells (other platforms are on); "
            "their differences are over all platforms"
        )
    both = result.recording.finished & other.recording.finished
    gap = statistics.paired_difference(a.linear, b.linear, both)
    itself = result is other
    return a.index.assign(
        label=result.label,
        measure=name,
        unit=result.recording.measures[name].unit,
        versus=other.label,
        difference=gap.estimates.mean,
        difference_se=gap.estimates.se,
        difference_ci_lower=gap.estimates.lower,
        difference_ci_upper=gap.estimates.upper,
        pairs=gap.pairs,
        pairs_that_differ=gap.pairs_that_differ,
        pairing_gain=np.nan if itself else gap.pairing_gain,
        flag=["" if itself else flag_of_pairs(int(n), gap.pairs) for n in gap.pairs_that_differ],
        uncertainty=gap.estimates.uncertainty,
    )


def ahead(contest: ContestRecord, label: str, other: str, goal: str, window: str = "horizon") -> tuple[int, int]:
    """See `Contest.ahead`."""
    query = make_query((), window)
    first, second = contest.results[_known(contest, label)], contest.results[_known(contest, other)]
    a, b = first.recording.cells(goal, query), second.recording.cells(goal, query)
    means, _ = statistics.world_means(a.linear - b.linear, first.recording.finished & second.recording.finished)
    return int((means[:, 0] > 0).sum()), len(means)


def flag_of_pairs(differ: int, pairs: int) -> str:
    """Why the interval of a difference is not to be relied on, where fewer than 100 pairs differ; else empty."""
    if differ >= statistics.LEAST_PAIRS:
        return ""
    return f"{differ} of {pairs} pairs of runs differ, fewer than the {statistics.LEAST_PAIRS} that an interval needs"
