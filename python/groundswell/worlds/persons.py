"""How many persons there are in each segment of a world, without building one."""

from __future__ import annotations

from functools import cache

from groundswell import _core
from groundswell.company.company import Company
from groundswell.scenario import Scenario


def persons_by_segment(scenario: Scenario) -> tuple[int, ...]:
    """Persons of each segment in the order of `gs.segments()`, employees first: the same in every world."""
    company, audience = scenario.company, scenario.audience
    if company.audience is not None:
        return (company.employees, *company.audience.persons[1:])
    pool = tuple((name, float(getattr(audience.pool, name))) for name in type(audience.pool).model_fields)
    return _generated(company.employees, pool, float(audience.smallest_company))


@cache
def _generated(employees: int, pool: tuple[tuple[str, float], ...], smallest: float) -> tuple[int, ...]:
    """Sizes of generated pools: the engine counts the persons of a world that has one of them alone."""
    firm, frame = Company.synthetic(employees).core_input(), _core.default_parameters()
    counts = [employees]
    for name, size in pool[1:]:
        alone = {other: 0.0 for other, _ in pool} | {name: size}
        audience = {**frame["audience"], "pool": alone, "smallest_company": smallest}
        counts.append(int(_core.person_count(firm, {**frame, "audience": audience})) - employees)
    return tuple(counts)
