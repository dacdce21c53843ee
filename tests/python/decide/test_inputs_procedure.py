"""The share of inputs under which a choice flips: each step on cases that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import beta, t

from groundswell.decide.inputs import procedure
from groundswell.decide.inputs.procedure import (
    GRID,
    Contrast,
    acting,
    correlation,
    drivers,
    expected_range,
    explained,
    flips,
    interval,
    kernel,
    least_correlation,
)

W = 40
ONES = np.ones(W)


def uniforms(inputs: int = 20, worlds: int = W, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    blocks = [np.argsort(rng.random((20, inputs)), axis=0) for _ in range(worlds // 20)]
    return (np.concatenate(blocks) + rng.random((worlds, inputs))) / 20


def noise(mean: float = 1.0, sd: float = 1.0, seed: int = 2) -> np.ndarray:
    found = np.random.default_rng(seed).standard_normal(W)
    return mean + sd * (found - found.mean()) / found.std(ddof=1)


def test_the_scale_is_used_where_it_brings_the_blocks_closer():
    d1 = noise()
    s = np.exp(0.5 * ndtri(uniforms()[:, 0]))
    scaled = Contrast(d1, d1 * s, 10 * ONES, 10 * s)
    assert scaled.scale == pytest.approx(s)
    assert scaled.y == pytest.approx(ONES)  # the world is taken out, and nothing is left
    assert scaled.slope == pytest.approx(1)
    assert Contrast(d1, d1, 10 * ONES, 10 * s).scale is None  # the difference did not scale
    assert Contrast(d1, d1 * s, 10 * ONES, 10 * s * np.where(np.arange(W) == 3, -1, 1)).scale is None
    assert Contrast(d1, d1, 0 * ONES, ONES).scale is None


def test_worlds_in_which_nobody_does_anything_do_not_take_the_scale_from_the_others():
    """In draws with few who join, nothing happens in some worlds; elsewhere inputs only scale the difference."""
    u = uniforms()
    s = np.exp(1.5 * ndtri(u[:, 0]))
    s[np.argsort(u[:, 0])[:4]] = 0.0
    d1 = noise(6 / np.sqrt(W))
    d2 = s * (d1 + 0.3 * noise(0, seed=9))
    one = Contrast(d1, d2, 10 * ONES, 10 * s)
    acts = acting([one], 10)
    assert acts.sum() == W - 4
    assert not acts[np.argsort(u[:, 0])[:4]].any()
    some = one.among(acts)
    assert one.scale is None
    assert some.scale is not None
    assert flips([one], u, "1").share > 0.05
    assert flips([some], u[acts], "1").share == 0
    first = Contrast(np.where(acts, d1, 0), d2, np.where(acts, 10, 0), 10 * np.maximum(s, 0.1))
    assert acting([first], 10).tolist() == acts.tolist()  # nothing in the first block says as little
    assert acting([one, first], 10).tolist() == acts.tolist()
    assert acting([one], W - 3).all()  # too few would remain
    assert acting([Contrast(d1, d2, 0 * ONES, 10 * s + 1)], 10).all()  # levels may cancel where differences do not


def test_the_world_is_taken_out_by_the_slope():
    d1 = np.array([1.0, 2.0, 3.0])
    one = Contrast(d1, 5 + 2 * d1, np.ones(3), np.ones(3))
    assert one.slope == pytest.approx(2)
    assert one.y == pytest.approx([9, 9, 9])  # at the mean world
    flat = Contrast(np.full(3, 4.0), d1, np.ones(3), np.ones(3))
    assert flat.slope == 0
    assert flat.y.tolist() == [1, 2, 3]


def test_the_kernel_is_centered_and_has_mean_eigenvalue_one():
    values, vectors = kernel(uniforms(3))
    assert values.shape == (W - 1,)
    assert values.mean() == pytest.approx(1)
    assert vectors.T @ vectors == pytest.approx(np.eye(W - 1), abs=1e-12)
    assert vectors.sum(axis=0) == pytest.approx(np.zeros(W - 1), abs=1e-12)
    z = ndtri(uniforms(3))
    gram = z @ z.T / 3
    center = np.eye(W) - 1 / W
    whole = center @ (gram + gram**2 / 2) @ center
    assert vectors @ np.diag(values) @ vectors.T * np.trace(whole) / (W - 1) == pytest.approx(whole)


def test_the_likelihood_of_h_is_that_of_the_text():
    u, d1 = uniforms(2), noise()
    one = Contrast(d1, d1 + 0.7 * ndtri(u[:, 0]) + 0.5 * noise(0, seed=3), ONES, ONES)
    values, vectors = kernel(u)
    c = vectors.T @ one.y
    logs = [
        -0.5 * ((W - 1) * np.log((c**2 / (h * values + 1 - h)).sum()) + np.log(h * values + 1 - h).sum()) for h in GRID
    ]
    weights = np.exp(np.array(logs) - max(logs))
    found = explained(one, u)
    assert found.weights == pytest.approx(weights / weights.sum())
    assert found.mean == pytest.approx(float(GRID @ weights / weights.sum()))
    assert found.shrunk == pytest.approx(one.y.mean() + np.sqrt(found.mean) * (one.y - one.y.mean()))


def test_an_input_that_decides_is_not_shrunk_and_its_share_is_counted():
    u = uniforms()
    d1 = noise(1, 0.05)
    d2 = d1 + 1 * ndtri(u[:, 4]) * 1.2
    found = flips([Contrast(d1, d2, ONES, ONES)], u, "1")
    assert explained(Contrast(d1, d2, ONES, ONES), u).mean > 0.85
    assert found.share == pytest.approx(float(ndtr(-1 / 1.2)), abs=0.05)
    assert found.lower < float(ndtr(-1 / 1.2)) < found.upper


def test_noise_that_no_input_explains_is_shrunk():
    d1 = noise(0.5)
    d2 = 0.9 * (d1 - 0.5) + 0.5 + np.sqrt(1 - 0.81) * noise(0, seed=5)
    one = Contrast(d1, d2, ONES, ONES)
    assert (d2 < 0).mean() > 0.2
    assert flips([one], uniforms(seed=7), "1").share < 0.06


def test_identical_blocks_never_flip():
    for seed in range(5):
        d = noise(0.33, seed=seed)
        found = flips([Contrast(d, d, ONES, ONES)], uniforms(seed=seed), "1")
        assert found.share == 0
        assert expected_range(Contrast(d, d, ONES, ONES), uniforms(seed=seed)) == pytest.approx((0.33, 0.33))


def test_without_a_flip_the_upper_end_is_that_of_a_beta():
    d = noise(100, 0.1)
    found = flips([Contrast(d, d, ONES, ONES)], uniforms(), "1")
    assert found.upper == pytest.approx(beta.ppf(0.975, 0.5, W + 0.5), abs=0.006)  # .06: not above 94 % hold
    assert found.share == 0


def test_the_uncertainty_of_the_mean_is_in_the_interval():
    """The difference is twice its standard error: t(39) is below -2 in 2.6 % of the draws, and then all flip."""
    d = noise(2 / np.sqrt(W), 1)
    found = flips([Contrast(d, d, ONES, ONES)], uniforms(), "1")
    assert found.share == 0
    assert found.upper > 0.9
    assert t.cdf(-2, W - 1) > 0.025
    safe = noise(4 / np.sqrt(W), 1)
    assert flips([Contrast(safe, safe, ONES, ONES)], uniforms(), "1").upper < 0.1


def test_several_rivals_flip_where_any_of_them_does():
    u = uniforms()
    d1 = noise(1, 0.05)
    one = Contrast(d1, d1 + 0.9 * ndtri(u[:, 0]), ONES, ONES)
    other = Contrast(d1, d1 + 0.9 * ndtri(u[:, 1]), ONES, ONES)
    both = flips([one, other], u, "1")
    alone = [flips([single], u, "1").share for single in (one, other)]
    assert max(alone) < both.share <= sum(alone)
    assert flips([one, one], u, "1") == flips([one], u, "1")


def test_draws_of_the_interval_are_keyed():
    u, d = uniforms(), noise(0.5)
    one = Contrast(d, d + 0.3 * ndtri(u[:, 0]), ONES, ONES)
    assert flips([one], u, "1") == flips([one], u, "1")
    assert flips([one], u, "2") != flips([one], u, "1")


def test_the_interval_with_inputs_is_that_of_t():
    mean, lower, upper = interval(np.array([1.0, 2.0, 3.0]))
    assert mean == 2
    assert upper - mean == pytest.approx(t.ppf(0.975, 2) / np.sqrt(3))
    assert mean - lower == pytest.approx(upper - mean)


def test_the_range_is_the_second_smallest_to_the_second_largest_scaled_back():
    u = uniforms()
    d1 = noise(5, 0.01)
    s = np.exp(0.4 * ndtri(u[:, 0]))
    one = Contrast(d1, s * 5, 10 * ONES, 10 * s)
    scaled = np.sort(5 * s)
    assert expected_range(one, u) == pytest.approx((scaled[1], scaled[-2]), rel=0.01)


@pytest.mark.parametrize(("worlds", "value"), [(40, 0.46), (80, 0.33)])
def test_the_least_correlation_is_that_of_the_text(worlds, value):
    assert least_correlation(worlds, 20, 0) == pytest.approx(value, abs=0.005)


def test_drivers_are_found_in_order_and_no_others():
    u = uniforms()
    z = ndtri(u)
    y = 3 * z[:, 7] + 1.5 * z[:, 2] + 0.3 * noise(0, seed=9)
    found = drivers(y, u)
    assert [one.input for one in found[:2]] == [7, 2]
    assert found[0].correlation > 0.8
    assert len(drivers(y + 0.8 * z[:, 3] + 0.8 * z[:, 4], u)) == procedure.MOST_DRIVERS


def test_a_named_driver_gives_up_what_another_one_explains():
    """Of two inputs that go together only the one that acts is named."""
    u = uniforms(6)
    u[:, 1] = ndtr(0.95 * ndtri(u[:, 0]) + 0.31 * ndtri(u[:, 1]))
    assert [one.input for one in drivers(ndtri(u[:, 0]), u)] == [0]


def test_nothing_drives_what_does_not_vary():
    assert drivers(5 * ONES, uniforms()) == []


def test_inputs_that_do_nothing_are_rarely_named():
    """The 5 % Šidák value: 200 studies, a driver named in 5 % of them; beyond 9.5 % in one of 1,000 seeds."""
    rng = np.random.default_rng(11)
    named = [bool(drivers(rng.standard_normal(W), uniforms(seed=seed))) for seed in range(200)]
    assert np.mean(named) < 0.095


def test_correlation_is_zero_where_nothing_varies():
    assert correlation(ONES, noise()) == 0
    assert correlation(noise(), 3 - 2 * noise()) == pytest.approx(-1)
