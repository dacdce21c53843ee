"""Inequality between senders and decline of activity after the start: `college_msg` beside members of a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WEEKS = 27  # whole weeks of the file
LAST = 4  # weeks whose mean is what is left
OWN = 12  # weeks since somebody's own first message
PROGRAM_PROCESS = 2
TENTH = 0.1


@dataclass(frozen=True)
class Sent:
    """Messages (posts) of the first 27 weeks: who sent each, on which day since the start; in order of time."""

    sender: Ints
    day: Ints

    @classmethod
    def of(cls, sender: npt.ArrayLike, day: npt.ArrayLike) -> Sent:
        """Those of the first 27 weeks."""
        who, when = np.asarray(sender, dtype=np.int64), np.asarray(day, dtype=np.int64)
        order = np.argsort(when, kind="stable")
        order = order[(when[order] >= 0) & (when[order] < 7 * WEEKS)]
        return cls(who[order], when[order])

    def by_sender(self) -> Ints:
        """Messages of each who sent one."""
        return np.unique(self.sender, return_counts=True)[1].astype(np.int64)

    def senders_by_week(self) -> Ints:
        """Different senders of each week."""
        pairs = np.unique(self.day // 7 * (self.sender.max(initial=0) + 1) + self.sender)
        return np.bincount(pairs // (self.sender.max(initial=0) + 1), minlength=WEEKS).astype(np.int64)

    def since_own_first(self) -> Floats:
        """Messages a person by week since the own first one, over those with 12 weeks to go."""
        _, first, person = np.unique(self.sender, return_index=True, return_inverse=True)
        since = (self.day - self.day[first][person]) // 7
        long_enough = self.day[first] <= 7 * (WEEKS - OWN)
        kept = long_enough[person] & (since < OWN)
        found: Floats = np.bincount(since[kept], minlength=OWN) / max(long_enough.sum(), 1)
        return found


def gini(values: Ints) -> float:
    """Of positive numbers: 0 where all are the same."""
    ordered = np.sort(values)
    ranks = 2 * np.arange(1, len(ordered) + 1) - len(ordered) - 1
    return float(ranks @ ordered / (len(ordered) * ordered.sum())) if len(ordered) else float("nan")


def top_share(values: Ints, share: float = TENTH) -> float:
    """Part of the sum that the largest values make."""
    count = max(round(share * len(values)), 1)
    return float(np.sort(values)[::-1][:count].sum() / values.sum()) if len(values) else float("nan")


def activity(sent: Sent) -> dict[str, float]:
    """Inequality between senders, and what is left of activity, by names of numbers."""
    counts, weeks, own = sent.by_sender(), sent.senders_by_week(), sent.since_own_first()
    return {
        "gini": gini(counts),
        "top_tenth": top_share(counts),
        "peak_week": float(weeks.argmax() + 1),
        "left": float(weeks[-LAST:].mean() / weeks.max()),
        "own_left": float(own[-LAST:].sum() / own[:LAST].sum()),
    }


def members_posts(record: Mapping[str, Any], first_day: int) -> Sent:
    """Posts for the program of a traced replicate, about the company or not."""
    posts = record["posts"]
    mine = np.asarray(posts["process"]) == PROGRAM_PROCESS
    day = np.asarray(posts["day"], dtype=np.int64)[mine] - first_day
    return Sent.of(np.asarray(posts["author"], dtype=np.int64)[mine], day)
