"""Designs side by side in the same worlds, with the same luck: differences with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

import numpy as np
import pandas as pd

from groundswell import statistics
from groundswell.errors import InvalidInput, UnknownName, did_you_mean, shown
from groundswell.grain import Query, check_dimensions, make_query
from groundswell.measures import find
from groundswell.progress import ProgressOption
from groundswell.results import Results
from groundswell.simulate import Plan, make_plan, run_designs

if TYPE_CHECKING:
    from groundswell.plots import ContestPlots
    from groundswell.scenario import Scenario

Design: TypeAlias = Union["Scenario", Results]

TABLE_COLUMNS = [
    "measure", "label", "unit", "mean", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95", "versus",
    "difference", "difference_se", "difference_ci_lower", "difference_ci_upper", "pairs", "pairs_that_differ",
    "pairing_gain", "flag", "uncertainty",
]  # fmt: skip
SAME = ("start", "weeks", "warm_up_weeks", "follow_up_weeks")


def compare(
    designs: Sequence[Design],
    baseline: Design | None = None,
    worlds: int = 10,
    replicates: int = 10,
    seed: int = 1,
    threads: int | None = None,
    progress: ProgressOption = None,
) -> Contest:
    """Simulate designs of one company and compare them.

    Designs whose company, workforce and audience are equal share each generated world, which is built once. A
    design's numbers are bit for bit those of `simulate` with the same seed, worlds and replicates.

    Parameters
    ----------
    designs:
        Scenarios with different labels, or finished results with these worlds, replicates and seed.
    baseline:
        What differences are taken to; without one the first design is it, and the output says so.
    worlds, replicates, seed, threads, progress:
        As in `simulate`.

    Raises
    ------
    InvalidInput
        No design, duplicate labels, designs of different companies or with different dates.
    DoesNotFit
        As `simulate`.
    """
    plan = make_plan(worlds, replicates, seed, threads)
    entries = _entries(designs, baseline)
    _check_comparable([_scenario(entry) for entry in entries])
    for entry in entries:
        _check_finished_result(entry, plan)
    to_run = [entry for entry in entries if not isinstance(entry, Results)]
    new = iter(run_designs(to_run, plan, progress) if to_run else [])
    results = [entry if isinstance(entry, Results) else next(new) for entry in entries]
    return make_contest(results, baseline_given=baseline is not None)


def make_contest(results: Sequence[Results], baseline_given: bool) -> Contest:
    """A contest of finished results; the first is the baseline."""
    colored = [replace(result, color=i) for i, result in enumerate(results, start=0 if baseline_given else 1)]
    return Contest({result.label: result for result in colored}, colored[0].label, baseline_given)


def _scenario(entry: Design) -> Scenario:
    scenario: Scenario = entry.scenario if isinstance(entry, Results) else entry
    return scenario


def _entries(designs: Sequence[Design], baseline: Design | None) -> list[Design]:
    entries = [baseline] if baseline is not None else []
    entries += [design for design in designs if design is not baseline]
    if not entries:
        raise InvalidInput("designs: empty; name at least one design")
    labels = [str(_scenario(entry).label) for entry in entries]
    repeated = sorted({label for label in labels if labels.count(label) > 1})
    if repeated:
        raise InvalidInput(f"label: used by more than one design: {', '.join(map(repr, repeated))}")
    return entries


def _check_comparable(scenarios: Sequence[Scenario]) -> None:
    first = scenarios[0]
    for other in scenarios[1:]:
        if other.company.content_hash() != first.company.content_hash():
            raise InvalidInput(
                f"company: {first.label!r} and {other.label!r} are designs of different companies; "
                "a difference between them would not be an effect of the design"
            )
        for name in SAME:
            mine, theirs = getattr(first, name), getattr(other, name)
            if mine != theirs:
                raise InvalidInput(
                    f"{name}: must be equal in all designs; {first.label!r} has {mine}, {other.label!r} has {theirs}"
                )


def _check_finished_result(entry: Design, plan: Plan) -> None:
    if not isinstance(entry, Results):
        return
    for name in ("worlds", "replicates", "seed"):
        if entry.manifest[name] != getattr(plan, name):
            raise InvalidInput(
                f"{name}: the result {entry.label!r} has {entry.manifest[name]}, this comparison {getattr(plan, name)}"
            )


@dataclass(frozen=True, eq=False, repr=False)
class Contest:
    """Finished results of several designs, run by run with the same worlds and luck.

    Attributes
    ----------
    results:
        By label, in the order of the designs, the baseline first.
    baseline:
        The label differences are taken to.
    baseline_given:
        False where the first design was taken because none was named.
    """

    results: Mapping[str, Results]
    baseline: str
    baseline_given: bool

    @property
    def labels(self) -> list[str]:
        """Labels of the designs, the baseline first."""
        return list(self.results)

    @property
    def diff(self) -> pd.DataFrame:
        """What distinguishes each design from the baseline: label, path, baseline, value, unit."""
        base = self.results[self.baseline].scenario
        others = {label: result.scenario for label, result in self.results.items() if label != self.baseline}
        parts = [base.diff(scenario).assign(label=label) for label, scenario in others.items()]
        columns = ["label", "path", "baseline", "value", "unit"]
        if not parts:
            return pd.DataFrame(columns=columns)
        frame = pd.concat(parts, ignore_index=True).rename(columns={"this": "baseline", "other": "value"})
        chosen: pd.DataFrame = frame[columns]
        return chosen

    def frame(
        self,
        measures: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        window: str = "horizon",
    ) -> pd.DataFrame:
        """`Results.frame` of every design, one below the other; `label` is a categorical in the designs' order."""
        parts = [result.frame(measures, by, window) for result in self.results.values()]
        frame = pd.concat(parts, ignore_index=True)
        frame["label"] = pd.Categorical(frame["label"], categories=self.labels, ordered=True)
        return frame

    def table(
        self, versus: str | None = None, measures: str | Sequence[str] | None = None, window: str = "horizon"
    ) -> pd.DataFrame:
        """One row for each measure and design.

        Columns: measure, label, unit; mean and its 95 % interval; p05, p50, p95 of one year; versus, the label the
        difference is taken to (the baseline by default); difference with its standard error and interval, from the
        world means of paired differences; pairs, pairs_that_differ; pairing_gain (Var a + Var b) / Var(a - b); flag,
        a text where fewer than 100 pairs differ and the interval is not to be relied on; uncertainty.
        """
        levels = self.frame(measures, None, window)
        gaps = self.differences(measures, None, window, versus)
        merged = levels.merge(
            gaps.drop(columns=["window", "date", "days", "unit", "uncertainty"]), on=["label", "measure"]
        )
        for name in ("label", "measure"):
            merged[name] = pd.Categorical(merged[name], categories=levels[name].cat.categories, ordered=True)
        return merged.sort_values(["measure", "label"], ignore_index=True)[TABLE_COLUMNS]

    def differences(
        self,
        measures: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        window: str = "horizon",
        versus: str | None = None,
    ) -> pd.DataFrame:
        """Paired differences of every design to `versus`, at any grain that is recorded (not by world or replicate)."""
        dimensions = check_dimensions(by)
        if {"world", "replicate"} & set(dimensions):
            raise InvalidInput("by: a difference is over worlds and replicates; frame() has their values")
        query = make_query(dimensions, window)
        other = self.results[self._label(versus or self.baseline)]
        names = other._names(measures, query)
        parts = [self._gap(result, other, name, query) for name in names for result in self.results.values()]
        frame = pd.concat(parts, ignore_index=True)
        frame["label"] = pd.Categorical(frame["label"], categories=self.labels, ordered=True)
        frame["measure"] = pd.Categorical(frame["measure"], categories=list(other.recording.measures), ordered=True)
        return frame

    def _label(self, label: str) -> str:
        if label not in self.results:
            raise UnknownName(f"versus: no design of the label {shown(label)}; {did_you_mean(label, self.results)}")
        return label

    def _gap(self, result: Results, other: Results, name: str, query: Query) -> pd.DataFrame:
        a, b = result.recording.cells(name, query), other.recording.cells(name, query)
        both = result.recording.finished & other.recording.finished
        gap = statistics.paired_difference(a.linear, b.linear, both)
        itself = result is other
        return a.index.assign(
            label=result.label,
            measure=name,
            unit=result.recording.measures[name].unit,
            versus=other.label,
            difference=gap.estimates.mean,
            difference_se=gap.estimates.se,
            difference_ci_lower=gap.estimates.lower,
            difference_ci_upper=gap.estimates.upper,
            pairs=gap.pairs,
            pairs_that_differ=gap.pairs_that_differ,
            pairing_gain=np.nan if itself else gap.pairing_gain,
            flag=["" if itself else _flag(int(n), gap.pairs) for n in gap.pairs_that_differ],
            uncertainty=gap.estimates.uncertainty,
        )

    def ahead(self, label: str, other: str, goal: str, window: str = "horizon") -> tuple[int, int]:
        """In how many worlds the mean of `label` is above that of `other`, and the number of worlds."""
        query = make_query((), window)
        first, second = self.results[self._label(label)], self.results[self._label(other)]
        a, b = first.recording.cells(goal, query), second.recording.cells(goal, query)
        means, _ = statistics.world_means(a.linear - b.linear, first.recording.finished & second.recording.finished)
        return int((means[:, 0] > 0).sum()), len(means)

    def sentence(self, goal: str = "unique_reach", window: str = "horizon") -> str:
        """The decision in one sentence: the best design on `goal` against the runner-up, by how much, how sure."""
        from groundswell.sentence import decision

        find(goal, self.results[self.baseline].recording.measures)
        return decision(self, goal, window)

    @property
    def plot(self) -> ContestPlots:
        """Pictures: `plot.reach()`, `plot.awareness()`, `plot.differences()`; each takes `ax=` and returns it."""
        from groundswell.plots import ContestPlots

        return ContestPlots(self)

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: Read me, Decision, Summary, Monthly, Differences, Inputs. Returns the path."""
        from groundswell.excel import write_workbook

        return write_workbook(self, path)

    def save(self, path: str | Path) -> Path:
        """Write a .gsw file that `groundswell.load` opens and `groundswell.rerun` checks."""
        from groundswell.study import save

        return save(self, path)

    def baseline_note(self) -> str:
        """What differences are taken to."""
        if self.baseline_given:
            return f"Differences are to the baseline {self.baseline!r}."
        return f"No baseline was named: differences are to the first design, {self.baseline!r}."

    def __repr__(self) -> str:
        first = self.results[self.baseline]
        worlds, replicates = first.recording.finished.shape
        lines = [f"Contest of {len(self.results)} designs, {worlds} worlds of {replicates} replicates"]
        lines += [self.sentence(), self.baseline_note()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from groundswell.sentence import contest_html

        return contest_html(self)


def _flag(differ: int, pairs: int) -> str:
    if differ >= statistics.LEAST_PAIRS:
        return ""
    return f"{differ} of {pairs} pairs differ; an interval needs {statistics.LEAST_PAIRS}"
