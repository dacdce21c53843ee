"""Where a result comes from: enough to run it again and to see why it differs."""

from __future__ import annotations

import platform
from typing import Any

from groundswell import _core
from groundswell.common.build import build_of
from groundswell.scenario import Scenario
from groundswell.scenario.document import write_nameless

SCHEMA_VERSION = 5  # of saved files; raised when another Groundswell could misread one
OLDEST_SCHEMA = 4  # that is read: without draw numbers, so that employees draw by their place


def make_manifest(scenario: Scenario, worlds: int, replicates: int, seed: int) -> dict[str, Any]:
    """Scenario as YAML, hashes, seed, versions and counts, as plain JSON values. Threads are not in it.

    A manifest is made to be written: of named advocates the scenario has how many they are.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "groundswell": str(_core.__version__),
        "core": build_of(str(_core.__file__)),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "label": scenario.label,
        "scenario": write_nameless(scenario),
        "scenario_hash": scenario.content_hash(),
        "company_hash": scenario.company.content_hash(),
        "draw_key": scenario.company.draw_key,
        "seed": seed,
        "worlds": worlds,
        "replicates": replicates,
    }
