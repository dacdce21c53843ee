"""What changed in a company from one export to the next: who joined, left, moved; attributes, ties, facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from groundswell.company.columns import FUNCTIONS
from groundswell.company.company import Company
from groundswell.company.saved import SavedCompany

Ints = np.ndarray[Any, np.dtype[np.int64]]
LABELED = ("department", "region")
NAMES = {"seniority": tuple("01234"), "job_function": tuple(map(str, FUNCTIONS))}
EXAMPLES = 3
COLUMNS = ["what", "count", "examples", "detail"]


class Both(NamedTuple):
    """Employee numbers of the people who are in both companies, in the one and in the other, person by person."""

    last: Ints
    this: Ints


@dataclass(frozen=True)
class Change:
    """One thing that changed: how many people, ties or labels, a few of them, and how."""

    what: str
    count: int
    examples: str = ""
    detail: str = ""


def people_in_both(last: Company, this: Company) -> Both | None:
    """Match people by draw numbers of one key, else by ids of one kind; None where it cannot be told who is who."""
    if last.is_synthetic != this.is_synthetic or "" in (_kind_of_ids(last), _kind_of_ids(this)):
        return None
    if last.draw_numbers is not None and this.draw_numbers is not None and last.draw_key == this.draw_key:
        _, one, other = np.intersect1d(last.draw_numbers, this.draw_numbers, assume_unique=True, return_indices=True)
        return Both(one.astype(np.int64), other.astype(np.int64))
    if _kind_of_ids(last) != _kind_of_ids(this):
        return None
    found = np.asarray(this.ids.astype(object).get_indexer(last.ids.astype(object)), dtype=np.int64)
    return Both(np.flatnonzero(found >= 0), found[found >= 0])


def _kind_of_ids(company: Company) -> str:
    """What its ids are: the analyst's own, pseudonyms under a key; empty where nobody is known (aggregate files)."""
    if not isinstance(company, SavedCompany):
        return "own"
    return "" if company.rows_hash else f"pseudonyms under {company.fingerprint}"


