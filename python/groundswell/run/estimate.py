"""What a simulation will cost, before it runs: seconds, memory, impressions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell import _core
from groundswell.common import arguments
from groundswell.common.memory import MACHINE, bytes_text, fitting, room
from groundswell.common.planned import REPLICATES, WORLDS
from groundswell.common.statistics import FEW_WORLDS
from groundswell.errors import InvalidInput
from groundswell.run.drawn import LEAST_DRAWN
from groundswell.run.plan import Plan, make_plan
from groundswell.run.probe import probe
from groundswell.run.size import bytes_needed
from groundswell.scenario import Scenario
from groundswell.scenario.to_core import needs_all_rows, world_parameters
from groundswell.worlds.cache import cache_in_use
from groundswell.worlds.groups import world_groups

LEAST_PROBED, MOST_PROBED, EMPLOYEES_PROBED = 2, 8, 1000  # worlds; small firms differ more from world to world
LONG = 4  # times as many replicates in the longer of the two runs, whose difference gives the time of an impression
PATIENCE = 600  # seconds; a longer study is told how many worlds would do


@dataclass(frozen=True)
class Estimate:
    """The cost of a simulation on this machine as it is now.

    Attributes
    ----------
    seconds:
        Wall time, worlds and the second block of a comparison included.
    memory_bytes:
        What engine and kept values need at once; a run that does not fit is refused with this figure.
    available_bytes:
        What can still be taken; 0 where unknown.
    limit:
        What bounds that: the machine, its container, or a limit of the process.
    impressions:
        Views in all runs of all designs at stated inputs, warm-up and follow-up included.
    probe_seconds:
        What the estimate itself took.
    worlds:
        Worlds that were asked for.
    """

    seconds: float
    memory_bytes: int
    available_bytes: int
    impressions: float
    probe_seconds: float
    limit: str = MACHINE
    worlds: int = 0

    def worlds_within(self, seconds: float) -> int:
        """How many worlds these seconds are enough for, at least 1: the choice where the default takes too long."""
        return max(int(seconds / self.seconds * self.worlds), 1) if self.seconds > 0 else self.worlds

    @property
    def fits(self) -> bool:
        """Whether the memory needed is available; True where that is not known."""
        return self.available_bytes == 0 or self.memory_bytes <= self.available_bytes

    def __repr__(self) -> str:
        have = f"{bytes_text(self.available_bytes) if self.available_bytes else 'an unknown amount'} available"
        bound = "" if self.limit == MACHINE else f": {self.limit}"
        return (
            f"About {self.seconds:.3g} s, {bytes_text(self.memory_bytes)} of memory ({have}{bound}), "
            f"about {self.impressions:.3g} impressions{self._fewer()}"
        )

    def _fewer(self) -> str:
        """Of a study that takes long, how many worlds a shorter one could have; under 10 it would be flagged."""
        fewer = max(self.worlds_within(PATIENCE), FEW_WORLDS)
        return f"; with worlds={fewer} about {self.seconds * fewer / self.worlds:.3g} s" if fewer < self.worlds else ""


@fitting()
def estimate(
    scenarios: Scenario | Sequence[Scenario],
    worlds: int = WORLDS,
    replicates: int = REPLICATES,
    seed: int = 1,
    threads: int | None = None,
    inputs: bool = True,
) -> Estimate:
    """What `simulate` or `compare` of these scenarios will cost, and with how many worlds it would take ten minutes.

    Two worlds are built (up to eight of a firm under 500) and short runs made in them: 3 weeks of warm-up, 6 of the
    horizon, 2 of follow-up, or less where the scenario has less. Impressions a week of warm-up and of horizon, without
    the first week of each, are carried on to the scenario's weeks, those after a later change of levers or wave of
    invitations from a short run of what holds then; seconds grow with worlds and with impressions, whose
    time is the difference of two runs, one four times the other. From 10 worlds on several designs have a second block,
    in which inputs are drawn: worlds of its own and one run in each (``inputs=False`` leaves it out).

    Measured on six comparisons of three designs, 50 to 1,000 employees, 8 to 52 weeks, on a machine with other work on
    it: predicted over actual seconds .5 to 1.3, impressions .83 to 1.07. Memory is that of the engine and of the values
    kept; the process grew by 6 to 17 MB more (Python modules, tables). With a cache of worlds on (`cache`), time is
    that of building them all, not of reading or writing any.

    Raises
    ------
    InvalidInput
        No scenario, or a count out of range.
    """
    several = "a gs.Scenario or a list of them"
    designs = [scenarios] if isinstance(scenarios, Scenario) else arguments.several("scenarios", scenarios, several)
    for i, one in enumerate(designs):
        arguments.instance(f"scenarios.{i}", one, Scenario, "a gs.Scenario")
    if not designs:
        raise InvalidInput("scenarios: empty; name at least one")
    plan, inputs = make_plan(worlds, replicates, seed, threads), arguments.switch("inputs", inputs)
    begun = time.perf_counter()
    drawn = inputs and len(designs) > 1 and plan.worlds >= LEAST_DRAWN
    seconds = impressions = 0.0
    for group in world_groups(designs):
        of_group = _group([designs[i] for i in group], plan, plan.worlds if drawn else 0)
        seconds, impressions = seconds + of_group[0], impressions + of_group[1]
    rows = [len(_core.layout(_core.Design(**design.core_design()))["rows"]["measure"]) for design in designs]
    needed = bytes_needed(designs, rows, plan)
    taken = time.perf_counter() - begun
    there = room()
    return Estimate(seconds, needed, there.free, impressions, taken, there.limit, plan.worlds)


def _group(designs: Sequence[Scenario], plan: Plan, drawn: int) -> tuple[float, float]:
    """Seconds and impressions of designs that share their worlds; `drawn`: worlds of the second block."""
    first = designs[0]
    probes = [probe(design) for design in designs]
    cores = [_core.Design(**one.first) for one in probes]
    later = [_core.Design(**run) for one in probes for run in one.later]
    probed = min(max(EMPLOYEES_PROBED // first.company.employees, LEAST_PROBED), MOST_PROBED, plan.worlds)
    expected = np.zeros(probed)
    for index in range(probed):  # the first world also warms memory and processor up: the last one's times count
        begun = time.perf_counter()
        stored = any(map(needs_all_rows, designs)) or cache_in_use() is not None  # as if no world were kept yet
        world = _core.build_world(
            first.company.core_input(), world_parameters(first), plan.seed, index, plan.threads, stored=stored
        )
        seconds_of_world = time.perf_counter() - begun
        short, long = (
            _timed(world, cores, replicates, plan.threads) for replicates in (plan.threads, LONG * plan.threads)
        )
        after = _timed(world, later, plan.threads, plan.threads)[2] if later else []
        means = iter([values.mean(axis=0) for values in after])
        expected[index] = sum(
            one.expected(values.mean(axis=0), [next(means) for _ in one.later])
            for one, values in zip(probes, long[2], strict=True)
        )
    an_impression = (long[0] - short[0]) / (long[1] - short[1]) if long[1] > short[1] else 0.0
    if an_impression <= 0:  # the machine was busier during the short run
        an_impression = long[0] / max(long[1], 1)
    a_call = max(short[0] - an_impression * short[1], 0.0)
    a_run = float(expected.mean())
    impressions = int(plan.runs.sum()) * a_run
    in_all = impressions + drawn * a_run
    return (plan.worlds + drawn) * (seconds_of_world + a_call) + an_impression * in_all, impressions


def _timed(world: Any, cores: Sequence[Any], replicates: int, threads: int) -> tuple[float, int, list[Any]]:
    """Seconds, impressions and values of a run."""
    begun = time.perf_counter()
    found = _core.run(world, list(cores), 0, replicates, threads)
    seconds = time.perf_counter() - begun
    return seconds, sum(stats["impressions"] for _, _, stats in found), [values for values, _, _ in found]
