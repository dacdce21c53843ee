"""Every number has one dotted address, the same everywhere."""

import re

import pytest

import groundswell as gs
from groundswell.errors import nearest
from groundswell.scenario import Scenario, Workforce
from groundswell.scenario.addresses import addresses, is_address, leaves, read
from groundswell.scenario.program.levers import ON_PARTICIPATION
from groundswell.scenario.schema.kinds import Quotas
from groundswell.scenario.schema.moved import MOVED
from groundswell.scenario.schema.platform_table import PLATFORMS


@pytest.fixture(scope="module")
def scenario():
    company = gs.Company.synthetic(200)
    return gs.Scenario(company, "2027-01-04", program=gs.Program(advocates=gs.ActiveAdvocates(size=5)))


@pytest.fixture(scope="module")
def invited(scenario):
    return scenario.replace(program=gs.Program(select=gs.Selection(), mix=gs.scenario.ProgramMix()))


@pytest.fixture(scope="module")
def everywhere(scenario):
    quarter = dict.fromkeys(PLATFORMS, 0.25)
    on = {f"platforms.{name}.on": True for name in PLATFORMS}
    return scenario.replace(on | {"program.platforms": quarter, "posting.organic_platforms": quarter})


PATHS = [".".join(path) for path, _, _ in leaves(Scenario)]


def test_addresses_are_unique_and_complete():
    everything = list(addresses(Scenario))
    assert len(set(everything)) == len(everything)
    assert set(PATHS) < set(everything)
    assert {
        "platforms.linkedin.connections_mean",
        "platforms.facebook.mix.buyer",
        "platforms.x.on",
        "program.platforms.instagram",
        "platforms.linkedin.engage",
        "feed.viewer_limit",
        "content.program_mix.story",
        "awareness.phi",
        "program.advocates.size",
        "program.select.weights.fit",
        "program.changes",
        "participation.dormancy",
        "retention.turnover_per_year",
        "costs.staff_hour",
    } < set(PATHS)


MIXES = ("mix", "program_mix", "page_mix", "platforms", "organic_platforms")  # groups whose shares sum to 1
ON_X = {"linkedin": 0, "x": 1}
# A relaunch has a date, and what becomes of a program that runs matters where one runs: tests of their own.
ELSEWHERE = {"program.relaunch", "running_program"}
FIXED = {*ELSEWHERE, "audience.pool.employee", *(f"platforms.{name}.presence.employee" for name in PLATFORMS)}
ENTRIES = {"program.select.waves": ".0.start", "program.changes": ".0.page_amplification"}  # what a diff lists
OF_INVITED = ("program.select.", "program.mix.", *(f"program.{name}" for name in ON_PARTICIPATION))
SPECIAL = {
    "credibility.streak_weight": 1.1, "workforce.corr_connections_persuasion": 0.1, "feed.contagion": "fractional",
    "program.advocates.names": (1, 2), "program.mode": "mandatory", "program.own_words": 0.3,
    "program.select.order": "readiness",
    "program.select.goal": "deals", "program.select.platform": "facebook", "program.select.size": 3,
    "program.select.connections_above": 100.0, "program.select.willingness_above": 0.5,
    "program.select.departments": ("sales",), "program.select.functions": ("sales",),
    "program.select.regions": ("region 1",), "program.select.names": (1, 2),
    "program.select.quotas": Quotas((("sales", 2),)),
    "program.select.waves": (gs.Wave(start="2027-01-04"),),
    "program.changes": (gs.Change(page_amplification=0.5),),
    **{f"platforms.{name}.on": name != "linkedin" for name in PLATFORMS},
}  # fmt: skip


def another(scenario, address):
    """The address at another valid value; of a share, one more, so that the sum stays 1."""
    path = tuple(address.split("."))
    value = read(scenario, path)
    if address in SPECIAL:
        return {address: SPECIAL[address]}
    if value == 0:
        return {address: 0.1}
    changes = {address: value - 1 if isinstance(value, int) else value * 0.99}
    if len(path) > 1 and path[-2] in MIXES:
        names = [p for p in PATHS if p.startswith(address.rpartition(".")[0] + ".")]
        partner = names[names.index(address) - 1]
        changes[partner] = read(scenario, tuple(partner.split("."))) + value * 0.01
    return changes


