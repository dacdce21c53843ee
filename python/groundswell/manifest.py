"""Where a result comes from: enough to run it again and to see why it differs."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundswell.scenario import Scenario

SCHEMA_VERSION = 4  # of saved files; raised when another Groundswell could misread one


def make_manifest(scenario: Scenario, worlds: int, replicates: int, seed: int) -> dict[str, Any]:
    """Scenario as YAML, hashes, seed, versions and counts, as plain JSON values. Threads are not in it.

    A manifest is made to be written: of named advocates the scenario has how many they are.
    """
    from groundswell import _core
    from groundswell.scenario.document import write_nameless

    return {
        "schema_version": SCHEMA_VERSION,
        "groundswell": str(_core.__version__),
        "core": build_of(str(_core.__file__)),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "label": scenario.label,
        "scenario": write_nameless(scenario),
        "scenario_hash": scenario.content_hash(),
        "company_hash": scenario.company.content_hash(),
        "seed": seed,
        "worlds": worlds,
        "replicates": replicates,
    }


@cache
def build_of(path: str) -> str:
    """Identify a compiled module: the first 12 digits of the SHA-256 of its file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
