"""`stats["people"]` of a run is a count of its raw events, by employee, over the days of the horizon."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import WORLD_GROUPS

SEED, WARM_UP, WEEKS, FOLLOW_UP, EMPLOYEES = 5, 2, 6, 2, 40
FLAGS = {
    "attended_impressions": "attended", "engagements": "engaged", "clicks": "clicked", "reshares": "reshared",
    "mutes": "muted",
}  # fmt: skip
Floats = np.ndarray[Any, np.dtype[np.float64]]


@pytest.fixture(scope="module")
def case() -> tuple[Any, Any]:
    """A small, busy world and its design."""
    scenario = gs.Scenario(
        gs.Company.synthetic(employees=EMPLOYEES), start=date(2027, 2, 15), weeks=WEEKS, warm_up_weeks=WARM_UP,
        follow_up_weeks=FOLLOW_UP, program=gs.Program(advocates=gs.ActiveAdvocates(size=15), posts_per_week=3),
    ).replace({
        "platforms.linkedin.mute": 0.02, "platforms.linkedin.reshare": 0.02, "audience.unprompted_share": 0.3,
        "platforms.linkedin.connections_mean": 50.0,
    })  # fmt: skip
    parameters = scenario.core_parameters()
    chosen = {name: parameters[name] for name in WORLD_GROUPS}
    world = _core.build_world(scenario.company.core_input(), chosen, SEED, 0, 1)
    return world, _core.Design(**scenario.core_design())


def from_events(world: Any, trace: dict[str, Any]) -> dict[str, Floats]:
    """Counts by employee, from posts and shown views of the horizon alone."""
    first, end = 7 * WARM_UP, 7 * (WARM_UP + WEEKS)
    posts, views = trace["posts"], trace["views"]
    size = EMPLOYEES + 1  # the page is the last author
    mine = posts["company"] & (posts["day"] >= first) & (posts["day"] < end)
    ties = np.diff(np.asarray(world.rows("linkedin")[0]).astype(np.int64))
    day = views["minute"].astype(int) // 1440
    shown = (views["refusal"] == 0) & (day >= first) & (day < end)
    author = posts["author"][views["post"]]

    def count(authors: Any, weights: Any = None) -> Floats:
        return np.bincount(authors, weights, minlength=size)[:EMPLOYEES].astype(float)

    result = {
        "posts": count(posts["author"][mine]),
        "potential_reach": count(posts["author"][mine], ties[posts["author"][mine]]),
        "impressions": count(author[shown]),
    }
    return result | {name: count(author[shown & views[flag]]) for name, flag in FLAGS.items()}


def test_people_are_counts_of_raw_events(case: tuple[Any, Any]) -> None:
    world, design = case
    total, squares = _core.run(world, [design], 2, 5, 2, people=True)[0][2]["people"]
    replicates = [from_events(world, _core.trace(world, design, replicate)) for replicate in range(2, 5)]
    assert total.shape == squares.shape == (EMPLOYEES, len(_core.author_measures()))
    assert list(replicates[0]) == _core.author_measures()
    for m, name in enumerate(_core.author_measures()):
        counted = np.stack([events[name] for events in replicates])
        assert counted.sum() > 0, name
        np.testing.assert_array_equal(total[:, m], counted.sum(axis=0), err_msg=name)
        np.testing.assert_array_equal(squares[:, m], (counted**2).sum(axis=0), err_msg=name)


def test_people_are_recorded_only_when_asked_for(case: tuple[Any, Any]) -> None:
    world, design = case
    assert _core.run(world, [design], 0, 1, 1)[0][2]["people"] is None
    total, squares = _core.run(world, [design], 0, 0, 1, people=True)[0][2]["people"]
    assert not total.any()
    assert not squares.any()
