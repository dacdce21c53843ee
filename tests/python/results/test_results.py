"""Frames and summaries on recordings whose every number is known."""

from __future__ import annotations

import html
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.errors import InvalidInput, NotRecorded, UnknownName
from groundswell.results.measures import SOURCES, described
from groundswell.results.results import Results
from groundswell.scenario.model.audience import SEGMENTS

Values = np.ndarray[Any, Any]
Make = Callable[..., Results]


@pytest.fixture
def result(hand_made: Make, random_values: Callable[..., Values]) -> Results:
    return hand_made("One", random_values())


def own(result: Results, rows: dict[str, Values], measure: int, **where: int) -> Values:
    """Per-run sums of the rows that match, straight from the recording."""
    mask = rows["measure"] == measure
    if not {"segment", "hop"} & where.keys() and (rows["segment"][mask] > 0).any():
        mask &= rows["segment"] >= 0  # by segment; the same views are there by platform and hop too
    for name, value in where.items():
        mask &= rows[name] == value
    return result.recording.values[:, :, mask].sum(axis=2)


def test_sum_of_the_horizon_is_the_sum_of_its_fragments(result: Results, rows: dict[str, Values]) -> None:
    expected = own(result, rows, 5, period=1) + own(result, rows, 5, period=2)
    frame = result.frame("impressions")
    assert len(frame) == 1
    assert frame["mean"].iloc[0] == pytest.approx(expected.mean())
    assert frame["p50"].iloc[0] == pytest.approx(np.median(expected))
    assert (frame["window"].iloc[0], frame["days"].iloc[0]) == ("horizon", 14)
    assert frame["date"].iloc[0] == pd.Timestamp("2027-01-25")


@pytest.mark.parametrize("by", ["week", "month", "quarter", "segment", "source", ["week", "segment", "source"]])
def test_parts_of_sums_add_up_to_the_total(result: Results, by: str | list[str]) -> None:
    dimensions = [*([by] if isinstance(by, str) else by), "world", "replicate"]
    parts = result.frame("impressions", by=dimensions).groupby(["world", "replicate"])["value"].sum()
    total = result.frame("impressions", by=["world", "replicate"]).set_index(["world", "replicate"])["value"]
    assert parts.to_numpy() == pytest.approx(total.to_numpy())


def test_unique_reach_comes_from_its_own_rows(result: Results, rows: dict[str, Values]) -> None:
    window = own(result, rows, 14, grain=4, period=1, segment=-1)
    assert result.frame("unique_reach")["mean"].iloc[0] == pytest.approx(window.mean())
    months = result.frame("unique_reach", by="month")
    second = own(result, rows, 14, grain=2, period=2, segment=-1)
    assert months["mean"].iloc[1] == pytest.approx(second.mean())
    segments = result.frame("unique_reach", by=["week", "segment"])
    assert list(segments["segment"].unique()) == list(SEGMENTS[1:])
    assert len(segments) == 12


def test_months_have_calendar_dates_and_their_days(result: Results) -> None:
    frame = result.frame("posts", by="month", window="all")
    assert list(frame["date"].dt.strftime("%Y-%m-%d")) == [
        "2027-01-01",
        "2027-01-01",
        "2027-02-01",
        "2027-02-01",
    ]
    assert list(frame["window"]) == ["warm_up", "horizon", "horizon", "follow_up"]
    assert list(frame["days"]) == [7, 7, 7, 7]


def test_reach_to_date_counts_from_the_start_of_the_horizon(result: Results, rows: dict[str, Values]) -> None:
    weeks = result.frame("unique_reach_to_date", by="week", window="all")
    assert list(weeks["window"]) == ["horizon", "horizon", "follow_up"]
    last = own(result, rows, 14, grain=5, period=3, segment=-1)
    assert weeks["mean"].iloc[-1] == pytest.approx(last.mean())


def test_completion_joins_horizon_and_follow_up(result: Results, rows: dict[str, Values]) -> None:
    frame = result.frame(["impressions", "unique_reach", "awareness", "unique_over_potential"], window="completion")
    mean = frame.set_index("measure")["mean"]
    sums = sum(own(result, rows, 5, period=p).mean() for p in (1, 2, 3))
    assert mean["impressions"] == pytest.approx(sums)
    reach = own(result, rows, 14, grain=5, period=3, segment=-1)
    assert mean["unique_reach"] == pytest.approx(reach.mean())
    assert mean["awareness"] == pytest.approx(own(result, rows, 18, grain=4, period=2, segment=-1).mean())
    assert list(frame["days"]) == [21] * 4
    potential = sum(own(result, rows, 4, period=p, source=s) for p in (1, 2, 3) for s in (0, 1))
    assert mean["unique_over_potential"] == pytest.approx(reach.mean() / np.mean(potential))


def test_ratios_are_ratios_of_sums(result: Results, rows: dict[str, Values]) -> None:
    mean = result.summary()["mean"]
    top = own(result, rows, 7, period=1) + own(result, rows, 7, period=2)
    bottom = own(result, rows, 5, period=1) + own(result, rows, 5, period=2)
    assert mean["engagement_rate"] == pytest.approx(top.mean() / bottom.mean())
    seen = sum(own(result, rows, 5, period=p, source=s, segment=g) for p in (1, 2) for s in (0, 1) for g in range(1, 7))
    reach = own(result, rows, 14, grain=4, period=1, segment=-1)
    assert mean["frequency"] == pytest.approx(np.mean(seen) / reach.mean())
    by_segment = result.frame("frequency", by="segment").set_index("segment")["mean"]
    buyers = sum(own(result, rows, 5, period=p, source=s, segment=2) for p in (1, 2) for s in (0, 1))
    assert by_segment["buyer"] == pytest.approx(
        np.mean(buyers) / own(result, rows, 14, grain=4, period=1, segment=2).mean()
    )


