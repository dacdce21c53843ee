"""The share of inputs under which a choice flips: two blocks of the same worlds, the second with inputs drawn.

Numbers in, numbers out; nothing here knows what a design is. D1 and D2 are a world's difference, chosen minus rival, in
the first block (inputs as stated) and the second (inputs drawn). Steps and formulas: docs/model/inputs.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv, ndtri, stdtrit

Floats = NDArray[np.float64]

GRID = np.linspace(0.0, 0.98, 99)  # of h, the part of y that inputs explain
DRAWS = 2000
OPEN = 2.0  # below this |t| of the first block no share is given
TINY = 1e-12


@dataclass(frozen=True)
class Contrast:
    """One world's difference in the two blocks, and the mean level of its two designs there; arrays of shape (W,)."""

    d1: Floats
    d2: Floats
    level1: Floats
    level2: Floats

    @property
    def acts(self) -> NDArray[np.bool_]:
        """Whether a world has a level or a difference in each block: without them it has no scale and says no sign."""
        acts: NDArray[np.bool_] = ((self.level1 != 0) | (self.d1 != 0)) & ((self.level2 != 0) | (self.d2 != 0))
        return acts

    def among(self, worlds: NDArray[np.bool_]) -> Contrast:
        """Return the contrast in some of its worlds alone."""
        return Contrast(self.d1[worlds], self.d2[worlds], self.level1[worlds], self.level2[worlds])

    @property
    def is_equal(self) -> bool:
        """Whether the two designs have the same value in every draw."""
        return bool(np.all(self.d2 == 0))

    @cached_property
    def scale(self) -> Floats | None:
        """Return s = level2 / level1 where it is used: every s above 0, and scaling brings the blocks closer."""
        if np.any(self.level1 == 0):
            return None
        s: Floats = self.level2 / self.level1
        if not np.all(s > 0) or not np.all(np.isfinite(s)):
            return None
        return s if correlation(self.d1, self.d2 / s) >= correlation(self.d1, self.d2) else None

    @cached_property
    def slope(self) -> float:
        """Return b = cov(Y, D1) / var(D1); 0 where D1 does not vary."""
        apart = self.d1 - self.d1.mean()
        size = float(apart @ apart)
        return float(apart @ self._scaled) / size if size > 0 else 0.0

    @cached_property
    def _scaled(self) -> Floats:
        return self.d2 if self.scale is None else self.d2 / self.scale

    @cached_property
    def y(self) -> Floats:
        """Return Y with the world taken out: Y - b (D1 - mean D1)."""
        found: Floats = self._scaled - self.slope * (self.d1 - self.d1.mean())
        return found

    def back(self, values: Floats) -> Floats:
        """Return scaled differences in the measure's unit, each world by its own scale."""
        return values if self.scale is None else values * self.scale


@dataclass(frozen=True)
class Share:
    """The share of inputs under which the choice flips, its 95 % interval, and the shrunk differences a world."""

    share: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Spread:
    """What inputs explain of one contrast: the posterior of h on ``GRID``, its mean, the shrunk differences."""

    weights: Floats
    mean: float
    shrunk: Floats


def acting(contrasts: Sequence[Contrast], least: int) -> NDArray[np.bool_]:
    """Worlds in which the designs of every contrast do something in each block; all where fewer than ``least`` do.

    A program that nobody joins in a world would else take the scale from all of them, and what only scales a
    difference would count as a flip.
    """
    acts: NDArray[np.bool_] = np.all([contrast.acts for contrast in contrasts], axis=0)
    return acts if int(acts.sum()) >= least else np.ones(len(acts), dtype=np.bool_)


def correlation(a: Floats, b: Floats) -> float:
    """Pearson's correlation; 0 where one does not vary."""
    x, y = a - a.mean(), b - b.mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > 0 else 0.0


