"""One factor for several means, so that their intervals hold together."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from groundswell.common.joint_intervals import joint_factor


def test_of_one_mean_it_is_that_of_t() -> None:
    one = np.random.default_rng(0).normal(size=(12, 1))
    assert joint_factor(one) == pytest.approx(stats.t.ppf(0.975, 11))
    flat = np.hstack([one, np.ones((12, 1)), np.full((12, 1), np.nan)])
    assert joint_factor(flat) == joint_factor(one)
    assert np.isnan(joint_factor(one[:1]))


def test_the_same_mean_twice_costs_little_and_unlike_ones_more() -> None:
    random = np.random.default_rng(1)
    apart, one = random.normal(size=(40, 6)), random.normal(size=(40, 1))
    same, unlike = joint_factor(np.repeat(one, 6, axis=1)), joint_factor(apart)
    single, most = stats.t.ppf(0.975, 39), stats.t.ppf(0.5 + 0.95 ** (1 / 6) / 2, 39)
    assert single <= same < unlike <= most
    assert same < 1.25 * single


def test_same_worlds_same_factor() -> None:
    values = np.random.default_rng(2).normal(size=(20, 4))
    assert joint_factor(values) == joint_factor(values * [1, 1000, -1, 0.001] + 5)


@pytest.mark.parametrize("shared", [0.0, 0.9])
def test_it_holds_all_means(shared: float) -> None:
    """400 studies of 20 worlds and six means: standard error 1.1 points, bound 4 of them below. Seed fixed."""
    random = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        values = shared * random.normal(size=(20, 1)) + np.sqrt(1 - shared**2) * random.normal(size=(20, 6))
        t = np.abs(values.mean(axis=0)) / (values.std(axis=0, ddof=1) / np.sqrt(20))
        held += bool(t.max() <= joint_factor(values))
    assert held / 400 > 0.95 - 4 * 0.011
