"""The second block of a comparison as a value: which inputs were drawn, their draws, what the designs did."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.progress import Progress
from groundswell.common.statistics import Floats
from groundswell.results import Results
from groundswell.run.drawn import LEAST_DRAWN, DrawnRuns, run_drawn
from groundswell.scenario import Scenario
from groundswell.scenario.inputs.draws import Draws
from groundswell.scenario.inputs.inputs import Input, inputs_of
from groundswell.worlds.persons import persons_by_segment

MOST_CHECKED = 1000  # worlds before anything runs: a count that cannot be run must not be worked through here


@dataclass(frozen=True, eq=False)
class Drawn:
    """The second block.

    Attributes
    ----------
    inputs
        what was drawn.
    uniforms
        draws before they go through their priors, (world, input).
    values
        drawn numbers by address, one a world.
    runs
        what the designs did with them.
    persons
        persons by segment in each world, which drawn pools decide.
    seconds
        how long the block took.
    """

    inputs: tuple[Input, ...]
    uniforms: Floats
    values: Mapping[str, tuple[Any, ...]]
    runs: DrawnRuns
    persons: tuple[tuple[int, ...], ...]
    seconds: float = 0.0

    def frame(self) -> pd.DataFrame:
        """One row a world: world, then each drawn number by its address."""
        columns = {address: pd.Series(list(numbers)) for address, numbers in self.values.items()}
        return pd.DataFrame({"world": range(len(self.uniforms)), **columns})


def draws_of(results: Sequence[Results]) -> Draws:
    """The draws of these designs; InvalidInput where their priors do not fit together."""
    scenarios = tuple(result.scenario for result in results)
    return Draws(scenarios, inputs_of(scenarios), int(results[0].manifest["seed"]))


def checked_draws(scenarios: Sequence[Scenario], seed: int, worlds: int) -> Draws:
    """The draws of these designs in the first worlds, which are made once.

    Raises
    ------
    InvalidInput
        priors that do not fit together; a world in which no draw is a valid scenario. Both before anything runs.
    """
    draws = Draws(tuple(scenarios), inputs_of(scenarios), seed)
    for world in range(min(worlds, MOST_CHECKED) if draws.inputs else 0):
        draws.of(world)
    return draws


def draws_to(results: Sequence[Results], worlds: object) -> Draws:
    """The draws of finished results, checked up to a number of worlds; what is no such number is refused elsewhere."""
    known = draws_of(results)
    return checked_draws(known.scenarios, known.seed, worlds) if isinstance(worlds, int) else known


def run_block(
    results: Sequence[Results], threads: int, bar: Progress, earlier: Drawn | None = None, known: Draws | None = None
) -> Drawn | None:
    """Run what is missing of the second block of finished results; None with too few worlds, or nothing to draw.

    ``known``: draws that were checked before the first block, and are not made again where they are of these designs.
    """
    worlds = min(len(result.recording.finished) for result in results)
    if worlds < LEAST_DRAWN:
        return None
    scenarios, seed = tuple(result.scenario for result in results), int(results[0].manifest["seed"])
    same = known is not None and (known.scenarios, known.seed) == (scenarios, seed)
    draws = known if known is not None and same else draws_of(results)
    if not draws.inputs:
        return None
    for world in range(worlds):
        draws.of(world)  # before anything runs; those that are known are not made again
    begun = time.perf_counter()
    measures = results[0].recording.measures
    runs = run_drawn(draws, worlds, threads, measures, bar, None if earlier is None else earlier.runs)
    seconds = time.perf_counter() - begun + (0.0 if earlier is None else earlier.seconds)
    return replace(recorded(draws, worlds, runs), seconds=seconds)


def recorded(draws: Draws, worlds: int, runs: DrawnRuns) -> Drawn:
    """The block with its draws, which follow from seed, world and address."""
    found = [draws.of(world) for world in range(worlds)]
    addresses = list(dict.fromkeys(address for draw in found for address in draw.values))
    values = {address: tuple(draw.values.get(address) for draw in found) for address in addresses}
    persons = tuple(persons_by_segment(draw.scenarios[0]) for draw in found)
    return Drawn(draws.inputs, np.array([draw.uniforms for draw in found]), values, runs, persons)
