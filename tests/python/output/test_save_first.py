"""The saved study is on disk before anything else; what fails after it is a warning; nothing is written over."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from rich.console import Console

import groundswell as gs
from groundswell.common import files
from groundswell.errors import InvalidInput
from groundswell.output import folder as module
from groundswell.output.folder import PICTURES, free_folder, report, write_contest, write_result
from groundswell.output.streams import LastingStream, lasting_output, output_error

RUN = ["demo", "--employees", "40", "--weeks", "4", "--worlds", "2", "--replicates", "1", "--out"]
EVERYTHING = {"advocacy.gsw", "advocacy.xlsx", "decision.html", *(f"{name}.png" for name in PICTURES)}


@pytest.fixture(scope="module")
def contest() -> gs.Contest:
    base = gs.Scenario(gs.Company.synthetic(employees=40), "2027-01-04", weeks=4, warm_up_weeks=0, label="None")
    loud = base.replace(label="Loud", program=gs.Program(advocates=gs.ActiveAdvocates(size=5), posts_per_week=3))
    return gs.compare([loud], baseline=base, worlds=2, replicates=1, progress=False)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_study_is_there_when_the_first_other_thing_is_made(
    contest: gs.Contest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []

    def stopped(*_: object) -> Path:
        seen.append(names(tmp_path))
        raise KeyboardInterrupt

    monkeypatch.setattr(gs.Contest, "to_excel", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_contest(contest, tmp_path)
    assert seen == [{"advocacy.gsw"}]
    assert isinstance(gs.load(tmp_path / "advocacy.gsw"), gs.Contest)


def test_whatever_fails_after_the_study_is_a_warning(
    contest: gs.Contest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(_contest: gs.Contest, name: str, _folder: Path) -> Path:
        raise {"reach": ValueError("no glyph"), "costs": MemoryError()}.get(name, OSError(28, "No space left"))

    monkeypatch.setattr(module, "picture", failing)
    written = write_contest(contest, tmp_path)
    assert names(tmp_path) == {"advocacy.gsw", "advocacy.xlsx", "decision.html"} == {path.name for path in written.kept}
    assert written.error is None
    assert len(written.warnings) == len(PICTURES)
    report(written, Console())
    said = capsys.readouterr()
    assert "advocacy.gsw" in said.out
    assert "warning: reach.png was not written: ValueError: no glyph" in said.err


def test_a_study_that_cannot_be_saved_is_an_error_after_everything_else(
    contest: gs.Contest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> Path:
        raise InvalidInput("path: cannot be written: No space left on device")

    monkeypatch.setattr(gs.Contest, "save", full)
    written = write_contest(contest, tmp_path)
    assert names(tmp_path) == EVERYTHING - {"advocacy.gsw"}
    with pytest.raises(InvalidInput, match="No space left"):
        report(written, Console())
    assert "advocacy.xlsx" in capsys.readouterr().out


def test_results_are_not_written_over(contest: gs.Contest, tmp_path: Path) -> None:
    out = tmp_path / "results"
    first = write_contest(contest, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    second, third = write_result(contest.results["Loud"], out), write_contest(contest, out)
    assert [one.folder.name for one in (first, second, third)] == ["results", "results_2", "results_3"]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(second.folder) == {"result.gsw", "summary.csv", "month.csv", "week.csv"}
    assert write_contest(contest, out, overwrite=True).folder == out
    assert names(tmp_path) == {"results", "results_2", "results_3"}


def test_a_folder_of_other_files_is_used(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert free_folder(tmp_path) == tmp_path
    (tmp_path / "result.gsw").write_text("")
    assert free_folder(tmp_path).name == f"{tmp_path.name}_2"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write_file(tmp_path / "a.csv", b"before", ".csv")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InvalidInput, match="No space left on device"):
        files.write_file(path, b"after", ".csv")
    assert path.read_bytes() == b"before"
    assert names(tmp_path) == {"a.csv"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if not Path(mount[0]).exists() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can make a small disk")
    yield disk
    subprocess.run(["/bin/umount", str(disk)], check=True)


def test_a_disk_that_has_room_for_the_study_alone(
    contest: gs.Contest, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All levels of filling are in docs/results/interruptions.md."""
    earlier = files.write_file(small_disk / "result.gsw", b"earlier", ".gsw")
    contest.save(small_disk / "a.gsw")
    need = (small_disk / "a.gsw").stat().st_size
    (small_disk / "a.gsw").unlink()
    status = os.statvfs(small_disk)
    room = status.f_bavail * status.f_frsize - (need // 4096 + 1) * 4096
    (small_disk / "filler").write_bytes(b"x" * room)
    written = write_contest(contest, small_disk, overwrite=True)
    report(written, Console(width=1000))
    said = capsys.readouterr()
    assert names(small_disk) == {"result.gsw", "filler", "advocacy.gsw"}
    assert earlier.read_bytes() == b"earlier"
    assert gs.load(small_disk / "advocacy.gsw").labels == contest.labels
    assert said.out.split() == [str(small_disk / "advocacy.gsw")]
    assert [name for name in sorted(EVERYTHING) if f"warning: {name} was not written" in said.err] == sorted(
        EVERYTHING - {"advocacy.gsw"}
    )


def test_a_full_disk_keeps_the_earlier_study(
    contest: gs.Contest, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PICTURES", ("reach",))
    earlier = contest.save(small_disk / "advocacy.gsw").read_bytes()
    with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(b"x" * 4096)
    written = write_contest(contest, small_disk, overwrite=True)
    assert not written.kept
    assert names(small_disk) == {"advocacy.gsw", "filler"}
    assert (small_disk / "advocacy.gsw").read_bytes() == earlier
    with pytest.raises(InvalidInput, match="No space left on device"):
        report(written, Console())


@pytest.fixture
def outside() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(gs.__file__).parents[1]), "MPLBACKEND": "Agg"}


@pytest.mark.parametrize("where", ["> /dev/full", "| head -1", ">&- 2> /dev/full"])
def test_output_that_cannot_be_written(where: str, outside: dict[str, str], tmp_path: Path) -> None:
    """Everything is kept, the exit code is 0, and a lost output is said on standard error."""
    line = f'set -o pipefail; "$0" -m groundswell.cli {" ".join(RUN)} out {where}'
    ran = subprocess.run(
        ["/bin/bash", "-c", line, sys.executable], cwd=tmp_path, env=outside, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert names(tmp_path / "out") == EVERYTHING
    assert ("standard output could not be written" in ran.stderr) == (where in ("> /dev/full", "| head -1"))
    assert "Traceback" not in ran.stderr
    assert "ignored" not in ran.stderr


def test_a_terminal_of_ascii_alone(outside: dict[str, str], tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "groundswell.cli", *RUN, "out"], cwd=tmp_path, capture_output=True, check=False,
        env=outside | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, ran.stderr)
    assert "looked after - Invite everyone" in " ".join(ran.stdout.decode("ascii").split())
    assert names(tmp_path / "out") == EVERYTHING


def test_without_a_folder_a_full_disk_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with Path("/dev/full").open("w") as full, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        with lasting_output():
            console = Console(file=sys.stdout)
            console.print("x\n" * 10_000)
            with pytest.raises(InvalidInput, match="no --out names a folder"):
                report(None, console)


def test_a_lasting_stream_keeps_the_first_reason() -> None:
    with Path("/dev/full").open("w") as full:
        stream = LastingStream(full)
        assert stream.write("text") == 4
        stream.flush()
        first = stream.error
        assert isinstance(first, OSError)
        stream.write("more")
        stream.flush()
        assert stream.error is first
    assert output_error() is None
