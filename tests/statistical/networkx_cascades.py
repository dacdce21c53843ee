"""Cascades of the engine with every factor neutral against an independent loop: docs/results/cascades_networkx.md.

    PYTHONPATH=python .venv/bin/python -m tests.statistical.networkx_cascades [folder of the data sets]

With every tie shown the post, attended, and reshared with one probability p, a post is an independent cascade: whoever
has just reshared gives each neighbor who has not one chance p. The loop here knows that, the graph as NetworkX holds
it, and nothing of the engine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

import groundswell as gs
from groundswell.company.pseudonyms import KNOWN_TO_ALL

from . import core_runs

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "results" / "cascades_networkx.md"
FILES = ("facebook_ego", "github_social")
PROBABILITIES = (0.01, 0.02)
SEED, STARTS, POSTS_EACH = 20261122, 20, 100  # 20 starting nodes, 100 cascades from each: 2,000
MORE = {("facebook_ego", 0.01): 2000, ("github_social", 0.01): 1000}  # cascades each, for the page
OTHERS = core_runs.SEGMENTS[1:]
KINDS = ("story", "product", "press_release", "job", "third_party")
HEAD = """| file | p | mean, engine | loop | standard error | difference | no reshare | 90 % quantile | within 3 |
|---|---|---|---|---|---|---|---|---|"""

Ints = npt.NDArray[np.int64]

# Everybody is shown what a neighbor passes on (visibility far above 1), attends to it, and reshares it with the same
# odds; nothing else is done, by anybody, and views come within minutes.
NEUTRAL: dict[str, float] = {
    "audience.strong_tie": 1,
    "audience.weak_tie": 1,
    "audience.affinity_log_sd": 0,
    "audience.susceptibility_log_sd": 0,
    "audience.propensity_log_sd": 0,
    "audience.unprompted_share": 0,
    "workforce.persuasion_log_sd": 0,
    "workforce.susceptibility_log_sd": 0,
    "platforms.linkedin.page_posts_per_week": 0,
    "platforms.linkedin.half_life_hours": 0.05,
    "platforms.linkedin.later_half_life_hours": 0.05,
    "platforms.linkedin.view_cut_days": 1,
    "platforms.linkedin.engage": 0,
    "platforms.linkedin.click": 0,
    "platforms.linkedin.mute": 0,
    "platforms.linkedin.endorsement_weak": 1,
    "platforms.linkedin.endorsement_strong": 1,
    "platforms.linkedin.attention": 1,
    "platforms.linkedin.surfaced_views": 0,
    "platforms.linkedin.surfacing_decay": 1,
    "platforms.linkedin.reaction_decay": 1,
    "platforms.linkedin.reshare_views": 1,
    "platforms.linkedin.constants.person_rate": 1e6,
    "platforms.linkedin.constants.reshare_rate": 1e6,
    "platforms.linkedin.constants.reshare_person": 1,
    "content.appeal_engage_log_sd": 0,
    "content.appeal_reshare_log_sd": 0,
    "content.appeal_visibility_log_sd": 0,
    "content.deal_share": 0,
    "content.call_to_action_share": 0,
    "content.authenticity_own_story": 1,
    "content.authenticity_own_words": 1,
    "content.authenticity_press_release": 1,
    "content.authenticity_verbatim": 1,
    "posting.organic_company_posts_per_month": 0,
    "posting.other_posts_per_month": 0,
    "credibility.credibility_slope": 0,
    "feed.viewer_limit": float("inf"),
    "feed.same_day_second": 1,
    "feed.same_day_third": 1,
    "feed.identical_copy": 1,
    "feed.repeat_floor": 1,
} | {f"audience.affinity.{segment}": 1 for segment in core_runs.SEGMENTS} | {
    f"content.reshare_multiplier.{kind}": 1 for kind in KINDS
}  # fmt: skip


@dataclass(frozen=True)
class Spread:
    """Reshares of cascades, shape (starting nodes, cascades of each)."""

    counts: Ints

    @property
    def mean(self) -> float:
        return float(self.counts.mean())

    @property
    def variance_of_mean(self) -> float:
        """The starting nodes are the same in every sample, so only what differs from run to run counts."""
        nodes, each = self.counts.shape
        return float(self.counts.var(axis=1, ddof=1).sum()) / each / nodes**2


def deviation(a: Spread, b: Spread) -> float:
    """Difference of the means in standard errors."""
    return (a.mean - b.mean) / float(np.sqrt(a.variance_of_mean + b.variance_of_mean))


def read_graph(folder: Path) -> nx.Graph[int]:
    """The file's ties, mutual."""
    edges = pd.read_csv(folder / "edges.csv.gz")
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(edges[["source", "target"]].itertuples(index=False, name=None))
    return graph


