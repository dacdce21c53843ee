"""Worlds x replicates of one or more designs, as values of every run."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from groundswell.errors import invalid
from groundswell.manifest import make_manifest
from groundswell.measures import from_core, with_derived
from groundswell.memory import bytes_needed, check_fits
from groundswell.progress import Progress, ProgressOption
from groundswell.recording import Layout, Recording
from groundswell.results import WARNING_COLUMNS, Results
from groundswell.scenario.core import WORLD_GROUPS

if TYPE_CHECKING:
    from groundswell.scenario import Scenario

log = logging.getLogger("groundswell")

MOST_SEED = 2**64 - 1
MOST_COUNT = 1_000_000
WORLD_WARNINGS = "world_warnings"  # of the manifest: world, code, count, message; an extension needs them
Job: TypeAlias = tuple[int, int, list[int]]  # first and last (exclusive) replicate, indices of the designs


@dataclass(frozen=True)
class Plan:
    """How much to run: worlds, replicates in each, the seed, and threads (which never change a number)."""

    worlds: int = 10
    replicates: int = 10
    seed: int = 1
    threads: int = 1


def make_plan(worlds: int, replicates: int, seed: int, threads: int | None) -> Plan:
    """The plan, checked; `threads=None` takes every core this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Plan(
        whole_number("worlds", worlds, 1, MOST_COUNT),
        whole_number("replicates", replicates, 1, MOST_COUNT),
        whole_number("seed", seed, 0, MOST_SEED),
        cores if threads is None else whole_number("threads", threads, 1, 4096),
    )


