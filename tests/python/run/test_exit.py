"""A process ends well while daemon threads simulate, and simulates where the system gives no further thread."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

BINDINGS = Path(__file__).resolve().parents[3] / "cpp" / "bindings"

BEGIN = """
import atexit, os, sys, threading, time
import groundswell as gs

def scenario(employees=40, size=10, **values):
    program = gs.Program(advocates=gs.ActiveAdvocates(size=size))
    return gs.Scenario(gs.Company.synthetic(employees), "2027-01-04", program=program, **values)

begun = threading.Semaphore(0)

def in_background(work, *what, **options):
    def tell(done, total):
        if done:  # the first world is built
            begun.release()
    many = {"worlds": 50, "replicates": 20, "threads": 2, "progress": tell} | options
    thread = threading.Thread(target=work, args=what, kwargs=many, daemon=True)
    thread.start()
    return thread

"""


def run(code: str, before: str = "") -> subprocess.CompletedProcess[str]:
    text = before + BEGIN + textwrap.dedent(code)
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=300, check=False)


def test_only_calls_that_can_be_waited_for_let_go_of_the_gil() -> None:
    releasing = {path.name for path in BINDINGS.iterdir() if "gil_scoped_release" in path.read_text()}
    assert releasing == {"long_call.hpp", "long_call.cpp"}


@pytest.mark.parametrize(
    "code",
    [
        "in_background(gs.simulate, scenario()); begun.acquire(timeout=60)",
        "for _ in range(2): in_background(gs.simulate, scenario())\nfor _ in range(2): begun.acquire(timeout=60)",
        "in_background(gs.compare, [scenario(), scenario(size=5)], scenario(size=1)); begun.acquire(timeout=60)",
        "in_background(gs.simulate, scenario(3000)); time.sleep(.5)",  # still building the first world
        "in_background(gs.simulate, scenario(), progress=lambda done, total: time.sleep(.3)); time.sleep(1)",
    ],
    ids=["simulate", "two at once", "compare", "building", "in the callback"],
)
def test_daemon_threads_end_with_the_process(code: str) -> None:
    ended = run(code)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_a_thread_that_is_stopped_can_be_waited_for() -> None:
    """Handlers of atexit run in the reverse order of their registration: this one after the one of the module."""
    ended = run(
        """
        thread = in_background(gs.simulate, scenario())
        begun.acquire(timeout=60)
        """,
        before="import atexit; atexit.register(lambda: print('ended:', not thread.join() and not thread.is_alive()))",
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "ended: True\n", "")


def test_nothing_is_begun_once_the_interpreter_ends() -> None:
    ended = run(
        """
        def late():
            try:
                gs.simulate(scenario(), worlds=1, replicates=1)
            except SystemExit as ending:
                print(ending)
        """,
        before="import atexit; atexit.register(lambda: late())",
    )
    assert ended.stdout == "the interpreter is ending: groundswell runs nothing any more\n"
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_waits_for_no_thread_of_its_parent() -> None:
    ended = run(
        """
        in_background(gs.simulate, scenario())
        begun.acquire(timeout=60)
        child = os.fork()
        if child:
            print("child:", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """
    )
    assert (ended.returncode, ended.stdout) == (0, "child: 0\n")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the C library of GNU can be made to give no thread")
def test_the_numbers_are_the_same_where_no_thread_can_be_started() -> None:
    """A stack of 2**60 bytes fits nowhere, so that starting a thread fails."""
    ended = run(
        """
        import ctypes
        import numpy as np

        def values():
            return gs.simulate(scenario(weeks=4), worlds=2, replicates=3, threads=3).recording.values

        before = values()
        attributes = (ctypes.c_char * 256)()
        libc = ctypes.CDLL(None)
        libc.pthread_attr_init(attributes)
        libc.pthread_attr_setstacksize(attributes, ctypes.c_size_t(2**60))
        libc.pthread_setattr_default_np(attributes)
        try:
            threading.Thread(target=print).start()
        except RuntimeError as error:
            print(error)
        print(np.array_equal(before, values()))
        """
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "can't start new thread\nTrue\n", "")
