"""One program that runs cascades, in a process of its own: `bench_peers.py` starts it and asks over its standard input.

A question is a line of JSON, {"seeds": [[…], …], "cascades": n, "turn": t}: n cascades from
each seed set, in turn t. The answer has the
processor and wall seconds of the cascades alone, and their number, sum of sizes and sum of squares. Before the first
question the graph is read and everything is compiled and built; what that took in memory is in the first answer.
"""

from __future__ import annotations

import json
import math
import sys
import time
from array import array
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

Answer = tuple[int, float, float]  # cascades, sum of sizes, sum of their squares
Cascades = Callable[[list[int], int, int], Answer]  # seeds, how many, number of the turn


def edges_of(path: Path) -> tuple[int, Any, bool]:
    """Nodes, edges i32[edges, 2] of a file that bench_peers.py has written, and whether they are arcs."""
    nodes, directed = json.loads(path.with_suffix(".json").read_text())
    return nodes, np.load(path), directed


def arcs_of(path: Path) -> tuple[int, Any, Any]:
    """Nodes, sources and targets; an edge in both directions."""
    nodes, edges, directed = edges_of(path)
    one, other = edges[:, 0], edges[:, 1]
    return (nodes, one, other) if directed else (nodes, np.concatenate([one, other]), np.concatenate([other, one]))


def rows_of(path: Path) -> tuple[int, Any, Any]:
    """The same by rows: begin i64[nodes + 1], target i32[arcs]."""
    nodes, source, target = arcs_of(path)
    order = np.argsort(source, kind="stable")
    begin = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=nodes))]).astype(np.int64)
    return nodes, begin, target[order].astype(np.int32)


def one_over_in_degree(path: Path) -> tuple[int, Any, Any, Any]:
    """Rows, and the chance of each arc in a weighted cascade."""
    nodes, begin, target = rows_of(path)
    return nodes, begin, target, 1 / np.bincount(target, minlength=nodes)[target]


def groundswell(path: Path, p: float | None, threads: int) -> Cascades:
    """`gs.spread` on a network that is read once."""
    gs: Any = import_module("groundswell")
    spread: Any = gs.spread
    network: Any = import_module("groundswell.spread.network").network
    _, edges, directed = edges_of(path)
    ready = network(edges, "wc" if p is None else "ic", p=p, directed=directed)
    del edges

    def run(seeds: list[int], cascades: int, turn: int) -> Answer:
        found = spread(ready, seeds, cascades=cascades, threads=threads, seed=turn)
        squares = found.standard_error**2 * cascades * (cascades - 1)
        return cascades, found.mean * cascades, squares + cascades * found.mean**2

    return run


def cynetdiff(path: Path, p: float | None, _threads: int) -> Cascades:
    """CyNetDiff as its documentation shows it: reset, advance, ask for the number."""
    models: Any = import_module("cynetdiff.models")
    nodes, begin, target, chance = one_over_in_degree(path)
    starts, edges = array("I", begin[:-1].astype(np.uint32).tobytes()), array("I", target.astype(np.uint32).tobytes())
    chances: dict[str, Any] = {"activation_prob": p}
    if p is None:
        chances = {"activation_probs": array("f", chance.astype(np.float32).tobytes())}
    del begin, target, chance
    model = models.IndependentCascadeModel(starts, edges, **chances)
    model.set_rng(nodes)

    def run(seeds: list[int], cascades: int, _turn: int) -> Answer:
        model.set_seeds(seeds)
        total = squares = 0.0
        for _ in range(cascades):
            model.reset_model()
            model.advance_until_completion()
            size = model.get_num_activated_nodes()
            total += size
            squares += size * size
        return cascades, total, squares

    return run


def _loop(begin: Any, target: Any, degree: Any, p: float, seeds: Any, cascades: int, stamp: Any, queue: Any) -> Any:
    total = squares = 0.0
    for cascade in range(1, cascades + 1):
        size = 0
        for seed in seeds:
            stamp[seed] = cascade
            queue[size] = seed
            size += 1
        head = 0
        while head < size:
            node = queue[head]
            head += 1
            for arc in range(begin[node], begin[node + 1]):
                other = target[arc]
                if stamp[other] != cascade:
                    chance = p if p >= 0 else 1 / degree[other]
                    if np.random.random() < chance:  # noqa: NPY002
                        stamp[other] = cascade
                        queue[size] = other
                        size += 1
        total += size
        squares += size * size
    return total, squares


def _skipping_loop(
    begin: Any, target: Any, _degree: Any, p: float, seeds: Any, cascades: int, stamp: Any, queue: Any
) -> Any:
    total = squares = 0.0
    scale = 1 / math.log(1 - p)
    for cascade in range(1, cascades + 1):
        size = 0
        for seed in seeds:
            stamp[seed] = cascade
            queue[size] = seed
            size += 1
        head = 0
        while head < size:
            node = queue[head]
            head += 1
            arc = begin[node] + int(math.log(1 - np.random.random()) * scale)  # noqa: NPY002
            while arc < begin[node + 1]:
                other = target[arc]
                if stamp[other] != cascade:
                    stamp[other] = cascade
                    queue[size] = other
                    size += 1
                arc += 1 + int(math.log(1 - np.random.random()) * scale)  # noqa: NPY002
        total += size
        squares += size * size
    return total, squares


