"""A comparison: designs side by side, differences with intervals, what was varied and how exact it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell import statistics
from groundswell.cells import FailedCell, all_warnings, cells_frame, column, failed_cells, varied_values
from groundswell.errors import InvalidInput, NotRecorded, UnknownName, did_you_mean, shown
from groundswell.extend import extend_results
from groundswell.failures import Failures
from groundswell.grain import Query, check_dimensions, make_query
from groundswell.measures import find
from groundswell.precision import Within, precision_frame
from groundswell.progress import ProgressOption
from groundswell.results import Results, refuse_large
from groundswell.writable import Writable

if TYPE_CHECKING:
    from groundswell.plots import ContestPlots

TABLE_COLUMNS = [
    "measure", "label", "unit", "mean", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95", "versus",
    "difference", "difference_se", "difference_ci_lower", "difference_ci_upper", "pairs", "pairs_that_differ",
    "pairing_gain", "flag", "uncertainty",
]  # fmt: skip


def make_contest(results: Sequence[Results], baseline_given: bool, **details: Any) -> Contest:
    """A contest of finished results; the first is the baseline. `details`: further fields of `Contest`."""
    colored = [replace(result, color=i) for i, result in enumerate(results, start=0 if baseline_given else 1)]
    return Contest({result.label: result for result in colored}, colored[0].label, baseline_given, **details)


@dataclass(frozen=True, eq=False, repr=False)
class Contest(Writable):
    """Finished results of several designs, run by run with the same worlds and luck.

    Attributes
    ----------
    results:
        By label, in the order of the designs, the baseline first.
    baseline:
        The label differences are taken to.
    baseline_given:
        False where the first design was taken because none was named.
    wanted:
        The precision asked for, by measure; `precision` says what was reached.
    varied:
        Addresses a grid varies: columns of every frame.
    failed:
        Designs that could not be run (cells of a grid that are not valid scenarios, designs that the engine refused
        while it ran) and why; `cells` lists them with the others.
    """

    results: Mapping[str, Results]
    baseline: str
    baseline_given: bool
    wanted: Mapping[str, Within] = field(default_factory=dict)
    varied: tuple[str, ...] = ()
    failed: tuple[FailedCell, ...] = ()

    @property
    def labels(self) -> list[str]:
        """Labels of the designs, the baseline first."""
        return list(self.results)

    @property
    def worlds(self) -> int:
        """Worlds in which every design has a finished run."""
        finished = [result.recording.finished.any(axis=1) for result in self.results.values()]
        return int(np.logical_and.reduce(finished).sum())

    @property
    def cells(self) -> pd.DataFrame:
        """One row a design or failed cell: label, the varied fields, status (finished, interrupted, or why not run)."""
        return cells_frame(self)

    @property
    def precision(self) -> pd.DataFrame:
        """What was asked for and reached: measure, unit, asked, wanted, reached, label, worlds, met, flag.

        wanted and reached are half-widths of 95 % intervals of differences to the baseline, in the unit; reached is the
        widest among the designs, label its design.
        """
        return precision_frame(self, self.wanted)

    @property
    def warnings(self) -> pd.DataFrame:
        """Label, code, count, examples, consequence: of every design, of failed cells, of precision not reached."""
        return all_warnings(self)

    def extend(
        self,
        *,
        worlds: int | None = None,
        replicates: int | None = None,
        threads: int | None = None,
        progress: ProgressOption = None,
    ) -> Contest:
        """The same comparison with `worlds` worlds of `replicates` replicates each: totals, not additions.

        Only what is missing runs, runs left out by an interruption too; the result equals a fresh comparison of that
        size bit for bit. A design that the engine refuses in a new world goes to `failed`. This one stays as it is.

        Raises
        ------
        InvalidInput
            For a count below the present one, or where this build does not give the numbers that are there.
        DoesNotFit
            Before anything runs.
        """
        failures = Failures(needed=[self.baseline])
        new = extend_results(list(self.results.values()), worlds, replicates, threads, progress, failures)
        scenarios = [result.scenario for result in self.results.values()]
        failed = (*self.failed, *failed_cells(scenarios, failures, self.varied))
        return replace(self, results={result.label: result for result in new}, failed=failed)

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
        large: bool = False,
    ) -> pd.DataFrame:
        """`Results.frame` of every design, one below the other; `label` is a categorical in the designs' order."""
        dimensions = check_dimensions(by)
        query = make_query(dimensions, window)
        results = list(self.results.values())
        if not large:
            refuse_large(sum(r.rows(r._names(measures, query), query, dimensions) for r in results), dimensions)
        frame = pd.concat([r.frame(measures, by, window, large=True) for r in results], ignore_index=True)
        return self._labeled(frame)

    def cascades(self) -> pd.DataFrame:
        """`Results.cascades` of every design, one below the other; NotRecorded where a design has none."""
        return self._labeled(pd.concat([r.cascades() for r in self.results.values()], ignore_index=True))

    def _labeled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Labels in the order of the designs, and the varied fields beside them."""
        label = pd.Categorical(frame["label"], categories=self.labels, ordered=True)
        fields = varied_values(self.results, self.varied)
        columns = {address: column(values, label.codes) for address, values in fields.items()}
        place = list(frame.columns).index("label") + 1
        first, rest = frame.columns[:place], frame.columns[place:]
        return frame.assign(label=label, **columns)[[*first, *columns, *rest]]

    def table(
        self, versus: str | None = None, measures: str | Sequence[str] | None = None, window: str = "horizon"
    ) -> pd.DataFrame:
        """One row for each measure and design.

        Columns: measure, label, the varied fields of a grid, unit; mean and its 95 % interval; p05, p50, p95 of one
        year; versus, the label the difference is taken to (the baseline by default); difference with its standard error
        and interval, from the world means of paired differences; pairs, pairs_that_differ; pairing_gain
        (Var a + Var b) / Var(a - b); flag, a text where fewer than 100 pairs differ and the interval is not to be
        relied on; uncertainty.
        """
        levels = self.frame(measures, None, window)
        gaps = self.differences(measures, None, window, versus)
        merged = levels.merge(
            gaps.drop(columns=["window", "date", "days", "unit", "uncertainty", *self.varied]), on=["label", "measure"]
        )
        for name in ("label", "measure"):
            merged[name] = pd.Categorical(merged[name], categories=levels[name].cat.categories, ordered=True)
        return merged.sort_values(["measure", "label"], ignore_index=True)[
            [*TABLE_COLUMNS[:2], *self.varied, *TABLE_COLUMNS[2:]]
        ]

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
        frame = self._labeled(frame)
        frame["measure"] = pd.Categorical(frame["measure"], categories=list(other.recording.measures), ordered=True)
        return frame

    def _label(self, label: str) -> str:
        if label not in self.results:
            raise UnknownName(f"versus: no design of the label {shown(label)}; {did_you_mean(label, self.results)}")
        return label

    def _gap(self, result: Results, other: Results, name: str, query: Query) -> pd.DataFrame:
        a, b = result.recording.cells(name, query), other.recording.cells(name, query)
        if not a.index.equals(b.index):
            raise NotRecorded(
                f"by: {name} of {result.label!r} and of {other.label!r} have different cells (other platforms are on); "
                "their differences are over all platforms"
            )
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

    def baseline_note(self) -> str:
        """What differences are taken to."""
        if self.baseline_given:
            return f"Differences are to the baseline {self.baseline!r}."
        return f"No baseline was named: differences are to the first design, {self.baseline!r}."

    def __repr__(self) -> str:
        from groundswell.sentence import notes

        first = self.results[self.baseline]
        worlds, replicates = first.recording.finished.shape
        lines = [f"Contest of {len(self.results)} designs, {worlds} worlds of {replicates} replicates"]
        lines += [self.sentence(), self.baseline_note(), *notes(self)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from groundswell.sentence import contest_html

        return contest_html(self)


def _flag(differ: int, pairs: int) -> str:
    if differ >= statistics.LEAST_PAIRS:
        return ""
    return f"{differ} of {pairs} pairs differ; an interval needs {statistics.LEAST_PAIRS}"
