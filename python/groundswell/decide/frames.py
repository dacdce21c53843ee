"""A comparison as long frames: levels of every design, and paired differences with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import arguments, statistics
from groundswell.common.joint_intervals import joint_factor, single_factor
from groundswell.common.percentages import percent_of, with_verdict_of
from groundswell.company.small_groups import MIN_GROUP
from groundswell.decide.record import ContestRecord
from groundswell.decide.varied import column, varied_values
from groundswell.errors import InvalidInput, NotRecorded, UnknownName, did_you_mean, shown
from groundswell.results import Results
from groundswell.results.frames import in_batches, long_frames, measures_asked, one_frame
from groundswell.results.grain import ALL, DEPARTMENT, Query, check_dimensions, make_query, one_window
from groundswell.results.vocabulary.added import ADDED

TABLE_COLUMNS = [
    "measure", "label", "unit", "mean", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95", "versus",
    "difference", "difference_se", "difference_ci_lower", "difference_ci_upper", "joint_ci_lower", "joint_ci_upper",
    "percent", "percent_ci_lower", "percent_ci_upper", "worlds", "worlds_that_differ", "pairs", "pairs_that_differ",
    "pairing_gain", "flag", "uncertainty",
]  # fmt: skip
PERCENT = ("percent", "percent_ci_lower", "percent_ci_upper")


def long_frame(
    contest: ContestRecord,
    measures: str | Sequence[str] | None = None,
    by: str | Sequence[str] | None = None,
    window: str = "horizon",
    large: bool = False,
    min_group: int = MIN_GROUP,
) -> pd.DataFrame:
    """See `Contest.frame`."""
    results = list(contest.results.values())
    if DEPARTMENT in check_dimensions(by):
        frames = [result.frame(measures, by, window, large, min_group) for result in results]
        return labeled(contest, pd.concat(frames, ignore_index=True))
    if measures is None:
        return labeled(contest, long_frames(results, None, by, window, large))
    return labeled(contest, _of_both_kinds(contest, arguments.names("measures", measures), by, window, large))


def _of_both_kinds(
    contest: ContestRecord, names: Sequence[str], by: str | Sequence[str] | None, window: str, large: bool
) -> pd.DataFrame:
    """Levels of the designs and what they add, one below the other where both are asked for."""
    added = [name for name in names if name in ADDED]
    plain = [name for name in names if name not in ADDED]
    frames = [
        long_frames(list(contest.of(part[0]).values()), part, by, window, large) for part in (plain, added) if part
    ]
    if len(frames) < 2:
        return frames[0] if frames else long_frames(list(contest.results.values()), names, by, window, large)
    frame = pd.concat([part.assign(measure=part["measure"].astype(str)) for part in frames], ignore_index=True)
    known = frames[-1]["measure"].cat.categories
    return frame.assign(measure=pd.Categorical(frame["measure"], categories=known, ordered=True))


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
    wider, middle = joint_widening(contest, measures, window, versus), gaps["difference"]
    gaps = gaps.assign(
        joint_ci_lower=middle - wider * (middle - gaps["difference_ci_lower"]),
        joint_ci_upper=middle + wider * (gaps["difference_ci_upper"] - middle),
    )
    merged = levels.merge(
        gaps.drop(columns=["date", "days", "unit", "uncertainty", *contest.varied]), on=["label", "measure", "window"]
    )
    for name in ("label", "measure"):
        merged[name] = pd.Categorical(merged[name], categories=levels[name].cat.categories, ordered=True)
    which = ["window"] if window == ALL else []  # of one window all rows are, and who asked knows which
    return merged.sort_values(["measure", "label", "window"], ignore_index=True)[
        [*TABLE_COLUMNS[:2], *which, *contest.varied, *TABLE_COLUMNS[2:]]
    ]


def joint_widening(
    contest: ContestRecord, measures: str | Sequence[str] | None, window: str = "horizon", versus: str | None = None
) -> float:
    """How many times as wide as alone intervals are that hold together, for all designs and measures.

    NaN under 5 worlds.

    The worlds are those in which every design has a finished run.
    """
    query = make_query((), window)
    against = _known(contest, contest.baseline if versus is None else versus)
    other = contest.results[against]
    finished = [result.recording.finished & other.recording.finished for result in contest.results.values()]
    kept = np.logical_and.reduce([done.any(axis=1) for done in finished])
    if kept.sum() < statistics.LEAST_WORLDS:
        return float("nan")
    columns = []
    for label, done in zip(contest.results, finished, strict=True):
        for name in measures_asked(other, measures, query) if label != against else ():
            one, base = (contest.of(name)[which].recording.cells(name, query).linear for which in (label, against))
            column = statistics.world_means((one - base)[kept], done[kept])[0]
            if not np.isnan(column).any():  # a ratio that is not defined makes no claim
                columns.append(column)
    return joint_factor(np.hstack(columns)) / single_factor(int(kept.sum())) if columns else float("nan")


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
    against = _known(contest, contest.baseline if versus is None else versus)
    names = measures_asked(contest.results[against], measures, query)
    asked = [(result, contest.of(name)[against], name) for name in names for result in contest.of(name).values()]
    frame = labeled(contest, _gaps(asked, query))
    known = {name: None for _, other, _ in asked for name in other.recording.measures}
    frame["measure"] = pd.Categorical(frame["measure"], categories=list(known), ordered=True)
    return frame


def _known(contest: ContestRecord, label: str) -> str:
    if arguments.text("versus", label) not in contest.results:
        raise UnknownName(f"versus: no design of the label {shown(label)}; {did_you_mean(label, contest.results)}")
    return label


def _gaps(asked: Sequence[tuple[Results, Results, str]], query: Query) -> pd.DataFrame:
    """Paired differences of one result to another, for each two and the measure asked for."""
    found: list[dict[str, Any]] = [{} for _ in asked]
    indexes: list[pd.DataFrame] = []

    def cells_of_all() -> Iterator[tuple[statistics.Flags, tuple[statistics.Floats, ...]]]:
        for result, other, name in asked:
            a, b = result.recording.cells(name, query), other.recording.cells(name, query)
            if a.index is not b.index and not a.index.equals(b.index):
                raise NotRecorded(
                    f"by: {name} of {result.label!r} and of {other.label!r} have different cells (other platforms are "
                    "on); their differences are over all platforms"
                )
            indexes.append(a.index)
            yield result.recording.finished & other.recording.finished, (a.linear, b.linear)

    for places, both, (first, second) in in_batches(cells_of_all()):
        gap = statistics.paired_difference(first, second, both)
        gaps, levels = (statistics.world_means(part, both)[0] for part in (first - second, second))
        percent = with_verdict_of(percent_of(gaps, levels), gap.estimates.lower, gap.estimates.upper)
        for i, place in enumerate(places):
            itself = asked[place][0] is asked[place][1]
            # The baseline adds nothing to itself, and "100 % less added" would say nothing of its total.
            no_percent = itself or (asked[place][2] in ADDED and not np.nan_to_num(first[i]).any())
            differ, worlds = gap.pairs_that_differ[i], gap.worlds_that_differ[i]
            nothing, there = np.full(len(differ), np.nan), 0 if itself else gap.estimates.worlds
            found[place] = {
                "difference": gap.estimates.mean[i], "difference_se": gap.estimates.se[i],
                "difference_ci_lower": gap.estimates.lower[i], "difference_ci_upper": gap.estimates.upper[i],
                **{name: nothing if no_percent else part[i] for name, part in zip(PERCENT, percent, strict=True)},
                "worlds": gap.estimates.worlds, "worlds_that_differ": worlds,
                "pairs": gap.pairs, "pairs_that_differ": differ,
                "pairing_gain": nothing if itself else gap.pairing_gain[i],
                "flag": np.array([flag_of_worlds(int(n), there) for n in worlds], dtype=object),
                "uncertainty": gap.estimates.uncertainty,
            }  # fmt: skip
    named = [
        {"label": result.label, "measure": name, "unit": _unit(result, name), "versus": other.label, **row}
        for (result, other, name), row in zip(asked, found, strict=True)
    ]
    return one_frame(indexes, named)


def _unit(result: Results, name: str) -> str:
    return result.recording.measures[name].unit


def ahead(contest: ContestRecord, label: str, other: str, goal: str, window: str = "horizon") -> tuple[int, int]:
    """See `Contest.ahead`."""
    query = make_query((), one_window(window))
    first, second = contest.of(goal)[_known(contest, label)], contest.of(goal)[_known(contest, other)]
    a, b = first.recording.cells(goal, query), second.recording.cells(goal, query)
    means, _ = statistics.world_means(a.linear - b.linear, first.recording.finished & second.recording.finished)
    return int((means[:, 0] > 0).sum()), len(means)


def together(row: Mapping[Any, Any]) -> tuple[float, float]:
    """The interval that holds with those of all other rows of a table; under 5 worlds, where there is none, its own."""
    which = "difference_ci" if np.isnan(row["joint_ci_lower"]) else "joint_ci"
    return row[f"{which}_lower"], row[f"{which}_upper"]


def flag_of_worlds(differ: int, worlds: int) -> str:
    """Why the interval of a difference is not to be relied on: under 10 worlds, or fewer than 20 that differ.

    Empty where it is, and for no world at all, as of a design beside itself.
    """
    if worlds and worlds < statistics.FEW_WORLDS:
        return f"{worlds} world{'' if worlds == 1 else 's'}, fewer than the {statistics.FEW_WORLDS} that a study needs"
    if not worlds or differ >= statistics.LEAST_DIFFERENT:
        return ""
    verb = "differs" if differ == 1 else "differ"
    return f"{differ} of {worlds} worlds {verb}, fewer than the {statistics.LEAST_DIFFERENT} that an interval needs"
