"""The cores of the process: affinity, machine and the quota of the container, in made-up trees of files."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from groundswell.common import cores
from groundswell.common.cores import quota_of, usable_cores
from groundswell.run.plan import make_plan

ROOT = Path(__file__).resolve().parents[3]
V1 = "5:memory:/elsewhere\n4:cpu,cpuacct:/docker/abc\n"


def tree(root: Path, own: str, files: dict[str, str]) -> Path:
    for name, text in {"proc/self/cgroup": own, **{f"sys/fs/cgroup/{n}": t for n, t in files.items()}}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("own", "files", "quota"),
    [
        ("0::/\n", {"cpu.max": "200000 100000\n"}, 2),
        ("0::/\n", {"cpu.max": "150000 100000\n"}, 2),
        ("0::/\n", {"cpu.max": "5000 100000\n"}, 1),
        ("0::/\n", {"cpu.max": "max 100000\n"}, None),
        ("0::/a/b\n", {"a/b/cpu.max": "max 100000", "a/cpu.max": "300000 100000", "cpu.max": "max 100000"}, 3),
        ("0::/a/b\n", {"a/b/cpu.max": "400000 100000", "a/cpu.max": "300000 100000"}, 3),
        ("0::/a/b\n", {"a/b/cpu.max": "100000 100000", "a/cpu.max": "300000 100000"}, 1),
        ("0::/a\n", {"a/cpu.max": "max 100000", "a/b/cpu.max": "100000 100000"}, None),  # below: not ours
        ("0::/docker/abc\n", {"cpu.max": "200000 100000"}, 2),  # the host's path, the container's files
        ("0::/../other\n", {"cpu.max": "200000 100000"}, 2),
        ("1:cpu:/\n0::/here\n", {"unified/here/cpu.max": "200000 100000"}, 2),
        (V1, {"cpu/docker/abc/cpu.cfs_quota_us": "250000", "cpu/docker/abc/cpu.cfs_period_us": "100000"}, 3),
        (V1, {"cpu,cpuacct/cpu.cfs_quota_us": "100000", "cpu,cpuacct/cpu.cfs_period_us": "50000"}, 2),
        (V1, {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None),
        (V1, {"cpu/cpu.cfs_quota_us": "100000"}, None),
        (V1, {"elsewhere/cpu.max": "100000 100000"}, None),
    ],
)
def test_the_quota_is_the_least_on_the_way_up(
    tmp_path: Path, own: str, files: dict[str, str], quota: int | None
) -> None:
    assert quota_of(tree(tmp_path, own, files)) == quota


@pytest.mark.parametrize(
    "text", ["", "\n", "max", "100000", "a b", "1 2 3", "0 100000", "100000 0", "-5 100000", "1e5 100000", "²  ²"]
)
def test_odd_files_state_no_quota(tmp_path: Path, text: str) -> None:
    assert quota_of(tree(tmp_path, "0::/\n", {"cpu.max": text})) is None


@pytest.mark.parametrize("own", ["", "nonsense", ":::", "0::", "0::\0", "cpu", "4:cpu", "0::" + "/x" * 900])
def test_odd_lists_of_groups_state_no_quota(tmp_path: Path, own: str) -> None:
    assert quota_of(tree(tmp_path, own, {})) is None


def test_missing_and_unreadable_files_state_no_quota(tmp_path: Path) -> None:
    assert quota_of(tmp_path / "nowhere") is None
    (tree(tmp_path, "0::/\n", {"other": ""}) / "sys/fs/cgroup/cpu.max").write_bytes(b"\xff\xfe")
    assert quota_of(tmp_path) is None
    (tmp_path / "proc/self/cgroup").unlink()
    (tmp_path / "proc/self/cgroup").mkdir()
    assert quota_of(tmp_path) is None


@pytest.mark.parametrize(("there", "quota", "least"), [(8, None, 8), (8, 3, 3), (2, 5, 2), (None, None, 1), (4, 0, 1)])
def test_the_least_of_what_is_known_counts(
    monkeypatch: pytest.MonkeyPatch, there: int | None, quota: int | None, least: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: there)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(64), raising=False)
    monkeypatch.setattr(cores, "quota_of", lambda _: quota)
    assert usable_cores() == least


def test_the_affinity_counts_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(cores, "quota_of", lambda _: None)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 5}, raising=False)
    assert usable_cores() == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    assert usable_cores() == 16


def test_a_plan_takes_every_usable_core() -> None:
    assert make_plan(1, 1, 1, None).threads == usable_cores() >= 1


def test_nothing_else_asks_for_cores() -> None:
    asks = re.compile(r"\b(cpu_count|process_cpu_count|sched_getaffinity)\b")
    files = [path for folder in ("python", "tools") for path in (ROOT / folder).rglob("*.py")]
    asking = sorted(path.relative_to(ROOT).as_posix() for path in files if asks.search(path.read_text()))
    assert asking == ["python/groundswell/common/cores.py"]
