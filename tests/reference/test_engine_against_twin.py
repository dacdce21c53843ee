"""The engine does what docs/MODEL.md says: every post, candidate view and level of one replicate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings

from . import case, compare, tally
from .extremes import EXTREMES, HOP_EXTREMES, extreme_case
from .philox import WORD, Streams, unit
from .random_cases import random_case
from .records import FIRST_HOP, REFUSED_LIMIT_OR_COPIES, REFUSED_MUTED, RESHARED, SURFACED, Trace
from .twin import run
from .world_view import PLATFORMS, Design, WorldView

core: Any = import_module("groundswell._core")


class Row(NamedTuple):
    """Where a value of a result is; -1 as in the engine's layout."""

    measure: str
    grain: int
    period: int
    segment: int = tally.ALL
    source: int = tally.ALL
    platform: int = tally.ALL
    hop: int = tally.ALL


@dataclass(frozen=True)
class Pair:
    """One replicate of a case by both."""

    parameters: dict[str, Any]
    world: WorldView
    twin: Trace
    engine: dict[str, Any]
    values: dict[Row, float]
    layout: dict[str, Any]
    people: npt.NDArray[np.float64]  # [employee, measure]
    cascades: dict[str, Any]
    design: Design
    mean_degree: dict[str, float]


@cache
def _cached_pair(name: str) -> Pair:
    return _pair(case.CASES[name])


def _pair(chosen: case.Case) -> Pair:
    parameters = chosen.parameters(core)
    world, view = chosen.build(core, parameters)
    design = chosen.core_design(core, parameters)
    first = chosen.replicate
    [(values, finished, stats)] = core.run(world, [design], first, first + 1, 1, people=True, cascades=True)
    assert np.asarray(finished).all()
    layout = core.layout(design)
    return Pair(
        parameters=parameters,
        world=view,
        twin=run(view, parameters, chosen.design(view), first),
        engine=core.trace(world, design, first),
        values=_by_name(layout["rows"], values[0]),
        layout=layout,
        people=np.asarray(stats["people"][0]),
        cascades=stats["cascades"],
        design=chosen.design(view),
        mean_degree={name: world.mean_degree(name) for name in world.platforms},
    )


def _by_name(rows: dict[str, Any], values: npt.NDArray[np.float64]) -> dict[Row, float]:
    names = {measure["id"]: measure["name"] for measure in core.measures()}
    table = np.column_stack([rows[column] for column in Row._fields]).astype(int).tolist()
    return {Row(names[m], *rest): float(value) for (m, *rest), value in zip(table, values, strict=True)}


@pytest.fixture(scope="module", params=case.CASES)
def pair(request: pytest.FixtureRequest) -> Pair:
    return _cached_pair(request.param)


@pytest.fixture(scope="module")
def lively() -> Pair:
    return _cached_pair("lively")


@pytest.fixture(scope="module")
def storm() -> Pair:
    return _cached_pair("storm")


def test_sharers_and_advocate_order(lively: Pair) -> None:
    streams = Streams(case.SEED, case.WORLD, WORD)
    people = range(lively.world.employees)
    share = lively.parameters["audience"]["unprompted_share"]
    assert list(lively.world.sharer) == [unit(streams.draw("unprompted_sharers", i)[0]) < share for i in people]
    order = sorted(people, key=lambda i: (streams.draw("active_advocates", i)[0], i))
    assert list(lively.world.advocate_order) == order


def test_every_mechanism_binds(lively: Pair) -> None:
    """Impressions, mutes, repeats, and views refused for the limit, for copies and for mutes: enough."""
    views = compare.twin_views(lively.twin)
    pressure = views["resistance"] * (1 + views["n7"] / lively.parameters["feed"]["viewer_limit"])
    refused = views["reason"] == REFUSED_LIMIT_OR_COPIES
    assert views["shown"].sum() >= 3_000
    assert views["muted"].sum() >= 10
    assert (refused & (pressure >= 1)).sum() >= 100  # the limit alone refuses
    assert (refused & (pressure < 1)).sum() >= 100  # only copies refuse
    assert (views["reason"] == REFUSED_MUTED).sum() >= 10
    assert (views["repeats"] > 0).sum() >= 100
    assert len(lively.twin.displaced) >= 10
    assert {post.process for post in lively.twin.posts} == {0, 1, 2, 3}


def test_later_hops_bind() -> None:
    """Enough of every kind of act on every platform, at hops 2 and 3, and refused views of acts."""
    pair = _cached_pair("four platforms")
    acts, views = compare.twin_acts(pair.twin), compare.twin_views(pair.twin)
    platforms = compare.twin_posts(pair.twin)["platform"]
    for platform in range(4):
        here = platforms[acts["post"]] == platform
        for kind in (SURFACED, RESHARED):
            assert (here & (acts["kind"] == kind)).sum() >= 10, (platform, kind)
        assert (views["shown"] & (platforms[views["post"]] == platform) & (views["hop"] == 3)).sum() >= 10
    later = views["hop"] > 1
    assert (later & (views["reason"] == REFUSED_LIMIT_OR_COPIES)).sum() >= 10
    assert (later & (views["reason"] == REFUSED_MUTED)).sum() >= 3
    assert (later & (views["strength"] == 1)).sum() >= 50
    by_employees = acts["person"] < pair.world.employees
    assert (by_employees & (acts["kind"] == RESHARED)).sum() >= 5