def kernel(uniforms: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues and eigenvectors (W, W - 1) of the inputs' kernel, centered and scaled to mean eigenvalue 1.

    K = G + G∘G / 2 with G = ZZ' / p and Z the normal scores of the uniforms (W, p): linear effects of the inputs, and
    their products and squares at half the weight.
    """
    z = ndtri(uniforms)
    worlds, inputs = z.shape
    gram = z @ z.T / inputs
    k = gram + gram * gram / 2
    basis = np.linalg.qr(np.column_stack([np.ones(worlds), np.eye(worlds)[:, 1:]]))[0][:, 1:]  # what sums to 0
    values, vectors = np.linalg.eigh(basis.T @ k @ basis)
    values = np.maximum(values, 0.0)
    return values / values.mean(), basis @ vectors


def explained(contrast: Contrast, uniforms: Floats) -> Spread:
    """The posterior of h, the part of y's variance that the inputs explain, under a flat prior on ``GRID``."""
    values, vectors = kernel(uniforms)
    y = contrast.y
    squares = (vectors.T @ y) ** 2
    if float(squares.sum()) <= (TINY * max(abs(float(y.mean())), 1e-300)) ** 2:  # nothing to explain
        weights = np.eye(1, len(GRID))[0]
    else:
        mixed = GRID[:, None] * values + 1 - GRID[:, None]
        fit = -0.5 * (len(values) * np.log((squares / mixed).sum(axis=1)) + np.log(mixed).sum(axis=1))
        weights = np.exp(fit - fit.max())
        weights /= weights.sum()
    h = float(GRID @ weights)
    return Spread(weights, h, y.mean() + np.sqrt(h) * (y - y.mean()))


def flips(contrasts: Sequence[Contrast], uniforms: Floats, key: str) -> Share:
    """The share of draws in which any contrast of the chosen design is below 0, with its 95 % interval.

    ``key``: what the 2,000 draws of the interval are keyed by, as the seed of the study.
    """
    worlds = len(contrasts[0].d1)
    spreads = [explained(contrast, uniforms) for contrast in contrasts]
    any_below = np.any([spread.shrunk < 0 for spread in spreads], axis=0)
    at_h, normal, chi, at_beta = _uniforms(key, worlds)
    below = np.zeros((DRAWS, worlds), dtype=np.bool_)
    for contrast, spread in zip(contrasts, spreads, strict=True):
        h = GRID[np.minimum(np.searchsorted(np.cumsum(spread.weights), at_h), len(GRID) - 1)]
        y, apart = contrast.y, contrast.d1 - contrast.d1.mean()
        # b · sd(D1)/√W · t(W − 1); the same weights of the worlds in every contrast.
        error = contrast.slope * (normal @ apart) / np.sqrt(worlds * (worlds - 1)) / chi
        below |= y.mean() + np.sqrt(h)[:, None] * (y - y.mean()) + error[:, None] < 0
    count = below.sum(axis=1)
    shares = betaincinv(count + 0.5, worlds - count + 0.5, at_beta)
    lower, upper = np.quantile(shares, (0.025, 0.975))
    return Share(float(any_below.mean()), float(lower), float(upper))


def _uniforms(key: str, worlds: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Keyed draws of the interval: uniforms for h, normal weights of the worlds, √(χ²/(W − 1)), uniforms for beta."""
    words = np.frombuffer(sha256(f"groundswell flips {key}".encode()).digest(), dtype="<u8")[:2]
    raw = np.random.Philox(key=words).random_raw(DRAWS * (worlds + 3))
    u = ((raw >> np.uint64(12)).astype(np.float64) + 0.5) / 2.0**52
    at_h, at_chi, at_beta = u[: 3 * DRAWS].reshape(3, DRAWS)
    freedom = worlds - 1
    chi = np.sqrt(2 * gammaincinv(freedom / 2, at_chi) / freedom)
    return at_h, ndtri(u[3 * DRAWS :]).reshape(DRAWS, worlds), chi, at_beta


def interval(d2: Floats) -> tuple[float, float, float]:
    """Mean of the second block's differences and the ends of its 95 % t interval."""
    worlds = len(d2)
    half = float(stdtrit(worlds - 1, 0.975)) * float(d2.std(ddof=1)) / np.sqrt(worlds)
    return float(d2.mean()), float(d2.mean()) - half, float(d2.mean()) + half


def expected_range(contrast: Contrast, uniforms: Floats) -> tuple[float, float]:
    """The range of the expected difference over inputs: second smallest to second largest, in the measure's unit."""
    values = np.sort(contrast.back(explained(contrast, uniforms).shrunk))
    return float(values[1]), float(values[-2])


@dataclass(frozen=True)
class Driver:
    """An input that can be told apart as one that moves a number: its place, and the correlation when it was named."""

    input: int
    correlation: float


MOST_DRIVERS = 3


def least_correlation(worlds: int, left: int, chosen: int) -> float:
    """The 5 % Šidák value of the largest correlation of ``left`` inputs, after ``chosen`` were taken out."""
    alpha = 1 - 0.95 ** (1 / left)
    freedom = worlds - 2 - chosen
    t = float(stdtrit(freedom, 1 - alpha / 2))
    return t / math.sqrt(t * t + freedom)


def drivers(y: Floats, uniforms: Floats) -> list[Driver]:
    """At most three inputs by forward selection, each while the largest correlation passes its Šidák value."""
    found: list[Driver] = []
    z = ndtri(uniforms)
    z, rest = z - z.mean(axis=0), y - y.mean()
    left = [i for i in range(z.shape[1]) if np.ptp(z[:, i]) > 0]
    least = (TINY * max(abs(float(y.mean())), float(np.sqrt(rest @ rest)), 1e-300)) ** 2  # below: rounding alone
    while left and len(found) < MOST_DRIVERS and len(y) - 2 - len(found) > 0 and float(rest @ rest) > least:
        correlations = [correlation(rest, z[:, i]) for i in left]
        best = int(np.argmax(np.abs(correlations)))
        if abs(correlations[best]) <= least_correlation(len(y), len(left), len(found)):
            break
        found.append(Driver(left[best], correlations[best]))
        column = z[:, left.pop(best)]
        unit = column / np.sqrt(column @ column)
        rest = rest - unit * (unit @ rest)
        z = z - np.outer(unit, unit @ z)
    return found
