"""Measures of the targets on hand-made networks, traces and samples."""

from __future__ import annotations

import importlib.util
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from groundswell.validation import intervals, real_files, tails
from groundswell.validation.intervals import Estimate
from groundswell.validation.real_files import Adoptions
from groundswell.validation.runs import traces
from groundswell.validation.runs.holdout import hold_out
from groundswell.validation.runs.traces import Trace
from groundswell.worlds import graph as networks
from groundswell.worlds.graph import Graph

DAY = 1440


# Intervals


def test_ratio_of_sums_and_its_interval() -> None:
    """By hand: five worlds, 15/30; residuals over the mean denominator, t with four degrees of freedom."""
    top, bottom = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([4.0, 4.0, 6.0, 6.0, 10.0])
    found = intervals.ratio(top, bottom)
    residual = (top - 0.5 * bottom) / 6.0
    half = 2.7764451052 * residual.std(ddof=1) / np.sqrt(5)
    assert found.value == pytest.approx(0.5)
    assert found.upper - found.value == pytest.approx(half)
    assert found.value - found.lower == pytest.approx(half)
    assert found.worlds == 5


def test_ratio_of_ratios_cancels_what_worlds_share() -> None:
    base = np.array([1.0, 3.0, 2.0, 5.0, 4.0])
    found = intervals.ratio_of_ratios(6 * base, base, 2 * base, base)
    assert found.value == pytest.approx(3.0)
    assert found.upper - found.lower == pytest.approx(0.0, abs=1e-12)


def test_ratio_of_ratios_has_the_spread_of_repeated_draws() -> None:
    """Delta method against the spread of 400 simulated studies: within 15 % (it is 3 to 4 standard errors)."""
    generator = np.random.default_rng(5)
    means = np.array([40.0, 300.0, 25.0, 500.0])
    values, widths = [], []
    for _ in range(400):
        found = intervals.ratio_of_ratios(*(generator.normal(m, 0.08 * m, 40) for m in means))
        values.append(found.value)
        widths.append((found.upper - found.lower) / 2 / 2.0227)  # t(.975, 39)
    assert np.mean(widths) == pytest.approx(np.std(values), rel=0.15)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.8, 1.2, "pass"), (0.95, 1.2, "undecided"), (1.2, 2.0, "fail"), (0.0, 0.8, "fail"), (0.0, 1.0, "undecided")],
)
def test_verdict(low: float, high: float, verdict: str) -> None:
    assert Estimate(1.0, 0.9, 1.1, 20).verdict(low, high) == verdict


def test_what_was_not_measured_has_no_verdict() -> None:
    assert intervals.nothing("why").verdict(0, 1) == "not measurable"


def test_worlds_without_a_value_are_left_out_and_counted() -> None:
    found = intervals.mean([1.0, 2.0, np.nan, 3.0, 4.0, 5.0])
    assert (found.value, found.worlds) == (3.0, 5)
    assert "1 worlds left out" in found.note


def test_a_rare_event_never_seen_has_an_upper_limit() -> None:
    """None in 10,000: above 3 in 10,000 it would be seen with 95 %. Few events: the interval does not go below 0."""
    found = intervals.rare(np.zeros(10), np.full(10, 1000.0))
    assert (found.value, found.lower) == (0.0, 0.0)
    assert found.upper == pytest.approx(2.9957e-4, rel=1e-4)
    assert intervals.rare(np.array([0.0, 0, 0, 0, 3]), np.full(5, 100.0)).lower == 0.0


# Networks: 0-3 employees and persons; ties 0-1, 0-2, 1-2, 2-3; the page is followed by 3


def graph(employees: int = 2) -> Graph:
    rows = [[1, 2], [0, 2], [0, 1, 3], [2], [3]]
    begin = np.cumsum([0, *map(len, rows)])
    high = np.uint32(3 << 24)  # class and strength do not touch the person
    words = np.array([person for row in rows for person in row], dtype=np.uint32) | high
    return Graph.of(SimpleNamespace(employees=employees, rows=lambda _: (begin.astype(np.uint64), words)))


def test_rows_and_kinds() -> None:
    found = graph()
    assert found.row(2).tolist() == [0, 1, 3]
    assert found.page == 4
    assert found.neighbors(np.array([3, 0])).tolist() == [2, 1, 2]
    assert found.kinds(np.array([0])).tolist() == [3, 3]


def test_local_clustering() -> None:
    """0 and 1: their two neighbors are tied; 2: one of three pairs; 3 has one neighbor."""
    found = networks.local_clustering(graph(), np.arange(4))
    assert found[:3].tolist() == pytest.approx([1.0, 1.0, 1 / 3])
    assert np.isnan(found[3])


