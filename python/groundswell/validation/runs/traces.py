"""What needs every view of a run: half-lives, who of one's connections saw a post, reach in a month, repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell.worlds.graph import Graph, distinct

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MINUTES_A_DAY = 1440
SHOWN = 0  # refusal code of a candidate that was shown
PAGE_PROCESS = 3
PROGRAM_PROCESS = 2
PAIR = 1 << 32  # author * PAIR + viewer: one number for a pair


@dataclass(frozen=True)
class Trace:
    """A traced replicate, its posts chosen by platform and by the day they were posted.

    Attributes
    ----------
    record
        `_core.trace` as it is.
    graph
        The rows of the platform.
    platform
        Number of the platform, 0 LinkedIn to 3 X.
    days
        [first, end) of the run: posts of other days are left out.
    """

    record: Mapping[str, Any]
    graph: Graph
    platform: int
    days: tuple[int, int]

    @cached_property
    def company_post(self) -> Flags:
        """By post: company-related, on the platform, in the days."""
        posts = self.record["posts"]
        day = np.asarray(posts["day"], dtype=np.int64)
        chosen = np.asarray(posts["company"], dtype=np.bool_) & (np.asarray(posts["platform"]) == self.platform)
        return np.asarray(chosen & (day >= self.days[0]) & (day < self.days[1]), dtype=np.bool_)

    @cached_property
    def by_page(self) -> Flags:
        """By post: the page's."""
        return np.asarray(np.asarray(self.record["posts"]["process"]) == PAGE_PROCESS, dtype=np.bool_)

    @cached_property
    def posted(self) -> Ints:
        """Minute of the run, by post."""
        posts = self.record["posts"]
        return np.asarray(posts["day"], dtype=np.int64) * MINUTES_A_DAY + np.asarray(posts["minute"], dtype=np.int64)

    @cached_property
    def views(self) -> dict[str, Any]:
        """The views that were shown of the chosen posts, as arrays; minute, post, viewer, hop as int64."""
        raw = self.record["views"]
        kept = (np.asarray(raw["refusal"]) == SHOWN) & self.company_post[np.asarray(raw["post"], dtype=np.int64)]
        whole = {name: np.asarray(raw[name], dtype=np.int64)[kept] for name in ("post", "viewer", "minute", "hop")}
        return whole | {name: np.asarray(raw[name])[kept] for name in ("engaged", "clicked", "reshared", "attended")}

    @cached_property
    def from_page(self) -> Flags:
        """By view: of a post of the page."""
        return np.asarray(self.by_page[self.views["post"]], dtype=np.bool_)

    @cached_property
    def author(self) -> Ints:
        """By post."""
        return np.asarray(self.record["posts"]["author"], dtype=np.int64)

    @cached_property
    def first_degree(self) -> Flags:
        """By view: the viewer is a connection (follower) of the root's author, whatever the hop."""
        authors = np.unique(self.author[self.company_post])
        rows = np.array([self.graph.row_of_author(int(author)) for author in authors], dtype=np.int64)
        owner = np.repeat(authors, self.graph.degree[rows])
        known = np.sort(owner * PAIR + self.graph.neighbors(rows))
        return np.isin(self.author[self.views["post"]] * PAIR + self.views["viewer"], known)

    def followers(self) -> Ints:
        """Connections of the author (followers of the page), by post."""
        rows = np.where(self.author == self.graph.employees, self.graph.page, self.author)
        return self.graph.degree[rows]


def engagement_delays(trace: Trace) -> Floats:
    """Hours from the post to each engagement with an employee's post, at any hop."""
    return _delays(trace, trace.views["engaged"] & ~trace.from_page)


def first_hop_delays(trace: Trace) -> Floats:
    """Hours from an employee's post to each of its first-hop views."""
    return _delays(trace, (trace.views["hop"] == 1) & ~trace.from_page)


def _delays(trace: Trace, kept: Flags) -> Floats:
    """Hours to the middle of the minute in which it happened."""
    views = trace.views
    minutes = views["minute"][kept] - trace.posted[views["post"][kept]]
    return np.asarray((minutes + 0.5) / 60.0, dtype=np.float64)


def half_life(delays: Floats) -> float:
    """Median; NaN where nothing happened."""
    return float(np.median(delays)) if len(delays) else float("nan")


@dataclass(frozen=True)
class Audience:
    """Sums over posts of employees, or of the page, for shares of who saw, and engagements of first-degree viewers."""

    posts: int
    connections: int  # followers, summed over posts
    saw: int  # different connections, summed over posts, whatever the hop
    reached: int  # different persons, connections or not
    impressions: int
    engagements: int
    first_degree_engagements: int


