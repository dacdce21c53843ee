"""Damaged inputs for every reader: what comes of each must be a success or a `gs.GroundswellError`.

`PYTHONPATH=python .venv/bin/python tools/fuzz.py all --count 1000000 --write` (docs/results/fuzz.md is what it writes).
One reader: `study`, `yaml`, `keys`, `cache`, `tables`, `worlds`. An input follows from reader, seed and its number
alone: `--only NUMBER` makes one again and shows what comes of it. Inputs are read in child processes, so that one that
ends its process, or does not end in time, is counted and told like any other. `worlds` needs the sanitizers' build:
`cmake --preset asan && cmake --build --preset asan --target fuzz_world_file`.
"""

from __future__ import annotations

import argparse
import datetime
import os
import pickle
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import fuzz_readers as readers

ROOT = Path(__file__).resolve().parents[1]
WORLDS = ROOT / "build/asan/tests/cpp/fuzz_world_file"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of an own name is made in it
CHUNK = 500  # inputs of one child process
MOST_SECONDS = 120  # of one input
MOST_BYTES = 6 * 2**30  # of the address space of a child
SHARES = {"worlds": 0.8, "keys": 0.07, "yaml": 0.07, "tables": 0.03, "study": 0.02, "cache": 0.01}
WRITTEN = "written"
SUCCESS, REFUSED = "success", "GroundswellError"


def seeded(text: str) -> Random:
    """Luck that follows from a text."""
    return Random(text)  # noqa: S311 - no secret