def test_below_neighbors_median() -> None:
    """Degrees 2, 2, 3, 1; medians of the neighbors 2.5, 2.5, 2, 3."""
    assert networks.below_neighbors_median(graph(), np.arange(4)).tolist() == [True, True, False, True]


def test_overlap_of_colleagues() -> None:
    """Both employees have two ties, three different persons among them; the page has one follower."""
    generator = np.random.default_rng(1)
    assert networks.unique_over_sum(graph(), 2, 3, generator) == 0.75
    assert networks.connections_over_followers(graph()) == 4.0


def test_sample_has_two_ties_at_least() -> None:
    assert networks.sample_of_persons(graph(), 10, np.random.default_rng(1)).tolist() == [0, 1, 2]


# Traces: author 0 posts twice, the page (author 2) once


def trace(days: tuple[int, int] = (0, 100)) -> Trace:
    posts = {
        "author": np.array([0, 0, 2], dtype=np.uint32), "day": np.array([1, 33, 1], dtype=np.uint32),
        "minute": np.array([600, 480, 500], dtype=np.uint32), "process": np.array([2, 2, 3], dtype=np.uint32),
        "company": np.array([True, True, True]), "platform": np.zeros(3, dtype=np.uint32),
        "item": np.array([5, 5, 9], dtype=np.uint64),
    }  # fmt: skip
    moments = [DAY + 660, DAY + 720, 33 * DAY + 500, 34 * DAY, DAY + 501, DAY + 900]
    views = {
        "post": np.array([0, 0, 1, 0, 2, 0], dtype=np.uint32), "viewer": np.array([1, 2, 1, 1, 3, 3], dtype=np.uint32),
        "minute": np.array(moments, dtype=np.uint32), "refusal": np.array([0, 2, 0, 0, 0, 0], dtype=np.uint8),
        "attended": np.array([True, False, True, False, False, True]), "hop": np.array([1, 1, 1, 2, 1, 2]),
        "engaged": np.array([True, False, False, False, True, True]), "clicked": np.zeros(6, dtype=bool),
        "reshared": np.array([False, False, True, False, False, False]), "act": np.array([-1, -1, -1, 0, -1, 0]),
    }  # fmt: skip
    acts = {"post": np.array([0], dtype=np.uint32), "person": np.array([1], dtype=np.uint32)}
    record: dict[str, Any] = {
        "posts": posts, "views": views, "acts": acts, "viewer": np.array([1, 2, 3], dtype=np.uint32),
        "awareness": [0.8, 0.0, 0.4],
    }  # fmt: skip
    return Trace(record, graph(), 0, days)


def test_engagement_delays() -> None:
    """Viewer 1 engages after an hour, viewer 3 after five (hop 2); the page's post is not an employee's."""
    half_minute = 0.5 / 60
    assert traces.engagement_delays(trace()).tolist() == pytest.approx([1 + half_minute, 5 + half_minute])
    views = [1 + half_minute, (33 * DAY + 500 - 33 * DAY - 480) / 60 + half_minute]  # of posts 0 and 1
    assert traces.first_hop_delays(trace()).tolist() == pytest.approx(views)
    assert len(traces.engagement_delays(trace((2, 100)))) == 0
    assert np.isnan(traces.half_life(np.zeros(0)))


def test_audience_of_employees_posts() -> None:
    """Post 0: of two connections one saw it, twice; viewer 3 is not a connection. Post 1: one saw it."""
    found = traces.audience(trace(), page=False)
    assert (found.posts, found.connections, found.impressions) == (2, 4, 4)
    assert (found.saw, found.reached) == (2, 3)
    assert (found.engagements, found.first_degree_engagements) == (2, 1)


def test_audience_of_the_page() -> None:
    found = traces.audience(trace(), page=True)
    assert (found.posts, found.connections, found.saw, found.reached, found.engagements) == (1, 1, 1, 1, 1)


def test_page_reach() -> None:
    found = traces.page_reach(trace())
    assert [found.reach.tolist(), found.impressions.tolist(), found.engaged.tolist()] == [[1], [1], [1]]
    assert found.followers.tolist() == [1]
    assert [found.followers_reached.tolist(), found.followers_engaged.tolist()] == [[1], [1]]


def test_views_by_post() -> None:
    """Posts of employees alone, views of all hops."""
    author, views = traces.views_by_post(trace())
    assert author.tolist() == [0, 0]
    assert views.tolist() == [3, 1]


def test_monthly_reach() -> None:
    """Connection 1 counts once in each month; viewer 3 is no connection; refused views do not count."""
    reach = traces.monthly_reach(trace(), np.array([1, 0]), [(0, 31), (31, 60)])
    assert reach.unique.tolist() == [0, 1, 0, 1]
    assert reach.posts.tolist() == [0, 1, 0, 1]
    assert reach.connections.tolist() == [2, 2, 2, 2]


