"""Worlds of a small company, run once and kept in a temporary folder, from which studies are drawn.

A study of W worlds is W of them drawn with replacement, so that the truth is known exactly: the mean over the pool.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

import groundswell as gs
from groundswell.decide.compare import make_contest
from groundswell.decide.within import Within
from groundswell.results.results import Results

WORLDS, SEED = 1_000, 777_777
EMPLOYEES, WEEKS = 200, 26
FOLDER = Path(tempfile.gettempdir()) / "groundswell-coverage"
NONE, LOUD, QUIET, MIDDLE = "No program", "Few loud", "Many quiet", "Middle"
Places = npt.NDArray[np.int64]


def designs() -> list[gs.Scenario]:
    """200 people for 26 weeks: nobody, 10 who post 4 times a week, 40 who post once, 20 who post twice."""
    base = gs.Scenario(
        gs.Company.synthetic(employees=EMPLOYEES), start="2027-01-04", weeks=WEEKS, warm_up_weeks=4,
        follow_up_weeks=4, label=NONE,
    )  # fmt: skip
    sizes = {LOUD: (10, 4), QUIET: (40, 1), MIDDLE: (20, 2)}
    programs = {
        label: gs.Program(advocates=gs.ActiveAdvocates(size=size), posts_per_week=posts)
        for label, (size, posts) in sizes.items()
    }
    return [base, *(base.replace(label=label, program=program) for label, program in programs.items())]


def run(worlds: int, seed: int = SEED) -> gs.Contest:
    """All designs in so many worlds of one replicate."""
    none, *programs = designs()
    return gs.compare(
        programs, baseline=none, worlds=worlds, replicates=1, seed=seed, threads=2, progress=False, people="aggregate"
    )


_pools: dict[str, dict[str, Results]] = {}


def pool(worlds: int = WORLDS) -> dict[str, Results]:
    """The pool of this process: of so many worlds when it is first asked for."""
    if "pool" not in _pools:
        _pools["pool"] = _pool(worlds)
    return _pools["pool"]


def _pool(worlds: int) -> dict[str, Results]:
    """One year of every design in every world, from the file of this build and scenario if there is one."""
    few = run(1)
    manifest = few.results[NONE].manifest
    told = [manifest["core"], str(worlds), *(result.manifest["scenario_hash"] for result in few.results.values())]
    path = FOLDER / f"{hashlib.sha256(' '.join(told).encode()).hexdigest()[:16]}.npz"
    if not path.exists():
        found = run(worlds)
        FOLDER.mkdir(parents=True, exist_ok=True)
        columns = {label: result.recording.values[:, 0] for label, result in found.results.items()}
        np.savez(path, **columns)  # type: ignore[arg-type]
    with np.load(path) as stored:
        return {label: _with(result, stored[label]) for label, result in few.results.items()}


def _with(result: Results, values: npt.NDArray[np.float64], label: str | None = None) -> Results:
    """The result with these values, of shape (world, row), as its only replicate."""
    finished = np.ones((len(values), 1), dtype=np.bool_)
    recording = replace(result.recording, values=values[:, None], finished=finished, people=None, _totals={})
    manifest = {**result.manifest, "worlds": len(values), "replicates": 1}
    scenario = result.scenario if label is None else result.scenario.replace(label=label)
    return replace(result, recording=recording, manifest=manifest, scenario=scenario)


def drawn(label: str, places: Places, name: str | None = None) -> Results:
    """A design in the worlds at these places of the pool."""
    whole = pool()[label]
    return _with(whole, whole.recording.values[places, 0], name)


def study(places: Places, labels: tuple[str, ...], wanted: dict[str, Within] | None = None) -> gs.Contest:
    """A comparison in the worlds at these places, as a user sees it; the first label is the baseline."""
    return make_contest([drawn(label, places) for label in labels], baseline_given=True, wanted=wanted or {})
