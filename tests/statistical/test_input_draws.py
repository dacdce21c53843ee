"""The share of inputs under which a choice flips, against synthetic truths; seeds are fixed."""

from __future__ import annotations

import numpy as np
import pytest

from . import input_draws
from .input_draws import IDLE, Cell, Found


def test_blocks_that_are_identical_flip_nothing() -> None:
    assert input_draws.identical(studies=10) == 0


def test_the_truth_has_the_share_that_was_asked_for() -> None:
    for truth in set(input_draws.TRUTHS) - set(IDLE):
        cell = Cell(truth, 0.1, 6.0, 0.96)
        z = np.random.default_rng(5).standard_normal((200_000, 3))
        assert np.mean(1 + input_draws.spread(cell) * input_draws.TRUTHS[truth][0](z) < 0) == pytest.approx(
            0.1, abs=0.005
        )


def test_a_clear_choice_that_no_input_moves_does_not_flip_and_one_that_an_input_moves_does() -> None:
    idle = input_draws.run(Cell("scale alone", 0.0, 6.0, 0.96), studies=20)
    moved = input_draws.run(Cell("one input, scaled", 0.2, 12.0, 0.96), studies=20)
    assert idle.share.mean() <= 0.005
    assert idle.naive.mean() > 0.1  # what counting signs would say
    assert abs(moved.share.mean() - 0.2) < 0.05
    assert moved.first_driver.mean() > 0.9


def test_draws_in_which_nothing_happens_make_no_flips() -> None:
    rare = input_draws.run(Cell("scale alone", 0.0, 6.0, 0.9, idle=0.1), studies=20)
    assert rare.share.mean() <= 0.005


def test_coverage_and_errors_are_counted() -> None:
    one, zero = np.ones(3), np.zeros(3)
    found = Found(
        np.array([0.1, 0.1, 0.0]), np.array([0.1, 0.3, 0.0]), np.array([0.05, 0.2, 1e-5]), 0.5 * one, one, one, zero
    )
    assert found.covered().tolist() == [1, 0, 1]
    assert input_draws.rmse([found]) == pytest.approx(100 * np.sqrt(0.04 / 3))


@pytest.mark.slow
@pytest.mark.statistical
def test_shares_on_synthetic_truths() -> None:
    """Idle inputs: 2 % at t = 3, .5 % at t = 6. Six truths of equal weight: RMSE 4.5 points, coverage 93 %."""
    idle = input_draws.nothing()
    for t, most in ((3.0, 0.02), (6.0, 0.005)):
        assert np.mean([one.share.mean() for (at, _, _), one in idle.items() if at == t]) <= most
    found = input_draws.shares()
    by_truth = [[one for cell, one in found.items() if cell.truth == truth] for truth in input_draws.TRUTHS]
    assert np.sqrt(np.mean([input_draws.rmse(some) ** 2 for some in by_truth])) <= 4.5
    assert np.mean([input_draws.coverage(some) for some in by_truth]) >= 0.93
