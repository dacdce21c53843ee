"""Solve the platform constants on the reference company and write the dated platform file (`make constants`).

The reference is the built-in company of 1,000 in the scenario *default*. A rate makes the mean share of connections
(followers) who see a post equal to the visibility; a reaction constant makes the realized rate per first-hop impression
equal to the base (for the page: base x page_reaction_ratio; clicks per impression of a post with a link). Appeal is
integrated out by averaging over replicates. Solve again whenever the law of a factor changes. Decision record 3.
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

SEED = 20261122  # worlds used for solving; checks use other seeds
FILE = Path(__file__).parents[1] / "python" / "groundswell" / "scenario" / "platform_data" / "linkedin.yaml"
PERSON_GRID = (0.01, 0.02, 0.04, 0.08, 0.125, 0.2, 0.3, 0.4)
PAGE_GRID = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3)
REACTIONS = ("engage", "click", "reshare", "mute")
MEASURE = {"engage": "engagements", "click": "clicks", "reshare": "reshares", "mute": "mutes"}
Totals = dict[tuple[str, str], float]


class Reference:
    """The reference company in a number of worlds, and its realized totals under given constants."""

    def __init__(self, worlds: int, threads: int) -> None:
        company = gs.Company.synthetic(employees=1000)
        advocates = gs.ActiveAdvocates(size=100)
        self.scenario = gs.Scenario(company, start="2027-01-04", program=gs.Program(advocates=advocates))
        self.parameters = self.scenario.core_parameters()
        self.threads = threads
        self.worlds = [
            _core.build_world(company.core_input(), self.parameters, SEED, index, threads) for index in range(worlds)
        ]

    def totals(self, constants: dict[str, float], worlds: int, replicates: int) -> Totals:
        """Sums over worlds, replicates and the horizon, by (measure, person or page)."""
        linkedin = self.parameters["platforms"]["linkedin"] | {"constants": constants}
        parameters = self.parameters | {"platforms": {"linkedin": linkedin}}
        arguments = self.scenario.core_design() | {"parameters": parameters}
        design = _core.Design(**arguments)
        sums = _row_sums(design)
        totals: Totals = dict.fromkeys(sums, 0.0)
        for world in self.worlds[:worlds]:
            ((values, _, _),) = _core.run(world, [design], 0, replicates, self.threads)
            for key, rows in sums.items():
                totals[key] += float(values[:, rows].sum())
        return totals


def _row_sums(design: Any) -> dict[tuple[str, str], np.ndarray]:
    layout = _core.layout(design)
    rows, windows = layout["rows"], layout["fragments"]["window"]
    selected = {}
    for measure in _core.measures():
        if measure["kind"] != "sum" or not measure["by_source"]:
            continue
        mine = (rows["measure"] == measure["id"]) & (windows[np.minimum(rows["period"], len(windows) - 1)] == 1)
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
        totals = reference.totals(constants | {name: rate}, worlds=20, replicates=2)
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
    linkedin = reference.scenario.platforms.linkedin
    for _ in range(3):
        totals = reference.totals(constants, worlds=len(reference.worlds), replicates=replicates)
        for reaction in REACTIONS:
            for author in ("person", "page"):
                ratio = linkedin.page_reaction_ratio if author == "page" and reaction != "mute" else 1.0
                wanted = getattr(linkedin, reaction) * ratio
                constants[f"{reaction}_{author}"] *= wanted / reaction_rate(totals, reaction, author)
    return constants


def curve(reference: Reference, constants: dict[str, float], author: str, grid: tuple[float, ...]) -> list[list[float]]:
    points = []
    rate = constants[f"{author}_rate"] * grid[0]
    for target in grid:
        rate = solve_rate(reference, constants | {f"{author}_rate": rate}, author, target)
        points.append([target, round(rate, 7)])
    return points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--replicates", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reactions", action="store_true", help="keep the stored curves, solve the reactions only")
    options = parser.parse_args()
    reference = Reference(options.worlds, options.threads)
    linkedin = reference.scenario.platforms.linkedin
    constants = linkedin.constants()
    if not options.reactions:
        constants = solve_rates(reference, constants, linkedin.person_visibility, linkedin.page_visibility)
    constants = solve_reactions(reference, constants, options.replicates)
    print(f"solved: {constants}")
    solved = {
        "date": datetime.date.today().isoformat(),
        "command": "make constants",
        "company": "Company.synthetic(employees=1000), scenario default",
        "seed": SEED,
        "rates": "20 worlds of 2 replicates",
        "reactions": f"{options.worlds} worlds of {options.replicates} replicates",
    }
    names = [f"{reaction}_{author}" for reaction in REACTIONS for author in ("person", "page")]
    stored = yaml.safe_load(FILE.read_text())
    curves = {"person_rate_curve": PERSON_GRID, "page_rate_curve": PAGE_GRID}
    if not options.reactions:
        stored = {name: curve(reference, constants, name.split("_")[0], grid) for name, grid in curves.items()}
    data = {"solved": solved, **{name: stored[name] for name in curves}}
    data |= {name: round(constants[name], 7) for name in names}
    head = "# Solved, not chosen: tools/solve_constants.py. Curves: [visibility, rate]; interpolated log-log.\n"
    FILE.write_text(head + yaml.safe_dump(data, sort_keys=False))
    print(FILE.read_text())


if __name__ == "__main__":
    main()
