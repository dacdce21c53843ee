"""Credibility of an employee as an author (docs/MODEL.md 3)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .records import Post
from .world_view import Parameters


@dataclass
class Credibility:
    """Decayed sums over an author's posts: authenticity A over W^A, company share S over W^S."""

    parameters: Parameters
    a: float = 0.0
    s: float = 0.0
    weight_a: float = 0.0
    weight_s: float = 0.0
    last_day: int = 0
    last_promotional: bool = False

    def __post_init__(self) -> None:
        pseudo = self.parameters["pseudo_posts"]
        self.s = pseudo * self.parameters["company_share_tolerance"]
        self.weight_a = self.weight_s = pseudo

    def value(self) -> float:
        excess = max(0.0, self.s / self.weight_s - self.parameters["company_share_tolerance"])
        z = self.a / self.weight_a - self.parameters["credibility_slope"] * excess
        return 0.5 + 1 / (1 + math.exp(-4 * z))

    def end_of_day(self, day: int, posts: list[Post]) -> None:
        """Takes in the posts of a day, in their order; days without posts change nothing."""
        if not posts:
            return
        decay = 2 ** (-(day - self.last_day) / (7 * self.parameters["credibility_half_life_weeks"]))
        self.a *= decay
        self.s *= decay
        self.weight_a *= decay
        self.weight_s *= decay
        for post in posts:
            streak = post.promotional and self.last_promotional
            increment = self.parameters["streak_weight"] if streak else 1.0
            self.weight_s += increment
            if post.company:
                self.s += increment
                self.a += post.authenticity - 1
                self.weight_a += 1
            self.last_promotional = post.promotional
        self.last_day = day
