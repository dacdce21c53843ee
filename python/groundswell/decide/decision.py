"""The decision in one sentence: the best design against the runner-up, or why nothing can be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.statistics import LEAST_WORLDS
from groundswell.common.text import number, signed
from groundswell.decide.added import AgainstBaseline, does_nothing
from groundswell.decide.frames import ahead, differences, long_frame
from groundswell.decide.inputs.clause import inputs_clause
from groundswell.decide.record import ContestRecord
from groundswell.results.grain import make_query
from groundswell.results.measures import MONEY, SOURCES, Part, described, ratio_of
from groundswell.results.vocabulary.added import ADDED
from groundswell.scenario.words import prices, prices_are_default

# How the design with more of a measure, or with less where less is better, compares: as a whole, and in a world.
COMPARED = {"more": ("better", "ahead"), "less": ("better", "ahead"), "neither": ("higher", "higher")}
INPUTS = "with every input at its stated value"
MOST_REASONS = 3


def decision(contest: ContestRecord, goal: str, window: str) -> str:
    """The best design on `goal` against the runner-up. Says so where they cannot be told apart, or not compared."""
    levels = long_frame(contest, goal, None, window)
    means = dict(zip(levels["label"].astype(str), levels["mean"], strict=True))
    idle = {label for label, result in contest.results.items() if does_nothing(result.scenario, goal)}
    lacking = [label for label, mean in means.items() if np.isnan(mean) or label in idle]
    ranked = sorted((label for label in means if label not in lacking), key=lambda label: _place(goal, means[label]))
    if not ranked:
        return f"On {goal}, nothing can be compared: {_why(contest, lacking, goal, window)}."
    if len(means) == 1:
        return f"Only one design, {ranked[0]!r}: there is nothing to compare on {goal}."
    left_out = f" Left out: {_why(contest, lacking, goal, window)}." if lacking else ""
    if len(ranked) == 1:
        only = f"only {ranked[0]!r} has a value, {number(means[ranked[0]])} {_unit(contest, goal)}"
        return f"On {goal}, {only}: there is nothing to compare it with.{_at_prices(contest, goal)}{left_out}"
    if all(_is_zero(contest, label, goal, window) for label in ranked):
        which = f"{', '.join(map(repr, ranked[:-1]))} and {ranked[-1]!r}" if len(ranked) < 4 else "all designs"
        return f"On {goal}, {which} have 0 {_unit(contest, goal)} in every run: nothing tells them apart.{left_out}"
    inputs = inputs_clause(contest, ranked[0], ranked[1], goal, window)
    return _of_two(contest, ranked[0], ranked[1], goal, window) + inputs + _at_prices(contest, goal) + left_out


def _of_two(contest: ContestRecord, best: str, second: str, goal: str, window: str) -> str:
    row = _row(contest, best, second, goal, window)
    pairs, gap = int(row["pairs"]), f"{signed(row['difference'])} {_unit(contest, goal)}"
    if pairs == 0:
        return f"On {goal}, {best!r} and {second!r} cannot be compared: no run is finished in both."
    if row["pairs_that_differ"] == 0:
        each = f"each of {_counted(pairs, 'run')}"
        return f"On {goal}, {best!r} and {second!r} are equal in {each}: nothing tells them apart."
    compared, in_worlds = COMPARED[described(goal).better]
    size = f"{gap}{_percent(row['percent'])}"
    if np.isnan(row["difference_ci_lower"]):
        return (
            f"On {goal}, {best!r} is {in_worlds}{' of' if in_worlds == 'ahead' else ' than'} {second!r} by {size}, and "
            f"{_counted(pairs, 'run')} of each cannot tell whether that is luck: ask for more worlds or replicates."
        )
    won, worlds = _worlds_ahead(contest, best, second, goal, window)
    interval = f"95 % interval {signed(row['difference_ci_lower'])} to {signed(row['difference_ci_upper'])}"
    interval += _percent(row["percent_ci_lower"], row["percent_ci_upper"])
    given = _given(worlds)
    caution = f" Caution: {row['flag']}." if row["flag"] else ""
    if not _excludes_zero(row):
        same = f"On {goal}, {best!r} and {second!r} cannot be told apart: the difference is {gap}"
        return f"{same}, {interval}{given}.{caution}"
    return (
        f"On {goal}, {best!r} is {compared} than {second!r} by {size}, {interval}{given}"
        f"{_in_worlds(in_worlds, won, worlds)}, {INPUTS}.{caution}"
    )


def _at_prices(contest: ContestRecord, goal: str) -> str:
    """Of a measure of money, whether the prices are default ones."""
    if MONEY not in described(goal).unit.split():
        return ""
    default = [result for result in contest.results.values() if prices_are_default(result.scenario)]
    return f" Money is at {prices(default[0].scenario)}." if default else ""


def _place(goal: str, mean: float) -> float:
    return mean if _less_is_better(goal) else -mean


def _less_is_better(goal: str) -> bool:
    return described(goal).better == "less"


def _unit(contest: ContestRecord, goal: str) -> str:
    return contest.of(goal)[contest.baseline].recording.measures[goal].unit


def _is_zero(contest: ContestRecord, label: str, goal: str, window: str) -> bool:
    """Whether the measure is 0 in every finished run in which it has a value."""
    recording = contest.of(goal)[label].recording
    values = recording.cells(goal, make_query((), window)).values[recording.finished]
    return bool((values[~np.isnan(values)] == 0).all())


def _why(contest: ContestRecord, labels: Sequence[str], goal: str, window: str) -> str:
    """For which designs a measure has no value or none to compare, and why; one reason for each kind."""
    idle = [label for label in labels if does_nothing(contest.results[label].scenario, goal)]
    unfinished = [label for label in labels if label not in idle and contest.results[label].runs == 0]
    others = [label for label in labels if label not in (*idle, *unfinished)]
    ratio = ratio_of(goal)
    reasons = [f"without a program there is no {goal} to compare, in {_names(idle)}"] if idle else []
    reasons += [f"no run is finished of {_names(unfinished)}"] if unfinished else []
    if others and goal in ADDED:
        reasons += [_undefined(contest, label, goal, window) for label in others[:MOST_REASONS]]
        more = len(others) - MOST_REASONS
        reasons += [f"and of {more} more"] if more > 0 else []
    elif others:
        below = "" if ratio is None else f", because {_parts(ratio.denominators)} 0 in every run"
        reasons.append(f"{goal} cannot be computed for {_names(others)}{below}")
    return "; ".join(reasons)


def _undefined(contest: ContestRecord, label: str, goal: str, window: str) -> str:
    """Why a design has no ratio of what it adds."""
    recording = contest.of(goal)[label].recording
    why = recording.why_undefined(goal, make_query((), window)) if isinstance(recording, AgainstBaseline) else ""
    return f"{goal} is not defined for {label!r}, because {why}"


def _names(labels: Sequence[str]) -> str:
    return ", ".join(map(repr, labels[:3])) + (f" and {len(labels) - 3} more" if len(labels) > 3 else "")


def _parts(parts: Sequence[Part]) -> str:
    """`clicks (program) is`: what a ratio divides by."""
    texts = []
    for part in parts:
        of = "" if part.sources is None else f" ({' and '.join(SOURCES[code] for code in part.sources)})"
        texts.append(f"{part.measure}{of}")
    return f"{' or '.join(texts)} is"


def _row(contest: ContestRecord, label: str, versus: str, goal: str, window: str) -> pd.Series[Any]:
    gaps = differences(contest, goal, None, window, versus)
    row: pd.Series[Any] = gaps[gaps["label"] == label].iloc[0]
    return row


def _excludes_zero(row: pd.Series[Any]) -> bool:
    return bool(row["difference_ci_lower"] > 0 or row["difference_ci_upper"] < 0)


def _percent(*values: float) -> str:
    """In percent of the runner-up, ` (+12 %)` or ` (+8 to +16 %)`; nothing where there is none."""
    return "" if np.isnan(values).any() else f" ({' to '.join(signed(value, 2) for value in values)} %)"


def _worlds_ahead(contest: ContestRecord, best: str, second: str, goal: str, window: str) -> tuple[int, int]:
    first, other = (second, best) if _less_is_better(goal) else (best, second)
    return ahead(contest, first, other, goal, window)


def _given(worlds: int) -> str:
    """What the interval is conditional on where there are too few worlds for one over worlds."""
    if worlds >= LEAST_WORLDS:
        return ""
    these = "this one world" if worlds == 1 else f"these {worlds} worlds"
    return f" for {these} alone ({LEAST_WORLDS} worlds give one that holds for others)"


def _in_worlds(verb: str, won: int, worlds: int) -> str:
    """The one probability a person reads: worlds, not years, and inputs held fixed; of one world there is none."""
    if worlds == 1:
        return ""
    though = "although it is" if 2 * won <= worlds else "it is"
    return f"; {though} {verb} on average in {'only ' if 2 * won <= worlds else ''}{won} of {worlds} generated worlds"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
