"""Line 27: draws of the unknown inputs, and what the runs under them give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.errors import InternalError, InvalidInput
from groundswell.scenario import Scenario
from groundswell.scenario.to_core import WORLD_GROUPS
from groundswell.validation.collect import Evidence
from groundswell.validation.intervals import share
from groundswell.validation.runs import opinion
from groundswell.validation.targets.table import TARGETS
from groundswell.validation.validate import validate

SEED = 5


def small(label: str, size: int, posts_per_week: float, own_words: float) -> Scenario:
    program = gs.Program(
        advocates=gs.ActiveAdvocates(size=size), posts_per_week=posts_per_week, own_words=own_words,
    )  # fmt: skip
    return gs.Scenario(gs.Company.synthetic(60), "2027-01-04", 6, warm_up_weeks=1, program=program, label=label)


SMALL = {
    "mandate": lambda: small("mandate", 60, 7.0, 0.0), "average": lambda: small("average", 10, 2.0, 1.0),
    "flooding": lambda: small("flooding", 60, 14.0, 1.0), "default": lambda: small("default", 10, 2.0, 0.5),
}  # fmt: skip


def test_each_draw_has_a_part_of_each_prior_to_itself() -> None:
    found = opinion.draws(50, SEED)
    for column, address in zip(found.T, opinion.UNKNOWN, strict=True):
        low, high = opinion.bounds(address)
        part = (column - low) / (high - low) * 50
        assert sorted(np.floor(part).astype(int).tolist()) == list(range(50))
    assert (opinion.draws(50, SEED) == found).all()
    assert not (opinion.draws(50, SEED + 1) == found).any()
    assert abs(np.corrcoef(found.T)[0, 1]) < 0.4


def test_bounds_are_those_of_the_priors() -> None:
    assert opinion.bounds("awareness.valence_threshold") == (0.2, 0.8)
    assert opinion.bounds("awareness.wear_out_exponent") == (0.0, 1.0)
    with pytest.raises(InternalError, match=r"participation\.dormancy: prior .* is not uniform"):
        opinion.bounds("participation.dormancy")


def test_a_draw_is_the_difference_of_direct_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each design run by itself with the drawn values; at .79 supplied texts repel, and the mandate has no others."""
    monkeypatch.setattr(opinion, "DESIGNS", SMALL)
    parameters = SMALL["default"]().core_parameters()
    own = {name: parameters[name] for name in WORLD_GROUPS}
    world = _core.build_world(SMALL["default"]().company.core_input(), own, SEED, 0, 1)
    mine = np.array([[0.25, 0.1], [0.79, 0.9]])
    numbers, samples = opinion.opinion_numbers(world, mine, 1)
    for row, draw in zip(samples["opinion"], mine, strict=True):
        values: dict[str, Any] = dict(zip(opinion.UNKNOWN, draw.tolist(), strict=True))
        level = {
            name: gs.simulate(design().replace(values), worlds=1, replicates=1, seed=SEED, progress=False)
            .frame("favorability")["mean"].item()
            for name, design in SMALL.items()
        }  # fmt: skip
        assert row[2] == pytest.approx(level["mandate"] - level["average"], abs=1e-15)
        assert row[3] == pytest.approx(level["flooding"] - level["default"], abs=1e-15)
    assert samples["opinion"][0, 2] > 0 > samples["opinion"][1, 2]
    assert (numbers["opinion_draws"], numbers["mandate_falls"], numbers["flooding_falls"]) == (2, 1, 0)


def test_line_27_counts_draws_over_all_worlds() -> None:
    evidence = Evidence()
    for falls in (3.0, 5.0, 4.0):
        evidence.add({"opinion_draws": 10.0, "mandate_falls": falls, "flooding_falls": 0.0})
        evidence.add({"mandate_favorability": 0.01, "flooding_favorability": 0.1})
    lines = {t.scenario: t for t in TARGETS if t.number == 27 and t.band is not None}
    mandate, flooding = (lines[name].measure(evidence) for name in ("mandate", "flooding"))  # type: ignore[misc]
    assert mandate.value == pytest.approx(12 / 30)
    assert (mandate.lower, mandate.upper) == pytest.approx((0.2459, 0.5768), abs=1e-4)  # Wilson, by hand
    assert (flooding.value, flooding.lower) == (0.0, 0.0)
    assert flooding.upper == pytest.approx(1.96**2 / (30 + 1.96**2), abs=1e-4)
    assert flooding.note == "0 of 30"
    for trials in range(1, 300):
        none, all_of_them = (share(np.array([n]), np.array([trials])) for n in (0.0, float(trials)))
        assert (none.lower, all_of_them.upper) == (0.0, 1.0)


def test_without_draws_line_27_says_so() -> None:
    with_nothing = Evidence(missing={"opinion": opinion.NO_DRAWS})
    targets = [target for target in TARGETS if target.number == 27]
    assert len(targets) == 4
    assert all(target.needs in with_nothing.missing for target in targets)
    with pytest.raises(InvalidInput, match=r"draws = -1: must be a whole number, 0 to 10000"):
        validate(draws=-1)
