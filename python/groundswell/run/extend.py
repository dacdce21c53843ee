"""More worlds or replicates of finished results: what is there is kept, only what is missing runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from groundswell import _core
from groundswell.common.progress import ProgressOption
from groundswell.common.statistics import Floats
from groundswell.errors import InvalidInput, invalid
from groundswell.results.results import Results
from groundswell.run.failures import Failures
from groundswell.run.manifest import make_manifest
from groundswell.run.plan import CASCADES, WORLD_WARNINGS, Plan, make_plan
from groundswell.run.simulate import run_designs
from groundswell.scenario.to_core import needs_all_rows, world_parameters
from groundswell.worlds.cache import world as cached_world

BUILD = ("groundswell", "core", "machine")  # of the manifest: what the numbers may depend on beside the inputs


def extend_results(
    results: Sequence[Results],
    worlds: int | None = None,
    replicates: int | None = None,
    threads: int | None = None,
    progress: ProgressOption = None,
    failures: Failures | None = None,
) -> list[Results]:
    """The same designs with `worlds` worlds and `replicates` replicates in each: totals, not additions.

    A world is rebuilt from seed and index, and replicate k of world w does not depend on how many others there are:
    the extended result equals a fresh one of that size bit for bit. Runs that an interruption left out are done too;
    with neither count given, only these. Ctrl-C keeps what is finished. `failures` as in `run_designs`.

    Raises
    ------
    InvalidInput
        For a count below the present one, or for results of another build whose first run this one does not repeat.
    DoesNotFit
        Before anything runs.
    """
    plan = _plan(results, worlds, replicates, threads)
    for result in results:
        _check_same_numbers(result, plan)
    extended = run_designs([result.scenario for result in results], plan, progress, results, failures)
    colors = {result.label: result.color for result in results}
    return [replace(new, color=colors[new.label]) for new in extended]


def _plan(results: Sequence[Results], worlds: int | None, replicates: int | None, threads: int | None) -> Plan:
    result = results[0]
    have = {name: int(result.manifest[name]) for name in ("worlds", "replicates")}
    asked = {"worlds": worlds, "replicates": replicates}
    plan = make_plan(
        have["worlds"] if worlds is None else worlds,
        have["replicates"] if replicates is None else replicates,
        int(result.manifest["seed"]),
        threads,
        record=() if all(known.cascade_posts is None for known in results) else (CASCADES,),
    )
    for name, value in have.items():
        if getattr(plan, name) < value:
            raise invalid(name, asked[name], f"there are {value} already; extend takes the new total and drops nothing")
    return plan


def _check_same_numbers(result: Results, plan: Plan) -> None:
    """Results of another build or machine may be mixed with new runs only where this one gives the same numbers."""
    manifest = result.manifest
    if WORLD_WARNINGS not in manifest:
        raise InvalidInput(f"{result.label!r}: made by a version whose results cannot be extended; simulate it again")
    now = make_manifest(result.scenario, plan.worlds, plan.replicates, plan.seed)
    changed = [name for name in BUILD if manifest[name] != now[name]]
    if not changed:
        return
    world, replicate = (int(i) for i in np.argwhere(result.recording.finished)[0])
    if not np.array_equal(
        _again(result, world, replicate, plan), result.recording.values[world, replicate], equal_nan=True
    ):
        why = ", ".join(f"{name} was {manifest[name]}, is {now[name]}" for name in changed)
        raise InvalidInput(
            f"{result.label!r}: cannot be extended, because its replicate {replicate} of world {world} now gives other "
            f"numbers ({why}); simulate it again"
        )


def _again(result: Results, world: int, replicate: int, plan: Plan) -> Floats:
    scenario = result.scenario
    built, _ = cached_world(
        scenario.company.core_input(), world_parameters(scenario), plan.seed, world, plan.threads,
        stored=needs_all_rows(scenario),
    )  # fmt: skip
    design = _core.Design(**scenario.core_design())
    values = _core.run(built, [design], replicate, replicate + 1, plan.threads)[0][0]
    again: Floats = np.asarray(values, dtype=np.float64)[0]
    return again
