"""Designs from addresses and from rows of a table."""

from __future__ import annotations

import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from groundswell import _core
from groundswell.company.company import Company
from groundswell.decide.compare import compare
from groundswell.decide.contest import Contest
from groundswell.decide.grid import grid
from groundswell.decide.within import within
from groundswell.errors import InvalidInput, UnknownName
from groundswell.run.simulate import simulate
from groundswell.scenario import ActiveAdvocates, Program, Scenario, Selection
from groundswell.study.study import load

BASE = Scenario(
    Company.synthetic(employees=40), "2027-01-04", 4, "Base", warm_up_weeks=1, follow_up_weeks=1,
    program=Program(advocates=ActiveAdvocates(size=5)),
)  # fmt: skip
SIZE, POSTS = "program.advocates.size", "program.posts_per_week"
FEW = {"worlds": 2, "replicates": 2, "threads": 1}


@pytest.fixture(scope="module")
def study() -> Contest:
    return grid(BASE, {SIZE: [4, 100, 20], POSTS: [1, 2.5]}, **FEW)


def test_every_combination_is_a_design_the_last_address_varying_fastest(study: Contest) -> None:
    assert study.labels == ["No program", "size=4, posts_per_week=1", "size=4, posts_per_week=2.5",
                            "size=20, posts_per_week=1", "size=20, posts_per_week=2.5"]  # fmt: skip
    assert study.baseline == "No program"
    for label, result in study.results.items():
        alone = simulate(result.scenario, **FEW)
        np.testing.assert_array_equal(alone.recording.values, result.recording.values, err_msg=label)
    program = study.results["size=20, posts_per_week=2.5"].scenario.program
    assert program is not None
    assert (program.advocates.size, program.posts_per_week) == (20, 2.5)


def test_varied_fields_are_columns_of_every_frame(study: Contest) -> None:
    frames = (study.frame("impressions", by="month"), study.table(), study.differences("clicks", by="week"),
              study.table(versus="size=4, posts_per_week=1"))  # fmt: skip
    for frame in frames:
        own = frame[frame["label"] == "size=20, posts_per_week=2.5"]
        assert (own[SIZE] == 20).all()
        assert (own[POSTS] == 2.5).all()
        assert frame.loc[frame["label"] == "No program", [SIZE, POSTS]].isna().all(axis=None)
    assert list(frames[1].columns[:4]) == ["measure", "label", SIZE, POSTS]
    assert frames[1].groupby(SIZE)["label"].nunique().to_dict() == {4: 2, 20: 2}


def test_a_cell_that_is_not_valid_keeps_the_others_and_its_row_says_why(study: Contest) -> None:
    cells = study.cells.set_index("label")
    assert len(cells) == 7
    assert (cells["status"] == "finished").sum() == 5
    bad = cells.loc["size=100, posts_per_week=1"]
    assert bad["status"] == "not run: program.advocates.size = 100: more than the company's 40 employees"
    assert (bad[SIZE], bad[POSTS]) == (100, 1)
    assert (study.warnings["code"] == "cell_not_run").sum() == 2
    assert "2 of 7 cells not run (see .cells): 'size=100, posts_per_week=1'" in repr(study)
    assert len(repr(study).splitlines()) <= 12


def test_no_valid_cell_is_an_error() -> None:
    with pytest.raises(InvalidInput, match=r"no cell is a valid scenario; 'size=41'.*more than the company's 40"):
        grid(BASE, {SIZE: [41, 50]}, **FEW)


def test_rows_of_a_table() -> None:
    rows = pd.DataFrame({SIZE: [4, 20], POSTS: [5.0, 1.0], "label": ["Few loud", "Many quiet"]}, index=["a", "b"])
    found = grid(BASE, rows=rows, **FEW)
    assert found.labels == ["No program", "Few loud", "Many quiet"]
    assert found.cells[SIZE].tolist()[1:] == [4, 20]
    unlabeled = grid(BASE, rows=rows.drop(columns="label"), **FEW)
    assert unlabeled.labels[1:] == ["size=4, posts_per_week=5", "size=20, posts_per_week=1"]


def test_a_missing_value_names_row_and_column() -> None:
    with pytest.raises(InvalidInput, match=r"rows, row 1 \(index 1\), column program.posts_per_week: missing"):
        grid(BASE, rows=pd.DataFrame({SIZE: [4, 20], POSTS: [5.0, None]}), **FEW)


def test_none_is_a_value_where_a_field_takes_it() -> None:
    found = grid(BASE, {"feed.viewer_limit": [None, 3]}, **FEW)
    assert found.labels[1:] == ["viewer_limit=None", "viewer_limit=3"]
    table = pd.DataFrame({"feed.viewer_limit": pd.Series([None, 3], dtype=object)})
    assert grid(BASE, rows=table, **FEW).labels == found.labels


