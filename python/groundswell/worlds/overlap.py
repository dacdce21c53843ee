"""How far the audiences of colleagues overlap: different persons among the connections of groups, over worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from groundswell import _core
from groundswell.common import arguments, statistics
from groundswell.common.cores import usable_cores
from groundswell.common.counts import MOST_COUNT, MOST_SEED, MOST_THREADS, whole_number
from groundswell.common.memory import fitting
from groundswell.common.statistics import Floats
from groundswell.errors import InvalidInput, UnknownName, did_you_mean, shown
from groundswell.scenario import Scenario
from groundswell.scenario.to_core import world_parameters
from groundswell.worlds.graph import Graph, distinct
from groundswell.worlds.size import check_world_fits

GROUPS = 50  # random groups of each size in a world
COLUMNS = ["platform", "colleagues", "groups", "connections", "persons", "share", "share_se", "share_ci_lower",
           "share_ci_upper", "worlds", "uncertainty"]  # fmt: skip


@fitting()
def overlap(
    scenario: Scenario,
    sizes: Sequence[int] = (9, 300),
    worlds: int = 5,
    seed: int = 1,
    platform: str = "linkedin",
    groups: int = GROUPS,
    threads: int | None = None,
) -> pd.DataFrame:
    """How many different persons the connections of random colleagues come to. Worlds are built, nothing is run.

    Parameters
    ----------
    scenario:
        Its company, workforce, audience and platforms decide the worlds; program and dates do not matter.
    sizes:
        Colleagues in a group, each from 1 to the number of employees.
    worlds, seed:
        Those of `simulate` with this seed: worlds 0 to worlds - 1.
    platform:
        One that is on.
    groups:
        Random groups of each size in a world, drawn by seed, world and size.
    threads:
        All cores by default; they change no number.

    Returns
    -------
    One row a size. colleagues; groups (in a world); connections: their sum, mean over groups and worlds; persons:
    different ones among them; share = persons / connections with its standard error and 95 % interval over worlds
    (module `statistics`, from the share of each world's groups together); worlds; uncertainty. Connections include
    colleagues; NaN where nobody in the groups has a connection.

    Raises
    ------
    InvalidInput
        A size or count out of range, a size that is there twice, no size.
    UnknownName
        A platform that does not exist or is off.
    DoesNotFit
        A world needs more memory than there is.
    """
    arguments.instance("scenario", scenario, Scenario, "a gs.Scenario")
    seed, count = whole_number("seed", seed, 0, MOST_SEED), whole_number("worlds", worlds, 1, MOST_COUNT)
    number, cores = whole_number("groups", groups, 1, MOST_COUNT), usable_cores()
    if threads is not None:
        cores = whole_number("threads", threads, 1, MOST_THREADS)
    chosen = _sizes(sizes, scenario.company.employees)
    _check_platform(scenario, platform)
    company, parameters = scenario.company.core_input(), world_parameters(scenario)
    check_world_fits(company, parameters, scenario.company.employees)
    totals = np.empty((count, len(chosen), 2))
    for world in range(count):
        graph = Graph.of_employees(_core.build_world(company, parameters, seed, world, cores, stored=False), platform)
        for place, size in enumerate(chosen):
            totals[world, place] = _of_groups(graph, size, number, np.random.default_rng([seed, world, size]))
    return pd.DataFrame([_row(platform, s, number, totals[:, i]) for i, s in enumerate(chosen)])[COLUMNS]


def _sizes(sizes: Sequence[int], employees: int) -> list[int]:
    asked = arguments.several("sizes", sizes, "a list of numbers of colleagues")
    chosen = [whole_number(f"sizes.{i}", size, 1, employees) for i, size in enumerate(asked)]
    if not chosen or len(set(chosen)) < len(chosen):
        raise InvalidInput(f"sizes = {shown(asked)}: must be one or more different numbers of colleagues")
    return chosen


def _check_platform(scenario: Scenario, platform: str) -> None:
    on = [known.name for known in scenario.platforms.on()]
    if arguments.text("platform", platform) not in on:
        raise UnknownName(
            f"platform: no platform of the name {shown(platform)} is on in this scenario; {did_you_mean(platform, on)}"
        )


def _of_groups(graph: Graph, size: int, groups: int, generator: np.random.Generator) -> tuple[float, float]:
    """Mean over groups of the connections and of the different persons among them."""
    found = [graph.neighbors(generator.choice(graph.employees, size, replace=False)) for _ in range(groups)]
    return float(np.mean([len(ties) for ties in found])), float(np.mean([len(distinct(ties)) for ties in found]))


def _row(platform: str, size: int, groups: int, totals: Floats) -> dict[str, Any]:
    """`totals`: connections and persons by world."""
    finished = np.ones((len(totals), 1), dtype=np.bool_)
    connections, persons = totals[:, None, None, 0], totals[:, None, None, 1]
    share = statistics.mean_interval(statistics.ratio_of_runs(persons, connections), finished)
    return {
        "platform": platform,
        "colleagues": size,
        "groups": groups,
        "connections": float(connections.mean()),
        "persons": float(persons.mean()),
        "share": float(share.mean[0]),
        "share_se": float(share.se[0]),
        "share_ci_lower": float(share.lower[0]),
        "share_ci_upper": float(share.upper[0]),
        "worlds": len(totals),
        "uncertainty": "worlds" if len(totals) >= statistics.LEAST_WORLDS else f"no interval with {len(totals)} worlds",
    }
