"""Short runs that stand for a scenario's long one: its first weeks, and a stretch for every later change of levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell import _core
from groundswell.scenario import Scenario

WARM_UP, WEEKS, FOLLOW_UP = 3, 6, 2
LEAD_IN = 1  # weeks after a change in which views of posts made before it still arrive
Values = np.ndarray[Any, np.dtype[np.float64]]
Program = dict[str, Any]  # the argument of the core: who, and settings by the day on which they begin


@dataclass(frozen=True)
class Probe:
    """The first weeks of a scenario, and short runs for the time after them.

    Attributes
    ----------
    first:
        The scenario cut after its first weeks, with what changes in them.
    later:
        Short runs, each of levers and invitations that hold after those weeks without changing.
    weeks:
        By run of ``later``, after them that of ``first``: weeks of the horizon beyond the first that it stands for.
    """

    scenario: Scenario
    first: dict[str, Any]
    later: tuple[dict[str, Any], ...]
    weeks: tuple[float, ...]

    def expected(self, first: Values, later: Sequence[Values]) -> float:
        """Impressions of a run of full length; values are means over replicates."""
        warm_up, horizon, follow_up = np.split(
            _by_week(self.first, first), np.cumsum([self.first["warm_up_weeks"], self.first["weeks"]])
        )
        steady = [
            _steady(_by_week(run, values)[run["warm_up_weeks"] :][: run["weeks"]])
            for run, values in zip(self.later, later, strict=True)
        ]
        total = float(warm_up.sum() + horizon.sum() + follow_up.sum())
        if len(warm_up):
            total += (self.scenario.warm_up_weeks - len(warm_up)) * _steady(warm_up)
        return total + sum(w * s for w, s in zip(self.weeks, [*steady, _steady(horizon)], strict=True))


def probe(scenario: Scenario) -> Probe:
    """Return the short runs of a scenario; one whose levers do not change has one."""
    full = scenario.core_design()
    weeks = min(scenario.weeks, WEEKS)
    short = full | {
        "weeks": weeks,
        "warm_up_weeks": min(scenario.warm_up_weeks, WARM_UP),
        "follow_up_weeks": min(scenario.follow_up_weeks, FOLLOW_UP),
    }
    plan, end = full["program"], 7 * scenario.weeks
    if plan is None:
        return Probe(scenario, short, (), (float(scenario.weeks - weeks),))
    cuts = [day for day in _cuts(plan) if day < end]
    at_first, changes_early = _frozen(plan, 0), any(0 < day < 7 * weeks for day in cuts)
    runs: list[Any] = []
    lengths: list[float] = []
    of_first = 0.0
    for day, until in zip(cuts, [*cuts[1:], end], strict=True):
        length = (until - max(day, 7 * weeks)) / 7
        if length <= 0:
            continue
        now = _frozen(plan, day)
        if _same(now, at_first) and not changes_early:
            of_first += length
            continue
        place = next((i for i, run in enumerate(runs) if _same(run, now)), len(runs))
        if place == len(runs):
            runs.append(now)
            lengths.append(0.0)
        lengths[place] += length
    later = tuple(short | {"program": run} for run in runs)
    return Probe(scenario, short | {"program": _until(plan, 7 * weeks)}, later, (*lengths, of_first))


def _waves(plan: Program) -> list[tuple[int, Any, Any]]:
    kind, who = plan["who"]
    return list(who["waves"]) if kind == "select" else []


def _with_waves(plan: Program, waves: list[tuple[int, Any, Any]]) -> Program | None:
    """The program with other waves; none where it has waves and none of them is left, as nobody is invited yet."""
    if not _waves(plan):
        return plan
    return plan | {"who": (plan["who"][0], plan["who"][1] | {"waves": waves})} if waves else None


def _cuts(plan: Program) -> list[int]:
    """Days on which levers change or people are invited, day 0 with them."""
    return sorted({0, *(one["first_day"] for one in plan["periods"]), *(day for day, _, _ in _waves(plan))})


def _until(plan: Program, days: int) -> Program | None:
    """What of the program happens before a day."""
    kept = plan | {"periods": [one for one in plan["periods"] if one["first_day"] < days]}
    return _with_waves(kept, [wave for wave in _waves(plan) if wave[0] < days])


def _frozen(plan: Program, day: int) -> Program | None:
    """The program as it is from a day on, all year; who was invited by then is invited on the first day.

    A relaunch is an event of a day, and no level that posts stay on.
    """
    now = [one["settings"] for one in plan["periods"] if one["first_day"] <= day][-1]
    held = plan | {"periods": [{"first_day": 0, "settings": now | {"relaunch": 0.0}}]}
    return _with_waves(held, [(0, size, where) for first, size, where in _waves(plan) if first <= day])


def _same(a: Program | None, b: Program | None) -> bool:
    """Whether two stretches of one scenario are the same: whom they ask differs by waves alone."""
    if a is None or b is None:
        return a is b
    return bool(a["periods"] == b["periods"]) and len(_waves(a)) == len(_waves(b))


def _by_week(run: dict[str, Any], values: Values) -> Values:
    number = next(row["id"] for row in _core.measures() if row["name"] == "impressions")
    layout = _core.layout(_core.Design(**run))
    rows = layout["rows"]
    mine = np.flatnonzero(rows["measure"] == number)
    week = layout["fragments"]["week"][rows["period"][mine]]
    length = run["warm_up_weeks"] + run["weeks"] + run["follow_up_weeks"]
    by_week: Values = np.bincount(week, weights=values[mine], minlength=length).astype(np.float64)
    return by_week


def _steady(part: Values) -> float:
    """A week's impressions once what changed has settled."""
    return float((part[LEAD_IN:] if len(part) > LEAD_IN else part).mean())
