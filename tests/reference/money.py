"""What a day of a program costs, by line, and the hours of advocates (docs/MODEL.md 2b, Money)."""

from __future__ import annotations

from dataclasses import dataclass

from .posting import PER_MONTH
from .program import Settings
from .world_view import Parameters

LINES = ("license", "content", "staff", "training", "rewards", "time")


@dataclass(frozen=True)
class Work:
    """What was done on a day of the horizon."""

    active: int  # members
    dormant: int
    items: int  # of the stream, offered today
    hours_trained: float  # rise of trained hours, over all
    guidelines_rise: float  # of the largest value so far
    own_words: int  # company-related program posts
    supplied: int
    other: int  # program posts about something else
    amplified: int  # pairs of a post of the page and an employee


def cost_of_day(work: Work, settings: Settings, costs: Parameters) -> dict[str, float]:
    staff_hours = costs["staff_hours_per_week"] + costs["champion_hours_per_week"] * settings.champion
    leadership = costs["leadership_hour"] / 7 * costs["leadership_hours_per_week"] * settings.leadership
    rewards = costs["recognition_per_month"] * settings.recognition + costs["money_unit"] * settings.money
    return {
        "license": costs["license_per_seat_month"] * PER_MONTH * (work.active + work.dormant),
        "content": costs["content_per_item"] * work.items,
        "staff": costs["staff_hour"] / 7 * staff_hours
        + leadership
        + costs["guidelines_hours"] * costs["staff_hour"] * work.guidelines_rise,
        "training": (costs["advocate_hour"] + costs["trainer_hour"]) * work.hours_trained,
        "rewards": PER_MONTH * rewards * work.active,
        "time": costs["advocate_hour"] / 60 * minutes_of_posts(work, costs),
    }


def minutes_of_posts(work: Work, costs: Parameters) -> float:
    minutes = costs["minutes_own_words"] * work.own_words + costs["minutes_supplied"] * work.supplied
    return float(minutes + costs["minutes_other"] * work.other + costs["minutes_supplied"] * work.amplified)


def advocate_hours(work: Work, costs: Parameters) -> float:
    return minutes_of_posts(work, costs) / 60 + work.hours_trained
