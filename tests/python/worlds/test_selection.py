"""Who is invited: the rule, whom it picks, what files and labels have of it."""

from __future__ import annotations

import re
import zipfile
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import WORLD_GROUPS
from groundswell.worlds.select import COLUMNS, FACTORS

START = "2027-01-04"
SMALL = "Legal"  # a department of two; Store has four, and the regions Isle and Bay three
IDS = [f"e{i:02}" for i in range(40)]


def export() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "who": IDS,
            "unit": [SMALL] * 2 + ["Store"] * 4 + ["Sales"] * 8 + ["Lab"] * 14 + ["Plant"] * 10 + [None] * 2,
            "place": ["Isle"] * 3 + ["Bay"] * 3 + ["North"] * 14 + ["South"] * 20,
            "role": ["sales", "recruiter", "other", None] * 10,
            "links": np.arange(50, 450, 10),
            "will": np.linspace(0.02, 0.98, 40),
            "hired": ["2020-01-31", None, "2026-06-30", "2015-05-05"] * 10,
            "gone": [False] * 38 + [True] * 2,
        }
    )


COLUMNS_OF = {"id": "who", "department": "unit", "region": "place", "job_function": "role", "connections": "links",
              "willingness": "will", "hire_date": "hired", "left": "gone"}  # fmt: skip


@pytest.fixture(scope="module")
def company() -> gs.Company:
    return gs.Company.from_frames(export(), columns=COLUMNS_OF, as_of="2026-12-31", name="Firm")


def plan(**rule: Any) -> gs.Program:
    return gs.Program(select=gs.Selection(**rule))


