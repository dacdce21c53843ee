"""How often intervals hold what they should: `python -m tests.statistical.coverage`.

Studies of 10 and of 40 worlds are drawn from a pool of 1,000 worlds of a small company (`world_pool`). The numbers are
those of `contest.table()` and `contest.precision` (a test compares them), worked out for all studies at once. The truth
is the mean of the pool.
"""

from __future__ import annotations

import argparse
import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from groundswell.common import statistics
from groundswell.common.joint_intervals import joint_factor, single_factor
from groundswell.common.percentages import percent_of
from groundswell.common.year_range import year_quantiles
from groundswell.decide.headline import HEADLINE
from groundswell.decide.within import STEP
from groundswell.results.grain import make_query

from . import world_pool as pool

STUDIES = 2000
SIZES = (10, 40)
RATIOS = ("engagement_rate", "frequency")
HARD = "frequency"  # grows with reach, so that of ten people's programs the worlds with the largest reach decide it
MEASURES = (*HEADLINE, *RATIOS)
LABELS = (pool.LOUD, pool.QUIET)
FIRST, MOST, EXACT_AT = 20, 100, 40  # worlds of the stopping rule: at first, at most, where the target is met
REPORT = Path(__file__).parents[2] / "docs" / "results" / "coverage.md"
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
BANDS = {
    "level": (0.93, 0.97), "difference": (0.94, 0.96), "percentage": (0.93, 0.97), "ratio": (0.93, 0.97),
    "year, 10 runs": (0.85, 0.95), "year, 40 runs": (0.88, 0.92), "stopping rule": (0.93, 1.0),
    "A against A": (0.94, 1.0),
}  # fmt: skip


@dataclass
class Held:
    """How many of so many studies held the truth, by kind, measure and worlds; `width` sums relative widths."""

    studies: int = 0
    below: int = 0
    above: int = 0
    inside: float = 0.0

    def add(self, lower: Floats, upper: Floats, truth: float) -> None:
        """Intervals of several studies."""
        self.studies += len(lower)
        self.below += int((upper < truth).sum())
        self.above += int((lower > truth).sum())
        self.inside += int(((lower <= truth) & (truth <= upper)).sum())

    def add_years(self, lower: Floats, upper: Floats, new: Floats) -> None:
        """Ranges of several studies: the share of new years in each."""
        ordered = np.sort(new)
        ends = np.searchsorted(ordered, lower, "left"), np.searchsorted(ordered, upper, "right")
        self.studies += len(lower)
        self.inside += float((ends[1] - ends[0]).sum() / len(new))

    @property
    def share(self) -> float:
        return self.inside / self.studies

    @property
    def error(self) -> float:
        """One standard error of the share, of a band's middle."""
        return float(np.sqrt(0.05 * 0.95 / self.studies))


Key = tuple[str, str, int]


@dataclass
class Counts:
    """Every count of the report."""

    held: dict[Key, Held] = field(default_factory=dict)

    def of(self, *key: str | int) -> Held:
        return self.held.setdefault(key, Held())  # type: ignore[arg-type]

    def join(self, other: Counts) -> None:
        for key, one in other.held.items():
            mine = self.of(*key)
            for name in ("studies", "below", "above", "inside"):
                setattr(mine, name, getattr(mine, name) + getattr(one, name))


@dataclass(frozen=True)
class Years:
    """Values of one measure and design in every world of the pool: numerators and denominators, none of a plain one."""

    tops: tuple[Floats, ...]
    bottoms: tuple[Floats, ...] = ()

    def drawn(self, places: Places) -> tuple[Floats, Floats]:
        """As a table has them: linear values and years, axes (world, replicate, study); `places` (world, study)."""
        tops, bottoms = ([part[places][:, None] for part in parts] for parts in (self.tops, self.bottoms))
        if not bottoms:
            return tops[0], tops[0]
        finished = np.ones(tops[0].shape[:2], dtype=np.bool_)
        return statistics.linearized_ratio(tops, bottoms, finished), statistics.ratio_of_runs(tops[0], bottoms[0])


@cache
def years(label: str, measure: str) -> Years:
    """Of the pool."""
    recording, query = pool.pool()[label].recording, make_query((), "horizon")
    plain = {name: recording.cells(name, query).values[:, 0, 0] for name in HEADLINE}
    if measure == "engagement_rate":
        return Years((plain["engagements"],), (plain["impressions"],))
    if measure == "frequency":
        views = recording.of_employees("impressions", outsiders=True)[:, 0, 0]
        return Years((views,), (plain["unique_reach"],))
    return Years((plain[measure],))


