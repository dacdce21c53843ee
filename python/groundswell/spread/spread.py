"""`gs.spread`: how far something spreads from a set of nodes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from groundswell import _core
from groundswell.common.cores import usable_cores
from groundswell.common.counts import MOST_SEED, MOST_THREADS, whole_number
from groundswell.common.memory import fitting
from groundswell.errors import Cancelled, invalid
from groundswell.spread.network import Chances, Network, check_room, network
from groundswell.spread.result import Moments, Spread

CASCADES = 10_000
MOST_CASCADES = 10_000_000
LIMIT = 10**12  # cascades that can be asked for
MARGIN = 1.05  # more cascades than the spread so far says, so that the next look is mostly the last
LEAST_GROWTH, MOST_GROWTH = 1.25, 4.0  # of the number of cascades from one look to the next


@fitting()
def spread(
    graph: Any,
    seeds: Iterable[Any],
    model: str = "ic",
    *,
    p: Chances = None,
    weights: Chances = None,
    directed: bool | None = None,
    cascades: int = CASCADES,
    precision: float | None = None,
    standard_error: float | None = None,
    max_cascades: int = MOST_CASCADES,
    seed: int = 1,
    threads: int | None = None,
    sizes: bool = False,
    by_node: bool = False,
) -> Spread:
    """Estimate how many nodes become active in cascades from a set of nodes, by one of three models.

    Models (docs/SPREAD.md): ``ic``, independent cascade, where whoever has become active has one chance `p` over each
    of its arcs; ``wc``, weighted cascade, the same with 1 / in-degree of the target; ``lt``, linear threshold, where a
    node becomes active once the weights of arcs from active nodes reach a threshold that is uniform in (0, 1). No
    company, no time and no content come in: for these there is `simulate`.

    Parameters
    ----------
    graph
        A NetworkX or igraph graph, a square SciPy sparse matrix (every stored entry is an arc from row to column), a
        DataFrame with columns ``source`` and ``target`` (or two columns alone), or an array of arcs of shape (arcs, 2).
        Parallel arcs count one by one; arcs from a node to itself are left out. A `Network` saves reading it again;
        model, chances and direction are then its own.
    seeds
        Labels of the nodes that every cascade begins with; of a matrix, row numbers from 0.
    model
        ``"ic"``, ``"wc"`` or ``"lt"``.
    p
        Of ``ic``: a probability for all arcs; or the name of an edge attribute or a column with one an arc (``"data"``
        for the entries of a matrix); or, for a table or an array of arcs, one an arc in its order.
    weights
        Of ``lt``, as `p` but not one number for all; those of the arcs to a node add up to at most 1. Left out:
        1 / in-degree.
    directed
        Of a table or an array: False makes every row an edge, that is two arcs. Left out: arcs.
    cascades
        How many, at least 2; where a precision is asked for, how many before the first look at it.
    precision
        Half-width of the 95 % interval, relative to the mean (.01 is 1 %): cascades are added until it is reached.
    standard_error
        The same for the standard error of the mean, in nodes.
    max_cascades
        The most that a precision may take; `Spread.precise` says whether it was reached.
    seed
        Of the random numbers, 0 to 2⁶⁴ − 1.
    threads
        None takes every core this process may use. Never changes a number.
    sizes, by_node
        Whether to keep the size of each cascade, and how often each node was active.

    Raises
    ------
    InvalidInput
        A graph, seed, probability, weight or count that cannot be used, with its place.
    UnknownName
        A seed that is no node, or a model, attribute or column that there is none of; with the nearest that exists.
    DoesNotFit
        A graph that will not fit in memory, with the estimate.
    KeyboardInterrupt
        Ctrl-C: nothing is kept.

    Examples
    --------
    >>> import groundswell as gs
    >>> import pandas as pd
    >>> friends = pd.DataFrame({"source": ["Ann", "Ann", "Bo"], "target": ["Bo", "Cy", "Cy"]})
    >>> gs.spread(friends, ["Ann"], p=1).mean
    3.0
    """
    task = _task(cascades, precision, standard_error, max_cascades, seed, threads, sizes, by_node)
    on = _network(graph, model, p, weights, directed)
    run = _Run(on, on.arcs.numbers_of(seeds), task)
    try:
        run.to(task.cascades)
        while not task.reached(run.moments) and run.moments.cascades < task.max_cascades:
            run.to(task.next_look(run.moments))
    except Cancelled:
        raise KeyboardInterrupt("stopped before the cascades were finished") from None
    return run.result()


def _network(graph: Any, model: str, p: Chances, weights: Chances, directed: bool | None) -> Network:
    if not isinstance(graph, Network):
        return network(graph, model, p=p, weights=weights, directed=directed)
    own = f"must be left out: the network has its own ({graph.model}, {graph.chances})"
    if model not in ("ic", graph.model):
        raise invalid("model", model, own)
    for name, value in (("p", p), ("weights", weights), ("directed", directed)):
        if value is not None:
            raise invalid(name, value, own)
    return graph


@dataclass(frozen=True)
class _Task:
    """What was asked for, checked."""

    cascades: int
    precision: float | None
    standard_error: float | None
    max_cascades: int
    seed: int
    threads: int
    sizes: bool
    by_node: bool

    @property
    def asks(self) -> bool:
        return self.precision is not None or self.standard_error is not None

    def excess(self, moments: Moments) -> float:
        """The largest of what is reached over what is asked for; 0 where nothing is."""
        relative = 0.0 if self.precision is None else moments.half_width / (self.precision * moments.mean)
        absolute = 0.0 if self.standard_error is None else moments.standard_error / self.standard_error
        return max(relative, absolute)

    def reached(self, moments: Moments) -> bool:
        return self.excess(moments) <= 1

    def next_look(self, moments: Moments) -> int:
        """How many cascades there are at the next look: as many as the standard deviation so far says it takes."""
        now = moments.cascades
        wanted = now * min(max(MARGIN * self.excess(moments) ** 2, LEAST_GROWTH), MOST_GROWTH)
        return min(math.ceil(wanted), self.max_cascades)


def _task(
    cascades: int,
    precision: float | None,
    standard_error: float | None,
    max_cascades: int,
    seed: int,
    threads: int | None,
    sizes: bool,
    by_node: bool,
) -> _Task:
    for name, width in (("precision", precision), ("standard_error", standard_error)):
        if width is not None and (not _is_real(width) or not 0 < width < math.inf):
            raise invalid(name, width, "must be a number above 0")
    for name, flag in (("sizes", sizes), ("by_node", by_node)):
        if not isinstance(flag, bool):
            raise invalid(name, flag, "must be True or False")
    asks = precision is not None or standard_error is not None
    first = whole_number("cascades", cascades, 2, LIMIT)
    most = whole_number("max_cascades", max_cascades, 2, LIMIT)
    if asks and most < first:
        raise invalid("max_cascades", max_cascades, f"must be at least cascades, {first:,}")
    return _Task(
        first,
        precision,
        standard_error,
        most,
        whole_number("seed", seed, 0, MOST_SEED),
        usable_cores() if threads is None else whole_number("threads", threads, 1, MOST_THREADS),
        sizes,
        by_node,
    )


def _is_real(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


@dataclass
class _Run:
    """Cascades on their way: rounds of the core, added up."""

    network: Network
    seeds: np.ndarray[Any, np.dtype[np.uint32]]
    task: _Task
    moments: Moments = field(default_factory=Moments)
    sizes: list[Any] = field(default_factory=list)
    active: Any = 0

    def to(self, cascades: int) -> None:
        """Run on until there are so many cascades."""
        task, first = self.task, self.moments.cascades
        check_room(
            _core.estimate_cascade_bytes(
                nodes=self.network.nodes,
                cascades=cascades - first,
                threads=task.threads,
                sizes=task.sizes,
                by_node=task.by_node,
            )
        )
        found = _core.cascades(
            self.network.core,
            seeds=self.seeds,
            seed=task.seed,
            first=first,
            last=cascades,
            threads=task.threads,
            sizes=task.sizes,
            by_node=task.by_node,
        )
        self.moments.add(found["cascades"], found["mean"], found["squares"])
        if task.sizes:
            self.sizes.append(found["sizes"])
        if task.by_node:
            self.active = self.active + found["times_active"]

    def result(self) -> Spread:
        """The spread so far."""
        arcs, moments, task = self.network.arcs, self.moments, self.task
        labels = arcs.labels
        share = pd.Series(self.active / moments.cascades, labels, name="active") if task.by_node else None
        return Spread(
            moments.mean,
            moments.standard_error,
            moments.mean - moments.half_width,
            moments.mean + moments.half_width,
            moments.cascades,
            self.network.model,
            self.network.chances,
            tuple(labels[self.seeds].tolist()),
            self.network.nodes,
            (2 if arcs.both_ways else 1) * len(arcs.source),
            task.seed,
            task.reached(moments) if task.asks else None,
            np.concatenate(self.sizes) if task.sizes else None,
            share,
        )
