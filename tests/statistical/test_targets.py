"""The targets in the engine: the scripted line 21, months of the horizon, and every line on fresh worlds (slow)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import groundswell as gs
from groundswell.validation import collect, scenarios
from groundswell.validation.collect import Settings
from groundswell.validation.runs import traces

from . import core_runs

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SETTINGS = Settings(worlds=1, replicates=1, platform_worlds=0, persons=10, seed=20270722, threads=2)


def test_line_21_first_exposure_and_plateau() -> None:
    """At w = 1, in the engine: 50 to 75 % of the attainable lift, then the first increment below 1 % at n = 4 to 10."""
    lift = collect.scripted_lift(SETTINGS)
    assert all(np.ptp(u) == 0.0 for u in lift.values())  # everybody alike
    assert len(lift[1]) > 100
    assert 0.50 <= lift[1].mean() <= 0.75
    first = traces.first_small_increment({n: float(u.mean()) for n, u in lift.items()})
    assert first is not None
    assert 4 <= first <= 10


def test_full_months_are_those_inside_the_horizon() -> None:
    """2027-01-04 and 52 weeks: February to December, of 28 to 31 days, day 0 being 26 weeks before."""
    scenario = scenarios.default()
    layout = core_runs.core.layout(core_runs.core.Design(**scenario.core_design()))
    months = scenarios.full_months(scenario, layout)
    assert [end - first for first, end in months] == [28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert months[0][0] == 26 * 7 + 28


@pytest.mark.slow
@pytest.mark.statistical
def test_targets_hold_on_fresh_worlds() -> None:
    """Each input, calibrated and in-view line: its whole 95 % interval in the band, over 20 worlds.

    Lines that are implied or emergent are reported by the stored page, whichever way they come out.
    """
    found = gs.validate(worlds=20, replicates=10, threads=2)
    frame = found.frame()
    judged = frame[frame["tag"].isin(["input", "calibrated", "in view"]) & frame["ci_lower"].notna()]
    judged = judged[~judged["verdict"].isin(["reported"])]
    assert judged[judged["verdict"] != "pass"].empty, judged[judged["verdict"] != "pass"].to_string()
    assert {int(number) for number in judged["number"]} >= {*range(1, 7), *range(8, 15), 16, 17, 18, 20, 21}
