"""What every kind of graph becomes: numbered nodes with labels, and arcs between them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from groundswell.common import arguments
from groundswell.errors import InvalidInput, UnknownName, did_you_mean, invalid, shown

Nodes = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]

MOST_NODES = MOST_ARCS = 2**32 - 2  # the core counts both in 32 bits
HINTS = 2000  # labels among which the nearest one is looked for
NONE = np.empty(0)  # the values of arcs that have none


@dataclass(frozen=True, eq=False)
class Arcs:
    """The arcs of a graph.

    Attributes
    ----------
    labels
        Labels of the nodes, whose position is the node's number; all different.
    source, target
        Numbers of the nodes of each arc, u32[arcs].
    both_ways
        Whether each stands for an arc in either direction.
    value
        What an arc carries (a probability or a weight), f64[arcs]; of size 0 where nothing was asked for.
    place
        Where the value of an arc was read, in words, by its number: for errors.
    """

    labels: pd.Index[Any]
    source: Nodes
    target: Nodes
    both_ways: bool
    value: Floats
    place: Callable[[int], str]

    def numbers_of(self, seeds: object) -> Nodes:
        """Numbers of the nodes with these labels.

        Raises
        ------
        InvalidInput
            Not a list, empty, or a label twice.
        UnknownName
            No node has a label; the nearest one is named.
        """
        asked = arguments.several("seeds", seeds, "a list of node labels, as in [3, 7]")
        if not asked:
            raise InvalidInput("seeds: empty; name at least one node")
        for i, label in enumerate(asked):
            if not isinstance(label, Hashable):
                raise invalid(f"seeds.{i}", label, "no node has this label")
        found = self.labels.get_indexer(index_of(asked))
        if (found < 0).any():
            first = int(np.argmax(found < 0))
            rule = f"no node has this label; {self._hint(asked[first])}"
            raise UnknownName(f"seeds[{first}] = {shown(asked[first])}: {rule}")
        _, firsts = np.unique(found, return_index=True)
        if len(firsts) < len(found):
            twice = int(np.setdiff1d(np.arange(len(found)), firsts)[0])
            raise InvalidInput(f"seeds[{twice}] = {shown(asked[twice])}: is there twice; name every node once")
        return np.asarray(found, dtype=np.uint32)

    def _hint(self, label: object) -> str:
        some = self.labels[:HINTS].tolist()
        kinds = {type(one).__name__ for one in some}
        if type(label).__name__ not in kinds:
            return f"labels are {' or '.join(sorted(kinds)) or 'none'}, this is {type(label).__name__}"
        return did_you_mean(label, some, limit=3)


def index_of(labels: Iterable[Any]) -> pd.Index[Any]:
    """Labels as an index that keeps them as they are, tuples included."""
    found = list(labels)
    if not found or not all(isinstance(label, int | np.integer) and not isinstance(label, bool) for label in found):
        return pd.Index(found, dtype=object, tupleize_cols=False)
    return pd.RangeIndex(len(found)) if found == list(range(len(found))) else pd.Index(found)


def node_numbers(values: Any) -> Nodes:
    """Numbers of nodes as the core takes them; without a copy where they have 32 bits."""
    given = np.ascontiguousarray(values)
    return given.view(np.uint32) if given.dtype == np.int32 else given.astype(np.uint32, copy=False)


def check_counts(nodes: int, arcs: int) -> None:
    """Refuse what 32 bits cannot count.

    Raises
    ------
    InvalidInput
        More than 4,294,967,294 nodes or arcs (an edge of an undirected graph is two arcs).
    """
    for what, number, most in (("nodes", nodes, MOST_NODES), ("arcs", arcs, MOST_ARCS)):
        if number > most:
            raise InvalidInput(f"graph: {number:,} {what}; must have at most {most:,}")
