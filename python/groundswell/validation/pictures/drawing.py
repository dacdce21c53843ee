"""What pictures of a validation share: the color of a band, labels, a legend below."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from groundswell.plots import style

BAND = "#009E73"  # of a target
BAND_ALPHA = 0.13


def labels(ax: Axes, x: str, y: str, title: str) -> None:
    """Title and names of the axes."""
    style.finish(ax, title)
    ax.set_xlabel(x, fontsize=style.points(ax, 9.5), color=style.INK)
    ax.set_ylabel(y, fontsize=style.points(ax, 9.5), color=style.INK)


def legend(ax: Axes, entries: list[tuple[Any, str]], across: int = 3) -> None:
    """A legend below the axes."""
    handles, names = zip(*entries, strict=True)
    ax.legend(
        handles, names, loc="upper left", bbox_to_anchor=(0, -0.17), ncols=across, frameon=False,
        fontsize=style.points(ax, 8.5), handlelength=2.4, borderaxespad=0,
    )  # fmt: skip


def band_patch() -> Patch:
    """The mark of a band in a legend."""
    return Patch(facecolor=BAND, alpha=2.2 * BAND_ALPHA, linewidth=0)


def line(index: int, **options: Any) -> Line2D:
    """The mark of a curve in a legend."""
    look = style.look(index)
    return Line2D([], [], color=look.color, linestyle=look.line, lw=1.8, **options)
