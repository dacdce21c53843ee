"""Designs that are left out of a ranking: which have no value to compare, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence

from groundswell.decide.added import AgainstBaseline, does_nothing
from groundswell.decide.record import ContestRecord
from groundswell.results.grain import make_query
from groundswell.results.measures import SOURCES, Part, ratio_of
from groundswell.results.vocabulary.added import ADDED

MOST_REASONS = 3


def why_no_rival(contest: ContestRecord, ranked: Sequence[str], goal: str, window: str) -> str:
    """Why there is nothing to compare on a measure, of the designs that have a value; empty where there is."""
    if len(ranked) > 1:
        return ""
    if len(contest.results) == 1 and ranked:
        return f"nothing to compare: {ranked[0]!r} is the only design"
    lacking = why_left_out(contest, [label for label in contest.results if label not in ranked], goal, window)
    only = f"only {ranked[0]!r} has a value; " if ranked else ""
    return f"nothing to compare: {only}{lacking}"


def why_left_out(contest: ContestRecord, labels: Sequence[str], goal: str, window: str) -> str:
    """For which designs a measure has no value or none to compare, and why; one reason for each kind."""
    idle = [label for label in labels if does_nothing(contest.results[label].scenario, goal)]
    unfinished = [label for label in labels if label not in idle and contest.results[label].runs == 0]
    others = [label for label in labels if label not in (*idle, *unfinished)]
    ratio = ratio_of(goal)
    reasons = [f"without a program there is no {goal} to compare, in {_names(idle)}"] if idle else []
    reasons += [f"no run is finished of {_names(unfinished)}"] if unfinished else []
    if others and goal in ADDED:
        reasons += [_undefined(contest, label, goal, window) for label in others[:MOST_REASONS]]
        more = len(others) - MOST_REASONS
        reasons += [f"and of {more} more"] if more > 0 else []
    elif others:
        below = "" if ratio is None else f", because {_parts(ratio.denominators)} 0 in every run"
        reasons.append(f"{goal} cannot be computed for {_names(others)}{below}")
    return "; ".join(reasons)


def _undefined(contest: ContestRecord, label: str, goal: str, window: str) -> str:
    """Why a design has no ratio of what it adds."""
    recording = contest.of(goal)[label].recording
    why = recording.why_undefined(goal, make_query((), window)) if isinstance(recording, AgainstBaseline) else ""
    return f"{goal} is not defined for {label!r}, because {why}"


def _names(labels: Sequence[str]) -> str:
    return ", ".join(map(repr, labels[:3])) + (f" and {len(labels) - 3} more" if len(labels) > 3 else "")


def _parts(parts: Sequence[Part]) -> str:
    """`clicks (program) is`: what a ratio divides by."""
    texts = []
    for part in parts:
        of = "" if part.sources is None else f" ({' and '.join(SOURCES[code] for code in part.sources)})"
        texts.append(f"{part.measure}{of}")
    return f"{' or '.join(texts)} is"
