"""Whether a world fits into memory, and how many employees would."""

from __future__ import annotations

from typing import Any

from groundswell import _core
from groundswell.common.memory import check_fits, room


def check_world_fits(company: Any, parameters: dict[str, Any], employees: int) -> None:
    """Raise `DoesNotFit` where a world (parameters as `_core.build_world`) needs more than there is."""
    needed, there = int(_core.estimate_world_bytes(company, parameters)), room()
    check_fits(needed, there, would_fit(employees, needed, there.free))


def would_fit(employees: int, needed: int, free: int) -> str:
    """How many employees fit where what is needed grows with them, to two digits: no more is known of an estimate."""
    possible = employees * max(free, 0) // max(needed, 1)
    unit = 10 ** max(len(str(possible)) - 2, 0)
    return f"; about {possible // unit * unit:,} employees would fit" if 2 <= possible < employees else ""
