"""Measures of the program are counts of the raw events of a run: states of people day by day, and their posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import WORLD_GROUPS

SEED, WEEKS, PEOPLE = 5, 20, 120
NOBODY, INVITED, ACTIVE, DORMANT, DROPPED, LEFT = range(6)
PROGRAM = 2  # process of a post


@dataclass(frozen=True)
class Run:
    result: gs.Results
    states: Any  # by day of the horizon and employee, after the phase program
    motivation: Any
    posts: pd.DataFrame  # of the program, days of the horizon
    warm_up: int


@pytest.fixture(scope="module", params=["voluntary", "mandatory", "dated"])
def run(request: pytest.FixtureRequest) -> Run:
    changes = [{"start": "2027-02-01", "end": "2027-03-31", "mode": "mandatory"}] if request.param == "dated" else []
    program = gs.Program(
        select=gs.Selection(order="willingness", waves=[{"start": "2027-01-04", "size": 60}, {"start": "2027-02-15"}]),
        mode="mandatory" if request.param == "mandatory" else "voluntary", leadership=1, guidelines=1, changes=changes,
    )  # fmt: skip
    scenario = gs.Scenario(
        gs.Company.synthetic(PEOPLE), "2027-01-04", WEEKS, warm_up_weeks=2, follow_up_weeks=1, program=program
    ).replace({
        "participation.enrollment_rate": 0.1, "participation.drop_out": 0.05, "participation.dormancy": 0.1,
        "participation.negative_posts": 0.3, "retention.turnover_per_year": 0.4,
    })  # fmt: skip
    result = gs.simulate(scenario, worlds=1, replicates=1, seed=SEED, threads=1, progress=False)
    parameters = scenario.core_parameters()
    chosen = {name: parameters[name] for name in WORLD_GROUPS}
    world = _core.build_world(scenario.company.core_input(), chosen, SEED, 0, 1)
    trace = _core.trace(world, _core.Design(**scenario.core_design()), 0)
    raw = trace["posts"]
    columns = ("day", "author", "process", "company", "authenticity", "negative")
    posts = pd.DataFrame({name: np.asarray(raw[name]) for name in columns})
    posts = posts.assign(day=posts["day"].astype(int) - 14)
    mine = posts[posts["process"] == PROGRAM]
    return Run(result, np.asarray(trace["members"]["state"]), np.asarray(trace["members"]["motivation"]), mine, 14)


def value(run: Run, name: str, **more: Any) -> Any:
    return run.result.frame(name, **more)["mean"].to_numpy()


def weekly(days: Any) -> Any:
    return np.asarray(days, dtype=float).reshape(WEEKS, 7).sum(axis=1)


def test_flows_are_changes_of_state(run: Run) -> None:
    before = np.vstack([np.zeros((1, PEOPLE), dtype=int), run.states[:-1]])
    entered = {code: (run.states == code) & (before != code) for code in range(6)}
    member, was = np.isin(run.states, (ACTIVE, DORMANT)), np.isin(before, (ACTIVE, DORMANT))
    np.testing.assert_array_equal(value(run, "enrollments", by="week"), weekly((member & ~was).sum(axis=1)))
    np.testing.assert_array_equal(value(run, "drop_outs", by="week"), weekly(entered[DROPPED].sum(axis=1)))
    np.testing.assert_array_equal(value(run, "exits", by="week"), weekly(entered[LEFT].sum(axis=1)))
    invited = (before == NOBODY) & ~np.isin(run.states, (NOBODY, LEFT))
    np.testing.assert_array_equal(value(run, "invitations", by="week"), weekly(invited.sum(axis=1)))
    assert value(run, "exits")[0] > 0
    assert value(run, "enrollments")[0] > 10


def test_stocks_are_numbers_of_people_in_a_state(run: Run) -> None:
    days = {code: (run.states == code).sum(axis=1) for code in range(6)}
    np.testing.assert_array_equal(value(run, "active_member_days", by="week"), weekly(days[ACTIVE]))
    np.testing.assert_array_equal(value(run, "seat_days", by="week"), weekly(days[ACTIVE] + days[DORMANT]))
    ends = np.arange(6, 7 * WEEKS, 7)
    np.testing.assert_array_equal(value(run, "enrolled", by="week"), (days[ACTIVE] + days[DORMANT])[ends])
    np.testing.assert_array_equal(value(run, "dormant_members", by="week"), days[DORMANT][ends])
    np.testing.assert_array_equal(value(run, "headcount", by="week"), PEOPLE - days[LEFT][ends])


def test_points_are_sums_over_days_and_posts(run: Run) -> None:
    active = (run.motivation * (run.states == ACTIVE)).sum(axis=1)
    np.testing.assert_allclose(value(run, "motivation_points", by="week"), weekly(active), rtol=1e-12)
    company = run.posts[run.posts["company"].astype(bool)]
    by_week = company.groupby(company["day"] // 7)
    found = by_week["authenticity"].sum().reindex(range(WEEKS), fill_value=0.0)
    np.testing.assert_allclose(value(run, "authenticity_points", by="week"), found, rtol=1e-12)
    negative = by_week["negative"].sum().reindex(range(WEEKS), fill_value=0)
    np.testing.assert_array_equal(value(run, "negative_posts", by="week"), negative)
    posts = run.result.frame("posts", by=["week", "source"])
    np.testing.assert_array_equal(
        posts[posts["source"] == "program"]["mean"], by_week.size().reindex(range(WEEKS), fill_value=0)
    )


def test_participants_are_those_who_posted(run: Run) -> None:
    authors = run.posts.groupby(run.posts["day"] // 7)["author"].nunique().reindex(range(WEEKS), fill_value=0)
    np.testing.assert_array_equal(value(run, "program_participants", by="week"), authors)
    assert value(run, "program_participants")[0] == run.posts["author"].nunique()
    states = run.states[run.posts["day"], run.posts["author"].astype(int)]
    assert (states == ACTIVE).all()  # nobody else posts for the program


def test_a_mandate_coerces_and_its_absence_does_not(run: Run) -> None:
    coerced = value(run, "coerced_days")[0]
    if run.result.scenario.program.mode == "voluntary" and not run.result.scenario.program.changes:
        assert coerced == 0
        assert value(run, "negative_posts")[0] == 0
    else:
        assert 0 < coerced < value(run, "seat_days")[0]
        assert value(run, "negative_posts")[0] > 0
