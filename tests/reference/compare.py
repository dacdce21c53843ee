"""Engine against twin: lists of events must be identical, real numbers agree to a relative tolerance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from .records import Act, Post, Trace, View, columns

Arrays = dict[str, npt.NDArray[Any]]

# The engine's name of every column of the twin that is compared.
POST_NAMES = {
    "author": "author",
    "platform": "platform",
    "day": "day",
    "minute": "minute",
    "process": "process",
    "slot": "slot",
    "identity": "identity",
    "company": "company",
    "ordinal": "ordinal",
    "credibility": "credibility",
}
ITEM_NAMES = {  # of company-related posts; the others carry no item
    "identity": "identity",
    "item": "item",
    "kind": "kind",
    "link": "link",
    "deal": "deal",
    "call_to_action": "call_to_action",
    "own_words": "own_words",
    "appeal_visibility": "appeal_visibility",
    "appeal_engage": "appeal_engage",
    "appeal_reshare": "appeal_reshare",
    "authenticity": "authenticity",
    "negative": "negative",
}
ACT_NAMES = {
    "identity": "identity",  # of the root
    "person": "person",
    "kind": "kind",
    "number": "number",
    "parent": "parent",
    "minute": "minute",
    "hop": "hop",
    "visibility": "visibility",
}
VIEW_NAMES = {
    "identity": "identity",  # of the root
    "act": "act",
    "viewer": "viewer",
    "hop": "hop",
    "moment": "minute",
    "reason": "refusal",
    "attended": "attended",
    "engaged": "engaged",
    "clicked": "clicked",
    "reshared": "reshared",
    "muted": "muted",
    "n7": "week_impressions",
    "copies": "copies",
    "repeats": "repeats",
    "exposures": "exposures",
}
REAL = {
    "credibility", "appeal_visibility", "appeal_engage", "appeal_reshare", "authenticity", "repeats", "exposures",
    "visibility",
}  # fmt: skip
KEYS = ("identity", "act", "viewer", "person", "number")


def twin_posts(trace: Trace) -> Arrays:
    return columns(Post, trace.posts)


def twin_acts(trace: Trace) -> Arrays:
    return _rooted(columns(Act, trace.acts), twin_posts(trace))


def twin_views(trace: Trace) -> Arrays:
    return _rooted(columns(View, trace.views), twin_posts(trace))


def engine_acts(trace: Mapping[str, Any]) -> Arrays:
    """Their place in the list is their number: both sides list acts in the order in which they happen."""
    return _rooted(trace["acts"], trace["posts"]) | {"number": np.arange(len(trace["acts"]["post"]))}


def engine_views(trace: Mapping[str, Any]) -> Arrays:
    return _rooted(trace["views"], trace["posts"])


def _rooted(events: Mapping[str, Any], posts: Mapping[str, Any]) -> Arrays:
    """Acts or views with the identity of their root."""
    return dict(events) | {"identity": np.asarray(posts["identity"])[np.asarray(events["post"], dtype=np.int64)]}


def company_related(posts: Mapping[str, Any]) -> Arrays:
    return {name: np.asarray(column)[np.asarray(posts["company"])] for name, column in posts.items()}


def missing_rows(twin: Arrays, engine: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """Events that only one side has."""
    key = [name for name in KEYS if name in names]
    ours = set(zip(*(twin[name].tolist() for name in key), strict=True))
    theirs = set(zip(*(np.asarray(engine[names[name]]).tolist() for name in key), strict=True))
    lines = []
    for side, rows in (("twin", ours - theirs), ("engine", theirs - ours)):
        if rows:
            lines.append(f"{len(rows)} events only in the {side}, e.g. {key} = {sorted(rows)[:3]}")
    return lines


def in_order(arrays: Mapping[str, Any], *names: str) -> Arrays:
    """Rows sorted by some columns, the first the slowest."""
    order = np.lexsort([np.asarray(arrays[name]) for name in reversed(names)])
    return {name: np.asarray(column)[order] for name, column in arrays.items()}


def mismatches(twin: Arrays, engine: Mapping[str, Any], names: Mapping[str, str], rtol: float = 1e-12) -> list[str]:
    """One line for every column that differs, with the first rows that do."""
    lines = missing_rows(twin, engine, names)
    if lines:
        return lines
    for ours, theirs in names.items():
        a, b = twin[ours], np.asarray(engine[theirs])
        different = ~np.isclose(a, b, rtol=rtol, atol=0) if ours in REAL else a != b
        if different.any():
            rows = np.flatnonzero(different)
            examples = ", ".join(f"row {i}: twin {a[i]}, engine {b[i]}" for i in rows[:3])
            lines.append(f"{ours}: {len(rows)} of {len(a)} differ ({examples})")
    return lines
