"""In what two companies differ, in words: no id and no value of a person is in them, only how many differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from groundswell.company.columns import ATTRIBUTES, CATEGORIES, ELSEWHERE
from groundswell.company.record import CompanyRecord, hash_of
from groundswell.errors import shown

Numbers = np.ndarray[Any, np.dtype[np.int64]]
NOT_MAPPED, GIVEN = "not mapped", "column {!r}"


def differences(a: CompanyRecord, b: CompanyRecord) -> list[str]:
    """Return one line for each thing in which two companies differ, the first one's side first; empty where in none.

    Employees, ids, facts, mapped columns, values of people whom both have, ties, managers, audience, the key of
    draws. Names of companies and the order of rows are not compared: they decide no number.
    """
    looks = (_people, _facts, _mapped, _values, _ties, _managers, _around, _members)
    return [line for look in looks for line in look(a, b)]


def _people(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    if a.employees != b.employees:
        yield f"employees: {a.employees:,} and {b.employees:,}"
    if a.is_synthetic != b.is_synthetic:
        kinds = {True: "drawn (a synthetic company)", False: "read from a table"}
        yield f"people: {kinds[a.is_synthetic]} and {kinds[b.is_synthetic]}"
        return
    only_a, only_b = len(a.ids.difference(b.ids, sort=False)), len(b.ids.difference(a.ids, sort=False))
    if (only_a or only_b) and not a.is_synthetic:
        yield f"ids: {only_a:,} that only the first has, {only_b:,} that only the second has"
    same_key = a.draw_key == b.draw_key
    if not same_key:
        keys = [shown(company.draw_key or "none") for company in (a, b)]
        yield f"key of draws: fingerprint {keys[0]} and {keys[1]}; another key gives people other luck"


def _facts(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    mine, theirs = a.firm.values(), b.firm.values()
    for name in mine:
        if mine[name] != theirs[name]:
            texts = ["not given" if value is None else shown(value) for value in (mine[name], theirs[name])]
            yield f"company.{name}: {texts[0]} and {texts[1]}"


def _mapped(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    """Fields that come from another column, or that one company alone has a column for."""
    mine, theirs = _sources(a), _sources(b)
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        if mine.get(name) != theirs.get(name):
            texts = [GIVEN.format(found[name]) if name in found else NOT_MAPPED for found in (mine, theirs)]
            yield f"columns.{name}: {texts[0]} and {texts[1]}"


def _members(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    sizes = [0 if company.running is None else len(company.running.rows) for company in (a, b)]
    if sizes != [0, 0] and hash_of(a.running_arguments(), None) != hash_of(b.running_arguments(), None):
        yield f"members of a program that runs: {sizes[0]:,} and {sizes[1]:,}"


def _sources(company: CompanyRecord) -> dict[str, str]:
    """The column of the export by field."""
    rows = company.columns[(company.columns["source_column"] != "") & ~company.columns["not_used"].astype(bool)]
    mapped = rows[rows["field"] != "ties"]
    return dict(zip(mapped["field"], mapped["source_column"], strict=True))


def _values(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    """Of the people both have, how many have another value; people without an id in common are paired by number."""
    at_a, at_b = _paired(a, b)
    mine, theirs = _by_field(a), _by_field(b)
    for name in mine:
        left, right = mine[name].iloc[at_a], theirs[name].iloc[at_b]
        same = (left.to_numpy() == right.to_numpy()) | (left.isna().to_numpy() & right.isna().to_numpy())
        if not same.all():
            yield f"{name}: {(~same).sum():,} of {len(same):,} people whom both have differ in it"
            continue
        if name not in a.labels:
            continue
        only = [sorted(set(x.labels[name]) - set(y.labels[name])) for x, y in ((a, b), (b, a))]
        if any(only):
            yield f"{name}s: {len(only[0]):,} that only the first has, {len(only[1]):,} that only the second has"
        elif a.labels[name] != b.labels[name]:
            yield f"{name}s: the same in another order"


def _paired(a: CompanyRecord, b: CompanyRecord) -> tuple[Numbers, Numbers]:
    """Employee numbers of the same people in both."""
    place = pd.Index(b.ids.astype(object)).get_indexer(a.ids.astype(object))
    if (place < 0).all() and a.employees == b.employees:
        everyone = np.arange(a.employees)
        return everyone, everyone
    return np.flatnonzero(place >= 0), place[place >= 0]


def _by_field(company: CompanyRecord) -> dict[str, pd.Series[Any]]:
    """What is known of each person by field, as values that can be compared; missing is missing."""
    found: dict[str, pd.Series[Any]] = {}
    for name in CATEGORIES:
        codes = company.categories[name]
        labels = np.array([*company.labels.get(name, ()), None], dtype=object)
        known = labels[codes] if name in company.labels else np.where(codes < 0, np.nan, codes)
        found[name] = pd.Series(known)
    found |= {name: pd.Series(company.attributes[name]) for name in ATTRIBUTES}
    nobody = np.full(company.employees, np.nan)
    found |= {name: pd.Series(company.platform_connections.get(of, nobody)) for name, of in ELSEWHERE.items()}
    hired = np.full(company.employees, "NaT", dtype="datetime64[D]") if company.hire_date is None else company.hire_date
    return found | {"hire_date": pd.Series(hired)}


def _ties(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    if a.ties is None or b.ties is None:
        texts = ["generated" if ties is None else f"{len(ties):,} given" for ties in (a.ties, b.ties)]
        if texts[0] != texts[1]:
            yield f"ties: {texts[0]} and {texts[1]}"
        return
    yield from _pairs("ties", a, b, a.ties, b.ties)


def _pairs(what: str, a: CompanyRecord, b: CompanyRecord, mine: Any, theirs: Any) -> Iterator[str]:
    """Of pairs of employees, how many only one company has; who is not in the first gets a number of its own."""
    at_a, at_b = _paired(a, b)
    numbers = a.employees + np.arange(b.employees)
    numbers[at_b] = at_a
    keys = _keys(mine), _keys(numbers[theirs])
    only_a, only_b = (len(np.setdiff1d(*both, assume_unique=True)) for both in (keys, keys[::-1]))
    if only_a or only_b:
        yield f"{what}: {only_a:,} that only the first has, {only_b:,} that only the second has"


def _managers(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    """Ties of managers, which are kept where the others are generated."""
    nobody = np.empty((0, 2), dtype=np.int64)
    mine, theirs = (nobody if company.known_ties is None else company.known_ties for company in (a, b))
    yield from _pairs("ties to managers", a, b, mine, theirs)


def _around(a: CompanyRecord, b: CompanyRecord) -> Iterator[str]:
    """What of the ties a table lists, and the audience."""
    gaps = [company.tie_gaps for company in (a, b)]
    shares = [1.0 if gap is None else gap.share for gap in gaps]
    complete = [0 if gap is None or gap.complete is None else int(gap.complete.sum()) for gap in gaps]
    if shares[0] != shares[1] or complete[0] != complete[1]:
        texts = [f"{share:g}, complete for {n:,} people" for share, n in zip(shares, complete, strict=True)]
        yield f"ties_coverage: {texts[0]} and {texts[1]}"
    one, other = a.audience, b.audience
    texts = ["generated" if x is None else f"{sum(x.persons):,} persons, {len(x.ties):,} ties" for x in (one, other)]
    if texts[0] != texts[1]:
        yield f"audience: {texts[0]} and {texts[1]}"
    elif one is not None and other is not None:
        if not np.array_equal(np.sort(_keys(one.ties)), np.sort(_keys(other.ties))):
            yield f"audience: {texts[0]} in both, tied to other people"
        if one.persons != other.persons:
            yield "audience: other numbers of persons by segment"


def _keys(pairs: np.ndarray[Any, Any]) -> Numbers:
    """One number a tie, whichever end stands first."""
    ends = np.sort(pairs.astype(np.int64).reshape(-1, 2), axis=1)
    return np.asarray(ends[:, 0] << 32 | ends[:, 1])
