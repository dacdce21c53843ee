"""The decision in one sentence: the best design against the runner-up, or why nothing can be said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.statistics import LEAST_WORLDS
from groundswell.common.text import counted, number, signed
from groundswell.decide.frames import ahead, differences, long_frame
from groundswell.decide.inputs.clause import inputs_clause
from groundswell.decide.inputs.evaluate import ranked as ranked_on
from groundswell.decide.inputs.left_out import why_left_out
from groundswell.decide.record import ContestRecord
from groundswell.results.grain import make_query
from groundswell.results.measures import MONEY, described
from groundswell.scenario.words import prices, prices_are_default

# How the design with more of a measure, or with less where less is better, compares: as a whole, and in a world.
COMPARED = {"more": ("better", "ahead"), "less": ("better", "ahead"), "neither": ("higher", "higher")}
INPUTS = "with every input at its stated value"


def decision(contest: ContestRecord, goal: str, window: str) -> str:
    """The best design on `goal` against the runner-up. Says so where they cannot be told apart, or not compared."""
    levels = long_frame(contest, goal, None, window)
    means = dict(zip(levels["label"].astype(str), levels["mean"], strict=True))
    ranked = ranked_on(contest, goal, window)
    lacking = [label for label in means if label not in ranked]
    if not ranked:
        return f"On {goal}, nothing can be compared: {why_left_out(contest, lacking, goal, window)}."
    if len(means) == 1:
        return f"Only one design, {ranked[0]!r}: there is nothing to compare on {goal}."
    left_out = f" Left out: {why_left_out(contest, lacking, goal, window)}." if lacking else ""
    if len(ranked) == 1:
        only = f"only {ranked[0]!r} has a value, {number(means[ranked[0]])} {_unit(contest, goal)}"
        return f"On {goal}, {only}: there is nothing to compare it with.{_at_prices(contest, goal)}{left_out}"
    if all(_is_zero(contest, label, goal, window) for label in ranked):
        which = f"{', '.join(map(repr, ranked[:-1]))} and {ranked[-1]!r}" if len(ranked) < 4 else "all designs"
        return f"On {goal}, {which} have 0 {_unit(contest, goal)} in every run: nothing tells them apart.{left_out}"
    best, second = ranked[:2]
    row = _row(contest, best, second, goal, window)
    said = _of_two(contest, row, best, second, goal, window)
    if row["pairs"] > 0:
        said += inputs_clause(contest, best, second, goal, window, equal=bool(row["pairs_that_differ"] == 0))
    return said + _at_prices(contest, goal) + left_out


def _of_two(contest: ContestRecord, row: pd.Series[Any], best: str, second: str, goal: str, window: str) -> str:
    pairs, gap = int(row["pairs"]), f"{signed(row['difference'])} {_unit(contest, goal)}"
    if pairs == 0:
        return f"On {goal}, {best!r} and {second!r} cannot be compared: no run is finished in both."
    if row["pairs_that_differ"] == 0:
        each = f"each of {counted(pairs, 'run')}"
        return f"On {goal}, {best!r} and {second!r} are equal in {each}: nothing tells them apart."
    compared, in_worlds = COMPARED[described(goal).better]
    size = f"{gap}{_percent(row['percent'])}"
    if np.isnan(row["difference_ci_lower"]):
        return (
            f"On {goal}, {best!r} is {in_worlds}{' of' if in_worlds == 'ahead' else ' than'} {second!r} by {size}, and "
            f"{counted(pairs, 'run')} of each cannot tell whether that is luck: ask for more worlds or replicates."
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


def _less_is_better(goal: str) -> bool:
    return described(goal).better == "less"


def _unit(contest: ContestRecord, goal: str) -> str:
    return contest.of(goal)[contest.baseline].recording.measures[goal].unit


def _is_zero(contest: ContestRecord, label: str, goal: str, window: str) -> bool:
    """Whether the measure is 0 in every finished run in which it has a value."""
    recording = contest.of(goal)[label].recording
    values = recording.cells(goal, make_query((), window)).values[recording.finished]
    return bool((values[~np.isnan(values)] == 0).all())


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
