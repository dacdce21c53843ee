"""A company inside a saved study: what the model uses, under keyed pseudonyms; no raw id, no unmapped column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from groundswell.common.ids import Id
from groundswell.company.audience import GivenAudience
from groundswell.company.columns import ATTRIBUTES, ELSEWHERE
from groundswell.company.company import CATEGORIES, Company
from groundswell.company.draw_order import checked
from groundswell.company.facts import FirmFacts
from groundswell.company.identity import with_pseudonym_warning
from groundswell.company.pseudonyms import Key, as_key
from groundswell.company.record import days_of
from groundswell.company.saved import SavedCompany
from groundswell.company.small_groups import small_labels
from groundswell.company.ties import TieGaps
from groundswell.errors import DamagedFile, InvalidInput
from groundswell.results.people_counts import AGGREGATE
from groundswell.study import members_part
from groundswell.study.archive import Members, from_json, to_json
from groundswell.study.checks import check_company
from groundswell.study.parquet import NUMBERS, from_parquet, to_parquet, whole_column
from groundswell.study.schema import CompanyText, check_text

DESCRIPTION, TABLE, TIES = "company.json", "company.parquet", "ties.parquet"
KNOWN_TIES = "known_ties.parquet"
AUDIENCE = "audience.parquet"
HIRED = "hire_date"  # column: days since 1970-01-01
COMPLETE = "ties_complete"  # column: all ties of the employee are known
DRAWN_BY = "draw_number"  # column: what the employee's luck is drawn by; none in files of schema 4
MOST_DAYS = 100_000  # of a hire date, from 1970


@dataclass(frozen=True)
class CompanyPart:
    """What a file has of a company, and what stands in it for each employee, by employee number.

    `fingerprint` of the key, None where no key is needed: nobody is in the file, or a company was made up.
    """

    members: Members
    ids: Sequence[Id]
    fingerprint: str | None
    min_group: int


def company_part(company: Company, key: Key | str | Path | None, min_group: int, people: str) -> CompanyPart:
    """The company as JSON (names, laws, what was given) and Parquet (one row an employee; ties).

    Columns in which nothing is given are left out, as are the names of columns that were not mapped. Departments and
    regions of under `min_group` people lose their names, which the key gives back; those the model reads (sales,
    people, human resources) keep them. With `people="aggregate"` there is no row, no tie and no group.
    """
    if people == AGGREGATE and not company.is_synthetic:
        return CompanyPart({DESCRIPTION: to_json(_nobody(company))}, range(company.employees), None, min_group)
    if isinstance(company, SavedCompany):
        return _as_it_was(company, key, min_group)
    if company.is_synthetic:
        ids = pa.array(np.arange(company.employees))
        description = _description(company)
        return CompanyPart(_members(company, description, {"employee": ids}), company.ids.tolist(), None, min_group)
    chosen = as_key(key)
    names = company.ids.tolist()
    hidden, sealed = chosen.pseudonyms(names), chosen.seal(names)
    columns = {
        "employee": pa.array([bytes.fromhex(name[1:]) for name in hidden], pa.binary(len(hidden[0]) // 2)),
        "sealed": pa.array(sealed, pa.binary(len(sealed[0]))),
    }
    description = _description(company) | _labels(company, chosen, min_group)
    description |= {"key": chosen.fingerprint, "min_group": min_group}
    return CompanyPart(_members(company, description, columns), hidden, chosen.fingerprint, min_group)


def _as_it_was(company: SavedCompany, key: Key | str | Path | None, min_group: int) -> CompanyPart:
    """Opened without its key: the pseudonyms stay those of the analyst's key."""
    if key is not None and as_key(key).fingerprint != company.fingerprint:
        raise InvalidInput(
            f"key: the company was opened without its key, of fingerprint {company.fingerprint!r}; leave key out to "
            "save it under the same pseudonyms, or open the file with its key"
        )
    if min_group > company.min_group:
        raise InvalidInput(
            f"min_group = {min_group}: the company was saved with {company.min_group} and opened without its key, so "
            "its groups cannot be joined anew; open the file with its key"
        )
    return CompanyPart(company.members, company.ids.tolist(), company.fingerprint or None, company.min_group)


def _description(company: Company) -> dict[str, Any]:
    return {
        "name": company.name,
        "employees": company.employees,
        "labels": {name: list(labels) for name, labels in company.labels.items()},
        "shares": {name: shares.tolist() for name, shares in company.shares.items()},
        **asdict(company.firm),
        "as_of": None if company.as_of is None else company.as_of.isoformat(),
        "is_synthetic": company.is_synthetic,
        "audience": None if company.audience is None else list(company.audience.persons),
        "ties_share": None if company.tie_gaps is None else company.tie_gaps.share,
        "draw_key": company.draw_key,
        "running": None if company.running is None else dict(company.running.levers),
        "columns": frame_to_json(company.columns[~company.columns["not_used"].astype(bool)]),
        "warnings": frame_to_json(company.warnings.assign(examples="")),  # examples may be ids
        "key": None,
        "sealed_labels": {},
        "rows_hash": "",
    }


