"""Long frames of a result: one row for each measure and cell, estimates over runs or the value of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import arguments, statistics
from groundswell.common.memory import bytes_text
from groundswell.common.percentages import percent_of
from groundswell.common.year_range import year_quantiles
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
LARGEST_BATCH = 50_000_000  # bytes
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
    if DEPARTMENT in dimensions:
        return department_frame(result, measures, window, min_group, by_world="world" in dimensions)
    return long_frames([result], measures, by, window, large)


def long_frames(
    results: Sequence[ResultsRecord],
    measures: str | Sequence[str] | None = None,
    by: str | Sequence[str] | None = None,
    window: str = "horizon",
    large: bool = False,
) -> pd.DataFrame:
    """`Results.frame` of each result, one below the other."""
    dimensions = check_dimensions(by)
    query = make_query(dimensions, window)
    asked = [(result, name) for result in results for name in measures_asked(result, measures, query)]
    if not arguments.switch("large", large):
        rows = sum(row_count(result, measures_asked(result, measures, query), query, dimensions) for result in results)
        refuse_large(rows, dimensions)
    if "world" in dimensions:
        frame = pd.concat([_by_run(result, name, query, dimensions) for result, name in asked], ignore_index=True)
    else:
        frame = _estimates_of_all(asked, query)
    known = list(dict.fromkeys(name for result in results for name in result.recording.measures))
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


def _estimates_of_all(asked: Sequence[tuple[ResultsRecord, str]], query: Query) -> pd.DataFrame:
    """Estimates of every measure asked for, over all runs."""
    found: list[dict[str, Any]] = [{} for _ in asked]
    cells_asked = [result.recording.cells(name, query) for result, name in asked]
    indexes = [cells.index for cells in cells_asked]

    def cells_of_all() -> Iterator[tuple[statistics.Flags, tuple[statistics.Floats, ...]]]:
        for (result, _), cells in zip(asked, cells_asked, strict=True):
            arrays = (cells.linear,) if cells.linear is cells.values else (cells.linear, cells.values)
            yield result.recording.finished, arrays

    for places, finished, stacks in in_batches(cells_of_all()):
        estimates = statistics.corrected_interval(stacks[0], finished)
        low, middle, high = year_quantiles(stacks[-1], finished)
        for i, place in enumerate(places):
            found[place] = {
                "mean": estimates.mean[i], "mean_se": estimates.se[i], "mean_ci_lower": estimates.lower[i],
                "mean_ci_upper": estimates.upper[i], "p05": low[i], "p50": middle[i], "p95": high[i],
                "runs": estimates.runs, "uncertainty": estimates.uncertainty,
            }  # fmt: skip
    for place, ((result, _), cells) in enumerate(zip(asked, cells_asked, strict=True)):
        if cells.parts is not None:
            found[place] |= _limits_of_ratio(cells.parts, result.recording.finished)
    named = [
        {"label": result.label, "measure": name, "unit": result.recording.measures[name].unit, **row}
        for (result, name), row in zip(asked, found, strict=True)
    ]
    frame = one_frame(indexes, named)
    frame.insert(0, "label", frame.pop("label"))
    return frame


def _limits_of_ratio(
    parts: tuple[statistics.Floats, statistics.Floats], finished: statistics.Flags
) -> dict[str, statistics.Floats]:
    """Fieller's limits of a ratio of means over worlds: both parts are uncertain, and a price has no limit below 0."""
    top, bottom = (statistics.world_means(part, finished)[0] for part in parts)
    _, lower, upper = percent_of(top, bottom)
    return {"mean_ci_lower": lower / 100, "mean_ci_upper": upper / 100}


def in_batches(
    items: Iterable[tuple[statistics.Flags, tuple[statistics.Floats, ...]]], most: int = LARGEST_BATCH
) -> Iterator[tuple[list[int], statistics.Flags, list[statistics.Floats]]]:
    """Items of one shape and one mask of finished runs, stacked on a first axis: their places, the mask, the stacks.

    Of many small arrays a call of NumPy each costs more than the numbers; at most about `most` bytes are held at once.
    """
    waiting: dict[Any, list[tuple[int, statistics.Flags, tuple[statistics.Floats, ...]]]] = {}
    held = 0
    for place, (finished, arrays) in enumerate(items):
        key = (finished.shape, finished.tobytes(), len(arrays), arrays[0].shape)
        waiting.setdefault(key, []).append((place, finished, arrays))
        held += sum(array.nbytes for array in arrays)
        if held > most:
            yield from map(_stacked, waiting.values())
            waiting, held = {}, 0
    yield from map(_stacked, waiting.values())


