"""How many processor cores this process may use: the one answer to `threads=None`."""

from __future__ import annotations

import os
from pathlib import Path

from groundswell.common.control_groups import groups_of, text_of

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
    quotas = (_quota_of_group(folder) for folder in groups_of(root, "cpu", CPU_FOLDERS))
    return min((quota for quota in quotas if quota is not None), default=None)


def _quota_of_group(folder: Path) -> int | None:
    """Return the quota that a folder states in the files of either version; None where it states none."""
    stated = text_of(folder / "cpu.max").split() or [
        *text_of(folder / "cpu.cfs_quota_us").split(),
        *text_of(folder / "cpu.cfs_period_us").split(),
    ]
    if len(stated) != 2 or not all(number.isdecimal() for number in stated):  # `max` and -1 say that there is none
        return None
    time, period = (int(number) for number in stated)
    return -(-time // period) if time > 0 and period > 0 else None
