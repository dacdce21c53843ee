"""How much memory a simulation needs, before it runs."""

from __future__ import annotations

from collections.abc import Sequence

from groundswell import _core
from groundswell.results.people_counts import FULL
from groundswell.run.plan import Plan
from groundswell.scenario import Scenario

BYTES_PER_VALUE = 8
BYTES_PER_EMPLOYEE = 8 * 8 * 2  # of a world: sums and sums of squares of eight measures


def bytes_needed(scenarios: Sequence[Scenario], rows: Sequence[int], plan: Plan) -> int:
    """Upper estimate for designs that record `rows` numbers a run: the largest world, its runs, every stored value."""
    stored = BYTES_PER_VALUE * sum(rows) * plan.worlds * plan.replicates
    if plan.people == FULL:
        stored += BYTES_PER_EMPLOYEE * sum(scenario.company.employees for scenario in scenarios) * 2 * plan.worlds
    needed = 0
    for scenario in scenarios:
        parameters = scenario.core_parameters()
        company = scenario.company.core_input()
        world = _core.estimate_world_bytes(company, parameters)
        persons = _core.person_count(company, parameters)
        running = _core.estimate_run_bytes(persons, max(rows), len(rows), plan.replicates, plan.threads)
        needed = max(needed, world + running + stored)
    return needed