def changes(last: Company, this: Company) -> pd.DataFrame:
    """Return what changed: what, count, examples (ids, for the analyst's eyes), detail. See ``PeriodComparison``."""
    both = people_in_both(last, this)
    size = f"{last.employees:,} before, {this.employees:,} now"
    if both is None:
        rows = [Change("employees", this.employees, "", f"{size}; who is who cannot be told"), *_facts(last, this)]
        return pd.DataFrame(rows, columns=COLUMNS)
    gone = np.setdiff1d(np.arange(last.employees), both.last)
    new = np.setdiff1d(np.arange(this.employees), both.this)
    known = f"{sum(name in this.leavers for name in last.ids[gone]):,} of them named as leavers" if this.leavers else ""
    rows = [
        Change("employees", this.employees, "", size),
        Change("in both", len(both.this)),
        Change("left", len(gone), _some(last.ids[gone]), known),
        Change("joined", len(new), _some(this.ids[new])),
        *(row for field in last.categories for row in _moved(last, this, both, field)),
        *_attributes(last, this, both),
        *(row for kind in LABELED for row in _labels(last, this, kind)),
        *_ties(last, this, both),
        *_managers(last, this, both),
        *_facts(last, this),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _moved(last: Company, this: Company, both: Both, field: str) -> Iterator[Change]:
    """Who has another department, region, seniority or function; people of whom it is newly known are counted apart."""
    names = [(*company.labels.get(field, NAMES.get(field, ())), "") for company in (last, this)]
    was, now = (
        np.array(known, dtype=object)[codes]  # code -1, missing, is the last entry
        for known, codes in zip(names, (last.categories[field][both.last], this.categories[field][both.this]),
                                strict=True)
    )  # fmt: skip
    yield from _values(field, was != now, was == "", now == "", this.ids[both.this], _ways(was, now))


def _ways(was: Any, now: Any) -> str:
    """The moves that most people made."""
    there = (was != "") & (now != "") & (was != now)
    counted = pd.Series([f"{a} → {b}" for a, b in zip(was[there], now[there], strict=True)]).value_counts(sort=True)
    return ", ".join(f"{way}: {n:,}" for way, n in counted.head(EXAMPLES).items())


def _attributes(last: Company, this: Company, both: Both) -> Iterator[Change]:
    columns = [_numbers(company) for company in (last, this)]
    for name in dict.fromkeys((*columns[0], *columns[1])):
        was = columns[0].get(name, np.full(last.employees, np.nan))[both.last]
        now = columns[1].get(name, np.full(this.employees, np.nan))[both.this]
        empty, blank = np.isnan(was), np.isnan(now)
        differ = (was != now) & ~(empty & blank)
        if name == "hire_date":
            differ &= ~_same_tenure(was, now, last, this)
        yield from _values(name, differ, empty, blank, this.ids[both.this], "")


def _same_tenure(was: Any, now: Any, last: Company, this: Company) -> Any:
    """Where people have been there as long as before: the date follows the day of the export (``gs.years_before``)."""
    if last.as_of is None or this.as_of is None:
        return np.zeros(len(was), dtype=bool)
    return np.abs((now - was) - (this.as_of - last.as_of).days) <= 1


def _numbers(company: Company) -> dict[str, Any]:
    elsewhere = {f"connections_{name}": values for name, values in company.platform_connections.items()}
    found = {**company.attributes, **elsewhere, **({} if company.fte is None else {"fte": company.fte})}
    if company.hire_date is not None:
        days = company.hire_date.astype("datetime64[D]")
        found["hire_date"] = np.where(np.isnat(days), np.nan, days.astype(np.int64))
    return found


def _values(field: str, differ: Any, empty: Any, blank: Any, ids: pd.Index[Any], detail: str) -> Iterator[Change]:
    for what, found, how in (
        (f"{field} changed", differ & ~empty & ~blank, detail),
        (f"{field} newly given", differ & empty & ~blank, "drawn in each world before"),
        (f"{field} no longer given", differ & ~empty & blank, "drawn in each world now"),
    ):
        if found.any():
            yield Change(what, int(found.sum()), _some(ids[found]), how)


def _labels(last: Company, this: Company, kind: str) -> Iterator[Change]:
    was, now = (list(company.labels[kind]) for company in (last, this))
    for what, names, others in ((f"{kind}s new", now, was), (f"{kind}s gone", was, now)):
        found = [name for name in names if name not in others]
        if found:
            yield Change(what, len(found), _some(found))


def _ties(last: Company, this: Company, both: Both) -> Iterator[Change]:
    """Ties of the table of employees: among people in both, and of those who joined or left."""
    if last.ties is None or this.ties is None:
        if (last.ties is None) != (this.ties is None):
            way = "generated before, given now" if last.ties is None else "given before, generated now"
            yield Change("ties", len(this.ties if last.ties is None else last.ties), "", way)  # type: ignore[arg-type]
        return
    yield from _pairs("ties", last.ties, this.ties, (last, this), both)


def _managers(last: Company, this: Company, both: Both) -> Iterator[Change]:
    """Ties of managers, which are kept where the others are generated."""
    nobody = np.empty((0, 2), dtype=np.int64)
    was, now = (nobody if company.known_ties is None else company.known_ties for company in (last, this))
    yield from _pairs("ties to managers", was, now, (last, this), both)


def _pairs(what: str, before: Any, after: Any, companies: tuple[Company, Company], both: Both) -> Iterator[Change]:
    """Pairs of employees that are new or gone: among people in both companies, and of those who joined or left."""
    last, this = companies
    number = np.full(last.employees, -1, dtype=np.int64)
    number[both.last] = both.this
    stays = np.zeros(this.employees, dtype=bool)
    stays[both.this] = True
    was, now = number[before.astype(np.int64)], after.astype(np.int64)
    kept, inside = (was >= 0).all(axis=1), stays[now].all(axis=1)
    keys = [np.sort(pairs, axis=1) @ np.array([this.employees, 1]) for pairs in (was[kept], now[inside])]
    for change, found, others, of in (
        (f"{what} added", np.setdiff1d(keys[1], keys[0]), int((~inside).sum()), "who joined"),
        (f"{what} removed", np.setdiff1d(keys[0], keys[1]), int((~kept).sum()), "who left"),
    ):
        if len(found) + others:
            pairs = [f"{this.ids[key // this.employees]}-{this.ids[key % this.employees]}" for key in found[:EXAMPLES]]
            detail = f"{len(found):,} among people in both, {others:,} of people {of}"
            yield Change(change, len(found) + others, ", ".join(pairs), detail)


def _facts(last: Company, this: Company) -> Iterator[Change]:
    """Facts about the firm, and what its tables cover."""
    was, now = ({**company.firm.given(), **_tables(company)} for company in (last, this))
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            detail = " → ".join(
                "not given" if value is None else str(value) for value in (was.get(name), now.get(name))
            )
            yield Change(name, 1, "", detail)


def _tables(company: Company) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if company.tie_gaps is not None:
        found["ties_coverage.share"] = company.tie_gaps.share
    if company.audience is not None:
        found["audience"] = f"{sum(company.audience.persons):,} persons, {len(company.audience.ties):,} ties"
    return found


def _some(names: Iterable[Any]) -> str:
    return ", ".join(str(name) for name in list(names)[:EXAMPLES])
