"""What is found while a table is read: problems, which refuse it together, and warnings, which are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pandas as pd

from groundswell.errors import InvalidInput, Problem

MOST_SHOWN = 10
WARNING_COLUMNS = ["code", "count", "examples", "consequence"]


@dataclass
class Notes:
    """Problems and warnings of one table, in the order in which they were met."""

    source: str
    place: str = "row"  # what a person calls a row here: the line of a text file, the row of a sheet
    problems: list[Problem] = field(default_factory=list)
    warnings: list[tuple[str, int, str, str]] = field(default_factory=list)

    def refuse(self, what: str, value: str, rule: str) -> None:
        """Note a problem: what is wrong, where or with which value, and what it needs."""
        self.problems.append(Problem((self.source, what) if what else (self.source,), value, rule))

    def warn(self, code: str, count: int, examples: str, consequence: str) -> None:
        """Note a warning, a row of ``Export.warnings``."""
        self.warnings.append((code, count, examples, consequence))

    def rows(self, numbers: Sequence[int]) -> str:
        """Return 'rows 4, 7, 9' with at most ten of them and how many there are."""
        word = self.place if len(numbers) == 1 else f"{self.place}s"
        some = ", ".join(str(number) for number in numbers[:MOST_SHOWN])
        return f"{word} {some}" + (f", … ({len(numbers):,} in all)" if len(numbers) > MOST_SHOWN else "")

    def stop_at_problems(self) -> None:
        """Raise all problems in one ``InvalidInput``, where there are any."""
        if self.problems:
            raise InvalidInput(problems=self.problems)

    def frame(self) -> pd.DataFrame:
        """Return the warnings as a frame."""
        return pd.DataFrame(self.warnings, columns=WARNING_COLUMNS)


def some(values: Iterable[object], limit: int = 3, width: int = 60) -> str:
    """Return a few values as a person sees them, separated by commas."""
    texts = [" ".join(str(value).split()) for value in islice(values, limit)]
    return ", ".join(text if len(text) <= width else text[: width - 1] + "…" for text in texts)


def letters(position: int) -> str:
    """Return a column's letters in a spreadsheet, from its position counted from 0: A, …, Z, AA."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
