"""A graph with the chances of its arcs, read and checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from groundswell import _core
from groundswell.common import arguments
from groundswell.common.memory import check_fits, fitting
from groundswell.errors import Cancelled, InvalidInput, UnknownName, did_you_mean, invalid, shown
from groundswell.spread import networks, tables
from groundswell.spread.arcs import Arcs

Chances = float | str | Sequence[float] | npt.NDArray[np.floating[Any]] | None

MODELS = {"ic": "independent cascade", "wc": "weighted cascade", "lt": "linear threshold"}
KINDS = (
    "a NetworkX or igraph graph, a square SciPy sparse matrix, a pandas DataFrame with columns source and target, or "
    "an array of arcs of shape (arcs, 2)"
)
SMALL = 2**25  # bytes
ROUNDING = 1e-9  # by which weights may add up to more than 1


@dataclass(frozen=True, eq=False)
class Network:
    """A graph that `spread` takes as often as wanted, without reading it again.

    Attributes
    ----------
    arcs
        What was read.
    model
        ``ic``, ``wc`` or ``lt``.
    chances
        The chances in words, as ``p = 0.03``.
    core
        The same for the compiled core.
    """

    arcs: Arcs
    model: str
    chances: str
    core: Any

    @property
    def nodes(self) -> int:
        """Nodes of the graph."""
        return len(self.arcs.labels)


@fitting()
def network(
    graph: Any, model: str = "ic", *, p: Chances = None, weights: Chances = None, directed: bool | None = None
) -> Network:
    """Read a graph for several calls of `spread`; parameters and errors as there."""
    address, asked = _asked(model, p, weights)
    arcs = read_arcs(graph, address, asked, directed)
    _check_values(arcs, address)
    if model == "lt" and len(arcs.value):
        _check_sums(arcs, address)
    number = (2 if arcs.both_ways else 1) * len(arcs.source)
    check_room(_core.estimate_network_bytes(len(arcs.labels), number, bool(len(arcs.value))))
    one = float(asked) if model == "ic" and _is_number(asked) else 0.0  # type: ignore[arg-type]
    return Network(arcs, model, _in_words(model, address, asked), _core_of(arcs, model, one))


def check_room(needed: int) -> None:
    """Refuse what will not fit; a small amount is not worth the time that asking the system takes."""
    if needed > SMALL:
        check_fits(needed)


def _core_of(arcs: Arcs, model: str, p: float) -> Any:
    try:
        return _core.SpreadNetwork(
            nodes=len(arcs.labels),
            source=arcs.source,
            target=arcs.target,
            value=arcs.value,
            both_ways=arcs.both_ways,
            model=model,
            p=p,
        )
    except Cancelled:
        raise KeyboardInterrupt("stopped before the graph was ready") from None


def _asked(model: object, p: Chances, weights: Chances) -> tuple[str, Chances]:
    """The name of the parameter that gives the chances of this model, and its value."""
    if not isinstance(model, str) or model not in MODELS:
        raise UnknownName(f"model = {shown(model)}: no such model; {did_you_mean(model, MODELS)}")
    for name, value, of in (("p", p, "ic"), ("weights", weights, "lt")):
        if value is not None and model != of:
            raise invalid(name, value, f"must be left out: model {model!r} has no such parameter, {of!r} has")
    if model == "ic":
        if p is None:
            raise InvalidInput("p: must be given for model 'ic': a probability, a name, or a number an arc")
        if _is_number(p) and not 0 <= p <= 1:  # type: ignore[operator]
            raise invalid("p", p, "must be a probability, [0, 1]")
        return "p", p
    if _is_number(weights):
        raise invalid("weights", weights, "must be a name or a number an arc; left out it is 1 / in-degree")
    return "weights", weights


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def read_arcs(graph: Any, address: str, asked: Chances, directed: bool | None) -> Arcs:
    """The arcs of a graph of any kind, with the values that were asked for."""
    name = asked if isinstance(asked, str) else None
    listed = None if name is not None or _is_number(asked) else asked
    if directed is not None:
        arguments.instance("directed", directed, bool, "True or False, or left out where the graph says")
    if isinstance(graph, pd.DataFrame):
        return tables.with_listed(tables.of_frame(graph, address, name, directed is not False), address, listed)
    if isinstance(graph, np.ndarray):
        if name is not None:
            raise invalid(address, name, "names no column: an array of arcs has none; give a number an arc")
        return tables.with_listed(tables.of_array(graph, directed is not False), address, listed)
    if directed is not None:
        raise invalid("directed", directed, "must be left out: this graph says itself whether it is directed")
    if listed is not None:
        raise InvalidInput(f"{address}: must be a name here; a number an arc goes with a table or an array of arcs")
    if networks.is_one_of(graph, "networkx", "Graph"):
        return networks.of_networkx(graph, address, name)
    if networks.is_one_of(graph, "igraph", "Graph"):
        return networks.of_igraph(graph, address, name)
    if networks.is_one_of(graph, "scipy.sparse", "sparray") or networks.is_one_of(graph, "scipy.sparse", "spmatrix"):
        return tables.of_matrix(graph, address, name)
    raise InvalidInput(f"graph: must be {KINDS}, not {type(graph).__name__}")


def _check_values(arcs: Arcs, address: str) -> None:
    """Refuse values that are no probability, or no weight."""
    wrong = np.flatnonzero(~((arcs.value >= 0) & (arcs.value <= 1)))  # NaN is neither
    if len(wrong):
        first = int(wrong[0])
        what = "a probability, [0, 1]" if address == "p" else "a weight, [0, 1]"
        more = f" ({len(wrong):,} such arcs)" if len(wrong) > 1 else ""
        raise InvalidInput(f"{arcs.place(first)} = {shown(arcs.value[first])}: must be {what}{more}")


def _check_sums(arcs: Arcs, address: str) -> None:
    """Refuse weights of the arcs to one node that add up to more than 1; arcs from a node to itself do not count."""
    other = arcs.source != arcs.target
    sums = np.zeros(len(arcs.labels))
    for ends in (arcs.target, arcs.source) if arcs.both_ways else (arcs.target,):
        sums += np.bincount(ends[other], weights=arcs.value[other], minlength=len(sums))
    above = np.flatnonzero(sums > 1 + ROUNDING)
    if len(above):
        node, total = arcs.labels[int(above[0])], sums[above[0]]
        rule = f"of the arcs to node {shown(node)} add up to {total:.6g}; must be at most 1"
        raise InvalidInput(f"{address}: those {rule} ({len(above):,} such nodes)")


def _in_words(model: str, address: str, asked: Chances) -> str:
    if asked is None:
        return "p = 1 / in-degree" if model == "wc" else "weights 1 / in-degree"
    if _is_number(asked):
        return f"{address} = {float(asked):g}"  # type: ignore[arg-type]
    return f"{address} = {asked!r}" if isinstance(asked, str) else f"{address}: one number an arc"
