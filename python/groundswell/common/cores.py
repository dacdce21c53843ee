"""How many processor cores this process may use: the one answer to `threads=None`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

CONTROL_GROUPS = Path("sys/fs/cgroup")
# Version 1 mounts the controller `cpu` alone or together with `cpuacct`, in a folder named after what it mounts.
CPU_FOLDERS = ("cpu", "cpu,cpuacct", "cpuacct,cpu")


def usable_cores() -> int:
    """Return the least of the cores there are, the affinity of the process and the container's quota; at least 1."""
    there = os.cpu_count() or 1
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else there
    quota = quota_of(Path("/"))
    return max(1, min(there, bound, there if quota is None else quota))


def quota_of(root: Path) -> int | None:
    """Return the least quota of the process's control groups and of all above them, in cores rounded up.

    None where there is none, or none that can be read: a system without control groups has no such files.
    """
    quotas = (_quota_of_group(folder) for folder in _groups(root))
    return min((quota for quota in quotas if quota is not None), default=None)


def _groups(root: Path) -> Iterator[Path]:
    """Folders that may hold a quota: of each group of the process, and of every group above it.

    Inside a container the group's path is often the host's while the container's own group is mounted at the top:
    folders that do not exist are then passed over on the way up.
    """
    for line in _text(root / "proc/self/cgroup").splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0":  # version 2: one tree, beside version 1 in `unified`
            tops = [root / CONTROL_GROUPS, root / CONTROL_GROUPS / "unified"]
        elif "cpu" in controllers.split(","):
            tops = [root / CONTROL_GROUPS / name for name in CPU_FOLDERS]
        else:
            continue
        inside = PurePosixPath(path.lstrip("/"))
        outside = ".." in inside.parts  # a group above what the container shows: only the top is there to be read
        below = [PurePosixPath()] if outside else [inside, *inside.parents]
        yield from (top / group for top in tops for group in below)


def _quota_of_group(folder: Path) -> int | None:
    """Return the quota that a folder states in the files of either version; None where it states none."""
    stated = _text(folder / "cpu.max").split() or [
        *_text(folder / "cpu.cfs_quota_us").split(),
        *_text(folder / "cpu.cfs_period_us").split(),
    ]
    if len(stated) != 2 or not all(number.isdecimal() for number in stated):  # `max` and -1 say that there is none
        return None
    time, period = (int(number) for number in stated)
    return -(-time // period) if time > 0 and period > 0 else None


def _text(path: Path) -> str:
    """Return what a small file says; nothing where it cannot be read, for a quota is never a reason to fail."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
