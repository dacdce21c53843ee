"""A measure by week, one line a design, with the band that years fall into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from groundswell.plots import style

if TYPE_CHECKING:
    from groundswell.results import Results

BAND_ALPHA = 0.18


def weekly(results: Sequence[Results], measure: str, title: str, ax: Axes | None = None) -> Axes:
    """Draw `measure` by week of the horizon. The same numbers: `frame(measure, by="week")`.

    Line: mean over worlds and replicates. Band: 5th to 95th percentile of a year's value in that week.
    """
    ax = style.new_axes(ax)
    unit = ""
    for result in results:
        frame = result.frame(measure, by="week")
        unit = str(frame["unit"].iloc[0])
        _draw(ax, frame, result)
    style.finish(ax)
    if results[0].recording.measures[measure].kind != "level":
        ax.set_ylim(bottom=0)
    style.date_axis(ax)
    style.number_axis(ax)
    ax.set_ylabel(unit)
    ax.set_title(title, loc="left", fontsize=11, color=style.INK)
    legend(ax, results)
    return ax


def legend(ax: Axes, results: Sequence[Results]) -> None:
    """Name every line with its band, below the axes, and say what line and band are."""
    handles = [
        (
            Patch(facecolor=style.look(result.color).color, alpha=BAND_ALPHA, linewidth=0),
            Line2D([], [], color=style.look(result.color).color, linestyle=style.look(result.color).line, lw=1.8),
        )
        for result in results
    ]
    runs = results[0].runs
    title = f"line: mean of {runs} runs; band: 5th to 95th percentile of years ({results[0].uncertainty})"
    ax.legend(
        handles,
        [result.label for result in results],
        title=title,
        loc="upper left",
        bbox_to_anchor=(0, -0.11),
        ncols=min(len(results), 4),
        frameon=False,
        fontsize=9,
        title_fontsize=8.5,
        alignment="left",
        handlelength=3,
    )


def _draw(ax: Axes, frame: pd.DataFrame, result: Results) -> None:
    look = style.look(result.color)
    end_of_week = frame["date"] + pd.to_timedelta(frame["days"], unit="D")
    ax.plot(end_of_week, frame["mean"], color=look.color, linestyle=look.line, linewidth=1.8)
    ax.fill_between(end_of_week, frame["p05"], frame["p95"], color=look.color, alpha=BAND_ALPHA, linewidth=0)
