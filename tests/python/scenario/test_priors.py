"""Priors as values: what they say, what they refuse, and that stated numbers stay as they are."""

from __future__ import annotations

import math
import pickle

import pytest

import groundswell as gs
from groundswell.scenario.inputs.inputs import inputs_of
from groundswell.scenario.inputs.places import Place, _of_whole, places
from groundswell.scenario.schema.drawn import DRAWN, EVERY, MOST
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.scenario.schema.priors import from_schema, from_text

LIFE, WHOLE = "awareness.half_life_weeks", "audience.affinity_block_persons"


@pytest.fixture
def base():
    return gs.Scenario(gs.Company.synthetic(30), "2027-01-04", weeks=4, label="Base")


@pytest.mark.parametrize(
    ("prior", "u", "value"),
    [
        (gs.uniform(2, 6), 0.25, 3.0),
        (gs.loguniform(1, 100), 0.5, 10.0),
        (gs.normal(3, 2), 0.5, 3.0),
        (gs.normal(3, 2), 0.8413447460685429, 5.0),
        (gs.lognormal(5, 0.5), 0.5, 5.0),
        (gs.lognormal(5, 0.5), 0.8413447460685429, 5 * math.exp(0.5)),
        (gs.beta(1, 1), 0.3, 0.3),
    ],
)
def test_a_uniform_becomes_a_draw_by_inversion(prior, u, value):
    assert prior.quantile(u) == pytest.approx(value, rel=1e-9)
    assert prior.below(value) == pytest.approx(u, rel=1e-9)


def test_a_prior_is_cut_off_at_the_bounds_of_its_parameter():
    prior = gs.normal(0, 1)
    assert prior.inside(0.5, 0, 100) == pytest.approx(0.6744897501960817)  # the median of the upper half
    assert all(0 <= prior.inside(u, 0, 0.1) <= 0.1 for u in (1e-9, 0.5, 1 - 1e-9))


@pytest.mark.parametrize(
    ("text", "default", "prior"),
    [
        ("U(.02, .05)", 0.03, gs.uniform(0.02, 0.05)),
        ("U(-.3, 0)", -0.1, gs.uniform(-0.3, 0)),
        ("LN(10, .8)", 10, gs.lognormal(10, 0.8)),
        ("LN(default, .5)", 4, gs.lognormal(4, 0.5)),
        ("N(-.2, .15)", -0.2, gs.normal(-0.2, 0.15)),
        ("× LN(1, .4)", 0.125, gs.lognormal(0.125, 0.4)),
        ("±30 %", 1.6, gs.uniform(1.12, 2.08)),
        ("±50 %", -2, gs.uniform(-3, -1)),
        ("± factor 2", 3000, gs.loguniform(1500, 6000)),
        ("by company; U(.08, .35)", 0.19, gs.uniform(0.08, 0.35)),
        ("Dirichlet(10 × the mix), jointly", 0.2, gs.dirichlet(10)),
        ("chosen by the analyst", 4, None),
        ("fixed", 28, None),
        ("±30 %", 0, None),
    ],
)
def test_the_texts_of_the_schema_are_priors(text, default, prior):
    assert from_schema(text, default) == prior


def test_every_prior_text_of_the_schema_is_understood():
    stated = ("chosen by the analyst", "fixed", "either", "see ")
    frame = gs.parameters().set_index("path")
    lost = [
        address
        for address, place in places().items()
        if place.prior is None and not frame.loc[address, "prior"].startswith(stated)
    ]
    assert lost == []


def test_every_default_lies_where_its_prior_is():
    odd = [
        address
        for address, place in places().items()
        if place.prior is not None
        and place.prior.family != "dirichlet"
        and place.default is not None
        and not 0.001 < place.prior.below(place.default) < 0.999
        and place.default not in place.prior.values  # at the edge, as of U(.7, 1) about 1
    ]
    assert odd == []


def test_a_prior_changes_no_stated_number(base):
    new = base.prior(LIFE, gs.uniform(2, 6))
    assert new.awareness == base.awareness
    assert new.content_hash() == base.content_hash()
    assert new.label == "Base"
    assert new != base
    assert base.priors == {}
    assert new.prior(LIFE) == base


