"""`gs.spread` against exact values, an independent loop, and itself over threads and kinds of graph."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import groundswell as gs
from groundswell.spread.network import network
from groundswell.spread.result import Moments, Spread

from .graphs import KNOT, exact_cascade, exact_threshold, one_over_in_degree

EMAIL = Path(__file__).resolve().parents[4] / "shared" / "data" / "email_eu_core" / "edges.csv"
ARCS = np.array(KNOT)
P = [0.1, 0.9, 1.0, 0.3, 0.0, 0.5, 0.7, 0.6, 0.25]
MOST_Z = 4.5  # standard errors: a right program ends beyond once in 150,000 comparisons, and seeds are fixed


def agrees(found: Spread, exact: float) -> bool:
    return abs(found.mean - exact) <= MOST_Z * found.standard_error


@pytest.mark.parametrize("seeds", [[0], [3], [1, 4]])
def test_agrees_with_exact_values(seeds: list[int]) -> None:
    options: dict[str, Any] = {"cascades": 200_000, "seed": 5}
    assert agrees(gs.spread(ARCS, seeds, p=0.3, **options), exact_cascade(KNOT, seeds, [0.3] * len(KNOT)))
    assert agrees(gs.spread(ARCS, seeds, p=P, **options), exact_cascade(KNOT, seeds, P))
    chances = one_over_in_degree(KNOT)
    assert agrees(gs.spread(ARCS, seeds, "wc", **options), exact_cascade(KNOT, seeds, chances))
    assert agrees(gs.spread(ARCS, seeds, "lt", **options), exact_threshold(KNOT, seeds, chances))
    weights = [0.1, 0.5, 0.4, 0.3, 0.2, 0.6, 0.7, 0.3, 0.25]
    assert agrees(gs.spread(ARCS, seeds, "lt", weights=weights, **options), exact_threshold(KNOT, seeds, weights))


def test_an_edge_is_an_arc_either_way() -> None:
    path = np.array([[0, 1], [2, 1]])
    found = gs.spread(path, [0], p=0.5, directed=False, cascades=200_000)
    assert agrees(found, 1 + 0.5 + 0.25)
    assert found.arcs == 4
    assert gs.spread(path, [1], p=1, cascades=2).mean == 1


def test_certain_chances() -> None:
    ring = nx.cycle_graph(7, create_using=nx.DiGraph)
    for p, mean in ((1, 7), (0, 1)):
        found = gs.spread(ring, [3], p=p, cascades=100, precision=0.01, by_node=True)
        assert (found.mean, found.standard_error, found.ci_lower, found.ci_upper) == (mean, 0, mean, mean)
        assert found.precise
        assert found.by_node is not None
        assert found.by_node.sum() == mean
    assert gs.spread(ring, [3], "wc", cascades=100).mean == 7  # in-degree 1
    assert gs.spread(ring, [3], "lt", cascades=100).mean == 7


def loop(graph: nx.DiGraph, seeds: list[int], chance: Callable[[int, int], float], luck: random.Random) -> int:
    """One independent cascade as anybody would write it."""
    active, new = set(seeds), list(seeds)
    while new:
        node = new.pop()
        for target in graph.successors(node):
            if target not in active and luck.random() < chance(node, target):
                active.add(target)
                new.append(target)
    return len(active)


@pytest.mark.real_data
@pytest.mark.skipif(not EMAIL.is_file(), reason=f"real data not found: {EMAIL}")
@pytest.mark.parametrize(("model", "p"), [("ic", 0.02), ("ic", 0.05), ("wc", None)])
def test_agrees_with_an_independent_loop_on_a_real_graph(model: str, p: float | None) -> None:
    table = pd.read_csv(EMAIL)
    graph = nx.from_pandas_edgelist(table, create_using=nx.DiGraph)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    degree = dict(graph.in_degree())
    luck, seeds = random.Random(8), [0, 17, 300]
    sizes = [loop(graph, seeds, lambda _, target: p or 1 / degree[target], luck) for _ in range(1500)]
    found = gs.spread(table, seeds, model, p=p, cascades=50_000, seed=3)
    error = np.hypot(np.std(sizes, ddof=1) / np.sqrt(len(sizes)), found.standard_error)
    assert abs(found.mean - np.mean(sizes)) < 3 * error
    assert found.nodes == len(graph)


@pytest.mark.parametrize(("model", "p"), [("ic", 0.07), ("ic", "chance"), ("wc", None), ("lt", None)])
def test_no_number_of_threads_changes_anything(model: str, p: Any) -> None:
    graph = nx.gnm_random_graph(300, 1500, seed=2)
    luck = np.random.default_rng(4)
    nx.set_edge_attributes(graph, {edge: float(luck.random() ** 4) for edge in graph.edges}, "chance")
    one, two, five = (
        gs.spread(graph, [7, 8], model, p=p, cascades=3001, sizes=True, by_node=True, threads=threads, precision=0.03)
        for threads in (1, 2, 5)
    )
    for other in (two, five):
        pd.testing.assert_frame_equal(one.frame(), other.frame(), check_exact=True)
        np.testing.assert_array_equal(one.sizes, other.sizes)
        pd.testing.assert_series_equal(one.by_node, other.by_node, check_exact=True)


def test_seeds_decide() -> None:
    one, same, other = (gs.spread(ARCS, [0], p=0.3, seed=seed, sizes=True) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.sizes, same.sizes)
    assert not np.array_equal(one.sizes, other.sizes)


def test_sizes_and_nodes_add_up() -> None:
    found = gs.spread(ARCS, [0], p=0.3, cascades=777, sizes=True, by_node=True)
    assert found.sizes is not None
    assert found.by_node is not None
    assert len(found.sizes) == 777
    assert found.mean == pytest.approx(found.sizes.mean())
    assert found.standard_error == pytest.approx(found.sizes.std(ddof=1) / np.sqrt(777))
    assert found.by_node.sum() == pytest.approx(found.mean)
    assert found.by_node[0] == 1
    without = gs.spread(ARCS, [0], p=0.3, cascades=777)
    assert without.sizes is without.by_node is None
    assert without.mean == found.mean


def test_stops_at_a_precision() -> None:
    found = gs.spread(ARCS, [0], p=0.3, cascades=100, precision=0.01)
    assert found.precise
    assert (found.ci_upper - found.ci_lower) / 2 <= 0.01 * found.mean
    assert 2000 < found.cascades < 40_000
    absolute = gs.spread(ARCS, [0], p=0.3, cascades=100, standard_error=0.02)
    assert absolute.precise
    assert 0.01 < absolute.standard_error <= 0.02
    short = gs.spread(ARCS, [0], p=0.3, cascades=100, precision=0.001, max_cascades=1000, sizes=True)
    assert short.precise is False
    assert short.cascades == len(short.sizes) == 1000
    assert "not reached" in repr(short)
    assert gs.spread(ARCS, [0], p=0.3).precise is None


def test_rounds_are_one_run() -> None:
    """Cascades of later rounds are those that one longer call has."""
    rounds = gs.spread(ARCS, [0], p=0.3, cascades=100, precision=0.02, sizes=True)
    whole = gs.spread(ARCS, [0], p=0.3, cascades=rounds.cascades, sizes=True)
    np.testing.assert_array_equal(rounds.sizes, whole.sizes)
    assert rounds.mean == pytest.approx(whole.mean, rel=1e-12)
    assert rounds.standard_error == pytest.approx(whole.standard_error, rel=1e-9)


def kinds(with_data: bool) -> dict[str, Any]:
    """One graph of numbered nodes as every kind there is."""
    graph = nx.gnm_random_graph(60, 200, seed=6, directed=True)
    arcs = np.array(graph.edges)
    chance = np.random.default_rng(1).random(len(arcs))
    nx.set_edge_attributes(graph, dict(zip(graph.edges, chance.tolist(), strict=True)), "data")
    shuffled = np.random.default_rng(2).permutation(len(arcs))
    table = pd.DataFrame(arcs, columns=["source", "target"]).assign(data=chance)
    matrix = sparse.coo_array((chance, (arcs[:, 0], arcs[:, 1])), shape=(60, 60))
    return {
        "networkx": graph,
        "multigraph": nx.MultiDiGraph(graph),
        "table": table,
        "table in another order": table.iloc[shuffled],
        "table of two columns": table.rename(columns={"source": "a", "target": "b"})[["data"] * with_data + ["a", "b"]],
        "coo": matrix,
        "csr": matrix.tocsr(),
        "csc matrix": sparse.csc_matrix(matrix),
    }


@pytest.mark.parametrize("model", ["ic", "wc", "lt"])
def test_every_kind_of_graph_gives_the_same_numbers(model: str) -> None:
    found = {
        name: gs.spread(graph, [3, 50], model, p="data" if model == "ic" else None, cascades=500, sizes=True)
        for name, graph in kinds(model == "ic").items()
    }
    first = found.pop("networkx")
    assert len(set(first.sizes)) > 5
    for name, other in found.items():
        np.testing.assert_array_equal(first.sizes, other.sizes, err_msg=name)
        assert (first.nodes, first.arcs) == (other.nodes, other.arcs), name


@pytest.mark.parametrize("directed", [True, False])
def test_igraph_gives_the_same_numbers(directed: bool) -> None:
    igraph = pytest.importorskip("igraph")
    ours = nx.gnm_random_graph(60, 200, seed=6, directed=directed)
    nx.set_edge_attributes(ours, {edge: (sum(edge) % 10) / 10 for edge in ours.edges}, "chance")
    theirs = igraph.Graph.from_networkx(ours)
    named = theirs.copy()
    named.vs["name"] = [f"n{i}" for i in range(60)]
    sizes = gs.spread(ours, [3], p="chance", sizes=True).sizes
    np.testing.assert_array_equal(sizes, gs.spread(theirs, [3], p="chance", sizes=True).sizes)
    with_names = gs.spread(named, ["n3"], p="chance", sizes=True)
    np.testing.assert_array_equal(sizes, with_names.sizes)
    assert with_names.seeds == ("n3",)


@pytest.mark.parametrize(
    "labels",
    [["Ann", "Bo", "Cy"], [10, 700, 10**12], [("a", 1), ("a", 2), ("b", 1)], [-5, 0, 5], ["x", 3, None.__class__]],
)
def test_labels_are_kept(labels: list[Any]) -> None:
    graph = nx.DiGraph([(labels[0], labels[1]), (labels[1], labels[2])])
    table = pd.DataFrame({"source": labels[:2], "target": labels[1:]}, dtype=object)
    for one in (graph, table):
        found = gs.spread(one, [labels[1]], p=1, cascades=5, by_node=True)
        assert found.seeds == (labels[1],)
        assert found.mean == 2
        assert found.by_node is not None
        assert {label: found.by_node.iloc[i] for i, label in enumerate(found.by_node.index)} == {
            labels[0]: 0, labels[1]: 1, labels[2]: 1
        }  # fmt: skip


def test_arrays_of_whole_numbers_and_text() -> None:
    whole = np.array([[5, 2], [2, 9]])
    assert gs.spread(whole, [5], p=1, cascades=5).mean == 3
    assert gs.spread(whole.astype(np.int32), [5], p=1, cascades=5).mean == 3
    assert gs.spread(whole * 10**12, [5 * 10**12], p=1, cascades=5).mean == 3
    assert gs.spread(whole.astype(str), ["5"], p=1, cascades=5).mean == 3


def test_loops_and_parallel_arcs() -> None:
    loops = np.array([[0, 0], [0, 1], [1, 1]])
    assert gs.spread(loops, [0], "wc", cascades=50).mean == 2  # a loop is not in the in-degree
    assert gs.spread(loops, [0], "lt", weights=[1, 1, 0.5], cascades=50).mean == 2  # nor in the sum of weights
    twice = gs.spread(np.array([[0, 1], [0, 1]]), [0], p=0.5, cascades=100_000)
    assert agrees(twice, 1.75)
    multigraph = nx.MultiGraph([(0, 1), (0, 1)])
    assert gs.spread(multigraph, [0], p=0.5, cascades=100_000).mean == twice.mean


def test_a_network_is_read_once() -> None:
    ready = network(ARCS, "wc")
    direct = gs.spread(ARCS, [0], "wc", sizes=True)
    for _ in range(2):
        np.testing.assert_array_equal(gs.spread(ready, [0], sizes=True).sizes, direct.sizes)
    assert gs.spread(ready, [0], "wc").mean == direct.mean
    for name, value in {"p": 0.3, "weights": "w", "directed": True, "model": "lt"}.items():
        with pytest.raises(gs.InvalidInput, match=f"^{name} = .*the network has its own"):
            gs.spread(ready, [0], **{name: value})


def test_shows_itself() -> None:
    found = gs.spread(ARCS, [0], p=0.3)
    assert repr(found).startswith("Spread(ic, p = 0.3): ")
    assert "of 5 nodes; 1 seed, 10,000 cascades, standard error" in repr(found)
    assert "<table" in found._repr_html_()
    row = found.frame().iloc[0]
    assert (row["mean"], row["seeds"], row["arcs"]) == (found.mean, 1, 9)


def test_moments_are_added_up() -> None:
    values = np.random.default_rng(3).integers(1, 50, 100).astype(float)
    moments = Moments()
    for part in np.split(values, [10, 11, 60]):
        moments.add(len(part), part.mean(), ((part - part.mean()) ** 2).sum())
    assert moments.mean == pytest.approx(values.mean())
    assert moments.standard_error == pytest.approx(values.std(ddof=1) / 10)


def test_ctrl_c_stops_the_cascades() -> None:
    assert threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job's Python ignores it
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt, match=r"before the cascades were finished"):
            gs.spread(nx.complete_graph(50), [0], p=0.5, cascades=10**12)
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)


def test_the_gil_is_released() -> None:
    """Another thread of Python goes on while cascades run, and two calls at once give their own numbers."""
    ready = network(nx.complete_graph(40), p=0.05)
    alone = gs.spread(ready, [0], cascades=20_000, threads=1, sizes=True)
    found: dict[int, Spread] = {}

    def call(number: int) -> None:
        found[number] = gs.spread(ready, [0], cascades=20_000, threads=1, sizes=True)

    callers = [threading.Thread(target=call, args=(number,)) for number in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(found) == 3
    for one in found.values():
        np.testing.assert_array_equal(one.sizes, alone.sizes)
