"""Inputs that `compare` draws by default, at most 20, and what each is called where a sentence names it.

Chosen by a screening of every parameter that has a prior: docs/results/input_screening.md. ``platforms.*`` is one input
for all platforms that are on: one uniform, each platform's own prior.
"""

from __future__ import annotations

from collections.abc import Mapping

EVERY = "platforms.*."
MOST = 20
DRAWN: Mapping[str, str] = {
    "platforms.*.connections_mean": "connections",
    "platforms.*.person_visibility": "visibility of employees' posts",
    "platforms.*.page_visibility": "visibility of the page's posts",
    "awareness.half_life_weeks": "half-life of awareness",
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