@dataclass
class Outcome:
    """What came of the inputs of one reader."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: dict[str, list[int]] = field(default_factory=dict)  # what went wrong: numbers of inputs
    seconds: float = 0.0

    def note(self, number: int, text: str) -> None:
        """Count one input."""
        self.counts[text if text in (SUCCESS, REFUSED) else "other"] += 1
        if text not in (SUCCESS, REFUSED):
            self.findings.setdefault(text, []).append(number)


def attempt(reader: readers.Reader, seeds: Any, seed: int, number: int, folder: Path) -> str:
    """What comes of one input."""
    from groundswell import GroundswellError

    luck = seeded(f"{reader.name} {seed} {number}")
    damaged = reader.damage(seeds, luck)
    try:
        reader.read(damaged, folder, luck)
    except GroundswellError as error:
        return REFUSED if str(error).strip() else "a GroundswellError without a message"
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "groundswell" in frame.filename] or frames
        text = re.sub(r"\d+", "#", f"{type(error).__name__}: {error}")[:100]
        return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {' '.join(text.split())}"
    return SUCCESS


def run_reader(name: str, count: int, seed: int, first: int = 0) -> Outcome:
    """`count` damaged inputs, the first of this number."""
    reader, outcome, begun = readers.READERS[name], Outcome(), time.perf_counter()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as kept:
        folder = Path(kept)
        seeds = _seeds(reader, folder)
        number = first
        while number < first + count:
            last = min(number + CHUNK, first + count)
            for text in _in_child(lambda begin=number, end=last: (  # type: ignore[misc]
                attempt(reader, seeds, seed, n, folder) for n in range(begin, end)
            )):  # fmt: skip
                outcome.note(number, text)
                number += 1
    outcome.seconds = time.perf_counter() - begun
    return outcome


def _seeds(reader: readers.Reader, folder: Path) -> Any:
    """Whole inputs, made in a child: a process that has used the threads of a library should not fork."""
    path = folder / "seeds"
    for text in _in_child(lambda: iter([_write(path, reader.seeds(folder))])):
        if text != WRITTEN:
            raise SystemExit(f"{reader.name}: whole inputs cannot be made: {text}")
    return pickle.loads(path.read_bytes())  # noqa: S301 - written just now


def _write(path: Path, seeds: Any) -> str:
    path.write_bytes(pickle.dumps(seeds))
    return WRITTEN


def _in_child(work: Callable[[], Iterator[str]]) -> Iterator[str]:
    """The texts that a child works out; one that ends before its time gives a last one that says so."""
    back, forth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(back)
        _work(work, forth)
    os.close(forth)
    with os.fdopen(back, encoding="utf-8", errors="replace") as lines:
        yield from (line.rstrip("\n") for line in lines)
    _, status = os.waitpid(child, 0)
    if status != 0:
        died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        yield f"the process ended: {signal.Signals(died).name if died else status}"


def _work(work: Callable[[], Iterator[str]], forth: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, resource.RLIM_INFINITY))
    code = 1
    try:
        signal.alarm(MOST_SECONDS)
        for text in work():
            os.write(forth, (text + "\n").encode("utf-8", "replace"))
            signal.alarm(MOST_SECONDS)
        code = 0
    except BaseException:
        traceback.print_exc()
    os._exit(code)


def run_worlds(count: int, seed: int) -> Outcome:
    """The compiled driver: files of worlds, and runs in those that are taken, under the sanitizers."""
    outcome, begun, first = Outcome(), time.perf_counter(), 0
    if not WORLDS.exists():
        raise SystemExit(f"{WORLDS} is not there; the head of this file says how it is built")
    while first < count:
        some = min(50_000, count - first)
        done = subprocess.run([WORLDS, str(some), str(seed), str(first)], capture_output=True, text=True, check=False)
        found = re.search(r"(\d+) no world, (\d+) run, (\d+) of these refused", done.stdout)
        if found is None:
            died = re.search(r"input (\d+)", done.stderr)
            at = int(died[1]) if died else first
            outcome.note(at, f"the process ended: {done.stderr.strip()[:200]}")
            first = at + 1
            continue
        refused, taken, in_run = map(int, found.groups())
        outcome.counts += Counter({SUCCESS: taken - in_run, REFUSED: refused + in_run})
        first += some
    outcome.seconds = time.perf_counter() - begun
    return outcome


def report(outcomes: dict[str, Outcome], seed: int) -> str:
    """docs/results/fuzz.md."""
    count = sum(one.counts.total() for one in outcomes.values())
    head = (
        f"{datetime.date.today()}. `python tools/fuzz.py all --count {count} --seed {seed} --write`. "
        "What each reader is given: `tools/fuzz_readers.py`; how inputs are damaged: "
        "`tools/fuzz_mutations.py`; worlds: `tests/cpp/fuzz_world_file.cpp`."
    )
    lines = [
        "# Damaged inputs", "", head, "",
        "| reader | what it is | inputs | read (and used) | refused | anything else | seconds |",
        "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for name, one in outcomes.items():
        what = readers.WORLDS_TEXT if name == "worlds" else readers.READERS[name].what
        counts = f"{one.counts.total():,} | {one.counts[SUCCESS]:,} | {one.counts[REFUSED]:,} | {one.counts['other']:,}"
        lines.append(f"| {name} | {what} | {counts} | {one.seconds:.0f} |")
    together = sum((one.counts for one in outcomes.values()), Counter())
    lines += [
        "",
        (
            f"Together {together.total():,} inputs, {together['other']:,} with another outcome than success or "
            "`GroundswellError`."
        ),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=["all", *SHARES])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="this input alone, in this process, with what it raises")
    parser.add_argument("--write", action="store_true", help="write docs/results/fuzz.md")
    asked = parser.parse_args()
    if asked.only is not None:
        reader = readers.READERS[asked.reader]
        with tempfile.TemporaryDirectory() as folder:
            luck = seeded(f"{reader.name} {asked.seed} {asked.only}")
            reader.read(reader.damage(reader.seeds(Path(folder)), luck), Path(folder), luck)
        return 0
    names = [name for name in SHARES if asked.reader in (name, "all") and (name != "tables" or readers.has_tables())]
    whole = sum(SHARES[name] for name in names)
    outcomes = {}
    for name in names:
        count = round(asked.count * SHARES[name] / whole)
        outcomes[name] = one = (
            run_worlds(count, asked.seed) if name == "worlds" else run_reader(name, count, asked.seed)
        )
        print(name, dict(one.counts), f"{one.seconds:.0f} s", flush=True)
        for text, numbers in sorted(one.findings.items(), key=lambda item: -len(item[1])):
            print(f"  {len(numbers)} x {text} (as --only {numbers[0]})", flush=True)
    if asked.write:
        (ROOT / "docs/results/fuzz.md").write_text(report(outcomes, asked.seed), encoding="utf-8")
    return 1 if any(one.findings for one in outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
