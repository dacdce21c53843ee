"""The twin alone: known answers, and properties that every run of it must have."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from typing import Any

import numpy as np
import pytest
from scipy import stats

from . import records
from .awareness import Awareness
from .content import live_items, take_item
from .credibility import Credibility
from .feed import delay_minutes, threshold
from .hand_made import hand_made_design, hand_made_parameters, hand_made_world, tiny_world
from .philox import Streams, combine, high, low, mix64, philox, unit, view_hash, view_hashes, view_word
from .posting import day_factor, poisson_inversion, post_identity
from .records import Post, Trace
from .twin import run
from .world_view import SEGMENTS, viewer_numbers


@pytest.fixture(scope="module")
def trace() -> Trace:
    """All later hops off: test_twin_hops.py has them."""
    return run(hand_made_world(), first_hop_only(), hand_made_design(), replicate=5)


def first_hop_only() -> dict[str, Any]:
    parameters = hand_made_parameters()
    parameters["platforms"]["linkedin"].update(surfaced_views=0.0, reshare_views=0.0)
    return parameters


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_known_answers_of_its_authors(
    counter: tuple[int, int, int, int], key: tuple[int, int], expected: tuple[int, int, int, int]
) -> None:
    assert philox(counter, key) == expected


def test_a_draw_is_philox_under_the_key_of_its_decision() -> None:
    seed = 0x0123456789ABCDEF
    key = philox((2, 7, 21, 0x47535754), (0x89ABCDEF, 0x01234567))[:2]
    identity = (9 << 32) | 5
    assert Streams(seed, 2, 7).draw("post_attributes", identity, 3) == philox((5, 9, 3, 0), key)


def test_hash_of_a_row_is_the_hash_of_each_viewer() -> None:
    viewers = np.array([0, 1, 2, 77, 2**24 - 1], dtype=np.uint32)
    for key in (0, 1, 2**64 - 1, 0x9E3779B97F4A7C15):
        assert view_hashes(key, viewers).tolist() == [view_hash(key, int(v)) for v in viewers]


def test_view_bits_are_uniform() -> None:
    """Means of units over 20,000 viewers, within five standard errors."""
    key = Streams(1, 0, 0).view_key(12345)
    hashes = [unit(view_hash(key, v)) for v in range(20_000)]
    words = [view_word(key, v, w) for v in range(3_000) for w in range(3)]
    halves = [unit(half(word)) for word in words for half in (low, high)]
    for sample in (hashes, halves):
        assert abs(statistics.fmean(sample) - 0.5) < 5 * math.sqrt(1 / 12 / len(sample))
        assert len(set(sample)) > 0.999 * len(sample)


@pytest.mark.parametrize("mean", [0.0, 0.03, 0.7, 4.0, 30.0])
def test_poisson_inversion(mean: float) -> None:
    for uniform in np.linspace(0.0005, 0.9995, 300):
        expected = 0 if mean == 0 else int(stats.poisson.ppf(uniform, mean))
        assert poisson_inversion(float(uniform), mean) == expected


def test_median_and_cut_of_the_delay() -> None:
    platform = hand_made_parameters()["platforms"]["linkedin"]
    assert delay_minutes(0.5, 18.0, platform) in (18 * 60, 18 * 60 - 1)
    assert delay_minutes(0.5, 10.0, platform) in (10 * 60, 10 * 60 - 1)
    assert delay_minutes(unit(0), 18.0, platform) == 0
    assert 28 * 1440 - 2 <= delay_minutes(unit(2**32 - 1), 18.0, platform) < 28 * 1440


def test_threshold_saturates() -> None:
    assert threshold(0.0) == 0
    assert threshold(0.5) == 2**31
    assert threshold(1.0) == 2**32 - 1


def test_items_on_offer() -> None:
    content = {**hand_made_parameters()["content"], "items_per_week": 5.0}
    lo, hi = live_items(14, 14, content)
    assert (lo, hi) == (1, 20)  # item 0 was offered exactly 28 days ago; 7 * 20 / 5 = 28
    assert live_items(15, 14, content) == (2, 21)
    assert live_items(16, 14, content) == (3, 22)
    assert live_items(17, 14, content) == (3, 22)
    assert {take_item(unit(b), lo, hi) for b in range(0, 2**32, 2**24)} == set(range(1, 21))


def test_day_factor_at_the_end_of_the_year() -> None:
    design, platform = hand_made_design(), hand_made_parameters()["platforms"]["linkedin"]
    weights = list(platform["weekday_weights"].values())
    christmas = next(t for t in range(design.days) if design.date(t).isoformat() == "2026-12-25")
    assert day_factor(design, christmas, platform) == pytest.approx(0.95 / (sum(weights) / 7) * 0.5)
    assert day_factor(design, christmas - 1, platform) == pytest.approx(1.1 / (sum(weights) / 7))


def _post(**values: object) -> Post:
    plain = {"number": 0, "author": 0, "platform": 0, "day": 0, "minute": 0, "process": 2, "slot": 0, "identity": 0}
    return Post(**{**plain, "company": True, "own_words": False, **values})  # type: ignore[arg-type]


def test_credibility_by_hand() -> None:
    credibility = Credibility(hand_made_parameters()["credibility"])
    assert credibility.value() == 1
    first = _post(authenticity=0.65, promotional=True)
    second = _post(authenticity=0.8, promotional=True)
    other = _post(company=False)
    credibility.end_of_day(28, [first, second, other])
    pseudo = 5 * 2**-0.5
    weight_s, s = pseudo + 1 + 1.5 + 1, 0.3 * pseudo + 1 + 1.5
    z = (-0.35 - 0.2) / (pseudo + 2) - (s / weight_s - 0.3)
    assert credibility.value() == pytest.approx(0.5 + 1 / (1 + math.exp(-4 * z)), rel=1e-14)
    before = credibility.value()
    credibility.end_of_day(40, [])
    assert credibility.value() == before
    assert credibility.last_day == 28


def test_everything_happens_in_the_case(trace: Trace) -> None:
    """A property of nothing holds: the case must show every kind of event."""
    assert {p.process for p in trace.posts} == {0, 1, 2, 3}
    assert {p.ordinal for p in trace.posts} >= {1, 2, 3}
    assert trace.displaced
    for flag in ("shown", "attended", "engaged", "clicked", "reshared", "muted"):
        assert sum(getattr(v, flag) for v in trace.views) >= 3, flag
    assert {v.reason for v in trace.views} == {0, 1, 2}
    assert max(v.repeats for v in trace.views) > 1
    assert max(v.copies for v in trace.views) > 1


def test_same_replicate_same_trace_other_replicate_another(trace: Trace) -> None:
    again, other = (run(hand_made_world(), first_hop_only(), hand_made_design(), r) for r in (5, 6))
    assert again == trace
    assert other.views != trace.views


def test_more_posts_contain_fewer(trace: Trace) -> None:
    fewer = run(hand_made_world(), first_hop_only(), hand_made_design(posts_per_week=3.0), replicate=5)
    program = {p.identity for p in trace.posts if p.process == records.PROGRAM}
    assert {p.identity for p in fewer.posts if p.process == records.PROGRAM} < program


def test_posts_are_numbered_in_their_order(trace: Trace) -> None:
    order = [(p.day, p.author, p.minute, p.process, p.slot) for p in trace.posts]
    assert order == sorted(order)
    assert [p.number for p in trace.posts] == list(range(len(order)))
    assert len({p.identity for p in trace.posts}) == len(order)
    assert all(480 <= p.minute < 1080 for p in trace.posts)
    assert max(p.day for p in trace.posts) < hand_made_design().horizon_end


def test_views_follow_their_post_and_their_rules(trace: Trace) -> None:
    design = hand_made_design()
    for view in trace.views:
        post = trace.posts[view.post]
        assert post.company
        assert view.viewer != post.author
        assert 0 <= view.moment - post.moment < 28 * 1440
        assert view.moment < 1440 * design.days
        assert view.attended <= view.shown
        assert (view.engaged or view.clicked or view.reshared or view.muted) <= view.attended
        assert view.clicked <= post.link
    assert len({(v.post, v.viewer) for v in trace.views}) == len(trace.views)
    assert [v.moment for v in trace.views] == sorted(v.moment for v in trace.views)


def test_counts_recomputed_from_the_record(trace: Trace) -> None:
    """n7, copies and mutes of every view, counted anew from the views before it."""
    by_day: Counter[tuple[int, int]] = Counter()
    copies: Counter[tuple[int, int]] = Counter()
    muted: dict[tuple[int, int], int] = {}
    for view in trace.views:
        post, day = trace.posts[view.post], view.moment // 1440
        is_muted = muted.get((post.author, view.viewer), day) < day
        assert (view.reason == records.REFUSED_MUTED) == is_muted
        n7 = sum(min(15, by_day[view.viewer, d]) for d in range(day - 6, day + 1))
        assert view.n7 == (0 if is_muted else n7)
        if post.verbatim_item:
            assert view.copies <= copies[view.viewer, post.item]
        q = 0.7**view.copies if post.verbatim_item else 1.0
        assert view.shown == (not is_muted and view.resistance * (1 + view.n7 / 10) < q)
        if view.shown:
            by_day[view.viewer, day] += 1
            copies[view.viewer, post.item] += post.verbatim_item
        if view.muted:
            muted[post.author, view.viewer] = day


def test_mechanisms_off_show_everything() -> None:
    parameters = first_hop_only()
    parameters["feed"].update(viewer_limit=math.inf, identical_copy=1.0)
    parameters["platforms"]["linkedin"]["mute"] = 0.0
    calm = run(hand_made_world(), parameters, hand_made_design(), replicate=5)
    assert all(v.shown for v in calm.views)


def test_segment_sums_are_the_sums_over_persons(trace: Trace) -> None:
    """Lazy segment sums against decaying everybody to the end of the last day."""
    world, design = hand_made_world(), hand_made_design()
    assert len(trace.daily_awareness) == design.days
    totals = [0.0] * len(SEGMENTS)
    for person, u in trace.u.items():
        assert 0 <= u <= 1
        left = 2 ** (-(1440 * design.days - trace.touched[person]) / (3 * 7 * 1440))
        totals[world.segment(person)] += u * left
    assert trace.daily_u[-1] == pytest.approx(totals, rel=1e-6)
    baselines = [0.25 if name == "buyer" else 0.15 if name == "talent" else 0.05 for name in SEGMENTS]
    levels = [
        a + 0.3 * (1 - a) * total / world.segment_size(s)
        for s, (a, total) in enumerate(zip(baselines, totals, strict=True))
    ]
    assert trace.daily_awareness[-1][:-1] == pytest.approx(levels, rel=1e-6)
    outside = range(world.segment_begin[1], world.person_count)
    overall = statistics.fmean(levels[world.segment(p)] for p in outside)
    assert trace.daily_awareness[-1][-1] == pytest.approx(overall, rel=1e-6)


def test_favorability_sums_are_the_sums_over_persons(trace: Trace) -> None:
    world, design = hand_made_world(), hand_made_design()

    def today(person: int) -> float:
        minutes = 1440 * design.days - trace.touched.get(person, 0)
        return 0.1 + (trace.favorability.get(person, 0.1) - 0.1) * 2.0 ** (-minutes / (26 * 7 * 1440))

    for s in range(len(SEGMENTS)):
        people = range(world.segment_begin[s], world.segment_begin[s + 1])
        mean = statistics.fmean(today(person) for person in people)
        assert trace.daily_favorability[-1][s] == pytest.approx(mean, rel=1e-6)


def test_awareness_rises_and_halves() -> None:
    awareness = Awareness(hand_made_world(), hand_made_parameters()["awareness"])
    awareness.attend(viewer=100, minute=700, weight=1.3)
    rise = 1 - 1 / (1 + 1.3 * 0.65 / 0.35)
    assert awareness.u[100] == pytest.approx(rise, rel=1e-7)
    awareness.attend(viewer=100, minute=700 + 3 * 7 * 1440, weight=0.0)
    assert awareness.u[100] == pytest.approx(rise / 2, rel=1e-7)
    awareness.attend(viewer=100, minute=700 + 3 * 7 * 1440, weight=1.0)
    assert 1 - awareness.u[100] == pytest.approx((1 - rise / 2) * 0.35, rel=1e-6)


def test_favorability_moves_to_the_valence_and_fades() -> None:
    awareness = Awareness(hand_made_world(), hand_made_parameters()["awareness"])
    half_life = 26 * 7 * 1440
    awareness.attend(viewer=100, minute=700, weight=1.3)  # of valence 1
    first = 1 - 0.9 / (1 + 0.13 / 0.9)
    assert awareness.favorability[100] == pytest.approx(first, rel=1e-6)
    awareness.attend(viewer=100, minute=700 + half_life, weight=1.0, authenticity=0.65)  # (.65 - .5) / .5
    faded = 0.1 + (first - 0.1) / 2
    assert awareness.favorability[100] == pytest.approx(0.3 + (faded - 0.3) * 0.9, rel=1e-6)
    awareness.attend(viewer=101, minute=700, weight=1.0, authenticity=0.3)  # (.3 - .5) / .5
    assert awareness.favorability[101] == pytest.approx(-0.4 + 0.5 * 0.9, rel=1e-6)


def test_exposures_wear_out_and_are_forgotten() -> None:
    parameters = hand_made_parameters()["awareness"]
    awareness = Awareness(hand_made_world(), parameters)
    seen = [awareness.attend(viewer=100, minute=700, weight=1.0) for _ in range(41)]
    assert seen == list(range(41))
    assert awareness.valence(0.8, seen=10.0, negative=False) == pytest.approx(0.6)
    assert awareness.valence(0.8, seen=40.0, negative=False) == pytest.approx(-0.2)  # (.8 / 2 - .5) / .5
    assert awareness.valence(0.8, seen=1e6, negative=False) == pytest.approx(-1, abs=1e-2)
    assert awareness.valence(1.2, seen=0.0, negative=False) == 1
    later = awareness.attend(viewer=100, minute=700 + 4 * 7 * 1440, weight=1.0)
    assert later == pytest.approx(41 / 2)
    none = Awareness(hand_made_world(), parameters | {"wear_out_exponent": 0.0})
    assert none.valence(0.8, seen=1e6, negative=False) == pytest.approx(0.6)


def test_viewers_have_numbers_of_their_own() -> None:
    """High halves, the next free one, at the top the next below; rows and pools are who they are."""
    half = 2**32
    low, top = 0x80000001 * half, 2**64 - 1
    assert viewer_numbers([low + 2, 9, low, low + half, 3]) == [0x80000002, 9, 0x80000001, 0x80000003, 3]
    assert viewer_numbers([top, top - 1, top - half]) == [0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD]
    assert tiny_world().viewers.tolist() == [0, 1, 2 << 24, (2 << 24) + 1, (2 << 24) + 2]


def test_identities_are_of_the_author_and_the_place() -> None:
    assert combine(3, 5 << 16) == mix64(mix64(3 + 0x9E3779B97F4A7C15) ^ 5 << 16)
    assert post_identity(2**64 - 1, 5, 2, 2, 7) == combine(2**64 - 1, 5 << 16 | 2 << 14 | 2 << 12 | 7) >> 1
