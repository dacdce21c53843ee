"""Text files: any printable table in any dialect and encoding reads back equal; bytes and quotes are held to."""

from __future__ import annotations

import gzip
import string
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundswell.exports import read_export

from .kit import export, refused, text_of, warning

HEADER = ["Matricule", "Direction", "Site"]
FRENCH = [
    [f"{i:06d}", name, "Orléans"] for i, name in enumerate(["Ingénierie", "Opérations", "À distance", "Ventes"] * 9)
]
FAST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252",
                                      "latin-1", "mac_roman", "cp850"])  # fmt: skip
@pytest.mark.parametrize("sep", [";", ",", "\t"])
def test_encodings_are_found(tmp_path: Path, encoding: str, sep: str) -> None:
    one = export(tmp_path, text_of([HEADER, *FRENCH], delimiter=sep).encode(encoding))
    assert one.frame.to_numpy().tolist() == FRENCH
    if not encoding.startswith("utf"):
        assert "Ingénierie" in warning(one, "encoding_found")["examples"]
        assert one.reading.encoding == {"latin-1": "cp1252"}.get(encoding, encoding)


@pytest.mark.parametrize(("encoding", "words"), [
    ("cp1250", ["Łódź", "Kraków", "Dział sprzedaży", "Księgowość"]), ("cp1251", ["Продажи", "Бухгалтерия", "Москва"]),
    ("cp1253", ["Πωλήσεις", "Αθήνα", "Λογιστήριο"]), ("shift_jis", ["営業部", "経理", "東京"]),
    ("gb18030", ["销售部门", "财务部", "北京市"]),
])  # fmt: skip
def test_encodings_beyond_western_europe_are_found_or_set(tmp_path: Path, encoding: str, words: list[str]) -> None:
    rows = [[f"E{i}", word] for i, word in enumerate(words * 12)]
    data = text_of([["id", "team"], *rows]).encode(encoding)
    assert export(tmp_path, data, encoding=encoding).frame["team"].tolist() == words * 12
    assert "encoding=" in warning(export(tmp_path, data), "encoding_found")["consequence"]


def test_bytes_that_are_not_of_the_encoding_are_refused_with_their_line(tmp_path: Path) -> None:
    data = text_of([HEADER, *FRENCH]).encode("cp1252")
    assert "line 2 " in str(refused(tmp_path, data, encoding="utf-8"))
    assert "utf-16" in str(refused(tmp_path, b"a,b\n1,2\n1", encoding="utf-16"))


@pytest.mark.parametrize("sep", [",", ";", "\t", "|"])
@pytest.mark.parametrize("cell", ["1,5", "a, b", "a; b", "x|y"])
def test_the_separator_is_found_among_others_in_cells(tmp_path: Path, sep: str, cell: str) -> None:
    rows = [[f"E{i}", cell, cell] for i in range(20)]
    one = export(tmp_path, text_of([["id", "a", "b"], *rows], delimiter=sep))
    assert one.reading.sep == sep
    assert list(one.frame) == ["id", "a", "b"]


def test_a_first_line_that_says_the_separator(tmp_path: Path) -> None:
    one = export(tmp_path, "sep=;\nid;a\nx;1,5\ny;2,5\n")
    assert (one.reading.sep, one.reading.header_row, one.frame["a"].tolist()) == (";", 2, [1.5, 2.5])


@pytest.mark.parametrize(
    "text", ['id,a\nx,"1\ny,2\nz,3\n', 'id,a\nx,"b"c\ny,2\n', 'id,a\nx,1\ny,"' + "b" * 200_000 + '"\n']
)
def test_quotes_that_do_not_close_are_refused_with_their_line(tmp_path: Path, text: str) -> None:
    assert "line 2" in str(refused(tmp_path, text, sep=",")) or "line 3" in str(refused(tmp_path, text, sep=","))


