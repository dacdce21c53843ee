"""A table that was exported from another system, as it was read."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from groundswell.exports.options import Reading


@dataclass(frozen=True)
class Export:
    """A table, how it was read, and what should be looked at.

    Attributes
    ----------
    frame
        the table; its index ``row`` is the line of the text file or the row of the sheet, counted from 1, as a person
        sees it (of a frame that was given: its own index).
    source
        name of the file, or what was given.
    reading
        how it was read; ``reading.sentence()`` says it, ``reading.as_options()`` gives it back.
    warnings
        one row a kind: ``code``, ``count``, ``examples``, ``consequence``.
    """

    frame: pd.DataFrame
    source: str
    reading: Reading
    warnings: pd.DataFrame

    def __repr__(self) -> str:
        rows, columns = self.frame.shape
        lines = [f"{self.source}: {rows:,} rows, {columns:,} columns", f"  {self.reading.sentence()}"]
        pairs = zip(self.warnings["code"], self.warnings["count"], strict=True)
        return "\n".join(lines + [f"  warning {code}: {count:,}" for code, count in pairs])
