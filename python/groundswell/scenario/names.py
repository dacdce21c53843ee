"""Named advocates in the YAML of a scenario: pseudonyms, so that the text can be written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from groundswell.company_saved import SavedCompany
from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.ids import Id
from groundswell.pseudonyms import Key, as_key

if TYPE_CHECKING:
    from groundswell.company import Company

KEY = "key"  # entry of the text: fingerprint of the key its pseudonyms are made with


def hide(company: Company, names: Sequence[Id], key: Key | str | Path | None) -> tuple[list[Id], str | None]:
    """Names as a text has them, and the key's fingerprint.

    Employees of a synthetic company are nobody: they keep their numbers. Of a company that was opened without its key
    the ids are pseudonyms already.
    """
    if company.is_synthetic:
        return list(names), None
    if isinstance(company, SavedCompany):
        return list(names), company.fingerprint or None
    chosen = as_key(key)
    return list(chosen.pseudonyms(names)), chosen.fingerprint


def reveal(company: Company, names: Any, fingerprint: Any, key: Key | str | Path | None) -> Any:
    """Names of a text as ids of the company. Without a fingerprint they are ids, as written by hand.

    Raises
    ------
    InvalidInput
        Another key than the one the names were written under; a pseudonym of nobody in the company.
    """
    same = isinstance(company, SavedCompany) and company.fingerprint == fingerprint
    if fingerprint is None or same or not isinstance(names, list):
        return names
    chosen = as_key(key)
    if chosen.fingerprint != fingerprint:
        raise InvalidInput(
            f"key: program.advocates.names are pseudonyms under the key of fingerprint {shown(fingerprint)}; this one "
            f"has {chosen.fingerprint!r}; pass key=, the path of the key file they were written under"
        )
    ids = dict(zip(chosen.pseudonyms(company.ids), company.ids, strict=True))
    unknown = [name for name in names if name not in ids]
    if unknown:
        rule = f"no employee has this pseudonym ({len(unknown):,} such names); {did_you_mean(unknown[0], ids, limit=3)}"
        raise InvalidInput(f"program.advocates.names = {shown(unknown[0])}: {rule}")
    return [ids[name] for name in names]
