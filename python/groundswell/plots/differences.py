"""Differences to the baseline with their intervals, one panel a measure."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from groundswell.decide.contest import Contest
from groundswell.decide.pictures import MEASURES
from groundswell.plots import letters, style

LONGEST_TITLE_LINE = 48  # characters: two panels stand side by side


def differences(
    contest: Contest,
    measures: Sequence[str] = MEASURES,
    versus: str | None = None,
    ax: Axes | None = None,
    figure: Figure | None = None,
) -> Axes | list[Axes]:
    """Draw differences to `versus` (the baseline) with 95 % intervals. The same numbers: `Contest.table(versus)`.

    With `ax` one measure is drawn and `ax` returned; else one panel a measure, and the list of axes.
    """
    measures = measures[:1] if ax is not None else measures
    table = contest.table(versus, list(measures))
    table = table[table["label"] != table["versus"]]
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


def _note(table: pd.DataFrame) -> str:
    flagged = "; hollow: too few worlds (see flag)" if table["flag"].astype(bool).any() else ""
    return f"{style.interval_text(table)}{flagged}"


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
    title = letters.wrapped(f"{measure}: difference to {versus}", LONGEST_TITLE_LINE)
    ax.set_title(title, loc="left", fontsize=style.points(ax, 10), color=style.INK)
    ax.set_xlabel(f"{unit}, {note}" if note else str(unit), fontsize=style.points(ax, 8.5), color=style.INK)
    return style.settled(ax)
