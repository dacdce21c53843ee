"""Errors of a spreadsheet are no empty cells."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

import groundswell as gs


def workbook(rows: Sequence[Sequence[str | None]], path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!"])
def test_error_cells_are_refused_by_row_and_column(tmp_path: Path, error: str) -> None:
    rows: list[list[str | None]] = [["id", "dept", "gone"], *([f"E{i}", "Lab", None] for i in range(9))]
    rows[3][2] = rows[6][2] = rows[2][1] = error
    workbook(rows, tmp_path / "a.xlsx")
    with pytest.raises(gs.InvalidInput) as caught:
        gs.read_export(tmp_path / "a.xlsx")
    said = str(caught.value)
    assert error in said
    assert "column B" in said
    assert "column C" in said
    assert "4, 7" in said


def test_text_that_reads_like_the_mark_is_no_error(tmp_path: Path) -> None:
    workbook([["id", "dept"], ["E1", 't="e"'], ["E2", "Lab"]], tmp_path / "a.xlsx")
    assert gs.read_export(tmp_path / "a.xlsx").frame["dept"].tolist() == ['t="e"', "Lab"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="A99999999"'), (b'r="A2"', b'r="ZZZZZ2"'), (b'<row r="2"', b'<row r="4000000000"'),
        (b'r="B3"', b"r='XFD1048576'"), (b'r="B3"', b'r="$XFD$104857600"'),
    ],
)  # fmt: skip
def test_a_cell_far_away_is_refused_before_it_takes_the_memory(tmp_path: Path, old: bytes, new: bytes) -> None:
    workbook([["id", "dept"], ["E1", "Lab"], ["E2", "Lab"]], tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as far:
        for part in whole.infolist():
            content = whole.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                assert old in content
                content = content.replace(old, new)
            far.writestr(part.filename, content)
    with pytest.raises(gs.GroundswellError, match=r"reading it takes|at most 20,000 columns"):
        gs.read_export(tmp_path / "far.xlsx")