def _stacked(
    items: list[tuple[int, statistics.Flags, tuple[statistics.Floats, ...]]],
) -> tuple[list[int], statistics.Flags, list[statistics.Floats]]:
    stacks = [np.stack(column) for column in zip(*(arrays for _, _, arrays in items), strict=True)]
    return [place for place, _, _ in items], items[0][1], stacks


def one_frame(indexes: Sequence[pd.DataFrame], rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame of parts: the columns of its index, and of each row arrays of the index's length or one value."""
    sizes = [len(index) for index in indexes]
    different = {id(index): index for index in indexes}
    firsts = dict(zip(different, np.cumsum([0, *map(len, different.values())]), strict=False))
    place = np.concatenate([np.arange(firsts[id(index)], firsts[id(index)] + len(index)) for index in indexes])
    frame = pd.concat(list(different.values()), ignore_index=True).take(place).reset_index(drop=True)
    return frame.assign(**{name: _column([row[name] for row in rows], sizes) for name in rows[0]})


def _column(values: Sequence[Any], sizes: Sequence[int]) -> pd.Series[Any]:
    if isinstance(values[0], np.ndarray):
        return pd.Series(np.concatenate(values))
    if isinstance(values[0], str):
        codes, known = pd.factorize(np.array(values, dtype=object))
        return pd.Series(known.tolist()).take(np.repeat(codes, sizes)).reset_index(drop=True)
    return pd.Series(np.repeat(np.array(values), sizes))


def _by_run(result: ResultsRecord, name: str, query: Query, dimensions: tuple[str, ...]) -> pd.DataFrame:
    """One measure by world, or by world and replicate."""
    cells = result.recording.cells(name, query)
    frame = cells.index.copy()
    frame.insert(0, "label", result.label)
    if "replicate" in dimensions:
        return _per_run(result, name, frame, cells)
    worlds = np.flatnonzero(result.recording.finished.any(axis=1))
    parts = [_estimates(result, name, frame.assign(world=w), cells, slice(w, w + 1)) for w in worlds]
    return pd.concat(parts, ignore_index=True)


def _estimates(result: ResultsRecord, name: str, frame: pd.DataFrame, cells: Cells, worlds: slice) -> pd.DataFrame:
    finished = result.recording.finished[worlds]
    estimates = statistics.corrected_interval(cells.linear[worlds], finished)
    low, middle, high = year_quantiles(cells.values[worlds], finished)
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


def rows_on(frame: pd.DataFrame, day: date | datetime | str | np.datetime64) -> pd.DataFrame:
    """The rows of a long frame whose period (`date`, for `days` days) has this day in it.

    Raises
    ------
    InvalidInput
        For what is no date, and for a day that no row has.
    """
    try:
        wanted = pd.Timestamp(day).normalize()
    except (TypeError, ValueError):
        raise InvalidInput(f"day = {day!r}: must be a date, or text such as 2027-01-04") from None
    ends = frame["date"] + pd.to_timedelta(frame["days"], unit="D")
    found = frame[(frame["date"] <= wanted) & (wanted < ends)]
    if found.empty:
        last = ends.max() - pd.Timedelta(days=1)
        raise InvalidInput(f"day = {wanted.date()}: the rows are of {frame['date'].min().date()} to {last.date()}")
    return found.reset_index(drop=True)


def refuse_large(rows: int, dimensions: tuple[str, ...]) -> None:
    """Raise `DoesNotFit` with the size where a frame would take more than `LARGEST_FRAME` bytes."""
    size = rows * BYTES_PER_ROW
    if size > LARGEST_FRAME:
        raise DoesNotFit(
            f"by: {', '.join(dimensions) or 'window'} gives {rows:,} rows, about {bytes_text(size)}; ask for fewer "
            "measures or a coarser grain, or pass large=True"
        )


def weekly(result: ResultsRecord, measures: str | Sequence[str] | None, window: str) -> pd.DataFrame:
    """Means by week, wide: the index is the first day of the week, one column a measure."""
    frame = long_frame(result, measures, by="week", window=window)
    names = list(dict.fromkeys(frame["measure"].astype(str)))
    means = {name: part.set_index("date")["mean"] for name, part in frame.groupby("measure", observed=True, sort=False)}
    wide = pd.DataFrame({name: means[name] for name in names})
    # With a frequency of seven days pandas draws it by day; by week, later artists would move to the ends of weeks.
    wide.index = pd.DatetimeIndex(wide.index, freq="7D", name="date")
    return wide
