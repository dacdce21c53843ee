"""This revision beside another one: `make bench-against REV=5e55013`. Prints ratios with their range; writes nothing.

The other revision is checked out and built in build/against. Both sides answer turns in a process each, one after the
other, so that a slow minute hits both; the ratio is that of turns that follow each other. `--equal` fails where numbers
differ: what only makes the engine faster must not move a bit.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CASE = Path(__file__).with_name("bench_against_case.py")
UNITS = {"view": "ns a view, processor", "world": "processor s a world", "decision": "processor s a decision"}
Answer = dict[str, Any]


def checkout(revision: str) -> Path:
    """The folder of a revision, built."""
    command = ["git", "rev-parse", "--short=12", f"{revision}^{{commit}}"]
    commit = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()
    folder = ROOT / "build" / "against" / commit
    if not folder.exists():
        subprocess.run(["git", "worktree", "prune"], check=True, cwd=ROOT)
        subprocess.run(["git", "worktree", "add", "--detach", "--force", str(folder), commit], check=True, cwd=ROOT)
        (folder / ".venv").symlink_to(ROOT / ".venv")
    for step in (["cmake", "--preset", "release"], ["cmake", "--build", "--preset", "release", "--target", "_core"]):
        subprocess.run(step, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    return folder


class Side:
    """A revision in its process."""

    def __init__(self, folder: Path, case: str, employees: int, same_work: bool) -> None:
        command = [sys.executable, "-W", "ignore", str(CASE), case, str(employees), "same" if same_work else "own"]
        environment = {**os.environ, "PYTHONPATH": str(folder / "python")}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.answers: list[Answer] = []

    def turn(self, number: int) -> None:
        """Ask for one turn."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise SystemExit("a side cannot be asked")
        process.stdin.write(f"{number}\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise SystemExit(f"a side ended with {process.wait()}")
        self.answers.append(json.loads(line))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    @property
    def amounts(self) -> list[float]:
        """What each turn took."""
        return [float(answer["amount"]) for answer in self.answers]


def ratios(before: list[float], after: list[float]) -> list[float]:
    """How many times faster each turn is than the one beside it."""
    return [old / new for old, new in zip(before, after, strict=True)]


def at_equal_width(before: list[Answer], after: list[Answer], measure: str) -> list[float]:
    """The same for decisions, at the half-width that the other revision has: time goes with its inverse square."""
    found = []
    for old, new in zip(before, after, strict=True):
        narrower = (new["se"][measure] / old["se"][measure]) ** 2
        found.append(old["amount"] / (new["amount"] * narrower))
    return found


def told(values: list[float], digits: int = 2) -> str:
    """Median and range."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("revision")
    parser.add_argument("--cases", nargs="+", default=["view"], choices=list(UNITS))
    parser.add_argument("--employees", nargs="+", type=int, default=[1000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--own-work", action="store_true", help="with what later revisions added switched on")
    parser.add_argument("--equal", action="store_true", help="fail where numbers differ")
    options = parser.parse_args()
    other, different = checkout(options.revision), False
    for case in options.cases:
        for employees in options.employees:
            sides = [Side(folder, case, employees, not options.own_work) for folder in (other, ROOT)]
            for number in range(-1, options.rounds):  # the first turn warms up and does not count
                for side in sides:
                    side.turn(max(number, 0))
            for side in sides:
                side.close()
                side.answers.pop(0)
            before, after = (side.answers for side in sides)
            equal = all(a["checksum"] == b["checksum"] for a, b in zip(before, after, strict=True))
            different |= not equal
            digits = max(0, 3 - math.ceil(math.log10(statistics.median(sides[0].amounts))))
            old, new = (side.amounts for side in sides)
            took = f"{told(old, digits)} at {options.revision}, {told(new, digits)} here"
            faster = f"{told(ratios(old, new))} times faster; numbers {'equal' if equal else 'differ'}"
            print(f"{case}, {employees:,} employees: {UNITS[case]}: {took}; {faster}", flush=True)
            for measure in before[0].get("se", {}):
                print(f"  at equal half-width of {measure}: {told(at_equal_width(before, after, measure))} times")
    if options.equal and different:
        raise SystemExit("numbers differ")


if __name__ == "__main__":
    main()
