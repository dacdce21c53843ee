"""Rules over several groups of a scenario."""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.errors import Problem
from groundswell.scenario import cascade, program_rules
from groundswell.scenario.inputs import places
from groundswell.scenario.inputs.shares import broken_shares
from groundswell.scenario.model.audience import SEGMENTS
from groundswell.scenario.record import ScenarioRecord


def broken(scenario: ScenarioRecord) -> Iterator[Problem]:
    """Yield what is wrong with a scenario whose groups are each right; addresses are complete."""
    yield from program_rules.broken(scenario)
    yield from scenario.posting.organic_platforms.on_platforms_off(scenario.platforms)
    yield from _segments(scenario)
    yield from cascade.refusals(scenario)
    yield from places.broken(scenario.priors)
    yield from broken_shares(scenario)


def _segments(scenario: ScenarioRecord) -> Iterator[Problem]:
    """Who is nowhere cannot be connected to anybody, and would only thin out the segment's awareness."""
    there = scenario.platforms.on()
    for segment in SEGMENTS[1:]:
        pool = getattr(scenario.audience.pool, segment)
        for platform in there:
            share, presence = getattr(platform.mix, segment), getattr(platform.presence, segment)
            path = ("platforms", platform.name, "mix", segment)
            if share > 0 and pool == 0:
                yield Problem(path, f"{share:g}", f"must be 0 where audience.pool.{segment} is 0")
            elif share > 0 and presence == 0:
                yield Problem(path, f"{share:g}", f"must be 0 where platforms.{platform.name}.presence.{segment} is 0")
        if pool > 0 and all(getattr(platform.presence, segment) == 0 for platform in there):
            where = ", ".join(f"platforms.{platform.name}.presence.{segment}" for platform in there)
            rule = f"nobody of this segment is on a platform ({where} = 0); set a presence above 0, or the pool to 0"
            yield Problem(("audience", "pool", segment), f"{pool:g}", rule)
