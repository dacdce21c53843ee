"""What each employee's company-related posts did in the horizon: sums over replicates, by world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundswell import _core
from groundswell.common.statistics import Floats

FULL, AGGREGATE = PEOPLE_OPTIONS = ("full", "aggregate")


@dataclass(frozen=True, eq=False)
class People:
    """Counts of the horizon by employee: W worlds, N employees (by employee number), M measures.

    Attributes
    ----------
    measures
        Names of the M measures, in the core's order. Views of a post are counted on days of the horizon, whenever the
        post was written and at every hop, for its first author; posts and potential_reach when written in the horizon.
    total
        Shape (W, N, M): sum over the finished replicates of the world. Whole numbers.
    squares
        Shape (W, N, M): sum of squares over the same replicates.
    replicates
        Shape (W,): how many replicates these are.
    """

    measures: tuple[str, ...]
    total: Floats
    squares: Floats
    replicates: NDArray[np.int64]

    @staticmethod
    def empty(worlds: int, employees: int) -> People:
        """Nothing counted so far."""
        measures = tuple(_core.author_measures())
        shape = (worlds, employees, len(measures))
        return People(measures, np.zeros(shape), np.zeros(shape), np.zeros(worlds, dtype=np.int64))

    def with_worlds(self, earlier: People) -> People:
        """These worlds, the first of them as counted earlier."""
        total, squares, replicates = self.total.copy(), self.squares.copy(), self.replicates.copy()
        worlds = len(earlier.replicates)
        total[:worlds], squares[:worlds], replicates[:worlds] = earlier.total, earlier.squares, earlier.replicates
        return People(self.measures, total, squares, replicates)

    def plus(self, world: int, total: Floats, squares: Floats, replicates: int) -> People:
        """With more replicates of one world. Whole numbers: exact, in any order, up to 2^53."""
        sums, sums_of_squares, counts = self.total.copy(), self.squares.copy(), self.replicates.copy()
        sums[world] += total
        sums_of_squares[world] += squares
        counts[world] += replicates
        return People(self.measures, sums, sums_of_squares, counts)

    def world_means(self, measure: str) -> tuple[Floats, NDArray[np.int64], Floats]:
        """Means, replicates and scatter as `statistics.interval_of_means` takes them.

        By world and employee, shape (W, N), of the worlds with a replicate; shape (W,); shape (N,).
        """
        m, kept = self.measures.index(measure), self.replicates > 0
        counts = self.replicates[kept]
        means = self.total[kept, :, m] / counts[:, None]
        scatter = (self.squares[kept, :, m] - means * self.total[kept, :, m]).sum(axis=0)
        return means, counts, np.maximum(scatter, 0.0)
