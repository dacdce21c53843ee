"""Next quarter's company, with a few leavers and newcomers, is the same company in every world."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from ..statistical import core_runs as cr

SEED, WORLDS, REPLICATES = 6, 40, 4
Numbers = npt.NDArray[np.uint64]


def numbers_of(people: int) -> Numbers:
    """Draw numbers as a keyed hash of ids makes them."""
    return np.random.default_rng(2027).integers(2**63, 2**64 - 1, people, dtype=np.uint64)


def reach(draw_numbers: Numbers, index: int, chosen: Any) -> float:
    """Mean unique reach of a world; employees in the order of their draw numbers, as the package hands them over."""
    company = cr.company(len(draw_numbers), draw_numbers=np.sort(draw_numbers))
    world = cr.core.build_world(company, cr.parameters(), SEED, index, 2, stored=False)
    return float(cr.run(world, chosen, REPLICATES).window("unique_reach").mean())


def correlation(last: Numbers, this: Numbers, advocates: int) -> float:
    chosen = cr.design((), cr.program(advocates), weeks=4, warm_up_weeks=1, follow_up_weeks=0)
    reaches = np.array([[reach(numbers, index, chosen) for numbers in (last, this)] for index in range(WORLDS)])
    return float(np.corrcoef(reaches.T)[0, 1])


@pytest.mark.parametrize(
    ("people", "leavers", "newcomers", "above"),
    [
        (300, 3, 5, 0.9),
        pytest.param(1_200, 12, 20, 0.9, marks=pytest.mark.slow),
        # The pools are a step larger, and a twentieth of the advocates are newcomers.
        pytest.param(1_200, 12, 80, 0.8, marks=pytest.mark.slow),
    ],
)
def test_worlds_of_two_quarters_are_the_same_worlds(people: int, leavers: int, newcomers: int, above: float) -> None:
    everybody = numbers_of(people + newcomers)
    assert correlation(everybody[:people], everybody[leavers:], people // 20) > above


def test_other_numbers_are_other_luck() -> None:
    everybody = numbers_of(600)
    assert abs(correlation(everybody[:300], everybody[300:], 15)) < 0.6  # false alarm below 1e-4


def test_the_order_of_draw_numbers_alone_is_no_luck() -> None:
    """Numbers that differ in nothing but their place in the table give one world."""
    numbers = numbers_of(150)
    shuffled = np.random.default_rng(1).permutation(numbers)
    worlds = [
        cr.core.build_world(cr.company(150, draw_numbers=given), cr.parameters(), SEED, 0, 2, stored=False)
        for given in (numbers, shuffled)
    ]
    for name in ("connections", "satisfaction"):
        one, other = (world.attributes[name][np.argsort(world.draw_numbers)] for world in worlds)
        assert (one == other).all()
