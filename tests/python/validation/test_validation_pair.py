"""Line 28: the pair that the benchmark has, and what each program of it adds."""

from __future__ import annotations

import numpy as np
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario import Scenario
from groundswell.scenario.to_core import WORLD_GROUPS
from groundswell.validation import scenarios
from groundswell.validation.collect import Evidence
from groundswell.validation.runs import pair
from groundswell.validation.targets.table import TARGETS

SEED, WORLDS = 5, 6
COMPANY = gs.Company.synthetic(60)


def small() -> dict[str, Scenario]:
    """As the designs of the line, 60 people for six weeks."""
    base = gs.Scenario(COMPANY, "2027-01-04", 6, "no_program", warm_up_weeks=1)
    people = {"active": "advocates", "invited": "select"}
    programs = {}
    for name, size, posts in (("few_loud", 3, 4.0), ("many_quiet", 12, 1.0)):
        for how, key in people.items():
            who = gs.ActiveAdvocates(size=size) if how == "active" else gs.Selection(size=size)
            program = gs.Program(**{key: who}, posts_per_week=posts)
            programs[f"{name}_{how}"] = base.replace(program=program, label=f"{name}_{how}")
    return {"no_program": base, **programs}


def test_what_is_added_is_what_a_comparison_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """By world, and the ratio of the line is that of the means of `contest.added()`."""
    designs = small()
    monkeypatch.setattr(pair, "designs", lambda: designs)
    own = {name: designs["no_program"].core_parameters()[name] for name in WORLD_GROUPS}
    evidence = Evidence()
    for index in range(WORLDS):
        world = _core.build_world(COMPANY.core_input(), own, SEED, index, 1)
        evidence.add(pair.pair_numbers(world, 1, 1, lambda scenario: scenario))
    base, *programs = designs.values()
    contest = gs.compare(
        programs, base, worlds=WORLDS, replicates=1, seed=SEED, progress=False, inputs=False, people="aggregate"
    )
    added = contest.added().set_index(["label", "measure"])["mean"]
    for name in ("few_loud_active", "many_quiet_active", "few_loud_invited", "many_quiet_invited"):
        assert np.mean(evidence.of(f"people_{name}")) == pytest.approx(added[name, "unique_people_added"])
        assert np.mean(evidence.of(f"aware_{name}")) == pytest.approx(added[name, "aware_people_added"])
        assert np.mean(evidence.of(f"cost_{name}")) == pytest.approx(added[name, "program_cost_added"])
    lines = {(t.scenario, t.output.split(": ")[1]): t for t in TARGETS if t.number == 28}
    assert len(lines) == 6
    line = lines["pair, active", "people added"]
    assert line.measure is not None
    found = line.measure(evidence)
    wanted = added["many_quiet_active", "unique_people_added"] / added["few_loud_active", "unique_people_added"]
    assert found.value == pytest.approx(wanted)
    assert found.lower < found.value < found.upper


def test_the_pair_has_the_sizes_of_the_benchmark() -> None:
    """A twentieth at four posts a week, a fifth at one; none of it is a demand: the winner is reported."""
    for how in (scenarios.ACTIVE, scenarios.INVITED):
        few, many = (scenarios.pair(name, how).program for name in (scenarios.FEW, scenarios.MANY))
        assert few is not None
        assert many is not None
        assert (few.posts_per_week, many.posts_per_week) == (4.0, 1.0)
        assert (few.select is None) == (how == "active")
    assert all(target.band is None for target in TARGETS if target.number == 28)
