"""How long output takes beside the run: `python tools/output_time.py [--designs 100] [--only '8 weeks'] [--out FILE]`.

Designs of one company that differ in how often advocates post; each way out is timed on results that were just run,
so that nothing it needs has been worked out before.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import groundswell as gs

CASES = (("8 weeks", 8), ("a year", 52))
WORLDS, REPLICATES, EMPLOYEES = 10, 1, 1000


def run(designs: int, weeks: int) -> tuple[gs.Contest, float]:
    """A comparison of this many designs, and the seconds it took."""
    company = gs.Company.synthetic(employees=EMPLOYEES)
    base = gs.Scenario(company, start="2027-01-04", weeks=weeks, warm_up_weeks=1, follow_up_weeks=1, label="None")
    program = gs.Program(advocates=gs.ActiveAdvocates(size=50), posts_per_week=1)
    others = [
        base.replace(label=f"Design {i}", program=program.model_copy(update={"posts_per_week": 0.5 + 0.02 * i}))
        for i in range(1, designs)
    ]
    started = time.perf_counter()
    contest = gs.compare(others, baseline=base, worlds=WORLDS, replicates=REPLICATES, progress=False)
    return contest, time.perf_counter() - started


def ways_out(contest: gs.Contest, folder: Path) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    return {
        "table()": contest.table,
        'frame(by="week")': lambda: contest.frame(by="week"),
        "to_excel": lambda: contest.to_excel(folder / "advocacy.xlsx"),
        "to_csv": lambda: contest.to_csv(folder / "tables"),
        "save": lambda: contest.save(folder / "advocacy.gsw"),
    }


def measured(designs: int, cases: Sequence[tuple[str, int]] = CASES) -> list[tuple[str, str, float, float]]:
    """Case, way out, its seconds, and those of the run."""
    rows = []
    for name, weeks in cases:
        contest, seconds = run(designs, weeks)
        rows.append((name, "the run", seconds, seconds))
        for way in ways_out(contest, Path()):
            for result in contest.results.values():
                result.recording._totals.clear()
            with tempfile.TemporaryDirectory() as folder:
                write = ways_out(contest, Path(folder))[way]
                started = time.perf_counter()
                write()
                rows.append((name, way, time.perf_counter() - started, seconds))
            print(rows[-1], flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--designs", type=int, default=100)
    parser.add_argument("--only", choices=[name for name, _ in CASES])
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    lines = ["| horizon | what | seconds | share of the run |", "|---|---|---|---|"]
    rows = measured(asked.designs, [case for case in CASES if asked.only in (None, case[0])])
    lines += [f"| {case} | {what} | {took:.2f} | {took / whole:.2f} |" for case, what, took, whole in rows]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.out is not None:
        asked.out.write_text(text)


if __name__ == "__main__":
    main()
