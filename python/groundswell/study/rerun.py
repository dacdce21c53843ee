"""Run a saved study again, and say which of its numbers are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from groundswell.common.progress import ProgressOption, open_progress
from groundswell.common.statistics import Flags, Floats
from groundswell.company.saved import SavedCompany
from groundswell.decide.contest import Contest
from groundswell.decide.inputs.block import Drawn, draws_of
from groundswell.errors import InvalidInput
from groundswell.results.layout import Layout
from groundswell.results.results import Results
from groundswell.run.drawn import run_drawn
from groundswell.run.manifest import make_manifest
from groundswell.run.plan import make_plan
from groundswell.run.simulate import run_designs
from groundswell.study.study import load


@dataclass(frozen=True, repr=False)
class Rerun:
    """What a rerun found: how many recorded numbers are identical, bit for bit, and which are not.

    `differences` has label, measure, world, replicate, row, saved, now (NaN where this version does not record that
    number). `reasons` names what is not as it was. `saved_by` and `version` are the versions that saved the study and
    that ran it again; `results_change` has the changelog's lines between them about numbers that move.
    """

    numbers: int
    identical: int
    differences: pd.DataFrame
    reasons: tuple[str, ...]
    saved_by: str = ""
    version: str = ""
    results_change: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.identical == self.numbers

    @property
    def of_another_version(self) -> bool:
        """Whether another version saved the study: then numbers may move, and the file is not at fault."""
        return self.saved_by != self.version

    def __repr__(self) -> str:
        lines = [f"{self.identical:,} of {self.numbers:,} numbers identical"]
        if self:
            return lines[0]
        measures = ", ".join(self.differences["measure"].astype(str).unique()[:6])
        lines.append(f"Different: {measures}")
        if self.of_another_version:
            lines.append(f"Saved by version {self.saved_by}, run again by {self.version}; between them moved:")
            lines += [f"  {line}" for line in self.results_change or ("(the changelog names nothing)",)]
        lines.extend(self.reasons or ("The same build on the same kind of machine: this is a bug.",))
        return "\n".join(lines)


def rerun(path: str | Path, threads: int | None = None, progress: ProgressOption = None) -> Rerun:
    """Run a saved study again and compare every recorded number of every finished run.

    Takes as long as the study took. `bool(rerun(...))` is True where all are identical. What was recorded by person is
    compared too: sums and sums of squares over the finished replicates of a world; `replicate` and `row` are then the
    employee number and the measure. A study that another version saved may give other numbers: the result names that
    version and what the changelog says moved. Measures that are new in this version are not compared.

    Raises
    ------
    InvalidInput
        The study was saved with `people="aggregate"`: nobody is in the file to simulate.
    """
    opened = load(path)
    saved = [opened] if isinstance(opened, Results) else list(opened.results.values())
    _check_can_run(path, saved[0])
    first = saved[0].manifest
    plan = make_plan(first["worlds"], first["replicates"], first["seed"], threads, first["people"])
    now = run_designs([result.scenario for result in saved], plan, progress)
    pairs = list(zip(saved, now, strict=True))
    if not isinstance(opened, Results) and opened.drawn is not None:
        pairs += _drawn_pairs(opened, opened.drawn, plan.threads, progress)
    differences = [part(old, new) for old, new in pairs for part in (_differences, _people_differences)]
    numbers = sum(
        int(old.recording.finished.sum()) * old.recording.values.shape[2] + _counted(old, new) for old, new in pairs
    )
    found = pd.concat(differences, ignore_index=True)
    current = make_manifest(saved[0].scenario, plan.worlds, plan.replicates, plan.seed)
    reasons = tuple(
        f"{name}: saved {first[name]}, now {current[name]}"
        for name in ("groundswell", "core", "machine", "scenario_hash", "company_hash")
        if first[name] != current[name]
    )
    saved_by, version = str(first["groundswell"]), str(current["groundswell"])
    return Rerun(
        numbers, numbers - len(found), found, reasons, saved_by, version, tuple(lines_between(saved_by, version))
    )


def _drawn_pairs(
    contest: Contest, drawn: Drawn, threads: int, progress: ProgressOption
) -> list[tuple[Results, Results]]:
    """The second block as it was saved and as it is now, each design as a result of its own."""
    results = list(contest.results.values())
    with open_progress(progress) as bar:
        now = run_drawn(draws_of(results), len(drawn.uniforms), threads, results[0].recording.measures, bar)
    return [
        (
            replace(result, recording=drawn.runs.recordings[result.label]),
            replace(result, recording=now.recordings[result.label]),
        )
        for result in results
    ]


def _check_can_run(path: str | Path, result: Results) -> None:
    company = result.scenario.company
    if isinstance(company, SavedCompany) and company.rows_hash:
        raise InvalidInput(
            f"{path}: was saved with people='aggregate', so nobody is in it to simulate; simulate the scenario again "
            "from the export and compare"
        )


def results_change() -> dict[str, list[str]]:
    """By version, the newest first: what the changelog says moved numbers."""
    text = resources.files("groundswell.study").joinpath("results_change.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)
    return found


def lines_between(saved_by: str, version: str) -> list[str]:
    """The changelog's lines about numbers of every version after the older one, up to the newer one."""
    order = list(results_change())
    if saved_by not in order or version not in order:
        return []
    newer, older = sorted((order.index(saved_by), order.index(version)))
    return [f"{name}: {line}" for name in order[newer:older] for line in results_change()[name]]


