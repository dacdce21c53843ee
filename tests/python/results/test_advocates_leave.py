"""Active advocates leave like everybody: designs compare like with like, and lost places are named."""

from __future__ import annotations

import numpy as np
import pytest

import groundswell as gs

RUN = {"worlds": 3, "replicates": 2, "seed": 9}
HALF = {"retention.turnover_per_year": 0.5}


def base(employees: int = 200, weeks: int = 26) -> gs.Scenario:
    return gs.Scenario(gs.Company.synthetic(employees), "2027-01-04", weeks, warm_up_weeks=1).replace(HALF)


def values(result: gs.Results, name: str) -> list[float]:
    return list(result.frame(name, by=["world", "replicate"])["value"])


@pytest.mark.parametrize("advocates", [gs.ActiveAdvocates(size=80), gs.ActiveAdvocates(names=tuple(range(80)))])
def test_who_leaves_is_the_same_with_and_without_advocates(advocates: gs.ActiveAdvocates) -> None:
    without = base().replace(label="without")
    program = without.replace(label="with", program=gs.Program(advocates=advocates))
    ours, theirs = (dict(gs.compare([without, program], **RUN).results)[name] for name in ("without", "with"))
    for name in ("exits", "headcount", "satisfaction"):
        assert values(ours, name) == values(theirs, name)
    assert min(values(theirs, "advocates_left")) > 0


def test_a_random_group_keeps_its_size() -> None:
    """Active days of the horizon: of every day, but for the days on which a place waits for the next one."""
    result = gs.simulate(base().replace({"program": gs.Program(advocates=gs.ActiveAdvocates(size=40))}), **RUN)
    left, days = np.array(values(result, "advocates_left")), np.array(values(result, "active_member_days"))
    np.testing.assert_array_equal(days + left, 40 * 7 * 26)
    assert (left > 2).all()
    assert not {"advocates_left", "advocates_not_replaced"} & set(result.warnings["code"])


@pytest.mark.parametrize(
    ("advocates", "code"),
    [
        (gs.ActiveAdvocates(size=190), "advocates_not_replaced"),
        (gs.ActiveAdvocates(names=tuple(range(50))), "advocates_left"),
    ],
)
def test_places_that_nobody_takes_are_counted_and_warned_of(advocates: gs.ActiveAdvocates, code: str) -> None:
    result = gs.simulate(base().replace({"program": gs.Program(advocates=advocates)}), **RUN)
    row = result.warnings.set_index("code").loc[code]
    lost = values(result, "advocate_places_lost")
    assert row["count"] == max(lost)
    assert f"in {sum(n > 0 for n in lost)} of 6 runs" in row["examples"]
    if advocates.names is not None:
        assert lost == values(result, "advocates_left")
        assert max(values(result, "advocates_replaced")) == 0
