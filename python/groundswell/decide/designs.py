"""The designs of a comparison as tables: what is varied in each, its status, every warning."""

from __future__ import annotations

import numpy as np
import pandas as pd

from groundswell.decide.precision import not_reached, precision_frame
from groundswell.decide.record import ContestRecord
from groundswell.decide.varied import column, varied_values
from groundswell.results.warnings import WARNING_COLUMNS


def cells_frame(contest: ContestRecord) -> pd.DataFrame:
    """One row a design or failed cell: label, the varied fields, status."""
    fields = varied_values(contest.results, contest.varied)
    status = [
        "finished" if result.runs == result.runs_asked else f"interrupted: {result.runs} of {result.runs_asked} runs"
        for result in contest.results.values()
    ]
    everyone = np.arange(len(contest.results) + len(contest.failed))
    frame = pd.DataFrame({"label": [*contest.labels, *(cell.label for cell in contest.failed)]})
    for address, values in fields.items():
        frame[address] = column([*values, *(cell.values[address] for cell in contest.failed)], everyone)
    return frame.assign(status=[*status, *(f"not run: {cell.reason}" for cell in contest.failed)])


def all_warnings(contest: ContestRecord) -> pd.DataFrame:
    """Those of every design with its label, of failed cells, of precision that was not reached."""
    columns = ["label", *WARNING_COLUMNS]
    consequence = "Not in any table or picture; the other designs were run."
    rows = [
        {str(key): value for key, value in row.items()} | {"label": label}
        for label, result in contest.results.items()
        for row in result.warnings.to_dict("records")
    ]
    rows += [
        {"label": cell.label, "code": "cell_not_run", "count": 1, "examples": cell.reason, "consequence": consequence}
        for cell in contest.failed
    ]
    rows += _draws_not_run(contest)
    return pd.DataFrame([*rows, *not_reached(precision_frame(contest))], columns=columns)


def _draws_not_run(contest: ContestRecord) -> list[dict[str, object]]:
    """Worlds whose drawn inputs the engine refused, and those an interruption left out."""
    if contest.drawn is None:
        return []
    refused = contest.drawn.runs.refused
    done = np.logical_and.reduce([one.finished[:, 0] for one in contest.drawn.runs.recordings.values()])
    lacking = int((~done).sum())
    if not lacking:
        return []
    examples = f"world {refused[0][0]}: {refused[0][2]}" if refused else "interrupted"
    consequence = "These worlds are left out of what is said about inputs; tables and pictures have them."
    return [
        {"label": contest.baseline, "code": "draws_not_run", "count": lacking, "examples": examples,
         "consequence": consequence}
    ]  # fmt: skip
