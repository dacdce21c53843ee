"""The published numbers that parameters, ``check`` and ``validate`` cite, and how a source cites them.

A source is one or more parts, separated by semicolons. A part is rows of the table in brackets, as in ``[2.8] [2.13]``,
or one of ``KINDS``; a colon and a note may follow: ``[4.22]: sign; assumption: size``.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources

import pandas as pd

from groundswell.errors import UnknownName, did_you_mean, shown

Row = tuple[str, ...]
COLUMNS = ("row", "claim", "figure", "population", "source", "grade", "note")
KINDS: Mapping[str, str] = {
    "assumption": "nobody has measured it, or not its size: the value is the model's own",
    "prototypes": "tuned on trial models with targets of `groundswell validate` in view; a note may name the main one",
    "calibrated": "tuned on the model itself until the target in the note came out",
    "definition": "follows from what the words mean",
    "design": "the analyst chooses it: a part of the program, the period or the company",
    "file": "a real data set, named in the note, that the analyst's data folder holds",
}
GRADES: Mapping[str, str] = {
    "A": "peer-reviewed: an experiment, or a meta-analysis of experiments",
    "B": "peer-reviewed: observations, or a meta-analysis of observations",
    "C": "data of a platform or an industry, or a survey, with its sample stated",
    "D": "marketing, a single account, or a number without an origin",
    "M": "quoted from memory and not verified: good for a prior, not for a verdict",
    "none": "looked for and not found",
    "hard": "a target that rests on peer-reviewed or logged data: a miss is a fault",
    "soft": "a target that rests on industry, vendors or memory: a miss is explained",
}
SECTIONS: Mapping[str, str] = {
    "1": "Cascades", "2": "Feeds: reach, engagement, time, fatigue", "3": "Networks", "4": "Programs and content",
    "5": "Trust, awareness, repetition", "6": "Sales", "7": "Hiring by referral", "8": "Influence and reach",
    "A": "Targets of `groundswell validate`",
}  # fmt: skip
CITED = re.compile(r"\[(A\d+|\d+\.\d+)\]")
ROWS_OR_KIND = re.compile(rf"{CITED.pattern}( {CITED.pattern})*|{'|'.join(KINDS)}")
PREFACE = """\
The published numbers that this project cites, as `gs.evidence()` gives them. Generated from the table in the package
by `make docs`; a test checks this.

A source elsewhere names rows in brackets, as in [2.8] [2.13]. *Source* here is where the number was seen.
"""


def evidence(rows: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Return the published numbers that sources cite: all of them, or some rows in the order asked for.

    Parameters
    ----------
    rows
        Numbers of rows, as ``"4.22"`` or ``["2.8", "A10"]``: what stands in brackets in the ``source`` of
        ``gs.parameters()``, ``company.check()`` and ``gs.validate().frame()``. ``A10`` is target 10 of ``validate``.

    Returns
    -------
    pandas.DataFrame
        Columns, all text: row; claim (what was measured); figure; population (of whom, and when); source (where the
        number was seen; of a target the rows that it rests on); grade; note (what to mind, or how it was worked out).

    Notes
    -----
    Grades: A, a peer-reviewed experiment or a meta-analysis of such; B, peer-reviewed observations; C, data of a
    platform or an industry, or a survey, with its sample stated; D, marketing, a single account, or no origin;
    M, quoted from memory and not verified; none, looked for and not found. Targets are hard (peer-reviewed or logged
    data) or soft. A slash joins the grades of the parts of a row.

    Raises
    ------
    UnknownName
        For a row that is not there, with the nearest.
    """
    table = _table()
    found = list(table.values()) if rows is None else [_find(row, table) for row in _asked(rows)]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _asked(rows: object) -> list[object]:
    return list(rows) if isinstance(rows, Iterable) and not isinstance(rows, str) else [rows]


def _find(row: object, table: Mapping[str, Row]) -> Row:
    if isinstance(row, str) and row in table:
        return table[row]
    raise UnknownName(f"rows: {shown(row)} is no row of the evidence (text, as '4.22'); {did_you_mean(row, table)}")


def cited(text: str) -> tuple[str, ...]:
    """Return the rows that a text cites in brackets, in its order."""
    return tuple(CITED.findall(text))


def unresolved(source: str) -> str:
    """Return what in a source does not resolve, in words; empty where every part does."""
    for part in source.split("; "):
        if not ROWS_OR_KIND.fullmatch(part.partition(": ")[0]):
            return f"{part!r} begins neither with rows in brackets nor with one of {', '.join(KINDS)}"
    missing = [row for row in cited(source) if row not in _table()]
    return f"no row {', '.join(missing)} in the evidence" if missing else ""


def links(text: str) -> str:
    """Return the Markdown that makes the rows a text cites links to their places in ``EVIDENCE.md``."""
    rows = set(cited(text))
    return "\n".join(f"[{row}]: EVIDENCE.md#{row}" for row in _table() if row in rows)


def markdown() -> str:
    """``docs/EVIDENCE.md``: the grades, and one table a section."""
    grades = [f"| {grade} | {meaning} |" for grade, meaning in GRADES.items()]
    parts = ["# Evidence", PREFACE.rstrip(), "\n".join(["| grade | means |", "|---|---|", *grades])]
    for section, title in SECTIONS.items():
        parts += [f"## {section}. {title}", "\n".join(_section(section))]
    text = "\n\n".join(parts)
    return f"{text}\n\n{links(text)}\n"


def _section(section: str) -> Iterator[str]:
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|---" * len(COLUMNS) + "|"
    for row, *cells in _table().values():
        if row.startswith("A" if section == "A" else f"{section}."):
            yield "| " + " | ".join([f'<a id="{row}"></a>{row}', *cells]) + " |"


@functools.cache
def _table() -> Mapping[str, Row]:
    """Return the rows of the data file by their numbers."""
    text = resources.files("groundswell").joinpath("evidence.csv").read_text(encoding="utf-8")
    _, *rows = csv.reader(text.splitlines())
    return {cells[0]: tuple(cells) for cells in rows}
