"""Aware people added by programs, by week, with the intervals of their means."""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from groundswell.decide.contest import Contest
from groundswell.plots import letters, style
from groundswell.plots.ends import End, label_ends
from groundswell.plots.weekly import BAND_ALPHA
from groundswell.results.measures import AWARE, find
from groundswell.scenario.model.audience import SEGMENTS

OUTSIDERS = "persons outside the company"


def aware_added_table(contest: Contest, segment: str = "") -> pd.DataFrame:
    """One row a week and design but the baseline: aware people less those of the baseline, also in percent.

    `segment` is one of the audience, by default all persons outside the company. Columns: label, date, days, unit,
    difference, difference_ci_lower, difference_ci_upper, percent, persons, versus, pairs, uncertainty.
    """
    by = ["week", "segment"] if segment else ["week"]
    table = contest.differences(AWARE, by=by)
    table = table[table["label"].astype(str) != contest.baseline]
    if segment:
        table = table[table["segment"] == segment]
    persons = contest.results[contest.baseline].recording.persons or ()
    count = persons[SEGMENTS.index(segment)] if segment else sum(persons[1:])
    table = table.assign(percent=100 * table["difference"] / count if count else float("nan"), persons=count)
    interval = ["difference", "difference_ci_lower", "difference_ci_upper"]
    columns = ["label", "date", "days", "unit", *interval, "percent", "persons", "versus", "pairs", "uncertainty"]
    return table[columns].reset_index(drop=True)


def aware_added(contest: Contest, segment: str = "", ax: Axes | None = None) -> Axes:
    """Draw an `aware_added_table`: a line a design with the 95 % interval of its mean, in people and percent."""
    find(AWARE, contest.results[contest.baseline].recording.measures)
    ax, table = style.new_axes(ax), aware_added_table(contest, segment)
    whom = f"persons of the segment {segment}" if segment else OUTSIDERS
    ends = [
        _line(ax, part, style.look_of(str(label), contest.results[str(label)].color))
        for label, part in table.groupby("label", observed=True, sort=False)
    ]
    ax.axhline(0, color=style.INK, linewidth=1)
    style.finish(ax, f"Aware people added to {contest.baseline}, of {whom}")
    style.number_axis(ax)
    persons = int(table["persons"].iloc[0])
    ax.set_ylabel(f"people, of {persons:,} {whom}", fontsize=style.points(ax, 9.5), color=style.INK)
    ax.margins(x=0.01)
    ax.set_ylim(ax.get_ylim())
    labeled = label_ends(ax, ends)
    style.date_axis(ax, table["date"].min(), table["date"].max() + pd.Timedelta(days=7))
    if persons > 0:
        style.second_axis(ax, 100 / persons, f"% of {whom}")
    _legend(ax, table, ends, labeled)
    return style.settled(ax)


def _line(ax: Axes, part: pd.DataFrame, look: style.Look) -> End:
    end_of_week = part["date"] + pd.to_timedelta(part["days"], unit="D")
    (line,) = ax.plot(end_of_week, part["difference"], color=look.color, linestyle=look.line, lw=style.points(ax, 1.8))
    if len(part) == 1:  # one period is a point, and a line of it shows nothing
        line.set_marker(look.marker)
    low, high = part["difference_ci_lower"], part["difference_ci_upper"]
    ax.fill_between(end_of_week, low, high, color=look.color, alpha=BAND_ALPHA, linewidth=0)
    last = float(mdates.date2num(end_of_week.iloc[-1]))  # type: ignore[no-untyped-call]
    return End(last, float(part["difference"].iloc[-1]), str(part["label"].iloc[0]), look.color)


def _legend(ax: Axes, table: pd.DataFrame, ends: list[End], labeled: bool) -> None:
    band = f"its 95 % interval ({table['uncertainty'].iloc[0]})"
    mean = f"mean of {int(table['pairs'].iloc[0])} pairs of runs, at the end of the week"
    lines = [(style.INK, mean)] if labeled else [(end.color, end.label) for end in ends]
    handles = [*(Line2D([], [], color=color, lw=1.8) for color, _ in lines),
               Patch(facecolor=style.INK, alpha=BAND_ALPHA, linewidth=0)]  # fmt: skip
    size = style.points(ax, 8.5)
    letters.legend(
        ax, handles, [*(name for _, name in lines), band], title="" if labeled else f"line: {mean}", loc="upper left",
        bbox_to_anchor=(0, -0.12), ncols=2, frameon=False, fontsize=size, title_fontsize=size, alignment="left",
        handlelength=2.6, borderaxespad=0,
    )  # fmt: skip
