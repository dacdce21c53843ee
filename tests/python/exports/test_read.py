"""The door: real and made-up exports whole, every option, every file that cannot be one."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.errors import InvalidInput
from groundswell.exports import OPTIONS, Reading, read_export, text_files

from . import made_up
from .kit import codes, export, refused

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
REAL = sorted((SHARED / "data").glob("*/*.csv*"))


@pytest.mark.real_data
@pytest.mark.skipif(not REAL, reason="the shared data are not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_real_tables_read_as_pandas_reads_them_but_for_dates_and_words(path: Path) -> None:
    one = read_export(path)
    known = pd.read_csv(path, keep_default_na=False, na_values=[""])
    assert list(one.frame) == list(known)
    for name in known:
        found = one.frame[name].reset_index(drop=True)
        wanted = pd.to_datetime(known[name]) if found.dtype.kind == "M" else known[name]
        pd.testing.assert_series_equal(found, wanted, check_dtype=found.dtype.kind != "M", check_names=False)


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")
def test_the_types_of_a_known_export_are_those_of_before() -> None:
    path = SHARED / "data" / "ibm_attrition_fictional" / "attrition.csv"
    pd.testing.assert_frame_equal(read_export(path).frame.reset_index(drop=True), pd.read_csv(path))


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")
@pytest.mark.parametrize("name", ["french.csv", "french.xlsx"])
def test_a_french_export(tmp_path: Path, name: str) -> None:
    subprocess.run([sys.executable, str(SHARED / "cases" / "french_export.py"), str(tmp_path)], check=True)
    one = read_export(tmp_path / name)
    frame = one.frame
    assert len(frame) == 1202
    assert frame["Matricule"].tolist()[:2] == ["000001", "000002"]
    assert frame["Date d'embauche"].dtype.kind == frame["Date de sortie"].dtype.kind == "M"
    assert set(frame["ETP"]) == {0.5, 0.8, 1.0}
    assert frame["Salaire brut annuel"].dtype == float
    assert frame["Direction"].isin(["Ingénierie", "Opérations"]).any()
    end = "dates day-first, decimal comma, thousands ` `"
    start = (
        "`;`, cp1252, header in line 4, 1 footer row left out"
        if name == "french.csv"
        else "sheet 'Sheet1', header in row 1"
    )
    assert one.reading.sentence() == f"read as: {start}, {end}"


MADE: dict[str, Callable[[Path], Path]] = {
    "report.csv": made_up.workday_csv,
    "report.xlsx": made_up.workday_xlsx,
    "list.csv": made_up.bamboo_csv,
}


@pytest.mark.parametrize("name", MADE)
def test_made_up_reports_read_whole(tmp_path: Path, name: str) -> None:
    people = made_up.people()
    one = read_export(MADE[name](tmp_path / name))
    assert one.frame["Hire Date"].tolist() == [pd.Timestamp(person["hired"]) for person in people]
    left = [None if pd.isna(day) else day.date() for day in one.frame["Termination Date"]]
    assert left == [person["left"] for person in people]
    units = one.frame["Department" if name == "list.csv" else "Supervisory Organization"]
    assert units.tolist() == [person["unit"] for person in people]
    if name != "list.csv":
        assert one.frame["Employee ID"].tolist() == [f"{i:06d}" for i in range(1, 121)]
        assert one.frame["FTE"].tolist() == [person["fte"] for person in people]
        assert codes(one) == ["title_lines", "empty_rows", "repeated_headers", "footer_rows"]


def test_zeros_for_no_date_are_told(tmp_path: Path) -> None:
    one = read_export(made_up.bamboo_csv(tmp_path / "list.csv", empty_date="0000-00-00"))
    assert codes(one) == ["dates_with_words"]
    assert one.frame["Hire Date"].dtype.kind == "M"
    assert "0000-00-00" in set(one.frame["Termination Date"])


@pytest.mark.parametrize("name", MADE)
def test_what_was_found_can_be_given_back(tmp_path: Path, name: str) -> None:
    path = MADE[name](tmp_path / name)
    one = read_export(path)
    again = read_export(path, **one.reading.as_options())
    pd.testing.assert_frame_equal(again.frame, one.frame)
    assert again.reading == one.reading
    assert set(one.reading.as_options()) <= set(OPTIONS)


def test_options_reading_and_the_call_have_the_same_names() -> None:
    names = list(OPTIONS)
    assert names == list(Reading.__dataclass_fields__)
    assert names == list(read_export.__kwdefaults__)
    assert {option.flag for option in OPTIONS.values()} >= {"--sheet", "--sep", "--header-row", "--date-order"}
    assert gs.read_export is read_export


@pytest.mark.parametrize(("name", "value"), [
    ("sep", ";;"), ("sep", ""), ("sep", '"'), ("sep", 3), ("encoding", "utf-99"), ("encoding", "base64"),
    ("header_row", 0), ("header_row", True), ("header_row", "1"), ("date_order", "dmy"), ("decimal", ";"),
    ("thousands", "x"), ("footer_rows", -1), ("sheet", 1),
])  # fmt: skip
def test_options_out_of_their_values_are_refused_by_name(tmp_path: Path, name: str, value: Any) -> None:
    assert str(refused(tmp_path, "a,b\n1,2\n", **{name: value})).startswith(f"{name} = ")


def test_all_wrong_options_come_in_one_report(tmp_path: Path) -> None:
    error = refused(tmp_path, "a,b\n1,2\n", sep="ab", decimal="x", header_row=0)
    assert len(error.problems) == 3
    assert "differ" in str(refused(tmp_path, "a,b\n1,2\n", decimal=",", thousands=","))


@pytest.mark.parametrize(
    ("name", "options"), [("t.csv", {"sheet": "A"}), ("t.xlsx", {"sep": ";"}), ("t.parquet", {"sep": ";"})]
)
def test_options_of_another_kind_of_file_are_refused(tmp_path: Path, name: str, options: dict[str, Any]) -> None:
    assert "leave it out" in str(refused(tmp_path, "a,b\n1,2\n", name, **options))


def test_sep_by_name(tmp_path: Path) -> None:
    assert export(tmp_path, "a\tb\n1\t2\n", sep="tab").frame["b"].tolist() == [2]


@pytest.mark.parametrize("path", ["missing.csv", ".", "t.docx", "t", "a\0b.csv", "x" * 5000 + ".csv"])
def test_what_is_no_file_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "t.docx").write_text("x")
    (tmp_path / "t").write_text("x")
    with pytest.raises(InvalidInput, match="path_or_frame"):
        read_export(tmp_path / path)


@pytest.mark.parametrize("text", ["", "\n\n\n", ",,,\n,,,\n", "\ufeff", " \n \n"])
def test_files_without_a_cell_are_refused(tmp_path: Path, text: str) -> None:
    assert "empty" in str(refused(tmp_path, text))


def test_a_file_with_too_many_columns_or_bytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ",".join(f"c{i}" for i in range(100_000))
    assert "100,000 cells" in str(refused(tmp_path, f"{wide}\n"))
    monkeypatch.setattr(text_files._core, "available_memory_bytes", lambda: 100_000)
    assert "are free" in str(refused(tmp_path, "a,b\n" + "1,2\n" * 10_000))
    assert "are free" in str(refused(tmp_path, gzip.compress(b"a,b\n" + b"1,2\n" * 100_000), "t.csv.gz"))


def test_a_site_that_puts_notes_above_its_list(tmp_path: Path) -> None:
    text = 'Notes:\n"Some addresses may be missing, since members hide them."\n\n'
    one = export(
        tmp_path, text + "First Name,Last Name,Company,Connected On\nAna,Ruiz,Made-up,04 Jan 2027\nBo,Li,,28 Dec 2026\n"
    )
    assert one.reading.header_row == 4
    assert one.frame["Connected On"].tolist() == [pd.Timestamp(2027, 1, 4), pd.Timestamp(2026, 12, 28)]


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_are_refused_or_read(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    whole = made_up.workday_csv(tmp_path / "w.csv").read_bytes()
    for _ in range(60):
        data = bytearray(whole[: rng.integers(1, len(whole))] if rng.random() < 0.3 else whole)
        for at in rng.integers(0, len(data), rng.integers(1, 8)):
            data[at] = int(rng.choice([0, 10, 13, 34, 44, 59, 128, 255, 48]))
        try:
            export(tmp_path, bytes(data))
        except InvalidInput:
            continue


def test_every_warning_is_in_the_documentation() -> None:
    root = Path(__file__).resolve().parents[3]
    code = "".join(path.read_text() for path in (root / "python" / "groundswell" / "exports").glob("*.py"))
    given = set(re.findall(r'warn\(\s*"(\w+)"', code)) | set(re.findall(r'code, why = "(\w+)"', code))
    page = (root / "docs" / "EXPORTS.md").read_text().partition("## What is a warning")[2].partition("## ")[0]
    assert len(given) > 20
    assert given == {name for row in page.splitlines() for name in re.findall(r"`(\w+)`", row.split(" | ")[0])}
    assert set(OPTIONS) <= set(re.findall(r"`(\w+)`", (root / "docs" / "EXPORTS.md").read_text()))
