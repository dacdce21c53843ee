"""How many runs a study has: worlds, replicates of each, and a second replicate of a few.

One replicate a world is the best use of time, since worlds are what differs (docs/model/intervals.md). It cannot tell
luck and world apart, so the first few worlds of such a study have a second one. Which they are follows from the two
counts alone, so that a study that is extended, resumed or run again has the same runs as a fresh one.
"""

from __future__ import annotations

WORLDS, REPLICATES = 40, 1  # of a study of which no count is given
REPEATED = 5  # worlds with a second replicate, where the others have one
LEAST_REPEATED = 20  # worlds from which on there are such


def repeats(worlds: int, replicates: int) -> bool:
    """Whether a few worlds have a second replicate where one is asked for."""
    return replicates == 1 and worlds >= LEAST_REPEATED


def counts_text(worlds: int, replicates: int) -> str:
    """`40 worlds of 1 replicate (5 of them of 2)`."""
    text = f"{worlds} world{'' if worlds == 1 else 's'} of {replicates} replicate{'' if replicates == 1 else 's'}"
    return f"{text} ({REPEATED} of them of 2)" if repeats(worlds, replicates) else text
