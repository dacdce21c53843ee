"""What a program costs, in the company's currency (``company.currency``). Spec: docs/MODEL.md 2b, Money."""

from __future__ import annotations

from typing import Annotated

from groundswell.scenario.schema.base import Group, Spec

MOST = 1e9


def _price(what: str, per: str, prior: str) -> Spec:
    return Spec(what, f"currency {per}", prior, at_least=0, at_most=MOST)


def _hours(what: str, unit: str, prior: str) -> Spec:
    return Spec(what, unit, prior, at_least=0, at_most=100_000)


def _minutes(what: str, prior: str) -> Spec:
    return Spec(f"Time of an advocate for {what}", "minutes a post", prior, at_least=0, at_most=10_000)


class Costs(Group):
    """Prices and hours; the analyst's own replace them. Every one is an assumption."""

    address = ("costs",)
    license_per_seat_month: Annotated[
        float, _price("License of the tool per member, active or dormant", "a month", "LN(8, .6)")
    ] = 8.0
    content_per_item: Annotated[float, _price("An item of supplied content", "an item", "LN(100, .8)")] = 100.0
    staff_hour: Annotated[float, _price("Staff who run the program", "an hour", "LN(50, .4)")] = 50.0
    staff_hours_per_week: Annotated[
        float, _hours("Staff time for running the program", "hours a week", "LN(10, .7)")
    ] = 10.0
    champion_hours_per_week: Annotated[
        float, _hours("Staff time of champions, at strength 1", "hours a week", "LN(4, .7)")
    ] = 4.0
    leadership_hour: Annotated[float, _price("Time of leaders", "an hour", "LN(150, .5)")] = 150.0
    leadership_hours_per_week: Annotated[
        float, _hours("Leaders' time for the program, at strength 1", "hours a week", "LN(2, .7)")
    ] = 2.0
    guidelines_hours: Annotated[float, _hours("Staff time for writing guidelines, once", "hours", "LN(40, .7)")] = 40.0
    advocate_hour: Annotated[float, _price("Working time of an advocate", "an hour", "LN(45, .4)")] = 45.0
    trainer_hour: Annotated[
        float, _price("Training, per person, without the person's own time", "an hour", "LN(25, .6)")
    ] = 25.0
    recognition_per_month: Annotated[
        float, _price("Recognition per active member, at strength 1", "a month", "LN(5, .8)")
    ] = 5.0
    money_unit: Annotated[float, _price("Money per active member, a unit of it", "a month", "LN(10, .5)")] = 10.0
    minutes_own_words: Annotated[float, _minutes("a post in own words", "U(5, 25)")] = 10.0
    minutes_supplied: Annotated[float, _minutes("a post of supplied text, or an amplified page post", "U(.5, 5)")] = 2.0
    minutes_other: Annotated[float, _minutes("another program post", "U(2, 15)")] = 5.0