def _differences(old: Results, new: Results) -> pd.DataFrame:
    """Recorded numbers that are not the same; rows are matched by what they are, so that new measures do no harm."""
    before, after = old.recording, new.recording
    places = _places(before.layout, after.layout)
    there = after.values[:, : before.finished.shape[1]]  # more where a version began to repeat a few worlds
    values = np.where(places >= 0, there[:, :, np.maximum(places, 0)], np.nan)
    same = (places >= 0) & ((before.values == values) | (np.isnan(before.values) & np.isnan(values)))
    w, r, row = np.nonzero(~same & before.finished[:, :, None])
    names = {measure.number: name for name, measure in reversed(list(before.measures.items())) if measure.number}
    return pd.DataFrame(
        {
            "label": old.label,
            "measure": [names.get(int(number), str(number)) for number in before.layout.rows["measure"][row]],
            "world": w,
            "replicate": r,
            "row": row,
            "saved": before.values[w, r, row],
            "now": values[w, r, row],
        }
    )


def _places(old: Layout, new: Layout) -> np.ndarray[Any, np.dtype[np.int64]]:
    """For each recorded number of a layout, its place in another one; -1 where that has none."""
    columns = list(old.rows)
    there = {key: i for i, key in enumerate(zip(*(new.rows[name].tolist() for name in columns), strict=True))}
    return np.array([there.get(key, -1) for key in zip(*(old.rows[name].tolist() for name in columns), strict=True)])


def _counted(old: Results, new: Results) -> int:
    people = old.recording.people
    return 0 if people is None else 2 * people.total[_complete(old, new)].size


def _complete(old: Results, new: Results) -> Flags:
    """Worlds with as many replicates finished then as now: only their sums can be compared."""
    complete: Flags = np.asarray(old.recording.finished.sum(axis=1) == new.recording.finished.sum(axis=1))
    return complete


def _people_differences(old: Results, new: Results) -> pd.DataFrame:
    """As `_differences`, for what was recorded by person."""
    before, after = old.recording.people, new.recording.people
    columns = ["label", "measure", "world", "replicate", "row", "saved", "now"]
    if before is None or after is None:
        return pd.DataFrame(columns=columns)
    parts = []
    for was, counted in ((before.total, after.total), (before.squares, after.squares)):
        now = _columns(counted, after.measures, before.measures)
        world, person, measure = np.nonzero((was != now) & _complete(old, new)[:, None, None])
        names = np.array(before.measures, dtype=object)[measure]
        found = (names, world, person, measure, was[world, person, measure], now[world, person, measure])
        parts.append(pd.DataFrame(dict(zip(columns[1:], found, strict=True))).assign(label=old.label)[columns])
    return pd.concat(parts, ignore_index=True)


def _columns(values: Floats, have: Sequence[str], wanted: Sequence[str]) -> Floats:
    """The last axis in the order wanted; NaN for a measure that is not counted."""
    empty = np.full(values.shape[:-1], np.nan)
    return np.stack([values[..., have.index(name)] if name in have else empty for name in wanted], axis=-1)
