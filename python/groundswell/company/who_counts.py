"""Who of a table is an employee: leavers, contracts, repeated rows, ids; and who manages whom."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.ids import Id, plain_id
from groundswell.company.columns import MOST_REPEATED, Mapped, Table, column_of
from groundswell.company.table import cells, days, leavers
from groundswell.company.table import transformations as to
from groundswell.company.table.cells import Booleans, Report, missing
from groundswell.errors import InvalidInput, Problem, shown

NO_YEAR = 2999  # a date from this year on stands for none


def leavers_decided(hr: pd.DataFrame, columns: Mapped) -> None:
    """Stop on a column that looks like leavers, until one is mapped or all are set aside."""
    if "left" in columns:
        return
    mapped = {column_of(source) for source in columns.values() if source is not None}
    places = [i for i, name in enumerate(hr.columns) if name not in mapped and leavers.looks_like_leavers(str(name))]
    found = leavers.undecided((str(hr.columns[i]), hr.iloc[:, i]) for i in places)  # a name may stand twice
    if found:
        some = ", ".join(repr(name) for name, _ in found)
        paste = " or ".join(f"left={code}" for _, code in found)
        rule = f"{some} may say who has left, and whoever has left must not be simulated; map {paste}"
        rule = f"{rule}; or left=None if nobody in the table has"
        raise InvalidInput(problems=[Problem(("columns", "left"), "", rule)])


def employees(hr: pd.DataFrame, columns: Mapped, as_of: date | None) -> tuple[pd.DataFrame, Table]:
    """Return the rows of the employees, each once, and a table that says who was left out and has no ids yet."""
    report = Report()
    gone = report.of(lambda: _left(hr, columns, as_of), None)
    employed = report.of(lambda: _employed(hr, columns), None)
    if report.problems:
        raise report.error()
    if gone.all():
        raise InvalidInput("columns.left: everybody in the table has left; nobody remains")
    if not (employed & ~gone).any():
        raise InvalidInput("columns.contract: nobody in the table counts as employee; nobody remains")
    ids = hr[column_of(columns["id"])]
    here = hr[employed & ~gone]
    here, repeated = _once(here, columns)
    table = Table(
        ids=[], leavers=_plain_ids(ids[gone]), as_of=as_of, mapping=dict(columns),
        available=list(hr.columns), other_contracts=_plain_ids(ids[~employed & ~gone]), repeated=repeated,
    )  # fmt: skip
    how = columns.get("left")
    if isinstance(how, to.LeftBy):
        table.leaving_later = _plain_ids(ids[employed & ~gone & _has_a_day(hr[how.column])])
    return here, table


def read_people(here: pd.DataFrame, table: Table, hr: pd.DataFrame) -> None:
    """Read the ids of the employees, and who manages them; ``hr`` also has who is not simulated."""
    table.ids = _ids(here[column_of(table.mapping["id"])])
    if table.mapping.get("manager") is not None:
        table.managers = _managers(here, table, hr)


def _left(hr: pd.DataFrame, columns: Mapped, as_of: date | None) -> Booleans:
    how = columns.get("left")
    if how is None:
        return np.zeros(len(hr), dtype=bool)
    series = hr[column_of(how)]
    if isinstance(how, to.LeftBy):
        first = how.day or days.shifted(as_of or date.max, 1)
        leaving = days.dates(series, first, latest=date.max)
        return np.asarray(leaving < np.datetime64(first), dtype=bool)
    return to.flags(series, how if isinstance(how, to.Equals) else None, "who has left must be known for every row")


def _has_a_day(series: pd.Series[Any]) -> Booleans:
    """Where a date of leaving is a real one."""
    known = ~missing(series)
    years = [cells.to_date(value).year if given else NO_YEAR for value, given in zip(series, known, strict=True)]
    return np.array(years) < NO_YEAR


def _employed(hr: pd.DataFrame, columns: Mapped) -> Booleans:
    how = columns.get("contract")
    if how is None:
        return np.ones(len(hr), dtype=bool)
    series = hr[column_of(how)]
    if isinstance(how, str) and not {type(value) for value in cells.values_of(series)} <= {bool}:
        some = ", ".join(shown(value, 40) for value in cells.different(cells.values_of(series)[:1000]))
        rule = f"say which contracts count as employees: contract=gs.equals({how!r}, …), of {some[:300]}"
        raise InvalidInput(problems=[Problem(("columns", "contract"), repr(how), rule)])
    return to.flags(series, how if isinstance(how, to.Equals) else None, "the contract must be known for every row")


def _once(hr: pd.DataFrame, columns: Mapped) -> tuple[pd.DataFrame, list[Id]]:
    """Return one row of a few rows that are alike in every mapped column, and the ids that came again."""
    mapped = list(dict.fromkeys(column_of(source) for source in columns.values() if source is not None))
    typed = {name: [f"{type(value).__name__} {value}" for value in cells.values_of(hr[name])] for name in mapped}
    texts = pd.DataFrame(typed)
    again = texts.duplicated().to_numpy()
    if not again.any() or again.sum() > MOST_REPEATED * len(hr):
        return hr, []  # where many repeat, the column is no id, which the error about ids says
    repeats = hr[again][column_of(columns["id"])]
    known = ~missing(repeats)
    kept = ~again
    kept[np.flatnonzero(again)[~known]] = True  # rows without an id are refused, not counted once
    return hr[kept], _plain_ids(repeats[known])


def _plain_ids(series: pd.Series[Any]) -> list[Id]:
    """Ids of people who are left out; what is no id is none of them."""
    found: list[Id] = []
    for value in cells.values_of(series[~missing(series)]):
        with suppress(ValueError):
            found.append(plain_id(value))
    return found


def _ids(series: pd.Series[Any]) -> list[Id]:
    empty = np.flatnonzero(missing(series)).tolist()
    bad: dict[str, list[int]] = {"is missing; every employee needs an id": empty} if empty else {}
    ids: list[Id] = []
    seen: dict[Id, int] = {}
    gone = set(empty)
    for i, value in enumerate(cells.values_of(series)):
        if i in gone:
            continue
        try:
            name = plain_id(value)
        except ValueError as error:
            bad.setdefault(str(error), []).append(i)
            continue
        if name in seen:
            rule = f"the same id is in row {shown(series.index[seen[name]])}; ids must be unique"
            bad.setdefault(f"{rule} (rows that say the same are counted once, these differ)", []).append(i)
        seen.setdefault(name, i)
        ids.append(name)
    cells.refuse_if(series, bad)
    texts = [value if isinstance(value, str) else "" for value in cells.values_of(series)]
    cells.refuse_control_characters(series, texts)
    return ids


def _managers(here: pd.DataFrame, table: Table, hr: pd.DataFrame) -> list[Id | None]:
    """Return everybody's manager; the table gets the rows whose cell names nobody who is an employee."""
    how, ids = table.mapping["manager"], table.ids
    series = here[column_of(how)]
    people: dict[Any, Id]
    if isinstance(how, to.Lookup):
        people = _by_name(here[how.by], ids, f"columns.manager, by {how.by!r}")
        everybody = {value.strip() if isinstance(value, str) else value for value in cells.values_of(hr[how.by])}
    else:
        people = {name: name for name in ids}
        everybody = {*table.leavers, *table.other_contracts}
    found: list[Id | None] = []
    for row, value, empty in zip(series.index, cells.values_of(series), missing(series), strict=True):
        key = None if empty else value.strip() if isinstance(value, str) else value
        manager = None if key is None else people.get(key)
        if key is not None and manager is None:
            (table.managers_gone if key in everybody else table.managers_unknown).append(row)
        found.append(manager)
    if all(manager is None for manager in found) and (table.managers_gone or table.managers_unknown):
        kinds = " or ".join(sorted({type(name).__name__ for name in ids}))
        others = " or ".join(sorted({type(value).__name__ for value in cells.values_of(series[~missing(series)])}))
        rule = f"none of its cells names an employee (ids are {kinds}, its cells {others})"
        rule += "; map ids, or gs.lookup(column, by) where managers go by name"
        raise InvalidInput(problems=[Problem(("columns", "manager"), repr(column_of(how)), rule)])
    return found


def _by_name(series: pd.Series[Any], ids: list[Id], address: str) -> dict[Any, Id]:
    """People by a column that names them; a name of two people is refused."""
    people: dict[Any, Id] = {}
    twice: list[str] = []
    for value, name, empty in zip(cells.values_of(series), ids, missing(series), strict=True):
        if empty:
            continue
        key = value.strip() if isinstance(value, str) else value
        if key in people:
            twice.append(shown(key))
        people[key] = name
    if twice:
        some = ", ".join(twice[:3])
        raise InvalidInput(f"{address}: {len(twice):,} names are of two people ({some}): map a column of ids")
    return people
