"""Each line of the targets, measured from totals, traces and worlds: pure functions, one estimate per line.

An estimate is over worlds: every world gives one number (or one numerator and one denominator), the interval is t with
W - 1 degrees of freedom, ratios by the delta method. Worlds differ in network, people and who the advocates are, so
replicates inside a world only make its number less noisy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell import statistics

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Totals = Mapping[tuple[str, str], Floats]  # (measure, "person" or "page") -> one sum a world

PERSON_MASK = (1 << 24) - 1  # tie word: bits 0-23 are the person
MINUTES_A_DAY = 1440
SHOWN = 0  # refusal code of a candidate that was shown
PAGE_PROCESS = 3


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval over worlds."""

    value: float
    lower: float
    upper: float
    worlds: int

    @property
    def half_width(self) -> float:
        """Of the interval, relative to the value."""
        return (self.upper - self.lower) / 2 / abs(self.value)

    def verdict(self, low: float, high: float) -> str:
        """`pass` where the whole interval lies in [low, high], `fail` where all of it is outside, else `undecided`."""
        if low <= self.lower and self.upper <= high:
            return "pass"
        return "fail" if self.upper < low or self.lower > high else "undecided"


def _estimate(by_world: Floats) -> Estimate:
    finished = np.ones((len(by_world), 1), dtype=np.bool_)
    found = statistics.mean_interval(by_world.reshape(-1, 1, 1), finished)
    return Estimate(float(found.mean[0]), float(found.lower[0]), float(found.upper[0]), found.worlds)


def mean(by_world: Sequence[float] | Floats) -> Estimate:
    """Mean over worlds of one number a world."""
    return _estimate(np.asarray(by_world, dtype=np.float64))


def ratio(top: Floats, bottom: Floats) -> Estimate:
    """Ratio of sums over worlds."""
    quotient = top.sum() / bottom.sum()
    return _estimate(quotient + (top - quotient * bottom) / bottom.mean())


def ratio_of_ratios(a: Floats, b: Floats, c: Floats, d: Floats) -> Estimate:
    """(sum a / sum b) / (sum c / sum d); worlds pair the four sums, so what they share cancels from the interval."""
    value = a.sum() / b.sum() / (c.sum() / d.sum())
    relative = a / a.mean() - b / b.mean() - c / c.mean() + d / d.mean()
    return _estimate(value * (1 + relative))


# Rates and ratios from sums over the horizon


def rate(totals: Totals, what: str, seen: str, author: str = "person") -> Estimate:
    """`what` per `seen`, as engagements per impression."""
    return ratio(totals[what, author], totals[seen, author])


def page_ratio(totals: Totals, what: str, seen: str) -> Estimate:
    """The page's rate relative to a person's."""
    return ratio_of_ratios(
        totals[what, "page"], totals[seen, "page"], totals[what, "person"], totals[seen, "person"]
    )


def visibility(totals: Totals, author: str = "person") -> Estimate:
    """Lines 10 and 13: impressions per connection (follower) and post."""
    return rate(totals, "impressions", "potential_reach", author)


def weak_share_of_reshares(totals: Totals) -> Estimate:
    """Line 8: reshares of employees' posts made over weak ties, of all."""
    return rate(totals, "weak_tie_reshares", "reshares")


def strong_over_weak(totals: Totals) -> Estimate:
    """Line 8: reshares per impression over strong ties, relative to weak ones."""
    weak, weak_seen = (totals[name, "person"] for name in ("weak_tie_reshares", "weak_tie_impressions"))
    strong = totals["reshares", "person"] - weak
    return ratio_of_ratios(strong, totals["impressions", "person"] - weak_seen, weak, weak_seen)


def engagement_per_member(totals: Totals) -> Estimate:
    """Line 15: engagements per (connection or follower, post), employees relative to the page."""
    names = ("engagements", "potential_reach")
    person, page = ([totals[name, author] for name in names] for author in ("person", "page"))
    return ratio_of_ratios(person[0], person[1], page[0], page[1])


def engagement_per_post(totals: Totals) -> Estimate:
    """Line 15, beside: engagements per post, employees relative to the page."""
    names = ("engagements", "posts")
    person, page = ([totals[name, author] for name in names] for author in ("person", "page"))
    return ratio_of_ratios(person[0], person[1], page[0], page[1])


# From traces


