"""Designs side by side, one world after another; one that the engine refuses lets the others go on."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from groundswell import _core
from groundswell.common.progress import Progress
from groundswell.company.assemble import with_department
from groundswell.company.draw_order import DrawOrder
from groundswell.company.small_groups import MIN_GROUP, small_labels
from groundswell.errors import InvalidInput
from groundswell.results.cascades import posts_of_run
from groundswell.results.layout import Layout
from groundswell.results.measures import Measure
from groundswell.results.people_counts import FULL, People
from groundswell.results.recording import Recording
from groundswell.results.results import Results
from groundswell.run.failures import Failures
from groundswell.run.plan import CASCADES, WORLD_WARNINGS, Plan
from groundswell.scenario import Scenario
from groundswell.scenario.to_core import needs_all_rows, world_parameters
from groundswell.worlds.cache import cache_in_use
from groundswell.worlds.cache import world as cached_world
from groundswell.worlds.groups import world_groups
from groundswell.worlds.persons import persons_by_segment

log = logging.getLogger("groundswell")

FIRST_LOOK = 2  # replicates after which the progress line shows a first interval; never changes a number
Job: TypeAlias = tuple[int, int, list[int]]  # first and last (exclusive) replicate, indices of the designs


@dataclass
class Runs:
    """What is finished of one design, filled world by world."""

    layout: Layout
    measures: Mapping[str, Measure]
    values: np.ndarray[Any, np.dtype[np.float64]]
    finished: np.ndarray[Any, np.dtype[np.bool_]]
    planned: np.ndarray[Any, np.dtype[np.bool_]]
    world_warnings: list[tuple[int, str, int, str]]  # world, code, count, message
    people: People | None  # None: nothing by person
    order: DrawOrder
    persons: tuple[int, ...]
    cascades: list[pd.DataFrame] | None = None  # posts of some replicates each; None: not recorded

    @staticmethod
    def start(
        plan: Plan, measures: Mapping[str, Measure], scenario: Scenario, layout: Layout, earlier: Results | None
    ) -> Runs:
        """Nothing finished, or what an earlier result has finished."""
        shape = plan.runs.shape
        values = np.full((*shape, len(layout.rows["measure"])), np.nan)
        order, persons = scenario.company.draw_order, persons_by_segment(scenario)
        runs = Runs(layout, measures, values, np.zeros(shape, dtype=np.bool_), plan.runs, [], None, order, persons)
        if plan.people == FULL and (earlier is None or earlier.recording.people is not None):
            runs.people = People.empty(plan.worlds, scenario.company.employees)
        if CASCADES in plan.record and (earlier is None or earlier.cascade_posts is not None):
            runs.cascades = []
            if earlier is not None and earlier.cascade_posts is not None:
                runs.cascades.append(earlier.cascade_posts)
        if earlier is not None:
            worlds, replicates = earlier.recording.finished.shape
            runs.values[:worlds, :replicates] = earlier.recording.values
            runs.finished[:worlds, :replicates] = earlier.recording.finished
            runs.world_warnings = [
                (world, code, count, message)
                for world, code, count, message in earlier.manifest[WORLD_WARNINGS]
                if runs.finished[world].any()
            ]
            if runs.people is not None and earlier.recording.people is not None:
                runs.people = runs.people.with_worlds(earlier.recording.people)
        return runs

    @property
    def missing(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """The runs that are still to do."""
        lacking: np.ndarray[Any, np.dtype[np.bool_]] = self.planned & ~self.finished
        return lacking

    def keep(self, world: int, first: int, last: int, found: tuple[Any, Any, dict[str, Any]]) -> None:
        """Take over what the core gives for replicates [first, last) of a world."""
        values, done, stats = found
        self.values[world, first:last] = values
        finished, people, cascades = self.finished.copy(), self.people, self.cascades
        finished[world, first:last] = done
        if cascades is not None:
            cascades = [*cascades, posts_of_run(stats[CASCADES], world, first + np.flatnonzero(done))]
        if people is not None:
            total, squares = (self.order.to_table(counts) for counts in stats["people"])
            people = people.plus(world, total, squares, int(np.sum(done)))
        # At once: Ctrl-C acts between calls, and these must agree.
        self.finished, self.people, self.cascades = finished, people, cascades

    def warn(self, world: int, warnings: Sequence[tuple[str, int, str]]) -> None:
        """Note what a world warns of, once, in the order of worlds."""
        if not self.finished[world].any():
            self.world_warnings.extend((world, *warning) for warning in warnings)
            self.world_warnings.sort(key=lambda warning: warning[0])

    def cascade_posts(self) -> pd.DataFrame | None:
        """One row a post of every finished run; None where not recorded."""
        if not self.cascades:
            return None
        return pd.concat(self.cascades, ignore_index=True)

    def recording(self) -> Recording:
        """The runs that are finished now."""
        return Recording(self.layout, self.measures, self.values, self.finished, self.people, self.persons)


@dataclass(frozen=True)
class Batch:
    """Designs to be run side by side, and what is finished of each."""

    scenarios: Sequence[Scenario]
    designs: Sequence[Any]  # of the engine
    runs: Sequence[Runs]
    plan: Plan
    failures: Failures

    def alive(self, group: Sequence[int]) -> list[int]:
        """The designs of a group that have not been refused."""
        return [i for i in group if self.scenarios[i].label not in self.failures.reasons]

    def recordings(self) -> dict[str, Recording]:
        """What is finished of each design that has not been refused, by label."""
        return {self.scenarios[i].label: self.runs[i].recording() for i in self.alive(range(len(self.runs)))}

    def refuse(self, designs: Sequence[int], error: Exception, world: int) -> None:
        """Note why designs cannot be run. The reason goes into files: a small department keeps its number."""
        for i in designs:
            company, label = self.scenarios[i].company, self.scenarios[i].label
            reason = with_department(str(error), company, small_labels(company, "department", MIN_GROUP))
            self.failures.note(label, InvalidInput(reason), world)
            log.warning("%r is not run: %s", label, reason)

    def steps(self, groups: Sequence[Sequence[int]]) -> int:
        """Worlds to build and runs to do."""
        total = 0
        for group in map(self.alive, groups):
            missing = [int(self.runs[i].missing.sum()) for i in group]
            lacking = np.zeros(self.plan.worlds, dtype=np.bool_)
            for i in group:
                lacking |= self.runs[i].missing.any(axis=1)
            total += sum(missing) + int(lacking.sum())
        return total


def run_worlds(batch: Batch, bar: Progress) -> None:
    """Do every run that is missing, world by world; KeyboardInterrupt where it is stopped, with what is done kept."""
    cache_in_use()  # Settings of the cache that make no sense are an error here, and no refusal of a design.
    groups = world_groups(batch.scenarios)
    companies = [batch.scenarios[group[0]].company.core_input() for group in groups]
    bar.remaining(batch.steps(groups))
    for index in range(batch.plan.worlds):
        bar.world(index, batch.plan.worlds)
        refused = len(batch.failures.reasons)
        for company, group in zip(companies, groups, strict=True):
            _run_world(batch, company, batch.alive(group), index, bar)
        if len(batch.failures.reasons) > refused:
            bar.remaining(batch.steps(groups))
        bar.estimate(batch.recordings)


def _run_world(batch: Batch, company: Any, group: Sequence[int], index: int, bar: Progress) -> None:
    """Build one world and run in it what is missing of designs that share it."""
    plan, runs = batch.plan, batch.runs
    jobs = _jobs([runs[i].missing[index] for i in group], group)
    if not jobs:
        return
    parameters = world_parameters(batch.scenarios[group[0]])
    try:
        stored = any(map(needs_all_rows, (batch.scenarios[i] for i in group)))
        world, warnings = cached_world(company, parameters, plan.seed, index, plan.threads, bar.tick, stored)
    except InvalidInput as error:
        if error is bar.refusal:
            raise
        batch.refuse(group, error, index)
        return
    bar.at(bar.done + 1)
    log.debug("world %d: %d persons, %d bytes", index, world.person_count, world.nbytes)
    for i in group:
        runs[i].warn(index, [*warnings, *too_few_selected(world, batch.scenarios[i])])
    for first, last, mine in jobs:
        nothing_yet = not any(run.finished.any() for run in runs)
        looks = (first, first + FIRST_LOOK, last) if nothing_yet and last - first > FIRST_LOOK else (first, last)
        for begin, end in pairwise(looks):
            _run_job(batch, world, index, (begin, end, mine), bar)
            if end < last:
                bar.estimate(batch.recordings)


def _run_job(batch: Batch, world: Any, index: int, job: Job, bar: Progress) -> None:
    """Some replicates of some designs in one world; where one is refused, each alone."""
    first, last, mine = job
    start, plan = bar.done, batch.plan
    people, acts = (any(getattr(batch.runs[i], what) is not None for i in mine) for what in ("people", CASCADES))
    designs = [batch.designs[i] for i in mine]
    try:
        found = _core.run(world, designs, first, last, plan.threads, bar.within(), people, acts)
    except InvalidInput as error:
        if error is bar.refusal:
            raise
        if len(mine) == 1:
            batch.refuse(mine, error, index)
        for i in mine if len(mine) > 1 else ():
            _run_job(batch, world, index, (first, last, [i]), bar)
        return
    for i, run in zip(mine, found, strict=True):
        batch.runs[i].keep(index, first, last, run)
    bar.at(start + sum(int(np.sum(run[1])) for run in found))
    if any(stats["interrupted"] or not np.all(finished) for _, finished, stats in found):  # the engine saw Ctrl-C
        raise KeyboardInterrupt


def _jobs(missing: Sequence[np.ndarray[Any, np.dtype[np.bool_]]], group: Sequence[int]) -> list[Job]:
    """Stretches of replicates that are missing, designs that lack the same ones together."""
    jobs: dict[tuple[int, int], list[int]] = {}
    for i, flags in zip(group, missing, strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
        for first, last in edges.reshape(-1, 2):
            jobs.setdefault((int(first), int(last)), []).append(i)
    return [(first, last, mine) for (first, last), mine in jobs.items()]


def too_few_selected(world: Any, scenario: Scenario) -> list[tuple[str, int, str]]:
    """Warnings (code, count, message) where filters leave nobody, or fewer people than `program.select.size`."""
    rule = None if scenario.program is None else scenario.program.select
    if rule is None or not rule.has_filter or rule.quotas is not None:  # too few for a quota is an error
        return []
    kind, asked = scenario.core_design()["program"]["who"]
    picked = len(_core.select(world, asked)["employee"]) if kind == "select" else 0
    if picked == 0 and rule.size != 0:
        text = "employees, and program.select picks none of them: nobody is invited, the program does nothing"
        return [("nobody_selected", scenario.company.employees, text)]
    if rule.size is not None and picked < rule.size:
        text = f"fewer than program.select.size = {rule.size:,} are eligible: all of them are invited"
        return [("fewer_selected", rule.size - picked, text)]
    return []
