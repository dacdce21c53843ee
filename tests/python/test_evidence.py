"""The published numbers ship with the package, and are looked up by row."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

import groundswell as gs
from groundswell.evidence import COLUMNS, GRADES, SECTIONS, cited, markdown, unresolved

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "python" / "groundswell" / "evidence.csv"
TABLE = gs.evidence()
ROWS = TABLE.set_index("row")
# Text that users read; results are dated pages, written once.
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "decisions").glob("*.md"))]


def test_the_table_is_whole():
    with DATA.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == COLUMNS == tuple(TABLE.columns)
    assert TABLE["row"].tolist() == [line[0] for line in lines]
    assert TABLE["row"].is_unique
    assert set(TABLE["grade"].str.split("/").explode()) <= set(GRADES)
    assert {re.match(r"A|\d+", row)[0] for row in ROWS.index} == set(SECTIONS)
    found = TABLE[TABLE["grade"] != "none"]
    for column in ("claim", "figure", "population", "source"):
        assert (found[column].str.len() > 0).all(), column
    assert ROWS.loc[ROWS["grade"] == "none", "figure"].eq("not found").all()


def test_rows_are_looked_up_by_number():
    assert gs.evidence("4.22").equals(gs.evidence(["4.22"]))
    assert gs.evidence(["A10", "2.8"])["row"].tolist() == ["A10", "2.8"]
    assert gs.evidence(["4.22"])["grade"].item() == "B/D"
    assert gs.evidence([]).columns.tolist() == list(COLUMNS)
    with pytest.raises(gs.UnknownName, match=r"^rows: '4\.222' is no row .*; nearest valid name: 4\.22$"):
        gs.evidence(["2.8", "4.222"])
    with pytest.raises(gs.UnknownName, match=r"rows: 2\.8 is no row of the evidence \(text, as '4\.22'\)"):
        gs.evidence(2.8)


@pytest.mark.parametrize("source", ["", "4.22", "[4.22] (sign)", "[4.22], [2.8]", "assumed", "prototypes, assumption"])
def test_a_source_that_breaks_the_rule_is_found(source):
    assert "begins neither with" in unresolved(source)


def test_a_row_that_is_not_there_is_found():
    assert unresolved("[4.22]: sign; assumption: size, unlike [9.99]") == "no row 9.99 in the evidence"


def test_rows_within_the_table_resolve():
    assert {row for text in TABLE.to_numpy().ravel() for row in cited(text)} <= set(ROWS.index)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_row_that_a_document_cites_is_there(path):
    assert set(cited(path.read_text(encoding="utf-8"))) <= set(ROWS.index)


def test_the_data_are_in_the_wheel():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["scikit-build"]
    assert settings["wheel"]["packages"] == ["python/groundswell"]  # all of it that git does not ignore
    assert "exclude" not in settings["wheel"]
    assert not any(DATA.match(pattern.rstrip("/")) for pattern in (ROOT / ".gitignore").read_text().splitlines())


def test_the_page_is_current():
    text = (ROOT / "docs" / "EVIDENCE.md").read_text(encoding="utf-8")
    assert text == markdown(), "run: python -m groundswell.scenario docs"
    assert all(f'<a id="{row}"></a>' in text for row in ROWS.index)