def view_delays(trace: Mapping[str, Any], last_day: int, cut_days: int = 28) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Line 9: hours from post to view of every candidate of employees' posts, and which were shown.

    Posts later than `last_day - cut_days` are left out: some of their views would come after the run.
    """
    posts, views = trace["posts"], trace["views"]
    post = np.asarray(views["post"])
    posted = posts["day"].astype(np.int64) * MINUTES_A_DAY + posts["minute"]
    chosen = (posts["process"] != PAGE_PROCESS) & (posts["day"].astype(np.int64) <= last_day - cut_days)
    kept = chosen[post]
    delays = (np.asarray(views["minute"], dtype=np.int64) - posted[post])[kept] / 60.0
    return delays, np.asarray(views["refusal"])[kept] == SHOWN


@dataclass(frozen=True)
class MonthlyReach:
    """Line 11 in one world: an entry for every advocate and calendar month."""

    unique: Ints  # connections who saw a company post of the advocate in the month
    posts: Ints  # the advocate's company posts in it
    connections: Ints


def monthly_reach(
    trace: Mapping[str, Any], advocates: Ints, connections: Ints, months: Sequence[tuple[int, int]]
) -> MonthlyReach:
    """Unique viewers by advocate and month; `months` are [first day, end day) of the run, `connections` by employee."""
    posts, views = trace["posts"], trace["views"]
    place = np.full(int(max(posts["author"].max(), advocates.max())) + 1, -1, dtype=np.int64)
    place[advocates] = np.arange(len(advocates))
    author = place[np.asarray(posts["author"], dtype=np.int64)]
    shown = np.asarray(views["refusal"]) == SHOWN
    post = np.asarray(views["post"])[shown]
    day = np.asarray(views["minute"], dtype=np.int64)[shown] // MINUTES_A_DAY
    viewer = np.asarray(views["viewer"], dtype=np.int64)[shown]
    unique, count = [], []
    for first, end in months:
        seen = (day >= first) & (day < end) & (author[post] >= 0)
        pairs = np.unique(author[post][seen] * (1 << 32) + viewer[seen]) >> 32
        posted = posts["company"] & (posts["day"] >= first) & (posts["day"] < end) & (author >= 0)
        unique.append(np.bincount(pairs, minlength=len(advocates)))
        count.append(np.bincount(author[posted], minlength=len(advocates)))
    own = np.tile(connections[advocates], len(months))
    return MonthlyReach(np.concatenate(unique), np.concatenate(count), own)


def lift_by_exposures(trace: Mapping[str, Any]) -> dict[int, Floats]:
    """Line 21: the engine's awareness u of viewers, by how many attended exposures they have had."""
    attended = np.asarray(trace["views"]["viewer"])[trace["views"]["attended"]]
    times = np.bincount(attended, minlength=int(trace["viewer"].max()) + 1)[trace["viewer"]]
    lift = np.asarray(trace["awareness"], dtype=np.float64)
    return {int(n): lift[times == n] for n in np.unique(times) if n > 0}


def first_small_increment(lift: Mapping[int, float], below: float = 0.01) -> int | None:
    """Line 21: the first n whose exposure adds less than `below` of the attainable lift; None if there is none."""
    previous = 0.0
    for n in range(1, max(lift) + 1):
        if n not in lift:
            return None
        if lift[n] - previous < below:
            return n
        previous = lift[n]
    return None


# From worlds


def row(world: Any, owner: int) -> Ints:
    """Persons tied to an employee; owner `world.employees` is the page."""
    begin = world.row_begin
    return np.asarray(world.ties[begin[owner] : begin[owner + 1]], dtype=np.int64) & PERSON_MASK


def connections_over_followers(world: Any) -> float:
    """Line 17: sum of the employees' connections / followers of the page."""
    begin = world.row_begin
    employees = world.employees
    return float(begin[employees]) / float(begin[employees + 1] - begin[employees])


def unique_over_sum(world: Any, colleagues: int, draws: int, generator: np.random.Generator) -> float:
    """Line 17: distinct connections / sum of connections of random colleagues, mean over draws."""
    rows = [row(world, owner) for owner in range(world.employees)]
    found = []
    for _ in range(draws):
        ties = np.concatenate([rows[i] for i in generator.choice(world.employees, colleagues, replace=False)])
        found.append(len(np.unique(ties)) / len(ties))
    return float(np.mean(found))
