"""`frame(by="department")`: the workbook's numbers, sums over people, and errors as for other grains."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.errors import InvalidInput, NotRecorded, UnknownName

UNITS = ["Lab"] * 12 + ["Plant"] * 8 + ["Legal"] * 2 + [None] * 2
DATES: dict[str, Any] = {"weeks": 4, "warm_up_weeks": 1, "follow_up_weeks": 1}
PROGRAM = gs.Program(advocates=gs.ActiveAdvocates(size=20), posts_per_week=3)


def run(worlds: int = 5, program: gs.Program | None = PROGRAM, **options: Any) -> gs.Results:
    hr = pd.DataFrame({"id": range(len(UNITS)), "unit": UNITS})
    company = gs.Company.from_frames(hr, columns={"id": "id", "department": "unit"})
    scenario = gs.Scenario(company, "2027-01-04", program=program, **DATES)
    return gs.simulate(scenario, worlds=worlds, replicates=2, progress=False, **options)


@pytest.fixture(scope="module")
def result() -> gs.Results:
    return run()


def test_the_numbers_are_those_of_the_workbook(result: gs.Results, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(result.to_excel(tmp_path / "d.xlsx"))["Departments"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    frame = result.frame(by="department")
    assert len(frame) == len(rows) == 2 * len(_core.author_measures())
    mine = {(row["department"], row["measure"]): row for row in frame.to_dict("records")}
    for row in rows:
        found = mine[row["department"], row["measure"]]
        for name in ("employees", "mean", "mean_ci_lower", "mean_ci_upper"):
            assert found[name] == pytest.approx(row[name]), (row, name)


def test_departments_add_up_to_all_employees_and_are_as_other_frames(result: gs.Results) -> None:
    frame = result.frame("impressions", by="department", min_group=1)
    assert frame["department"].tolist() == ["Lab", "Legal", "Plant", "(not given, drawn in each world)"]
    assert frame["employees"].tolist() == [12, 2, 8, 2]
    by_source = result.frame("impressions", by="source").set_index("source")
    assert frame["mean"].sum() == pytest.approx(by_source["mean"].drop("page").sum())
    people = result.people("impressions", rank_by=None)
    lab = people.loc[people["department"] == "Lab", "impressions_mean"].sum()
    assert frame["mean"].iloc[0] == pytest.approx(lab)
    other = result.frame("impressions", by="source")
    for name in ("label", "window", "date", "days", "measure", "unit", "mean", "mean_se", "runs", "uncertainty"):
        assert frame[name].dtype == other[name].dtype, name
        if name not in ("mean", "mean_se"):
            assert frame[name].iloc[0] == other[name].iloc[0], name


def test_by_world_the_means_of_worlds_are_those_of_the_whole(result: gs.Results) -> None:
    by_world = result.frame("clicks", by=["department", "world"])
    whole = result.frame("clicks", by="department")
    assert by_world["world"].nunique() == 5
    means = by_world.groupby("department", observed=True)["mean"].mean()
    np.testing.assert_allclose(means[whole["department"]].to_numpy(), whole["mean"].to_numpy())
    assert by_world["mean_ci_lower"].isna().all()
    assert set(by_world["runs"]) == {2}


def test_small_departments_are_joined_as_in_files(result: gs.Results) -> None:
    frame = result.frame("posts", by="department")
    assert list(zip(frame["department"], frame["employees"], strict=True)) == [
        ("Lab", 12), ("suppressed (3 departments)", 12),
    ]  # fmt: skip
    assert "Legal" not in frame["department"].cat.categories
    alone = result.frame("posts", by="department", min_group=25)
    assert alone["employees"].isna().all()
    assert alone["mean"].isna().all()
    assert "no number is shown" in alone["note"].iloc[0]


def test_refusals_are_those_of_other_grains(result: gs.Results) -> None:
    with pytest.raises(NotRecorded, match=r"by: department together with month is not recorded.*people='full' records"):
        result.frame("posts", by=["month", "department"])
    with pytest.raises(NotRecorded, match="together with segment, hop"):
        result.frame("posts", by=["department", "segment", "hop"])
    with pytest.raises(NotRecorded, match="unique_reach is not recorded by person"):
        result.frame("unique_reach", by="department")
    with pytest.raises(UnknownName, match=r"measures: no measure of the name 'clics'.*clicks"):
        result.frame("clics", by="department")
    with pytest.raises(UnknownName, match=r"by: no dimension of the name 'departmnt'; nearest valid name: department"):
        result.frame("posts", by="departmnt")
    with pytest.raises(UnknownName, match="window"):
        result.frame("posts", by="department", window="horizn")
    with pytest.raises(NotRecorded, match="window: by department the horizon is recorded, not completion"):
        result.frame("posts", by="department", window="completion")
    with pytest.raises(InvalidInput, match="min_group = 0"):
        result.frame("posts", by="department", min_group=0)
    with pytest.raises(NotRecorded, match='people="full" of simulate'):
        run(worlds=1, people="aggregate").frame(by="department")
    synthetic = gs.simulate(gs.Scenario(gs.Company.synthetic(20), "2027-01-04", **DATES), worlds=1, replicates=1)
    with pytest.raises(NotRecorded, match=r"map columns\.department"):
        synthetic.frame(by="department")


def test_a_comparison_has_the_departments_of_every_design(result: gs.Results) -> None:
    contest = gs.compare([run(program=None), result], worlds=5, replicates=2)
    frame = contest.frame("posts", by="department")
    assert frame["label"].astype(str).unique().tolist() == contest.labels
    pd.testing.assert_series_equal(
        frame.loc[frame["label"] == result.label, "mean"].reset_index(drop=True),
        result.frame("posts", by="department")["mean"],
    )
    with pytest.raises(NotRecorded, match=r"frame\(by='department'\) has the departments of every design"):
        contest.differences("posts", by="department")
