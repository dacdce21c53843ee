"""The reference company in a number of worlds, and what comes out there under given constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from expected_views import Posts, Ties, silent_posts

import groundswell as gs
from groundswell import _core
from groundswell.scenario import to_core as core
from groundswell.scenario.model.platform import Platform
from groundswell.scenario.model.solved import REACTION_CONSTANTS
from groundswell.scenario.schema.platform_table import PLATFORMS

MEASURE = {"engage": "engagements", "click": "clicks", "reshare": "reshares", "mute": "mutes"}
Constants = dict[str, float]
Totals = dict[tuple[str, str], float]
NEUTRAL: Constants = {"person_rate": 0.0, "page_rate": 0.0, "reshare_rate": 0.0} | dict.fromkeys(
    REACTION_CONSTANTS, 1.0
)
LOG_SD_ONE = {
    f"content.appeal_{name}_log_sd": 1.0 for name in ("visibility", "visibility_page", "engage", "reshare")
}


@dataclass(frozen=True)
class World:
    """A world of the reference, its ties, and the posts of its first replicates, by author."""

    core: Any
    ties: Ties
    posts: tuple[dict[str, Posts], ...]


class Reference:
    """The reference company on one platform."""

    def __init__(self, platform: str, seed: int, threads: int) -> None:
        self.scenario = reference_scenario(platform)
        self.platform: Platform = getattr(self.scenario.platforms, platform)
        self.seed, self.threads = seed, threads
        self._company = self.scenario.company.core_input()
        first = 7 * self.scenario.warm_up_weeks
        self._days = first, first + 7 * self.scenario.weeks

    def world(self, shape: float, index: int, replicates: int) -> World:
        """A world at a shape of viewers' activity."""
        scenario = self.scenario.replace({f"platforms.{self.platform.name}.activity_shape": shape})
        parameters = core.parameters(scenario, self._everywhere(NEUTRAL))
        built = _core.build_world(self._company, parameters, self.seed, index, self.threads, stored=False)
        ties = Ties.of(built, self.platform.name)
        silent = self.design(NEUTRAL, LOG_SD_ONE)
        days, model = self._days, self.scenario
        return World(built, ties, tuple(silent_posts(built, silent, r, ties, days, model) for r in range(replicates)))

    def design(self, constants: Constants, changes: dict[str, float]) -> Any:
        """The scenario with some values changed."""
        return _core.Design(**core.design(self.scenario.replace(changes), self._everywhere(constants)))

    def _everywhere(self, constants: Constants) -> dict[str, Constants]:
        return {platform.name: constants for platform in self.scenario.platforms.on()}

    def runs(self, world: World, designs: list[Any], replicates: int) -> list[Totals]:
        """Totals of each design, over replicates."""
        found = _core.run(world.core, designs, 0, replicates, self.threads)
        place = PLATFORMS.index(self.platform.name)
        values = [np.asarray(of_design) for of_design, _, _ in found]
        return [_totals(design, of_design, place) for design, of_design in zip(designs, values, strict=True)]


def reference_scenario(platform: str) -> gs.Scenario:
    """The scenario *default* with every post on one platform."""
    program = gs.Program(advocates=gs.ActiveAdvocates(size=100))
    scenario = gs.Scenario(gs.Company.synthetic(employees=1000), start="2027-01-04", program=program)
    if platform == "linkedin":
        return scenario
    shares = dict.fromkeys(PLATFORMS, 0.0) | {platform: 1.0}
    quiet = {f"platforms.{platform}.on": True, "platforms.linkedin.page_posts_per_week": 0.0}
    return scenario.replace(quiet | {"program.platforms": shares, "posting.organic_platforms": shares})


def _totals(design: Any, values: Any, platform: int) -> Totals:
    """Sums over replicates and the horizon, by (measure, person or page); of views, the first hop.

    ``views`` has the employees' impressions of the follow-up too: their program ends with the horizon, and what was
    posted in it is seen a little later.
    """
    layout = _core.layout(design)
    rows, windows = layout["rows"], layout["fragments"]["window"]
    window = windows[np.minimum(rows["period"], len(windows) - 1)]
    here = (rows["platform"] == platform) & ((rows["hop"] == 1) | (rows["hop"] == -1))  # -1: of posts
    page = rows["source"] == _core.sources.index("page")
    totals: Totals = {}
    for measure in _core.measures():
        if measure["kind"] != "sum" or not measure["by_source"]:
            continue
        mine = here & (rows["measure"] == measure["id"])
        for author, of_author in (("person", ~page), ("page", page)):
            totals[measure["name"], author] = float(values[:, mine & of_author & (window == 1)].sum())
        if measure["name"] == "impressions":
            totals["views", "person"] = float(values[:, mine & ~page & (window >= 1)].sum())
            totals["views", "page"] = totals["impressions", "page"]
    return totals


def added(totals: list[Totals]) -> Totals:
    """Sums over runs."""
    return {key: sum(one[key] for one in totals) for key in totals[0]}


def visibility(totals: Totals, author: str) -> float:
    """Views over connections (followers) of the posts of the horizon."""
    return totals["views", author] / totals["potential_reach", author]


def reaction_rate(totals: Totals, reaction: str, author: str) -> float:
    """Reactions over impressions that could have them."""
    seen = totals["link_impressions" if reaction == "click" else "impressions", author]
    return totals[MEASURE[reaction], author] / seen
