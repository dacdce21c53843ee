"""Ids of employees: the analyst's own, whole numbers or text."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.errors import shown

Id = int | str
EXACT_FLOATS = 2**53  # from here on whole numbers share a float with their neighbors


def plain_id(value: Any) -> Id:
    """Return an id as int or str (NumPy integers, and whole floats below 2^53, to int); ValueError for all else."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | np.integer) and not isinstance(value, bool | np.bool_):
        return int(value)
    if isinstance(value, float | np.floating) and float(value).is_integer():
        if abs(float(value)) >= EXACT_FLOATS:
            raise ValueError(
                f"{shown(value)} is not an id: a decimal number of this size may have lost its last digits; read the "
                "column as text"
            )
        return int(value)
    raise ValueError(f"{shown(value)} is not an id: a whole number or text")
