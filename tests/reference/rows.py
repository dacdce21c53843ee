"""What the twin expects in every row of a design's layout (docs/BOUNDARY.md, Rows)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from . import program_tally, tally
from .records import Trace
from .world_view import SEGMENTS, Design, Parameters, WorldView

TO_DATE = 5
TABLES = ("fragments", "weeks", "months", "quarters", "windows")  # by grain
REACH = {"unique_reach": False, "unique_reach_with_page": True}  # whether the page's posts count


class Row(NamedTuple):
    """Where a value of a result is; -1 as in the engine's layout."""

    measure: str
    grain: int
    period: int
    segment: int = tally.ALL
    source: int = tally.ALL
    platform: int = tally.ALL
    hop: int = tally.ALL


@dataclass
class Expected:
    """The value of any row, from the records of one replicate."""

    trace: Trace
    world: WorldView
    design: Design
    parameters: Parameters
    layout: Mapping[str, Any]
    sums: dict[Row, float] = field(init=False)
    _reaches: dict[tuple[range, bool], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fragments = self.layout["fragments"]
        bounds = zip(fragments["first_day"], fragments["end_day"], strict=True)
        fragment_of = {day: f for f, (first, end) in enumerate(bounds) for day in range(int(first), int(end))}
        self._daily_reach = tally.daily_reach(self.trace, self.world)
        self.sums = defaultdict(float)
        for cell, count in tally.additive(self.trace, self.world).items():
            self.sums[Row(cell.measure, 0, fragment_of[cell.day], *cell[2:])] += count
        for (name, day), value in program_tally.program_sums(self.trace, self.design, self.parameters).items():
            self.sums[Row(name, 0, fragment_of[day])] += value

    def days(self, row: Row) -> range:
        """Of the cell of a row; empty for a cell that does not exist."""
        if row.grain == TO_DATE:
            return range(self.design.horizon_begin, int(self.layout["weeks"]["end_day"][row.period]))
        table = self.layout[TABLES[row.grain]]
        return range(int(table["first_day"][row.period]), int(table["end_day"][row.period]))

    def value(self, row: Row) -> float:
        """Sums and unique measures of a cell without days are 0, its levels NaN."""
        if row.grain == 0:
            return self.sums.get(row, 0.0)
        days = self.days(row)
        if row.measure in REACH:
            return self._reach(row, days)
        if row.measure in ("active_sharers", "audience_size"):
            sharers, ties = tally.active_sharers(self.trace, self.world, days, row.platform)
            return sharers if row.measure == "active_sharers" else ties
        if row.measure == "program_participants":
            return program_tally.participants(self.trace, days)
        return self._level(row, days[-1]) if days else math.nan

    def _reach(self, row: Row, days: range) -> int:
        key = days, REACH[row.measure]
        if key not in self._reaches:
            self._reaches[key] = tally.unique_reach(self._daily_reach, self.world, *key)
        reaches = self._reaches[key]
        outside = len(SEGMENTS) - 1
        if row.platform != tally.ALL:
            return reaches[outside + 1 + sorted(self.world.graphs).index(row.platform)]
        return reaches[outside if row.segment == tally.ALL else row.segment - 1]

    def _level(self, row: Row, day: int) -> float:
        if row.measure in program_tally.LEVELS:
            return float(getattr(self.trace.levels[day], program_tally.LEVELS[row.measure]))
        by_segment = {"awareness": self.trace.daily_awareness, "favorability": self.trace.daily_favorability}
        return by_segment[row.measure][day][row.segment]
