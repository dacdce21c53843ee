"""A program that already runs: its table, its place in the company, what designs do with it."""

from __future__ import annotations

import pickle
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.results.dependence import parameters_of
from groundswell.scenario.company_file import read_company_file

TWENTY = 20


def company(employees: int = 300) -> gs.Company:
    return gs.Company.synthetic(employees)


def table(number: int = TWENTY, posts: float = 2.0, weeks: float = 60.0) -> pd.DataFrame:
    return pd.DataFrame({"id": np.arange(number), "weeks_since_joining": weeks, "posts_per_week": posts})


def named() -> gs.Company:
    hr = pd.DataFrame({"id": [f"e{i}" for i in range(60)], "gone": [i == 7 for i in range(60)]})
    return gs.Company.from_frames(hr, columns={"id": "id", "left": "gone"})


def scenario(firm: gs.Company, weeks: int = 12, **fields: object) -> gs.Scenario:
    return gs.Scenario(firm, "2027-01-04", weeks, **fields)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"id": ["e1", "x9"]}, r"members.id: 1 row, 1 \('x9'\): no employee has this id"),
        ({"id": ["e1", "e1"]}, r"members.id: 1 row, 1 \('e1'\): is there twice"),
        ({"id": ["e1", "e7"]}, r"members.id: 1 row, 1 \('e7'\): has left the company"),
        ({"id": ["e1", None]}, "members.id: 1 row, 1 .*: must be an id"),
        ({"weeks_since_joining": [4, -1]}, r"members.weeks_since_joining: 1 row, 1 \(-1.*\): must be a number from 0"),
        ({"weeks_since_joining": [4, None]}, "members.weeks_since_joining: 1 row, 1 .empty.: must be a number"),
        ({"posts_per_week": [-0.5, 2]}, r"members.posts_per_week: 1 row, 0 \(-0.5\): must be a number from 0 to 200"),
        ({"posts_per_week": ["often", 2]}, r"members.posts_per_week: 1 row, 0 \('often'\)"),
    ],
)
def test_a_bad_row_is_named(rows: dict[str, list[object]], message: str) -> None:
    good = {"id": ["e1", "e2"], "weeks_since_joining": [4, 5], "posts_per_week": [1, 2]}
    with pytest.raises(gs.InvalidInput, match=message):
        named().with_members(pd.DataFrame({**good, **rows}))


def test_a_bad_table_is_refused() -> None:
    with pytest.raises(gs.InvalidInput, match=r"members\.weeks_since_joining: no column 'weeks'"):
        company().with_members(table(), {"weeks_since_joining": "weeks"})
    with pytest.raises(gs.InvalidInput, match=r"columns\.week: no such field"):
        company().with_members(table(), {"week": "weeks_since_joining"})
    with pytest.raises(gs.InvalidInput, match="the table is empty"):
        company().with_members(table(0))
    with pytest.raises(gs.InvalidInput, match=r"company\.members\.mandate: no lever of a program that runs"):
        company().with_members(table(), mandate=1)
    with pytest.raises(gs.InvalidInput, match=re.escape("company.members.recognition = 5")):
        scenario(company().with_members(table(), recognition=5))


def test_columns_may_have_other_names_and_posts_may_be_missing() -> None:
    frame = pd.DataFrame({"who": ["e3", "e1"], "since": [1.5, 30]})
    running = named().with_members(frame, {"id": "who", "weeks_since_joining": "since"}).running
    assert running is not None
    assert running.days.tolist() == [210, 11]  # by row of the company: e1, e3
    assert np.isnan(running.posts).all()


def test_members_are_part_of_the_company_and_of_no_world() -> None:
    plain, firm = company(), company().with_members(table())
    assert firm.content_hash() != plain.content_hash()
    assert firm.content_hash() == company().with_members(table().iloc[::-1]).content_hash()
    assert firm.content_hash() != company().with_members(table(posts=3)).content_hash()
    assert firm.content_hash() != company().with_members(table(), recognition=1).content_hash()
    assert pickle.loads(pickle.dumps(firm)) == firm
    designs = [scenario(each) for each in (plain, firm)]
    assert designs[0].content_hash() != designs[1].content_hash()
    arguments = [each.core_arguments() for each in (plain, firm)]
    assert arguments[0].keys() == arguments[1].keys()


