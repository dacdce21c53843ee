"""Intervals hold what they should, in studies drawn from worlds that were run once (slow)."""

from __future__ import annotations

import numpy as np
import pytest

from . import coverage, world_pool
from .coverage import Counts, Held
from .worlds_first import half_width, ratio


@pytest.fixture
def few_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool of twelve worlds, small enough for a fast test."""
    small = [design.replace(weeks=4, label=design.label) for design in world_pool.designs()]
    monkeypatch.setattr(world_pool, "designs", lambda: small)
    found = world_pool.run(12)
    monkeypatch.setattr(world_pool, "pool", lambda: found.results)
    coverage.truth.cache_clear()
    coverage.years.cache_clear()


def test_hits_are_counted() -> None:
    one = Held()
    for lower, upper in ((0.0, 2.0), (1.0, 1.5), (1.1, 2.0), (0.0, 0.9)):
        one.add(lower, upper, 1.0)
    assert (one.studies, one.below, one.above, one.share) == (4, 1, 1, 0.5)
    counts, more = Counts(), Counts()
    more.held["level", "clicks", 10] = one
    counts.join(more)
    counts.join(more)
    assert counts.of("level", "clicks", 10).studies == 8


def test_a_study_is_the_comparison_of_its_worlds(few_worlds: None) -> None:
    """Drawing the first seven worlds gives the table of a comparison of seven."""
    names = ["impressions", "engagement_rate"]
    drawn = world_pool.study(np.arange(7), (world_pool.LOUD, world_pool.QUIET)).table(measures=names)
    real = world_pool.run(7).table(versus=world_pool.LOUD, measures=names)
    real = real[real["label"].isin([world_pool.LOUD, world_pool.QUIET])].reset_index(drop=True)
    for name in ("mean", "mean_ci_upper", "p05", "difference", "difference_ci_lower", "percent_ci_upper"):
        np.testing.assert_allclose(drawn[name], real[name], rtol=1e-12)


def test_intervals_of_a_small_pool_are_counted(few_worlds: None) -> None:
    counts = coverage.intervals(10, 0, 3)
    assert counts.of("difference", "impressions", 10).studies == 3
    assert {kind for kind, _, _ in counts.held} >= {"level", "ratio", "difference", "percentage", "year, 10 runs"}
    claims = coverage.independent(10, 0, 3)
    assert claims.of("A against A", "any of six headline measures", 10).studies == 3


def test_verdicts() -> None:
    assert coverage.verdict(0.95, (0.93, 0.97), 0.01) == "pass"
    assert coverage.verdict(0.915, (0.93, 0.97), 0.01) == "close"
    assert coverage.verdict(0.90, (0.93, 0.97), 0.01) == "miss"


def test_expected_half_widths() -> None:
    """Without luck replicates are worth nothing: 40 x 1 has half the error of 10 x 10, times the ratio of the t."""
    assert half_width(2.0, 0.0, 40, 1) == half_width(2.0, 0.0, 40, 10)
    assert ratio(1.0, 0.0, 1.0) == pytest.approx(0.5 * 2.0227 / 2.2622, abs=1e-4)
    assert ratio(1.0, 1.0, 1.0) > ratio(1.0, 0.1, 1.0)


@pytest.mark.slow
@pytest.mark.statistical
def test_coverage_of_every_kind_of_interval() -> None:
    """Nothing misses by more than two standard errors, in a fixed draw of 1,000 studies of each size."""
    counts = coverage.run()
    missed = {
        key: one.share
        for key, one in counts.held.items()
        if key[0] in coverage.BANDS and coverage.verdict(one.share, coverage.BANDS[key[0]], one.error) == "miss"
    }
    assert not missed
