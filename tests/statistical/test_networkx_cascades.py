"""The engine with every factor neutral is the independent cascade model, on real graphs.

All of it: ``pytest tests/statistical/test_networkx_cascades.py`` (2 minutes). Every seed is fixed; a change of the
draws ends beyond 3 standard errors in 1 of 370 comparisons although nothing is wrong.
"""

from __future__ import annotations

import functools
from typing import Any

import networkx as nx
import numpy as np
import pytest

from . import networkx_cascades as cascades

pytestmark = pytest.mark.statistical


@functools.cache
def real(name: str) -> tuple[Any, list[int], Any]:
    """Graph, starting nodes and the engine's world of a file."""
    folder = cascades.DATA / name
    if not (folder / "edges.csv.gz").is_file():
        pytest.skip(f"data set {name} is not there: {folder}")
    graph = cascades.read_graph(folder)
    starts = cascades.starting_nodes(graph)
    return graph, starts, cascades.neutral_world(graph, starts)


@functools.cache
def loop(name: str, p: float) -> cascades.Spread:
    graph, starts, _ = real(name)
    return cascades.loop_spread(graph, starts, p)


def test_both_have_the_exact_mean_on_a_triangle() -> None:
    """Either neighbor reshares with p, or after the other one with p: 2 (p + (1 − p) p²); 6,000 cascades a side."""
    graph, starts, p = nx.complete_graph(3), [0, 1], 0.3
    exact = 2 * (p + (1 - p) * p**2)
    engine = cascades.engine_spread(cascades.neutral_world(graph, starts), p, 3000)
    for spread in (engine, cascades.loop_spread(graph, starts, p, 3000)):
        assert spread.counts.max() == 2
        assert abs(spread.mean - exact) <= 3 * np.sqrt(spread.variance_of_mean)


def test_a_small_graph_from_every_node() -> None:
    """The karate club: 34 nodes, all of them employees but one; 3,300 cascades a side."""
    graph = nx.karate_club_graph()
    starts, p = list(graph)[:-1], 0.15
    engine = cascades.engine_spread(cascades.neutral_world(graph, starts), p)
    assert abs(cascades.deviation(engine, cascades.loop_spread(graph, starts, p))) <= 3


@pytest.mark.slow
@pytest.mark.real_data
@pytest.mark.parametrize("p", cascades.PROBABILITIES)
@pytest.mark.parametrize("name", cascades.FILES)
def test_mean_spread_is_that_of_the_loop(name: str, p: float) -> None:
    """2,000 cascades a side, within 3 standard errors."""
    engine = cascades.engine_spread(real(name)[2], p)
    assert engine.counts.size == loop(name, p).counts.size == 2000
    assert abs(cascades.deviation(engine, loop(name, p))) <= 3, (engine.mean, loop(name, p).mean)


@pytest.mark.slow
@pytest.mark.real_data
@pytest.mark.parametrize(
    ("p", "in_engine", "changed", "direction"),
    [
        (0.01, 0.01, {"platforms.linkedin.reaction_decay": 0.9}, -1),
        (0.01, 0.01, {"feed.repeat_floor": 0.6}, -1),
        (0.01, 0.01, {"platforms.linkedin.endorsement_strong": 2}, 1),
        (0.02, 0.022, {}, 1),
    ],
)
def test_what_is_not_neutral_is_found(p: float, in_engine: float, changed: dict[str, float], direction: int) -> None:
    """Found at 3 standard errors or more; they are between 7 and 12."""
    engine = cascades.engine_spread(real("facebook_ego")[2], in_engine, changed=changed)
    assert direction * cascades.deviation(engine, loop("facebook_ego", p)) > 3
