"""Rows as long as the header, one name a column, no control characters; columns never shift."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from .kit import codes, export, refused, text_of, warning

HEADER = ["id", "mail", "team", "pay"]
ROWS = [[f"E{i}", f"p{i}@example.com", "Sales", str(100 + i)] for i in range(40)]


@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize("extra", [1, 2])
def test_a_separator_at_the_end_of_rows_shifts_nothing(tmp_path: Path, sep: str, extra: int) -> None:
    one = export(tmp_path, text_of([HEADER, *([*row, *[""] * extra] for row in ROWS)], delimiter=sep))
    assert one.frame["id"].tolist() == [row[0] for row in ROWS]
    assert one.frame["pay"].tolist() == [100 + i for i in range(40)]
    assert warning(one, "trailing_separators")["count"] == 40


def test_a_separator_at_the_end_of_the_header_too(tmp_path: Path) -> None:
    one = export(tmp_path, text_of([[*row, ""] for row in [HEADER, *ROWS]]))
    assert list(one.frame) == HEADER
    assert codes(one) == ["nameless_columns"]


@pytest.mark.parametrize("bad", [[0], [3, 17], list(range(12))])
def test_longer_rows_are_refused_by_row(tmp_path: Path, bad: list[int]) -> None:
    rows = [[*row, "x"] if i in bad else row for i, row in enumerate(ROWS)]
    error = refused(tmp_path, text_of([HEADER, *rows]))
    (problem,) = error.problems
    assert problem.value.startswith("line" if len(bad) == 1 else "lines")
    assert f" {bad[0] + 2}" in problem.value
    assert ("(12 in all)" in problem.value) == (len(bad) == 12)


def test_an_unquoted_decimal_comma_is_refused_and_not_shifted(tmp_path: Path) -> None:
    text = "id,fte,team\nE1,0,8,Sales\nE2,1,Sales\nE3,0,5,Sales\nE4,1,Sales\n"
    assert "lines 2, 4" in str(refused(tmp_path, text))


def test_short_rows_where_no_row_writes_its_empty_cells(tmp_path: Path) -> None:
    rows = [row[:3] if i % 3 == 0 else row for i, row in enumerate(ROWS)]
    one = export(tmp_path, text_of([HEADER, *rows]))
    assert one.frame["pay"].isna().sum() == 14
    assert warning(one, "short_rows")["count"] == 14


def test_short_rows_where_others_write_theirs_are_refused(tmp_path: Path) -> None:
    rows = [[*row[:3], ""] if i % 3 == 0 else row for i, row in enumerate(ROWS)]
    rows[7] = [rows[7][0], *rows[7][2:]]
    error = refused(tmp_path, text_of([HEADER, *rows]))
    assert "line 9" in str(error)
    assert "shorter" in str(error)


@pytest.mark.parametrize("place", [0, 1, 3])
def test_cells_without_a_name_are_refused_by_column(tmp_path: Path, place: int) -> None:
    header = ["" if i == place else name for i, name in enumerate(HEADER)]
    error = refused(tmp_path, text_of([header, *ROWS]))
    assert f"column {place + 1} ({'ABCD'[place]})" in str(error)
    assert "40 cells" in str(error)


def test_an_empty_column_without_a_name_is_left_out(tmp_path: Path) -> None:
    one = export(tmp_path, text_of([["id", "", "pay"], *([row[0], "", row[3]] for row in ROWS)]))
    assert list(one.frame) == ["id", "pay"]
    assert "column 2 (B)" in warning(one, "nameless_columns")["examples"]


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, text_of([["id", "team", "team ", "pay"], *ROWS]))
    assert "column 2 (B), column 3 (C)" in str(error)


@pytest.mark.parametrize("pair", [("Team", "TEAM"), ("caf\u00e9", "cafe\u0301"), ("Team A", "Team  A"), ("pay", "Pay")])
def test_names_that_are_hard_to_tell_apart_are_told(tmp_path: Path, pair: tuple[str, str]) -> None:
    one = export(tmp_path, text_of([["id", *pair, "x"], *ROWS]))
    assert tuple(one.frame)[1:3] == pair
    assert codes(one) == ["similar_names"]


CONTROL = ["\0", "\x01", "\x07", "\x08", "\x1b", "\x7f", "\x80", "\x9f"]


@pytest.mark.parametrize("mark", CONTROL, ids=ascii)
def test_control_characters_are_refused_with_row_and_code(tmp_path: Path, mark: str) -> None:
    rows = [[*row] for row in ROWS]
    rows[4][2] = f"Sa{mark}les"
    rows[9][2] = f"Sales{mark}"
    error = refused(tmp_path, text_of([HEADER, *rows]))
    assert f"U+{ord(mark):04X}" in str(error)
    assert "column 'team', lines 6, 11" in str(error)
    assert f"U+{ord(mark):04X}" in str(refused(tmp_path, text_of([["id", f"ma{mark}il", "team", "pay"], *ROWS])))


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\t", "\u2028", " \n\n ", "\x0b", "\x0c", "\x1f", "\x85"])
def test_breaks_inside_a_cell_become_a_space(tmp_path: Path, mark: str) -> None:
    rows = [[row[0], f"Street 1{mark}Town", *row[2:]] for row in ROWS]
    one = export(tmp_path, text_of([HEADER, *rows]))
    assert set(one.frame["mail"]) == {"Street 1 Town"}
    assert warning(one, "line_breaks")["count"] == 40
    lines = 1 + rows[0][1].replace("\r\n", "\n").count("\n")
    assert one.frame.index.tolist() == [2 + i * lines for i in range(40)]


def test_all_problems_come_in_one_report(tmp_path: Path) -> None:
    rows = [[*row, "31/12/2026", ""] for row in ROWS]
    rows[3].append("x")
    rows[5][2] = "Sa\x07les"
    rows[6][4] = "12/31/2026"
    error = refused(tmp_path, text_of([["id", "id", "team", "pay", "hired", ""], *rows]))
    said = str(error)
    assert len(error.problems) == 4
    for words in ("line 5", "2 columns have this name", "U+0007", "line 8"):
        assert words in said


def test_names_are_trimmed_and_cells_are_not(tmp_path: Path) -> None:
    one = export(tmp_path, "id, Team \nE1, Sales\nE2,Sales \n")
    assert one.frame["Team"].tolist() == [" Sales", "Sales "]


def test_the_input_is_as_long_as_the_frame(tmp_path: Path) -> None:
    one = export(tmp_path, text_of([HEADER, *ROWS]))
    assert one.frame.shape == (40, 4)
    assert isinstance(one.frame, pd.DataFrame)
    assert codes(one) == []
