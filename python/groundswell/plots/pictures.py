"""Every picture of a result and of a comparison, from what is drawn in the modules beside this one."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from groundswell.decide import Contest
from groundswell.plots import costs, style
from groundswell.plots.aware import aware_added as draw_aware_added
from groundswell.plots.content import beside_the_page, content_table
from groundswell.plots.dated import marks_of
from groundswell.plots.grid import over_grid
from groundswell.plots.participation import members as draw_members
from groundswell.plots.participation import participation_table
from groundswell.plots.potential import against_potential
from groundswell.plots.weekly import weekly
from groundswell.results import Results
from groundswell.results.pictures import Period

REACH = "People outside the company reached by employees' posts in each week"
TO_DATE = "People outside the company reached by employees' posts so far"
AWARENESS = "Who knows the company, of all persons outside it"
PEOPLE, PERCENT = "people outside the company", "% of persons outside the company"
SHARERS = "Employees who posted about the company in each month"
MIDDLE = 0.5  # of a period: where what happened during it stands
WHOLE_MONTH, LEAST_MONTHS = 28, 2  # days; months, for one is a point and no line


def reach(results: Sequence[Results], ax: Axes | None, cumulative: bool) -> Axes:
    """People reached by week, since the start of the horizon or in each week."""
    if cumulative:
        return weekly(results, "unique_reach_to_date", TO_DATE, ax, label=PEOPLE)
    return weekly(results, "unique_reach", REACH, ax, label=PEOPLE, at=MIDDLE)


def awareness(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Awareness at the end of each week, in percent and, at the right, in people."""
    ax = weekly(results, "awareness", AWARENESS, ax, label=PERCENT, scale=100)
    persons = results[0].recording.persons
    if persons is not None:
        style.second_axis(ax, sum(persons[1:]) / 100, PEOPLE)
    return style.settled(ax)


def potential(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Unique people against impressions and potential reach."""
    style.take(results)
    return against_potential(results, ax)


def members(result: Results, ax: Axes | None) -> Axes:
    """Members of one program by week."""
    return draw_members(participation_table(result), ax, marks_of([result]))


def sharers(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Active sharers in each whole month; in each week where the horizon has fewer months than make a line."""
    months = results[0].frame("active_sharers", by="month")["days"]
    if (months >= WHOLE_MONTH).sum() < LEAST_MONTHS:
        by_week = SHARERS.replace("month", "week")
        return weekly(results, "active_sharers", by_week, ax, label="employees", at=MIDDLE, dated=True)
    return weekly(results, "active_sharers", SHARERS, ax, "month", WHOLE_MONTH, "employees", at=MIDDLE, dated=True)


def content(results: Sequence[Results], ax: Axes | None) -> Axes:
    """Posts of employees beside those of the page."""
    style.take(results)
    return beside_the_page(content_table(results), ax)


def costs_by_period(result: Results, ax: Axes | None, by: Period) -> Axes:
    """What one program costs by line, over time."""
    return costs.by_period(costs.cost_table([result], by), ax)


def costs_in_all(results: Sequence[Results], ax: Axes | None) -> Axes:
    """What programs cost over the horizon by line."""
    return costs.totals(costs.cost_table(results), ax)


def cost_per_added(contest: Contest, measure: str, ax: Axes | None) -> Axes:
    """Cost per person, thousand impressions or click that a program adds."""
    style.take(list(contest.results.values()))
    return costs.per_added(costs.per_added_table(contest, measure), ax)


def aware_added(contest: Contest, segment: str, ax: Axes | None) -> Axes:
    """Aware people added to the baseline by week."""
    style.take(list(contest.results.values()))
    return draw_aware_added(contest, segment, ax)


def grid(contest: Contest, measure: str, versus: str | None, ax: Axes | None) -> Axes:
    """Differences of one measure over what a grid varies."""
    style.take(list(contest.results.values()))
    return over_grid(contest.table(versus, measure), contest.varied, ax)
