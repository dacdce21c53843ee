"""What is known about a company: the fields of ``Company``, and what the engine takes of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.ids import Id
from groundswell.company.audience import GivenAudience
from groundswell.company.draw_order import DrawNumbers, DrawOrder
from groundswell.company.facts import FirmFacts, function_shares
from groundswell.company.table.cells import FloatArray, IntArray
from groundswell.company.table.members import RunningProgram
from groundswell.company.ties import Pairs, TieGaps

Dates = np.ndarray[Any, np.dtype[np.datetime64]]


@dataclass(frozen=True, eq=False, repr=False)
class CompanyRecord:
    """Employees of a firm, as given; ``Company`` documents the fields."""

    name: str
    ids: pd.Index[Any]
    categories: Mapping[str, IntArray]
    labels: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, FloatArray]
    attributes: Mapping[str, FloatArray]
    ties: Pairs | None
    firm: FirmFacts
    hire_date: Dates | None
    as_of: date | None
    columns: pd.DataFrame
    warnings: pd.DataFrame
    is_synthetic: bool = False
    platform_connections: Mapping[str, FloatArray] = field(default_factory=dict)
    audience: GivenAudience | None = None
    tie_gaps: TieGaps | None = None
    leavers: frozenset[Id] = frozenset()
    fte: FloatArray | None = None
    read_as: str = ""
    known_ties: Pairs | None = None
    draw_numbers: DrawNumbers | None = None
    draw_key: str = ""
    running: RunningProgram | None = None

    def __post_init__(self) -> None:
        self._freeze()

    @property
    def employees(self) -> int:
        """How many people."""
        return len(self.ids)

    @property
    def page_followers(self) -> int | None:
        """Followers of the LinkedIn page; None: from ``platforms.linkedin.connections_per_follower``."""
        return self.firm.page_followers

    @property
    def sales_share(self) -> FloatArray:
        """P(sales) by department, where the job function is missing."""
        return function_shares(self.labels["department"], self.firm)[0]

    @property
    def recruiter_share(self) -> FloatArray:
        """P(recruiter) by department, where the job function is missing."""
        return function_shares(self.labels["department"], self.firm)[1]

    @cached_property
    def draw_order(self) -> DrawOrder:
        """How rows of the table and numbers of the core belong together."""
        return DrawOrder.of(self.draw_numbers, self.employees)

    @property
    def core_ids(self) -> pd.Index[Any]:
        """Ids by number of the core."""
        return self.ids.take(self.draw_order.rows)

    def core_arguments(self) -> dict[str, Any]:
        """Return the arguments of ``_core.Company``."""
        pages, order = self.firm.followers(), self.draw_order
        extra: dict[str, Any] = {}
        if self.platform_connections:
            extra["connections"] = {name: order.to_core(column) for name, column in self.platform_connections.items()}
        if self.audience is not None:
            extra["audience"] = self.audience.core(order)
        if self.known_ties is not None:
            extra["known_ties"] = order.pairs(self.known_ties)
        if self.tie_gaps is not None:
            extra["ties_coverage"] = self.tie_gaps.core(order)
        if self.draw_numbers is not None:
            extra["draw_numbers"] = order.to_core(self.draw_numbers)
        return {
            "employees": self.employees,
            "departments": len(self.labels["department"]),
            "regions": len(self.labels["region"]),
            "department": order.to_core(self.categories["department"]),
            "region": order.to_core(self.categories["region"]),
            "seniority": order.to_core(self.categories["seniority"]),
            "function": order.to_core(self.categories["job_function"]),
            "department_shares": self.shares["department"],
            "region_shares": self.shares["region"],
            "seniority_shares": self.shares["seniority"],
            "sales_share": self.sales_share,
            "recruiter_share": self.recruiter_share,
            "attributes": {name: order.to_core(column) for name, column in self.attributes.items()},
            "coworker_ties": None if self.ties is None else order.pairs(self.ties),
            "page_followers": pages if set(pages) - {"linkedin"} else self.page_followers,
        } | extra

    def content_hash(self) -> str:
        """SHA-256 of what the core sees, hire dates, draw numbers and members too: not the name, not the ids."""
        return self._content_hash

    @cached_property
    def _content_hash(self) -> str:
        hired = None if self.hire_date is None else self.draw_order.to_core(self.hire_date)
        members = {} if self.running is None else {"running": self.running_arguments()}
        return hash_of({**self.core_arguments(), **members}, hired)

    def running_arguments(self) -> dict[str, Any]:
        """Return the members of a program that runs as the core takes them, and its levers."""
        if self.running is None:
            return {}
        return {**self.running.core(self.draw_order.places), "levers": dict(self.running.levers)}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CompanyRecord):
            return NotImplemented
        same = self.name == other.name and self.firm == other.firm and self.core_ids.equals(other.core_ids)
        return same and self.content_hash() == other.content_hash()

    def __hash__(self) -> int:
        return hash(self.content_hash())

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update({"running": None, **state})  # pickles of earlier versions have no program that runs
        self._freeze()

    def _freeze(self) -> None:
        groups = (self.categories, self.shares, self.attributes, self.platform_connections)
        arrays: list[Any] = [array for group in groups for array in group.values()]
        given = self.audience and self.audience.ties
        complete = self.tie_gaps and self.tie_gaps.complete
        own = (self.ties, self.known_ties, given, self.hire_date, self.fte)
        running = () if self.running is None else (self.running.rows, self.running.days, self.running.posts)
        for array in [*arrays, *own, complete, self.draw_numbers, *running]:
            if array is not None:
                array.setflags(write=False)


def days_of(hired: Dates) -> FloatArray:
    """Return dates as days since 1970-01-01, NaN where missing."""
    days: FloatArray = hired.astype("datetime64[D]").astype(np.float64)
    return np.where(np.isnat(hired), np.nan, days)


def hash_of(arguments: Mapping[str, Any], hired: Dates | None) -> str:
    """SHA-256 of what the core takes: the arguments of its company, and hire dates where there are some."""
    if hired is not None and not np.isnat(hired).all():
        arguments = {**arguments, "hire_date": days_of(hired)}
    digest = hashlib.sha256()
    for key, value in flat(arguments):
        digest.update(f"{key}:".encode())
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
        else:
            digest.update(json.dumps(value).encode())
    return digest.hexdigest()


def flat(arguments: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted key, value) of nested dicts, sorted by key."""
    for key in sorted(arguments):
        value = arguments[key]
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
