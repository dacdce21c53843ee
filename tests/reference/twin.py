"""One replicate, day by day, in the phases of docs/MODEL.md 1; feeds slice by slice."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from .amplification import Amplification, amplifications
from .awareness import Awareness
from .credibility import Credibility
from .feed import Feed, slice_minutes
from .participation import Participation
from .philox import Streams
from .posting import Posting
from .records import (
    ACTIVE,
    DORMANT,
    FIRST_HOP,
    PAGE,
    PROGRAM,
    RESHARED,
    SURFACED,
    Act,
    Levels,
    MemberDay,
    Post,
    Step,
    Trace,
    View,
)
from .retention import Exits
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
    trace.steps = [Step(*step) for step in replica.people.steps]
    return trace


def days_slice(parameters: Parameters, world: WorldView) -> int:
    """Minutes of the slices in which days are processed."""
    return math.gcd(*(slice_minutes(parameters["platforms"][PLATFORMS[p]]) for p in world.graphs))


class _Deed(NamedTuple):
    """What will be an act; the first four fields are the order in which the acts of a slice are numbered."""

    minute: int
    rank: int  # of the post or act that was seen
    person: int
    kind: int
    post: int
    parent: int
    hop: int  # of what was seen
    without_view: bool


@dataclass
class _Replica:
    """The state of one replicate."""

    world: WorldView
    parameters: Parameters
    design: Design
    streams: Streams
    trace: Trace = field(default_factory=Trace)
    waiting: dict[int, list[View]] = field(default_factory=lambda: defaultdict(list))  # by slice of the run
    amplifying: dict[int, list[Amplification]] = field(default_factory=lambda: defaultdict(list))  # the same
    showings: dict[int, Showing] = field(default_factory=dict)  # by rank: number of the post or act

    def __post_init__(self) -> None:
        self.people = Participation(self.world, self.design, self.parameters, self.streams)
        self.exits = Exits(self.world, self.design, self.parameters, self.streams)
        self.posting = Posting(self.world, self.parameters, self.design, self.streams, self.people)
        self.feed = Feed(self.world, self.parameters, self.streams)
        self.awareness = Awareness(self.world, self.parameters["awareness"])
        self.authors = [Credibility(self.parameters["credibility"]) for _ in range(self.world.employees)]
        self.slice = days_slice(self.parameters, self.world)

    def day(self, day: int) -> None:
        if day in self.design.horizon:
            self._workforce(day)
        if self.design.program_begin <= day < self.design.horizon_end:
            settings = self.design.settings(day)
            if day == self.design.horizon_begin and self.design.running is not None and self.design.running.stops:
                self.people.stop()
            if settings is not None:
                self.people.day(day, settings)
            self.trace.members.append([self._member_day(i, day) for i in range(self.world.employees)])
        posts = self._post(day) if day < self.design.horizon_end else {}
        for number in range(day * MINUTES_A_DAY // self.slice, (day + 1) * MINUTES_A_DAY // self.slice):
            deeds = self._show(self.waiting.pop(number, []))
            deeds += self._amplify(self.amplifying.pop(number, []))
            for act in [self._act(deed) for deed in sorted(deeds)]:
                self._carry_out(act)
        for author, made in posts.items():
            if author < self.world.employees:
                self.authors[author].end_of_day(day, made)
                of_program = sum(post.process == PROGRAM for post in made)
                self.people.motivation.fatigue.end_of_day(author, day, of_program)
        self.awareness.end_of_day()
        self._record_levels()

    def _workforce(self, day: int) -> None:
        today = day - self.design.horizon_begin
        for employee, person in enumerate(self.people.people):
            if person.left:
                continue
            if self.exits.leaves(employee, today, self.people.satisfaction(employee), person.coerced):
                self.people.leave(employee, today)

    def _member_day(self, employee: int, day: int) -> MemberDay:
        person = self.people.people[employee]
        fatigue = self.people.motivation.fatigue.on(employee, day) if employee not in self.people.advocates else 0.0
        return MemberDay(person.state, person.motivation, fatigue, person.coerced, person.trained)

    def _record_levels(self) -> None:
        self.trace.daily_u.append(list(self.awareness.segment_u))
        self.trace.daily_rise.append(list(self.awareness.segment_rise))
        self.trace.daily_awareness.append(self.awareness.awareness_levels())
        self.trace.daily_favorability.append(self.awareness.favorability_levels())
        here = [i for i, person in enumerate(self.people.people) if not person.left]
        states = [self.people.people[i].state for i in here]
        satisfaction = sum(self.people.satisfaction(i) for i in here) / len(here) if here else 0.0
        dormant = states.count(DORMANT)
        self.trace.levels.append(Levels(satisfaction, len(here), states.count(ACTIVE) + dormant, dormant))

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
                self.people.motivation.responses.posted(post)
                if post.company:
                    showing = showing_of_post(post, self.world, self.streams)
                    self.showings[post.rank] = showing
                    self._wait(self.feed.candidates_of_post(post, showing))
                if post.process == PAGE:
                    self._plan_amplification(post)
        return posts

    def _plan_amplification(self, post: Post) -> None:
        settings = self.design.settings(post.day)
        if settings is None:
            return
        for one in amplifications(post, settings, self.people, self.streams, self.parameters):
            self.trace.amplified[post.day] += 1
            self.amplifying[one.minute // self.slice].append(one)

    def _credibility(self, author: int) -> float:
        """Of this morning; 1 of the page and of persons who are not employees."""
        return self.authors[author].value() if author < self.world.employees else 1.0

    def _wait(self, views: list[View]) -> None:
        for view in views:
            self.waiting[view.moment // self.slice].append(view)

    def _show(self, views: list[View]) -> list[_Deed]:
        """The views of a slice in the order (minute, number of post or act); what they make people do."""
        deeds = []
        for view in sorted(views, key=lambda v: (v.moment, v.rank, v.viewer)):
            post, showing = self.trace.posts[view.post], self.showings[view.rank]
            self.feed.resolve(post, view, showing)
            self.trace.views.append(view)
            if view.attended:
                _, susceptibility, _ = self.world.traits(view.viewer)
                weight = float(np.float32(showing.persuasion * post.authenticity)) * susceptibility
                authenticity = float(np.float32(post.authenticity))
                view.exposures = self.awareness.attend(
                    view.viewer, view.moment, weight, authenticity, negative=post.negative
                )
            if view.engaged:
                self.people.motivation.responses.engaged(post, view.moment // MINUTES_A_DAY)
            deeds += [
                _Deed(view.moment, view.rank, view.viewer, kind, post.number, view.act, view.hop, without_view=False)
                for kind, happened in ((SURFACED, view.engaged), (RESHARED, view.reshared))
                if happened
            ]
        return deeds

    def _amplify(self, ones: list[Amplification]) -> list[_Deed]:
        """The employees who amplify the page in a slice, after its views; nobody does anything twice."""
        deeds = []
        reactions = self.feed.reactions
        for one in sorted(ones, key=lambda a: (a.minute, a.rank, a.employee)):
            for kind, done, wanted in (
                (SURFACED, reactions.engaged, True),
                (RESHARED, reactions.reshared, one.reshares),
            ):
                if wanted and (one.post, one.employee) not in done:
                    done.add((one.post, one.employee))
                    deeds.append(
                        _Deed(one.minute, one.rank, one.employee, kind, one.post, FIRST_HOP, 1, without_view=True)
                    )
        return deeds

    def _act(self, deed: _Deed) -> Act:
        act = Act(
            number=len(self.trace.acts),
            rank=len(self.trace.posts) + len(self.trace.acts),
            post=deed.post,
            parent=deed.parent,
            person=deed.person,
            minute=deed.minute,
            hop=min(deed.hop + 1, MOST_HOPS),
            kind=deed.kind,
            visibility=self.feed.visibility(self.trace.posts[deed.post], deed.person, deed.kind, deed.hop),
        )
        self.trace.acts.append(act)
        if deed.without_view:
            self.trace.amplifying_acts.add(act.number)
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