def starting_nodes(graph: nx.Graph[int], count: int = STARTS) -> list[int]:
    """Evenly spaced in the order of degree: hermits and hubs."""
    order = sorted(graph, key=lambda node: (graph.degree[node], node))
    return [order[int((k + 0.5) / count * len(order))] for k in range(count)]


def loop_spread(graph: nx.Graph[int], starts: list[int], p: float, each: int = POSTS_EACH) -> Spread:
    """The independent loop, with a generator of its own."""
    rng = np.random.default_rng([SEED, round(1e6 * p)])
    neighbors = {node: np.array(list(graph.neighbors(node))) for node in graph}

    def once(start: int) -> int:
        active, fresh = {start}, [start]
        while fresh:
            node = fresh.pop()
            near = neighbors[node]
            for other in near[rng.random(len(near)) < p].tolist():
                if other not in active:
                    active.add(other)
                    fresh.append(other)
        return len(active) - 1

    return Spread(np.array([[once(start) for _ in range(each)] for start in starts]))


def company_of(graph: nx.Graph[int], starts: list[int]) -> gs.Company:
    """The starting nodes are the employees, all others their audience, over the segments in turn."""
    chosen = set(starts)
    others = [node for node in graph if node not in chosen]
    persons = pd.DataFrame({"id": others, "segment": [OTHERS[k % len(OTHERS)] for k in range(len(others))]})
    ties = pd.DataFrame(list(graph.edges), columns=["source", "target"])
    for table, names in ((persons, ["id"]), (ties, ["source", "target"])):
        table[names] = "n" + table[names].astype(str)
    employees = pd.DataFrame({"who": [f"n{node}" for node in starts]})
    return gs.Company.from_frames(employees, columns={"id": "who"}, key=KNOWN_TO_ALL).with_audience(persons, ties)


def neutral_world(graph: nx.Graph[int], starts: list[int]) -> Any:
    """The engine's world of the same graph, the employees being the starting nodes; AssertionError if it is another."""
    company = company_of(graph, starts)
    employees = [int(str(name)[1:]) for name in company.core_ids]
    assert sorted(employees) == sorted(starts)
    world = core_runs.core.build_world(company.core_input(), core_runs.parameters(NEUTRAL.items()), SEED, 0, 2)
    begin, _ = world.rows("linkedin")
    degrees = np.diff(np.asarray(begin).astype(np.int64))
    assert degrees[: len(starts)].tolist() == [graph.degree[node] for node in employees]
    assert degrees[: len(graph)].sum() == 2 * graph.number_of_edges()
    return world


