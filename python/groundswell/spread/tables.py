"""Edge tables and sparse matrices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import arguments
from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.spread.arcs import NONE, Arcs, Floats, check_counts, node_numbers

ENDS = ("source", "target")
SPARSE = 4  # times as many numbers below the largest label as ends: then labels are looked up by a table
PIECE = 1 << 16  # rows at a time


def of_frame(frame: pd.DataFrame, address: str, name: str | None, directed: bool) -> Arcs:
    """A row an arc: columns `source` and `target`, or the two that there are beside that of the values."""
    columns = list(frame.columns)
    if name is not None and columns.count(name) != 1:
        raise InvalidInput(f"{address} = {shown(name)}: one such column is needed; {did_you_mean(name, columns)}")
    ends = _end_columns([column for column in columns if column != name])
    for column in ends:
        empty = np.flatnonzero(frame[column].isna())
        if len(empty):
            row = frame.index[int(empty[0])]
            raise InvalidInput(f"graph, row {row}, column {shown(column)}: is missing; both ends of an arc are needed")
        if frame[column].dtype.kind in "fcb":
            rule = f"must hold labels, whole numbers or text, not {frame[column].dtype}"
            raise InvalidInput(f"graph, column {shown(column)}: {rule}")
    value = NONE if name is None else _column(frame[name], address, name)
    one, other = (frame[column].to_numpy() for column in ends)

    def place(arc: int) -> str:
        return f"{address}, row {frame.index[arc]}, column {shown(name)}"

    return _arcs(one, other, directed, value, place)


def _end_columns(columns: list[Any]) -> tuple[Any, Any]:
    if all(columns.count(name) == 1 for name in ENDS):
        return ENDS
    if len(columns) == 2 and columns[0] != columns[1]:
        return columns[0], columns[1]
    have = ", ".join(map(shown, columns))
    raise InvalidInput(f"graph: columns source and target are needed, or two columns alone; the table has {have}")


def _column(column: pd.Series[Any], address: str, name: str) -> Floats:
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        raise InvalidInput(f"{address} = {shown(name)}: must be a column of numbers, is of {column.dtype}")
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def of_array(array: np.ndarray[Any, Any], directed: bool) -> Arcs:
    """Arcs of shape (arcs, 2), whole numbers or text."""
    if array.ndim != 2 or array.shape[1] != 2:
        raise InvalidInput(f"graph: an array of arcs must have the shape (arcs, 2), not {array.shape}")
    if array.dtype.kind not in "iuUO":
        raise InvalidInput(f"graph: an array of arcs must hold labels, whole numbers or text, not {array.dtype}")
    if array.dtype.kind in "OU":
        return of_frame(pd.DataFrame({"source": array[:, 0], "target": array[:, 1]}), "", None, directed)
    return _arcs(array[:, 0], array[:, 1], directed, NONE, str)


def with_listed(arcs: Arcs, address: str, listed: Any) -> Arcs:
    """The arcs with one number each, in the order of the table or array that they were given in."""
    if listed is None:
        return arcs
    value = per_arc(address, listed, len(arcs.source))
    return replace(arcs, value=value, place=lambda arc: f"{address}[{arc}]")


def per_arc(address: str, values: Any, arcs: int) -> Floats:
    """One number an arc, in the order of the arcs."""
    given = np.asarray(arguments.several(address, values, "a number, a name, or a number an arc"))
    if given.ndim != 1 or given.dtype.kind not in "iuf":
        raise InvalidInput(f"{address}: must hold one number an arc, not {given.dtype} of shape {given.shape}")
    if len(given) != arcs:
        raise InvalidInput(f"{address}: has {len(given):,} numbers for {arcs:,} arcs; give one an arc")
    return given.astype(np.float64)


def of_matrix(matrix: Any, address: str, name: str | None) -> Arcs:
    """An entry (i, j) that is stored is an arc from i to j, whatever its value; nodes are numbers from 0 on."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise InvalidInput(f"graph: a matrix must be square, not of shape {matrix.shape}")
    if name not in (None, "data"):
        raise InvalidInput(f"{address} = {shown(name)}: of a matrix only 'data', its entries, can be asked for")
    check_counts(matrix.shape[0], matrix.nnz)
    entries = matrix.tocoo()
    value = NONE if name is None else _entries(entries.data, address)

    def place(arc: int) -> str:
        return f"{address} = 'data', row {entries.row[arc]}, column {entries.col[arc]}"

    source, target = node_numbers(entries.row), node_numbers(entries.col)
    return Arcs(pd.RangeIndex(matrix.shape[0]), source, target, False, value, place)


def _entries(data: Any, address: str) -> Floats:
    if data.dtype.kind not in "iuf":
        raise InvalidInput(f"{address} = 'data': the matrix must hold numbers, not {data.dtype}")
    return np.ascontiguousarray(data, dtype=np.float64)


def _arcs(one: Any, other: Any, directed: bool, value: Floats, place: Any) -> Arcs:
    """Arcs of two columns of labels. The nodes are those that occur, sorted where their labels can be."""
    labels, source, target = _numbered(one, other)
    check_counts(len(labels), len(source) if directed else 2 * len(source))
    return Arcs(labels, source, target, not directed, value, place)


def _numbered(one: Any, other: Any) -> tuple[pd.Index[Any], Any, Any]:
    whole = all(column.dtype.kind in "iu" for column in (one, other))
    if whole and len(one) and min(one.min(), other.min()) >= 0:
        largest = int(max(one.max(), other.max()))
        if largest < SPARSE * 2 * len(one):
            return _by_table(one, other, largest)
    both = np.concatenate([one, other]) if whole else np.concatenate([one.astype(object), other.astype(object)])
    try:
        numbers, labels = pd.factorize(both, sort=True)
    except TypeError:  # labels of several types have no order
        numbers, labels = pd.factorize(both)
    return pd.Index(labels, tupleize_cols=False), node_numbers(numbers[: len(one)]), node_numbers(numbers[len(one) :])


def _by_table(one: Any, other: Any, largest: int) -> tuple[pd.Index[Any], Any, Any]:
    """Whole numbers from 0 on: a table of those that occur takes less memory than the labels themselves."""
    occurs = np.zeros(largest + 1, dtype=np.bool_)
    for begin in range(0, len(one), PIECE):  # NumPy copies what it indexes with, eight bytes a label
        occurs[one[begin : begin + PIECE]] = True
        occurs[other[begin : begin + PIECE]] = True
    if occurs.all():
        return pd.RangeIndex(largest + 1), node_numbers(one), node_numbers(other)
    number = np.cumsum(occurs, dtype=np.int64) - 1
    return pd.Index(np.flatnonzero(occurs)), node_numbers(number[one]), node_numbers(number[other])
