"""Intervals of ranks: against hand-counted cases, and covering as often as they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from groundswell.results.ranks import Ranks, rank_people

Floats = np.ndarray[Any, np.dtype[np.float64]]


def ranks(means: Floats, replicates: int = 10, scatter: Floats | None = None) -> Ranks:
    counts = np.full(len(means), replicates)
    return rank_people(means, counts, np.zeros(means.shape[1]) if scatter is None else scatter)


def test_clear_order_and_equals() -> None:
    means = np.tile([900.0, 100.0, 900.0, 0.0, 0.0], (6, 1))
    found = ranks(means)
    assert found.rank.tolist() == [1, 3, 1, 4, 4]
    assert found.lower.tolist() == [1, 3, 1, 4, 4]
    assert found.upper.tolist() == [2, 3, 2, 5, 5]


def test_a_difference_counts_beyond_the_bound_on_all_differences_at_once() -> None:
    """Three people, so two differences each: t at 1 - .05 / 4 with W - 1 degrees of freedom."""
    base = np.array([10_000.0, 10_010, 9_990, 10_020, 9_980])
    noise = np.array([3.0, -1, -2, 2, -2])
    bound = t.ppf(1 - 0.05 / 4, 4) * noise.std(ddof=1) / np.sqrt(5)
    for gap, apart in ((bound * 1.001, True), (bound * 0.999, False)):
        means = np.column_stack([base, base + gap + noise - noise.mean(), base + 1e6])
        found = ranks(means, replicates=10**9)  # of which Poisson's error is nothing
        assert found.rank.tolist() == [3, 2, 1]
        assert found.lower.tolist() == ([3, 2, 1] if apart else [2, 2, 1])
        assert found.upper.tolist() == ([3, 2, 1] if apart else [3, 3, 1])


def test_what_two_people_share_does_not_blur_their_order() -> None:
    """Worlds differ by thousands, the two people by ten in every world."""
    world = np.random.default_rng(1).normal(0, 3_000, 8) + 20_000
    found = ranks(np.column_stack([world, world + 10]), replicates=10_000)
    assert found.lower.tolist() == found.upper.tolist() == [2, 1]


def test_fewer_worlds_take_the_error_of_replicates() -> None:
    """Two worlds of 4 and 6 replicates; by hand: s2 = scatter / 8, se2 of a mean = s2 (1/4 + 1/6) / 4."""
    counts, scatter = np.array([4, 6]), np.array([800.0, 1600.0])
    bound = t.ppf(0.975, 8) * np.sqrt((800 + 1600) / 8 * (1 / 4 + 1 / 6) / 4)
    for gap, apart in ((bound * 1.001, True), (bound * 0.999, False)):
        means = np.array([[100.0, 100 - gap], [110.0, 110 - gap]])
        found = rank_people(means, counts, scatter)
        assert found.rank.tolist() == [1, 2]
        assert (found.lower.tolist(), found.upper.tolist()) == (([1, 2], [1, 2]) if apart else ([1, 1], [2, 2]))


def test_errors_of_small_counts_are_not_small_by_chance() -> None:
    """One click in every world, of one replicate each: worlds say nothing varies, Poisson that 5 counts are few."""
    means = np.zeros((5, 3))
    means[:, 0] = 1
    assert ranks(means, replicates=1).upper.tolist() == [3, 3, 3]
    assert ranks(means, replicates=100).upper.tolist() == [1, 3, 3]


def test_one_run_says_nothing_about_ranks() -> None:
    found = ranks(np.array([[5.0, 3.0, 9.0]]), replicates=1)
    assert found.rank.tolist() == [2, 3, 1]
    assert (found.lower.tolist(), found.upper.tolist()) == ([1] * 3, [3] * 3)


@pytest.mark.parametrize("pairs", [1, 1000, 10**6])
def test_more_people_than_are_compared_at_a_time(pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groundswell.results.ranks.PAIRS", pairs)
    people = 257
    mean = np.random.default_rng(3).permutation(people) * 1e5
    found = ranks(np.tile(mean, (5, 1)))
    assert np.array_equal(found.rank, people - mean / 1e5)
    assert np.array_equal(found.lower, found.rank)
    assert np.array_equal(found.upper, found.rank)


@pytest.mark.parametrize(("worlds", "replicates"), [(5, 4), (10, 10), (2, 10)])
def test_intervals_cover_the_true_rank_as_often_as_they_say(worlds: int, replicates: int) -> None:
    """People in near ties and apart, counts of luck within worlds and people's own chance by world; 300 studies."""
    random = np.random.default_rng(worlds)
    true = np.array([20.0, 21, 22, 30, 30.5, 60, 200, 210, 400])
    spread = 0.15 if worlds >= 5 else 0.0  # given these worlds there is none
    covered, widths = [], []
    for _ in range(300):
        level = true * random.lognormal(-(spread**2) / 2, spread, (worlds, len(true)))
        counts = random.poisson(level[:, None, :], (worlds, replicates, len(true)))
        means = counts.mean(axis=1)
        scatter = ((counts - means[:, None, :]) ** 2).sum(axis=(0, 1))
        found = rank_people(means, np.full(worlds, replicates), scatter)
        rank = len(true) - np.arange(len(true))
        covered.append((found.lower <= rank) & (rank <= found.upper))
        widths.append(found.upper - found.lower)
    assert np.mean(covered, axis=0).min() >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / 300)
    assert np.mean(widths) < 0.75 * (len(true) - 1)  # and not by saying nothing
