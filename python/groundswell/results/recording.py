"""Per-run values as the engine recorded them, and the cells of a table worked out from them.

A *sum* measure is recorded in parts (fragment x segment x source, fragment x platform x hop x source) and totals are
sums of parts; a *unique* or *level*
measure has its own row for every cell it can be asked for, and is never added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import statistics
from groundswell.errors import NotRecorded
from groundswell.results import axes
from groundswell.results.axes import Axis
from groundswell.results.grain import Query, refusal
from groundswell.results.layout import Ints, Layout, Period
from groundswell.results.measures import (
    AWARE,
    AWARENESS,
    EMPLOYEE_SOURCES,
    MEAN_AWARE,
    TO_DATE,
    WINDOWS,
    Measure,
    Part,
    Ratio,
    find,
    ratio_of,
)
from groundswell.results.people_counts import People
from groundswell.results.vocabulary.added import REPLACED
from groundswell.scenario.model.audience import SEGMENTS

GRAIN_CODES = {"week": 1, "month": 2, "quarter": 3, "window": 4, "to_date": 5}


@dataclass(frozen=True)
class Cells:
    """Values of K cells with axes (world, replicate, cell).

    `values` is what a year shows; the mean of `linear` is the estimate (they differ for ratios only); `index` has one
    row a cell: window, date, days, and of segment, source, platform, hop what was asked for. `parts`: what is divided
    by what, of a ratio whose interval is that of both (Fieller's).
    """

    values: statistics.Floats
    linear: statistics.Floats
    index: pd.DataFrame
    parts: tuple[statistics.Floats, statistics.Floats] | None = None


@dataclass(frozen=True)
class Recording:
    """All finished runs of one design: values with axes (world, replicate, row), NaN where a run is not finished.

    `people` is None where nothing was recorded by person (`people="aggregate"`). `persons` is how many there are in
    each segment of the audience, None where nobody knows any more (an aggregate file of an earlier version).
    """

    layout: Layout
    measures: Mapping[str, Measure]
    values: statistics.Floats
    finished: statistics.Flags
    people: People | None = None
    persons: tuple[int, ...] | None = None
    _totals: dict[tuple[str, Query], Cells] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.people is not None and not np.array_equal(self.people.replicates, self.finished.sum(axis=1)):
            raise ValueError("people: not counted over the replicates that are finished")

    def __setstate__(self, state: dict[str, Any]) -> None:
        measures = {name: one for name, one in state["measures"].items() if name not in REPLACED}  # of earlier versions
        self.__dict__.update(state | {"measures": measures})

    def cells(self, name: str, query: Query) -> Cells:
        """The cells of one measure at the grain asked for; raises where that grain was not recorded."""
        find(name, self.measures)
        if (name, query) in self._totals:
            return self._totals[name, query]
        cells = self._cells(name, query)
        if query == Query(window=query.window):  # whole windows are small, and asked for again and again
            self._totals[name, query] = cells
        return cells

    def _cells(self, name: str, query: Query) -> Cells:
        measure = find(name, self.measures)
        self._check(measure, query)
        periods = self._periods(query)
        ratio = ratio_of(name)
        dimensions = self._axes(measure, query)
        if ratio is not None:
            return self._ratio(ratio, query, periods, dimensions)
        if name in (AWARE, MEAN_AWARE):
            values = self._aware(name, query, periods, dimensions)
            return Cells(values, values, self._index(query, periods, dimensions))
        if measure.kind == "sum":
            values = self._sum(measure, periods, dimensions, None)
        else:
            values, periods = self._own_rows(measure, query, periods, dimensions)
        return Cells(values, values, self._index(query, periods, dimensions))

    def recorded(self, query: Query) -> list[str]:
        """Names of the measures that can be given at this grain, in declared order.

        Reach to date is among them by week only: over a whole window it is unique_reach.
        """
        names = [name for name, measure in self.measures.items() if not self._refusal(measure, query)]
        return names if query.time == "week" else [name for name in names if name != TO_DATE]

    def count(self, name: str, query: Query) -> int:
        """How many cells one measure has at this grain, without working them out (to date: at most)."""
        measure = find(name, self.measures)
        self._check(measure, query)
        return len(self.layout.periods(query.time, query.window)) * axes.size(self._axes(measure, query))

    def of_employees(self, name: str, window: str = "horizon", outsiders: bool = False) -> statistics.Floats:
        """A sum over a window for posts of employees only (not the page's), shape (world, replicate, 1).

        With `outsiders`, views by employees are left out.
        """
        return self.summed(Part(name, EMPLOYEE_SOURCES, outsiders), Query(window=window)).values

    def summed(self, part: Part, query: Query) -> Cells:
        """A part of a sum measure, in the cells of a time axis."""
        periods = self._periods(query)
        values = self._sum(find(part.measure, self.measures), periods, (), part)
        return Cells(values, values, self._index(query, periods, ()))

    def _periods(self, query: Query) -> list[Period]:
        found: list[Period] = self.layout.once(
            ("periods", query), lambda: self.layout.periods(query.time, query.window)
        )
        return found

    def _axes(self, measure: Measure, query: Query) -> tuple[Axis, ...]:
        return axes.axes_of(query, self._segments(measure), self.layout.platforms)

    def _segments(self, measure: Measure) -> range:
        """The segments a measure has: sums also count views by employees."""
        ratio = ratio_of(measure.name)
        employees_too = measure.kind == "sum" or (ratio is not None and not ratio.of_outsiders)
        return range(0 if employees_too else 1, len(SEGMENTS))

    def _check(self, measure: Measure, query: Query) -> None:
        why = self._refusal(measure, query)
        if why:
            raise NotRecorded(why)

    def _refusal(self, measure: Measure, query: Query) -> str:
        """Why a measure cannot be given at this grain; a ratio also where a part of it cannot, of the cell alone."""
        if measure.name in (AWARE, MEAN_AWARE) and self.persons is None:
            return f"{measure.name} needs the number of persons by segment, which this recording does not have"
        several = len(self.layout.platforms) > 1
        ratio = ratio_of(measure.name)
        parts = [] if ratio is None else [self.measures[part] for part in sorted(ratio.parts)]
        whole = Query(query.time, window=query.window)
        asked = [refusal(measure, query, several), *(refusal(part, whole, several) for part in parts)]
        return next((why for why in asked if why), "")

    def _ratio(self, ratio: Ratio, query: Query, periods: list[Period], dimensions: Sequence[Axis]) -> Cells:
        tops, bottoms = (
            [self._part(part, query, periods, dimensions) for part in parts]
            for parts in (ratio.numerators, ratio.denominators)
        )
        index = self._index(query, periods, dimensions)
        return Cells(
            statistics.ratio_of_runs(np.prod(tops, axis=0), np.prod(bottoms, axis=0)),
            statistics.linearized_ratio(tops, bottoms, self.finished),
            index,
        )

    def _aware(self, name: str, query: Query, periods: list[Period], dimensions: Sequence[Axis]) -> statistics.Floats:
        """Awareness as people; of MEAN_AWARE the mean over the weeks of each window."""
        awareness, persons = self.measures[AWARENESS], axes.persons_of_cells(dimensions, self.persons or ())
        if name == AWARE:
            shares = self._own_rows(awareness, query, periods, dimensions)[0]
            return shares * np.tile(persons, len(periods))
        weekly = replace(query, time="week")
        weeks = self._periods(weekly)
        shares = self._own_rows(awareness, weekly, weeks, dimensions)[0]
        shares = shares.reshape(*shares.shape[:2], len(weeks), len(persons))
        inside = [[p.first_day <= week.first_day and week.end_day <= p.end_day for week in weeks] for p in periods]
        means = [shares[:, :, flags].mean(axis=2) * persons for flags in inside]
        return np.concatenate(means, axis=2)

    def _part(self, part: Part, query: Query, periods: list[Period], dimensions: Sequence[Axis]) -> statistics.Floats:
        measure = self.measures[part.measure]
        if measure.kind == "sum":
            return self._sum(measure, periods, dimensions, part)
        return self._own_rows(measure, query, periods, dimensions)[0]

    def _sum(
        self, measure: Measure, periods: list[Period], dimensions: Sequence[Axis], part: Part | None
    ) -> statistics.Floats:
        """Sums over fragments, and over the dimensions that are not asked for."""

        def groups() -> tuple[Ints, Ints, Ints]:
            rows = self.layout.rows
            chosen = axes.summed_rows(rows, measure, dimensions, part)
            position = _position(self.layout.fragments["first_day"][rows["period"][chosen]], periods)
            chosen, position = chosen[position >= 0], position[position >= 0]
            return _groups(chosen, axes.positions(dimensions, rows, chosen, position))

        key = ("sum", measure.name, part, tuple(dimensions), tuple(periods))
        rows, places, starts = self.layout.once(key, groups)
        return _add_groups(self.values, rows, places, starts, len(periods) * axes.size(dimensions))

    def _own_rows(
        self, measure: Measure, query: Query, periods: list[Period], dimensions: Sequence[Axis]
    ) -> tuple[statistics.Floats, list[Period]]:
        """Values of unique and level measures, each from the row recorded for that very cell."""
        key = ("own", measure.name, query, tuple(dimensions), tuple(periods))
        take, kept = self.layout.once(key, lambda: self._rows_taken(measure, query, periods, dimensions))
        return np.ascontiguousarray(self.values[:, :, take]), kept

    def _rows_taken(
        self, measure: Measure, query: Query, periods: list[Period], dimensions: Sequence[Axis]
    ) -> tuple[list[int], list[Period]]:
        grain, keys, periods = self._row_keys(measure, query, periods)
        rows = self.layout.rows
        mine = np.flatnonzero((rows["measure"] == measure.number) & (rows["grain"] == GRAIN_CODES[grain]))
        where = {tuple(int(rows[name][i]) for name in ("period", "segment", "platform")): int(i) for i in mine}
        places = axes.row_keys(dimensions)
        kept = [(key, period) for key, period in zip(keys, periods, strict=True) if (key, *places[0]) in where]
        if not kept or (len(kept) < len(keys) and measure.name != TO_DATE):
            raise NotRecorded(f"{measure.name}: no {grain} row was recorded in the window {query.window!r}.")
        return [where[(key, *place)] for key, _ in kept for place in places], [period for _, period in kept]

    def _row_keys(self, measure: Measure, query: Query, periods: list[Period]) -> tuple[str, list[int], list[Period]]:
        """The grain and the periods of the rows that hold the cells asked for."""
        joined = query.time is None and query.window == "completion"
        if measure.name == TO_DATE or (joined and measure.kind == "unique"):
            weeks = self.layout.cells["week"]
            if query.time == "week":
                return "to_date", [int(p.index or 0) for p in periods], periods
            ends = [int(np.flatnonzero(weeks["end_day"] == p.end_day)[-1]) for p in periods]
            return "to_date", ends, periods
        if joined:  # a level: its value at the end of the last window
            last = self.layout.periods(None, "all")[-1]
            return "window", [int(last.index or 0)], periods
        return query.time or "window", [int(p.index or 0) for p in periods], periods

    def _index(self, query: Query, periods: list[Period], dimensions: Sequence[Axis]) -> pd.DataFrame:
        key = ("index", query.time, tuple(dimensions), tuple(periods))
        found: pd.DataFrame = self.layout.once(key, lambda: self._new_index(query, periods, dimensions))
        return found

    def _new_index(self, query: Query, periods: list[Period], dimensions: Sequence[Axis]) -> pd.DataFrame:
        repeated = [period for period in periods for _ in range(axes.size(dimensions))]
        dates = [self.layout.calendar_date(query.time, p.first_day) for p in repeated]
        return pd.DataFrame(
            {
                "window": pd.Categorical([p.window for p in repeated], categories=WINDOWS, ordered=True),
                "date": pd.to_datetime(pd.Series(dates)),
                "days": np.array([p.end_day - p.first_day for p in repeated], dtype=np.int64),
                **axes.columns(dimensions, len(periods)),
            }
        )


def _position(days: Ints, periods: list[Period]) -> Ints:
    """Which period each day is in; -1 where it is in none."""
    result = np.full(len(days), -1, dtype=np.int64)
    for place, period in enumerate(periods):
        result[(days >= period.first_day) & (days < period.end_day)] = place
    return result


def _groups(chosen: Ints, position: Ints) -> tuple[Ints, Ints, Ints]:
    """The chosen rows in the order of their positions, the positions there are, and where each of them begins."""
    order = np.argsort(position, kind="stable")
    groups, starts = np.unique(position[order], return_index=True)
    return chosen[order], groups, starts.astype(np.int64)


def _add_groups(values: statistics.Floats, rows: Ints, groups: Ints, starts: Ints, size: int) -> statistics.Floats:
    """Sums of the rows by group, in row order (the same order for every design and number of threads)."""
    result = np.zeros((*values.shape[:2], size))
    if len(rows):
        result[:, :, groups] = np.add.reduceat(values[:, :, rows], starts, axis=2)
    return result
