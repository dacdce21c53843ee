"""What is known of a comparison: the fields of `Contest`, its levels and differences as frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from groundswell.decide.added import beside
from groundswell.decide.inputs.block import Drawn
from groundswell.decide.varied import FailedCell
from groundswell.decide.within import Within
from groundswell.results import Results
from groundswell.results.vocabulary.added import ADDED


@dataclass(frozen=True, eq=False, repr=False)
class ContestRecord:
    """Finished results of several designs; `Contest` documents the fields."""

    results: Mapping[str, Results]
    baseline: str
    baseline_given: bool
    wanted: Mapping[str, Within] = field(default_factory=dict)
    varied: tuple[str, ...] = ()
    failed: tuple[FailedCell, ...] = ()
    drawn: Drawn | None = None

    @property
    def labels(self) -> list[str]:
        """Labels of the designs, the baseline first."""
        return list(self.results)

    @property
    def worlds(self) -> int:
        """Worlds in which every design has a finished run."""
        finished = [result.recording.finished.any(axis=1) for result in self.results.values()]
        return int(np.logical_and.reduce(finished).sum())

    def of(self, measure: object) -> Mapping[str, Results]:
        """The results that have this measure: of what a program adds, those beside the baseline."""
        return self._beside if isinstance(measure, str) and measure in ADDED else self.results

    @cached_property
    def _beside(self) -> Mapping[str, Results]:
        return beside(self.results, self.baseline)

    def baseline_note(self) -> str:
        """What differences are taken to."""
        if self.baseline_given:
            return f"Differences are to the baseline {self.baseline!r}."
        return f"No baseline was named: differences are to the first design, {self.baseline!r}."
