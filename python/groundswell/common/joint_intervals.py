"""Intervals that hold together: one factor for several means in place of that of a single one.

The largest of several |t| exceeds t(.975) more often than one does. Its 95 % point is found by simulation from the
distribution of several t with the correlations that the world means show (as Hothorn, Bretz and Westfall 2008,
Biometrical Journal 50): Gaussian weights on the worlds give errors with exactly these correlations, however many means
there are. Each error is taken over an independent spread, which errs to the wide side where means go together (one
spread for all held 94 % where six means had nothing in common; with their own they hold 94.6 to 96.6 %). Draws are
fixed, so that the same worlds give the same factor. It is never below the factor of one mean nor above the one that
needs no correlations (Sidak 1967, JASA 62).
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from groundswell.common.statistics import LEVEL, Floats

DRAWS = 20_000  # the factor moves by about half a percent with other ones
STEP = 1_000  # draws at once: a table may have thousands of rows
SEED = 20_270_104


def single_factor(worlds: int, level: float = LEVEL) -> float:
    """As `joint_factor`, of one mean."""
    return float(stdtrit(worlds - 1, 0.5 + level / 2))


def joint_factor(means: Floats, level: float = LEVEL) -> float:
    """How many standard errors wide to each side intervals of the columns' means are that hold together.

    `means` has a row a world. Columns that do not vary, or have no value in some world, take no part; NaN for fewer
    than two worlds.
    """
    worlds = len(means)
    if worlds < 2:
        return float("nan")
    apart = means - means.mean(axis=0)
    spread = np.sqrt((apart**2).sum(axis=0))
    varies = np.isfinite(spread) & (spread > 0)
    single = single_factor(worlds, level)
    count = int(varies.sum())
    if count < 2:
        return single
    random = np.random.default_rng(SEED)
    columns = apart[:, varies] / spread[varies]
    largest = []
    for _ in range(DRAWS // STEP):
        squares = (random.standard_normal((STEP, worlds)) @ columns) ** 2
        largest.append((squares / (random.chisquare(worlds - 1, (STEP, count)) / (worlds - 1))).max(axis=1))
    together = float(np.sqrt(np.quantile(np.concatenate(largest), level)))
    most = float(stdtrit(worlds - 1, 0.5 + level ** (1 / count) / 2))
    return min(max(together, single), most)
