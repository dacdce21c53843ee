"""How far something spreads: the mean size of cascades and how sure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from groundswell.common.statistics import LEVEL
from groundswell.common.text import number, table_html

ARRAYS = ("sizes", "by_node")


@dataclass(frozen=True, eq=False)
class Spread:
    """The spread of a seed set: the mean number of nodes active at the end of a cascade, seeds included.

    Attributes
    ----------
    mean, standard_error
        Nodes; the error is that of the mean, from the standard deviation of the sizes.
    ci_lower, ci_upper
        95 % interval of the mean (Student's t), nodes. Sizes are often skewed; a thousand cascades and more make up
        for that unless large ones are so rare that none was seen.
    cascades
        How many were run.
    model, chances
        ``ic``, ``wc`` or ``lt``, and the chances in words.
    seeds
        Labels of the nodes that every cascade begins with.
    nodes, arcs
        Nodes of the graph; its arcs, two for an edge without direction.
    seed
        Of the random numbers: the same call gives the same numbers, with any number of threads.
    precise
        Whether the precision that was asked for is reached; None where none was.
    sizes
        Size of each cascade, u32[cascades]; None unless asked for.
    by_node
        Share of cascades in which a node was active, by label; None unless asked for.
    """

    mean: float
    standard_error: float
    ci_lower: float
    ci_upper: float
    cascades: int
    model: str
    chances: str
    seeds: tuple[Any, ...]
    nodes: int
    arcs: int
    seed: int
    precise: bool | None = None
    sizes: npt.NDArray[np.uint32] | None = None
    by_node: pd.Series[float] | None = None

    def frame(self) -> pd.DataFrame:
        """One row with everything but `sizes` and `by_node`; ``pd.concat`` puts several spreads into one table."""
        row = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in ARRAYS}
        return pd.DataFrame([row | {"seeds": len(self.seeds)}])

    def __repr__(self) -> str:
        return f"Spread({self.model}, {self.chances}): {self._estimate()} of {self.nodes:,} nodes; {self._how()}"

    def _repr_html_(self) -> str:
        shown = map(number, (self.mean, self.ci_lower, self.ci_upper, self.standard_error))
        row = [*shown, f"{self.cascades:,}"]
        head = ["nodes active at the end, mean", "95 % from", "to", "standard error", "cascades"]
        caption = f"Spread of {len(self.seeds):,} seeds, {self.model}, {self.chances}"
        return table_html(head, [row], caption, self._how())

    def _estimate(self) -> str:
        return f"{number(self.mean)} ({number(self.ci_lower)} to {number(self.ci_upper)})"

    def _how(self) -> str:
        late = "" if self.precise is not False else "; the precision asked for is not reached"
        seeds = "1 seed" if len(self.seeds) == 1 else f"{len(self.seeds):,} seeds"
        error = number(self.standard_error, 2)
        return f"{seeds}, {self.cascades:,} cascades, standard error {error}, random seed {self.seed}{late}"


@dataclass
class Moments:
    """Sizes of the cascades so far: their number, mean, and sum of squared differences from it."""

    cascades: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, cascades: int, mean: float, squares: float) -> None:
        """Add the cascades of a round (Chan, Golub, LeVeque 1979)."""
        everything = self.cascades + cascades
        apart = mean - self.mean
        self.squares += squares + apart * apart * (self.cascades * cascades / everything)
        self.mean += apart * (cascades / everything)
        self.cascades = everything

    @property
    def standard_error(self) -> float:
        """Of the mean; at least two cascades are needed."""
        return math.sqrt(self.squares / (self.cascades - 1) / self.cascades)

    @property
    def half_width(self) -> float:
        """Of the 95 % interval of the mean."""
        return float(stdtrit(self.cascades - 1, 0.5 + LEVEL / 2)) * self.standard_error
