"""One look for every picture: fixed colors (Okabe-Ito), line styles that also tell designs apart in gray."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter

from groundswell.common.text import number
from groundswell.plots import letters

if TYPE_CHECKING:
    from groundswell.results.results import Results

Line = Literal[":", "-", "--", "-."] | tuple[float, Sequence[float]]

INK = "#333333"
GRID, DARK_GRID = "#dddddd", "#444444"
MOST_MONTHS = 13  # names of months side by side
USUAL_WIDTH = 8.0  # inches at which fonts have their nominal size


class Look(NamedTuple):
    """How one design is drawn: color, line and marker each tell it apart, so that gray prints do too."""

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
# One look a label for the whole session, whatever pictures it is in: the place of the label among the looks.
_PLACES: dict[str, int] = {}


def interval_text(table: pd.DataFrame) -> str:
    """What a mark and its bar are, with the levels of uncertainty in them; `table` has a column `uncertainty`."""
    return f"mean and 95 % interval ({table['uncertainty'].iloc[0]})"


def look(index: int) -> Look:
    """The look at this place; 0 is a named baseline. Beyond the list colors come again, with other lines."""
    if index < len(LOOKS):
        return LOOKS[index]
    rounds, place = divmod(index - 1, len(LOOKS) - 1)
    color, other = LOOKS[1 + place], LOOKS[1 + (place + rounds) % (len(LOOKS) - 1)]
    return Look(color.color, other.line, other.marker)


def look_of(label: str, wanted: int = 1) -> Look:
    """The look of a label: the one it had first in this session, else the one wanted if it is free, else the next."""
    if label not in _PLACES:
        taken = set(_PLACES.values())
        _PLACES[label] = wanted if wanted not in taken else next(i for i in range(1, len(taken) + 2) if i not in taken)
    return look(_PLACES[label])


def take(results: Sequence[Results]) -> None:
    """Give the designs of a comparison the looks of their places in it, in this picture and in every later one.

    So a comparison has the same colors in all of its pictures, on its page and in another session, whatever was drawn
    before. A design alone keeps the look that it had last.
    """
    places = {result.label: result.color for result in results}
    if len(places) > 1 and len(set(places.values())) == len(places):
        _PLACES.update(places)


def forget_labels() -> None:
    """Start over: the next label drawn gets the look it wants."""
    _PLACES.clear()


def text_color(color: str) -> tuple[float, float, float]:
    """The color for text: darker, so that it can be read on white."""
    red, green, blue = to_rgb(color)
    return (0.65 * red, 0.65 * green, 0.65 * blue)


def new_axes(ax: Axes | None) -> Axes:
    """The axes given, or the axes of a new figure of its own."""
    if ax is not None:
        letters.remember(ax)
        return ax
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(8, 4.5), layout="constrained").add_subplot()


def new_figure(figure: Figure | None, width: float, height: float) -> Figure:
    """The figure given, or a new one."""
    if figure is not None:
        return figure
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(width, height), layout="constrained")


def inches(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes, as far as they are known before the picture is drawn."""
    figure = ax.get_figure(root=True)
    width, height = figure.get_size_inches() if figure is not None else (USUAL_WIDTH, 4.5)
    place = ax.get_position()
    return float(width * place.width), float(height * place.height)


def points(ax: Axes, size: float) -> float:
    """A font size for the width of the figure: as large on a slide as it is in a notebook."""
    figure = ax.get_figure(root=True)
    return size * scale(float(figure.get_size_inches()[0]) if figure is not None else USUAL_WIDTH)


def scale(width: float) -> float:
    """How much larger than usual letters are in a figure so many inches wide."""
    return min(max(width / USUAL_WIDTH, 0.9), 1.6)


def finish(ax: Axes, title: str = "") -> None:
    """Quiet frame, light grid, the title at the left."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color("#999999")
    ax.tick_params(colors=INK, labelsize=points(ax, 9))
    light_grid(ax, "y")
    ax.set_axisbelow(True)
    if title:
        size = points(ax, 11)
        ax.set_title(letters.wrapped(title, title_width(ax, size)), loc="left", fontsize=size, color=INK)


def light_grid(ax: Axes, axis: Literal["x", "y"]) -> None:
    """Grid lines of one axis, light on white and dark on black."""
    ax.grid(visible=True, axis=axis, color=GRID if letters.on_light(ax) else DARK_GRID, linewidth=0.7)


def title_width(ax: Axes, size: float) -> int:
    """Characters of a title of this font size that fit beside the labels of the rows."""
    return max(int(inches(ax)[0] * 72 / (0.53 * size)), 20)


def settled(ax: Axes) -> Axes:
    """The axes of a finished picture, with every text as it is and readable (module `letters`)."""
    letters.settle(ax)
    return ax


def date_axis(ax: Axes, first: date, last: date) -> None:
    """Months as Jan, Feb, with the year where it changes; no tick beyond the data."""
    automatic = mdates.AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    begin, end = (float(mdates.date2num(day)) for day in (first, last))  # type: ignore[no-untyped-call]
    ticks = [float(place) for place in automatic.tick_values(first, last) if begin <= place <= end]  # type: ignore[no-untyped-call]
    locator = FixedLocator(ticks)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    ax.spines["bottom"].set_bounds(ax.get_xlim()[0], end)
    ax.xaxis.get_offset_text().set_fontsize(points(ax, 9))


def month_axis(ax: Axes, dates: pd.Series[Any], days: pd.Series[Any]) -> None:
    """The name of each month below the middle of it, where the number of the month stands; years where they begin."""
    middles = dates + 0.5 * pd.to_timedelta(days, unit="D")
    step = -(-len(middles) // MOST_MONTHS)
    shown = list(zip(middles, dates, strict=True))[::step]
    places = [float(mdates.date2num(middle)) for middle, _ in shown]  # type: ignore[no-untyped-call]
    years = [day.year for _, day in shown]
    names = [
        f"{day:%b} ’{day:%y}" if i == 0 or years[i] != years[i - 1] else f"{day:%b}" for i, (_, day) in enumerate(shown)
    ]
    ax.xaxis.set_major_locator(FixedLocator(places))
    ax.xaxis.set_major_formatter(FixedFormatter(names))
    last = dates.iloc[-1] + pd.Timedelta(days=int(days.iloc[-1]))
    ax.spines["bottom"].set_bounds(ax.get_xlim()[0], float(mdates.date2num(last)))  # type: ignore[no-untyped-call]


def number_axis(ax: Axes, which: str = "y") -> None:
    """Whole numbers with thousands separated, small ones with as many places as they need."""
    axis = ax.yaxis if which == "y" else ax.xaxis
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))


def rows(ax: Axes, labels: Sequence[object]) -> None:
    """One row a label, the first at the top, with a light grid across."""
    ax.grid(visible=False, axis="y")
    light_grid(ax, "x")
    ax.set_ylim(max(len(labels), 1) - 0.5, -0.5)
    letters.row_labels(ax, labels)


def second_axis(ax: Axes, factor: float, label: str) -> None:
    """An axis at the right with the same numbers times `factor`: people as percent, percent as people."""

    def there(value: Any) -> Any:
        return value * factor

    def back(value: Any) -> Any:
        return value / factor

    right = ax.secondary_yaxis("right", functions=(there, back))
    right.spines["right"].set_color("#999999")
    right.tick_params(colors=INK, labelsize=points(ax, 9))
    right.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    right.set_ylabel(label, fontsize=points(ax, 9.5), color=INK)


def tick(value: float) -> str:
    """A number at an axis."""
    text = number(round(value, 12), 4)
    return text.rstrip("0").rstrip(".") if "." in text else text