def scenario(company: gs.Company, label: str | None = None, **rule: Any) -> gs.Scenario:
    return gs.Scenario(company, START, 5, label, warm_up_weeks=1, follow_up_weeks=1, program=plan(**rule))


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"departments": ["sales"]}, r"departments = 'sales': the company has no such department; nearest .*: Sales$"),
        ({"regions": ["Nort"]}, r"regions = 'Nort': the company has no such region; nearest valid name: North$"),
        ({"functions": ["salesman"]}, r"functions = .*nothing has the name 'salesman'; nearest valid name: sales$"),
        ({"departments": []}, r"departments = \[\]: is empty, so nobody would be meant"),
        ({"departments": "Sales"}, r"departments = 'Sales': must be a list of labels"),
        ({"departments": ["Lab", "Lab"]}, r"departments = .*the same label is there twice: Lab"),
        ({"departments": [3]}, r"departments = \[3\]: a label is text, not 3"),
        ({"connections_above": -1}, r"connections_above = -1: must be a finite number"),
        ({"willingness_above": 1.5}, r"willingness_above = 1\.5: must be a finite number"),
        ({"platform": "linkdin"}, r"platform = 'linkdin': .*nearest valid name: linkedin"),
        ({"order": "conections"}, r"order = 'conections': .*nearest valid name: connections"),
        ({"goal": "deal"}, r"goal = 'deal': .*nearest valid name: deals"),
        ({"weights": {"fit": "1"}}, r"weights\.fit = '1': must be a finite number"),
        ({"weights": {"fitt": 1}}, r"weights\.fitt: .*nearest valid name: fit"),
        ({"size": 39}, r"size = 39: more than the company's 38 employees$"),
        ({"size": 1.5}, r"size = 1\.5: must be a whole number"),
        ({"quotas": {"Sale": 3}}, r"quotas = 'Sale': the company has no such department; nearest valid name: Sales$"),
        ({"quotas": {"Sales": 0}}, r"quotas\.Sales = 0: must be a whole number, >= 1"),
        ({"quotas": {"Sales": 9}}, r"quotas\.Sales = 9: more than the 8 employees of this department$"),
        (
            {"quotas": {"Sales": 3, "Lab": 4}, "size": 8},
            r"size = 8: contradicts quotas, which sum to 7; leave size out",
        ),
        ({"quotas": {"Sales": 3}, "departments": ["Lab"]}, r"quotas\.Sales = 3: is not among the departments"),
        ({"quotas": ["Sales"]}, r"quotas = \['Sales'\]: must be a mapping of departments to people"),
        ({"names": ["e01"], "size": 1}, r"size = 1: cannot be given with names"),
        ({"names": ["e01"], "order": "activity"}, r"order = 'activity': cannot be given with names"),
        ({"names": ["e01"], "quotas": {"Lab": 1}}, r"quotas = .*: cannot be given with names"),
        ({"names": ["e01", "e01"]}, r"names = .*the same id is there twice: e01"),
        ({"names": ["e88"]}, r"names = 'e88': no employee has this id \(1 such ids\); "),
        ({"names": ["e01", "e39"]}, r"names = 'e39': has left the company, as columns\.left says \(1 such ids\)"),
        ({"waves": [{"size": 3}]}, r"waves\.0\.start: is required"),
        (
            {"waves": [{"start": "2027-01-03"}]},
            r"waves\.0\.start = 2027-01-03: must be a day of the horizon, 2027-01-04",
        ),
        ({"waves": [{"start": "2027-02-08"}]}, r"waves\.0\.start = 2027-02-08: must be a day of the horizon"),
        (
            {"waves": [{"start": "2027-01-20", "size": 2}, {"start": "2027-01-19"}]},
            r"waves\.1\.start = 2027-01-19: is before the wave before it, of 2027-01-20",
        ),
        (
            {"waves": [{"start": START}, {"start": "2027-01-19"}]},
            r"waves\.1: invites nobody: earlier waves take everybody",
        ),
        (
            {"size": 10, "waves": [{"start": START, "size": 10}, {"start": "2027-01-19", "size": 1}]},
            r"waves\.1: invites nobody",
        ),
        (
            {"waves": [{"start": START, "departments": ["Lab"]}, {"start": START, "size": 2, "departments": ["Lab"]}]},
            r"waves\.1: invites nobody",
        ),
        ({"waves": [{"start": START, "departments": ["Labs"]}]}, r"waves\.0\.departments = 'Labs': the company has no"),
        (
            {"departments": ["Lab"], "waves": [{"start": START, "departments": ["Sales"]}]},
            r"waves\.0\.departments = 'Sales': is not among the departments selected",
        ),
        ({"order": "readiness", "platform": "x"}, r"platform = 'x': platforms\.x\.on is False: nobody has ties there"),
    ],
)
def test_bad_rules_are_clear_errors(company: gs.Company, rule: dict[str, Any], message: str) -> None:
    with pytest.raises(gs.InvalidInput, match=rf"(?m)^program\.select\.{message}"):
        scenario(company, **rule)


def test_a_quota_can_be_met_by_people_whose_department_is_drawn() -> None:
    hr = export().assign(gone=False)
    company = gs.Company.from_frames(hr, columns=COLUMNS_OF, as_of="2026-12-31")
    assert scenario(company, quotas={"Sales": 10})
    with pytest.raises(
        gs.InvalidInput, match="more than the 8 employees of this department and 2 whose department is not"
    ):
        scenario(company, quotas={"Sales": 11})


def picked_by_core(scenario: gs.Scenario, world: int, seed: int) -> dict[str, Any]:
    parameters = scenario.core_parameters()
    parts = {name: parameters[name] for name in WORLD_GROUPS}
    built = _core.build_world(scenario.company.core_input(), parts, seed, world, 1)
    return dict(_core.select(built, scenario.core_design()["program"]["who"][1]))


