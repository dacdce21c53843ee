"""A company: employees, what is known about them, ties among them, followers of its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd

from groundswell import _core
from groundswell.common import arguments, verbs
from groundswell.common.ids import Id
from groundswell.company import assemble as tables
from groundswell.company import cell as text
from groundswell.company import columns as fields
from groundswell.company import identity, suggest
from groundswell.company import published_figures as check
from groundswell.company.audience import read_audience
from groundswell.company.facts import FirmFacts, whole
from groundswell.company.pseudonyms import Key, as_key
from groundswell.company.read_table import read_table
from groundswell.company.record import CompanyRecord
from groundswell.company.table.members import read_members
from groundswell.company.ties import TieCoverage
from groundswell.exports import Export, to_pandas

CATEGORIES = fields.CATEGORIES


@dataclass(frozen=True, eq=False, repr=False)
class Company(CompanyRecord):
    """Employees of a firm, as given. What is missing is drawn anew in each world; ``columns`` says what.

    Make one with ``Company.synthetic`` or ``Company.from_frames``. Arrays have one entry an employee and are
    read-only.

    Attributes
    ----------
    name
        Shown in tables.
    ids
        The analyst's ids in the order of their draw numbers, whatever the order of the export; position is the
        employee number.
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
    firm
        Facts that HR does not hold, as given; ``facts`` lists them with their defaults.
    hire_date
        Days, NaT where missing, or None: tenure, on which leaving rests.
    columns
        Frame: field, source_column, given, missing, imputed_from, not_used.
    warnings
        Frame: code, count, examples, consequence.
    platform_connections
        Connections on platforms other than LinkedIn, where mapped: 0 no account, NaN missing.
    tie_gaps
        Which ties ``ties`` lacks; None where it has all.
    leavers
        Ids of the people whom ``columns.left`` excludes; in no file.
    fte
        Share of full time of each person, NaN where missing, or None: shown only; in no file.
    read_as
        How the export was read, in words; empty where a frame was given.
    known_ties
        Ties that are certain, with managers, as pairs of employee numbers where the others are generated; else None.
    audience
        Persons and ties of ``with_audience``, or None to have them generated.
    running
        The program that already runs (``with_members``), or None.
    draw_numbers
        What each employee's luck is drawn by: a keyed hash of the id. None: 0, 1, 2, … (synthetic companies, files of
        earlier versions).
    draw_key
        Fingerprint of the key of ``draw_numbers``, which is itself in no file but the analyst's key file; else empty.
    """

    @classmethod
    def synthetic(cls, employees: int = 1000, name: str = text.BUILT_IN, **facts: Any) -> Self:
        """Return the built-in company: everything about its people is drawn in each world.

        Seven departments (sales .15, engineering .25, operations .25, customer service .15, marketing .07,
        people .05, finance .08), three regions (.5, .3, .2), seniority .65/.20/.10/.04/.01: assumptions.
        ``facts`` as in ``from_frames``: page_followers, people_recruiter_share, currency, market prices and others.

        Raises
        ------
        InvalidInput
            ``employees`` is not a whole number from 2 to 1,000,000.
        """
        number = whole(employees, "employees", 2, 1_000_000)
        table = fields.Table(ids=list(range(number)), leavers=[])
        return tables.assemble(cls, table, name, FirmFacts.checked(facts), [])

    @classmethod
    def from_frames(
        cls,
        hr: object,
        *,
        columns: fields.Mapped,
        as_of: str | date | datetime | None = None,
        ties: pd.DataFrame | None = None,
        ties_coverage: float | TieCoverage | None = None,
        name: str = text.UNNAMED,
        key: Key | str | Path | None = None,
        **facts: Any,
    ) -> Self:
        """Return a company from an HR export. Only mapped columns are read and kept; the order of rows is no matter.

        Parameters
        ----------
        hr
            One row a person: a ``gs.Export``, a DataFrame of pandas, or of another library by the interchange protocol.
        columns
            Field to column name or transformation (``gs.ranked``, ``gs.scale``, ``gs.years_before``,
            ``gs.equals``, ``gs.left_by``, ``gs.lookup``). Fields: id (required), department, region, seniority,
            job_function, hire_date, left, contract, fte, manager, connections (LinkedIn), connections_facebook,
            connections_instagram, connections_x, social_activity, persuasion, susceptibility, satisfaction,
            product_belief, willingness, readiness, sales_skill. Who has ``left``, or whose ``contract`` does not count,
            is excluded and counted; a column that looks like leavers stops until it is mapped, or ``left`` is None.
        as_of
            Day of the export; required with hire_date, and with a date of leaving without a day of its own.
        ties
            Directed edges between employees, columns source and target; kept as mutual ties. Self-loops, repeats,
            reciprocal pairs and people without a tie are counted in ``warnings``.
        ties_coverage
            Share of all ties that ``ties`` lists, or a ``gs.TieCoverage``; each world draws the others.
        name
            Shown in tables.
        key
            What the luck of employees is keyed by, with their ids: a key or its file, by default ``gs.own_key()``.
            The same person has the same luck in every export under one key, other luck under another.
        **facts
            What HR does not hold, if known: page_followers (LinkedIn; also page_followers_facebook, _instagram, _x),
            people_recruiter_share (share of a people department that recruits), currency, growth_per_year,
            market_price_per_click, market_price_per_thousand_impressions (what the firm pays for attention elsewhere).
            ``company.facts`` lists them with their defaults.

        Raises
        ------
        InvalidInput
            All problems in one report, with row and column: a column that is not there, an empty table, leavers that
            are not decided, a missing or repeated id, an unknown id in ``ties``, text for a number, a value out of
            range, a column mapped twice where that makes no sense. A key that cannot be read, or made.
        """
        firm = FirmFacts.checked(facts)
        day = fields.day(as_of, "as_of")
        frame = hr if isinstance(hr, pd.DataFrame) else to_pandas(hr, "hr")  # unmapped cells of a frame are not read
        table = read_table(frame, columns, day)
        rows = [*tables.reading_warnings(hr), *tables.import_warnings(frame, table)]
        rows += tables.add_ties(table, ties, ties_coverage)
        company = tables.assemble(cls, table, name, firm, rows).with_luck_of(as_key(key))
        return replace(company, read_as=hr.reading.sentence()) if isinstance(hr, Export) else company

    @staticmethod
    def suggest_columns(hr: object) -> suggest.Suggestion:
        """Return a mapping to paste, as text: one line a field, why, and what else could be meant.

        Read from the names and values of the export. Never applied: ``from_frames`` takes what the analyst states.
        """
        return suggest.suggest_columns(to_pandas(hr, "hr"))

    @property
    def facts(self) -> pd.DataFrame:
        """Facts about the firm: fact, value, state (given, default), unit, used_by."""
        return self.firm.frame(self.name, self.name in text.DEFAULT_NAMES)

    def numbers_of(self, ids: Iterable[Id], address: str = "ids") -> np.ndarray[Any, np.dtype[np.uint32]]:
        """Employee numbers of ids; InvalidInput for one that nobody has, with the nearest, and for who has left."""
        return identity.numbers_of(self, ids, address)

    def check(self) -> pd.DataFrame:
        """Sizes, tenure and connections beside published ones: figure, company, published, source, remark.

        ``source`` is a row of ``gs.evidence()`` in brackets, empty where nothing is published. NaN: not known.
        """
        return check.check(self)

    def select(
        self,
        rule: object,
        *,
        world: int = 0,
        seed: int = 1,
        start: str | date | datetime | None = None,
    ) -> pd.DataFrame:
        """Return who a rule picks in one world, before anything is simulated.

        ``rule``: a ``gs.Selection``, a ``gs.ActiveAdvocates``, or a scenario of this company with a program. One row a
        person, as they are invited; columns and errors: ``groundswell.worlds.select``.
        """
        picked: pd.DataFrame = verbs.body("Company.select")(self, rule, world, seed, start)
        return picked

    def with_audience(self, persons: pd.DataFrame, ties: pd.DataFrame) -> Self:
        """Return the company with a real audience in place of the generated one.

        ``persons``: columns id and segment (a name of ``gs.segments()`` but employee), one row a person outside the
        company. ``ties``: columns source and target, ids of employees or persons, one row a mutual tie. If one of them
        is an employee's, employees have these ties (and those of the company's own table) and no other.

        Raises InvalidInput with row and column: an unknown person or segment, a repeated id or tie, an employee among
        the persons, a tie with oneself.
        """
        given = read_audience(self.ids, persons, ties, has_coworker_ties=self.ties is not None)
        return replace(self, audience=given, columns=fields.with_audience_row(self.columns, len(ties)))

    def with_members(self, members: object, columns: Mapping[str, str] | None = None, **levers: float) -> Self:
        """Return the company with a program that already runs.

        It runs through the warm-up of every design and goes on, without a program too; its members tire, rest, drop
        out and leave like others. ``program.select`` invites people beside them; ``running_program="stop"`` ends it on
        the first day of the horizon.

        Parameters
        ----------
        members
            One row a member, as a table or an export (``gs.read_export``): id; weeks_since_joining, on the first day
            of the horizon; posts_per_week of the program, as seen over the last months (0: a member who does not post
            for the time being; empty, or no such column: not known, as the model has it).
        columns
            Field to column name, where the columns have other names.
        **levers
            What management sets now, as in ``posts_per_week=2, recognition=1``: numbers of ``gs.levers()``, by default
            those of a ``gs.Program``. They hold until a design has a program of its own.

        Raises InvalidInput with rows: an unknown id, one that is there twice, somebody who has left, what is no
        number of weeks or posts. Columns that are not read are named in ``warnings``.
        """
        members = members if isinstance(members, pd.DataFrame) else to_pandas(members, "members")
        running = read_members(self.ids, self.leavers, members, columns, levers)
        said = fields.with_members_warning(self.warnings, running)
        return replace(self, running=running, columns=fields.with_members_rows(self.columns, running), warnings=said)

    def with_luck_of(self, key: Key) -> Self:
        """Return the company with draw numbers under this key, in place of its own.

        Raises
        ------
        InvalidInput
            Two ids have the same draw number (never met: 63 bits).
        """
        return replace(self, draw_numbers=key.draw_numbers(self.ids.tolist()), draw_key=key.draw_fingerprint)

    def core_input(self) -> _core.Company:
        """Return the company as the core takes it."""
        return _core.Company(**self.core_arguments())

    def estimate(self, parameters: Mapping[str, Any]) -> int:
        """Bytes of one world, before it is built. ``parameters`` is ``scenario.core_parameters()``."""
        return int(_core.estimate_world_bytes(self.core_input(), dict(parameters)))

    def pseudonymized(self, key: Key | None = None) -> Self:
        """Return the same company with pseudonyms as ids, and no raw id in its warnings. Its hash is the same.

        With a key (``gs.read_key``) they are keyed and stable over exports; without, they are employee numbers.
        """
        arguments.instance("key", key, (Key, type(None)), "a key (gs.read_key), or None for employee numbers")
        cleaned = self.warnings.assign(examples="")
        hidden: list[Any] = list(range(self.employees)) if key is None else key.pseudonyms(self.ids)
        return replace(self, ids=pd.Index(hidden), warnings=cleaned, leavers=frozenset())

    def reference(self) -> dict[str, Any]:
        """Name and hash, for a scenario file; a synthetic company can be made again from it."""
        return identity.reference(self)

    @classmethod
    def from_reference(cls, reference: Any, company: Company | None, *, any_company: bool = False) -> Company:
        """Return the company of a scenario file: the one given if its hash fits, or a synthetic one."""
        return identity.from_reference(cls.synthetic, reference, company, any_company=any_company)

    def __repr__(self) -> str:
        return "\n".join(text.lines(self))

    def _repr_html_(self) -> str:
        return text.html(self, self.facts)
