"""Rows of cells as they stand in a file, before anybody says which of them is the header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Row = Sequence[object]


@dataclass(frozen=True)
class Rows:
    """Cells and where each row stands in its file, counted from 1; ``is_text`` where every cell is text."""

    cells: list[Row]
    numbers: list[int]
    is_text: bool

    @cached_property
    def counts(self) -> list[int]:
        """How many cells of each row are not blank."""
        if self.is_text:
            return [len([1 for cell in row if cell and not cell.isspace()]) for row in self.cells]  # type: ignore[attr-defined]
        return [filled(row) for row in self.cells]

    def at(self, places: Sequence[int]) -> Rows:
        """Return some of the rows."""
        return Rows([self.cells[i] for i in places], [self.numbers[i] for i in places], self.is_text)


def is_blank(cell: object) -> bool:
    """Whether a cell is empty, or white space alone."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def filled(row: Row) -> int:
    """How many cells of a row are not blank."""
    return sum(1 for cell in row if cell != "" and not is_blank(cell))


def extent(row: Row) -> int:
    """Cells up to the last one that is not blank."""
    for place in range(len(row) - 1, -1, -1):
        if not is_blank(row[place]):
            return place + 1
    return 0


def texts(row: Row) -> list[str]:
    """The cells that are not blank, as trimmed text."""
    return [str(cell).strip() for cell in row if not is_blank(cell)]
