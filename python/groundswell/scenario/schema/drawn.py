"""Inputs that `compare` draws by default, at most 20, and what each is called where a sentence names it.

Chosen by a screening of every parameter that has a prior: docs/results/input_screening.md. Left out, though it ranked
among the first, is the number of ties among persons: its prior makes worlds a quarter larger, and the second block must
cost no more than the first.

``platforms.*`` is one input for all platforms that are on: one uniform, each platform's own prior.
"""

from __future__ import annotations

from collections.abc import Mapping

EVERY = "platforms.*."
MOST = 20
DRAWN: Mapping[str, str] = {
    "awareness.attainable_lift": "attainable lift of awareness",
    "participation.enrollment_rate": "rate of joining",
    "awareness.favorability_step": "step of favorability",
    "participation.enroll_trained": "effect of training on joining",
    "platforms.*.connections_mean": "connections",
    "platforms.*.person_visibility": "visibility of employees' posts",
    "content.item_life_days": "life of an item",
    "audience.pool.personal": "number of private acquaintances",
    "platforms.*.activity_shape": "how unequal viewers' activity is",
    "awareness.favorability_prior": "favorability without exposure",
    "content.items_per_week": "items offered a week",
    "platforms.*.attention": "attention to posts",
    "costs.minutes_other": "minutes for a post on other topics",
    "awareness.half_life_weeks": "half-life of awareness",
    "workforce.corr_connections_persuasion": "whether the well connected persuade more",
    "platforms.*.surfaced_views": "views that an engagement brings",
    "platforms.*.endorsement_weak": "endorsement over weak ties",
    "platforms.*.click": "click rate",
    "participation.enroll_ease": "effect of an easy tool on joining",
    "costs.content_per_item": "price of an item",
}


def key_of(address: str) -> str:
    """Return the address with ``*`` for the name of a platform."""
    parts = address.split(".")
    return ".".join([parts[0], "*", *parts[2:]]) if parts[0] == "platforms" and len(parts) > 2 else address


def is_drawn(address: str) -> bool:
    """Whether an input is drawn by default."""
    return key_of(address) in DRAWN


def name_of(address: str) -> str:
    """Return what an input is called in a sentence: its name here, else the words of its address."""
    known = DRAWN.get(key_of(address))
    return known if known is not None else address.rpartition(".")[2].replace("_", " ")
