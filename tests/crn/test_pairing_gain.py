"""Pairing saves about 50/k times the runs where two teams of 50 differ in k people."""

from __future__ import annotations

import numpy as np
import pytest

from . import pairing_gain


@pytest.mark.slow
@pytest.mark.statistical
def test_gain_on_impressions() -> None:
    """Median of 20 random swaps at least .7·50/k; the page's views, which designs share, would only raise it."""
    found = pairing_gain.medians(changed=(1, 5, 10))
    for name in ("impressions, program posts", "impressions, employees' posts"):
        for k, (_, median, _) in found[name].items():
            assert median >= 0.7 * pairing_gain.TEAM / k, (name, k, median)


def test_gain_of_known_cases() -> None:
    random = np.random.default_rng(1)
    shared, a, b = (random.normal(size=100_000) for _ in range(3))
    assert pairing_gain.gain(a, b) == pytest.approx(1.0, abs=0.03)
    assert pairing_gain.gain(3 * shared + a, 3 * shared + b) == pytest.approx(10.0, abs=0.3)
    assert pairing_gain.gain(a, a) == float("inf")


def test_teams_differ_in_k_people() -> None:
    for k in pairing_gain.CHANGED:
        team, other = pairing_gain.teams(3, k)
        assert len(set(team)) == len(set(other)) == pairing_gain.TEAM
        assert len(set(team) & set(other)) == pairing_gain.TEAM - k
