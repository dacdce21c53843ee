"""What is known of the runs of one design: the fields of `Results`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from groundswell.common import statistics
from groundswell.common.counts import planned_runs
from groundswell.common.planned import counts_text
from groundswell.results.recording import Recording
from groundswell.scenario import Scenario


@dataclass(frozen=True, eq=False, repr=False)
class ResultsRecord:
    """All runs of one design; `Results` documents the fields."""

    scenario: Scenario
    recording: Recording
    warnings: pd.DataFrame
    manifest: Mapping[str, Any]
    seconds: float
    color: int = field(default=1)
    cascade_posts: pd.DataFrame | None = None

    @property
    def label(self) -> str:
        """The scenario's label."""
        return str(self.scenario.label)

    @property
    def runs(self) -> int:
        """Finished runs."""
        return int(self.recording.finished.sum())

    @property
    def runs_asked(self) -> int:
        """Runs asked for: worlds times replicates, and second replicates of a few worlds (`common.planned`)."""
        finished = self.recording.finished
        planned = planned_runs(int(self.manifest["worlds"]), int(self.manifest["replicates"]))
        return int(planned.sum()) if planned.shape == finished.shape else int(finished.size)

    @property
    def counts(self) -> str:
        """Worlds and replicates in words."""
        return counts_text(int(self.manifest["worlds"]), int(self.manifest["replicates"]))

    @property
    def uncertainty(self) -> str:
        """The levels of uncertainty the numbers contain."""
        return statistics.name_uncertainty(int(self.recording.finished.any(axis=1).sum()))