def audience(trace: Trace, page: bool) -> Audience:
    """What the posts of employees (`page=False`) or of the page got."""
    posts = trace.company_post & (trace.by_page == page)
    views = trace.views
    mine = trace.from_page == page
    pair = views["post"] * PAIR + views["viewer"]
    engaged = views["engaged"] & mine
    return Audience(
        posts=int(posts.sum()),
        connections=int(trace.followers()[posts].sum()),
        saw=len(distinct(pair[mine & trace.first_degree])),
        reached=len(distinct(pair[mine])),
        impressions=int(mine.sum()),
        engagements=int(engaged.sum()),
        first_degree_engagements=int((engaged & trace.first_degree).sum()),
    )


@dataclass(frozen=True)
class PageReach:
    """Of every post of the page: people reached, views, people who engaged, the page's followers, and these alone."""

    reach: Ints
    impressions: Ints
    engaged: Ints
    followers: Ints
    followers_reached: Ints
    followers_engaged: Ints


def page_reach(trace: Trace) -> PageReach:
    """The page's posts one by one, every hop."""
    chosen = np.flatnonzero(trace.company_post & trace.by_page)
    views, number = trace.views, len(trace.author)
    post = views["post"]

    def different(kept: Flags) -> Ints:
        pairs = distinct(post[kept] * PAIR + views["viewer"][kept])
        return np.bincount(pairs // PAIR, minlength=number)[chosen].astype(np.int64)

    every = np.ones(len(post), dtype=np.bool_)
    impressions = np.bincount(post, minlength=number)[chosen].astype(np.int64)
    engaged, near = views["engaged"], trace.first_degree
    return PageReach(
        different(every), impressions, different(engaged), trace.followers()[chosen], different(near),
        different(engaged & near),
    )  # fmt: skip


def views_by_post(trace: Trace) -> tuple[Ints, Ints]:
    """Author and views, at any hop, of every company post of an employee."""
    chosen = np.flatnonzero(trace.company_post & ~trace.by_page)
    return trace.author[chosen], np.bincount(trace.views["post"], minlength=len(trace.author))[chosen].astype(np.int64)


@dataclass(frozen=True)
class MonthlyReach:
    """An entry for every advocate and calendar month."""

    unique: Ints  # connections who saw a company post of the advocate in the month, at any hop
    posts: Ints  # the advocate's company posts in it
    connections: Ints


def monthly_reach(trace: Trace, advocates: Ints, months: Sequence[tuple[int, int]]) -> MonthlyReach:
    """Unique connections reached by advocate and month; `months` are [first day, end day) of the run."""
    place = np.full(int(max(trace.author.max(), advocates.max())) + 1, -1, dtype=np.int64)
    place[advocates] = np.arange(len(advocates))
    who, views = place[trace.author], trace.views
    posted = np.asarray(trace.record["posts"]["day"], dtype=np.int64)
    day, mine = views["minute"] // MINUTES_A_DAY, who[views["post"]]
    unique, count = [], []
    for first, end in months:
        seen = (day >= first) & (day < end) & (mine >= 0) & trace.first_degree
        pairs = distinct(mine[seen] * PAIR + views["viewer"][seen]) // PAIR
        written = trace.company_post & (posted >= first) & (posted < end) & (who >= 0)
        unique.append(np.bincount(pairs, minlength=len(advocates)))
        count.append(np.bincount(who[written], minlength=len(advocates)))
    own = np.tile(trace.graph.degree[advocates], len(months))
    return MonthlyReach(np.concatenate(unique), np.concatenate(count), own)


def lift_by_exposures(record: Mapping[str, Any]) -> dict[int, Floats]:
    """The engine's awareness u of viewers, by how many attended exposures they have had (all hops and platforms)."""
    attended = np.asarray(record["views"]["viewer"])[np.asarray(record["views"]["attended"])]
    viewer = np.asarray(record["viewer"])
    times = np.bincount(attended, minlength=int(viewer.max(initial=0)) + 1)[viewer]
    lift = np.asarray(record["awareness"], dtype=np.float64)
    return {int(n): lift[times == n] for n in np.unique(times) if n > 0}


def first_small_increment(lift: Mapping[int, float], below: float = 0.01) -> int | None:
    """The first n whose exposure adds less than `below` of the attainable lift; None if there is none."""
    previous = 0.0
    for n in range(1, max(lift) + 1):
        if n not in lift:
            return None
        if lift[n] - previous < below:
            return n
        previous = lift[n]
    return None