def whole(label: str, measure: str) -> tuple[float, Floats]:
    """The truth of a measure, and the years of the pool in which it is defined."""
    linear, values = years(label, measure).drawn(np.arange(size())[:, None])
    return float(linear.mean()), values[~np.isnan(values)]


def size() -> int:
    return len(pool.pool()[pool.LOUD].recording.finished)


def places_of(worlds: int, studies: int, kind: int = 0) -> Places:
    """Worlds of the pool by (world, study)."""
    return np.random.default_rng((worlds, kind)).integers(0, size(), (worlds, studies))


def intervals(worlds: int, studies: int) -> Counts:
    """Levels, ratios, differences, percentages and ranges of a year, of studies of so many worlds."""
    counts, places = Counts(), places_of(worlds, studies)
    finished = np.ones((worlds, 1), dtype=np.bool_)
    for name in MEASURES:
        linear = {}
        for label in LABELS:
            linear[label], values = years(label, name).drawn(places)
            real, new = whole(label, name)
            found = statistics.corrected_interval(linear[label], finished)
            what = f"{name}, {label}"
            counts.of("ratio" if name in RATIOS else "level", what, worlds).add(found.lower, found.upper, real)
            low, _, high = year_quantiles(values, finished)
            held = counts.of(f"year, {worlds} runs", what, worlds)
            held.add_years(low, high, new)
        gap = linear[pool.QUIET] - linear[pool.LOUD]
        real = whole(pool.QUIET, name)[0] - whole(pool.LOUD, name)[0]
        found = statistics.paired_difference(linear[pool.QUIET], linear[pool.LOUD], finished).estimates
        counts.of("difference", name, worlds).add(found.lower, found.upper, real)
        _, lower, upper = percent_of(gap[:, 0], linear[pool.LOUD][:, 0])
        counts.of("percentage", name, worlds).add(lower, upper, 100 * real / whole(pool.LOUD, name)[0])
        base, real = years(pool.NONE, name).drawn(places)[0], whole(pool.QUIET, name)[0] - whole(pool.NONE, name)[0]
        found = statistics.paired_difference(linear[pool.QUIET], base, finished).estimates
        counts.of("difference", f"{name}, to no program", worlds).add(found.lower, found.upper, real)
    return counts


def widening(gaps: Floats) -> float:
    """How many times as wide as alone intervals are that hold together; `gaps` by (world, contrast)."""
    return joint_factor(gaps) / single_factor(len(gaps))


def together(gaps: Floats, wider: float) -> tuple[Floats, Floats]:
    """Limits of the mean of each contrast, so many times as far away as alone."""
    found = statistics.corrected_interval(gaps[:, None], np.ones((len(gaps), 1), dtype=np.bool_))
    return found.mean - wider * (found.mean - found.lower), found.mean + wider * (found.upper - found.mean)


def independent(worlds: int, studies: int) -> Counts:
    """A design against itself in other worlds: how often no headline measure claims a difference."""
    counts = Counts()
    first, second = (places_of(worlds, studies, kind) for kind in (1, 2))
    tables = [years(pool.QUIET, name).tops[0] for name in HEADLINE]
    gaps = np.stack([values[first] - values[second] for values in tables], axis=-1)  # (world, study, measure)
    for study in range(studies):
        for kind, wider in (("A against A", widening(gaps[:, study])), ("each by itself", 1.0)):
            lower, upper = together(gaps[:, study], wider)
            one = counts.of(kind, f"any of {len(HEADLINE)} headline measures", worlds)
            one.studies += 1
            one.inside += bool(((lower <= 0) & (upper >= 0)).all())
    return counts


def stopped(labels: Sequence[str], studies: int) -> Counts:
    """Worlds added as `precision=` adds them: do all intervals of reach it ends with hold the truth?"""
    counts, name = Counts(), f"unique_reach, {len(labels)} design{'s' * (len(labels) > 1)}"
    base = years(pool.NONE, "unique_reach").tops[0]
    gaps = np.stack([years(label, "unique_reach").tops[0] - base for label in labels], axis=1)
    width, real = joint_factor(gaps[:EXACT_AT]) * gaps.std(axis=0).max() / np.sqrt(EXACT_AT), gaps.mean(axis=0)
    for places in places_of(MOST, studies, 3).T:
        drawn = gaps[places]
        for worlds in range(FIRST, MOST + 1, STEP):
            lower, upper = together(drawn[:worlds], widening(drawn[:worlds]))
            if ((upper - lower) / 2 <= width).all():
                break
        rule, used = counts.of("stopping rule", name, 0), counts.of("worlds used", name, 0)
        rule.studies += 1
        used.studies += 1
        rule.inside += bool(((lower <= real) & (real <= upper)).all())
        used.inside += worlds
    return counts


