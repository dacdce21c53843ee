"""Engage, click, reshare, mute (docs/MODEL.md 4 Reactions, 4b Reactions and Fractional contagion)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .content import KINDS
from .philox import high, low, unit, view_word
from .records import FIRST_HOP, SURFACED, Post, View
from .showing import Showing
from .world_view import PLATFORMS, STRENGTHS, Parameters, WorldView


@dataclass
class Reactions:
    """What viewers do with what they look at; who did what already."""

    world: WorldView
    parameters: Parameters
    muted: dict[tuple[int, int, int], int] = field(default_factory=dict)  # (platform, carrier, viewer) -> day
    engaged: set[tuple[int, int]] = field(default_factory=set)  # (root, person)
    reshared: set[tuple[int, int]] = field(default_factory=set)  # (root, person)
    resharers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # of acts carried out

    def __post_init__(self) -> None:
        self._feed: Parameters = self.parameters["feed"]
        self._content: Parameters = self.parameters["content"]
        self._mean_degree = {p: graph.mean_degree() for p, graph in self.world.graphs.items()}

    def _platform(self, number: int) -> Parameters:
        platform: Parameters = self.parameters["platforms"][PLATFORMS[number]]
        return platform

    def muted_before(self, showing: Showing, viewer: int, day: int) -> bool:
        return self.muted.get((showing.platform, showing.carrier, viewer), day) < day

    def attention(self, showing: Showing) -> float:
        platform = self._platform(showing.platform)
        attention = float(platform["attention"])
        return attention / float(platform["attention_person_page_ratio"]) if showing.by_page else attention

    def react(self, post: Post, view: View, showing: Showing, day: int, n7: int) -> None:
        """Fills the record of an attended view; n7 includes this impression."""
        viewer = int(self.world.viewers[view.viewer])
        one, two = view_word(showing.key, viewer, 1), view_word(showing.key, viewer, 2)
        once = (post.number, view.viewer)
        if once not in self.engaged:
            view.engaged = self._happens("engage", showing, low(one), self._factor("engage", post, view, showing))
        if post.link:
            view.clicked = self._happens("click", showing, high(one), self._factor("click", post, view, showing))
        if once not in self.reshared:
            odds = self._factor("reshare", post, view, showing) * self._contagion(post, view)
            view.reshared = self._happens("reshare", showing, low(two), odds)
        mute = (showing.platform, showing.carrier, view.viewer)
        if mute not in self.muted:  # a second mute of the day changes nothing
            view.muted = self._happens("mute", showing, high(two), self._mute_factor(post, view, n7))
        if view.engaged:
            self.engaged.add(once)
        if view.reshared:
            self.reshared.add(once)
        if view.muted:
            self.muted[mute] = day

    def _happens(self, reaction: str, showing: Showing, bits: int, factor: float) -> bool:
        platform = self._platform(showing.platform)
        author = "page" if showing.by_page else "person"
        base = platform[reaction]
        if showing.by_page and reaction != "mute":
            base *= platform["page_reaction_ratio"]
        x = base / self.attention(showing) * platform["constants"][f"{reaction}_{author}"] * factor
        return bool(unit(bits) < x * (1 - unit(bits)))

    def _factor(self, reaction: str, post: Post, view: View, showing: Showing) -> float:
        """Post x viewer x tie x repeat x decay over hops, for engage, click and reshare."""
        content, feed = self._content, self._feed
        factor: float = content[f"{reaction}_multiplier"][KINDS[post.kind]]
        factor *= content[f"deal_{reaction}"] if post.deal else 1.0
        if reaction != "reshare":
            factor *= content[f"call_to_action_{reaction}"] if post.call_to_action else 1.0
        factor *= showing.persuasion ** feed["persuasion_exponent"] * post.authenticity * showing.credibility
        appeal = post.appeal_reshare if reaction == "reshare" else post.appeal_engage
        factor *= appeal ** (feed["appeal_shrink"] ** (view.hop - 1))
        affinity, susceptibility, propensity = self.world.traits(view.viewer)
        factor *= susceptibility * propensity * affinity ** feed[f"affinity_{reaction}"]
        factor *= self._endorsement(view, showing)
        floor = feed["repeat_floor"]
        factor *= floor + (1 - floor) * 0.5**view.repeats
        return float(factor * self._platform(showing.platform)["reaction_decay"] ** (view.hop - 1))

    def _endorsement(self, view: View, showing: Showing) -> float:
        strength = STRENGTHS[view.strength]
        if strength == "page":
            assert showing.kind == FIRST_HOP
            return 1.0
        endorsement = float(self._platform(showing.platform)[f"endorsement_{strength}"])
        return 1 + (endorsement - 1) / 2 if showing.kind == SURFACED else endorsement

    def _contagion(self, post: Post, view: View) -> float:
        """1, or by the fraction of the viewer's neighbors who posted or reshared the root before."""
        if not self._feed["fractional_contagion"]:
            return 1.0
        neighbors = self.world.graphs[post.platform].neighbors(view.viewer)
        sources = set(self.resharers[post.number])
        if post.author < self.world.employees:
            sources.add(post.author)
        n = max(1, len(sources.intersection(neighbors)))
        return n / max(1, len(neighbors)) * self._mean_degree[post.platform]

    def _mute_factor(self, post: Post, view: View, n7: int) -> float:
        promotional = self._platform(post.platform)["mute_promotional"] if post.promotional else 1.0
        affinity = self.world.traits(view.viewer)[0]
        frequency = 1 + self._feed["mute_frequency"] * n7 / self._feed["viewer_limit"]
        return float(promotional * affinity ** self._feed["affinity_mute"] * frequency)
