"""Worlds x replicates of one or more designs, as values of every run."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from groundswell import _core
from groundswell.common import arguments
from groundswell.common.memory import fitting
from groundswell.common.planned import REPLICATES, WORLDS
from groundswell.common.progress import ProgressOption, open_progress
from groundswell.errors import Cancelled
from groundswell.results.layout import Layout
from groundswell.results.measures import Measure, declared, in_currency
from groundswell.results.people_counts import AGGREGATE, FULL
from groundswell.results.recording import Recording
from groundswell.results.results import Results
from groundswell.results.warnings import WARNING_COLUMNS
from groundswell.run.batch import Batch, Runs, run_worlds
from groundswell.run.failures import Failures
from groundswell.run.leading import leading
from groundswell.run.lost_places import lost_places
from groundswell.run.manifest import make_manifest
from groundswell.run.plan import CASCADES, WORLD_WARNINGS, Plan, make_plan
from groundswell.run.size import check_run_fits
from groundswell.scenario import Scenario

log = logging.getLogger("groundswell")


def simulate(
    scenario: Scenario,
    worlds: int = WORLDS,
    replicates: int = REPLICATES,
    seed: int = 1,
    threads: int | None = None,
    progress: ProgressOption = None,
    people: str = FULL,
    record: str | Sequence[str] = (),
) -> Results:
    """Simulate one design.

    Parameters
    ----------
    scenario:
        Company, dates, program and every parameter.
    worlds, replicates:
        Generated companies and audiences, and runs of luck in each. Five worlds or more give an interval for worlds
        and luck; with fewer it holds given these worlds. Worlds differ far more than luck does, so one replicate is the
        best use of time; of 20 worlds or more with one replicate the first 5 have a second one, so that luck and world
        can be told apart (`groundswell.common.planned`).
    seed:
        0 to 2^64 - 1. Same seed, same numbers, for any number of threads.
    threads:
        All cores by default.
    progress:
        A bar where somebody watches (None), always (True), never (False), or a callable that gets (done, total): worlds
        built and runs finished.
    people:
        `full` also counts what the posts of each employee did (`Results.people`); `aggregate` records nothing by
        person, and the manifest says so.
    record:
        `["cascades"]` also keeps what became of every post (`Results.cascades`), in memory only: saved files do not
        hold it. Nothing else is optional: every measure at every grain in the table of `groundswell.measures()` is
        always recorded.

    Raises
    ------
    InvalidInput
        For a count or seed out of range.
    UnknownName
        For another word as `people`, or in `record`.
    DoesNotFit
        Before anything runs, if the estimate of memory is above what is available.

    Ctrl-C keeps the runs that are finished: `Results.warnings` then has the code `interrupted`.
    """
    return run_designs([scenario], make_plan(worlds, replicates, seed, threads, people, record), progress)[0]


@fitting()
def run_designs(
    scenarios: Sequence[Scenario],
    plan: Plan,
    progress: ProgressOption = None,
    earlier: Sequence[Results | None] | None = None,
    failures: Failures | None = None,
) -> list[Results]:
    """Every design in every world; designs whose worlds are equal share them. Same numbers as one by one.

    `earlier` has, for each design, a result whose finished runs are taken over (of the same seed and of no more worlds
    and replicates than the plan), or None. Only what is missing runs, and what they did not record by
    person stays so. A design that the engine refuses while it runs
    is left out of what is returned where `failures` keeps its reason; without, the refusal is raised.
    """
    for scenario in scenarios:
        arguments.instance("scenario", scenario, Scenario, "a gs.Scenario")
    designs = [_core.Design(**scenario.core_design()) for scenario in scenarios]
    layouts = [
        Layout.from_core(_core.layout(design), scenario.start, scenario.warm_up_weeks)
        for scenario, design in zip(scenarios, designs, strict=True)
    ]
    rows = [len(layout.rows["measure"]) for layout in layouts]
    check_run_fits(scenarios, rows, plan)
    before = [None] * len(scenarios) if earlier is None else list(earlier)
    batch = Batch(
        scenarios,
        designs,
        [Runs.start(plan, _measures(one[0]), *one) for one in zip(scenarios, layouts, before, strict=True)],
        plan,
        failures or Failures(),
    )
    begun = time.perf_counter()
    with open_progress(progress, leading) as bar:
        try:
            run_worlds(batch, bar)
        except (KeyboardInterrupt, Cancelled):
            log.warning("interrupted; keeping what is finished")
    seconds = time.perf_counter() - begun
    kept = [i for i, scenario in enumerate(scenarios) if scenario.label not in batch.failures.reasons]
    if kept and not any(batch.runs[i].finished.any() for i in kept):
        raise KeyboardInterrupt("interrupted before a run was finished")
    return [_results(scenarios[i], batch.runs[i], plan, seconds, before[i]) for i in kept]


def _measures(scenario: Scenario) -> Mapping[str, Measure]:
    """Every measure, amounts of money in the company's currency."""
    currency = str(scenario.company.firm.values()["currency"])
    return in_currency(declared(), currency)


def _results(scenario: Scenario, run: Runs, plan: Plan, seconds: float, earlier: Results | None) -> Results:
    recording = run.recording()
    return Results(
        scenario=scenario,
        recording=recording,
        warnings=_warnings(scenario, run, recording),
        manifest=make_manifest(scenario, plan.worlds, plan.replicates, plan.seed)
        | {"people": AGGREGATE if run.people is None else FULL}
        | {"record": [] if run.cascades is None else [CASCADES]}
        | {WORLD_WARNINGS: [list(warning) for warning in run.world_warnings]},
        seconds=seconds + (0.0 if earlier is None else earlier.seconds),
        cascade_posts=run.cascade_posts(),
    )


def _warnings(scenario: Scenario, run: Runs, recording: Recording) -> pd.DataFrame:
    """Of the company, of the scenario, of the worlds (count: the largest in a world), of the runs."""
    rows: list[dict[str, Any]] = [
        {name: row[name] for name in WARNING_COLUMNS}
        for frame in (scenario.company.warnings, scenario.warnings)
        for row in frame.to_dict("records")
    ]
    by_code: dict[str, list[tuple[int, int, str]]] = {}
    for world, code, count, message in run.world_warnings:
        by_code.setdefault(code, []).append((count, world, message))
    for code, found in by_code.items():
        count, world, message = max(found, key=lambda item: item[0])
        worlds = len({item[1] for item in found})
        where = f"in {worlds} of {int(run.finished.any(axis=1).sum())} worlds, most in world {world}"
        rows.append({"code": code, "count": count, "examples": where, "consequence": message})
    rows += lost_places(scenario, recording)
    asked = int(run.planned.sum())
    missing = asked - int(run.finished.sum())
    if missing:
        rows.append(
            {
                "code": "interrupted",
                "count": missing,
                "examples": f"{asked - missing} of {asked} runs are finished",
                "consequence": "Estimates use the finished runs only; intervals are wider than asked for.",
            }
        )
    return pd.DataFrame(rows, columns=WARNING_COLUMNS)
