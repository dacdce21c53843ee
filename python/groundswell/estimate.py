"""What a simulation will cost, before it runs: seconds, memory, impressions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from groundswell.errors import InvalidInput
from groundswell.memory import bytes_needed, bytes_text
from groundswell.simulate import Plan, make_plan, world_groups, world_parameters

if TYPE_CHECKING:
    from groundswell.scenario import Scenario

PROBE_WARM_UP, PROBE_WEEKS, PROBE_FOLLOW_UP = 3, 6, 2
LEAD_IN = 1  # weeks after a change in which views of posts made before it still arrive
LEAST_WEEKS = 4  # of a horizon


@dataclass(frozen=True)
class Estimate:
    """The cost of a simulation on this machine as it is now.

    Attributes
    ----------
    seconds:
        Wall time, worlds included.
    memory_bytes:
        Upper estimate of what is needed at once; a run that does not fit is refused with this figure.
    available_bytes:
        What can still be taken; 0 where unknown.
    impressions:
        Views in all runs of all designs, warm-up and follow-up included.
    probe_seconds:
        What the estimate itself took.
    """

    seconds: float
    memory_bytes: int
    available_bytes: int
    impressions: float
    probe_seconds: float

    @property
    def fits(self) -> bool:
        """Whether the memory needed is available; True where that is not known."""
        return self.available_bytes == 0 or self.memory_bytes <= self.available_bytes

    def __repr__(self) -> str:
        have = bytes_text(self.available_bytes) if self.available_bytes else "an unknown amount"
        return (
            f"About {self.seconds:.3g} s, at most {bytes_text(self.memory_bytes)} of memory ({have} available), "
            f"about {self.impressions:.3g} impressions"
        )


def estimate(
    scenarios: Scenario | Sequence[Scenario],
    worlds: int = 10,
    replicates: int = 10,
    seed: int = 1,
    threads: int | None = None,
) -> Estimate:
    """What `simulate` or `compare` of these scenarios will cost.

    One world is built and a short run made in it, as many replicates at once as there are threads: 3 weeks of warm-up,
    6 of the horizon, 2 of follow-up, or less where the scenario has less. Impressions a week of warm-up and of horizon,
    without the first week of each, are carried on to the scenario's weeks; seconds of running grow with impressions,
    those of building with worlds. ACCURACY

    Raises
    ------
    InvalidInput
        No scenario, or a count out of range.
    """
    from groundswell import _core
    from groundswell.scenario import Scenario

    designs = [scenarios] if isinstance(scenarios, Scenario) else list(scenarios)
    if not designs:
        raise InvalidInput("scenarios: empty; name at least one")
    plan = make_plan(worlds, replicates, seed, threads)
    begun = time.perf_counter()
    seconds = impressions = 0.0
    for group in world_groups(designs):
        of_group = _group([designs[i] for i in group], plan)
        seconds, impressions = seconds + of_group[0], impressions + of_group[1]
    rows = [len(_core.layout(_core.Design(**design.core_design()))["rows"]["measure"]) for design in designs]
    needed = bytes_needed(designs, rows, plan)
    probe = time.perf_counter() - begun
    return Estimate(seconds, needed, int(_core.available_memory_bytes()), impressions, probe)


def _group(designs: Sequence[Scenario], plan: Plan) -> tuple[float, float]:
    """Seconds and impressions of designs that share their worlds."""
    from groundswell import _core

    first = designs[0]
    begun = time.perf_counter()
    world = _core.build_world(first.company.core_input(), world_parameters(first), plan.seed, 0, plan.threads)
    seconds_of_world = time.perf_counter() - begun
    probes = [_probe(design) for design in designs]
    cores = [_core.Design(**probe.core_design()) for probe in probes]
    replicates = min(plan.replicates, plan.threads)
    begun = time.perf_counter()
    found = _core.run(world, cores, 0, replicates, plan.threads)
    seconds_of_probe = time.perf_counter() - begun
    seen = [stats["impressions"] / replicates for _, _, stats in found]
    expected = [
        _carried_on(design, probe, _core.layout(core), values.mean(axis=0))
        for design, probe, core, (values, _, _) in zip(designs, probes, cores, found, strict=True)
    ]
    a_run = (
        seconds_of_probe
        / replicates
        * (sum(expected) / sum(seen) if sum(seen) else _length(first) / _length(probes[0]))
    )
    runs = plan.worlds * plan.replicates
    return plan.worlds * seconds_of_world + runs * a_run, runs * sum(expected)


def _length(scenario: Scenario) -> int:
    return scenario.warm_up_weeks + scenario.weeks + scenario.follow_up_weeks


def _probe(scenario: Scenario) -> Scenario:
    return scenario.replace(
        weeks=max(min(scenario.weeks, PROBE_WEEKS), LEAST_WEEKS),
        warm_up_weeks=min(scenario.warm_up_weeks, PROBE_WARM_UP),
        follow_up_weeks=min(scenario.follow_up_weeks, PROBE_FOLLOW_UP),
        label=scenario.label,
    )


def _carried_on(
    scenario: Scenario, probe: Scenario, layout: dict[str, Any], values: np.ndarray[Any, np.dtype[np.float64]]
) -> float:
    """Impressions of a run of full length, from those of a short one, week by week."""
    from groundswell import _core

    number = next(row["id"] for row in _core.measures() if row["name"] == "impressions")
    rows = layout["rows"]
    mine = np.flatnonzero(rows["measure"] == number)
    week = layout["fragments"]["week"][rows["period"][mine]]
    weeks = np.bincount(week, weights=values[mine], minlength=_length(probe))
    warm_up, horizon, follow_up = np.split(weeks, np.cumsum([probe.warm_up_weeks, probe.weeks]))
    total = float(follow_up.sum())
    for part, length in ((warm_up, scenario.warm_up_weeks), (horizon, scenario.weeks)):
        steady = part[LEAD_IN:] if len(part) > LEAD_IN else part
        if length:
            total += float(part.sum()) + (length - len(part)) * float(steady.mean())
    return total
