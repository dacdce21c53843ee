"""Where 90 in 100 new years lie: ranks among 39 worlds or more, prediction by t below."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from groundswell.common.year_range import year_quantiles

Values = NDArray[np.float64]


def years(values: Values, finished: NDArray[np.bool_] | None = None) -> Values:
    done = np.ones(values.shape[-3:-1], dtype=bool) if finished is None else finished
    return year_quantiles(values, done)


def test_of_39_years_the_second_smallest_to_the_second_largest() -> None:
    values = np.random.default_rng(0).permutation(np.arange(39.0)).reshape(39, 1, 1)
    assert years(values)[:, 0].tolist() == [1, 19, 37]


def test_of_more_years_ranks_are_interpolated() -> None:
    """Of 40 years the rank of 5 % is 41 x .05 = 2.05."""
    assert years(np.arange(1.0, 41.0).reshape(40, 1, 1))[:, 0] == pytest.approx([2.05, 20.5, 38.95])


def test_of_several_replicates_each_world_counts_once() -> None:
    """Ten equal replicates of a world are one year, and give what one gives."""
    one = np.random.default_rng(1).lognormal(size=(45, 1, 3))
    np.testing.assert_allclose(years(np.repeat(one, 10, axis=1)), years(one))
    few = one[:12]
    np.testing.assert_allclose(years(np.repeat(few, 10, axis=1)), years(few))


def test_second_replicates_of_a_few_worlds_move_no_rank() -> None:
    values, finished = np.random.default_rng(2).normal(size=(40, 2, 1)), np.ones((40, 2), dtype=bool)
    finished[5:, 1] = False
    assert years(values, finished)[[0, 2]].tolist() == years(values[:, :1])[[0, 2]].tolist()


def test_few_years_are_a_prediction_by_t_on_the_logarithm() -> None:
    values = np.exp(np.random.default_rng(3).normal(size=(10, 1, 1)))
    logs = np.log(values.ravel())
    half = stats.t.ppf(0.95, 9) * logs.std(ddof=1) * np.sqrt(1.1)
    low, middle, high = years(values)[:, 0]
    assert np.log([low, high]) == pytest.approx([logs.mean() - half, logs.mean() + half])
    assert middle == np.median(values)


def test_what_never_differs_has_a_range_of_that_number() -> None:
    """To the last bit, as everything that asks whether a measure varies needs it."""
    for value in (2500.0, 0.1, 7.3e9, 0.0, -3.3):
        for worlds in (2, 5, 38, 40):
            assert years(np.full((worlds, 3, 1), value))[:, 0].tolist() == [value] * 3


def test_on_the_value_where_it_can_be_zero_or_less() -> None:
    values = np.array([-1.0, 0, 1, 2, 3, 4]).reshape(6, 1, 1)
    half = stats.t.ppf(0.95, 5) * values.std(ddof=1) * np.sqrt(7 / 6)
    assert years(values)[:, 0] == pytest.approx([1.5 - half, 1.5, 1.5 + half])


def test_what_is_never_below_zero_has_no_year_below_zero() -> None:
    low, _, high = years(np.array([0.0, 0, 0, 0, 1, 0]).reshape(6, 1, 1))[:, 0]
    assert low == 0 < high


def test_given_a_world_its_runs_are_the_years() -> None:
    values = np.arange(39.0).reshape(1, 39, 1)
    assert years(values)[:, 0].tolist() == [1, 19, 37]


def test_undefined_years_are_left_out_and_one_year_has_no_range() -> None:
    values = np.array([np.nan, 4.0, np.nan, np.nan, np.nan, np.nan]).reshape(6, 1, 1)
    low, middle, high = years(values)[:, 0]
    assert middle == 4
    assert np.isnan([low, high]).all()
    assert np.isnan(years(np.full((6, 2, 1), np.nan))).all()
    assert np.isnan(years(np.ones((6, 2, 1)), np.zeros((6, 2), dtype=bool))).all()


@pytest.mark.parametrize("worlds", [5, 10, 38, 39, 60])
@pytest.mark.parametrize("replicates", [1, 4])
def test_nine_in_ten_new_years_lie_inside(worlds: int, replicates: int) -> None:
    """Lognormal years, four fifths of the variance from the world. Standard error below .2 points; seed fixed.

    With replicates the t of so many worlds is a little wide: luck is known better than the worlds are.
    """
    random = np.random.default_rng(worlds)
    world, luck = np.sqrt(0.8), np.sqrt(0.2)
    shape = (worlds, replicates, 4000)
    values = np.exp(world * random.normal(size=(worlds, 1, 4000)) + luck * random.normal(size=shape))
    low, _, high = years(values)
    new = np.exp(random.normal(size=(50, 4000)))
    assert 0.89 < ((new > low) & (new < high)).mean() < 0.91 + (0.02 if replicates > 1 else 0)
