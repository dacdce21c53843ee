"""Tables of other libraries as plain pandas columns: NumPy types, text, categories; nothing is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import interchange

from groundswell.errors import InvalidInput, Problem
from groundswell.exports.export import Export
from groundswell.exports.number_columns import EXACT


def to_pandas(table: object, name: str) -> pd.DataFrame:
    """Return a table as pandas with plain columns; what was given is not changed.

    ``table`` is an ``Export``, a pandas DataFrame, or a table of any library that speaks Arrow's stream or the
    dataframe interchange protocol, as polars does.

    Raises
    ------
    InvalidInput
        With ``name`` and the type of anything else.
    """
    if isinstance(table, Export):
        return table.frame
    if isinstance(table, pd.DataFrame):
        return plain(table)
    try:
        if hasattr(table, "__arrow_c_stream__"):
            return plain(_from_arrow(pa.table(table)))
        if hasattr(table, "__dataframe__"):
            return plain(_from_arrow(interchange.from_dataframe(table)))
    except (pa.ArrowException, ValueError, TypeError, RuntimeError, NotImplementedError) as error:
        rule = f"this {type(table).__name__} cannot be read as a table: {' '.join(str(error).split())}"
        raise InvalidInput(problems=[Problem((name,), "", rule)]) from None
    rule = f"must be a table (pandas, polars or Arrow, or what gs.read_export returns), not {type(table).__name__}"
    raise InvalidInput(problems=[Problem((name,), "", rule)])


def _from_arrow(table: pa.Table) -> pd.DataFrame:
    """Arrow's types are kept until a column as a whole is read, so that whole numbers with a gap lose no digit."""
    is_dictionary = [pa.types.is_dictionary(field.type) for field in table.schema]
    columns = [
        column.to_pandas() if is_coded else pd.Series(pd.arrays.ArrowExtensionArray(column))
        for column, is_coded in zip(table.columns, is_dictionary, strict=True)
    ]
    frame = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(table.num_rows))
    frame.columns = pd.Index(table.column_names, dtype=object)
    return frame


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy whose columns are numbers, truth values, dates, text or categories of NumPy and pandas."""
    columns = [plain_column(frame.iloc[:, place]) for place in range(frame.shape[1])]
    copy = pd.DataFrame(dict(enumerate(columns)), index=frame.index.copy())
    copy.columns = frame.columns.copy()
    return copy


def plain_column(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return one column without extension types, NumPy scalars and decimals."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        levels = plain_column(pd.Series(kind.categories))
        values = pd.Categorical.from_codes(column.cat.codes.to_numpy(), pd.Index(levels), ordered=bool(kind.ordered))
        return pd.Series(values, index=column.index)
    if isinstance(kind, np.dtype) and kind.kind != "O":
        return column.copy()
    if isinstance(kind, pd.DatetimeTZDtype):
        return column.copy()
    return pd.Series(_plain_values(column.tolist()), index=column.index)


def _plain_values(values: Sequence[object]) -> Any:
    """Cells of an extension or object column: as numbers where all are, else as they are, empty ones as None."""
    cells = [None if _is_missing(value) else _plain_cell(value) for value in values]
    kinds = {type(cell) for cell in cells if cell is not None}
    if not kinds:
        return np.full(len(cells), np.nan)
    if kinds == {bool}:
        return np.array(cells, dtype=object if None in cells else bool)
    if kinds <= {int, float}:
        return _numbers(cells, kinds)
    if kinds == {str}:
        return cells
    if all(issubclass(one, date) for one in kinds) and not any(getattr(cell, "tzinfo", None) for cell in cells):
        return np.array(cells, dtype="datetime64[us]")
    objects = np.empty(len(cells), dtype=object)
    objects[:] = cells
    return objects


def _numbers(cells: list[Any], kinds: set[type]) -> np.ndarray[Any, Any]:
    """Whole numbers stay whole; those beside an empty cell or a decimal become floats where these hold every digit."""
    whole = [abs(cell) for cell in cells if isinstance(cell, int)]
    if kinds == {int} and None not in cells:
        return np.array(cells, dtype=np.int64 if max(whole) < 2**63 else object)
    if whole and max(whole) >= EXACT:
        return np.array(cells, dtype=object)
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)


def _is_missing(value: object) -> bool:
    return (
        value is None
        or value is pd.NA
        or value is pd.NaT
        or (isinstance(value, float | np.floating) and bool(np.isnan(value)))
    )


def _plain_cell(value: object) -> object:
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Decimal):
        is_whole = value.is_finite() and abs(value) < EXACT and value == value.to_integral_value()
        return int(value) if is_whole else float(value)
    return str(value) if isinstance(value, str) else value
