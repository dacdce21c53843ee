"""Frames of many measures and designs hold, bit for bit, what one measure of one design gives by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from groundswell.common import statistics
from groundswell.common.year_range import year_quantiles
from groundswell.decide.contest import Contest, make_contest
from groundswell.results import frames
from groundswell.results.grain import make_query
from groundswell.results.results import Results

Values = np.ndarray[Any, Any]


@pytest.mark.parametrize("worlds", [1, 2, 4, 5, 9, 17])
@pytest.mark.parametrize("cells", [1, 2, 7])
def test_axes_before_the_worlds_change_no_bit(worlds: int, cells: int) -> None:
    random = np.random.default_rng(worlds)
    for replicates in (1, 3, 9):
        for finished in (np.ones((worlds, replicates), bool), random.random((worlds, replicates)) > 0.3):
            if not finished.any():
                continue
            a, b = random.lognormal(3, 2, (2, 5, worlds, replicates, cells))
            a[0, 0, 0] = np.nan
            a[3] = b[3]
            with np.errstate(all="ignore"):
                many = statistics.corrected_interval(a, finished), statistics.paired_difference(a, b, finished)
                quantiles = year_quantiles(a, finished)
                for k in range(5):
                    one = statistics.corrected_interval(a[k], finished)
                    gap = statistics.paired_difference(a[k], b[k], finished)
                    for name in ("mean", "se", "lower", "upper"):
                        np.testing.assert_array_equal(getattr(many[0], name)[k], getattr(one, name))
                    np.testing.assert_array_equal(many[1].estimates.se[k], gap.estimates.se)
                    np.testing.assert_array_equal(many[1].pairing_gain[k], gap.pairing_gain)
                    np.testing.assert_array_equal(many[1].pairs_that_differ[k], gap.pairs_that_differ)
                    np.testing.assert_array_equal(quantiles[:, k], year_quantiles(a[k], finished))


@pytest.fixture
def contest(hand_made: Callable[..., Results], random_values: Callable[..., Values]) -> Contest:
    return make_contest([hand_made(label, random_values(i)) for i, label in enumerate("abc")], baseline_given=True)


@pytest.mark.parametrize("by", [None, "week", ["month", "segment"], ["source"]])
def test_a_frame_is_made_of_the_cells_of_each_measure(contest: Contest, by: Any) -> None:
    frame = contest.frame(by=by)
    query = make_query(tuple([by] if isinstance(by, str) else by or ()), "horizon")
    for (label, measure), part in frame.groupby(["label", "measure"], observed=True):
        recording = contest.results[str(label)].recording
        cells = recording.cells(str(measure), query)
        one = statistics.corrected_interval(cells.linear, recording.finished)
        np.testing.assert_array_equal(part["mean"], one.mean)
        np.testing.assert_array_equal(part["mean_ci_upper"], one.upper)
        wanted = year_quantiles(cells.values, recording.finished)
        np.testing.assert_array_equal(part[["p05", "p50", "p95"]].to_numpy().T, wanted)
        kept = part[list(cells.index.columns)].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, cells.index)


def test_small_batches_give_the_same_frame(contest: Contest, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, gaps = contest.frame(by="week"), contest.differences(by="week")
    monkeypatch.setattr(frames.in_batches, "__defaults__", (1,))
    pd.testing.assert_frame_equal(contest.frame(by="week"), whole, check_exact=True)
    pd.testing.assert_frame_equal(contest.differences(by="week"), gaps, check_exact=True)


def test_a_frame_may_be_changed(contest: Contest) -> None:
    """What is worked out once for equal designs is not what is handed out."""
    first = contest.frame("impressions", by="week")
    kept = first.copy()
    first["days"] = 0
    first.loc[:, "date"] = pd.Timestamp("1999-01-01")
    pd.testing.assert_frame_equal(contest.frame("impressions", by="week"), kept)
