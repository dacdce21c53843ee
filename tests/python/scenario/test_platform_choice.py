"""Which platforms are on is one setting: shares follow, in every door, and what is stated is never moved."""

from __future__ import annotations

from typing import Any

import pytest

import groundswell as gs
from groundswell.errors import InvalidInput, UnknownName
from groundswell.scenario.addresses import is_address, read
from groundswell.scenario.model.platform import Platforms
from groundswell.scenario.schema.platform_table import PLATFORMS

COMPANY = gs.Company.synthetic(40)
PROGRAM = gs.Program(
    advocates=gs.ActiveAdvocates(size=5), changes=[{"platforms": {"linkedin": 0.5, "x": 0.5}, "end": "2027-02-01"}]
)
BOTH = {"platforms.facebook.on": True, "platforms.x.on": True}
GROUPS = ("posting.organic_platforms", "program.platforms")


def base(**more: Any) -> gs.Scenario:
    dates = {"weeks": 8, "warm_up_weeks": 1, "follow_up_weeks": 1}
    program = gs.Program(advocates=gs.ActiveAdvocates(size=5))
    return gs.Scenario(COMPANY, "2027-01-04", **({"program": program} | dates | more))


def shares(scenario: gs.Scenario, group: str) -> dict[str, float]:
    found = read(scenario, tuple(group.split(".")))
    return {name: getattr(found, name) for name in PLATFORMS if getattr(found, name) > 0}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"platforms.linkedin.on": False, "platforms.facebook.on": True}, {"facebook": 1}),
        ({"platforms.only": "facebook"}, {"facebook": 1}),
        ({"platforms.only": ["facebook"]}, {"facebook": 1}),
        ({"platforms.only": ("x", "facebook")}, {"facebook": 0.5, "x": 0.5}),
        ({"platforms.only": ["linkedin", "x"]}, {"linkedin": 1}),
        ({"platforms": {"linkedin": {"on": False}, "instagram": {"on": True}}}, {"instagram": 1}),
        ({"platforms": Platforms(only="x")}, {"x": 1}),
        ({"platforms.x.on": True}, {"linkedin": 1}),
    ],
)
def test_leaving_linkedin_is_one_setting(changes: dict[str, Any], expected: dict[str, float]) -> None:
    there = base().replace(changes)
    for group in GROUPS:
        assert shares(there, group) == expected
    assert gs.Scenario.from_yaml(there.to_yaml()) == there
    assert there.replace({"platforms.only": "linkedin"}) == base()
    assert set(there.diff(base())["path"]) >= {f"posting.organic_platforms.{n}" for n in set(expected) - {"linkedin"}}
    there.core_design()


def test_without_a_program_and_with_dated_changes_too() -> None:
    assert shares(base(program=None).replace({"platforms.only": "x"}), "posting.organic_platforms") == {"x": 1}
    dated = base().replace(BOTH | {"program": PROGRAM})
    left = dated.replace({"platforms.only": ["facebook", "x"]})
    assert shares(left, "program.changes.0.platforms") == {"x": 1}
    assert shares(left, "program.platforms") == {"facebook": 0.5, "x": 0.5}
    more = dated.replace({"program.changes.0.platforms.x": 0.2, "platforms.instagram.on": True})
    assert shares(more, "program.changes.0.platforms") == {"linkedin": 0.8, "x": 0.2}


@pytest.mark.parametrize("group", GROUPS)
def test_some_shares_rescale_the_others_in_proportion(group: str) -> None:
    spread = base().replace(BOTH | {group: {"linkedin": 0.6, "facebook": 0.3, "x": 0.1}})
    found = spread.replace({f"{group}.x": 0.4})
    assert shares(found, group) == pytest.approx({"linkedin": 0.4, "facebook": 0.2, "x": 0.4})
    assert shares(spread.replace({f"{group}.x": 1}), group) == {"x": 1}
    assert shares(spread.replace({f"{group}.linkedin": 0, f"{group}.facebook": 0}), group) == pytest.approx({"x": 1})
    alone = base().replace(BOTH).replace({f"{group}.linkedin": 0.5})
    assert shares(alone, group) == pytest.approx({"linkedin": 0.5, "facebook": 0.25, "x": 0.25})
    assert shares(spread.replace({f"{group}.x": 0.2, "platforms.facebook.on": False}), group) == pytest.approx(
        {"linkedin": 0.8, "x": 0.2}
    )
    untouched = spread.replace({"posting.displacement": 0.1})
    assert untouched.diff(spread)["path"].tolist() == ["posting.displacement"]


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_stated_is_never_moved(group: str) -> None:
    start = base().replace(BOTH)
    four = {"linkedin": 0.5, "facebook": 0.3, "instagram": 0.0, "x": 0.1}
    with pytest.raises(InvalidInput, match=rf"^{group} = .*must sum to 1; they sum to 0\.9"):
        start.replace({f"{group}.{name}": share for name, share in four.items()})
    with pytest.raises(InvalidInput, match=r"must sum to 1; they sum to 0\.9"):
        start.replace({group: four})
    with pytest.raises(InvalidInput, match="must sum to 1"):
        start.replace({f"{group}.facebook": 0.7, f"{group}.x": 0.6})
    with pytest.raises(InvalidInput, match=rf"{group}\.x = 1\.5: must be a finite number"):
        start.replace({f"{group}.x": 1.5})
    with pytest.raises(InvalidInput, match=rf"{group}\.x = '1'"):
        start.replace({f"{group}.x": "1"})
    with pytest.raises(InvalidInput, match=rf"^{group}\.instagram = 0\.2: platforms\.instagram\.on is False"):
        start.replace({f"{group}.instagram": 0.2})
    with pytest.raises(InvalidInput, match=rf"{group}\.linkedin = 1: platforms\.linkedin\.on is False"):
        start.replace({"platforms.only": "x", group: {"linkedin": 1}})


