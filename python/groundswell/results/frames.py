"""Long frames of a result: one row for each measure and cell, estimates over runs or the value of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from groundswell.common import arguments, statistics
from groundswell.common.memory import bytes_text
from groundswell.company.small_groups import MIN_GROUP
from groundswell.errors import DoesNotFit, InvalidInput
from groundswell.results.departments import department_frame
from groundswell.results.grain import DEPARTMENT, Query, check_dimensions, make_query
from groundswell.results.record import ResultsRecord
from groundswell.results.recording import Cells

ESTIMATE_COLUMNS = [
    "mean", "mean_se", "mean_ci_lower", "mean_ci_upper", "p05", "p50", "p95", "runs", "uncertainty",
]  # fmt: skip
LARGEST_FRAME = 500_000_000
BYTES_PER_ROW = 130  # at most, of a large frame; measured in docs/results/results_size.md


def long_frame(
    result: ResultsRecord,
    measures: str | Sequence[str] | None = None,
    by: str | Sequence[str] | None = None,
    window: str = "horizon",
    large: bool = False,
    min_group: int = MIN_GROUP,
) -> pd.DataFrame:
    """See `Results.frame`."""
    dimensions = check_dimensions(by)
    query = make_query(dimensions, window)
    if DEPARTMENT in dimensions:
        return department_frame(result, measures, window, min_group, by_world="world" in dimensions)
    names = measures_asked(result, measures, query)
    if not large:
        refuse_large(row_count(result, names, query, dimensions), dimensions)
    parts = [_measure_frame(result, name, query, dimensions) for name in names]
    frame = pd.concat(parts, ignore_index=True)
    known = list(result.recording.measures)
    frame["measure"] = pd.Categorical(frame["measure"], categories=known, ordered=True)
    return frame


def row_count(result: ResultsRecord, names: Sequence[str], query: Query, dimensions: tuple[str, ...]) -> int:
    """How many rows `long_frame` would have."""
    runs = result.runs if "replicate" in dimensions else 1
    if "world" in dimensions and "replicate" not in dimensions:
        runs = int(result.recording.finished.any(axis=1).sum())
    return runs * sum(result.recording.count(name, query) for name in names)


def measures_asked(result: ResultsRecord, measures: str | Sequence[str] | None, query: Query) -> list[str]:
    """The measures asked for, checked; by default all that are recorded at this grain."""
    if measures is None:
        return result.recording.recorded(query)
    names = arguments.names("measures", measures)
    if not names:
        raise InvalidInput("measures: empty; name at least one, or leave it out for all")
    repeated = sorted({str(name) for name in names if names.count(name) > 1})
    if repeated:
        raise InvalidInput(f"measures: named twice: {', '.join(repeated)}")
    return names


def _measure_frame(result: ResultsRecord, name: str, query: Query, dimensions: tuple[str, ...]) -> pd.DataFrame:
    cells = result.recording.cells(name, query)
    frame = cells.index.copy()
    frame.insert(0, "label", result.label)
    if "replicate" in dimensions:
        return _per_run(result, name, frame, cells)
    if "world" in dimensions:
        worlds = np.flatnonzero(result.recording.finished.any(axis=1))
        parts = [_estimates(result, name, frame.assign(world=w), cells, slice(w, w + 1)) for w in worlds]
        return pd.concat(parts, ignore_index=True)
    return _estimates(result, name, frame, cells, slice(None))


def _estimates(result: ResultsRecord, name: str, frame: pd.DataFrame, cells: Cells, worlds: slice) -> pd.DataFrame:
    finished = result.recording.finished[worlds]
    estimates = statistics.mean_interval(cells.linear[worlds], finished)
    low, middle, high = statistics.year_quantiles(cells.values[worlds], finished)
    return frame.assign(
        measure=name,
        unit=result.recording.measures[name].unit,
        mean=estimates.mean,
        mean_se=estimates.se,
        mean_ci_lower=estimates.lower,
        mean_ci_upper=estimates.upper,
        p05=low,
        p50=middle,
        p95=high,
        runs=estimates.runs,
        uncertainty=estimates.uncertainty,
    )


def _per_run(result: ResultsRecord, name: str, frame: pd.DataFrame, cells: Cells) -> pd.DataFrame:
    runs = np.argwhere(result.recording.finished)
    repeated = pd.concat([frame] * len(runs), ignore_index=True)
    return repeated.assign(
        world=np.repeat(runs[:, 0], len(frame)),
        replicate=np.repeat(runs[:, 1], len(frame)),
        measure=name,
        unit=result.recording.measures[name].unit,
        value=cells.values[result.recording.finished].ravel(),
    )


def refuse_large(rows: int, dimensions: tuple[str, ...]) -> None:
    """Raise `DoesNotFit` with the size where a frame would take more than `LARGEST_FRAME` bytes."""
    size = rows * BYTES_PER_ROW
    if size > LARGEST_FRAME:
        raise DoesNotFit(
            f"by: {', '.join(dimensions) or 'window'} gives {rows:,} rows, about {bytes_text(size)}; ask for fewer "
            "measures or a coarser grain, or pass large=True"
        )
