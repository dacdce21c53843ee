"""Text in pictures as it is: no mathematics between dollars, long labels wrapped, readable on any background."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import TextWrapper
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.typing import ColorType

LEAST_TEXT, LEAST_LINE = 4.5, 2.0  # contrast to the background, as the Web Content Accessibility Guidelines count it
ROW_LABEL = 32  # characters of a label at a row before it is wrapped
LEGEND_NAME = 60
CHARACTER, LINE = 0.56, 1.25  # width of a character, on average, and height of a line, of the font size
LEAST_SIZE = 6.0  # points of a row's label, before it is cut
HOLLOW = "white"  # the face of a hollow mark: the ground of the axes, whatever that is

_THERE: WeakKeyDictionary[Axes, WeakSet[Artist]] = WeakKeyDictionary()


def wrapped(text: str, width: int) -> str:
    """The text on lines of at most `width` characters; nothing of it is left out but spaces at the breaks."""
    if len(text) <= width:
        return text
    return TextWrapper(width, break_on_hyphens=False, replace_whitespace=False).fill(text)


def row_labels(ax: Axes, labels: Sequence[object], room: float | None = None) -> None:
    """Labels at rows 0, 1, … of the y axis; where they would run into each other they are smaller, and at last cut.

    `room`: points from row to row, by default as the axes stand now.
    """
    texts = [wrapped(str(label), ROW_LABEL) for label in labels]
    ax.set_yticks(range(len(texts)), texts)
    lines = max((text.count("\n") + 1 for text in texts), default=1)
    room = _height(ax) / max(len(texts), 1) if room is None else room
    ticks = ax.get_yticklabels()
    size = float(ticks[0].get_fontsize()) if ticks else 0.0
    if lines * LINE * size <= room:
        return
    size = max(min(LEAST_SIZE, room / LINE), room / LINE / lines)
    most = max(int(room / LINE / size + 1e-9), 1)
    ax.set_yticks(range(len(texts)), [_cut(text, most) for text in texts], fontsize=size)


def _height(ax: Axes) -> float:
    """Points from the bottom to the top of the axes, as far as it is known before the picture is drawn."""
    figure = ax.get_figure(root=True)
    return 72 * float(figure.get_size_inches()[1] if figure is not None else 4.5) * float(ax.get_position().height)


def _cut(text: str, lines: int) -> str:
    """The first lines of a text, and a mark where there are more."""
    parts = text.split("\n")
    return text if len(parts) <= lines else "\n".join(parts[:lines]) + "…"


def across(points: float, size: float) -> int:
    """How many characters of a font size stand side by side in so many points."""
    return max(int(points / (CHARACTER * size)), 12)


def legend(ax: Axes, handles: Sequence[Any], names: Sequence[str], **options: Any) -> Legend:
    """A legend of these names, also of those that begin with an underscore, which matplotlib takes for a command."""
    found = ax.legend(list(handles), ["name"] * len(names), **options)
    for text, name in zip(found.get_texts(), names, strict=True):
        text.set_text(wrapped(name, LEGEND_NAME))
    return found


def remember(ax: Axes) -> None:
    """Note what somebody else has drawn on axes that are given: `settle` leaves it alone."""
    _THERE[ax] = WeakSet([*ax.texts, *ax.lines])


def settle(ax: Axes) -> None:
    """The last step of a picture: every text of it literal and readable, every line visible, on the axes' ground."""
    ground, there = grounds(ax), _THERE.get(ax, WeakSet())
    for text in ax.findobj(Text):
        if text not in there:
            settle_text(text, ground)
    legend_ = ax.get_legend()
    for line in [*ax.lines, *(legend_.get_lines() if legend_ is not None else [])]:
        if line not in there:
            if contrast(line.get_color(), ground) < LEAST_LINE:
                line.set_color(readable(line.get_color(), ground, LEAST_LINE))
            if line.get_markerfacecolor() == HOLLOW:
                line.set_markerfacecolor(ground[0])


def settle_text(text: Text, grounds: Sequence[ColorType]) -> None:
    """One text: no mathematics, no TeX, a color that can be read."""
    text.set_parse_math(False)
    text.set_usetex(False)
    text.set_color(readable(text.get_color(), grounds, LEAST_TEXT))


def readable(color: ColorType, grounds: Sequence[ColorType], least: float) -> tuple[float, float, float]:
    """The color, moved towards black or white until its contrast to all the grounds is `least`, or the most there is.

    Unchanged where it has that contrast already.
    """
    start = np.array(to_rgb(color))
    if contrast(start, grounds) >= least:
        return _rgb(start)
    ends = [np.zeros(3), np.ones(3)]
    steps = [[start + (end - start) * share for share in np.linspace(0, 1, 21)] for end in ends]
    enough = [next((one for one in line if contrast(one, grounds) >= least), line[-1]) for line in steps]
    return _rgb(max(enough, key=lambda one: (min(contrast(one, grounds), least), -float(np.abs(one - start).sum()))))


def contrast(color: Any, grounds: Sequence[ColorType]) -> float:
    """The least contrast of a color to some backgrounds, 1 to 21."""
    pairs = [sorted((_luminance(to_rgb(color)), _luminance(to_rgb(ground)))) for ground in grounds]
    return min((high + 0.05) / (low + 0.05) for low, high in pairs)


def on_light(ax: Axes) -> bool:
    """Whether black is read better than white on the axes."""
    return _luminance(grounds(ax)[0]) > 0.18


def _luminance(color: Sequence[float]) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def grounds(ax: Axes) -> list[tuple[float, float, float]]:
    """Colors behind the axes and behind the figure, over white where they are transparent."""
    figure = ax.get_figure(root=True)
    behind = np.ones(3)
    found = []
    for face in ([] if figure is None else [figure.get_facecolor()], [ax.get_facecolor()]):
        for color in face:
            red, green, blue, alpha = to_rgba(color)
            behind = alpha * np.array([red, green, blue]) + (1 - alpha) * behind
            found.append(_rgb(behind))
    return found[::-1]


def _rgb(color: Any) -> tuple[float, float, float]:
    red, green, blue = (float(part) for part in color)
    return red, green, blue
