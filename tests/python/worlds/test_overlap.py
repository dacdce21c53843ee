"""Audience overlap between colleagues, against sets of persons read from the rows of the same worlds."""

from __future__ import annotations

import numpy as np
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import world_parameters

SEED, WORLDS, GROUPS = 4, 5, 3


@pytest.fixture(scope="module")
def scenario() -> gs.Scenario:
    return gs.Scenario(gs.Company.synthetic(employees=30), "2027-01-04").replace(
        {"platforms.linkedin.connections_mean": 40.0}
    )


def test_shares_are_those_of_sets_of_persons(scenario: gs.Scenario) -> None:
    frame = gs.overlap(scenario, sizes=(1, 30, 7), worlds=WORLDS, seed=SEED, groups=GROUPS, threads=1)
    assert frame["colleagues"].tolist() == [1, 30, 7]
    shares, sums = [], []
    for index in range(WORLDS):
        world = _core.build_world(scenario.company.core_input(), world_parameters(scenario), SEED, index, 1)
        begin, ties = (np.asarray(array).astype(np.int64) for array in world.rows("linkedin"))
        rows = [set((ties[begin[i] : begin[i + 1]] & 0xFFFFFF).tolist()) for i in range(30)]
        sums.append(sum(map(len, rows)))
        shares.append(len(set.union(*rows)) / sums[-1])
    one, everybody, some = (row for _, row in frame.iterrows())
    assert one["share"] == 1
    assert everybody["connections"] == pytest.approx(np.mean(sums))
    assert everybody["share"] == pytest.approx(np.mean(shares))
    assert everybody["share_se"] == pytest.approx(np.std(shares, ddof=1) / np.sqrt(WORLDS))
    assert everybody["share_ci_lower"] < everybody["share"] < some["share"] < 1
    assert everybody["persons"] > some["persons"]
    assert everybody["uncertainty"] == "worlds"
    again = gs.overlap(scenario, sizes=(7,), worlds=1, seed=SEED, groups=GROUPS, threads=2)
    assert again["uncertainty"].tolist() == ["no interval with 1 worlds"]
    assert np.isnan(again["share_ci_lower"]).all()


def test_what_cannot_be_asked(scenario: gs.Scenario) -> None:
    with pytest.raises(gs.InvalidInput, match=r"^sizes\.1 = 31: must be a whole number, 1 to 30"):
        gs.overlap(scenario, sizes=(9, 31))
    with pytest.raises(gs.InvalidInput, match=r"^sizes = \[3, 3\]"):
        gs.overlap(scenario, sizes=(3, 3))
    with pytest.raises(gs.InvalidInput, match=r"^sizes = \[\]"):
        gs.overlap(scenario, sizes=())
    with pytest.raises(gs.InvalidInput, match=r"^worlds = 0"):
        gs.overlap(scenario, sizes=(3,), worlds=0)
    with pytest.raises(gs.UnknownName, match="no platform of the name 'facebook' is on"):
        gs.overlap(scenario, sizes=(3,), platform="facebook")