def test_it_goes_through_yaml_pickle_diff_describe_and_the_frame(base):
    new = base.prior({LIFE: gs.uniform(2, 6, unit="weeks"), "audience.copying_share": "beta(3, 17)"})
    assert gs.Scenario.from_yaml(new.to_yaml()) == new
    assert pickle.loads(pickle.dumps(new)) == new
    assert hash(pickle.loads(pickle.dumps(new))) == hash(new)
    assert base.diff(new).values.tolist() == [
        ["priors.audience.copying_share", None, "beta(3.0, 17.0)", ""],
        [f"priors.{LIFE}", None, "uniform(2.0, 6.0)", ""],
    ]
    described = new.describe().set_index("part")
    assert described.loc[f"prior of {LIFE}", "detail"] == "uniform(2, 6) weeks"
    assert f"  priors set: audience.copying_share beta(3, 17) probability; {LIFE} uniform(2, 6) weeks" in repr(new)
    assert "priors set" not in repr(base)
    row = new.parameters().set_index("path").loc[LIFE]
    assert (row["prior"], row["drawn"], row["value"]) == ("uniform(2.0, 6.0)", True, 3.0)
    kept = base.prior(LIFE, gs.fixed()).parameters().set_index("path").loc[LIFE]
    assert not kept["drawn"]


@pytest.mark.parametrize(
    ("address", "prior", "says"),
    [
        (LIFE, gs.uniform(14, 42), "is stated as 3 weeks, which its prior, uniform(14, 42) weeks, leaves out"),
        (LIFE, gs.uniform(2000, 6000), "uniform(2000, 6000) weeks"),
        (LIFE, gs.lognormal(30, 0.3), "lognormal(30, 0.3) weeks"),
        ("participation.enrollment_rate", "uniform(10, 40)", "is stated as 0.025 events a week"),
        ("company.people_recruiter_share", gs.uniform(0.8, 0.9), "uniform(0.8, 0.9)"),
    ],
)
def test_a_prior_that_leaves_the_stated_value_out_is_a_warning(base, address, prior, says):
    new = base.prior(address, prior)
    row = new.warnings.set_index("code").loc["prior_without_stated_value"]
    assert (row["count"], row["examples"]) == (1, address)
    assert says in row["consequence"]
    assert "check the unit" in row["consequence"]


@pytest.mark.parametrize("prior", [gs.uniform(2, 6), gs.uniform(3, 6), gs.lognormal(4, 0.5), gs.fixed()])
def test_a_prior_around_the_stated_value_is_no_warning(base, prior):
    assert base.prior(LIFE, prior).warnings.empty
    assert base.prior("platforms.linkedin.mix", gs.dirichlet(5)).warnings.empty
    assert base.prior("program.posts_per_week", gs.uniform(9, 10)).warnings.empty  # there is no program
    assert base.replace({LIFE: None}).prior(LIFE, prior).warnings.empty  # it is off


@pytest.mark.parametrize(
    ("address", "prior", "message"),
    [
        (
            "awareness.half_life_week",
            gs.uniform(2, 6),
            "nearest valid name: awareness.half_life_weeks",
        ),
        (
            "awareness.phi",
            gs.uniform(0.2, 1.4),
            r"awareness.phi = uniform\(0.2, 1.4\): all of the prior must lie",
        ),
        ("awareness.phi", gs.normal(0.6, 0.4), r"98% of the prior must lie within \[0, 1\]"),
        ("awareness.phi", gs.uniform(0.2, 0.4, unit="weeks"), "the prior is in weeks, the parameter in share"),
        ("awareness.phi", gs.dirichlet(), "of shares that sum to 1"),
        ("awareness.phi", 3, "must be a prior"),
        ("awareness.phi", "unifrom(0, 1)", "nearest valid name: uniform"),
        ("awareness.phi", "uniform(0)", r"uniform takes 2 numbers \(low, high\), not 1"),
        ("awareness.phi", "uniform(0.2", r"a parenthesis is missing; in a flow mapping .* must be in quotes"),
        ("awareness.phi", "uniform(0.2,,0.4)", "arguments of uniform must be numbers, not '0.2,,0.4'"),
        ("awareness.phi", "uniform(0.2, 0.4,)", "arguments of uniform must be numbers"),
        (LIFE, gs.lognormal(3, 1e5), r"98% of the prior must lie within .*; it reaches from 0 to inf"),
        (LIFE, "lognormal(3, 1e5)", "it reaches from 0 to inf"),
        ("company.market_price_per_click", gs.uniform(4, 16), "changes no simulated number .used by: beside cost_per"),
        ("company.growth_per_year", gs.uniform(0, 0.1), r"changes no simulated number \(used by: nothing yet"),
        ("company.currency", gs.fixed(), "changes no simulated number"),
        (3, gs.uniform(0, 1), "address = 3: must be text"),
        ({3: gs.uniform(0, 1)}, None, "address = 3: must be text"),
        ({"awareness.phi": "uniform(.5, .7)"}, gs.uniform(0.5, 0.7), "prior = .*: must be left out where"),
        (WHOLE, gs.uniform(20.2, 20.4), "is a whole number, and the prior has none: it reaches from 20.2 to 20.4"),
        (WHOLE, gs.lognormal(20.5, 0.001), "is a whole number, and the prior has none"),
        ("feed.contagion", gs.uniform(0, 1), "is not a number"),
        ("company.curency", gs.uniform(0, 1), "no such address"),
    ],
)
def test_what_cannot_be_is_refused_with_address_value_and_rule(base, address, prior, message):
    with pytest.raises(gs.InvalidInput, match=message):
        base.prior(address, prior)


