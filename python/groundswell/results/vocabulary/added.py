"""What a program adds: measures of comparisons alone, each the difference of a design to the baseline, run by run.

A single result has totals. What was added to them can only be told beside the same worlds and luck without the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ADDS = "nothing: a difference to the baseline of a comparison"
REACHED = "persons outside the company, by employees' posts and the page's"
VIEWED = "views by persons outside the company, of employees' posts and the page's"
OUTSIDERS, BUYERS = "persons outside the company", "buyers"
MEMBERS, PROGRAM = "members of the program", "the program"


@dataclass(frozen=True)
class Total:
    """What is added to: a measure, of one segment only where named; `outsiders`: views by employees left out."""

    measure: str
    segment: str = ""
    outsiders: bool = False


@dataclass(frozen=True)
class Added:
    """A difference to the baseline, or `factor` × the ratio of two such differences, of the program's cost to `per`.

    `market_price` is the fact of the company that a ratio is compared with.
    """

    name: str
    unit: str
    of: Total
    population: str
    better: Literal["more", "less"]
    definition: str
    per: str = ""
    factor: float = 1.0
    market_price: str = ""


def _aware(name: str, segment: str, at_end: bool) -> Added:
    whom = "buyers outside the company" if segment else "persons outside the company"
    when = "at the end of the window" if at_end else "mean over the weeks of the window"
    return Added(
        name, "people", Total("aware_people" if at_end else "mean_aware_people", segment),
        BUYERS if segment else OUTSIDERS, "more", f"Aware people among {whom}, {when}, less those of the baseline.",
    )  # fmt: skip


def _cost(name: str, unit: str, per: str, what: str, factor: float = 1.0, market_price: str = "") -> Added:
    definition = (
        f"program_cost_added divided by {what}; not defined where the interval of {per} is not above 0: then nothing "
        "is known to be added."
    )
    cost = Total("program_cost")
    population = {one.name: one.population for one in _AMOUNTS}[per]
    return Added(name, f"money per {unit}", cost, population, "less", definition, per, factor, market_price)


_AMOUNTS = (
    Added(
        "unique_people_added", "people", Total("unique_reach_with_page"), REACHED, "more",
        "Distinct persons outside the company whom employees' posts or the page's reach, less those of the baseline: "
        "who sees the page's posts anyway is not added.",
    ),
    _aware("aware_buyers_added", "buyer", at_end=False),
    _aware("aware_buyers_added_at_end", "buyer", at_end=True),
    _aware("aware_people_added", "", at_end=False),
    _aware("aware_people_added_at_end", "", at_end=True),
    Added(
        "impressions_added", "views", Total("impressions", outsiders=True), VIEWED, "more",
        "Impressions of persons outside the company, of employees' posts and the page's, less those of the baseline.",
    ),
    Added(
        "clicks_added", "clicks", Total("clicks", outsiders=True), VIEWED, "more",
        "Clicks of persons outside the company, on employees' posts and the page's, less those of the baseline.",
    ),
    Added(
        "hours_added", "hours", Total("advocate_hours"), MEMBERS, "less",
        "Working time of members (posts, training), less that of the baseline.",
    ),
    Added(
        "program_cost_added", "money", Total("program_cost"), PROGRAM, "less",
        "All lines of the program's cost, less those of the baseline.",
    ),
)  # fmt: skip
_RATIOS = (
    _cost("cost_per_person_added", "person", "unique_people_added", "unique_people_added"),
    _cost(
        "cost_per_thousand_impressions_added", "1,000 views", "impressions_added", "thousands of impressions_added",
        1_000, "market_price_per_thousand_impressions",
    ),
    _cost(
        "cost_per_click_added", "click", "clicks_added", "clicks_added", market_price="market_price_per_click",
    ),
)  # fmt: skip
ADDED: Mapping[str, Added] = MappingProxyType({one.name: one for one in (*_AMOUNTS, *_RATIOS)})
# Ratios of earlier versions, which divided by what the page and organic posts reach anyway, and what is in their place.
REPLACED: Mapping[str, str] = MappingProxyType(
    {
        "cost_per_person_reached": "cost_per_person_added",
        "cost_per_thousand_impressions": "cost_per_thousand_impressions_added",
        "cost_per_click": "cost_per_click_added",
    }
)


def refusal(name: str) -> str:
    """Why a single result has no measure of this name, where that is so; empty for any other name."""
    if name in REPLACED:
        return f"{name} is no more: {REPLACED[name]} divides by what the program adds. {_where(REPLACED[name])}"
    if name in ADDED:
        return f"{name} is a difference to a baseline, and a single result has totals. {_where(name)}"
    return ""


def _where(name: str) -> str:
    return f"A comparison has it: gs.compare(designs, baseline=…).added({name!r})"
