"""Measures of the program, counted from the twin's records day by day (docs/MODEL.md 2b and 6)."""

from __future__ import annotations

from collections import Counter

from .content import offer_day
from .money import LINES, Work, advocate_hours, cost_of_day
from .records import (
    ACTIVE,
    ADVOCATE_LEFT,
    DORMANT,
    ENROLLED,
    GAVE_UP,
    LEFT_COMPANY,
    PLACE_LOST,
    PROGRAM,
    REPLACED,
    WAS_INVITED,
    MemberDay,
    Post,
    Trace,
)
from .world_view import Design, Parameters

STEPS = {
    "invitations": WAS_INVITED,
    "enrollments": ENROLLED,
    "drop_outs": GAVE_UP,
    "exits": LEFT_COMPANY,
    "advocates_left": ADVOCATE_LEFT,
    "advocates_replaced": REPLACED,
    "advocate_places_lost": PLACE_LOST,
}
SUMS = (
    *STEPS,
    "negative_posts",
    "active_member_days",
    "seat_days",
    "coerced_days",
    "motivation_points",
    "fatigue_points",
    "authenticity_points",
    "credibility_points",
    "advocate_hours",
    "training_hours",
    *(f"cost_{line}" for line in LINES),
    "program_cost",
)
LEVELS = {
    "satisfaction": "satisfaction",
    "headcount": "headcount",
    "enrolled": "enrolled",
    "dormant_members": "dormant",
}

Sums = dict[tuple[str, int], float]  # (measure, day of the run)


def program_sums(trace: Trace, design: Design, parameters: Parameters) -> Sums:
    """Every additive measure of the program on every day from the first of a program, or of the horizon, on."""
    sums: Sums = {}
    for day in range(design.program_begin, design.horizon_end):
        today = day - design.horizon_begin
        posts = [post for post in trace.posts if post.day == day and post.process == PROGRAM]
        values = _of_people(trace, day - design.program_begin, today) | _of_posts(posts)
        if design.settings(day) is not None:
            values |= _of_money(trace, design, parameters, day, posts)
        sums |= {(name, day): value for name, value in values.items()}
    return sums


def _of_people(trace: Trace, place: int, today: int) -> dict[str, float]:
    """`place` of the day among those of members; `today` counts from the horizon's first."""
    members = trace.members[place]
    active = [m for m in members if m.state == ACTIVE]
    happened = Counter(step.what for step in trace.steps if step.day == today)
    return {
        **{name: happened[what] for name, what in STEPS.items()},
        "active_member_days": len(active),
        "seat_days": len(active) + sum(m.state == DORMANT for m in members),
        "coerced_days": sum(m.coerced for m in members),
        "motivation_points": sum(m.motivation for m in active),
        "fatigue_points": sum(m.fatigue for m in active),
        "training_hours": _hours_trained(trace, place),
    }


def _hours_trained(trace: Trace, today: int) -> float:
    before: list[MemberDay | None] = list(trace.members[today - 1]) if today else [None] * len(trace.members[today])
    pairs = zip(trace.members[today], before, strict=True)
    return sum(now.trained - (then.trained if then else 0.0) for now, then in pairs)


def _of_posts(posts: list[Post]) -> dict[str, float]:
    """Of the program's posts of a day."""
    company = [post for post in posts if post.company]
    return {
        "negative_posts": sum(post.negative for post in company),
        "authenticity_points": sum(post.authenticity for post in company),
        "credibility_points": sum(post.credibility for post in company),
    }


def _of_money(trace: Trace, design: Design, parameters: Parameters, day: int, posts: list[Post]) -> dict[str, float]:
    settings = design.settings(day)
    assert settings is not None
    today = day - design.program_begin
    earlier = (design.settings(d) for d in range(design.program_begin, day + 1))
    guidelines = [0.0, *(s.guidelines for s in earlier if s is not None)]
    members = trace.members[today]
    work = Work(
        active=sum(m.state == ACTIVE for m in members),
        dormant=sum(m.state == DORMANT for m in members),
        items=items_offered(design, parameters, day),
        hours_trained=_hours_trained(trace, today),
        guidelines_rise=max(guidelines) - max(guidelines[:-1]),
        own_words=sum(post.company and post.own_words for post in posts),
        supplied=sum(post.company and not post.own_words for post in posts),
        other=sum(not post.company for post in posts),
        amplified=trace.amplified[day],
    )
    lines = cost_of_day(work, settings, parameters["costs"])
    return {
        "advocate_hours": advocate_hours(work, parameters["costs"]),
        **{f"cost_{line}": lines[line] for line in LINES},
        "program_cost": sum(lines.values()),
    }


def items_offered(design: Design, parameters: Parameters, day: int) -> int:
    """Of the shared stream, on one day of the run."""
    number = item = 0
    while (offered := offer_day(item, design.program_begin, parameters["content"])) <= day:
        number += offered == day
        item += 1
    return number


def participants(trace: Trace, days: range) -> int:
    """Distinct employees with a program post in some days."""
    return len({post.author for post in trace.posts if post.process == PROGRAM and post.day in days})
