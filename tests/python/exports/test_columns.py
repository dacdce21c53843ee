"""What a cell becomes: a column is one thing on all its cells, or text; the file decides marks and order."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from .kit import codes, column, export, refused, text_of, warning

WORDS = ["NA", "N/A", "n/a", "null", "NULL", "None", "nan", "NaN", "-", "#N/A", "<NA>", "?"]


@pytest.mark.parametrize("word", WORDS)
def test_words_for_missing_are_text(tmp_path: Path, word: str) -> None:
    one = column(tmp_path, [word, "EMEA", "", "  ", word])
    assert one.frame["x"].tolist()[:2] == [word, "EMEA"]
    assert one.frame["x"].isna().tolist() == [False, False, True, True, False]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("numbers", [["1", "2", "3"], ["1,5", "2,5", "1.000,5"], ["12 %", "3 %", "4 %"]])
def test_numbers_with_a_word_stay_text_with_a_warning(tmp_path: Path, word: str, numbers: list[str]) -> None:
    one = column(tmp_path, [*numbers, word, ""])
    assert one.frame["x"].tolist()[:4] == [*numbers, word]
    said = warning(one, "numbers_with_words")
    assert (said["count"], said["examples"]) == (1, word)
    assert "line 5" in said["consequence"]


@pytest.mark.parametrize("ids", [["000123", "4", "5"], ["1", "2", "007"], ["00", "1"], ["-01", "5"], ["01,5", "2,5"]])
def test_a_leading_zero_keeps_the_column_text(tmp_path: Path, ids: list[str]) -> None:
    assert column(tmp_path, ids).frame["x"].tolist() == ids


@pytest.mark.parametrize("cells", [["+491701234567", "+491701234568"], ["12E4", "13E5"], ["1-2", "3-4"],
                                   ["9" * 20, "8" * 20], ["1.2.3", "1.2.4"]])  # fmt: skip
def test_what_only_resembles_a_number_is_text(tmp_path: Path, cells: list[str]) -> None:
    assert column(tmp_path, cells).frame["x"].tolist() == cells


def test_large_ids_lose_no_digit(tmp_path: Path) -> None:
    large = [str(2**53 + 1), str(2**62 + 1)]
    assert column(tmp_path, large).frame["x"].tolist() == [int(text) for text in large]
    assert column(tmp_path, [*large, ""]).frame["x"].tolist()[:2] == large  # as floats they would


def written(value: float, decimal: str, thousands: str, sign: str) -> str:
    text = f"{value:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)
    return f"{text}\u00a0{sign}" if sign else text


CONVENTIONS = [(d, t) for d in ".," for t in ("", " ", "\u00a0", "\u202f", "'", "\u2019", ".", ",") if d != t]


@pytest.mark.parametrize(("decimal", "thousands"), CONVENTIONS)
@pytest.mark.parametrize("sign", ["", "€", "%", "CHF"])
def test_numbers_in_every_convention(tmp_path: Path, decimal: str, thousands: str, sign: str) -> None:
    values = [0.5, -3.25, 12345.75, 1234567.0, 999.99]
    one = column(tmp_path, [written(value, decimal, thousands, sign) for value in values])
    assert one.frame["x"].tolist() == values
    plain = {"\u00a0": " ", "\u202f": " ", "\u2019": "'"}.get(thousands, thousands)
    assert (one.reading.decimal, one.reading.thousands) == (decimal, plain or None)
    assert ("signs_left_out" in codes(one)) == bool(sign)


@pytest.mark.parametrize("cells", [["1.234", "5.678"], ["1,234", "12,345"], ["1.234", "12"]])
def test_a_mark_that_can_be_both_is_left_open(tmp_path: Path, cells: list[str]) -> None:
    one = column(tmp_path, cells)
    assert one.frame["x"].tolist() == cells
    assert "decimal=" in warning(one, "decimal_open")["consequence"]
    mark = "," if "," in cells[0] else "."
    assert column(tmp_path, cells, decimal=mark).frame["x"].tolist() == [float(c.replace(",", ".")) for c in cells]
    other = column(tmp_path, cells, decimal={",": ".", ".": ","}[mark])
    assert other.frame["x"].tolist() == [int(cell.replace(mark, "")) for cell in cells]


def test_one_column_decides_for_another(tmp_path: Path) -> None:
    rows = [["id", "pay", "share"], ["a", "1.234", "0,5"], ["b", "12.345", "0,25"]]
    one = export(tmp_path, text_of(rows, delimiter=";"))
    assert one.frame["pay"].tolist() == [1234, 12345]
    assert one.frame["share"].tolist() == [0.5, 0.25]


def test_marks_that_contradict_each_other_leave_both_columns_text(tmp_path: Path) -> None:
    rows = [["id", "a", "b", "n"], ["x", "0.5", "0,5", "1"], ["y", "1.25", "1,75", "2"]]
    one = export(tmp_path, text_of(rows, delimiter=";"))
    assert one.frame["a"].tolist() == ["0.5", "1.25"]
    assert one.frame["b"].tolist() == ["0,5", "1,75"]
    assert one.frame["n"].tolist() == [1, 2]
    assert codes(one) == ["decimal_open", "decimal_open"]
    set_ = export(tmp_path, text_of(rows, delimiter=";"), decimal=",")
    assert set_.frame["b"].tolist() == [0.5, 1.75]
    assert codes(set_) == ["numbers_in_two_ways"]


def test_units_that_differ_are_not_mixed(tmp_path: Path) -> None:
    cells = ["12 €", "13 $", "14 €"]
    one = column(tmp_path, cells)
    assert one.frame["x"].tolist() == cells
    assert codes(one) == ["mixed_units"]


DAYS = [date(2026, 1, 2) + timedelta(days=9 * i) for i in range(30)]
ORDERS = {"day-first": "%d{0}%m{0}%Y", "month-first": "%m{0}%d{0}%Y", "year-first": "%Y{0}%m{0}%d"}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("mark", "/.-")
@pytest.mark.parametrize("time", ["", " 00:00", " 08:30:05", "T23:59:59.25", " 1:05 PM"])
def test_dates_in_every_order(tmp_path: Path, order: str, mark: str, time: str) -> None:
    cells = [day.strftime(ORDERS[order].format(mark)) + time for day in DAYS]
    one = column(tmp_path, [*cells, ""])
    clock = pd.Timestamp(f"2026-01-01{time if time.startswith('T') else time or ' 00:00'}") - pd.Timestamp("2026-01-01")
    assert one.frame["x"].tolist()[:-1] == [pd.Timestamp(day) + clock for day in DAYS]
    assert one.frame["x"].isna().tolist() == [False] * 30 + [True]
    assert one.reading.date_order == (None if order == "year-first" else order)


def test_short_forms_of_dates(tmp_path: Path) -> None:
    assert column(tmp_path, ["1/2/2026", "1/31/2026"]).frame["x"].dt.month.tolist() == [1, 1]


@pytest.mark.parametrize("cells", [
    ["4 March 2027", "31 Dec 2026"], ["4. März 2027", "31. Dez. 2026"], ["4 mars 2027", "31 déc. 2026"],
    ["4 de marzo de 2027", "31 dic 2026"], ["4 maart 2027", "31 december 2026"], ["04-Mar-2027", "31-Dec-2026"],
    ["March 4, 2027", "Dec 31, 2026"],
])  # fmt: skip
def test_months_by_name(tmp_path: Path, cells: list[str]) -> None:
    one = column(tmp_path, cells)
    assert one.frame["x"].tolist() == [pd.Timestamp("2027-03-04"), pd.Timestamp("2026-12-31")]


@pytest.mark.parametrize("order", ["day-first", "month-first"])
def test_dates_that_can_be_both_are_left_open_for_the_whole_file(tmp_path: Path, order: str) -> None:
    text = text_of([["id", "a", "b"], ["x", "03/04/2026", "05/06/2026"], ["y", "01/02/2026", ""]])
    one = export(tmp_path, text)
    assert one.frame["a"].tolist() == ["03/04/2026", "01/02/2026"]
    assert "date_order=" in warning(one, "date_order_open")["consequence"]
    read = export(tmp_path, text, date_order=order).frame["a"]
    assert read.dt.month.tolist() == ([4, 2] if order == "day-first" else [3, 1])


def test_one_clear_cell_of_another_column_decides(tmp_path: Path) -> None:
    text = text_of([["id", "a", "b"], ["x", "03/04/2026", "25/06/2026"], ["y", "01/02/2026", ""]])
    one = export(tmp_path, text)
    assert one.frame["a"].dt.month.tolist() == [4, 2]
    assert one.reading.date_order == "day-first"


@pytest.mark.parametrize("second", ["a", "b"])
def test_dates_that_contradict_each_other_are_refused_with_rows(tmp_path: Path, second: str) -> None:
    rows = [["id", "a", "b"], ["x", "25/04/2026", "01/01/2026"], ["y", "01/02/2026", "01/02/2026"]]
    rows[2][1 if second == "a" else 2] = "04/25/2026"
    error = refused(tmp_path, text_of(rows))
    assert "line 2" in str(error)
    assert "line 3" in str(error)
    assert "date_order=" in str(error)


def test_dates_against_the_order_that_was_given_are_refused_with_rows(tmp_path: Path) -> None:
    error = refused(
        tmp_path, text_of([["id", "a"], ["x", "25/04/2026"], ["y", "01/02/2026"]]), date_order="month-first"
    )
    assert "line 2" in str(error)


@pytest.mark.parametrize("word", ["0000-00-00", "31/02/2026", "unknown", "-"])
def test_dates_with_a_word_stay_text_with_a_warning(tmp_path: Path, word: str) -> None:
    cells = ["25/04/2026", "26/04/2026", word, ""]
    one = column(tmp_path, cells)
    assert one.frame["x"].tolist()[:3] == cells[:3]
    assert warning(one, "dates_with_words")["examples"] == word


def test_short_years_and_zones_are_told(tmp_path: Path) -> None:
    assert codes(column(tmp_path, ["31/12/26", "01/02/65"])) == ["short_years"]
    one = column(tmp_path, ["2026-01-02T03:04:05Z", "2026-01-02T05:04:05Z"])
    assert codes(one) == ["time_zones"]
    assert one.frame["x"].dt.hour.tolist() == [3, 5]


@pytest.mark.parametrize(("true", "false"), [("TRUE", "FALSE"), ("True", "False"), ("true", "false")])
def test_truth_values(tmp_path: Path, true: str, false: str) -> None:
    assert column(tmp_path, [true, false]).frame["x"].tolist() == [True, False]
    gap = column(tmp_path, [true, "", false]).frame["x"]
    assert gap.tolist() == [True, None, False]
    assert gap.iloc[0] is True


@pytest.mark.parametrize(
    "cells", [["ja", "nein"], ["oui", "non"], ["WAHR", "FALSCH"], ["yes", "no"], ["TRUE", "maybe"]]
)
def test_other_words_are_text(tmp_path: Path, cells: list[str]) -> None:
    assert column(tmp_path, cells).frame["x"].tolist() == cells


def test_types_follow_from_the_last_row_too(tmp_path: Path) -> None:
    cells = [str(i) for i in range(30_000)] + ["12.5"]
    assert column(tmp_path, cells).frame["x"].iloc[-1] == 12.5
    assert column(tmp_path, [*cells[:-1], "x"]).frame["x"].iloc[5] == "5"


def test_an_empty_column_is_missing(tmp_path: Path) -> None:
    assert np.isnan(column(tmp_path, ["", " "]).frame["x"]).all()


def test_numbers_beyond_all_bounds_stay_text(tmp_path: Path) -> None:
    cells = ["1e+400", "1e+4"]
    assert column(tmp_path, cells).frame["x"].tolist() == cells


@pytest.mark.parametrize(("thousands", "wanted"), [(",", [1234, 12345]), ("", [1.234, 12.345]), (".", None)])
def test_what_groups_thousands_can_be_set(tmp_path: Path, thousands: str, wanted: list[float] | None) -> None:
    cells = ["1,234", "12,345"]
    options = {"thousands": thousands} | ({"decimal": ","} if thousands == "" else {})
    assert column(tmp_path, cells, **options).frame["x"].tolist() == (wanted or [1.234, 12.345])


def test_dates_with_the_year_last_are_told_where_it_should_be_first(tmp_path: Path) -> None:
    one = column(tmp_path, ["31/12/2026", "01/02/2026"], date_order="year-first")
    assert one.frame["x"].tolist() == ["31/12/2026", "01/02/2026"]
    assert codes(one) == ["date_order_open"]


def test_marks_that_nobody_sees_are_told(tmp_path: Path) -> None:
    one = column(tmp_path, ["Sales", "Sales\u200b", "\u200eSales", "Zoë\u200d"])
    assert warning(one, "invisible_marks")["count"] == 2
    assert one.frame["x"].tolist()[1] == "Sales\u200b"