def _nobody(company: Company) -> dict[str, Any]:
    nothing: dict[str, Any] = {"labels": {"department": [], "region": []}, "shares": {}, "running": None}
    return _description(company) | nothing | {"rows_hash": company.content_hash()}


def _members(company: Company, description: dict[str, Any], first: Mapping[str, pa.Array]) -> dict[str, bytes]:
    columns: dict[str, Any] = {name: codes for name, codes in company.categories.items() if (codes >= 0).any()}
    elsewhere = {f"connections_{platform}": values for platform, values in company.platform_connections.items()}
    numbers = {**company.attributes, **elsewhere}
    if company.hire_date is not None:
        numbers[HIRED] = days_of(company.hire_date)
    columns |= {name: values for name, values in numbers.items() if not np.isnan(values).all()}
    if company.tie_gaps is not None and company.tie_gaps.complete is not None:
        columns[COMPLETE] = company.tie_gaps.complete.astype(np.int8)
    if company.draw_numbers is not None:
        columns[DRAWN_BY] = company.draw_numbers
    if company.running is not None:
        columns |= members_part.columns(company.running, company.employees)
    members = {DESCRIPTION: to_json(description), TABLE: to_parquet(pa.table({**first, **columns}))}
    for name, pairs in ((TIES, company.ties), (KNOWN_TIES, company.known_ties)):
        if pairs is not None:
            ends = np.asarray(pairs).reshape(-1, 2)
            members[name] = to_parquet(pa.table({"source": ends[:, 0], "target": ends[:, 1]}))
    if company.audience is not None:
        members[AUDIENCE] = to_parquet(pa.table(dict(zip(("source", "target"), company.audience.ties.T, strict=True))))
    return members


def _labels(company: Company, key: Key, min_group: int) -> dict[str, Any]:
    """Labels without those of small groups, and these sealed: by code, pseudonym and sealed bytes."""
    shown: dict[str, list[str]] = {}
    sealed: dict[str, dict[str, list[str]]] = {}
    for name, labels in company.labels.items():
        gone = sorted(small_labels(company, name, min_group))
        shown[name] = [f"suppressed {i + 1}" if i in gone else label for i, label in enumerate(labels)]
        secret = [labels[i] for i in gone]
        both = zip(gone, key.pseudonyms(secret), key.seal(secret), strict=True)
        sealed[name] = {str(i): [hidden, content.hex()] for i, hidden, content in both}
    return {"labels": shown, "sealed_labels": sealed}


def read_company(members: Members, key: Key | None = None) -> tuple[Company, list[Id]]:
    """The company of a saved study, and what stands in the file for each employee.

    Its ids are the analyst's with the key, pseudonyms without, employee numbers of a company that was made up and of
    one whose rows were not saved.
    """
    company, ids = _read_company(members, key)
    check_company(company, TABLE)
    return company, ids


def _read_company(members: Members, key: Key | None) -> tuple[Company, list[Id]]:
    description = from_json(members, DESCRIPTION)
    check_text(CompanyText, DESCRIPTION, description)
    number, fingerprint = int(description["employees"]), description["key"]
    if description["rows_hash"]:
        numbers: list[Id] = list(range(number))
        return _saved(members, description, numbers, {}, None), numbers
    table = from_parquet(members, TABLE, (*NUMBERS, "uint64", "fixed_size_binary"))
    if table.num_rows != number:
        raise DamagedFile(f"{TABLE}: {table.num_rows} rows, {number} employees")
    of_file = {"employee", "sealed", COMPLETE, HIRED, DRAWN_BY, *members_part.COLUMNS}
    known = {*of_file, *CATEGORIES, *ATTRIBUTES, *ELSEWHERE}
    unknown = sorted(set(table.column_names) - known)
    if unknown:
        raise DamagedFile(f"{TABLE}: unknown column {unknown[0]!r}")
    given = {name: table.column(name).to_numpy() for name in table.column_names if name not in ("employee", "sealed")}
    found = table.column("employee").to_pylist()
    ids: list[Id] = found if fingerprint is None else [f"p{name.hex()}" for name in found]
    ties = _pairs(members, TIES) if TIES in members else None
    given[KNOWN_TIES] = _pairs(members, KNOWN_TIES) if KNOWN_TIES in members else None
    given[AUDIENCE] = _audience(members, description)
    if fingerprint is None:
        return Company(**_arguments(description, ids, given, ties)), ids
    if key is None:
        return _saved(members, description, ids, given, ties), ids
    own = [key.unseal(str(name), text) for name, text in zip(ids, table.column("sealed").to_pylist(), strict=True)]
    return Company(**_arguments(_with_labels(description, key), own, given, ties)), ids


