"""What each employee's company-related posts did in the horizon: sums over replicates, by world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundswell.statistics import Floats


@dataclass(frozen=True, eq=False)
class People:
    """Counts of the horizon by employee: W worlds, N employees (by employee number), M measures.

    Attributes
    ----------
    measures
        Names of the M measures, in the core's order. Views of a post are counted on days of the horizon, whenever the
        post was written; posts and potential_reach when written in the horizon.
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
    def empty(measures: tuple[str, ...], worlds: int, employees: int) -> People:
        """Nothing recorded so far."""
        shape = (worlds, employees, len(measures))
        return People(measures, np.zeros(shape), np.zeros(shape), np.zeros(worlds, dtype=np.int64))
