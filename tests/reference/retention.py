"""Who leaves the company, and when (docs/MODEL.md 2b, Exits)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from .philox import WORD, Streams, unit
from .world_view import Design, Parameters, WorldView

DAYS_A_YEAR = 365.25


def limit_of_a_clock(bits: int) -> float:
    """Where a cumulated hazard strikes."""
    return -math.log(1 - unit(bits))


def complete_tenure(world: WorldView, design: Design, retention: Parameters) -> list[float]:
    """Years on the first day of the horizon: as given, else drawn once for the world."""
    streams = Streams(world.seed, world.index, WORD)
    given = design.tenure_years or (math.nan,) * world.employees

    def drawn(employee: int) -> float:
        word = streams.draw("tenure", world.draw_numbers[employee])[0]
        return float(retention["tenure_mean_years"] * limit_of_a_clock(word))

    return [drawn(i) if math.isnan(years) else years for i, years in enumerate(given)]


def relative_hazard(satisfaction: float, tenure: float, retention: Parameters) -> float:
    """A year, next to that of an old hand of satisfaction 1/2."""
    early = retention["early_exit"] * 2 ** (-tenure / retention["early_exit_half_life_years"])
    return float(math.exp(-retention["satisfaction_slope"] * (satisfaction - 0.5)) * (1 + early))


def hazard_of_a_year(satisfaction: float, tenure: float, retention: Parameters) -> float:
    """The integral of the relative hazard over the year that begins at this tenure."""
    half_life = retention["early_exit_half_life_years"]
    first = retention["early_exit"] * 2 ** (-tenure / half_life)
    early = first * (1 - 2 ** (-1 / half_life)) * half_life / math.log(2)
    return float(math.exp(-retention["satisfaction_slope"] * (satisfaction - 0.5)) * (1 + early))


def solve_hazard(world: WorldView, tenure: list[float], retention: Parameters) -> float:
    """H: the mean probability to leave within a year is the stated turnover."""
    turnover = retention["turnover_per_year"]
    if turnover == 0:
        return 0.0
    years = [hazard_of_a_year(s, y, retention) for s, y in zip(world.satisfaction, tenure, strict=True)]
    low, high = 0.0, 1000.0
    for _ in range(100):
        middle = (low + high) / 2
        leaving = sum(1 - math.exp(-middle * year) for year in years) / len(years)
        low, high = (middle, high) if leaving < turnover else (low, middle)
    return high


@dataclass
class Exits:
    """The clocks of all employees."""

    world: WorldView
    design: Design
    parameters: Parameters
    streams: Streams
    cumulated: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._retention: Parameters = self.parameters["retention"]
        self.tenure = complete_tenure(self.world, self.design, self._retention)
        self.hazard = solve_hazard(self.world, self.tenure, self._retention)
        self.cumulated = [0.0] * self.world.employees

    def leaves(self, employee: int, day: int, satisfaction: float, coerced: bool) -> bool:
        """Lets a day of the horizon pass; whether this is the day on which the employee leaves."""
        years = self.tenure[employee] + day / DAYS_A_YEAR
        rate = self.hazard * relative_hazard(satisfaction, years, self._retention) / DAYS_A_YEAR
        self.cumulated[employee] += rate * (self._retention["coerced_exit"] if coerced else 1.0)
        word = self.streams.draw("exits", self.world.draw_numbers[employee])[0]
        return self.cumulated[employee] >= limit_of_a_clock(word)