@pytest.mark.parametrize("order", ["random", "connections", "activity", "persuasion", "willingness", "readiness"])
@pytest.mark.parametrize("world", [0, 3])
def test_the_frame_has_whom_the_core_picks(company: gs.Company, order: str, world: int) -> None:
    rule = {"order": order, "size": 9, "goal": "deals", "regions": ["North", "South"]}
    frame = company.select(gs.Selection(**rule), world=world, seed=7)
    found = picked_by_core(scenario(company, **rule), world, 7)
    assert list(frame.columns) == COLUMNS
    assert frame["id"].tolist() == company.core_ids[found["employee"]].tolist()
    assert frame["order"].tolist() == list(range(1, 10))
    for name in ("score", *FACTORS):
        np.testing.assert_array_equal(frame[name], found[name])
    assert frame["score"].is_monotonic_decreasing
    if order not in ("random", "readiness"):
        np.testing.assert_array_equal(frame["score"], frame[order])
    assert set(frame["id"]) <= set(IDS[6:38])


def test_readiness_is_the_product_of_the_factors_shown(company: gs.Company) -> None:
    rule = gs.Selection(order="readiness", goal="hires", weights={"fit": 2, "willingness": 0.5, "readiness": 0})
    frame = company.select(rule)
    product = frame["fit"] ** 2 * frame["persuasion"] * frame["willingness"] ** 0.5
    np.testing.assert_allclose(frame["score"], product)
    assert frame["rank"].tolist() == list(range(1, 39))


def test_filters_take_exactly_those_who_pass(company: gs.Company) -> None:
    hr = export().iloc[:38].set_index("who")
    for rule, passes in (
        ({"departments": [SMALL, "Lab"]}, hr["unit"].isin([SMALL, "Lab"])),
        ({"regions": ["Isle"]}, hr["place"] == "Isle"),
        ({"connections_above": 200}, hr["links"] > 200),
        ({"willingness_above": 0.5, "departments": ["Plant"]}, (hr["will"] > 0.5) & (hr["unit"] == "Plant")),
    ):
        found = set(company.select(gs.Selection(**rule))["id"])
        if "connections_above" not in rule:  # worlds may cut connections
            assert found == set(hr.index[passes])
        assert found <= set(hr.index[passes])
    functions = company.select(gs.Selection(functions=["recruiter"]))["id"]
    assert (
        set(hr.index[hr["role"] == "recruiter"])
        <= set(functions)
        <= set(hr.index[hr["role"].isin(["recruiter"]) | hr["role"].isna()])
    )


def test_quotas_and_waves(company: gs.Company) -> None:
    rule = gs.Selection(
        quotas={"Sales": 3, "Lab": 5},
        order="willingness",
        waves=[
            gs.Wave(start="2027-01-04", size=2, departments=["Sales"]),
            gs.Wave(start="2027-01-18", size=4),
            gs.Wave(start="2027-01-18", size=1),
        ],
    )
    frame = company.select(rule)
    assert frame["department"].value_counts().to_dict() == {"Lab": 5, "Sales": 3}
    assert frame["wave"].dropna().value_counts().sort_index().to_dict() == {1: 2, 2: 4, 3: 1}
    assert frame.loc[frame["wave"] == 1, "department"].unique().tolist() == ["Sales"]
    assert frame.loc[frame["wave"] == 1, "date"].unique().tolist() == [pd.Timestamp("2027-01-04")]
    assert frame["date"].isna().sum() == 1
    made = scenario(company, quotas={"Sales": 3, "Lab": 5}, waves=rule.waves)
    assert made.warnings.set_index("code")["count"].to_dict() == {"waves_leave_people_out": 1} or made.warnings.empty


def test_a_scenario_as_a_rule_uses_its_parameters_and_dates(company: gs.Company) -> None:
    base = scenario(company, order="connections", size=5)
    frame = company.select(base)
    assert frame["date"].unique().tolist() == [pd.Timestamp(START)]
    assert company.select(base.program.select)["date"].isna().all()
    assert company.select(base.program.select, start="2027-03-01")["date"].unique().tolist() == [
        pd.Timestamp("2027-03-01")
    ]
    other = base.replace({"workforce.persuasion_log_sd": 2.0})
    assert company.select(other)["persuasion"].tolist() != frame["persuasion"].tolist()
    for rule in (base.replace(program=None), scenario(gs.Company.synthetic(38)), 3, None):
        with pytest.raises(
            gs.InvalidInput, match=r"^rule = .*must be a gs\.ActiveAdvocates, a gs\.Selection or a scenario"
        ):
            company.select(rule)


