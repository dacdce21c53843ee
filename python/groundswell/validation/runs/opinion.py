"""Line 27: how often mandates and flooding cost favorability, over what is unknown of valence and wear-out."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell import _core
from groundswell.errors import InternalError
from groundswell.scenario import parameters
from groundswell.validation import scenarios
from groundswell.validation.runs.totals import WEEK, Totals

Floats = npt.NDArray[np.float64]
Numbers = dict[str, float]
Samples = dict[str, npt.NDArray[Any]]

UNKNOWN = ("awareness.valence_threshold", "awareness.wear_out_exponent")
AGAINST = {"mandate": "average", "flooding": "default"}
DESIGNS = {
    "mandate": scenarios.mandate, "average": scenarios.average, "flooding": scenarios.flooding,
    "default": scenarios.default,
}  # fmt: skip
NO_DRAWS = "no draws of the inputs were asked for"


def bounds(address: str) -> tuple[float, float]:
    """Lower and upper end of a parameter's uniform prior.

    Raises
    ------
    InternalError
        If its prior is of another kind.
    """
    prior = str(parameters().set_index("path")["prior"][address])
    found = re.fullmatch(r"U\(([\d.]+), ([\d.]+)\)", prior)
    if found is None:
        raise InternalError(f"{address}: prior {prior} is not uniform")
    return float(found[1]), float(found[2])


def draws(number: int, seed: int) -> Floats:
    """Draws of the unknown parameters, (number, parameters), each parameter once in every of `number` equal parts."""
    generator = np.random.default_rng([seed, 27])
    columns = []
    for low, high in map(bounds, UNKNOWN):
        place = (generator.permutation(number) + generator.random(number)) / number
        columns.append(low + (high - low) * place)
    return np.column_stack(columns)


def opinion_numbers(world: Any, mine: Floats, threads: int) -> tuple[Numbers, Samples]:
    """Line 27 in one world: every program under each of some draws, with the same luck."""
    designs = [
        _core.Design(**program().replace(dict(zip(UNKNOWN, map(float, draw), strict=True))).core_design())
        for draw in mine
        for program in DESIGNS.values()
    ]
    end = _at_the_end(world, designs, threads).reshape(len(mine), len(DESIGNS))
    level = dict(zip(DESIGNS, end.T, strict=True))
    change = {name: level[name] - level[other] for name, other in AGAINST.items()}
    numbers = {"opinion_draws": float(len(mine))}
    for name, values in change.items():
        numbers[f"{name}_falls"] = float((values < 0).sum())
        numbers[f"{name}_favorability"] = float(values.mean()) if len(mine) else np.nan
    return numbers, {"opinion": np.column_stack([mine, *change.values()])}


def _at_the_end(world: Any, designs: list[Any], threads: int) -> Floats:
    """Favorability of all persons outside at the end of the horizon, by design, in replicate 0."""
    if not designs:
        return np.zeros(0)
    measures = {m["name"]: m for m in _core.measures()}
    found = []
    for design, (values, finished, _) in zip(designs, _core.run(world, designs, 0, 1, threads), strict=True):
        if not np.all(finished):
            raise KeyboardInterrupt("interrupted")
        totals = Totals(_core.layout(design), measures, np.asarray(values))
        found.append(float(totals.cells("favorability", WEEK)[0, -1]))
    return np.asarray(found)
