"""Line 28: Few loud against Many quiet, with people who are active and with people who are invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundswell import _core
from groundswell.results.grain import make_query
from groundswell.results.layout import Layout
from groundswell.results.measures import declared
from groundswell.results.recording import Recording
from groundswell.scenario import Scenario
from groundswell.validation import scenarios
from groundswell.worlds.persons import persons_by_segment

RUNS = 2  # replicates of each design in a world, at most: worlds differ by more than luck
NONE = "no_program"
ADDED = {"people": "unique_reach_with_page", "aware": "mean_aware_people", "cost": "program_cost"}


def designs() -> dict[str, Scenario]:
    """No program, and both programs with both kinds of people."""
    hows = (scenarios.ACTIVE, scenarios.INVITED)
    return {NONE: scenarios.none()} | {f"{n}_{how}": scenarios.pair(n, how) for how in hows for n in scenarios.PAIR}


def pair_numbers(
    world: Any, replicates: int, threads: int, changed: Callable[[Scenario], Scenario]
) -> dict[str, float]:
    """In one world, by design: persons reached and aware persons added, with the page counted in, and the cost."""
    runs = min(replicates, RUNS)
    asked = {name: changed(one) for name, one in designs().items()}
    made = [_core.Design(**one.core_design()) for one in asked.values()]
    found = _core.run(world, made, 0, runs, threads)
    query = make_query((), "horizon")
    totals: dict[str, dict[str, float]] = {}
    for (name, scenario), design, (values, finished, _) in zip(asked.items(), made, found, strict=True):
        if not np.all(finished):
            raise KeyboardInterrupt("interrupted")
        layout = Layout.from_core(_core.layout(design), scenario.start, scenario.warm_up_weeks)
        runs_of_world = np.asarray(values)[None], np.asarray(finished, dtype=bool)[None]
        recording = Recording(layout, declared(), *runs_of_world, persons=persons_by_segment(scenario))
        totals[name] = {key: float(recording.cells(of, query).values[0, :, 0].mean()) for key, of in ADDED.items()}
    none = totals.pop(NONE)
    return {f"{key}_{name}": value - none[key] for name, of in totals.items() for key, value in of.items()}