def test_with_advocates_and_without_members_is_refused() -> None:
    program = gs.Program(advocates=gs.ActiveAdvocates(size=10))
    with pytest.raises(gs.InvalidInput, match=re.escape("program.advocates: the company has a program that runs")):
        scenario(company().with_members(table()), program=program)
    with pytest.raises(gs.InvalidInput, match="running_program = 'stop': the company has no program that runs"):
        scenario(company(), running_program="stop")
    with pytest.raises(gs.InvalidInput, match="running_program"):
        scenario(company().with_members(table()), running_program="end")


def test_nobody_is_invited_twice() -> None:
    firm = company().with_members(table())
    invited = firm.select(gs.Selection(size=280))
    assert not set(invited["id"]) & set(range(TWENTY))
    both = scenario(firm, program=gs.Program(select=gs.Selection(names=(5, 50, 51))))
    assert both.warnings.set_index("code").loc["members_not_invited", "count"] == 1
    again = both.replace(running_program="stop")
    assert "members_not_invited" not in set(again.warnings["code"])


def test_files_have_members_under_pseudonyms(tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": ["e3", "e11"], "weeks_since_joining": [4, 90], "posts_per_week": [0, 1.5]})
    key = gs.create_key(tmp_path / "key")
    hr = pd.DataFrame({"id": [f"e{i}" for i in range(60)]})
    firm = gs.Company.from_frames(hr, columns={"id": "id"}, key=key).with_members(frame, guidelines=1)
    stop = scenario(firm, 4, running_program="stop")
    text = stop.to_yaml(key=key)
    assert "running_program: stop" in text
    assert "e11" not in text
    assert gs.Scenario.from_yaml(text, firm, key=key) == stop
    result = gs.simulate(stop, worlds=2, replicates=1)
    result.save(tmp_path / "study.gsw", key=key)
    assert b"e11" not in (tmp_path / "study.gsw").read_bytes()
    for opened in (gs.load(tmp_path / "study.gsw"), gs.load(tmp_path / "study.gsw", key=key)):
        assert opened.scenario.company.content_hash() == firm.content_hash()
        assert opened.scenario.content_hash() == stop.content_hash()
    assert gs.rerun(tmp_path / "study.gsw").identical


def test_a_company_file_has_its_members_in_a_table_beside_it(tmp_path: Path) -> None:
    (tmp_path / "hr.csv").write_text("Number\n" + "".join(f"e{i}\n" for i in range(60)))
    (tmp_path / "members.csv").write_text("Number,Weeks\ne3,10\ne11,4\n")
    text = """
groundswell_company: 1
export: hr.csv
columns: {id: Number}
members: {export: members.csv, columns: {id: Number, weeks_since_joining: Weeks}, levers: {recognition: 1}}
"""
    (tmp_path / "company.yaml").write_text(text)
    running = read_company_file(tmp_path / "company.yaml").running
    assert running is not None
    assert running.days.tolist() == [70, 28]
    assert running.levers == {"recognition": 1.0}
    (tmp_path / "company.yaml").write_text(text.replace("levers", "lever"))
    with pytest.raises(gs.InvalidInput, match=r"company\.members\.lever: no entry of that name.*levers"):
        read_company_file(tmp_path / "company.yaml")


def weekly(result: gs.Results, window: str) -> pd.Series:
    """Posts of the program, about the company or not, in each week, over all runs."""
    frames = [
        result.frame(name, by=["week", "source"], window=window).query("source == 'program'").set_index("date")["mean"]
        for name in ("posts", "other_posts")
    ]
    return frames[0] + frames[1]


@pytest.fixture(scope="module")
def designs() -> dict[str, gs.Results]:
    firm = company(400).with_members(table(TWENTY, 2.5), posts_per_week=3, company_content_fraction=0.6)
    program = {"posts_per_week": 3, "company_content_fraction": 0.6}
    kept = gs.Scenario(firm, "2027-03-01", 26, label="kept")  # no week of the season is near the first day
    invited = gs.Program(select=gs.Selection(size=150), guidelines=1, **program)
    extended = kept.replace(label="extended", program=invited)
    stopped = kept.replace(label="stopped", running_program="stop")
    contest = gs.compare([kept, extended, stopped], worlds=12, replicates=2, seed=4)
    return dict(contest.results)


def test_what_stopping_changes_says_that_it_rests_on_it(designs: dict[str, gs.Results]) -> None:
    kept, stopped = (designs[name].summary()["mean"] for name in ("kept", "stopped"))
    changed = {str(name) for name in kept.index if kept[name] != stopped[name] and not np.isnan(kept[name])}
    assert {"posts", "unique_reach", "active_member_days", "cost_license"} <= changed
    assert all(parameters_of(name, ["running_program"]) for name in changed)


def test_no_design_has_a_false_launch(designs: dict[str, gs.Results]) -> None:
    """Posts of the last eight weeks of the warm-up are as seen, and no week of the horizon is above them."""
    before = {name: weekly(result, "warm_up").iloc[-8:].mean() for name, result in designs.items()}
    assert len(set(before.values())) == 1  # the warm-up is the same in all designs, bit for bit
    assert before["kept"] == pytest.approx(TWENTY * 2.5, rel=0.08)
    weeks = weekly(designs["kept"], "horizon")
    assert weeks.iloc[:2].mean() == pytest.approx(before["kept"], rel=0.12)  # members may rest from now on
    assert weeks.max() < 1.08 * before["kept"]
    # Beside them others join: the program grows by these alone, from nobody on its first days.
    assert weekly(designs["extended"], "horizon").iloc[0] < 1.2 * before["kept"]


def test_kept_extended_stopped(designs: dict[str, gs.Results]) -> None:
    posts = {name: weekly(result, "horizon").sum() for name, result in designs.items()}
    assert posts["stopped"] == 0
    assert posts["extended"] > posts["kept"] > 0
    reach = {name: result.frame("unique_reach")["mean"].iloc[0] for name, result in designs.items()}
    assert reach["extended"] > reach["kept"] > reach["stopped"]
    costs = {name: result.frame("program_cost")["mean"].iloc[0] for name, result in designs.items()}
    assert costs["extended"] > costs["kept"] > costs["stopped"] == 0


def test_the_same_people_do_no_worse_where_others_are_invited_beside_them(designs: dict[str, gs.Results]) -> None:
    """Posts of the twenty, kept alone and kept beside others, of all runs: within five percent of each other."""
    mine = {}
    for name in ("kept", "extended"):
        people = designs[name].people()
        mine[name] = float(people[people["id"].isin(range(TWENTY))]["posts_mean"].sum())
    assert mine["extended"] >= 0.95 * mine["kept"]


def test_members_tire_drop_out_and_leave(designs: dict[str, gs.Results]) -> None:
    kept = designs["kept"]
    enrolled = kept.frame("enrolled", by=["month"])["mean"]
    assert enrolled.iloc[-1] < 0.95 * TWENTY
    assert kept.frame("drop_outs")["mean"].iloc[0] > 0.5
    assert kept.frame("exits")["mean"].iloc[0] > 5
    assert kept.frame("enrollments")["mean"].iloc[0] == kept.frame("invitations")["mean"].iloc[0] == 0


@pytest.mark.parametrize(
    ("field", "values", "shown"),
    [
        ("weeks_since_joining", [True, False], r"2 rows, 0 \(True\), 1 \(False\)"),
        ("posts_per_week", pd.array([True, None], dtype="boolean"), r"1 row, 0 \(True\)"),
        ("posts_per_week", [1 + 2j, 2], r"2 rows, 0 \(\(1\+2j\)\)"),
        ("weeks_since_joining", pd.to_timedelta([7, 14], unit="D"), r"2 rows, 0 \(Timedelta"),
        ("weeks_since_joining", [10**400, 1], r"1 row, 0 \(1000"),
        ("posts_per_week", ["1 days", 2], r"1 row, 0 \('1 days'\)"),
        ("posts_per_week", [[1], 2], r"1 row, 0 \(\[1\]\)"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_what_is_no_number_is_read_as_none(field: str, values: object, shown: str) -> None:
    rows = {"id": [1, 2], "weeks_since_joining": [4, 5], field: values}
    with pytest.raises(gs.InvalidInput, match=rf"members\.{field}: {shown}.*: must be a number from 0 to"):
        company(30).with_members(pd.DataFrame(rows))


def test_numbers_that_a_file_has_as_text_are_read() -> None:
    rows = {"id": [1, 2, 3], "weeks_since_joining": [4, 5, 6], "posts_per_week": [" 2 ", Decimal("1.5"), None]}
    running = company(30).with_members(pd.DataFrame(rows)).running
    assert running is not None
    np.testing.assert_array_equal(running.posts, [2, 1.5, np.nan])


@pytest.mark.parametrize("value", [10**400, True, np.True_, "2", float("nan")])
def test_a_lever_of_the_running_program_is_a_number(value: object) -> None:
    with pytest.raises(gs.InvalidInput, match=r"company\.members\.recognition = .*: must be a number"):
        company(30).with_members(table(2), recognition=value)


def test_a_misspelled_column_is_said_not_to_be_used() -> None:
    firm = company(30).with_members(table(2).rename(columns={"posts_per_week": "posts_a_week"}))
    warned = firm.warnings.set_index("code").loc["columns_of_members_not_used"]
    assert (warned["count"], warned["examples"]) == (1, "members: posts_a_week")
    assert "columns not used: 1" in repr(firm)
    assert "members: posts_a_week" in firm._repr_html_()
    again = firm.with_members(table(2))  # the members anew, and what was said of the table before with them
    assert again.warnings.empty
    assert not again.columns["not_used"].any()
    assert "columns of members" not in repr(again)


@pytest.mark.parametrize(
    ("members", "rule", "count", "places"),
    [
        (60, {"size": 20}, 20, "0 of 20"),
        (45, {"size": 20}, 5, "15 of 20"),
        (45, {"size": 15}, 0, ""),
        (60, {}, 60, "0 of 60"),
        (45, {}, 0, ""),
        (45, {"size": 3, "departments": ["sales"]}, 0, ""),  # each world draws who is in it
    ],
)
def test_places_that_members_leave_empty_are_counted(
    members: int, rule: dict[str, object], count: int, places: str
) -> None:
    firm = company(60).with_members(table(members))
    program = gs.Program(select=gs.Selection(**rule))
    warned = scenario(firm, program=program).warnings.set_index("code")
    if not count:
        assert "members_not_invited" not in warned.index
        return
    assert warned.loc["members_not_invited", "count"] == count
    assert warned.loc["members_not_invited", "examples"] == f"{places} can be invited"
    assert scenario(firm, program=program, running_program="stop").warnings.empty


def test_quotas_have_places_of_their_own() -> None:
    hr = pd.DataFrame({"id": range(40), "department": ["a"] * 20 + ["b"] * 20})
    firm = gs.Company.from_frames(hr, columns={"id": "id", "department": "department"}).with_members(table(18))
    for rule, count in (
        ({"quotas": {"a": 5, "b": 5}}, 3),
        ({"departments": ["a"], "size": 5}, 3),
        ({"departments": ["b"], "size": 20}, 0),
    ):
        warned = scenario(firm, program=gs.Program(select=gs.Selection(**rule))).warnings
        assert warned[warned["code"] == "members_not_invited"]["count"].sum() == count


def test_the_label_says_what_becomes_of_the_running_program() -> None:
    firm = company(60).with_members(table(5))
    kept = scenario(firm, 8)
    assert kept.label == "The running program goes on; weeks = 8"
    assert kept.replace(running_program="stop").label == "The running program stops; weeks = 8"
    both = kept.replace(program=gs.Program(select=gs.Selection(size=20)))
    assert both.label == "20 at random, 4 posts a week, the running program goes on; weeks = 8"
    assert "program: The running program goes on" in repr(kept)
    assert scenario(company(60), 8).label == "No program; weeks = 8"
