"""What a program costs: by line and month, in all, and per person, impression and click that it adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from groundswell.common.text import number
from groundswell.decide.contest import Contest
from groundswell.plots import style
from groundswell.results.results import Results
from groundswell.results.vocabulary.titles import title
from groundswell.scenario.words import prices

LONG_NAME = 30  # letters


class Line(NamedTuple):
    """A line of the cost: its measure, its name, how it is filled (lightness and hatching tell lines apart in gray)."""

    measure: str
    name: str
    color: str
    hatch: str


LINES = (
    Line("cost_staff", "staff, champion, leaders", "#1f3b57", ""),
    Line("cost_content", "content", "#0072B2", ""),
    Line("cost_license", "licenses", "#56B4E9", ""),
    Line("cost_training", "training, members' time in it", "#E69F00", "//"),
    Line("cost_rewards", "rewards", "#F0E442", ".."),
    Line("cost_time", "members' time for posts (not paid out)", "#eeeeee", "\\\\"),
)


def cost_table(results: Sequence[Results], by: Literal["week", "month", "quarter"] | None = None) -> pd.DataFrame:
    """One row a design, line of the cost and week, month or quarter of the horizon; by=None: the whole horizon.

    Columns: label, date, days (with `by`), measure, line, unit (the company's currency), mean with its 95 % interval,
    p05, p50, p95, runs, uncertainty, prices (default prices, or stated ones).
    """
    names = {line.measure: line.name for line in LINES}
    frames = [result.frame(list(names), by=[by] if by else None) for result in results]
    table = pd.concat(_with_prices(frames, results), ignore_index=True)
    table.insert(list(table.columns).index("measure") + 1, "line", table["measure"].astype(str).map(names))
    return table.drop(columns=["window"], errors="ignore")


def by_period(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw a `cost_table` of one design by week, month or quarter: stacked bars, one a period."""
    ax = style.new_axes(ax)
    wide = _wide(table, "date").sort_index()
    days = table.drop_duplicates("date").set_index("date")["days"].reindex(wide.index)
    widths = (days * 0.85).to_numpy(dtype=float)
    below = np.zeros(len(wide))
    ax.plot(wide.index, below, linewidth=0)  # the axis has dates also where nothing costs anything
    for line in _present(table):
        heights = wide[line.measure].to_numpy(dtype=float)
        ax.bar(wide.index, heights, widths, below, align="edge", **_fill(line))  # type: ignore[arg-type]
        below += heights
    style.finish(ax, f"{table['label'].iloc[0]}: what the program costs{_at_prices(table)}")
    _empty(ax, float(below.max(initial=0)))
    style.number_axis(ax)
    period = _period(days)
    ax.set_ylabel(f"{table['unit'].iloc[0]} a {period}", fontsize=style.points(ax, 9.5), color=style.INK)
    ax.margins(x=0.01)
    style.date_axis(ax, wide.index.min(), wide.index.max() + pd.Timedelta(days=int(days.iloc[-1])))
    _legend(ax, f"mean of {table['runs'].iloc[0]} runs; the first and last {period} may be short")
    return style.settled(ax)


def totals(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw a `cost_table` of several designs over the whole horizon: one stacked bar a design, with its total."""
    ax = style.new_axes(ax)
    labels = [str(label) for label in table["label"].unique()]
    wide = _wide(table, "label").reindex(labels)
    left = np.zeros(len(labels))
    for line in _present(table):
        widths = wide[line.measure].to_numpy(dtype=float)
        ax.barh(range(len(labels)), widths, 0.62, left, **_fill(line))  # type: ignore[arg-type]
        left += widths
    for place, total in enumerate(left):
        ax.annotate(number(float(total), 3), (total, place), (4, 0), textcoords="offset points", va="center",
                    fontsize=style.points(ax, 9), color=style.INK)  # fmt: skip
    style.finish(ax, f"What the programs cost over the horizon{_at_prices(table)}")
    style.rows(ax, labels)
    ax.set_xlim(0, max(float(left.max(initial=0)) * 1.12, 1))
    style.number_axis(ax, "x")
    ax.set_xlabel(str(table["unit"].iloc[0]), fontsize=style.points(ax, 9.5), color=style.INK)
    _legend(ax, f"mean of {table['runs'].iloc[0]} runs")
    return style.settled(ax)


def per_added_table(contest: Contest, measure: str = "cost_per_person_added") -> pd.DataFrame:
    """One row a design but the baseline: a cost per what is added, as `Contest.added` has it, and what prices it is at.

    Columns: label, title, unit, mean, mean_ci_lower, mean_ci_upper, market_price, note, uncertainty, prices.
    """
    table = contest.added(measure).assign(title=title(measure))
    table["prices"] = [prices(contest.results[str(label)].scenario) for label in table["label"]]
    columns = [
        "label",
        "title",
        "unit",
        "mean",
        "mean_ci_lower",
        "mean_ci_upper",
        "market_price",
        "note",
        "uncertainty",
    ]
    return table[[*columns, "prices"]]


def per_added(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw a `per_added_table`: one row a design, mean and 95 % interval, the market price as a line."""
    ax = style.new_axes(ax)
    size = style.points(ax, 9)
    for place, row in enumerate(table.to_dict("records")):
        look = style.look_of(str(row["label"]), 1 + place)
        if row["note"]:
            ax.annotate("not defined: nothing is known to be added", (0, place), (6, 0), va="center",
                        textcoords="offset points", fontsize=size, color=style.INK)  # fmt: skip
            continue
        error = [[row["mean"] - row["mean_ci_lower"]], [row["mean_ci_upper"] - row["mean"]]]
        ax.errorbar(row["mean"], place, xerr=error, color=look.color, marker=look.marker,
                    markersize=style.points(ax, 6.5), capsize=style.points(ax, 3.5),
                    linewidth=style.points(ax, 1.5))  # fmt: skip
        ax.annotate(number(row["mean"], 3), (row["mean"], place), (0, style.points(ax, 7)), ha="center", va="bottom",
                    textcoords="offset points", fontsize=size, color=style.INK)  # fmt: skip
    style.finish(ax, f"{table['title'].iloc[0]}{_at_prices(table)}")
    style.rows(ax, [str(label) for label in table["label"]])
    if not table["mean_ci_lower"].min() < 0:
        ax.set_xlim(left=0)
    market = float(table["market_price"].iloc[0])
    if not np.isnan(market):
        ax.axvline(market, color=style.INK, linestyle="--", linewidth=1)
        ax.annotate(f"market price {number(market, 3)}", (market, len(table) - 0.5), (4, 3), textcoords="offset points",
                    fontsize=size, color=style.INK)  # fmt: skip
    style.number_axis(ax, "x")
    ax.set_xlabel(f"{table['unit'].iloc[0]} added\n{style.interval_text(table)}", fontsize=size, color=style.INK)
    return style.settled(ax)


def _with_prices(frames: Sequence[pd.DataFrame], results: Sequence[Results]) -> list[pd.DataFrame]:
    return [frame.assign(prices=prices(r.scenario)) for frame, r in zip(frames, results, strict=True)]


def _at_prices(table: pd.DataFrame) -> str:
    """What a title adds while some amounts rest on default prices."""
    default = [text for text in table["prices"].unique() if text.startswith("default")]
    return f", {default[0]}" if default else ""


def _wide(table: pd.DataFrame, index: str) -> pd.DataFrame:
    """Means, a column a line of the cost."""
    return table.pivot_table(index=index, columns="measure", values="mean", observed=True)


def _present(table: pd.DataFrame) -> list[Line]:
    """Lines that cost anything."""
    means = table.groupby("measure", observed=True)["mean"].sum()
    return [line for line in LINES if means.get(line.measure, 0) > 0]


def _fill(line: Line) -> dict[str, object]:
    return {"color": line.color, "hatch": line.hatch, "edgecolor": "#777777" if line.hatch else line.color,
            "linewidth": 0.4, "label": line.name}  # fmt: skip


def _period(days: pd.Series[int]) -> str:
    longest = int(days.max())
    return "week" if longest <= 7 else "month" if longest <= 31 else "quarter"


def _empty(ax: Axes, amount: float) -> None:
    if amount == 0:
        ax.set(ylim=(0, 1), yticks=[0])
        ax.text(0.5, 0.5, "no program, no cost", transform=ax.transAxes, ha="center", color=style.INK,
                fontsize=style.points(ax, 10))  # fmt: skip


def _legend(ax: Axes, title: str) -> None:
    """The lines below the axes, in the order of the stack."""
    size = style.points(ax, 8.5)
    names = ax.get_legend_handles_labels()[1]
    if names:
        longest = max(map(len, names)) > LONG_NAME  # three of those do not fit beside each other
        ax.legend(loc="upper left", bbox_to_anchor=(0, -0.14), ncols=2 if longest else 3, frameon=False,
                  fontsize=size, title=title, title_fontsize=size, alignment="left", borderaxespad=0)  # fmt: skip
