"""The registry of levers as a frame."""

import groundswell as gs
from groundswell import _core
from groundswell.scenario.addresses import is_address
from groundswell.scenario.program.levers import LEVERS


def test_every_lever_has_its_address_and_what_the_schema_knows():
    frame = gs.levers()
    assert frame["name"].tolist() == [lever["name"] for lever in _core.levers()]
    assert frame["address"].is_unique
    parameters = gs.parameters().set_index("path")
    for row in frame.to_dict("records"):
        assert is_address(row["address"], gs.Scenario)
        known = parameters.loc[row["address"]]
        assert [row[name] for name in ("unit", "bounds", "prior", "source")] == known[
            ["unit", "bounds", "prior", "source"]
        ].tolist()
        assert row["neutral"] < row["largest"]
        assert row["direction"] in (-1, 0, 1)
    assert set(frame["address"]) == {f"program.{name}" for name in LEVERS if name not in ("platforms", "mix")}


def test_the_measures_it_names_exist():
    assert set(gs.levers()["measure"]) <= set(gs.measures()["name"])


def test_every_lever_can_be_set_from_neutral_to_largest():
    base = gs.Scenario(gs.Company.synthetic(50), "2027-01-04", program=gs.Program(select=gs.Selection()))
    for row in gs.levers().to_dict("records"):
        value = "mandatory" if row["address"] == "program.mode" else row["largest"]
        event = row["name"] == "relaunch"  # of a day: it is no value of the whole year
        dated = [gs.Change(start="2027-01-04", relaunch=True)]
        changed = base.replace({"program.changes": dated} if event else {row["address"]: value})
        settings = changed.core_design()["program"]["periods"][0]["settings"]
        assert settings[row["name"]] == row["largest"]
        assert isinstance(_core.Design(**changed.core_design()), _core.Design)
