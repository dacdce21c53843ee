"""Any printable text that a user has named comes back from every file as it was, and stands everywhere as it is."""

from __future__ import annotations

import importlib
import io
import json
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
from matplotlib.text import Text
from rich.console import Console
from typer.testing import CliRunner

import groundswell as gs
from groundswell.cli.app import app
from groundswell.common.text import NO_MATH
from groundswell.decide.contest import make_contest
from groundswell.output.console import contest_table
from groundswell.output.csv import csv_text, unguarded
from groundswell.output.folder import PICTURES

NASTY = (
    "[/x]", "$a$b$", "<i>x</i> & co", "_x", "_x0041_", "=1+1", "'=1+1", "-1", "007", "1e5", "NA", "None", "true",
    r"100 % \alpha^{2}", "a,b;\"c\" 'd'", ":smile: #tag", "{x}: [y]", "long " * 39 + "label", "مرحبا שלום", "🙂👩‍🚀é",
)  # fmt: skip
SMALL = {"worlds": 1, "replicates": 1, "threads": 1, "progress": False}
PRINTABLE = tuple(text for text in NASTY if text.isprintable())

names = (
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=25).filter(str.isprintable).map(str.strip).filter(bool)
)


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
    """A column as docs/FILES.md says that it is read: as text, nothing missing, one quote less."""
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return set(map(unguarded, table[column]))


def in_workbook(path: Path, text: str) -> None:
    sheets = pd.read_excel(path, sheet_name=None, header=None, dtype=object, keep_default_na=False, engine="calamine")
    for sheet in ("Decision", "Summary", "Monthly", "Differences", "Departments", "Inputs", "Imputed", "Manifest"):
        cells = [cell for row in sheets[sheet].to_numpy().tolist() for cell in row]
        assert text in cells, sheet


@cache
def many() -> gs.Contest:
    """One comparison with a design of each name; company, department and column are called by them too."""
    table = pd.DataFrame({"key": [f"E{i}" for i in range(38)], "[/dept] $a$": list(PRINTABLE) * 2})
    table["$not$ <i>used</i>"] = 1
    company = gs.Company.from_frames(
        table, columns={"id": "key", "department": "[/dept] $a$"}, name="[b]$A$ <i>Inc</i>"
    )
    small = {"audience.person_degree_mean": 5, "audience.smallest_company": 20, "warm_up_weeks": 0}
    base = gs.Scenario(company, "2027-01-04", weeks=4).replace(small).replace(label="Base")
    program = gs.Program(advocates=gs.ActiveAdvocates(size=3), posts_per_week=2)
    return gs.compare([base.replace(label=text, program=program) for text in PRINTABLE], baseline=base, **SMALL)


@pytest.mark.filterwarnings("ignore:Glyph")
@given(st.lists(names, min_size=2, max_size=2, unique=True))
@settings(max_examples=4, deadline=None)
def test_every_picture_has_any_text_as_it_is(labels: list[str]) -> None:
    assume("Base" not in labels)
    made = many()
    base, *others = made.results.values()
    renamed = [
        gs.simulate(one.scenario.replace(label=label), **SMALL) for one, label in zip(others, labels, strict=False)
    ]
    contest = make_contest([base, *renamed], baseline_given=True)
    figure = Figure(figsize=(9, 4.6))
    for name in PICTURES:
        figure.clear()
        draw = getattr(contest.plot, name)
        draw(**({"figure": figure} if "figure" in signature(draw).parameters else {"ax": figure.add_subplot()}))
        figure.canvas.draw()
        shown = [squeezed(text.get_text()) for text in figure.findobj(Text)]
        missing = [label for label in labels if not any(squeezed(label) in text for text in shown)]
        assert not missing, name


def squeezed(text: str) -> str:
    """Without spaces, where a long text may be broken into lines."""
    return "".join(text.split())


def test_a_table_in_a_terminal_has_every_label() -> None:
    console = Console(file=io.StringIO(), width=20_000)
    console.print(contest_table(many()))
    printed = console.file.getvalue()
    assert [text for text in PRINTABLE if text not in printed] == []


