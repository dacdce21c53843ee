"""Kill -9 at many moments of what writes files: `python tools/kill_test.py [--moments 50] [--out FILE.md]`.

Each moment begins in a new folder with earlier files in it. Afterwards every file of a result's name must be whole (the
one that was there, or the new one), and files that are not to be replaced must be as they were.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import groundswell as gs
from groundswell.cli.app import app
from groundswell.errors import GroundswellError
from groundswell.worlds.cache import OWN_PART, checksum

LAST_BYTES = b"IEND\xaeB`\x82"  # of a picture that is whole
RUN = ("--worlds", "2", "--replicates", "2", "--threads", "1")
SAVED = ("advocacy.gsw", "advocacy.xlsx")


@dataclass(frozen=True)
class Case:
    """What is killed: `write` in a copy of the folder `before`; `keeps`: nothing that was there is replaced."""

    name: str
    before: Path
    write: Callable[[Path], object]
    keeps: bool


def contest(label: str) -> gs.Contest:
    base = gs.Scenario(gs.Company.synthetic(employees=40), "2027-01-04", weeks=8, warm_up_weeks=0, label="None")
    loud = base.replace(label=label, program=gs.Program(advocates=gs.ActiveAdvocates(size=5), posts_per_week=3))
    return gs.compare([loud], baseline=base, worlds=2, replicates=1, threads=1, progress=False)


def command(*words: str) -> None:
    app(list(words), standalone_mode=False)


def everything(made: gs.Contest, folder: Path) -> None:
    made.save(folder / SAVED[0])
    made.to_excel(folder / SAVED[1])
    made.to_csv(folder)


def worlds(folder: Path) -> None:
    gs.cache(folder / "cache")
    company = gs.Company.synthetic(employees=400)
    gs.simulate(gs.Scenario(company, "2027-01-04", weeks=4, warm_up_weeks=0), 6, 1, threads=1, progress=False)


def cases(place: Path) -> list[Case]:
    """Folders to begin from, made here, and what is done in them."""
    old, new = contest("Old"), contest("New")
    results, empty, study = (place / name for name in ("results", "empty", "study"))
    for folder in (results, empty):
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    everything(old, results)
    table = pd.DataFrame({"id": [f"E{i}" for i in range(60)], "department": ["Sales", "R&D", "HR"] * 20})
    table.to_csv(empty / "hr.csv", index=False)
    shutil.copytree(empty, study)
    init = ("init", "--hr", "hr.csv", "--left", "none", "--out", "study")
    at = os.getcwd()  # noqa: PTH109
    os.chdir(study)
    command(*init)
    shutil.copytree(results, study / "study" / "results")
    os.chdir(at)
    short = ("compare", "study", *RUN, "--set", "weeks=4", "--set", "warm_up_weeks=0")
    cached = place / "cached"
    shutil.copytree(empty, cached)
    worlds_of_another = gs.Scenario(gs.Company.synthetic(employees=40), "2027-01-04", weeks=4, warm_up_weeks=0)
    gs.cache(cached / "cache")
    gs.simulate(worlds_of_another, 2, 1, threads=1, progress=False)
    gs.cache(None)
    return [
        Case("`save` over an earlier study", results, lambda folder: new.save(folder / SAVED[0]), keeps=False),
        Case(
            "`to_excel` over an earlier workbook", results, lambda folder: new.to_excel(folder / SAVED[1]), keeps=False
        ),
        Case("`to_csv` over earlier tables", results, new.to_csv, keeps=False),
        Case("a new key file", empty, lambda folder: gs.create_key(folder / "new.key"), keeps=True),
        Case("`groundswell init`", empty, lambda _: command(*init), keeps=True),
        Case("`groundswell compare FOLDER`", study, lambda _: command(*short), keeps=True),
        Case("`groundswell compare FOLDER --overwrite`", study, lambda _: command(*short, "--overwrite"), keeps=False),
        Case("worlds for the cache", cached, worlds, keeps=True),
    ]


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_part(name: Path) -> bool:
    """Whether a file has a name that no reader takes for a result: hidden, or a world that is being written."""
    return any(word.startswith(".") for word in name.parts) or OWN_PART.fullmatch(name.name) is not None


def harm(folder: Path, case: Case, earlier: dict[Path, bytes], whole: dict[Path, bytes]) -> list[str]:
    """Files that are half written, and earlier ones that are gone or not as they were."""
    found, now = [], files(folder)
    for name, content in now.items():
        if is_part(name) or content == earlier.get(name):
            continue
        if (case.keeps and name in earlier) or not is_whole(folder / name, content, whole.get(name)):
            found.append(str(name))
    return found + [f"{name} is gone" for name in earlier if name not in now]


def is_whole(path: Path, content: bytes, finished: bytes | None) -> bool:
    """Whether a file opens to its end; a text is what it is where nothing is killed."""
    try:
        match path.suffix:
            case ".gsw":
                gs.load(path)
            case ".xlsx":
                return zipfile.ZipFile(path).testzip() is None
            case ".png":
                return content.endswith(LAST_BYTES)
            case ".key":
                gs.read_key(path)
            case ".gsworld":
                return path.stem.rpartition("-")[2] == checksum(path, 1)
            case _:
                return content == finished
    except (GroundswellError, zipfile.BadZipFile):
        return False
    return True


def started(write: Callable[[Path], object], folder: Path) -> int:
    """Write in a process of its own; its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.chdir(folder)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            write(folder)
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child: int) -> bool:
    """Wait for a process; whether it was killed."""
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"what is to be killed fails by itself, with {os.WEXITSTATUS(status)}")
    return os.WIFSIGNALED(status)


