"""An HR table becomes a company's fields: the mapping checked, each column read, all problems in one report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.text import without_breaks
from groundswell.company import who_counts
from groundswell.company.columns import (
    ATTRIBUTES,
    ELSEWHERE,
    FIELDS,
    FUNCTIONS,
    LATEST,
    MOST_CONNECTIONS,
    MOST_ELSEWHERE,
    OPTIONAL,
    SET_ASIDE,
    Mapped,
    Table,
    column_of,
)
from groundswell.company.table import cells, days
from groundswell.company.table import transformations as to
from groundswell.company.table.cells import FloatArray, IntArray, Report, missing
from groundswell.errors import InvalidInput, did_you_mean, shown

LEAST_FTE = 1e-6


def read_table(hr: pd.DataFrame, columns: Mapped, as_of: date | None) -> Table:
    """Read the mapped columns and nothing else, but for columns that look like leavers and are not mapped.

    Raises
    ------
    InvalidInput
        All that is wrong, in one report: an unknown field, a column that is not there, a transformation that does not
        fit, cells that break a rule, leavers that are not decided.
    """
    check_mapping(hr, columns, as_of)
    report = Report()
    report.check(lambda: who_counts.leavers_decided(hr, columns))
    here: pd.DataFrame | None
    table: Table | None
    here, table = report.of(lambda: who_counts.employees(hr, columns, as_of), (None, None))
    if here is None or table is None:
        raise report.error()
    report.check(lambda: who_counts.read_people(here, table, hr))
    for name, read in READ.items():
        if columns.get(name) is not None:
            report.check(partial(read, table, here[column_of(columns[name])], name))
    if report.problems:
        raise report.error()
    return table


def check_mapping(hr: object, columns: object, as_of: date | None) -> None:
    """Fields, columns and transformations before any cell is read."""
    if not isinstance(hr, pd.DataFrame):
        raise InvalidInput(f"hr must be a pandas DataFrame, not {type(hr).__name__}")
    if not isinstance(columns, Mapping):
        rule = "must map fields to columns; a suggestion is text: paste it and check each line"
        raise InvalidInput(f"columns is a {type(columns).__name__}: {rule}")
    report = Report()
    for name, source in columns.items():
        report.check(partial(_check_field, hr, name, source))
    if report.problems:
        raise report.error()
    report.check(lambda: _check_repeats(columns))
    if columns.get("id") is None:
        report.problems.append(InvalidInput("columns.id: is required: the column with the ids of employees"))
    if columns.get("hire_date") is not None and as_of is None:
        rule = "is required with columns.hire_date: the day of the export, as in '2026-12-31'"
        report.problems.append(InvalidInput(f"as_of: {rule}"))
    how = columns.get("left")
    if isinstance(how, to.LeftBy) and how.day is None and as_of is None:
        rule = "is required with gs.left_by without a day: the day of the export, as in '2026-12-31'"
        report.problems.append(InvalidInput(f"as_of: {rule}"))
    if hr.empty:
        report.problems.append(InvalidInput("hr: the table is empty"))
    if report.problems:
        raise report.error()


def _check_field(hr: pd.DataFrame, name: object, source: Any) -> None:
    if name not in FIELDS:
        raise InvalidInput(f"columns: no field {name!r}; {did_you_mean(name, FIELDS, limit=20)}")
    if source is SET_ASIDE and name == "left":
        return
    _check_transformation(str(name), source)
    for column in (column_of(source), *([source.by] if isinstance(source, to.Lookup) else ())):
        times = list(hr.columns).count(column)
        if times == 0:
            raise InvalidInput(f"columns.{name} = {column!r}: no such column; {did_you_mean(column, hr.columns)}")
        if times > 1:
            raise InvalidInput(f"columns.{name} = {column!r}: the table has {times} columns of this name")


def _check_repeats(columns: Mapped) -> None:
    """Refuse a column that is mapped twice where that makes up information.

    Allowed is what one column can well say: a department and a job function, who has left beside anything.
    """
    own = ("department", "region")  # a person is in one of each; the same column says nothing about the other
    given = {name: column_of(source) for name, source in columns.items() if source is not None}
    for first, second in combinations(given, 2):
        column = given[first]
        if given[second] != column:
            continue
        pair = {first, second}
        if "id" in pair or pair <= {*OPTIONAL} or pair <= {*ATTRIBUTES, *ELSEWHERE} or pair == {*own}:
            why = "ids say nothing about people" if "id" in pair else "two fields would be one and the same"
            raise InvalidInput(f"columns.{second} = {column!r}: is also columns.{first}; {why}; leave one out")


def _check_transformation(name: str, source: object) -> None:
    fits: dict[str, tuple[type, ...]] = {
        "seniority": (to.Ranked,), "hire_date": (to.YearsBefore,), "left": (to.Equals, to.LeftBy),
        "contract": (to.Equals,), "manager": (to.Lookup,), **dict.fromkeys(ATTRIBUTES[4:], (to.Scale,)),
    }  # fmt: skip
    if isinstance(source, (str, *fits.get(name, ()))):
        return
    names = {to.Ranked: "gs.ranked", to.YearsBefore: "gs.years_before", to.Equals: "gs.equals", to.Scale: "gs.scale",
             to.LeftBy: "gs.left_by", to.Lookup: "gs.lookup"}  # fmt: skip
    also = "".join(f" or {names[kind]}(…)" for kind in fits.get(name, ()))
    raise InvalidInput(f"columns.{name} = {shown(source)}: takes a column name{also}")


def _labels(series: pd.Series[Any]) -> tuple[IntArray, tuple[str, ...]]:
    gone = missing(series)
    values = cells.values_of(series)
    texts = ["" if g else without_breaks(str(v)) for v, g in zip(values, gone, strict=True)]
    if gone.all():
        raise InvalidInput(f"column {series.name!r}: every cell is missing; leave the field out to have it drawn")
    cells.refuse_control_characters(series, texts)
    names = tuple(sorted(set(texts) - {""}, key=_natural))
    code = {name: i for i, name in enumerate(names)} | {"": -1}
    return np.array([code[t] for t in texts], dtype=np.int32), names


def _natural(text: str) -> tuple[int, int, str]:
    return (0, int(text), text) if text.isdecimal() and len(text) < 18 else (1, 0, text)


def _read_labels(table: Table, series: pd.Series[Any], name: str) -> None:
    table.categories[name], table.names[name] = _labels(series)
    broken = [str(v) for v in series[~missing(series)] if without_breaks(str(v)) != str(v).strip()]
    table.joined_lines += len(broken)


def _read_seniority(table: Table, series: pd.Series[Any], name: str) -> None:
    how = table.mapping[name]
    table.categories[name] = to.apply_ranked(series, how) if isinstance(how, to.Ranked) else to.seniority_codes(series)


def _read_function(table: Table, series: pd.Series[Any], name: str) -> None:
    table.categories[name] = to.codes(series, FUNCTIONS, "must be sales, recruiter or other")


def _read_hired(table: Table, series: pd.Series[Any], name: str) -> None:
    if table.as_of is None:
        return
    if isinstance(table.mapping[name], to.YearsBefore):
        table.hire_date = days.apply_years_before(series, table.as_of)
    else:
        table.hire_date = days.dates(series, table.as_of, latest=days.shifted(table.as_of, LATEST))


def _read_fte(table: Table, series: pd.Series[Any], _: str) -> None:
    rule = "must be a share of full time, above 0 to 2; leave it empty where unknown"
    table.fte = cells.numbers(series, rule, LEAST_FTE, 2)


def _read_connections(table: Table, series: pd.Series[Any], name: str) -> None:
    rule = f"must be a whole number, 0 (no account there) to {MOST_ELSEWHERE:,}; leave it empty where it is not known"
    table.platform_connections[ELSEWHERE[name]] = cells.counts(series, rule, 0, MOST_ELSEWHERE)


def _read_attribute(table: Table, series: pd.Series[Any], name: str) -> None:
    how = table.mapping[name]
    table.attributes[name] = _attribute(name, series, how)


def _attribute(name: str, series: pd.Series[Any], how: str | to.Transformation | None) -> FloatArray:
    if isinstance(how, to.Scale):
        return to.apply_scale(series, how)
    if name == "connections":
        rule = f"must be a whole number, 1 to {MOST_CONNECTIONS:,}; leave it empty where it is not known"
        none = "; a person without an account reaches nobody: give 1, or leave it empty to have it drawn"
        return cells.counts(series, rule, 1, MOST_CONNECTIONS, at_zero=none)
    if name in ("social_activity", "persuasion", "susceptibility"):
        rule = "must be a number above 0 and below 1,000 (1 is average)"
        return cells.numbers(series, rule, 0, 1_000, strictly=True)
    return cells.numbers(series, "must be strictly between 0 and 1; for other scales use gs.scale", 0, 1, strictly=True)


READ: Mapping[str, Callable[[Table, Any, str], None]] = {
    "department": _read_labels,
    "region": _read_labels,
    "seniority": _read_seniority,
    "job_function": _read_function,
    "hire_date": _read_hired,
    "fte": _read_fte,
    **dict.fromkeys(ATTRIBUTES, _read_attribute),
    **dict.fromkeys(ELSEWHERE, _read_connections),
}
