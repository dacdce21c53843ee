"""The engine does what docs/MODEL.md says: every post, candidate view and level of one replicate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from . import case, compare, tally
from .extremes import EXTREMES, extreme_case
from .philox import WORD, Streams, unit
from .records import REFUSED_LIMIT_OR_COPIES, REFUSED_MUTED, Trace
from .twin import run
from .world_view import WorldView

core: Any = import_module("groundswell._core")


@dataclass(frozen=True)
class Pair:
    """One replicate of a case by both."""

    parameters: dict[str, Any]
    world: WorldView
    twin: Trace
    engine: dict[str, Any]
    values: dict[tuple[str, int, int, int, int], float]  # (measure, grain, period, segment, source)
    layout: dict[str, Any]


@cache
def _cached_pair(name: str) -> Pair:
    return _pair(case.CASES[name])


def _pair(chosen: case.Case) -> Pair:
    parameters = case.with_overrides(core.default_parameters(), chosen.overrides)
    world, view = case.build(core, parameters)
    design = chosen.core_design(core, parameters)
    [(values, finished, *_)] = core.run(world, [design], case.REPLICATE, case.REPLICATE + 1, 1)
    assert np.asarray(finished).all()
    layout = core.layout(design)
    return Pair(
        parameters=parameters,
        world=view,
        twin=run(view, parameters, chosen.design(view), case.REPLICATE),
        engine=core.trace(world, design, case.REPLICATE),
        values=_by_name(layout["rows"], values[0]),
        layout=layout,
    )


def _by_name(rows: dict[str, Any], values: npt.NDArray[np.float64]) -> dict[tuple[str, int, int, int, int], float]:
    names = {measure["id"]: measure["name"] for measure in core.measures()}
    table = np.column_stack([rows[c] for c in ("measure", "grain", "period", "segment", "source")]).astype(int)
    return {
        (names[m], grain, period, segment, source): float(value)
        for (m, grain, period, segment, source), value in zip(table.tolist(), values, strict=True)
    }


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
    assert views["shown"].sum() >= 20_000
    assert views["muted"].sum() >= 10
    assert (refused & (pressure >= 1)).sum() >= 100  # the limit alone refuses
    assert (refused & (pressure < 1)).sum() >= 100  # only copies refuse
    assert (views["reason"] == REFUSED_MUTED).sum() >= 10
    assert (views["repeats"] > 0).sum() >= 100
    assert len(lively.twin.displaced) >= 10
    assert {post.process for post in lively.twin.posts} == {0, 1, 2, 3}


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
    views = compare.in_order(compare.engine_views(pair.engine), "identity", "viewer")
    ours = compare.in_order(compare.twin_views(pair.twin), "identity", "viewer")
    assert compare.mismatches(ours, views, compare.VIEW_NAMES) == []


def test_every_additive_measure(pair: Pair) -> None:
    """Sums over each fragment, by segment and source."""
    fragments = pair.layout["fragments"]
    bounds = zip(fragments["first_day"], fragments["end_day"], strict=True)
    fragment_of = {day: f for f, (first, end) in enumerate(bounds) for day in range(first, end)}
    expected: dict[tuple[str, int, int, int, int], float] = {}
    for (name, day, segment, source), count in tally.additive(pair.twin, pair.world).items():
        key = (name, 0, fragment_of[day], segment, source)
        expected[key] = expected.get(key, 0) + count
    found = {key: value for key, value in pair.values.items() if key[1] == 0 and value != 0}
    assert found == expected


@pytest.mark.parametrize(("grain", "table"), [(1, "weeks"), (2, "months"), (3, "quarters"), (4, "windows")])
def test_unique_reach_and_sharers(pair: Pair, grain: int, table: str) -> None:
    cells = pair.layout[table]
    for period, (first, end) in enumerate(zip(cells["first_day"], cells["end_day"], strict=True)):
        for name, page in (("unique_reach", False), ("unique_reach_with_page", True)):
            expected = tally.unique_reach(pair.twin, pair.world, int(first), int(end), page)
            found = [pair.values[name, grain, period, s, -1] for s in (1, 2, 3, 4, 5, 6, -1)]
            assert found == expected, (name, period)
        sharers, ties = tally.active_sharers(pair.twin, pair.world, int(first), int(end))
        assert pair.values["active_sharers", grain, period, -1, -1] == sharers
        assert pair.values["audience_size", grain, period, -1, -1] == ties


@pytest.mark.parametrize("name", ["awareness", "favorability"])
def test_weekly_levels(pair: Pair, name: str) -> None:
    weekly = getattr(pair.twin, f"weekly_{name}")
    for week, levels in enumerate(weekly):
        found = [pair.values[name, 1, week, s, -1] for s in (1, 2, 3, 4, 5, 6, -1)]
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


@pytest.mark.slow
@pytest.mark.parametrize("name", EXTREMES)
def test_at_the_edges(name: str) -> None:
    pair = _pair(extreme_case(name))
    assert_same_views(pair)
    assert_same_viewers(pair)
    assert_same_segment_sums(pair)
    assert_same_posts(pair)
