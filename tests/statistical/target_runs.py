"""Base rates come back: runs on fresh worlds and their report: `python -m tests.statistical.target_runs`.

The targets themselves are measured by `groundswell validate`.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import groundswell as gs
from groundswell.validation import intervals, scenarios
from groundswell.validation.intervals import Estimate, Floats
from groundswell.validation.runs.totals import FOLLOW_UP, HORIZON, Totals

from . import core_runs

SEED = 20270722  # fresh: the constants were solved with 20261122, the tests of mechanisms use 7
RATE_WORLDS, RATE_REPLICATES = 200, 6
FIRST_HOP = (1,)  # the bases are rates per first-hop impression
VIEWS = ("impressions", "engagements", "clicks", "reshares", "mutes", "link_impressions")
POSTS = ("posts", "potential_reach")
RESULTS = Path(__file__).parents[2] / "docs" / "results"
Sums = dict[tuple[str, str], Floats]  # (measure, "person" or "page") -> one sum a world


def build(scenario: gs.Scenario, index: int) -> Any:
    """World `index` of the seed."""
    return core_runs.core.build_world(scenario.company.core_input(), scenario.core_parameters(), SEED, index, 2)


def _sums(totals: Totals, windows: tuple[int, ...]) -> dict[tuple[str, str], float]:
    found = {}
    for author in ("person", "page"):
        for name in VIEWS:
            found[name, author] = totals.total(name, author, hops=FIRST_HOP, windows=windows)
        for name in POSTS:
            found[name, author] = totals.total(name, author, windows=windows)
    return found


@dataclass(frozen=True)
class RateRuns:
    """Sums over the horizon and to completion, at the first hop."""

    horizon: Sums
    completion: Sums


@functools.cache
def rate_runs(worlds: int = RATE_WORLDS, replicates: int = RATE_REPLICATES) -> RateRuns:
    """The default scenario in fresh worlds, a fresh advocate set in each."""
    scenario = scenarios.default()
    design = core_runs.core.Design(**scenario.core_design())
    measures = {m["name"]: m for m in core_runs.core.measures()}
    found = []
    for index in range(worlds):
        values = core_runs.values(build(scenario, index), design, replicates)
        totals = Totals(core_runs.core.layout(design), measures, values)
        found.append((_sums(totals, (HORIZON,)), _sums(totals, (HORIZON, FOLLOW_UP))))

    def stacked(which: int) -> Sums:
        return {key: np.array([world[which][key] for world in found]) for key in found[0][which]}

    return RateRuns(stacked(0), stacked(1))


@dataclass(frozen=True)
class Line:
    """A line of the report; no band where a number is only reported."""

    author: str
    what: str
    estimate: Estimate
    parameter: float
    band: tuple[float, float] | None = None

    @property
    def verdict(self) -> str:
        return self.estimate.verdict(*self.band) if self.band else "reported"


def base_rate_lines(runs: RateRuns) -> list[Line]:
    """Realized first-hop rates over the horizon beside the parameters they were solved for."""
    linkedin = scenarios.default().platforms.linkedin
    sums = runs.horizon
    pairs = (("engagements", "impressions"), ("clicks", "link_impressions"), ("reshares", "impressions"))
    bases = (linkedin.engage, linkedin.click, linkedin.reshare)

    def rate(what: str, seen: str, author: str = "person") -> Estimate:
        return intervals.ratio(sums[what, author], sums[seen, author])

    lines = [
        Line("person", f"{what} / {seen}", rate(what, seen), base, (0.97 * base, 1.03 * base))
        for (what, seen), base in zip(pairs, bases, strict=True)
    ]
    for what, seen in pairs:
        four = (sums[what, "page"], sums[seen, "page"], sums[what, "person"], sums[seen, "person"])
        found = intervals.ratio_of_ratios(*four)
        lines.append(Line("page / person", f"{what} / {seen}", found, linkedin.page_reaction_ratio))
    for author, share in (("person", linkedin.person_visibility), ("page", linkedin.page_visibility)):
        found = rate("impressions", "potential_reach", author)
        lines.append(Line(author, "impressions / potential_reach", found, share))
    return [*lines, Line("person", "mutes / impressions", rate("mutes", "impressions"), linkedin.mute)]


def _row(line: Line) -> str:
    estimate = line.estimate
    interval = f"{estimate.lower:.5g} to {estimate.upper:.5g}"
    off = f"{estimate.value / line.parameter - 1:+.2%}"
    cells = [f"{line.parameter:g}", off, f"{estimate.half_width:.2%}", str(estimate.worlds), line.verdict]
    return "| " + " | ".join([line.author, line.what, f"{estimate.value:.5g}", interval, *cells]) + " |"


RATE_TEXT = """# Base rates come back

Written by `PYTHONPATH=python .venv/bin/python -m tests.statistical.target_runs`
on {today}, two shared cores, {seconds:.0f} s; seed {seed}.

The default scenario (1,000 employees, 100 random advocates, 4 posts a week, half of them company content; a year) in
fresh worlds, a fresh advocate set in each: {worlds} worlds of {replicates} replicates, first-hop views. The constants
were solved with another seed. Rates are ratios of sums over the horizon; intervals are over worlds (t, delta method).
Asked: employees' rates within 3 % of their parameters, half-width about 1.5 %.

| author | rate | value | 95 % interval | parameter | off by | half-width | worlds | verdict |
|---|---|---|---|---|---|---|---|---|
"""


def base_rate_report(runs: RateRuns, seconds: float) -> str:
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    text = RATE_TEXT.format(
        today=today, seconds=seconds, seed=SEED, worlds=RATE_WORLDS, replicates=RATE_REPLICATES
    )  # fmt: skip
    return text + "\n".join(_row(line) for line in base_rate_lines(runs)) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS)
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    runs = rate_runs()
    (folder / "base_rates.md").write_text(base_rate_report(runs, time.perf_counter() - begun))
    print((folder / "base_rates.md").read_text())


if __name__ == "__main__":
    main()
