"""Pictures. Each takes `ax=` and returns it, and has a table with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from groundswell.plots import costs as money
from groundswell.plots.content import beside_the_page, content_table
from groundswell.plots.differences import MEASURES
from groundswell.plots.differences import differences as draw_differences
from groundswell.plots.grid import over_grid
from groundswell.plots.participation import members, participation_table
from groundswell.plots.potential import against_potential
from groundswell.plots.weekly import weekly

if TYPE_CHECKING:
    from groundswell.compare import Contest
    from groundswell.results import Results

REACH = "People outside the company reached in each week"
TO_DATE = "People outside the company reached so far"
AWARENESS = "Awareness, all persons outside the company"
SHARERS = "Employees who posted about the company in each month"
WHOLE_MONTH = 28
Period = Literal["week", "month", "quarter"]


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

    def participation(self, ax: Axes | None = None) -> Axes:
        """Members of the program by week: invited, enrolled, active, dormant, dropped out: `participation_table`."""
        return members(participation_table(self.result), ax)

    def content(self, ax: Axes | None = None) -> Axes:
        """Posts of employees beside those of the page, with authenticity and credibility: `content_table`."""
        return beside_the_page(content_table([self.result]), ax)

    def costs(self, ax: Axes | None = None, by: Period = "month") -> Axes:
        """What the program costs by line, in each week, month or quarter: `cost_table`."""
        return money.by_period(money.cost_table([self.result], by), ax)


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

    def participation(self, ax: Axes | None = None) -> Axes:
        """Active sharers in each whole month, one line a design: `frame("active_sharers", by="month")`."""
        return weekly(list(self.contest.results.values()), "active_sharers", SHARERS, ax, "month", WHOLE_MONTH)

    def content(self, ax: Axes | None = None) -> Axes:
        """Posts of employees beside those of the page, one row a design: `content_table`."""
        return beside_the_page(content_table(list(self.contest.results.values())), ax)

    def costs(self, ax: Axes | None = None) -> Axes:
        """What the programs cost over the horizon by line, one bar a design: `cost_table`."""
        return money.totals(money.cost_table(list(self.contest.results.values())), ax)

    def cost_per_person(self, ax: Axes | None = None) -> Axes:
        """Cost per person reached with 95 % intervals, one row a design with a cost: `per_person_table`."""
        return money.per_person(money.per_person_table(list(self.contest.results.values())), ax)

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
