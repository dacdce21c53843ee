"""Differences to the baseline with their intervals, one panel a measure."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from groundswell.decide.added import added_to
from groundswell.decide.contest import Contest
from groundswell.plots import letters, style
from groundswell.plots.panels import NOTE, TITLE, Room, room_of_axes, room_of_panels
from groundswell.results.measures import MONEY, described
from groundswell.results.vocabulary.added import ADDED
from groundswell.results.vocabulary.titles import title
from groundswell.scenario.words import prices, prices_are_default

ADDED_MEASURES = ("unique_people_added", "aware_people_added", "aware_buyers_added", "program_cost_added")
EARLIER_MEASURES = ("unique_reach", "impressions", "engagements", "awareness")
SHARE, POINTS = "share of persons", "percentage points of persons outside the company"


def differences(
    contest: Contest,
    measures: Sequence[str] | None = None,
    versus: str | None = None,
    ax: Axes | None = None,
    figure: Figure | None = None,
) -> Axes | list[Axes]:
    """Draw differences to `versus` (the baseline) with 95 % intervals. The same numbers: `Contest.table(versus)`.

    By default of what programs add: people, aware people, aware buyers, money. Shares of persons are percentage points.

    With `ax` one measure is drawn and `ax` returned; else one panel a measure, and the list of axes.
    """
    style.take(list(contest.results.values()))
    measures = _usual(contest) if measures is None else measures
    measures = measures[:1] if ax is not None else measures
    table = _readable(contest, contest.table(versus, list(measures)))
    if ax is not None:
        letters.remember(ax)
        return _panel(ax, contest, table, names=True, room=room_of_axes(ax, _labels(table)), note=_note(table))
    parts = [table[table["measure"] == measure] for measure in measures]
    room = room_of_panels([_words(contest, part) for part in parts], _labels(parts[0]), figure)
    whole = style.new_figure(figure, room.width, room.height)
    whole.set_size_inches(room.width, room.height)  # a figure that is given grows where its rows need more
    panels = whole.subplots(room.rows, room.columns, squeeze=False).ravel()
    for place, part in enumerate(parts):
        _panel(panels[place], contest, part, names=place % room.columns == 0, room=room)
    for empty in panels[len(measures) :]:
        empty.set_visible(False)
    size = style.points(panels[0], NOTE)
    said = letters.wrapped(_note(table), letters.across(72 * room.width, size))
    note = whole.supxlabel(said, fontsize=size, color=style.INK, x=0.01, ha="left")
    letters.settle_text(note, letters.grounds(panels[0]))
    return list(panels[: len(measures)])


def _usual(contest: Contest) -> Sequence[str]:
    """What programs add; of recordings that do not have it, differences of totals."""
    there = added_to(contest.results[contest.baseline].recording)
    return ADDED_MEASURES if set(ADDED_MEASURES) <= set(there) else EARLIER_MEASURES


def _readable(contest: Contest, table: pd.DataFrame) -> pd.DataFrame:
    """Differences of the others, shares as percentage points; money says at which prices it is."""
    table = table[table["label"].astype(str) != table["versus"].astype(str)]
    gaps = [name for name in table.columns if name.startswith("difference")]
    shares = table["unit"] == SHARE
    table = table.assign(**{name: table[name].where(~shares, 100 * table[name]) for name in gaps})
    table["unit"] = table["unit"].where(~shares, POINTS)
    is_money = [MONEY in described(str(name)).unit.split() for name in table["measure"]]
    scenarios = [result.scenario for result in contest.results.values()] if any(is_money) else []
    said = next((prices(scenario) for scenario in scenarios if prices_are_default(scenario)), "")
    return table.assign(prices=[said if money else "" for money in is_money])


def _note(table: pd.DataFrame) -> str:
    flagged = "; hollow: too few worlds (see flag)" if table["flag"].astype(bool).any() else ""
    return f"{style.interval_text(table)}{flagged}"


def _title(measure: str, versus: str, baseline: str) -> str:
    """The measure in words; what is added is a difference to the baseline already."""
    if measure in ADDED and versus == baseline:
        return title(measure)
    return f"{title(measure)}: difference to {versus}"


def _labels(table: pd.DataFrame) -> list[str]:
    return [str(label) for label in table["label"]]


def _words(contest: Contest, table: pd.DataFrame) -> tuple[str, str]:
    """The title of a panel, and what stands below its numbers."""
    measure, unit, versus = (str(table[name].iloc[0]) for name in ("measure", "unit", "versus"))
    at_prices = next((f", {text}" for text in table["prices"] if text), "")
    is_added = measure in ADDED and versus == contest.baseline
    return _title(measure, versus, contest.baseline) + at_prices, f"{unit} added to {versus}" if is_added else unit


def _panel(ax: Axes, contest: Contest, table: pd.DataFrame, names: bool, room: Room, note: str = "") -> Axes:
    labels = _labels(table)
    for place, row in enumerate(table.to_dict("records")):
        look = style.look_of(str(row["label"]), contest.results[str(row["label"])].color)
        low, high = (
            row["difference"] - row["difference_ci_lower"],
            row["difference_ci_upper"] - row["difference"],
        )
        ax.errorbar(
            row["difference"], place, xerr=[[low], [high]], color=look.color, marker=look.marker,
            markersize=style.points(ax, 6.5), capsize=style.points(ax, 3.5), linewidth=style.points(ax, 1.5),
            markerfacecolor="white" if row["flag"] else look.color,
        )  # fmt: skip
    style.finish(ax)
    ax.grid(visible=False, axis="y")
    style.light_grid(ax, "x")
    ax.axvline(0, color=style.INK, linewidth=1)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    letters.row_labels(ax, labels if names else [""] * len(labels), room.row)
    style.number_axis(ax, "x")
    ax.locator_params(axis="x", nbins=room.ticks)
    said, what = _words(contest, table)
    for put, text, size in ((ax.set_title, said, TITLE), (ax.set_xlabel, f"{what}, {note}" if note else what, NOTE)):
        points = style.points(ax, size)
        put(letters.wrapped(text, letters.across(room.panel, points)), fontsize=points, color=style.INK,
            loc="left" if size == TITLE else "center")  # fmt: skip
    return style.settled(ax)
