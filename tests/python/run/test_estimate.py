"""The cost of a run, before it runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from groundswell import _core
from groundswell.common.memory import Room
from groundswell.company.company import Company
from groundswell.decide.compare import compare
from groundswell.errors import InvalidInput
from groundswell.run import estimate as estimates
from groundswell.run.estimate import Estimate, estimate
from groundswell.run.plan import Plan
from groundswell.run.simulate import simulate
from groundswell.run.size import bytes_needed
from groundswell.scenario import ActiveAdvocates, Change, Program, Scenario, Selection, Wave


def design(size: int | None, label: str, weeks: int = 20) -> Scenario:
    program = None if size is None else Program(advocates=ActiveAdvocates(size=size), posts_per_week=3)
    return Scenario(Company.synthetic(employees=60), "2027-01-04", weeks, label, warm_up_weeks=8, program=program)


DESIGNS = [design(None, "None"), design(6, "Few"), design(20, "Many")]


def test_a_long_study_is_told_how_many_worlds_would_do() -> None:
    found = Estimate(2400.0, 1, 0, 1e9, 1.0, worlds=40)
    assert found.worlds_within(600) == 10
    assert repr(found).endswith("; with worlds=10 about 600 s")
    assert "with worlds=10 about 3e+04 s" in repr(replace(found, seconds=120_000.0))  # under 10 a study is flagged
    assert "with worlds" not in repr(replace(found, seconds=500.0))
    assert "with worlds" not in repr(replace(found, seconds=2400.0, worlds=8))


def test_impressions_are_close_to_those_of_the_run() -> None:
    """Fixed seed; eight of the ten worlds carry the estimate. The bound leaves room for other draws."""
    found = estimate(DESIGNS, worlds=10, replicates=4, threads=1)
    contest = compare(DESIGNS[1:], baseline=DESIGNS[0], worlds=10, replicates=4, threads=1)
    real = sum(
        result.recording.values[:, :, result.recording.layout.rows["measure"] == 5].sum()
        for result in contest.results.values()
    )
    assert found.impressions == pytest.approx(real, rel=0.3)
    assert found.seconds > 0
    assert found.probe_seconds > 0


def test_impressions_do_not_depend_on_the_length_of_the_probe_when_it_is_the_run() -> None:
    """A run as short as the probe: the estimate is the mean of the very runs."""
    short = Scenario(
        Company.synthetic(employees=60), "2027-01-04", 5, "Short", warm_up_weeks=2, follow_up_weeks=1,
        program=Program(advocates=ActiveAdvocates(size=6)),
    )  # fmt: skip
    found = estimate(short, worlds=2, replicates=4, threads=1)
    result = compare([short], worlds=2, replicates=4, threads=1).results["Short"]
    mine = result.recording.layout.rows["measure"] == 5
    assert found.impressions == pytest.approx(result.recording.values[:, :, mine].sum())


def test_more_runs_cost_in_proportion() -> None:
    one, two = (estimate(DESIGNS, worlds=8, replicates=k, threads=1) for k in (5, 10))
    assert two.impressions == pytest.approx(2 * one.impressions)
    assert two.memory_bytes > one.memory_bytes


def test_the_second_block_costs_one_run_a_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only views take time: 12 worlds of 4 replicates, and 12 runs beside them in which inputs are drawn."""
    timed = estimates._timed

    def views_alone(*args: Any) -> tuple[float, int, list[Any]]:
        _, impressions, values = timed(*args)
        return 1e-6 * impressions, impressions, values

    monkeypatch.setattr(estimates, "_timed", views_alone)
    monkeypatch.setattr("time.perf_counter", lambda: 0.0)
    both, first = (estimate(DESIGNS, worlds=12, replicates=4, threads=1, inputs=asked) for asked in (True, False))
    assert both.impressions == first.impressions
    assert both.seconds == pytest.approx(first.seconds * (48 + 12) / 48)
    for kept in ((DESIGNS, 9), (DESIGNS[1], 12)):  # too few worlds, nothing to compare
        there, left_out = (estimate(kept[0], worlds=kept[1], threads=1, inputs=asked) for asked in (True, False))
        assert there.seconds == left_out.seconds


