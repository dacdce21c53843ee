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

from groundswell.scenario.model.solved import REACTION_CONSTANTS, parse_solved
from groundswell.scenario.schema.platform_table import PLATFORMS, TITLES

Floats = npt.NDArray[np.float64]
SEED = 20261122  # worlds used for solving; checks use other seeds
FOLDER = Path(__file__).parents[1] / "python" / "groundswell" / "scenario" / "model" / "platform_data"
AUTHORS = ("person", "page")
GRID = {"person": (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.4), "page": (0.003, 0.008, 0.02, 0.05, 0.1, 0.18, 0.3)}
SHAPES = (0.2, 0.3, 0.47, 0.75, 1.2)  # of viewers' activity
LOG_SDS = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0)  # of visibility appeal
RUN_SHAPES, RUN_LOG_SDS = (0.2, 0.47, 1.2), (0.0, 1.0, 2.0)  # where the engine says what crowding takes away
RUN_AT = {"person": (0.01, 0.1, 0.4), "page": (0.005, 0.04, 0.3)}  # visibilities there; the middle ones together
SHARE_SHOWN = 0.93  # a first guess, only to run near the visibilities above


@dataclass(frozen=True)
class Crowding:
    """Log of realized over expected visibility: a quadratic in log expected visibility, log-sd and log shape."""

    coefficients: Floats
    largest: float  # residual of the fit

    @staticmethod
    def terms(expected_visibility: float, log_sd: float, shape: float) -> list[float]:
        """What the coefficients belong to."""
        of = (1.0, math.log(expected_visibility), log_sd, math.log(shape))
        return [a * b for a, b in itertools.combinations_with_replacement(of, 2)]

    @classmethod
    def fit(cls, points: list[tuple[float, float, float, float]]) -> Crowding:
        """From (expected visibility, log-sd, shape, realized / expected)."""
        design = np.array([cls.terms(*point[:3]) for point in points])
        wanted = np.log([point[3] for point in points])
        found = np.linalg.lstsq(design, wanted, rcond=None)[0]
        return cls(found, float(np.abs(design @ found - wanted).max()))

    def realized(self, expected_visibility: float, log_sd: float, shape: float) -> float:
        """The visibility that comes out."""
        return expected_visibility * math.exp(float(self.coefficients @ self.terms(expected_visibility, log_sd, shape)))


def solve_rates(reference: Reference, number: int) -> dict[str, Any]:
    """The tables of both authors."""
    populations: dict[str, dict[float, Population]] = {author: {} for author in AUTHORS}
    points: dict[str, list[tuple[float, float, float, float]]] = {author: [] for author in AUTHORS}
    for shape in SHAPES:
        worlds = [reference.world(shape, index, 1) for index in range(number)]
        for author in AUTHORS:
            populations[author][shape] = population_of(worlds, author)
        if shape in RUN_SHAPES:
            here = {author: populations[author][shape] for author in AUTHORS}
            for author, found in crowding_points(reference, worlds, shape, here).items():
                points[author] += found
    tables = {}
    for author in AUTHORS:
        crowding = Crowding.fit(points[author])
        print(f"  {author}: {len(points[author])} points, largest residual {crowding.largest:.4f}", flush=True)
        tables[f"{author}_rates"] = rate_table(populations[author], crowding, GRID[author])
    return tables


def population_of(worlds: list[World], author: str) -> Population:
    """Ties and posts of all replicates of the worlds."""
    return Population.of([(world.ties, posts[author]) for world in worlds for posts in world.posts], author == "page")


def crowding_points(
    reference: Reference, worlds: list[World], shape: float, population: dict[str, Population]
) -> dict[str, list[tuple[float, float, float, float]]]:
    """What the engine realizes of the expected views, at a few visibilities and log-sds."""
    low, middle, high = ((RUN_AT["person"][i], RUN_AT["page"][i]) for i in range(3))
    pairs = [middle, (low[0], middle[1]), (high[0], middle[1]), (middle[0], low[1]), (middle[0], high[1])]
    asked = []
    for log_sd, seen in itertools.product(RUN_LOG_SDS, pairs):
        near = zip(AUTHORS, seen, strict=True)
        asked.append((log_sd, seen, {a: population[a].rate(v / SHARE_SHOWN, log_sd) for a, v in near}))
    found: dict[str, list[tuple[float, float, float, float]]] = {author: [] for author in AUTHORS}
    realized, foreseen = np.zeros((2, len(asked))), np.zeros((2, len(asked)))
    for world in worlds:
        designs = [reference.design(*_at(log_sd, rates)) for log_sd, _, rates in asked]
        for i, totals in enumerate(reference.runs(world, designs, 1)):
            for j, author in enumerate(AUTHORS):
                log_sd, _, rates = asked[i]
                realized[j, i] += visibility(totals, author)
                foreseen[j, i] += expected(world.posts[0][author], world.ties, rates[author], log_sd)
    for i, (log_sd, seen, rates) in enumerate(asked):
        for j, author in enumerate(AUTHORS):
            if seen[1 - j] == middle[1 - j]:
                mean = population[author].visibility(rates[author], log_sd)
                found[author].append((mean, log_sd, shape, realized[j, i] / foreseen[j, i]))
    return found


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
        above = crowding.realized(math.exp(middle), log_sd, shape) > realized
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
    parser.add_argument("--rate-worlds", type=int, default=5, help="worlds a shape for the tables of rates")
    parser.add_argument("--worlds", type=int, default=100, help="worlds for the reactions")
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
