"""Small cases drawn at random by Hypothesis: companies of a few people, any platforms, parameters over wide ranges."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from .case import FOUR, Case
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
}
FEED_RANGES: dict[str, st.SearchStrategy[float]] = {
    "feed.fractional_contagion": st.sampled_from((0.0, 1.0)),
    "feed.appeal_shrink": _or_edges(0.0, 1.0),
    "feed.identical_copy": _or_edges(0.0, 1.0),
    "feed.viewer_limit": _or_edges(1.0, 50.0, float("inf")),
    "feed.memory_days": _or_edges(0.0, 40.0),
    "content.own_words": _or_edges(0.0, 1.0),
}


@st.composite
def random_case(draw: st.DrawFn) -> Case:
    platforms = tuple(draw(st.lists(st.sampled_from(PLATFORMS), min_size=1, unique=True).map(sorted_platforms)))
    overrides = {address: value for address, value in FOUR.items() if _belongs(address, platforms)}
    overrides |= {address: draw(values) for address, values in FEED_RANGES.items()}
    for name in platforms:
        overrides |= {f"platforms.{name}.{key}": draw(values) for key, values in PLATFORM_RANGES.items()}
    weights = [draw(st.integers(1, 5)) if name in platforms else 0 for name in PLATFORMS]
    shares = [weight / sum(weights) for weight in weights]
    overrides |= {f"posting.organic_platforms.{name}": share for name, share in zip(PLATFORMS, shares, strict=True)}
    employees = draw(st.integers(2, 12))
    persons = draw(st.lists(st.integers(1, 30), min_size=SEGMENTS_OUTSIDE, max_size=SEGMENTS_OUTSIDE))
    total = employees + sum(persons)
    return Case(
        overrides,
        platforms,
        employees,
        given=(tuple(persons), draw(st.integers(1, total * min(total - 1, 20) // 2))),
        start=date(2026, 7, 20),
        warm_up_weeks=draw(st.integers(0, 1)),
        weeks=draw(st.integers(1, 2)),
        follow_up_weeks=draw(st.integers(0, 2)),
        advocates=draw(st.integers(0, employees)),
        posts_per_week=draw(_or_edges(0.0, 20.0)),
        company_content=draw(_or_edges(0.0, 1.0)),
        shares=(shares[0], shares[1], shares[2], shares[3]),
        replicate=draw(st.integers(0, 1000)),
    )


def sorted_platforms(names: list[str]) -> list[str]:
    return sorted(names, key=PLATFORMS.index)


def _belongs(address: str, platforms: tuple[str, ...]) -> bool:
    """Whether an address is of no platform, or of one that is on."""
    group, name = address.split(".")[:2]
    return group not in ("platforms", "platform_audiences") or name in platforms
