"""The dated report of a validation: markdown, a table a group, never one total."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from groundswell import _core
from groundswell.common.as_it_is import as_it_is
from groundswell.common.files import write_file
from groundswell.common.text import number
from groundswell.errors import InvalidInput
from groundswell.validation.lines import Validation
from groundswell.validation.pictures.of_targets import PICTURES, draw
from groundswell.validation.protocol import fingerprint_of_bands, register
from groundswell.validation.runs.programs import MANDATE_RUNS, RUNS

MEANING = {
    "input": "Set by a parameter. The check is verification: the engine gives back, through every mechanism, what was "
    "put in.",
    "calibrated": "A free parameter was tuned on it (named in the last column); here on worlds and a seed that were "
    "not used for tuning.",
    "in view": "Nothing is tuned for it alone, but starting values were chosen with it in sight. Not evidence.",
    "implied": "Follows from other components; reported.",
    "emergent": "Nothing was tuned on it, nor with it in view. As it comes out.",
    "shape of a real file": "Emergent too: the model beside a real data set, without tuning. The second column has the "
    "file's number.",
}
HEAD = """# Validation

Written by `groundswell validate` on {date}: {worlds} worlds of {replicates} replicates, seed {seed} (the constants
were solved with another), {seconds:.0f} s on {threads} threads.

A value has its 95 % interval over worlds (t; luck is in it). *pass*: the whole interval lies in the band; *fail*: all
of it is outside; *undecided*: else, and lines 5 and 14-17 below 20 worlds; *reported*: no band. Lines 1-4 are
company-related posts by employees in the horizon and reshares of the root post; lines 5 and 6 are act trees
(engagements that surfaced and reshares) of 20 nodes or more, pooled over replicates, at least 200 of them or *not
measurable*. Lines 18-20 compare programs in the same worlds with the same luck; {runs} replicates of each (mandate
{mandate}). Line 27 draws its two unknown inputs {draws} times, stratified, and shares the draws among the worlds; a
draw is one replicate of each program, the interval Wilson's over draws. Lines 9 and 13 on Facebook, Instagram and X,
and the page's posts on Facebook, are of {platform_worlds} worlds. The band of line n rests on row An of
`gs.evidence()`.
Bands, scenarios and tags were fixed before the run, fingerprint {bands}; `validation_runs.csv` has every run that was
reported here. The groups mean different things: there is no total.
"""
TABLE = "| line | output | band | value | 95 % interval | unit | scenario | verdict | |\n" + "|---" * 9 + "|\n"


def save(validation: Validation, folder: Path) -> list[Path]:
    """Write `validation.md` and its pictures, and add the run to the register beside them.

    Raises
    ------
    InvalidInput
        If the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"out: {str(folder)!r} cannot be made: {error.strerror or error}") from None
    entered = register(validation, folder, str(_core.__version__))
    written = [draw(validation, name, folder / f"validation_{name}.png") for name in PICTURES]
    shown = [(PICTURES[path.stem.removeprefix("validation_")].title, path.name) for path in written]
    return [write_file(folder / "validation.md", text(validation, shown).encode(), ".md"), *written, entered]


def text(validation: Validation, pictures: list[tuple[str, str]]) -> str:
    """The report: groups by tag, what is not simulated yet, pictures."""
    settings, frame = validation.settings, validation.frame()
    head = HEAD.format(
        date=validation.date, worlds=settings.worlds, replicates=settings.replicates, seed=settings.seed,
        seconds=validation.seconds, threads=settings.threads, platform_worlds=settings.platform_worlds,
        runs=min(settings.replicates, RUNS), mandate=min(settings.replicates, MANDATE_RUNS),
        bands=fingerprint_of_bands(), draws=settings.draws,
    )  # fmt: skip
    later = frame["verdict"] == "not simulated yet"
    changes = "".join(f"- `{address}` = {value}\n" for address, value in settings.changes)
    parts = [head, f"\nNot at stated values. Changed in every scenario:\n\n{changes}" if changes else ""]
    for tag, meaning in MEANING.items():
        rows = frame[(frame["tag"] == tag) & ~later]
        if len(rows):
            parts.append(f"\n## {tag.capitalize()}\n\n{meaning}\n\n{_counted(rows)}\n\n{table(rows)}")
    parts.append(_not_simulated(frame[later]))
    parts += ["\n## Pictures\n", *(f"\n{title}\n\n![{title}]({name})\n" for title, name in pictures)]
    return "".join(parts)


def table(rows: pd.DataFrame) -> str:
    """Rows of the frame as markdown."""
    return TABLE + "\n".join(_row(row) for row in rows.to_dict("records")) + "\n"


def _row(row: Mapping[Any, Any]) -> str:
    shown, interval = _numbers(row)
    cells = [row["number"], row["output"], row["band"], shown, interval, row["unit"], row["scenario"], row["verdict"]]
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in [*cells, row["note"]]) + " |"


def _numbers(row: Mapping[Any, Any]) -> tuple[str, str]:
    value, lower, upper = (float(row[name]) for name in ("value", "ci_lower", "ci_upper"))
    if math.isnan(value):
        return "", ""
    return number(value), "" if lower == upper else f"{number(lower)} to {number(upper)}"


def _counted(rows: pd.DataFrame) -> str:
    counts = rows["verdict"].value_counts()
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items()) + "."


def _not_simulated(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    lines = [
        f"| {row['number']} | {row['output']} | {row['band']} | {row['scenario']} | {row['tag']} |"
        for row in rows.to_dict("records")
    ]
    head = "| line | output | band | scenario | tag |\n|---|---|---|---|---|\n"
    why = "Sales, hiring and the choice of teams are not in the model yet: no verdict."
    return f"\n## Not simulated yet\n\n{why}\n\n{head}" + "\n".join(lines) + "\n"


def print_validation(validation: Validation, console: Console) -> None:
    """Every group as a table of its own."""
    frame = validation.frame()
    for tag in MEANING:
        rows = frame[frame["tag"] == tag]
        if rows.empty:
            continue
        shown = Table("line", "output", "band", "value", "95 % interval", "verdict", title=tag, title_justify="left")
        for row in rows.to_dict("records"):
            value, interval = _numbers(row)
            cells = [row["number"], row["output"], row["band"], value, interval, row["verdict"]]
            shown.add_row(*map(as_it_is, cells))
        console.print(shown, _counted(rows), "", sep="\n")
    console.print(repr(validation).splitlines()[0], highlight=False)
