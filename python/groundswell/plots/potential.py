"""Unique people against the vendors' number: potential reach."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from groundswell.common import statistics
from groundswell.common.text import number
from groundswell.plots import style
from groundswell.results.grain import one_window
from groundswell.results.results import Results

TITLE = "Employees' posts: connections counted post by post, and the people who saw something"
BAR, FAINT = 0.28, 0.35  # of a row; opacity
ROOM = 1.7  # of the longest bar, for the texts


def potential_table(results: Sequence[Results], window: str = "horizon") -> pd.DataFrame:
    """One row a design: label, potential_reach, impressions, unique_reach (with p05, p95), share, frequency.

    Posts of employees, impressions of persons outside the company; share is unique_reach / potential_reach.
    """
    rows, window = [], one_window(window)
    for result in results:
        totals = [
            float(statistics.mean_interval(values, result.recording.finished).mean[0])
            for values in (
                result.recording.of_employees("potential_reach", window),
                result.recording.of_employees("impressions", window, outsiders=True),
            )
        ]
        reach = result.frame("unique_reach", window=window).iloc[0]
        share, frequency = (result.frame(name, window=window)["mean"].iloc[0]
                            for name in ("unique_over_potential", "frequency"))  # fmt: skip
        rows.append((result.label, *totals, reach["mean"], reach["p05"], reach["p95"], share, frequency))
    names = ["label", "potential_reach", "impressions", "unique_reach", "p05", "p95", "share", "frequency"]
    return pd.DataFrame(rows, columns=names)


def against_potential(results: Sequence[Results], ax: Axes | None = None) -> Axes:
    """Three bars a design from 0: potential reach, impressions, unique people. The same numbers: `potential_table`."""
    ax, table = style.new_axes(ax), potential_table(results)
    for place, (row, result) in enumerate(zip(table.to_dict("records"), results, strict=True)):
        look = style.look_of(result.label, result.color)
        share = f", {100 * row['share']:.3g} % of the connections" if row["potential_reach"] > 0 else ""
        for offset, name, filled, text in (
            (-BAR, "potential_reach", "none", "connections of all posts: potential reach"),
            (0, "impressions", FAINT, "impressions outside the company"),
            (BAR, "unique_reach", 1.0, f"people outside the company{share}"),
        ):
            face = (look.color, filled) if isinstance(filled, float) else filled
            ax.barh(place + offset, row[name], 0.8 * BAR, facecolor=face, edgecolor=look.color, linewidth=1)
            ax.annotate(f"{number(row[name], 3)} {text}", (row[name], place + offset), (4, 0), va="center",
                        textcoords="offset points", fontsize=style.points(ax, 8.5), color=style.INK)  # fmt: skip
    style.finish(ax, TITLE)
    style.rows(ax, table["label"].tolist())
    ax.set_xlim(0, max(float(table[["potential_reach", "impressions"]].max().max()), 1) * ROOM)
    style.number_axis(ax, "x")
    ax.set_xlabel(f"mean of {results[0].runs} runs ({results[0].uncertainty})", fontsize=style.points(ax, 8.5),
                  color=style.INK, loc="left")  # fmt: skip
    return style.settled(ax)
