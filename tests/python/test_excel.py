"""The workbook: six sheets, real dates and numbers, no formula, clear errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from groundswell.compare import Contest, make_contest
from groundswell.errors import InvalidInput
from groundswell.results import Results

Values = np.ndarray[Any, Any]


@pytest.fixture
def contest(hand_made: Callable[..., Results], random_values: Callable[..., Values]) -> Contest:
    results = [hand_made(label, random_values(i)) for i, label in enumerate(("None", "=1+1"))]
    return make_contest(results, baseline_given=True)


@pytest.fixture
def book(contest: Contest, tmp_path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(contest.to_excel(tmp_path / "advocacy.xlsx"))


def column(sheet: Any, name: str) -> list[Any]:
    rows = list(sheet.iter_rows(values_only=True))
    return [row[rows[0].index(name)] for row in rows[1:]]


def test_sheets(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Read me", "Decision", "Summary", "Monthly", "Differences", "Inputs"]


def test_numbers_are_the_tables_numbers(book: openpyxl.Workbook, contest: Contest) -> None:
    table = contest.table()
    assert column(book["Differences"], "difference") == pytest.approx(table["difference"].tolist())
    assert column(book["Summary"], "mean")[0] == pytest.approx(contest.results["None"].summary()["mean"].iloc[0])
    assert all(isinstance(value, int | float) for value in column(book["Differences"], "mean"))


def test_dates_are_dates(book: openpyxl.Workbook) -> None:
    dates = column(book["Monthly"], "date")
    assert all(isinstance(value, datetime) for value in dates)
    assert dates[0] == datetime(2027, 1, 1)


def test_no_label_becomes_a_formula(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_decision_is_in_numbers(book: openpyxl.Workbook, contest: Contest) -> None:
    rows = list(book["Decision"].iter_rows(min_row=5, values_only=True))
    reach = [row for row in rows if row[0] == "unique_reach"]
    table = contest.table(measures="unique_reach")
    assert [row[3] for row in reach] == pytest.approx(table["mean"].tolist())
    assert reach[0][6] is None
    assert reach[1][6:9] == pytest.approx(table[["difference", "difference_ci_lower", "difference_ci_upper"]].iloc[1])


def test_undefined_is_empty(book: openpyxl.Workbook) -> None:
    gains = column(book["Differences"], "pairing_gain")
    assert gains[0] is None  # the baseline against itself
    assert isinstance(gains[1], float)


def test_inputs_have_a_column_for_each_design(book: openpyxl.Workbook) -> None:
    assert column(book["Inputs"], "None") == [4.0]
    assert column(book["Inputs"], "path") == ["program.posts_per_week"]


def test_decision_and_limits_are_there(book: openpyxl.Workbook, contest: Contest) -> None:
    assert book["Decision"]["A1"].value == contest.sentence()
    texts = [str(row[1]) for row in book["Read me"].iter_rows(values_only=True)]
    assert any("No experiment links employee advocacy" in text for text in texts)
    assert any("first hop" in text.casefold() for text in texts)


def test_a_folder_that_is_not_there(contest: Contest, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere/advocacy.xlsx' cannot be written: No such file or directory"):
        contest.to_excel(tmp_path / "nowhere" / "advocacy.xlsx")
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="cannot be written: Not a directory"):
        contest.to_excel(tmp_path / "file" / "advocacy.xlsx")
    with pytest.raises(InvalidInput, match=r"must end in \.xlsx"):
        contest.to_excel(tmp_path / "advocacy.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]
