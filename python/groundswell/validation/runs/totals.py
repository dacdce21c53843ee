"""Sums of a run's rows over the horizon: by measure, source, platform and hop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SOURCES = ("program", "organic", "page")
AUTHORS: Mapping[str, tuple[str, ...]] = {
    "person": ("program", "organic"), "page": ("page",), "program": ("program",),
}  # fmt: skip
HORIZON, FOLLOW_UP = 1, 2
EVERY = -1  # of a row's platform, hop and segment: all of them
FRAGMENT, WEEK, MONTH = 0, 1, 2  # grains; additive measures have fragments
GRAINS = {WEEK: "weeks", MONTH: "months"}


@dataclass(frozen=True)
class Totals:
    """Values of one design in one world, shape (replicates, rows), and what the rows are."""

    layout: Mapping[str, Any]
    measures: Mapping[str, Mapping[str, Any]]  # as declared by the engine, by name
    values: Floats

    @cached_property
    def _window(self) -> npt.NDArray[np.int64]:
        rows, windows = self.layout["rows"], np.asarray(self.layout["fragments"]["window"], dtype=np.int64)
        fragment = np.asarray(rows["grain"]) == FRAGMENT
        return np.where(fragment, windows[np.where(fragment, rows["period"], 0)], -1)

    def by_replicate(
        self,
        name: str,
        author: str = "person",
        platform: int = 0,
        hops: Iterable[int] | None = None,
        windows: Iterable[int] = (HORIZON,),
    ) -> Floats:
        """A sum measure, by replicate.

        Raises
        ------
        KeyError
            For a measure that is not a sum, or a hop of one that knows none.
        """
        measure, rows = self.measures[name], self.layout["rows"]
        if measure["kind"] != "sum" or (hops is not None and not measure["by_hop"]):
            raise KeyError(f"{name}: not a sum that is recorded like this")
        keep = (np.asarray(rows["measure"]) == measure["id"]) & np.isin(self._window, list(windows))
        keep &= (np.asarray(rows["platform"]) == platform) & (np.asarray(rows["segment"]) == EVERY)
        keep &= np.isin(rows["source"], [SOURCES.index(source) for source in AUTHORS[author]])
        if hops is not None:
            keep &= np.isin(rows["hop"], list(hops))
        found: Floats = self.values[:, keep].sum(axis=1)
        return found

    def plain(self, name: str) -> Floats:
        """A sum measure of the program (one row a fragment) in the horizon, by replicate."""
        keep = (np.asarray(self.layout["rows"]["measure"]) == self.measures[name]["id"]) & (self._window == HORIZON)
        found: Floats = self.values[:, keep].sum(axis=1)
        return found

    def weekly(self, name: str, author: str = "person", platform: int = 0) -> Floats:
        """A sum measure by replicate and week of the horizon."""
        weeks = np.flatnonzero(np.asarray(self.layout["weeks"]["window"]) == HORIZON)
        rows, week = self.layout["rows"], np.asarray(self.layout["fragments"]["week"], dtype=np.int64)
        keep = (np.asarray(rows["measure"]) == self.measures[name]["id"]) & (self._window == HORIZON)
        keep &= (np.asarray(rows["platform"]) == platform) & (np.asarray(rows["segment"]) == EVERY)
        keep &= np.isin(rows["source"], [SOURCES.index(source) for source in AUTHORS[author]])
        mine = np.flatnonzero(keep)
        place = week[np.asarray(rows["period"])[mine]] - weeks[0]
        found: Floats = np.zeros((len(weeks), len(self.values)))
        np.add.at(found, place, self.values[:, mine].T)
        return found.T

    def cells(self, name: str, grain: int) -> Floats:
        """A unique or level measure, of all platforms and segments, by replicate and week or month of the horizon.

        Raises
        ------
        KeyError
            For a sum.
        """
        measure, rows = self.measures[name], self.layout["rows"]
        if measure["kind"] == "sum":
            raise KeyError(f"{name}: a sum has no cells of its own")
        keep = (np.asarray(rows["measure"]) == measure["id"]) & (np.asarray(rows["grain"]) == grain)
        keep &= (np.asarray(rows["platform"]) == EVERY) & (np.asarray(rows["segment"]) == EVERY)
        period = np.asarray(rows["period"], dtype=np.int64)
        keep &= np.asarray(self.layout[GRAINS[grain]]["window"])[np.where(keep, period, 0)] == HORIZON
        mine = np.flatnonzero(keep)
        found: Floats = self.values[:, mine[np.argsort(period[mine], kind="stable")]]
        return found

    def total(self, name: str, author: str = "person", **where: Any) -> float:
        """The same over all replicates."""
        return float(self.by_replicate(name, author, **where).sum())
