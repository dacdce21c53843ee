"""The cases on which engine and twin are compared: small companies in which every mechanism binds."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from .content import KINDS
from .program import Program, Running, Selection, Settings
from .world_view import PLATFORMS, Design, Parameters, WorldView, world_view

SEED = 0x1234_5678_9ABC_DEF0
WORLD = 2
REPLICATE = 4
ATTRIBUTES = (
    "connections", "social_activity", "persuasion", "susceptibility", "satisfaction",
    "product_belief", "willingness", "readiness", "sales_skill",
)  # fmt: skip
Overrides = Mapping[str, float]


@dataclass(frozen=True)
class Case:
    """Parameters that differ from their defaults, by dotted address; a company; a design."""

    overrides: Overrides
    platforms: tuple[str, ...] = ("linkedin",)
    employees: int = 60
    given: tuple[tuple[int, ...], int] | None = None  # persons by segment and number of ties among them
    start: date = date(2026, 11, 30)
    warm_up_weeks: int = 2
    weeks: int = 4
    follow_up_weeks: int = 2
    advocates: int = 40  # a random group; 0: no program, unless there is a selection
    running: Running | None = None
    named: tuple[int, ...] = ()  # a named group, in place of a random one
    selection: Selection | None = None  # in place of advocates
    posts_per_week: float = 9.0
    company_content: float = 0.85
    shares: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)
    levers: Mapping[str, Any] = field(default_factory=dict)  # base values of the other levers
    changes: tuple[tuple[int, Mapping[str, Any]], ...] = ()  # from a day of the horizon on, over the base values
    tenure: tuple[float, ...] | None = None
    replicate: int = REPLICATE
    numbered: bool = False  # employees have draw numbers of 64 bits, two of them neighbors as viewers

    def parameters(self, core: Any) -> dict[str, Any]:
        """Defaults of the engine with the overrides; platforms that are off are left out."""
        parameters = dict(core.default_parameters())
        for group in ("platforms", "platform_audiences"):
            parameters[group] = {name: parameters[group][name] for name in self.platforms}
        return with_overrides(parameters, self.overrides)

    def design(self, world: WorldView) -> Design:
        program = None
        if self.selection is not None:
            program = Program(self.periods(), selection=self.selection)
        elif self.named:
            program = Program(self.periods(), advocates=frozenset(self.named), named=True)
        elif self.advocates:
            order = tuple(world.advocate_order)
            program = Program(
                self.periods(), advocates=frozenset(order[: self.advocates]), reserve=order[self.advocates :]
            )
        weeks = (self.warm_up_weeks, self.weeks, self.follow_up_weeks)
        return Design(self.start, *weeks, program, self.tenure, self.running)

    def periods(self) -> tuple[tuple[int, Settings], ...]:
        base = {
            "posts_per_week": self.posts_per_week,
            "company_content_fraction": self.company_content,
            "platforms": self.shares,
            **self.levers,
        }
        return tuple((day, Settings(**{**base, **change})) for day, change in ((0, {}), *self.changes))

    def core_design(self, core: Any, parameters: Parameters) -> Any:
        """The same for the engine, which fills the random group itself."""
        who: tuple[str, Any] = ("random", self.advocates)
        if self.selection is not None:
            who = ("select", core_selection(self.selection))
        elif self.named:
            who = ("named", np.array(self.named, dtype=np.uint32))
        periods = [{"first_day": day, "settings": core_settings(settings)} for day, settings in self.periods()]
        return core.Design(
            parameters=parameters,
            start=self.start.isoformat(),
            warm_up_weeks=self.warm_up_weeks,
            weeks=self.weeks,
            follow_up_weeks=self.follow_up_weeks,
            tenure_years=None if self.tenure is None else np.array(self.tenure),
            program={"who": who, "periods": periods} if self.advocates or self.selection is not None else None,
            running=core_running(self.running),
        )

    def build(self, core: Any, parameters: Parameters) -> tuple[Any, WorldView]:
        """The engine's world and the twin's view of its arrays."""
        groups = ("workforce", "audience", "platform_audiences")
        world = core.build_world(self.company(core), {name: parameters[name] for name in groups}, SEED, WORLD, 1)
        return world, world_view(world, SEED, WORLD)

    def company(self, core: Any) -> Any:
        """Attributes are all drawn; two departments in two regions."""
        missing = np.full(self.employees, -1, dtype=np.int32)
        half = np.arange(self.employees, dtype=np.int32) % 2
        return core.Company(
            employees=self.employees,
            departments=2,
            regions=2,
            department=half,
            region=half,
            seniority=missing,
            function=missing,
            department_shares=np.full(2, 0.5),
            region_shares=np.full(2, 0.5),
            seniority_shares=np.array([0.5, 0.25, 0.15, 0.08, 0.02]),
            sales_share=np.array([0.5, 0.0]),
            recruiter_share=np.array([0.0, 0.2]),
            attributes={name: np.full(self.employees, np.nan) for name in ATTRIBUTES},
            coworker_ties=None,
            page_followers=None,
            audience=self._audience(),
            draw_numbers=self._draw_numbers(),
        )

    def _draw_numbers(self) -> npt.NDArray[np.uint64] | None:
        """In no order; the last two have the same high half, and so would have the same number as viewers."""
        if not self.numbered:
            return None
        numbers = np.random.default_rng(13).integers(2**63, 2**64 - 1, self.employees, dtype=np.uint64)
        if self.employees > 1:
            numbers[-1] = numbers[-2] ^ np.uint64(1)
        return numbers

    def _audience(self) -> dict[str, npt.NDArray[np.uint32]] | None:
        if self.given is None:
            return None
        persons, ties = self.given
        total = self.employees + sum(persons)
        pairs = np.random.default_rng(11).integers(0, total, size=(4 * ties, 2))
        pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
        chosen = np.sort(np.random.default_rng(12).permutation(len(pairs))[:ties])
        return {"persons": np.array([0, *persons], dtype=np.uint32), "ties": pairs[chosen].astype(np.uint32)}


def core_settings(settings: Settings) -> dict[str, Any]:
    """As the boundary takes them."""
    return asdict(settings) | {
        "platforms": dict(zip(PLATFORMS, settings.platforms, strict=True)),
        "mix": dict(zip(KINDS, settings.mix, strict=True)),
    }


def core_running(running: Running | None) -> dict[str, Any] | None:
    """As the boundary takes it."""
    if running is None:
        return None
    employees, days, seen = zip(*running.members, strict=True)
    return {
        "members": np.array(employees, dtype=np.uint32),
        "days": np.array(days, dtype=np.int32),
        "posts_per_week": np.array(seen),
        "settings": core_settings(running.settings),
        "stops": running.stops,
    }


def core_selection(selection: Selection) -> dict[str, Any]:
    """As the boundary takes it."""

    def numbers(values: tuple[int, ...]) -> npt.NDArray[np.int32]:
        return np.array(values, dtype=np.int32)

    return {
        "named": None if selection.named is None else np.array(selection.named, dtype=np.uint32),
        "not_invited": np.array(selection.not_invited, dtype=np.uint32),
        "departments": numbers(selection.departments),
        "functions": numbers(selection.functions),
        "regions": numbers(selection.regions),
        "connections_above": selection.connections_above,
        "willingness_above": selection.willingness_above,
        "platform": PLATFORMS[selection.platform],
        "order": selection.order,
        "goal": selection.goal,
        "weights": asdict(selection.weights),
        "size": selection.size,
        "quotas": list(selection.quotas),
        "waves": [(wave.day, wave.size, numbers(wave.departments)) for wave in selection.waves],
    }


def on(platforms: tuple[str, ...], **values: float) -> dict[str, float]:
    """The same overrides for several platforms."""
    return {f"platforms.{name}.{key.replace('__', '.')}": v for name in platforms for key, v in values.items()}


# Persons in a company of 60: alumni 24, buyer 120, peer 90, talent 90, personal 150, other 90.
SMALL_AUDIENCE: dict[str, float] = {
    "audience.smallest_company": 1.0,
    "audience.pool.alumni": 400.0,
    "audience.pool.buyer": 2000.0,
    "audience.pool.peer": 1500.0,
    "audience.pool.talent": 1500.0,
    "audience.pool.personal": 2500.0,
    "audience.pool.other": 1500.0,
    "audience.person_degree_mean": 20.0,
    "audience.unprompted_share": 0.2,
}

# Every constant has a value of its own, so that no two can be mixed up.
MECHANISMS: dict[str, float] = {
    "content.items_per_week": 1.5,
    "content.own_words": 0.4,
    "content.organic_own_words": 0.8,
    "content.deal_share": 0.15,
    "content.appeal_visibility_log_sd": 0.9,
    "content.appeal_visibility_page_log_sd": 0.7,
    "content.appeal_visibility_correlation": -0.6,
    "posting.organic_company_posts_per_month": 4.0,
    "posting.other_posts_per_month": 3.0,
    "feed.memory_days": 12.0,
    "feed.persuasion_exponent": 1.3,
    "feed.appeal_shrink": 0.45,
    "feed.viewer_limit": 14.0,
}

LIVELY_PLATFORM: dict[str, float] = {
    "mute": 0.01,
    "engage": 0.12,
    "reshare": 0.06,
    "surfaced_views": 4.0,
    "surfacing_decay": 0.8,
    "reaction_decay": 0.75,
    "reshare_views": 1.8,
    "constants__person_rate": 0.6,
    "constants__page_rate": 0.5,
    "constants__reshare_rate": 0.55,
    "constants__engage_person": 0.9,
    "constants__click_person": 1.1,
    "constants__reshare_person": 0.8,
    "constants__mute_person": 1.2,
    "constants__engage_page": 1.3,
    "constants__click_page": 0.7,
    "constants__reshare_page": 1.4,
    "constants__mute_page": 0.6,
}

CONNECTIONS = {"platform_audiences.linkedin.connections_mean": 60.0}
LIVELY = SMALL_AUDIENCE | MECHANISMS | CONNECTIONS | on(("linkedin",), **LIVELY_PLATFORM)

# Many posts a day: the daily cap of the viewer's count, own copies within a day, mechanisms switched off.
STORM = LIVELY | {
    "platforms.linkedin.constants.person_rate": 0.8,
    "content.appeal_visibility_log_sd": 0.3,
    "feed.viewer_limit": 200.0,
    "feed.identical_copy": 0.95,
    "feed.repeat_floor": 0.2,
    "feed.memory_days": 3.0,
    "content.own_words": 0.05,
    "content.item_life_days": 10.0,
    "content.items_per_week": 2.5,
    "awareness.half_life_weeks": math.inf,
    "awareness.favorability_half_life_weeks": 6.0,
    "awareness.valence_threshold": 0.75,
    "awareness.wear_out_exposures": 2.5,
    "awareness.wear_out_exponent": 0.8,
    "awareness.wear_out_half_life_weeks": 2.0,
    "platforms.linkedin.attention": 0.8,
}

FOUR = LIVELY | on(PLATFORMS, **LIVELY_PLATFORM) | {
    "platform_audiences.facebook.connections_mean": 35.0,
    "platform_audiences.facebook.presence.buyer": 0.6,
    "platform_audiences.facebook.person_ties_kept": 0.7,
    "platform_audiences.instagram.connections_mean": 30.0,
    "platform_audiences.instagram.presence.other": 0.3,
    "platform_audiences.x.connections_mean": 25.0,
    "platform_audiences.x.presence.peer": 0.5,
    "platforms.facebook.half_life_hours": 1.25,  # slices of 3 minutes
    "platforms.facebook.later_half_life_hours": 0.8,
    "platforms.facebook.attention": 0.6,
    "platforms.facebook.surfaced_views": 2.2,
    "platforms.instagram.half_life_hours": 19.0,
    "platforms.instagram.weekday_weights.saturday": 1.3,
    "platforms.instagram.season_year_end": 0.9,
    "platforms.x.half_life_hours": 0.4,  # slices of 1 minute
    "platforms.x.later_half_life_hours": 0.3,
    "platforms.x.page_posts_per_week": 6.0,
    "platforms.x.constants.person_rate": 0.8,
    "posting.organic_platforms.linkedin": 0.45,
    "posting.organic_platforms.facebook": 0.15,
    "posting.organic_platforms.instagram": 0.1,
    "posting.organic_platforms.x": 0.3,
}  # fmt: skip

MINUTES_ORGANIC = {f"posting.organic_platforms.{name}": s for name, s in zip(PLATFORMS, (0, 0.4, 0, 0.6), strict=True)}
EQUALS = {
    "platform_audiences.linkedin.activity_shape": 20.0,
    "audience.propensity_log_sd": 0.2,
    "audience.susceptibility_log_sd": 0.2,
}
FRACTIONAL = {"feed.fractional_contagion": 1.0}
HOT = on(("linkedin",), reshare=0.12, engage=0.18, reaction_decay=0.9, surfacing_decay=0.9)
QUARTERS = (0.4, 0.2, 0.15, 0.25)

CASES: dict[str, Case] = {
    # The horizon contains the quiet week at the end of the year.
    "lively": Case(LIVELY, warm_up_weeks=3, weeks=6, follow_up_weeks=3),
    # From July into August.
    "storm": Case(
        STORM, start=date(2027, 7, 29), warm_up_weeks=1, weeks=1, posts_per_week=25.0, company_content=1.0
    ),
    "no program": Case(LIVELY, start=date(2027, 1, 4), weeks=8, follow_up_weeks=5, advocates=0),
    "first hop": Case(LIVELY | on(("linkedin",), surfaced_views=0.0, reshare_views=0.0)),
    "surfacing alone": Case(LIVELY | on(("linkedin",), reshare=0.0, surfaced_views=6.0)),
    "reshares alone": Case(LIVELY | HOT | on(("linkedin",), surfaced_views=0.0)),
    "fractional": Case(LIVELY | HOT | FRACTIONAL, numbered=True),
    "page": Case(LIVELY | HOT | on(("linkedin",), page_posts_per_week=9.0), advocates=0),
    "four platforms": Case(FOUR, PLATFORMS, shares=QUARTERS, numbered=True),
    "four, fractional": Case(
        FOUR | FRACTIONAL | on(PLATFORMS, reshare=0.12), PLATFORMS, shares=QUARTERS, start=date(2027, 7, 12)
    ),
    "minutes": Case(
        {a: v for a, v in FOUR.items() if ".linkedin" not in a and ".instagram" not in a} | MINUTES_ORGANIC,
        ("facebook", "x"), shares=(0.0, 0.5, 0.0, 0.5), posts_per_week=8.0,
    ),
    "five people": Case(
        LIVELY | HOT | CONNECTIONS | {"feed.appeal_shrink": 0.0}, employees=5, advocates=4,
        given=((3, 25, 20, 20, 40, 12), 2500),
    ),
    # The page, author N, and the first person outside the company, person N, both reshared and muted.
    "page and person N": Case(
        LIVELY
        | on(("linkedin",), page_posts_per_week=14.0, reshare=1.5, reshare_views=3.0, mute=0.1, mute_promotional=1.0)
        | EQUALS,
        employees=4, advocates=2, given=((1, 15, 10, 10, 15, 8), 600), replicate=5, numbered=True,
    ),
    "given, four platforms": Case(
        FOUR, PLATFORMS, employees=12, advocates=9, given=((6, 40, 30, 30, 50, 24), 5000), shares=QUARTERS,
        numbered=True,
    ),
}  # fmt: skip


def with_overrides(parameters: Parameters, overrides: Overrides) -> dict[str, Any]:
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
