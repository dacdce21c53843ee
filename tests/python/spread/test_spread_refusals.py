"""What `gs.spread` refuses: every message names the parameter, the value, the place and the rule."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import groundswell as gs
from groundswell import _core
from groundswell.spread import arcs as arcs_module
from groundswell.spread.network import network

GRAPH = nx.DiGraph([("Ann", "Bo"), ("Bo", "Cy"), ("Ann", "Cy")])
ARCS = np.array([[0, 1], [1, 2], [0, 2]])
TABLE = pd.DataFrame(ARCS, columns=["source", "target"]).assign(chance=[0.1, 0.2, 0.3])
NAN = float("nan")


def test_seeds() -> None:
    for seeds, message in {
        (): "seeds: empty",
        ("Ann", "Bo", "Ann"): r"seeds\[2\] = 'Ann': is there twice",
        ("Ann", "Boo"): r"seeds\[1\] = 'Boo': no node has this label; nearest valid name: Bo",
        (1,): r"seeds\[0\] = 1: no node has this label; labels are str, this is int",
        (NAN,): r"seeds\[0\] = nan: no node has this label",
        (None,): r"seeds\[0\] = None: no node has this label",
    }.items():
        with pytest.raises(gs.InvalidInput, match=f"^{message}"):
            gs.spread(GRAPH, list(seeds), p=0.1)
    for seeds in ("Ann", 3, None, {"Ann": 1}):
        with pytest.raises(gs.InvalidInput, match=r"^seeds = .*must be a list of node labels"):
            gs.spread(GRAPH, seeds, p=0.1)  # type: ignore[arg-type]
    with pytest.raises(gs.InvalidInput, match=r"^seeds\.0 = \['Ann'\]: no node has this label"):
        gs.spread(GRAPH, [["Ann"]], p=0.1)
    with pytest.raises(gs.UnknownName, match=r"^seeds\[0\] = 3"):
        gs.spread(ARCS, [3], p=0.1)
    with pytest.raises(gs.UnknownName, match=r"^seeds\[0\] = -1"):
        gs.spread(ARCS, [-1], p=0.1)


@pytest.mark.parametrize("p", [-0.1, 1.0001, NAN, float("inf")])
def test_one_probability(p: float) -> None:
    with pytest.raises(gs.InvalidInput, match=r"^p = .*: must be a probability, \[0, 1\]"):
        gs.spread(GRAPH, ["Ann"], p=p)


@pytest.mark.parametrize("wrong", [-0.1, 1.2, NAN])
def test_a_probability_an_arc(wrong: float) -> None:
    graph = GRAPH.copy()
    nx.set_edge_attributes(graph, 0.5, "chance")
    graph["Bo"]["Cy"]["chance"] = wrong
    table = TABLE.assign(chance=[0.1, wrong, wrong]).set_axis(["a", "b", "c"])
    matrix = sparse.coo_array((table["chance"], (ARCS[:, 0], ARCS[:, 1])), shape=(3, 3))
    rule = r"must be a probability, \[0, 1\]"
    for one, seeds, p, place in (
        (graph, ["Ann"], "chance", "p = 'chance', edge 'Bo' - 'Cy' = "),
        (table, [0], "chance", "p, row b, column 'chance' = "),
        (table[["source", "target"]], [0], table["chance"].to_numpy(), r"p\[1\] = "),
        (ARCS, [0], table["chance"].tolist(), r"p\[1\] = "),
        (matrix, [0], "data", "p = 'data', row 1, column 2 = "),
    ):
        with pytest.raises(gs.InvalidInput, match=f"^{place}.*: {rule}"):
            gs.spread(one, seeds, p=p)


def test_weights() -> None:
    for weights, message in {
        (0.5, -0.1, 0.5): r"weights\[1\] = -0.1: must be a weight, \[0, 1\]",
        (0.5, NAN, 0.5): r"weights\[1\] = nan: must be a weight",
        (0.5, 0.6, 0.5): "weights: those of the arcs to node 2 add up to 1.1; must be at most 1",
        (0.5, 0.6): "weights: has 2 numbers for 3 arcs",
    }.items():
        with pytest.raises(gs.InvalidInput, match=f"^{message}"):
            gs.spread(ARCS, [0], "lt", weights=list(weights))
    with pytest.raises(gs.InvalidInput, match=r"^weights: those of the arcs to node 1 add up to 1.3"):
        gs.spread(ARCS, [0], "lt", weights=[0.5, 0.8, 0], directed=False)
    with pytest.raises(gs.InvalidInput, match=r"^weights = 0.5: must be a name or a number an arc"):
        gs.spread(ARCS, [0], "lt", weights=0.5)
    assert gs.spread(np.array([[i, 10] for i in range(10)]), [0], "lt", weights=[0.1] * 10).mean > 1  # rounding


def test_models_and_their_chances() -> None:
    with pytest.raises(gs.UnknownName, match=r"^model = 'wcc': no such model; nearest valid name: wc"):
        gs.spread(GRAPH, ["Ann"], "wcc")
    with pytest.raises(gs.UnknownName, match=r"^model = 3: no such model; valid names: ic, wc, lt"):
        gs.spread(GRAPH, ["Ann"], 3)  # type: ignore[arg-type]
    with pytest.raises(gs.InvalidInput, match=r"^p: must be given for model 'ic'"):
        gs.spread(GRAPH, ["Ann"])
    for model, name in (("wc", "p"), ("lt", "p"), ("wc", "weights"), ("ic", "weights")):
        with pytest.raises(gs.InvalidInput, match=f"^{name} = 0.1: must be left out"):
            gs.spread(GRAPH, ["Ann"], model, **{name: 0.1})


def test_names_of_attributes_and_columns() -> None:
    graph = GRAPH.copy()
    graph["Ann"]["Bo"]["chance"] = 0.5
    for one, seeds, p, message in (
        (GRAPH, ["Ann"], "chance", "p = 'chance': edge 'Ann' - 'Bo' has no such attribute; no edge has an attribute"),
        (graph, ["Ann"], "chances", "p = 'chances': edge .* nearest valid name: chance"),
        (graph, ["Ann"], "chance", "p = 'chance': edge 'Ann' - 'Cy' has no such attribute"),
        (TABLE, [0], "chances", "p = 'chances': one such column is needed; nearest valid name: chance"),
        (TABLE.assign(chance="x"), [0], "chance", "p = 'chance': must be a column of numbers"),
        (ARCS, [0], "chance", "p = 'chance': names no column"),
        (sparse.eye_array(3), [0], "chance", "p = 'chance': of a matrix only 'data'"),
        (GRAPH, ["Ann"], [0.1, 0.2, 0.3], "p: must be a name here"),
        (ARCS, [0], [0.1], "p: has 1 numbers for 3 arcs"),
        (ARCS, [0], ["x", "y", "z"], "p: must hold one number an arc"),
        (ARCS, [0], True, "p = True: must be a number, a name"),
    ):
        with pytest.raises(gs.InvalidInput, match=f"^{message}"):
            gs.spread(one, seeds, p=p)  # type: ignore[arg-type]
    graph["Ann"]["Cy"]["chance"] = graph["Bo"]["Cy"]["chance"] = "high"
    with pytest.raises(gs.InvalidInput, match=r"^p = 'chance': an edge has 'high'; must be a number"):
        gs.spread(graph, ["Ann"], p="chance")


def test_igraph() -> None:
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph([(0, 1), (1, 2)])
    with pytest.raises(gs.InvalidInput, match=r"^p = 'chance': no edge has such an attribute"):
        gs.spread(graph, [0], p="chance")
    graph.vs["name"] = ["a", "b", "a"]
    with pytest.raises(gs.InvalidInput, match=r"^graph: two nodes have one name"):
        gs.spread(graph, ["b"], p=0.1)


def test_graphs() -> None:
    for graph, message in (
        ([(0, 1)], "graph: must be a NetworkX or igraph graph, .* not list"),
        (None, "graph: must be .* not NoneType"),
        (np.zeros((3, 3), dtype=int), r"graph: an array of arcs must have the shape \(arcs, 2\), not \(3, 3\)"),
        (ARCS.astype(float), "graph: an array of arcs must hold labels, whole numbers or text, not float64"),
        (sparse.eye_array(3, 4), r"graph: a matrix must be square, not of shape \(3, 4\)"),
        (TABLE.assign(more=1), "seeds"),
        (TABLE.drop(columns="target"), "graph, column 'chance': must hold labels, whole numbers or text, not float64"),
        (TABLE.rename(columns={"target": "to"}), "graph: columns source and target are needed, .* has 'source', 'to'"),
        (TABLE.assign(target=[1, NAN, 2]), "graph, row 1, column 'target': is missing"),
        (np.array([["a", "b"], ["b", None]], dtype=object), "graph, row 1, column 'target': is missing"),
    ):
        with pytest.raises(gs.InvalidInput, match=message):
            gs.spread(graph, [99], p=0.1)


def test_directions() -> None:
    for graph in (GRAPH, sparse.eye_array(3)):
        with pytest.raises(gs.InvalidInput, match=r"^directed = False: must be left out: this graph says itself"):
            gs.spread(graph, ["Ann"], p=0.1, directed=False)
    with pytest.raises(gs.InvalidInput, match=r"^directed = 1: must be True or False"):
        gs.spread(ARCS, [0], p=0.1, directed=1)  # type: ignore[arg-type]


def test_counts_and_flags() -> None:
    for options, message in (
        ({"cascades": 1}, "cascades = 1: must be a whole number, 2 to"),
        ({"cascades": 10.5}, "cascades = 10.5"),
        ({"seed": -1}, "seed = -1"),
        ({"threads": 0}, "threads = 0"),
        ({"precision": 0}, "precision = 0: must be a number above 0"),
        ({"precision": NAN}, "precision = nan"),
        ({"standard_error": -1.0}, "standard_error = -1.0: must be a number above 0"),
        ({"precision": 0.1, "max_cascades": 10}, "max_cascades = 10: must be at least cascades, 10,000"),
        ({"sizes": 1}, "sizes = 1: must be True or False"),
        ({"by_node": "yes"}, "by_node = 'yes': must be True or False"),
    ):
        with pytest.raises(gs.InvalidInput, match=f"^{message}"):
            gs.spread(ARCS, [0], p=0.1, **options)  # type: ignore[arg-type]


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(gs.InvalidInput, match=r"^graph: 8,589,934,592 nodes; must have at most 4,294,967,294"):
        gs.spread(sparse.coo_array((2**33, 2**33)), [0], p=0.1)
    with pytest.raises(gs.DoesNotFit, match=r"needs about .* available"):
        gs.spread(ARCS, [0], p=0.1, sizes=True, cascades=10**12)
    monkeypatch.setattr(arcs_module, "MOST_ARCS", 3)
    with pytest.raises(gs.InvalidInput, match=r"^graph: 6 arcs; must have at most 3"):
        arcs_module.check_counts(3, 6)


def test_a_whole_network_is_refused_with_the_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_core, "estimate_network_bytes", lambda *_: 10**15)
    with pytest.raises(gs.DoesNotFit, match=r"needs about 1000000\.0 GB"):
        network(ARCS, p=0.1)


def test_optional_packages_are_not_imported() -> None:
    code = (
        "import sys, numpy, groundswell as gs; gs.spread(numpy.array([[0, 1]]), [0], p=.5);"
        "print([name for name in ('networkx', 'igraph', 'scipy.sparse') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "networkx" not in found.stdout
    assert "igraph" not in found.stdout


def test_values_are_refused_by_the_core_too() -> None:
    """What Python would have to miss first."""
    ends: Any = np.array([0, 1], dtype=np.uint32)
    options: dict[str, Any] = {"nodes": 2, "source": ends, "target": ends[::-1].copy(), "both_ways": False, "p": 0.5}
    for wrong in ({"value": np.array([0.5, NAN])}, {"value": np.zeros(1)}, {"nodes": 1}, {"model": "xx"}, {"p": 2.0}):
        with pytest.raises(gs.InvalidInput):
            _core.SpreadNetwork(**{"value": np.zeros(0), "model": "ic", **options, **wrong})
