"""Whether a simulation fits: the estimate, against what the core says this machine has left."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from groundswell.errors import DoesNotFit
from groundswell.people import FULL

if TYPE_CHECKING:
    from groundswell.company import Company
    from groundswell.scenario import Scenario
    from groundswell.simulate import Plan

log = logging.getLogger("groundswell")

BYTES_PER_VALUE = 8
BYTES_PER_EMPLOYEE = 8 * 8 * 2  # of a world: sums and sums of squares of eight measures


def bytes_needed(scenarios: Sequence[Scenario], rows: Sequence[int], plan: Plan) -> int:
    """Upper estimate for designs that record `rows` numbers a run: the largest world, its runs, every stored value."""
    from groundswell import _core

    stored = BYTES_PER_VALUE * sum(rows) * plan.worlds * plan.replicates
    if plan.people == FULL:
        stored += BYTES_PER_EMPLOYEE * sum(scenario.company.employees for scenario in scenarios) * 2 * plan.worlds
    needed = 0
    for scenario in scenarios:
        parameters = scenario.core_parameters()
        world = _core.estimate_world_bytes(scenario.company.core_input(), parameters)
        persons = _persons(scenario.company, parameters["audience"])
        running = _core.estimate_run_bytes(persons, max(rows), len(rows), plan.replicates, plan.threads)
        needed = max(needed, world + running + stored)
    return needed


def _persons(company: Company, audience: dict[str, Any]) -> int:
    employees = company.employees
    if company.audience is not None:
        return employees + sum(company.audience.persons)
    pools: float = sum(audience["pool"].values()) * max(employees, audience["smallest_company"]) / 1000
    return employees + round(pools)


def check_fits(needed: int, available: int) -> None:
    """Raise `DoesNotFit` with the estimate where more is needed than there is; `available` is 0 where unknown."""
    if available == 0:
        log.warning("the memory of this machine is not known; %s are needed", bytes_text(needed))
    elif needed > available:
        raise DoesNotFit(
            f"this run needs about {bytes_text(needed)} and {bytes_text(available)} are available; "
            "use fewer threads, worlds, replicates or designs, or a smaller company or audience"
        )


def bytes_text(amount: int) -> str:
    """A number of bytes a person reads."""
    size = float(amount)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