def run(studies: int = STUDIES) -> Counts:
    counts = Counts()
    for worlds in SIZES:
        counts.join(intervals(worlds, studies))
        counts.join(independent(worlds, max(studies // 2, 1)))
    for labels in ((pool.QUIET,), (*LABELS, pool.MIDDLE)):
        counts.join(stopped(labels, max(studies // 4, 1)))
    return counts


TEXT = """# Coverage of intervals

Written by `PYTHONPATH=python .venv/bin/python -m tests.statistical.coverage{options}` on {date},
{seconds:.0f} s on two shared cores ({pool:.0f} s of them for the worlds, if they were not kept from an earlier run).

{worlds} worlds of a company of {employees}, {weeks} weeks, run once (seed {seed}). A study draws 10 or 40 of them with
replacement and its numbers are those of `contest.table()`; the truth is the mean of all. {studies} studies of each
size (half as many of a design against itself, a quarter for the stopping rule): one standard error of a coverage of
95 % is {error:.1f} points. Differences and percentages are of 40 people who
post once a week to 10 who post four times. *Below* and *above*: the interval lies wholly below or above the truth.

A verdict asks whether the measured coverage is in the band that is stated; within two standard errors of its edge it is
*close*. Frequency (views per person reached) is no headline measure and is here as the hardest case: of a program of
ten people the few worlds with the largest reach decide it, and no interval tried on it (t, Hall, logarithm, jackknife)
reached 93 %.

The kinds of interval were chosen on the first 300 of these worlds, on an engine in which posts did not differ in
visibility; the other 700 were not looked at before.
"""


def verdict(share: float, band: tuple[float, float], error: float) -> str:
    """Pass, close (within two standard errors of the edge) or miss."""
    if band[0] <= share <= band[1]:
        return "pass"
    return "close" if band[0] - 2 * error <= share <= band[1] + 2 * error else "miss"


def given(studies: int) -> str:
    """The options of the command that are not its default."""
    options = [("worlds", size(), pool.WORLDS), ("studies", studies, STUDIES)]
    return "".join(f" --{name} {value}" for name, value, usual in options if value != usual)


def report(counts: Counts, seconds: float, of_pool: float) -> str:
    studies = counts.of("difference", HEADLINE[0], SIZES[0]).studies
    text = TEXT.format(
        date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(), seconds=seconds, pool=of_pool,
        options=given(studies), worlds=f"{size():,}",
        employees=pool.EMPLOYEES, weeks=pool.WEEKS, seed=pool.SEED, studies=f"{studies:,}",
        error=100 * np.sqrt(0.05 * 0.95 / studies),
    )  # fmt: skip
    parts = [text]
    for kind, band in BANDS.items():
        rows = [
            f"| {name} | {worlds or '–'} | {_outside(one)} | {one.share:.1%} | {verdict(one.share, band, one.error)} |"
            for (of_kind, name, worlds), one in counts.held.items() if of_kind == kind
        ]  # fmt: skip
        asked = f"{band[0]:.0%} or more" if band[1] == 1 else f"{band[0]:.0%} to {band[1]:.0%}"
        head = ["| what | worlds | below | above | coverage | verdict |", "|---|---|---|---|---|---|"]
        parts.append("\n".join([f"## {kind[0].upper()}{kind[1:]}: {asked}", "", *head, *rows, ""]))
    parts.append(_beside(counts))
    return "\n".join(parts)


def _outside(one: Held) -> str:
    """Below and above, where they were counted."""
    return f"{one.below / one.studies:.1%} | {one.above / one.studies:.1%}" if one.below or one.above else "– | –"


def _beside(counts: Counts) -> str:
    lines = ["## Beside these", ""]
    for (kind, name, worlds), one in counts.held.items():
        if kind == "each by itself":
            lines.append(
                f"- A design against itself in other worlds, {worlds} worlds: intervals that each hold by themselves "
                f"make at least one false claim over the {len(HEADLINE)} measures in {1 - one.share:.1%} of studies."
            )
        if kind == "worlds used":
            lines.append(f"- Stopping rule, {name}: {one.share:.1f} worlds used in the mean.")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=STUDIES)
    parser.add_argument("--worlds", type=int, default=pool.WORLDS, help="of the pool")
    parser.add_argument("--out", type=Path, default=REPORT)
    options = parser.parse_args()
    begun = time.perf_counter()
    pool.pool(options.worlds)
    of_pool = time.perf_counter() - begun
    counts = run(options.studies)
    options.out.write_text(report(counts, time.perf_counter() - begun, of_pool))
    print(options.out.read_text())


if __name__ == "__main__":
    main()
