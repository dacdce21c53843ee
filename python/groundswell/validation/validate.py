"""`validate()`: every target measured on fresh worlds, each group apart, and the shapes of real files beside them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from groundswell.common import arguments
from groundswell.common.counts import whole_number
from groundswell.errors import InvalidInput
from groundswell.run.plan import make_plan
from groundswell.validation import intervals
from groundswell.validation.collect import Evidence, ProgressOption, Settings, collect
from groundswell.validation.intervals import Estimate
from groundswell.validation.lines import Line, Validation
from groundswell.validation.real_files import data_folder
from groundswell.validation.scenarios import default
from groundswell.validation.shapes import file_samples, shapes
from groundswell.validation.targets.table import TARGETS, Target

SEED = 20270722  # fresh: the constants were solved with 20261122
SOLVED_WITH = 20261122
MOST_DRAWS = 10_000
QUICK = {"worlds": 6, "replicates": 4, "platform_worlds": 5, "persons": 400, "draws": 6}
FULL = {"worlds": 20, "replicates": 20, "platform_worlds": 10, "persons": 1500, "draws": 200}


def measured(evidence: Evidence) -> tuple[Line, ...]:
    """Every target of the table with what the runs give."""
    return tuple(Line(target, _measure(target, evidence)) for target in TARGETS)


def _measure(target: Target, evidence: Evidence) -> Estimate:
    if target.measure is None:
        return intervals.nothing("")
    if target.needs in evidence.missing:
        return intervals.nothing(evidence.missing[target.needs])
    return target.measure(evidence)


def validate(
    worlds: int | None = None,
    replicates: int | None = None,
    seed: int = SEED,
    threads: int | None = None,
    data: str | Path | None = None,
    quick: bool = False,
    progress: ProgressOption = None,
    draws: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Validation:
    """Measure the model against its targets.

    Parameters
    ----------
    worlds, replicates
        Generated companies and audiences (20), runs of luck in each (20).
    seed
        Fresh by default: the constants were solved with another one, which is refused.
    threads
        All cores by default.
    data
        Folder of the real data sets; else the environment variable GROUNDSWELL_DATA. Rows of files that are not there
        say so.
    quick
        A minute or two: 6 worlds of 4 replicates, smaller samples. Lines 5 and 14-17 stay undecided below 20 worlds.
    progress
        A bar where somebody watches (None), always (True), never (False), or a callable that gets (done, total).
    draws
        Draws of the unknown inputs of line 27 (200), over all worlds; 0 leaves it out.
    changes
        Addresses and values, as `Scenario.replace` takes them, set in every scenario of the targets: what the model
        comes to with the analyst's own parameters, or with a fault.

    Raises
    ------
    InvalidInput
        For a count or seed out of range, fewer than 5 worlds, or a folder that does not exist.
    """
    size = QUICK if arguments.switch("quick", quick) else FULL
    plan = make_plan(size["worlds"] if worlds is None else worlds, replicates or size["replicates"], seed, threads)
    if plan.worlds < 5:
        raise InvalidInput(f"worlds: {plan.worlds} must be at least 5: an interval is over worlds")
    if plan.seed == SOLVED_WITH:
        raise InvalidInput(f"seed: {seed} is the one the constants were solved with; validate on another")
    asked = size["draws"] if draws is None else whole_number("draws", draws, 0, MOST_DRAWS)
    folder = data_folder(data)
    few = min(size["platform_worlds"], plan.worlds)
    settings = Settings(
        plan.worlds, plan.replicates, few, size["persons"], plan.seed, plan.threads,
        asked, tuple(arguments.by_address("changes", {} if changes is None else changes).items()),
    )  # fmt: skip
    settings.of(default())  # an address that does not exist is refused before anything runs
    begun = time.perf_counter()
    evidence = collect(settings, progress)
    evidence.samples |= file_samples(folder)
    rows = tuple(shapes(evidence, folder, settings))
    seconds = time.perf_counter() - begun
    return Validation(measured(evidence), rows, evidence, settings, seconds, datetime.date.today())
