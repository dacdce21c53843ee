"""How often intervals hold what they should: `python -m tests.statistical.coverage`.

Studies of 10 and of 40 worlds are drawn from a pool of 1,000 worlds of a small company (`world_pool`), and every number
is taken from `contest.table()` or `contest.precision`, as a user would. The truth is the mean of the pool.
"""

from __future__ import annotations

import argparse
import datetime
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

import groundswell as gs
from groundswell.decide.compare import make_contest
from groundswell.decide.sentence import HEADLINE
from groundswell.decide.within import STEP
from groundswell.results.grain import make_query

from . import world_pool as pool

STUDIES, INDEPENDENT, STOPPED = 1000, 500, 300
SIZES = (10, 40)
RATIOS = ("engagement_rate", "frequency")
MEASURES = (*HEADLINE, *RATIOS)
LABELS = (pool.LOUD, pool.QUIET)
FIRST, MOST, EXACT_AT = 20, 100, 40  # worlds of the stopping rule: at first, at most, where the target is met
REPORT = Path(__file__).parents[2] / "docs" / "results" / "coverage.md"
Floats = npt.NDArray[np.float64]
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

    def add(self, lower: float, upper: float, truth: float) -> None:
        self.studies += 1
        self.below += upper < truth
        self.above += lower > truth
        self.inside += lower <= truth <= upper

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


@cache
def truth() -> pd.DataFrame:
    """The table of all worlds of the pool: its means, differences and percentages are the truth."""
    whole = pool.study(np.arange(len(pool.pool()[pool.LOUD].recording.finished)), LABELS)
    return whole.table(measures=list(MEASURES)).set_index(["measure", "label"])


@cache
def years(label: str, measure: str) -> Floats:
    """The years of the pool, those in which the measure is defined."""
    values = pool.pool()[label].recording.cells(measure, make_query((), "horizon")).values[:, 0, 0]
    found: Floats = values[~np.isnan(values)]
    return found


def intervals(worlds: int, first: int, studies: int) -> Counts:
    """Levels, ratios, differences, percentages and ranges of a year, of studies of so many worlds."""
    counts, there = Counts(), len(pool.pool()[pool.LOUD].recording.finished)
    for number in range(first, first + studies):
        places = np.random.default_rng((worlds, number)).integers(0, there, worlds)
        table = pool.study(places, LABELS).table(measures=list(MEASURES))
        for row in table.to_dict("records"):
            name, label = str(row["measure"]), str(row["label"])
            real = truth().loc[(name, label)]
            kind = "ratio" if name in RATIOS else "level"
            counts.of(kind, f"{name}, {label}", worlds).add(row["mean_ci_lower"], row["mean_ci_upper"], real["mean"])
            new = years(label, name)
            year = counts.of(f"year, {worlds} runs", f"{name}, {label}", worlds)
            year.studies += 1
            year.inside += float(((new >= row["p05"]) & (new <= row["p95"])).mean())
            if label == pool.QUIET:
                ends = row["difference_ci_lower"], row["difference_ci_upper"]
                counts.of("difference", name, worlds).add(*ends, real["difference"])
                ends = row["percent_ci_lower"], row["percent_ci_upper"]
                counts.of("percentage", name, worlds).add(*ends, real["percent"])
    return counts


def independent(worlds: int, first: int, studies: int) -> Counts:
    """A design against itself in other worlds: how often none of six headline measures claims a difference."""
    counts, there = Counts(), len(pool.pool()[pool.LOUD].recording.finished)
    for number in range(first, first + studies):
        places = np.random.default_rng((worlds, number, 1)).integers(0, there, (2, worlds))
        results = [pool.drawn(pool.QUIET, mine, name) for mine, name in zip(places, "AB", strict=True)]
        table = make_contest(results, baseline_given=True).table(measures=list(HEADLINE))
        table = table[table["label"] == "B"]
        for kind, ends in (("A against A", "joint_ci"), ("each by itself", "difference_ci")):
            claims = (table[f"{ends}_lower"] > 0) | (table[f"{ends}_upper"] < 0)
            one = counts.of(kind, "any of six headline measures", worlds)
            one.studies += 1
            one.inside += not claims.any()
    return counts


def stopped(labels: Sequence[str], first: int, studies: int) -> Counts:
    """Worlds added as `precision=` adds them: do all intervals of reach it ends with hold the truth?"""
    counts, there = Counts(), len(pool.pool()[pool.LOUD].recording.finished)
    everywhere = pool.study(np.arange(there), (pool.NONE, *labels)).table(measures="unique_reach").set_index("label")
    one = pool.study(np.arange(EXACT_AT), (pool.NONE, *labels), {"unique_reach": gs.within(1)})
    scale = one.precision["reached"].iloc[0] / one.table(measures="unique_reach")["difference_se"].max()
    width = scale * everywhere["difference_se"].max() * np.sqrt(there / EXACT_AT)
    name = f"unique_reach, {len(labels)} design{'s' * (len(labels) > 1)}"
    for number in range(first, first + studies):
        places = np.random.default_rng((len(labels), number, 2)).integers(0, there, MOST)
        for worlds in range(FIRST, MOST + 1, STEP):
            found = pool.study(places[:worlds], (pool.NONE, *labels), {"unique_reach": gs.within(width)})
            if found.precision["met"].iloc[0]:
                break
        table = found.table(measures="unique_reach").set_index("label")
        ends = [table.loc[label, ["joint_ci_lower", "joint_ci_upper"]] for label in labels]
        real = [everywhere.loc[label, "difference"] for label in labels]
        inside = [lower <= mean <= upper for (lower, upper), mean in zip(ends, real, strict=True)]
        rule = counts.of("stopping rule", name, 0)
        rule.studies += 1
        rule.inside += all(inside)
        used = counts.of("worlds used", name, 0)
        used.studies += 1
        used.inside += worlds
    return counts


