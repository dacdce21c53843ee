"""Active advocates who left the company and whose place nobody took, as a warning of a result."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.results.recording import Recording
from groundswell.scenario import Scenario

PLACES_LOST = "advocate_places_lost"  # a measure
FRAGMENTS = 0  # the grain at which amounts are recorded


def lost_places(scenario: Scenario, recording: Recording) -> list[dict[str, Any]]:
    """Return a row for a group that shrank in some run: a random one whose order was exhausted, or a named one."""
    group = None if scenario.program is None else scenario.program.advocates
    if group is None or PLACES_LOST not in recording.measures or not recording.finished.any():
        return []
    rows = recording.layout.rows
    mine = (np.asarray(rows["measure"]) == recording.measures[PLACES_LOST].number) & (
        np.asarray(rows["grain"]) == FRAGMENTS
    )
    lost = recording.values[:, :, mine].sum(axis=2)[recording.finished]
    if lost.max(initial=0) == 0:
        return []
    most, shrunk = int(lost.max()), int((lost > 0).sum())
    named = group.names is not None
    why = (
        "named advocates left the company and are not replaced: the group shrinks over the year"
        if named
        else "places of advocates who left were not filled, since nobody was left in the group's order: it shrinks"
    )
    where = f"in {shrunk:,} of {len(lost):,} runs, mean {lost.mean():.1f} of {group.count():,} a run"
    return [{"code": "advocates_left" if named else "advocates_not_replaced", "count": most, "examples": where,
             "consequence": why}]  # fmt: skip
