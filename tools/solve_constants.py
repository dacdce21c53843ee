"""Solve the constants of a platform on the reference company and write its dated file (`make constants`).

The reference is the built-in company of 1,000 in the scenario *default*, with the platform on and every post on it
(LinkedIn, whose coworker ties the others have a part of, stays on without a post). A rate makes the mean share of
connections (followers) who see a post at the first hop equal to the visibility; a reaction constant makes the realized
rate per first-hop impression equal to the base (for the page: base x page_reaction_ratio; clicks per impression of a
post with a link). Appeal is integrated out by averaging over replicates. Solve again whenever the law of a factor
changes. Decision record 3.
"""

from __future__ import annotations

import argparse
import datetime
import math
from pathlib import Path
from typing import Any

import numpy as np
import yaml

import groundswell as gs
from groundswell import _core
from groundswell.scenario import to_core as core
from groundswell.scenario.model.platform import Platform
from groundswell.scenario.model.solved import has_file, solved
from groundswell.scenario.schema.platform_table import PLATFORMS, TITLES

SEED = 20261122  # worlds used for solving; checks use other seeds
FOLDER = Path(__file__).parents[1] / "python" / "groundswell" / "scenario" / "model" / "platform_data"
PERSON_GRID = (0.01, 0.02, 0.04, 0.08, 0.125, 0.2, 0.3, 0.4)
PAGE_GRID = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3)
REACTIONS = ("engage", "click", "reshare", "mute")
MEASURE = {"engage": "engagements", "click": "clicks", "reshare": "reshares", "mute": "mutes"}
Totals = dict[tuple[str, str], float]


class Reference:
    """The reference company in a number of worlds, and its realized totals on one platform under given constants."""

    def __init__(self, platform: str, options: argparse.Namespace) -> None:
        self.scenario = reference_scenario(platform)
        self.platform: Platform = getattr(self.scenario.platforms, platform)
        self.threads = options.threads
        self.of_rates = {"worlds": options.rate_worlds, "replicates": options.rate_replicates}
        company = self.scenario.company.core_input()
        parameters = core.parameters(self.scenario, {platform: first_guess(self.platform)})
        self.worlds = [
            _core.build_world(company, parameters, SEED, index, options.threads, stored=False)
            for index in range(options.worlds)
        ]

    def totals(self, constants: dict[str, float], worlds: int, replicates: int) -> Totals:
        """Sums over worlds, replicates and the horizon, by (measure, person or page); of views, the first hop."""
        design = _core.Design(**core.design(self.scenario, {self.platform.name: constants}))
        sums = _row_sums(design, PLATFORMS.index(self.platform.name))
        totals: Totals = dict.fromkeys(sums, 0.0)
        for world in self.worlds[:worlds]:
            ((values, _, _),) = _core.run(world, [design], 0, replicates, self.threads)
            for key, rows in sums.items():
                totals[key] += float(values[:, rows].sum())
        return totals


def reference_scenario(platform: str) -> gs.Scenario:
    """The scenario *default* with every post on one platform."""
    program = gs.Program(advocates=gs.ActiveAdvocates(size=100))
    scenario = gs.Scenario(gs.Company.synthetic(employees=1000), start="2027-01-04", program=program)
    if platform == "linkedin":
        return scenario
    shares = dict.fromkeys(PLATFORMS, 0.0) | {platform: 1.0}
    quiet = {f"platforms.{platform}.on": True, "platforms.linkedin.page_posts_per_week": 0.0}
    return scenario.replace(quiet | {"program.platforms": shares, "posting.organic_platforms": shares})


def first_guess(platform: Platform) -> dict[str, float]:
    """The constants of the platform's file, or LinkedIn's at the same visibilities where there is none."""
    if has_file(platform.name):
        return platform.constants()
    known = solved("linkedin")
    rates = {"person_rate": known.person_rate(platform.person_visibility)}
    return {**rates, "page_rate": known.page_rate(platform.page_visibility), **known.reactions}


def _row_sums(design: Any, platform: int) -> dict[tuple[str, str], np.ndarray]:
    layout = _core.layout(design)
    rows, windows = layout["rows"], layout["fragments"]["window"]
    selected = {}
    for measure in _core.measures():
        if measure["kind"] != "sum" or not measure["by_source"]:
            continue
        here = (rows["platform"] == platform) & ((rows["hop"] == 1) | (rows["hop"] == -1))  # -1: of posts
        mine = here & (rows["measure"] == measure["id"]) & (windows[np.minimum(rows["period"], len(windows) - 1)] == 1)
        page = rows["source"] == _core.sources.index("page")
        selected[measure["name"], "person"] = np.flatnonzero(mine & ~page)
        selected[measure["name"], "page"] = np.flatnonzero(mine & page)
    return selected


