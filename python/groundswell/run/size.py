"""How much memory a simulation needs, before it runs."""

from __future__ import annotations

from collections.abc import Sequence

from groundswell import _core
from groundswell.common.memory import check_fits, room
from groundswell.results.people_counts import FULL
from groundswell.run.plan import Plan
from groundswell.scenario import Scenario
from groundswell.worlds.size import would_fit

BYTES_PER_VALUE = 8
BYTES_PER_EMPLOYEE = 8 * 8 * 2  # of a world: sums and sums of squares of eight measures


def check_run_fits(scenarios: Sequence[Scenario], rows: Sequence[int], plan: Plan) -> None:
    """`DoesNotFit` where designs need more than there is, with how many employees would do."""
    needed, there = bytes_needed(scenarios, rows, plan), room()
    stored = _bytes_stored(rows, plan)
    largest = max(scenario.company.employees for scenario in scenarios)
    check_fits(needed, there, would_fit(largest, needed - stored, there.free - stored))  # the rest grows with them


def _bytes_stored(rows: Sequence[int], plan: Plan) -> int:
    return BYTES_PER_VALUE * sum(rows) * plan.runs.size


def bytes_needed(scenarios: Sequence[Scenario], rows: Sequence[int], plan: Plan) -> int:
    """Upper estimate for designs that record `rows` numbers a run: the largest world, its runs, every stored value."""
    stored = _bytes_stored(rows, plan)
    if plan.people == FULL:
        stored += BYTES_PER_EMPLOYEE * sum(scenario.company.employees for scenario in scenarios) * 2 * plan.worlds
    needed = 0
    for scenario in scenarios:
        parameters = scenario.core_parameters()
        company = scenario.company.core_input()
        world = _core.estimate_world_bytes(company, parameters)
        persons = _core.person_count(company, parameters)
        running = _core.estimate_run_bytes(persons, max(rows), len(rows), plan.runs.shape[1], plan.threads)
        needed = max(needed, world + running + stored)
    return needed
