"""The pairing test: removing an advocate changes only what hangs together with the advocate's posts."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from ..statistical import core_runs as cr

EMPLOYEES, ADVOCATES, SEED, REPLICATE = 120, 60, 5, 3
REMOVED = (0, 7, 23)  # places in the order of random groups
FACTS = ("minute", "shown", "attended", "engaged", "clicked", "reshared", "muted")

# Many connections to the same people, much company content, visible posts: limit, copies and mutes all bind.
ALL_HOPS: cr.Overrides = (
    ("audience.unprompted_share", 0.3),
    ("posting.organic_company_posts_per_month", 6.0),
    ("content.own_words", 0.2),
    ("content.items_per_week", 2.0),
    ("platforms.linkedin.constants.person_rate", 0.8),
    ("platforms.linkedin.reshare", 0.02),
)
# What a viewer does not see sets nothing off: where the limit, copies, repeats or mutes (of who reshared) act, what
# differs spreads with the acts of later hops. There the first hop is looked at alone.
DENSE = (*ALL_HOPS, ("platforms.linkedin.surfaced_views", 0.0), ("platforms.linkedin.reshare_views", 0.0))
NO_LIMIT: cr.Overrides = (("feed.viewer_limit", math.inf),)
NO_COPIES: cr.Overrides = (("feed.identical_copy", 1.0),)
NO_REPEATS: cr.Overrides = (("feed.repeat_floor", 1.0),)
MUTES: cr.Overrides = (("platforms.linkedin.mute", 0.005),)
NO_MUTES: cr.Overrides = (("platforms.linkedin.mute", 0.0),)
# Few items and many reactions, so that repeats change some of them.
LIVELY: cr.Overrides = (
    ("content.items_per_week", 0.25),
    ("platforms.linkedin.engage", 0.5),
    ("platforms.linkedin.click", 0.4),
)
NO_CREDIBILITY: cr.Overrides = (("credibility.credibility_slope", 0.0),)


@dataclass(frozen=True)
class Views:
    """Candidate views of one replicate, in the order of their keys (post identity, viewer), then of the run."""

    identity: npt.NDArray[np.uint64]
    author: npt.NDArray[np.int64]
    viewer: npt.NDArray[np.int64]
    hop: npt.NDArray[np.int64]
    item: npt.NDArray[np.uint64]
    program: npt.NDArray[np.bool_]
    verbatim: npt.NDArray[np.bool_]
    facts: npt.NDArray[np.int64]  # (views, FACTS)

    def where(self, keep: npt.NDArray[np.bool_ | np.int64]) -> Views:
        return Views(**{name: column[keep] for name, column in vars(self).items()})


@functools.lru_cache(maxsize=24)
def traced(overrides: cr.Overrides, people: tuple[int, ...]) -> Views:
    world = cr.world(EMPLOYEES, SEED, 0, tuple(o for o in overrides if cr.is_world(o[0])))
    trace: dict[str, Any] = cr.core.trace(
        world, cr.design(overrides, cr.program(list(people), 8, 0.9), 6, 2, 4), REPLICATE
    )
    posts, views = trace["posts"], trace["views"]
    post = np.asarray(views["post"])
    identity, viewer = np.asarray(posts["identity"])[post], np.asarray(views["viewer"])
    order = np.lexsort((viewer, identity)).astype(np.int64)
    facts = {name: np.asarray(views[name]) for name in FACTS if name != "shown"}
    facts["shown"] = np.asarray(views["refusal"]) == 0
    program = np.asarray(posts["process"])[post] == 2
    return Views(
        identity=identity,
        author=np.asarray(posts["author"], dtype=np.int64)[post],
        viewer=viewer.astype(np.int64),
        hop=np.asarray(views["hop"]).astype(np.int64),
        item=np.asarray(posts["item"])[post],
        program=program,
        verbatim=program & ~np.asarray(posts["own_words"])[post],
        facts=np.column_stack([facts[name].astype(np.int64) for name in FACTS]),
    ).where(order)


def advocates() -> tuple[int, ...]:
    world = cr.world(EMPLOYEES, SEED, 0, DENSE[:1])
    return tuple(np.asarray(world.advocate_order)[:ADVOCATES].tolist())


@dataclass(frozen=True)
class Comparison:
    """Views that are not rooted in the removed advocate, and which of them differ."""

    with_i: Views
    without_i: Views
    own: Views  # candidate views of posts of the removed advocate, with and without the program
    own_program: Views
    differs: npt.NDArray[np.bool_]


def compared(overrides: cr.Overrides, place: int) -> Comparison:
    everyone = advocates()
    removed = everyone[place]
    full = traced(overrides, everyone)
    less = traced(overrides, tuple(i for i in everyone if i != removed))
    others, fewer = full.where(full.author != removed), less.where(less.author != removed)
    # What is a candidate depends on its own author alone (at later hops on the acts under its own root).
    np.testing.assert_array_equal(others.identity, fewer.identity)
    np.testing.assert_array_equal(others.viewer, fewer.viewer)
    mine, mine_less = full.where(full.author == removed), less.where(less.author == removed)
    own = Views(**{n: np.concatenate([getattr(mine, n), getattr(mine_less, n)]) for n in vars(mine)})
    assert mine.program.sum() > 100
    return Comparison(others, fewer, own, mine.where(mine.program), (others.facts != fewer.facts).any(axis=1))


def pairs(viewer: npt.NDArray[np.int64], item: npt.NDArray[np.uint64]) -> set[tuple[int, int]]:
    return set(zip(viewer.tolist(), item.tolist(), strict=True))


@pytest.mark.parametrize("place", REMOVED)
@pytest.mark.parametrize(
    ("hops", "more"),
    [
        (DENSE, MUTES),
        (DENSE, MUTES + NO_CREDIBILITY),
        (ALL_HOPS, NO_MUTES),
        (ALL_HOPS, NO_MUTES + NO_CREDIBILITY),
    ],
    ids=["credibility and mutes", "mutes", "all hops, credibility", "all hops, neither"],
)
def test_nothing_else_changes(hops: cr.Overrides, more: cr.Overrides, place: int) -> None:
    """Limit, copies and repeats off: every view and reaction of others is bit-identical."""
    found = compared(hops + NO_LIMIT + NO_COPIES + NO_REPEATS + more, place)
    assert len(found.differs) > 50_000
    assert found.differs.sum() == 0
    assert (found.with_i.hop.max() > 3) == (hops is ALL_HOPS)
    muted = found.with_i.facts[:, FACTS.index("muted")].sum()
    assert (muted > 20) if more[0] in MUTES else (muted == 0)


def test_the_advocate_matters_to_the_own_posts() -> None:
    """What was compared with nothing found is not empty of the advocate: own organic posts are displaced."""
    everyone = advocates()
    overrides = DENSE + NO_LIMIT + NO_COPIES + NO_REPEATS + MUTES
    full = traced(overrides, everyone)
    organic_of = {}
    for place in REMOVED:
        less = traced(overrides, tuple(i for i in everyone if i != everyone[place]))
        organic_of[place] = [((v.author == everyone[place]) & ~v.program).sum() for v in (full, less)]
    assert any(before < after for before, after in organic_of.values())


@pytest.mark.parametrize("place", REMOVED)
@pytest.mark.parametrize("more", [MUTES, NO_MUTES + NO_CREDIBILITY], ids=["credibility and mutes", "neither"])
def test_the_limit_reaches_the_advocates_viewers_only(more: cr.Overrides, place: int) -> None:
    """Limit on: only viewers with a candidate of the advocate, and only after the first of them; some do differ."""
    found = compared(DENSE + NO_COPIES + NO_REPEATS + more, place)
    minutes = found.own.facts[:, FACTS.index("minute")]
    first = dict(sorted(zip(found.own.viewer.tolist(), minutes.tolist(), strict=True), key=lambda x: -x[1]))
    changed = found.with_i.where(found.differs)
    assert len(changed.viewer) > 0
    moments = changed.facts[:, FACTS.index("minute")].tolist()
    for viewer, minute in zip(changed.viewer.tolist(), moments, strict=True):
        assert viewer in first
        assert minute >= first[viewer]


@pytest.mark.parametrize("place", REMOVED)
@pytest.mark.parametrize("more", [NO_MUTES, NO_MUTES + NO_CREDIBILITY], ids=["credibility", "neither"])
def test_copies_reach_the_advocates_items_only(more: cr.Overrides, place: int) -> None:
    """Copies on: only a viewer and an item of a verbatim post of the advocate that was a candidate there.

    Without mutes: whoever mutes the author of a copy that is shown in one design alone misses their later posts.
    """
    found = compared(DENSE + NO_LIMIT + NO_REPEATS + more, place)
    verbatim = found.own_program.where(found.own_program.verbatim)
    changed = found.with_i.where(found.differs)
    assert len(changed.viewer) > 0
    assert changed.verbatim.all()
    assert pairs(changed.viewer, changed.item) <= pairs(verbatim.viewer, verbatim.item)


@pytest.mark.parametrize("place", REMOVED)
def test_repeats_reach_the_advocates_items_only(place: int) -> None:
    """Repeats on: reactions of a viewer to an item of the advocate, nothing that is shown."""
    found = compared(DENSE + LIVELY + NO_LIMIT + NO_COPIES + NO_MUTES, place)
    changed = found.with_i.where(found.differs)
    assert len(changed.viewer) > 0
    assert pairs(changed.viewer, changed.item) <= pairs(found.own_program.viewer, found.own_program.item)
    for fact in ("minute", "shown", "attended"):
        column = FACTS.index(fact)
        np.testing.assert_array_equal(found.with_i.facts[:, column], found.without_i.facts[:, column])
