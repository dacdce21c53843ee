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
AUTHORS: Mapping[str, tuple[str, ...]] = {"person": ("program", "organic"), "page": ("page",)}
HORIZON, FOLLOW_UP = 1, 2
EVERY = -1  # of a row's platform, hop and segment: all of them
FRAGMENT = 0  # grain of additive measures


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

    def total(self, name: str, author: str = "person", **where: Any) -> float:
        """The same over all replicates."""
        return float(self.by_replicate(name, author, **where).sum())
