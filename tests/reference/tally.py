"""Measures counted from the twin's records, without the engine's recorder (docs/MODEL.md 6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .records import FIRST_HOP, ORGANIC_COMPANY, ORGANIC_OTHER, PAGE, PROGRAM, RESHARED, Post, Trace, View
from .world_view import MINUTES_A_DAY, STRENGTHS, Design, WorldView

SOURCE = {PROGRAM: 0, ORGANIC_COMPANY: 1, ORGANIC_OTHER: 1, PAGE: 2}
ALL = -1
LAST_HOP = 3  # third and later


class Cell(NamedTuple):
    """ALL: the measure has no such dimension in this row."""

    measure: str
    day: int
    segment: int = ALL
    source: int = ALL
    platform: int = ALL
    hop: int = ALL


# Measures of a shown view by segment and source, and by platform, hop and source: which views count.
VIEW_MEASURES: dict[str, Callable[[View], bool]] = {
    "impressions": lambda view: view.shown,
    "attended_impressions": lambda view: view.attended,
    "engagements": lambda view: view.engaged,
    "clicks": lambda view: view.clicked,
    "reshares": lambda view: view.reshared,
    "mutes": lambda view: view.muted,
}
AUTHOR_MEASURES = ("posts", "potential_reach", *VIEW_MEASURES)


def additive(trace: Trace, world: WorldView) -> Counter[Cell]:
    """Every additive measure by day and the dimensions it has."""
    count: Counter[Cell] = Counter()
    for post in trace.posts:
        source = SOURCE[post.process]
        if post.company:
            count[Cell("posts", post.day, ALL, source, post.platform)] += 1
            connections = len(world.author_row(post.author, post.platform))
            count[Cell("potential_reach", post.day, ALL, source, post.platform)] += connections
        else:
            count[Cell("other_posts", post.day, ALL, source, post.platform)] += 1
    for day in trace.displaced:
        count[Cell("displaced_posts", day)] += 1
    for cell in [*_of_views(trace, world), *_of_amplification(trace, world), *_reshared_posts(trace)]:
        count[cell] += 1
    return count


def _of_views(trace: Trace, world: WorldView) -> Iterator[Cell]:
    first_degree = _first_degree(world)
    for view in trace.views:
        if not view.shown:
            continue
        post, day = trace.posts[view.post], view.moment // MINUTES_A_DAY
        source, segment, platform = SOURCE[post.process], world.segment(view.viewer), post.platform
        for name in _view_measures(post, view):
            yield Cell(name, day, segment, source)
            yield Cell(name, day, ALL, source, platform, min(view.hop, LAST_HOP))
        for name in _platform_measures(view):
            yield Cell(name, day, ALL, source, platform)
        if view.viewer not in first_degree(post.author, platform):
            yield Cell("impressions_beyond_first_degree", day, ALL, source, platform)


def _of_amplification(trace: Trace, world: WorldView) -> Iterator[Cell]:
    """Employees who engaged with (reshared) a post of the page without an impression of it."""
    for number in trace.amplifying_acts:
        act = trace.acts[number]
        post, day = trace.posts[act.post], act.minute // MINUTES_A_DAY
        name = "reshares" if act.kind == RESHARED else "engagements"
        yield Cell(name, day, world.segment(act.person), SOURCE[PAGE])
        yield Cell(name, day, ALL, SOURCE[PAGE], post.platform, 1)


def _reshared_posts(trace: Trace) -> Iterator[Cell]:
    """Each on the day of its first reshare, and of its first reshare of what came by hop 2 or later."""
    reshared: set[tuple[str, int]] = set()
    for act in trace.acts:  # in the order in which they happened
        post = trace.posts[act.post]
        for name in ("reshared_posts", "later_reshared_posts") if act.kind == RESHARED else ():
            if (name == "reshared_posts" or act.hop > 2) and (name, post.number) not in reshared:
                reshared.add((name, post.number))
                yield Cell(name, act.minute // MINUTES_A_DAY, ALL, SOURCE[post.process], post.platform)


def _view_measures(post: Post, view: View) -> Iterator[str]:
    if post.link:
        yield "link_impressions"
    yield from (name for name, counts in VIEW_MEASURES.items() if counts(view))


def _platform_measures(view: View) -> Iterator[str]:
    if STRENGTHS[view.strength] == "weak":
        yield "weak_tie_impressions"
        if view.reshared:
            yield "weak_tie_reshares"


def _first_degree(world: WorldView) -> Callable[[int, int], frozenset[int]]:
    """Connections of an employee (followers of the page) on a platform, as a set."""

    @cache
    def persons(author: int, platform: int) -> frozenset[int]:
        node = world.person_count if author == world.employees else author
        return frozenset(world.graphs[platform].neighbors(node))

    return persons


DailyReach = Mapping[tuple[int, int, bool], set[int]]  # (day, platform, of the page) -> persons


def daily_reach(trace: Trace, world: WorldView) -> DailyReach:
    """Persons outside the company with an impression on a day."""
    reached: dict[tuple[int, int, bool], set[int]] = defaultdict(set)
    for view in trace.views:
        if view.shown and view.viewer >= world.employees:
            post = trace.posts[view.post]
            reached[view.moment // MINUTES_A_DAY, post.platform, post.process == PAGE].add(view.viewer)
    return reached


def unique_reach(daily: DailyReach, world: WorldView, days: range, page: bool) -> list[int]:
    """By segment 1 … 6, over all, then by platform that is on; `page`: the page's posts count too."""
    by_platform = {p: set[int]() for p in sorted(world.graphs)}
    for (day, platform, of_page), persons in daily.items():
        if day in days and (page or not of_page):
            by_platform[platform] |= persons
    persons = set[int]().union(*by_platform.values())
    by_segment = Counter(world.segment(person) for person in persons)
    return [*(by_segment[s] for s in range(1, 7)), len(persons), *(len(p) for p in by_platform.values())]


