"""Pictures of lines 18 to 20 and of the shape of `college_msg`. Numbers are those of the samples of the evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from groundswell.plots import style
from groundswell.validation import scenarios
from groundswell.validation.collect import Evidence
from groundswell.validation.lines import Validation
from groundswell.validation.pictures.drawing import BAND, band_patch, labels, legend, line

Floats = npt.NDArray[np.float64]
MONTHS = np.arange(1, 13)
CURVES = {"none": ("no program", 0), "average": ("average", 1), "best": ("best practice", 2),
          "off": ("recognition off", 3), "mandate": ("mandate", 4)}  # fmt: skip
ENDS = {"none": (0.02, 0.05), "average": (0.06, 0.15), "best": (0.20, 0.35)}  # bands of month 12


def _curve(ax: Axes, x: npt.ArrayLike, worlds: Floats, index: int) -> None:
    """Mean of worlds, and all worlds as an area."""
    look = style.look(index)
    ax.fill_between(x, worlds.min(axis=0), worlds.max(axis=0), color=look.color, alpha=0.15, linewidth=0)
    ax.plot(x, worlds.mean(axis=0), color=look.color, linestyle=look.line, lw=1.9)


def sharers(validation: Validation, axes: list[Axes]) -> None:
    """Line 18: active sharers by month; the mandate apart, as it is far above the others."""
    left, right = axes
    entries: list[tuple[Any, str]] = []
    for name, (text, index) in CURVES.items():
        worlds: Floats = validation.evidence.sample(f"sharers_{name}")
        ax = right if name == "mandate" else left
        _curve(ax, MONTHS, worlds, index)
        entries.append((line(index), f"{text}: {worlds[:, -1].mean():.1%} in month 12"))
        if name in ENDS:
            ax.plot([12.7, 12.7], ENDS[name], color=style.look(index).color, lw=7, alpha=0.45, solid_capstyle="butt")
    for ax, top in ((left, 0.4), (right, 1.0)):
        ax.set_xlim(0.7, 13.1)
        ax.set_ylim(0, top)
        ax.set_xticks(MONTHS)
    month = "month of the program (1: January)"
    labels(left, month, "share of the staff with a company post", "Active sharers (bars: bands of month 12)")
    labels(right, month, "share of the staff with a company post", "Active sharers under a mandate")
    legend(left, entries[:4], 1)
    legend(right, entries[4:], 1)


def concentration(validation: Validation, axes: list[Axes]) -> None:
    """Line 19: engagement with posts of the most active employees, of all company content's."""
    (ax,) = axes
    worlds: Floats = validation.evidence.sample("concentration")
    percent = np.arange(worlds.shape[1]) / 10.0  # of 1,000 employees
    _curve(ax, percent, worlds, 1)
    at = 30
    ax.plot([3, 3], [0.15, 0.45], color=BAND, lw=7, alpha=0.45, solid_capstyle="butt")
    ax.plot([3], [worlds[:, at].mean()], color=style.INK, marker="o", ms=5)
    ax.set_ylim(0, 0.5)
    ax.set_xlim(0, 6)
    labels(ax, "employees with the most company posts in the year, % of all", "share of all engagement",
           "Without a program: who makes the engagement with company content (the page's included)")  # fmt: skip
    legend(ax, [
        (line(1), "mean of worlds (area: all worlds)"),
        (Line2D([], [], color=style.INK, marker="o", ls="", ms=5), f"most active 3 %: {worlds[:, at].mean():.1%}"),
        (band_patch(), "band, 0.15 to 0.45"),
    ])  # fmt: skip


def removal(validation: Validation, axes: list[Axes]) -> None:
    """Line 20: posts by week with and without recognition; exits under a mandate."""
    left, right = axes
    evidence = validation.evidence
    weeks = np.arange(1, evidence.sample("weekly_posts_best").shape[1] + 1)
    for name in ("best", "off"):
        posts: Floats = evidence.sample(f"weekly_posts_{name}")
        _curve(left, weeks, posts, CURVES[name][1])
    left.axvline(scenarios.REMOVAL_WEEK + 0.5, color=style.INK, lw=1, ls=":")
    left.set_ylim(bottom=0)
    left.set_xlim(1, weeks[-1])
    change = evidence.of("shares_removed").sum() / evidence.of("shares_kept").sum() - 1
    labels(left, "week of the program", "company posts of members a week", "Recognition removed after six months")
    legend(left, [
        (line(2), "best practice (area: all worlds)"),
        (line(3), f"recognition removed: {change:+.0%} from then on"),
    ], 1)  # fmt: skip
    _exits(evidence, right)


def _exits(evidence: Evidence, ax: Axes) -> None:
    for name in ("average", "mandate"):
        gone: Floats = 1000.0 - evidence.sample(f"headcount_{name}")
        _curve(ax, MONTHS, gone, CURVES[name][1])
    ax.set_ylim(bottom=0)
    ax.set_xticks(MONTHS)
    satisfied = {name: evidence.of(f"satisfaction_{name}").mean() for name in ("average", "mandate")}
    labels(ax, "month of the program", "employees who have left, of 1,000", "Exits under a mandate")
    legend(ax, [
        (line(1), f"average: satisfaction {satisfied['average']:.3f} at the end"),
        (line(4), f"mandate: satisfaction {satisfied['mandate']:.3f} at the end"),
    ], 1)  # fmt: skip


def college(validation: Validation, axes: list[Axes]) -> None:
    """`college_msg`: how unequal senders are, senders by week, how activity falls since the own first message."""
    left, middle, right = axes
    evidence = validation.evidence
    where = [(1, "members' posts", "members")]
    if "college_counts" in evidence.samples:
        where.append((6, "college_msg", "college"))
    entries: list[tuple[Any, str]] = [(line(index), text) for index, text, _ in where]
    for index, _, name in where:
        ordered, own = np.sort(evidence.sample(f"{name}_counts"))[::-1], evidence.sample(f"{name}_own")
        look = style.look(index)
        left.plot(np.linspace(0, 1, len(ordered) + 1), np.concatenate([[0], np.cumsum(ordered) / ordered.sum()]),
                  color=look.color, linestyle=look.line, lw=1.9)  # fmt: skip
        by_week = evidence.sample(f"{name}_by_week")
        _curve(middle, np.arange(1, by_week.shape[1] + 1), by_week, index)
        _curve(right, np.arange(1, own.shape[1] + 1), own / own[:, :1], index)
    left.plot([0, 1], [0, 1], color=style.look(0).color, ls=":", lw=1.2)
    left.set_xlim(0, 1)
    left.set_ylim(0, 1.01)
    for ax, weeks in ((middle, 27), (right, 12)):
        ax.set_ylim(0, 1.02)
        ax.set_xlim(1, weeks)
    right.set_xticks([1, 4, 8, 12])
    labels(left, "senders, most active first", "share of messages (posts)", "Between senders")
    legend(left, [*entries, (line(0), "all the same")], 1)
    labels(middle, "week since the start", "senders, of the week with most", "Active senders by week")
    labels(right, "week since the own first one", "messages a person, of week 1", "Since the own start")
