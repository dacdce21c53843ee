"""The distinct texts of a column: what a column is, is decided on these, and each is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell.exports.rows import is_blank

CodeArray = np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True)
class Distinct:
    """A column of text: ``values`` trimmed, once each; ``codes`` says which of them a row has, -1 where it is empty."""

    name: str
    values: list[str]
    codes: CodeArray
    numbers: Sequence[int]  # of the rows

    @classmethod
    def of(cls, name: str, cells: list[object], numbers: Sequence[int]) -> Distinct:
        """Return the distinct texts of cells that are text or empty."""
        objects = np.empty(len(cells), dtype=object)
        objects[:] = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
        codes, values = pd.factorize(objects)
        empty = [place for place, value in enumerate(values) if is_blank(value)]
        for place in empty:  # one at most: trimmed texts
            codes = np.where(codes == place, -1, np.where(codes > place, codes - 1, codes))
        texts = [str(value) for place, value in enumerate(values) if place not in empty]
        return cls(name, texts, codes, numbers)

    def rows(self, wanted: Callable[[int], bool]) -> list[int]:
        """Return the numbers of the rows whose value's place is wanted."""
        chosen = np.array([wanted(place) for place in range(len(self.values))] + [False])
        return [self.numbers[i] for i in np.flatnonzero(chosen[self.codes]).tolist()]

    def spread(self, values: np.ndarray[Any, Any], empty: object) -> np.ndarray[Any, Any]:
        """Return one entry a row from one a distinct value."""
        return np.append(values, np.array([empty], dtype=values.dtype))[self.codes]

    def count(self, wanted: Sequence[bool]) -> int:
        """Return how many rows have a wanted value."""
        return int(np.append(np.array(wanted, dtype=bool), False)[self.codes].sum())

    @property
    def filled(self) -> int:
        """How many rows have a value."""
        return int((self.codes >= 0).sum())
