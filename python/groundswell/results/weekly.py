"""Means by week as a time series."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from groundswell.results.frames import long_frame
from groundswell.results.record import ResultsRecord


def weekly(result: ResultsRecord, measures: str | Sequence[str] | None, window: str) -> pd.DataFrame:
    """Means by week, wide: the index is the first day of the week, one column a measure."""
    frame = long_frame(result, measures, by="week", window=window)
    names = list(dict.fromkeys(frame["measure"].astype(str)))
    means = {name: part.set_index("date")["mean"] for name, part in frame.groupby("measure", observed=True, sort=False)}
    wide = pd.DataFrame({name: means[name] for name in names})
    # With a frequency of seven days pandas draws it by day; by week, later artists would move to the ends of weeks.
    wide.index = pd.DatetimeIndex(wide.index, freq="7D", name="date")
    return wide