def test_memory_is_the_figure_a_refusal_states(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [len(_core.layout(_core.Design(**d.core_design()))["rows"]["measure"]) for d in DESIGNS]
    found = estimate(DESIGNS, worlds=5, replicates=2, threads=1)
    assert found.memory_bytes == bytes_needed(DESIGNS, rows, Plan(5, 2, 1, 1))
    assert found.fits
    monkeypatch.setattr(_core, "available_memory_bytes", lambda: 1_000)
    tight = estimate(DESIGNS, worlds=5, replicates=2, threads=1)
    assert not tight.fits
    assert "1.0 kB available" in repr(tight)
    monkeypatch.setattr("groundswell.run.estimate.room", lambda: Room(0))
    unknown = estimate(DESIGNS, worlds=5, replicates=2, threads=1)
    assert unknown.fits
    assert "an unknown amount available" in repr(unknown)


def test_designs_of_other_worlds_are_added() -> None:
    other = DESIGNS[1].replace({"audience.department_homophily": 0.1}, label="Other")
    alone, both = (estimate(d, worlds=2, replicates=2, threads=1) for d in (DESIGNS[1], [DESIGNS[1], other]))
    assert 1.5 * alone.impressions < both.impressions < 3 * alone.impressions


def test_nobody_posts() -> None:
    quiet = design(None, "Quiet").replace(
        {"platforms.linkedin.page_posts_per_week": 0, "audience.unprompted_share": 0}, label="Quiet"
    )
    found = estimate(quiet, worlds=2, replicates=2, threads=1)
    assert np.isfinite(found.seconds)
    assert found.seconds > 0


def test_refusals() -> None:
    with pytest.raises(InvalidInput, match="scenarios: empty"):
        estimate([])
    with pytest.raises(InvalidInput, match="worlds = 0"):
        estimate(DESIGNS, worlds=0)


def impressions_of_a_run(scenario: Scenario) -> float:
    recording = simulate(scenario, worlds=2, replicates=4, threads=1).recording
    return float(recording.values[:, :, recording.layout.rows["measure"] == 5].sum())


def test_changes_after_the_first_weeks_count() -> None:
    """Levers that change in week 13 of 26: before, any change after the sixth week was refused here."""
    often = Change(start="2027-04-05", posts_per_week=30)
    scenario = design(20, "Often", 26)
    changed = scenario.replace({"program.changes": [often]}, label="Later often")
    same, more = (estimate(one, worlds=2, replicates=4, threads=1).impressions for one in (scenario, changed))
    assert more > 1.5 * same
    assert more == pytest.approx(impressions_of_a_run(changed), rel=0.3)
    early = scenario.replace({"program.changes": [Change(start="2027-01-18", posts_per_week=30)]}, label="Soon often")
    assert estimate(early, worlds=2, replicates=4, threads=1).impressions == pytest.approx(
        impressions_of_a_run(early), rel=0.3
    )


def test_a_relaunch_and_waves_after_the_first_weeks_are_estimated() -> None:
    """The dates of the README's example; waves that all begin after the probe's end invite nobody in it."""
    company = Company.synthetic(employees=200)
    relaunched = Program(
        select=Selection(order="readiness", size=60), recognition=1,
        changes=[Change(start="2027-07-01", recognition=0), Change(start="2027-09-06", relaunch=True)],
    )  # fmt: skip
    waves = Program(select=Selection(size=60, waves=[Wave(start="2027-04-05", size=30), Wave(start="2027-05-03")]))
    for program in (relaunched, waves):
        scenario = Scenario(company, "2027-01-04", 52, "One", warm_up_weeks=8, program=program)
        found = estimate(scenario, worlds=2, replicates=4, threads=1)
        assert found.impressions == pytest.approx(impressions_of_a_run(scenario), rel=0.4)
