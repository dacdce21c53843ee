"""Parameters at and near the edges of their ranges, one case each (slow suite)."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from .case import FOUR, LIVELY, QUARTERS, Case, on
from .program import Selection, Wave
from .program_cases import CHANGES, LEVERS, PROGRAM
from .world_view import PLATFORMS

EXTREMES: dict[str, dict[str, float]] = {
    "no viewer limit": {"feed.viewer_limit": math.inf},
    "copies free": {"feed.identical_copy": 1.0},
    "copies never": {"feed.identical_copy": 0.0},
    "no memory": {"feed.memory_days": 0.0},
    "memory of a fraction": {"feed.memory_days": 2.5},
    "short items": {"content.item_life_days": 3.5, "content.items_per_week": 9.7},
    "long items": {"content.item_life_days": 90.0, "content.items_per_week": 0.7},
    "all attended": {
        "platforms.linkedin.attention": 1.0,
        "platforms.linkedin.attention_person_page_ratio": 1.0,
    },
    "early cut": {"platforms.linkedin.view_cut_days": 2.0},
    "everybody is shown": {
        "platforms.linkedin.constants.person_rate": 60.0,
        "platforms.linkedin.constants.page_rate": 1e-4,
    },
    "no decay": {
        "credibility.credibility_half_life_weeks": math.inf,
        "feed.repeat_half_life_days": math.inf,
        "awareness.half_life_weeks": math.inf,
    },
    "fast decay": {
        "credibility.credibility_half_life_weeks": 0.2,
        "credibility.pseudo_posts": 0.5,
        "feed.repeat_half_life_days": 0.5,
        "awareness.half_life_weeks": 0.1,
    },
    "silent days": {
        "platforms.linkedin.weekday_weights.sunday": 0.0,
        "platforms.linkedin.season_year_end": 0.0,
    },
    "full displacement": {
        "posting.displacement": 1.0,
        "posting.other_posts_per_month": 40.0,
        "posting.organic_company_posts_per_month": 20.0,
    },
    "busy page": {
        "platforms.linkedin.page_posts_per_week": 21.0,
        "platforms.linkedin.constants.page_rate": 2.0,
    },
    "third post of a day unseen": {
        "feed.repeat_floor": 1.0,
        "feed.same_day_second": 1.0,
        "feed.same_day_third": 0.0,
    },
    "one exposure is enough": {
        "awareness.phi": 0.99,
        "awareness.favorability_step": 0.0,
        "awareness.favorability_prior": 0.0,
    },
    "everything is promotion": {
        "awareness.valence_threshold": 0.99,
        "awareness.favorability_step": 0.99,
        "awareness.wear_out_exposures": 0.01,
        "awareness.wear_out_exponent": 10.0,
        "awareness.wear_out_half_life_weeks": math.inf,
    },
    "opinions of an hour": {
        "awareness.favorability_half_life_weeks": 0.01,
        "awareness.wear_out_half_life_weeks": 0.01,
        "awareness.valence_threshold": 0.0,
    },
    "opinions for good": {
        "awareness.favorability_half_life_weeks": math.inf,
        "awareness.wear_out_exponent": 0.0,
    },
    "no mutes": {"platforms.linkedin.mute": 0.0, "content.appeal_correlation": -1.0},
    "all posts equally visible": {
        "content.appeal_visibility_log_sd": 0.0,
        "content.appeal_visibility_page_log_sd": 0.0,
    },
    "what is visible leaves cold": {
        "content.appeal_visibility_log_sd": 2.0,
        "content.appeal_visibility_correlation": -1.0,
    },
    "what is visible is liked": {
        "content.appeal_visibility_page_log_sd": 2.0,
        "content.appeal_visibility_correlation": 1.0,
    },
    "everybody reacts": {
        "platforms.linkedin.engage": 1.0,
        "platforms.linkedin.click": 1.0,
        "platforms.linkedin.reshare": 0.5,
        "platforms.linkedin.mute": 0.05,
    },
    "exponents": {
        "feed.affinity_engage": -1.3,
        "feed.affinity_click": 0.0,
        "feed.affinity_mute": 2.1,
        "feed.persuasion_exponent": 0.0,
        "feed.mute_frequency": 0.0,
    },
}


# The same beyond the first hop, on four platforms.
HOP_EXTREMES: dict[str, dict[str, float]] = {
    "every hop as strong as the first": on(PLATFORMS, reaction_decay=1.0, surfacing_decay=1.0, surfaced_views=1.5)
    | {"feed.appeal_shrink": 1.0},
    "everybody acts once": on(PLATFORMS, engage=0.9, reshare=0.9, reaction_decay=1.0, surfaced_views=25.0),
    "nothing beyond the second hop": on(PLATFORMS, reaction_decay=0.0),
    "reshares nobody sees": on(PLATFORMS, reshare_views=0.0, surfacing_decay=0.0, reshare=0.1),
    "no appeal beyond the first hop": on(PLATFORMS, reshare=0.1) | {"feed.appeal_shrink": 0.0},
    "everybody muted": on(PLATFORMS, mute=0.6, reshare=0.2),
    "quick": on(PLATFORMS, half_life_hours=0.05, later_half_life_hours=0.02),
    "slices of every length": {
        "platforms.linkedin.half_life_hours": 9.9,
        "platforms.facebook.half_life_hours": 4.1,
        "platforms.instagram.half_life_hours": 5.0,
        "platforms.x.half_life_hours": 10.0,
    },
    "fraction of few neighbors": on(PLATFORMS, reshare=0.2)
    | {"feed.fractional_contagion": 1.0, "audience.person_degree_mean": 2.0},
    "later hops last": on(PLATFORMS, later_half_life_hours=72.0, view_cut_days=10.0, reshare=0.05),
}


# Parameters of participation and exits, and levers from the first day, under all levers and their changes.
Edge = tuple[dict[str, float], dict[str, Any]]
PROGRAM_EXTREMES: dict[str, Edge] = {
    "nobody leaves": ({"retention.turnover_per_year": 0.0}, {}),
    "nearly all leave": ({"retention.turnover_per_year": 0.9999, "retention.coerced_exit": 50.0}, {"mandate": 1.0}),
    "nobody is left": (
        {
            "retention.turnover_per_year": 0.9999,
            "retention.coerced_exit": 1000.0,
            "participation.coerced_willingness": 1.0,
        },
        {"mandate": 1.0},
    ),
    "exits of newcomers alone": (
        {"retention.early_exit": 1e4, "retention.early_exit_half_life_years": 0.05, "retention.tenure_mean_years": 0.1},
        {},
    ),
    "nobody enrolls": ({"participation.enrollment_rate": 0.0}, {}),
    "all enroll at once": ({"participation.enrollment_rate": 1e4}, {}),
    "dormant at once, back at once": (
        {"participation.dormancy": 200.0, "participation.return_rate": 200.0},
        {"mandate": 1.0},
    ),
    "dormant for good": ({"participation.return_rate": 0.0, "participation.dormancy": 2.0}, {"mandate": 1.0}),
    "drop out at once": ({"participation.drop_out": 1e3, "participation.enrollment_rate": 3.0}, {}),
    "no guidelines, no enrollment": ({"participation.no_guidelines": 0.0}, {"guidelines": 0.0}),
    "no champion, no enrollment": (
        {"participation.no_champion": 0.0, "participation.enrollment_rate": 1.0},
        {"champion": 0.0},
    ),
    "no responses": ({"participation.feedback": 0.0}, {"mandate": 1.0}),
    "responses are all": ({"participation.feedback": 8.0}, {"mandate": 1.0}),
    "expected responses of zero": ({"platforms.linkedin.engage": 0.0, "participation.feedback": 2.0}, {"mandate": 1.0}),
    "money kills motivation": ({"participation.money_crowding_out": -1.0}, {"mandate": 1.0, "money": 3.0}),
    "everybody responds to recognition": (
        {"participation.recognition_responders": 1.0, "participation.motivation_after_removal": 0.0},
        {"recognition": 1.0},
    ),
    "nobody responds to recognition": ({"participation.recognition_responders": 0.0}, {"recognition": 1.0}),
    "offended to a stop": (
        {"participation.recognition_responders": 1.0, "participation.motivation_after_removal": 0.0},
        {"recognition": 1.0, "mandate": 1.0},
    ),
    "tired for good": (
        {"participation.fatigue_step": 1.0, "participation.fatigue_half_life_days": math.inf},
        {"mandate": 1.0},
    ),
    "rested over night": (
        {"participation.fatigue_step": 0.9, "participation.fatigue_half_life_days": 0.2},
        {"mandate": 1.0},
    ),
    "novelty stays": ({"participation.novelty_half_life_weeks": math.inf}, {"mandate": 1.0}),
    "novelty goes": ({"participation.novelty_half_life_weeks": 0.05}, {"mandate": 1.0}),
    "blocked": ({"participation.access_blocked_posting": 0.0}, {"mandate": 1.0, "access_blocked": 1.0}),
    "all coerced, all negative": (
        {
            "participation.coerced_willingness": 1.0,
            "participation.negative_posts": 1.0,
            "participation.coerced_satisfaction": 1.0,
            "awareness.favorability_step": 0.5,
        },
        {"mandate": 1.0},
    ),
    "without guidelines, all negative": ({"participation.negative_posts_without_guidelines": 1.0}, {"guidelines": 0.0}),
    "coerced without authenticity": (
        {"participation.coerced_authenticity": 0.0, "participation.coerced_willingness": 1.0},
        {"mandate": 1.0},
    ),
    "training without end": (
        {"participation.training_authenticity": 1.0, "participation.training_own_words": 1.0},
        {"mandate": 1.0, "training_hours_per_person": 1e6},
    ),
    "everybody passes everything on": (
        {"participation.amplification_reshare": 1.0, "platforms.linkedin.page_posts_per_week": 14.0},
        {"mandate": 1.0, "page_amplification": 1.0},
    ),
    "passed on within the minute": (
        {"participation.amplification_hours": 0.0},
        {"mandate": 1.0, "page_amplification": 1.0},
    ),
    "passed on the next day": (
        {"participation.amplification_hours": 24.0},
        {"mandate": 1.0, "page_amplification": 1.0},
    ),
    "no posts": ({}, {"mandate": 1.0, "posts_per_week": 0.0}),
    "short items, their mix": (
        {"content.item_life_days": 3.5, "content.items_per_week": 9.7},
        {"mandate": 1.0, "mix": (0, 0, 1.0, 0, 0)},
    ),
    "waves after the end of the year": ({}, {"mandate": 1.0}),
}
WAVES = Selection(order="persuasion", waves=(Wave(0, 0), Wave(4, 1, (1,)), Wave(4, 70, (0,)), Wave(20, None)))


def program_extreme(name: str) -> Case:
    overrides, levers = PROGRAM_EXTREMES[name]
    waves = WAVES if name.startswith("waves") else Selection()
    changes = tuple((day, change | levers) for day, change in CHANGES[:2])
    return Case(
        PROGRAM | overrides, start=date(2026, 12, 7), warm_up_weeks=1, weeks=3, follow_up_weeks=1, employees=24,
        selection=waves, levers=LEVERS | levers, changes=changes,
    )  # fmt: skip


def extreme_case(name: str) -> Case:
    if name in PROGRAM_EXTREMES:
        return program_extreme(name)
    if name in HOP_EXTREMES:
        return Case(FOUR | HOP_EXTREMES[name], PLATFORMS, weeks=3, follow_up_weeks=1, shares=QUARTERS)
    return Case(LIVELY | EXTREMES[name], start=date(2026, 12, 7), weeks=3, follow_up_weeks=1, posts_per_week=7.0)
