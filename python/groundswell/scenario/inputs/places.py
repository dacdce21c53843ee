"""What a prior may be set for: every number of the model and every fact of the company that is a number."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from groundswell.company.facts import CHANGES_NOTHING, FACTS
from groundswell.errors import Problem
from groundswell.scenario.addresses import addresses, leaves, nearest_address, place_of
from groundswell.scenario.model.solved import has_file, solved
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.base import Mix, Spec, group_of
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.scenario.schema.priors import Prior, from_schema

SOLVED = {  # λ is solved along these: which table, which of its axes
    "person_visibility": ("person", "visibility"), "page_visibility": ("page", "visibility"),
    "activity_shape": ("person", "activity_shape"), "appeal_visibility_log_sd": ("person", "appeal_log_sd"),
    "appeal_visibility_page_log_sd": ("page", "appeal_log_sd"),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Unit and bounds of one number, its default, and the prior that the schema states for it."""

    address: str
    unit: str
    low: float
    high: float
    whole: bool
    default: Any
    prior: Prior | None

    @property
    def of_mix(self) -> bool:
        """Whether the number is one of shares that sum to 1."""
        return mix_of(self.address) is not None


@functools.cache
def places() -> Mapping[str, Place]:
    """Return every number by its address."""
    found = {}
    for path, spec, default in leaves(ScenarioRecord):
        if type(spec) is Spec and not spec.choices and path[0] not in ("weeks", "warm_up_weeks", "follow_up_weeks"):
            address = ".".join(path)
            low, high = _bounds(spec, path)
            found[address] = Place(address, spec.unit, low, high, spec.count, default, from_schema(spec.prior, default))
    for name, fact in FACTS.items():
        ends = re.fullmatch(r"\[(-?[\d.e]+), (-?[\d.e]+)\]", fact.bounds)
        if ends:
            low, high = float(ends[1]), float(ends[2])
            prior = from_schema(fact.prior, fact.number())
            whole = fact.unit == "accounts"
            found[f"company.{name}"] = Place(f"company.{name}", fact.unit, low, high, whole, fact.number(), prior)
    return found


def _bounds(spec: Spec, path: tuple[str, ...]) -> tuple[float, float]:
    """The least and the largest value that a parameter takes, λ's solved range included."""
    low = spec.at_least if spec.at_least is not None else math.nextafter(_or(spec.above, -math.inf), math.inf)
    high = spec.at_most if spec.at_most is not None else math.nextafter(_or(spec.below, math.inf), -math.inf)
    if path[-1] in SOLVED:
        table, axis = SOLVED[path[-1]]
        for platform in [path[1]] if path[0] == "platforms" else PLATFORMS:
            if has_file(platform):
                lowest, highest = getattr(solved(platform), table).range(axis)
                low, high = max(low, lowest), min(high, highest)
    return low, high


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def mix_of(address: str) -> str | None:
    """Return the address of the shares that a number is one of, None for any other number."""
    parent = address.rpartition(".")[0]
    place = place_of(parent, ScenarioRecord) if parent else None
    group = group_of(*place) if place is not None and place[1] else None
    return parent if group is not None and issubclass(group, Mix) else None


def members(mix: str) -> list[str]:
    """Return the addresses of shares that sum to 1."""
    place = place_of(mix, ScenarioRecord)
    group = group_of(*place) if place is not None and place[1] else None
    return [] if group is None or not issubclass(group, Mix) else [f"{mix}.{name}" for name in group.model_fields]


def broken(priors: Mapping[str, Prior]) -> Iterator[Problem]:
    """Yield what is wrong with priors; addresses are complete, below ``priors``."""
    for address, prior in priors.items():
        rule = _rule(address, prior)
        if rule:
            yield Problem(("priors", *address.split(".")), str(prior), rule)


def _rule(address: str, prior: Prior) -> str:
    place = places().get(address)
    if address.partition(".")[2] in CHANGES_NOTHING and address.startswith("company."):
        return f"changes no simulated number (used by: {FACTS[address.partition('.')[2]].used_by}), so it has no prior"
    if place is None and prior.family in ("dirichlet", "fixed") and members(address):
        return ""
    if place is None:
        known = _field(address) or address in [f"company.{name}" for name in FACTS]
        return "is not a number, so it has no prior" if known else f"no such address; {_nearest(address)}"
    if prior.unit is not None and prior.unit != place.unit:
        return f"the prior is in {prior.unit}, the parameter in {place.unit}"
    if prior.family == "dirichlet" and not place.of_mix:
        return "a Dirichlet prior is of shares that sum to 1"
    return prior.problem(place.low, place.high) or (_of_whole(place, prior) if place.whole else "")


def _of_whole(place: Place, prior: Prior) -> str:
    """What is wrong with the prior of a whole number, whose draws are rounded."""
    if prior.family in ("fixed", "dirichlet"):
        return ""
    first, last = prior.ends
    if math.ceil(first) > math.floor(last):
        return f"the parameter is a whole number, and the prior has none: it reaches from {first:g} to {last:g}"
    if round(first) < place.low or round(last) > place.high:
        return f"rounded to whole numbers the prior must lie within [{place.low:g}, {place.high:g}]"
    return ""


def _field(address: str) -> bool:
    """Whether an address names anything at all."""
    return address in set(addresses(ScenarioRecord))


def _nearest(address: str) -> str:
    return nearest_address(address, ScenarioRecord)