def whole_number(name: str, value: object, least: int, most: int) -> int:
    """The value as an int, checked."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer) or not least <= value <= most:
        raise invalid(name, value, f"must be a whole number, {least} to {most}")
    return int(value)


def simulate(
    scenario: Scenario,
    worlds: int = 10,
    replicates: int = 10,
    seed: int = 1,
    threads: int | None = None,
    progress: ProgressOption = None,
) -> Results:
    """Simulate one design.

    Parameters
    ----------
    scenario:
        Company, dates, program and every parameter.
    worlds, replicates:
        Generated companies and audiences, and runs of luck in each. Five worlds or more give an interval for worlds
        and luck; with fewer it holds given these worlds.
    seed:
        0 to 2^64 - 1. Same seed, same numbers, for any number of threads.
    threads:
        All cores by default.
    progress:
        A bar where somebody watches (None), always (True), never (False), or a callable that gets (done, total) runs.

    Raises
    ------
    InvalidInput
        For a count or seed out of range.
    DoesNotFit
        Before anything runs, if the estimate of memory is above what is available.

    Ctrl-C keeps the runs that are finished: `Results.warnings` then has the code `interrupted`.
    """
    return run_designs([scenario], make_plan(worlds, replicates, seed, threads), progress)[0]


def run_designs(
    scenarios: Sequence[Scenario],
    plan: Plan,
    progress: ProgressOption = None,
    earlier: Sequence[Results | None] | None = None,
) -> list[Results]:
    """Every design in every world; designs whose worlds are equal share them. Same numbers as one by one.

    `earlier` has, for each design, a result whose finished runs are taken over (of the same seed and of no more worlds
    and replicates than the plan), or None. Only what is missing runs.
    """
    from groundswell import _core

    designs = [_core.Design(**scenario.core_design()) for scenario in scenarios]
    layouts = [
        Layout.from_core(_core.layout(design), scenario.start, scenario.warm_up_weeks)
        for scenario, design in zip(scenarios, designs, strict=True)
    ]
    rows = [len(layout.rows["measure"]) for layout in layouts]
    check_fits(bytes_needed(scenarios, rows, plan), _core.available_memory_bytes())
    before = [None] * len(scenarios) if earlier is None else list(earlier)
    runs = [_Runs.start(plan, size, result) for size, result in zip(rows, before, strict=True)]
    begun = time.perf_counter()
    with Progress(sum(run.missing for run in runs), progress) as bar:
        try:
            _run_worlds(scenarios, designs, runs, plan, bar)
        except (KeyboardInterrupt, _core.Cancelled):
            log.warning("interrupted; keeping what is finished")
    if not any(run.finished.any() for run in runs):
        raise KeyboardInterrupt("interrupted before a run was finished")
    seconds = time.perf_counter() - begun
    declared = with_derived(from_core(_core.measures()))
    return [
        Results(
            scenario=scenario,
            recording=Recording(layout, declared, run.values, run.finished),
            warnings=_warnings(scenario, run),
            manifest=make_manifest(scenario, plan.worlds, plan.replicates, plan.seed)
            | {WORLD_WARNINGS: [list(warning) for warning in run.world_warnings]},
            seconds=seconds + (0.0 if result is None else result.seconds),
        )
        for scenario, layout, run, result in zip(scenarios, layouts, runs, before, strict=True)
    ]


@dataclass
class _Runs:
    """What is finished of one design, filled world by world."""

    values: np.ndarray[Any, np.dtype[np.float64]]
    finished: np.ndarray[Any, np.dtype[np.bool_]]
    world_warnings: list[tuple[int, str, int, str]]  # world, code, count, message

    @staticmethod
    def start(plan: Plan, rows: int, earlier: Results | None) -> _Runs:
        """Nothing finished, or what an earlier result has finished."""
        shape = (plan.worlds, plan.replicates)
        runs = _Runs(np.full((*shape, rows), np.nan), np.zeros(shape, dtype=np.bool_), [])
        if earlier is not None:
            worlds, replicates = earlier.recording.finished.shape
            runs.values[:worlds, :replicates] = earlier.recording.values
            runs.finished[:worlds, :replicates] = earlier.recording.finished
            runs.world_warnings = [
                (world, code, count, message)
                for world, code, count, message in earlier.manifest[WORLD_WARNINGS]
                if runs.finished[world].any()
            ]
        return runs

    def warn(self, world: int, warnings: Sequence[tuple[str, int, str]]) -> None:
        """Note what a world warns of, once, in the order of worlds."""
        if not self.finished[world].any():
            self.world_warnings.extend((world, *warning) for warning in warnings)
            self.world_warnings.sort(key=lambda warning: warning[0])

    @property
    def missing(self) -> int:
        return int(self.finished.size - self.finished.sum())


def _run_worlds(
    scenarios: Sequence[Scenario], designs: Sequence[Any], runs: Sequence[_Runs], plan: Plan, bar: Progress
) -> None:
    from groundswell import _core

    done = 0
    groups = world_groups(scenarios)
    companies = [scenarios[group[0]].company.core_input() for group in groups]
    for index in range(plan.worlds):
        bar.world(index, plan.worlds)
        for company, group in zip(companies, groups, strict=True):
            jobs = _missing([runs[i].finished[index] for i in group], group)
            if not jobs:
                continue
            world = _core.build_world(company, world_parameters(scenarios[group[0]]), plan.seed, index, plan.threads)
            log.debug("world %d: %d persons, %d bytes", index, world.person_count, world.nbytes)
            for i in group:
                runs[i].warn(index, world.warnings)
            for first, last, mine in jobs:
                some = [designs[i] for i in mine]
                found = _core.run(world, some, first, last, plan.threads, bar.within(done))
                for i, (values, finished, _) in zip(mine, found, strict=True):
                    runs[i].values[index, first:last], runs[i].finished[index, first:last] = values, finished
                stopped = any(stats["interrupted"] or not np.all(finished) for _, finished, stats in found)
                done += sum(int(np.sum(run[1])) for run in found)
                bar.at(done)
                if stopped:  # the engine has seen Ctrl-C
                    raise KeyboardInterrupt


def _missing(finished: Sequence[np.ndarray[Any, np.dtype[np.bool_]]], group: Sequence[int]) -> list[Job]:
    """Stretches of replicates that are not finished, designs that lack the same ones together."""
    jobs: dict[tuple[int, int], list[int]] = {}
    for i, flags in zip(group, finished, strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate([[True], flags, [True]]).astype(np.int8)))
        for first, last in edges.reshape(-1, 2):
            jobs.setdefault((int(first), int(last)), []).append(i)
    return [(first, last, mine) for (first, last), mine in jobs.items()]


def world_parameters(scenario: Scenario) -> dict[str, Any]:
    """The parameters that decide a world."""
    parameters = scenario.core_parameters()
    return {name: parameters[name] for name in WORLD_GROUPS}


def world_groups(scenarios: Sequence[Scenario]) -> list[list[int]]:
    """Indices of the designs that can share a world: equal company, workforce, audience and platforms on."""
    groups: dict[str, list[int]] = {}
    for i, scenario in enumerate(scenarios):
        key = json.dumps([scenario.company.content_hash(), world_parameters(scenario)], sort_keys=True)
        groups.setdefault(key, []).append(i)
    return list(groups.values())


def _warnings(scenario: Scenario, run: _Runs) -> pd.DataFrame:
    """Of the company, of the scenario, of the worlds (count: the largest in a world), of the run."""
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
    missing = int(run.finished.size - run.finished.sum())
    if missing:
        rows.append(
            {
                "code": "interrupted",
                "count": missing,
                "examples": f"{run.finished.size - missing} of {run.finished.size} runs are finished",
                "consequence": "Estimates use the finished runs only; intervals are wider than asked for.",
            }
        )
    return pd.DataFrame(rows, columns=WARNING_COLUMNS)
