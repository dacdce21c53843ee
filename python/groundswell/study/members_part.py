"""The members of a program that runs inside a saved study: two columns of the table of employees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from groundswell.company.table.members import RunningProgram
from groundswell.errors import DamagedFile

DAYS, POSTS = "member_days", "member_posts"
COLUMNS = (DAYS, POSTS)
MOST_DAYS = 100_000


def columns(running: RunningProgram, employees: int) -> dict[str, Any]:
    """Of every employee: days since joining, -1 of who is no member; posts a week."""
    days, posts = np.full(employees, -1, dtype=np.int32), np.full(employees, np.nan)
    days[running.rows], posts[running.rows] = running.days, running.posts
    return {DAYS: days, POSTS: posts}


def read(description: Mapping[str, Any], given: Mapping[str, Any], table: str) -> RunningProgram | None:
    """The program that runs, from the text of a company and its columns; None without one."""
    levers = description.get("running")
    if levers is None:
        return None
    if DAYS not in given or POSTS not in given:
        raise DamagedFile(f"{table}: a program runs, and its members are not there")
    days, posts = given[DAYS].astype(np.int64), given[POSTS].astype(np.float64)
    rows = np.flatnonzero(days >= 0)
    if days.max(initial=-1) > MOST_DAYS or (posts[rows] < 0).any() or np.isinf(posts[rows]).any():
        raise DamagedFile(f"{table}: a member has a number out of range")
    return RunningProgram(rows, days[rows], posts[rows], {name: float(value) for name, value in levers.items()})