def active_sharers(trace: Trace, world: WorldView, days: range, platform: int = ALL) -> tuple[int, int]:
    """Employees with a company-related post in some days; their ties on the platforms they posted on."""
    pairs = {
        (post.author, post.platform)
        for post in trace.posts
        if post.company and post.process != PAGE and post.day in days and platform in (ALL, post.platform)
    }
    ties = sum(len(world.author_row(author, platform)) for author, platform in pairs)
    return len({author for author, _ in pairs}), ties


def by_author(trace: Trace, world: WorldView, design: Design) -> npt.NDArray[np.int64]:
    """[employee, AUTHOR_MEASURES]: what the posts of each did on the days of the horizon, at all hops."""
    counts = np.zeros((world.employees, len(AUTHOR_MEASURES)), dtype=np.int64)
    horizon = range(design.horizon_begin, design.horizon_end)
    for post in trace.posts:
        if post.company and post.process != PAGE and post.day in horizon:
            counts[post.author, :2] += (1, len(world.author_row(post.author, post.platform)))
    for view in trace.views:
        post = trace.posts[view.post]
        if view.shown and post.process != PAGE and view.moment // MINUTES_A_DAY in horizon:
            counts[post.author, 2:] += [counts_view(view) for counts_view in VIEW_MEASURES.values()]
    return counts


def views_of_acts(trace: Trace) -> list[int]:
    """Impressions that each act brought."""
    shown = Counter(view.act for view in trace.views if view.shown and view.act != FIRST_HOP)
    return [shown[act.number] for act in trace.acts]


def cascades(trace: Trace) -> dict[str, list[int]]:
    """Acts numbered in their post, from 1, as the option `cascades` of a run has them."""
    company = [post.number for post in trace.posts if post.company]
    place = {number: i for i, number in enumerate(company)}
    numbers: dict[int, int] = {}
    made: Counter[int] = Counter()
    for act in trace.acts:
        made[act.post] += 1
        numbers[act.number] = made[act.post]
    return {
        "post": [place[a.post] for a in trace.acts],
        "act": [numbers[a.number] for a in trace.acts],
        "parent": [numbers.get(a.parent, 0) for a in trace.acts],
        "person": [a.person for a in trace.acts],
        "hop": [a.hop for a in trace.acts],
        "kind": [a.kind for a in trace.acts],
        "day": [a.minute // MINUTES_A_DAY for a in trace.acts],
        "minute": [a.minute % MINUTES_A_DAY for a in trace.acts],
        "views": views_of_acts(trace),
    }
