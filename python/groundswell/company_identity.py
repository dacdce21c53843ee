"""Which company it is: its hash, its reference in a scenario file, its people by their ids."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell.company_facts import FACTS
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.ids import Id
from groundswell.transformations import FloatArray

if TYPE_CHECKING:
    from groundswell.company import Company


def numbers_of(company: Company, ids: Iterable[Id], address: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """See ``Company.numbers_of``."""
    asked = list(ids)
    numbers = company.ids.astype(object).get_indexer(pd.Index(asked, dtype=object))
    unknown = [asked[i] for i in np.flatnonzero(numbers < 0)]
    if unknown:
        gone = [name for name in unknown if name in company.leavers]
        near = did_you_mean(unknown[0], company.ids[:2000].tolist(), limit=3)
        rule = f"no employee has this id ({len(unknown):,} such ids); {near}"
        if gone:
            rule = f"has left the company, as columns.left says ({len(gone):,} such ids); name people who are there"
        path = tuple(address.split("."))
        raise InvalidInput(problems=[Problem(path, shown(gone[0] if gone else unknown[0]), rule)])
    return np.asarray(numbers, dtype=np.uint32)


def days_of(hired: np.ndarray[Any, np.dtype[np.datetime64]]) -> FloatArray:
    """Return dates as days since 1970-01-01, NaN where missing."""
    days: FloatArray = hired.astype("datetime64[D]").astype(np.float64)
    return np.where(np.isnat(hired), np.nan, days)


def content_hash(company: Company) -> str:
    """SHA-256 of what the core takes: the arguments of its company, and hire dates where there are some."""
    arguments, hired = company.core_arguments(), company.hire_date
    if hired is not None and not np.isnat(hired).all():
        arguments = arguments | {"hire_date": days_of(hired)}
    digest = hashlib.sha256()
    for key, value in flat(arguments):
        digest.update(f"{key}:".encode())
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
        else:
            digest.update(json.dumps(value).encode())
    return digest.hexdigest()


def reference(company: Company) -> dict[str, Any]:
    """See ``Company.reference``."""
    found: dict[str, Any] = {"name": company.name, "content_hash": company.content_hash()}
    if company.is_synthetic and company.audience is None:
        followers = {"page_followers": company.page_followers}
        found["synthetic"] = {"employees": company.employees} | followers | company.firm.given()
    return found


def from_reference(cls: type[Company], reference: Any, company: Company | None, *, any_company: bool) -> Company:
    """See ``Company.from_reference``."""
    reference = {} if reference is None else reference
    known = {"name", "content_hash", "synthetic"}
    if not isinstance(reference, dict) or not set(reference) <= known:
        odd = shown(reference) if not isinstance(reference, dict) else ", ".join(sorted(set(reference) - known))
        raise InvalidInput(f"company: {odd}: must be a mapping of name, content_hash, synthetic")
    wanted = reference.get("content_hash")
    if company is None:
        company = _made_again(cls, reference)
    if wanted is not None and company.content_hash() != wanted and not any_company:
        raise InvalidInput(
            f"company.content_hash = {shown(wanted)}: the scenario was saved with another company than "
            f"{company.name!r} ({company.content_hash()[:12]}…); pass any_company=True to use this one"
        )
    return company


def flat(arguments: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted key, value) of nested dicts, sorted by key."""
    for key in sorted(arguments):
        value = arguments[key]
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _made_again(cls: type[Company], reference: dict[str, Any]) -> Company:
    options = reference.get("synthetic")
    if options is None:
        name = shown(reference.get("name"))
        raise InvalidInput(f"company: the text does not hold the company {name}; pass company=")
    if not isinstance(options, dict):
        raise InvalidInput(f"company.synthetic = {shown(options)}: must be a mapping of employees and facts")
    known = {"employees", *FACTS}
    odd = [key for key in options if key not in known]
    if odd:
        raise InvalidInput(f"company.synthetic: no entry {shown(odd[0])}; {did_you_mean(odd[0], sorted(known))}")
    return cls.synthetic(**options, name=reference.get("name", "Built-in company"))
