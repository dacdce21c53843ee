"""One replicate, day by day: posting, feeds slice by slice, authors, record (docs/MODEL.md 1)."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from .awareness import Awareness
from .credibility import Credibility
from .feed import Feed, slice_minutes
from .philox import Streams
from .posting import Posting
from .records import FIRST_HOP, RESHARED, SURFACED, Act, Post, Trace, View
from .showing import Showing, showing_of_act, showing_of_post
from .world_view import MINUTES_A_DAY, PLATFORMS, Design, Parameters, WorldView

MOST_HOPS = 15


def run(world: WorldView, parameters: Parameters, design: Design, replicate: int) -> Trace:
    """Everything that happens in one replicate. Candidates whose moment is after the run are left out."""
    streams = Streams(world.seed, world.index, replicate)
    replica = _Replica(world, parameters, design, streams)
    for day in range(design.days):
        replica.day(day)
    trace = replica.trace
    awareness = replica.awareness
    trace.u, trace.touched, trace.favorability = awareness.u, awareness.touched, awareness.favorability
    trace.credibility = [author.value() for author in replica.authors]
    trace.displaced = replica.posting.displaced
    return trace


def days_slice(parameters: Parameters, world: WorldView) -> int:
    """Minutes of the slices in which days are processed."""
    return math.gcd(*(slice_minutes(parameters["platforms"][PLATFORMS[p]]) for p in world.graphs))


@dataclass
class _Replica:
    """The state of one replicate."""

    world: WorldView
    parameters: Parameters
    design: Design
    streams: Streams
    trace: Trace = field(default_factory=Trace)
    waiting: dict[int, list[View]] = field(default_factory=lambda: defaultdict(list))  # by slice of the run
    showings: dict[int, Showing] = field(default_factory=dict)  # by rank: number of the post or act

    def __post_init__(self) -> None:
        self.posting = Posting(self.world, self.parameters, self.design, self.streams)
        self.feed = Feed(self.world, self.parameters, self.streams)
        self.awareness = Awareness(self.world, self.parameters["awareness"])
        self.authors = [Credibility(self.parameters["credibility"]) for _ in range(self.world.employees)]
        self.slice = days_slice(self.parameters, self.world)

    def day(self, day: int) -> None:
        posts = self._post(day) if day < self.design.horizon_end else {}
        for number in range(day * MINUTES_A_DAY // self.slice, (day + 1) * MINUTES_A_DAY // self.slice):
            acts = self._show(self.waiting.pop(number, []))
            for act in acts:
                self._carry_out(act)
        for author, made in posts.items():
            if author < self.world.employees:
                self.authors[author].end_of_day(day, made)
        self.awareness.end_of_day()
        if day % 7 == 6:
            self.trace.weekly_u.append(list(self.awareness.segment_u))
            self.trace.weekly_awareness.append(self.awareness.awareness_levels())
            self.trace.weekly_favorability.append(self.awareness.favorability_levels())

    def _post(self, day: int) -> dict[int, list[Post]]:
        """The posts of a day by author (the page last), numbered, with the credibility of the morning."""
        posts = {}
        for author in range(self.world.employees + 1):
            posts[author] = self.posting.posts_of(author, day)
            for post in posts[author]:
                post.number = len(self.trace.posts)
                post.rank = post.number + len(self.trace.acts)
                post.credibility = self._credibility(author)
                self.trace.posts.append(post)
                if post.company:
                    showing = showing_of_post(post, self.world, self.streams)
                    self.showings[post.rank] = showing
                    self._wait(self.feed.candidates_of_post(post, showing))
        return posts

    def _credibility(self, author: int) -> float:
        """Of this morning; 1 of the page and of persons who are not employees."""
        return self.authors[author].value() if author < self.world.employees else 1.0

    def _wait(self, views: list[View]) -> None:
        for view in views:
            self.waiting[view.moment // self.slice].append(view)

    def _show(self, views: list[View]) -> list[Act]:
        """The views of a slice in the order (minute, number of post or act); the acts they set off."""
        acts = []
        for view in sorted(views, key=lambda v: (v.moment, v.rank, v.viewer)):
            post, showing = self.trace.posts[view.post], self.showings[view.rank]
            self.feed.resolve(post, view, showing)
            self.trace.views.append(view)
            if view.attended:
                _, susceptibility, _ = self.world.traits(view.viewer)
                weight = showing.persuasion * susceptibility * post.authenticity
                self.awareness.attend(view.viewer, view.moment, weight)
            for kind, happened in ((SURFACED, view.engaged), (RESHARED, view.reshared)):
                if happened:
                    acts.append(self._act(view, post, kind))
        return acts

    def _act(self, view: View, post: Post, kind: int) -> Act:
        act = Act(
            number=len(self.trace.acts),
            rank=len(self.trace.posts) + len(self.trace.acts),
            post=post.number,
            parent=view.act,
            person=view.viewer,
            minute=view.moment,
            hop=min(view.hop + 1, MOST_HOPS),
            kind=kind,
            visibility=self.feed.visibility(post, view.viewer, kind, view.hop),
        )
        self.trace.acts.append(act)
        return act

    def _carry_out(self, act: Act) -> None:
        """Shows the post to the neighbors of who acted."""
        post = self.trace.posts[act.post]
        came_by = post.rank if act.parent == FIRST_HOP else self.trace.acts[act.parent].rank
        credibility = self._credibility(act.person)
        parent = self.showings[came_by]
        showing = showing_of_act(act, post, parent, credibility, self.world, self.streams)
        self.showings[act.rank] = showing
        self._wait(self.feed.candidates_of_act(post, act, showing))
        if act.kind == RESHARED:
            self.feed.reactions.resharers[post.number].add(act.person)
