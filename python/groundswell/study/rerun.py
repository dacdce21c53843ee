"""Run a saved study again, and say which of its numbers are the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from groundswell.common.progress import ProgressOption
from groundswell.common.statistics import Flags
from groundswell.company.saved import SavedCompany
from groundswell.errors import DamagedFile, InvalidInput
from groundswell.results.results import Results
from groundswell.run.manifest import make_manifest
from groundswell.run.plan import make_plan
from groundswell.run.simulate import run_designs
from groundswell.study.study import load


@dataclass(frozen=True, repr=False)
class Rerun:
    """What a rerun found: how many recorded numbers are identical, bit for bit, and which are not.

    `differences` has label, measure, world, replicate, row, saved, now. `reasons` names what is not as it was.
    """

    numbers: int
    identical: int
    differences: pd.DataFrame
    reasons: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.identical == self.numbers

    def __repr__(self) -> str:
        lines = [f"{self.identical:,} of {self.numbers:,} numbers identical"]
        if not self:
            measures = ", ".join(self.differences["measure"].astype(str).unique()[:6])
            lines.append(f"Different: {measures}")
            lines.extend(self.reasons or ("The same build on the same kind of machine: this is a bug.",))
        return "\n".join(lines)


def rerun(path: str | Path, threads: int | None = None, progress: ProgressOption = None) -> Rerun:
    """Run a saved study again and compare every recorded number of every finished run.

    Takes as long as the study took. `bool(rerun(...))` is True where all are identical. What was recorded by person is
    compared too: sums and sums of squares over the finished replicates of a world; `replicate` and `row` are then the
    employee number and the measure.

    Raises
    ------
    InvalidInput
        The study was saved with `people="aggregate"`: nobody is in the file to simulate.
    """
    opened = load(path)
    saved = [opened] if isinstance(opened, Results) else list(opened.results.values())
    company = saved[0].scenario.company
    if isinstance(company, SavedCompany) and company.rows_hash:
        raise InvalidInput(
            f"{path}: was saved with people='aggregate', so nobody is in it to simulate; simulate the scenario again "
            "from the export and compare"
        )
    first = saved[0].manifest
    plan = make_plan(first["worlds"], first["replicates"], first["seed"], threads, first["people"])
    now = run_designs([result.scenario for result in saved], plan, progress)
    pairs = list(zip(saved, now, strict=True))
    differences = [part(old, new) for old, new in pairs for part in (_differences, _people_differences)]
    numbers = sum(int(old.recording.finished.sum()) * old.recording.values.shape[2] + _counted(old) for old in saved)
    found = pd.concat(differences, ignore_index=True)
    current = make_manifest(saved[0].scenario, plan.worlds, plan.replicates, plan.seed)
    reasons = tuple(
        f"{name}: saved {first[name]}, now {current[name]}"
        for name in ("groundswell", "core", "machine", "scenario_hash", "company_hash")
        if first[name] != current[name]
    )
    return Rerun(numbers, numbers - len(found), found, reasons)


def _differences(old: Results, new: Results) -> pd.DataFrame:
    before, after = old.recording, new.recording
    if before.values.shape != after.values.shape:
        raise DamagedFile(f"{old.label}: this version records {after.values.shape[2]} numbers a run, not "
                          f"{before.values.shape[2]}")  # fmt: skip
    same = (before.values == after.values) | (np.isnan(before.values) & np.isnan(after.values))
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
            "now": after.values[w, r, row],
        }
    )


def _counted(result: Results) -> int:
    people = result.recording.people
    return 0 if people is None else 2 * people.total[_complete(result)].size


def _complete(result: Results) -> Flags:
    """Worlds of which every replicate was finished: only their sums can be compared."""
    complete: Flags = np.asarray(result.recording.finished.all(axis=1))
    return complete


def _people_differences(old: Results, new: Results) -> pd.DataFrame:
    """As `_differences`, for what was recorded by person."""
    before, after = old.recording.people, new.recording.people
    columns = ["label", "measure", "world", "replicate", "row", "saved", "now"]
    if before is None:
        return pd.DataFrame(columns=columns)
    if after is None or before.total.shape != after.total.shape:
        raise DamagedFile(f"{old.label}: this version records other numbers by person")
    parts = []
    for was, now in ((before.total, after.total), (before.squares, after.squares)):
        world, person, measure = np.nonzero((was != now) & _complete(old)[:, None, None])
        names = np.array(before.measures, dtype=object)[measure]
        found = (names, world, person, measure, was[world, person, measure], now[world, person, measure])
        parts.append(pd.DataFrame(dict(zip(columns[1:], found, strict=True))).assign(label=old.label)[columns])
    return pd.concat(parts, ignore_index=True)
