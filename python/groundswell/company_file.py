"""A company inside a saved study: what the model uses, under employee numbers; no raw id, no unmapped column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from groundswell.company import CATEGORIES, Company
from groundswell.company_columns import ATTRIBUTES, ELSEWHERE
from groundswell.company_facts import FirmFacts
from groundswell.errors import DamagedFile

Members = Mapping[str, bytes]

DESCRIPTION, TABLE, TIES = "company.json", "company.parquet", "ties.parquet"
MOST_CELLS = 500_000_000  # of one Parquet member, before it is decoded


def company_members(company: Company) -> dict[str, bytes]:
    """The company as JSON (names, laws, what was given) and Parquet (one row an employee; ties).

    Columns in which nothing is given are left out. Hire dates are not used by the model and stay with the analyst.
    """
    clean = company.pseudonymized()
    columns: dict[str, Any] = {name: codes for name, codes in clean.categories.items() if (codes >= 0).any()}
    elsewhere = {f"connections_{platform}": values for platform, values in clean.platform_connections.items()}
    numbers = {**clean.attributes, **elsewhere}
    columns |= {name: values for name, values in numbers.items() if not np.isnan(values).all()}
    description = {
        "name": clean.name,
        "employees": clean.employees,
        "labels": {name: list(labels) for name, labels in clean.labels.items()},
        "shares": {name: shares.tolist() for name, shares in clean.shares.items()},
        **asdict(clean.firm),
        "as_of": None if clean.as_of is None else clean.as_of.isoformat(),
        "is_synthetic": clean.is_synthetic,
        "columns": frame_to_json(clean.columns),
        "warnings": frame_to_json(clean.warnings),
    }
    table = pa.table({"employee": pa.array(np.arange(clean.employees)), **columns})
    members = {DESCRIPTION: to_json(description), TABLE: to_parquet(table)}
    if clean.ties is not None:
        ends = np.asarray(clean.ties).reshape(-1, 2)
        members[TIES] = to_parquet(pa.table({"source": ends[:, 0], "target": ends[:, 1]}))
    return members


def read_company(members: Members) -> Company:
    """The company of a saved study; its ids are employee numbers."""
    description = from_json(members, DESCRIPTION)
    table = from_parquet(members, TABLE)
    number = int(description["employees"])
    if table.num_rows != number:
        raise DamagedFile(f"{TABLE}: {table.num_rows} rows, {number} employees")
    given = {name: table.column(name).to_numpy() for name in table.column_names}
    no_code, nothing = np.full(number, -1, dtype=np.int32), np.full(number, np.nan)
    unknown = sorted(set(given) - {"employee", *CATEGORIES, *ATTRIBUTES, *ELSEWHERE})
    if unknown:
        raise DamagedFile(f"{TABLE}: unknown column {unknown[0]!r}")
    ties = None
    if TIES in members:
        pairs = from_parquet(members, TIES)
        ties = np.column_stack([pairs.column(end).to_numpy() for end in ("source", "target")]).astype(np.uint32)
    as_of = description["as_of"]
    return Company(
        name=str(description["name"]),
        ids=pd.Index(range(number)),
        categories={name: given.get(name, no_code).astype(np.int32) for name in CATEGORIES},
        labels={name: tuple(labels) for name, labels in description["labels"].items()},
        shares={name: np.array(shares, dtype=np.float64) for name, shares in description["shares"].items()},
        attributes={name: given.get(name, nothing).astype(np.float64) for name in ATTRIBUTES},
        ties=ties,
        firm=FirmFacts(**{field.name: description.get(field.name) for field in fields(FirmFacts)}),
        hire_date=None,
        as_of=None if as_of is None else date.fromisoformat(as_of),
        columns=frame_from_json(description["columns"]),
        warnings=frame_from_json(description["warnings"]),
        is_synthetic=bool(description["is_synthetic"]),
        platform_connections={
            ELSEWHERE[name]: values.astype(np.float64) for name, values in given.items() if name in ELSEWHERE
        },
    )


def frame_to_json(frame: pd.DataFrame) -> dict[str, Any]:
    """A small frame as columns of plain values."""
    plain = frame.astype(object).where(frame.notna(), None)
    return {str(name): [v.item() if isinstance(v, np.generic) else v for v in plain[name]] for name in frame.columns}


def frame_from_json(columns: Mapping[str, Any]) -> pd.DataFrame:
    """The frame of `frame_to_json`."""
    return pd.DataFrame({str(name): list(values) for name, values in columns.items()})


def to_json(value: Any) -> bytes:
    """Compact JSON, keys in the given order."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def from_json(members: Members, name: str) -> dict[str, Any]:
    """A JSON object; DamagedFile if it is none."""
    try:
        value = json.loads(members[name])
    except (KeyError, ValueError, RecursionError):
        raise DamagedFile(f"{name}: missing or not JSON") from None
    if not isinstance(value, dict):
        raise DamagedFile(f"{name}: must be an object")
    return value


def to_parquet(table: pa.Table) -> bytes:
    """A table as Parquet, compressed, without a time stamp."""
    buffer = BytesIO()
    pq.write_table(table, buffer, compression="zstd", compression_level=9)
    return buffer.getvalue()


def from_parquet(members: Members, name: str) -> pa.Table:
    """A Parquet table; DamagedFile if it is missing, truncated, or would be larger than any study is."""
    try:
        file = pq.ParquetFile(pa.BufferReader(members[name]))
        cells = file.metadata.num_rows * file.metadata.num_columns
        if cells > MOST_CELLS:
            raise DamagedFile(f"{name}: {cells:,} cells; at most {MOST_CELLS:,} are read")
        kinds = {str(field.type) for field in file.schema_arrow}
        if not kinds <= {"double", "int64", "int32", "uint32", "int8"}:
            raise DamagedFile(f"{name}: only numbers are expected; has {', '.join(sorted(kinds))}")
        return file.read()
    except KeyError:
        raise DamagedFile(f"{name}: missing") from None
    except (pa.ArrowException, OSError) as error:
        raise DamagedFile(f"{name}: {' '.join(str(error).split())[:200]}") from None
