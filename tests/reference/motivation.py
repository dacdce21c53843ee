"""What keeps a member going: novelty, recognition, responses, rest (docs/MODEL.md 2b, Motivation and Fatigue)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from .content import visibility_log_sd
from .philox import WORD, Streams, unit
from .program import Settings
from .records import Post
from .world_view import PERSON_BITS, PLATFORMS, STRENGTHS, Parameters, WorldView, visibility_value

MEMORY_DAYS = 28
POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(8)  # Gauss and Hermite, for means over a standard normal


def novelty(days: int, participation: Parameters) -> float:
    """A: falls from 1 to 1/2 in the weeks after joining."""
    return float(0.5 + 0.5 * 2 ** (-(days / 7) / participation["novelty_half_life_weeks"]))


def recognition_term(now: float, most: float, fresh: float, participation: Parameters) -> float:
    """r of who responds to recognition: what there is, less the offense at what was taken away."""
    offense = (1 - participation["motivation_after_removal"]) * fresh * (most - now)
    return float(participation["recognition_motivation"] * now - offense)


def mean_shown(hazard: float, log_sd: float) -> float:
    """Mean of 1 - exp(-hazard A) over a lognormal A of mean 1."""
    appeal = np.exp(log_sd * POINTS - log_sd**2 / 2)
    return float(np.dot(WEIGHTS, 1 - np.exp(-hazard * appeal)) / WEIGHTS.sum())


@dataclass
class Responses:
    """Engagements with the company-related posts of each employee, and what the own network would give."""

    world: WorldView
    parameters: Parameters
    engagements: Counter[tuple[int, int]] = field(default_factory=Counter)  # (author, day)
    expected: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))

    def posted(self, post: Post) -> None:
        if post.company and post.author < self.world.employees:
            engage = self.parameters["platforms"][PLATFORMS[post.platform]]["engage"]
            self.expected[post.author, post.day] += self.own_views(post.author, post.platform) * engage

    def engaged(self, post: Post, day: int) -> None:
        self.engagements[post.author, day] += 1

    def own_views(self, author: int, platform: int) -> float:
        """V: views of a post by the own ties at credibility 1, in the mean over visibility appeal."""
        rate = self.parameters["platforms"][PLATFORMS[platform]]["constants"]["person_rate"]
        audience = self.parameters["audience"]
        log_sd = visibility_log_sd(False, self.parameters["content"])
        views = 0.0
        for word in self.world.graphs[platform].row(author).tolist():
            assert word & PERSON_BITS != author
            strength = audience[f"{STRENGTHS[word >> 29 & 3]}_tie"]
            views += mean_shown(rate * visibility_value(word >> 24 & 31) * strength, log_sd)
        return views

    def term(self, author: int, day: int) -> float:
        """Of the four weeks before a day of the run."""
        days = range(day - MEMORY_DAYS, day)
        expected = sum(self.expected[author, d] for d in days)
        if expected == 0:
            return 0.0
        ratio = sum(self.engagements[author, d] for d in days) / expected
        return float(self.parameters["participation"]["feedback"] * math.log(1 + ratio))


@dataclass
class Fatigue:
    """Of each employee: rises with every program post, fades with rest. Days are days of the run."""

    participation: Parameters
    level: dict[int, float] = field(default_factory=dict)
    last_day: dict[int, int] = field(default_factory=dict)

    def on(self, employee: int, day: int) -> float:
        rest = day - self.last_day.get(employee, day)
        return float(self.level.get(employee, 0.0) * 2 ** (-rest / self.participation["fatigue_half_life_days"]))

    def end_of_day(self, employee: int, day: int, posts: int) -> None:
        if posts == 0:
            return
        level = self.on(employee, day)
        for _ in range(posts):
            level += self.participation["fatigue_step"] * (1 - level)
        self.level[employee], self.last_day[employee] = level, day


@dataclass
class Motivation:
    """m of members, from the state at the start of a day."""

    world: WorldView
    parameters: Parameters

    def __post_init__(self) -> None:
        participation = self.parameters["participation"]
        streams = Streams(self.world.seed, self.world.index, WORD)
        share = participation["recognition_responders"]
        self.responder = [
            unit(streams.draw("recognition_responders", number)[0]) < share for number in self.world.draw_numbers
        ]
        self.mean_belief = sum(self.world.product_belief) / self.world.employees
        self.responses = Responses(self.world, self.parameters)
        self.fatigue = Fatigue(participation)

    def of(self, employee: int, day: int, joined: int, most_recognition: float, settings: Settings) -> float:
        """`most_recognition` of the days of membership before this one; days are days of the run."""
        participation = self.parameters["participation"]
        fresh = novelty(day - joined, participation)
        total = fresh + self.responses.term(employee, day)
        if self.responder[employee]:
            now = settings.recognition
            total += recognition_term(now, max(most_recognition, now), fresh, participation)
        belief = self.world.product_belief[employee] / self.mean_belief
        rested = 1 - self.fatigue.on(employee, day)
        return float(max(0.0, belief * total * rested * (1 + participation["money_crowding_out"] * settings.money)))
