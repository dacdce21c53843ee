"""A company opened from a saved study without its key: pseudonyms for ids, or no rows at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from groundswell.company.company import Company
from groundswell.errors import InvalidInput


@dataclass(frozen=True, eq=False, repr=False)
class SavedCompany(Company):
    """A company as a file has it. Saved again it is written as it was, so that its key opens the copy too.

    Attributes
    ----------
    members
        What the file has of the company, by name.
    fingerprint
        Of the key its pseudonyms are made with; empty without rows.
    min_group
        Departments and regions under this many people are suppressed in its labels.
    rows_hash
        Content hash of the company whose rows were not saved (``people="aggregate"``); empty where they were.
    """

    members: Mapping[str, bytes] = field(default_factory=dict)
    fingerprint: str = ""
    min_group: int = 0
    rows_hash: str = ""

    def core_arguments(self) -> dict[str, Any]:
        """Return the arguments of ``_core.Company``; InvalidInput where the rows were not saved."""
        if self.rows_hash:
            raise InvalidInput(
                f"company {self.name!r}: was saved without its employees (people='aggregate'), so nothing can be "
                "simulated from the file; simulate again from the export"
            )
        return super().core_arguments()

    def content_hash(self) -> str:
        """Return the hash of the company that was saved."""
        return self.rows_hash or super().content_hash()
