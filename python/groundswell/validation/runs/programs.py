"""Lines 18 to 20: who takes part in a program, who makes the engagement without one, what removal and mandates do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell import _core
from groundswell.scenario import Scenario
from groundswell.validation import scenarios
from groundswell.validation.runs.totals import MONTH, Totals

Floats = npt.NDArray[np.float64]
Numbers = dict[str, float]
Samples = dict[str, npt.NDArray[Any]]

MONTHS = 12  # of the year, the first and the last of 28 and 31 days; what is left is not one
RUNS, MANDATE_RUNS = 10, 4  # replicates of each program in a world, at most
MOST_ACTIVE = 0.03  # of the employees, line 19
QUARTER = 13  # weeks
SURFACED = 0  # kind of an act that is an engagement
CURVE = 100  # employees of the picture of concentration
PROGRAMS = {
    "none": scenarios.none, "average": scenarios.average, "best": scenarios.best_practice,
    "off": scenarios.recognition_off, "mandate": scenarios.mandate,
}  # fmt: skip


def program_numbers(
    world: Any, replicates: int, threads: int, changed: Callable[[Scenario], Scenario]
) -> tuple[Numbers, Samples]:
    """All program scenarios, changed, in one world of the reference company, with the same replicates."""
    numbers: Numbers = {}
    samples: Samples = {}
    weekly: dict[str, Floats] = {}
    for name, scenario in PROGRAMS.items():
        runs = min(replicates, MANDATE_RUNS if name == "mandate" else RUNS)
        totals, log = run(changed(scenario()), world, runs, threads, name == "none")
        if log is not None:
            curve = concentration(log, scenarios.horizon_days(scenario()), world.employees, runs)
            numbers["most_active"] = float(curve[round(MOST_ACTIVE * world.employees)])
            samples["concentration"] = curve[None, : CURVE + 1]
        numbers |= sharer_numbers(totals, name)
        numbers |= {f"exits_{name}": float(totals.plain("exits").mean())}
        numbers[f"satisfaction_{name}"] = float(totals.cells("satisfaction", MONTH)[:, -1].mean())
        weekly[name] = totals.weekly("posts", "program").mean(axis=0)
        samples |= program_samples(totals, name, weekly[name])
    return numbers | removal_numbers(weekly["best"], weekly["off"]), samples


def run(
    scenario: Scenario, world: Any, replicates: int, threads: int, log: bool
) -> tuple[Totals, Mapping[str, Any] | None]:
    """Replicates 0 ... of a scenario, and the log of what every post set off."""
    design = _core.Design(**scenario.core_design())
    ((values, finished, stats),) = _core.run(world, [design], 0, replicates, threads, cascades=log)
    if not np.all(finished):
        raise KeyboardInterrupt("interrupted")
    totals = Totals(_core.layout(design), {m["name"]: m for m in _core.measures()}, np.asarray(values))
    return totals, stats["cascades"] if log else None


def active_share(totals: Totals) -> Floats:
    """Employees with a company post in the month / headcount at its end, by replicate and month of the year."""
    found: Floats = (totals.cells("active_sharers", MONTH) / totals.cells("headcount", MONTH))[:, :MONTHS]
    return found


def sharer_numbers(totals: Totals, name: str) -> Numbers:
    """Line 18: the year's mean and month 12; when the mean of the replicates is highest, and what is left of that."""
    months = active_share(totals).mean(axis=0)
    return {
        f"sharers_{name}": float(months.mean()),
        f"sharers_12_{name}": float(months[-1]),
        f"peak_month_{name}": float(months.argmax() + 1),
        f"peak_sharers_{name}": float(months.max()),
    }


def program_samples(totals: Totals, name: str, weekly: Floats) -> Samples:
    """Means over replicates: active share and exits so far by month, posts by week."""
    headcount = totals.cells("headcount", MONTH).mean(axis=0)[:MONTHS]
    return {
        f"sharers_{name}": active_share(totals).mean(axis=0)[None, :],
        f"headcount_{name}": headcount[None, :],
        f"weekly_posts_{name}": weekly[None, :],
    }


def removal_numbers(kept: Floats, removed: Floats) -> Numbers:
    """Line 20: program posts about the company from the removal on, and in the quarters around it."""
    at = scenarios.REMOVAL_WEEK
    numbers = {"shares_kept": float(kept[at:].sum()), "shares_removed": float(removed[at:].sum())}
    for name, posts in (("kept", kept), ("removed", removed)):
        numbers[f"before_{name}"] = float(posts[at - QUARTER : at].sum())
        numbers[f"after_{name}"] = float(posts[at : at + QUARTER].sum())
    return numbers


def concentration(log: Mapping[str, Any], days: tuple[int, int], employees: int, replicates: int) -> Floats:
    """Line 19: engagement with posts of the k employees who post most, of all company content's, by k = 0 ... all.

    The page's posts are company content too. Who posts most is asked in each replicate; where k cuts a group of equal
    numbers of posts, its members count in part. Posts of the horizon, whatever they set off later; mean of replicates.
    """
    posts, acts = log["posts"], np.asarray(log["kind"]) == SURFACED
    day = np.asarray(posts["day"], dtype=np.int64)
    inside = (day >= days[0]) & (day < days[1])
    first = np.searchsorted(np.asarray(posts["replicate"]), np.asarray(log["replicate"])[acts])
    engaged = np.bincount(first + np.asarray(log["post"], dtype=np.int64)[acts], minlength=len(day))
    curves = []
    for replicate in range(replicates):
        mine = inside & (np.asarray(posts["replicate"]) == replicate)
        author = np.asarray(posts["author"], dtype=np.int64)[mine]
        written = np.bincount(author, minlength=employees + 1)
        made = np.asarray(np.bincount(author, engaged[mine], employees + 1), dtype=np.float64)
        if made.sum() > 0:
            curves.append(_by_rank(written[:-1], made[:-1]) / made.sum())
    return np.mean(curves, axis=0) if curves else np.full(employees + 1, np.nan)


def _by_rank(written: npt.NDArray[np.int64], made: Floats) -> Floats:
    """Cumulated engagement by rank of the number of posts; equal ones share theirs evenly."""
    numbers, group = np.unique(-written, return_inverse=True)
    size = np.bincount(group, minlength=len(numbers))
    even = np.bincount(group, weights=made, minlength=len(numbers)) / size
    return np.concatenate([[0.0], np.cumsum(np.repeat(even, size))])
