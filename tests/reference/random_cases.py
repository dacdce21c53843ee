"""Small cases drawn at random by Hypothesis: companies of a few people, any platforms, parameters over wide ranges."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from hypothesis import strategies as st

from groundswell import _core as core

from .case import FOUR, Case
from .program import NO_MIX, Running, Selection, Settings, Wave, Weights
from .program_cases import FIXED_GROUP, PARTICIPATION
from .world_view import PLATFORMS

SEGMENTS_OUTSIDE = 6


def _or_edges(low: float, high: float, *edges: float) -> st.SearchStrategy[float]:
    return st.one_of(st.sampled_from((low, high, *edges)), st.floats(low, high, allow_subnormal=False))


PLATFORM_RANGES: dict[str, st.SearchStrategy[float]] = {
    "half_life_hours": _or_edges(0.05, 48.0, 1.0, 9.999, 10.0),
    "later_half_life_hours": _or_edges(0.05, 48.0),
    "engage": _or_edges(0.0, 0.5),
    "click": _or_edges(0.0, 0.5),
    "reshare": _or_edges(0.0, 0.4),
    "mute": _or_edges(0.0, 0.3),
    "attention": _or_edges(0.05, 1.0),
    "surfaced_views": _or_edges(0.0, 8.0),
    "surfacing_decay": _or_edges(0.0, 1.0),
    "reaction_decay": _or_edges(0.0, 0.9),
    "reshare_views": _or_edges(0.0, 3.0),
    "page_posts_per_week": _or_edges(0.0, 14.0),
    "constants.person_rate": _or_edges(0.01, 2.0),
    "constants.page_rate": _or_edges(0.01, 2.0),
    "constants.reshare_rate": _or_edges(0.01, 2.0),
}
FEED_RANGES: dict[str, st.SearchStrategy[float]] = {
    "feed.fractional_contagion": st.sampled_from((0.0, 1.0)),
    "feed.appeal_shrink": _or_edges(0.0, 1.0),
    "feed.identical_copy": _or_edges(0.0, 1.0),
    "feed.viewer_limit": _or_edges(1.0, 50.0, float("inf")),
    "feed.memory_days": _or_edges(0.0, 40.0),
    "content.own_words": _or_edges(0.0, 1.0),
    "content.appeal_visibility_log_sd": _or_edges(0.0, 2.0),
    "content.appeal_visibility_page_log_sd": _or_edges(0.0, 2.0),
    "content.appeal_visibility_correlation": _or_edges(-1.0, 1.0, 0.0),
}

PROGRAM_RANGES: dict[str, st.SearchStrategy[float]] = {
    "participation.enrollment_rate": _or_edges(0.0, 8.0, 1.0, 3.0),
    "participation.enroll_satisfaction": _or_edges(-2.0, 3.0),
    "participation.enroll_willingness": _or_edges(-1.0, 4.0),
    "participation.enroll_peers": _or_edges(0.0, 4.0),
    "participation.pull_half_life_weeks": _or_edges(0.1, 20.0, math.inf),
    "participation.pull_floor": _or_edges(0.0, 1.0),
    "participation.no_guidelines": _or_edges(0.0, 1.0),
    "participation.no_champion": _or_edges(0.0, 1.0),
    "participation.dormancy": _or_edges(0.0, 6.0, 1.0, 2.0),
    "participation.return_rate": _or_edges(0.0, 6.0, 2.0),
    "participation.drop_out": _or_edges(0.0, 4.0, 1.0, 2.0),
    "participation.novelty_half_life_weeks": _or_edges(0.1, 20.0, math.inf),
    "participation.recognition_responders": _or_edges(0.0, 1.0),
    "participation.recognition_motivation": _or_edges(0.0, 4.0),
    "participation.motivation_after_removal": _or_edges(0.0, 1.0),
    "participation.feedback": _or_edges(0.0, 1.0),
    "participation.money_crowding_out": _or_edges(-1.0, 0.5),
    "participation.access_blocked_posting": _or_edges(0.0, 1.0),
    "participation.fatigue_half_life_days": _or_edges(0.5, 60.0, math.inf),
    "participation.fatigue_step": _or_edges(0.0, 1.0),
    "participation.training_authenticity": _or_edges(0.0, 0.3),
    "participation.training_own_words": _or_edges(0.0, 1.0),
    "participation.coerced_willingness": _or_edges(0.3, 1.0, 0.6),
    "participation.coerced_authenticity": _or_edges(0.0, 1.0),
    "participation.coerced_satisfaction": _or_edges(0.0, 1.0),
    "participation.negative_posts": _or_edges(0.0, 1.0, 0.5),
    "participation.negative_posts_without_guidelines": _or_edges(0.0, 1.0, 0.1),
    "participation.amplification_reshare": _or_edges(0.0, 1.0),
    "participation.amplification_hours": _or_edges(0.0, 24.0),
    "retention.turnover_per_year": _or_edges(0.0, 0.99),
    "retention.satisfaction_slope": _or_edges(0.0, 3.0),
    "retention.early_exit": _or_edges(0.0, 20.0),
    "retention.early_exit_half_life_years": _or_edges(0.05, 5.0),
    "retention.coerced_exit": _or_edges(1.0, 20.0),
    "awareness.favorability_prior": _or_edges(0.0, 0.9),
    "awareness.favorability_step": _or_edges(0.0, 0.9),
    "awareness.favorability_half_life_weeks": _or_edges(0.05, 60.0, math.inf),
    "awareness.valence_threshold": _or_edges(0.0, 0.99),
    "awareness.wear_out_exposures": _or_edges(0.1, 20.0),
    "awareness.wear_out_exponent": _or_edges(0.0, 4.0),
    "awareness.wear_out_half_life_weeks": _or_edges(0.05, 12.0, math.inf),
}
LEVER_RANGES: dict[str, st.SearchStrategy[Any]] = {
    "own_words": _or_edges(0.0, 1.0, -1.0),
    "mix": st.sampled_from((NO_MIX, (0.0, 0.0, 1.0, 0.0, 0.0), (0.5, 0.2, 0.1, 0.1, 0.1))),
    "mandate": st.sampled_from((0.0, 0.0, 0.49, 0.5, 1.0)),
    "training_hours_per_person": _or_edges(0.0, 16.0),
    "recognition": _or_edges(0.0, 1.0),
    "money": _or_edges(0.0, 3.0),
    "leadership": _or_edges(0.0, 1.0),
    "champion": _or_edges(0.0, 1.0),
    "guidelines": _or_edges(0.0, 1.0),
    "access_blocked": _or_edges(0.0, 1.0),
    "tool_ease": _or_edges(0.0, 1.0),
    "page_amplification": _or_edges(0.0, 1.0),
    "posts_per_week": _or_edges(0.0, 20.0, 5.0, 10.0),
    "company_content_fraction": _or_edges(0.0, 1.0),
}
# Any other lever has the whole range of its registry.
LEVER_RANGES |= {
    lever["name"]: _or_edges(lever["neutral"], lever["largest"])
    for lever in core.levers()
    if lever["name"] not in LEVER_RANGES
}
ORDERS = ("random", "connections", "activity", "persuasion", "willingness", "readiness")


@st.composite
def random_levers(draw: st.DrawFn, weeks: int) -> tuple[dict[str, Any], tuple[tuple[int, dict[str, Any]], ...]]:
    """Base values, and up to four changes of some of them; in a part of the cases the mandate goes on and off."""
    base = {name: draw(values) for name, values in LEVER_RANGES.items()}
    days = sorted(draw(st.sets(st.integers(1, 7 * weeks - 1), max_size=4)))
    some = st.sets(st.sampled_from(tuple(LEVER_RANGES)), min_size=1, max_size=7)
    changes = [(day, {name: draw(LEVER_RANGES[name]) for name in sorted(draw(some))}) for day in days]
    if draw(st.booleans()):
        switches = [{"mandate": float(k % 2)} for k in range(len(days))]
        changes = [(day, change | switch) for (day, change), switch in zip(changes, switches, strict=True)]
        base["mandate"] = 1.0
    return base, tuple(changes)


@st.composite
def random_running(draw: st.DrawFn, employees: int, shares: tuple[float, ...]) -> Running:
    """A program that runs: any members, of any age and pace."""
    numbers = draw(st.lists(st.integers(0, employees - 1), unique=True, min_size=1))
    pace = _or_edges(0.0, 8.0, math.nan)
    members = tuple((i, draw(st.integers(0, 40)), draw(pace)) for i in numbers)
    names = ("recognition", "own_words", "mix", "page_amplification", "training_hours_per_person", "money")
    levers = {name: draw(LEVER_RANGES[name]) for name in names}
    cadence = draw(st.sampled_from((0.0, 3.0, 8.0)))
    settings = Settings(cadence, 0.7, (shares[0], shares[1], shares[2], shares[3]), **levers)
    return Running(members, settings, draw(st.booleans()))


@st.composite
def random_selection(draw: st.DrawFn, platforms: tuple[str, ...], employees: int, weeks: int) -> Selection:
    """Of a company whose employees are in departments 0 and 1 by turns."""
    order = draw(st.sampled_from((*ORDERS, "listed")))
    numbers = st.lists(st.integers(0, employees - 1), unique=True, min_size=1)
    named = tuple(draw(numbers)) if order == "listed" or draw(st.booleans()) else None
    quotas: list[tuple[int, int]] = []
    if named is None and draw(st.integers(0, 4)) == 0:
        quotas = [(d, draw(st.integers(0, (employees + 1 - d) // 2))) for d in draw(st.permutations((0, 1)))]
    lists = st.sampled_from(((), (0,), (1,), (0, 1)))
    filtered = named is None and not quotas and draw(st.booleans())
    days = sorted(draw(st.lists(st.integers(0, 7 * weeks - 1), max_size=3))) if draw(st.booleans()) else []
    waves = [Wave(day, draw(st.none() | st.integers(0, employees)), draw(lists)) for day in days]
    exponents = st.sampled_from((0.0, 0.5, 1.0, 2.0))
    return Selection(
        named=named,
        departments=draw(lists) if filtered else (),
        functions=draw(st.sampled_from(((), (0,), (1, 2)))) if filtered else (),
        regions=draw(lists) if filtered else (),
        connections_above=draw(_or_edges(-1.0, 30.0, -1.0)) if filtered else -1.0,
        willingness_above=draw(_or_edges(-1.0, 0.6, 0.3)) if filtered else -1.0,
        platform=PLATFORMS.index(draw(st.sampled_from(platforms))),
        order=order,
        goal=draw(st.sampled_from(("awareness", "deals", "hires"))),
        weights=Weights(*(draw(exponents) for _ in range(4))),
        size=None if quotas else draw(st.sampled_from((None, None, employees // 2, employees))),
        quotas=tuple(quotas),
        waves=tuple(waves),
    )


@st.composite
def random_case(draw: st.DrawFn) -> Case:
    platforms = tuple(draw(st.lists(st.sampled_from(PLATFORMS), min_size=1, unique=True).map(sorted_platforms)))
    overrides = {address: value for address, value in FOUR.items() if _belongs(address, platforms)}
    overrides |= {address: draw(values) for address, values in FEED_RANGES.items()}
    for name in platforms:
        overrides |= {f"platforms.{name}.{key}": draw(values) for key, values in PLATFORM_RANGES.items()}
    overrides |= PARTICIPATION | {address: draw(values) for address, values in PROGRAM_RANGES.items()}
    weights = [draw(st.integers(1, 5)) if name in platforms else 0 for name in PLATFORMS]
    shares = [weight / sum(weights) for weight in weights]
    overrides |= {f"posting.organic_platforms.{name}": share for name, share in zip(PLATFORMS, shares, strict=True)}
    employees = draw(st.integers(2, 14))
    persons = draw(st.lists(st.integers(1, 30), min_size=SEGMENTS_OUTSIDE, max_size=SEGMENTS_OUTSIDE))
    total = employees + sum(persons)
    weeks = draw(st.integers(2, 4))
    levers, changes = draw(random_levers(weeks))
    invites = draw(st.integers(0, 3)) > 0
    running = draw(random_running(employees, tuple(shares))) if draw(st.integers(0, 2)) == 0 else None
    if not invites:
        levers, changes = levers | FIXED_GROUP, tuple((day, change | FIXED_GROUP) for day, change in changes)
    return Case(
        overrides,
        platforms,
        employees,
        given=(tuple(persons), draw(st.integers(1, total * min(total - 1, 20) // 2))),
        start=date(2026, 7, 20),
        warm_up_weeks=draw(st.integers(0, 1)),
        weeks=weeks,
        follow_up_weeks=draw(st.integers(0, 2)),
        advocates=0 if running is not None and not invites else draw(st.integers(0, employees)),
        running=running,
        selection=draw(random_selection(platforms, employees, weeks)) if invites else None,
        levers=levers,
        changes=changes,
        tenure=tuple(draw(st.floats(0, 30) | st.just(math.nan)) for _ in range(employees)),
        shares=(shares[0], shares[1], shares[2], shares[3]),
        replicate=draw(st.integers(0, 1000)),
        numbered=draw(st.booleans()),
    )


def sorted_platforms(names: list[str]) -> list[str]:
    return sorted(names, key=PLATFORMS.index)


def _belongs(address: str, platforms: tuple[str, ...]) -> bool:
    """Whether an address is of no platform, or of one that is on."""
    group, name = address.split(".")[:2]
    return group not in ("platforms", "platform_audiences") or name in platforms
