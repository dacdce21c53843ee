"""Ids of employees: the analyst's own, whole numbers or text."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.errors import shown

Id = int | str


def plain_id(value: Any) -> Id:
    """Return an id as int or str (NumPy integers and whole floats to int); ValueError for anything else."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | np.integer) and not isinstance(value, bool | np.bool_):
        return int(value)
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return int(value)
    raise ValueError(f"{shown(value)} is not an id: a whole number or text")
