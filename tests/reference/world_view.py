"""What the twin reads: the world's arrays as the boundary gives them, and the design."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from .program import Program, Running, Settings

SEGMENTS = ("employee", "alumni", "buyer", "peer", "talent", "personal", "other")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STRENGTHS = ("weak", "strong", "page")
PLATFORMS = ("linkedin", "facebook", "instagram", "x")
PERSON_BITS = 2**24 - 1
PAGE_DRAW_NUMBER = 7 << 24
MINUTES_A_DAY = 1440

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Graph:
    """Who is tied to whom on one platform: a row for every person, then one for the page's followers."""

    row_begin: Sequence[int]
    ties: npt.NDArray[np.uint32]

    def row(self, node: int) -> npt.NDArray[np.uint32]:
        return self.ties[self.row_begin[node] : self.row_begin[node + 1]]

    def neighbors(self, node: int) -> list[int]:
        return [int(word) & PERSON_BITS for word in self.row(node)]

    def mean_degree(self) -> float:
        """Over persons with ties here; the page's row does not count."""
        degrees = [n for n in np.diff(np.asarray(self.row_begin, dtype=np.int64))[:-1].tolist() if n > 0]
        return sum(degrees) / len(degrees) if degrees else 0.0


def viewer_numbers(draw_numbers: Sequence[int]) -> list[int]:
    """Of the employees: the draw number or its high half, or the next free one above (at the top: below)."""
    taken: dict[int, int] = {}  # viewer number -> draw number
    for number in sorted(draw_numbers):
        viewer = number if number < 2**32 else number >> 32
        while viewer in taken:
            viewer += 1
        taken[viewer] = number
    last = 2**32
    found = {}
    for viewer in sorted(taken, reverse=True):
        last = min(viewer, last - 1)
        found[taken[viewer]] = last
    return [found[number] for number in draw_numbers]


@dataclass(frozen=True)
class WorldView:
    """One world. Persons, rows and ties as docs/BOUNDARY.md gives them."""

    seed: int
    index: int
    employees: int
    segment_begin: Sequence[int]
    graphs: Mapping[int, Graph]  # by number of the platform; those that are on
    persons: npt.NDArray[np.uint8]  # visibility class on four platforms; affinity, susceptibility, propensity
    social_activity: Sequence[float]
    persuasion: Sequence[float]
    satisfaction: Sequence[float]
    product_belief: Sequence[float]
    willingness: Sequence[float]
    readiness: Sequence[float]
    department: Sequence[int]
    region: Sequence[int]
    function: Sequence[int]  # 0 other, 1 sales, 2 recruiter
    sharer: Sequence[bool]
    advocate_order: Sequence[int]
    draw_numbers: Sequence[int]  # of the employees

    @property
    def person_count(self) -> int:
        return self.segment_begin[len(SEGMENTS)]

    @cached_property
    def viewers(self) -> npt.NDArray[np.uint32]:
        """The number by which the hash of a post knows each person (docs/RANDOMNESS.md, Viewers)."""
        pools = [s << 24 | k for s in range(1, len(SEGMENTS)) for k in range(self.segment_size(s))]
        return np.array([*viewer_numbers(self.draw_numbers), *pools], dtype=np.uint32)

    def draw_number(self, author: int) -> int:
        """Of an employee, or of the page (author N)."""
        return PAGE_DRAW_NUMBER if author == self.employees else self.draw_numbers[author]

    def author_row(self, author: int, platform: int) -> npt.NDArray[np.uint32]:
        """Connections of an employee, or the followers of the page (author N)."""
        return self.graphs[platform].row(self.person_count if author == self.employees else author)

    def traits(self, person: int) -> tuple[float, float, float]:
        """Affinity, susceptibility, propensity."""
        levels = self.persons[person]
        return trait_value(int(levels[4])), trait_value(int(levels[5])), trait_value(int(levels[6]))

    def segment(self, person: int) -> int:
        return next(s for s in range(len(SEGMENTS)) if person < self.segment_begin[s + 1])

    def segment_size(self, segment: int) -> int:
        return self.segment_begin[segment + 1] - self.segment_begin[segment]


@dataclass(frozen=True)
class Design:
    """When, and with what program (None: no program)."""

    start: date
    warm_up_weeks: int
    weeks: int
    follow_up_weeks: int
    program: Program | None
    tenure_years: tuple[float, ...] | None = None  # on `start`; NaN: missing; None: all missing
    running: Running | None = None

    @property
    def horizon_begin(self) -> int:
        return 7 * self.warm_up_weeks

    @property
    def horizon_end(self) -> int:
        return self.horizon_begin + 7 * self.weeks

    @property
    def days(self) -> int:
        return self.horizon_end + 7 * self.follow_up_weeks

    @property
    def horizon(self) -> range:
        return range(self.horizon_begin, self.horizon_end)

    def settings(self, day: int) -> Settings | None:
        """Of a day of the run; None where no program acts."""
        if self.program is not None and day in self.horizon:
            return self.program.settings(day - self.horizon_begin)
        if self.running is None or day >= self.horizon_end:
            return None
        return None if self.running.stops and day >= self.horizon_begin else self.running.settings

    @property
    def program_begin(self) -> int:
        """The day of the run on which the first program begins."""
        return self.horizon_begin if self.running is None else 0

    def date(self, day: int) -> date:
        return self.start + timedelta(days=day - self.horizon_begin)


def world_view(world: Any, seed: int, index: int) -> WorldView:
    """The view of a `groundswell._core.World`."""

    def attribute(name: str) -> list[float]:
        return [float(x) for x in world.attributes[name]]

    return WorldView(
        seed=seed,
        index=index,
        employees=int(world.employees),
        segment_begin=[int(x) for x in world.segment_begin],
        graphs={PLATFORMS.index(name): _graph(*world.rows(name)) for name in world.platforms},
        persons=np.asarray(world.persons, dtype=np.uint8),
        social_activity=attribute("social_activity"),
        persuasion=attribute("persuasion"),
        satisfaction=attribute("satisfaction"),
        product_belief=attribute("product_belief"),
        willingness=attribute("willingness"),
        readiness=attribute("readiness"),
        department=[int(x) for x in world.department],
        region=[int(x) for x in world.region],
        function=[int(x) for x in world.function],
        sharer=[bool(x) for x in world.sharer],
        advocate_order=[int(x) for x in world.advocate_order],
        draw_numbers=[int(x) for x in world.draw_numbers],
    )


def _graph(row_begin: npt.NDArray[np.uint64], ties: npt.NDArray[np.uint32]) -> Graph:
    return Graph([int(x) for x in row_begin], np.asarray(ties, dtype=np.uint32))


def visibility_value(level: int) -> float:
    return math.exp(-6.2 + 0.3 * level)


def trait_value(level: int) -> float:
    return math.exp(-5.12 + 0.04 * level)
