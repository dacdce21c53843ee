"""Fields of a company: how each is read from an export, and what stands in where it is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.ids import Id, plain_id
from groundswell.company import transformations as to
from groundswell.company.ties import Pairs, TieGaps
from groundswell.errors import InvalidInput, did_you_mean, shown

ATTRIBUTES = (
    "connections", "social_activity", "persuasion", "susceptibility", "satisfaction",
    "product_belief", "willingness", "readiness", "sales_skill",
)  # fmt: skip
# Connections on the platforms that are not LinkedIn.
ELSEWHERE = {"connections_facebook": "facebook", "connections_instagram": "instagram", "connections_x": "x"}
CATEGORIES = ("department", "region", "seniority", "job_function")
FIELDS = ("id", "department", "region", "seniority", "job_function", "hire_date", "left", *ATTRIBUTES, *ELSEWHERE)
DEPARTMENT_SHARES = {
    "sales": 0.15, "engineering": 0.25, "operations": 0.25, "customer service": 0.15,
    "marketing": 0.07, "people": 0.05, "finance": 0.08,
}  # fmt: skip
REGION_SHARES = {"region 1": 0.5, "region 2": 0.3, "region 3": 0.2}
SENIORITY_SHARES = (0.65, 0.20, 0.10, 0.04, 0.01)
FUNCTIONS: dict[object, int] = {"other": 0, "sales": 1, "recruiter": 2}
LEAVER = re.compile(
    r"attrition|leaver|^has_?left|^left|terminat|resign|separat|exit_?date|end_?date|departed|turnover|churn"
    r"|employ\w*_?status|^is_?active|^active|^termd?$",
    re.IGNORECASE,
)
MOST_CONNECTIONS = 30_000  # LinkedIn's own limit
MOST_ELSEWHERE = 1_000_000
Mapped = Mapping[str, "str | to.Transformation"]


@dataclass
class Table:
    """What was read from an export, one entry an employee; ``unknown`` is -1 or NaN."""

    ids: list[Id]
    leavers: list[Id]
    categories: dict[str, to.IntArray] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: dict[str, to.FloatArray] = field(default_factory=dict)
    platform_connections: dict[str, to.FloatArray] = field(default_factory=dict)  # by platform, not LinkedIn
    hire_date: np.ndarray[Any, np.dtype[np.datetime64]] | None = None
    as_of: date | None = None
    mapping: Mapped = field(default_factory=dict)
    available: list[Any] = field(default_factory=list)  # every column of the export
    ties: Pairs | None = None
    tie_gaps: TieGaps | None = None
    ties_unused: list[str] = field(default_factory=list)  # columns of the table of ties that were not read
    draw_numbers: np.ndarray[Any, np.dtype[np.uint64]] | None = None  # None: nobody's ids are known, 0, 1, 2, …
    draw_key: str = ""  # fingerprint of the key that the numbers are made with


def read_table(hr: pd.DataFrame, columns: Mapped, as_of: date | None) -> Table:
    """Read the mapped columns and nothing else.

    Raises
    ------
    InvalidInput
        An unknown field, a column that is not there, a transformation that does not fit, a cell that breaks
        a rule.
    """
    check_mapping(hr, columns, as_of)
    hr, leavers = _without_leavers(hr, columns)
    ids = _ids(_series(hr, columns["id"]))
    table = Table(ids, leavers, as_of=as_of, mapping=dict(columns), available=list(hr.columns))
    for name in ("department", "region"):
        if name in columns:
            table.categories[name], table.names[name] = _labels(_series(hr, columns[name]))
    if "seniority" in columns:
        source = _series(hr, columns["seniority"])
        is_ranked = isinstance(columns["seniority"], to.Ranked)
        table.categories["seniority"] = to.apply_ranked(source) if is_ranked else to.seniority_codes(source)
    if "job_function" in columns:
        rule = "must be sales, recruiter or other"
        table.categories["job_function"] = to.codes(_series(hr, columns["job_function"]), FUNCTIONS, rule)
    if "hire_date" in columns and as_of is not None:
        source = _series(hr, columns["hire_date"])
        in_years = isinstance(columns["hire_date"], to.YearsBefore)
        table.hire_date = to.apply_years_before(source, as_of) if in_years else to.dates(source, as_of)
    for name in ATTRIBUTES:
        if name in columns:
            table.attributes[name] = _attribute(name, _series(hr, columns[name]), columns[name])
    rule = f"must be a whole number, 0 (no account there) to {MOST_ELSEWHERE:,}; leave it empty where it is not known"
    for name in [name for name in ELSEWHERE if name in columns]:
        source = _series(hr, columns[name])
        table.platform_connections[ELSEWHERE[name]] = to.counts(source, rule, 0, MOST_ELSEWHERE)
    return table


def check_mapping(hr: object, columns: object, as_of: date | None) -> None:
    """Fields, columns and transformations before any cell is read."""
    if not isinstance(hr, pd.DataFrame):
        raise InvalidInput(f"hr must be a pandas DataFrame, not {type(hr).__name__}")
    if not isinstance(columns, Mapping):
        rule = "must map fields to columns; a suggestion is text: paste it and check each line"
        raise InvalidInput(f"columns is a {type(columns).__name__}: {rule}")
    for name, source in columns.items():
        if name not in FIELDS:
            raise InvalidInput(f"columns: no field {name!r}; {did_you_mean(name, FIELDS, limit=20)}")
        _check_transformation(name, source)
        column = column_of(source)
        times = list(hr.columns).count(column)
        if times == 0:
            raise InvalidInput(f"columns.{name} = {column!r}: no such column; {did_you_mean(column, hr.columns)}")
        if times > 1:
            raise InvalidInput(f"columns.{name} = {column!r}: the table has {times} columns of this name")
    _check_repeats(columns)
    if "id" not in columns:
        raise InvalidInput("columns.id: is required: the column with the ids of employees")
    if "hire_date" in columns and as_of is None:
        raise InvalidInput("as_of: is required with columns.hire_date: the day of the export, as in '2026-12-31'")
    if hr.empty:
        raise InvalidInput("hr: the table is empty")


def _check_repeats(columns: Mapped) -> None:
    """Refuse a column that is mapped twice where that makes up information.

    Allowed is what one column can well say: a department and a job function, who has left beside anything.
    """
    own = ("department", "region")  # a person is in one of each; the same column says nothing about the other
    for first, second in combinations(columns, 2):
        column = column_of(columns[first])
        if column_of(columns[second]) != column:
            continue
        pair = {first, second}
        if "id" in pair or pair <= {*ATTRIBUTES, *ELSEWHERE} or pair == {*own}:
            why = "ids say nothing about people" if "id" in pair else "two fields would be one and the same"
            raise InvalidInput(f"columns.{second} = {column!r}: is also columns.{first}; {why}; leave one out")


def one_line(value: object, name: str) -> str:
    """Return text of one printable line; InvalidInput for anything else."""
    if isinstance(value, str) and value.strip() and value.isprintable() and len(value) <= 200:
        return value
    raise InvalidInput(f"{name} = {shown(value)}: must be text of 1 to 200 printable characters on one line")


def day(value: object, name: str) -> date | None:
    """Return a date, or None for None; InvalidInput for what is not a date."""
    try:
        return None if value is None else to.to_date(value)
    except ValueError as error:
        raise InvalidInput(f"{name} = {shown(value)}: {error}") from None


def column_of(source: str | to.Transformation) -> str:
    """Return the column's name."""
    return source if isinstance(source, str) else source.column


