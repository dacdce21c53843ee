"""The recorded numbers of a design inside a saved study, as Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from groundswell.common.statistics import Floats
from groundswell.errors import DamagedFile
from groundswell.results.grain import TIME_GRAINS
from groundswell.results.layout import Layout
from groundswell.results.people_counts import People
from groundswell.results.recording import Recording
from groundswell.study.archive import Members
from groundswell.study.company_part import from_parquet, to_parquet

CELL_COLUMNS = ("first_day", "end_day", "window")
ROW_COLUMNS = ("measure", "grain", "period", "segment", "source", "platform", "hop")


def layout_entries(layout: Layout) -> dict[str, Any]:
    """What the manifest has of a layout, as JSON values; its rows are in the table of values."""
    cells = {grain: _lists(table) for grain, table in layout.cells.items()}
    return {"day_zero": layout.day_zero.isoformat(), "fragments": _lists(layout.fragments), "cells": cells}


def _lists(table: Mapping[str, Any]) -> dict[str, list[int]]:
    return {name: np.asarray(column).tolist() for name, column in table.items()}


def values_table(recording: Recording) -> bytes:
    """One row a recorded number: what it is, then its value in world w, replicate r as column w…r…."""
    columns: dict[str, Any] = {name: recording.layout.rows[name].astype(np.int32) for name in ROW_COLUMNS}
    worlds, replicates = recording.finished.shape
    for w in range(worlds):
        columns |= {f"w{w}r{r}": recording.values[w, r] for r in range(replicates)}
    return to_parquet(pa.table(columns))


def people_table(people: People) -> bytes:
    """One row an employee, in the order of company.parquet: sum and sum of squares of measure m in world w."""
    worlds, _, measures = people.total.shape
    cells = [(w, m) for w in range(worlds) for m in range(measures)]
    columns = {f"sum_w{w}m{m}": people.total[w, :, m] for w, m in cells}
    return to_parquet(pa.table(columns | {f"squares_w{w}m{m}": people.squares[w, :, m] for w, m in cells}))


def read_people(members: Members, name: str, stored: Any, employees: int) -> People | None:
    """What `people_table` wrote; `stored` is what the manifest says of it, None where there is none."""
    if stored is None:
        return None
    table = from_parquet(members, name)
    if table.num_rows != employees:
        raise DamagedFile(f"{name}: {table.num_rows} rows, {employees} employees")
    replicates = np.array(stored["replicates"], dtype=np.int64)
    measures = tuple(str(measure) for measure in stored["measures"])
    total, squares = (np.empty((len(replicates), employees, len(measures))) for _ in range(2))
    for w in range(len(replicates)):
        for m in range(len(measures)):
            total[w, :, m] = table.column(f"sum_w{w}m{m}").to_numpy()
            squares[w, :, m] = table.column(f"squares_w{w}m{m}").to_numpy()
    return People(measures, total, squares, replicates)


def read_values(
    members: Members, name: str, manifest: Mapping[str, Any], shape: tuple[int, ...]
) -> tuple[Layout, Floats]:
    """What `values_table` and `layout_entries` wrote; `shape` is worlds and replicates."""
    table = from_parquet(members, name)
    rows = {column: table.column(column).to_numpy().astype(np.int64) for column in ROW_COLUMNS}
    arrays = [
        {key: np.array(column, dtype=np.int64) for key, column in stored.items()}
        for stored in (manifest["fragments"], *manifest["cells"].values())
    ]
    cells = dict(zip(manifest["cells"], arrays[1:], strict=True))
    cells = {grain: {key: cells[grain][key] for key in CELL_COLUMNS} for grain in (*TIME_GRAINS, "window")}
    worlds, replicates = shape
    values = np.empty((worlds, replicates, table.num_rows))
    for w in range(worlds):
        for r in range(replicates):
            values[w, r] = table.column(f"w{w}r{r}").to_numpy()
    return Layout(date.fromisoformat(manifest["day_zero"]), rows, arrays[0], cells), values
