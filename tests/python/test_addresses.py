"""Every number has one dotted address, the same everywhere."""

import pytest

import groundswell as gs
from groundswell.errors import nearest
from groundswell.scenario import Scenario
from groundswell.scenario.addresses import addresses, leaves, read


@pytest.fixture(scope="module")
def scenario():
    company = gs.Company.synthetic(200)
    return gs.Scenario(company, "2027-01-04", program=gs.Program(advocates=gs.ActiveAdvocates(size=5)))


PATHS = [".".join(path) for path, _, _ in leaves(Scenario)]


def test_addresses_are_unique_and_complete():
    everything = list(addresses(Scenario))
    assert len(set(everything)) == len(everything)
    assert set(PATHS) < set(everything)
    assert {
        "workforce.connections_mean",
        "audience.mix.buyer",
        "platforms.linkedin.engage",
        "feed.viewer_limit",
        "content.program_mix.story",
        "awareness.phi",
        "program.advocates.size",
    } < set(PATHS)


@pytest.mark.parametrize("address", PATHS)
def test_replace_changes_this_address_and_no_other(scenario, address):
    path = tuple(address.split("."))
    value = read(scenario, path)
    changes = {address: value - 1 if isinstance(value, int) else value * 0.99}
    if path[-2:-1] and path[-2] in ("mix", "program_mix", "page_mix"):
        sibling = "other" if path[-2] == "mix" else "job"
        sibling = {"other": "personal", "job": "story"}[sibling] if path[-1] == sibling else sibling
        partner = (*path[:-1], sibling)
        changes[".".join(partner)] = read(scenario, partner) + value * 0.01
    if address in ("audience.pool.employee", "workforce.corr_connections_persuasion"):
        return  # fixed at 0; 0 has no 99 %: the next test has a value for the second
    if value == 0:
        changes = {address: 0.1}
    if address == "credibility.streak_weight":
        changes = {address: 1.1}
    changed = scenario.replace(changes)
    assert set(changed.diff(scenario)["path"]) == set(changes)
    assert read(changed, path) == pytest.approx(changes[address])


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
