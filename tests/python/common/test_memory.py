"""What memory there is to take: machine, control groups in made-up trees of files, limits of real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from groundswell import _core
from groundswell.common import memory
from groundswell.common.memory import ADDRESSES, DATA, GROUP, Room, check_fits, fitting, group_rooms
from groundswell.errors import DoesNotFit
from groundswell.worlds.size import would_fit

V1 = "5:cpu:/elsewhere\n4:memory:/docker/abc\n"
HUGE = "9223372036854771712"  # what version 1 states where there is no limit


def tree(root: Path, own: str, files: dict[str, str]) -> Path:
    for name, text in {"proc/self/cgroup": own, **{f"sys/fs/cgroup/{n}": t for n, t in files.items()}}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("own", "files", "free"),
    [
        ("0::/\n", {"memory.max": "1000\n", "memory.current": "400\n"}, [600]),
        ("0::/\n", {"memory.max": "max\n", "memory.current": "400\n"}, []),
        ("0::/\n", {"memory.max": "1000\n", "memory.current": "1400\n"}, [1]),
        ("0::/\n", {"memory.max": "1000", "memory.current": "900", "memory.stat": "anon 5\ninactive_file 300\n"},
         [400]),
        ("0::/a/b\n", {"a/b/memory.max": "900", "a/b/memory.current": "0", "a/memory.max": "800",
                       "a/memory.current": "700"}, [900, 100]),
        ("0::/docker/abc\n", {"memory.max": "1000", "memory.current": "1"}, [999]),  # the container's files
        ("1:memory:/\n0::/here\n", {"unified/here/memory.max": "10", "unified/here/memory.current": "3"}, [7]),
        (V1, {"memory/docker/abc/memory.limit_in_bytes": "1000", "memory/docker/abc/memory.usage_in_bytes": "900",
              "memory/docker/abc/memory.stat": "total_inactive_file 50\n"}, [150]),
        (V1, {"memory/memory.limit_in_bytes": "500", "memory/memory.usage_in_bytes": "100"}, [400]),
        (V1, {"memory/memory.limit_in_bytes": HUGE, "memory/memory.usage_in_bytes": "100"}, []),
        ("0::/\n", {"memory.max": "1000"}, []),
        ("0::/\n", {"memory.max": "-1", "memory.current": "x"}, []),
        ("nonsense", {"memory.max": "1000", "memory.current": "1"}, []),
    ],
)  # fmt: skip
def test_every_control_group_on_the_way_up_counts(
    tmp_path: Path, own: str, files: dict[str, str], free: list[int]
) -> None:
    assert list(group_rooms(tree(tmp_path, own, files))) == [Room(n, GROUP) for n in free]


def test_the_least_counts_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_core, "available_memory_bytes", lambda: 5_000)
    monkeypatch.setattr(memory, "group_rooms", lambda _: iter([Room(7_000, GROUP), Room(3_000, GROUP)]))
    monkeypatch.setattr(memory, "_process_rooms", lambda: iter([Room(4_000, ADDRESSES)]))
    assert memory.room() == Room(3_000, GROUP)
    monkeypatch.setattr(memory, "group_rooms", lambda _: iter(()))
    assert memory.room() == Room(4_000, ADDRESSES)
    with pytest.raises(DoesNotFit, match=r"needs about 4\.0 kB and 4\.0 kB are available \(limit of the address space"):
        check_fits(4_001)
    monkeypatch.setattr(memory, "_process_rooms", lambda: iter(()))
    assert memory.room() == Room(5_000, memory.MACHINE)
    monkeypatch.setattr(_core, "available_memory_bytes", lambda: 0)
    assert memory.room().free == 0


def test_memory_that_runs_out_is_an_error_of_ours() -> None:
    with pytest.raises(DoesNotFit, match="memory ran out"), fitting():
        raise MemoryError


@pytest.mark.parametrize(
    ("employees", "needed", "free", "says"),
    [(1000, 5_000, 2_345, "; about 460 employees would fit"), (1000, 5_000, 1, ""), (1000, 0, 10, ""),
     (9_876_543, 100, 50, "; about 4,900,000 employees would fit"), (5, 10, -3, "")],
)  # fmt: skip
def test_the_size_that_would_fit_is_said(employees: int, needed: int, free: int, says: str) -> None:
    assert would_fit(employees, needed, free) == says


LIMITED = """
import resource, sys
import groundswell as gs
from groundswell import _core
from groundswell.common.memory import room
firm = gs.Scenario(gs.Company.synthetic(employees=3000), "2027-01-04", weeks=4)
before = room()
text = open("/proc/self/status").read()
taken = 1024 * int(text.split(sys.argv[1] + ":")[1].split()[0])
which = getattr(resource, sys.argv[2])
resource.setrlimit(which, (taken + int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    gs.simulate(firm, worlds=1, replicates=2, threads=2, progress=False)
    print("finished")
except gs.GroundswellError as error:
    print(type(error).__name__, error)
"""


def limited(name: str, limit: str, left: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, name, limit, str(left)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
@pytest.mark.parametrize(
    ("name", "limit", "text"), [("VmSize", "RLIMIT_AS", ADDRESSES), ("VmData", "RLIMIT_DATA", DATA)]
)
def test_what_a_limit_of_the_process_leaves_is_named(name: str, limit: str, text: str) -> None:
    said = limited(name, limit, 100_000_000)
    assert said.startswith("DoesNotFit this run needs about")
    assert text in said
    assert "employees would fit" in said


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_nothing_dies_where_memory_runs_out_in_spite_of_the_estimate() -> None:
    """The estimate is switched off, so that every allocation may be the one that fails."""
    off = LIMITED.replace("before = room()", "import groundswell.run.simulate as s; s.check_run_fits = lambda *_: None")
    ends = set()
    for left in range(5_000_000, 420_000_000, 79_000_000):
        done = subprocess.run(
            [sys.executable, "-c", off, "VmSize", "RLIMIT_AS", str(left)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (left, done.stderr)
        ends.add(done.stdout.split()[0])
    assert "DoesNotFit" in ends
