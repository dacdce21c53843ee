"""The dimensions of a cell beside time: segment, source, platform, hop; which rows hold them, and their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from groundswell.results.grain import Query
from groundswell.results.measures import SOURCES, Measure, Part
from groundswell.scenario.model.audience import SEGMENTS
from groundswell.scenario.schema.platform_table import PLATFORMS

Ints = NDArray[np.int64]

HOPS = ("1", "2", "3+")  # codes 1, 2, 3
TOTAL = -1


@dataclass(frozen=True)
class Axis:
    """One dimension: codes as in the layout's rows, and what a frame shows for them.

    `shown_only`: every row belongs to its one code (the only platform that is on), so no row carries the code.
    """

    name: str
    codes: tuple[int, ...]
    labels: tuple[str, ...]
    shown_only: bool = False


def platforms_on(rows: Mapping[str, Ints]) -> tuple[int, ...]:
    """Codes of the platforms that a layout has rows for."""
    codes = np.unique(rows["platform"])
    return tuple(int(code) for code in codes[codes >= 0])


def axes_of(query: Query, segments: Sequence[int], on: tuple[int, ...]) -> tuple[Axis, ...]:
    """The dimensions asked for, in the order of a frame's columns; the last one changes fastest."""
    found = []
    if query.segment:
        found.append(Axis("segment", tuple(segments), SEGMENTS))
    if query.source:
        found.append(Axis("source", tuple(range(len(SOURCES))), SOURCES))
    if query.platform:
        found.append(Axis("platform", on, PLATFORMS, shown_only=len(on) == 1))
    if query.hop:
        found.append(Axis("hop", (1, 2, 3), ("", *HOPS)))
    return tuple(found)


def size(axes: Sequence[Axis]) -> int:
    """Cells in one period."""
    return int(np.prod([len(axis.codes) for axis in axes], dtype=np.int64))


def positions(axes: Sequence[Axis], rows: Mapping[str, Ints], chosen: Ints, position: Ints) -> Ints:
    """The cell of each chosen row, from its period's."""
    for axis in axes:
        codes = np.array(axis.codes, dtype=np.int64)
        here = np.zeros(len(chosen), dtype=np.int64)
        if not axis.shown_only:
            here = np.searchsorted(codes, rows[axis.name][chosen])
        position = position * len(codes) + here
    return position


def summed_rows(rows: Mapping[str, Ints], measure: Measure, axes: Sequence[Axis], part: Part | None) -> Ints:
    """The rows that add up to the cells of a sum, each once: by segment, or by platform and hop, or the only ones."""
    mine: Ints = np.flatnonzero(rows["measure"] == measure.number)
    if part is not None and part.sources is not None and measure.by_source:
        mine = mine[np.isin(rows["source"][mine], part.sources)]
    if not measure.by_segment:
        return mine
    by_place = any(axis.name in ("platform", "hop") and not axis.shown_only for axis in axes)
    mine = mine[(rows["segment"][mine] < 0) == by_place]
    if part is not None and part.outsiders:
        mine = mine[rows["segment"][mine] > 0]
    return mine


def row_keys(axes: Sequence[Axis]) -> list[tuple[int, int]]:
    """(segment, platform) of the rows of a unique measure or level, in the order of the cells."""
    asked = [() if axis.shown_only else axis.codes for axis in axes]
    names = [axis.name for axis, codes in zip(axes, asked, strict=True) if codes]
    keys = []
    for codes in product(*[codes for codes in asked if codes]):
        place = dict(zip(names, codes, strict=True))
        keys.append((place.get("segment", TOTAL), place.get("platform", TOTAL)))
    return keys


def persons_of_cells(axes: Sequence[Axis], persons: Sequence[int]) -> NDArray[np.float64]:
    """How many persons outside the company each cell of one period is about: of its segment, or of all."""
    everybody = sum(persons[1:])
    names = [axis.name for axis in axes]
    places = [dict(zip(names, codes, strict=True)) for codes in product(*[axis.codes for axis in axes])]
    counts = [persons[place["segment"]] if "segment" in place else everybody for place in places]
    return np.array(counts, dtype=np.float64)


def columns(axes: Sequence[Axis], periods: int) -> dict[str, Any]:
    """Categorical columns of the cells of some periods."""
    places = list(product(*[axis.codes for axis in axes])) * periods
    found: dict[str, Any] = {}
    for place, axis in enumerate(axes):
        labels = [axis.labels[codes[place]] for codes in places]
        categories = [label for label in axis.labels if label]
        found[axis.name] = pd.Categorical(labels, categories=categories, ordered=axis.name == "hop")
    return found
