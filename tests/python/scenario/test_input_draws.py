"""Draws of the inputs: keyed, stratified, the same in all designs, extendable."""

from __future__ import annotations

import numpy as np
import pytest

import groundswell as gs
from groundswell.scenario.inputs.draws import BLOCK, Draws, uniform, values_of
from groundswell.scenario.inputs.inputs import Input, inputs_of
from groundswell.scenario.inputs.places import members

MIX = "platforms.linkedin.mix"
NAMES = [address.rpartition(".")[2] for address in members(MIX)]


@pytest.fixture
def base():
    return gs.Scenario(gs.Company.synthetic(30), "2027-01-04", weeks=4, label="Base")


@pytest.fixture
def active(base):
    return base.replace(label="Active", program=gs.Program(advocates=gs.ActiveAdvocates(size=3)))


@pytest.mark.parametrize("address", ["awareness.phi", "feed.repeat_floor"])
@pytest.mark.parametrize("block", [0, 3])
def test_each_twentieth_of_a_prior_is_taken_once_in_a_block(address, block):
    worlds = range(block * BLOCK, (block + 1) * BLOCK)
    twentieths = [int(uniform(5, world, address) * BLOCK) for world in worlds]
    assert sorted(twentieths) == list(range(BLOCK))
    assert twentieths != sorted(twentieths)


def test_draws_are_keyed_by_seed_world_and_address_alone():
    known = [uniform(1, 7, "awareness.phi"), uniform(2, 7, "awareness.phi"), uniform(1, 8, "awareness.phi")]
    assert len({*known, uniform(1, 7, "awareness.half_life_weeks")}) == 4
    assert known[0] == uniform(1, 7, "awareness.phi")
    # A known answer: whoever changes how draws are keyed changes every stored study.
    assert uniform(1, 0, "awareness.half_life_weeks") == pytest.approx(0.1077943585, abs=1e-9)


def test_two_inputs_are_not_related_and_the_mean_is_right():
    table = np.array([[uniform(3, world, name) for name in ("a", "b")] for world in range(400)])
    assert abs(np.corrcoef(table.T)[0, 1]) < 0.15  # three standard errors
    assert table.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.002)  # stratified: far closer than chance


def test_all_designs_have_the_same_draw_and_keep_their_labels(base, active):
    draws = Draws((base, active), inputs_of([base, active]), 1)
    draw = draws.of(4)
    assert [one.label for one in draw.scenarios] == ["Base", "Active"]
    for address, value in draw.values.items():
        for one in draw.scenarios:
            assert one.parameters().set_index("path").loc[address, "value"] == value
    assert draw.scenarios[1].program == active.program
    alone = Draws((active,), inputs_of([active]), 1).of(4)
    assert alone.values == draw.values


def test_what_somebody_stated_stays(base, active):
    names = {address for one in inputs_of([base, active]) for address in one.addresses}
    assert "awareness.half_life_weeks" in names
    stated = active.replace({"awareness.half_life_weeks": 5})
    assert "awareness.half_life_weeks" not in {one.address for one in inputs_of([base, stated])}
    again = [one.prior("awareness.half_life_weeks", gs.uniform(2, 6)) for one in (base, base.replace(label="b"))]
    found = {one.address: one for one in inputs_of(again)}
    assert found["awareness.half_life_weeks"].priors == (("awareness.half_life_weeks", gs.uniform(2, 6)),)
    kept = base.prior("awareness.half_life_weeks", gs.fixed())
    assert "awareness.half_life_weeks" not in {one.address for one in inputs_of([kept])}


def test_a_prior_draws_also_what_is_stated(base):
    new = base.replace({"feed.viewer_limit": 12}).prior("feed.viewer_limit", gs.uniform(5, 30))
    assert "feed.viewer_limit" in {one.address for one in inputs_of([new])}


def test_platforms_that_are_off_are_not_drawn_and_those_on_are_one_input(base):
    both = base.replace({"platforms.only": ["linkedin", "x"]})
    one = next(one for one in inputs_of([both]) if "person_visibility" in one.address)
    assert one.addresses == ("platforms.linkedin.person_visibility", "platforms.x.person_visibility")
    alone = next(one for one in inputs_of([base]) if "person_visibility" in one.address)
    assert alone.addresses == ("platforms.linkedin.person_visibility",)
    assert alone.address == one.address  # so its draws are the same


def test_priors_that_do_not_fit_together_are_refused(base, active):
    with pytest.raises(gs.InvalidInput, match=r"priors.awareness.phi: must be the same in all designs; 'Base'"):
        inputs_of([base, active.prior("awareness.phi", gs.uniform(0.5, 0.7))])
    two = [one.prior("awareness.phi", gs.uniform(0.5, 0.7)) for one in (base, active.replace({"awareness.phi": 0.6}))]
    with pytest.raises(gs.InvalidInput, match=r"awareness.phi: has a prior, and the designs state different values"):
        inputs_of(two)