def test_categoricals_are_in_declared_order(result: Results) -> None:
    frame = result.frame(["impressions", "posts"], by=["source"])
    assert list(frame["measure"].cat.categories)[:3] == ["posts", "potential_reach", "impressions"]
    assert list(frame["source"].cat.categories) == list(SOURCES)
    assert frame["measure"].cat.ordered
    assert (result.frame("posts", by="platform")["platform"] == "linkedin").all()


def test_by_world_gives_one_estimate_a_world(result: Results, rows: dict[str, Values]) -> None:
    frame = result.frame("posts", by="world")
    expected = (own(result, rows, 1, period=1) + own(result, rows, 1, period=2)).mean(axis=1)
    assert frame["mean"].to_numpy() == pytest.approx(expected)
    assert set(frame["uncertainty"]) == {"luck only, given this world"}


def test_summary_has_one_row_a_measure(result: Results) -> None:
    summary = result.summary()
    assert list(summary.columns) == ["unit", "mean", "mean_se", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95",
                                     "runs", "uncertainty"]  # fmt: skip
    assert summary.index.is_unique
    assert {"engagement_rate", "unique_over_potential", "frequency", "unique_reach"} <= set(summary.index)
    assert (summary["runs"] == 24).all()
    assert (summary["mean_ci_lower"] <= summary["mean"]).all()


def test_without_names_every_measure_of_that_grain_is_given(result: Results) -> None:
    names = set(result.frame(by="source")["measure"])
    assert names == {"posts", "potential_reach", "impressions", "engagements", "engagement_rate"}


@pytest.mark.parametrize(
    ("measure", "by", "says"),
    [
        ("unique_reach", "source", r"unique_reach is not recorded by source; it is by window, week"),
        ("audience_size", "segment", r"audience_size is not recorded by segment"),
        ("unique_reach_to_date", "month", r"is not recorded by month; it is by window, week, segment"),
        ("unique_over_potential", "segment", r"is not recorded by segment"),
        ("awareness", "source", r"awareness is not recorded by source"),
    ],
)
def test_what_was_not_recorded_is_refused(result: Results, measure: str, by: str, says: str) -> None:
    with pytest.raises(NotRecorded, match=says):
        result.frame(measure, by=by)


def test_other_refusals(result: Results) -> None:
    with pytest.raises(NotRecorded, match="not recorded to completion"):
        result.frame("audience_size", window="completion")
    with pytest.raises(NotRecorded, match="has no value in the warm-up"):
        result.frame("unique_reach_to_date", window="warm_up")
    with pytest.raises(UnknownName, match="nearest valid name: unique_reach"):
        result.frame("unique_reech")
    with pytest.raises(UnknownName, match="nearest valid name: segment"):
        result.frame("posts", by="segments")
    with pytest.raises(UnknownName, match="nearest valid name: horizon"):
        result.frame("posts", window="horizont")
    with pytest.raises(InvalidInput, match="one time grain at most"):
        result.frame("posts", by=["week", "month"])
    with pytest.raises(InvalidInput, match="ask by both"):
        result.frame("posts", by="replicate")
    with pytest.raises(InvalidInput, match="named twice: posts"):
        result.frame(["posts", "posts"])
    with pytest.raises(InvalidInput, match="measures: empty"):
        result.frame([])


def test_interrupted_runs_are_left_out(hand_made: Make, random_values: Callable[..., Values]) -> None:
    values = random_values()
    finished = np.ones(values.shape[:2], dtype=bool)
    finished[4, 2:] = finished[5] = False
    values[~finished] = np.nan
    result = hand_made("Stopped", values, finished)
    assert result.runs == 18
    assert not result.summary()["mean"].isna().any()
    assert len(result.frame("posts", by=["world", "replicate"])) == 18
    assert "interrupted: 18 of 24 runs" in repr(result)


def test_measures_say_what_they_may_be_added_over() -> None:
    over = gs.measures().set_index("name")["adds_over"]
    assert over["impressions"] == "weeks, months, quarters, windows, segments, sources, platforms, hops"
    assert over["posts"] == "weeks, months, quarters, windows, sources, platforms"
    assert over["displaced_posts"] == "weeks, months, quarters, windows"
    assert all(over[name].startswith("nothing") for name in ("unique_reach", "awareness", "frequency"))


@pytest.mark.parametrize(("by", "says"), [("day", "finest time grain is by='week'"), ("person", "by='segment'")])
def test_a_grain_that_no_option_records_is_named(result: Results, by: str, says: str) -> None:
    with pytest.raises(NotRecorded, match=f"'{by}' is not recorded and no option records it; .*{says}"):
        result.frame("posts", by=by)


def test_pickle_keeps_every_number(result: Results) -> None:
    other = pickle.loads(pickle.dumps(result))
    pd.testing.assert_frame_equal(other.summary(), result.summary())


def test_a_bare_cell(result: Results, hand_made: Make, random_values: Callable[..., Values]) -> None:
    assert len(repr(result).splitlines()) <= 12
    page = result._repr_html_()
    for text in ("unique_reach", "awareness", "luck and world", "0.5 s"):
        assert text in page
    populations = [described(name).population for name in ("posts", "impressions", "unique_reach", "awareness")]
    assert len(set(populations)) == 4
    for whose in set(populations):  # a table for each, and each line of the text says whose number it is
        assert html.escape(f"{result.label}: {whose}") in page
        assert whose in repr(result)
    assert "<script>" not in hand_made("<script>", random_values())._repr_html_()
