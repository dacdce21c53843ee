"""Each mechanism does what it is there for: direction and least effect, p < .001 on paired runs."""

from __future__ import annotations

import pytest

from . import mechanisms, program_mechanisms

pytestmark = pytest.mark.statistical


@pytest.mark.parametrize("row", mechanisms.ROWS, ids=lambda r: f"{r.mechanism}: {r.measure} ({r.scenario.name})")
def test_mechanism(row: mechanisms.Row) -> None:
    """False alarms: p < .001 is asked for, so a mechanism without effect passes in 1 of 1,000 seeds at most."""
    effect = mechanisms.effect(row)
    assert effect.p < 0.001, effect
    assert row.direction * effect.relative >= row.least, effect


@pytest.mark.parametrize("row", program_mechanisms.ROWS, ids=lambda r: f"{r.mechanism}: {r.measure}")
def test_mechanism_of_programs(row: program_mechanisms.Row) -> None:
    """As above: a mechanism without effect passes in 1 of 1,000 seeds at most."""
    effect = program_mechanisms.effect(row)
    assert effect.p < 0.001, effect
    assert row.direction * effect.relative >= row.least, effect


def test_a_mechanism_that_does_nothing_is_not_seen() -> None:
    """The same design twice: no direction, no effect."""
    row = mechanisms.ROWS[1]
    found = mechanisms.outcome(row.scenario, mechanisms.WORLDS[0], ())
    on = row.take(found)
    for direction in (-1, 1):
        effect = mechanisms.paired(on, on, direction)
        assert effect.p == 1.0
        assert effect.relative == 0.0


def test_flooding_takes_views_from_others() -> None:
    views = mechanisms.flooding_curve()
    for step in range(len(mechanisms.CURVE) - 1):
        effect = mechanisms.paired(views[:, step], views[:, step + 1], -1)
        assert effect.p < 0.001, (mechanisms.CURVE[step], effect)
        assert (views[:, step + 1] < views[:, step]).all()
