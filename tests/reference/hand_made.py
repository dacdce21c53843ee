"""A small world and the parameters of a lively case, made by hand: the twin alone, without the engine."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from .content import KINDS
from .program import Program, Settings, Shares
from .records import Post
from .world_view import PERSON_BITS, PLATFORMS, WEEKDAYS, Design, Graph, WorldView

POOLS = (12, 30, 60, 40, 40, 80, 50)  # persons by segment
DEGREE = 40  # ties of a person, in the mean
FOLLOWERS = 70
SHARES: Shares = (0.4, 0.2, 0.1, 0.3)


def hand_made_world(platforms: tuple[int, ...] = (0,), pools: tuple[int, ...] = POOLS) -> WorldView:
    """Random ties among all persons, employees included; each platform has ties of its own."""
    rng, betas = np.random.default_rng(7), np.random.default_rng(8)
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
        satisfaction=betas.beta(2, 2, size=pools[0]).tolist(),
        product_belief=betas.beta(2, 2, size=pools[0]).tolist(),
        willingness=betas.beta(2, 2, size=pools[0]).tolist(),
        readiness=betas.beta(2, 2, size=pools[0]).tolist(),
        department=[i % 3 for i in range(pools[0])],
        region=[i % 2 for i in range(pools[0])],
        function=[i // 2 % 3 for i in range(pools[0])],
        sharer=[i % 3 == 0 for i in range(pools[0])],
        advocate_order=rng.permutation(pools[0]).tolist(),
        draw_numbers=list(range(pools[0])),
    )


def tiny_world() -> WorldView:
    """Employees 0, 1; buyers 2 … 4; the page is followed by 2 and 4. A tie of strength 1 is strong."""
    levels = np.zeros((5, 8), dtype=np.uint8)
    levels[:, 0] = (20, 21, 22, 23, 24)
    levels[:, 4:7] = 128
    ties = {(0, 2): 0, (0, 3): 1, (1, 2): 0, (2, 3): 1, (2, 4): 0}
    return WorldView(
        seed=99,
        index=0,
        employees=2,
        segment_begin=[0, 2, 2, 5, 5, 5, 5, 5],
        graphs={0: graph(ties, [2, 4], levels, 0)},
        persons=levels,
        social_activity=[1.0, 1.0],
        persuasion=[1.4, 0.6],
        satisfaction=[0.5, 0.5],
        product_belief=[0.5, 0.5],
        willingness=[0.5, 0.5],
        readiness=[0.5, 0.5],
        department=[0, 1],
        region=[0, 0],
        function=[0, 0],
        sharer=[False, False],
        advocate_order=[0, 1],
        draw_numbers=[0, 1],
    )


def tiny_post(author: int = 0) -> Post:
    return Post(
        number=0, author=author, platform=0, day=3, minute=600, process=2, slot=0, identity=author << 32 | 3 << 16,
        company=True, own_words=True, item=5, kind=4, link=True, rank=0, ordinal=1, credibility=1.2,
        appeal_engage=3.0, appeal_reshare=5.0,
    )  # fmt: skip


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
    return Design(date(2026, 11, 30), 2, 6, 5, hand_made_program(posts_per_week, shares, advocates))


def hand_made_program(posts_per_week: float, shares: Shares, advocates: frozenset[int]) -> Program:
    """Active advocates under the same levers on all days."""
    return Program(((0, Settings(posts_per_week, 0.8, shares)),), advocates)


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
        "participation": _participation(),
        "retention": {
            "turnover_per_year": 0.3,
            "satisfaction_slope": 1.0,
            "early_exit": 1.0,
            "early_exit_half_life_years": 1.0,
            "tenure_mean_years": 4.0,
            "coerced_exit": 1.2,
        },
        "costs": _costs(),
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
            "favorability_half_life_weeks": 26.0,
            "valence_threshold": 0.5,
            "wear_out_exposures": 10.0,
            "wear_out_exponent": 0.5,
            "wear_out_half_life_weeks": 4.0,
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
        "appeal_visibility_log_sd": 1.2,
        "appeal_visibility_page_log_sd": 1.1,
        "appeal_visibility_correlation": -0.8,
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


def _participation() -> dict[str, float]:
    """Rates at which all transitions happen within a few weeks."""
    return {
        "enrollment_rate": 0.1,
        "enroll_satisfaction": 1.0,
        "enroll_willingness": 2.0,
        "enroll_leadership": math.log(1.4),
        "enroll_peers": 1.0,
        "enroll_trained": 0.5,
        "enroll_ease": 0.3,
        "pull_half_life_weeks": 4.0,
        "pull_floor": 0.15,
        "no_guidelines": 0.7,
        "no_champion": 0.8,
        "dormancy": 0.3,
        "return_rate": 0.5,
        "drop_out": 0.1,
        "novelty_half_life_weeks": 8.0,
        "recognition_responders": 0.5,
        "recognition_motivation": 2.5,
        "motivation_after_removal": 0.5,
        "feedback": 0.2,
        "money_crowding_out": -0.1,
        "access_blocked_posting": 0.5,
        "fatigue_half_life_days": 14.0,
        "fatigue_step": 0.05,
        "training_authenticity": 0.05,
        "training_own_words": 0.1,
        "coerced_willingness": 0.4,
        "coerced_authenticity": 0.6,
        "coerced_satisfaction": 0.1,
        "negative_posts": 0.3,
        "negative_posts_without_guidelines": 0.0005,
        "amplification_reshare": 0.2,
        "amplification_hours": 8.0,
    }


def _costs() -> dict[str, float]:
    return {
        "license_per_seat_month": 8.0,
        "content_per_item": 100.0,
        "staff_hour": 50.0,
        "staff_hours_per_week": 10.0,
        "champion_hours_per_week": 4.0,
        "leadership_hour": 150.0,
        "leadership_hours_per_week": 2.0,
        "guidelines_hours": 40.0,
        "advocate_hour": 45.0,
        "trainer_hour": 25.0,
        "recognition_per_month": 5.0,
        "money_unit": 10.0,
        "minutes_own_words": 10.0,
        "minutes_supplied": 2.0,
        "minutes_other": 5.0,
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
        "constants": {"person_rate": 0.5, "page_rate": 0.3, "reshare_rate": 0.4, **constants},
    }
