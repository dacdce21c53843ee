"""Pictures. Each takes `ax=` and returns it, and has a table with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from groundswell.plots.differences import MEASURES
from groundswell.plots.differences import differences as draw_differences
from groundswell.plots.grid import over_grid
from groundswell.plots.potential import against_potential
from groundswell.plots.weekly import weekly

if TYPE_CHECKING:
    from groundswell.compare import Contest
    from groundswell.results import Results

REACH = "People outside the company reached in each week"
TO_DATE = "People outside the company reached so far"
AWARENESS = "Awareness, all persons outside the company"


@dataclass(frozen=True)
class ResultPlots:
    """Pictures of one design."""

    result: Results

    def reach(self, ax: Axes | None = None, cumulative: bool = True) -> Axes:
        """People reached since the start of the horizon, by week; cumulative=False: in each week."""
        return _reach([self.result], ax, cumulative)

    def awareness(self, ax: Axes | None = None) -> Axes:
        """Awareness at the end of each week."""
        return weekly([self.result], "awareness", AWARENESS, ax)

    def potential(self, ax: Axes | None = None) -> Axes:
        """Unique people against impressions and potential reach."""
        return against_potential([self.result], ax)


@dataclass(frozen=True)
class ContestPlots:
    """Pictures of a comparison."""

    contest: Contest

    def reach(self, ax: Axes | None = None, cumulative: bool = True) -> Axes:
        """People reached since the start of the horizon, by week, one line a design; cumulative=False: in each week."""
        return _reach(list(self.contest.results.values()), ax, cumulative)

    def awareness(self, ax: Axes | None = None) -> Axes:
        """Awareness at the end of each week, one line a design."""
        return weekly(list(self.contest.results.values()), "awareness", AWARENESS, ax)

    def potential(self, ax: Axes | None = None) -> Axes:
        """Unique people against impressions and potential reach, one row a design."""
        return against_potential(list(self.contest.results.values()), ax)

    def grid(self, measure: str = "unique_reach", versus: str | None = None, ax: Axes | None = None) -> Axes:
        """Differences of one measure over what a grid varies, with 95 % intervals: `table(versus, measure)`."""
        return over_grid(self.contest.table(versus, measure), self.contest.varied, ax)

    def differences(
        self,
        measures: Sequence[str] = MEASURES,
        versus: str | None = None,
        ax: Axes | None = None,
        figure: Figure | None = None,
    ) -> Axes | list[Axes]:
        """Differences to the baseline with 95 % intervals, one panel a measure; with `ax`, the first measure."""
        return draw_differences(self.contest, measures, versus, ax, figure)


def _reach(results: list[Results], ax: Axes | None, cumulative: bool) -> Axes:
    if cumulative:
        return weekly(results, "unique_reach_to_date", TO_DATE, ax)
    return weekly(results, "unique_reach", REACH, ax)
