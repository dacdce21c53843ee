"""Priors that were set beside the values that are stated: as text, and where a prior leaves its value out."""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.scenario.addresses import is_absent
from groundswell.scenario.inputs.inputs import value_of
from groundswell.scenario.inputs.places import places
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.base import to_real
from groundswell.scenario.words import shown

JOINT = ("fixed", "dirichlet")  # families whose prior always has the stated value: they keep it, or are around it
OUTSIDE = "prior_without_stated_value"  # code of the warning


def prior_text(scenario: ScenarioRecord, address: str) -> str:
    """Return the prior that was set for a number as a person reads it, with the unit of the number."""
    prior = scenario.priors[address]
    if prior.family in JOINT:
        return str(prior)
    return f"{prior.family}({', '.join(map(shown, prior.values))}) {places()[address].unit}"


def prior_texts(scenario: ScenarioRecord) -> list[str]:
    """Return every prior that was set: address, prior, unit."""
    return [f"{address} {prior_text(scenario, address)}" for address in scenario.priors]


def prior_of(scenario: ScenarioRecord, path: str) -> str:
    """Return the prior that was set for a number, by itself or with the shares it is one of; empty where none was."""
    own = next((name for name in (path, path.rpartition(".")[0]) if name in scenario.priors), "")
    return prior_text(scenario, own) if own else ""


def warnings(scenario: ScenarioRecord) -> Iterator[tuple[str, int, str, str]]:
    """Yield a warning for each prior in which the stated value of its number does not lie.

    Most often the two are in different units, as days beside weeks. It is no error: somebody may want to know what
    holds far from the stated value.
    """
    for address, prior in scenario.priors.items():
        path = tuple(address.split("."))
        if prior.family in JOINT or (path[0] != "company" and is_absent(scenario, path)):
            continue
        stated = value_of(scenario, address)
        number, (low, high) = to_real(stated), prior.ends
        if number is None or low <= number <= high:
            continue
        text = (
            f"{address} is stated as {shown(stated)} {places()[address].unit}, which its prior, "
            f"{prior_text(scenario, address)}, leaves out: tables are at the stated value, while the block in which "
            "inputs are drawn uses the prior; state the value inside the prior, or check the unit"
        )
        yield OUTSIDE, 1, address, text
