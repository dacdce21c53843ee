"""How much is posted beside the brand account, and what kind of posts they are."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from groundswell.common.text import number
from groundswell.plots import style
from groundswell.results.grain import one_window
from groundswell.results.results import Results

TITLE = "Posts about the company: employees' beside the page's"
COLUMNS = [
    "label", "employee_posts", "program_posts", "organic_posts", "page_posts", "employee_to_page_posts", "authenticity",
    "credibility_of_posts", "negative_posts", "runs", "uncertainty",
]  # fmt: skip
BAR = 0.2  # of a row
ROOM = 1.6  # of the longest bar, for the texts


def content_table(results: Sequence[Results], window: str = "horizon") -> pd.DataFrame:
    """One row a design: company-related posts of employees (program, organic) and of the page, and their ratio.

    Beside them the mean authenticity of the program's posts and credibility of their authors (NaN without a program),
    and how many were negative. Means over all runs.
    """
    rows, window = [], one_window(window)
    for result in results:
        posts = result.frame("posts", by="source", window=window).set_index("source")["mean"]
        others = ["employee_to_page_posts", "authenticity", "credibility_of_posts", "negative_posts"]
        found = result.frame(others, window=window).set_index("measure")["mean"]
        employees = posts["program"] + posts["organic"]
        rows.append((result.label, employees, posts["program"], posts["organic"], posts["page"],
                     *(found[name] for name in others), result.runs, result.uncertainty))  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def beside_the_page(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw a `content_table`, two bars a design from 0: posts of employees, and of the page."""
    ax = style.new_axes(ax)
    size = style.points(ax, 8.5)
    for place, row in enumerate(table.to_dict("records")):
        look = style.look_of(str(row["label"]), place)
        ratio = f", {number(row['employee_to_page_posts'], 2)} × the page's" if row["page_posts"] > 0 else ""
        texts = [f"{number(row['employee_posts'], 3)} posts of employees{ratio}"]
        if row["program_posts"] > 0:
            real, trusted = (number(row[name], 2) for name in ("authenticity", "credibility_of_posts"))
            texts.append(f"authenticity {real}, credibility {trusted}")
        page = f"{number(row['page_posts'], 3)} posts of the page"
        bars = ((-BAR, "employee_posts", look.color, "\n".join(texts)), (BAR, "page_posts", "#bbbbbb", page))
        for offset, name, color, text in bars:
            ax.barh(place + offset, row[name], 1.7 * BAR, color=color)
            ax.annotate(text, (row[name], place + offset), (4, 0), va="center", textcoords="offset points",
                        fontsize=size, color=style.INK)  # fmt: skip
    style.finish(ax, TITLE)
    style.rows(ax, table["label"].tolist())
    ax.set_xlim(0, max(float(table[["page_posts", "employee_posts"]].max().max()), 1) * ROOM)
    style.number_axis(ax, "x")
    ax.set_xlabel(
        "authenticity and credibility: of the program's posts, 1 is neutral\n"
        f"mean of {table['runs'].iloc[0]} runs ({table['uncertainty'].iloc[0]})",
        fontsize=size, color=style.INK, loc="left",
    )  # fmt: skip
    return style.settled(ax)