def test_lift_by_exposures() -> None:
    lift = traces.lift_by_exposures(trace().record)
    assert {n: u.tolist() for n, u in lift.items()} == {1: [0.4], 2: [0.8]}


def test_first_small_increment() -> None:
    assert traces.first_small_increment({1: 0.5, 2: 0.6, 3: 0.605, 4: 0.9}) == 3
    assert traces.first_small_increment({1: 0.5, 2: 0.6}) is None
    assert traces.first_small_increment({1: 0.5, 3: 0.6}) is None  # nobody had two: it cannot be told


def test_hold_out_arms() -> None:
    """Item 5, posts by 0 alone; viewer 1's act carries it to 0 and 2, so post 0 has viewer 2 as a pair: a candidate
    that was refused is in neither arm. Post 1: viewer 2 was no candidate: hidden; nobody else's pair is carried.
    """
    found = hold_out(trace())
    assert found.shown.sum() == 0
    assert found.hidden.tolist()[3] == 1
    assert found.hidden.sum() == 1
    assert found.hidden_shared.sum() == 0


# Tails


def test_exponent_of_a_known_law() -> None:
    """Zipf with exponent 2.5: within three standard errors."""
    values = np.random.default_rng(11).zipf(2.5, 20_000)
    found = tails.exponent(values, 5)
    assert abs(found.alpha - 2.5) < 3 * found.error
    assert found.values == (values >= 5).sum()


def test_fit_finds_where_the_tail_begins() -> None:
    """Below 30 flat, from 30 on a power law: a minimum far below would give a flatter exponent."""
    generator = np.random.default_rng(12)
    tail = np.floor(29.5 * (1 - generator.random(4000)) ** (-1 / 1.8) + 0.5).astype(int)
    values = np.concatenate([generator.integers(1, 30, 6000), tail])
    found = tails.fit(values)
    assert 25 <= found.minimum <= 120
    assert abs(found.alpha - 2.8) < 0.25


def test_a_tail_of_few_values_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 50"):
        tails.exponent(np.arange(1, 40), 1)
    with pytest.raises(ValueError, match="fewer than 50"):
        tails.fit(np.arange(1, 40))


@pytest.mark.skipif(importlib.util.find_spec("powerlaw") is None, reason="the package powerlaw is not installed")
@pytest.mark.filterwarnings("ignore")
def test_exponent_is_that_of_the_package_powerlaw() -> None:
    import powerlaw

    values = np.random.default_rng(13).zipf(2.2, 3000)
    other = powerlaw.Fit(values, discrete=True, xmin=4, estimate_discrete=False, verbose=False)
    assert tails.exponent(values, 4).alpha == pytest.approx(other.power_law.alpha, abs=2e-3)


# Files


def test_post_shape() -> None:
    found = real_files.post_shape([10, 20, 0], [20, 20, 5], [1, 4, 0], [100, 100, 100])
    assert found.impressions_per_reach[0] == 1.5
    assert found.reach_per_follower == pytest.approx((0.15, 0.19))
    assert found.engaged_per_reach[0] == pytest.approx(0.15)


def test_neighbor_excess() -> None:
    """Two cascades, each along one tie: all later adopters follow a neighbor; shuffled, only some do."""
    adoptions = Adoptions(8, np.array([[0, 1], [2, 3], [4, 5], [6, 7]]), np.repeat([0, 1, 2, 3], 2), np.arange(8))
    found = real_files.neighbor_excess(adoptions, np.random.default_rng(1), shuffles=200)
    assert (found.share, found.later) == (1.0, 4)
    assert found.shuffled == pytest.approx(1 / 7, abs=0.05)
    assert found.excess == found.share - found.shuffled


def test_friends_share() -> None:
    """Groups a a b and one without: one pair of a group, friends; of the five others one."""
    pairs = real_files.same_group(("a", "a", "b", ""))
    assert pairs == {(0, 1)}
    assert real_files.friends_share(frozenset({(0, 1), (2, 3)}), 4, pairs) == (1.0, 0.2)


def test_a_folder_that_is_not_there_is_named(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROUNDSWELL_DATA", raising=False)
    assert "GROUNDSWELL_DATA" in real_files.data_folder(None).missing("aarhus_cs")
    assert "edges.csv" in real_files.data_folder(tmp_path).missing("aarhus_cs")
    with pytest.raises(Exception, match="is not a folder"):
        real_files.data_folder(tmp_path / "nowhere")
    monkeypatch.setenv("GROUNDSWELL_DATA", str(tmp_path))
    assert real_files.data_folder(None).path == tmp_path