def test_page_and_first_outsider_are_both_muted() -> None:
    """Author N and person N share a number: each is muted by somebody who has an impression of the other later."""
    pair = _cached_pair("page and person N")
    twin, n = pair.twin, pair.world.employees
    outsiders = {act.number for act in twin.acts if act.person == n and act.kind == RESHARED}
    of_page = [v for v in twin.views if v.act == FIRST_HOP and twin.posts[v.post].author == n]
    of_person = [v for v in twin.views if v.act in outsiders]
    for muted, other in ((of_page, of_person), (of_person, of_page)):
        first = {v.viewer: v.moment for v in reversed(muted) if v.muted}
        assert any(v.shown and v.viewer in first and v.moment // 1440 > first[v.viewer] // 1440 for v in other)


def test_the_daily_cap_binds(storm: Pair) -> None:
    views = compare.twin_views(storm.twin)
    shown = {name: views[name][views["shown"]] for name in ("viewer", "moment")}
    days = np.column_stack([shown["viewer"], shown["moment"] // 1440])
    assert (np.unique(days, axis=0, return_counts=True)[1] > 15).sum() >= 10


def test_every_post(pair: Pair) -> None:
    assert_same_posts(pair)


def assert_same_posts(pair: Pair) -> None:
    posts = compare.in_order(pair.engine["posts"], "identity")
    ours = compare.in_order(compare.twin_posts(pair.twin), "identity")
    assert compare.mismatches(ours, posts, compare.POST_NAMES) == []
    ours, posts = compare.company_related(ours), compare.company_related(posts)
    assert compare.mismatches(ours, posts, compare.ITEM_NAMES) == []


def test_every_candidate_view(pair: Pair) -> None:
    assert_same_views(pair)


def assert_same_views(pair: Pair) -> None:
    views = compare.in_order(compare.engine_views(pair.engine), "identity", "act", "viewer")
    ours = compare.in_order(compare.twin_views(pair.twin), "identity", "act", "viewer")
    assert compare.mismatches(ours, views, compare.VIEW_NAMES) == []


def test_every_act(pair: Pair) -> None:
    assert_same_acts(pair)


def assert_same_acts(pair: Pair) -> None:
    """In the order in which they happen: surfacing and reshares, those that nobody sees included."""
    acts, ours = compare.engine_acts(pair.engine), compare.twin_acts(pair.twin)
    assert compare.mismatches(ours, acts, compare.ACT_NAMES) == []


def test_mean_degree_and_platforms(pair: Pair) -> None:
    assert [PLATFORMS[p] for p in pair.world.graphs] == list(pair.parameters["platforms"])
    for platform, graph in pair.world.graphs.items():
        assert pair.mean_degree[PLATFORMS[platform]] == pytest.approx(graph.mean_degree(), rel=1e-14)


def test_every_additive_measure(pair: Pair) -> None:
    assert_same_sums(pair)


def assert_same_sums(pair: Pair) -> None:
    """Of each fragment, by segment and source and by platform, hop and source."""
    fragments = pair.layout["fragments"]
    bounds = zip(fragments["first_day"], fragments["end_day"], strict=True)
    fragment_of = {day: f for f, (first, end) in enumerate(bounds) for day in range(first, end)}
    expected: Counter[Row] = Counter()
    for cell, count in tally.additive(pair.twin, pair.world).items():
        expected[Row(cell.measure, 0, fragment_of[cell.day], *cell[2:])] += count
    found = {row: value for row, value in pair.values.items() if row.grain == 0 and value != 0}
    assert found == {row: count for row, count in expected.items() if count != 0}


def test_what_the_posts_of_each_employee_did(pair: Pair) -> None:
    assert_same_people(pair)


def assert_same_people(pair: Pair) -> None:
    assert core.author_measures() == list(tally.AUTHOR_MEASURES)
    np.testing.assert_array_equal(pair.people, tally.by_author(pair.twin, pair.world, pair.design))


def test_recorded_cascades(pair: Pair) -> None:
    """Acts numbered in their post, with the views that each brought."""
    company = [post for post in pair.twin.posts if post.company]
    place = {post.number: i for i, post in enumerate(company)}
    posts, found = pair.cascades["posts"], pair.cascades
    for name, ours in (
        ("author", [p.author for p in company]),
        ("source", [tally.SOURCE[p.process] for p in company]),
        ("platform", [p.platform for p in company]),
        ("day", [p.day for p in company]),
    ):
        assert np.asarray(posts[name]).tolist() == ours, name
    numbers: dict[int, int] = {}
    made: Counter[int] = Counter()
    for act in pair.twin.acts:
        made[act.post] += 1
        numbers[act.number] = made[act.post]
    acts = pair.twin.acts
    for name, ours in (
        ("post", [place[a.post] for a in acts]),
        ("act", [numbers[a.number] for a in acts]),
        ("parent", [numbers.get(a.parent, 0) for a in acts]),
        ("person", [a.person for a in acts]),
        ("hop", [a.hop for a in acts]),
        ("kind", [a.kind for a in acts]),
        ("day", [a.minute // 1440 for a in acts]),
        ("minute", [a.minute % 1440 for a in acts]),
        ("views", tally.views_of_acts(pair.twin)),
    ):
        assert np.asarray(found[name]).tolist() == ours, name


@pytest.mark.parametrize(("grain", "table"), [(1, "weeks"), (2, "months"), (3, "quarters"), (4, "windows")])
def test_unique_reach_and_sharers(pair: Pair, grain: int, table: str) -> None:
    cells = pair.layout[table]
    on = sorted(pair.world.graphs) if len(pair.world.graphs) > 1 else []
    for period, (first, end) in enumerate(zip(cells["first_day"], cells["end_day"], strict=True)):
        days = range(int(first), int(end))
        if len(days) == 0:
            continue
        for name, page in (("unique_reach", False), ("unique_reach_with_page", True)):
            expected = tally.unique_reach(pair.twin, pair.world, days, page)
            rows = [Row(name, grain, period, s) for s in (1, 2, 3, 4, 5, 6, -1)]
            rows += [Row(name, grain, period, platform=p) for p in on]
            assert [pair.values[row] for row in rows] == expected[: len(rows)], (name, period)
        for platform in (tally.ALL, *on):
            sharers, ties = tally.active_sharers(pair.twin, pair.world, days, platform)
            assert pair.values[Row("active_sharers", grain, period, platform=platform)] == sharers
            assert pair.values[Row("audience_size", grain, period, platform=platform)] == ties


def test_reach_to_date(pair: Pair) -> None:
    """Since the start of the horizon, at the end of each week from then on."""
    on = sorted(pair.world.graphs) if len(pair.world.graphs) > 1 else []
    begin = pair.design.horizon_begin
    for week, end in enumerate(pair.layout["weeks"]["end_day"]):
        if end <= begin:
            continue
        expected = tally.unique_reach(pair.twin, pair.world, range(begin, int(end)), page=False)
        rows = [Row("unique_reach", 5, week, s) for s in (1, 2, 3, 4, 5, 6, -1)]
        rows += [Row("unique_reach", 5, week, platform=p) for p in on]
        assert [pair.values[row] for row in rows] == expected[: len(rows)], week


@pytest.mark.parametrize("name", ["awareness", "favorability"])
def test_weekly_levels(pair: Pair, name: str) -> None:
    weekly = getattr(pair.twin, f"weekly_{name}")
    for week, levels in enumerate(weekly):
        found = [pair.values[Row(name, 1, week, s)] for s in (1, 2, 3, 4, 5, 6, -1)]
        assert found == pytest.approx(levels[1:], rel=1e-12, abs=0)


def test_segment_sums_of_every_week(pair: Pair) -> None:
    assert_same_segment_sums(pair)


def assert_same_segment_sums(pair: Pair) -> None:
    """U of each segment, employees included, at the end of each week."""
    last_days = np.asarray(pair.engine["segment_lift"])[6::7]
    np.testing.assert_allclose(last_days, pair.twin.weekly_u, rtol=1e-12, atol=0)


def test_every_viewer_after_the_last_day(pair: Pair) -> None:
    assert_same_viewers(pair)


def assert_same_viewers(pair: Pair) -> None:
    """u and favorability of every person with an attended impression; credibility of every author."""
    viewers = pair.engine["viewer"].tolist()
    engine_u = dict(zip(viewers, pair.engine["awareness"].tolist(), strict=True))
    engine_favorability = dict(zip(viewers, pair.engine["favorability"].tolist(), strict=True))
    attended = sorted(pair.twin.u)
    assert {viewer: engine_u[viewer] for viewer in attended} == pair.twin.u
    assert {viewer: engine_favorability[viewer] for viewer in attended} == pair.twin.favorability
    assert all(engine_u[viewer] == 0 for viewer in set(viewers) - set(attended))
    np.testing.assert_allclose(pair.engine["credibility"], pair.twin.credibility, rtol=1e-12, atol=0)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(random_case())
def test_random_small_cases(chosen: case.Case) -> None:
    assert_all_the_same(_pair(chosen))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*EXTREMES, *HOP_EXTREMES])
def test_at_the_edges(name: str) -> None:
    assert_all_the_same(_pair(extreme_case(name)))


def assert_all_the_same(pair: Pair) -> None:
    assert_same_posts(pair)
    assert_same_acts(pair)
    assert_same_views(pair)
    assert_same_viewers(pair)
    assert_same_segment_sums(pair)
    assert_same_sums(pair)
    assert_same_people(pair)
