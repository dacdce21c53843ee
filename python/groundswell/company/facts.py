"""Facts about the firm that an HR export does not hold, each with a stated default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

import numpy as np
import pandas as pd

from groundswell.errors import InvalidInput, UnknownName, did_you_mean, invalid, shown

NOT_USED = "nothing yet"
# Names of departments that say what their people do, in English, French, German, Spanish and Dutch.
SALES_DEPARTMENTS = ("sales", "ventes", "commercial", "vertrieb", "verkauf", "ventas", "comercial", "verkoop")
PEOPLE_DEPARTMENTS = (
    "people", "human resources", "ressources humaines", "rh", "personal", "personalabteilung", "personalwesen",
    "recursos humanos", "rrhh", "personeelszaken", "hr", "hrm", "p&o",
)  # fmt: skip
Floats = np.ndarray[Any, np.dtype[np.float64]]
PAGES = {
    "linkedin": "page_followers", "facebook": "page_followers_facebook", "instagram": "page_followers_instagram",
    "x": "page_followers_x",
}  # fmt: skip
MARKET_PRICES = ("market_price_per_click", "market_price_per_thousand_impressions")
CHANGES_NOTHING = (*MARKET_PRICES, "currency", "growth_per_year")  # of the simulated numbers
LAW = "sum of connections there / platforms.{}.connections_per_follower"


@dataclass(frozen=True)
class Fact:
    """How one fact is documented: its default (a value, or a law in words), unit, bounds, prior, source and use."""

    default: float | str
    unit: str
    bounds: str
    used_by: str
    prior: str
    source: str
    description: str
    tag: str = "input"

    def number(self) -> float | str | None:
        """Return the default; None where it is a law in words, worked out in each world."""
        return None if isinstance(self.default, str) and "/" in self.default else self.default


FACTS: dict[str, Fact] = {
    "page_followers": Fact(
        LAW.format("linkedin"), "accounts", "[0, 1e9]",
        "the page's audience in every world",
        "see platforms.linkedin.connections_per_follower", "[3.11]", "Followers of the company's page on LinkedIn",
    ),
    **{
        f"page_followers_{name}": Fact(
            LAW.format(name), "accounts", "[0, 1e9]",
            f"the page's audience on {title}, where platforms.{name}.on",
            f"see platforms.{name}.connections_per_follower", "assumption",
            f"Followers of the company's page on {title}",
        )
        for name, title in (("facebook", "Facebook"), ("instagram", "Instagram"), ("x", "X"))
    },
    "people_recruiter_share": Fact(
        0.3, "share", "[0, 1]", "job function, where it is missing", "U(.1, .5)", "assumption",
        "Share of a department named people or human resources that recruits", "assumption",
    ),
    "currency": Fact(
        "USD", "ISO 4217 code", "three capital letters", "units of costs and of the prices in costs.*",
        "fixed", "definition: published prices are in it",
        "Currency of every amount of money",
    ),
    "market_price_per_click": Fact(
        5.58, "currency a click", "[0, 1e6]", "beside cost_per_click_added of comparisons",
        "U(4, 16)", "[6.7]", "What the firm pays for a click elsewhere",
    ),
    "market_price_per_thousand_impressions": Fact(
        33.0, "currency per 1,000 views", "[0, 1e6]", "beside cost_per_thousand_impressions_added of comparisons",
        "U(25, 73)", "[6.7]", "What the firm pays for a thousand impressions elsewhere",
    ),
    "growth_per_year": Fact(
        0.0, "share of the headcount a year", "[-0.9, 10]", f"{NOT_USED} (hiring is not simulated)",
        "chosen by the analyst", "design", "Planned growth of the headcount",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class FirmFacts:
    """Facts as given; None is not given, and the default of ``FACTS`` stands in.

    Attributes
    ----------
    page_followers
        Followers of the company's page on LinkedIn, 0 to 1e9.
    page_followers_facebook, page_followers_instagram, page_followers_x
        The same of its pages elsewhere; used where the platform is on.
    people_recruiter_share
        Share of a people (human resources) department that recruits, [0, 1].
    currency
        Three capital letters, ISO 4217.
    growth_per_year
        Share of the headcount a year, -0.9 to 10.
    market_price_per_click, market_price_per_thousand_impressions
        What the firm pays for attention elsewhere, in its currency; changes no simulated number.
    """

    page_followers: int | None = None
    people_recruiter_share: float | None = None
    currency: str | None = None
    growth_per_year: float | None = None
    page_followers_facebook: int | None = None
    page_followers_instagram: int | None = None
    page_followers_x: int | None = None
    market_price_per_click: float | None = None
    market_price_per_thousand_impressions: float | None = None

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> Self:
        """Return the facts; the error names the one that breaks its rule, or does not exist, by its address."""
        names = [field.name for field in fields(cls)]
        for name in values:
            if name not in names:
                near = did_you_mean(name, names).replace("name: ", "name: company.")
                raise UnknownName(f"company.{name}: no such address; {near}")
        currency = values.get("currency")
        pages = {name: value for name, value in values.items() if name in PAGES.values() and value is not None}
        if currency is not None and not (isinstance(currency, str) and re.fullmatch("[A-Z]{3}", currency)):
            raise invalid("company.currency", currency, "must be three capital letters, as in 'EUR' (ISO 4217)")
        return cls(
            **{name: whole(value, f"company.{name}", 0, 1_000_000_000) for name, value in pages.items()},
            people_recruiter_share=_real(values, "people_recruiter_share", 0, 1),
            currency=currency,
            growth_per_year=_real(values, "growth_per_year", -0.9, 10),
            market_price_per_click=_real(values, "market_price_per_click", 0, 1e6),
            market_price_per_thousand_impressions=_real(values, "market_price_per_thousand_impressions", 0, 1e6),
        )

    def followers(self) -> dict[str, int]:
        """Return followers of the company's pages, by platform, where given."""
        given = self.given()
        return {platform: given[name] for platform, name in PAGES.items() if name in given}

    def values(self) -> dict[str, Any]:
        """Return every fact by name: given, or its default; None where that is a law."""
        return {name: fact.number() for name, fact in FACTS.items()} | self.given()

    def given(self) -> dict[str, Any]:
        """Return what was given, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def law_of_functions(self) -> str:
        """Return in words how a missing job function is drawn."""
        return f"department: all of sales; {self.recruiter_share():g} of people, human resources recruit"

    def law_of_followers(self, name: str) -> str:
        """Return in words how the followers of one page (a name of ``PAGES``) are worked out; empty where given."""
        return str(FACTS[name].default) if getattr(self, name) is None else ""

    def market_price(self, name: str) -> float:
        """Return what attention costs elsewhere (a name of ``MARKET_PRICES``), given or default."""
        return float(self.values()[name])

    def recruiter_share(self) -> float:
        """Return the share of a people department that recruits, given or default."""
        given = self.people_recruiter_share
        return float(FACTS["people_recruiter_share"].default) if given is None else given

    def frame(self, name: str, is_default_name: bool) -> pd.DataFrame:
        """Return columns fact, value, state (given, default), unit, used_by; the firm's name stands first."""
        given = self.given()
        rows = [("name", name, "default" if is_default_name else "given", "text", "tables and pictures")]
        for key, fact in FACTS.items():
            state = "given" if key in given else "default"
            rows.append((key, given.get(key, fact.default), state, fact.unit, fact.used_by))
        table = pd.DataFrame(rows, columns=["fact", "value", "state", "unit", "used_by"])
        table["value"] = pd.Series([row[1] for row in rows], dtype=object)
        return table


