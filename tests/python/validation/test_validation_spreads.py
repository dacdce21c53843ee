"""How much posts differ: by hand, and what laws of known spread give back."""

import math

import numpy as np
import pytest

from groundswell.validation.runs.spreads import between_posts, within_authors


def test_within_authors_by_hand():
    author, views = [0, 0, 0, 1, 1, 2, 2, 2], [1, 10, 100, 5, 5, 7, 0, 7]
    of_first = math.log(10)  # the sample's standard deviation of 0, log 10, 2 log 10
    assert within_authors(author, views, least=2) == pytest.approx((of_first + 0 + 0) / 3, rel=1e-12)
    assert within_authors(author, views, least=3) == pytest.approx(of_first, rel=1e-12)
    assert math.isnan(within_authors(author, views, least=4))
    assert math.isnan(within_authors([], []))


def test_between_posts_by_hand():
    found = between_posts([1, 10, 100, 50, 0], [10, 100, 1000, 0, 3])  # ten times as many each; two posts do not count
    assert found.log_sd == pytest.approx(math.log(10), rel=1e-12)
    assert found.with_engaged == pytest.approx(1, rel=1e-12)
    falling = between_posts([10, 100, 1000], [8, 8, 8])
    assert falling.with_rate == pytest.approx(-1, rel=1e-12)
    assert math.isnan(falling.with_engaged)  # which does not vary
    assert math.isnan(between_posts([10, 100], [1, 2]).log_sd)


def test_a_known_law_comes_back():
    rng = np.random.default_rng(5)
    author = np.repeat(np.arange(200), 40)
    level = rng.normal(3, 2, 200)[author]  # authors differ too, which must not count
    assert within_authors(author, np.exp(level + rng.normal(0, 1.2, len(author)))) == pytest.approx(1.2, abs=0.03)
    z, noise = rng.normal(size=(2, 20_000))
    found = between_posts(np.exp(8 + z), np.exp(3 + 0.5 * z + 0.5 * noise))
    assert found.log_sd == pytest.approx(1, abs=0.03)
    assert found.with_engaged == pytest.approx(0.5 / math.hypot(0.5, 0.5), abs=0.03)
    assert found.with_rate == pytest.approx(-0.5 / math.hypot(0.5, 0.5), abs=0.03)