@pytest.mark.parametrize("address", [path for path in PATHS if path not in FIXED])
def test_replace_changes_this_address_and_no_other(scenario, everywhere, invited, address):
    start = scenario
    if address == "platforms.linkedin.on":
        start = everywhere.replace(dict.fromkeys(("program.platforms", "posting.organic_platforms"), ON_X))
    elif address.startswith(("program.platforms", "posting.organic_platforms")):
        start = everywhere
    elif address.startswith(OF_INVITED):
        start = invited
    changes = another(start, address)
    if address == "program.advocates.names":
        changes = {address: (1, 2), "program.advocates.size": None}
    changed = start.replace(changes)
    assert set(changed.diff(start)["path"]) == {path + ENTRIES.get(path, "") for path in changes}
    found = read(changed, tuple(address.split(".")))
    assert found == (pytest.approx(changes[address]) if isinstance(found, int | float) else changes[address])
    assert Scenario.from_yaml(changed.to_yaml()) == changed
    assert changed.replace({path: read(start, tuple(path.split("."))) for path in changes}) == start


def test_entries_of_lists_have_addresses(invited):
    dated = invited.replace({"program.changes": [{"recognition": 1, "end": "2027-03-31"}, {"money": 2}]})
    for address in ("program.changes.1", "program.changes.1.money", "program.changes.0.platforms.x",
                    "program.select.waves.0.start"):  # fmt: skip
        assert is_address(address, Scenario)
    for address in ("program.changes.x", "program.changes.0.moneys", "program.0", "weeks.0", "", "program.changes.0.1"):
        assert not is_address(address, Scenario)
    changed = dated.replace({"program.changes.0.end": "2027-04-30", "program.changes.1": {"money": 3}})
    assert changed.diff(dated)["path"].tolist() == ["program.changes.0.end", "program.changes.1.money"]
    assert changed.diff(invited)["path"].tolist() == [
        "program.changes.0.end", "program.changes.0.recognition", "program.changes.1.money",
    ]  # fmt: skip
    with pytest.raises(gs.UnknownName, match=r"^program\.changes\.2\.end: no such address; .* there are 2$"):
        dated.replace({"program.changes.2.end": "2027-04-30"})
    with pytest.raises(gs.UnknownName, match=r"^program\.changes\.0\.recognitions: .*program\.recognition$"):
        dated.replace({"program.changes.0.recognitions": 1})
    with pytest.raises(gs.InvalidInput, match=r"program\.changes: changed as a whole and in parts"):
        dated.replace({"program.changes.0.recognition": 1, "program.changes": []})
    with pytest.raises(gs.InvalidInput, match=r"^program\.changes\.1\.money = -1: must be a finite number"):
        dated.replace({"program.changes.1.money": -1})


def test_old_addresses_are_answered_with_todays(scenario):
    for old, new in MOVED.items():
        assert new in set(addresses(Scenario))
        assert old not in set(addresses(Scenario))
        with pytest.raises(gs.UnknownName, match=f"nearest valid name: {re.escape(new)}$"):
            scenario.replace({old: 1})
    with pytest.raises(gs.UnknownName, match=r"nearest valid name: platforms\.linkedin\.mix\.buyer$"):
        scenario.replace({"audience.mix.buyer": 0.1})
    text = "groundswell_scenario: 1\nstart: 2027-01-04\ncompany: {synthetic: {employees: 9}}\n"
    with pytest.raises(gs.InvalidInput, match=r"^audience\.mix: .*nearest valid name: platforms\.linkedin\.mix$"):
        Scenario.from_yaml(text + "audience: {mix: {buyer: .1}}\n")
    with pytest.raises(gs.InvalidInput, match=r"nearest valid name: platforms\.linkedin\.connections_mean$"):
        Workforce(connections_mean=100)
    with pytest.raises(gs.UnknownName, match=r"nearest valid name: platforms\.linkedin\.connections_mean$"):
        gs.grid(scenario, {"workforce.connections_mean": [100, 200]})


def test_correlation_of_zero_can_be_changed(scenario):
    changed = scenario.replace({"workforce.corr_connections_persuasion": 0.1})
    assert list(changed.diff(scenario)["path"]) == ["workforce.corr_connections_persuasion"]


@pytest.mark.parametrize("address", PATHS)
def test_a_typo_finds_the_address(scenario, address):
    typo = address[:-1] + ("x" if not address.endswith("x") else "z") + "x"
    with pytest.raises(gs.UnknownName) as caught:
        scenario.replace({typo: 1})
    assert f"nearest valid name: {nearest(typo, addresses(Scenario))}" in str(caught.value)
    assert nearest(address[:-1], PATHS) is not None


def test_nearest_prefers_what_was_meant():
    assert nearest("program.posts_per_weeks", PATHS) == "program.posts_per_week"
    assert nearest("viewer_limit", PATHS) == "feed.viewer_limit"
    assert nearest("Department", ["department", "region"]) == "department"
    assert nearest("zzzz", PATHS) is None
