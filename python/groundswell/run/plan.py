"""How much to run, checked before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from groundswell.common import arguments
from groundswell.common.cores import usable_cores
from groundswell.common.counts import MOST_COUNT, MOST_SEED, MOST_THREADS, planned_runs, whole_number
from groundswell.common.planned import REPLICATES, WORLDS
from groundswell.errors import UnknownName, did_you_mean, shown
from groundswell.results.people_counts import FULL, PEOPLE_OPTIONS

WORLD_WARNINGS = "world_warnings"  # of the manifest: world, code, count, message; an extension needs them
CASCADES = "cascades"
RECORD_OPTIONS = (CASCADES,)


@dataclass(frozen=True)
class Plan:
    """How much to run: worlds, replicates in each, the seed, threads (they never change a number), what is recorded."""

    worlds: int = WORLDS
    replicates: int = REPLICATES
    seed: int = 1
    threads: int = 1
    people: str = FULL
    record: tuple[str, ...] = ()

    @cached_property
    def runs(self) -> NDArray[np.bool_]:
        """The runs to be done, True at (world, replicate)."""
        return planned_runs(self.worlds, self.replicates)


def make_plan(
    worlds: int,
    replicates: int,
    seed: int,
    threads: int | None,
    people: str = FULL,
    record: str | Sequence[str] = (),
) -> Plan:
    """The plan, checked; `threads=None` takes every core this process may use."""
    if arguments.text("people", people) not in PEOPLE_OPTIONS:
        raise UnknownName(f"people: no option {shown(people)}; {did_you_mean(people, PEOPLE_OPTIONS)}")
    extra = arguments.names("record", record)
    for i, name in enumerate(extra):
        if name not in RECORD_OPTIONS:
            raise UnknownName(
                f"record.{i}: no optional recording of the name {shown(name)}; {did_you_mean(name, RECORD_OPTIONS)}"
            )
    return Plan(
        whole_number("worlds", worlds, 1, MOST_COUNT),
        whole_number("replicates", replicates, 1, MOST_COUNT),
        whole_number("seed", seed, 0, MOST_SEED),
        usable_cores() if threads is None else whole_number("threads", threads, 1, MOST_THREADS),
        people,
        tuple(dict.fromkeys(extra)),
    )
