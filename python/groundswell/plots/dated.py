"""What changes in a program on a day, as thin lines with a short label above the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import matplotlib.dates as mdates
from matplotlib.axes import Axes

from groundswell.plots import letters, style
from groundswell.plots.ends import WIDEST
from groundswell.results.results import Results
from groundswell.scenario.program.levers import Change
from groundswell.scenario.schema.base import Group
from groundswell.scenario.words import shown

FONT, LINE = 8.0, 1.35  # of a label, and from row to row of them
LONGEST, MOST_ROWS = 26, 6  # characters; what needs more rows is a line without a label


class Mark(NamedTuple):
    """A day, what changes on it, and the color of the design that it is of."""

    day: date
    text: str
    color: str


def marks_of(results: Sequence[Results]) -> list[Mark]:
    """The dated changes and waves of invitations of designs, after the first day of the horizon, by day.

    What several designs have alike is one mark, in the color of no design.
    """
    found: dict[tuple[date, str], list[str]] = {}
    for result in results:
        color = style.look_of(result.label, result.color).color if len(results) > 1 else style.INK
        scenario = result.scenario
        program, first = scenario.program, scenario.start
        last = first + timedelta(days=7 * scenario.weeks - 1)
        days = [] if program is None else [pair for change in program.changes for pair in _days(change)]
        if program is not None and program.select is not None:
            days += [(wave.start, "invitations") for wave in program.select.waves]
        for day, text in dict.fromkeys(days):
            if first < day <= last:
                found.setdefault((day, text), []).append(color)
    marks = [Mark(*key, colors[0] if len(colors) == 1 else style.INK) for key, colors in found.items()]
    return sorted(marks, key=lambda mark: mark.day)


def _days(change: Change) -> list[tuple[date, str]]:
    """The day on which a change begins, and the one after its last."""
    names = change.sets()
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    text = f"{_words(change, names[0])}{more}"
    found = [] if change.start is None else [(change.start, text)]
    if change.end is not None and names != ("relaunch",):
        found.append((change.end + timedelta(days=1), f"{names[0].replace('_', ' ')}{more} ends"))
    return found


def _words(change: Change, name: str) -> str:
    value = getattr(change, name)
    text = name.replace("_", " ")
    text = text if name == "relaunch" or isinstance(value, Group) else f"{text} {shown(value)}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class Placed(NamedTuple):
    """A mark with the row of its label, from the top; None: no room for it. ``left``: it stands left of its line."""

    mark: Mark
    row: int | None
    left: bool


def placed(ax: Axes, marks: Sequence[Mark]) -> list[Placed]:
    """Rows for the labels, so that none runs into another or is crossed by a line; needs the limits of the dates.

    Room that labels at the ends of lines may take later is not counted on.
    """
    days = [_number(mark.day) for mark in marks]
    low, high = (min([ax.get_xlim()[0], *days]), max([ax.get_xlim()[1], *days]))
    ax.set_xlim(low, high)
    size = style.points(ax, FONT)
    a_day = (1 - WIDEST) * 72 * style.inches(ax)[0] / (high - low)
    ends: list[float] = []  # by row: where its last label ends
    found = []
    for mark in marks:
        at = _number(mark.day) * a_day
        wide = (letters.CHARACTER * len(mark.text) + 1) * size
        left = at + wide > high * a_day
        begins = at - wide if left else at
        rows = [row for row in range(len(ends)) if ends[row] <= begins and all(end <= at for end in ends[row:])]
        row = rows[0] if rows else len(ends)
        if row >= MOST_ROWS:
            found.append(Placed(mark, None, left))
            continue
        ends += [-float("inf")] if row == len(ends) else []
        ends[row] = max(at, begins + wide)
        found.append(Placed(mark, row, left))
    return found


def leave_room(ax: Axes, found: Sequence[Placed]) -> None:
    """Raise the upper limit of the numbers, so that labels stand above the data."""
    rows = max((one.row + 1 for one in found if one.row is not None), default=0)
    share = min(rows * LINE * style.points(ax, FONT) / (72 * style.inches(ax)[1]), 0.5)
    low, high = ax.get_ylim()
    ax.set_ylim(low, low + (high - low) / (1 - share))


def draw_marks(ax: Axes, found: Sequence[Placed]) -> None:
    """Draw the lines, each up to its label."""
    size = style.points(ax, FONT)
    line = LINE * size / (72 * style.inches(ax)[1])
    for mark, row, left in found:
        day, top = _number(mark.day), 1 - (row or 0) * line
        ax.axvline(day, ymax=top, color=mark.color, linewidth=style.points(ax, 0.8), alpha=0.8, zorder=1.5)
        if row is not None:
            ax.annotate(
                mark.text, (day, top), ((-0.35 if left else 0.35) * size, 0), xycoords=ax.get_xaxis_transform(),
                textcoords="offset points", ha="right" if left else "left", va="top", fontsize=size,
                color=style.text_color(mark.color),
            )  # fmt: skip


def _number(day: date) -> float:
    return float(mdates.date2num(day))  # type: ignore[no-untyped-call]
