"""Graphs of NetworkX and igraph. Neither package is imported here: who has such a graph has imported it."""

from __future__ import annotations

import sys
from itertools import chain
from typing import Any

import numpy as np

from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.spread.arcs import NONE, Arcs, Floats, check_counts, index_of, node_numbers


def is_one_of(graph: object, module: str, name: str) -> bool:
    """Whether a value is of a class of a module, which need not have been imported."""
    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(graph, kind)


def of_networkx(graph: Any, address: str, name: str | None) -> Arcs:
    """Nodes and arcs in the order of the graph; parallel edges of a multigraph are arcs of their own."""
    labels = list(graph.nodes)
    directed = bool(graph.is_directed())
    number = {label: i for i, label in enumerate(labels)}
    edges = int(graph.number_of_edges())
    check_counts(len(labels), edges if directed else 2 * edges)
    ends = np.fromiter(chain.from_iterable((number[a], number[b]) for a, b in graph.edges()), np.uint32, 2 * edges)
    value = NONE if name is None else _attribute(graph, address, name)
    return Arcs(index_of(labels), *_columns(ends), not directed, value, _places(labels, ends, address, name))


def _attribute(graph: Any, address: str, name: str) -> Floats:
    found = list(graph.edges(data=name))
    for one, other, value in found:
        if value is None:
            have = sorted({str(key) for _, _, data in graph.edges(data=True) for key in data})
            hint = did_you_mean(name, have) if have else "no edge has an attribute"
            edge = f"{shown(one)} - {shown(other)}"
            raise InvalidInput(f"{address} = {shown(name)}: edge {edge} has no such attribute; {hint}")
    return _floats([value for _, _, value in found], address, name)


def of_igraph(graph: Any, address: str, name: str | None) -> Arcs:
    """Nodes by their attribute `name`, or by number where they have none."""
    nodes, edges, directed = int(graph.vcount()), int(graph.ecount()), bool(graph.is_directed())
    check_counts(nodes, edges if directed else 2 * edges)
    labels = list(graph.vs["name"]) if "name" in graph.vs.attributes() else list(range(nodes))
    if len(set(labels)) < len(labels):
        raise InvalidInput("graph: two nodes have one name; delete the attribute 'name' or make names different")
    ends = np.asarray(graph.get_edgelist(), dtype=np.uint32).reshape(-1)
    if name is not None and name not in graph.es.attributes():
        known = graph.es.attributes()
        hint = did_you_mean(name, known) if known else "no edge has an attribute"
        raise InvalidInput(f"{address} = {shown(name)}: no edge has such an attribute; {hint}")
    value = NONE if name is None else _floats(graph.es[name], address, name)
    return Arcs(index_of(labels), *_columns(ends), not directed, value, _places(labels, ends, address, name))


def _columns(ends: Any) -> tuple[Any, Any]:
    return node_numbers(ends[::2]), node_numbers(ends[1::2])


def _places(labels: list[Any], ends: Any, address: str, name: str | None) -> Any:
    def place(arc: int) -> str:
        one, other = labels[ends[2 * arc]], labels[ends[2 * arc + 1]]
        return f"{address} = {shown(name)}, edge {shown(one)} - {shown(other)}"

    return place


def _floats(values: list[Any], address: str, name: str) -> Floats:
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
            raise InvalidInput(f"{address} = {shown(name)}: an edge has {shown(value)}; must be a number")
    return np.asarray(values, dtype=np.float64)
