"""Schema and C++ agree: the same names, nesting and defaults."""

import math

import pytest

import groundswell as gs
from groundswell.company_columns import ATTRIBUTES
from groundswell.scenario import Scenario

_core = pytest.importorskip("groundswell._core", reason="the compiled module is not built", exc_type=ImportError)


def flat(values, prefix=""):
    for key, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def without_constants(values):
    return {key: value for key, value in flat(values) if ".constants." not in key}


@pytest.fixture(scope="module")
def scenario():
    return Scenario(gs.Company.synthetic(50), "2027-01-04")


def test_names_and_nesting_agree(scenario):
    ours, theirs = dict(flat(scenario.core_parameters())), dict(flat(_core.default_parameters()))
    assert set(ours) == set(theirs)


def test_defaults_agree_field_by_field(scenario):
    ours = without_constants(scenario.core_parameters())
    theirs = without_constants(_core.default_parameters())
    assert len(ours) > 140
    assert {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]} == {}


def test_the_core_takes_what_the_schema_makes(scenario):
    off = scenario.replace({"feed.viewer_limit": None, "awareness.half_life_weeks": None})
    for design in (scenario, off, scenario.replace({"program.advocates.size": 10})):
        assert isinstance(_core.Design(**design.core_design()), _core.Design)


def test_the_core_refuses_unknown_and_missing_keys(scenario):
    for spoil in (lambda p: p["feed"].update(nonsense=1.0), lambda p: p["feed"].pop("viewer_limit")):
        arguments = scenario.core_design()
        spoil(arguments["parameters"])
        with pytest.raises(ValueError, match="feed"):
            _core.Design(**arguments)


def test_a_world_completes_every_attribute(scenario):
    parameters = scenario.core_parameters()
    world = _core.build_world(
        scenario.company.core_input(), {key: parameters[key] for key in ("workforce", "audience")}, 1, 0, 1
    )
    assert set(world.attributes) == set(ATTRIBUTES)
    assert all(math.isfinite(value) for values in world.attributes.values() for value in values)
    assert scenario.company.estimate(parameters) >= world.nbytes
