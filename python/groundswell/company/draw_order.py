"""Employees in the order of their draw numbers, as the core takes them, and in that of the table, as people know them.

A place is a number of the core: how many employees have a smaller draw number. A row is a position in the table. So the
order of an export's rows decides nothing, and what an analyst reads is in their own order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.errors import DamagedFile

DrawNumbers = np.ndarray[Any, np.dtype[np.uint64]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class DrawOrder:
    """Rows of the table by place, and places by row."""

    rows: Numbers
    places: Numbers

    @staticmethod
    def of(numbers: DrawNumbers | None, employees: int) -> DrawOrder:
        """The order of these draw numbers; without any, rows and places are the same."""
        rows = np.arange(employees) if numbers is None else np.argsort(numbers, kind="stable")
        places = np.empty(employees, dtype=np.int64)
        places[rows] = np.arange(employees)
        return DrawOrder(rows, places)

    def to_core(self, column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """A column of the table as the core takes it."""
        return column[self.rows]

    def to_table(self, column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """What the core gives by employee as rows of the table."""
        return column[self.places]

    def pairs(self, pairs: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.uint32]]:
        """Ties by row as ties by place, each from the smaller to the larger, sorted; others than employees stay."""
        if (self.rows[1:] > self.rows[:-1]).all():
            return np.asarray(pairs, dtype=np.uint32)
        numbers = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
        here = numbers < len(self.places)
        numbers = np.where(here, self.places[np.where(here, numbers, 0)], numbers)
        numbers.sort(axis=1)
        return numbers[np.lexsort((numbers[:, 1], numbers[:, 0]))].astype(np.uint32)


def checked(column: np.ndarray[Any, Any] | None, where: str) -> DrawNumbers | None:
    """Return the draw numbers of a file's column, None where it has none; DamagedFile where two are the same."""
    if column is not None and (column.dtype != np.uint64 or len(np.unique(column)) < len(column)):
        raise DamagedFile(f"{where}: must be whole numbers, each once")
    return column
