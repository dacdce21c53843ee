"""The cases on which engine and twin are compared: a small company in which every mechanism binds."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from .world_view import Design, Parameters, Program, WorldView, world_view

EMPLOYEES = 200
SEED = 0x1234_5678_9ABC_DEF0
WORLD = 2
REPLICATE = 4
ATTRIBUTES = (
    "connections", "social_activity", "persuasion", "susceptibility", "satisfaction",
    "product_belief", "willingness", "readiness", "sales_skill",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Parameters that differ from their defaults, by dotted address, and a design."""

    overrides: Mapping[str, float]
    start: date
    warm_up_weeks: int
    weeks: int
    follow_up_weeks: int
    advocates: int  # a random group; 0: no program
    posts_per_week: float = 0.0
    company_content: float = 0.0

    def design(self, world: WorldView) -> Design:
        program = None
        if self.advocates:
            advocates = frozenset(world.advocate_order[: self.advocates])
            program = Program(self.posts_per_week, self.company_content, advocates)
        return Design(self.start, self.warm_up_weeks, self.weeks, self.follow_up_weeks, program)

    def core_design(self, core: Any, parameters: Parameters) -> Any:
        """The same for the engine, which fills the random group itself."""
        program = {
            "posts_per_week": self.posts_per_week,
            "company_content_fraction": self.company_content,
            "advocates": ("random", self.advocates),
        }
        return core.Design(
            parameters=parameters,
            start=self.start.isoformat(),
            warm_up_weeks=self.warm_up_weeks,
            weeks=self.weeks,
            follow_up_weeks=self.follow_up_weeks,
            program=program if self.advocates else None,
        )


# Every constant has a value of its own, so that no two can be mixed up.
LIVELY: dict[str, float] = {
    "workforce.connections_mean": 120.0,
    "audience.unprompted_share": 0.2,
    "content.items_per_week": 1.5,
    "content.own_words": 0.4,
    "content.organic_own_words": 0.8,
    "content.deal_share": 0.15,
    "posting.organic_company_posts_per_month": 4.0,
    "posting.other_posts_per_month": 3.0,
    "feed.memory_days": 12.0,
    "feed.persuasion_exponent": 1.3,
    "platforms.linkedin.mute": 0.004,
    "platforms.linkedin.reshare": 0.01,
    "platforms.linkedin.constants.person_rate": 0.35,
    "platforms.linkedin.constants.page_rate": 0.3,
    "platforms.linkedin.constants.engage_person": 0.9,
    "platforms.linkedin.constants.click_person": 1.1,
    "platforms.linkedin.constants.reshare_person": 0.8,
    "platforms.linkedin.constants.mute_person": 1.2,
    "platforms.linkedin.constants.engage_page": 1.3,
    "platforms.linkedin.constants.click_page": 0.7,
    "platforms.linkedin.constants.reshare_page": 1.4,
    "platforms.linkedin.constants.mute_page": 0.6,
}

# Many posts a day: the daily cap of the viewer's count, own copies within a day, mechanisms switched off.
STORM = LIVELY | {
    "workforce.connections_mean": 150.0,
    "platforms.linkedin.constants.person_rate": 0.8,
    "feed.viewer_limit": 200.0,
    "feed.identical_copy": 0.95,
    "feed.repeat_floor": 0.2,
    "feed.memory_days": 3.0,
    "content.own_words": 0.05,
    "content.item_life_days": 10.0,
    "content.items_per_week": 2.5,
    "awareness.half_life_weeks": math.inf,
    "platforms.linkedin.attention": 0.9,
}

CASES = {
    # The horizon contains the quiet week at the end of the year.
    "lively": Case(LIVELY, date(2026, 11, 30), 3, 6, 3, advocates=180, posts_per_week=5.0, company_content=0.85),
    # From July into August.
    "storm": Case(STORM, date(2027, 7, 29), 1, 1, 2, advocates=150, posts_per_week=25.0, company_content=1.0),
    "no program": Case(LIVELY, date(2027, 1, 4), 2, 10, 5, advocates=0),
}


def with_overrides(parameters: Parameters, overrides: Mapping[str, float]) -> dict[str, Any]:
    """A copy with values at dotted addresses replaced; an address that does not exist raises KeyError."""
    result = copy.deepcopy(dict(parameters))
    for address, value in overrides.items():
        *path, name = address.split(".")
        node = result
        for part in path:
            node = node[part]
        if name not in node:
            raise KeyError(address)
        node[name] = value
    return result


def company(core: Any) -> Any:
    """Attributes are all drawn; four departments in two regions."""
    missing = np.full(EMPLOYEES, -1, dtype=np.int32)
    return core.Company(
        employees=EMPLOYEES,
        departments=4,
        regions=2,
        department=np.arange(EMPLOYEES, dtype=np.int32) % 4,
        region=np.arange(EMPLOYEES, dtype=np.int32) % 2,
        seniority=missing,
        function=missing,
        department_shares=np.full(4, 0.25),
        region_shares=np.full(2, 0.5),
        seniority_shares=np.array([0.5, 0.25, 0.15, 0.08, 0.02]),
        sales_share=np.array([0.5, 0.0, 0.0, 0.0]),
        recruiter_share=np.array([0.0, 0.2, 0.0, 0.0]),
        attributes={name: np.full(EMPLOYEES, np.nan) for name in ATTRIBUTES},
        coworker_ties=None,
        page_followers=None,
    )


def build(core: Any, parameters: Parameters) -> tuple[Any, WorldView]:
    """The engine's world and the twin's view of its arrays."""
    world_parameters = {name: parameters[name] for name in ("workforce", "audience")}
    world = core.build_world(company(core), world_parameters, SEED, WORLD, 1)
    return world, world_view(world, SEED, WORLD)
