"""Pictures of a validation: lines 5, 9, 11, 12, 16 to 20, a file. Numbers are those of the samples of its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from groundswell.plots import style
from groundswell.scenario.schema.platform_table import PLATFORMS, TITLES
from groundswell.validation.collect import COLLEAGUES, HOUR_BINS
from groundswell.validation.lines import Validation
from groundswell.validation.pictures import of_programs as pictures_program
from groundswell.validation.pictures.drawing import BAND, BAND_ALPHA, band_patch, labels, legend, line

Floats = npt.NDArray[np.float64]
HALF_LIFE_BANDS = {"linkedin": (18.0, 30.0), "instagram": (15.0, 24.0), "facebook": (0.5, 1.5), "x": (0.3, 1.0)}
SEEN = 0.125  # share of connections who see one post


@dataclass(frozen=True)
class Picture:
    """Title of a picture and what draws it; `panels` side by side."""

    title: str
    draw: Callable[[Validation, list[Axes]], None]
    panels: int = 1


def draw(validation: Validation, name: str, path: Path) -> Path:
    """Write one picture as PNG."""
    picture = PICTURES[name]
    figure = Figure(figsize=(9, 4.8), layout="constrained")
    axes = [figure.add_subplot(1, picture.panels, i + 1) for i in range(picture.panels)]
    picture.draw(validation, axes)
    figure.savefig(path, dpi=130)
    return path


def virality(validation: Validation, axes: list[Axes]) -> None:
    """Line 5: structural virality against size, a point an act tree."""
    (ax,) = axes
    trees: Floats = validation.evidence.sample("trees")
    look = style.look(1)
    ax.axhspan(1.8, 4.5, color=BAND, alpha=BAND_ALPHA, linewidth=0)
    ax.set_ylim(1.0, 5.0)
    entries: list[tuple[Any, str]] = [(band_patch(), "band of the median, 1.8 to 4.5")]
    if len(trees):
        ax.scatter(trees[:, 0], trees[:, 1], s=5, color=look.color, alpha=0.18, linewidth=0, rasterized=True)
        edges = np.unique(np.round(np.geomspace(20, trees[:, 0].max() + 1, 12)))
        place = np.digitize(trees[:, 0], edges)
        groups = [trees[place == i] for i in range(1, len(edges)) if (place == i).sum() >= 20]
        middle = np.array([np.median(group, axis=0) for group in groups]).reshape(-1, 2)
        ax.plot(middle[:, 0], middle[:, 1], color=style.look(6).color, lw=2.2, marker="o", ms=4)
        entries.append((Line2D([], [], color=look.color, marker="o", ls="", ms=4, alpha=0.6), "one act tree"))
        middles = Line2D([], [], color=style.look(6).color, marker="o", lw=2.2)
        entries.append((middles, "median by size (20 trees or more)"))
    ax.set_xscale("log")
    largest = trees[:, 0].max() if len(trees) else 100
    ticks = [size for size in (20, 30, 50, 100, 200, 500, 1000, 2000, 5000) if size <= largest]
    ax.set_xticks(ticks, [f"{size:,}" for size in ticks])
    ax.minorticks_off()
    title = f"Structural virality of {len(trees):,} act trees of 20 nodes or more, all worlds"
    size = "nodes of the tree (post, surfaced engagements, reshares)"
    labels(ax, size, "structural virality (mean distance, steps)", title)
    legend(ax, entries)


def half_lives(validation: Validation, axes: list[Axes]) -> None:
    """Line 9: share of a post's engagements by the time since the post."""
    (ax,) = axes
    entries: list[tuple[Any, str]] = []
    for index, name in enumerate(PLATFORMS, start=1):
        if f"delays_{name}" not in validation.evidence.samples:
            continue
        counts = validation.evidence.sample(f"delays_{name}").sum(axis=0)
        share = np.cumsum(counts) / max(counts.sum(), 1)
        look = style.look(index)
        ax.plot(HOUR_BINS[1:], share, color=look.color, linestyle=look.line, lw=1.8)
        low, high = HALF_LIFE_BANDS[name]
        ax.plot([low, high], [0.5, 0.5], color=look.color, lw=7, alpha=0.35, solid_capstyle="butt")
        found = float(np.median(validation.evidence.of(f"half_life_{name}")))
        entries.append((line(index), f"{TITLES[name]}: half by {found:.3g} h (thick: {low:g} to {high:g} h)"))
    ax.set_xscale("log")
    ax.set_xlim(1 / 30, 28 * 24)
    ax.set_ylim(0, 1)
    style.number_axis(ax, "x")
    labels(ax, "hours since the post", "share of all engagements, all hops",
            "When engagement with employees' posts comes, and the bands of its half-life")  # fmt: skip
    legend(ax, entries, 2)


