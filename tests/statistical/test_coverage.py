"""Intervals hold what they should, in studies drawn from worlds that were run once (slow)."""

from __future__ import annotations

import numpy as np
import pytest

import groundswell as gs
from groundswell.common import statistics
from groundswell.common.percentages import percent_of
from groundswell.common.year_range import year_quantiles

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
    coverage.years.cache_clear()


def test_hits_are_counted() -> None:
    one = Held()
    one.add(np.array([0.0, 1.0, 1.1, 0.0]), np.array([2.0, 1.5, 2.0, 0.9]), 1.0)
    assert (one.studies, one.below, one.above, one.share) == (4, 1, 1, 0.5)
    counts, more = Counts(), Counts()
    more.held["level", "clicks", 10] = one
    counts.join(more)
    counts.join(more)
    assert counts.of("level", "clicks", 10).studies == 8
    year = Held()
    year.add_years(np.array([1.0, 2.5]), np.array([3.0, 9.0]), np.array([4.0, 1, 3, 2]))
    assert year.share == (0.75 + 0.5) / 2


def test_numbers_are_those_of_the_table_a_user_sees(few_worlds: None) -> None:
    """Levels, years, differences and percentages of a study of seven drawn worlds, of every measure."""
    places = np.array([3, 3, 0, 11, 7, 5, 1])
    table = world_pool.study(places, coverage.LABELS).table(measures=list(coverage.MEASURES))
    table = table.set_index(["measure", "label"])
    finished = np.ones((7, 1), dtype=bool)
    for name in coverage.MEASURES:
        linear = {}
        for label in coverage.LABELS:
            linear[label], values = coverage.years(label, name).drawn(places[:, None])
            row, level = table.loc[(name, label)], statistics.corrected_interval(linear[label], finished)
            assert (row["mean_ci_lower"], row["mean_ci_upper"]) == pytest.approx((level.lower[0], level.upper[0]))
            assert row[["p05", "p50", "p95"]].tolist() == pytest.approx(year_quantiles(values, finished)[:, 0].tolist())
        gap = linear[world_pool.QUIET] - linear[world_pool.LOUD]
        row = table.loc[(name, world_pool.QUIET)]
        assert row["difference"] == pytest.approx(gap.mean())
        found = [part[0] for part in percent_of(gap[:, 0], linear[world_pool.LOUD][:, 0])]
        assert row[["percent", "percent_ci_lower", "percent_ci_upper"]].tolist() == pytest.approx(found)


def test_the_first_worlds_drawn_are_a_comparison_of_these(few_worlds: None) -> None:
    drawn = world_pool.study(np.arange(7), coverage.LABELS).table(measures="impressions")
    real = world_pool.run(7).table(versus=world_pool.LOUD, measures="impressions")
    real = real[real["label"].isin(coverage.LABELS)].reset_index(drop=True)
    for name in ("mean", "p05", "difference", "percent_ci_upper"):
        np.testing.assert_allclose(drawn[name], real[name], rtol=1e-12)


def test_the_stopping_rule_is_that_of_precision(few_worlds: None) -> None:
    """Half-widths of two designs together, as `contest.precision` has them."""
    places, labels = np.arange(12), (world_pool.QUIET, world_pool.LOUD)
    base = coverage.years(world_pool.NONE, "unique_reach").tops[0]
    gaps = np.stack([coverage.years(label, "unique_reach").tops[0] - base for label in labels], axis=1)
    wanted = {"unique_reach": gs.within(1)}
    found = world_pool.study(places, (world_pool.NONE, *labels), wanted).precision["reached"].iloc[0]
    lower, upper = coverage.together(gaps, coverage.widening(gaps))
    assert found == pytest.approx(((upper - lower) / 2).max())


def test_a_small_run_counts_every_kind(few_worlds: None) -> None:
    counts = coverage.run(12)
    assert {kind for kind, _, _ in counts.held} == {*coverage.BANDS, "each by itself", "worlds used"}
    assert counts.of("difference", "impressions", 10).studies == 12
    assert counts.of("stopping rule", "unique_reach, 3 designs", 0).studies == 3
    page = coverage.report(counts, 1.0, 0.5)
    assert "## Stopping rule: 93% or more" in page


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
    """Only the hardest ratio misses by more than two standard errors, in a fixed draw of 2,000 studies of each size."""
    counts = coverage.run()
    asked = {key: one for key, one in counts.held.items() if key[0] in coverage.BANDS}
    verdicts = {key: coverage.verdict(one.share, coverage.BANDS[key[0]], one.error) for key, one in asked.items()}
    missed = [key for key, found in verdicts.items() if found == "miss" and not key[1].startswith(coverage.HARD)]
    assert not missed
