"""Which company it is: its hash, its reference in a scenario file, its people by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from groundswell.common import arguments
from groundswell.common.ids import Id, plain_id
from groundswell.company.facts import FACTS
from groundswell.company.record import CompanyRecord
from groundswell.errors import InvalidInput, Problem, did_you_mean, invalid, shown

C = TypeVar("C", bound=CompanyRecord)


def numbers_of(company: CompanyRecord, ids: Iterable[Id], address: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """See ``Company.numbers_of``."""
    asked = [_id(address, name) for name in arguments.several(address, ids, "a list of ids")]
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


def _id(address: str, name: object) -> Id:
    try:
        return plain_id(name)
    except ValueError:
        raise invalid(address, name, "no employee has this id: an id is a whole number or text") from None


def reference(company: CompanyRecord) -> dict[str, Any]:
    """See ``Company.reference``."""
    found: dict[str, Any] = {"name": company.name, "content_hash": company.content_hash()}
    if company.is_synthetic and company.audience is None:
        followers = {"page_followers": company.page_followers}
        found["synthetic"] = {"employees": company.employees} | followers | company.firm.given()
    return found


def from_reference(make: Callable[..., C], reference: Any, company: C | None, *, any_company: bool) -> C:
    """See ``Company.from_reference``; ``make`` makes a synthetic company."""
    reference = {} if reference is None else reference
    known = {"name", "content_hash", "synthetic"}
    if not isinstance(reference, dict) or not set(reference) <= known:
        odd = shown(reference) if not isinstance(reference, dict) else ", ".join(sorted(set(reference) - known))
        raise InvalidInput(f"company: {odd}: must be a mapping of name, content_hash, synthetic")
    wanted = reference.get("content_hash")
    arguments.instance("company", company, (CompanyRecord, type(None)), "a gs.Company")
    if company is None:
        company = _made_again(make, reference)
    if wanted is not None and company.content_hash() != wanted and not any_company:
        raise InvalidInput(
            f"company.content_hash = {shown(wanted)}: the scenario was saved with another company than "
            f"{company.name!r} ({company.content_hash()[:12]}…); pass any_company=True to use this one"
        )
    return company


def _made_again(make: Callable[..., C], reference: dict[str, Any]) -> C:
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
    return make(**options, name=reference.get("name", "Built-in company"))
