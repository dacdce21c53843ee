"""Ties between employees from a table of directed edges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from groundswell.errors import InvalidInput, did_you_mean
from groundswell.transformations import cell, missing

Pairs = np.ndarray[Any, np.dtype[np.uint32]]
WarningRow = tuple[str, int, str, str]


def mutual_ties(table: pd.DataFrame, ids: pd.Index[Any], leavers: Iterable[Any]) -> tuple[Pairs, list[WarningRow]]:
    """Return mutual ties as sorted pairs of employee numbers, and what was left out, counted.

    Parameters
    ----------
    table
        Columns ``source`` and ``target`` with ids; other columns are not read. One row a directed edge.
    ids
        Ids of the employees; position is the employee number.
    leavers
        Ids of people who were excluded; their ties are left out and counted.

    Raises
    ------
    InvalidInput
        No such column, an empty table, a missing or unknown id (with its row).
    """
    for name in ("source", "target"):
        if list(table.columns).count(name) != 1:
            raise InvalidInput(f"ties: one column {name!r} is needed; {did_you_mean(name, table.columns)}")
    if table.empty:
        raise InvalidInput("ties: the table is empty; leave ties out to have them generated")
    gone = pd.Index(list(leavers), dtype=object)
    ends = [_numbers_of(table[name], ids, gone) for name in ("source", "target")]
    kept = (ends[0] >= 0) & (ends[1] >= 0)
    source, target = ends[0][kept], ends[1][kept]
    loops = source == target
    number = len(ids)
    directed = np.unique(source[~loops] * number + target[~loops])
    one, other = np.divmod(directed, number)
    keys, times = np.unique(np.minimum(one, other) * number + np.maximum(one, other), return_counts=True)
    pairs = np.stack(np.divmod(keys, number), axis=1)
    alone = np.setdiff1d(np.arange(number), pairs)
    repeats = int((~loops).sum()) - len(directed)
    names = list(ids)
    rows: list[WarningRow] = [
        ("ties_of_leavers", int((~kept).sum()), "", "left out: one end is somebody who has left"),
        ("ties_self_loops", int(loops.sum()), _some(names, source[loops]), "left out: nobody is tied to themselves"),
        ("ties_repeated", repeats, "", "counted once: the same source and target came again"),
        (
            "ties_reciprocal",
            int((times == 2).sum()),
            _pairs(names, pairs[times == 2]),
            "counted as one tie: ties are mutual here, so both directions of a pair are one",
        ),
        ("people_without_ties", len(alone), _some(names, alone), "kept: they have no coworker among their connections"),
    ]
    return pairs.astype(np.uint32).reshape(-1, 2), [row for row in rows if row[1] > 0]


def _numbers_of(
    column: pd.Series[Any], ids: pd.Index[Any], leavers: pd.Index[Any]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Employee numbers; -1 for leavers."""
    empty = np.flatnonzero(missing(column))
    if len(empty):
        raise cell(column, int(empty[0]), "is missing; both ends of a tie are needed")
    values = pd.Index(column.tolist(), dtype=object)
    numbers = np.asarray(ids.astype(object).get_indexer(values), dtype=np.int64)
    unknown = np.flatnonzero((numbers < 0) & ~values.isin(leavers))
    if len(unknown):
        first = int(unknown[0])
        rule = f"no employee has this id ({len(unknown):,} such cells); {_hint(values[first], ids)}"
        raise cell(column, first, rule)
    return numbers


def _hint(value: Any, ids: pd.Index[Any]) -> str:
    kinds = {type(i).__name__ for i in ids[:100].tolist()}
    if type(value).__name__ not in kinds:
        return f"ids of employees are {' or '.join(sorted(kinds))}, this is {type(value).__name__}"
    return did_you_mean(value, ids[:2000].tolist(), limit=3)


def _some(names: list[Any], numbers: np.ndarray[Any, Any], most: int = 3) -> str:
    return ", ".join(str(names[i]) for i in numbers[:most])


def _pairs(names: list[Any], pairs: np.ndarray[Any, Any], most: int = 3) -> str:
    return ", ".join(f"{names[a]}-{names[b]}" for a, b in pairs[:most])
