"""Small graphs, and their spread by counting every outcome."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np

Pairs = Sequence[tuple[int, int]]

KNOT: Pairs = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (2, 0), (3, 4), (3, 1), (0, 1)]  # the last is parallel


def reached(arcs: Iterable[tuple[int, int]], seeds: Iterable[int]) -> set[int]:
    """Everybody whom a path from a seed reaches."""
    rows: dict[int, list[int]] = {}
    for source, target in arcs:
        rows.setdefault(source, []).append(target)
    active, waiting = set(seeds), deque(seeds)
    while waiting:
        for target in rows.get(waiting.popleft(), ()):
            if target not in active:
                active.add(target)
                waiting.append(target)
    return active


def exact_cascade(arcs: Pairs, seeds: Iterable[int], p: Sequence[float]) -> float:
    """Mean size of an independent cascade, over all sets of live arcs."""
    total = 0.0
    for live in product((0, 1), repeat=len(arcs)):
        chance = float(np.prod([q if on else 1 - q for q, on in zip(p, live, strict=True)]))
        total += chance * len(reached([arc for arc, on in zip(arcs, live, strict=True) if on], seeds))
    return total


def exact_threshold(arcs: Pairs, seeds: Iterable[int], weights: Sequence[float]) -> float:
    """The same of linear thresholds: every node picks at most one of the arcs to it, an arc with its weight."""
    nodes = sorted({node for arc in arcs for node in arc})
    into = [[i for i, (_, target) in enumerate(arcs) if target == node] for node in nodes]
    total = 0.0
    for picks in product(*[[*own, None] for own in into]):
        chance = 1.0
        for own, pick in zip(into, picks, strict=True):
            chance *= 1 - sum(weights[i] for i in own) if pick is None else weights[pick]
        if chance > 0:
            total += chance * len(reached([arcs[i] for i in picks if i is not None], seeds))
    return total


def one_over_in_degree(arcs: Pairs) -> list[float]:
    """Of the target of each arc."""
    targets = [target for _, target in arcs]
    return [1 / targets.count(target) for target in targets]