def tasks(studies: int) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Work in small parts, for two processes."""
    part = 50
    for first in range(0, studies, part):
        yield from (("intervals", (worlds, first, part)) for worlds in SIZES)
    for first in range(0, studies * INDEPENDENT // STUDIES, part):
        yield from (("independent", (worlds, first, part)) for worlds in SIZES)
    for first in range(0, studies * STOPPED // STUDIES, part):
        yield from (("stopped", (labels, first, part)) for labels in ((pool.QUIET,), (*LABELS, pool.MIDDLE)))


def _done(task: tuple[str, tuple[object, ...]]) -> Counts:
    counts: Counts = globals()[task[0]](*task[1])
    return counts


def run(studies: int = STUDIES) -> Counts:
    pool.pool()
    truth()
    counts = Counts()
    with ProcessPoolExecutor(2) as workers:
        for found in workers.map(_done, tasks(studies)):
            counts.join(found)
    return counts


TEXT = """# Coverage of intervals

Written by `PYTHONPATH=python .venv/bin/python -m tests.statistical.coverage` on {date}, {seconds:.0f} s on two shared
cores ({pool:.0f} s of them for the worlds).

{worlds} worlds of a company of {employees}, {weeks} weeks, run once (seed {seed}). A study draws 10 or 40 of them with
replacement and its numbers are those of `contest.table()`; the truth is the mean of all. {studies} studies of each
size: one standard error of a coverage of 95 % is {error:.1f} points. Differences and percentages are of 40 people who
post once a week to 10 who post four times. *Below* and *above*: the interval lies wholly below or above the truth.

A verdict asks whether the measured coverage is in the band that is stated; within two standard errors of its edge it is
*close*.
"""


def verdict(share: float, band: tuple[float, float], error: float) -> str:
    """Pass, close (within two standard errors of the edge) or miss."""
    if band[0] <= share <= band[1]:
        return "pass"
    return "close" if band[0] - 2 * error <= share <= band[1] + 2 * error else "miss"


def report(counts: Counts, seconds: float, of_pool: float) -> str:
    studies = counts.of("difference", HEADLINE[0], SIZES[0]).studies
    text = TEXT.format(
        date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(), seconds=seconds, pool=of_pool,
        worlds=f"{pool.WORLDS:,}", employees=pool.EMPLOYEES, weeks=pool.WEEKS, seed=pool.SEED, studies=f"{studies:,}",
        error=100 * np.sqrt(0.05 * 0.95 / studies),
    )  # fmt: skip
    parts = [text]
    for kind, band in BANDS.items():
        rows = [
            f"| {name} | {worlds or '–'} | {one.below / one.studies:.1%} | {one.above / one.studies:.1%} "
            f"| {one.share:.1%} | {verdict(one.share, band, one.error)} |"
            for (of_kind, name, worlds), one in counts.held.items() if of_kind == kind
        ]  # fmt: skip
        asked = f"{band[0]:.0%} or more" if band[1] == 1 else f"{band[0]:.0%} to {band[1]:.0%}"
        head = ["| what | worlds | below | above | coverage | verdict |", "|---|---|---|---|---|---|"]
        parts.append("\n".join([f"## {kind.capitalize()}: {asked}", "", *head, *rows, ""]))
    parts.append(_beside(counts))
    return "\n".join(parts)


def _beside(counts: Counts) -> str:
    lines = ["## Beside these", ""]
    for (kind, name, worlds), one in counts.held.items():
        if kind == "each by itself":
            lines.append(
                f"- A design against itself in other worlds, {worlds} worlds: intervals that each hold by themselves "
                f"make at least one false claim over the six measures in {1 - one.share:.1%} of studies."
            )
        if kind == "worlds used":
            lines.append(f"- Stopping rule, {name}: {one.share:.1f} worlds used in the mean.")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=STUDIES)
    parser.add_argument("--out", type=Path, default=REPORT)
    options = parser.parse_args()
    begun = time.perf_counter()
    pool.pool()
    of_pool = time.perf_counter() - begun
    counts = run(options.studies)
    options.out.write_text(report(counts, time.perf_counter() - begun, of_pool))
    print(options.out.read_text())


if __name__ == "__main__":
    main()
