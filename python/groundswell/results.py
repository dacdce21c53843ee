"""What a simulation returns: estimates with intervals, long frames, warnings and the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell import statistics
from groundswell.errors import DoesNotFit, InvalidInput
from groundswell.explain import Explanation, explain
from groundswell.export import weekly, without_examples
from groundswell.grain import Query, check_dimensions, make_query
from groundswell.html import estimate_text, table_html
from groundswell.memory import bytes_text
from groundswell.people_frame import people_frame
from groundswell.recording import Cells, Recording
from groundswell.writable import Writable

if TYPE_CHECKING:
    from groundswell.plots import ResultPlots

HEADLINE = (
    "posts", "potential_reach", "impressions", "engagements", "engagement_rate", "clicks", "unique_reach", "awareness",
)  # fmt: skip
ESTIMATE_COLUMNS = [
    "mean", "mean_se", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95", "runs", "uncertainty",
]  # fmt: skip
LARGEST_FRAME = 500_000_000
BYTES_PER_ROW = 130  # at most, of a large frame; measured in docs/results/results_size.md
WARNING_COLUMNS = ["code", "count", "examples", "consequence"]


@dataclass(frozen=True, eq=False, repr=False)
class Results(Writable):
    """All runs of one design.

    Attributes
    ----------
    scenario:
        What was simulated.
    recording:
        The values of every run, and what each number is.
    warnings:
        Frame with code, count, examples, consequence: from the company, from the worlds, from the runs themselves.
    manifest:
        Scenario as YAML (of named advocates how many), company hash, seed, version, core build, schema version, worlds,
        replicates, people.
    seconds:
        Wall time of the simulation, worlds included.
    cascade_posts:
        What `cascades` shows, in the core's codes; None where it was not recorded.
    """

    scenario: Any
    recording: Recording
    warnings: pd.DataFrame
    manifest: Mapping[str, Any]
    seconds: float
    color: int = field(default=1)
    cascade_posts: pd.DataFrame | None = None

    @property
    def label(self) -> str:
        """The scenario's label."""
        return str(self.scenario.label)

    @property
    def runs(self) -> int:
        """Finished runs."""
        return int(self.recording.finished.sum())

    @property
    def runs_asked(self) -> int:
        """Runs asked for: worlds times replicates."""
        return int(self.recording.finished.size)

    @property
    def uncertainty(self) -> str:
        """The levels of uncertainty the numbers contain."""
        return statistics.name_uncertainty(int(self.recording.finished.any(axis=1).sum()))

    def summary(self, window: str = "horizon") -> pd.DataFrame:
        """One row a measure (the index) for a whole window.

        Columns: unit; mean; mean_se, mean_ci_lower, mean_ci_upper (95 %), the simulation error of the mean; p05, p50,
        p95, the year a firm would live; runs; uncertainty, the levels these numbers contain. Formulas: `statistics`.
        """
        frame = self.frame(window=window).set_index("measure")
        frame.index = frame.index.astype(str)
        return frame[["unit", *ESTIMATE_COLUMNS]]

    def frame(
        self,
        measures: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        window: str = "horizon",
        large: bool = False,
    ) -> pd.DataFrame:
        """Long frame: one row for each measure and cell.

        Parameters
        ----------
        measures:
            Names (see `groundswell.measures()`); by default every measure that is recorded at this grain.
        by:
            Any of: one of week, month, quarter; segment; source; platform; hop; world; replicate (with world).
        window:
            warm_up, horizon, follow_up, `completion` (horizon and follow-up together) or `all`.
        large:
            True allows a frame that would take more than 500 MB; its size is stated in the error without it.

        Returns
        -------
        Columns label, window, date (first day of the week, calendar month, quarter, else of the window), days (in the
        cell), the dimensions asked for, measure, unit, and the estimate: mean, mean_se, mean_ci_lower,
        mean_ci_upper, p05, p50, p95, runs, uncertainty. By world the estimate is over the replicates of that world;
        by world and replicate there is one column `value`.

        Raises
        ------
        UnknownName
            For a measure, dimension or window that does not exist.
        NotRecorded
            Where a measure was not recorded at this grain; nothing is added up that does not add up.
        DoesNotFit
            For a frame of more than 500 MB that was not asked for with `large=True`.
        """
        dimensions = check_dimensions(by)
        query = make_query(dimensions, window)
        names = self._names(measures, query)
        if not large:
            refuse_large(self.rows(names, query, dimensions), dimensions)
        parts = [self._measure_frame(name, query, dimensions) for name in names]
        frame = pd.concat(parts, ignore_index=True)
        known = list(self.recording.measures)
        frame["measure"] = pd.Categorical(frame["measure"], categories=known, ordered=True)
        return frame

    def rows(self, names: Sequence[str], query: Query, dimensions: tuple[str, ...]) -> int:
        """How many rows `frame` would have."""
        runs = self.runs if "replicate" in dimensions else 1
        if "world" in dimensions and "replicate" not in dimensions:
            runs = int(self.recording.finished.any(axis=1).sum())
        return runs * sum(self.recording.count(name, query) for name in names)

    def _names(self, measures: str | Sequence[str] | None, query: Query) -> list[str]:
        """The measures asked for, checked; by default all that are recorded at this grain."""
        if measures is None:
            return self.recording.recorded(query)
        names = [measures] if isinstance(measures, str) else list(measures)
        if not names:
            raise InvalidInput("measures: empty; name at least one, or leave it out for all")
        repeated = sorted({str(name) for name in names if names.count(name) > 1})
        if repeated:
            raise InvalidInput(f"measures: named twice: {', '.join(repeated)}")
        return names

    def _measure_frame(self, name: str, query: Query, dimensions: tuple[str, ...]) -> pd.DataFrame:
        cells = self.recording.cells(name, query)
        frame = cells.index.copy()
        frame.insert(0, "label", self.label)
        if "replicate" in dimensions:
            return self._per_run(name, frame, cells)
        if "world" in dimensions:
            worlds = np.flatnonzero(self.recording.finished.any(axis=1))
            parts = [self._estimates(name, frame.assign(world=w), cells, slice(w, w + 1)) for w in worlds]
            return pd.concat(parts, ignore_index=True)
        return self._estimates(name, frame, cells, slice(None))

    def _estimates(self, name: str, frame: pd.DataFrame, cells: Cells, worlds: slice) -> pd.DataFrame:
        finished = self.recording.finished[worlds]
        estimates = statistics.mean_interval(cells.linear[worlds], finished)
        low, middle, high = statistics.year_quantiles(cells.values[worlds], finished)
        return frame.assign(
            measure=name,
            unit=self.recording.measures[name].unit,
            mean=estimates.mean,
            mean_se=estimates.se,
            mean_ci_lower=estimates.lower,
            mean_ci_upper=estimates.upper,
            p05=low,
            p50=middle,
            p95=high,
            runs=estimates.runs,
            uncertainty=estimates.uncertainty,
        )

    def _per_run(self, name: str, frame: pd.DataFrame, cells: Cells) -> pd.DataFrame:
        runs = np.argwhere(self.recording.finished)
        repeated = pd.concat([frame] * len(runs), ignore_index=True)
        return repeated.assign(
            world=np.repeat(runs[:, 0], len(frame)),
            replicate=np.repeat(runs[:, 1], len(frame)),
            measure=name,
            unit=self.recording.measures[name].unit,
            value=cells.values[self.recording.finished].ravel(),
        )

    def weekly(self, measures: str | Sequence[str] | None = None, window: str = "horizon") -> pd.DataFrame:
        """Means by week as a time series: a DatetimeIndex `date` (first day of the week), a column a measure.

        Wide on purpose, for plotting and for joining with other weekly series; units are those of `measures()`,
        intervals and percentiles are in `frame(by="week")`. Columns of people reached do not add up over weeks.
        """
        return weekly(self, measures, window)

    def people(self, measures: str | Sequence[str] | None = None, rank_by: str | None = "impressions") -> pd.DataFrame:
        """One row an employee: what their company-related posts did in the horizon, in the analyst's own ids.

        Columns: the id under its own name in the export, so that `hr.merge(result.people())` works; department,
        advocate; mean and 95 % interval of the measures; rank by one of them with its interval; `distinguishable`,
        False where the number rests on columns that were not given. Module `people_frame` explains each and the errors.
        """
        return people_frame(self, measures, rank_by)

    def cascades(self) -> pd.DataFrame:
        """One row a post of every run: its reshares, later views, largest hop, structural virality (module `cascades`).

        Of a result made with `record=["cascades"]`; NotRecorded for any other, and for one opened from a file.
        """
        from groundswell.cascades import cascades_frame

        return cascades_frame(self)

    def explain(self, measure: str, window: str = "horizon") -> Explanation:
        """What a measure is made of: its definition, the chain from employees to unique people, what it rests on."""
        return explain(self, measure, window)

    @property
    def plot(self) -> ResultPlots:
        """Pictures: `plot.reach()`, `plot.awareness()`; each takes `ax=` and returns it."""
        from groundswell.plots import ResultPlots

        return ResultPlots(self)

    def extend(
        self, *, worlds: int | None = None, replicates: int | None = None, threads: int | None = None
    ) -> Results:
        """The same design with `worlds` worlds of `replicates` replicates: totals. Only what is missing runs.

        Equals a fresh result of that size bit for bit; errors as `Contest.extend`.
        """
        from groundswell.extend import extend_results

        return extend_results([self], worlds, replicates, threads)[0]

    def __repr__(self) -> str:
        lines = [f"Results {self.label!r}: {_runs_text(self)}, {self.uncertainty}, {self.seconds:.1f} s"]
        lines += [f"  {row['measure']}: {estimate_text(row)} {row['unit']}" for row in self._headline()]
        if len(self.warnings):
            lines.append(f"  {len(self.warnings)} warnings: {', '.join(self.warnings['code'])}"[:110])
        return "\n".join(lines)

    def _headline(self) -> list[dict[str, Any]]:
        """Rows of the summary that a bare cell shows, in its order."""
        rows = {row["measure"]: row for row in self.summary().reset_index().to_dict("records")}
        return [{str(key): value for key, value in rows[name].items()} for name in HEADLINE if name in rows]

    def _repr_html_(self) -> str:
        head = ["measure", "mean (95 % interval of the mean)", "one year, p05 to p95", "unit"]
        rows = [
            [row["measure"], estimate_text(row), estimate_text(row, "year"), row["unit"]] for row in self._headline()
        ]
        note = f"{_runs_text(self)}; uncertainty: {self.uncertainty}; {self.seconds:.1f} s"
        warned = without_examples(self.warnings, self.scenario.company).astype(str)
        below = table_html(WARNING_COLUMNS, warned.to_numpy().tolist()) if len(warned) else ""
        return table_html(head, rows, caption=self.label, note=note) + below


def _runs_text(results: Results) -> str:
    worlds, replicates = results.recording.finished.shape
    text = f"{worlds} worlds of {replicates} replicates"
    if results.runs < results.runs_asked:
        text += f", interrupted: {results.runs} of {results.runs_asked} runs"
    return text


def refuse_large(rows: int, dimensions: tuple[str, ...]) -> None:
    """Raise `DoesNotFit` with the size where a frame would take more than `LARGEST_FRAME` bytes."""
    size = rows * BYTES_PER_ROW
    if size > LARGEST_FRAME:
        raise DoesNotFit(
            f"by: {', '.join(dimensions) or 'window'} gives {rows:,} rows, about {bytes_text(size)}; ask for fewer "
            "measures or a coarser grain, or pass large=True"
        )