def names(folder: Path) -> set[str]:
    return {os.path.join(at, name) for at, below, here in os.walk(folder) for name in (*below, *here)}  # noqa: PTH118


def first_change(folder: Path, before: set[str], most: float) -> None:
    """Wait until something has come into the folder, or gone."""
    until = time.perf_counter() + most
    while names(folder) == before and time.perf_counter() < until:
        pass


def let_finish(case: Case, folder: Path) -> tuple[float, float]:
    """Seconds until the first change in the folder, and from there to the end."""
    before, began = names(folder), time.perf_counter()
    child = started(case.write, folder)
    first_change(folder, before, most=60)
    changed = time.perf_counter()
    ended(child)
    return changed - began, time.perf_counter() - changed


def tested(case: Case, moments: int) -> tuple[int, list[str], int]:
    """How often it was killed, what was harmed, how often a part was left.

    Every other moment is spread over all the time it takes, the others from the first change in the folder on.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "here"
        count, bad, left = 0, list[str](), 0
        times = []
        for _ in range(3):  # the first is slower: nothing is in the caches of the machine
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(case.before, folder)
            times.append(let_finish(case, folder))
        quiet, writing = (min(each) for each in zip(*times, strict=True))
        whole = files(folder)
        for moment in range(moments):
            shutil.rmtree(folder)
            shutil.copytree(case.before, folder)
            earlier, before, share = files(folder), names(folder), (moment + 0.5) / moments
            child = started(case.write, folder)
            if moment % 2:
                first_change(folder, before, most=2 * quiet)
                time.sleep(writing * share)
            else:
                time.sleep((quiet + writing) * share)
            os.kill(child, signal.SIGKILL)
            count += ended(child)
            bad += harm(folder, case, earlier, whole)
            left += any(map(is_part, files(folder)))
    return count, bad, left


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    lines = ["| what | killed | had finished | earlier files harmed, or files half written | parts left |"]
    lines += ["|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as place:
        key = Path(place) / "own.key"
        os.environ["GROUNDSWELL_KEY"] = str(key)
        gs.create_key(key)
        os.environ["MPLBACKEND"] = "Agg"
        for case in cases(Path(place)):
            count, bad, left = tested(case, asked.moments)
            lines.append(f"| {case.name} | {count} | {asked.moments - count} | {len(bad)} | {left} |")
            print(lines[-1], bad[:3], flush=True)
    if asked.out is not None:
        asked.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
