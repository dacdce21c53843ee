"""What worlds and replicates are worth: `python -m tests.statistical.worlds_first`.

Few loud against Many quiet of a company of 1,000 for a year, as 40 worlds of one replicate and as 10 of 10, with the
processor time each took in this run. The half-widths compared are those expected of both sizes from the same two
variances: one study's own spread of ten worlds is too uncertain to compare with.
"""

from __future__ import annotations

import argparse
import datetime
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

import groundswell as gs
from groundswell.decide.variance import parts
from groundswell.results.grain import make_query

MEASURES = ("impressions", "engagements", "clicks", "unique_reach", "awareness")
ASKED = ("impressions", "unique_reach")
MOST = 0.65  # of the half-width of 10 x 10, at equal processor time
REPORT = Path(__file__).parents[2] / "docs" / "results" / "worlds_first.md"


def designs(employees: int, weeks: int) -> list[gs.Scenario]:
    base = gs.Scenario(gs.Company.synthetic(employees=employees), start="2027-01-04", weeks=weeks)
    loud = gs.Program(advocates=gs.ActiveAdvocates(size=employees // 20), posts_per_week=4)
    quiet = gs.Program(advocates=gs.ActiveAdvocates(size=employees // 5), posts_per_week=1)
    return [base.replace(label="Few loud", program=loud), base.replace(label="Many quiet", program=quiet)]


def run(worlds: int, replicates: int, employees: int, weeks: int) -> tuple[gs.Contest, float]:
    """The comparison and its processor seconds."""
    begun = time.process_time()
    found = gs.compare(
        designs(employees, weeks), worlds=worlds, replicates=replicates, seed=1, progress=False, people="aggregate",
        inputs=False,
    )  # fmt: skip
    return found, time.process_time() - begun


def variances(contest: gs.Contest, measure: str) -> dict[str, Any]:
    """World and luck of the difference."""
    loud, quiet = (result.recording for result in contest.results.values())
    cells = [one.cells(measure, make_query((), "horizon")).linear[:, :, 0] for one in (loud, quiet)]
    return parts(cells[1] - cells[0], loud.finished & quiet.finished)


def half_width(world: float, luck: float, worlds: float, replicates: int) -> float:
    """Expected half-width of the 95 % interval."""
    return float(stats.t.ppf(0.975, worlds - 1) * np.sqrt((world**2 + luck**2 / replicates) / worlds))


def ratio(world: float, luck: float, cheaper: float) -> float:
    """Half-width of 40 x 1 over that of replicates of 10 in as many worlds as its time allows.

    `cheaper` is the time of 40 x 1 over that of 10 x 10.
    """
    return half_width(world, luck, 40, 1) / half_width(world, luck, 10 * cheaper, 10)


TEXT = """# Worlds and replicates

Written by `PYTHONPATH=python .venv/bin/python -m tests.statistical.worlds_first` on {date}: Few loud ({few} people at 4
posts a week) against Many quiet ({many} at one), {employees:,} employees, {weeks} weeks, seed 1. Processor seconds,
worlds included: {narrow:.0f} for 40 worlds of one replicate (45 runs of each design), {wide:.0f} for 10 of 10. World
and luck are standard deviations of the difference of one run, luck from the 10 × 10 runs, the whole from the 40 worlds;
the share is that of luck in the variance, with the limits that the 45 runs alone give. Half-widths are those expected
of each size from the same two deviations; their ratio is taken at equal time (10 × 10 with as many worlds as 40 × 1 had
time for).

| measure | world | luck | share of luck | from 45 runs alone | half-width 40 × 1 | 10 × 10 | ratio at equal time |
|---|---|---|---|---|---|---|---|
"""


def report(employees: int, weeks: int) -> tuple[str, dict[str, float]]:
    narrow, cost = run(40, 1, employees, weeks)
    wide, most = run(10, 10, employees, weeks)
    text = TEXT.format(
        date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(), few=employees // 20, many=employees // 5,
        employees=employees, weeks=weeks, narrow=cost, wide=most,
    )  # fmt: skip
    ratios = {}
    for measure in MEASURES:
        mine, theirs = variances(narrow, measure), variances(wide, measure)
        luck = theirs["luck_sd"]
        whole = mine["world_sd"] ** 2 + mine["luck_sd"] ** 2
        world = float(np.sqrt(max(whole - luck**2, 0.0)))
        ratios[measure] = ratio(world, luck, cost / most)
        both = f"{half_width(world, luck, 40, 1):.4g} | {half_width(world, luck, 10, 10):.4g}"
        text += (
            f"| {measure} | {world:.4g} | {luck:.4g} | {luck**2 / (world**2 + luck**2):.1%} "
            f"| {mine['luck_share']:.0%} ({mine['luck_share_ci_lower']:.0%} to {mine['luck_share_ci_upper']:.0%}) "
            f"| {both} | {ratios[measure]:.2f} |\n"
        )
    met = all(ratios[name] <= MOST for name in ASKED)
    asked = f"Asked: at most {MOST} for {' and '.join(ASKED)}: {'met' if met else 'missed'}.\n"
    return f"{text}\n{asked}", ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--employees", type=int, default=1000)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--out", type=Path, default=REPORT)
    options = parser.parse_args()
    text, _ = report(options.employees, options.weeks)
    options.out.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
