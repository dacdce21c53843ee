"""Designs over a grid: differences with intervals against what was varied."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from groundswell.errors import InvalidInput
from groundswell.plots import letters, style
from groundswell.plots.ends import End, label_ends
from groundswell.results.vocabulary.titles import title

NEEDED = (
    "label", "measure", "unit", "versus", "difference", "difference_ci_lower", "difference_ci_upper", "uncertainty",
)  # fmt: skip


def over_grid(frame: pd.DataFrame, varied: Sequence[str], ax: Axes | None = None) -> Axes:
    """Draw the differences of one measure over the fields that were varied.

    Parameters
    ----------
    frame:
        One row a design: label, measure, unit, versus, difference, difference_ci_lower, difference_ci_upper,
        uncertainty and the varied fields, as `Contest.table(measures=...)` of a grid has them. Rows of the baseline
        itself are left out.
    varied:
        Columns that were varied. The numeric one with most values is the x axis, another one makes the lines; with
        none numeric, or more than two, every design is a row with its label.
    ax:
        Axes to draw on.

    Raises
    ------
    InvalidInput
        A column is not there, or there is more than one measure.
    """
    lacking = [name for name in (*NEEDED, *varied) if name not in frame.columns]
    if lacking:
        raise InvalidInput(f"frame: no column {lacking[0]!r}; needed are {', '.join((*NEEDED, *varied))}")
    measures = frame["measure"].astype(str).unique()
    if len(measures) != 1:
        raise InvalidInput(f"frame: one measure is drawn; it has {len(measures)}")
    shown = frame[frame["label"].astype(str) != frame["versus"].astype(str)].dropna(subset=list(varied))
    ax = style.new_axes(ax)
    numeric = [name for name in varied if pd.api.types.is_numeric_dtype(shown[name])]
    if numeric and len(varied) <= 2:
        x = max(numeric, key=lambda name: shown[name].nunique())
        _lines(ax, shown, x, next((name for name in varied if name != x), None))
    else:
        _rows(ax, shown)
    unit, measure, versus = (str(shown[name].iloc[0]) for name in ("unit", "measure", "versus"))
    style.finish(ax, f"{title(measure)}: difference to {versus}")
    text = f"{unit}, {style.interval_text(shown)}"
    on_x = not (numeric and len(varied) <= 2)
    size = style.points(ax, 9.5)
    text = letters.wrapped(text, letters.across(72 * style.inches(ax)[0 if on_x else 1], size))
    (ax.set_xlabel if on_x else ax.set_ylabel)(text, fontsize=style.points(ax, 9.5), color=style.INK)
    style.number_axis(ax, "x" if on_x else "y")
    return style.settled(ax)


def _lines(ax: Axes, frame: pd.DataFrame, x: str, other: str | None) -> None:
    groups = [("", frame)] if other is None else [(f"{_short(other)} = {_text(key)}", part)
                                                  for key, part in frame.groupby(other, observed=True)]  # fmt: skip
    ends = []
    apart = 0.012 * float(frame[x].max() - frame[x].min())  # so that intervals do not hide each other
    for place, (name, part) in enumerate(groups):
        look = style.look_of(name, place + 1) if name else style.look(1)
        line = part.sort_values(x)
        beside = line[x].astype(float) + apart * (place - (len(groups) - 1) / 2)
        _bars(ax, beside, line["difference"], line, look, horizontal=False)
        ends.append(End(float(beside.iloc[-1]), float(line["difference"].iloc[-1]), name, look.color))
    ax.axhline(0, color=style.INK, linewidth=1)
    ax.set_xlabel(x, fontsize=style.points(ax, 9.5), color=style.INK)
    ax.set_xticks(sorted(frame[x].unique()))
    style.number_axis(ax, "x")
    ax.margins(x=0.04)
    ax.set_ylim(ax.get_ylim())
    if other is not None and not label_ends(ax, ends):
        letters.legend(ax, [ax.containers[i] for i in range(len(ends))], [end.label for end in ends], frameon=False,
                       fontsize=style.points(ax, 9), loc="best")  # fmt: skip


def _rows(ax: Axes, frame: pd.DataFrame) -> None:
    frame = frame.sort_values("difference")
    for place, (_, row) in enumerate(frame.iterrows()):
        one = frame.iloc[[place]]
        _bars(ax, row["difference"], place, one, style.look_of(str(row["label"])), horizontal=True)
    ax.axvline(0, color=style.INK, linewidth=1)
    letters.row_labels(ax, frame["label"].tolist())


def _bars(ax: Axes, x: ArrayLike, y: ArrayLike, frame: pd.DataFrame, look: style.Look, horizontal: bool) -> None:
    error = [frame["difference"] - frame["difference_ci_lower"], frame["difference_ci_upper"] - frame["difference"]]
    sides = {"xerr" if horizontal else "yerr": error}
    ax.errorbar(x, y, color=look.color, linestyle=look.line, marker=look.marker,
                markersize=style.points(ax, 6), capsize=style.points(ax, 3), linewidth=style.points(ax, 1.5),
                **sides)  # type: ignore[arg-type]  # fmt: skip


def _short(address: str) -> str:
    return address.rsplit(".", 1)[-1]


def _text(value: object) -> str:
    return style.tick(float(value)) if isinstance(value, int | float) else str(value)
