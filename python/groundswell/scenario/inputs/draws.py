"""Draws of the inputs: keyed by (seed, world, address), stratified in blocks of 20 worlds, the same in all designs.

Nothing depends on how many worlds there are or on the order of calls, so that a study can be extended and resumed.
docs/RANDOMNESS.md has the formulas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundswell.errors import InvalidInput
from groundswell.scenario.addresses import is_absent
from groundswell.scenario.inputs.inputs import Input
from groundswell.scenario.inputs.places import mix_of, places
from groundswell.scenario.inputs.shares import drawn_shares
from groundswell.scenario.scenario import Scenario
from groundswell.scenario.schema.priors import Prior

BLOCK = 20  # worlds in which each input takes each twentieth of its prior once
ATTEMPTS = 100  # of a world whose joint draw breaks a rule over several numbers
Floats = NDArray[np.float64]


def words(seed: int, world: int, address: str, attempt: int = 0) -> tuple[int, int]:
    """Return two words of 64 bits: the place inside a twentieth, and the order of the world in its block."""
    digest = sha256(f"groundswell input {seed} {world} {attempt} {address}".encode()).digest()
    return int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big")


def uniform(seed: int, world: int, address: str, attempt: int = 0) -> float:
    """Return the uniform of one input in one world, strictly between 0 and 1.

    The first attempt is stratified: of the 20 worlds of a block each has another twentieth. Later ones are not.
    """
    place = ((words(seed, world, address, attempt)[0] >> 12) + 0.5) / 2**52
    if attempt:
        return place
    start = world - world % BLOCK
    own = words(seed, world, address)[1]
    rank = sum(words(seed, other, address)[1] < own for other in range(start, start + BLOCK))
    return (rank + place) / BLOCK


@dataclass(frozen=True)
class Draw:
    """The inputs of one world: a uniform for each, and every number that follows."""

    uniforms: tuple[float, ...]
    values: dict[str, Any]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class Draws:
    """The inputs of designs that are compared, and their draws in any world."""

    scenarios: tuple[Scenario, ...]
    inputs: tuple[Input, ...]
    seed: int

    @cached_property
    def _known(self) -> dict[int, Draw]:
        return {}

    def of(self, world: int) -> Draw:
        """Return the draw of a world, and the designs with it.

        A draw that breaks a rule over several numbers (acts that never end, say) is made again, all inputs anew, so
        that the prior is cut off where no scenario is.

        Raises
        ------
        InvalidInput
            no valid draw in 100.
        """
        if world not in self._known:
            self._known[world] = self._made(world)
        return self._known[world]

    def _made(self, world: int) -> Draw:
        refusal: InvalidInput | None = None
        for attempt in range(ATTEMPTS):
            uniforms = tuple(uniform(self.seed, world, one.address, attempt) for one in self.inputs)
            try:
                return self._with(uniforms)
            except InvalidInput as error:
                refusal = error
        raise InvalidInput(f"priors: {ATTEMPTS} joint draws in world {world} break a rule; the last one: {refusal}")

    def _with(self, uniforms: tuple[float, ...]) -> Draw:
        values = values_of(self.scenarios[0], self.inputs, uniforms)
        scenarios = tuple(with_values(scenario, self.inputs, uniforms) for scenario in self.scenarios)
        return Draw(uniforms, values, scenarios)


def values_of(scenario: Scenario, inputs: Sequence[Input], uniforms: Sequence[float]) -> dict[str, Any]:
    """Return the number at each address that the uniforms say; shares that sum to 1 jointly.

    Raises
    ------
    InvalidInput
        shares that cannot sum to 1 with each within its prior.
    """
    found: dict[str, Any] = {}
    shares: dict[str, dict[str, tuple[Prior, float]]] = defaultdict(dict)
    for one, u in zip(inputs, uniforms, strict=True):
        for address, prior in one.priors:
            place, mix = places()[address], mix_of(address)
            if mix is not None:
                shares[mix][address] = prior, u
                continue
            value = prior.inside(u, place.low, place.high)
            found[address] = round(value) if place.whole else value
    for mix, drawn in shares.items():
        found |= drawn_shares(scenario, mix, drawn)
    return found


def with_values(scenario: Scenario, inputs: Sequence[Input], uniforms: Sequence[float]) -> Scenario:
    """Return a design with the draw; what it does not have (a program) is left out. The label stays."""
    values = values_of(scenario, inputs, uniforms)
    changes = {
        address: value
        for address, value in values.items()
        if address.startswith("company.") or not is_absent(scenario, tuple(address.split(".")))
    }
    return scenario.replace(changes, label=scenario.label) if changes else scenario
