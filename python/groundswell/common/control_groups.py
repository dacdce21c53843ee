"""The control groups of this process, in which containers and schedulers state what it may use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

CONTROL_GROUPS = Path("sys/fs/cgroup")


def groups_of(root: Path, controller: str, folders: Sequence[str]) -> Iterator[Path]:
    """Folders that may state a limit: of each group of the process, and of every group above it.

    Version 1 mounts a controller in one of `folders`, named after what it mounts. Inside a container the group's path
    is often the host's while the container's own group is mounted at the top: folders that do not exist are then passed
    over on the way up.
    """
    for line in text_of(root / "proc/self/cgroup").splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0":  # version 2: one tree, beside version 1 in `unified`
            tops = [root / CONTROL_GROUPS, root / CONTROL_GROUPS / "unified"]
        elif controller in controllers.split(","):
            tops = [root / CONTROL_GROUPS / name for name in folders]
        else:
            continue
        inside = PurePosixPath(path.lstrip("/"))
        outside = ".." in inside.parts  # a group above what the container shows: only the top is there to be read
        below = [PurePosixPath()] if outside else [inside, *inside.parents]
        yield from (top / group for top in tops for group in below)


def text_of(path: Path) -> str:
    """What a small file says; nothing where it cannot be read, for a limit is never a reason to fail."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
