"""Awareness as people: shares times persons, at the end of a cell and over the weeks of a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.model.audience import SEGMENTS
from groundswell.scenario.to_core import world_parameters
from groundswell.worlds.persons import persons_by_segment

OLD = Path(__file__).parents[2] / "golden" / "study_of_version_0.2.gsw"


@pytest.fixture(scope="module")
def result() -> gs.Results:
    company = gs.Company.synthetic(70)
    program = gs.Program(advocates=gs.ActiveAdvocates(size=20), posts_per_week=3)
    scenario = gs.Scenario(company, "2027-01-04", 5, "A", warm_up_weeks=1, follow_up_weeks=2, program=program)
    return gs.simulate(scenario, worlds=2, replicates=2, progress=False)


@pytest.mark.parametrize("employees", [2, 70, 137, 1000])
def test_persons_are_those_of_a_world(employees: int) -> None:
    scenario = gs.Scenario(gs.Company.synthetic(employees), "2027-01-04")
    changed = scenario.replace({"audience.pool.buyer": 12_345.0, "audience.smallest_company": 60})
    for one in (scenario, changed) if employees < 1000 else (scenario,):
        world = _core.build_world(one.company.core_input(), world_parameters(one), 3, 1, 1)
        assert persons_by_segment(one) == tuple(np.diff([*world.segment_begin]).tolist())


def test_persons_of_a_given_audience_are_those_of_its_table() -> None:
    hr = pd.DataFrame({"id": ["a", "b"]})
    company = gs.Company.from_frames(hr, columns={"id": "id"})
    persons = pd.DataFrame({"id": range(5), "segment": ["buyer", "buyer", "talent", "other", "buyer"]})
    ties = pd.DataFrame({"source": ["a", 0], "target": [0, 1]})
    given = gs.Scenario(company.with_audience(persons, ties), "2027-01-04")
    assert dict(zip(SEGMENTS, persons_by_segment(given), strict=True)) == {
        "employee": 2, "alumni": 0, "buyer": 3, "peer": 0, "talent": 1, "personal": 0, "other": 1,
    }  # fmt: skip


def test_aware_people_are_awareness_times_persons(result: gs.Results) -> None:
    persons = dict(zip(SEGMENTS, result.recording.persons or (), strict=True))
    outside = sum(persons.values()) - persons["employee"]
    for by in (None, "week", "month", "quarter"):
        shares, people = (result.frame(name, by=by)["mean"].to_numpy() for name in ("awareness", "aware_people"))
        np.testing.assert_allclose(people, shares * outside, rtol=1e-12)
    shares, people = (result.frame(name, by=["week", "segment"]) for name in ("awareness", "aware_people"))
    counts = people["segment"].map(persons).astype(float)
    np.testing.assert_allclose(people["mean"], shares["mean"] * counts, rtol=1e-12)
    by_segment = result.frame("aware_people", by="segment")["mean"].sum()
    assert by_segment == pytest.approx(result.frame("aware_people")["mean"].iloc[0])


@pytest.mark.parametrize("window", ["horizon", "follow_up", "completion", "warm_up"])
def test_the_mean_is_over_the_weeks_of_the_window(result: gs.Results, window: str) -> None:
    weekly = result.frame("aware_people", by="week", window=window)["mean"]
    assert result.frame("mean_aware_people", window=window)["mean"].tolist() == pytest.approx([weekly.mean()])
    by_segment = result.frame("aware_people", by=["week", "segment"], window=window)
    buyers = by_segment[by_segment["segment"] == "buyer"]["mean"].mean()
    means = result.frame("mean_aware_people", by="segment", window=window).set_index("segment")["mean"]
    assert means["buyer"] == pytest.approx(buyers)
    with pytest.raises(gs.NotRecorded, match="mean_aware_people is not recorded by month"):
        result.frame("mean_aware_people", by="month")


def test_where_nobody_knows_the_persons_it_is_refused(result: gs.Results) -> None:
    unknown = replace(result, recording=replace(result.recording, persons=None, _totals={}))
    with pytest.raises(gs.NotRecorded, match="aware_people needs the number of persons by segment"):
        unknown.frame("aware_people")
    assert "aware_people" not in unknown.summary().index
    assert "awareness" in unknown.summary().index


def test_a_file_of_an_earlier_version_has_aware_people_and_no_ratio_that_is_gone() -> None:
    opened = gs.load(OLD)
    result = opened if isinstance(opened, gs.Results) else next(iter(opened.results.values()))
    summary = result.summary()
    assert result.recording.persons is not None
    assert summary.loc["aware_people", "mean"] == pytest.approx(
        summary.loc["awareness", "mean"] * sum(result.recording.persons[1:])
    )
    with pytest.raises(gs.UnknownName, match="cost_per_person_added"):
        result.frame("cost_per_person_reached")
