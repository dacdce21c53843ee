"""Later hops and platforms in the twin alone: cases worked out by hand, and properties of every run."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from . import records, tally
from .feed import Feed, first_minute_after, same_day_factor, slice_minutes
from .hand_made import (
    SHARES,
    hand_made_design,
    hand_made_parameters,
    hand_made_program,
    hand_made_world,
    tiny_post,
    tiny_world,
)
from .philox import Streams, low, unit, view_hash, view_word
from .reactions import Reactions
from .records import FIRST_HOP, RESHARED, SURFACED, Act, Post, Trace, View
from .showing import THE_PAGE, Showing, showing_of_act, showing_of_post
from .twin import days_slice, run
from .world_view import Design, WorldView, trait_value, visibility_value

ALL_PLATFORMS = (0, 1, 2, 3)


def act_of(post: Post, person: int, kind: int, **values: Any) -> Act:
    act = Act(0, 1, post.number, FIRST_HOP, person, post.moment + 65, 2, kind, 0.7)
    return replace(act, **values)


STREAMS = Streams(99, 0, 4)


def test_slices_of_a_platform() -> None:
    lengths = {18.0: 60, 10.0: 60, 9.99: 20, 2.0: 6, 1.25: 3, 1.0: 3, 0.4: 1, 0.1: 1, 5.0: 15, 0.67: 2}
    assert {h: slice_minutes({"half_life_hours": h}) for h in lengths} == lengths
    assert first_minute_after(60, 60) == 120
    assert first_minute_after(119, 60) == 120
    assert first_minute_after(7, 1) == 8
    parameters = hand_made_parameters()
    assert days_slice(parameters, hand_made_world((0,))) == 60
    assert days_slice(parameters, hand_made_world((0, 1))) == 3
    assert days_slice(parameters, hand_made_world((1, 3))) == 1


def test_carriers() -> None:
    world, post, page_post = tiny_world(), tiny_post(), tiny_post(author=2)
    first = showing_of_post(post, world, STREAMS)
    assert (first.carrier, first.persuasion, first.credibility, first.hop) == (0, 1.4, 1.2, 1)
    surfaced = showing_of_act(act_of(post, 1, SURFACED), post, first, 0.9, world, STREAMS)
    assert (surfaced.carrier, surfaced.persuasion, surfaced.credibility, surfaced.hop) == (0, 1.4, 1.2, 2)
    by_employee = showing_of_act(act_of(post, 1, RESHARED), post, first, 0.9, world, STREAMS)
    assert (by_employee.carrier, by_employee.persuasion, by_employee.credibility) == (1, 0.6, 0.9)
    on = showing_of_act(act_of(post, 4, SURFACED, hop=3), post, by_employee, 1.0, world, STREAMS)
    assert (on.carrier, on.persuasion, on.credibility, on.hop) == (1, 0.6, 0.9, 3)
    by_buyer = showing_of_act(act_of(post, 2, RESHARED), post, first, 1.0, world, STREAMS)
    assert (by_buyer.carrier, by_buyer.persuasion, by_buyer.credibility) == (2, 1.0, 1.0)
    page = showing_of_post(page_post, world, STREAMS)
    assert page.by_page
    assert showing_of_act(act_of(page_post, 4, SURFACED), page_post, page, 1.0, world, STREAMS).carrier == THE_PAGE
    assert not by_buyer.by_page  # person N is not the page, author N
    words = STREAMS.draw("views", post.identity, 2 << 24, 2)  # the first of the buyers
    assert by_buyer.key == words[0] + (words[1] << 32)
    assert len({first.key, surfaced.key, by_employee.key, by_buyer.key}) == 4


def test_visibility_by_hand() -> None:
    parameters = hand_made_parameters()
    feed, post = Feed(tiny_world(), parameters, STREAMS), tiny_post()
    total = visibility_value(20) * 0.8 + visibility_value(21) * 0.8 + visibility_value(23) * 1.8
    total += visibility_value(24) * 0.8
    assert feed.visibility(post, 2, SURFACED, 1) == pytest.approx(4.0 / total, rel=1e-14)
    assert feed.visibility(post, 2, SURFACED, 3) == pytest.approx(4.0 * 0.36 / total, rel=1e-14)
    assert feed.visibility(post, 2, RESHARED, 1) == pytest.approx(0.4 * 1.2, rel=1e-14)
    assert feed.visibility(post, 2, RESHARED, 2) == pytest.approx(0.4 * 1.2 * 0.6, rel=1e-14)


@pytest.mark.parametrize("kind", [SURFACED, RESHARED])
def test_candidates_of_an_act_by_hand(kind: int) -> None:
    """Everybody in the row of person 2 but the root's author 0 and the carrier."""
    world, parameters, post = tiny_world(), hand_made_parameters(), tiny_post()
    feed = Feed(world, parameters, STREAMS)
    act = act_of(post, 2, kind, visibility=500.0)  # everybody is a candidate
    first = showing_of_post(post, world, STREAMS)
    showing = showing_of_act(act, post, first, 1.0, world, STREAMS)
    views = {view.viewer: view for view in feed.candidates_of_act(post, act, showing)}
    assert set(views) == {1, 3, 4}
    buyers = 2 << 24
    for viewer, number, strength, level, factor in (
        (1, 1, 0, 21, 0.8),
        (3, buyers + 1, 1, 23, 1.8),
        (4, buyers + 2, 0, 24, 0.8),
    ):
        view = views[viewer]
        hazard = 500.0 * visibility_value(level) * factor
        resistance = -math.log(1 - unit(view_hash(showing.key, number))) / hazard
        assert view.resistance == pytest.approx(resistance, rel=1e-14)
        u = unit(low(view_word(showing.key, number, 0))) * 28 * 1440 / (28 * 1440 + _scale(10 * 60))
        moment = max(act.minute + math.floor(_scale(10 * 60) * u / (1 - u)), (act.minute // 60 + 1) * 60)
        assert (view.moment, view.hop, view.strength) == (moment, 2, strength)
    reshared_before = replace(showing, carrier=3)
    assert {v.viewer for v in feed.candidates_of_act(post, act, reshared_before)} == {1, 4}
    page = replace(post, author=2)  # the page is author 2; person 2 is not left out of the row of 3
    of_page = showing_of_act(act_of(page, 3, kind), page, showing_of_post(page, world, STREAMS), 1.0, world, STREAMS)
    views_of_page = feed.candidates_of_act(page, replace(act, person=3), of_page)
    assert {v.viewer for v in views_of_page} == {0, 2}


def _scale(half_life: float) -> float:
    return 0.5 * 28 * 1440 * half_life / (0.5 * 28 * 1440 - half_life)


def factor(reaction: str, view: View, showing: Showing, **feed: float) -> float:
    parameters = hand_made_parameters()
    parameters["feed"].update(feed)
    return Reactions(tiny_world(), parameters)._factor(reaction, tiny_post(), view, showing)


@pytest.mark.parametrize(("strength", "endorsement"), [(0, 1.6), (1, 2.0)])
def test_reaction_factors_by_hand(strength: int, endorsement: float) -> None:
    """Third-party kind: multipliers 1 and 1.1; traits of level 128 are 1."""
    assert trait_value(128) == pytest.approx(1.0, rel=1e-14)
    view = View(0, 0, 1, 3, 3, 9000, 0.5, strength)
    reshared = Showing(0, 3, RESHARED, 1, 0.6, 0.9, key=1)
    surfaced = replace(reshared, kind=SURFACED)
    base = 0.6 * 0.9 * 0.7**2
    assert factor("engage", view, reshared) == pytest.approx(base * 3**0.09 * endorsement, rel=1e-13)
    half = 1 + (endorsement - 1) / 2
    assert factor("engage", view, surfaced) == pytest.approx(base * 3**0.09 * half, rel=1e-13)
    assert factor("reshare", view, reshared) == pytest.approx(1.1 * base * 5**0.09 * endorsement, rel=1e-13)
    assert factor("click", view, reshared, appeal_shrink=0.0) == pytest.approx(base * endorsement, rel=1e-13)
    first_view, first = replace(view, hop=1, act=FIRST_HOP), replace(reshared, hop=1, kind=FIRST_HOP)
    expected = 0.6 * 0.9 * 3.0 * endorsement
    assert factor("engage", first_view, first, appeal_shrink=0.0) == pytest.approx(expected, rel=1e-13)


def test_fractional_contagion_by_hand() -> None:
    parameters = hand_made_parameters()
    parameters["feed"]["fractional_contagion"] = 1.0
    reactions = Reactions(tiny_world(), parameters)
    mean_degree = 2 * 5 / 5
    view = View(0, FIRST_HOP, 0, 1, 2, 9000, 0.5, 0)
    assert reactions._contagion(tiny_post(), view) == pytest.approx(1 / 4 * mean_degree)
    reactions.resharers[0].update({3, 4})
    assert reactions._contagion(tiny_post(), view) == pytest.approx(3 / 4 * mean_degree)
    assert reactions._contagion(tiny_post(author=2), view) == pytest.approx(2 / 4 * mean_degree)  # of the page
    stranger = replace(view, viewer=4)
    assert reactions._contagion(tiny_post(), stranger) == pytest.approx(1 / 1 * mean_degree)


CASES: dict[str, tuple[tuple[int, ...], dict[str, float], dict[str, float]]] = {
    "linkedin": ((0,), {}, {}),
    "four platforms": (ALL_PLATFORMS, {}, {}),
    "surfacing alone": ((0,), {"reshare_views": 0.0}, {}),
    "reshares alone": ((0, 3), {"surfaced_views": 0.0, "reshare": 0.05}, {}),
    "fractional": ((0, 1), {"reshare": 0.05}, {"fractional_contagion": 1.0, "appeal_shrink": 0.0}),
    "far": ((0,), {"reaction_decay": 1.0, "surfacing_decay": 1.0, "surfaced_views": 8.0}, {"appeal_shrink": 1.0}),
}


def run_case(name: str, replicate: int = 5) -> tuple[Trace, WorldView, Design, dict[str, Any]]:
    platforms, overrides, feed = CASES[name]
    world, parameters, design = hand_made_world(platforms), hand_made_parameters(), hand_made_design(shares=SHARES)
    for platform in parameters["platforms"].values():
        platform.update(overrides)
    parameters["feed"].update(feed)
    return run(world, parameters, design, replicate), world, design, parameters


@pytest.fixture(scope="module", params=CASES)
def ran(request: pytest.FixtureRequest) -> tuple[Trace, WorldView, Design, dict[str, Any]]:
    return run_case(request.param)


Ran = tuple[Trace, WorldView, Design, dict[str, Any]]


def test_a_person_acts_once_on_a_post_and_only_acts_bring_views(ran: Ran) -> None:
    trace, _, _, _ = ran
    acts = Counter((act.post, act.person, act.kind) for act in trace.acts)
    assert max(acts.values()) == 1
    for kind, flag in ((SURFACED, "engaged"), (RESHARED, "reshared")):
        reacted = {(v.post, v.viewer) for v in trace.views if getattr(v, flag)}
        assert {(post, person) for post, person, k in acts if k == kind} == reacted
    assert all(not (v.engaged or v.reshared) or v.attended for v in trace.views)
    assert [act.number for act in trace.acts] == list(range(len(trace.acts)))


def test_hops_parents_and_who_never_sees_a_post(ran: Ran) -> None:
    trace, world, _, parameters = ran
    assert max(view.hop for view in trace.views) >= 3
    carriers: dict[int, int] = {}
    for act in trace.acts:
        post = trace.posts[act.post]
        before = trace.acts[act.parent] if act.parent != FIRST_HOP else None
        assert act.hop == (before.hop if before else 1) + 1
        author = THE_PAGE if post.author == world.employees else post.author
        carriers[act.number] = act.person if act.kind == RESHARED else carriers[before.number] if before else author
    for view in trace.views:
        post = trace.posts[view.post]
        assert view.viewer != post.author or post.author == world.employees
        if view.act == FIRST_HOP:
            assert (view.hop, view.rank) == (1, post.rank)
            continue
        act = trace.acts[view.act]
        assert (view.hop, view.rank, view.post) == (act.hop, act.rank, act.post)
        assert view.viewer != carriers[view.act]
        assert view.viewer in world.graphs[post.platform].neighbors(act.person)
        length = slice_minutes(parameters["platforms"][("linkedin", "facebook", "instagram", "x")[post.platform]])
        assert view.moment // length > act.minute // length


def test_numbers_are_in_the_order_in_which_things_happen(ran: Ran) -> None:
    trace, _, _, _ = ran
    order = [(v.moment, v.rank, v.viewer) for v in trace.views]
    slices = [v.moment // 60 for v in trace.views]
    assert slices == sorted(slices)
    assert order == sorted(order)
    acts = [(a.minute, a.rank) for a in trace.acts]
    assert acts == sorted(acts)
    events = sorted([(p.rank, p.day, 0) for p in trace.posts] + [(a.rank, a.minute // 1440, 1) for a in trace.acts])
    assert [e[0] for e in events] == list(range(len(events)))
    assert [e[1:] for e in events] == sorted(e[1:] for e in events)


def test_mutes_stop_one_carrier_on_one_platform_from_the_next_day(ran: Ran) -> None:
    trace, world, _, _ = ran
    carriers: dict[int, int] = {}
    muted: dict[tuple[int, int, int], int] = {}

    def carrier(act: int, post: Post) -> int:
        return carriers[act] if act != FIRST_HOP else THE_PAGE if post.author == world.employees else post.author

    for act in trace.acts:
        carriers[act.number] = act.person if act.kind == RESHARED else carrier(act.parent, trace.posts[act.post])
    for view in trace.views:
        post, day = trace.posts[view.post], view.moment // 1440
        key = (post.platform, carrier(view.act, post), view.viewer)
        assert (view.reason == records.REFUSED_MUTED) == (muted.get(key, day) < day)
        assert not (view.muted and key in muted)
        if view.muted:
            muted[key] = day


def test_counts_of_a_viewer_are_by_platform(ran: Ran) -> None:
    trace, _, _, _ = ran
    by_day: Counter[tuple[int, int, int]] = Counter()
    for view in trace.views:
        platform, day = trace.posts[view.post].platform, view.moment // 1440
        if view.reason != records.REFUSED_MUTED:
            assert view.n7 == sum(min(15, by_day[platform, view.viewer, d]) for d in range(day - 6, day + 1))
        by_day[platform, view.viewer, day] += view.shown


def test_totals_over_hops_and_platforms_are_totals_over_segments(ran: Ran) -> None:
    trace, world, design, _ = ran
    sums = tally.additive(trace, world)
    by_segment: Counter[tuple[str, int, int]] = Counter()
    by_hop: Counter[tuple[str, int, int]] = Counter()
    for cell, count in sums.items():
        if cell.hop != tally.ALL:
            by_hop[cell.measure, cell.day, cell.source] += count
        elif cell.segment != tally.ALL:
            by_segment[cell.measure, cell.day, cell.source] += count
    assert by_hop == by_segment
    totals: Counter[str] = Counter()
    for cell, count in sums.items():
        totals[cell.measure] += count * (cell.hop == tally.ALL)
    assert totals["reshares"] >= totals["reshared_posts"] >= totals["later_reshared_posts"] > 0
    beyond = totals["impressions_beyond_first_degree"]
    assert 0 < beyond <= sum(v.shown and v.hop >= 2 for v in trace.views)
    horizon = range(design.horizon_begin, design.horizon_end)
    impressions = tally.by_author(trace, world, design)[:, 2].sum()
    counted = [c for cell, c in sums.items() if cell.measure == "impressions" and cell.segment != tally.ALL
               and cell.source != 2 and cell.day in horizon]  # fmt: skip
    assert impressions == sum(counted)
    assert sum(tally.views_of_acts(trace)) == sum(v.shown for v in trace.views if v.hop >= 2)


def test_reach_over_platforms_is_a_union(ran: Ran) -> None:
    trace, world, design, _ = ran
    days = range(design.days)
    reach = tally.unique_reach(tally.daily_reach(trace, world), world, days, page=True)
    by_segment, overall, by_platform = reach[:6], reach[6], reach[7:]
    assert sum(by_segment) == overall
    assert max(by_platform) <= overall <= sum(by_platform)
    sharers, ties = tally.active_sharers(trace, world, days)
    parts = [tally.active_sharers(trace, world, days, p) for p in world.graphs]
    assert max(n for n, _ in parts) <= sharers <= sum(n for n, _ in parts)
    assert sum(t for _, t in parts) == ties


def test_every_mechanism_alone_is_what_it_says() -> None:
    alone = {name: run_case(name)[0] for name in ("surfacing alone", "reshares alone")}
    for name, kind in (("surfacing alone", SURFACED), ("reshares alone", RESHARED)):
        trace = alone[name]
        assert {trace.acts[v.act].kind for v in trace.views if v.act != FIRST_HOP} == {kind}
        assert {act.kind for act in trace.acts} == {SURFACED, RESHARED}  # acts happen; one kind brings no views


def test_posts_of_platforms_have_their_own_identities_and_repeats() -> None:
    trace, _, _, parameters = run_case("four platforms")
    assert {p.platform for p in trace.posts} == set(ALL_PLATFORMS)
    assert len({p.identity for p in trace.posts}) == len(trace.posts)
    assert all(p.identity < 2**63 for p in trace.posts)
    made: Counter[tuple[int, int, int]] = Counter()
    for post in trace.posts:
        made[post.author, post.day, post.platform] += 1
        assert post.ordinal == made[post.author, post.day, post.platform]
    assert max(made.values()) >= 2
    assert [same_day_factor(k, parameters["feed"]) for k in (1, 2, 3, 7)] == [1.0, 0.57, 0.40, 0.40]


def test_another_platform_changes_no_post_of_this_one() -> None:
    """Posts are drawn by platform; displacement alone (off here) connects them."""
    parameters, design = hand_made_parameters(), hand_made_design(shares=SHARES)
    parameters["posting"]["displacement"] = 0.0
    world = hand_made_world((0, 1, 3))
    posts = [
        {p.identity for p in run(chosen, parameters, design, 5).posts if p.platform == 0}
        for chosen in (world, replace(world, graphs={0: world.graphs[0]}))
    ]
    assert posts[0] == posts[1]


def test_employees_reshare_posts_of_the_page() -> None:
    world, parameters = hand_made_world(), hand_made_parameters()
    parameters["platforms"]["linkedin"].update(page_posts_per_week=14.0, reshare=0.3, engage=0.2)
    design = Design(date(2027, 3, 1), 0, 6, 2, None)
    trace = run(world, parameters, design, 5)
    amplified = {
        act.number for act in trace.acts
        if act.kind == RESHARED and act.person < world.employees and trace.posts[act.post].process == records.PAGE
    }  # fmt: skip
    assert len(amplified) >= 3
    assert sum(v.shown for v in trace.views if v.act in amplified) >= 3
    assert tally.by_author(trace, world, design)[:, 0].sum() > 0
    page_only = [v for v in trace.views if trace.posts[v.post].process == records.PAGE]
    assert {v.hop for v in page_only} >= {1, 2, 3}


def test_program_shares_scale_the_posts_of_a_platform() -> None:
    """A platform with share 0 gets no program post; posts at a share are contained in those at a larger one."""
    world, parameters = hand_made_world((0, 3)), hand_made_parameters()
    posts = []
    for share in (0.0, 0.3, 1.0):
        program = hand_made_program(7.0, (1, 0, 0, share), frozenset(range(0, 12, 2)))
        design = replace(hand_made_design(), program=program)
        trace = run(world, parameters, design, 5)
        posts.append({p.identity for p in trace.posts if p.process == records.PROGRAM and p.platform == 3})
    assert posts[0] == set()
    assert posts[0] < posts[1] < posts[2]
