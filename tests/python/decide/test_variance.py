"""Luck and world told apart, from the few worlds that have a second replicate."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.common import statistics
from groundswell.common.counts import planned_runs
from groundswell.company.company import Company
from groundswell.decide.compare import compare
from groundswell.decide.variance import parts
from groundswell.results.grain import make_query
from groundswell.run.simulate import simulate
from groundswell.scenario import ActiveAdvocates, Program, Scenario


def test_shares_of_known_parts() -> None:
    """Worlds of deviation 3 and luck of deviation 1: a share of .1, from 4,000 worlds repeated."""
    random = np.random.default_rng(0)
    values = 3 * random.normal(size=(4000, 1)) + random.normal(size=(4000, 2))
    found = parts(values, np.ones((4000, 2), dtype=bool))
    assert found["luck_share"] == pytest.approx(0.1, rel=0.1)
    assert (found["world_sd"], found["luck_sd"]) == pytest.approx((3, 1), rel=0.05)
    assert found["luck_share_ci_lower"] < 0.1 < found["luck_share_ci_upper"]


def test_limits_hold_the_share_where_five_worlds_of_forty_are_repeated() -> None:
    """1,000 studies, standard error .7 points, bound 4 of them below. Seed fixed."""
    random, planned, held = np.random.default_rng(1), planned_runs(40, 1), 0
    for _ in range(1000):
        values = np.sqrt(0.8) * random.normal(size=(40, 1)) + np.sqrt(0.2) * random.normal(size=(40, 2))
        found = parts(values, planned)
        held += bool(found["luck_share_ci_lower"] < 0.2 < found["luck_share_ci_upper"])
    assert held / 1000 > 0.95 - 4 * 0.007


def test_no_share_without_a_second_replicate() -> None:
    found = parts(np.random.default_rng(2).normal(size=(10, 1)), np.ones((10, 1), dtype=bool))
    assert np.isnan(found["luck_share"])
    assert found["worlds_repeated"] == 0
    assert np.isnan(parts(np.ones((10, 2)), np.ones((10, 2), dtype=bool))["luck_share"])


def test_a_study_of_default_size_has_it() -> None:
    base = Scenario(
        Company.synthetic(employees=30), "2027-01-04", 4, "None", warm_up_weeks=1, follow_up_weeks=1
    )
    some = base.replace(label="Some", program=Program(advocates=ActiveAdvocates(size=5)))
    contest = compare([some], baseline=base, worlds=20, replicates=1, threads=2)
    alone = simulate(some, worlds=20, replicates=1, threads=1)
    np.testing.assert_array_equal(contest.results["Some"].recording.values, alone.recording.values)
    assert alone.runs == alone.runs_asked == 25
    assert not (alone.warnings["code"] == "interrupted").any()
    row = contest.variance("impressions").iloc[0]
    assert (row["worlds"], row["worlds_repeated"], row["versus"]) == (20, 5, "None")
    assert 0 < row["luck_share"] <= 1


def test_what_programs_add_has_it_by_design_beside_the_baseline() -> None:
    """Amounts are the differences of the totals behind them; a price is the ratio linearized, run by run."""
    base = Scenario(
        Company.synthetic(employees=40), "2027-01-04", 4, "None", warm_up_weeks=1, follow_up_weeks=1
    )
    some = base.replace(label="Some", program=Program(advocates=ActiveAdvocates(size=20)))
    contest = compare([some], baseline=base, worlds=20, replicates=1, threads=2, inputs=False)
    own = contest.variance(["unique_people_added", "unique_reach_with_page"]).set_index("measure")
    numbers = ["world_sd", "luck_sd", "luck_share", "luck_share_ci_lower", "luck_share_ci_upper", "worlds_repeated"]
    assert own.loc["unique_people_added", numbers].tolist() == own.loc["unique_reach_with_page", numbers].tolist()
    assert own.loc["unique_people_added", "worlds_repeated"] == 5
    price = contest.variance("cost_per_person_added").iloc[0]
    cost, people = (
        contest.results["Some"].recording.cells(name, make_query((), "horizon")).values[:, :, 0]
        - contest.results["None"].recording.cells(name, make_query((), "horizon")).values[:, :, 0]
        for name in ("program_cost", "unique_reach_with_page")
    )
    done = contest.results["Some"].recording.finished
    means = [statistics.world_means(part[:, :, None], done)[0].mean() for part in (cost, people)]
    expected = parts((cost - means[0] / means[1] * people) / means[1], done)
    assert price[numbers].tolist() == pytest.approx([expected[name] for name in numbers])
    assert contest.variance()["measure"].iloc[0] == "unique_people_added"
