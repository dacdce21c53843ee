"""A program that already runs: who is in it, since when, and how often each posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell import _core
from groundswell.common import arguments
from groundswell.common.ids import Id, plain_id
from groundswell.company.table.cells import FloatArray, is_number, plain, values_of
from groundswell.errors import InvalidInput, did_you_mean, shown

Ints = np.ndarray[Any, np.dtype[np.int64]]
FIELDS = ("id", "weeks_since_joining", "posts_per_week")
OPTIONAL = "posts_per_week"
MOST = {"weeks_since_joining": 2_600, "posts_per_week": 200}
# A program that runs has members who agreed, and no date on which it is launched anew.
NOT_OF_A_RUNNING_PROGRAM = ("mandate", "relaunch")
LARGEST = 1e300  # of a lever, whose own bounds a scenario checks
SHOWN = 5  # rows of a kind in a message


@dataclass(frozen=True, eq=False)
class RunningProgram:
    """Members by row of the company's table, in the order of their rows.

    Attributes
    ----------
    rows
        Of the company's table.
    days
        Since each joined, on the first day of the horizon.
    posts
        A week, of each, as seen; NaN: not known; 0: a member who does not post for the time being.
    levers
        What management sets, by the names of ``gs.levers()``; the others are at their defaults.
    not_used
        Columns of the table that were not read; in no file.
    """

    rows: Ints
    days: Ints
    posts: FloatArray
    levers: Mapping[str, float]
    not_used: tuple[str, ...] = ()

    def core(self, numbers: Any) -> dict[str, Any]:
        """Members as ``_core.Design`` takes them, in the order of their numbers; ``numbers`` of the core, by row."""
        places = np.asarray(numbers[self.rows], dtype=np.int64)
        by_number = np.argsort(places)
        return {
            "members": places[by_number].astype(np.uint32),
            "days": self.days[by_number].astype(np.int32),
            "posts_per_week": self.posts[by_number].astype(np.float64),
        }


def read_members(
    ids: pd.Index[Any],
    leavers: frozenset[Id],
    members: object,
    columns: Mapping[str, str] | None,
    levers: Mapping[str, object],
) -> RunningProgram:
    """Read the table of ``Company.with_members``; ``ids`` are those of the employees."""
    table, not_used = _table(members, columns)
    rows, problems = _rows(ids, leavers, table["id"])
    weeks = _numbers(table["weeks_since_joining"], "weeks_since_joining", problems)
    posts = _numbers(table[OPTIONAL], OPTIONAL, problems) if OPTIONAL in table else np.full(len(table), np.nan)
    if problems:
        raise InvalidInput("\n".join(problems))
    order = np.argsort(rows)
    days = np.floor(7.0 * weeks + 0.5).astype(np.int64)
    return RunningProgram(rows[order], days[order], posts[order], _levers(levers), not_used)


def _table(members: object, columns: Mapping[str, str] | None) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The columns that are read, by field, and the names of those that are not."""
    table = arguments.instance("members", members, pd.DataFrame, f"a pandas DataFrame with {' and '.join(FIELDS[:2])}")
    mapped = {} if columns is None else dict(arguments.instance("columns", columns, Mapping, "a dict by field"))
    for field in mapped:
        if field not in FIELDS:
            raise InvalidInput(f"columns.{field}: no such field of members; {did_you_mean(field, FIELDS)}")
    found = {}
    for field in FIELDS:
        name = mapped.get(field, field)
        number = list(table.columns).count(name)
        if number == 1:
            found[field] = table[name]
        elif number > 1 or field in mapped or field != OPTIONAL:
            where = f"one column {name!r} is needed, there are {number}" if number else f"no column {name!r}"
            raise InvalidInput(f"members.{field}: {where}; {did_you_mean(name, table.columns)}")
    if table.empty:
        raise InvalidInput("members: the table is empty; a company without with_members has no program that runs")
    read = [mapped.get(field, field) for field in found]
    not_used = tuple(str(name) for name in table.columns if name not in read)
    return pd.DataFrame(found, index=table.index), not_used


def _rows(ids: pd.Index[Any], leavers: frozenset[Id], column: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """The employee of each row, and one line for each kind of id that is none."""
    names = [_id(value) for value in column.tolist()]
    rows = np.asarray(ids.astype(object).get_indexer(pd.Index(names, dtype=object)), dtype=np.int64)
    seen: set[object] = set()
    wrong: dict[str, list[str]] = {}
    for place, (name, row) in enumerate(zip(names, rows.tolist(), strict=True)):
        if name is None:
            rule = "must be an id: text or a whole number"
        elif name in leavers:
            rule = "has left the company, as columns.left says; leave these rows out"
        elif row < 0:
            rule = "no employee has this id"
        elif name in seen:
            rule = "is there twice; a member has one row"
        else:
            seen.add(name)
            continue
        wrong.setdefault(rule, []).append(f"{column.index[place]} ({shown(column.iloc[place])})")
    return rows, [_line("id", rule, found) for rule, found in wrong.items()]


def _id(value: object) -> Id | None:
    try:
        return plain_id(value)
    except ValueError:
        return None


def _numbers(column: pd.Series[Any], field: str, problems: list[str]) -> FloatArray:
    """Numbers in range; of posts a missing one is NaN. A number that a file has as text is read."""
    most, wrong = MOST[field], []
    values = np.full(len(column), np.nan)
    for place, value in enumerate(values_of(column)):
        empty = _is_empty(value)
        number = pd.to_numeric(value, errors="coerce") if isinstance(value, str) else value
        if is_number(plain(number)) and 0 <= number <= most:
            values[place] = number
        elif not (empty and field == OPTIONAL):
            wrong.append(f"{column.index[place]} ({'empty' if empty else shown(value)})")
    if wrong:
        problems.append(_line(field, f"must be a number from 0 to {most:,}", wrong))
    return values


def _is_empty(value: Any) -> bool:
    """Whether a cell has nothing: also a duration or a complex number that is none is missing."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _line(field: str, rule: str, rows: list[str]) -> str:
    some = ", ".join(rows[:SHOWN]) + (", …" if len(rows) > SHOWN else "")
    return f"members.{field}: {len(rows):,} row{'s' if len(rows) != 1 else ''}, {some}: {rule}"


def _levers(given: Mapping[str, object]) -> dict[str, float]:
    """Their ranges are those of a program, which a scenario checks."""
    known = [lever["name"] for lever in _core.levers() if lever["name"] not in NOT_OF_A_RUNNING_PROGRAM]
    for name, value in given.items():
        if name not in known:
            raise InvalidInput(f"company.members.{name}: no lever of a program that runs; {did_you_mean(name, known)}")
        number = plain(value)
        if not is_number(number) or not abs(number) <= LARGEST:  # type: ignore[arg-type]
            raise InvalidInput(f"company.members.{name} = {shown(value)}: must be a number")
    return {name: float(value) for name, value in sorted(given.items())}  # type: ignore[arg-type]


def texts(running: RunningProgram) -> Iterator[str]:
    """What there is to say about the members, for a description."""
    yield f"{len(running.rows):,} members"
    if np.isnan(running.posts).any():
        yield f"of {int(np.isnan(running.posts).sum()):,} nobody knows how often they post"
    for name, value in running.levers.items():
        yield f"{name} = {value:g}"
