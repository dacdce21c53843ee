"""What a reader sees first of a comparison: what the programs add, then totals, one population a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from groundswell.common import arguments
from groundswell.decide.added import AgainstBaseline, added_to
from groundswell.decide.frames import table
from groundswell.decide.record import ContestRecord
from groundswell.errors import UnknownName, did_you_mean, shown
from groundswell.results.grain import ALL, make_query
from groundswell.results.measures import described
from groundswell.results.vocabulary.added import ADDED, refusal

GOAL, EARLIER_GOAL = "unique_people_added", "unique_reach"
HEADLINE = (
    "posts", "impressions", "engagements", "clicks", "unique_reach", "unique_reach_with_page", "awareness",
    "mean_aware_people",
)  # fmt: skip
ESTIMATES = ["mean", "mean_ci_lower", "mean_ci_upper", "joint_ci_lower", "joint_ci_upper", "p05", "p50", "p95"]
PAIRS = ["worlds", "worlds_that_differ", "pairs", "pairs_that_differ", "flag"]


@dataclass(frozen=True)
class Block:
    """Rows of one population: what stands above them, and the rows, as `Contest.added` or `Contest.table` has them."""

    title: str
    rows: pd.DataFrame
    is_added: bool


def headline_goal(contest: ContestRecord) -> str:
    """What designs are compared on where nothing else is asked for; early recordings have no reach with the page."""
    return GOAL if GOAL in added_to(contest.results[contest.baseline].recording) else EARLIER_GOAL


def added(contest: ContestRecord, measures: str | Sequence[str] | None = None, window: str = "horizon") -> pd.DataFrame:
    """See `Contest.added`."""
    names = added_names(contest, measures)
    frame = table(contest, None, names, window)
    frame = frame[frame["label"].astype(str) != contest.baseline]
    frame = frame.drop(columns=["versus", *(name for name in frame.columns if name.startswith("difference"))])
    windows = frame["window"].astype(str) if window == ALL else [window] * len(frame)
    names_and_labels = (frame[name].astype(str) for name in ("measure", "label"))
    rows = list(zip(*names_and_labels, windows, frame["mean"].isna(), strict=True))
    frame = frame.assign(
        population=[ADDED[name].population for name, *_ in rows],
        market_price=[_market_price(contest, name) for name, *_ in rows],
        note=[_note(contest, *row) if undefined else "" for *row, undefined in rows],
        flag=["" if undefined else text for (*_, undefined), text in zip(rows, frame["flag"], strict=True)],
    )
    which = ["window"] if window == ALL else []
    columns = ["measure", "label", *which, *contest.varied, "population", "unit", *ESTIMATES, "market_price", *PAIRS]
    return frame[[*columns, "note", "uncertainty"]].reset_index(drop=True)


def added_names(contest: ContestRecord, measures: str | Sequence[str] | None) -> list[str]:
    """The measures of what is added that are asked for, checked; by default all that are known of every design."""
    known = added_to(contest.results[contest.baseline].recording)
    if measures is None:
        return [name for name in known if not _is_unknown(contest, name)]
    names = list(arguments.names("measures", measures))
    for name in names:
        if name not in ADDED:
            why = refusal(name) or f"{shown(name)} is nothing that is added; {did_you_mean(name, ADDED)}"
            raise UnknownName(f"measures: {why}")
    return names


def _is_unknown(contest: ContestRecord, name: str) -> bool:
    """Whether the persons it counts are in no recording: of an aggregate file of an earlier version."""
    needs_persons = ADDED[name].of.measure.endswith("aware_people")
    return needs_persons and any(result.recording.persons is None for result in contest.results.values())


def _market_price(contest: ContestRecord, name: str) -> float:
    fact = ADDED[name].market_price
    return contest.results[contest.baseline].scenario.company.firm.market_price(fact) if fact else float("nan")


def _note(contest: ContestRecord, name: str, label: str, window: str) -> str:
    recording = contest.of(name)[label].recording
    return recording.why_undefined(name, make_query((), window)) if isinstance(recording, AgainstBaseline) else ""


def blocks(contest: ContestRecord) -> list[Block]:
    """What the programs add, where there is something to compare with; then totals, one block a population."""
    found = []
    if len(contest.results) > 1 and added_names(contest, None):
        title = f"What the programs add to {contest.baseline!r}: mean and 95 % interval, all rows together"
        found.append(Block(title, added(contest), is_added=True))
    known = contest.results[contest.baseline].recording
    names = [name for name in HEADLINE if name in known.recorded(make_query((), "horizon"))]
    populations = dict.fromkeys(described(name).population for name in names)
    totals = table(contest, measures=names)
    whose = totals["measure"].map(lambda name: described(str(name)).population)
    found += [Block(f"Totals: {one}", totals[whose == one].reset_index(drop=True), False) for one in populations]
    return found
