"""The engine does what docs/MODEL.md says: everything that happens in one replicate, and every value of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from . import case, compare
from .extremes import EXTREMES, HOP_EXTREMES, PROGRAM_EXTREMES, extreme_case
from .pair import Pair, assert_all_the_same, cached_pair, core, pair_of
from .philox import WORD, Streams, unit
from .program_cases import PROGRAM_CASES
from .random_cases import random_case
from .records import FIRST_HOP, REFUSED_LIMIT_OR_COPIES, REFUSED_MUTED, RESHARED, SURFACED
from .world_view import PLATFORMS


@pytest.mark.parametrize("name", [*case.CASES, *PROGRAM_CASES])
def test_engine_and_twin(name: str) -> None:
    assert_all_the_same(cached_pair(name))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(random_case())
def test_random_small_cases(chosen: case.Case) -> None:
    assert_all_the_same(pair_of(chosen))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*EXTREMES, *HOP_EXTREMES, *PROGRAM_EXTREMES])
def test_at_the_edges(name: str) -> None:
    assert_all_the_same(pair_of(extreme_case(name)))


@pytest.fixture(scope="module")
def lively() -> Pair:
    return cached_pair("lively")


@pytest.fixture(scope="module")
def storm() -> Pair:
    return cached_pair("storm")


def test_sharers_and_advocate_order(lively: Pair) -> None:
    streams = Streams(case.SEED, case.WORLD, WORD)
    numbers = lively.world.draw_numbers
    share = lively.parameters["audience"]["unprompted_share"]
    assert list(lively.world.sharer) == [unit(streams.draw("unprompted_sharers", i)[0]) < share for i in numbers]
    order = sorted(range(len(numbers)), key=lambda i: (streams.draw("active_advocates", numbers[i])[0], numbers[i]))
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
    pair = cached_pair("four platforms")
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
    pair = cached_pair("page and person N")
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


def test_mean_degree_and_platforms() -> None:
    pair = cached_pair("four platforms")
    assert [PLATFORMS[p] for p in pair.world.graphs] == list(pair.parameters["platforms"])
    for platform, graph in pair.world.graphs.items():
        degree = pair.core_world.mean_degree(PLATFORMS[platform])
        assert degree == pytest.approx(graph.mean_degree(), rel=1e-14)


def test_every_row_of_every_grain_is_compared() -> None:
    """The layout has rows of all grains, of all measures that the engine declares."""
    rows = cached_pair("four platforms").values
    assert {row.grain for row in rows} == set(range(6))
    assert {row.measure for row in rows} == {measure["name"] for measure in core.measures()}
