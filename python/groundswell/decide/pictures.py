"""Pictures of a comparison: what can be drawn, with its options; package `plots` draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.common import verbs
from groundswell.decide.record import ContestRecord
from groundswell.results import Results
from groundswell.results.pictures import draw

if TYPE_CHECKING:  # matplotlib takes longer to load than the rest of the package
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MEASURES = ("unique_reach", "impressions", "engagements", "awareness")


@dataclass(frozen=True)
class ContestPlots:
    """Pictures of a comparison. Each takes `ax=` and returns it; `differences` draws a panel a measure without one."""

    contest: ContestRecord

    @property
    def _results(self) -> list[Results]:
        return list(self.contest.results.values())

    def reach(self, ax: Axes | None = None, cumulative: bool = True) -> Axes:
        """People reached since the start of the horizon, by week, one line a design; cumulative=False: in each week."""
        return draw("plot.reach", self._results, ax, cumulative)

    def awareness(self, ax: Axes | None = None) -> Axes:
        """Awareness at the end of each week, one line a design."""
        return draw("plot.awareness", self._results, ax)

    def potential(self, ax: Axes | None = None) -> Axes:
        """Unique people against impressions and potential reach, one row a design."""
        return draw("plot.potential", self._results, ax)

    def participation(self, ax: Axes | None = None) -> Axes:
        """Active sharers in each whole month, one line a design: `frame("active_sharers", by="month")`."""
        return draw("plot.sharers", self._results, ax)

    def content(self, ax: Axes | None = None) -> Axes:
        """Posts of employees beside those of the page, one row a design: `content_table`."""
        return draw("plot.content", self._results, ax)

    def costs(self, ax: Axes | None = None) -> Axes:
        """What the programs cost over the horizon by line, one bar a design: `cost_table`."""
        return draw("plot.costs_in_all", self._results, ax)

    def cost_per_person(self, ax: Axes | None = None) -> Axes:
        """Cost per person reached with 95 % intervals, one row a design with a cost: `per_person_table`."""
        return draw("plot.cost_per_person", self._results, ax)

    def grid(self, measure: str = "unique_reach", versus: str | None = None, ax: Axes | None = None) -> Axes:
        """Differences of one measure over what a grid varies, with 95 % intervals: `table(versus, measure)`."""
        return draw("plot.grid", self.contest, measure, versus, ax)

    def differences(
        self,
        measures: Sequence[str] = MEASURES,
        versus: str | None = None,
        ax: Axes | None = None,
        figure: Figure | None = None,
    ) -> Axes | list[Axes]:
        """Differences to the baseline with 95 % intervals, one panel a measure; with `ax`, the first measure."""
        axes: Axes | list[Axes] = verbs.body("plot.differences")(self.contest, measures, versus, ax, figure)
        return axes