def _numba(loop: Callable[..., Any], path: Path, p: float | None) -> Cascades:
    numba: Any = import_module("numba")
    compiled = numba.njit(loop)
    nodes, begin, target = rows_of(path)
    queue = np.empty(nodes, dtype=np.int32)
    degree = np.bincount(target, minlength=nodes) if p is None else np.empty(0, dtype=np.int64)
    chance = -1.0 if p is None else p

    def run(seeds: list[int], cascades: int, _turn: int) -> Answer:
        stamp = np.zeros(nodes, dtype=np.int32)
        total, squares = compiled(begin, target, degree, chance, np.array(seeds), cascades, stamp, queue)
        return cascades, total, squares

    run([0], 1, 0)
    return run


def numba_loop(path: Path, p: float | None, _threads: int) -> Cascades:
    """A plain loop over every arc."""
    return _numba(_loop, path, p)


def numba_skipping(path: Path, p: float | None, _threads: int) -> Cascades:
    """A loop with geometric skipping, for one probability."""
    return _numba(_skipping_loop, path, p)


def pynetim(path: Path, p: float | None, threads: int) -> Cascades:
    """PyNetIM's Monte Carlo of an independent cascade."""
    package: Any = import_module("pynetim")
    nodes, source, target = arcs_of(path)
    edges = list(zip(source.tolist(), target.tolist(), strict=True))
    weights = p if p is not None else (1 / np.bincount(target, minlength=nodes)[target]).tolist()
    graph = package.IMGraph(edges, weights=weights, renumber=False)
    del edges, source, target, weights

    def run(seeds: list[int], cascades: int, _turn: int) -> Answer:
        model = package.IndependentCascadeModel(graph, set(seeds))
        mean = model.run_monte_carlo_diffusion(cascades, use_multithread=threads > 1, num_threads=threads)
        return cascades, mean * cascades, math.nan  # it states no spread of the sizes

    return run


def ndlib(path: Path, p: float | None, _threads: int) -> Cascades:
    """NDlib's independent cascades, until an iteration infects nobody."""
    networkx: Any = import_module("networkx")
    config: Any = import_module("ndlib.models.ModelConfig")
    models: Any = import_module("ndlib.models.epidemics")
    nodes, source, target = arcs_of(path)
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(zip(source.tolist(), target.tolist(), strict=True))
    chance = {} if p is not None else {node: 1 / degree for node, degree in graph.in_degree() if degree}

    def run(seeds: list[int], cascades: int, _turn: int) -> Answer:
        total = squares = 0.0
        for _ in range(cascades):
            model = models.IndependentCascadesModel(graph)
            settings = config.Configuration()
            settings.add_model_initial_configuration("Infected", seeds)
            for edge in graph.edges:
                settings.add_edge_configuration("threshold", edge, p if p is not None else chance[edge[1]])
            model.set_initial_status(settings)
            status = model.iteration()
            while status["node_count"][1] > 0:
                status = model.iteration()
            size = status["node_count"][2]
            total += size
            squares += size * size
        return cascades, total, squares

    return run


RIVALS: dict[str, Callable[[Path, float | None, int], Cascades]] = {
    "groundswell": groundswell,
    "CyNetDiff": cynetdiff,
    "numba loop": numba_loop,
    "numba with skipping": numba_skipping,
    "PyNetIM": pynetim,
    "NDlib": ndlib,
}


def peak_bytes() -> int:
    """Peak resident memory of this process; getrusage would count that of the process that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def serve(name: str, path: Path, p: float | None, threads: int) -> None:
    """Answer until the input ends."""
    module = {"groundswell": "groundswell", "CyNetDiff": "cynetdiff", "PyNetIM": "pynetim", "NDlib": "ndlib"}.get(name)
    import_module("numba" if module is None else module)
    before = peak_bytes()
    begun = time.perf_counter()
    cascades = RIVALS[name](path, p, threads)
    built = time.perf_counter() - begun
    for line in sys.stdin:
        asked = json.loads(line)
        wall, processor = time.perf_counter(), time.process_time()
        answers = [cascades(seeds, asked["cascades"], asked["turn"]) for seeds in asked["seeds"]]
        seconds = {"processor": time.process_time() - processor, "wall": time.perf_counter() - wall}
        sums = {"cascades": sum(a[0] for a in answers), "sum": sum(a[1] for a in answers)}
        squares = sum(a[2] for a in answers)
        memory = {"bytes": peak_bytes() - before, "peak": peak_bytes(), "built": built}
        print(json.dumps({**seconds, **sums, "squares": squares, **memory}), flush=True)


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), None if sys.argv[3] == "wc" else float(sys.argv[3]), int(sys.argv[4]))
