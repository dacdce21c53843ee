"""What the twin reads: the world's arrays as the boundary gives them, and the design."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

SEGMENTS = ("employee", "alumni", "buyer", "peer", "talent", "personal", "other")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STRENGTHS = ("weak", "strong", "page")
MINUTES_A_DAY = 1440

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class WorldView:
    """One world. Persons, rows and ties as docs/ARCHITECTURE.md gives them; the page's row is the last."""

    seed: int
    index: int
    employees: int
    segment_begin: Sequence[int]
    row_begin: Sequence[int]
    ties: npt.NDArray[np.uint32]
    persons: npt.NDArray[np.uint8]  # visibility, affinity, susceptibility, propensity levels
    social_activity: Sequence[float]
    persuasion: Sequence[float]
    sharer: Sequence[bool]
    advocate_order: Sequence[int]

    @property
    def person_count(self) -> int:
        return self.segment_begin[len(SEGMENTS)]

    def row(self, author: int) -> npt.NDArray[np.uint32]:
        return self.ties[self.row_begin[author] : self.row_begin[author + 1]]

    def segment(self, person: int) -> int:
        return next(s for s in range(len(SEGMENTS)) if person < self.segment_begin[s + 1])

    def segment_size(self, segment: int) -> int:
        return self.segment_begin[segment + 1] - self.segment_begin[segment]


@dataclass(frozen=True)
class Program:
    """Posts a week and share of company-related posts of the advocates (employee numbers)."""

    posts_per_week: float
    company_content_fraction: float
    advocates: frozenset[int]


@dataclass(frozen=True)
class Design:
    """When, and with what program (None: no program)."""

    start: date
    warm_up_weeks: int
    weeks: int
    follow_up_weeks: int
    program: Program | None

    @property
    def horizon_begin(self) -> int:
        return 7 * self.warm_up_weeks

    @property
    def horizon_end(self) -> int:
        return self.horizon_begin + 7 * self.weeks

    @property
    def days(self) -> int:
        return self.horizon_end + 7 * self.follow_up_weeks

    def date(self, day: int) -> date:
        return self.start + timedelta(days=day - self.horizon_begin)


def world_view(world: Any, seed: int, index: int) -> WorldView:
    """The view of a `groundswell._core.World`."""
    return WorldView(
        seed=seed,
        index=index,
        employees=int(world.employees),
        segment_begin=[int(x) for x in world.segment_begin],
        row_begin=[int(x) for x in world.row_begin],
        ties=np.asarray(world.ties, dtype=np.uint32),
        persons=np.asarray(world.persons, dtype=np.uint8),
        social_activity=[float(x) for x in world.attributes["social_activity"]],
        persuasion=[float(x) for x in world.attributes["persuasion"]],
        sharer=[bool(x) for x in world.sharer],
        advocate_order=[int(x) for x in world.advocate_order],
    )


def visibility_value(level: int) -> float:
    return math.exp(-6.2 + 0.3 * level)


def trait_value(level: int) -> float:
    return math.exp(-5.12 + 0.04 * level)
