"""How much common random numbers save: (Var A + Var B) / Var(A − B) for teams that differ in k people.

`python -m tests.crn.pairing_gain` writes docs/results/pairing_gain.md (five minutes on two idle cores).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ..statistical import core_runs as cr

EMPLOYEES, TEAM, SEED, WORLD = 1_000, 50, 1, 0
CHANGED = (1, 5, 10, 25, 50)
SWAPS, REPLICATES = 20, 400
WARM_UP, WEEKS, FOLLOW_UP = 0, 4, 4  # short: a gain is a ratio of variances of the same weeks
REPORT = Path(__file__).parents[2] / "docs" / "results" / "pairing_gain.md"
EMPLOYEE_POSTS = ("program", "organic")

MEASURES: Mapping[str, Callable[[cr.Runs], cr.Floats]] = {
    "impressions, program posts": lambda r: r.total("impressions", ["program"]),
    "impressions, employees' posts": lambda r: r.total("impressions", EMPLOYEE_POSTS),
    "impressions, page included": lambda r: r.total("impressions"),
    "attended impressions, employees' posts": lambda r: r.total("attended_impressions", EMPLOYEE_POSTS),
    "engagements, employees' posts": lambda r: r.total("engagements", EMPLOYEE_POSTS),
    "clicks, employees' posts": lambda r: r.total("clicks", EMPLOYEE_POSTS),
    "reshares, employees' posts": lambda r: r.total("reshares", EMPLOYEE_POSTS),
    "unique reach of the horizon": lambda r: r.window("unique_reach"),
    "awareness at the end of the horizon": lambda r: r.window("awareness"),
}


def gain(a: cr.Floats, b: cr.Floats) -> float:
    """(Var A + Var B) / Var(A − B) over replicates; infinite where the difference does not vary."""
    spread = float(np.var(a - b, ddof=1))
    together = float(np.var(a, ddof=1) + np.var(b, ddof=1))
    return together / spread if spread > 0 else float("inf")


def teams(swap: int, changed: int) -> tuple[list[int], list[int]]:
    """A random team of 50 and the same with `changed` people replaced; larger changes contain smaller ones."""
    people = np.random.default_rng([2027, swap]).permutation(EMPLOYEES).tolist()
    team, others = people[:TEAM], people[TEAM : 2 * TEAM]
    return team, others[:changed] + team[changed:]


def gains_of_swap(swap: int, changed: tuple[int, ...], replicates: int) -> list[dict[str, float]]:
    """Gains by measure, for every number of people changed."""
    world = cr.world(EMPLOYEES, SEED, WORLD)
    lists = [teams(swap, 0)[0], *(teams(swap, k)[1] for k in changed)]
    designs = [cr.design((), cr.program(people), WEEKS, WARM_UP, FOLLOW_UP) for people in lists]
    results = cr.core.run(world, designs, 0, replicates, 2)
    assert all(np.asarray(finished).all() for _, finished, _ in results)
    runs = [cr.Runs(cr.core.layout(d), np.asarray(v)) for d, (v, _, _) in zip(designs, results, strict=True)]
    values = [{name: take(r) for name, take in MEASURES.items()} for r in runs]
    return [{name: gain(values[0][name], b[name]) for name in MEASURES} for b in values[1:]]


def medians(
    changed: tuple[int, ...] = CHANGED, swaps: int = SWAPS, replicates: int = REPLICATES
) -> dict[str, dict[int, tuple[float, float, float]]]:
    """By measure and number of people changed: lower quartile, median, upper quartile over swaps."""
    found = []
    for swap in range(swaps):
        found.append(gains_of_swap(swap, changed, replicates))
        sys.stderr.write(f"swap {swap + 1} of {swaps}\n")
    return {
        name: {
            k: tuple(np.percentile([g[i][name] for g in found], [25, 50, 75]).tolist()) for i, k in enumerate(changed)
        }
        for name in MEASURES
    }


def report(
    table: Mapping[str, Mapping[int, tuple[float, float, float]]], swaps: int, replicates: int, seconds: float
) -> str:
    """The page as Markdown."""
    ks = list(next(iter(table.values())))
    constants = ", ".join(f"{k} {v:.4g}" for k, v in cr.solved_constants().items())
    lines = [
        "# Pairing gain",
        "",
        f"Written by `python -m tests.crn.pairing_gain` on {datetime.now(UTC).date()}, {seconds:.0f} s.",
        f"Platform constants: {constants}.",
        "",
        "(Var A + Var B) / Var(A − B) over replicates: how many times fewer runs a comparison needs because both",
        f"designs share their luck. Two teams of {TEAM} named advocates of {EMPLOYEES:,} employees (4 posts a week,",
        f"half company content) that differ in k people; one world (seed {SEED}, world {WORLD}), {replicates}",
        f"replicates, {swaps} random teams and swaps; {WARM_UP} weeks of warm-up, {WEEKS} of horizon, {FOLLOW_UP} of",
        "follow-up, totals to completion. Median over swaps [quartiles]. Independent runs have a gain of 1.",
        "Few people make most of a team's impressions (connections are lognormal), so a swap of one or five ordinary",
        "people leaves more shared luck than 50/k, and quartiles are wide. Rows with the views of the page gain from",
        "luck that any two designs share. At k = 50 nothing of the program is shared but its items.",
        "",
        "| measure | " + " | ".join(f"k = {k}" for k in ks) + " |",
        "|---|" + "---|" * len(ks),
        "| required on impressions: .7·50/k | "
        + " | ".join(f"{0.7 * TEAM / k:.1f}" if k <= 10 else "–" for k in ks)
        + " |",
    ]
    for name, row in table.items():
        cells = [f"{row[k][1]:.1f} [{row[k][0]:.1f}, {row[k][2]:.1f}]" for k in ks]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    started = time.monotonic()
    result = medians()
    REPORT.write_text(report(result, SWAPS, REPLICATES, time.monotonic() - started), encoding="utf-8")
