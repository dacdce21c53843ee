"""One bar over worlds and runs, what it says before the end, and silence where nobody watches."""

from __future__ import annotations

import fcntl
import logging
import os
import pty
import re
import struct
import sys
import termios
import threading
from pathlib import Path
from subprocess import Popen
from typing import Any

import numpy as np
import pytest

import groundswell as gs
from groundswell.common.progress import Progress, open_progress
from groundswell.results.recording import Recording
from groundswell.run import leading as interim
from groundswell.run.batch import Batch

COMPANY = gs.Company.synthetic(employees=40)
BASE = gs.Scenario(COMPANY, start="2027-01-04", weeks=4, warm_up_weeks=1, follow_up_weeks=1, label="None")


def design(label: str, size: int, posts: float = 3) -> gs.Scenario:
    return BASE.replace(
        label=label, program=gs.Program(advocates=gs.ActiveAdvocates(size=size), posts_per_week=posts)
    )


FEW, MANY = design("Few", 3), design("Many", 20)


def test_a_bar_when_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress(True) as bar:
        bar.remaining(4)
        bar.world(0, 2)
        bar.tick()
        bar.at(4)
    text = capfd.readouterr().err
    assert "world 1 of 2" in text
    assert "4/4" in text


def test_one_total_counts_worlds_and_runs_of_all_designs() -> None:
    seen: list[tuple[int, int]] = []
    gs.compare([FEW, MANY], BASE, worlds=3, replicates=2, progress=lambda *step: seen.append(step))
    assert {total for _, total in seen} == {3 + 3 * 3 * 2}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]


def test_precision_lets_the_total_grow_and_does_not_start_again() -> None:
    """The second block, in which inputs are drawn, comes once the worlds suffice: 10 worlds of 2 designs."""
    seen: list[tuple[int, int]] = []
    contest = gs.compare(
        [FEW], BASE, worlds=5, replicates=1, progress=lambda *step: seen.append(step), max_worlds=10,
        precision={"unique_reach": gs.within(1e-6)},
    )  # fmt: skip
    assert contest.worlds == 10
    assert list(dict.fromkeys(total for _, total in seen)) == [15, 30, 50]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (50, 50)


def test_a_finished_part_is_not_counted() -> None:
    seen: list[tuple[int, int]] = []
    contest = gs.compare([FEW], BASE, worlds=2, replicates=2)
    contest.extend(worlds=3, progress=lambda *step: seen.append(step))
    assert seen[-1] == (1 + 2 * 2, 1 + 2 * 2)


def test_a_progress_that_is_open_stays_open() -> None:
    with Progress(False) as outer:
        with open_progress(outer) as inner:
            assert inner is outer
        with open_progress(None) as own:
            assert own is not outer


def test_the_log_has_the_leading_difference_after_each_world(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="groundswell"):
        contest = gs.compare([FEW, MANY], BASE, worlds=5, replicates=4)
    lines = [record.message for record in caplog.records if record.message.startswith("unique_reach")]
    assert len(lines) == 6  # one after two replicates, and one after each world
    assert all(line.endswith("(95 %, given this world)") for line in lines[:2])
    assert lines[2].endswith("(95 %, given these 2 worlds)")
    row = contest.differences("unique_reach", versus="Few").set_index("label").loc["Many"]
    half = row["difference_ci_upper"] - row["difference"]
    assert lines[-1] == (
        f"unique_reach, Many − Few: +{row['difference']:,.0f} ± {half:,.{1 if half < 1000 else 0}f} (95 %, 5 worlds)"
    )


def recording(contest: gs.Contest, label: str, worlds: int, replicates: int = 9) -> Recording:
    whole = contest.results[label].recording
    return Recording(
        whole.layout, whole.measures, whole.values[:worlds, :replicates], whole.finished[:worlds, :replicates]
    )


def test_what_is_said_uses_only_runs_that_every_design_has() -> None:
    contest = gs.compare([FEW, MANY], BASE, worlds=3, replicates=3)
    part = {"Few": recording(contest, "Few", 3), "Many": recording(contest, "Many", 2)}
    both = {label: recording(contest, label, 2) for label in ("Few", "Many")}
    assert interim.leading(part) == interim.leading(both)
    assert interim.leading({"Few": part["Few"]}).startswith("unique_reach: ")
    one_run = {label: recording(contest, label, 1, 1) for label in ("Few", "Many")}
    assert interim.leading(one_run) == ""  # no interval from one run
    empty = recording(contest, "Few", 1)
    nothing = Recording(empty.layout, empty.measures, empty.values, np.zeros_like(empty.finished))
    assert interim.leading({"Few": nothing}) == ""


def in_terminal(arguments: list[str], cwd: Path) -> str:
    """What a command writes to a terminal of 100 columns."""
    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    environment = os.environ | {"PYTHONPATH": str(Path(gs.__file__).parents[1])}
    process = Popen([sys.executable, *arguments], cwd=cwd, stderr=other, stdout=other, stdin=other, env=environment)
    os.close(other)
    parts: list[bytes] = []

    def read() -> None:
        while True:
            try:
                part = os.read(main, 4096)
            except OSError:  # Linux says so when the other end is closed
                return
            if not part:
                return
            parts.append(part)

    reader = threading.Thread(target=read)
    reader.start()
    assert process.wait(timeout=120) == 0
    reader.join(timeout=10)
    os.close(main)
    return b"".join(parts).decode()


SCRIPT = """
import groundswell as gs
from tests_of_progress import FEW, MANY, BASE
gs.compare([FEW, MANY], BASE, worlds=2, replicates=3)
"""


def test_a_terminal_shows_the_first_interval_before_the_end(tmp_path: Path) -> None:
    (tmp_path / "tests_of_progress.py").write_text(Path(__file__).read_text())
    text = in_terminal(["-c", SCRIPT], tmp_path)
    first = re.search(r"unique_reach, Many − Few: \+[\d,]+ ± [\d,.]+ \(95 %, given this world\)", text)
    assert first, text
    assert "world 2 of 2" in text
    assert text.index("20/20") > first.start()


def test_nothing_is_shown_or_worked_out_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: Any) -> dict[str, Any]:
        raise AssertionError("worked out for nobody")

    monkeypatch.setattr(Batch, "recordings", never)
    gs.simulate(FEW, worlds=1, replicates=2)
