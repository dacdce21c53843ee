"""Solve the constants of the platforms on the reference company and write their dated files (`make constants`).

The reference is the built-in company of 1,000 in the scenario *default*, with the platform on and every post on it
(LinkedIn, whose coworker ties the others have a part of, stays on without a post). A rate makes the mean share of
connections (followers) who see a post at the first hop equal to the visibility, at any shape of viewers' activity and
any log-sd of visibility appeal; a reaction constant makes the realized rate per first-hop impression equal to the base
(for the page: base x page_reaction_ratio; clicks per impression of a post with a link). Solve again whenever the law
of a factor changes. Decision records 3 and 20.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from expected_views import Luck, Population, expected, luck_of
from reference_runs import MEASURE, NEUTRAL, Constants, Reference, Totals, World, added, reaction_rate, visibility

from groundswell.scenario.model.solved import REACTION_CONSTANTS, parse_solved, weights
from groundswell.scenario.schema.platform_table import PLATFORMS, TITLES

Floats = npt.NDArray[np.float64]
SEED = 20261122  # worlds used for solving; checks use other seeds
FOLDER = Path(__file__).parents[1] / "python" / "groundswell" / "scenario" / "model" / "platform_data"
AUTHORS = ("person", "page")
GRID = {"person": (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.4), "page": (0.003, 0.008, 0.02, 0.05, 0.1, 0.18, 0.3)}
SHAPES = (0.2, 0.3, 0.47, 0.75, 1.2)  # of viewers' activity
LOG_SDS = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0)  # of visibility appeal
RUN_SHAPES, RUN_LOG_SDS = (0.2, 0.47, 1.2), (0.0, 1.0, 2.0)  # where the engine says what crowding takes away
RUN_AT = {"person": (0.01, 0.03, 0.1, 0.4), "page": (0.005, 0.015, 0.04, 0.3)}  # visibilities there
USUAL = 2  # place of the one near LinkedIn's
RUN_WORLDS = 4  # of the worlds for the tables: the others give ties and posts only
POST_REPLICATES = 4  # of posts, for the law of g: a year of items is luck that many authors share
SHARE_SHOWN = 0.93  # a first guess, only to run near the visibilities above


@dataclass(frozen=True)
class Crowding:
    """Realized over expected visibility: polynomials through points, in √ expected visibility, log shape, log-sd."""

    axes: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    share: Floats  # by place on each

    @classmethod
    def of(cls, visibilities: tuple[float, ...], share: Floats) -> Crowding:
        """From the ratios at expected visibilities, run shapes and run log-sds, in this order."""
        axes = (tuple(map(math.sqrt, visibilities)), tuple(map(math.log, RUN_SHAPES)), RUN_LOG_SDS)
        return cls(axes, share)

    def realized(self, expected_visibility: float, shape: float, log_sd: float) -> float:
        """The visibility that comes out."""
        share = self.share
        for axis, x in zip(self.axes, (math.sqrt(expected_visibility), math.log(shape), log_sd), strict=True):
            share = sum(weight * share[place] for place, weight in weights(axis, x))
        return expected_visibility * float(share)


def solve_rates(reference: Reference, number: int) -> dict[str, Any]:
    """The tables of both authors."""
    populations: dict[str, dict[float, Population]] = {author: {} for author in AUTHORS}
    share = {author: np.zeros((len(RUN_AT[author]), len(RUN_SHAPES), len(RUN_LOG_SDS))) for author in AUTHORS}
    for shape in SHAPES:
        worlds = [_kept(reference.world(shape, index, POST_REPLICATES), index) for index in range(number)]
        for author in AUTHORS:
            populations[author][shape] = population_of(worlds, author)
        if shape in RUN_SHAPES:
            here = {author: populations[author][shape] for author in AUTHORS}
            for author, found in shares_shown(reference, worlds[:RUN_WORLDS], here).items():
                share[author][:, RUN_SHAPES.index(shape)] = found
    tables = {}
    for author in AUTHORS:
        print(f"  {author}: shown {share[author].min():.3f} to {share[author].max():.3f} of the expected", flush=True)
        crowding = Crowding.of(tuple(v / SHARE_SHOWN for v in RUN_AT[author]), share[author])
        tables[f"{author}_rates"] = rate_table(populations[author], crowding, GRID[author])
    return tables


def _kept(world: World, index: int) -> World:
    """Without what only runs need, where no run comes: many worlds of the core are much memory."""
    return world if index < RUN_WORLDS else World(None, world.ties, world.posts)


def population_of(worlds: list[World], author: str) -> Population:
    """Ties and posts of all replicates of the worlds."""
    return Population.of([(world.ties, posts[author]) for world in worlds for posts in world.posts], author == "page")


def shares_shown(
    reference: Reference, worlds: list[World], population: dict[str, Population]
) -> dict[str, Floats]:
    """By author: realized over expected views of the same posts, at run visibilities (rows) and log-sds (columns).

    While one author's visibility changes the other's is near its usual one.
    """
    usual = {author: RUN_AT[author][USUAL] for author in AUTHORS}
    cells = [(a, i, j) for a in AUTHORS for i in range(len(RUN_AT[a])) for j in range(len(RUN_LOG_SDS))]
    rates = []
    for author, i, j in cells:
        seen = usual | {author: RUN_AT[author][i]}
        rates.append({a: population[a].rate(seen[a] / SHARE_SHOWN, RUN_LOG_SDS[j]) for a in AUTHORS})
    designs = [reference.design(*_at(RUN_LOG_SDS[j], rate)) for (_, _, j), rate in zip(cells, rates, strict=True)]
    realized, foreseen = np.zeros(len(cells)), np.zeros(len(cells))
    for world in worlds:
        for n, totals in enumerate(reference.runs(world, designs, 1)):
            author, _, j = cells[n]
            realized[n] += visibility(totals, author)
            foreseen[n] += expected(world.posts[0][author], world.ties, rates[n][author], RUN_LOG_SDS[j])
    each = np.split(realized / foreseen, [len(RUN_AT["person"]) * len(RUN_LOG_SDS)])
    return {author: part.reshape(-1, len(RUN_LOG_SDS)) for author, part in zip(AUTHORS, each, strict=True)}


def _at(log_sd: float, rates: dict[str, float]) -> tuple[Constants, dict[str, float]]:
    constants = NEUTRAL | {"person_rate": rates["person"], "page_rate": rates["page"], "reshare_rate": rates["person"]}
    names = ("content.appeal_visibility_log_sd", "content.appeal_visibility_page_log_sd")
    return constants, dict.fromkeys(names, log_sd)


def rate_table(populations: dict[float, Population], crowding: Crowding, grid: tuple[float, ...]) -> dict[str, Any]:
    """λ over the grid of a platform file: the expected visibility that crowding leaves right, and its λ."""
    rows = [
        [_rounded(populations[shape].rate(_expected_for(v, crowding, log_sd, shape), log_sd)) for v in grid]
        for log_sd, shape in itertools.product(LOG_SDS, SHAPES)
    ]
    return {"visibility": list(grid), "activity_shape": list(SHAPES), "appeal_log_sd": list(LOG_SDS), "rate": rows}


def _expected_for(realized: float, crowding: Crowding, log_sd: float, shape: float) -> float:
    low, high = math.log(realized / 2), math.log(min(2 * realized, 0.98))
    for _ in range(50):
        middle = (low + high) / 2
        above = crowding.realized(math.exp(middle), shape, log_sd) > realized
        low, high = (low, middle) if above else (middle, high)
    return math.exp((low + high) / 2)


def _rounded(value: float) -> float:
    return float(f"{value:.5g}")


def solve_reactions(
    reference: Reference, rates: Constants, worlds: int, replicates: int
) -> tuple[Constants, Constants]:
    """The constants, and the relative standard error over worlds of each: roughly in a few worlds, then in all."""
    constants = NEUTRAL | rates
    shape = reference.platform.activity_shape
    few = [reference.world(shape, index, 1) for index in range(max(2, worlds // 8))]
    every = (reference.world(shape, index, replicates) for index in range(worlds))  # one at a time in memory
    for some, each in ((few, 1), (few, 1), (every, replicates)):
        factors, errors = reaction_factors(reference, constants, some, each)
        constants = constants | {name: constants[name] * factor for name, factor in factors.items()}
    return constants, errors


def reaction_factors(
    reference: Reference, constants: Constants, worlds: Iterable[World], replicates: int
) -> tuple[Constants, Constants]:
    """By constant: wanted over realized rate with the luck of appeals taken out, and the standard error of its log."""
    platform = reference.platform
    totals, made = [], []
    design = reference.design(constants, {})
    for world in worlds:
        totals.append(reference.runs(world, [design], replicates)[0])
        made.append(World(None, world.ties, world.posts))
    factors, errors = {}, {}
    for author in AUTHORS:
        population = population_of(made, author)
        for reaction in ("engage", "click", "reshare", "mute"):
            ratio = platform.page_reaction_ratio if author == "page" and reaction != "mute" else 1.0
            wanted = getattr(platform, reaction) * ratio
            luck = [
                luck_of(posts[author], population, constants[f"{author}_rate"], reaction, wanted / platform.attention,
                        reference.scenario)
                for world in made for posts in world.posts
            ]  # fmt: skip
            of_all = Luck.added(luck)
            realized = reaction_rate(added(totals), reaction, author)
            if reaction != "mute":  # mutes have no appeal
                realized *= of_all.factor()
            else:
                seen = visibility(added(totals), author) * of_all.of_views()
                print(f"  {author}: {len(totals)} worlds, visibility without luck {seen:.5f}", flush=True)
            factors[f"{reaction}_{author}"] = wanted / realized
            errors[f"{reaction}_{author}"] = relative_error(totals, reaction, author)
    return factors, errors


def relative_error(totals: list[Totals], reaction: str, author: str) -> float:
    """Standard error over worlds of a reaction's rate, in parts of it."""
    rate = reaction_rate(added(totals), reaction, author)
    tops = np.array([one[MEASURE[reaction], author] for one in totals])
    bottoms = tops / np.array([max(reaction_rate(one, reaction, author), 1e-12) for one in totals])
    return float(np.std(tops - rate * bottoms, ddof=1) / tops.mean() / math.sqrt(len(totals)))


