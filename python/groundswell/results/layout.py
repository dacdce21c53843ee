"""What each recorded number is: rows, fragments and the calendar, as the engine lays them out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from groundswell.errors import NotRecorded
from groundswell.results import axes
from groundswell.results.grain import TIME_GRAINS, WINDOW_CODES
from groundswell.results.measures import WINDOWS

Ints = NDArray[np.int64]
Table = Mapping[str, Ints]


@dataclass(frozen=True)
class Layout:
    """What each recorded number is. `day_zero`: first day of the warm-up; the tables are those of the boundary."""

    day_zero: date
    rows: Table
    fragments: Table
    cells: Mapping[str, Table]

    @staticmethod
    def from_core(raw: Mapping[str, Any], start: date, warm_up_weeks: int) -> Layout:
        """From `_core.layout(design)`; day 0 is `start` less the warm-up."""

        def table(name: str) -> Table:
            return {key: np.asarray(column, dtype=np.int64) for key, column in raw[name].items()}

        cells = {grain: table(f"{grain}s") for grain in (*TIME_GRAINS, "window")}
        return Layout(start - timedelta(weeks=warm_up_weeks), table("rows"), table("fragments"), cells).shared()

    def shared(self) -> Layout:
        """The layout itself, or an equal one that is in use: designs of one period then find their rows once."""
        return _IN_USE.setdefault(self._content(), self)

    def _content(self) -> bytes:
        tables = {"rows": self.rows, "fragments": self.fragments, **self.cells}
        parts = [(name, key, table[key]) for name, table in tables.items() for key in sorted(table)]
        found = hashlib.sha256(str(self.day_zero).encode())
        for name, key, column in parts:
            found.update(f"{name} {key} {len(column)} ".encode())
            found.update(column.tobytes())
        return found.digest()

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What follows from the layout and the key alone, worked out once. Nobody may change it."""
        known = self.__dict__.setdefault("_known", {})  # not a field: neither compared nor pickled
        if key not in known:
            known[key] = make()
        return known[key]

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_known"}

    @property
    def platforms(self) -> tuple[int, ...]:
        """Codes of the platforms that are on."""
        found: tuple[int, ...] = self.once("platforms", lambda: axes.platforms_on(self.rows))
        return found

    def periods(self, grain: str | None, window: str) -> list[Period]:
        """The cells of a time axis, in order. Without a grain: one cell a window, `completion` being one cell."""
        codes = WINDOW_CODES[window]
        table = self.cells[grain or "window"]
        lasting = table["end_day"] > table["first_day"]  # a warm-up of 0 weeks is a window of 0 days
        chosen = [int(i) for i in np.flatnonzero(np.isin(table["window"], codes) & lasting)]
        if not chosen:
            raise NotRecorded(f"window: this run has no {window} (its length is 0 weeks).")
        periods = [
            Period(i, WINDOWS[int(table["window"][i])], int(table["first_day"][i]), int(table["end_day"][i]))
            for i in chosen
        ]
        if grain is None and window == "completion":
            return [Period(None, "completion", periods[0].first_day, periods[-1].end_day)]
        return periods

    def calendar_date(self, grain: str | None, day: int) -> date:
        """The first day of the calendar month or quarter `day` is in; the day itself for weeks and windows."""
        actual = self.day_zero + timedelta(days=day)
        if grain == "month":
            return actual.replace(day=1)
        if grain == "quarter":
            return actual.replace(month=3 * ((actual.month - 1) // 3) + 1, day=1)
        return actual


_IN_USE: WeakValueDictionary[bytes, Layout] = WeakValueDictionary()


@dataclass(frozen=True)
class Period:
    """A stretch of days; `index` is its row in the layout's table, None where several windows are joined."""

    index: int | None
    window: str
    first_day: int
    end_day: int
