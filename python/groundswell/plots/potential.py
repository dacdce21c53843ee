"""Unique people against the vendors' number: potential reach."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from groundswell.common import statistics
from groundswell.common.text import number
from groundswell.plots import letters, style
from groundswell.results.results import Results

TITLE = "Potential reach, impressions and the people behind them (logarithmic)"
HALF = 0.5


def potential_table(results: Sequence[Results], window: str = "horizon") -> pd.DataFrame:
    """One row a design: label, potential_reach, impressions, unique_reach (with p05, p95), share, frequency.

    Posts of employees, impressions of persons outside the company; share is unique_reach / potential_reach.
    """
    rows = []
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
    """One row a design: unique people, impressions and potential reach on one axis. The same: `potential_table`."""
    ax = style.new_axes(ax)
    table = potential_table(results)
    size = style.points(ax, 8.5)
    for place, (row, result) in enumerate(zip(table.to_dict("records"), results, strict=True)):
        look = style.look_of(result.label, result.color)
        both = [row["unique_reach"], row["potential_reach"]]
        ax.plot(both, [place, place], color=look.color, linewidth=style.points(ax, 1.2), zorder=1)
        ax.plot(row["unique_reach"], place, look.marker, color=look.color, markersize=size)
        ax.plot(row["impressions"], place, "|", color=look.color, markersize=1.3 * size, markeredgewidth=2)
        ax.plot(row["potential_reach"], place, look.marker, color=look.color, markersize=size, markerfacecolor="white")
        for name, align in (("unique_reach", "left"), ("potential_reach", "right")):
            ax.annotate(number(row[name], 3), (row[name], place), (0, size), textcoords="offset points", ha=align,
                        va="bottom", fontsize=size, color=style.INK)  # fmt: skip
        ax.annotate(f"{100 * row['share']:.3g} % of potential reach", (row["unique_reach"], place), (0, -size),
                    textcoords="offset points", ha="left", va="top", fontsize=size,
                    color=style.text_color(look.color))  # fmt: skip
    has_nothing = bool((table["unique_reach"] <= 0).any())  # nobody was reached, which a logarithm cannot show
    ax.set_xscale("symlog" if has_nothing else "log")
    style.finish(ax, TITLE)
    ax.grid(visible=False, axis="y")
    style.light_grid(ax, "x")
    ax.set_ylim(len(results) - HALF, -HALF)
    letters.row_labels(ax, table["label"].tolist())
    ax.margins(x=0.06)
    style.number_axis(ax, "x")
    runs, levels = results[0].runs, results[0].uncertainty
    ax.set_xlabel(
        "filled: people outside the company reached; bar: impressions they had\n"
        f"hollow: connections of all posts; mean of {runs} runs ({levels}), posts of employees",
        fontsize=size, color=style.INK, loc="left",
    )  # fmt: skip
    return style.settled(ax)
