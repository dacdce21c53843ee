"""Ties between employees from a table of directed edges."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import arguments
from groundswell.common.ids import Id
from groundswell.company.draw_order import DrawOrder
from groundswell.company.table.cells import cell, missing
from groundswell.errors import InvalidInput, did_you_mean, invalid, shown

Pairs = np.ndarray[Any, np.dtype[np.uint32]]
Flags = np.ndarray[Any, np.dtype[np.uint8]]
WarningRow = tuple[str, int, str, str]


@dataclass(frozen=True)
class TieCoverage:
    """Which ties a table lists, where it does not list all.

    Attributes
    ----------
    complete_for
        Ids of the employees all of whose ties are in the table: who answered the survey, whose mailbox was read.
    share
        Share of the ties among the other employees that is listed, as if by chance; in [0, 1].
    """

    complete_for: Iterable[Id] = ()
    share: float = 0.0


@dataclass(frozen=True, eq=False)
class TieGaps:
    """A checked ``TieCoverage``: the share, and a flag for each employee (1: complete) or None for nobody."""

    share: float
    complete: Flags | None

    def core(self, order: DrawOrder) -> dict[str, Any]:
        """Return the argument ``ties_coverage`` of ``_core.Company``."""
        return {"share": self.share, "complete_for": None if self.complete is None else order.to_core(self.complete)}

    def missing(self, ties: Pairs, employees: int) -> int:
        """Ties that are missing, about: by the share; where it is 0 as if everybody had as many as the complete."""
        if self.share > 0:
            return round(len(_among_others(self, ties)) * (1 - self.share) / self.share)
        others = 1.0 if self.complete is None else 1 - self.complete.sum() / employees
        return round(len(ties) * others**2 / (1 - others**2))


def tie_gaps(
    coverage: float | TieCoverage, ties: Pairs, ids: pd.Index[Any], leavers: Iterable[Any]
) -> tuple[TieGaps | None, list[WarningRow]]:
    """Return the gaps of a table, None where it has none, and the warning about them.

    Parameters
    ----------
    coverage
        A share of all ties, or a ``TieCoverage``.
    ties, ids, leavers
        Of ``mutual_ties``. Leavers may be named in ``complete_for``; they count for nothing.

    Raises
    ------
    InvalidInput
        Not a coverage; a share out of range; an unknown id (with its place); a share of 0 with nobody complete, or
        with ties listed among people who are not; no tie to complete the others from.
    """
    if not isinstance(coverage, TieCoverage):
        coverage = TieCoverage(share=_share(coverage, "ties_coverage"))
    share = _share(coverage.share, "ties_coverage.share")
    complete = _complete(coverage.complete_for, ids, pd.Index(list(leavers), dtype=object))
    gaps = TieGaps(share, complete if complete.any() else None)
    if share == 1 or complete.all():
        return None, []
    others = _among_others(gaps, ties)
    if share == 0 and gaps.complete is None:
        raise invalid("ties_coverage.share", 0, "must be above 0 where complete_for names no employee")
    if share == 0 and len(others):
        some = _pairs(list(ids), others)
        rule = f"the table lists {len(others):,} ties among people who are not in complete_for ({some}); give the share"
        raise invalid("ties_coverage.share", 0, f"{rule} of such ties that is listed")
    if not len(ties):
        raise InvalidInput("ties_coverage: no tie is listed to complete the others from; leave ties out")
    people = int((complete == 0).sum())
    about = f"not all of their ties are listed: about {gaps.missing(ties, len(ids)):,} ties are drawn in each world"
    return gaps, [("ties_incomplete", people, "", f"{about}, by departments, degrees and common neighbors")]


def _share(value: object, name: str) -> float:
    is_number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= 1:  # type: ignore[operator]
        also = " or a gs.TieCoverage" if name == "ties_coverage" else ""
        raise invalid(name, value, f"must be a number, [0, 1] (share of the ties that is listed){also}")
    return float(value)  # type: ignore[arg-type]


def _complete(named: Iterable[Id], ids: pd.Index[Any], leavers: pd.Index[Any]) -> Flags:
    address = "ties_coverage.complete_for"
    asked = arguments.several(address, named, "a list of ids")
    for i, name in enumerate(asked):
        if not isinstance(name, Hashable):
            raise invalid(f"{address}.{i}", name, "no employee has this id")
    values = pd.Index(asked, dtype=object)
    numbers = np.asarray(ids.astype(object).get_indexer(values), dtype=np.int64)
    unknown = np.flatnonzero((numbers < 0) & ~values.isin(leavers))
    if len(unknown):
        first = int(unknown[0])
        rule = f"no employee has this id ({len(unknown):,} such ids); {_hint(values[first], ids)}"
        raise InvalidInput(f"{address}[{first}] = {shown(values[first])}: {rule}")
    flags = np.zeros(len(ids), dtype=np.uint8)
    flags[numbers[numbers >= 0]] = 1
    return flags


def _among_others(gaps: TieGaps, ties: Pairs) -> Pairs:
    if gaps.complete is None:
        return ties
    return ties[~gaps.complete.astype(bool)[ties].any(axis=1)]


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
    arguments.instance("ties", table, pd.DataFrame, "a pandas DataFrame with columns source and target")
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


def manager_ties(managers: Sequence[Id | None] | None, ids: Sequence[Id]) -> tuple[Pairs, list[WarningRow]]:
    """Return ties of people with their managers, as sorted pairs of employee numbers; nobody manages themself."""
    number = {name: i for i, name in enumerate(ids)}
    found = [(i, number[name]) for i, name in enumerate(managers or ()) if name is not None]
    pairs = {(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}
    own = sum(one == other for one, other in found)
    rows: list[WarningRow] = [("own_managers", own, "", "left out: nobody is tied to themselves")] if own else []
    return np.array(sorted(pairs), dtype=np.uint32).reshape(-1, 2), rows


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
