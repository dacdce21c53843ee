"""Designs that share their worlds."""

from __future__ import annotations

import json
from collections.abc import Sequence

from groundswell.scenario import Scenario
from groundswell.scenario.to_core import world_parameters


def world_groups(scenarios: Sequence[Scenario]) -> list[list[int]]:
    """Indices of the designs that can share a world: equal company, workforce, audience and platforms on."""
    groups: dict[str, list[int]] = {}
    for i, scenario in enumerate(scenarios):
        key = json.dumps([scenario.company.content_hash(), world_parameters(scenario)], sort_keys=True)
        groups.setdefault(key, []).append(i)
    return list(groups.values())
