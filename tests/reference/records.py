"""What happened: one record a post, one an act, one a candidate view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

ORGANIC_COMPANY, ORGANIC_OTHER, PROGRAM, PAGE = range(4)
NO_ITEM = 0  # item identity of posts that are not company-related; read `company` first

SURFACED, RESHARED = range(2)
FIRST_HOP = -1  # in place of an act: the post itself

# States of an employee in the program, after the phase `program` of a day.
NOT_INVITED, INVITED, ACTIVE, DORMANT, DROPPED_OUT, LEFT = range(6)

# What happens to an employee on a day.
WAS_INVITED, ENROLLED, FELL_DORMANT, RETURNED, GAVE_UP, LEFT_COMPANY, ADVOCATE_LEFT, REPLACED, PLACE_LOST = range(9)

SHOWN, REFUSED_MUTED, REFUSED_LIMIT_OR_COPIES = range(3)


@dataclass
class Post:
    """A post that was made (company-related or not)."""

    number: int  # index in Trace.posts
    author: int
    platform: int
    day: int
    minute: int  # of the day
    process: int
    slot: int
    identity: int
    company: bool
    own_words: bool
    item: int = NO_ITEM
    kind: int = -1  # of the item; -1: no item
    link: bool = False
    deal: bool = False
    call_to_action: bool = False
    promotional: bool = False
    rank: int = -1  # number among posts and acts
    ordinal: int = 0  # k: how many posts of the author this day on the platform, this one included
    credibility: float = 1.0
    authenticity: float = 1.0
    negative: bool = False
    appeal_visibility: float = 1.0
    appeal_engage: float = 1.0
    appeal_reshare: float = 1.0

    @property
    def order(self) -> tuple[int, int, int, int]:
        return self.platform, self.minute, self.process, self.slot

    @property
    def moment(self) -> int:
        return 1440 * self.day + self.minute

    @property
    def verbatim_item(self) -> bool:
        return self.process == PROGRAM and not self.own_words


@dataclass(frozen=True)
class Step:
    """Something that happened to an employee; days of the horizon."""

    day: int
    employee: int
    what: int


@dataclass(frozen=True)
class Levels:
    """Of the company at the end of a day of the run, over those who have not left."""

    satisfaction: float
    headcount: int
    enrolled: int
    dormant: int


@dataclass(frozen=True)
class MemberDay:
    """One employee on one day of the horizon, after the phase `program`."""

    state: int
    motivation: float  # 0 unless a member
    fatigue: float  # as it enters the motivation
    coerced: bool
    trained: float  # hours so far


@dataclass
class Act:
    """Somebody engaged with a post, which surfaces it to their neighbors, or reshared it."""

    number: int  # index in Trace.acts
    rank: int  # number among posts and acts
    post: int  # number of the root
    parent: int  # number of the act that brought the view, or FIRST_HOP
    person: int
    minute: int  # of the view, since the start of the run
    hop: int  # of the views that the act brings
    kind: int
    visibility: float


@dataclass
class View:
    """A candidate: a view that waits for its moment, and what became of it."""

    post: int  # number of the root
    act: int  # number of the act that brings it, or FIRST_HOP
    rank: int  # of the post or act
    hop: int
    viewer: int
    moment: int  # minutes since the start of the run
    resistance: float  # r
    strength: int
    reason: int = SHOWN
    n7: int = 0  # before this view; 0 if muted
    copies: int = 0  # c before this view; 0 if muted or no copy
    repeats: float = 0.0  # n before this view, decayed; 0 unless attended
    exposures: float = 0.0  # to anything of the company, the same
    shown: bool = False
    attended: bool = False
    engaged: bool = False
    clicked: bool = False
    reshared: bool = False
    muted: bool = False


@dataclass
class Trace:
    """Everything one replicate did."""

    posts: list[Post] = field(default_factory=list)
    displaced: list[int] = field(default_factory=list)  # days
    acts: list[Act] = field(default_factory=list)
    views: list[View] = field(default_factory=list)  # in the order they were resolved
    u: dict[int, float] = field(default_factory=dict)  # at the viewer's last attended impression
    touched: dict[int, int] = field(default_factory=dict)  # minute of that impression
    favorability: dict[int, float] = field(default_factory=dict)
    daily_u: list[list[float]] = field(default_factory=list)  # [day][segment]: U at the end of the day
    daily_rise: list[list[float]] = field(default_factory=list)  # F, the same
    daily_awareness: list[list[float]] = field(default_factory=list)  # [day][segment], then non-employees
    daily_favorability: list[list[float]] = field(default_factory=list)
    credibility: list[float] = field(default_factory=list)  # by author, after the last day
    members: list[list[MemberDay]] = field(default_factory=list)  # [day since Design.program_begin][employee]
    steps: list[Step] = field(default_factory=list)
    levels: list[Levels] = field(default_factory=list)  # by day of the run
    amplified: Counter[int] = field(default_factory=Counter)  # by day of the run: pairs of post and employee
    amplifying_acts: set[int] = field(default_factory=set)  # numbers of acts without a view


WIDE = {"identity": np.uint64, "item": np.uint64}
DTYPES = {"int": np.int64, "float": np.float64, "bool": np.bool_}


def columns(kind: type[Any], records: list[Any]) -> dict[str, npt.NDArray[Any]]:
    """Records of one kind as arrays by field name; there may be none."""
    dtypes = {f.name: WIDE.get(f.name, DTYPES[str(f.type)]) for f in fields(kind)}
    return {name: np.array([getattr(r, name) for r in records], dtype=dtype) for name, dtype in dtypes.items()}