def test_packed_files(tmp_path: Path) -> None:
    data = gzip.compress(text_of([HEADER, *FRENCH]).encode())
    assert export(tmp_path, data, "t.csv.gz").frame.to_numpy().tolist() == FRENCH
    assert "gzip" in str(refused(tmp_path, data[:-20], "t.csv.gz"))
    assert "gzip" in str(refused(tmp_path, b"a,b\n1,2\n", "t.csv.gz"))


@pytest.mark.parametrize("name", ["t.csv", "t.CSV", "t.tsv", "t.txt"])
def test_the_name_does_not_decide_the_separator(tmp_path: Path, name: str) -> None:
    assert export(tmp_path, "id;a\nx;1\ny;2\n", name).frame["a"].tolist() == [1, 2]


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=12)
LATIN = st.text(string.ascii_letters + string.digits + "éèàçüöß€ñ .,;'\"|$%&()<>[]{}#@!?*+-_=/\\^~", max_size=12)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> list[list[str]]:
    """Text in which every column has a word, so that it stays text, and every row an id."""
    width, height = draw(st.integers(2, 5)), draw(st.integers(2, 6))
    names = draw(st.lists(cells.map(str.strip).filter(bool), min_size=width, max_size=width, unique=True))
    first = [["id", *names], ["word"] * (width + 1)]
    return [*first, *([f"E{i}", *draw(st.lists(cells, min_size=width, max_size=width))] for i in range(height))]


def expected(rows: list[list[str]]) -> list[list[str | None]]:
    return [[cell if cell.strip() else None for cell in row] for row in rows[1:]]


def read_back(folder: Path, rows: list[list[str]], data: bytes, **options: Any) -> None:
    (folder / "t.csv").write_bytes(data)
    one = read_export(folder / "t.csv", **options)
    assert list(one.frame) == rows[0]
    found = [[None if pd.isna(cell) else cell for cell in row] for row in one.frame.to_numpy(dtype=object).tolist()]
    assert found == expected(rows)


@FAST
@given(
    rows=tables(PRINTABLE),
    sep=st.sampled_from(",;\t|:^~ "),
    line=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"]),
    quoting=st.sampled_from([0, 1]),
)
def test_any_printable_table_reads_back_with_its_options(
    tmp_path: Path, rows: list[list[str]], sep: str, line: str, encoding: str, quoting: int
) -> None:
    data = text_of(rows, delimiter=sep, lineterminator=line, quoting=quoting).encode(encoding)
    read_back(tmp_path, rows, data, sep=sep, encoding=encoding, header_row=1, footer_rows=0)


@FAST
@given(rows=tables(LATIN), encoding=st.sampled_from(["cp1252", "utf-8"]), sep=st.sampled_from(",;\t|"))
def test_any_western_table_reads_back_with_its_options(
    tmp_path: Path, rows: list[list[str]], encoding: str, sep: str
) -> None:
    data = text_of(rows, delimiter=sep, quoting=1).encode(encoding)
    read_back(tmp_path, rows, data, sep=sep, encoding=encoding, header_row=1, footer_rows=0)


WORDS = st.sampled_from(["Sales", "R&D, west", "Zoë", "NA", "a;b", "x | y", 'Ana "Nan" Li', "1,5", "12", "", "O'Neil"])


@FAST
@given(
    body=st.lists(st.lists(WORDS, min_size=4, max_size=4), min_size=4, max_size=20),
    sep=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    titles=st.integers(0, 3),
    foot=st.booleans(),
)
def test_tables_read_back_without_any_option(
    tmp_path: Path, body: list[list[str]], sep: str, encoding: str, titles: int, foot: bool
) -> None:
    rows = [["Employee Id", "a", "b", "c", "d"], ["E-00", "w", "w", "w", "w"]]
    rows += [[f"E-{i + 1:02d}", *cells] for i, cells in enumerate(body)]
    lines = [["Report"]] * titles + rows + ([["Total", str(len(body))]] if foot else [])
    data = text_of(lines, delimiter=sep).encode(encoding)
    read_back(tmp_path, rows, data)