def monthly(validation: Validation, axes: list[Axes]) -> None:
    """Line 11: unique connections in a month against company posts in it."""
    (ax,) = axes
    sample: Floats = validation.evidence.sample("monthly")
    posts = np.arange(1, 25)
    groups = {n: sample[sample[:, 0] == n, 1] for n in posts if (sample[:, 0] == n).sum() >= 20}
    ax.plot([12, 14, 14, 12, 12], [0.35, 0.35, 0.70, 0.70, 0.35], color=BAND, lw=1.2)
    ax.fill_between([12, 14], 0.35, 0.70, color=BAND, alpha=2 * BAND_ALPHA, linewidth=0)
    low, middle, high = (
        [float(np.quantile(group, share)) for group in groups.values()] for share in (0.05, 0.5, 0.95)
    )
    look = style.look(1)
    ax.fill_between(list(groups), low, high, color=look.color, alpha=0.18, linewidth=0)
    ax.plot(list(groups), middle, color=look.color, lw=2, marker="o", ms=3.5)
    ax.plot(posts, 1 - (1 - SEEN) ** posts, color=style.look(0).color, ls=":", lw=1.8)
    ax.set_ylim(0, 1)
    ax.set_xlim(0, 25)
    labels(ax, "company posts of the advocate in the calendar month", "unique connections who saw one, share of all",
            "Unique connections reached in a month")  # fmt: skip
    legend(ax, [
        (line(1, marker="o", ms=3.5), "median of advocates' months"),
        (Patch(facecolor=look.color, alpha=0.3, linewidth=0), "5th to 95th percentile of advocates' months"),
        (line(0), f"if every post drew {SEEN:.1%} anew"),
        (band_patch(), "band at 3 posts a week, 0.35 to 0.70"),
    ], 2)  # fmt: skip


def beyond(validation: Validation, axes: list[Axes]) -> None:
    """Line 12: views outside the first degree, and by hop; a dot a world."""
    (ax,) = axes
    evidence = validation.evidence
    every = evidence.of("impressions_person")
    parts = {
        "outside the author's\nfirst degree": evidence.of("impressions_beyond_first_degree_person") / every,
        "first hop": evidence.of("impressions_hop_1") / every,
        "second hop": evidence.of("impressions_hop_2") / every,
        "third hop\nand later": evidence.of("impressions_hop_3") / every,
    }
    ax.fill_between([-0.4, 0.4], 0.25, 0.50, color=BAND, alpha=2 * BAND_ALPHA, linewidth=0)
    look = style.look(1)
    for place, values in enumerate(parts.values()):
        spread = np.linspace(-0.18, 0.18, len(values))
        ax.scatter(place + spread, values, s=16, color=look.color, alpha=0.75, linewidth=0)
        ax.plot([place - 0.28, place + 0.28], [values.mean()] * 2, color=style.INK, lw=1.6)
        ax.annotate(f"{values.mean():.0%}", (place + 0.31, float(values.mean())), va="center", color=style.INK,
                    fontsize=style.points(ax, 9))  # fmt: skip
    ax.set_xticks(range(len(parts)), list(parts))
    ax.set_ylim(0, 1)
    labels(ax, "", "share of LinkedIn views of employees' posts", "Where the views of employees' posts come from")
    legend(ax, [
        (Line2D([], [], color=look.color, marker="o", ls="", ms=4), f"one of {len(every)} worlds"),
        (Line2D([], [], color=style.INK, lw=1.6), "mean of worlds"),
        (band_patch(), "band, 0.25 to 0.50"),
    ])  # fmt: skip


