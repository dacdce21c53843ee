"""Same seed, same numbers; other seed, other numbers."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from ..statistical import core_runs as cr

EMPLOYEES, SEED = 150, 3
REPLICATES = 6
# Rare things happen too, so that every measure varies.
OVERRIDES: cr.Overrides = (
    ("audience.unprompted_share", 0.2),
    ("platforms.linkedin.mute", 0.005),
    ("platforms.linkedin.reshare", 0.02),
)


def world(seed: int = SEED, index: int = 0) -> Any:
    return cr.world(EMPLOYEES, seed, index, OVERRIDES[:1])


def busy(weeks: int = 4) -> Any:
    return cr.design(OVERRIDES, cr.program(50, 7, 0.8), weeks, 2, 2)


def mandated() -> Any:
    """Two weeks of free choice, then a mandate; every lever on, so that every measure of the program varies."""
    levers = {"recognition": 1.0, "money": 1.0, "training_hours_per_person": 4.0, "page_amplification": 0.5}
    program = cr.invited({"waves": [(3, None, [])]}, posts_per_week=7.0, **levers)
    program["periods"].append({"first_day": 14, "settings": program["periods"][0]["settings"] | {"mandate": 1.0}})
    rates = (
        ("participation.enrollment_rate", 0.5), ("participation.drop_out", 0.3), ("participation.dormancy", 0.3),
        ("participation.negative_posts", 0.2), ("retention.turnover_per_year", 0.6),
    )  # fmt: skip
    return cr.design((*OVERRIDES, *rates), program, 4, 2, 2)


def named() -> Any:
    """Advocates by name, whom nobody replaces: only their places can be lost here."""
    return cr.design((*OVERRIDES, ("retention.turnover_per_year", 0.6)), cr.program(range(50), 7, 0.8), 4, 2, 2)


def quiet() -> Any:
    return cr.design(OVERRIDES, None, 4, 2, 2)


@pytest.fixture(scope="module")
def expected() -> cr.Floats:
    return cr.values(world(), busy(), REPLICATES, threads=1)


@pytest.fixture(params=cr.core.instruction_sets())
def instruction_set(request: pytest.FixtureRequest) -> Iterator[str]:
    before = cr.core.instruction_set()
    cr.core.force_instruction_set(request.param)
    yield request.param
    cr.core.force_instruction_set(before)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_do_not_matter(expected: cr.Floats, threads: int) -> None:
    np.testing.assert_array_equal(cr.values(world(), busy(), REPLICATES, threads=threads), expected)


@pytest.mark.parametrize("threads", [2, 7])
def test_threads_do_not_matter_to_invited_people(threads: int) -> None:
    alone = cr.values(world(), mandated(), REPLICATES, threads=1)
    np.testing.assert_array_equal(cr.values(world(), mandated(), REPLICATES, threads=threads), alone)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_worlds_do_not_depend_on_threads(threads: int) -> None:
    chosen = cr.parameters(OVERRIDES)
    built = cr.core.build_world(cr.company(EMPLOYEES), chosen, SEED, 0, threads)
    for mine, theirs in zip(built.rows("linkedin"), world().rows("linkedin"), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    for name in ("persons", "sharer", "advocate_order", "department", "seniority"):
        np.testing.assert_array_equal(getattr(built, name), getattr(world(), name), err_msg=name)
    for name, values in built.attributes.items():
        np.testing.assert_array_equal(values, world().attributes[name], err_msg=name)


def test_instruction_sets_do_not_matter(expected: cr.Floats, instruction_set: str) -> None:
    assert cr.core.instruction_set() == instruction_set
    np.testing.assert_array_equal(cr.values(world(), busy(), REPLICATES), expected)


def test_a_replicate_is_reached_directly(expected: cr.Floats) -> None:
    for replicate in range(REPLICATES):
        [alone] = cr.values(world(), busy(), 1, first=replicate)
        np.testing.assert_array_equal(alone, expected[replicate])


def test_replicates_differ(expected: cr.Floats) -> None:
    assert len(np.unique(expected, axis=0)) == REPLICATES


def test_companions_do_not_matter(expected: cr.Floats) -> None:
    """The numbers of a design are the same alone and beside others, before and after them."""
    results = cr.core.run(world(), [quiet(), busy(), quiet(), busy()], 0, REPLICATES, 2)
    for place in (1, 3):
        np.testing.assert_array_equal(results[place][0], expected)


def test_a_design_against_itself_differs_by_exactly_zero() -> None:
    (one, _, _), (other, _, _) = cr.core.run(world(), [busy(), busy()], 0, REPLICATES, 2)
    assert np.abs(np.asarray(one) - np.asarray(other)).max() == 0.0


def test_the_trace_is_the_run(expected: cr.Floats) -> None:
    np.testing.assert_array_equal(cr.core.trace(world(), busy(), 2)["values"], expected[2])


@pytest.mark.parametrize("other", [(SEED + 1, 0), (SEED + (1 << 32), 0), (SEED, 1)], ids=["low", "high", "world"])
def test_another_seed_changes_every_measure(expected: cr.Floats, other: tuple[int, int]) -> None:
    """Every measure whose variance over replicates is not zero: all but what a calendar pays for."""
    varying: set[str] = set()
    others = [(design, cr.values(world(), design, REPLICATES)) for design in (mandated(), named())]
    for design, before in ((busy(), expected), *others):
        changed = cr.values(world(*other), design, REPLICATES)
        rows = cr.core.layout(design)["rows"]
        for measure in cr.core.measures():
            mine = np.asarray(rows["measure"]) == measure["id"]
            if before[:, mine].var(axis=0).max() > 0:
                varying.add(measure["name"])
                assert (changed[:, mine] != before[:, mine]).any(), measure["name"]
    assert {measure["name"] for measure in cr.core.measures()} - varying == {"cost_content", "cost_staff"}


def test_a_longer_horizon_does_not_change_what_came_before(expected: cr.Floats) -> None:
    """Weekly cells of the first weeks are the same when the run goes on."""
    short = cr.Runs(cr.core.layout(busy()), expected)
    long = cr.run(world(), busy(weeks=8), REPLICATES)
    for name in ("unique_reach", "awareness", "active_sharers"):
        np.testing.assert_array_equal(short.cells(name, 1)[:, :6], long.cells(name, 1)[:, :6], err_msg=name)


def test_cancelled_and_redone() -> None:
    """A signal keeps what is finished, leaves the rest out, and the same call afterwards gives all numbers."""
    design, replicates, company = busy(weeks=26), 400, world()  # some seconds of work

    def press(*_: object) -> None:
        raise KeyboardInterrupt

    def watch(done: int, _total: int) -> None:
        if done > 0:
            signal.raise_signal(signal.SIGALRM)

    # An alarm, not SIGINT: what SIGINT does depends on who started the tests (background jobs ignore it).
    before = signal.signal(signal.SIGALRM, press)
    try:
        [(values, finished, stats)] = cr.core.run(company, [design], 0, replicates, 2, watch)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert stats["interrupted"]
    finished = np.asarray(finished)
    assert 0 < finished.sum() < replicates
    assert np.isnan(np.asarray(values)[~finished]).all()
    redone = cr.values(world(), design, replicates)
    np.testing.assert_array_equal(np.asarray(values)[finished], redone[finished])
