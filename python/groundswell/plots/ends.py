"""Labels at the ends of lines, where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from groundswell.plots import style

FONT = 9.0
WIDEST = 0.3  # of the axes' width, for labels
FARTHEST = 1.6  # lines of text that a label may stand away from the end of its line


class End(NamedTuple):
    """Where a line ends, and its label."""

    x: float
    y: float
    label: str
    color: str


def label_ends(ax: Axes, ends: Sequence[End]) -> bool:
    """Write the labels beside the ends, apart from each other; False, and nothing written, where they do not fit.

    They do not where the longest takes more than 0.3 of the width, or one would stand too far from its line. Limits of
    the y axis must be final.
    """
    size = style.points(ax, FONT)
    width, height = (72 * side for side in style.inches(ax))  # in points
    share = (max(len(end.label) for end in ends) * 0.56 * size + 1.4 * size) / width
    if share > WIDEST:
        return False
    low, high = ax.get_ylim()
    line = 1.25 * size / height * (high - low)
    wanted = np.array([end.y for end in ends])
    places = spread(wanted, line, low + line / 2, high - line / 2)
    if places is None or np.abs(places - wanted).max() > FARTHEST * line:
        return False
    left, right = ax.get_xlim()
    ax.set_xlim(left, left + (right - left) / (1 - share))
    for end, place in zip(ends, places, strict=True):
        beside = end.x + (right - left) * 0.9 * size / width
        ax.text(beside, place, end.label, color=style.text_color(end.color), fontsize=size, va="center", ha="left")
    return True


def spread(
    wanted: np.ndarray[tuple[int], np.dtype[np.float64]], gap: float, low: float, high: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """The places nearest to those wanted that are `gap` apart, in the same order, from low to high; None: no room."""
    if gap * (len(wanted) - 1) > high - low:
        return None
    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(len(wanted))
    free = np.clip(wanted[order] - steps, low, high - steps[-1])
    blocks: list[list[float]] = []  # pool adjacent violators: least squares under a rising order
    for value in free:
        blocks.append([float(value), 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value_, weight = blocks.pop()
            total = blocks[-1][1] + weight
            blocks[-1] = [(blocks[-1][0] * blocks[-1][1] + value_ * weight) / total, total]
    rising = np.concatenate([np.full(int(weight), value) for value, weight in blocks])
    places = np.empty(len(wanted))
    places[order] = rising + steps
    return places
