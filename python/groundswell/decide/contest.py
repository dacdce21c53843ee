"""A comparison: designs side by side, differences with intervals, what was varied and how exact it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import verbs
from groundswell.common.cores import usable_cores
from groundswell.common.progress import ProgressOption, open_progress
from groundswell.company.small_groups import MIN_GROUP
from groundswell.decide.decision import decision
from groundswell.decide.designs import all_warnings, cells_frame
from groundswell.decide.frames import ahead, differences, labeled, long_frame, table
from groundswell.decide.headline import added, headline_goal
from groundswell.decide.inputs.block import draws_to, run_block
from groundswell.decide.inputs.clause import checked, drivers_frame, inputs_frame
from groundswell.decide.pictures import ContestPlots
from groundswell.decide.precision import precision_frame
from groundswell.decide.record import ContestRecord
from groundswell.decide.sentence import contest_html, notes
from groundswell.decide.variance import variance_frame
from groundswell.decide.varied import failed_cells
from groundswell.results import Results
from groundswell.results.frames import rows_on
from groundswell.results.grain import one_window
from groundswell.results.measures import find
from groundswell.results.verbs import Writable
from groundswell.run.extend import extend_results
from groundswell.run.failures import Failures
from groundswell.scenario.inputs.draws import Draws


def make_contest(results: Sequence[Results], baseline_given: bool, **details: Any) -> Contest:
    """A contest of finished results; the first is the baseline. `details`: further fields of `Contest`."""
    colored = [replace(result, color=i) for i, result in enumerate(results, start=0 if baseline_given else 1)]
    return Contest({result.label: result for result in colored}, colored[0].label, baseline_given, **details)


@dataclass(frozen=True, eq=False, repr=False)
class Contest(Writable, ContestRecord):
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
    drawn:
        The second block, in which the inputs are drawn (`docs/model/inputs.md`); None where it was not run.
    """

    @property
    def cells(self) -> pd.DataFrame:
        """One row a design or failed cell: label, the varied fields, status (finished, interrupted, or why not run)."""
        return cells_frame(self)

    @property
    def precision(self) -> pd.DataFrame:
        """What was asked for and reached: measure, unit, asked, wanted, reached, label, worlds, met, flag.

        wanted and reached are half-widths of 95 % intervals of differences to the baseline, in the unit, which hold
        together for every design and measure asked for; reached is the widest among the designs, label its design.
        """
        return precision_frame(self)

    @property
    def warnings(self) -> pd.DataFrame:
        """Label, code, count, examples, consequence: of every design, of failed cells, of precision not reached."""
        return all_warnings(self)

    def to_html(self, path: str | Path) -> Path:
        """Write the page for whoever decides (.html, opens anywhere and loads nothing); returns the path.

        What each program adds with its interval, what it costs beside market prices, what would change the answer, what
        is not in it; the same page that ``groundswell compare --out`` writes as ``decision.html``.

        Raises
        ------
        InvalidInput
            If there is one design only, the name does not end in .html, or the folder cannot be written.
        """
        written: Path = verbs.body("Contest.to_html")(self, path)
        return written

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
        draws = None if self.drawn is None else draws_to(list(self.results.values()), worlds)
        failures = Failures(needed=[self.baseline])
        new = extend_results(list(self.results.values()), worlds, replicates, threads, progress, failures)
        scenarios = [result.scenario for result in self.results.values()]
        failed = (*self.failed, *failed_cells(scenarios, failures, self.varied))
        extended = replace(self, results={result.label: result for result in new}, failed=failed)
        return extended if draws is None else extended._with_block(threads, progress, draws)

    def with_inputs(self, threads: int | None = None, progress: ProgressOption = None) -> Contest:
        """The same comparison with its second block, in which inputs are drawn; only what is missing of it runs.

        The same worlds and luck as the first replicate of each world, one draw of the inputs a world. Nothing of
        `results` or of a table changes. With fewer than 10 worlds there is no such block.
        """
        return self._with_block(threads, progress)

    def _with_block(self, threads: int | None, progress: ProgressOption, draws: Draws | None = None) -> Contest:
        with open_progress(progress) as bar:
            cores = usable_cores() if threads is None else threads
            return replace(self, drawn=run_block(list(self.results.values()), cores, bar, self.drawn, draws))

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
        min_group: int = MIN_GROUP,
    ) -> pd.DataFrame:
        """`Results.frame` of every design, one below the other; `label` is a categorical in the designs' order."""
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

    def cascades(self) -> pd.DataFrame:
        """`Results.cascades` of every design, one below the other; NotRecorded where a design has none."""
        everything = [result.cascades() for result in self.results.values()]
        return labeled(self, pd.concat(everything, ignore_index=True))

    def table(
        self, versus: str | None = None, measures: str | Sequence[str] | None = None, window: str = "horizon"
    ) -> pd.DataFrame:
        """One row for each measure and design.

        Columns: measure, label, the varied fields of a grid, unit; mean and its 95 % interval; p05, p50, p95 of one
        year; versus, the label the difference is taken to (the baseline by default); difference with its standard error
        and interval (difference_ci_lower, difference_ci_upper), from the world means of paired differences;
        joint_ci_lower, joint_ci_upper, an interval that holds together with those of all other rows of this table, as
        is needed where several are read at once; percent of the level of `versus` with an interval of its own; worlds,
        worlds_that_differ, pairs, pairs_that_differ; pairing_gain (Var a + Var b) / Var(a - b); flag, a text where a
        study has under 10 worlds or fewer than 20 differ, and the interval is not to be relied on; uncertainty. Of
        `window="all"` each window has a row, named in the column window; joint intervals hold over all these rows.
        """
        return table(self, versus, measures, window)

    def differences(
        self,
        measures: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        window: str = "horizon",
        versus: str | None = None,
    ) -> pd.DataFrame:
        """Paired differences of every design to `versus`, at any grain that is recorded (not by world or replicate)."""
        return differences(self, measures, by, window, versus)

    def variance(self, measures: str | Sequence[str] | None = None, window: str = "horizon") -> pd.DataFrame:
        """How much of each difference to the baseline varies with the world, and how much with luck.

        What programs add first, then totals; a cost per something added as a linearized ratio. One row a measure and
        design (and window, of "all"): world_sd, luck_sd (of one run, in the unit), luck_share of the variance with its
        95 % limits, worlds, worlds_repeated (those with more than one replicate, which this rests on).
        """
        return variance_frame(self, measures, window)

    def ahead(self, label: str, other: str, goal: str, window: str = "horizon") -> tuple[int, int]:
        """In how many worlds the mean of `label` is above that of `other`, and the number of worlds."""
        return ahead(self, label, other, goal, window)

    def added(self, measures: str | Sequence[str] | None = None, window: str = "horizon") -> pd.DataFrame:
        """What each design adds to the baseline: people, aware people, views, clicks, hours, money, cost per each.

        One row for each measure (those of the kind added of `gs.measures()`) and design but the baseline. Columns:
        measure, label, the varied fields of a grid, population, unit; mean of what is added and its 95 % interval, run
        by run against the same worlds and luck; joint_ci_lower, joint_ci_upper, the interval that holds together with
        those of all rows; p05, p50, p95 of single runs; market_price, what the company pays for the same elsewhere;
        worlds and pairs of runs, and how many differ; flag; note, why a ratio is not defined: where the interval of
        what is added is not above 0, nothing is known to be bought. `table`, `frame`, `differences` and `sentence`
        take these names too: there, differences of designs in what they add.
        """
        return added(self, measures, window)

    def inputs(self, goal: str | None = None, window: str = "horizon") -> pd.DataFrame:
        """What holds when the inputs are drawn: one row for the best design on `goal` against each other one.

        Columns: measure, label, versus (`any other`: all of them at once), unit; difference with inputs drawn and its
        95 % interval; holds, the share of inputs under which the choice does not flip, with its 95 % interval;
        expected_lower, expected_upper, the range of the expected difference over inputs; drivers of the choice and of
        its size, in words; draws, how many worlds; t of the first block; flag. `open at the stated inputs` (t below 2)
        and `equal in every draw` have no share; where nothing can be said, as of a cost per person where only one
        design has one, the row has no numbers and the flag says why. `docs/model/inputs.md` has the steps.

        Raises
        ------
        NotRecorded
            No inputs were drawn.
        """
        return inputs_frame(self, self._goal(goal), one_window(window))

    def drivers(self, goal: str | None = None, window: str = "horizon") -> pd.DataFrame:
        """Inputs that can be told apart as drivers of a choice or of its size, with the correlation that named them.

        A pair of which nothing can be said has a row without an input; its flag says why.
        """
        return drivers_frame(self, self._goal(goal), one_window(window))

    def draws(self) -> pd.DataFrame:
        """The drawn inputs: world, then one column a number, by its address."""
        return checked(self).frame()

    def sentence(self, goal: str | None = None, window: str = "horizon") -> str:
        """The decision in one sentence: the best design on `goal` against the runner-up, by how much, how sure.

        By default on unique_people_added (unique_reach of a recording so early that it has no reach with the page).
        """
        return decision(self, self._goal(goal), one_window(window))

    def _goal(self, goal: str | None) -> str:
        """The measure designs are compared on, checked."""
        goal = headline_goal(self) if goal is None else goal
        find(goal, self.of(goal)[self.baseline].recording.measures, "goal")
        return goal

    @property
    def plot(self) -> ContestPlots:
        """Pictures: `plot.reach()`, `plot.awareness()`, `plot.differences()`; each takes `ax=` and returns it."""
        return ContestPlots(self)

    def __repr__(self) -> str:
        first = self.results[self.baseline]
        lines = [f"Contest of {len(self.results)} designs, {first.counts}"]
        lines += [self.sentence(), self.baseline_note(), *notes(self)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return contest_html(self, self.plot)
