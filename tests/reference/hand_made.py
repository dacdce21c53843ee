"""A small world and the parameters of a lively case, made by hand: the twin alone, without the engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from .content import KINDS
from .world_view import PERSON_BITS, PLATFORMS, WEEKDAYS, Design, Graph, Program, WorldView

POOLS = (12, 30, 60, 40, 40, 80, 50)  # persons by segment
DEGREE = 40  # ties of a person, in the mean
FOLLOWERS = 70
Shares = tuple[float, float, float, float]
SHARES: Shares = (0.4, 0.2, 0.1, 0.3)


def hand_made_world(platforms: tuple[int, ...] = (0,), pools: tuple[int, ...] = POOLS) -> WorldView:
    """Random ties among all persons, employees included; each platform has ties of its own."""
    rng = np.random.default_rng(7)
    begin = [0, *np.cumsum(pools).tolist()]
    persons = begin[-1]
    levels = np.zeros((persons, 8), dtype=np.uint8)
    levels[:, :4] = rng.integers(14, 27, size=(persons, 4))
    levels[:, 4:7] = rng.integers(90, 160, size=(persons, 3))
    levels[:, 7] = sum(1 << p for p in platforms)
    return WorldView(
        seed=0x1234567890ABCDEF,
        index=3,
        employees=pools[0],
        segment_begin=begin,
        graphs={p: graph(random_ties(rng, persons), random_followers(rng, persons), levels, p) for p in platforms},
        persons=levels,
        social_activity=rng.lognormal(size=pools[0]).tolist(),
        persuasion=rng.lognormal(sigma=0.5, size=pools[0]).tolist(),
        sharer=[i % 3 == 0 for i in range(pools[0])],
        advocate_order=rng.permutation(pools[0]).tolist(),
    )


def random_ties(rng: np.random.Generator, persons: int) -> dict[tuple[int, int], int]:
    """Strength (weak 0, strong 1) by pair, lower person first."""
    chance = DEGREE / (persons - 1)
    return {
        (i, j): int(rng.integers(0, 2)) for i in range(persons) for j in range(i + 1, persons) if rng.random() < chance
    }


def random_followers(rng: np.random.Generator, persons: int) -> list[int]:
    return sorted(rng.choice(persons, size=min(FOLLOWERS, persons), replace=False).tolist())


def graph(
    ties: dict[tuple[int, int], int], followers: list[int], levels: npt.NDArray[np.uint8], platform: int
) -> Graph:
    """Rows of tie words from pairs and the page's followers."""

    def word(person: int, strength: int) -> int:
        return person | int(levels[person, platform]) << 24 | strength << 29

    rows: list[list[int]] = [[] for _ in range(len(levels))]
    for (i, j), strength in sorted(ties.items()):
        rows[i].append(word(j, strength))
        rows[j].append(word(i, strength))
    rows = [sorted(row, key=lambda w: w & PERSON_BITS) for row in rows] + [[word(f, 2) for f in followers]]
    begin = [0, *np.cumsum([len(row) for row in rows]).tolist()]
    return Graph(begin, np.array([w for row in rows for w in row], dtype=np.uint32))


def hand_made_design(posts_per_week: float = 7.0, shares: Shares = (1.0, 0.0, 0.0, 0.0)) -> Design:
    """Over the end of the year, so that the season counts."""
    advocates = frozenset(range(0, POOLS[0], 2))
    return Design(date(2026, 11, 30), 2, 6, 5, Program(posts_per_week, 0.8, advocates, shares))


