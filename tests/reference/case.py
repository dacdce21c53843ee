"""The case on which engine and twin are compared: a small company in which every mechanism binds."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import numpy as np

from .world_view import Design, Parameters, Program, WorldView, world_view

EMPLOYEES = 200
SEED = 20_261_122
WORLD = 2
REPLICATE = 4
ADVOCATES = 180
POSTS_PER_WEEK = 5.0
COMPANY_CONTENT = 0.85

# A lively small company: dense enough that limits, copies, repeats and mutes happen often.
OVERRIDES: dict[str, float] = {
    "workforce.connections_mean": 120.0,
    "audience.unprompted_share": 0.2,
    "content.items_per_week": 1.5,
    "content.own_words": 0.4,
    "content.organic_own_words": 0.8,
    "content.deal_share": 0.15,
    "posting.organic_company_posts_per_month": 4.0,
    "posting.other_posts_per_month": 3.0,
    "feed.memory_days": 12.0,
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


def with_overrides(parameters: Parameters, overrides: dict[str, float]) -> dict[str, Any]:
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


def case_design(world: WorldView) -> Design:
    """The horizon contains the quiet week at the end of the year; the advocates are a random group."""
    advocates = frozenset(world.advocate_order[:ADVOCATES])
    return Design(
        start=date(2026, 11, 30),
        warm_up_weeks=3,
        weeks=6,
        follow_up_weeks=3,
        program=Program(POSTS_PER_WEEK, COMPANY_CONTENT, advocates),
    )


def company(core: Any) -> Any:
    """Everything that can be drawn is missing; four departments in two regions."""
    missing = np.full(EMPLOYEES, -1, dtype=np.int32)
    names = [
        "connections", "social_activity", "persuasion", "susceptibility", "satisfaction",
        "product_belief", "willingness", "readiness", "sales_skill",
    ]  # fmt: skip
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
        attributes={name: np.full(EMPLOYEES, np.nan) for name in names},
        coworker_ties=None,
        page_followers=None,
    )


def build(core: Any, parameters: Parameters) -> tuple[Any, WorldView]:
    """The engine's world and the twin's view of its arrays."""
    world_parameters = {name: parameters[name] for name in ("workforce", "audience")}
    world = core.build_world(company(core), world_parameters, SEED, WORLD, 1)
    return world, world_view(world, SEED, WORLD)


def core_design(core: Any, parameters: Parameters, design: Design) -> Any:
    """The same design for the engine, which fills the random group itself."""
    return core.Design(
        parameters=parameters,
        start=design.start.isoformat(),
        warm_up_weeks=design.warm_up_weeks,
        weeks=design.weeks,
        follow_up_weeks=design.follow_up_weeks,
        program={
            "posts_per_week": POSTS_PER_WEEK,
            "company_content_fraction": COMPANY_CONTENT,
            "advocates": ("random", ADVOCATES),
        },
    )
