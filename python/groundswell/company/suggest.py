"""A mapping from an export to fields, to be read, corrected and pasted; never applied by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from html import escape

import pandas as pd

from groundswell.common.text import quoted
from groundswell.company.columns import DRAWN_WHERE_UNMAPPED, FIELDS, NOT_DRAWN
from groundswell.company.read_table import read_table
from groundswell.company.suggest_rules import ACTIVE, Candidate, Column, candidate
from groundswell.company.table import cells
from groundswell.company.table import transformations as to
from groundswell.errors import InvalidInput

MOST_ALTERNATIVES = 5
MOST_COMMENT = 260
ROW = "\0row"  # stands in for the ids while one column is tried


@dataclass(frozen=True)
class Line:
    """One field: what to paste (``code``), why, and the other columns that could be meant.

    ``code`` is empty where the best column needs work first (``why`` says which) or there is none; ``draft`` may then
    be what to finish.
    """

    field: str
    code: str
    why: str
    alternatives: tuple[str, ...] = ()
    draft: str = ""

    def text(self) -> str:
        """Return the line of the mapping, as Python."""
        others = self.alternatives[:MOST_ALTERNATIVES]
        also = f"; or: {_one_line(', '.join(others))}" if others else ""
        comment = _cut(_one_line(self.why), MOST_COMMENT) + also
        return f"    {self.field}={self.code},  # {comment}" if self.code else f"    # {self.field}: {comment}"


@dataclass(frozen=True, repr=False)
class Suggestion:
    """Python text of a mapping, to paste into ``gs.Company.from_frames``; it is not a mapping itself."""

    lines: tuple[Line, ...]
    imputed: tuple[str, ...]
    partly: tuple[str, ...] = ()

    def text(self) -> str:
        """Return ``columns=dict(…)`` with a comment a line, and what will be imputed."""
        out = ["columns=dict(", *(line.text() for line in self.lines), ")"]
        if any(line.field == "hire_date" and line.code for line in self.lines):
            out.append('# as_of="YYYY-MM-DD" is needed too: the day of the export')
        if self.imputed:
            out.append(f"# will be imputed: {', '.join(self.imputed)}")
        if self.partly:
            out.append(f"# will be imputed where a cell is empty: {', '.join(self.partly)}")
        return "\n".join(out)

    def frame(self) -> pd.DataFrame:
        """Return columns field, code, why, alternatives, state (suggested, needs work, will be imputed)."""
        rows = [
            (line.field, line.code, line.why, ", ".join(line.alternatives), "suggested" if line.code else "needs work")
            for line in self.lines
        ]
        named = {line.field for line in self.lines}
        rows += [(name, "", "", "", "will be imputed") for name in self.imputed if name not in named]
        return pd.DataFrame(rows, columns=["field", "code", "why", "alternatives", "state"])

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"


def suggest_columns(hr: pd.DataFrame) -> Suggestion:
    """See ``Company.suggest_columns``."""
    if not isinstance(hr, pd.DataFrame):
        raise InvalidInput(f"hr must be a pandas DataFrame, not {type(hr).__name__}")
    if hr.empty:
        raise InvalidInput("hr: the table is empty")
    names: list[object] = list(hr.columns)
    columns = [Column(name, hr[name]) for name in names if isinstance(name, str) and names.count(name) == 1]
    lines: list[Line] = []
    taken: set[str] = set()
    partly: list[str] = []
    for field in FIELDS:
        found = [tried for c in columns if c.name not in taken and (tried := _tried(field, c)) is not None]
        if field == "manager":
            found = [_manager(c, columns, _id_column(lines, columns)) for c in found]
        line, used = _line(field, found)
        lines += [line] if line else []
        taken |= {used} if used else set()
        gaps = any(column.name == used and len(column.present) < len(column.series) for column in columns)
        partly += [field] if gaps and field not in NOT_DRAWN else []
    lines = [replace(line, alternatives=tuple(n for n in line.alternatives if n not in taken)) for line in lines]
    given = {line.field for line in lines if line.code}
    return Suggestion(tuple(lines), tuple(f for f in DRAWN_WHERE_UNMAPPED if f not in given), tuple(partly))


def _id_column(lines: list[Line], columns: list[Column]) -> Column | None:
    chosen = {line.code for line in lines if line.field == "id"}
    return next((column for column in columns if column.quoted in chosen), None)


def _manager(found: Candidate, columns: list[Column], ids: Column | None) -> Candidate:
    """Return how a column of managers names people: by id, or by a column that names each of them once."""
    own = next(column for column in columns if column.name == found.column)
    named = set(own.distinct)
    if ids is None or not named or not all(isinstance(value, str | int | float) for value in named):
        return replace(found, code="", how=None, why=f"{found.why}; ids of employees are needed")
    if len(named & set(ids.distinct)) * 2 > len(named):
        return replace(found, why=f"{len(named):,} managers, by id; ties between them and their people")
    for column in columns:
        everybody = column.distinct
        tells_apart = column.name != own.name and len(everybody) * 20 > len(column.present) * 19 > 0
        if tells_apart and len(named & set(everybody)) * 2 > len(named):
            code = f"gs.lookup({own.quoted}, {column.quoted})"
            why = f"{len(named):,} managers, named as in {column.quoted}; ties between them and their people"
            return replace(found, code=code, how=to.lookup(own.name, column.name), why=why)
    return replace(found, code="", how=None, why=f"{found.why}; no column names people as this one names managers")


def _line(field: str, found: list[Candidate]) -> tuple[Line | None, str]:
    """Return the line of a field, if anything could be it, and the column it uses."""
    best = sorted(found, key=lambda c: (c.weight < ACTIVE, not c.code, -c.weight))
    if field == "id" and not best:
        return Line("id", "", "is required, and no column has a different whole number or text in every row"), ""
    if not best or (best[0].weight < ACTIVE and field != "id"):
        return None, ""
    first, others = best[0], tuple(c.column for c in sorted(best[1:], key=lambda c: -c.weight))
    if not first.code:
        return Line(field, "", f"{quoted(first.column)}: {first.why}", others, first.draft), ""
    return Line(field, first.code, first.why, others), first.column


def _tried(field: str, column: Column) -> Candidate | None:
    """Return the candidate, without code where reading the column that way fails; then the error says why."""
    found = candidate(field, column)
    if found is None or found.how is None:
        return found
    if field in ("id", "manager"):
        return found
    frame = pd.DataFrame({ROW: range(len(column.series)), column.name: column.series.to_numpy(dtype=object)})
    frame[column.name] = column.series.array
    try:
        read_table(frame, {"left": None, "id": ROW, field: found.how}, _last_day(column))
    except InvalidInput as error:
        return replace(found, code="", how=None, why=str(error))
    return found


def _last_day(column: Column) -> date:
    """Return the last day in a column of days, so that each is tried as one before the export."""
    days = []
    for value in column.distinct:
        try:
            days.append(cells.to_date(value))
        except ValueError:
            continue
    return max(days, default=date(2000, 1, 1))


def _one_line(text: str) -> str:
    """Return the text as part of a comment: a name with a line break must not end the comment and begin code."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
