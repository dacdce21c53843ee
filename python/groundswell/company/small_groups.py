"""Groups too small to be shown: left out of what is written, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell.company.facts import whole
from groundswell.company.record import CompanyRecord
from groundswell.errors import InvalidInput, UnknownName, did_you_mean, shown

MIN_GROUP = 5


@dataclass(frozen=True, eq=False)
class Suppressed:
    """A frame without its small groups.

    Attributes
    ----------
    frame
        The rows that remain, in their order, with their index.
    groups, people
        How many groups, and people in them, were left out.
    min_group
        Groups under this many people were left out.
    """

    frame: pd.DataFrame
    groups: int
    people: int
    min_group: int

    def note(self) -> str:
        """Return one line that says what was left out; empty where nothing was."""
        if not self.groups:
            return ""
        who = f"{self.groups:,} group{'' if self.groups == 1 else 's'} with {self.people:,} people in all"
        return f"{who} left out: under {self.min_group} people, or needed to hide such a group in a total"


def check_min_group(min_group: int) -> int:
    """Return it; InvalidInput below 1."""
    return whole(min_group, "min_group", 1, 1_000_000)


def suppress_small_groups(
    frame: pd.DataFrame, by: str | Sequence[str], *, people: str, min_group: int = MIN_GROUP
) -> Suppressed:
    """Leave out groups of under ``min_group`` people.

    What is left out must not be found as a total minus the rest: while the people left out are under ``min_group``
    in all, the next smallest group is left out too.

    Parameters
    ----------
    frame
        One row or more a person. It is not changed.
    by
        Column or columns whose values make the groups; a missing value is a value.
    people
        Column with the people; distinct ones are counted.
    min_group
        At least 1.

    Raises
    ------
    InvalidInput
        A column that is not there, a missing person, ``min_group`` below 1.
    """
    least = check_min_group(min_group)
    keys = [by] if isinstance(by, str) else list(by)
    if not keys:
        raise InvalidInput("by: at least one column is needed")
    for name in [*keys, people]:
        if name not in frame.columns:
            raise UnknownName(f"frame: no column {shown(name)}; {did_you_mean(name, frame.columns)}")
    if frame[people].isna().any():
        raise InvalidInput(f"column {people!r}: a person is missing")
    groups = frame.groupby(keys, dropna=False, observed=True, sort=False)
    group = groups.ngroup().to_numpy()
    sizes = groups[people].nunique().to_numpy()
    hidden = hidden_groups(sizes, least)
    kept = ~hidden[group]
    gone = int(frame.loc[~kept, people].nunique())
    return Suppressed(frame[kept], int(hidden.sum()), gone, least)


def hidden_groups(
    sizes: np.ndarray[Any, np.dtype[Any]], least: int, free: np.ndarray[Any, np.dtype[np.bool_]] | None = None
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which groups are left out: those under ``least``, and the next smallest while these are under ``least`` in all.

    ``free``: which may be left out at all, by default every group. Ties between groups of one size go by position.
    """
    may = np.ones(len(sizes), dtype=np.bool_) if free is None else free
    hidden = (sizes < least) & may
    for i in np.argsort(sizes, kind="stable"):
        if not hidden.any() or sizes[hidden].sum() >= least:
            break
        hidden[i] |= may[i]
    return np.asarray(hidden, dtype=np.bool_)


def small_labels(company: CompanyRecord, kind: str, least: int) -> frozenset[int]:
    """Codes of departments or regions (``kind``) whose names are left out of files.

    Those of a company that was made up, and those the model reads (sales, people, human resources), keep their names.
    """
    if company.is_synthetic or len(company.labels[kind]) == 0:
        return frozenset()
    codes, number = company.categories[kind], len(company.labels[kind])
    sizes = np.bincount(codes[codes >= 0], minlength=number)
    meaning = company.sales_share + company.recruiter_share if kind == "department" else np.zeros(number)
    gone = hidden_groups(sizes, least, (sizes > 0) & (meaning == 0))
    return frozenset(np.flatnonzero(gone).tolist())
