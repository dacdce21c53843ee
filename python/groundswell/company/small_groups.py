"""Groups too small to be shown: left out of what is written, and counted."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.company.facts import whole
from groundswell.company.record import CompanyRecord

MIN_GROUP = 5


def check_min_group(min_group: int) -> int:
    """Return it; InvalidInput below 1."""
    return whole(min_group, "min_group", 1, 1_000_000)


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