def hand_made_parameters() -> dict[str, Any]:
    """All four platforms; a world has those it has."""
    return {
        "audience": {"strong_tie": 1.8, "weak_tie": 0.8},
        "posting": {
            "organic_company_posts_per_month": 4.0,
            "other_posts_per_month": 3.0,
            "displacement": 0.3,
            "organic_platforms": dict(zip(PLATFORMS, (0.5, 0.15, 0.1, 0.25), strict=True)),
        },
        "credibility": {
            "company_share_tolerance": 0.3,
            "credibility_slope": 1.0,
            "credibility_half_life_weeks": 8.0,
            "pseudo_posts": 5.0,
            "streak_weight": 1.5,
        },
        "content": _content(),
        "feed": {
            "viewer_limit": 10.0,
            "same_day_second": 0.57,
            "same_day_third": 0.40,
            "identical_copy": 0.7,
            "repeat_floor": 0.6,
            "repeat_half_life_days": 7.0,
            "memory_days": 28.0,
            "affinity_engage": 0.7,
            "affinity_click": 0.5,
            "affinity_reshare": 1.0,
            "affinity_mute": -0.5,
            "mute_frequency": 0.5,
            "persuasion_exponent": 1.0,
            "appeal_shrink": 0.3,
            "fractional_contagion": 0.0,
        },
        "awareness": {
            "phi": 0.65,
            "half_life_weeks": 3.0,
            "attainable_lift": 0.3,
            "baseline_buyer": 0.25,
            "baseline_talent": 0.15,
            "baseline_other": 0.05,
            "favorability_prior": 0.1,
            "favorability_step": 0.1,
        },
        "platforms": {
            "linkedin": _platform(),
            "facebook": _platform() | {"half_life_hours": 1.25, "later_half_life_hours": 0.9, "surfaced_views": 2.0},
            "instagram": _platform() | {"half_life_hours": 20.0, "page_posts_per_week": 5.0, "attention": 0.4},
            "x": _platform() | {"half_life_hours": 0.4, "later_half_life_hours": 0.3, "reshare_views": 3.0},
        },
    }


def _content() -> dict[str, Any]:
    return {
        "program_mix": dict(zip(KINDS, (0.25, 0.25, 0.1, 0.1, 0.3), strict=True)),
        "page_mix": dict(zip(KINDS, (0.1, 0.4, 0.2, 0.1, 0.2), strict=True)),
        "link_share": 0.6,
        "deal_share": 0.2,
        "call_to_action_share": 0.2,
        "own_words": 0.4,
        "organic_own_words": 0.9,
        "items_per_week": 1.0,
        "item_life_days": 28.0,
        "appeal_engage_log_sd": 0.78,
        "appeal_reshare_log_sd": 1.3,
        "appeal_correlation": 0.7,
        "engage_multiplier": dict(zip(KINDS, (1.2, 0.85, 0.7, 0.8, 1.0), strict=True)),
        "click_multiplier": dict(zip(KINDS, (0.9, 1.1, 0.9, 1.3, 1.0), strict=True)),
        "reshare_multiplier": dict(zip(KINDS, (1.2, 0.8, 0.6, 0.9, 1.1), strict=True)),
        "deal_engage": 0.85,
        "deal_click": 1.4,
        "deal_reshare": 0.7,
        "call_to_action_engage": 0.9,
        "call_to_action_click": 1.5,
        "authenticity_own_story": 1.2,
        "authenticity_own_words": 1.0,
        "authenticity_press_release": 0.65,
        "authenticity_verbatim": 0.8,
    }


def _platform() -> dict[str, Any]:
    reactions = ("engage", "click", "reshare", "mute")
    constants = {f"{reaction}_{author}": 1.0 for reaction in reactions for author in ("person", "page")}
    return {
        "weekday_weights": dict(zip(WEEKDAYS, (1.1, 1.15, 1.15, 1.1, 0.95, 0.3, 0.25), strict=True)),
        "season_august": 0.8,
        "season_year_end": 0.5,
        "page_posts_per_week": 3.0,
        "half_life_hours": 18.0,
        "later_half_life_hours": 10.0,
        "view_cut_days": 28.0,
        "engage": 0.0385,
        "click": 0.02,
        "reshare": 0.01,
        "mute": 0.002,
        "mute_promotional": 3.0,
        "page_reaction_ratio": 0.45,
        "endorsement_weak": 1.6,
        "endorsement_strong": 2.0,
        "attention": 0.5,
        "attention_person_page_ratio": 1.3,
        "surfaced_views": 4.0,
        "surfacing_decay": 0.6,
        "reaction_decay": 0.7,
        "reshare_views": 1.2,
        "constants": {"person_rate": 0.5, "page_rate": 0.3, **constants},
    }
