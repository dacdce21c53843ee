"""A measure by week, one line a design, with the band that years fall into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes

from groundswell.plots import style

if TYPE_CHECKING:
    from groundswell.results import Results


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
    style.date_axis(ax)
    style.number_axis(ax)
    ax.set_ylabel(unit)
    ax.set_title(title, loc="left", fontsize=11, color=style.INK)
    ax.legend(frameon=False, fontsize=9)
    return ax


def _draw(ax: Axes, frame: pd.DataFrame, result: Results) -> None:
    look = style.look(result.color)
    end_of_week = frame["date"] + pd.to_timedelta(frame["days"], unit="D")
    ax.plot(
        end_of_week, frame["mean"], color=look.color, linestyle=look.line, linewidth=1.8, label=result.label
    )
    band = f"{result.label}: 90 % of years ({result.uncertainty})"
    ax.fill_between(
        end_of_week, frame["p05"], frame["p95"], color=look.color, alpha=0.18, linewidth=0, label=band
    )
