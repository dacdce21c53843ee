"""The workbook: its sheets, real dates and numbers, no formula, clear errors."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import groundswell as gs
from groundswell.decide.contest import Contest, make_contest
from groundswell.decide.headline import blocks
from groundswell.decide.varied import FailedCell
from groundswell.errors import InvalidInput
from groundswell.output import sheets
from groundswell.results.results import Results

Values = np.ndarray[Any, Any]


@pytest.fixture
def contest(hand_made: Callable[..., Results], random_values: Callable[..., Values]) -> Contest:
    results = [hand_made(label, random_values(i)) for i, label in enumerate(("None", "=1+1"))]
    return make_contest(results, baseline_given=True)


@pytest.fixture
def book(contest: Contest, tmp_path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(contest.to_excel(tmp_path / "advocacy.xlsx"))


def column(sheet: Any, name: str) -> list[Any]:
    rows = list(sheet.iter_rows(values_only=True))
    return [row[rows[0].index(name)] for row in rows[1:]]


def test_sheets(book: openpyxl.Workbook) -> None:
    wanted = "Read me, Decision, Charts, Summary, Monthly, Added, Differences, Definitions, Inputs, Imputed, Manifest"
    assert ", ".join(book.sheetnames) == wanted


def test_numbers_are_the_tables_numbers(book: openpyxl.Workbook, contest: Contest) -> None:
    table = contest.table()
    assert column(book["Differences"], "difference") == pytest.approx(table["difference"].tolist())
    assert column(book["Summary"], "mean")[0] == pytest.approx(contest.results["None"].summary()["mean"].iloc[0])
    assert all(isinstance(value, int | float) for value in column(book["Differences"], "mean"))


def test_dates_are_dates(book: openpyxl.Workbook) -> None:
    dates = column(book["Monthly"], "date")
    assert all(isinstance(value, datetime) for value in dates)
    assert dates[0] == datetime(2027, 1, 1)


def test_no_label_becomes_a_formula(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_decision_is_in_numbers(book: openpyxl.Workbook, contest: Contest) -> None:
    rows = list(book["Decision"].iter_rows(min_row=5, values_only=True))
    reach = [row for row in rows if row[0] == "unique_reach"]
    shown = next(block.rows for block in blocks(contest) if "unique_reach" in set(block.rows["measure"].astype(str)))
    table = shown[shown["measure"] == "unique_reach"]
    assert [row[3] for row in reach] == pytest.approx(table["mean"].tolist())
    assert reach[0][6] is None
    assert reach[1][6:9] == pytest.approx(table[["difference", "joint_ci_lower", "joint_ci_upper"]].iloc[1])


def test_undefined_is_empty(book: openpyxl.Workbook) -> None:
    gains = column(book["Differences"], "pairing_gain")
    assert gains[0] is None  # the baseline against itself
    assert isinstance(gains[1], float)


def test_inputs_have_a_column_for_each_design(book: openpyxl.Workbook) -> None:
    assert column(book["Inputs"], "None") == [4.0]
    assert column(book["Inputs"], "path") == ["program.posts_per_week"]


def test_imputed_lists_fields_and_no_unmapped_column(book: openpyxl.Workbook) -> None:
    assert column(book["Imputed"], "field") == ["id", "region"]
    assert column(book["Imputed"], "missing") == [0, 3]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "Salary"]


def test_manifest_has_what_a_rerun_needs(book: openpyxl.Workbook) -> None:
    entries = dict(zip(column(book["Manifest"], "entry"), column(book["Manifest"], "None"), strict=True))
    assert entries == {
        "seed": 1, "worlds": 6, "replicates": 4, "groundswell": "0", "core": "0", "runs finished": 24, "min_group": 5,
        "scenario, line 1": "label: None", "scenario, line 2": "posts_per_week: 4.0",
    }  # fmt: skip


def test_a_column_of_the_manifest_is_a_scenario_file(
    hand_made: Callable[..., Results], random_values: Callable[..., Values], tmp_path: Path
) -> None:
    """Also where a design is called as the first column is, and has more lines than the baseline."""
    one, other = (hand_made(label, random_values(i)) for i, label in enumerate(("None", "entry")))
    longer = {**other.manifest, "scenario": "label: entry\nweeks: 4\nprogram: null\n"}
    contest = make_contest([one, replace(other, manifest=longer)], baseline_given=True)
    rows = list(openpyxl.load_workbook(contest.to_excel(tmp_path / "a.xlsx"))["Manifest"].iter_rows(values_only=True))
    assert rows[0] == ("entry", "None", "entry")
    assert [row[2] for row in rows if row[0].startswith("scenario, line ")] == longer["scenario"].splitlines()
    assert [row[1] for row in rows if row[0].startswith("scenario, line ")] == [
        *str(one.manifest["scenario"]).splitlines(), None
    ]  # fmt: skip


def test_a_workbook_of_a_real_run(tmp_path: Path) -> None:
    """Real scenarios and company: dates are dates, numbers numbers, ids and unmapped columns nowhere."""
    ids = [f"E-{n}" for n in range(1001, 1041)]
    hr = pd.DataFrame({"Id": ids, "Level": [1, 2] * 20, "Salary": 1234567})
    company = gs.Company.from_frames(hr, columns={"id": "Id", "seniority": gs.ranked("Level")})
    base = gs.Scenario(company, start="2027-01-04", weeks=9, warm_up_weeks=1, follow_up_weeks=0, label="None")
    named = gs.Program(advocates=gs.ActiveAdvocates(names=ids[:5]))
    designs = [base.replace(label="Named", program=named)]
    contest = gs.compare(designs, baseline=base, worlds=2, replicates=2, threads=1, progress=False)
    book = openpyxl.load_workbook(contest.to_excel(tmp_path / "real.xlsx"))
    assert book.sheetnames == [
        "Read me", "Decision", "Charts", "Summary", "Monthly", "Added", "Differences", "Costs", "Definitions",
        "Inputs", "Imputed", "Manifest",
    ]  # fmt: skip
    texts = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "E-1001" not in texts
    assert "Salary" not in texts
    assert "1234567" not in texts
    assert set(column(book["Monthly"], "date")) == {datetime(2027, month, 1) for month in (1, 2, 3)}
    for sheet, name in (("Summary", "mean"), ("Monthly", "mean"), ("Differences", "difference"), ("Imputed", "given")):
        values = column(book[sheet], name)
        assert all(value is None or isinstance(value, int | float) for value in values)  # None: a ratio of nothing
        assert sum(value is None for value in values) < len(values) / 4
    readme = [tuple(row[:2]) for row in book["Read me"].iter_rows(values_only=True)]
    assert not [row for row in readme if row[0] == "Not run"]
    frame = contest.frame("impressions", by="month")
    rows = [row for row in book["Monthly"].iter_rows(min_row=2, values_only=True) if "impressions" in row]
    place = [cell.value for cell in book["Monthly"][1]].index("mean")
    assert [row[place] for row in rows] == frame["mean"].tolist()


def test_cells_that_were_not_run_are_named(contest: Contest, tmp_path: Path) -> None:
    failed = replace(contest, failed=(FailedCell("posts = -1", {}, "must be 0 or more"),))
    book = openpyxl.load_workbook(failed.to_excel(tmp_path / "failed.xlsx"))
    rows = list(book["Read me"].iter_rows(values_only=True))
    assert ("Not run", "posts = -1") in rows
    assert any(name == "Warning" and "cell_not_run" in str(text) for name, text in rows)


def test_decision_and_limits_are_there(book: openpyxl.Workbook, contest: Contest) -> None:
    assert book["Decision"]["A1"].value == contest.sentence()
    texts = [str(row[1]) for row in book["Read me"].iter_rows(values_only=True)]
    assert any("No experiment links employee advocacy" in text for text in texts)
    assert any("What happens after the first viewer" in text for text in texts)


def test_definitions_and_charts(book: openpyxl.Workbook, contest: Contest) -> None:
    known = contest.of("impressions_added")["None"].recording.measures
    assert "impressions_added" in known
    assert column(book["Definitions"], "definition") == [one.definition or None for one in known.values()]
    assert "nothing: a person counts once in every cell" in column(book["Definitions"], "may_be_summed_over")
    lines, bars = book["Charts"]._charts
    assert len(lines.series) == 2
    assert bars.series[0].errBars.plus.numRef.f == "'Charts'!$C$8:$C$8"
    rows = [row for row in book["Charts"].iter_rows(values_only=True) if row[0] == "=1+1"]
    table = contest.table(measures="unique_reach").iloc[1]
    assert rows[0][1] == table["difference"]
    assert rows[0][2] == pytest.approx(table["difference_ci_upper"] - table["difference"])
    reach = [row[1] for row in book["Charts"].iter_rows(3, 4, values_only=True)]
    assert reach == contest.results["None"].weekly("unique_reach_to_date").iloc[:, 0].tolist()


def test_shares_are_percent(book: openpyxl.Workbook) -> None:
    for row in book["Summary"].iter_rows(min_row=2):
        is_share = row[3].value in sheets.PERCENT_UNITS
        assert (row[4].number_format == "0.00%") == (is_share and row[4].value is not None)
    shares = [value for value in column(book["Summary"], "unit") if value in sheets.PERCENT_UNITS]
    assert shares


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\t"), min_size=1, max_size=200))
@example("=1+1")
@example("_x0041_")
@example("bell \x07")
@example("1" * 17)
@settings(deadline=None, max_examples=50)
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    book, buffer = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheets.Sheet(book, "One", [10]).row([text, int(1e16) + 1])
    book.save(buffer)
    sheet = openpyxl.load_workbook(buffer)["One"]
    escaped = sheets.FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    shown = sheet["A1"].value.replace("_x005F_x", "_x")  # as a spreadsheet reads it; openpyxl leaves it
    assert (shown, sheet["A1"].data_type) == (escaped, "s")
    assert sheet["B1"].value == "10000000000000001"


def test_a_folder_that_is_not_there(contest: Contest, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere/advocacy.xlsx' cannot be written: No such file or directory"):
        contest.to_excel(tmp_path / "nowhere" / "advocacy.xlsx")
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="cannot be written: Not a directory"):
        contest.to_excel(tmp_path / "file" / "advocacy.xlsx")
    with pytest.raises(InvalidInput, match=r"must end in \.xlsx"):
        contest.to_excel(tmp_path / "advocacy.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_single_result_has_its_own_workbook(contest: Contest, tmp_path: Path) -> None:
    result = contest.results["None"]
    book = openpyxl.load_workbook(result.to_excel(tmp_path / "one.xlsx"))
    assert book.sheetnames == [
        "Read me", "Charts", "Summary", "Monthly", "Definitions", "Inputs", "Imputed", "Manifest",
    ]  # fmt: skip
    assert column(book["Summary"], "mean") == pytest.approx(result.summary()["mean"].tolist(), nan_ok=True)
    assert all(isinstance(value, datetime) for value in column(book["Monthly"], "date"))
    assert "Differences" not in [row[0] for row in book["Read me"].iter_rows(values_only=True)]


def with_units(units: list[str | None], program: gs.Program | None = None, worlds: int = 2) -> Results:
    hr = pd.DataFrame({"id": range(len(units)), "unit": units})
    company = gs.Company.from_frames(hr, columns={"id": "id", "department": "unit"})
    scenario = gs.Scenario(company, "2027-01-04", weeks=4, warm_up_weeks=0, follow_up_weeks=0, program=program)
    return gs.simulate(scenario, worlds=worlds, replicates=2, progress=False)


PROGRAM = gs.Program(advocates=gs.ActiveAdvocates(size=20), posts_per_week=3)


def test_departments_are_sums_over_their_people(tmp_path: Path) -> None:
    result = with_units(["Lab"] * 12 + ["Plant"] * 8, PROGRAM, worlds=5)
    sheet = openpyxl.load_workbook(result.to_excel(tmp_path / "d.xlsx"))["Departments"]
    rows = [dict(zip((c.value for c in sheet[1]), row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    found = {(row["department"], row["measure"]): row for row in rows}
    people = result.people(rank_by=None)
    for unit, size in (("Lab", 12), ("Plant", 8)):
        row = found[unit, "impressions"]
        assert row["employees"] == size
        assert row["mean"] == pytest.approx(people.loc[people["department"] == unit, "impressions_mean"].sum())
        assert row["mean_ci_lower"] < row["mean"] < row["mean_ci_upper"]
        assert not row["note"]
    of_employees = result.frame("impressions", by="source").set_index("source")["mean"].drop("page").sum()
    assert sum(row["mean"] for key, row in found.items() if key[1] == "impressions") == pytest.approx(of_employees)


@pytest.mark.parametrize(
    ("units", "min_group", "shown"),
    [
        (["Lab"] * 9 + ["Legal"] * 4 + ["Plant"] * 7, 5, {"Lab": 9, "suppressed (2 departments)": 11}),
        (["Lab"] * 9 + ["Legal"] * 4 + ["Plant"] * 7, 4, {"Lab": 9, "Legal": 4, "Plant": 7}),
        (["Lab"] * 9 + ["Legal"] * 4 + ["Plant"] * 2, 5, {"Lab": 9, "suppressed (2 departments)": 6}),
        (["Lab"] * 9 + [None] * 2 + ["Plant"] * 7, 5, {"Lab": 9, "suppressed (2 departments)": 9}),
        (["Lab"] * 2 + ["Legal"] * 1, 5, {"suppressed (2 departments)": None}),
    ],
)
def test_small_departments_are_joined_and_marked(
    units: list[str | None], min_group: int, shown: dict[str, int | None], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(with_units(units).to_excel(tmp_path / "d.xlsx", min_group=min_group))
    sheet = book["Departments"]
    assert dict(zip(column(sheet, "department"), column(sheet, "employees"), strict=True)) == shown
    for name, size, mean, note in zip(
        *(column(sheet, name) for name in ("department", "employees", "mean", "note")), strict=True
    ):
        assert (mean is None) == (size is None)
        assert bool(note) == name.startswith("suppressed")
    entries = [row[:2] for row in book["Manifest"].iter_rows(values_only=True)]
    assert ("min_group", min_group) in entries
    texts = " ".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)
    assert ("Legal" in texts) == ("Legal" in shown)
    with pytest.raises(InvalidInput, match="min_group = 0"):
        with_units(units).to_excel(tmp_path / "no.xlsx", min_group=0)
    assert not (tmp_path / "no.xlsx").exists()


def test_there_are_no_departments_where_nothing_was_recorded_by_person(tmp_path: Path) -> None:
    result = with_units(["Lab"] * 12)
    scenario = result.scenario
    book = gs.simulate(scenario, worlds=1, replicates=1, people="aggregate").to_excel(tmp_path / "a.xlsx")
    assert "Departments" not in openpyxl.load_workbook(book).sheetnames