def test_unknown_addresses_in_yaml_are_refused_too(base):
    text = base.to_yaml() + "priors: {awareness.half_life_week: 'uniform(2, 6)'}\n"
    with pytest.raises(gs.InvalidInput, match=r"priors.awareness.half_life_week = .*nearest valid name"):
        gs.Scenario.from_yaml(text)


def test_a_flow_mapping_of_yaml_needs_quotes_and_the_error_says_so(base):
    text = base.to_yaml() + f"priors: {{{LIFE}: uniform(2, 6) weeks}}\n"
    with pytest.raises(gs.InvalidInput, match=r"half_life_weeks = 'uniform\(2': a parenthesis is missing; .*in quotes"):
        gs.Scenario.from_yaml(text)
    for good in (f"priors: {{{LIFE}: 'uniform(2, 6) weeks'}}\n", f"priors:\n  {LIFE}: uniform(2, 6) weeks\n"):
        assert gs.Scenario.from_yaml(base.to_yaml() + good).priors == {LIFE: gs.uniform(2, 6)}


def test_a_unit_is_checked_and_then_it_is_the_same_prior(base):
    one, other = (base.prior(LIFE, gs.uniform(2, 6, unit=unit)) for unit in (None, "weeks"))
    assert one == other
    assert one.diff(other).empty
    assert inputs_of([one, other.replace(label="b")]) == inputs_of([one])


@pytest.mark.parametrize(
    ("low", "high", "rule"),
    [
        (0.6, 3.2, None),
        (0.7, 0.9, "the parameter is a whole number, and the prior has none: it reaches from 0.7 to 0.9"),
        (0.4, 3.0, "rounded to whole numbers the prior must lie within [0.1, 3.2]"),
    ],
)
def test_rounding_stays_within_the_bounds(low, high, rule):
    place = Place(WHOLE, "persons", 0.1, 3.2, True, 1, None)
    assert (_of_whole(place, gs.uniform(low, high)) or None) == rule


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: gs.uniform(6, 2), r"uniform.high = 2.0: must be above low \(6\)"),
        (lambda: gs.uniform("2", 6), "uniform.low = '2': must be a finite number"),
        (lambda: gs.lognormal(5, 0), "lognormal.log_sd = 0: must be a finite number above 0"),
        (lambda: gs.normal(math.inf, 1), "normal.mean = inf"),
        (lambda: gs.beta(-1, 1), "beta.a = -1"),
        (lambda: gs.loguniform(1e-300, 1e300), r"loguniform.high = 1e\+300: is too far above low"),
        (lambda: gs.loguniform(0, 1), "loguniform.low = 0.0: must be above 0"),
        (lambda: gs.dirichlet(-1), "dirichlet.strength = -1"),
        (lambda: gs.uniform(0, 1, unit=3), "uniform.unit = 3"),
    ],
)
def test_a_prior_that_is_none_is_refused(make, message):
    with pytest.raises(gs.InvalidInput, match=message):
        make()


@pytest.mark.parametrize("prior", [gs.uniform(2, 6), gs.beta(2.5, 3), gs.lognormal(0.1, 0.3, unit="share"), gs.fixed()])
def test_the_text_of_a_prior_is_that_prior(prior):
    assert from_text(str(prior)) == prior


def test_at_most_twenty_are_drawn_by_default_and_each_is_a_number_with_a_prior():
    assert 0 < len(DRAWN) <= MOST
    for key in DRAWN:
        address = key.replace(EVERY, f"platforms.{PLATFORMS[0]}.")
        assert places()[address].prior is not None, key
    assert len(set(DRAWN.values())) == len(DRAWN)
    marked = set(gs.parameters().query("drawn")["path"])
    assert {key for key in DRAWN if not key.startswith(EVERY)} <= marked


def test_a_prior_in_a_form_of_its_own_is_told_the_right_one(base):
    text = base.to_yaml()
    with pytest.raises(gs.InvalidInput, match=r"half_life_weeks = .*must be a prior: .*uniform\(2, 6\)"):
        gs.Scenario.from_yaml(f"{text}priors:\n  {LIFE}: {{uniform: [2, 6]}}\n", base.company)
    in_one_line = f'{text}priors: {{{LIFE}: "uniform(2, 6) weeks"}}\n'
    assert gs.Scenario.from_yaml(in_one_line, base.company).priors[LIFE] == gs.uniform(2, 6)
