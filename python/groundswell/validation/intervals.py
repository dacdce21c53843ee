"""Estimates over worlds with 95 % intervals, and the verdict of an interval against a band.

Every world gives one number (or one numerator and one denominator); the interval is t with W - 1 degrees of freedom,
ratios by the delta method. Worlds differ in network, people and who the advocates are, so it contains worlds and luck;
replicates inside a world make its number less noisy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groundswell.common import statistics

Floats = npt.NDArray[np.float64]
Band = tuple[float, float]

PASS, FAIL, UNDECIDED, REPORTED = "pass", "fail", "undecided", "reported"
NOT_MEASURABLE, NOT_SIMULATED = "not measurable", "not simulated yet"
NORMAL_95 = 1.959963984540054  # two-sided
AT_95_PERCENT = -math.log(0.05)  # no event in n trials: the chance is below this / n


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval over worlds; `note` says what was left out."""

    value: float
    lower: float
    upper: float
    worlds: int
    note: str = ""

    @property
    def half_width(self) -> float:
        """Of the interval, relative to the value."""
        return (self.upper - self.lower) / 2 / abs(self.value)

    def verdict(self, low: float, high: float) -> str:
        """`pass` where the whole interval lies in [low, high], `fail` where all of it is outside, else `undecided`."""
        if math.isnan(self.value):
            return NOT_MEASURABLE
        if low <= self.lower and self.upper <= high:
            return PASS
        return FAIL if self.upper < low or self.lower > high else UNDECIDED


def nothing(note: str) -> Estimate:
    """What could not be measured, and why."""
    return Estimate(math.nan, math.nan, math.nan, 0, note)


def exact(value: float, note: str = "") -> Estimate:
    """A number that no luck enters."""
    return Estimate(value, value, value, 1, note)


def _estimate(by_world: Floats, note: str = "") -> Estimate:
    finished = np.ones((len(by_world), 1), dtype=np.bool_)
    found = statistics.mean_interval(by_world.reshape(-1, 1, 1), finished)
    return Estimate(float(found.mean[0]), float(found.lower[0]), float(found.upper[0]), found.worlds, note)


def mean(by_world: Sequence[float] | Floats) -> Estimate:
    """Mean over worlds of one number a world; worlds where it is not defined (NaN) are left out and counted."""
    values = np.asarray(by_world, dtype=np.float64)
    defined = ~np.isnan(values)
    if not defined.any():
        return nothing(f"defined in none of {len(values)} worlds")
    left_out = int((~defined).sum())
    return _estimate(values[defined], f"{left_out} worlds left out: not defined there" if left_out else "")


def ratio(top: Floats, bottom: Floats) -> Estimate:
    """Ratio of sums over worlds."""
    if bottom.sum() == 0:
        return nothing("the denominator is 0 in every world")
    quotient = top.sum() / bottom.sum()
    return _estimate(quotient + (top - quotient * bottom) / bottom.mean())


def rare(events: Floats, trials: Floats) -> Estimate:
    """Ratio of sums for a rare event: never below 0; where none was seen, the upper limit is 3 / trials (95 %)."""
    found = ratio(events, trials)
    if math.isnan(found.value):
        return found
    upper = AT_95_PERCENT / float(trials.sum()) if events.sum() == 0 else found.upper
    seen = f"{events.sum():,.0f} of {trials.sum():,.0f}"
    return Estimate(found.value, max(found.lower, 0.0), upper, found.worlds, seen)


def share(events: Floats, trials: Floats) -> Estimate:
    """Share of independent trials with an event, sums over worlds; the interval is Wilson's."""
    number, happened = float(trials.sum()), float(events.sum())
    if number == 0:
        return nothing("no trial")
    value, z2 = happened / number, NORMAL_95**2
    center = (value + z2 / (2 * number)) / (1 + z2 / number)
    half = NORMAL_95 * math.sqrt(value * (1 - value) / number + z2 / (4 * number**2)) / (1 + z2 / number)
    low = center - half if happened > 0 else 0.0  # rounding would leave a hair
    high = center + half if happened < number else 1.0
    return Estimate(value, low, high, len(trials), f"{happened:,.0f} of {number:,.0f}")


def ratio_of_ratios(a: Floats, b: Floats, c: Floats, d: Floats) -> Estimate:
    """(sum a / sum b) / (sum c / sum d); worlds pair the four sums, so what they share cancels from the interval."""
    if min(b.sum(), c.sum(), d.sum()) == 0:
        return nothing("a denominator is 0 in every world")
    if a.sum() == 0:
        return nothing("the numerator is 0 in every world")
    value = a.sum() / b.sum() / (c.sum() / d.sum())
    relative = a / a.mean() - b / b.mean() - c / c.mean() + d / d.mean()
    return _estimate(value * (1 + relative))
