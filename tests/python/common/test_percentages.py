"""A difference in percent, with Fieller's limits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats

from groundswell.common.percentages import percent_of, with_verdict_of


def test_limits_are_where_the_mean_is_just_distinguishable() -> None:
    """The definition: at a limit r, |t| of difference - r level is the 97.5 % point."""
    random = np.random.default_rng(4)
    levels = random.lognormal(3, 0.4, (12, 1))
    gaps = 0.3 * levels + random.normal(size=(12, 1))
    value, lower, upper = (float(part[0]) / 100 for part in percent_of(gaps, levels))
    wanted = stats.t.ppf(0.975, 11)

    def above(ratio: float) -> float:
        return float(stats.ttest_1samp((gaps - ratio * levels)[:, 0], 0).statistic)

    assert value == pytest.approx(gaps.mean() / levels.mean())
    assert lower == pytest.approx(optimize.brentq(lambda r: above(r) - wanted, -5, value))
    assert upper == pytest.approx(optimize.brentq(lambda r: above(r) + wanted, value, 5))


def test_a_level_that_moves_with_the_difference_makes_it_narrow() -> None:
    levels = np.random.default_rng(5).lognormal(size=(10, 1))
    value, lower, upper = percent_of(0.2 * levels, levels)
    assert [value[0], lower[0], upper[0]] == pytest.approx([20, 20, 20])


def test_no_percentage_of_nothing() -> None:
    gaps = np.ones((6, 3))
    levels = np.array([[0.0, -1, 100], [0, -1, -99], [0, -1, 0.5], [0, -1, 0.5], [0, -1, 0.5], [0, -1, 0.5]])
    value, lower, upper = percent_of(gaps, levels)
    assert np.isnan(value).tolist() == [True, True, False]
    assert np.isnan(lower).all()
    assert np.isnan(upper).all()  # the third level is not distinguishable from 0


def test_no_interval_from_few_worlds() -> None:
    value, lower, upper = percent_of(np.ones((4, 1)), np.full((4, 1), 2.0))
    assert value[0] == 50
    assert np.isnan([lower[0], upper[0]]).all()


@pytest.mark.parametrize("worlds", [10, 40])
def test_coverage(worlds: int) -> None:
    """Normal worlds; 10,000 studies, standard error .22 points, bounds 4 of them away. Seed fixed."""
    random = np.random.default_rng(worlds)
    levels = 10 + 3 * random.normal(size=(worlds, 10_000))
    gaps = 2 + 0.2 * levels + random.normal(size=(worlds, 10_000))
    _, lower, upper = percent_of(gaps, levels)
    assert ((lower < 40) & (upper > 40)).mean() == pytest.approx(0.95, abs=0.009)


def test_a_percentage_contains_zero_where_its_difference_does() -> None:
    value = np.array([-76.0, 20.0, 5.0])
    low, high = np.array([-89.0, 10.0, -5.0]), np.array([-63.0, 30.0, 15.0])
    found = with_verdict_of((value, low, high), np.array([-900.0, 1.0, 1.0]), np.array([1000.0, 3.0, 9.0]))
    assert found[0].tolist() == value.tolist()
    assert found[1].tolist() == [-89.0, 10.0, -5.0]
    assert found[2].tolist() == [0.0, 30.0, 15.0]