def test_baseline_of_the_analyst_and_none_at_all() -> None:
    own = grid(BASE, {SIZE: [4]}, baseline=BASE, **FEW)
    assert (own.baseline, own.baseline_given) == ("Base", True)
    assert own.cells[SIZE].tolist() == [5, 4]
    without = BASE.replace(program=None, label="Quiet")
    found = grid(without, {"awareness.half_life_weeks": [4, 20]}, **FEW)
    assert (found.baseline, found.baseline_given) == ("half_life_weeks=4", False)


def test_whole_programs_and_named_people_are_shown_without_ids(tmp_path: Path) -> None:
    hr = pd.DataFrame({"who": [f"secret-{i}" for i in range(30)], "team": ["a", "b", "c"] * 10})
    company = Company.from_frames(hr, as_of="2026-12-31", columns={"id": "who", "department": "team"})
    scenario = BASE.replace(company=company, label="Mine")
    programs = [Program(advocates=ActiveAdvocates(names=["secret-1", "secret-2"])),
                Program(advocates=ActiveAdvocates(size=3), posts_per_week=1)]  # fmt: skip
    found = grid(scenario, {"program": programs}, **FEW)
    assert found.labels[1:] == ["program=2 named advocates, 4 posts a week", "program=3 advocates, 1 post a week"]
    teams = [ActiveAdvocates(names=["secret-4"]), ActiveAdvocates(names=["secret-x"])]
    rows = pd.DataFrame({"program.advocates": teams, "label": ["Known", "Unknown"]})
    named = grid(scenario, rows=rows, **FEW)
    assert "secret-x" in named.cells["status"].iloc[-1]
    saved = named.save(tmp_path / "named.gsw")
    with zipfile.ZipFile(saved) as archive:
        assert not any(b"secret" in archive.read(name) for name in archive.namelist())
    loaded = load(saved)
    assert isinstance(loaded, Contest)
    assert loaded.cells.iloc[:2].equals(named.cells.iloc[:2])
    assert loaded.cells["status"].iloc[-1].startswith("not run: refused (why is not in the saved file")


def test_saved_loaded_pickled_and_extended(study: Contest, tmp_path: Path) -> None:
    loaded = load(study.save(tmp_path / "grid.gsw"))
    assert isinstance(loaded, Contest)
    for other in (loaded, pickle.loads(pickle.dumps(study))):
        pd.testing.assert_frame_equal(other.table(), study.table())
        pd.testing.assert_frame_equal(other.cells, study.cells)
    extended = loaded.extend(replicates=3)
    pd.testing.assert_frame_equal(
        extended.table(), grid(BASE, {SIZE: [4, 100, 20], POSTS: [1, 2.5]}, worlds=2, replicates=3).table()
    )
    with zipfile.ZipFile(tmp_path / "grid.gsw") as archive:
        assert json.loads(archive.read("manifest.json"))["contest"]["varied"] == [SIZE, POSTS]


def test_spreadsheet_and_picture_of_a_grid(study: Contest, tmp_path: Path) -> None:
    assert study.to_excel(tmp_path / "grid.xlsx").is_file()
    assert "data:image/png;base64," in study._repr_html_()


