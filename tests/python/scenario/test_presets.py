"""Presets: each makes a valid design of any company and sets what its table says, and nothing else."""

import pytest

import groundswell as gs

BASE = gs.Scenario(gs.Company.synthetic(60, currency="EUR"), "2027-01-04", weeks=4, warm_up_weeks=1, follow_up_weeks=1)


def test_the_table_has_a_row_a_preset():
    table = gs.presets.table()
    assert table["name"].tolist() == gs.presets.names() == [
        "no_program", "invite_everyone", "invite_a_tenth", "press_release_machine", "mandate", "small_team",
        "story_tellers",
    ]  # fmt: skip
    assert table["label"].is_unique
    assert table.map(bool).all().all()


def test_designs_set_what_the_table_says_and_nothing_else():
    neutral = gs.Program(select=gs.Selection())
    for name, rows in gs.presets.settings().groupby("name", sort=False):
        design = gs.presets.design(BASE, str(name))
        assert design.label == gs.presets.table().set_index("name").loc[name, "label"]
        assert design.company == BASE.company
        sets = dict(zip(rows["address"], rows["value"], strict=True))
        if name == "no_program":
            assert sets == {"program": None}
            assert design.program is None
            continue
        found = design.parameters().set_index("path")["value"]
        for address, value in sets.items():
            if not isinstance(value, str) or address.endswith((".mode", ".order", ".goal")):
                assert found[address] == value, address
        changed = {row["path"].split(".")[1] for row in BASE.replace(program=neutral).diff(design).to_dict("records")
                   if row["path"].startswith("program.")}  # fmt: skip
        assert changed <= {address.split(".")[1] for address in sets}, name


def test_the_small_team_grows_with_the_company():
    sizes = {n: gs.presets.program(gs.Scenario(gs.Company.synthetic(n), "2027-01-04"), "small_team").select.size
             for n in (3, 60, 1000)}  # fmt: skip
    assert sizes == {3: 1, 60: 6, 1000: 100}


def test_designs_are_ready_to_compare():
    contest = gs.compare(gs.presets.designs(BASE, ["mandate", "story_tellers"]), baseline=BASE, worlds=1, replicates=1,
                         progress=False)  # fmt: skip
    posts = {label: result.summary().loc["enrollments", "mean"] for label, result in contest.results.items()}
    assert posts["Mandate"] > posts["Story-tellers, 20 % company"]
    assert [design.label for design in gs.presets.designs(BASE)] == gs.presets.table()["label"].tolist()


def test_errors():
    with pytest.raises(gs.UnknownName, match="nearest valid name: story_tellers"):
        gs.presets.design(BASE, "storytellers")
    for near, name in (("small_tem", "small_team"), ("Mandate", "mandate"), ("invite everyone", "invite_everyone")):
        with pytest.raises(gs.UnknownName, match=f"no preset of the name '{near}'; nearest valid name: {name}"):
            gs.presets.find(near)
    for odd in (3, None, [], {"a": 1}):
        with pytest.raises(gs.InvalidInput, match=r"name = .*: must be text"):
            gs.presets.find(odd)
    with pytest.raises(gs.InvalidInput, match=r"must be a gs\.Scenario"):
        gs.presets.design(BASE.company, "mandate")
    with pytest.raises(gs.InvalidInput, match="must be a list of names"):
        gs.presets.designs(BASE, "mandate")
