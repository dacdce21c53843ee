"""The range of one year: where 90 in 100 new years of the same firm lie, in a world and with luck of their own.

Years are independent across worlds and not inside one, so worlds are counted (docs/model/intervals.md). With fewer than
five worlds the range holds given these worlds, and runs are counted.

    39 and more   order statistics: of n years the p-quantile is that of rank (n + 1) p, between ranks by linear
                  interpolation; of 39 the second smallest to the second largest. Where worlds have several replicates,
                  the mean over the first runs of all worlds, over their second runs, and so on.
    fewer         m -+ t(.95, n - 1) sqrt(s2 + sd(m_w)^2 / n) on the logarithm; on the value where a run is 0 or less:
                  s2 is the variance of one year, that of the world means plus what averaging replicates took from it.
                  Where no run is below 0 and some are 0, no year is below 0 either.

The middle is the median of the runs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from groundswell.common.statistics import LEAST_WORLDS, Flags, Floats

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
LEAST_ORDERED = 39  # years from which on the 5th percentile is a rank among them: (39 + 1) x .05 = 2


def year_quantiles(values: Floats, finished: Flags) -> Floats:
    """Limits and middle of the range of one year, shape (3, ..., K): p05, p50, p95.

    `values` has axes (..., world, replicate, cell), `finished` (world, replicate). Runs in which the value is not
    defined (a ratio with an empty denominator) are left out; the limits are NaN where fewer than two years have one.
    """
    kept = finished.any(axis=1)
    runs, done = np.compress(kept, values, axis=-3), finished[kept]
    if len(done) < LEAST_WORLDS:  # given these worlds: every run is a year
        runs, done = runs.reshape(*runs.shape[:-3], -1, 1, runs.shape[-1]), done.reshape(-1, 1)
        runs, done = np.compress(done[:, 0], runs, axis=-3), done[done[:, 0]]
    moved = np.moveaxis(runs, (-3, -2), (-2, -1))
    rows = int(np.prod(moved.shape[:-2]))
    cells = np.ascontiguousarray(moved.reshape(rows, *moved.shape[-2:]))  # a row a cell: alone it has the same bits
    result = np.full((3, len(cells)), np.nan)
    for pattern, there in _patterns(~np.isnan(cells) & done):
        if pattern.any():
            result[:, there] = _range(cells[there], pattern)
    return result.reshape(3, *moved.shape[:-2])


def _patterns(defined: NDArray[np.bool_]) -> list[tuple[Flags, NDArray[np.int64]]]:
    """Which runs count, and the cells of which they are these: of most measures one for all cells."""
    if not len(defined):
        return []
    if (defined == defined[0]).all():
        return [(defined[0], np.arange(len(defined)))]
    different, which = np.unique(defined, axis=0, return_inverse=True)
    return [(pattern, np.flatnonzero(which.ravel() == k)) for k, pattern in enumerate(different)]


def _range(cells: Floats, counted: Flags) -> Floats:
    """Of cells with axes (cell, world, replicate) whose runs that count are the same."""
    kept = counted.any(axis=1)
    cells, counted = cells[:, kept], counted[kept]
    runs = cells[:, counted]
    middle = np.median(runs, axis=1)
    if len(counted) >= LEAST_ORDERED:
        low, high = _ordered(cells, counted)
    elif len(counted) > 1:
        low, high = _predicted(cells, counted)
    else:
        low = high = np.full(len(cells), np.nan)
    constant = (runs == runs[:, :1]).all(axis=1) & (len(counted) > 1)
    # Neither a mean nor the exponential of a logarithm gives the number back to the last bit.
    return np.where(constant, runs[:, 0], np.stack([low, middle, high]))


def _ordered(cells: Floats, counted: Flags) -> Floats:
    """Ranks among the k-th runs of all worlds, averaged over the k that every world has."""
    first = np.argsort(~counted, axis=1, kind="stable")[:, : int(counted.sum(axis=1).min())]
    years = np.take_along_axis(cells, first[None], axis=2)
    quantiles: Floats = np.quantile(years, (LOW, HIGH), axis=1, method="weibull").mean(axis=2)
    return quantiles


def _predicted(cells: Floats, counted: Flags) -> Floats:
    """Prediction by t, on the logarithm where every run is above 0."""
    runs = cells[:, counted]
    positive, bounded = (runs > 0).all(axis=1), (runs >= 0).all(axis=1)
    logarithm: Flags = np.asarray(positive)[:, None, None]
    scale = np.where(counted, np.where(logarithm, np.log(np.where(logarithm & counted, cells, 1.0)), cells), 0.0)
    each = counted.sum(axis=1)
    means = scale.sum(axis=2) / each
    between = means.var(axis=1, ddof=1)
    freedom = int((each - 1).sum())
    apart = np.where(counted, scale - means[:, :, None], 0.0) ** 2
    # What the means of several replicates do not show of one year's luck.
    within = apart.sum(axis=2).sum(axis=1) / freedom * (1 - (1 / each).mean()) if freedom else 0.0
    half = stdtrit(len(counted) - 1, HIGH) * np.sqrt(between * (1 + 1 / len(counted)) + within)
    limits = np.stack([means.mean(axis=1) - half, means.mean(axis=1) + half])
    with np.errstate(over="ignore"):
        limits = np.where(positive, np.exp(np.where(positive, limits, 0.0)), limits)
    limits[0] = np.where(bounded, np.maximum(limits[0], 0.0), limits[0])
    return limits
