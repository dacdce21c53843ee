"""Who takes part over time: members of one design, active sharers of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from groundswell.common.statistics import Flags, Floats, mean_interval
from groundswell.common.year_range import year_quantiles
from groundswell.plots import letters, style
from groundswell.plots.dated import Mark, draw_marks, leave_room, placed
from groundswell.plots.ends import End, label_ends
from groundswell.plots.weekly import BAND_ALPHA
from groundswell.results.grain import check_dimensions, make_query
from groundswell.results.results import Results

MEASURES = ("invitations", "enrolled", "dormant_members", "drop_outs")
MOST_ABOVE = 2.5  # times the members: where many more are invited, the title says it in place of a line


class State(NamedTuple):
    """A line of the picture: what it is called and how it is drawn."""

    name: str
    look: style.Look
    band: bool


STATES = (
    State("invited so far", style.look(0), False),
    State("enrolled", style.Look(style.INK, "-", "o"), True),
    State("active", style.look(1), True),
    State("dormant", style.look(2), True),
    State("dropped out so far", style.look(4), False),
)


def participation_table(result: Results) -> pd.DataFrame:
    """One row a week of the horizon and state: label, date, days, state, mean, p05, p50, p95, runs, uncertainty.

    States, in people at the end of the week: invited so far, enrolled (active or dormant), active, dormant, dropped
    out so far. Percentiles are those of single runs.
    """
    query = make_query(check_dimensions("week"), "horizon")
    cells = {name: result.recording.cells(name, query) for name in MEASURES}
    values = {name: cells[name].values for name in MEASURES}
    states = {
        "invited so far": values["invitations"].cumsum(axis=2),
        "enrolled": values["enrolled"],
        "active": values["enrolled"] - values["dormant_members"],
        "dormant": values["dormant_members"],
        "dropped out so far": values["drop_outs"].cumsum(axis=2),
    }
    weeks = cells["enrolled"].index[["date", "days"]]
    parts = [_state(weeks, state, people, result.recording.finished) for state, people in states.items()]
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(label=result.label, unit="people", uncertainty=result.uncertainty)
    table["state"] = pd.Categorical(table["state"], [state.name for state in STATES], ordered=True)
    columns = ["label", "date", "days", "state", "unit", "mean", "p05", "p50", "p95", "runs", "uncertainty"]
    return table.sort_values(["state", "date"], ignore_index=True)[columns]


def _state(weeks: pd.DataFrame, state: str, people: Floats, finished: Flags) -> pd.DataFrame:
    """One state by week, from values with axes (world, replicate, week)."""
    low, middle, high = year_quantiles(people, finished)
    mean = mean_interval(people, finished).mean
    return weeks.assign(state=state, mean=mean, p05=low, p50=middle, p95=high, runs=int(finished.sum()))


def members(table: pd.DataFrame, ax: Axes | None = None, marks: Sequence[Mark] = ()) -> Axes:
    """Draw a `participation_table` of one design: a line a state, bands of single runs of those there each week.

    `marks`: days on which the program changes.
    """
    ax = style.new_axes(ax)
    most = table[table["state"] == "enrolled"]["mean"].max()
    invited = table[table["state"] == "invited so far"]["mean"].max()
    drawn = [state for state in STATES if state.name != "invited so far" or 0 < invited <= MOST_ABOVE * most]
    ends = [_line(ax, table[table["state"] == state.name], state) for state in drawn]
    ax.set_ylim(bottom=0)
    if invited + most == 0:
        ax.set(ylim=(0, 1), yticks=[0])
        ax.text(0.5, 0.5, "no program: nobody is a member", transform=ax.transAxes, ha="center", color=style.INK,
                fontsize=style.points(ax, 10))  # fmt: skip
    said = f" ({round(invited):,} are invited)" if invited > MOST_ABOVE * most else ""
    style.finish(ax, f"{table['label'].iloc[0]}: members of the program{said}")
    style.number_axis(ax)
    ax.set_ylabel("people, at the end of the week", fontsize=style.points(ax, 9.5), color=style.INK)
    ax.margins(x=0.01)
    ax.set_ylim(ax.get_ylim())
    found = placed(ax, marks)
    leave_room(ax, found)
    labeled = label_ends(ax, ends)
    draw_marks(ax, found)
    style.date_axis(ax, table["date"].min(), table["date"].max() + pd.Timedelta(days=7))
    _legend(ax, table, drawn, labeled)
    return style.settled(ax)


def _line(ax: Axes, part: pd.DataFrame, state: State) -> End:
    end_of_week = part["date"] + pd.to_timedelta(part["days"], unit="D")
    width = style.points(ax, 1.8 if state.band else 1.3)
    (line,) = ax.plot(end_of_week, part["mean"], color=state.look.color, linestyle=state.look.line, linewidth=width)
    if len(part) == 1:  # one period is a point, and a line of it shows nothing
        line.set_marker("o")
    if state.band:
        ax.fill_between(end_of_week, part["p05"], part["p95"], color=state.look.color, alpha=BAND_ALPHA, linewidth=0)
    last = float(mdates.date2num(end_of_week.iloc[-1]))  # type: ignore[no-untyped-call]
    return End(last, float(part["mean"].iloc[-1]), state.name, state.look.color)


def _legend(ax: Axes, table: pd.DataFrame, drawn: list[State], labeled: bool) -> None:
    band = f"5th to 95th percentile of single runs ({table['uncertainty'].iloc[0]})"
    mean = f"mean of {table['runs'].iloc[0]} runs"
    lines = [State(mean, style.Look(style.INK, "-", "o"), False)] if labeled else drawn
    handles = [Line2D([], [], color=s.look.color, linestyle=s.look.line, lw=1.8) for s in lines]
    names = [state.name for state in lines]
    size, columns = style.points(ax, 8.5), 2 if labeled else 3
    letters.legend(
        ax, [*handles, Patch(facecolor=style.INK, alpha=BAND_ALPHA, linewidth=0)], [*names, band],
        title="" if labeled else f"line: {mean}", loc="upper left", bbox_to_anchor=(0, -0.12), ncols=columns,
        frameon=False, fontsize=size, title_fontsize=size, alignment="left", handlelength=2.6, borderaxespad=0,
    )  # fmt: skip
