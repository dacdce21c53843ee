"""Candidates, moments, what is shown, and reactions (docs/MODEL.md 4)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from .content import KINDS
from .philox import Streams, high, low, unit, view_hashes, view_word
from .records import PROGRAM, REFUSED_LIMIT_OR_COPIES, REFUSED_MUTED, Post, View
from .world_view import MINUTES_A_DAY, STRENGTHS, Parameters, WorldView, trait_value, visibility_value

DAILY_CAP = 15
COPIES_CAP = 255
PERSON_BITS = 2**24 - 1


def same_day_factor(ordinal: int, feed: Parameters) -> float:
    if ordinal == 1:
        return 1.0
    return float(feed["same_day_second" if ordinal == 2 else "same_day_third"])


def threshold(probability: float) -> int:
    scaled = probability * 2.0**32
    return 2**32 - 1 if scaled >= 2**32 - 1 else math.floor(scaled)


def delay_minutes(uniform: float, platform: Parameters) -> int:
    """Minutes from a post to a view: median `half_life_hours`, cut at `view_cut_days`."""
    cut = platform["view_cut_days"] * MINUTES_A_DAY
    half_life = platform["half_life_hours"] * 60
    scale = 0.5 * cut * half_life / (0.5 * cut - half_life)
    u = uniform * cut / (cut + scale)
    return int(scale * u / (1 - u))


@dataclass
class Feed:
    """The running counts of all viewers."""

    world: WorldView
    parameters: Parameters
    streams: Streams
    shown_on: dict[tuple[int, int], int] = field(default_factory=dict)  # (viewer, day) -> impressions
    copies: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (viewer, item) -> c, day
    repeats: dict[tuple[int, int], tuple[float, int]] = field(default_factory=dict)  # -> n, day
    muted: dict[tuple[int, int], int] = field(default_factory=dict)  # (author, viewer) -> day

    def __post_init__(self) -> None:
        self._feed: Parameters = self.parameters["feed"]
        self._platform: Parameters = self.parameters["platforms"]["linkedin"]
        self._content: Parameters = self.parameters["content"]

    def is_page(self, post: Post) -> bool:
        return post.author == self.world.employees

    def candidates(self, post: Post) -> list[View]:
        """The ties of a post's author that are shown the post unless something stops it."""
        words = self.world.row(post.author)
        hazards = self._hazards(post)
        limits = np.array([[threshold(1 - math.exp(-x)) for x in row] for row in hazards], dtype=np.uint64)
        viewers = words & np.uint32(PERSON_BITS)
        classes = (words >> np.uint32(24)) & np.uint32(31)
        strengths = (words >> np.uint32(29)) & np.uint32(3)
        key = self.streams.post_key(post.identity)
        hashes = view_hashes(key, viewers)
        chosen = np.flatnonzero(hashes.astype(np.uint64) < limits[strengths, classes])
        views = []
        for i in chosen:
            viewer = int(viewers[i])
            uniform = unit(low(view_word(key, viewer, 0)))
            hazard = hazards[strengths[i]][classes[i]]
            resistance = -math.log(1 - unit(int(hashes[i]))) / hazard
            moment = post.moment + delay_minutes(uniform, self._platform)
            views.append(View(post.number, viewer, moment, resistance, int(strengths[i])))
        return views

    def _hazards(self, post: Post) -> list[list[float]]:
        """[strength][visibility class] of a post: rate x value x strength x g."""
        audience = self.parameters["audience"]
        strength = {"weak": audience["weak_tie"], "strong": audience["strong_tie"], "page": 1.0}
        rate = self._platform["constants"]["page_rate" if self.is_page(post) else "person_rate"]
        g = post.credibility * same_day_factor(post.ordinal, self._feed)
        return [[rate * visibility_value(c) * strength[s] * g for c in range(32)] for s in STRENGTHS]

    def resolve(self, post: Post, view: View) -> None:
        """The moment of a view has come: shown or not, attended or not, reactions. Fills the record."""
        day = view.moment // MINUTES_A_DAY
        if self.muted.get((post.author, view.viewer), day) < day:
            view.reason = REFUSED_MUTED
            return
        view.n7 = self._week_count(view.viewer, day)
        view.copies = self._copies(post, view.viewer, day)
        if not self._visible(post, view):
            view.reason = REFUSED_LIMIT_OR_COPIES
            return
        view.shown = True
        count = self.shown_on.get((view.viewer, day), 0)
        self.shown_on[view.viewer, day] = min(DAILY_CAP, count + 1)
        if post.verbatim_item:
            self.copies[view.viewer, post.item] = min(COPIES_CAP, view.copies + 1), day
        key = self.streams.post_key(post.identity)
        view.attended = high(view_word(key, view.viewer, 0)) < threshold(self.attention(post))
        if view.attended:
            view.repeats = self._repeats(post, view.viewer, day)
            self._react(post, view, key, day)
            if post.process == PROGRAM:
                self.repeats[view.viewer, post.item] = float(np.float32(view.repeats + 1)), day

    def _week_count(self, viewer: int, day: int) -> int:
        return sum(self.shown_on.get((viewer, day - back), 0) for back in range(7))

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

    def attention(self, post: Post) -> float:
        attention = float(self._platform["attention"])
        ratio = float(self._platform["attention_person_page_ratio"])
        return attention / ratio if self.is_page(post) else attention

    def _react(self, post: Post, view: View, key: int, day: int) -> None:
        one, two = view_word(key, view.viewer, 1), view_word(key, view.viewer, 2)
        view.engaged = self._happens("engage", post, unit(low(one)), self._factor("engage", post, view))
        if post.link:
            view.clicked = self._happens("click", post, unit(high(one)), self._factor("click", post, view))
        view.reshared = self._happens("reshare", post, unit(low(two)), self._factor("reshare", post, view))
        if (post.author, view.viewer) not in self.muted:  # a second mute of the day changes nothing
            view.muted = self._happens("mute", post, unit(high(two)), self._mute_factor(post, view, day))
        if view.muted:
            self.muted[post.author, view.viewer] = day

    def _happens(self, reaction: str, post: Post, uniform: float, factor: float) -> bool:
        author = "page" if self.is_page(post) else "person"
        base = self._platform[reaction]
        if author == "page" and reaction != "mute":
            base *= self._platform["page_reaction_ratio"]
        x = base / self.attention(post) * self._platform["constants"][f"{reaction}_{author}"] * factor
        return bool(uniform < x * (1 - uniform))

    def _factor(self, reaction: str, post: Post, view: View) -> float:
        """Post x viewer x tie x repeat, for engage, click and reshare."""
        content, feed = self._content, self._feed
        persuasion = 1.0 if self.is_page(post) else self.world.persuasion[post.author]
        factor: float = content[f"{reaction}_multiplier"][KINDS[post.kind]]
        factor *= content[f"deal_{reaction}"] if post.deal else 1.0
        if reaction != "reshare":
            factor *= content[f"call_to_action_{reaction}"] if post.call_to_action else 1.0
        factor *= persuasion ** feed["persuasion_exponent"] * post.authenticity * post.credibility
        factor *= post.appeal_reshare if reaction == "reshare" else post.appeal_engage
        affinity, susceptibility, propensity = self.traits(view.viewer)
        factor *= susceptibility * propensity * affinity ** feed[f"affinity_{reaction}"]
        strength = STRENGTHS[view.strength]
        factor *= 1.0 if strength == "page" else self._platform[f"endorsement_{strength}"]
        floor = feed["repeat_floor"]
        return factor * float(floor + (1 - floor) * 0.5**view.repeats)

    def _mute_factor(self, post: Post, view: View, day: int) -> float:
        promotional = self._platform["mute_promotional"] if post.promotional else 1.0
        affinity = self.traits(view.viewer)[0]
        n7 = self._week_count(view.viewer, day)  # this impression included
        frequency = 1 + self._feed["mute_frequency"] * n7 / self._feed["viewer_limit"]
        return float(promotional * affinity ** self._feed["affinity_mute"] * frequency)

    def traits(self, viewer: int) -> tuple[float, float, float]:
        """Affinity, susceptibility, propensity."""
        levels = self.world.persons[viewer]
        return trait_value(int(levels[1])), trait_value(int(levels[2])), trait_value(int(levels[3]))
