"""What the runs that are finished so far say, for the progress line: the leading difference with its interval."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from groundswell.common import statistics
from groundswell.common.text import number, signed
from groundswell.results.grain import make_query
from groundswell.results.recording import Recording

GOAL = "unique_reach"


def leading(recordings: Mapping[str, Recording], goal: str = GOAL) -> str:
    """`unique_reach, Many quiet − Few loud: +123 ± 45 (95 %, 6 worlds)`: the best design so far against the next one.

    With one design its mean. Formulas: `statistics`; under five worlds the interval holds given these worlds, and the
    text says so. Nothing ("") until there is an interval. Which designs are compared may change as worlds are added:
    this is to watch, the decision is made from the finished comparison.
    """
    query = make_query((), "horizon")
    cells = {label: one.cells(goal, query).linear for label, one in recordings.items()}
    finished = np.logical_and.reduce([one.finished[_common(recordings)] for one in recordings.values()])
    cells = {label: values[_common(recordings)] for label, values in cells.items()}
    if not finished.any():
        return ""
    ranked = sorted(cells, key=lambda label: -_mean(cells[label], finished))
    first = cells[ranked[0]]
    if len(ranked) == 1:
        found, name, level = statistics.mean_interval(first, finished), goal, number(_mean(first, finished))
    else:
        found = statistics.paired_difference(first, cells[ranked[1]], finished).estimates
        name, level = f"{goal}, {ranked[0]} − {ranked[1]}", signed(float(found.mean[0]))
    half = float(found.upper[0] - found.mean[0])
    return "" if np.isnan(half) else f"{name}: {level} ± {number(half)} (95 %, {_worlds(found.worlds)})"


def _common(recordings: Mapping[str, Recording]) -> tuple[slice, slice]:
    """Worlds and replicates that every recording has room for; a finished result may have fewer."""
    shapes = [one.finished.shape for one in recordings.values()]
    return slice(min(shape[0] for shape in shapes)), slice(min(shape[1] for shape in shapes))


def _mean(values: statistics.Floats, finished: statistics.Flags) -> float:
    return float(statistics.mean_interval(values, finished).mean[0])


def _worlds(worlds: int) -> str:
    if worlds >= statistics.LEAST_WORLDS:
        return f"{worlds} worlds"
    return "given this world" if worlds == 1 else f"given these {worlds} worlds"
