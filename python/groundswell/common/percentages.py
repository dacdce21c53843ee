"""A difference in percent of the level it is a difference to, with an interval of its own.

The level is uncertain too, and moves with the difference, so the interval of the difference over the level would be too
wide or too narrow. Fieller's limits (Fieller 1954, JRSS B 16) are all ratios r for which the mean over worlds of
difference - r level is not distinguishable from 0; formulas in docs/model/intervals.md.
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from groundswell.common.statistics import LEAST_WORLDS, LEVEL, Floats


def percent_of(gaps: Floats, levels: Floats, level: float = LEVEL) -> tuple[Floats, Floats, Floats]:
    """Percent and its limits, shape (..., K), from world means of difference and level, shape (..., W, K).

    NaN where the mean level is not above 0; limits NaN for fewer than five worlds, and where the level itself is not
    distinguishable from 0, so that no percentage is too large.
    """
    worlds = gaps.shape[-2]
    if not worlds:
        nothing = np.full((*gaps.shape[:-2], gaps.shape[-1]), np.nan)
        return nothing, nothing, nothing
    gap, base = gaps.mean(axis=-2), levels.mean(axis=-2)
    positive = base > 0
    whole = np.where(positive, base, 1.0)
    value = np.where(positive, 100 * gap / whole, np.nan)
    if worlds < LEAST_WORLDS:
        return value, np.full_like(value, np.nan), np.full_like(value, np.nan)
    apart, around = gaps - gap[..., None, :], levels - base[..., None, :]
    scale = stdtrit(worlds - 1, 0.5 + level / 2) ** 2 / (worlds * (worlds - 1))
    square = whole**2 - scale * (around**2).sum(axis=-2)
    cross = whole * gap - scale * (apart * around).sum(axis=-2)
    rest = gap**2 - scale * (apart**2).sum(axis=-2)
    bounded = positive & (square > 0)
    square = np.where(bounded, square, 1.0)
    root = np.sqrt(np.maximum(cross**2 - square * rest, 0.0))
    lower, upper = (np.where(bounded, 100 * (cross + sign * root) / square, np.nan) for sign in (-1, 1))
    return value, lower, upper


def with_verdict_of(percent: tuple[Floats, Floats, Floats], lower: Floats, upper: Floats) -> tuple[Floats, ...]:
    """Percent and limits that contain 0 wherever the limits of the difference do: one claim, not two."""
    value, low, high = percent
    open_ = (lower <= 0) & (upper >= 0)
    return value, np.where(open_, np.minimum(low, 0.0), low), np.where(open_, np.maximum(high, 0.0), high)
