"""Where a result comes from: enough to run it again and to see why it differs."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundswell.scenario import Scenario

SCHEMA_VERSION = 1  # of saved files; raised when an older Groundswell could misread a newer file


def make_manifest(scenario: Scenario, worlds: int, replicates: int, seed: int) -> dict[str, Any]:
    """Scenario as YAML, hashes, seed, versions and counts, as plain JSON values. Threads are not in it."""
    import groundswell
    from groundswell import _core

    return {
        "schema_version": SCHEMA_VERSION,
        "groundswell": groundswell.__version__,
        "core": str(getattr(_core, "build", "unknown")),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "label": scenario.label,
        "scenario": scenario.to_yaml(),
        "scenario_hash": scenario.content_hash(),
        "company_hash": scenario.company.content_hash(),
        "seed": seed,
        "worlds": worlds,
        "replicates": replicates,
    }
