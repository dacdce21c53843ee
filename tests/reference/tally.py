"""Measures counted from the twin's records, without the engine's recorder (docs/MODEL.md 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .records import ORGANIC_COMPANY, ORGANIC_OTHER, PAGE, PROGRAM, Post, Trace, View
from .world_view import MINUTES_A_DAY, STRENGTHS, WorldView

SOURCE = {PROGRAM: 0, ORGANIC_COMPANY: 1, ORGANIC_OTHER: 1, PAGE: 2}
ALL = -1
Cell = tuple[str, int, int, int]  # measure, day, segment, source

# Measures of a view by segment and source: which views count.
EVENTS = {
    "attended_impressions": "attended",
    "engagements": "engaged",
    "clicks": "clicked",
    "reshares": "reshared",
    "mutes": "muted",
}


def additive(trace: Trace, world: WorldView) -> Counter[Cell]:
    """Every additive measure by day, segment and source (-1: the measure has no such dimension)."""
    count: Counter[Cell] = Counter()
    for post in trace.posts:
        source = SOURCE[post.process]
        if post.company:
            count["posts", post.day, ALL, source] += 1
            count["potential_reach", post.day, ALL, source] += len(world.row(post.author))
        else:
            count["other_posts", post.day, ALL, source] += 1
    for identity in trace.displaced:
        count["displaced_posts", (identity >> 16) & 0xFFFF, ALL, ALL] += 1
    for view in trace.views:
        if view.shown:
            post = trace.posts[view.post]
            for name, segment in _view_measures(post, view, world):
                count[name, view.moment // MINUTES_A_DAY, segment, SOURCE[post.process]] += 1
    return count


def _view_measures(post: Post, view: View, world: WorldView) -> Iterator[tuple[str, int]]:
    segment = world.segment(view.viewer)
    yield "impressions", segment
    if post.link:
        yield "link_impressions", segment
    for name, flag in EVENTS.items():
        if getattr(view, flag):
            yield name, segment
    if STRENGTHS[view.strength] == "weak":
        yield "weak_tie_impressions", ALL
        if view.reshared:
            yield "weak_tie_reshares", ALL


def unique_reach(trace: Trace, world: WorldView, first_day: int, end_day: int, page: bool) -> list[int]:
    """Distinct persons outside the company reached in [first_day, end_day), by segment 1 … 6, then all."""
    reached = {
        view.viewer
        for view in trace.views
        if view.shown
        and first_day <= view.moment // MINUTES_A_DAY < end_day
        and view.viewer >= world.employees
        and (page or trace.posts[view.post].process != PAGE)
    }
    by_segment = Counter(world.segment(person) for person in reached)
    return [*(by_segment[s] for s in range(1, 7)), len(reached)]


def active_sharers(trace: Trace, world: WorldView, first_day: int, end_day: int) -> tuple[int, int]:
    """Employees with a company-related post in [first_day, end_day), and the sum of their ties."""
    authors = {
        post.author
        for post in trace.posts
        if post.company and post.process != PAGE and first_day <= post.day < end_day
    }
    return len(authors), sum(len(world.row(author)) for author in authors)
