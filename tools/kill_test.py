"""Kill -9 at many moments of what writes files: `python tools/kill_test.py [--moments 50] [--out FILE.md]`.

Afterwards every file of a result's name must be whole: the one that was there, or the new one.
"""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import groundswell as gs
from groundswell.output.folder import write_contest

# The last bytes of a whole file; the directory of a zip is at its end.
ENDS = {".png": b"IEND\xaeB`\x82", ".csv": b"\n"}


def contest() -> gs.Contest:
    base = gs.Scenario(gs.Company.synthetic(employees=40), "2027-01-04", weeks=4, warm_up_weeks=0, label="None")
    loud = base.replace(label="Loud", program=gs.Program(advocates=gs.ActiveAdvocates(size=5), posts_per_week=3))
    return gs.compare([loud], baseline=base, worlds=2, replicates=1, threads=1, progress=False)


def broken(folder: Path) -> list[str]:
    """Names of files that are half written."""
    found = []
    for path in folder.rglob("*"):
        if path.is_dir() or path.name.startswith("."):  # a hidden part of a killed process has no result's name
            continue
        try:
            if path.suffix == ".gsw":
                gs.load(path)
            elif path.suffix == ".xlsx":
                zipfile.ZipFile(path).close()
            elif path.suffix in ENDS and not path.read_bytes().endswith(ENDS[path.suffix]):
                found.append(path.name)
        except Exception as error:  # whatever a half-written file makes of its reader
            found.append(f"{path.name}: {error}")
    return found


def killed(write: Callable[[Path], object], folder: Path, after: float) -> bool:
    """Start `write` in a process of its own and kill it; False where it had finished."""
    child = os.fork()
    if child == 0:
        write(folder)
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    made = contest()
    writers: dict[str, Callable[[Path], object]] = {
        "save": lambda folder: made.save(folder / "a.gsw"),
        "to_csv": made.to_csv,
        "everything of compare --out --overwrite": lambda folder: write_contest(made, folder, overwrite=True),
    }
    lines = ["| what | killed | had finished | files half written |", "|---|---|---|---|"]
    for name, write in writers.items():
        with tempfile.TemporaryDirectory() as place:
            folder, count = Path(place), 0
            began = time.perf_counter()
            write(folder)
            whole = time.perf_counter() - began
            bad: list[str] = []
            for moment in range(asked.moments):
                count += killed(write, folder, whole * (moment + 0.5) / asked.moments)
                bad += broken(folder)
        lines.append(f"| {name} | {count} | {asked.moments - count} | {len(bad)} |")
        print(lines[-1], bad[:3], flush=True)
    if asked.out is not None:
        asked.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
