"""`validate()`: every target measured on fresh worlds, each group apart, and the shapes of real files beside them."""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from groundswell.errors import InvalidInput
from groundswell.simulate import make_plan
from groundswell.validation import intervals
from groundswell.validation.collect import Evidence, ProgressOption, Settings, collect
from groundswell.validation.intervals import Estimate
from groundswell.validation.real_files import data_folder
from groundswell.validation.shapes import Shape, file_samples, shapes
from groundswell.validation.table import TAGS, TARGETS, Target

SEED = 20270722  # fresh: the constants were solved with 20261122
SOLVED_WITH = 20261122
LEAST_WORLDS = 20  # for a verdict where the network or the people matter:
OF_WORLDS = (5, 14, 15, 16, 17)
QUICK = {"worlds": 6, "replicates": 4, "platform_worlds": 5, "persons": 400}
FULL = {"worlds": 20, "replicates": 20, "platform_worlds": 10, "persons": 1500}
COLUMNS = [
    "number", "output", "band", "value", "ci_lower", "ci_upper", "unit", "scenario", "tag", "verdict", "note",
    "source",
]  # fmt: skip
SHAPES = "shape of a real file"  # tag of those rows: emergent


@dataclass(frozen=True)
class Line:
    """A target and what came out."""

    target: Target
    estimate: Estimate

    @property
    def verdict(self) -> str:
        """pass, fail, undecided, reported, not measurable, not simulated yet."""
        if self.target.measure is None:
            return intervals.NOT_SIMULATED
        if np.isnan(self.estimate.value):
            return intervals.NOT_MEASURABLE
        if self.target.band is None:
            return intervals.REPORTED
        return intervals.UNDECIDED if self.too_few else self.estimate.verdict(*self.target.band)

    @property
    def too_few(self) -> bool:
        """Whether the worlds are too few for a verdict on this line."""
        return self.target.number in OF_WORLDS and self.estimate.worlds < LEAST_WORLDS

    @property
    def note(self) -> str:
        """What set it or was tuned on it, and what was left out."""
        verb = {"input": "set by", "calibrated": "tuned with"}.get(self.target.tag, "")
        parts = [f"{verb} {self.target.parameters}".strip() if self.target.parameters else "", self.target.note]
        if self.verdict == intervals.UNDECIDED and self.too_few:
            parts.append(f"{self.estimate.worlds} worlds, a verdict needs {LEAST_WORLDS}")
        return "; ".join(part for part in [*parts, self.estimate.note] if part)


@dataclass(frozen=True, eq=False, repr=False)
class Validation:
    """What `validate` returns.

    Attributes
    ----------
    lines
        every target, in order.
    shapes
        rows of real files.
    evidence
        numbers by world and the samples that pictures are drawn from.
    settings, seconds, date
        how it was run.
    """

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    evidence: Evidence
    settings: Settings
    seconds: float
    date: datetime.date

    def frame(self) -> pd.DataFrame:
        """One row a component.

        Columns: number, output, band, value, ci_lower, ci_upper, unit, scenario, tag, verdict, note, source. The
        interval is of 95 % over worlds. ``source`` is the row of ``gs.evidence()``, in brackets, that the
        band rests on. Rows of real files have the file as number and its value as band.
        """
        rows = [_target_row(line) for line in self.lines] + [_shape_row(shape) for shape in self.shapes]
        return pd.DataFrame(rows, columns=COLUMNS)

    def group(self, tag: str) -> pd.DataFrame:
        """The rows of one tag: input, calibrated, in view, implied, emergent; `shape of a real file` for those.

        Raises
        ------
        InvalidInput
            For another tag.
        """
        if tag not in (*TAGS, SHAPES):
            raise InvalidInput(f"tag: {tag!r} is none of {', '.join((*TAGS, SHAPES))}")
        frame = self.frame()
        return frame[frame["tag"] == tag].reset_index(drop=True)

    def counts(self) -> pd.DataFrame:
        """Verdicts by tag; there is no total on purpose."""
        frame = self.frame()
        table = pd.crosstab(frame["tag"], frame["verdict"])
        return table.reindex([tag for tag in (*TAGS, SHAPES) if tag in table.index])

    def save(self, folder: str | Path) -> list[Path]:
        """Write the dated report and its pictures into a folder, which is made. Returns the paths.

        Raises
        ------
        InvalidInput
            If the folder cannot be written.
        """
        from groundswell.validation.report import save

        return save(self, Path(folder))

    def __repr__(self) -> str:
        how = f"{self.settings.worlds} worlds of {self.settings.replicates} replicates, seed {self.settings.seed}"
        lines = [f"Validation of {self.date}: {how}, {self.seconds:.0f} s"]
        for tag, row in self.counts().iterrows():
            found = [f"{count} {verdict}" for verdict, count in row.items() if count]
            lines.append(f"  {tag}: {', '.join(found)}")
        return "\n".join(lines)


def band_text(band: intervals.Band | None) -> str:
    """A band as text; empty where there is none."""
    if band is None:
        return ""
    low, high = band
    if np.isinf(high):
        return f"above {low:g}"
    return f"below {high:g}" if low == -1.0 else f"{low:g} to {high:g}"


def _target_row(line: Line) -> list[object]:
    target, found = line.target, line.estimate
    values = [found.value, found.lower, found.upper]
    head = [str(target.number), target.output, band_text(target.band)]
    return [*head, *values, target.unit, target.scenario, target.tag, line.verdict, line.note, target.source]


def _shape_row(shape: Shape) -> list[object]:
    found = shape.estimate
    real = "" if np.isnan(shape.real) else f"file: {shape.real:.4g}"
    if shape.tolerance is not None:
        real += f" ± {shape.tolerance:g}"
    values = [found.value, found.lower, found.upper]
    rest = [shape.unit, shape.scenario, SHAPES, shape.verdict, shape.note, f"file: {shape.file}"]
    return [shape.file, shape.output, real, *values, *rest]


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

    Raises
    ------
    InvalidInput
        For a count or seed out of range, fewer than 5 worlds, or a folder that does not exist.
    """
    size = QUICK if quick else FULL
    plan = make_plan(size["worlds"] if worlds is None else worlds, replicates or size["replicates"], seed, threads)
    if plan.worlds < 5:
        raise InvalidInput(f"worlds: {plan.worlds} must be at least 5: an interval is over worlds")
    if plan.seed == SOLVED_WITH:
        raise InvalidInput(f"seed: {seed} is the one the constants were solved with; validate on another")
    folder = data_folder(data)
    few = min(size["platform_worlds"], plan.worlds)
    settings = Settings(plan.worlds, plan.replicates, few, size["persons"], plan.seed, plan.threads)
    begun = time.perf_counter()
    evidence = collect(settings, progress)
    evidence.samples |= file_samples(folder)
    rows = tuple(shapes(evidence, folder, settings))
    seconds = time.perf_counter() - begun
    return Validation(measured(evidence), rows, evidence, settings, seconds, datetime.date.today())
