"""Employees in the order of their draw numbers, so that the order of an export's rows decides nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from groundswell.company.columns import Table
from groundswell.company.pseudonyms import Key
from groundswell.company.record import DrawNumbers
from groundswell.errors import DamagedFile


def in_draw_order(table: Table, key: Key) -> Table:
    """Return the table with its employees by rising draw number under a key; before ties are read, which name numbers.

    Raises
    ------
    InvalidInput
        Two ids have the same draw number (never met: 63 bits).
    """
    numbers = key.draw_numbers(table.ids)
    order = np.argsort(numbers, kind="stable")

    return replace(
        table,
        ids=[table.ids[i] for i in order],
        categories={name: codes[order] for name, codes in table.categories.items()},
        attributes={name: values[order] for name, values in table.attributes.items()},
        platform_connections={name: values[order] for name, values in table.platform_connections.items()},
        hire_date=None if table.hire_date is None else table.hire_date[order],
        fte=None if table.fte is None else table.fte[order],
        managers=None if table.managers is None else [table.managers[i] for i in order],
        draw_numbers=numbers[order],
        draw_key=key.draw_fingerprint,
    )


def checked(column: np.ndarray[Any, Any] | None, where: str) -> DrawNumbers | None:
    """Return the draw numbers of a file's column, None where it has none; DamagedFile where they do not rise."""
    if column is not None and (column.dtype != np.uint64 or not (column[1:] > column[:-1]).all()):
        raise DamagedFile(f"{where}: must be whole numbers that rise from row to row")
    return column
