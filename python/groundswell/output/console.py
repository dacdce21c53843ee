"""A comparison as a table in a terminal. What a user has named is shown as it is: nothing in it is markup."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from groundswell.common.as_it_is import as_it_is
from groundswell.common.text import number, signed
from groundswell.decide.contest import Contest
from groundswell.decide.frames import together

ROWS = ("posts", "potential_reach", "impressions", "engagements", "clicks", "unique_reach", "frequency", "awareness")
LEAST_WIDTH = 122


def contest_table(contest: Contest, versus: str | None = None, rows: tuple[str, ...] = ROWS) -> Table:
    """One row a measure: mean and one-year range of every design; differences to `versus` with their intervals.

    These hold together, for every measure and design in the table.
    """
    versus = versus or contest.baseline
    known = contest.results[contest.baseline].summary().index
    frame = contest.table(versus, [name for name in rows if name in known])
    table = Table(show_lines=True)
    table.add_column("measure")
    for label in contest.labels:
        table.add_column(as_it_is(label), justify="right", overflow="fold")
    compared = [label for label in contest.labels if label not in (versus, contest.baseline)] or contest.labels[1:]
    for label in compared:
        table.add_column(as_it_is(f"{label} − {versus}"), justify="right", overflow="fold")
    for measure, part in frame.groupby("measure", observed=True, sort=False):
        found = {str(row["label"]): row for row in part.to_dict("records")}
        first = found[contest.baseline]
        cells = [f"{measure}\n{first['unit']}"]
        for label in contest.labels:
            row = found[label]
            cells.append(f"{number(row['mean'])}\n{number(row['p05'])} to {number(row['p95'])}")
        for label in compared:
            row = found[label]
            interval = " to ".join(map(signed, together(row)))
            flag = f"\n{row['worlds_that_differ']} of {row['worlds']} worlds differ" if row["flag"] else ""
            cells.append(f"{signed(row['difference'])}\n{interval}{flag}")
        table.add_row(*map(as_it_is, cells))
    return table


def wide_console() -> Console:
    """A console wide enough for the table, also where the output is a file; it reads no markup in texts."""
    console = Console(markup=False, emoji=False, highlight=False)
    wide = max(console.width, LEAST_WIDTH)
    return console if console.width == wide else Console(width=wide, markup=False, emoji=False, highlight=False)
