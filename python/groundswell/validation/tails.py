"""Exponent of a discrete power-law tail by maximum likelihood.

Clauset, Shalizi, Newman, "Power-law distributions in empirical data", SIAM Review 51 (2009): p(x) = x^-a / zeta(a, m)
for x >= m; a maximizes -n ln zeta(a, m) - a sum ln x (their eq. 3.5); m minimizes the Kolmogorov-Smirnov distance of
the tail (section 3.3), here over at most 60 values. The package `powerlaw` gives the same numbers (a test compares
them where it is installed); forty lines are not worth a dependency of every installation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import zeta

LEAST_TAIL = 50  # values that a tail must have
MOST_CANDIDATES = 60
LARGEST_EXPONENT = 12.0


@dataclass(frozen=True)
class Tail:
    """Exponent `alpha` of values from `minimum` on, its standard error (alpha - 1) / sqrt(n), and n."""

    alpha: float
    error: float
    minimum: int
    values: int


def exponent(values: npt.ArrayLike, minimum: int) -> Tail:
    """The exponent of the values >= minimum.

    Raises
    ------
    ValueError
        If there are fewer than 50 of them.
    """
    from scipy.optimize import minimize_scalar  # slow to import

    tail = np.asarray(values, dtype=np.float64)
    tail = tail[tail >= minimum]
    if len(tail) < LEAST_TAIL:
        raise ValueError(f"{len(tail)} values from {minimum} on: at least {LEAST_TAIL} are needed")
    logs = float(np.log(tail).sum())

    def loss(alpha: float) -> float:
        return len(tail) * math.log(float(zeta(alpha, minimum))) + alpha * logs

    found = minimize_scalar(loss, bounds=(1.0001, LARGEST_EXPONENT), method="bounded", options={"xatol": 1e-6})
    alpha = float(found.x)
    return Tail(alpha, (alpha - 1) / math.sqrt(len(tail)), minimum, len(tail))


def fit(values: npt.ArrayLike, least: int = 1) -> Tail:
    """The exponent from the minimum at which the tail is closest to a power law; minima from `least` on."""
    data = np.sort(np.asarray(values, dtype=np.int64))
    usable = np.unique(data[: max(len(data) - LEAST_TAIL + 1, 0)])
    usable = usable[usable >= least]
    if len(usable) == 0:
        raise ValueError(f"fewer than {LEAST_TAIL} values from {least} on")
    places = np.unique(np.geomspace(1, len(usable), min(MOST_CANDIDATES, len(usable))).astype(np.int64)) - 1
    tails = [exponent(data, int(minimum)) for minimum in usable[places]]
    return min(tails, key=lambda tail: distance(data, tail))


def distance(values: npt.ArrayLike, tail: Tail) -> float:
    """Kolmogorov-Smirnov distance between the values of a tail and its power law."""
    data = np.asarray(values, dtype=np.int64)
    points, counts = np.unique(data[data >= tail.minimum], return_counts=True)
    seen = np.cumsum(counts) / counts.sum()
    law = 1 - zeta(tail.alpha, points + 1.0) / zeta(tail.alpha, float(tail.minimum))
    return float(np.abs(seen - law).max())
