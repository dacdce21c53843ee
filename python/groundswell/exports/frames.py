"""Frames of many types as plain ones: what the columns hold, not how a library keeps it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from groundswell.errors import InvalidInput


def plain_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy with NumPy, object or categorical columns; rows, index and names stay.

    Raises
    ------
    InvalidInput
        Two columns of one name.
    """
    names = list(frame.columns)
    for name in names:
        if names.count(name) > 1:
            rule = f"the table has {names.count(name)} columns of this name; rename all but one"
            raise InvalidInput(f"column {name!r}: {rule}")
    return pd.DataFrame({name: _plain(frame[name]) for name in names}, index=frame.index, columns=names)


def _plain(series: pd.Series[Any]) -> pd.Series[Any]:
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype) or (isinstance(dtype, np.dtype) and dtype.kind != "O"):
        return series
    if pd.api.types.is_float_dtype(dtype) or (pd.api.types.is_integer_dtype(dtype) and series.isna().any()):
        return series.astype("float64") if _exact(series) else _objects(series)
    if pd.api.types.is_integer_dtype(dtype):
        return series.astype("int64") if not pd.api.types.is_unsigned_integer_dtype(dtype) else series.astype("uint64")
    if pd.api.types.is_bool_dtype(dtype) and not series.isna().any():
        return series.astype(bool)
    return _objects(series)


def _exact(series: pd.Series[Any]) -> bool:
    """Whether no whole number of the column is too large for a float."""
    if pd.api.types.is_float_dtype(series.dtype):
        return True
    return bool((series.dropna().abs() < 2**53).all())


def _objects(series: pd.Series[Any]) -> pd.Series[Any]:
    cells = [None if _missing(value) else _cell(value) for value in series.tolist()]
    return pd.Series(cells, index=series.index, name=series.name, dtype=object)


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)  # noqa: PLR0124


def _cell(value: object) -> object:
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64):
        return value.item()
    if isinstance(value, Decimal) and value.is_finite():
        return int(value) if value == value.to_integral_value() else float(value)
    return value
