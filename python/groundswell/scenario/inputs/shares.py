"""Shares that sum to 1 and have priors: their joint draw, each where its prior is, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from groundswell.errors import InvalidInput, Problem
from groundswell.scenario.addresses import is_absent, read
from groundswell.scenario.inputs.places import members, mix_of
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.priors import Prior

SAME = 1e-9  # as the rule about the sum of shares


def drawn_shares(scenario: ScenarioRecord, mix: str, drawn: Mapping[str, tuple[Prior, float]]) -> dict[str, float]:
    """All shares of a mix: those with a prior of their own, then the others, in proportion or by a Dirichlet prior.

    Raises
    ------
    InvalidInput
        draws that no shares can have: the inputs of the world are then drawn anew.
    """
    stated = _stated(scenario, mix)
    if not stated:
        return {}
    own = {name: prior.inside(u, 0.0, 1.0) for name, (prior, u) in drawn.items() if prior.family != "dirichlet"}
    kept = {name: share for name, share in stated.items() if name not in drawn and _is_fixed(scenario, name)}
    parts = {
        name: drawn[name][0].gamma_part(drawn[name][1], share) / drawn[name][0].values[0] if name in drawn else share
        for name, share in stated.items()
        if name not in own and name not in kept
    }
    taken, size = sum(own.values()) + sum(kept.values()), sum(parts.values())
    if taken > 1 + SAME:
        raise InvalidInput(f"{mix}: the shares that have priors are drawn at {taken:g} together, above 1")
    free = max(1 - taken, 0.0)
    if size > 0:
        others = {name: free * part / size for name, part in parts.items()}
    else:  # nobody to take the rest
        own, others = _to_one(mix, own, drawn, 1 - sum(kept.values())), dict.fromkeys(parts, 0.0)
    found = own | kept | others
    return {name: found[name] for name in stated}


def _to_one(
    mix: str, own: Mapping[str, float], drawn: Mapping[str, tuple[Prior, float]], whole: float
) -> dict[str, float]:
    """Draws scaled so that they fill what is not kept, each still within its prior."""
    total = sum(own.values())
    if total <= 0:
        raise InvalidInput(f"{mix}: the shares are drawn at 0 together, and must sum to 1")
    found = {name: share * whole / total for name, share in own.items()}
    for name, share in found.items():
        low, high = support(drawn[name][0], share)
        if not low - SAME <= share <= high + SAME:
            rule = f"must be {share:g} for the shares to sum to 1, and its prior is {drawn[name][0]}"
            raise InvalidInput(f"{name}: {rule}")
    return found


def support(prior: Prior, stated: float) -> tuple[float, float]:
    """Return the least and the largest share that a prior allows."""
    if prior.is_fixed:
        return stated, stated
    low, high = prior.values if prior.family in ("uniform", "loguniform") else (0.0, 1.0)
    return max(low, 0.0), min(high, 1.0)


def broken_shares(scenario: ScenarioRecord) -> Iterator[Problem]:
    """Yield priors of one mix that no shares can have together."""
    own = {name: prior for name, prior in scenario.priors.items() if prior.family != "dirichlet"}
    for mix in dict.fromkeys(mix for mix in map(mix_of, own) if mix is not None):
        stated = _stated(scenario, mix)
        ends = [support(own[name], share) for name, share in stated.items() if name in own]
        low, high = (sum(end) for end in zip(*ends, strict=True)) if ends else (0.0, 1.0)
        path = ("priors", *mix.split("."))
        if low > 1 + SAME:
            yield Problem(path, "", f"the priors of these shares begin at {low:g} together, and shares sum to 1")
        elif stated and high < 1 - SAME and not any(share > 0 for name, share in stated.items() if name not in own):
            rule = f"the priors of these shares reach to {high:g} together, and no other share is above 0"
            yield Problem(path, "", f"{rule}: they cannot sum to 1")


def _stated(scenario: ScenarioRecord, mix: str) -> dict[str, float]:
    """The stated shares; none where the mix is not there (no program)."""
    names = members(mix)
    if is_absent(scenario, tuple(names[0].split("."))):
        return {}
    return {name: float(read(scenario, tuple(name.split(".")))) for name in names}


def _is_fixed(scenario: ScenarioRecord, address: str) -> bool:
    return address in scenario.priors and scenario.priors[address].is_fixed