@pytest.fixture
def designs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A scenario file of each name, which invites the department of that name; in a very wide terminal."""
    monkeypatch.setenv("COLUMNS", "20000")
    table = pd.DataFrame({"key": [f"E{i}" for i in range(38)], "dept": list(PRINTABLE) * 2})
    table.to_csv(tmp_path / "hr.csv", index=False)
    for number, text in enumerate(PRINTABLE):
        content = {"groundswell_scenario": 1, "label": text, "start": "2027-01-04", "weeks": 4, "warm_up_weeks": 0}
        content |= {"company": {"export": "hr.csv", "columns": {"id": "key", "department": "dept"}}}
        content |= {"audience": {"person_degree_mean": 5, "smallest_company": 20}}
        content |= {"program": {"select": {"departments": [text], "order": "readiness", "size": 2}}}
        (tmp_path / f"{number:02}.yaml").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return sorted(map(str, tmp_path.glob("*.yaml")))


def called(*words: str, code: int = 0) -> str:
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == code, ran.output
    return ran.output


def test_what_commands_print_is_as_it_is(designs: list[str]) -> None:
    few = ("--worlds", "1", "--replicates", "1")
    compared = called("compare", *designs, *few)
    assert [text for text in PRINTABLE if text not in compared] == []
    called("estimate", *designs)
    for number in (0, NASTY.index(":smile: #tag")):
        text, path = NASTY[number], designs[number]
        assert text in called("run", path, *few)
        called("parameters", path)
        called("select", path)
        wrong = called("run", path, "--set", "program.select.departments=[':smile: [/x] [b]']", code=1)
        assert ":smile: [/x] [b]" in wrong


def shown_in_notebooks() -> dict[str, tuple[Any, tuple[str, ...]]]:
    """A value of every class that has a form for notebooks, and what must stand in it."""
    made = many()
    result = made.results[NASTY[0]]
    company, scenario = result.scenario.company, result.scenario
    odd = pd.DataFrame({"id": ["a", "b"], **{f"{text} department": ["x", "y"] for text in PRINTABLE}})
    periods = gs.compare_periods(result, made.results[NASTY[1]])
    values = {
        type(made): (made, PRINTABLE),
        type(result): (result, (NASTY[0],)),
        type(company): (company, ("[/dept] $a$", "[b]$A$ <i>Inc</i>", "$not$ <i>used</i>")),
        type(scenario): (scenario, (NASTY[0],)),
        type(result.explain("posts")): (result.explain("posts"), (NASTY[0],)),
        type(periods): (periods, ()),
        type(gs.Company.suggest_columns(odd)): (gs.Company.suggest_columns(odd), ("$a$b$ department",)),
        gs.Spread: (named_spread(), ("$weight$ of <i>ties</i>",)),
    }
    return {kind.__qualname__: value for kind, value in values.items()}


def named_spread() -> gs.Spread:
    """The spread over a table whose chances stand in a column with a name of the user's."""
    ties = pd.DataFrame({"source": ["$a$"], "target": ["<i>b</i>"], "$weight$ of <i>ties</i>": [0.5]})
    return gs.spread(ties, ["$a$"], p="$weight$ of <i>ties</i>", cascades=20)


def classes_for_notebooks() -> Iterator[str]:
    for module in pkgutil.walk_packages(gs.__path__, "groundswell."):
        if module.name.endswith("__main__"):
            continue
        for _, found in getmembers(importlib.import_module(module.name), isclass):
            if found.__module__ == module.name and "_repr_html_" in vars(found):
                yield found.__qualname__


def test_every_form_for_notebooks_has_text_as_it_is() -> None:
    values = shown_in_notebooks()
    assert set(values) == set(classes_for_notebooks())
    for name, (value, wanted) in values.items():
        html = value._repr_html_()
        plain = unescape(re.sub("<[^>]*>", "", html))
        assert [text for text in wanted if text not in plain] == [], name
        assert "<i>" not in html, name
        assert "$" not in re.sub(rf"<(table|p|div) {NO_MATH}>.*?</\1>|<pre>.*?</pre>", "", html, flags=re.DOTALL), name
