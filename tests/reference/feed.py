"""Candidates, moments, what is shown and attended (docs/MODEL.md 4, and 4b Who and When)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .philox import Streams, high, low, unit, view_hashes, view_word
from .reactions import Reactions
from .records import FIRST_HOP, PROGRAM, REFUSED_LIMIT_OR_COPIES, REFUSED_MUTED, RESHARED, Act, Post, View
from .showing import Showing
from .world_view import (
    MINUTES_A_DAY,
    PERSON_BITS,
    PLATFORMS,
    STRENGTHS,
    Parameters,
    WorldView,
    visibility_value,
)

DAILY_CAP = 15
COPIES_CAP = 255


def same_day_factor(ordinal: int, feed: Parameters) -> float:
    if ordinal == 1:
        return 1.0
    return float(feed["same_day_second" if ordinal == 2 else "same_day_third"])


def threshold(probability: float) -> int:
    scaled = probability * 2.0**32
    return 2**32 - 1 if scaled >= 2**32 - 1 else math.floor(scaled)


def delay_minutes(uniform: float, half_life_hours: float, platform: Parameters) -> int:
    """Minutes from a post or act to a view: the median is the half-life, cut at `view_cut_days`."""
    cut = platform["view_cut_days"] * MINUTES_A_DAY
    half_life = half_life_hours * 60
    scale = 0.5 * cut * half_life / (0.5 * cut - half_life)
    u = uniform * cut / (cut + scale)
    return int(scale * u / (1 - u))


def slice_minutes(platform: Parameters) -> int:
    """How finely the days of a platform are cut."""
    hours = platform["half_life_hours"]
    if hours >= 10:
        return 60
    return max([1] + [d for d in range(1, 61) if 60 % d == 0 and d <= hours * 60 / 20])


def first_minute_after(minute: int, slice_length: int) -> int:
    """The first minute of the slice after the one that a minute is in."""
    return (minute // slice_length + 1) * slice_length


@dataclass
class Feed:
    """The running counts of all viewers."""

    world: WorldView
    parameters: Parameters
    streams: Streams
    shown_on: dict[tuple[int, int, int], int] = field(default_factory=dict)  # (platform, viewer, day) -> views
    copies: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (viewer, item) -> c, day
    repeats: dict[tuple[int, int], tuple[float, int]] = field(default_factory=dict)  # -> n, day

    def __post_init__(self) -> None:
        self._feed: Parameters = self.parameters["feed"]
        self.reactions = Reactions(self.world, self.parameters)
        self._strength = {
            "weak": self.parameters["audience"]["weak_tie"],
            "strong": self.parameters["audience"]["strong_tie"],
            "page": 1.0,
        }

    def _platform(self, post: Post) -> Parameters:
        platform: Parameters = self.parameters["platforms"][PLATFORMS[post.platform]]
        return platform

    def candidates_of_post(self, post: Post, showing: Showing) -> list[View]:
        """The ties of a post's author that are shown the post unless something stops it."""
        platform = self._platform(post)
        rate = platform["constants"]["page_rate" if showing.by_page else "person_rate"]
        g = post.credibility * same_day_factor(post.ordinal, self._feed) * post.appeal_visibility
        hazards = [[rate * visibility_value(c) * self._strength[s] * g for c in range(32)] for s in STRENGTHS]
        words = self.world.author_row(post.author, post.platform)
        key = self.streams.view_key(post.identity)
        views = []
        for viewer, strength, resistance in _candidates(words, self.world.viewers, key, hazards):
            uniform = unit(low(view_word(key, int(self.world.viewers[viewer]), 0)))
            moment = post.moment + delay_minutes(uniform, platform["half_life_hours"], platform)
            views.append(View(post.number, FIRST_HOP, post.rank, 1, viewer, moment, resistance, strength))
        return views

    def visibility(self, post: Post, person: int, kind: int, hop: int) -> float:
        """What takes the place of rate x g for the views of an act set off by a view of some hop."""
        platform = self._platform(post)
        decay = platform["surfacing_decay"] ** (hop - 1)
        if kind == RESHARED:
            return float(platform["constants"]["reshare_rate"] * platform["reshare_views"] * decay)
        total = 0.0
        for word in self.world.graphs[post.platform].row(person).tolist():
            total += visibility_value(word >> 24 & 31) * self._strength[STRENGTHS[word >> 29 & 3]]
        return float(platform["surfaced_views"] * decay / total) if total > 0 else 0.0

    def candidates_of_act(self, post: Post, act: Act, showing: Showing) -> list[View]:
        """Neighbors of the person who acted, without the root's author and the carrier."""
        platform = self._platform(post)
        factors = [[act.visibility * visibility_value(c) * self._strength[s] for c in range(32)] for s in STRENGTHS]
        words = self.world.graphs[post.platform].row(act.person)
        actor = int(self.world.viewers[act.person])
        key = self.streams.view_key(post.identity, actor, 2 if act.kind == RESHARED else 1)
        earliest = first_minute_after(act.minute, slice_minutes(platform))
        author = None if post.author == self.world.employees else post.author
        views = []
        for viewer, strength, resistance in _candidates(words, self.world.viewers, key, factors):
            if viewer in (author, showing.carrier):
                continue
            uniform = unit(low(view_word(key, int(self.world.viewers[viewer]), 0)))
            delay = delay_minutes(uniform, platform["later_half_life_hours"], platform)
            moment = max(act.minute + delay, earliest)
            views.append(View(post.number, act.number, act.rank, act.hop, viewer, moment, resistance, strength))
        return views

    def resolve(self, post: Post, view: View, showing: Showing) -> None:
        """The moment of a view has come: shown or not, attended or not, reactions. Fills the record."""
        day = view.moment // MINUTES_A_DAY
        if self.reactions.muted_before(showing, view.viewer, day):
            view.reason = REFUSED_MUTED
            return
        view.n7 = self._week_count(post.platform, view.viewer, day)
        view.copies = self._copies(post, view.viewer, day)
        if not self._visible(post, view):
            view.reason = REFUSED_LIMIT_OR_COPIES
            return
        view.shown = True
        count = self.shown_on.get((post.platform, view.viewer, day), 0)
        self.shown_on[post.platform, view.viewer, day] = min(DAILY_CAP, count + 1)
        if post.verbatim_item:
            self.copies[view.viewer, post.item] = min(COPIES_CAP, view.copies + 1), day
        attention = high(view_word(showing.key, int(self.world.viewers[view.viewer]), 0))
        view.attended = attention < threshold(self.reactions.attention(showing))
        if view.attended:
            view.repeats = self._repeats(post, view.viewer, day)
            n7 = self._week_count(post.platform, view.viewer, day)  # this impression included
            self.reactions.react(post, view, showing, day, n7)
            if post.process == PROGRAM:
                self.repeats[view.viewer, post.item] = float(np.float32(view.repeats + 1)), day

    def _week_count(self, platform: int, viewer: int, day: int) -> int:
        return sum(self.shown_on.get((platform, viewer, day - back), 0) for back in range(7))

    def _copies(self, post: Post, viewer: int, day: int) -> int:
        """Verbatim showings of the item to the viewer so far; 0 for a post that is no copy."""
        if not post.verbatim_item:
            return 0
        count, last = self.copies.get((viewer, post.item), (0, day))
        return count if day - last <= self._feed["memory_days"] else 0

    def _repeats(self, post: Post, viewer: int, day: int) -> float:
        """Attended exposures of the viewer to the item before now, decayed."""
        if post.process != PROGRAM:
            return 0.0
        n, last = self.repeats.get((viewer, post.item), (0.0, day))
        if day - last > self._feed["memory_days"]:
            return 0.0
        return float(n * 2 ** (-(day - last) / self._feed["repeat_half_life_days"]))

    def _visible(self, post: Post, view: View) -> bool:
        q = self._feed["identical_copy"] ** view.copies if post.verbatim_item else 1.0
        nothing_in_the_way = view.n7 == 0 and q == 1
        pressure = view.resistance * (1 + view.n7 / self._feed["viewer_limit"])
        return bool(nothing_in_the_way or pressure < q)


def _candidates(
    words: npt.NDArray[np.uint32], numbers: npt.NDArray[np.uint32], key: int, hazards: list[list[float]]
) -> list[tuple[int, int, float]]:
    """(viewer, strength, resistance) of a row's ties that pass their threshold; hazards[strength][class]."""
    limits = np.array([[threshold(1 - math.exp(-x)) for x in row] for row in hazards], dtype=np.uint64)
    viewers = words & np.uint32(PERSON_BITS)
    classes = (words >> np.uint32(24)) & np.uint32(31)
    strengths = (words >> np.uint32(29)) & np.uint32(3)
    hashes = view_hashes(key, numbers[viewers])
    chosen = np.flatnonzero(hashes.astype(np.uint64) < limits[strengths, classes])
    return [
        (
            int(viewers[i]),
            int(strengths[i]),
            -math.log(1 - unit(int(hashes[i]))) / hazards[strengths[i]][classes[i]],
        )
        for i in chosen
    ]
