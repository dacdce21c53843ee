"""What a program adds: per-run differences of a design to the baseline, and ratios of two such differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from groundswell.common import statistics
from groundswell.common.text import signed
from groundswell.results import Results
from groundswell.results.grain import Query, make_query
from groundswell.results.measures import (
    AWARENESS,
    MEMBERS,
    MONEY,
    PROGRAM_POSTS,
    Measure,
    Part,
    described,
    in_currency,
    of_comparisons,
)
from groundswell.results.recording import Cells, Recording
from groundswell.results.vocabulary.added import ADDED, PROGRAM, Added, Total
from groundswell.scenario import Scenario
from groundswell.scenario.model.audience import SEGMENTS
from groundswell.scenario.periods import STOP

COST = "program_cost"
OF_THE_PROGRAM = (PROGRAM, MEMBERS, PROGRAM_POSTS)  # of these, a design without a program has none


@dataclass(frozen=True)
class AgainstBaseline(Recording):
    """A recording beside that of the baseline: the runs that are finished in both, and what the design adds in them."""

    baseline: Recording | None = None

    @property
    def other(self) -> Recording:
        """The baseline's recording."""
        return self if self.baseline is None else self.baseline

    def _cells(self, name: str, query: Query) -> Cells:
        one = ADDED.get(name)
        if one is None:
            return super()._cells(name, query)
        gap = self._gap(one.of, query)
        if not one.per:
            return gap
        return self._ratio_of_gaps(one, gap, self._gap(ADDED[one.per].of, query))

    def _gap(self, total: Total, query: Query) -> Cells:
        own, other = (_total(recording, total, query) for recording in (self, self.other))
        values = own.values - other.values
        return Cells(values, values, own.index)

    def _ratio_of_gaps(self, one: Added, top: Cells, bottom: Cells) -> Cells:
        """The ratio where something is known to be added; of single years where something is in every one of them."""
        known = self._interval(bottom).lower > 0
        always = (np.where(self.finished[:, :, None], bottom.values, np.inf) > 0).all(axis=(0, 1))
        linear = statistics.linearized_ratio([top.values], [bottom.values], self.finished)
        by_year = statistics.ratio_of_runs(top.values, bottom.values)
        return Cells(
            one.factor * np.where(known & always, by_year, np.nan),
            one.factor * np.where(known, linear, np.nan),
            top.index,
            (one.factor * top.values, np.where(known, bottom.values, np.nan)),
        )

    def _interval(self, gap: Cells) -> statistics.Estimates:
        """The interval that every difference of designs has."""
        return statistics.paired_difference(gap.values, np.zeros_like(gap.values), self.finished).estimates

    def why_undefined(self, name: str, query: Query) -> str:
        """Why a ratio has no value; empty for any other measure."""
        one = ADDED[name]
        if not one.per:
            return ""
        if self.values is self.other.values:
            return "it is the baseline, and adds nothing to itself"
        added = self._interval(self._gap(ADDED[one.per].of, query))
        low, high = float(added.lower[0]), float(added.upper[0])
        unit = ADDED[one.per].unit
        if np.isnan(low):
            return f"so few runs do not tell whether {one.per} is above 0"
        return f"{one.per} is not above 0 for sure: 95 % interval {signed(low)} to {signed(high)} {unit}"


def beside(results: Mapping[str, Results], baseline: str) -> dict[str, Results]:
    """The results of a comparison with what each design adds to the baseline among their measures."""
    base = results[baseline].recording
    beside_base = {label: beside_recording(result.recording, base) for label, result in results.items()}
    return {label: replace(result, recording=beside_base[label]) for label, result in results.items()}


def beside_recording(own: Recording, base: Recording) -> AgainstBaseline:
    """The recording of a design with what it adds to that of the baseline among its measures."""
    there = own.finished & base.finished
    return AgainstBaseline(
        own.layout, {**own.measures, **added_to(own)}, own.values, there, None, own.persons, baseline=base
    )


def added_to(recording: Recording) -> dict[str, Measure]:
    """What can be added to the measures that were recorded, with units in their currency."""
    known = recording.measures
    currency = known[COST].unit if COST in known else MONEY
    needed = {name: {one.of.measure, *([ADDED[one.per].of.measure] if one.per else [])} for name, one in ADDED.items()}
    measures = in_currency(of_comparisons(), currency)
    return {name: measure for name, measure in measures.items() if needed[name] <= known.keys()}


def _total(recording: Recording, total: Total, query: Query) -> Cells:
    """A total of a design, in cells of time."""
    if total.outsiders:
        return recording.summed(Part(total.measure, outsiders=True), query)
    if not total.segment:
        return recording.cells(total.measure, query)
    cells = recording.cells(total.measure, replace(query, segment=True))
    segments = len(SEGMENTS) - 1
    place = SEGMENTS.index(total.segment) - 1
    values = np.ascontiguousarray(cells.values[:, :, place::segments])
    return Cells(values, values, recording.cells(AWARENESS, query).index)


def baseline_level(recording: Recording, name: str) -> float:
    """What the baseline itself has of the total behind an amount of what is added: the mean over its runs."""
    values = _total(recording, ADDED[name].of, make_query((), "horizon")).values
    return float(statistics.mean_interval(values, recording.finished).mean[0])


def does_nothing(scenario: Scenario, measure: str) -> bool:
    """Whether a design has less of a measure only because it has no program: then it is not ranked on it.

    That is so for what a program costs or takes of its members, where neither the design nor the company has one.
    """
    own = described(measure)
    runs = scenario.company.running is not None and scenario.running_program != STOP
    of_program = own.population in OF_THE_PROGRAM or MONEY in own.unit.split()
    return scenario.program is None and not runs and of_program and own.better == "less"
