"""A small world and the parameters of a lively case, made by hand: the twin alone, without the engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from .content import KINDS
from .world_view import WEEKDAYS, Design, Program, WorldView

POOLS = (12, 30, 60, 40, 40, 80, 50)  # persons by segment
TIES = 70  # of every employee


def hand_made_world() -> WorldView:
    rng = np.random.default_rng(7)
    begin = [0, *np.cumsum(POOLS).tolist()]
    persons = begin[-1]
    levels = rng.integers(90, 160, size=(persons, 4)).astype(np.uint8)
    levels[:, 0] = rng.integers(14, 27, size=persons)
    rows, row_begin = [], [0]
    for author in range(POOLS[0] + 1):
        page = author == POOLS[0]
        friends = np.setdiff1d(np.arange(persons), [author] if not page else [])
        chosen = np.sort(rng.choice(friends, size=TIES, replace=False)).astype(np.uint32)
        strength = np.full(TIES, 2) if page else rng.integers(0, 2, size=TIES)
        words = chosen | levels[chosen, 0].astype(np.uint32) << np.uint32(24)
        rows.append(words | strength.astype(np.uint32) << np.uint32(29))
        row_begin.append(row_begin[-1] + TIES)
    return WorldView(
        seed=0x1234567890ABCDEF,
        index=3,
        employees=POOLS[0],
        segment_begin=begin,
        row_begin=row_begin,
        ties=np.concatenate(rows),
        persons=levels,
        social_activity=rng.lognormal(size=POOLS[0]).tolist(),
        persuasion=rng.lognormal(sigma=0.5, size=POOLS[0]).tolist(),
        sharer=[i % 3 == 0 for i in range(POOLS[0])],
        advocate_order=rng.permutation(POOLS[0]).tolist(),
    )


def hand_made_design(posts_per_week: float = 7.0) -> Design:
    """Over the end of the year, so that the season counts."""
    advocates = frozenset(range(0, POOLS[0], 2))
    return Design(date(2026, 11, 30), 2, 6, 5, Program(posts_per_week, 0.8, advocates))


def hand_made_parameters() -> dict[str, Any]:
    return {
        "audience": {"strong_tie": 1.8, "weak_tie": 0.8},
        "posting": {
            "organic_company_posts_per_month": 4.0,
            "other_posts_per_month": 3.0,
            "displacement": 0.3,
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
        "platforms": {"linkedin": _platform()},
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
        "constants": {"person_rate": 0.5, "page_rate": 0.3, **constants},
    }
