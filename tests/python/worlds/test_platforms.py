"""Four platforms as data: defaults, switches, shares of posts, what crosses to the core."""

import math
import pickle

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.results.people_counts import FULL
from groundswell.scenario import Facebook, Platform, Platforms, Scenario, X
from groundswell.scenario import to_core as core
from groundswell.scenario.model import platform as platform_module
from groundswell.scenario.schema.platform_table import ELSEWHERE, PLATFORMS
from groundswell.study.company_part import company_part, read_company

ROWS = gs.parameters().set_index("path")
OTHERS = PLATFORMS[1:]
CONSTANTS = {name: dict.fromkeys(Platform().constants(1.2, 1.1), 1.0) for name in PLATFORMS}
# Published figures and assumptions: LinkedIn, Facebook, Instagram, X.
PUBLISHED = {
    "person_visibility": (0.125, 0.10, 0.10, 0.03), "page_visibility": (0.04, 0.017, 0.038, 0.03),
    "page_posts_per_week": (3, 5, 4, 7), "half_life_hours": (18, 1, 19.5, 0.6),
    "engage": (0.0385, 0.03, 0.04, 0.012), "click": (0.02, 0.015, 0.004, 0.01),
    "reshare": (0.0030, 0.0021, 0.00045, 0.0045), "mute": (0.0001,) * 4, "mute_promotional": (3, 3, 3, 2),
    "page_reaction_ratio": (0.45,) * 4, "endorsement_weak": (1.6,) * 4, "endorsement_strong": (2.0,) * 4,
    "attention": (0.5,) * 4, "attention_person_page_ratio": (1.3,) * 4, "surfaced_views": (13,) * 4,
    "surfacing_decay": (0.5,) * 4, "reaction_decay": (0.25,) * 4, "reshare_views": (2,) * 4,
    "connections_mean": (290, 200, 150, 75), "connections_per_follower": (10,) * 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def base():
    return Scenario(gs.Company.synthetic(50), "2027-01-04", program=gs.Program(advocates=gs.ActiveAdvocates(size=5)))


@pytest.mark.parametrize("field", PUBLISHED)
def test_defaults_are_those_of_the_list(field):
    assert [ROWS.loc[f"platforms.{name}.{field}", "default"] for name in PLATFORMS] == list(PUBLISHED[field])


def test_defaults_that_follow_from_others():
    for name in OTHERS:
        first, later = (
            ROWS.loc[f"platforms.{name}.{f}", "default"] for f in ("half_life_hours", "later_half_life_hours")
        )
        assert later / first == pytest.approx(0.55, rel=0.01)
    # Facebook: mean 200, median 100.
    assert math.exp(ROWS.loc["platforms.facebook.connections_log_sd", "default"] ** 2 / 2) == pytest.approx(2, rel=0.01)
    # The shape of the product: 1 + 1/shape is LinkedIn's for activity, times what affinity and strength add.
    others = (1 + 1 / 0.36) / (1 + 1 / 0.47)
    for name, product in zip(PLATFORMS, (0.36, 0.5, 0.5, 0.36), strict=True):
        activity = ROWS.loc[f"platforms.{name}.activity_shape", "default"]
        assert (1 + 1 / activity) * others == pytest.approx(1 + 1 / product, rel=0.01)


def test_every_platform_has_the_same_fields_and_its_own_address():
    paths = {name: [p.split(".", 2)[2] for p in ROWS.index if p.startswith(f"platforms.{name}.")] for name in PLATFORMS}
    assert all(paths[name] == paths["linkedin"] for name in OTHERS)
    assert set(ELSEWHERE) <= set(paths["linkedin"])
    for name, made in zip(PLATFORMS, (Platform, Facebook, platform_module.Instagram, X), strict=True):
        assert made().name == name
        with pytest.raises(gs.InvalidInput, match=rf"^platforms\.{name}\.engage = 2"):
            made(engage=2)
        with pytest.raises(gs.InvalidInput, match=rf"^platforms\.{name}\.mix = .*sum to 1"):
            made(mix={"other": 0.9})


def test_what_nobody_measured_elsewhere_is_an_assumption():
    measured = {"[2.11]", "[2.12]", "[2.13]", "[2.14]", "[2.17]", "[2.1]: 2012; [2.7]: drift", "[3.6] [3.7]",
                "[3.6] [3.7]: mean / median", "[3.10]: followers, here mutual ties"}  # fmt: skip
    for name in OTHERS:
        rows = ROWS[ROWS.index.str.startswith(f"platforms.{name}.")]
        evidence = rows[rows["tag"] == "evidence"]
        assert set(evidence["source"]) <= measured
        assert set(rows["tag"]) == {"input", "evidence", "assumption"}
        assert (rows.loc[rows["source"].str.endswith("; assumption: as on LinkedIn"), "tag"] == "assumption").all()


def test_only_linkedin_is_on_by_default(base):
    assert [p.name for p in base.platforms.on()] == ["linkedin"]
    parameters = base.core_parameters()
    assert list(parameters["platforms"]) == list(parameters["platform_audiences"]) == ["linkedin"]
    rows = base.describe().set_index("part")
    assert rows.loc["platform linkedin", "state"] == "on"
    assert [rows.loc[f"platform {name}", "state"] for name in OTHERS] == ["off"] * 3


def test_a_platform_that_is_on_crosses_with_its_own_numbers(base):
    both = base.replace({"platforms.x.on": True, "platforms.x.engage": 0.02})
    assert both.label == "5 advocates, 4 posts a week; on LinkedIn and X; platforms.x.engage = 0.02"
    parameters = core.parameters(both, CONSTANTS)
    assert list(parameters["platforms"]) == list(parameters["platform_audiences"]) == ["linkedin", "x"]
    assert set(parameters["platforms"]["x"]) == set(parameters["platforms"]["linkedin"])
    assert parameters["platforms"]["x"]["engage"] == 0.02
    assert parameters["platforms"]["x"]["constants"] == CONSTANTS["x"]
    assert parameters["platform_audiences"]["x"]["presence"]["buyer"] == 0.3
    assert not {"on", "person_visibility", "page_visibility"} & set(parameters["platforms"]["x"])
    assert not set(core.AUDIENCE_FIELDS) & set(parameters["platforms"]["x"])


def test_parameters_of_a_platform_that_is_off_change_no_number(base):
    quiet = base.replace({"platforms.facebook.engage": 0.02})
    assert quiet.content_hash() == base.content_hash()
    assert quiet != base


def test_a_platform_without_solved_constants_is_refused_before_a_run(base, monkeypatch):
    monkeypatch.setattr(platform_module, "has_file", lambda name: name == "linkedin")
    scenario = base.replace({"platforms.facebook.on": True})
    message = r"^platforms\.facebook\.on = True: its constants are not solved.*solve_constants\.py --platform facebook"
    for ask in (scenario.core_parameters, scenario.content_hash):
        with pytest.raises(gs.InvalidInput, match=message):
            ask()
    with pytest.raises(gs.InvalidInput, match=message):
        gs.simulate(scenario, worlds=1, replicates=1, progress=False)


@pytest.mark.parametrize("group", ["program.platforms", "posting.organic_platforms"])
def test_shares_over_platforms(base, group):
    half = {f"{group}.linkedin": 0.5, f"{group}.x": 0.5}
    with pytest.raises(gs.InvalidInput, match=rf"^{group}\.x = 0\.5: platforms\.x\.on is False"):
        base.replace(half)
    whole = dict.fromkeys(PLATFORMS, 0.0) | {"linkedin": 1.0, "x": 0.5}
    for stated in ({group: whole}, {f"{group}.{name}": share for name, share in whole.items()}):
        with pytest.raises(gs.InvalidInput, match=rf"^{group} = .*must sum to 1; they sum to 1\.5"):
            base.replace(stated | {"platforms.x.on": True})
    spread = base.replace(half | {"platforms.x.on": True})
    parameters = core.parameters(spread, CONSTANTS)
    settings = core.program(spread)["periods"][0]["settings"]
    organic = {"linkedin": 1.0, "facebook": 0.0, "instagram": 0.0, "x": 0.0}
    if group == "program.platforms":
        assert settings["platforms"] == organic | {"linkedin": 0.5, "x": 0.5}
        assert parameters["posting"]["organic_platforms"] == organic
    else:
        assert settings["platforms"] == organic
        assert parameters["posting"]["organic_platforms"] == organic | {"linkedin": 0.5, "x": 0.5}
    assert spread.pseudonymized() == spread


def test_one_platform_at_least_is_on():
    with pytest.raises(
        gs.InvalidInput, match=r"^platforms: one platform at least must be on \(platforms\.linkedin\.on,"
    ):
        Platforms(linkedin={"on": False})


@pytest.mark.parametrize("value", [1, 0, "True", None, 1.0, "on"])
def test_a_switch_is_true_or_false(base, value):
    with pytest.raises(gs.InvalidInput, match=r"^platforms\.x\.on = .*: must be False or True"):
        base.replace({"platforms.x.on": value})
    assert base.replace({"platforms.x.on": np.bool_(True)}).platforms.x.on is True


def test_a_law_is_named(base):
    assert base.core_parameters()["feed"]["fractional_contagion"] == 0.0
    assert base.replace({"feed.contagion": "fractional"}).core_parameters()["feed"]["fractional_contagion"] == 1.0
    with pytest.raises(gs.InvalidInput, match=r"^feed\.contagion = 'fractionl': .*nearest valid name: fractional"):
        base.replace({"feed.contagion": "fractionl"})
    with pytest.raises(gs.InvalidInput, match=r"^feed\.contagion = 1: must be 'independent' or 'fractional'"):
        base.replace({"feed.contagion": 1})


def test_a_platform_does_not_take_another_ones_value(base):
    with pytest.raises(gs.InvalidInput, match=r"^platforms\.linkedin = .*must be a Platform or a mapping"):
        base.replace({"platforms.linkedin": Facebook()})
    with pytest.raises(gs.InvalidInput, match=r"^platforms\.x = .*must be a X or a mapping"):
        base.replace({"platforms.x": Platform()})


def test_a_mapping_starts_from_the_platforms_own_defaults():
    platforms = Platforms(facebook={"on": True, "mix": {"buyer": 0.04, "personal": 0.59}})
    assert platforms.facebook.half_life_hours == 1
    assert platforms.facebook.mix.other == 0.15
    assert Platforms() == Platforms(facebook={}, x=X())


def test_scenarios_with_platforms_pickle_and_go_through_yaml(base):
    scenario = base.replace({"platforms.x.on": True, "platforms.x.presence.buyer": 0.5, "feed.contagion": "fractional"})
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert Scenario.from_yaml(scenario.to_yaml()) == scenario
    for made in platform_module.classes_below(X):
        assert pickle.loads(pickle.dumps(made())) == made()


def test_nobody_is_tied_to_who_is_nowhere(base):
    with pytest.raises(
        gs.InvalidInput, match=r"platforms\.linkedin\.mix\.buyer = 0\.12: must be 0 where platforms\.linke"
    ):
        base.replace({"platforms.linkedin.presence.buyer": 0})
    moved = {
        "platforms.linkedin.mix.buyer": 0,
        "platforms.linkedin.mix.other": 0.27,
        "platforms.linkedin.presence.buyer": 0,
    }
    with pytest.raises(
        gs.InvalidInput, match=r"^audience\.pool\.buyer = 60000: nobody of this segment is on a platform"
    ):
        base.replace(moved)
    assert base.replace(moved | {"audience.pool.buyer": 0}).audience.pool.buyer == 0
    assert base.replace(moved | {"platforms.x.on": True}).platforms.x.presence.buyer == 0.3  # they are there


def test_a_circle_holds_more_persons_than_stubs(base):
    with pytest.raises(
        gs.InvalidInput, match=r"^audience\.circle_stubs = 31: must be below audience\.circle_persons \(31\)"
    ):
        base.replace({"audience.circle_stubs": 31})


def test_companies_know_other_platforms(tmp_path):
    hr = pd.DataFrame({"id": ["a", "b", "c"], "li": [100, 200, 300], "fb": [0, 50, None]})
    columns = {"id": "id", "connections": "li", "connections_facebook": "fb"}
    firm = gs.Company.from_frames(hr, columns=columns, page_followers=9, page_followers_facebook=7)
    arguments = firm.core_arguments()
    assert arguments["page_followers"] == {"linkedin": 9, "facebook": 7}
    assert list(arguments["connections"]) == ["facebook"]
    of_table = firm.draw_order.to_table(arguments["connections"]["facebook"])
    np.testing.assert_array_equal(of_table, [0, 50, np.nan])
    rows = firm.columns.set_index("field")
    assert rows.loc["connections_facebook", ["given", "missing"]].tolist() == [2, 1]
    assert "platforms.facebook.connections_*" in rows.loc["connections_facebook", "imputed_from"]
    assert "connections_x" not in rows.index
    assert rows.loc["page_followers_facebook", "given"] == 1
    assert ("partly_missing", "connections_facebook") in set(
        zip(firm.warnings["code"], firm.warnings["examples"], strict=True)
    )
    plain = gs.Company.from_frames(hr, columns={"id": "id", "connections": "li"}, page_followers=9)
    assert plain.core_arguments()["page_followers"] == 9
    assert "connections" not in plain.core_arguments()
    assert plain.content_hash() != firm.content_hash()
    key = gs.create_key(tmp_path / "firm.key")
    again, _ = read_company(company_part(firm, key, 1, FULL).members, key)
    np.testing.assert_array_equal(again.platform_connections["facebook"], [0, 50, np.nan])
    assert again.content_hash() == firm.content_hash()
    assert again.firm == firm.firm


@pytest.mark.parametrize("cell", [-1, 1.5, "many", 1_000_001])
def test_connections_elsewhere_are_counts(cell):
    hr = pd.DataFrame({"id": [1, 2], "fb": pd.Series([3, cell], dtype=object)})
    with pytest.raises(gs.InvalidInput, match=r"row 1, column 'fb' = .*0 \(no account there\) to 1,000,000"):
        gs.Company.from_frames(hr, columns={"id": "id", "connections_facebook": "fb"})


def test_the_same_column_is_not_two_platforms():
    hr = pd.DataFrame({"id": [1, 2], "n": [3, 4]})
    with pytest.raises(gs.InvalidInput, match=r"columns\.connections_x = 'n': is also columns\.connections"):
        gs.Company.from_frames(hr, columns={"id": "id", "connections": "n", "connections_x": "n"})
    with pytest.raises(gs.InvalidInput, match=r"page_followers_x = -1: must be a whole number"):
        gs.Company.synthetic(5, page_followers_x=-1)


def test_columns_of_other_platforms_are_suggested():
    hr = pd.DataFrame({"employee id": [1, 2], "facebook_friends": [3, 4], "LinkedIn connections": [5, 6]})
    lines = {line.field: line.code for line in gs.Company.suggest_columns(hr).lines}
    assert lines["connections"] == '"LinkedIn connections"'
    assert lines["connections_facebook"] == '"facebook_friends"'
    only = {line.field: line.code for line in gs.Company.suggest_columns(hr.drop(columns="LinkedIn connections")).lines}
    assert "connections" not in only
