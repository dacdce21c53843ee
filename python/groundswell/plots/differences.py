"""Differences to the baseline with their intervals, one panel a measure."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from groundswell.decide.added import added_to
from groundswell.decide.contest import Contest
from groundswell.plots import letters, style
from groundswell.results.measures import MONEY, described
from groundswell.results.vocabulary.added import ADDED
from groundswell.results.vocabulary.titles import title
from groundswell.scenario.words import prices, prices_are_default

ADDED_MEASURES = ("unique_people_added", "aware_people_added", "aware_buyers_added", "program_cost_added")
EARLIER_MEASURES = ("unique_reach", "impressions", "engagements", "awareness")
SHARE, POINTS = "share of persons", "percentage points of persons outside the company"
LONGEST_TITLE_LINE = 42  # characters: two panels stand side by side


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
    measures = _usual(contest) if measures is None else measures
    measures = measures[:1] if ax is not None else measures
    table = _readable(contest, contest.table(versus, list(measures)))
    if ax is not None:
        letters.remember(ax)
        return _panel(ax, contest, table, names=True, note=_note(table))
    rows = -(-len(measures) // 2)
    height = rows * (1.1 + 0.45 * max(len(contest.results) - 1, 1))
    whole = style.new_figure(figure, 9, height)
    panels = whole.subplots(rows, min(2, len(measures)), squeeze=False).ravel()
    for place, measure in enumerate(measures):
        _panel(panels[place], contest, table[table["measure"] == measure], names=place % 2 == 0)
    for empty in panels[len(measures) :]:
        empty.set_visible(False)
    note = whole.supxlabel(_note(table), fontsize=style.points(panels[0], 8.5), color=style.INK, x=0.01, ha="left")
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


def _panel(ax: Axes, contest: Contest, table: pd.DataFrame, names: bool, note: str = "") -> Axes:
    labels = [str(label) for label in table["label"]]
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
    letters.row_labels(ax, labels if names else [""] * len(labels))
    style.number_axis(ax, "x")
    ax.locator_params(axis="x", nbins=5)
    measure, unit, versus = table["measure"].iloc[0], table["unit"].iloc[0], table["versus"].iloc[0]
    at_prices = next((f", {text}" for text in table["prices"] if text), "")
    said = _title(str(measure), str(versus), contest.baseline) + at_prices
    ax.set_title(letters.wrapped(said, LONGEST_TITLE_LINE), loc="left", fontsize=style.points(ax, 10), color=style.INK)
    what = f"{unit} added to {versus}" if measure in ADDED and versus == contest.baseline else str(unit)
    ax.set_xlabel(f"{what}, {note}" if note else what, fontsize=style.points(ax, 8.5), color=style.INK)
    return style.settled(ax)
