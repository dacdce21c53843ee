"""Where the table lies: titles above, footers below, headers printed again; a person is never taken for a footer."""

from __future__ import annotations

from pathlib import Path

import pytest

from .kit import codes, export, refused, text_of, warning

HEADER = ["Id", "Name", "Team", "Level", "City", "Pay"]


def people(number: int, start: int = 1) -> list[list[str]]:
    return [[f"E{i:04d}", f"Person {i}", "Sales", "B", "Lyon", str(30_000 + i)] for i in range(start, start + number)]


TITLES = [
    [["Notes:"], ["When exporting, some addresses may be missing."], []],
    [["Report: headcount", "", "", "", "", ""], ["As of", "2026-12-31", "", "", "", ""], [], []],
    [["Headcount"]],
    [[], [], ["Headcount 2026"], []],
    [["", "", "Worker", "", "Pay", ""]],
]


@pytest.mark.parametrize("titles", TITLES)
@pytest.mark.parametrize("sep", [",", ";", "\t", "|"])
def test_titles_above_the_header_are_left_out_and_shown(tmp_path: Path, titles: list[list[str]], sep: str) -> None:
    one = export(tmp_path, text_of([*titles, HEADER, *people(9)], delimiter=sep))
    assert list(one.frame) == HEADER
    assert one.frame.index.tolist() == list(range(len(titles) + 2, len(titles) + 11))
    assert one.frame.index.name == "row"
    assert one.reading.header_row == len(titles) + 1
    assert one.reading.sep == sep
    assert warning(one, "title_lines")["count"] == sum(1 for row in titles if row)
    assert f"header in line {len(titles) + 1}" in one.reading.sentence()


FOOTERS = [
    ["Total", "9", "", "", "", ""], ["Summe", "9", "", "", "", "270045"], ["TOTAL :", "", "", "", "", "9"],
    ["Total général", "9"], ["Totaal", "9"], ["Suma total", "9"], ["Somme", "9"], ["Anzahl", "9"],
    ["Ende des Berichts"], ["End of report"], ["Fin du rapport"], ["Fin del informe"], ["Einde rapport"],
    ["9 rows"], ["9 Zeilen"], ["1.202 Mitarbeiter"], ["9 lignes"], ["Confidential"], ["", "", "", "", "", "270045"],
    ["Grand total: 9"],
]  # fmt: skip


@pytest.mark.parametrize("footer", FOOTERS, ids=" ".join)
@pytest.mark.parametrize("blank", [0, 1])
def test_footers_are_left_out_and_shown(tmp_path: Path, footer: list[str], blank: int) -> None:
    one = export(tmp_path, text_of([HEADER, *people(9), *[[]] * blank, footer], delimiter=";"))
    assert len(one.frame) == 9
    assert one.reading.footer_rows == 1
    assert one.frame["Pay"].tolist()[0] == 30_001
    assert f"line {11 + blank}" in warning(one, "footer_rows")["consequence"]
    assert "1 footer row left out" in one.reading.sentence()
    kept = export(tmp_path, text_of([HEADER, *people(9), footer], delimiter=";"), footer_rows=0)
    assert len(kept.frame) == 10


def test_a_block_of_footers(tmp_path: Path) -> None:
    one = export(tmp_path, text_of([HEADER, *people(9), [], ["Total", "9"], ["9 rows"], ["End of report"]]))
    assert (len(one.frame), one.reading.footer_rows) == (9, 3)


PERSONS = [
    ["E0010", "Total", "Sales", "B", "Lyon", "1"],
    ["E0010"],
    ["E0010", "", "", "", "", ""],
    ["Total", "Ana", "Sales", "B", "Lyon", "30000"],
    ["Sum", "Li", "Sales", "B", "Lyon", "30000"],
    ["E0010", "Summe", "", "", "", ""],
    ["X-10-b", "Ana", "Sales", "", "", "30000"],
    ["Media Team", "Ana", "Sales", "B", "", ""],
]