def function_shares(departments: tuple[str, ...], firm: FirmFacts) -> tuple[Floats, Floats]:
    """P(sales) and P(recruiter) by department, from its name alone.

    Exactly sales (in five languages): everybody; people or human resources: ``people_recruiter_share`` recruit.
    """
    names = [name.casefold() for name in departments]
    sales = np.array([float(name in SALES_DEPARTMENTS) for name in names])
    recruiters = np.array([firm.recruiter_share() * (name in PEOPLE_DEPARTMENTS) for name in names])
    return sales, recruiters


def whole(value: object, name: str, low: int, high: int) -> int:
    """Return a whole number in its bounds; InvalidInput for anything else."""
    if isinstance(value, int | np.integer) and not isinstance(value, bool) and low <= value <= high:
        return int(value)
    raise InvalidInput(f"{name} = {shown(value)}: must be a whole number, [{low}, {high:,}]")


def _real(values: Mapping[str, Any], name: str, low: float, high: float) -> float | None:
    value = values.get(name)
    if value is None:
        return None
    is_number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool | np.bool_)
    if not is_number or not low <= value <= high:  # no number that is none is between two
        raise invalid(f"company.{name}", value, f"must be a number, [{low:g}, {high:g}] ({FACTS[name].unit})")
    return float(value)
