"""How much is posted beside the brand account, and what kind of posts they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, StrMethodFormatter
from matplotlib.typing import ColorType

from groundswell.common.text import number
from groundswell.plots import letters, style
from groundswell.results.results import Results

TITLE = "Employees' posts beside the page's (logarithmic)"
COLUMNS = [
    "label", "employee_posts", "program_posts", "organic_posts", "page_posts", "employee_to_page_posts", "authenticity",
    "credibility_of_posts", "negative_posts", "runs", "uncertainty",
]  # fmt: skip
HALF = 0.5
SIDE = 0.35  # of the width of the picture
Align = Literal["left", "center", "right"]


def content_table(results: Sequence[Results], window: str = "horizon") -> pd.DataFrame:
    """One row a design: company-related posts of employees (program, organic) and of the page, and their ratio.

    Beside them the mean authenticity of the program's posts and credibility of their authors (NaN without a program),
    and how many were negative. Means over all runs.
    """
    rows = []
    for result in results:
        posts = result.frame("posts", by="source", window=window).set_index("source")["mean"]
        others = ["employee_to_page_posts", "authenticity", "credibility_of_posts", "negative_posts"]
        found = result.frame(others, window=window).set_index("measure")["mean"]
        employees = posts["program"] + posts["organic"]
        rows.append((result.label, employees, posts["program"], posts["organic"], posts["page"],
                     *(found[name] for name in others), result.runs, result.uncertainty))  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def beside_the_page(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw a `content_table`, one row a design: posts of employees (filled) and of the page (bar) on one axis."""
    ax = style.new_axes(ax)
    size = style.points(ax, 8.5)
    numbers = table[["page_posts", "employee_posts"]].to_numpy()
    low, high = max(float(numbers.min()), 0.1), max(float(numbers.max()), 1.0)
    ax.set_xscale("log")
    ax.set_xlim(low / 1.3, high * 1.3 * (high / low) ** 0.05)
    for place, row in enumerate(table.to_dict("records")):
        look = style.look_of(str(row["label"]), place)
        both = [row["page_posts"], row["employee_posts"]]
        ax.plot(both, [place, place], color=look.color, linewidth=style.points(ax, 1.2), zorder=1)
        ax.plot(row["page_posts"], place, "|", color=style.INK, markersize=1.5 * size, markeredgewidth=2)
        ax.plot(row["employee_posts"], place, look.marker, color=look.color, markersize=size)
        above = f"{number(row['employee_posts'], 3)} posts, {number(row['employee_to_page_posts'], 2)} × the page"
        _beside(ax, row["employee_posts"], place, size, above, style.INK)
        if row["program_posts"] > 0:
            real, trusted = (number(row[name], 2) for name in ("authenticity", "credibility_of_posts"))
            below = f"authenticity {real}, credibility {trusted}"
            _beside(ax, row["employee_posts"], place, -size, below, style.text_color(look.color))
    style.finish(ax, TITLE)
    ax.grid(visible=False, axis="y")
    style.light_grid(ax, "x")
    ax.set_ylim(len(table) - HALF, -HALF)
    letters.row_labels(ax, table["label"].tolist())
    style.number_axis(ax, "x")
    ax.xaxis.set_minor_locator(LogLocator(subs=(2, 5)))
    ax.xaxis.set_minor_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.set_xlabel(
        "posts about the company; filled: employees, of the program or not; bar: the company's page\n"
        "authenticity and credibility: of the program's posts, 1 is neutral\n"
        f"mean of {table['runs'].iloc[0]} runs ({table['uncertainty'].iloc[0]})",
        fontsize=size, color=style.INK, loc="left",
    )  # fmt: skip
    return style.settled(ax)


def _beside(ax: Axes, x: float, place: int, offset: float, text: str, color: ColorType) -> None:
    """Text at a mark, above (positive offset) or below it; at the sides of the picture it leans inwards."""
    low, high = ax.get_xlim()
    where = math.log(max(x, low) / low) / math.log(high / low)
    align: Align = "left" if where < SIDE else "right" if where > 1 - SIDE else "center"
    ax.annotate(text, (x, place), (0, offset), textcoords="offset points", ha=align,
                va="bottom" if offset > 0 else "top", fontsize=style.points(ax, 8.5), color=color)  # fmt: skip
