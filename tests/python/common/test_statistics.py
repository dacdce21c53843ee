"""Formulas against scipy and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from groundswell.common import statistics
from groundswell.common.statistics import interval_of_means, mean_interval
from groundswell.results.people_counts import People


def every(values: np.ndarray) -> np.ndarray:
    return np.ones(values.shape[:2], dtype=bool)


def test_interval_from_world_means_is_scipys() -> None:
    values = np.random.default_rng(1).normal(5, 2, (8, 3, 2))
    means = values.mean(axis=1)
    found = statistics.mean_interval(values, every(values))
    for cell in range(2):
        low, high = stats.t.interval(0.95, 7, means[:, cell].mean(), stats.sem(means[:, cell]))
        assert found.lower[cell] == pytest.approx(low, rel=1e-9)
        assert found.upper[cell] == pytest.approx(high, rel=1e-9)
    assert found.se == pytest.approx(stats.sem(means))
    assert (found.runs, found.worlds, found.uncertainty) == (24, 8, "luck and world")


def test_interval_given_one_world_is_that_of_its_replicates() -> None:
    values = np.random.default_rng(2).normal(0, 1, (1, 12, 1))
    low, high = stats.t.interval(0.95, 11, values.mean(), stats.sem(values[0, :, 0]))
    found = statistics.mean_interval(values, every(values))
    assert (found.lower[0], found.upper[0]) == pytest.approx((low, high))
    assert found.uncertainty == "luck only, given this world"


def test_interval_given_two_worlds_by_hand() -> None:
    values = np.array([[1.0, 3.0], [10.0, 14.0]])[:, :, None]
    found = statistics.mean_interval(values, every(values))
    # means 2 and 12; squared residuals 1 + 1 + 4 + 4 = 10 on 2 degrees of freedom; se = sqrt(5 (1/2 + 1/2)) / 2
    assert found.mean[0] == 7
    assert found.se[0] == pytest.approx(np.sqrt(5) / 2)
    assert found.upper[0] == pytest.approx(7 + stats.t.ppf(0.975, 2) * np.sqrt(5) / 2)
    assert found.uncertainty == "luck and world, interval given these 2 worlds"


def test_unfinished_runs_do_not_count() -> None:
    values = np.array([[1.0, np.nan], [3.0, 5.0], [np.nan, np.nan]])[:, :, None]
    found = statistics.mean_interval(values, ~np.isnan(values[:, :, 0]))
    assert found.mean[0] == pytest.approx((1 + 4) / 2)
    assert (found.runs, found.worlds) == (3, 2)


def test_one_run_has_no_interval() -> None:
    values = np.full((1, 1, 1), 4.0)
    found = statistics.mean_interval(values, every(values))
    assert found.mean[0] == 4
    assert np.isnan([found.se[0], found.lower[0], found.upper[0]]).all()


def test_nothing_finished_is_undefined() -> None:
    found = statistics.mean_interval(np.full((2, 2, 1), np.nan), np.zeros((2, 2), dtype=bool))
    assert np.isnan(found.mean[0])
    assert found.runs == 0


def test_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match=r"axes \(\.\.\., world, replicate, cell\)"):
        statistics.mean_interval(np.zeros((2, 2)), np.ones((2, 2), dtype=bool))


def test_coverage_with_world_effects() -> None:
    """95 % intervals of ten worlds of ten cover a known mean; false alarm rate of the bounds below 1e-4."""
    random = np.random.default_rng(3)
    covered = 0
    for _ in range(1000):
        values = (random.normal(0, 1, (10, 1, 1)) + random.normal(0, 1, (10, 10, 1))) + 3
        found = statistics.mean_interval(values, every(values))
        covered += bool(found.lower[0] <= 3 <= found.upper[0])
    assert 922 <= covered <= 976


def test_linearized_ratio_is_the_delta_method() -> None:
    random = np.random.default_rng(4)
    bottom = random.uniform(50, 150, (12, 5, 1))
    top = 0.3 * bottom + random.normal(0, 1, bottom.shape)
    linear = statistics.linearized_ratio([top], [bottom], every(top))
    found = statistics.mean_interval(linear, every(top))
    ratio = top.mean() / bottom.mean()
    residual = (top - ratio * bottom).mean(axis=1)[:, 0] / bottom.mean()
    assert found.mean[0] == pytest.approx(ratio, rel=1e-12)
    assert found.se[0] == pytest.approx(stats.sem(residual), rel=1e-9)


def test_ratio_with_an_empty_run_keeps_its_weight() -> None:
    top, bottom = np.array([[0.0, 4.0]])[:, :, None], np.array([[0.0, 8.0]])[:, :, None]
    assert np.isnan(statistics.ratio_of_runs(top, bottom)[0, 0, 0])
    assert statistics.linearized_ratio([top], [bottom], every(top)).mean() == pytest.approx(0.5)


def test_ratio_with_nothing_below_is_undefined() -> None:
    nothing = np.zeros((5, 2, 1))
    assert np.isnan(statistics.linearized_ratio([nothing], [nothing], every(nothing))).all()


def test_difference_of_a_design_to_itself_is_exactly_zero() -> None:
    values = np.random.default_rng(5).normal(0, 1, (6, 4, 3))
    gap = statistics.paired_difference(values, values, every(values))
    assert (gap.estimates.mean == 0).all()
    assert (gap.estimates.se == 0).all()
    assert (gap.pairs_that_differ == 0).all()
    assert np.isposinf(gap.pairing_gain).all()


def test_pairing_gain_by_hand() -> None:
    a, b = np.array([[1.0, 2.0, 3.0, 4.0]])[:, :, None], np.array([[1.0, 2.0, 3.0, 5.0]])[:, :, None]
    gap = statistics.paired_difference(a, b, every(a))
    # Var a = 5/3, Var b = 35/12, a - b = 0, 0, 0, -1 with variance 1/4
    assert gap.pairing_gain[0] == pytest.approx((5 / 3 + 35 / 12) * 4)
    assert (gap.pairs, gap.pairs_that_differ[0], gap.worlds_that_differ[0]) == (4, 1, 1)


def test_pairing_gain_of_independent_runs_is_about_one() -> None:
    random = np.random.default_rng(6)
    a, b = random.normal(0, 1, (100, 100, 1)), random.normal(0, 2, (100, 100, 1))
    assert statistics.paired_difference(a, b, every(a)).pairing_gain[0] == pytest.approx(1, abs=0.05)


@given(st.integers(1, 7), st.integers(1, 4), st.integers(0, 2**32 - 1), st.floats(-50, 50), st.floats(0.1, 10))
def test_estimates_follow_a_change_of_scale(
    worlds: int, replicates: int, seed: int, shift: float, scale: float
) -> None:
    values = np.random.default_rng(seed).normal(0, 1, (worlds, replicates, 1))
    one = statistics.mean_interval(values, every(values))
    two = statistics.mean_interval(shift + scale * values, every(values))
    assert two.mean[0] == pytest.approx(shift + scale * one.mean[0], abs=1e-9)
    assert two.se[0] == pytest.approx(scale * one.se[0], abs=1e-9, nan_ok=True)


@pytest.mark.parametrize(("worlds", "replicates"), [(7, 3), (5, 1), (3, 4), (1, 6), (1, 1), (2, 1)])
def test_an_interval_from_sums_is_that_from_runs(worlds: int, replicates: int) -> None:
    """As what is counted by person is kept: sums and sums of squares, of worlds of unequal size."""
    values = np.random.default_rng(worlds).integers(0, 5_000, (worlds, replicates, 4)).astype(float)
    finished = np.ones((worlds, replicates), dtype=bool)
    finished[0, 1:] = worlds == 1  # otherwise one replicate in the first world
    people = People(
        ("a", "b"), *(np.stack([v.sum(axis=1)] * 2, axis=2) for v in (np.where(finished[:, :, None], values, 0),
        np.where(finished[:, :, None], values**2, 0))), finished.sum(axis=1),
    )  # fmt: skip
    found, wanted = interval_of_means(*people.world_means("b")), mean_interval(values, finished)
    for name in ("mean", "se", "lower", "upper"):
        np.testing.assert_allclose(getattr(found, name), getattr(wanted, name), rtol=1e-12, err_msg=name)
    assert (found.runs, found.worlds) == (wanted.runs, wanted.worlds)


def test_the_farther_limits_of_a_skewed_mean_solve_halls_transformation() -> None:
    """At the upper one, T + G T^2 / 3 + G^2 T^3 / 27 + G / 6 W is -t(.975) / sqrt(W), with T = (mean - limit) / sd.

    The lower one is that of t.
    """
    values = np.random.default_rng(1).gamma(4.0, size=(12, 1, 1))
    found, plain = statistics.corrected_interval(values, every(values)), mean_interval(values, every(values))
    skewness, sd = stats.skew(values.ravel(), bias=False), values.std(ddof=1)
    apart = (values.mean() - found.upper[0]) / sd
    left = apart + skewness * apart**2 / 3 + skewness**2 * apart**3 / 27 + skewness / (6 * 12)
    assert left == pytest.approx(-stats.t.ppf(0.975, 11) / np.sqrt(12))
    assert found.mean == plain.mean
    assert found.upper[0] > plain.upper[0]
    assert found.lower[0] == plain.lower[0]


def test_a_limit_corrected_for_skewness_does_not_run_away() -> None:
    """Of worlds of which one makes nearly all, Hall's limit alone would be four times as far away as t's."""
    values = np.array([1.0] * 19 + [100.0]).reshape(20, 1, 1)
    found, plain = statistics.corrected_interval(values, every(values)), mean_interval(values, every(values))
    half = plain.upper[0] - plain.mean[0]
    assert found.upper[0] - found.mean[0] == pytest.approx(1.5 * half)
    assert found.lower[0] == plain.lower[0]
    mirror = statistics.corrected_interval(-values, every(values))
    assert found.mean[0] - found.lower[0] == pytest.approx(mirror.upper[0] - mirror.mean[0])


def test_a_level_without_skewness_or_of_few_worlds_has_the_interval_of_t() -> None:
    even, few = np.array([1.0, 2, 3, 4, 5]).reshape(5, 1, 1), np.random.default_rng(8).lognormal(size=(4, 3, 1))
    for values in (even, few, np.ones((6, 1, 1))):
        found, plain = statistics.corrected_interval(values, every(values)), mean_interval(values, every(values))
        assert (found.lower[0], found.upper[0]) == pytest.approx((plain.lower[0], plain.upper[0]))


def test_the_mirror_of_a_level_has_the_mirror_of_its_interval() -> None:
    values = np.random.default_rng(9).lognormal(size=(10, 1, 1))
    found, mirror = (statistics.corrected_interval(side * values, every(values)) for side in (1, -1))
    assert (found.lower[0], found.upper[0]) == pytest.approx((-mirror.upper[0], -mirror.lower[0]))
