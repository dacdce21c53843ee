"""Ids: whole numbers or text, and never a number whose last digits may be gone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.common.ids import plain_id

ACCOUNTS = ["6842015533771200001", "6842015533771200002", "6842015533771200003"]


def test_ids_are_whole_numbers_or_text() -> None:
    assert [plain_id(value) for value in (7, np.int64(7), 7.0, "007", np.str_("x"))] == [7, 7, 7, "007", "x"]


@pytest.mark.parametrize("value", [2.0**53, -(2.0**60), np.float64(6842015533771200001)])
def test_a_float_that_may_have_lost_digits_is_no_id(value: float) -> None:
    with pytest.raises(ValueError, match="read the column as text"):
        plain_id(value)


def test_a_column_of_such_floats_is_refused_by_row() -> None:
    hr = pd.DataFrame({"id": [float(name) for name in ACCOUNTS] + [np.nan], "team": "Sales"})
    with pytest.raises(gs.InvalidInput, match=r"row 0.*id.*read the column as text"):
        gs.Company.from_frames(hr.iloc[:3], columns={"id": "id"})


@pytest.mark.parametrize("make", [str, int])
def test_ties_with_a_decimal_column_keep_ids_of_19_digits(make: type) -> None:
    """python-igraph 1.0.0 makes one vertex of such names where another column is decimal; here ids are read alone."""
    ids = [make(name) for name in ACCOUNTS]
    ties = pd.DataFrame({"source": ids[:2], "target": ids[1:], "weight": [0.5, 1.5]})
    company = gs.Company.from_frames(pd.DataFrame({"id": ids}), columns={"id": "id"}, ties=ties)
    assert sorted(company.ids) == ids
    assert company.ties is not None
    assert sorted(sorted(company.ids[end] for end in pair) for pair in company.ties) == [ids[:2], ids[1:]]
