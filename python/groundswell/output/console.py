"""A comparison as tables in a terminal. What a user has named is shown as it is: nothing in it is markup."""

from __future__ import annotations

import numpy as np
from rich.console import Console, Group
from rich.table import Table

from groundswell.common.as_it_is import as_it_is
from groundswell.common.text import number, signed
from groundswell.decide.contest import Contest
from groundswell.decide.frames import together
from groundswell.decide.headline import Block, blocks
from groundswell.decide.sentence import Row, added_text, interval_added

LEAST_WIDTH = 122


def contest_table(contest: Contest, versus: str | None = None) -> Group:
    """What the programs add, then totals, a table for each population: one row a measure, one column a design.

    Beside them differences to `versus`, by default the baseline, with intervals that hold together, for all
    measures and designs of a table.
    """
    versus = versus or contest.baseline
    return Group(*(_table(contest, versus, block) for block in blocks(contest)))


def _table(contest: Contest, versus: str, block: Block) -> Table:
    names = list(dict.fromkeys(block.rows["measure"].astype(str)))
    frame = contest.table(versus, names)
    designs = [label for label in contest.labels if not (block.is_added and label == contest.baseline)]
    compared = [label for label in contest.labels if label not in (versus, contest.baseline)] or contest.labels[1:]
    if block.is_added and versus == contest.baseline:
        compared = []  # what is added is that difference
    table = Table(title=as_it_is(block.title), title_justify="left", title_style="bold", show_lines=True)
    table.add_column("measure", no_wrap=True)
    for label in [*designs, *(f"{label} − {versus}" for label in compared)]:
        table.add_column(as_it_is(label), justify="right", overflow="fold")
    prices = block.rows.set_index("measure")["market_price"].to_dict() if block.is_added else {}
    for measure, part in frame.groupby("measure", observed=True, sort=False):
        found = {str(row["label"]): row for row in part.to_dict("records")}
        cells = [_name(str(measure), found[contest.baseline]["unit"], prices.get(measure, float("nan")))]
        own = {str(row["label"]): row for row in block.rows[block.rows["measure"] == measure].to_dict("records")}
        cells += [_added(own[label]) if block.is_added else _total(own[label]) for label in designs]
        cells += [_difference(found[label]) for label in compared]
        table.add_row(*map(as_it_is, cells))
    return table


def _name(measure: str, unit: str, market_price: float) -> str:
    beside = "" if np.isnan(market_price) else f"\nmarket price {number(market_price)}"
    return f"{measure}\n{unit}{beside}"


def _added(row: Row) -> str:
    if np.isnan(row["mean"]):
        return "not defined"
    return "\n".join(filter(None, [added_text(row, "mean"), interval_added(row)]))


def _total(row: Row) -> str:
    return f"{number(row['mean'])}\n{number(row['p05'])} to {number(row['p95'])}"


def _difference(row: Row) -> str:
    interval = " to ".join(map(signed, together(row)))
    flag = f"\n{row['worlds_that_differ']} of {row['worlds']} worlds differ" if row["flag"] else ""
    return f"{signed(row['difference'])}\n{interval}{flag}"


def wide_console() -> Console:
    """A console wide enough for the table, also where the output is a file; it reads no markup in texts."""
    console = Console(markup=False, emoji=False, highlight=False)
    wide = max(console.width, LEAST_WIDTH)
    return console if console.width == wide else Console(width=wide, markup=False, emoji=False, highlight=False)
