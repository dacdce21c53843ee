"""Every picture of a result and of a comparison, from what is drawn in the modules beside this one."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from groundswell.decide import Contest
from groundswell.plots import costs
from groundswell.plots.content import beside_the_page, content_table
from groundswell.plots.grid import over_grid
from groundswell.plots.participation import members as draw_members
from groundswell.plots.participation import participation_table
from groundswell.plots.potential import against_potential
from groundswell.plots.weekly import weekly
from groundswell.results import Results
from groundswell.results.pictures import Period

REACH = "People outside the company reached in each week"
TO_DATE = "People outside the company reached so far"
AWARENESS = "Awareness, all persons outside the company"
SHARERS = "Employees who posted about the company in each month"
WHOLE_MONTH = 28


def reach(results: Sequence[Results], ax: Axes | None, cumulative: bool) -> Axes:
    """People reached by week, since the start of the horizon or in each week."""
    if cumulative:
        return weekly(results, "unique_reach_to_date", TO_DATE, ax)
    return weekly(results, "unique_reach", REACH, ax)


def awareness(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Awareness at the end of each week."""
    return weekly(results, "awareness", AWARENESS, ax)


def potential(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Unique people against impressions and potential reach."""
    return against_potential(results, ax)


def members(result: Results, ax: Axes | None) -> Axes:
    """Members of one program by week."""
    return draw_members(participation_table(result), ax)


def sharers(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Active sharers in each whole month."""
    return weekly(results, "active_sharers", SHARERS, ax, "month", WHOLE_MONTH)


def content(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Posts of employees beside those of the page."""
    return beside_the_page(content_table(results), ax)


def costs_by_period(result: Results, ax: Axes | None, by: Period) -> Axes:
    """What one program costs by line, over time."""
    return costs.by_period(costs.cost_table([result], by), ax)


def costs_in_all(results: Sequence[Results], ax: Axes | None) -> Axes:
    """What programs cost over the horizon by line."""
    return costs.totals(costs.cost_table(results), ax)


def cost_per_person(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Cost per person reached."""
    return costs.per_person(costs.per_person_table(results), ax)


def grid(contest: Contest, measure: str, versus: str | None, ax: Axes | None) -> Axes:
    """Differences of one measure over what a grid varies."""
    return over_grid(contest.table(versus, measure), contest.varied, ax)
