"""Any printable text that a user has named comes back from every file as it was, and stands everywhere as it is."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from inspect import getmembers, isclass, signature
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from rich.console import Console
from typer.testing import CliRunner

import groundswell as gs
from groundswell.cli.app import app
from groundswell.common.text import NO_MATH
from groundswell.output.console import contest_table
from groundswell.output.csv import csv_text, unguarded
from groundswell.output.folder import PICTURES

NASTY = (
    "[/x]", "$a$b$", "<i>x</i> & co", "_x", "_x0041_", "=1+1", "'=1+1", "-1", "007", "1e5", "NA", "None", "true",
    r"100 % \alpha^{2}", "a,b;\"c\" 'd'", ":smile: #tag", "{x}: [y]", "long " * 39 + "label", "مرحبا שלום", "🙂👩‍🚀é",
)  # fmt: skip
SMALL = {"worlds": 1, "replicates": 1, "threads": 1, "progress": False}
PRINTABLE = tuple(text for text in NASTY if text.isprintable())

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=25).filter(str.isprintable).map(str.strip).filter(bool)


def study(text: str) -> gs.Contest:
    """A comparison in which everything that can be named is called `text`: design, column, departments, region, id."""
    table = pd.DataFrame({"key": [text, *(f"E{i}" for i in range(11))], text: [text] * 6 + ["Other"] * 6})
    table["place"] = [text] * 7 + ["Elsewhere"] * 5
    company = gs.Company.from_frames(table, columns={"id": "key", "department": text, "region": "place"})
    small = {"audience.person_degree_mean": 5, "audience.smallest_company": 20, "warm_up_weeks": 0}
    base = gs.Scenario(company, "2027-01-04", weeks=4).replace(small).replace(label="Plain base")
    program = gs.Program(advocates=gs.ActiveAdvocates(names=[text, "E1"]), posts_per_week=3)
    return gs.compare([base.replace(label=text, program=program)], baseline=base, **SMALL)


def with_examples(test: Any) -> Any:
    for text in PRINTABLE:
        test = example(text)(test)
    return test


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("text")


@pytest.mark.filterwarnings("ignore:Glyph")
@with_examples
@given(names)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_comes_back_from_every_file(folder: Path, text: str) -> None:
    assume(text.casefold() not in ("key", "place", "other", "elsewhere", "plain base") and text not in ("E1",))
    made = study(text)
    again = gs.load(made.save(folder / "a.gsw"), key=gs.own_key())
    assert isinstance(again, gs.Contest)
    for contest in (made, again):
        result = contest.results[text]
        company = result.scenario.company
        assert contest.labels == ["Plain base", text]
        assert text in company.ids
        assert text in set(result.people()["key"])
        assert text in company.columns["source_column"].tolist()
        assert text in set(contest.frame("posts", by="department")["department"])
        assert set(company.columns.set_index("field").loc[["department", "region"], "given"]) == {12}
        assert result.scenario.program.advocates.names == (text, "E1")
    in_workbook(made.to_excel(folder / "a.xlsx"), text)
    for path in made.to_csv(folder):
        assert text in texts(path.read_bytes(), "label"), path.name
    assert text in texts(csv_text(made.frame("posts", by="department")).encode(), "department")
    assert text in texts(csv_text(made.results[text].people()).encode(), "key")
    assert gs.Scenario.from_yaml(made.results[text].scenario.to_yaml(), company=company_of(made)).label == text


def company_of(contest: gs.Contest) -> gs.Company:
    return contest.results[contest.baseline].scenario.company


def texts(content: bytes, column: str) -> set[str]:
    """A column as docs/MEASURES.md says that it is read: as text, nothing missing, one quote less."""
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return set(map(unguarded, table[column]))


def in_workbook(path: Path, text: str) -> None:
    sheets = pd.read_excel(path, sheet_name=None, header=None, dtype=object, keep_default_na=False, engine="calamine")
    for sheet in ("Decision", "Summary", "Monthly", "Differences", "Departments", "Inputs", "Imputed", "Manifest"):
        cells = [cell for row in sheets[sheet].to_numpy().tolist() for cell in row]
        assert text in cells, sheet