def test_a_file_that_states_no_share_needs_one_setting_and_stated_ones_are_checked() -> None:
    text = "groundswell_scenario: 1\nstart: 2027-01-04\nplatforms: {only: facebook}\n"
    company = "company: {synthetic: {employees: 40}}\n"
    program = "program: {advocates: {size: 5}}\n"
    found = gs.Scenario.from_yaml(text + company + program)
    assert found.platforms.only == ("facebook",)
    for group in GROUPS:
        assert shares(found, group) == {"facebook": 1}
    switched = text.replace("{only: facebook}", "{linkedin: {on: false}, facebook: {on: true}}")
    assert gs.Scenario.from_yaml(switched + company + program) == found
    assert gs.Scenario.from_yaml(found.to_yaml()) == found
    with pytest.raises(
        InvalidInput, match=r"posting\.organic_platforms\.linkedin = 1: platforms\.linkedin\.on is False"
    ):
        gs.Scenario.from_yaml(text + company + "posting: {organic_platforms: {linkedin: 1}}\n")
    with pytest.raises(InvalidInput, match=r"platforms\.only: says what platforms\.facebook\.on says too"):
        gs.Scenario.from_yaml(text.replace("{only", "{facebook: {on: false}, only") + company)


def test_objects_that_state_no_share_follow_too() -> None:
    found = base(platforms=Platforms(only=["facebook"]), posting=gs.scenario.Posting(displacement=0.1))
    for group in GROUPS:
        assert shares(found, group) == {"facebook": 1}
    assert found.posting.displacement == 0.1
    assert found.program == gs.Program(advocates=gs.ActiveAdvocates(size=5), platforms={"linkedin": 0, "facebook": 1})


def test_names_of_platforms_are_checked() -> None:
    assert is_address("platforms.only", gs.Scenario)
    assert not is_address("platforms.only.x", gs.Scenario)
    with pytest.raises(InvalidInput, match=r"^platforms\.only = 'facebok': .*nearest valid name: facebook"):
        base().replace({"platforms.only": "facebok"})
    with pytest.raises(InvalidInput, match=r"^platforms\.only = 3: must be names of platforms"):
        base().replace({"platforms.only": 3})
    with pytest.raises(InvalidInput, match="one platform at least must be on"):
        base().replace({"platforms.only": []})
    with pytest.raises(InvalidInput, match=r"platforms\.only: says what platforms\.x\.on says too; give one of them"):
        base().replace({"platforms.only": "facebook", "platforms.x.on": True})
    with pytest.raises(UnknownName, match=r"platforms\.onyl: no such address; nearest valid name: platforms\.only"):
        base().replace({"platforms.onyl": "x"})


def test_labels_say_where_one_is() -> None:
    usual = base(weeks=52, warm_up_weeks=26, follow_up_weeks=4)
    shares = "program.platforms.facebook = 1; posting.organic_platforms.facebook = 1"
    assert usual.replace({"platforms.only": "facebook"}).label == f"{usual.label}; on Facebook; {shares}"


def test_a_grid_over_one_share_rescales_the_others_and_says_so() -> None:
    start = base().replace({"platforms.x.on": True})
    found = gs.grid(start, {"program.platforms.x": [0.0, 0.3]}, worlds=1, replicates=1)
    assert found.labels[1:] == ["platforms.x=0", "platforms.x=0.3 (other shares rescaled)"]
    assert found.frame("posts")["program.platforms.x"].tolist()[1:] == [0, 0.3]
    design = found.results["platforms.x=0.3 (other shares rescaled)"].scenario
    assert shares(design, "program.platforms") == pytest.approx({"linkedin": 0.7, "x": 0.3})
    listed = set(found.results["platforms.x=0"].scenario.diff(design)["path"])
    assert listed == {"program.platforms.linkedin", "program.platforms.x"}


def test_a_grid_over_platforms() -> None:
    found = gs.grid(base(), {"platforms.only": ["linkedin", ["facebook", "x"]]}, worlds=1, replicates=1)
    assert found.labels[1:] == ["platforms.only=linkedin", "platforms.only=facebook; x"]
    assert found.cells["platforms.only"].astype(str).tolist()[1:] == ["linkedin", "facebook; x"]
    by_platform = found.results["platforms.only=facebook; x"].frame("posts", by="platform")
    assert by_platform["platform"].astype(str).tolist() == ["facebook", "x"]
    wrong = gs.grid(base(), {"platforms.only": ["x", "facebok"]}, worlds=1, replicates=1)
    assert "nearest valid name: facebook" in wrong.cells["status"].iloc[-1]