def test_shares_are_drawn_jointly_and_sum_to_one(base):
    inputs = inputs_of([base.prior(MIX, gs.dirichlet(20))])
    draws = Draws((base,), tuple(one for one in inputs if one.address.startswith(MIX)), 1)
    assert len(draws.inputs) == 7
    table = np.array([list(draws.of(world).values.values()) for world in range(60)])
    assert table.sum(axis=1) == pytest.approx(1)
    stated = [getattr(base.platforms.linkedin.mix, name) for name in ("employee", "alumni", "buyer")]
    assert table.mean(axis=0)[:3] == pytest.approx(stated, abs=0.03)


def test_the_other_shares_follow_in_proportion(base):
    one = Input(f"{MIX}.employee", "coworkers", ((f"{MIX}.employee", gs.uniform(0.1, 0.25)),))
    values = values_of(base, [one], [0.5])
    assert values[f"{MIX}.employee"] == 0.175
    assert sum(values.values()) == pytest.approx(1)
    assert values[f"{MIX}.buyer"] / values[f"{MIX}.peer"] == pytest.approx(0.12 / 0.17)


def test_whole_numbers_stay_whole_and_facts_of_the_company_are_drawn_too(base):
    new = base.prior(
        {"audience.affinity_block_persons": gs.uniform(15, 60), "company.page_followers": "uniform(10, 90)"}
    )
    draw = Draws((new,), inputs_of([new]), 1).of(0)
    assert isinstance(draw.values["audience.affinity_block_persons"], int)
    assert draw.scenarios[0].company.firm.page_followers == draw.values["company.page_followers"]
    assert 10 <= draw.values["company.page_followers"] <= 90


def test_a_draw_that_no_scenario_can_have_is_made_again(base):
    """Half of the prior breaks a rule over two fields: who reacts has attended."""
    new = base.prior("platforms.linkedin.attention", gs.uniform(0.01, 0.07))
    draws = Draws((new,), inputs_of([new]), 1)
    found = [draws.of(world).values["platforms.linkedin.attention"] for world in range(20)]
    assert min(found) > 0.0385  # `engage`
    assert draws.of(3) == Draws((new,), inputs_of([new]), 1).of(3)


def test_where_no_draw_is_valid_the_rule_is_named(base):
    new = base.prior("platforms.linkedin.attention", gs.uniform(0.01, 0.02))
    with pytest.raises(gs.InvalidInput, match=r"100 joint draws in world 0 break a rule; .*must be below attention"):
        Draws((new,), inputs_of([new]), 1).of(0)


def test_shares_that_have_priors_stay_within_them(base):
    """Half of the joint draws are above 1: they are drawn again, and no share leaves its prior."""
    new = base.prior({f"{MIX}.buyer": gs.uniform(0.2, 0.7), f"{MIX}.peer": gs.uniform(0.3, 0.8)})
    draws = Draws((new,), inputs_of([new]), 1)
    for world in range(12):
        values = draws.of(world).values
        assert 0.2 <= values[f"{MIX}.buyer"] <= 0.7
        assert 0.3 <= values[f"{MIX}.peer"] <= 0.8
        assert sum(value for name, value in values.items() if name.startswith(MIX)) == pytest.approx(1)
    first = [tuple(uniform(1, world, one.address) for one in draws.inputs) for world in range(12)]
    assert 0 < sum(draws.of(world).uniforms != one for world, one in enumerate(first)) < 12


def test_priors_of_shares_that_nothing_can_have_are_refused_when_stated(base):
    with pytest.raises(gs.InvalidInput, match=r"linkedin.mix: .* begin at 1.2 together, and shares sum"):
        base.prior({f"{MIX}.buyer": gs.uniform(0.6, 0.9), f"{MIX}.peer": gs.uniform(0.6, 0.9)})
    kept = base.replace({MIX: {name: 0.5 * (name in ("peer", "buyer")) for name in NAMES}})
    with pytest.raises(gs.InvalidInput, match=r"begin at 1\.1 together"):
        kept.prior({f"{MIX}.peer": gs.fixed(), f"{MIX}.buyer": gs.uniform(0.6, 0.9)})
    with pytest.raises(gs.InvalidInput, match=r"reach to 0\.7 together, and no other share is above 0"):
        base.prior({f"{MIX}.{name}": gs.uniform(0.05, 0.1) for name in NAMES})


def test_where_every_share_has_a_prior_draws_are_scaled_to_1_and_stay_within_them(base):
    new = base.prior({f"{MIX}.{name}": gs.uniform(0.1, 0.2) for name in NAMES})
    draws = Draws((new,), tuple(one for one in inputs_of([new]) if one.address.startswith(MIX)), 1)
    for world in range(5):
        values = list(draws.of(world).values.values())
        assert sum(values) == pytest.approx(1)
        assert all(0.1 <= value <= 0.2 for value in values)


@pytest.mark.parametrize("also", [{}, {MIX: gs.dirichlet(20)}])
def test_a_share_that_is_fixed_stays_while_others_are_drawn(base, also):
    new = base.prior({f"{MIX}.peer": gs.fixed(), f"{MIX}.buyer": gs.uniform(0.2, 0.3), **also})
    draws = Draws((new,), inputs_of([new]), 1)
    assert f"{MIX}.peer" not in {one.address for one in draws.inputs}
    for world in range(5):
        values = draws.of(world).values
        assert values[f"{MIX}.peer"] == new.platforms.linkedin.mix.peer
        assert 0.2 <= values[f"{MIX}.buyer"] <= 0.3
