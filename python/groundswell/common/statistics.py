"""Estimates from worlds x replicates: standard errors, intervals, the year a firm would live, paired differences.

Every function takes per-run values with axes (..., world, replicate, cell) and a mask `finished` with axes (world,
replicate). Axes before these, as one for each measure or design, give the same numbers bit for bit as one call each.
Nothing here knows what a measure is. Formulas (docs/model/intervals.md; m_w is the mean over the finished replicates of
world w, W the number of worlds with a finished run, R_w their replicates):

    mean       m = (1/W) sum_w m_w
    W >= 5     se = sd(m_w) / sqrt(W),  interval m -+ t(.975, W - 1) se                  estimand: worlds and luck
               each limit the farther of this one and of Hall's, for skewness (`corrected_interval`)
    W < 5      se = sqrt(s2 sum_w 1/R_w) / W,  s2 the pooled variance inside worlds,
               interval m -+ t(.975, sum_w (R_w - 1)) se                                 given these worlds

Replicates inside one world are not independent draws of the answer, hence the world means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST_CORRECTED = 1.5  # times the half-width of t: farther than this a limit corrected for skewness does not go
LEAST_WORLDS = 5  # from here on the standard error comes from world means
FEW_WORLDS = 10  # a study of fewer is flagged
LEAST_DIFFERENT = 20  # an interval on a difference is flagged until this many worlds differ
LEVEL = 0.95
FLAT = 1e-6  # of a skewness: below, its correction is smaller than rounding


@dataclass(frozen=True)
class Estimates:
    """Estimates of K cells: arrays of shape (K,), and what the numbers contain."""

    mean: Floats
    se: Floats
    lower: Floats
    upper: Floats
    runs: int
    worlds: int

    @property
    def uncertainty(self) -> str:
        """The levels of uncertainty named: what the spread contains and what the interval is conditional on."""
        return name_uncertainty(self.worlds)


def name_uncertainty(worlds: int) -> str:
    """`luck and world` for five worlds or more; fewer worlds say what the interval is conditional on."""
    if worlds >= LEAST_WORLDS:
        return "luck and world"
    if worlds <= 1:
        return "luck only, given this world"
    return f"luck and world, interval given these {worlds} worlds"


def _shape(values: Floats, finished: Flags) -> tuple[Floats, Flags]:
    if values.ndim < 3 or finished.shape != values.shape[-3:-1]:
        raise ValueError(
            f"values must have axes (..., world, replicate, cell) and finished (world, replicate); "
            f"got {values.shape} and {finished.shape}"
        )
    return values, finished


def world_means(values: Floats, finished: Flags) -> tuple[Floats, NDArray[np.int64]]:
    """Means of the worlds with a finished run, shape (..., W, K), and their number of finished replicates, (W,)."""
    values, finished = _shape(values, finished)
    counts = finished.sum(axis=1)
    kept = counts > 0
    totals = (values if finished.all() else np.where(finished[:, :, None], values, 0.0)).sum(axis=-2)
    return np.compress(kept, totals, axis=-2) / counts[kept, None], counts[kept]


def mean_interval(values: Floats, finished: Flags, level: float = LEVEL) -> Estimates:
    """Mean, its simulation error and its t interval (formulas: top of the module).

    With one run, or where no degree of freedom is left, se and the limits are NaN.
    """
    means, counts = world_means(values, finished)
    if len(counts) >= LEAST_WORLDS:
        return interval_of_means(means, counts, None, level)
    kept = finished.any(axis=1)
    apart = np.compress(kept, values, axis=-3) - means[..., :, None, :]
    residuals = np.where(finished[kept][:, :, None], apart, 0.0)
    return interval_of_means(means, counts, (residuals**2).sum(axis=(-3, -2)), level)


def corrected_interval(values: Floats, finished: Flags, level: float = LEVEL) -> Estimates:
    """As `mean_interval`, with limits for skewed world means: on each side the farther of t's and of Hall's.

    Sums over people who differ are skewed to the right, and so are differences to a design without such people; a
    symmetric interval of so few worlds lies too low. Hall's (1992, JRSS B 54) monotone cubic transformation of t takes
    it out, but gives away width on the other side, which few worlds do not support (docs/decisions/0022). Where a few
    worlds are very skewed Hall's limit runs away, to four times t's distance; it is held at one and a half times.
    """
    plain = mean_interval(values, finished, level)
    if plain.worlds < LEAST_WORLDS:
        return plain
    lower, upper = _hall(world_means(values, finished)[0], level)
    varies, most = plain.se > 0, MOST_CORRECTED * (plain.upper - plain.mean)
    lower = np.maximum(np.minimum(lower, plain.lower), plain.mean - most)
    upper = np.minimum(np.maximum(upper, plain.upper), plain.mean + most)
    return replace(plain, lower=np.where(varies, lower, plain.lower), upper=np.where(varies, upper, plain.upper))


def _hall(means: Floats, level: float) -> tuple[Floats, Floats]:
    """M - s g(t / sqrt W) and m - s g(-t / sqrt W), with g(y) = (3 / G) ((1 + G (y - G / 6 W))^(1/3) - 1).

    G is the unbiased skewness; where it vanishes g(y) = y, the interval of t.
    """
    worlds = means.shape[-2]
    mean, sd = means.mean(axis=-2), means.std(axis=-2, ddof=1)
    scale = np.where(sd > 0, sd, 1.0)
    apart = (means - mean[..., None, :]) / scale[..., None, :]
    skewness = (apart**3).sum(axis=-2) * worlds / ((worlds - 1) * (worlds - 2))
    flat = np.abs(skewness) < FLAT
    third = np.where(flat, 1.0, skewness) / 3
    limits = []
    for side in (1, -1):
        y = side * stdtrit(worlds - 1, 0.5 + level / 2) / np.sqrt(worlds)
        corrected = (np.cbrt(1 + 3 * third * (y - skewness / (6 * worlds))) - 1) / third
        limits.append(mean - sd * np.where(flat, y, corrected))
    return limits[0], limits[1]


def _mean(values: Floats, finished: Flags) -> Floats:
    means, _ = world_means(values, finished)
    return means.mean(axis=0) if len(means) else np.full(values.shape[-1], np.nan)


def interval_of_means(
    means: Floats, counts: NDArray[np.int64], scatter: Floats | None, level: float = LEVEL
) -> Estimates:
    """As `mean_interval`, from world means (..., W, K) of `counts` replicates each, shape (W,).

    `scatter`, shape (..., K): squared residuals of the replicates from their world's mean, summed over all worlds; used
    for fewer than five worlds only.
    """
    worlds, cells = means.shape[-2], (*means.shape[:-2], means.shape[-1])
    if worlds == 0:
        nothing = np.full(cells, np.nan)
        return Estimates(nothing, nothing, nothing, nothing, 0, 0)
    mean = means.mean(axis=-2)
    if worlds >= LEAST_WORLDS:
        se, freedom = means.std(axis=-2, ddof=1) / np.sqrt(worlds), worlds - 1
    else:
        freedom = int((counts - 1).sum())
        variance = scatter / freedom if freedom > 0 and scatter is not None else np.full(cells, np.nan)
        se = np.sqrt(variance * (1.0 / counts).sum()) / worlds
    half = se * stdtrit(freedom, 0.5 + level / 2) if freedom > 0 else np.full(cells, np.nan)
    return Estimates(mean, se, mean - half, mean + half, int(counts.sum()), worlds)


def _runs(values: Floats, finished: Flags) -> Floats:
    """The finished runs on one axis, shape (..., runs, K)."""
    return np.compress(finished.ravel(), values.reshape(*values.shape[:-3], -1, values.shape[-1]), axis=-2)


def ratio_of_runs(numerator: Floats, denominator: Floats) -> Floats:
    """The ratio of every run; NaN where the denominator is 0."""
    result = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def linearized_ratio(numerators: Sequence[Floats], denominators: Sequence[Floats], finished: Flags) -> Floats:
    """Values whose mean is Q and whose spread is that of Q to first order (the delta method).

    Q is the product of the mean numerators over that of the mean denominators.

    value = Q + sum over parts of ± (part - mean part) dQ/d(mean part); for one numerator and one denominator that is
    Q + (numerator - Q denominator) / mean denominator. A run with an empty denominator keeps its weight, which the
    mean of per-run ratios could not give it. NaN where a mean denominator is 0.
    """
    tops = [_mean(part, finished) for part in numerators]
    bottoms = [_mean(part, finished) for part in denominators]
    whole = np.prod(bottoms, axis=0)
    ratio = ratio_of_runs(np.prod(tops, axis=0), whole)
    value = np.broadcast_to(ratio, numerators[0].shape)
    for k, part in enumerate(numerators):
        others = np.prod([mean for n, mean in enumerate(tops) if n != k], axis=0) * np.ones_like(whole)
        value = value + (part - tops[k]) * ratio_of_runs(others, whole)
    with np.errstate(invalid="ignore"):
        for part, mean in zip(denominators, bottoms, strict=True):
            value = value - (part - mean) * ratio_of_runs(ratio, mean)
    return value


@dataclass(frozen=True)
class Differences:
    """Paired differences of K cells: their estimate, how many pairs differ, and what pairing has gained."""

    estimates: Estimates
    pairs: int
    pairs_that_differ: NDArray[np.int64]
    pairing_gain: Floats
    worlds_that_differ: NDArray[np.int64]


def paired_difference(a: Floats, b: Floats, finished: Flags) -> Differences:
    """Estimate of a - b from runs with the same world and replicate; `finished` marks pairs with both runs done.

    pairing_gain = (Var a + Var b) / Var(a - b) over the pairs: how many times more runs independent designs would
    need for the same error in these worlds. Infinite where the difference is the same in every pair though a or b
    varies, NaN where nothing varies.
    """
    difference = a - b
    left, right, gap = (_runs(part, finished) for part in (a, b, difference))
    differ = (left != right) & ~(np.isnan(left) & np.isnan(right))
    anywhere = ((a != b) & ~(np.isnan(a) & np.isnan(b)) & finished[:, :, None]).any(axis=-2).sum(axis=-2)
    pairs = gap.shape[-2]
    gain = np.full((*gap.shape[:-2], gap.shape[-1]), np.nan)
    if pairs > 1:
        apart, together = left.var(axis=-2, ddof=1) + right.var(axis=-2, ddof=1), gap.var(axis=-2, ddof=1)
        gain[together > 0] = apart[together > 0] / together[together > 0]
        gain[(together == 0) & (apart > 0)] = np.inf
    return Differences(corrected_interval(difference, finished), pairs, differ.sum(axis=-2), gain, anywhere)


def unpaired_difference(a: Floats, a_finished: Flags, b: Floats, b_finished: Flags, level: float = LEVEL) -> Estimates:
    """Estimate of a - b from runs that share nothing: Welch's interval of the two means.

    Each mean has the error and the degrees of freedom of `mean_interval`; those of the difference are Welch's and
    Satterthwaite's (Welch 1947, Biometrika 34). NaN where a mean has no degree of freedom.
    """
    first, second = mean_interval(a, a_finished), mean_interval(b, b_finished)
    freedom = [_freedom(finished) for finished in (a_finished, b_finished)]
    gap = first.mean - second.mean
    if min(freedom) < 1:
        nothing = np.full(len(gap), np.nan)
        se, half = nothing, nothing
    else:
        parts = [first.se**2, second.se**2]
        variance = parts[0] + parts[1]
        below = parts[0] ** 2 / freedom[0] + parts[1] ** 2 / freedom[1]
        se = np.sqrt(variance)
        joint = np.where(below > 0, variance**2 / np.where(below > 0, below, 1.0), float(min(freedom)))
        half = se * stdtrit(joint, 0.5 + level / 2)
    worlds = min(first.worlds, second.worlds)
    return Estimates(gap, se, gap - half, gap + half, first.runs + second.runs, worlds)


def _freedom(finished: Flags) -> int:
    """Degrees of freedom of `mean_interval`."""
    counts = finished.sum(axis=1)
    worlds = int((counts > 0).sum())
    return worlds - 1 if worlds >= LEAST_WORLDS else int((counts[counts > 0] - 1).sum())


def correlation_of_world_means(a: Floats, b: Floats, finished: Flags) -> Floats:
    """Pearson's correlation of world means, shape (K,); NaN without spread, and for two worlds, which lie on a line."""
    one, other = (world_means(values, finished)[0] for values in (a, b))
    if len(one) < 3:
        return np.full(one.shape[1], np.nan)
    x, y = one - one.mean(axis=0), other - other.mean(axis=0)
    return ratio_of_runs((x * y).sum(axis=0), np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0)))