def test_too_few_for_a_quota_is_an_error(company: gs.Company) -> None:
    with pytest.raises(
        gs.InvalidInput, match=r"program\.select\.quotas: department .*Sales.* has \d eligible employees"
    ):
        company.select(gs.Selection(quotas={"Sales": 8}, willingness_above=0.3))
    # A run says the same; its reason may go into a file, so a small department keeps its number.
    for quotas, named in (({"Sales": 8}, "department 'Sales'"), ({SMALL: 2}, r"department number \d")):
        with pytest.raises(gs.InvalidInput, match=rf"program\.select\.quotas: {named} has \d eligible employees"):
            gs.simulate(scenario(company, quotas=quotas, willingness_above=0.3), 1, 1, progress=False)


def test_imputed_names_what_the_world_drew(company: gs.Company) -> None:
    frame = company.select(gs.Selection())
    assert (frame["imputed"] == "seniority, fit, activity, persuasion, readiness").all()


def test_a_threshold_nobody_passes(company: gs.Company) -> None:
    rule = {"connections_above": 1e6, "order": "readiness", "size": 5}
    frame = company.select(gs.Selection(**rule))
    assert frame.empty
    assert list(frame.columns) == COLUMNS
    result = gs.simulate(scenario(company, **rule), worlds=2, replicates=1, progress=False)
    row = result.warnings.set_index("code").loc["nobody_selected"]
    assert row["count"] == 38
    assert row["examples"].startswith("in 2 of 2 worlds")
    assert result.summary()["mean"][["invitations", "enrollments", "program_participants"]].tolist() == [0, 0, 0]
    fewer = gs.simulate(scenario(company, departments=[SMALL], size=5), worlds=2, replicates=1, progress=False)
    assert fewer.warnings.set_index("code").loc["fewer_selected", "count"] == 3
    longer = fewer.extend(worlds=3)
    assert longer.warnings.set_index("code").loc["fewer_selected", "examples"].startswith("in 3 of 3 worlds")


def test_who_is_invited_is_whom_the_frame_shows(company: gs.Company) -> None:
    design = scenario(
        company, order="willingness", size=6, waves=[{"start": START, "size": 4}, {"start": "2027-01-11"}]
    )
    design = design.replace({"program.mode": "mandatory", "retention.turnover_per_year": 0})
    parameters = design.core_parameters()
    built = _core.build_world(company.core_input(), {name: parameters[name] for name in WORLD_GROUPS}, 1, 0, 1)
    state = _core.trace(built, _core.Design(**design.core_design()), 0)["members"]["state"]
    chosen = company.select(design).set_index("order")
    first = set(company.core_ids[state[0] > 0])
    assert first == set(chosen.loc[1:4, "id"])
    assert set(company.core_ids[state[7] > 0]) == set(chosen["id"])


KEPT = {"departments": [SMALL, "Lab"], "regions": ["Isle", "North"], "quotas": {SMALL: 1, "Lab": 2},
        "waves": [{"start": START, "size": 1, "departments": [SMALL]}, {"start": "2027-01-11"}]}  # fmt: skip


@pytest.fixture(scope="module")
def contest(company: gs.Company) -> gs.Contest:
    base = gs.Scenario(company, START, 5, "None", warm_up_weeks=1, follow_up_weeks=1)
    named = base.replace(label="Named", program=gs.Program(select=gs.Selection(names=IDS[5:9]), leadership=1))
    kept = base.replace(program=plan(**KEPT))
    return gs.compare([named, kept], baseline=base, worlds=2, replicates=2, progress=False)


