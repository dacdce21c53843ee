"""A company: employees, what is known about them, ties among them, followers of its page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from groundswell import company_columns as fields
from groundswell import company_tables as tables
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.ids import Id
from groundswell.ties import Pairs, WarningRow, mutual_ties
from groundswell.transformations import FloatArray, IntArray

if TYPE_CHECKING:
    from groundswell import _core

CATEGORIES = ("department", "region", "seniority", "job_function")


@dataclass(frozen=True, eq=False, repr=False)
class Company:
    """Employees of a firm, as given. What is missing is drawn anew in each world; ``columns`` says what.

    Make one with ``Company.synthetic`` or ``Company.from_frames``. Arrays have one entry an employee and are
    read-only.

    Attributes
    ----------
    name
        Shown in tables.
    ids
        The analyst's ids; position is the employee number.
    categories
        Codes of department, region, seniority (0-4), job_function (0 other, 1 sales, 2 recruiter); -1 is
        missing.
    labels
        Names of departments and regions, by code.
    shares
        Laws of missing departments, regions and seniorities; sum to 1.
    attributes
        Nine attributes in natural units; NaN is missing.
    ties
        Mutual ties as pairs of employee numbers, or None to have them generated.
    page_followers
        Followers of the company's page, or None: sum of connections / ``audience.connections_per_follower``.
    hire_date
        Days, NaT where missing, or None. Not used by the model yet; shown by ``check``.
    columns
        Frame: field, source_column, given, missing, imputed_from, not_used.
    warnings
        Frame: code, count, examples, consequence.
    """

    name: str
    ids: pd.Index[Any]
    categories: Mapping[str, IntArray]
    labels: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, FloatArray]
    attributes: Mapping[str, FloatArray]
    ties: Pairs | None
    page_followers: int | None
    hire_date: np.ndarray[Any, np.dtype[np.datetime64]] | None
    as_of: date | None
    columns: pd.DataFrame
    warnings: pd.DataFrame
    is_synthetic: bool = False

    def __post_init__(self) -> None:
        self._freeze()

    @classmethod
    def synthetic(
        cls, employees: int = 1000, name: str = "Built-in company", *, page_followers: int | None = None
    ) -> Self:
        """Return the built-in company: everything about its people is drawn in each world.

        Seven departments (sales .15, engineering .25, operations .25, customer service .15, marketing .07,
        people .05, finance .08), three regions (.5, .3, .2), seniority .65/.20/.10/.04/.01: assumptions.

        Raises
        ------
        InvalidInput
            ``employees`` is not a whole number from 2 to 1,000,000.
        """
        number = fields.whole(employees, "employees", 2, 1_000_000)
        table = fields.Table(ids=list(range(number)), leavers=[])
        return cls._assemble(table, name, page_followers, [])

    @classmethod
    def from_frames(
        cls,
        hr: pd.DataFrame,
        *,
        columns: fields.Mapped,
        as_of: str | date | datetime | None = None,
        ties: pd.DataFrame | None = None,
        page_followers: int | None = None,
        name: str = "Company",
    ) -> Self:
        """Return a company from an HR export. Only mapped columns are read and kept.

        Parameters
        ----------
        hr
            One row a person.
        columns
            Field to column name or transformation (``gs.ranked``, ``gs.scale``, ``gs.years_before``,
            ``gs.equals``). Fields: id (required), department, region, seniority, job_function, hire_date,
            left, connections,
            social_activity, persuasion, susceptibility, satisfaction, product_belief, willingness, readiness,
            sales_skill. Who has ``left`` is excluded and counted.
        as_of
            Day of the export; required with hire_date.
        ties
            Directed edges between employees, columns source and target; kept as mutual ties. Self-loops,
            repeats, reciprocal pairs and people without a tie are counted in ``warnings``.
        page_followers
            Followers of the company's page, if known.
        name
            Shown in tables.

        Raises
        ------
        InvalidInput
            With row and column: a column that is not there, an empty table, a missing or repeated id, an
            unknown id in ``ties``, text where a number is needed, a value out of range.
        """
        day = fields.day(as_of, "as_of")
        table = fields.read_table(hr, columns, day)
        rows = tables.import_warnings(hr, columns, table)
        if ties is not None:
            table.ties, more = mutual_ties(ties, pd.Index(table.ids, dtype=object), table.leavers)
            rows += more
        return cls._assemble(table, name, page_followers, rows)

    @classmethod
    def _assemble(cls, table: fields.Table, name: str, page_followers: int | None, rows: list[WarningRow]) -> Self:
        number = len(table.ids)
        if number < 2:
            raise InvalidInput(f"a company needs two employees at least; there is {number}")
        if page_followers is not None:
            page_followers = fields.whole(page_followers, "page_followers", 0, 1_000_000_000)
        labels, shares = tables.laws(table)
        missing = np.full(number, -1, dtype=np.int32)
        unknown = np.full(number, np.nan)
        return cls(
            name=fields.one_line(name, "name"),
            ids=pd.Index(table.ids),
            categories={key: table.categories.get(key, missing) for key in CATEGORIES},
            labels=labels,
            shares=shares,
            attributes={key: table.attributes.get(key, unknown) for key in fields.ATTRIBUTES},
            ties=table.ties,
            page_followers=page_followers,
            hire_date=table.hire_date,
            as_of=table.as_of,
            columns=tables.columns_frame(table, page_followers),
            warnings=pd.DataFrame(rows, columns=["code", "count", "examples", "consequence"]),
            is_synthetic=not table.available,
        )

    @property
    def employees(self) -> int:
        """How many people."""
        return len(self.ids)

    @property
    def sales_share(self) -> FloatArray:
        """P(sales) by department, where the job function is missing."""
        return tables.function_shares(self.labels["department"])[0]

    @property
    def recruiter_share(self) -> FloatArray:
        """P(recruiter) by department, where the job function is missing."""
        return tables.function_shares(self.labels["department"])[1]

    def numbers_of(self, ids: Iterable[Id], address: str = "ids") -> np.ndarray[Any, np.dtype[np.uint32]]:
        """Employee numbers of ids; InvalidInput for an id that nobody has, with the nearest one."""
        asked = list(ids)
        numbers = self.ids.astype(object).get_indexer(pd.Index(asked, dtype=object))
        unknown = [asked[i] for i in np.flatnonzero(numbers < 0)]
        if unknown:
            near = did_you_mean(unknown[0], self.ids[:2000].tolist(), limit=3)
            rule = f"no employee has this id ({len(unknown):,} such ids); {near}"
            raise InvalidInput(problems=[Problem(tuple(address.split(".")), shown(unknown[0]), rule)])
        return np.asarray(numbers, dtype=np.uint32)

    def check(self) -> pd.DataFrame:
        """Sizes, tenure and connections beside published figures: check, value, published, source."""
        return tables.check(self)

    def core_input(self) -> _core.Company:
        """Return the company as the core takes it."""
        from groundswell import _core

        return _core.Company(**self.core_arguments())

    def core_arguments(self) -> dict[str, Any]:
        """Return the arguments of ``_core.Company``."""
        return {
            "employees": self.employees,
            "departments": len(self.labels["department"]),
            "regions": len(self.labels["region"]),
            "department": self.categories["department"],
            "region": self.categories["region"],
            "seniority": self.categories["seniority"],
            "function": self.categories["job_function"],
            "department_shares": self.shares["department"],
            "region_shares": self.shares["region"],
            "seniority_shares": self.shares["seniority"],
            "sales_share": self.sales_share,
            "recruiter_share": self.recruiter_share,
            "attributes": dict(self.attributes),
            "coworker_ties": self.ties,
            "page_followers": self.page_followers,
        }

    def estimate(self, parameters: Mapping[str, Any]) -> int:
        """Bytes of one world, before it is built. ``parameters`` is ``scenario.core_parameters()``."""
        from groundswell import _core

        world = {"workforce": parameters["workforce"], "audience": parameters["audience"]}
        return int(_core.estimate_world_bytes(self.core_input(), world))

    def content_hash(self) -> str:
        """SHA-256 of what the core sees: not the name, not the ids."""
        return self._content_hash

    @cached_property
    def _content_hash(self) -> str:
        digest = hashlib.sha256()
        for key, value in tables.flat(self.core_arguments()):
            digest.update(f"{key}:".encode())
            if isinstance(value, np.ndarray):
                digest.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
            else:
                digest.update(json.dumps(value).encode())
        return digest.hexdigest()

    def pseudonymized(self) -> Self:
        """Return the same company with employee numbers as ids, and no raw id in its warnings.

        Its hash is the same.
        """
        cleaned = self.warnings.assign(examples="")
        return replace(self, ids=pd.Index(range(self.employees)), warnings=cleaned)

    def reference(self) -> dict[str, Any]:
        """Name and hash, for a scenario file; a synthetic company can be made again from it."""
        reference: dict[str, Any] = {"name": self.name, "content_hash": self.content_hash()}
        if self.is_synthetic:
            reference["synthetic"] = {"employees": self.employees, "page_followers": self.page_followers}
        return reference

    @classmethod
    def from_reference(cls, reference: Any, company: Company | None, *, any_company: bool = False) -> Company:
        """Return the company of a scenario file: the one given if its hash fits, or a synthetic one."""
        return tables.from_reference(cls, reference, company, any_company=any_company)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Company):
            return NotImplemented
        same = self.name == other.name and self.content_hash() == other.content_hash()
        return same and self.ids.equals(other.ids)

    def __hash__(self) -> int:
        return hash(self.content_hash())

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._freeze()

    def __repr__(self) -> str:
        return "\n".join(tables.lines(self))

    def _repr_html_(self) -> str:
        return tables.html(self)

    def _freeze(self) -> None:
        arrays: list[np.ndarray[Any, Any]] = [
            *self.categories.values(),
            *self.shares.values(),
            *self.attributes.values(),
        ]
        others: list[np.ndarray[Any, Any] | None] = [self.ties, self.hire_date]
        for array in [*arrays, *others]:
            if array is not None:
                array.setflags(write=False)
