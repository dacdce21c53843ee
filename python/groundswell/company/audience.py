"""A real audience in place of the generated one: persons by segment, and who is connected with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell import _core
from groundswell.common import arguments
from groundswell.company.draw_order import DrawOrder
from groundswell.company.table.cells import cell, missing
from groundswell.company.ties import Pairs
from groundswell.errors import InvalidInput, did_you_mean, shown

Ints = np.ndarray[Any, np.dtype[np.int64]]
SEGMENTS = tuple(str(name) for name in _core.segments)
MOST_PERSONS = 2**24 - 1  # a tie word has 24 bits for a person


@dataclass(frozen=True, eq=False)
class GivenAudience:
    """Persons by number: employees first, then the others segment by segment, by their ids, in no table's order.

    Attributes
    ----------
    persons
        How many are in each of the seven segments; of employees 0, the company has them.
    ties
        Pairs of person numbers, shape (E, 2), each tie once, the lower number first, sorted.
    """

    persons: tuple[int, ...]
    ties: Pairs

    def core(self, order: DrawOrder) -> dict[str, Any]:
        """As ``_core.Company`` takes it."""
        return {"persons": np.array(self.persons, dtype=np.uint32), "ties": order.pairs(self.ties)}


def read_audience(
    ids: pd.Index[Any], persons: pd.DataFrame, ties: pd.DataFrame, *, has_coworker_ties: bool
) -> GivenAudience:
    """Read the tables of ``Company.with_audience``; ``ids`` are those of the employees."""
    for name, table, needed in (("persons", persons, ("id", "segment")), ("ties", ties, ("source", "target"))):
        arguments.instance(name, table, pd.DataFrame, f"a pandas DataFrame with columns {' and '.join(needed)}")
        for column in needed:
            if list(table.columns).count(column) != 1:
                raise InvalidInput(f"{name}: one column {column!r} is needed; {did_you_mean(column, table.columns)}")
        if table.empty:
            raise InvalidInput(f"{name}: the table is empty; without with_audience the audience is generated")
    employees, codes = ids.astype(object), _segments(persons["segment"])
    _check_ids(persons["id"], employees)
    names = np.array([f"{type(name).__name__} {name}" for name in persons["id"].tolist()], dtype=object)
    order = np.lexsort((names.astype(str), codes))
    if len(employees) + len(persons) > MOST_PERSONS:
        room = max(MOST_PERSONS - len(persons), 0)
        raise InvalidInput(
            f"persons: {len(persons):,} rows and {len(employees):,} employees; at most {MOST_PERSONS:,} in all, so "
            f"that this table leaves room for {room:,} employees"
        )
    everybody = employees.append(pd.Index(persons["id"].iloc[order].tolist(), dtype=object))
    source, target = (_numbers(ties[name], everybody) for name in ("source", "target"))
    _check_ties(ties, source, target, len(employees) if has_coworker_ties else 0)
    sizes = tuple(int(n) for n in np.bincount(codes, minlength=len(SEGMENTS)))
    pairs = np.sort(np.column_stack([source, target]), axis=1)
    return GivenAudience(sizes, pairs[np.lexsort(pairs.T[::-1])].astype(np.uint32))


def _segments(column: pd.Series[Any]) -> Ints:
    names = SEGMENTS[1:]
    for position, value in enumerate(column.tolist()):
        if value not in names:
            own = "; employees are those of the company" if value == SEGMENTS[0] else ""
            rule = f"must be one of {', '.join(names)}{own}; {did_you_mean(value, names)}"
            raise _in("persons", cell(column, position, rule))
    return np.array([SEGMENTS.index(value) for value in column], dtype=np.int64)


def _check_ids(column: pd.Series[Any], employees: pd.Index[Any]) -> None:
    empty, values = missing(column), pd.Index(column.tolist(), dtype=object)
    for wrong, rule in (
        (empty, "is missing; every person needs an id"),
        (values.isin(employees), "is the id of an employee; leave employees out, ties name them by their ids"),
        (values.duplicated(), "is there already, in a row above"),
    ):
        if wrong.any():
            raise _in("persons", cell(column, int(np.argmax(wrong)), rule))


def _numbers(column: pd.Series[Any], everybody: pd.Index[Any]) -> Ints:
    empty = missing(column)
    if empty.any():
        raise _in("ties", cell(column, int(np.argmax(empty)), "is missing; both ends of a tie are needed"))
    values = column.tolist()
    numbers = np.asarray(everybody.get_indexer(pd.Index(values, dtype=object)), dtype=np.int64)
    unknown = np.flatnonzero(numbers < 0)
    if len(unknown):
        near = did_you_mean(values[unknown[0]], everybody[:2000].tolist(), limit=3)
        rule = f"neither an employee nor a person has this id ({len(unknown):,} such cells); {near}"
        raise _in("ties", cell(column, int(unknown[0]), rule))
    return numbers


def _check_ties(table: pd.DataFrame, source: Ints, target: Ints, employees: int) -> None:
    """No tie with oneself, none twice (in either direction), none of two employees where the company has a table."""
    column = table["target"]
    loops = source == target
    if loops.any():
        raise _in("ties", cell(column, int(np.argmax(loops)), "ties somebody to themselves"))
    keys = np.minimum(source, target) * (MOST_PERSONS + 1) + np.maximum(source, target)
    repeated = pd.Series(keys).duplicated().to_numpy()
    if repeated.any():
        place = int(np.argmax(repeated))
        first = shown(table.index[int(np.argmax(keys == keys[place]))])
        rule = f"repeats the tie of row {first}; ties are mutual, each pair is there once ({repeated.sum():,} repeats)"
        raise _in("ties", cell(column, place, rule))
    inside = np.maximum(source, target) < employees
    if inside.any():
        rule = "ties two employees, and the company has a table of ties among employees: give them in one of the two"
        raise _in("ties", cell(column, int(np.argmax(inside)), rule))


def _in(table: str, error: InvalidInput) -> InvalidInput:
    return InvalidInput(f"{table}: {error}")