def test_rules_survive_files_and_run_again_to_the_same_numbers(contest: gs.Contest, tmp_path: Any) -> None:
    path = contest.save(tmp_path / "a.gsw")
    again = gs.rerun(path)
    assert again, again
    label = contest.labels[2]
    known = gs.load(path, key=gs.own_key())
    for name in ("Named", label):
        assert known.results[name].scenario == contest.results[name].scenario
        assert known.results[name].scenario.content_hash() == contest.results[name].scenario.content_hash()
    unknown = gs.load(path)
    select = unknown.results[label].scenario.program.select
    assert select.departments == ("suppressed 2", "Lab")
    assert dict(select.quotas) == {"suppressed 2": 1, "Lab": 2}
    assert select.waves[0].departments == ("suppressed 2",)
    assert unknown.results["Named"].scenario.program.select.names == tuple(gs.own_key().pseudonyms(IDS[5:9]))
    assert unknown.results[label].scenario.company.hire_date is not None
    again = unknown.save(tmp_path / "b.gsw")
    assert gs.load(again, key=gs.own_key()).results[label].scenario == contest.results[label].scenario
    nobody = gs.load(contest.save(tmp_path / "c.gsw", people="aggregate"))
    assert nobody.results["Named"].scenario.program.select.count() == 4
    assert nobody.results[label].scenario.program.select.regions[1] == "North"


def test_no_file_and_no_label_has_a_small_group_or_an_id(contest: gs.Contest, tmp_path: Any) -> None:
    paths = [contest.save(tmp_path / "a.gsw"), contest.save(tmp_path / "n.gsw", people="aggregate"),
             contest.to_excel(tmp_path / "a.xlsx"), *contest.to_csv(tmp_path / "csv")]  # fmt: skip
    texts = {"labels": " ".join(contest.labels), "cell": contest._repr_html_()}
    for path in paths:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                texts |= {f"{path.name}/{n}": archive.read(n).decode("latin-1") for n in archive.namelist()}
        else:
            texts[path.name] = path.read_text()
    for name, result in contest.results.items():
        texts[f"{name}: manifest"] = str(dict(result.manifest))
        texts[f"{name}: yaml"] = result.scenario.to_yaml()
        texts[f"{name}: texts"] = f"{result.scenario!r}{result.scenario.describe().to_csv()}"
        texts[f"{name}: parameters"] = result.scenario.parameters().to_csv()
    for name, text in texts.items():
        assert SMALL not in text, name
        assert "Isle" not in text, name
        # A hash may end like an id: an id begins a word.
        assert not [who for who in IDS[5:9] if re.search(rf"(?<![0-9A-Za-z]){who}['\n]", text)], name
    assert "Lab" in texts["labels"]


def test_yaml_of_a_small_group_needs_the_key(company: gs.Company, tmp_path: Any) -> None:
    made = scenario(company, "Kept", **KEPT)
    text = made.to_yaml()
    assert SMALL not in text
    assert "- Lab" in text
    assert gs.Scenario.from_yaml(text, company) == made
    key = gs.create_key(tmp_path / "other.key")
    other = made.to_yaml(key)
    assert key.pseudonym(SMALL) in other
    assert gs.Scenario.from_yaml(other, company, key=key) == made
    with pytest.raises(gs.InvalidInput, match=r"key: the groups of program\.select are pseudonyms under the key of"):
        gs.Scenario.from_yaml(other, company)
    named = scenario(company, "Named", names=IDS[3:6])
    assert gs.Scenario.from_yaml(named.to_yaml(), company) == named
    assert named.pseudonymized().content_hash() == named.content_hash()
    assert named.pseudonymized().program.select.names == tuple(company.numbers_of(IDS[3:6]))


