"""What a simulation returns: estimates with intervals, long frames, warnings and the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import verbs
from groundswell.common.progress import ProgressOption
from groundswell.common.text import estimate_text, paragraph_html, table_html
from groundswell.company.identity import pseudonym_notes
from groundswell.company.small_groups import MIN_GROUP
from groundswell.results.cascades import cascades_frame
from groundswell.results.explain import Explanation, explain
from groundswell.results.frames import ESTIMATE_COLUMNS, long_frame, rows_on, weekly
from groundswell.results.grain import ALL
from groundswell.results.measures import described
from groundswell.results.people_frame import people_frame
from groundswell.results.pictures import ResultPlots
from groundswell.results.record import ResultsRecord
from groundswell.results.verbs import Writable
from groundswell.results.warnings import WARNING_COLUMNS, without_examples
from groundswell.scenario.words import price_notes

HEADLINE = (
    "posts", "potential_reach", "impressions", "engagements", "engagement_rate", "clicks", "unique_reach", "awareness",
)  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Results(Writable, ResultsRecord):
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

    def summary(self, window: str = "horizon") -> pd.DataFrame:
        """One row a measure (the index) for a whole window.

        Columns: unit; mean; mean_se, mean_ci_lower, mean_ci_upper (95 %), the simulation error of the mean; p05, p50,
        p95, the year a firm would live; runs; uncertainty, the levels these numbers contain. Formulas: `statistics`. Of
        "all" each window has a row, named in the column window.
        """
        frame = self.frame(window=window).set_index("measure")
        frame.index = frame.index.astype(str)
        return frame[[*(["window"] if window == ALL else []), "unit", *ESTIMATE_COLUMNS]]

    def frame(
        self,
        measures: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        window: str = "horizon",
        large: bool = False,
        min_group: int = MIN_GROUP,
    ) -> pd.DataFrame:
        """Long frame: one row for each measure and cell.

        Parameters
        ----------
        measures:
            Names (see `groundswell.measures()`); by default every measure that is recorded at this grain.
        by:
            Any of: one of week, month, quarter; segment; source; platform; hop; world; replicate (with world). Or
            department, alone or with world: what the posts of its people did in the horizon, as in `people()`.
        window:
            warm_up, horizon, follow_up, `completion` (horizon and follow-up together) or `all`.
        large:
            True allows a frame that would take more than 500 MB; its size is stated in the error without it.
        min_group:
            By department: smaller departments are joined to one row, as in `to_excel`; 1 shows every department.

        Returns
        -------
        Columns label, window, date (first day of the week, calendar month, quarter, else of the window), days (in the
        cell), the dimensions asked for, measure, unit, and the estimate: mean, mean_se, mean_ci_lower,
        mean_ci_upper, p05, p50, p95, runs, uncertainty. By world the estimate is over the replicates of that world;
        by world and replicate there is one column `value`. By department there are employees and note (what was
        joined), and no percentiles of years: module `departments`, whose numbers are those of the workbook.

        Raises
        ------
        UnknownName
            For a measure, dimension or window that does not exist.
        NotRecorded
            Where a measure was not recorded at this grain; nothing is added up that does not add up. By department:
            a result made with `people="aggregate"`, a company whose departments are drawn, another window.
        DoesNotFit
            For a frame of more than 500 MB that was not asked for with `large=True`.
        """
        return long_frame(self, measures, by, window, large, min_group)

    def on(
        self,
        day: date | datetime | str | np.datetime64,
        measures: str | Sequence[str] | None = None,
        by: str | Sequence[str] = "week",
        window: str = "all",
    ) -> pd.DataFrame:
        """Rows of `frame(measures, by, window)` whose week (month, quarter) has `day` in it; any kind of date will do.

        Dates in frames are timestamps at midnight, and pandas finds no `datetime.date` among them.
        """
        return rows_on(self.frame(measures, by, window), day)

    def weekly(self, measures: str | Sequence[str] | None = None, window: str = "horizon") -> pd.DataFrame:
        """Means by week as a time series: a DatetimeIndex `date` (first day of the week), a column a measure.

        `wide.loc["2027-01-04"]` is one week, `wide.loc["2027-01"]` those of a month; for a `datetime.date` use `on`.
        The index has the frequency of seven days, with which pandas draws by day.

        Wide on purpose, for plotting and for joining with other weekly series; units are those of `measures()`,
        intervals and percentiles are in `frame(by="week")`. Columns of people reached do not add up over weeks.
        """
        return weekly(self, measures, window)

    def people(self, measures: str | Sequence[str] | None = None, rank_by: str | None = "impressions") -> pd.DataFrame:
        """One row an employee, in the order of ``company.ids``: what their posts about the company did in the horizon.

        Columns: the id under its own name in the export, so that `hr.merge(result.people())` works; department,
        advocate; mean and 95 % interval of the measures; rank by one of them with its interval; `distinguishable`,
        False where the number rests on columns that were not given. Module `people_frame` explains each and the errors.

        Of a file that was opened without its key the ids are pseudonyms and such a merge finds nobody; the warning
        `ids_are_pseudonyms` says so. `gs.load(path, key=gs.own_key())` gives your own ids.
        """
        return people_frame(self, measures, rank_by)

    def cascades(self) -> pd.DataFrame:
        """One row a post of every run: its reshares, later views, largest hop, structural virality (module `cascades`).

        Of a result made with `record=["cascades"]`; NotRecorded for any other, and for one opened from a file.
        """
        return cascades_frame(self)

    def explain(self, measure: str, window: str = "horizon") -> Explanation:
        """What a measure is made of: its definition, the chain from employees to unique people, what it rests on."""
        return explain(self, measure, window)

    @property
    def plot(self) -> ResultPlots:
        """Pictures: `plot.reach()`, `plot.awareness()`; each takes `ax=` and returns it."""
        return ResultPlots(self)

    def extend(
        self,
        *,
        worlds: int | None = None,
        replicates: int | None = None,
        threads: int | None = None,
        progress: ProgressOption = None,
    ) -> Results:
        """The same design with `worlds` worlds of `replicates` replicates: totals. Only what is missing runs.

        Equals a fresh result of that size bit for bit; progress as in `simulate`, errors as `Contest.extend`.
        """
        extended: list[Results] = verbs.body("Results.extend")([self], worlds, replicates, threads, progress)
        return extended[0]

    def __repr__(self) -> str:
        lines = [f"Results {self.label!r}: {_runs_text(self)}, {self.uncertainty}, {self.seconds:.1f} s"]
        lines += [
            f"  {row['measure']}: {estimate_text(row)} {row['unit']}; {row['population']}" for row in self._headline()
        ]
        lines += [f"  {line}" for line in pseudonym_notes(self.warnings)]
        if len(self.warnings):
            lines.append(f"  {len(self.warnings)} warnings: {', '.join(self.warnings['code'])}"[:110])
        return "\n".join(lines)

    def _headline(self) -> list[dict[str, Any]]:
        """Rows of the summary that a bare cell shows, in its order, and what each is a number of."""
        summary = self.summary().reset_index()
        summary["population"] = [described(name).population for name in summary["measure"]]
        rows = {row["measure"]: row for row in summary.to_dict("records")}
        return [{str(key): value for key, value in rows[name].items()} for name in HEADLINE if name in rows]

    def _repr_html_(self) -> str:
        head = ["measure", "mean (95 % interval of the mean)", "single run, p05 to p95", "unit"]
        blocks: dict[str, list[list[str]]] = {}
        for row in self._headline():
            cells = [row["measure"], estimate_text(row), estimate_text(row, "year"), row["unit"]]
            blocks.setdefault(row["population"], []).append(cells)
        tables = [table_html(head, rows, caption=f"{self.label}: {whose}") for whose, rows in blocks.items()]
        about = [f"{_runs_text(self)}; uncertainty: {self.uncertainty}; {self.seconds:.1f} s"]
        note = ". ".join(about + price_notes(self.scenario))
        warned = without_examples(self.warnings, self.scenario.company).astype(str)
        below = table_html(WARNING_COLUMNS, warned.to_numpy().tolist()) if len(warned) else ""
        return "".join(tables) + paragraph_html(note) + below


def _runs_text(results: Results) -> str:
    text = results.counts
    if results.runs < results.runs_asked:
        text += f", interrupted: {results.runs} of {results.runs_asked} runs"
    return text
