"""Spreadsheets: types as they stand, the sheet that holds the table, and workbooks that would not fit into memory."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from groundswell.errors import InvalidInput
from groundswell.exports import Export, read_export, spreadsheets, text_files

from .kit import codes, warning

HEADER = ["Id", "Name", "Team"]
PEOPLE = [[f"{i:06d}", f"Person {i}", "Sales"] for i in range(1, 21)]


def workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def column(folder: Path, cells: Sequence[Any]) -> Export:
    rows = [["id", "x"], *([f"E{i}", cell] for i, cell in enumerate(cells))]
    return read_export(workbook(folder / "t.xlsx", Staff=rows))


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_export(path, **options)
    return str(caught.value)


def same(found: object, wanted: object) -> bool:
    return bool((found == wanted and type(found) is type(wanted)) or (wanted is None and pd.isna(found)))  # type: ignore[call-overload]


@pytest.mark.parametrize(("cells", "wanted"), [
    ([1, 2, 3], [1, 2, 3]), ([1.0, 2.0], [1, 2]), ([1, None, 3], [1.0, None, 3.0]), ([1.5, 2], [1.5, 2.0]),
    ([True, False], [True, False]), ([True, None, False], [True, None, False]),
    (["0001", "2"], ["0001", "2"]), (["1", "2"], ["1", "2"]), (["NA", None, "x"], ["NA", None, "x"]),
    ([date(2026, 1, 31), None], [pd.Timestamp(2026, 1, 31), None]),
    ([datetime(2026, 1, 31, 8, 30)], [pd.Timestamp(2026, 1, 31, 8, 30)]),
    (["31/01/2026", "01/02/2026"], [pd.Timestamp(2026, 1, 31), pd.Timestamp(2026, 2, 1)]),
    (["0,8", "1", "0,5"], [0.8, 1.0, 0.5]), ([None, None], [None, None]), ([True, 1], ["TRUE", "1"]),
])  # fmt: skip
def test_cells_keep_their_types(tmp_path: Path, cells: list[Any], wanted: list[Any]) -> None:
    found = column(tmp_path, cells).frame["x"].tolist()
    assert all(map(same, found, wanted)), found
    assert len(found) == len(wanted)


def test_numbers_and_dates_beside_words_stay_text_with_a_warning(tmp_path: Path) -> None:
    one = column(tmp_path, [1, 2.5, 0, "n/a", None])
    assert one.frame["x"].tolist()[:4] == ["1", "2.5", "0", "n/a"]
    assert "row 5" in warning(one, "numbers_with_words")["consequence"]
    two = column(tmp_path, [date(2026, 1, 31), date(2026, 2, 1), "open"])
    assert two.frame["x"].tolist() == ["2026-01-31", "2026-02-01", "open"]
    assert codes(two) == ["dates_with_words"]
    assert column(tmp_path, [time(8, 30), time(9, 0)]).frame["x"].tolist() == ["08:30:00", "09:00:00"]


@pytest.mark.parametrize("above", [0, 1, 4])
def test_rows_are_numbered_as_in_the_sheet(tmp_path: Path, above: int) -> None:
    rows = [[] for _ in range(above)] + [["Headcount"], HEADER, *PEOPLE, ["Total", 20]]
    one = read_export(workbook(tmp_path / "t.xlsx", Staff=rows))
    assert one.frame.index.tolist() == list(range(above + 3, above + 23))
    assert (one.reading.sheet, one.reading.header_row, one.reading.footer_rows) == ("Staff", above + 2, 1)
    assert one.reading.sentence().startswith(f"read as: sheet 'Staff', header in row {above + 2}, 1 footer row")


def test_an_indented_table_has_no_nameless_column(tmp_path: Path) -> None:
    rows = [[None, *row] for row in [HEADER, *PEOPLE]]
    one = read_export(workbook(tmp_path / "t.xlsx", Staff=[[], *rows]))
    assert list(one.frame) == HEADER
    assert codes(one) == ["nameless_columns"]


def test_the_sheet_with_the_table_is_found(tmp_path: Path) -> None:
    staff = [HEADER, *PEOPLE]
    one = read_export(workbook(tmp_path / "a.xlsx", Cover=[["Made up"]], Staff=staff, Empty=[]))
    assert (one.reading.sheet, codes(one)) == ("Staff", [])
    two = read_export(workbook(tmp_path / "b.xlsx", Units=[["Unit", "Name"], ["S", "Sales"]], Staff=staff))
    assert two.reading.sheet == "Staff"
    assert warning(two, "other_sheets")["examples"] == "Units"


def test_several_sheets_are_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", Jan=[HEADER, *PEOPLE], Feb=[HEADER, *PEOPLE[:12]])
    said = refused(path)
    assert all(words in said for words in ("'Jan' (63 cells)", "'Feb' (39 cells)", "sheet="))
    assert len(read_export(path, sheet="Feb").frame) == 12
    assert "nearest valid name: Feb" in refused(path, sheet="Febr")


def test_a_hidden_sheet_is_read_only_where_it_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", Old=[HEADER, *PEOPLE], Staff=[HEADER, *PEOPLE])
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert read_export(path).reading.sheet == "Staff"
    assert read_export(path, sheet="Old").reading.sheet == "Old"


def test_workbooks_without_a_table(tmp_path: Path) -> None:
    assert "no sheet" in refused(workbook(tmp_path / "a.xlsx", A=[], B=[]))
    assert "no row under it" in refused(workbook(tmp_path / "b.xlsx", A=[HEADER]))
    assert "header_row=" in refused(workbook(tmp_path / "c.xlsx", A=[[1, 2], [3, 4]]))


@pytest.mark.parametrize("name", ["t.xlsx", "t.xls", "t.ods"])
@pytest.mark.parametrize(
    "data", [b"no spreadsheet", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert name in refused(tmp_path / name)


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_workbook_is_refused(tmp_path: Path, keep: float) -> None:
    path = workbook(tmp_path / "t.xlsx", Staff=[HEADER, *PEOPLE])
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    assert "t.xlsx" in refused(path)


def test_a_damaged_workbook_is_refused_or_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", Staff=[HEADER, *PEOPLE])
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            read_export(path)
        except InvalidInput:
            continue


def test_a_grid_that_does_not_fit_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_files._core, "available_memory_bytes", lambda: 10_000_000)
    path = workbook(tmp_path / "t.xlsx", Staff=[HEADER, *PEOPLE])
    assert len(read_export(path).frame) == 20
    book = openpyxl.load_workbook(path)
    book["Staff"].cell(20_000, 500, "far away")
    book.save(path)
    assert "are free" in refused(path)


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_files._core, "available_memory_bytes", lambda: 10_000_000)
    path = workbook(tmp_path / "t.xlsx", Staff=[HEADER, *PEOPLE])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/large.bin", b"\0" * 8_000_000)
    assert "are free" in refused(path)


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Staff">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


EMPTY_ROWS = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'


def row(cells: Sequence[str], repeated: str = "") -> str:
    """One row of a sheet of an open document."""
    start = f'<table:table-cell {repeated} office:value-type="string"><text:p>'
    return f"<table:table-row>{''.join(f'{start}{c}</text:p></table:table-cell>' for c in cells)}</table:table-row>"


def open_document(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", ODS.format(rows=rows))
    return path


def test_open_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files._core, "available_memory_bytes", lambda: 10_000_000)
    table = "".join(map(row, [HEADER, *PEOPLE]))
    path = open_document(tmp_path / "t.ods", table + EMPTY_ROWS.format(1_000_000))
    assert read_export(path).frame.to_numpy().tolist() == PEOPLE
    far = table + EMPTY_ROWS.format(200_000) + row(["last"])
    assert "are free" in refused(open_document(tmp_path / "far.ods", far))
    wide = table + row(["wide"], 'table:number-columns-repeated="16000"')
    assert "are free" in refused(open_document(tmp_path / "wide.ods", wide))


def test_a_panic_of_the_library_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object) -> None:
        raise PanicException

    path = workbook(tmp_path / "t.xlsx", Staff=[HEADER, *PEOPLE])
    monkeypatch.setattr(spreadsheets, "_chosen", panic)
    assert "damaged" in refused(path)


@pytest.mark.parametrize("text", ["<html><table><tr><td>Id</td></tr></table></html>", "Id\tName\n1\tAna\n"])
@pytest.mark.parametrize("name", ["t.xls", "t.xlsx"])
def test_text_with_the_name_of_a_spreadsheet_is_told(tmp_path: Path, text: str, name: str) -> None:
    (tmp_path / name).write_text(text)
    assert "rename it to .csv" in refused(tmp_path / name)
