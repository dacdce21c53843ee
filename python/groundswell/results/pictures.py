"""Pictures of one design: what can be drawn, with its options; package `plots` draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from groundswell.common import verbs
from groundswell.results.record import ResultsRecord

if TYPE_CHECKING:  # matplotlib takes longer to load than the rest of the package
    from matplotlib.axes import Axes

Period = Literal["week", "month", "quarter"]


def draw(picture: str, *arguments: Any) -> Axes:
    """Draw a picture by the name of its verb."""
    axes: Axes = verbs.body(picture)(*arguments)
    return axes


@dataclass(frozen=True)
class ResultPlots:
    """Pictures of one design.

    Each draws on `ax=`, else on a figure of its own, and returns the matplotlib Axes. To save one::

        result.plot.participation().figure.savefig("participation.png", dpi=200)
    """

    result: ResultsRecord

    def reach(self, ax: Axes | None = None, cumulative: bool = True) -> Axes:
        """People reached since the start of the horizon, by week; cumulative=False: in each week."""
        return draw("plot.reach", [self.result], ax, cumulative)

    def awareness(self, ax: Axes | None = None) -> Axes:
        """Awareness at the end of each week from 0, in percent of persons outside and in people."""
        return draw("plot.awareness", [self.result], ax)

    def potential(self, ax: Axes | None = None) -> Axes:
        """Unique people against impressions and potential reach."""
        return draw("plot.potential", [self.result], ax)

    def participation(self, ax: Axes | None = None) -> Axes:
        """Members of the program by week: invited, enrolled, active, dormant, dropped out: `participation_table`.

        Thin lines mark the days on which the program changes.
        """
        return draw("plot.members", self.result, ax)

    def content(self, ax: Axes | None = None) -> Axes:
        """Posts of employees beside those of the page, with authenticity and credibility: `content_table`."""
        return draw("plot.content", [self.result], ax)

    def costs(self, ax: Axes | None = None, by: Period = "month") -> Axes:
        """What the program costs by line, in each week, month or quarter: `cost_table`."""
        return draw("plot.costs_by_period", self.result, ax, by)
