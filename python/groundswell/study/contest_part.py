"""What a saved study keeps of a comparison beside its results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from groundswell.decide.contest import Contest
from groundswell.decide.varied import FailedCell, names_people
from groundswell.decide.within import Within


def settings(contest: Contest) -> dict[str, Any]:
    """What a saved study keeps of a contest beside its results, as JSON values.

    Why a cell failed is left out where the text may name people.
    """
    hidden = any(map(names_people, contest.varied))
    reason = "refused (why is not in the saved file: the text may name people)"
    return {
        "wanted": {name: asdict(asked) for name, asked in contest.wanted.items()},
        "varied": list(contest.varied),
        "failed": [
            {"label": cell.label, "values": dict(cell.values), "reason": reason if hidden else cell.reason}
            for cell in contest.failed
        ],
    }


def from_settings(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Contest` that `settings` has written."""
    return {
        "wanted": {str(name): Within(**asked) for name, asked in stored["wanted"].items()},
        "varied": tuple(stored["varied"]),
        "failed": tuple(FailedCell(**cell) for cell in stored["failed"]),
    }
