"""Parameters at and near the edges of their ranges, one case each (slow suite)."""

from __future__ import annotations

import math
from datetime import date

from .case import LIVELY, Case

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
    "no mutes": {"platforms.linkedin.mute": 0.0, "content.appeal_correlation": -1.0},
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


def extreme_case(name: str) -> Case:
    overrides = LIVELY | {"workforce.connections_mean": 60.0} | EXTREMES[name]
    return Case(overrides, date(2026, 12, 7), 2, 3, 1, advocates=150, posts_per_week=7.0, company_content=0.9)