def _with_labels(description: dict[str, Any], key: Key) -> dict[str, Any]:
    labels = {name: list(known) for name, known in description["labels"].items()}
    for name, sealed in description["sealed_labels"].items():
        for code, (hidden, content) in sealed.items():
            labels[name][int(code)] = str(key.unseal(hidden, bytes.fromhex(content)))
    return description | {"labels": labels}


def _saved(
    members: Members, description: dict[str, Any], ids: list[Id], given: Mapping[str, Any], ties: Any
) -> SavedCompany:
    names = (DESCRIPTION, TABLE, TIES, KNOWN_TIES, AUDIENCE)
    arguments = _arguments(description, ids, given, ties)
    if description["key"]:
        arguments["warnings"] = with_pseudonym_warning(arguments["warnings"], len(ids))
    return SavedCompany(
        **arguments,
        members={name: members[name] for name in names if name in members},
        fingerprint=description["key"] or "",
        min_group=int(description.get("min_group", 0)),
        rows_hash=str(description["rows_hash"]),
    )


def _arguments(description: dict[str, Any], ids: list[Id], given: Mapping[str, Any], ties: Any) -> dict[str, Any]:
    number = len(ids)
    no_code, nothing = np.full(number, -1, dtype=np.int32), np.full(number, np.nan)
    as_of = description["as_of"]
    return {
        "name": str(description["name"]),
        "ids": pd.Index(ids),
        "categories": {name: given.get(name, no_code).astype(np.int32) for name in CATEGORIES},
        "labels": {name: tuple(labels) for name, labels in description["labels"].items()},
        "shares": {name: np.array(shares, dtype=np.float64) for name, shares in description["shares"].items()},
        "attributes": {name: given.get(name, nothing).astype(np.float64) for name in ATTRIBUTES},
        "ties": ties,
        "known_ties": given.get(KNOWN_TIES),
        "firm": FirmFacts.checked({fact.name: description.get(fact.name) for fact in fields(FirmFacts)}),
        "hire_date": _hired(given),
        "as_of": None if as_of is None else date.fromisoformat(as_of),
        "columns": frame_from_json(description["columns"]),
        "warnings": frame_from_json(description["warnings"]),
        "is_synthetic": bool(description["is_synthetic"]),
        "platform_connections": {
            ELSEWHERE[name]: values.astype(np.float64) for name, values in given.items() if name in ELSEWHERE
        },
        "tie_gaps": _tie_gaps(description, given),
        "audience": given.get(AUDIENCE),
        "draw_numbers": checked(given.get(DRAWN_BY), f"{TABLE}: {DRAWN_BY}"),
        "draw_key": str(description.get("draw_key", "")),
        "running": members_part.read(description, given, TABLE),
    }


def _hired(given: Mapping[str, Any]) -> np.ndarray[Any, np.dtype[np.datetime64]] | None:
    """Hire dates from days since 1970-01-01, NaN where missing."""
    if HIRED not in given:
        return None
    days = given[HIRED].astype(np.float64)
    hired = np.full(len(days), np.datetime64("NaT"), dtype="datetime64[D]")
    known = np.isfinite(days)
    if np.abs(days[known]).max(initial=0) > MOST_DAYS:
        raise DamagedFile(f"{TABLE}: a hire date is {days[known].max():g} days from 1970-01-01")
    hired[known] = days[known].astype(np.int64).astype("datetime64[D]")
    return hired


def _audience(members: Members, description: Mapping[str, Any]) -> GivenAudience | None:
    if description["audience"] is None:
        return None
    return GivenAudience(tuple(int(size) for size in description["audience"]), _pairs(members, AUDIENCE))


def _pairs(members: Members, name: str) -> Any:
    pairs = from_parquet(members, name)
    return np.column_stack([whole_column(pairs, end, name) for end in ("source", "target")]).astype(np.uint32)


def _tie_gaps(description: Mapping[str, Any], given: Mapping[str, Any]) -> TieGaps | None:
    share = description.get("ties_share")
    complete = given[COMPLETE].astype(np.uint8) if COMPLETE in given else None
    return None if share is None else TieGaps(float(share), complete)


def frame_to_json(frame: pd.DataFrame) -> dict[str, Any]:
    """A small frame as columns of plain values."""
    plain = frame.astype(object).where(frame.notna(), None)
    return {str(name): [v.item() if isinstance(v, np.generic) else v for v in plain[name]] for name in frame.columns}


def frame_from_json(columns: Mapping[str, Any]) -> pd.DataFrame:
    """The frame of `frame_to_json`."""
    return pd.DataFrame({str(name): list(values) for name, values in columns.items()})