def neutral_design(p: float, starts: int, changed: Mapping[str, float]) -> Any:
    """Every employee posts about five times a day in one week; p is the chance that a view is reshared."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    overrides = NEUTRAL | {"platforms.linkedin.reshare": p / (1 - p)}
    overrides |= {f"platforms.linkedin.weekday_weights.{day}": 1 for day in days}
    overrides |= changed
    program = core_runs.program(range(starts), posts_per_week=35, company_content_fraction=1)
    return core_runs.design(overrides.items(), program, weeks=1, warm_up_weeks=0, follow_up_weeks=1)


def engine_spread(
    world: Any, p: float, each: int = POSTS_EACH, changed: Mapping[str, float] = MappingProxyType({})
) -> Spread:
    """Distinct people who reshared each of the first posts of every employee; `changed`: what is not neutral."""
    starts = int(world.employees)
    design = neutral_design(p, starts, changed)
    found: list[list[int]] = [[] for _ in range(starts)]
    replicate = 0
    while min(len(counts) for counts in found) < each:
        [(_, finished, stats)] = core_runs.core.run(world, [design], replicate, replicate + 1, 1, cascades=True)
        assert np.asarray(finished).all()
        cascades, replicate = stats["cascades"], replicate + 1
        authors, post = cascades["posts"]["author"], np.asarray(cascades["post"], dtype=np.int64)
        assert (np.asarray(cascades["kind"]) == 1).all()  # nothing is surfaced
        keys = post * world.person_count + np.asarray(cascades["person"], dtype=np.int64)
        assert len(np.unique(keys)) == len(keys)  # nobody reshares a post twice
        for author, reshares in zip(authors, np.bincount(post, minlength=len(authors)), strict=True):
            found[int(author)].append(int(reshares))
    return Spread(np.array([counts[:each] for counts in found]))


def table_row(name: str, p: float, engine: Spread, loop: Spread) -> str:
    """One row of the page."""
    z = deviation(engine, loop)
    error = np.sqrt(engine.variance_of_mean + loop.variance_of_mean)
    none = [f"{np.mean(spread.counts == 0):.1%}" for spread in (engine, loop)]
    top = [f"{np.quantile(spread.counts, 0.9):,.0f}" for spread in (engine, loop)]
    cells = [name, f"{p:.2f}", f"{engine.mean:,.2f}", f"{loop.mean:,.2f}", f"{error:.2f}", f"{z:+.2f}"]
    cells += [" / ".join(none), " / ".join(top), "pass" if abs(z) <= 3 else "fail"]
    return f"| {' | '.join(cells)} |"


def file_rows(data: Path, name: str) -> tuple[str, list[str], list[str]]:
    """Rows of one file: the graph, the comparisons, and those with more cascades."""
    graph = read_graph(data / name)
    starts = starting_nodes(graph)
    world = neutral_world(graph, starts)
    degrees = ", ".join(str(graph.degree[node]) for node in starts)

    def compared(p: float, each: int) -> str:
        row = table_row(name, p, engine_spread(world, p, each), loop_spread(graph, starts, p, each))
        print(row, flush=True)
        return row

    rows = [compared(p, POSTS_EACH) for p in PROBABILITIES]
    more = [compared(p, MORE[name, p]) for p in PROBABILITIES if (name, p) in MORE]
    return f"| {name} | {len(graph):,} | {graph.number_of_edges():,} | {degrees} |", rows, more


def page(data: Path) -> str:
    """The whole page."""
    start = time.perf_counter()
    files = [file_rows(data, name) for name in FILES]
    graphs = "\n".join(graph for graph, _, _ in files)
    rows, more = ("\n".join(row for file in files for row in file[k]) for k in (1, 2))
    seconds = time.perf_counter() - start
    return f"""# Cascades against an independent loop

Written by `PYTHONPATH=python .venv/bin/python -m tests.statistical.networkx_cascades` on {datetime.now(UTC):%Y-%m-%d},
{seconds:.0f} s on two shared cores; seed {SEED}, NetworkX {nx.__version__}.

The engine with every factor neutral (visibility so high that every tie is shown what a neighbor passes on, attention 1,
no decay with hops, no limit, copies, repeats, mutes, surfacing; everybody and every post alike) is the independent
cascade model: whoever has just reshared gives each neighbor one chance p. The loop beside it is that model on the
NetworkX graph, with NumPy's generator, and shares no code with the engine. The graph enters by
`Company.with_audience`: {STARTS} starting nodes, evenly spaced in the order of degree, are the employees, all others
persons of the six segments. {STARTS} nodes x {POSTS_EACH} posts = {STARTS * POSTS_EACH:,} cascades a row and side;
spread is the number of people who reshared, the starting node left out. The standard error is that of the difference,
within starting nodes, and the difference (engine minus loop) is in standard errors; a right engine ends beyond 3 in
about 1 row of 370. No reshare: share of cascades without any; quantile of the spread; both engine / loop.

| file | nodes | ties | degrees of the starting nodes |
|---|---|---|---|
{graphs}

{HEAD}
{rows}

Cascades mostly die at once or run through a core of the graph, so means of 2,000 are loose: 3 standard errors are a
seventh to two thirds of the mean. With {" and ".join(f"{STARTS * each:,}" for each in MORE.values())} cascades:

{HEAD}
{more}

`test_networkx_cascades.py` repeats the first table, holds both sides against the exact mean on a triangle, and asks
that the comparison finds single factors that are not neutral: on `facebook_ego` reaction_decay .9, repeat_floor .6,
endorsement_strong 2 (all at p = .01), and p = .022 where the loop has .02.
"""


if __name__ == "__main__":
    PAGE.write_text(page(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA))