def main() -> None:
    """Solve one platform or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", choices=PLATFORMS, action="append", help="more than once; all by default")
    parser.add_argument("--rate-worlds", type=int, default=10, help="worlds a shape for the tables of rates")
    parser.add_argument("--worlds", type=int, default=80, help="worlds for the reactions")
    parser.add_argument("--replicates", type=int, default=3, help="replicates for the reactions")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    for name in options.platform or PLATFORMS:
        begun = time.perf_counter()
        print(name, flush=True)
        text = solve(name, options)
        (options.folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        print(f"  {time.perf_counter() - begun:.0f} s", flush=True)


def solve(name: str, options: argparse.Namespace) -> str:
    """The text of a platform's file."""
    reference = Reference(name, SEED, options.threads)
    tables = solve_rates(reference, options.rate_worlds)
    neutral = dict.fromkeys(REACTION_CONSTANTS, 1.0)
    head = {"solved": provenance(name, options), **tables}
    platform, content = reference.platform, reference.scenario.content
    rates = parse_solved(yaml.safe_dump(head | neutral), name).rates(
        platform.person_visibility, platform.page_visibility, platform.activity_shape,
        content.appeal_visibility_log_sd, content.appeal_visibility_page_log_sd,
    )  # fmt: skip
    constants, errors = solve_reactions(reference, rates, options.worlds, options.replicates)
    head["solved"]["standard_error"] = {key: _rounded(error) for key, error in errors.items()}
    comment = "# Solved, not chosen: tools/solve_constants.py. Rates: rows log-sd and shape, columns visibility.\n"
    data = head | {key: _rounded(constants[key]) for key in REACTION_CONSTANTS}
    return comment + yaml.safe_dump(data, sort_keys=False, default_flow_style=None, width=120)


def provenance(platform: str, options: argparse.Namespace) -> dict[str, Any]:
    """How a file was made."""
    posts = "" if platform == "linkedin" else f", every post on {TITLES[platform]}"
    return {
        "date": datetime.date.today().isoformat(),
        "command": "make constants",
        "company": f"Company.synthetic(employees=1000), scenario default{posts}",
        "seed": SEED,
        "rates": f"{options.rate_worlds} worlds a shape",
        "reactions": f"{options.worlds} worlds of {options.replicates} replicates",
    }


if __name__ == "__main__":
    main()
