"""Whole numbers that a caller gives: how many worlds, which seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from groundswell.common.planned import REPEATED, repeats
from groundswell.errors import invalid

MOST_SEED = 2**64 - 1
MOST_COUNT = 1_000_000
MOST_THREADS = 4096


def whole_number(name: str, value: object, least: int, most: int) -> int:
    """The value as an int, checked."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer) or not least <= value <= most:
        raise invalid(name, value, f"must be a whole number, {least} to {most}")
    return int(value)


def planned_runs(worlds: int, replicates: int) -> NDArray[np.bool_]:
    """The runs of a study (module `planned`), True at (world, replicate), with room for the second replicates."""
    planned = np.ones((worlds, 2 if repeats(worlds, replicates) else replicates), dtype=np.bool_)
    if repeats(worlds, replicates):
        planned[REPEATED:, 1] = False
    return planned