def test_a_grid_over_rules(company: gs.Company) -> None:
    base = scenario(company, "Base", size=6)
    fields = {"program.select.order": ["random", "connections"], "program.select.departments": [["Lab"], None]}
    orders = gs.grid(base, fields, worlds=1, replicates=1, progress=False)  # fmt: skip
    assert orders.labels[1:] == [
        "order=random, departments=Lab", "order=random, departments=None",
        "order=connections, departments=Lab", "order=connections, departments=None",
    ]  # fmt: skip
    rules = [gs.Selection(names=IDS[:3]), gs.Selection(departments=["Lab"], size=3), {"regions": ["Isle"]},
             {"names": ["nobody"]}, {"departments": ["Legl"]}]  # fmt: skip
    whole = gs.grid(base, {"program.select": rules}, worlds=1, replicates=1, progress=False)
    assert whole.labels[1:] == [
        "select=3 named and invited", "select=3 at random, departments Lab",
        f"select=all eligible invited, regions region {company.labels['region'].index('Isle') + 1}",
    ]  # fmt: skip
    assert len(whole.failed) == 2
    dated = gs.grid(base, {"program.changes": [(), [{"recognition": 1}]]}, worlds=1, replicates=1, progress=False)
    assert dated.labels[1:] == ["changes=none", "changes=from the first day to the last day: recognition 1"]
    entry = gs.grid(
        base.replace({"program.changes": [{"recognition": 1}]}), {"program.changes.0.recognition": [0.5, 1]},
        worlds=1, replicates=1, progress=False,
    )  # fmt: skip
    assert entry.labels[1:] == ["recognition=0.5", "recognition=1"]
    with pytest.raises(gs.UnknownName, match=r"program\.changes\.0\.recognitio: no such address"):
        gs.grid(base, {"program.changes.0.recognitio": [1]})


def test_people_of_a_selection(company: gs.Company) -> None:
    named = gs.simulate(scenario(company, names=IDS[3:6]), worlds=1, replicates=1, progress=False)
    flags = named.people("posts").set_index("who")["advocate"]
    assert set(flags.index[flags]) == set(IDS[3:6])
    everybody = gs.simulate(scenario(company), worlds=1, replicates=1, progress=False).people("posts")
    assert everybody["advocate"].all()
    some = gs.simulate(scenario(company, size=5), worlds=1, replicates=1, progress=False).people("posts", "posts")
    assert some["advocate"].isna().all()
    assert "satisfaction" in some["imputed"][0]


def test_unused_parts_are_warned_of(company: gs.Company) -> None:
    made = scenario(company, goal="deals", weights={"fit": 2}, size=10, waves=[{"start": START, "size": 4}])
    rows = made.warnings.set_index("code")
    assert rows.loc["selection_part_not_used", "examples"] == "program.select.goal, program.select.weights"
    assert rows.loc["waves_leave_people_out", "count"] == 6
    assert scenario(company, order="readiness", goal="deals").warnings.empty


def test_lists_are_taken_from_pandas_and_numpy() -> None:
    rule = gs.Selection(
        departments=pd.Series(["Lab", "Sales"]), regions=np.array(["North"]), size=np.int64(3),
        waves=(gs.Wave(start=pd.Timestamp("2027-01-04"), size=np.int32(2)), {"start": np.datetime64("2027-01-11")}),
    )  # fmt: skip
    assert rule == gs.Selection(
        departments=["Lab", "Sales"], regions=["North"], size=3,
        waves=[{"start": "2027-01-04", "size": 2}, {"start": "2027-01-11"}],
    )  # fmt: skip
    assert all(type(label) is str for label in (*rule.departments, *rule.regions))
    counts = pd.Series({"Lab": 2, "Sales": 1})
    assert gs.Selection(quotas=counts.to_dict()).count() == 3
    assert hash(gs.Selection(quotas={"Lab": 2, "Sales": 1})) == hash(gs.Selection(quotas={"Sales": 1, "Lab": 2}))
    assert gs.Selection(names=pd.Series([4, 2])).names == (4, 2)
