"""Properties of scenarios over random valid and invalid values."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import groundswell as gs
from groundswell.common.yaml_io import dump_yaml, load_yaml
from groundswell.scenario import Scenario
from groundswell.scenario.addresses import leaves, read
from groundswell.scenario.model.solved import solved
from groundswell.scenario.program.levers import ON_PARTICIPATION
from groundswell.scenario.schema.base import Spec

COMPANY = gs.Company.synthetic(200)
BASE = Scenario(COMPANY, "2027-01-04", program=gs.Program(advocates=gs.ActiveAdvocates(size=5)))
MIXES = ("content.program_mix.", "content.page_mix.", "program.platforms.", "posting.organic_platforms.")
SPECS = {".".join(path): spec for path, spec, _ in leaves(Scenario)}
FREE = [
    path
    for path in SPECS
    if type(SPECS[path]) is Spec
    and not path.startswith((*MIXES, "workforce.corr_", "platforms.", "audience.pool.", "audience.circle_"))
    and path != "running_program"  # a company that has none can keep or stop nothing
    and not path.startswith(("program.select.", "program.mix.", *(f"program.{name}" for name in ON_PARTICIPATION)))
]


def inside(spec):
    if spec.choices:
        return st.sampled_from(spec.choices)
    low = spec.at_least if spec.at_least is not None else spec.above
    high = spec.at_most if spec.at_most is not None else spec.below
    low, high = (0.0 if low is None else low), (200.0 if high is None else high)
    if spec.count:
        return st.integers(math.ceil(low), math.floor(min(high, 200)))
    numbers = st.floats(low, high, exclude_min=spec.above is not None, exclude_max=spec.below is not None)
    return st.none() | numbers if spec.off else numbers


@st.composite
def changes(draw):
    chosen = draw(st.lists(st.sampled_from(FREE), max_size=6, unique=True))
    return {path: draw(inside(SPECS[path])) for path in chosen}


@given(changes())
@settings(max_examples=60, deadline=None)
def test_what_is_replaced_is_read_back_saved_and_restored(values):
    scenario = BASE.replace(values)
    assert {path: read(scenario, tuple(path.split("."))) for path in values} == values
    restored = Scenario.from_yaml(scenario.to_yaml())
    assert restored == scenario
    assert restored.content_hash() == scenario.content_hash()
    assert set(scenario.diff(BASE)["path"]) <= set(values)
    assert scenario.replace({path: read(BASE, tuple(path.split("."))) for path in values}) == BASE


@given(
    st.sampled_from(sorted(path for path in SPECS if type(SPECS[path]) is Spec)),
    st.sampled_from([math.nan, math.inf, -math.inf, -1e9, 1e300, "1", True, [1], {}]),
)
@settings(max_examples=150, deadline=None)
def test_values_that_no_parameter_takes_are_refused_by_address(path, value):
    with pytest.raises(gs.InvalidInput) as caught:
        BASE.replace({path: value})
    assert str(caught.value).startswith(f"{path} = ")


@given(st.text(min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_unknown_addresses_are_always_a_named_error(name):
    """The library draws words of this project's code too, so a real address can come."""
    known = [f"company.{fact}" for fact in BASE.company.facts["fact"]]
    known += [*Scenario.model_fields, *gs.parameters()["path"]]
    if not any(f"{path}.".startswith(f"{name}.") for path in known):
        with pytest.raises(gs.UnknownName, match="no such address"):
            BASE.replace({name: 1})


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False)
    | st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"),
        max_size=20,
    )
)
TREE = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4), max_leaves=10)


@given(st.dictionaries(st.text("abc:#-_ 019e.~", max_size=8), TREE, max_size=5))
@settings(max_examples=200, deadline=None)
def test_plain_values_survive_yaml(data):
    assert load_yaml(dump_yaml(data)) == data


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_scenario_or_a_clear_error(text):
    with pytest.raises(gs.InvalidInput):
        Scenario.from_yaml(text)


PART = st.floats(0, 1)


@given(st.sampled_from(["linkedin", "facebook", "instagram", "x"]), st.booleans(), PART, PART, PART, PART)
def test_interpolated_rates_rise_with_visibility(platform, page, a, b, shape, log_sd):
    """Anywhere between the solved points; over all visibilities a rate stays within those at its ends."""
    found = solved(platform)
    table = found.page if page else found.person

    def inside(axis, part):
        low, high = table.range(axis)
        return min(max(low + part * (high - low), low), high)

    def rate(part):
        return table.rate(inside("visibility", part), inside("activity_shape", shape), inside("appeal_log_sd", log_sd))

    low, high = sorted((a, b))
    assert 0 < rate(0) <= rate(low) * (1 + 1e-9)
    assert rate(low) <= rate(high) * (1 + 1e-9)
    assert rate(high) <= rate(1) * (1 + 1e-9)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=60))
@settings(max_examples=100, deadline=None)
def test_ties_and_their_warnings_account_for_every_edge(pairs):
    people = pd.DataFrame({"id": range(10)})
    ties = pd.DataFrame(pairs, columns=["source", "target"])
    firm = gs.Company.from_frames(people, columns={"id": "id"}, ties=ties)
    counts = dict(zip(firm.warnings["code"], firm.warnings["count"], strict=True))
    left_out = sum(counts.get(code, 0) for code in ("ties_self_loops", "ties_repeated", "ties_reciprocal"))
    assert len(firm.ties) + left_out == len(pairs)
    found = {tuple(sorted(firm.ids[end] for end in pair)) for pair in firm.ties.tolist()}
    assert found == {tuple(sorted(p)) for p in pairs if p[0] != p[1]}
    assert counts.get("people_without_ties", 0) == 10 - len(np.unique(firm.ties))