def test_precision_reaches_compare() -> None:
    found = grid(BASE, {SIZE: [4, 20]}, worlds=5, replicates=2, precision={"clicks": within(0.001)}, max_worlds=6)
    assert found.worlds == 6
    assert not found.precision["met"].any()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ({"program.advocates.sise": [1]},),
            "program.advocates.sise: no such address; nearest valid name: program.adv",
        ),
        (({"label": ["A"]},), "label: made from the values"),
        (({"weeks": [4, 8]},), "weeks: must be equal in all designs"),
        (({SIZE: [4, 5, 4]},), "two cells have the label 'size=4', number 1 and number 3"),
        (({},), "fields = {}: must be as in"),
        (({SIZE: []},), "fields.program.advocates.size = .*: must be a list of values, at least one"),
        (({SIZE: 4},), "fields.program.advocates.size = 4: must be a list"),
        (({POSTS: "124"},), "fields.program.posts_per_week = '124': must be a list"),
        ((), "give one of fields"),
    ],
)
def test_refusals(arguments: tuple[Any, ...], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        grid(BASE, *arguments)


def test_refused_tables() -> None:
    with pytest.raises(UnknownName, match="posts: no such address"):
        grid(BASE, rows=pd.DataFrame({"posts": [1]}))
    with pytest.raises(InvalidInput, match="two cells have the label 'A', number 1 and number 2"):
        grid(BASE, rows=pd.DataFrame({SIZE: [1, 2], "label": ["A", "A"]}))
    with pytest.raises(InvalidInput, match="needs at least one row and one column"):
        grid(BASE, rows=pd.DataFrame({SIZE: []}))
    with pytest.raises(InvalidInput, match="rows: a column is there twice: label"):
        grid(BASE, rows=pd.DataFrame([["A", "B", 1]], columns=["label", "label", SIZE]))
    with pytest.raises(InvalidInput, match="must be a pandas DataFrame"):
        grid(BASE, rows=[{SIZE: 1}])  # type: ignore[arg-type]


def test_labels_keep_as_much_of_the_address_as_tells_them_apart() -> None:
    found = grid(BASE, {"audience.pool.buyer": [1000.0, 900.0], "audience.department_homophily": [0.25]}, **FEW)
    assert found.labels[1:] == ["buyer=1000, department_homophily=0.25", "buyer=900, department_homophily=0.25"]
    fields = {"content.click_multiplier.job": [1.5], "content.engage_multiplier.job": [2.0]}
    assert grid(BASE, fields, **FEW).labels[1:] == ["click_multiplier.job=1.5, engage_multiplier.job=2"]
    fields = {"platforms.x.on": [True], "feed.viewer_limit": [None, 5.0]}
    assert grid(BASE, fields, **FEW).labels[1:] == ["x.on=True, viewer_limit=None", "x.on=True, viewer_limit=5"]


def test_a_label_that_would_be_too_long_is_cut_and_its_cell_runs() -> None:
    everywhere = {"recognition": 0.4, "leadership": 0.7, "champion": 0.1, "guidelines": 0.2, "money": 2.0}
    rule = Selection(size=20, order="readiness", departments=["sales", "engineering"], connections_above=10)
    programs = [Program(select=rule, training_hours_per_person=hours, **everywhere) for hours in (3.0, 4.0)]
    found = grid(BASE, {"program": programs}, **FEW)
    assert found.cells["status"].tolist()[-2:] == ["finished", "finished"]
    for number, label in enumerate(found.labels[1:], start=1):
        assert label.startswith("program=20 by readiness (awareness), departments sales, engineering")
        assert label.endswith(f"… (cell {number})")
        assert len(label) == 120


CROWDED = (
    BASE.replace(company=Company.synthetic(employees=200), label="Crowded")
    .replace({"workforce.social_activity_log_sd": 3}, label="Crowded")
)  # fmt: skip
REFUSED = "posting.other_posts_per_month x social activity: asks for "


def test_a_cell_that_the_engine_refuses_while_it_runs_keeps_the_others() -> None:
    seen: list[tuple[int, int]] = []
    values = {"posting.other_posts_per_month": [2, 300, 1]}
    found = grid(CROWDED, values, baseline=CROWDED, progress=lambda *step: seen.append(step), **FEW)
    assert found.labels == ["Crowded", "other_posts_per_month=2", "other_posts_per_month=1"]
    row = found.cells.set_index("label").loc["other_posts_per_month=300"]
    assert row["posting.other_posts_per_month"] == 300
    assert row["status"].startswith(f"not run: {REFUSED}")
    assert "must be at most 700 (in world 0)" in row["status"]
    assert found.warnings.set_index("code").loc["cell_not_run", "label"] == "other_posts_per_month=300"
    assert "1 of 4 cells not run" in repr(found)
    assert seen[-1][0] == seen[-1][1]
    alone = compare([CROWDED.replace({"posting.other_posts_per_month": 2}, label="A")], CROWDED, **FEW)
    kept = found.results["other_posts_per_month=2"].recording.values
    np.testing.assert_array_equal(kept, alone.results["A"].recording.values)


def test_a_refused_design_keeps_the_others_of_a_comparison_and_of_its_file(tmp_path: Path) -> None:
    wild = CROWDED.replace({"posting.other_posts_per_month": 300}, label="Wild")
    found = compare([wild, CROWDED.replace(label="B")], CROWDED, **FEW)
    assert found.labels == ["Crowded", "B"]
    assert found.cells["status"].str.startswith(f"not run: {REFUSED}").tolist() == [False, False, True]
    loaded = load(found.save(tmp_path / "found.gsw"))
    assert isinstance(loaded, Contest)
    assert loaded.cells.equals(found.cells)


def test_a_refused_baseline_and_a_refused_single_design_are_errors() -> None:
    wild = CROWDED.replace({"posting.other_posts_per_month": 300}, label="Wild")
    with pytest.raises(InvalidInput, match=r"'Wild': posting\.other_posts_per_month x social"):
        compare([CROWDED], wild, **FEW)
    with pytest.raises(InvalidInput, match=r"'Wild': posting\.other_posts_per_month x social"):
        simulate(wild, **FEW)


def test_a_design_that_is_refused_in_an_added_world_keeps_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compare([CROWDED.replace(label="A"), CROWDED.replace(label="B")], CROWDED, **FEW)
    run = _core.run

    def refuse(world: object, designs: list[object], *rest: object) -> object:
        if len(designs) > 1 or next(asked) == 1:  # alone, they come in the order Crowded, A, B
            raise _core.InvalidInput("posting: too much")
        return run(world, designs, *rest)

    asked = iter(range(100))
    monkeypatch.setattr(_core, "run", refuse)
    more = found.extend(worlds=3)
    assert more.labels == ["Crowded", "B"]
    assert more.cells["status"].tolist() == ["finished", "finished", "not run: posting: too much (in world 2)"]
    assert found.labels == ["Crowded", "A", "B"]
