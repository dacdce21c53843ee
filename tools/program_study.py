"""What the stored studies of programs share: values by world, intervals over worlds, tables, where they ran."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

import groundswell as gs
from groundswell.common.cores import usable_cores

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "docs" / "results"
START = "2027-01-04"
Floats = NDArray[np.float64]


def by_world(
    result: gs.Results, measure: str, *, segment: str | None = None, source: str | None = None, window: str = "horizon"
) -> Floats:
    """Mean over the replicates of each world, of a whole window."""
    by = ["world", *(["segment"] if segment else []), *(["source"] if source else [])]
    frame = result.frame(measure, by=by, window=window)
    if segment:
        frame = frame[frame["segment"] == segment]
    if source:
        frame = frame[frame["source"] == source]
    return np.asarray(frame.sort_values("world")["mean"], dtype=np.float64)


def weekly_level(result: gs.Results, measure: str, *, segment: str | None = None, last_weeks: int = 13) -> Floats:
    """A level by world, mean over the ends of the last weeks of the horizon."""
    by = ["week", "world", *(["segment"] if segment else [])]
    frame = result.frame(measure, by=by)
    if segment:
        frame = frame[frame["segment"] == segment]
    dates = sorted(frame["date"].unique())[-last_weeks:]
    return np.asarray(frame[frame["date"].isin(dates)].groupby("world")["mean"].mean(), dtype=np.float64)


def interval(values: Floats) -> tuple[float, float, float]:
    """Mean and 95 % t interval over worlds."""
    mean = float(values.mean())
    if np.ptp(values) == 0:
        return mean, mean, mean
    half = float(stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    return mean, mean - half, mean + half


def text(values: Floats, digits: int = 3, sign: bool = False, factor: float = 1.0) -> str:
    """Mean (lower to upper)."""
    form = f"{{:{'+' if sign else ''},.{digits}f}}"
    mean, low, high = (form.format(factor * x) for x in interval(values))
    return f"{mean} ({low} to {high})"


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def where(command: str, seconds: float) -> str:
    """The first line of a page: command, date, time."""
    return (
        f"Written by `PYTHONPATH=python .venv/bin/python {command}` on {datetime.now(UTC):%Y-%m-%d},\n{seconds:,.0f} s "
        f"of processor time on {usable_cores()} shared cores."
    )