def visibility(totals: Totals, author: str) -> float:
    return totals["impressions", author] / totals["potential_reach", author]


def reaction_rate(totals: Totals, reaction: str, author: str) -> float:
    seen = totals["link_impressions" if reaction == "click" else "impressions", author]
    return totals[MEASURE[reaction], author] / seen


def solve_rate(reference: Reference, constants: dict[str, float], author: str, target: float) -> float:
    """The rate at which the realized visibility is the target: secant steps in logarithms, same luck at every step."""
    name = f"{author}_rate"
    points: list[tuple[float, float]] = []
    rate = constants[name]
    for _ in range(12):
        totals = reference.totals(constants | {name: rate}, **reference.of_rates)
        miss = math.log(visibility(totals, author) / target)
        if abs(miss) < 1e-4:
            return rate
        points.append((math.log(rate), miss))
        slope = 0.8
        if len(points) > 1:
            (x0, y0), (x1, y1) = points[-2:]
            slope = max(0.05, (y1 - y0) / (x1 - x0))
        rate = math.exp(points[-1][0] - max(-1.5, min(1.5, miss / slope)))
    raise RuntimeError(f"{name}: visibility {target} was not reached")


def solve_rates(reference: Reference, constants: dict[str, float], person: float, page: float) -> dict[str, float]:
    """Both rates at the default visibilities; each crowds the other's views a little, so they take turns."""
    for _ in range(3):
        constants = constants | {"person_rate": solve_rate(reference, constants, "person", person)}
        constants = constants | {"page_rate": solve_rate(reference, constants, "page", page)}
    return constants


def solve_reactions(reference: Reference, constants: dict[str, float], replicates: int) -> dict[str, float]:
    platform = reference.platform
    for _ in range(3):
        totals = reference.totals(constants, worlds=len(reference.worlds), replicates=replicates)
        for reaction in REACTIONS:
            for author in ("person", "page"):
                ratio = platform.page_reaction_ratio if author == "page" and reaction != "mute" else 1.0
                wanted = getattr(platform, reaction) * ratio
                constants[f"{reaction}_{author}"] *= wanted / reaction_rate(totals, reaction, author)
    return constants


def curve(reference: Reference, constants: dict[str, float], author: str, grid: list[float]) -> list[list[float]]:
    points = []
    rate = constants[f"{author}_rate"] * grid[0]
    for target in grid:
        rate = solve_rate(reference, constants | {f"{author}_rate": rate}, author, target)
        points.append([target, round(rate, 7)])
    return points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", choices=PLATFORMS, default="linkedin")
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--replicates", type=int, default=6)
    parser.add_argument("--rate-worlds", type=int, default=20)
    parser.add_argument("--rate-replicates", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reactions", action="store_true", help="keep the stored curves, solve the reactions only")
    options = parser.parse_args()
    reference = Reference(options.platform, options)
    platform = reference.platform
    file = FOLDER / f"{platform.name}.yaml"
    if options.reactions and not file.is_file():
        parser.error(f"--reactions keeps the stored curves, and there is no {file.name}")
    constants = first_guess(platform)
    if not options.reactions:
        constants = solve_rates(reference, constants, platform.person_visibility, platform.page_visibility)
    constants = solve_reactions(reference, constants, options.replicates)
    print(f"solved: {constants}")
    curves = {
        "person_rate_curve": ("person", PERSON_GRID, platform.person_visibility),
        "page_rate_curve": ("page", PAGE_GRID, platform.page_visibility),
    }
    if options.reactions:
        stored = yaml.safe_load(file.read_text())
    else:
        stored = {
            name: curve(reference, constants, author, sorted({*grid, default}))
            for name, (author, grid, default) in curves.items()
        }
    names = [f"{reaction}_{author}" for reaction in REACTIONS for author in ("person", "page")]
    data = {"solved": provenance(platform.name, options), **{name: stored[name] for name in curves}}
    data |= {name: round(constants[name], 7) for name in names}
    head = "# Solved, not chosen: tools/solve_constants.py. Curves: [visibility, rate]; interpolated log-log.\n"
    file.write_text(head + yaml.safe_dump(data, sort_keys=False))
    print(file.read_text())


def provenance(platform: str, options: argparse.Namespace) -> dict[str, Any]:
    command = "make constants" if platform == "linkedin" else f"tools/solve_constants.py --platform {platform}"
    posts = "" if platform == "linkedin" else f", every post on {TITLES[platform]}"
    return {
        "date": datetime.date.today().isoformat(),
        "command": command,
        "company": f"Company.synthetic(employees=1000), scenario default{posts}",
        "seed": SEED,
        "rates": f"{options.rate_worlds} worlds of {options.rate_replicates} replicates",
        "reactions": f"{options.worlds} worlds of {options.replicates} replicates",
    }


if __name__ == "__main__":
    main()
