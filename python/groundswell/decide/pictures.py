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


@dataclass(frozen=True)
class ContestPlots:
    """Pictures of a comparison. A design has one color in all of them.

    Each draws on `ax=`, else on a figure of its own, and returns the matplotlib Axes; `differences` without `ax` draws
    a panel a measure and returns the list of them. To save one::

        contest.plot.participation().figure.savefig("participation.png", dpi=200)
        contest.plot.differences()[0].figure.savefig("differences.png", dpi=200)
    """

    contest: ContestRecord

    @property
    def _results(self) -> list[Results]:
        return list(self.contest.results.values())

    def reach(self, ax: Axes | None = None, cumulative: bool = True) -> Axes:
        """People reached since the start of the horizon, by week, one line a design; cumulative=False: in each week."""
        return draw("plot.reach", self._results, ax, cumulative)

    def awareness(self, ax: Axes | None = None) -> Axes:
        """Awareness at the end of each week from 0, in percent of persons outside and in people, one line a design."""
        return draw("plot.awareness", self._results, ax)

    def aware_added(self, ax: Axes | None = None, segment: str = "") -> Axes:
        """Aware people added to the baseline by week, of all outside or of a segment: `aware_added_table`."""
        return draw("plot.aware_added", self.contest, segment, ax)

    def potential(self, ax: Axes | None = None) -> Axes:
        """Unique people against impressions and potential reach, one row a design."""
        return draw("plot.potential", self._results, ax)

    def participation(self, ax: Axes | None = None) -> Axes:
        """Active sharers in each whole month, one line a design, and the days on which programs change.

        The same numbers: `frame("active_sharers", by="month")`. A month's number stands over the name of the month.
        """
        return draw("plot.sharers", self._results, ax)

    def content(self, ax: Axes | None = None) -> Axes:
        """Posts of employees beside those of the page, one row a design: `content_table`."""
        return draw("plot.content", self._results, ax)

    def costs(self, ax: Axes | None = None) -> Axes:
        """What the programs cost over the horizon by line, one bar a design: `cost_table`."""
        return draw("plot.costs_in_all", self._results, ax)

    def cost_per_person(self, ax: Axes | None = None) -> Axes:
        """Cost per person added with 95 % intervals, one row a design: `per_added_table`."""
        return draw("plot.cost_per_added", self.contest, "cost_per_person_added", ax)

    def cost_per_thousand(self, ax: Axes | None = None) -> Axes:
        """Cost per thousand impressions added, beside the company's market price."""
        return draw("plot.cost_per_added", self.contest, "cost_per_thousand_impressions_added", ax)

    def cost_per_click(self, ax: Axes | None = None) -> Axes:
        """Cost per click added, beside the company's market price."""
        return draw("plot.cost_per_added", self.contest, "cost_per_click_added", ax)

    def grid(self, measure: str = "unique_reach", versus: str | None = None, ax: Axes | None = None) -> Axes:
        """Differences of one measure over what a grid varies, with 95 % intervals: `table(versus, measure)`."""
        return draw("plot.grid", self.contest, measure, versus, ax)

    def differences(
        self,
        measures: Sequence[str] | None = None,
        versus: str | None = None,
        ax: Axes | None = None,
        figure: Figure | None = None,
    ) -> Axes | list[Axes]:
        """What the designs add, or other differences with 95 % intervals, a panel a measure: a list of Axes.

        With `ax` the first measure alone is drawn, and `ax` returned. ``differences()[0].figure.savefig("d.png")``.
        """
        axes: Axes | list[Axes] = verbs.body("plot.differences")(self.contest, measures, versus, ax, figure)
        return axes
