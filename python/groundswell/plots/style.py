"""One look for every picture: fixed colors (Okabe-Ito), line styles that also tell designs apart in gray."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import matplotlib.dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from groundswell.html import number

Line = Literal[":", "-", "--", "-."] | tuple[float, Sequence[float]]

INK = "#333333"
GRID = "#dddddd"


class Look(NamedTuple):
    """How one design is drawn: dark to light in the order of the list, so that gray prints keep them apart."""

    color: str
    line: Line
    marker: str


LOOKS = (
    Look("#555555", ":", "s"),  # the baseline
    Look("#0072B2", "-", "o"),
    Look("#E69F00", "--", "^"),
    Look("#009E73", "-.", "D"),
    Look("#CC79A7", (0, (5, 1, 1, 1, 1, 1)), "v"),
    Look("#56B4E9", (0, (8, 2)), "P"),
    Look("#D55E00", (0, (2, 1)), "X"),
)


def look(index: int) -> Look:
    """The look of the design with this place in a comparison; 0 is a named baseline."""
    return LOOKS[index] if index < len(LOOKS) else LOOKS[1 + (index - 1) % (len(LOOKS) - 1)]


def new_axes(ax: Axes | None) -> Axes:
    """The axes given, or the axes of a new figure of its own."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(8, 4.2), layout="constrained").add_subplot()


def new_figure(figure: Figure | None, width: float, height: float) -> Figure:
    """The figure given, or a new one."""
    if figure is not None:
        return figure
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(width, height), layout="constrained")


def finish(ax: Axes) -> None:
    """Quiet frame, light grid."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color("#999999")
    ax.tick_params(colors=INK, labelsize=9)
    ax.grid(visible=True, axis="y", color=GRID, linewidth=0.7)
    ax.set_axisbelow(True)


def date_axis(ax: Axes) -> None:
    """Months as Jan, Feb, with the year where it changes."""
    locator = mdates.AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def number_axis(ax: Axes, which: str = "y") -> None:
    """Whole numbers with thousands separated, small ones with as many places as they need."""
    axis = ax.yaxis if which == "y" else ax.xaxis
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value)))


def _tick(value: float) -> str:
    text = number(round(value, 12), 4)
    return text.rstrip("0").rstrip(".") if "." in text else text
