"""Fields of a company, what stands in where one is missing, and a table that was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.ids import Id
from groundswell.company.table import cells
from groundswell.company.table import transformations as to
from groundswell.company.table.cells import FloatArray, IntArray
from groundswell.company.table.members import FIELDS as MEMBERS
from groundswell.company.table.members import RunningProgram
from groundswell.company.ties import Pairs, TieGaps
from groundswell.errors import InvalidInput, shown

ATTRIBUTES = (
    "connections", "social_activity", "persuasion", "susceptibility", "satisfaction",
    "product_belief", "willingness", "readiness", "sales_skill",
)  # fmt: skip
# Connections on the platforms that are not LinkedIn.
ELSEWHERE = {"connections_facebook": "facebook", "connections_instagram": "instagram", "connections_x": "x"}
CATEGORIES = ("department", "region", "seniority", "job_function")
# Who is an employee of this company, and fields that are read where they are mapped and never drawn.
OPTIONAL = ("contract", "fte", "manager")
FIELDS = (
    "id", "department", "region", "seniority", "job_function", "hire_date", "left", *OPTIONAL, *ATTRIBUTES, *ELSEWHERE,
)  # fmt: skip
WHERE_MAPPED = (*ELSEWHERE, *OPTIONAL)  # fields that are of no matter, and in no table, where nothing is mapped to them
NOT_DRAWN = ("id", "left", *OPTIONAL)
DRAWN_WHERE_UNMAPPED = tuple(name for name in FIELDS if name not in (*NOT_DRAWN, *WHERE_MAPPED))
DEPARTMENT_SHARES = {
    "sales": 0.15, "engineering": 0.25, "operations": 0.25, "customer service": 0.15,
    "marketing": 0.07, "people": 0.05, "finance": 0.08,
}  # fmt: skip
REGION_SHARES = {"region 1": 0.5, "region 2": 0.3, "region 3": 0.2}
SENIORITY_SHARES = (0.65, 0.20, 0.10, 0.04, 0.01)
FUNCTIONS: dict[object, int] = {"other": 0, "sales": 1, "recruiter": 2}
OF_MEMBERS, NOT_USED = "members: ", "columns_of_members_not_used"
MOST_CONNECTIONS = 30_000  # LinkedIn's own limit
MOST_ELSEWHERE = 1_000_000
MOST_REPEATED = 0.05  # of the rows: people who are in an export twice
LATEST = 730  # days after as_of until which people may be hired: who signed and starts later
SET_ASIDE = None  # what is mapped to ``left`` where a column that looks like leavers is none
Mapped = Mapping[str, "str | to.Transformation | None"]


@dataclass
class Table:
    """What was read from an export, one entry an employee; ``unknown`` is -1 or NaN."""

    ids: list[Id]
    leavers: list[Id]
    categories: dict[str, IntArray] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: dict[str, FloatArray] = field(default_factory=dict)
    platform_connections: dict[str, FloatArray] = field(default_factory=dict)  # by platform, not LinkedIn
    hire_date: np.ndarray[Any, np.dtype[np.datetime64]] | None = None
    as_of: date | None = None
    mapping: Mapped = field(default_factory=dict)
    available: list[Any] = field(default_factory=list)  # every column of the export
    ties: Pairs | None = None
    known_ties: Pairs | None = None  # where the others are generated
    tie_gaps: TieGaps | None = None
    ties_unused: list[str] = field(default_factory=list)  # columns of the table of ties that were not read
    fte: FloatArray | None = None
    managers: list[Id | None] | None = None  # by employee; None where it is empty or nobody of the table
    other_contracts: list[Id] = field(default_factory=list)  # who is no employee by contract
    repeated: list[Id] = field(default_factory=list)  # ids whose rows say the same more than once
    leaving_later: list[Id] = field(default_factory=list)
    joined_lines: int = 0  # cells with a line break or tab, which became a space
    managers_unknown: list[Any] = field(default_factory=list)  # rows whose manager is nobody of the table
    managers_gone: list[Any] = field(default_factory=list)  # rows whose manager is in the table, and not simulated


def one_line(value: object, name: str) -> str:
    """Return text of one printable line; InvalidInput for anything else."""
    if isinstance(value, str) and value.strip() and value.isprintable() and len(value) <= 200:
        return value
    raise InvalidInput(f"{name} = {shown(value)}: must be text of 1 to 200 printable characters on one line")


def day(value: object, name: str) -> date | None:
    """Return a date, or None for None; InvalidInput for what is not a date."""
    try:
        return None if value is None else cells.to_date(value)
    except ValueError as error:
        raise InvalidInput(f"{name} = {shown(value)}: {error}") from None


def column_of(source: Any) -> str:
    """Return the column's name."""
    return source if isinstance(source, str) else str(source.column)


def row(name: str, source: str, given: int, missing: int, imputed_from: str) -> dict[str, Any]:
    """One row of ``Company.columns``."""
    return {
        "field": name,
        "source_column": source,
        "given": given,
        "missing": missing,
        "imputed_from": imputed_from,
        "not_used": False,
    }


def with_audience_row(columns: pd.DataFrame, ties: int) -> pd.DataFrame:
    """``Company.columns`` with the row that says a real audience was given."""
    return pd.concat(
        [columns[columns["field"] != "audience"], pd.DataFrame([row("audience", "persons, ties", ties, 0, "")])],
        ignore_index=True,
    )


def with_members_rows(columns: pd.DataFrame, running: RunningProgram) -> pd.DataFrame:
    """``Company.columns`` with the row that says a program already runs, and the columns of its table not used."""
    rows = [row("members", "members", len(running.rows), 0, "")]
    rows += [row("", f"{OF_MEMBERS}{name}", 0, 0, "") | {"not_used": True} for name in running.not_used]
    earlier = (columns["field"] == "members") | columns["source_column"].str.startswith(OF_MEMBERS)
    return pd.concat([columns[~earlier], pd.DataFrame(rows)], ignore_index=True)


def with_members_warning(warnings: pd.DataFrame, running: RunningProgram) -> pd.DataFrame:
    """``Company.warnings`` with a row for columns of the table of members that were not read: one may be misspelled."""
    others = warnings[warnings["code"] != NOT_USED]
    if not running.not_used:
        return others
    rule = f"not read: columns of members are {', '.join(MEMBERS)}, or those that columns= names"
    names = ", ".join(f"{OF_MEMBERS}{name}" for name in running.not_used)
    one = pd.DataFrame([(NOT_USED, len(running.not_used), names, rule)], columns=list(warnings.columns))
    return pd.concat([others, one], ignore_index=True)
