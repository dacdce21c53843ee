"""Parameters on the command line: of a file or the defaults, those that words ask for, addresses whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Column, Table

from groundswell.errors import InvalidInput, nearest

if TYPE_CHECKING:
    from groundswell.scenario import Scenario

COLUMNS = ("path", "value", "unit", "bounds", "prior", "source", "tag")
NARROW = ("path", "value", "unit", "prior")
ROOM, NO_TERMINAL = 90, 180  # characters beside the address for every column; of a line in a file or a pipe
MOST_NEAR = 5
SUFFIXES = (".yaml", ".yml")


def asked(words: Sequence[str], changed: bool) -> pd.DataFrame:
    """Rows of ``gs.parameters()``: of the file among the words if there is one, with every other word in them.

    ``changed`` keeps those that are not at their default, and those for which a prior was set.

    Raises
    ------
    InvalidInput
        Two files, or no parameter with these words; the message has the nearest address.
    """
    from groundswell.scenario import parameters as defaults
    from groundswell.scenario.file import read_scenario
    from groundswell.scenario.inputs.stated import prior_of

    files = [word for word in words if Path(word).exists() or word.lower().endswith(SUFFIXES)]
    if len(files) > 1:
        raise InvalidInput(f"parameters takes one scenario file, not {len(files)}: {', '.join(files)}")
    design: Scenario | None = read_scenario(files[0]) if files else None
    frame = defaults() if design is None else design.parameters()
    for word in words:
        frame = frame if word in files else _with(word, frame)
    if changed:
        own = [design is not None and bool(prior_of(design, path)) for path in frame["path"]]
        frame = frame[frame["changed"].to_numpy(dtype=bool) | np.array(own, dtype=bool)]
    return frame


def _with(word: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows whose address has the word; where none has, those whose description does."""
    for column in ("path", "description"):
        found = frame[frame[column].str.casefold().str.contains(word.casefold().strip(), regex=False)]
        if len(found):
            return found
    paths = frame["path"].tolist()
    near = nearest(word, dict.fromkeys([*paths, *(path.rpartition(".")[2] for path in paths)]))
    addresses = [path for path in paths if path == near or path.endswith(f".{near}")]
    rule = "no file of that name, and no parameter with this in its address or description"
    raise InvalidInput(f"{word}: {rule}" + (f"; nearest: {', '.join(addresses[:MOST_NEAR])}" if addresses else ""))


def show(frame: pd.DataFrame) -> None:
    """Print the rows; an address is never cut or broken, since it is there to be copied."""
    console = Console(width=None if sys.stdout.isatty() else NO_TERMINAL, markup=False, emoji=False, highlight=False)
    longest = int(frame["path"].str.len().max()) if len(frame) else 0
    shown = COLUMNS if console.width >= longest + ROOM else NARROW
    heads = [Column(name, no_wrap=name == "path", min_width=longest if name == "path" else None, overflow="fold")
             for name in shown]  # fmt: skip
    table = Table(*heads)
    for row in frame.to_dict("records"):
        table.add_row(*[str(row[name]) for name in shown])
    console.print(table)
