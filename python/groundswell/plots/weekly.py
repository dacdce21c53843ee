"""A measure by week, one line a design, with the band that years fall into."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from groundswell.plots import letters, style
from groundswell.plots.dated import draw_marks, leave_room, marks_of, placed
from groundswell.plots.ends import End, label_ends
from groundswell.results.results import Results

BAND_ALPHA = 0.18


def weekly(
    results: Sequence[Results], measure: str, title: str, ax: Axes | None = None, by: str = "week", whole: int = 1,
    label: str = "", scale: float = 1, at: float = 1, dated: bool = False,
) -> Axes:  # fmt: skip
    """Draw `measure` by week of the horizon, or by="month". The same numbers: `frame(measure, by="week")`.

    Line: mean over worlds and replicates. Band: 5th to 95th percentile of a single run's value in that week. Periods
    of fewer than `whole` days are left out. `label` says what the numbers, times `scale`, are: by default the unit. The
    axis begins at 0, so that a line twice as high is twice as much.

    A number stands at the end of its period (`at` = 1), as what is so at that time does, or in the middle of it (.5),
    as what happened during it does. `dated` marks the days on which programs change.
    """
    style.take(results)
    ax = style.new_axes(ax)
    frames = [scaled(result.frame(measure, by=by), scale) for result in results]
    frames = [frame[frame["days"] >= whole] if (frame["days"] >= whole).any() else frame for frame in frames]
    ends = [_draw(ax, frame, result, at) for frame, result in zip(frames, results, strict=True)]
    style.finish(ax, title)
    ax.set_ylim(bottom=0)
    style.number_axis(ax)
    ax.set_ylabel(label or str(frames[0]["unit"].iloc[0]), fontsize=style.points(ax, 9.5), color=style.INK)
    ax.margins(x=0.01)
    ax.set_ylim(ax.get_ylim())
    dates, days = frames[0]["date"], frames[0]["days"]
    last = dates.iloc[-1] + pd.Timedelta(days=int(days.iloc[-1]))
    if at < 1:  # a line from middle to middle stands inside the periods that it is about
        ax.set_xlim(dates.iloc[0], last)
    marks = placed(ax, marks_of(results)) if dated else []
    leave_room(ax, marks)
    labeled = label_ends(ax, ends)
    draw_marks(ax, marks)
    if by == "month":
        style.month_axis(ax, dates, days)
    else:
        style.date_axis(ax, dates.iloc[0], last)
    legend(ax, results, labeled)
    return style.settled(ax)


def scaled(frame: pd.DataFrame, scale: float) -> pd.DataFrame:
    """The frame with its estimates times `scale`: shares as percent."""
    return frame if scale == 1 else frame.assign(**{name: scale * frame[name] for name in ("mean", "p05", "p95")})


def legend(ax: Axes, results: Sequence[Results], labeled: bool) -> None:
    """Say below the axes what line and band are; name the lines there too where their ends carry no label."""
    band = f"5th to 95th percentile of single runs ({results[0].uncertainty})"
    mean = f"mean of {results[0].runs} runs"
    if labeled:
        handles: list[Artist | tuple[Artist, ...]] = [Line2D([], [], color=style.INK, lw=1.8)]
        handles.append(Patch(facecolor=style.INK, alpha=BAND_ALPHA, linewidth=0))
        names, title = [mean, band], ""
    else:
        handles, title = [*map(_handle, results)], f"line: {mean}; band: {band}"
        names = [result.label for result in results]
    size = style.points(ax, 8.5)
    room = style.inches(ax)[0] * 72
    across = max(int(room // (min(max(map(len, names)), letters.LEGEND_NAME) * 0.55 * size + 5 * size)), 1)
    letters.legend(
        ax, handles, names, title=title, loc="upper left", bbox_to_anchor=(0, -0.12), ncols=min(len(names), across, 4),
        frameon=False, fontsize=size, title_fontsize=size, alignment="left", handlelength=2.6, borderaxespad=0,
    )  # fmt: skip


def _handle(result: Results) -> tuple[Patch, Line2D]:
    look = style.look_of(result.label, result.color)
    return (
        Patch(facecolor=look.color, alpha=BAND_ALPHA, linewidth=0),
        Line2D([], [], color=look.color, linestyle=look.line, lw=1.8),
    )


def _draw(ax: Axes, frame: pd.DataFrame, result: Results, at: float) -> End:
    look = style.look_of(result.label, result.color)
    when = frame["date"] + at * pd.to_timedelta(frame["days"], unit="D")
    ax.plot(when, frame["mean"], color=look.color, linestyle=look.line, linewidth=style.points(ax, 1.8))
    ax.fill_between(when, frame["p05"], frame["p95"], color=look.color, alpha=BAND_ALPHA, linewidth=0)
    end_of_period = frame["date"].iloc[-1] + pd.Timedelta(days=int(frame["days"].iloc[-1]))
    last = float(mdates.date2num(end_of_period))  # type: ignore[no-untyped-call]
    return End(last, float(frame["mean"].iloc[-1]), result.label, look.color)
