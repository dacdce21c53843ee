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
PSEUDONYMS = "ids_are_pseudonyms"  # code of a warning


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


def with_pseudonym_warning(warnings: pd.DataFrame, employees: int) -> pd.DataFrame:
    """Warnings of a company or a result that was opened without its key: a merge by id would find nobody."""
    row = {
        "code": PSEUDONYMS,
        "count": employees,
        "examples": "",
        "consequence": "a merge with your own table finds nobody: open the file with key=gs.own_key(), or "
        "key=gs.read_key(path) where it was saved under another key",
    }
    both = pd.concat([warnings, pd.DataFrame([row])], ignore_index=True)
    return both.astype({"count": "int64"})  # an empty frame's counts have no type, and would make floats of these


def pseudonym_notes(warnings: pd.DataFrame) -> list[str]:
    """What `with_pseudonym_warning` has added, in words; empty where ids are the analyst's own."""
    rows = warnings[warnings["code"] == PSEUDONYMS].to_dict("records")[:1]
    return [f"ids of {row['count']:,} employees are pseudonyms; {row['consequence']}" for row in rows]


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
    if company.draw_key:
        found["draw_key"] = company.draw_key
    return found


def from_reference(make: Callable[..., C], reference: Any, company: C | None, *, any_company: bool) -> C:
    """See ``Company.from_reference``; ``make`` makes a synthetic company."""
    reference = {} if reference is None else reference
    known = {"name", "content_hash", "synthetic", "draw_key"}
    if not isinstance(reference, dict) or not set(reference) <= known:
        odd = shown(reference) if not isinstance(reference, dict) else ", ".join(sorted(set(reference) - known))
        raise InvalidInput(f"company: {odd}: must be a mapping of name, content_hash, synthetic, draw_key")
    wanted = reference.get("content_hash")
    arguments.instance("company", company, (CompanyRecord, type(None)), "a gs.Company")
    if company is None:
        company = _made_again(make, reference)
    if wanted is not None and company.content_hash() != wanted and not any_company:
        raise InvalidInput(
            f"company.content_hash = {shown(wanted)}: the scenario was saved with another company than "
            f"{company.name!r} ({company.content_hash()[:12]}…){_other_key(reference.get('draw_key'), company)}; pass "
            "any_company=True to use this one"
        )
    return company


def _other_key(saved: Any, company: CompanyRecord) -> str:
    """Whether another key may be the reason: the same export read under another key is another company."""
    if saved == company.draw_key or not (saved or company.draw_key):
        return ""
    was, now = (f"the draw key {mark!r}" if mark else "no draw key" for mark in (saved, company.draw_key))
    return f", maybe only under another key: it had {was}, this one has {now} (key= of Company.from_frames)"


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
