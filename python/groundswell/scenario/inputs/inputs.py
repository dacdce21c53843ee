"""Which inputs of a comparison are drawn: those marked in the schema that nobody stated, and those with priors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groundswell.errors import InvalidInput, Problem, shown
from groundswell.scenario.addresses import is_absent, read
from groundswell.scenario.inputs.places import Place, members, places
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.drawn import DRAWN, EVERY, MOST, name_of
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.scenario.schema.priors import Prior

# Of a number that stands in where a table has no such column: the column that makes it idle.
FROM_COLUMNS = {
    "platforms.linkedin.connections_mean": "connections",
    "platforms.linkedin.connections_log_sd": "connections",
}


@dataclass(frozen=True)
class Input:
    """One uncertain input: one uniform a world, and the numbers that follow from it, each by its own prior.

    Several numbers are one input where they are one question: the visibility of posts on each platform that is on.
    """

    address: str  # of the first number: what its draws are keyed by
    name: str  # in a sentence
    priors: tuple[tuple[str, Prior], ...]  # by the address of each number

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the addresses of its numbers."""
        return tuple(address for address, _ in self.priors)


def inputs_of(scenarios: Sequence[ScenarioRecord]) -> tuple[Input, ...]:
    """Return what is drawn when these designs are compared; the same for all of them.

    Parameters
    ----------
    scenarios
        designs of one company. A prior that was set must be the same in all; its number must be stated alike. An
        input that is drawn by default is left out where a design states it, where its column is in the table, and
        where its platform is off.

    Raises
    ------
    InvalidInput
        priors that differ between designs, or a prior of what designs differ in.
    """
    first = scenarios[0]
    for other in scenarios[1:]:
        for address in sorted({*first.priors, *other.priors}):
            mine, theirs = first.priors.get(address), other.priors.get(address)
            if mine != theirs:
                rule = f"must be the same in all designs; {first.label!r} has {mine}, {other.label!r} has {theirs}"
                raise InvalidInput(problems=[Problem(("priors", *address.split(".")), "", rule)])
    own = dict(_own(scenarios))
    found = [Input(address, name_of(address), ((address, prior),)) for address, prior in own.items()]
    taken = {*own, *(name for address in first.priors for name in (address, *members(address)))}
    for key, name in DRAWN.items() if len(DRAWN) <= MOST else ():
        free = [place for place in _by_default(key, scenarios) if place.address not in taken]
        priors = tuple((place.address, place.prior) for place in free if place.prior is not None)
        if priors:
            found.append(Input(priors[0][0], name, priors))
    return tuple(sorted(found, key=lambda one: one.address))


def _own(scenarios: Sequence[ScenarioRecord]) -> Iterator[tuple[str, Prior]]:
    """Numbers whose priors were set, shares one by one; one that is fixed stays, also in a mix that is drawn."""
    set_for = scenarios[0].priors
    for address, prior in set_for.items():
        for name in members(address) or [address]:
            fixed = prior.is_fixed or (name in set_for and set_for[name].is_fixed)
            if not fixed and any(_is_there(scenario, name) for scenario in scenarios):
                _check_alike(scenarios, name)
                yield name, prior


def _check_alike(scenarios: Sequence[ScenarioRecord], address: str) -> None:
    stated = {value_of(scenario, address) for scenario in scenarios if _is_there(scenario, address)}
    if len(stated) > 1:
        rule = f"has a prior, and the designs state different values ({', '.join(map(shown, sorted(stated, key=str)))})"
        raise InvalidInput(problems=[Problem(tuple(address.split(".")), "", f"{rule}; remove the prior, or state one")])


def value_of(scenario: ScenarioRecord, address: str) -> object:
    """Return the stated value of a number or of a fact of the company."""
    parts = tuple(address.split("."))
    return scenario.company.firm.values()[parts[1]] if parts[0] == "company" else read(scenario, parts)


def _is_there(scenario: ScenarioRecord, address: str) -> bool:
    return address.startswith("company.") or not is_absent(scenario, tuple(address.split(".")))


def _by_default(key: str, scenarios: Sequence[ScenarioRecord]) -> Iterator[Place]:
    """The numbers of an input that is drawn by default, without those that somebody stated or that do nothing."""
    names = [key] if not key.startswith(EVERY) else [f"platforms.{name}.{key[len(EVERY) :]}" for name in PLATFORMS]
    for address in names:
        column = FROM_COLUMNS.get(address)
        given = column is not None and getattr(scenarios[0].company, column, None) is not None
        if not given and all(_is_at_default(scenario, address) for scenario in scenarios):
            yield places()[address]


def _is_at_default(scenario: ScenarioRecord, address: str) -> bool:
    parts = tuple(address.split("."))
    if parts[0] == "platforms" and not getattr(scenario.platforms, parts[1]).on:
        return False
    return _is_there(scenario, address) and value_of(scenario, address) == places()[address].default
