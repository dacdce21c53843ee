"""Schema and C++ agree: the same names, nesting and defaults."""

import math

import pytest

import groundswell as gs
from groundswell.company.columns import ATTRIBUTES
from groundswell.scenario import Scenario
from groundswell.scenario import to_core as core
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.scenario.to_core import WORLD_GROUPS

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


@pytest.fixture(scope="module")
def everywhere(scenario):
    """The parameters of a scenario with all platforms on; constants of those that are not solved stand in."""
    on = scenario.replace({f"platforms.{name}.on": True for name in PLATFORMS})
    constants = dict.fromkeys(PLATFORMS, scenario.platforms.linkedin.constants(1.2, 1.1))
    return core.parameters(on, constants)


def test_names_and_nesting_agree_on_every_platform(everywhere):
    ours, theirs = dict(flat(everywhere)), dict(flat(_core.default_parameters()))
    assert set(ours) == set(theirs)
    assert list(everywhere["platforms"]) == list(PLATFORMS)


def test_defaults_agree_field_by_field(scenario):
    ours = without_constants(scenario.core_parameters())
    theirs = without_constants(_core.default_parameters())  # of every platform: LinkedIn's
    assert len(ours) > 140
    assert {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]} == {}
    others = [key for key in theirs if key not in ours]
    assert others
    assert all(key.startswith(("platforms.", "platform_audiences.")) for key in others)


def test_a_platform_is_on_if_it_is_a_key(scenario, everywhere):
    company = scenario.company.core_input()
    for parameters, names in ((scenario.core_parameters(), ["linkedin"]), (everywhere, list(PLATFORMS))):
        assert list(_core.build_world(company, parameters, 1, 0, 1).platforms) == names


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
        scenario.company.core_input(), {key: parameters[key] for key in WORLD_GROUPS}, 1, 0, 1
    )
    assert set(world.attributes) == set(ATTRIBUTES)
    assert all(math.isfinite(value) for values in world.attributes.values() for value in values)
    assert scenario.company.estimate(parameters) >= world.nbytes


def test_times_are_kept_by_the_list_of_phases(scenario):
    world = _core.build_world(scenario.company.core_input(), scenario.core_parameters(), 1, 0, 1)
    ((_, _, stats),) = _core.run(world, [_core.Design(**scenario.core_design())], 0, 1, 1)
    assert list(stats["phase_seconds"]) == _core.phases()
    assert all(seconds >= 0 for seconds in stats["phase_seconds"].values())