@pytest.mark.parametrize("person", PERSONS, ids=" ".join)
def test_a_person_in_the_last_row_is_kept(tmp_path: Path, person: list[str]) -> None:
    one = export(tmp_path, text_of([HEADER, *people(9), person]))
    assert len(one.frame) == 10
    assert one.reading.footer_rows == 0
    assert one.frame["Id"].iloc[-1] == person[0]


@pytest.mark.parametrize("names", [["Ana Ruiz", "Li Wei", "Jo", "Max von Berg"], ["Sum Li", "Total Recall", "Ada"]])
def test_names_as_ids_are_never_taken_for_a_footer(tmp_path: Path, names: list[str]) -> None:
    rows = [[name, "Sales", "B", "Lyon", "1", "2"] for name in names]
    one = export(tmp_path, text_of([HEADER, *rows, ["Maria del Carmen Lopez y Ruiz"]]))
    assert len(one.frame) == len(names) + 1
    assert warning(one, "looks_like_footer")["count"] == 1


def test_totals_inside_the_table_are_kept_and_told(tmp_path: Path) -> None:
    one = export(tmp_path, text_of([HEADER, *people(4), ["Total", "4"], *people(4, 5)]))
    assert len(one.frame) == 9
    assert "line 6" in warning(one, "looks_like_footer")["consequence"]


@pytest.mark.parametrize("every", [1, 3, 5])
@pytest.mark.parametrize("page", [[], [["Page 1 of 3"]], [["Seite 2/3"]], [[], ["Headcount"]]])
def test_headers_printed_again_are_left_out(tmp_path: Path, every: int, page: list[list[str]]) -> None:
    rows: list[list[str]] = [["Headcount"], HEADER]
    for i, person in enumerate(people(10)):
        rows += [*page, HEADER] if i and i % every == 0 else []
        rows.append(person)
    one = export(tmp_path, text_of(rows, delimiter=";"))
    assert one.frame["Id"].tolist() == [person[0] for person in people(10)]
    assert one.frame["Pay"].tolist() == [30_001 + i for i in range(10)]
    breaks = 9 // every
    assert warning(one, "repeated_headers")["count"] == breaks * (1 + sum(1 for row in page if row))


def test_a_table_without_a_header_is_asked_about(tmp_path: Path) -> None:
    error = refused(tmp_path, text_of(people(9)))
    assert "header_row=" in str(error)
    assert "E0001" in str(error)


def test_names_that_are_numbers_need_to_be_said(tmp_path: Path) -> None:
    text = text_of([["Team", "2024", "2025"], ["Sales", "1", "2"], ["R&D", "3", "4"]])
    assert "header_row=" in str(refused(tmp_path, text))
    assert list(export(tmp_path, text, header_row=1).frame) == ["Team", "2024", "2025"]


@pytest.mark.parametrize("row", [3, 99])
def test_a_header_row_that_is_not_there(tmp_path: Path, row: int) -> None:
    assert f"line {row}" in str(refused(tmp_path, "a,b\n1,2\n", header_row=row))


def test_header_alone(tmp_path: Path) -> None:
    assert "no row under it" in str(refused(tmp_path, "a,b\n"))
    assert "no row under it" in str(refused(tmp_path, "a,b\n\n\n"))


def test_a_narrow_table_and_one_column(tmp_path: Path) -> None:
    assert export(tmp_path, "name,age\nAna,31\nBo,41\n").frame.to_dict("list") == {
        "name": ["Ana", "Bo"],
        "age": [31, 41],
    }
    assert export(tmp_path, "size\n1\n2\n3\n").frame["size"].tolist() == [1, 2, 3]


def test_empty_rows_inside_are_told(tmp_path: Path) -> None:
    one = export(tmp_path, "a,b\n1,x\n\n,\n2,y\n\n\n")
    assert one.frame.index.tolist() == [2, 5]
    assert warning(one, "empty_rows")["count"] == 2
    assert codes(export(tmp_path, "a,b\n1,x\n2,y\n\n\n")) == []