def looks_like_leavers(names: list[Any], columns: Mapped) -> list[str]:
    """Columns that were not mapped and whose name says who has left."""
    mapped = {column_of(source) for source in columns.values()}
    return [str(name) for name in names if name not in mapped and LEAVER.search(str(name))]


def _check_transformation(name: str, source: object) -> None:
    shares = ATTRIBUTES[4:]
    fits: dict[str, type] = {"seniority": to.Ranked, "hire_date": to.YearsBefore, "left": to.Equals}
    fits |= dict.fromkeys(shares, to.Scale)
    if isinstance(source, str) or (name in fits and isinstance(source, fits[name])):
        return
    kind = fits[name].__name__ if name in fits else "none"
    names = {"Ranked": "gs.ranked", "YearsBefore": "gs.years_before", "Equals": "gs.equals", "Scale": "gs.scale"}
    rule = f"takes a column name or {names[kind]}(…)" if name in fits else "takes a column name"
    raise InvalidInput(f"columns.{name} = {shown(source)}: {rule}")


def _series(hr: pd.DataFrame, source: str | to.Transformation) -> pd.Series[Any]:
    return hr[column_of(source)]


def _without_leavers(hr: pd.DataFrame, columns: Mapped) -> tuple[pd.DataFrame, list[Id]]:
    if "left" not in columns:
        return hr, []
    how = columns["left"]
    left = to.flags(_series(hr, how), how if isinstance(how, to.Equals) else None)
    if left.all():
        raise InvalidInput("columns.left: everybody in the table has left; nobody remains")
    gone = [plain_id(value) for value in _series(hr[left], columns["id"]).dropna().tolist()]
    return hr[~left], gone


def _ids(series: pd.Series[Any]) -> list[Id]:
    empty = np.flatnonzero(to.missing(series))
    if len(empty):
        raise to.cell(series, int(empty[0]), "is missing; every employee needs an id")
    ids: list[Id] = []
    seen: dict[Id, int] = {}
    for i, value in enumerate(series.tolist()):
        try:
            name = plain_id(value)
        except ValueError as error:
            raise to.cell(series, i, str(error)) from None
        if name in seen:
            raise to.cell(series, i, f"the same id is in row {shown(series.index[seen[name]])}; ids must be unique")
        seen[name] = i
        ids.append(name)
    return ids


def _labels(series: pd.Series[Any]) -> tuple[to.IntArray, tuple[str, ...]]:
    gone = to.missing(series)
    texts = ["" if g else str(v).strip() for v, g in zip(series.tolist(), gone, strict=True)]
    if gone.all():
        raise InvalidInput(f"column {series.name!r}: every cell is missing; leave the field out to have it drawn")
    names = tuple(sorted(set(texts) - {""}, key=_natural))
    code = {name: i for i, name in enumerate(names)} | {"": -1}
    return np.array([code[t] for t in texts], dtype=np.int32), names


def _natural(text: str) -> tuple[int, int, str]:
    return (0, int(text), text) if text.isdecimal() and len(text) < 18 else (1, 0, text)


def _attribute(name: str, series: pd.Series[Any], how: str | to.Transformation) -> to.FloatArray:
    if isinstance(how, to.Scale):
        return to.apply_scale(series, how)
    if name == "connections":
        rule = f"must be a whole number, 1 to {MOST_CONNECTIONS:,}; leave it empty where it is not known"
        none = "; a person without an account reaches nobody: give 1, or leave it empty to have it drawn"
        return to.counts(series, rule, 1, MOST_CONNECTIONS, at_zero=none)
    if name in ("social_activity", "persuasion", "susceptibility"):
        return to.numbers(series, "must be a number above 0 and below 1,000 (1 is average)", 0, 1_000, strictly=True)
    return to.numbers(series, "must be strictly between 0 and 1; for other scales use gs.scale", 0, 1, strictly=True)
