"""How much room panels of rows need, so that no title, label or note of one runs into that of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from groundswell.plots import letters, style

TITLE, NOTE, LABEL = 10.0, 8.5, 9.0  # font sizes, for a figure of the usual width
WIDTH, ROW = 9.0, 0.45  # inches of a new figure, and from row to row in it
NARROWEST = 2.0  # inches of a panel that another one stands beside
GAPS, BESIDE = 0.3, 0.35  # inches of a panel for its ticks and edges, from above and from the side
TICK = 0.55  # inches of a number with its distance to the next


class Room(NamedTuple):
    """Inches of the figure, its rows and columns; points of a panel from side to side, and from row to row in it."""

    width: float
    height: float
    rows: int
    columns: int
    panel: float
    row: float

    @property
    def ticks(self) -> int:
        """How many numbers stand at the axis without touching each other."""
        return min(max(int(self.panel / 72 / TICK), 2), 5)


def room_of_panels(words: Sequence[tuple[str, str]], labels: Sequence[str], figure: Figure | None) -> Room:
    """The room for panels with these titles and units, side by side where they are wide enough for that.

    A figure that is given keeps its width, and its height where that is enough.
    """
    width, there = (float(side) for side in figure.get_size_inches()) if figure is not None else (WIDTH, 0.0)
    scale = style.scale(width)
    free = width - _beside(labels, scale)
    columns = min(2, len(words)) if free / 2 - BESIDE >= NARROWEST else 1
    rows, panel = -(-len(words) // columns), 72 * (free / columns - BESIDE)
    fixed = GAPS + LABEL * scale * 1.6 / 72 + max(_lines(pair, panel, scale) for pair in words)
    row = max(_rows(labels) * letters.LINE * LABEL * scale / 72 + 0.03, 0.0 if figure is not None else ROW)
    below = 2 * letters.LINE * NOTE * scale / 72
    needed = rows * (fixed + row * max(len(labels), 1)) + below
    height = max(there, needed)
    return Room(width, height, rows, columns, panel, 72 * ((height - below) / rows - fixed) / max(len(labels), 1))


def room_of_axes(ax: Axes, labels: Sequence[str]) -> Room:
    """The room on axes that somebody gives, which stay as they are."""
    figure = ax.get_figure(root=True)
    width = float(figure.get_size_inches()[0]) if figure is not None else style.USUAL_WIDTH
    wide, high = style.inches(ax)
    panel = 72 * max(wide - max(_beside(labels, style.scale(width)) - (width - wide) / 2, 0), 1)
    return Room(width, high, 1, 1, panel, 72 * 0.9 * high / max(len(labels), 1))


def _beside(labels: Sequence[str], scale: float) -> float:
    """Inches of the labels at the rows."""
    longest = max((len(line) for label in labels for line in _wrapped(label)), default=0)
    return longest * letters.CHARACTER * LABEL * scale / 72


def _wrapped(label: str) -> list[str]:
    return letters.wrapped(label, letters.ROW_LABEL).split("\n")


def _rows(labels: Sequence[str]) -> int:
    return max((len(_wrapped(label)) for label in labels), default=1)


def _lines(words: tuple[str, str], panel: float, scale: float) -> float:
    """Inches of a title and of what stands below the numbers."""
    sizes = (TITLE * scale, NOTE * scale)
    texts = [letters.wrapped(text, letters.across(panel, size)) for text, size in zip(words, sizes, strict=True)]
    return sum((text.count("\n") + 1) * letters.LINE * size / 72 for text, size in zip(texts, sizes, strict=True))
