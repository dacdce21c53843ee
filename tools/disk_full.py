"""A disk that gets full at many places: `python tools/disk_full.py [--levels 20] [--out FILE.md]`, as root on Linux.

A small disk (tmpfs) has earlier results on it and a given number of free bytes, from none to as many as are needed.
Afterwards the saved study is whole or absent, earlier files are whole (as they were, unless they are to be replaced),
and the command has said of every file that it is kept or that it could not be written.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kill_test import SAVED, contest, everything, files, is_part, is_whole

import groundswell as gs
from groundswell.output.folder import COMPARISON, PICTURES, WORKBOOK

DISK = 2**24  # bytes
PAGE = 4096
ALL = (COMPARISON, WORKBOOK, *(f"{name}.png" for name in PICTURES))
EARLIER = "earlier"
SCENARIO = """groundswell_scenario: 1
label: {label}
start: 2027-01-04
weeks: 4
warm_up_weeks: 0
company: {{synthetic: {{employees: 40}}}}
{program}
"""


@dataclass(frozen=True)
class Outcome:
    """What a command left and said."""

    kept: tuple[str, ...]
    wrong: tuple[str, ...]


@contextmanager
def small_disk() -> Iterator[Path]:
    """A folder that is a disk of its own; OSError where this process cannot make one."""
    with tempfile.TemporaryDirectory() as place:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", place],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise OSError(made.stderr.strip())
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", place], check=True)


def fill(disk: Path, free: int) -> None:
    """Write a file so that about this many bytes are left."""
    status = os.statvfs(disk)
    with (disk / "filler").open("wb") as file:
        for _ in range(max(status.f_bavail * status.f_frsize - free, 0) // PAGE):
            file.write(b"x" * PAGE)


def scenarios(folder: Path) -> list[str]:
    """Files of two designs."""
    texts = {"None": "", "Loud": "program: {advocates: {size: 5}, posts_per_week: 3}"}
    for label, program in texts.items():
        (folder / f"{label}.yaml").write_text(SCENARIO.format(label=label, program=program))
    return [str(folder / f"{label}.yaml") for label in texts]


def compared(disk: Path, designs: list[str], free: int | None, *options: str) -> Outcome:
    """`groundswell compare --out` on a disk with earlier results and so many free bytes."""
    out = disk / EARLIER
    if free is not None:
        fill(disk, free)
    earlier = files(disk)
    run = ["--worlds", "1", "--replicates", "1", "--threads", "1", "--out", str(out), *options]
    ran = subprocess.run(
        [sys.executable, "-m", "groundswell.cli", "compare", *designs, *run],
        capture_output=True,
        text=True,
        check=False,
    )
    folder = out if options else out.with_name(f"{EARLIER}_2")
    now = files(disk)
    kept = tuple(name for name in ALL if str(folder / name) in ran.stdout.split())
    wrong = harm(disk, earlier, kept if options else ())
    for name in ALL:
        said = any(name in line for line in ran.stderr.splitlines() if line.startswith(("warning", "Error", " ")))
        if (name in kept) == said or (name in kept and not (folder / name).exists()):
            wrong.append(f"{name}: it is not said what became of it")
        if name not in kept and not options and (folder / name).exists():
            wrong.append(f"{name}: is there and was not said to be")
    if "Traceback" in ran.stderr:
        wrong.append("a traceback")
    if ran.returncode != (0 if COMPARISON in kept else 1):
        wrong.append(f"exit code {ran.returncode}")
    return Outcome(kept, (*wrong, *(f"{name} is left" for name in now if is_part(name))))


def saved(disk: Path, study: gs.Contest, free: int) -> Outcome:
    """`save` over an earlier study."""
    fill(disk, free)
    earlier, path = files(disk), disk / EARLIER / COMPARISON
    try:
        study.save(path)
        kept: tuple[str, ...] = (COMPARISON,)
    except gs.GroundswellError:
        kept = ()
    return Outcome(kept, tuple(harm(disk, earlier, kept)))


def harm(disk: Path, earlier: dict[Path, bytes], replaced: tuple[str, ...]) -> list[str]:
    """Earlier files that are gone or changed (unless replaced), and files that are not whole."""
    now = files(disk)
    bad = [f"{name} is harmed" for name in earlier if now.get(name) != earlier[name] and name.name not in replaced]
    new = [name for name, content in now.items() if content != earlier.get(name)]
    return bad + [f"{name} is not whole" for name in new if not is_whole(disk / name, now[name], None)]


def prepared(disk: Path, old: gs.Contest) -> None:
    """A disk with earlier results on it."""
    (disk / EARLIER).mkdir()
    everything(old, disk / EARLIER)


def needed(designs: list[str], old: gs.Contest) -> int:
    """Bytes that everything of the command takes, in pages."""
    with small_disk() as disk:
        prepared(disk, old)
        done = compared(disk, designs, None)
        if len(done.kept) < len(ALL) or done.wrong:
            raise SystemExit(f"the command fails on a disk with room: {done}")
        return sum(-(-(disk / f"{EARLIER}_2" / name).stat().st_size // PAGE) * PAGE for name in done.kept)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--levels", type=int, default=20)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    old, new = contest("Old"), contest("New")
    with tempfile.TemporaryDirectory() as place:
        designs = scenarios(Path(place))
        whole = needed(designs, old)
        study = new.save(Path(place) / SAVED[0]).stat().st_size
        cases: dict[str, tuple[int, Callable[[Path, int], Outcome]]] = {
            "`groundswell compare --out`": (whole, lambda disk, free: compared(disk, designs, free)),
            "`save` over an earlier study": (study, lambda disk, free: saved(disk, new, free)),
            "`groundswell compare --out --overwrite`": (
                whole, lambda disk, free: compared(disk, designs, free, "--overwrite"),
            ),
        }  # fmt: skip
        lines = ["| what | levels | study kept | all kept | none kept | wrong |", "|---|---|---|---|---|---|"]
        for name, (most, done) in cases.items():
            found = []
            for level in range(asked.levels):
                with small_disk() as disk:
                    prepared(disk, old)
                    found.append(done(disk, int(most * 1.05 * level / (asked.levels - 1))))
                    print(name, level, len(found[-1].kept), found[-1].wrong, flush=True)
            counts = [max(len(one.kept) for one in found)]
            with_study = sum(COMPARISON in one.kept for one in found)
            complete = sum(len(one.kept) == counts[0] for one in found)
            none, wrong = sum(not one.kept for one in found), sum(len(one.wrong) for one in found)
            lines.append(f"| {name} | {asked.levels} | {with_study} | {complete} | {none} | {wrong} |")
            print(lines[-1], flush=True)
    if asked.out is not None:
        asked.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
