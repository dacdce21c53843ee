"""What a validation found: a line a target, with its verdict, and the frame of all of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from groundswell.common import arguments, verbs
from groundswell.errors import InvalidInput
from groundswell.validation import intervals
from groundswell.validation.collect import Evidence, Settings
from groundswell.validation.intervals import Estimate
from groundswell.validation.shapes import Shape
from groundswell.validation.targets.table import TAGS, Target

LEAST_WORLDS = 20  # for a verdict where the network or the people matter:
OF_WORLDS = (5, 14, 15, 16, 17)
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
        interval is of 95 % over worlds. ``source`` is the row of ``gs.evidence()``, in brackets, that the band rests
        on. Rows of real files have the file as number and its value as band.
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
        written: list[Path] = verbs.body("Validation.save")(self, arguments.path("folder", folder))
        return written

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