def clustering(validation: Validation, axes: list[Axes]) -> None:
    """Line 16: local clustering of persons, and who has fewer ties than the neighbors' median."""
    left, right = axes
    evidence = validation.evidence
    values: Floats = evidence.sample("clustering")
    values = values[~np.isnan(values)]
    look = style.look(1)
    left.axvspan(0.10, 0.25, color=BAND, alpha=BAND_ALPHA, linewidth=0)
    bins, weights = np.linspace(0, 0.6, 41).tolist(), np.full(len(values), 1 / len(values))
    left.hist(values, bins=bins, weights=weights, color=look.color, alpha=0.7)
    left.axvline(float(np.median(values)), color=style.INK, lw=1.6)
    labels(left, "local clustering (share of a person's pairs)", "share of persons", "Clustering around a person")
    legend(left, [
        (Line2D([], [], color=style.INK, lw=1.6), f"median {np.median(values):.3f}"),
        (band_patch(), "band of the median, 0.10 to 0.25"),
    ], 1)  # fmt: skip
    degree, below = evidence.sample("degree"), evidence.sample("below")
    edges = np.geomspace(2, max(float(degree.max()), 4.0) + 1, 16)
    place = np.digitize(degree, edges)
    groups = [i for i in range(1, len(edges)) if (place == i).sum() >= 20]
    middle = [float(np.median(degree[place == i])) for i in groups]
    right.axhspan(0.75, 0.90, color=BAND, alpha=BAND_ALPHA, linewidth=0)
    right.plot(middle, [float(below[place == i].mean()) for i in groups], color=look.color, lw=2, marker="o", ms=3.5)
    right.axhline(float(below.mean()), color=style.INK, lw=1.6)
    right.set_xscale("log")
    right.set_ylim(0, 1.02)
    style.number_axis(right, "x")
    labels(right, "ties of the person", "share with fewer ties than\ntheir neighbors' median", "Friendship paradox")
    legend(right, [
        (Line2D([], [], color=look.color, lw=2, marker="o", ms=3.5), "by number of ties"),
        (Line2D([], [], color=style.INK, lw=1.6), f"all persons: {below.mean():.3f}"),
        (band_patch(), "band of all, 0.75 to 0.90"),
    ], 1)  # fmt: skip


def overlap(validation: Validation, axes: list[Axes]) -> None:
    """Line 17: unique / sum of connections against the number of colleagues."""
    (ax,) = axes
    sizes = list(COLLEAGUES)
    worlds = [validation.evidence.of(f"unique_over_sum_{size}") for size in sizes]
    look = style.look(1)
    for size, (low, high) in {9: (0.90, 0.98), 300: (0.50, 0.85)}.items():
        ax.fill_between([size / 1.15, size * 1.15], low, high, color=BAND, alpha=2.5 * BAND_ALPHA, linewidth=0)
    for size, values in zip(sizes, worlds, strict=True):
        ax.scatter(np.full(len(values), size), values, s=14, color=look.color, alpha=0.4, linewidth=0)
    means = [float(values.mean()) for values in worlds]
    ax.plot(sizes, means, color=look.color, lw=2)
    for size, value in zip(sizes, means, strict=True):
        ax.annotate(f"{value:.3f}", (size, value), xytext=(6, 8), textcoords="offset points", color=style.INK,
                    fontsize=style.points(ax, 9))  # fmt: skip
    ax.set_xscale("log")
    ax.set_xticks(sizes, [str(size) for size in sizes])
    ax.minorticks_off()
    ax.set_ylim(0.45, 1.02)
    labels(ax, "random colleagues", "different connections / sum of connections", "How colleagues' audiences overlap")
    legend(ax, [
        (Line2D([], [], color=look.color, lw=2), "mean of worlds"),
        (Line2D([], [], color=look.color, marker="o", ls="", ms=4, alpha=0.5), "one world"),
        (band_patch(), "bands at 9 and at 300 colleagues"),
    ])  # fmt: skip


PICTURES = {
    "5_structural_virality": Picture("Line 5: structural virality of act trees", virality),
    "9_half_lives": Picture("Line 9: when engagement comes", half_lives),
    "11_monthly_reach": Picture("Line 11: unique connections in a month", monthly),
    "12_beyond_first_degree": Picture("Line 12: views beyond the first degree", beyond),
    "16_clustering": Picture("Line 16: clustering and the friendship paradox", clustering, 2),
    "17_overlap": Picture("Line 17: overlap of colleagues' audiences", overlap),
    "18_active_sharers": Picture("Line 18: active sharers by month", pictures_program.sharers, 2),
    "19_concentration": Picture("Line 19: engagement of the most active employees", pictures_program.concentration),
    "20_removal_and_mandate": Picture("Line 20: recognition removed, a mandate", pictures_program.removal, 2),
    "college_msg": Picture("college_msg: inequality and decline of activity", pictures_program.college, 3),
}
