"""Whether something fits into memory, and sizes that a person reads."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from groundswell import _core
from groundswell.common.control_groups import groups_of, text_of
from groundswell.errors import DoesNotFit

if sys.platform != "win32":  # which has no such limits
    import resource

log = logging.getLogger("groundswell")

MACHINE = "memory of this machine"
GROUP = "memory limit of the container or control group"
ADDRESSES = "limit of the address space of this process (ulimit -v)"
DATA = "limit of the data of this process (ulimit -d)"
LESS = "use fewer threads, worlds, replicates or designs, or a smaller company or audience"
NO_LIMIT = 2**62  # version 1 of control groups states about this many bytes where there is none


@dataclass(frozen=True)
class Room:
    """Bytes that can still be taken (0 where unknown), and what bounds them."""

    free: int
    limit: str = MACHINE

    def __str__(self) -> str:
        return f"{bytes_text(self.free)} are available ({self.limit})" if self.free else "it is not known how much is"


def room() -> Room:
    """The least that machine, control groups and limits of the process leave."""
    found = [Room(int(_core.available_memory_bytes())), *group_rooms(Path("/")), *_process_rooms()]
    return min((one for one in found if one.free > 0), key=lambda one: one.free, default=found[0])


def check_fits(needed: int, available: Room | None = None, also: str = "") -> None:
    """Raise `DoesNotFit` with the estimate where more is needed than there is; `also` ends the message."""
    there = room() if available is None else available
    if there.free == 0:
        log.warning("the memory of this machine is not known; %s are needed", bytes_text(needed))
    elif needed > there.free:
        raise DoesNotFit(f"this run needs about {bytes_text(needed)} and {there}; {LESS}{also}")


@contextmanager
def fitting() -> Iterator[None]:
    """Memory that runs out inside, in spite of the estimate, is `DoesNotFit` too."""
    try:
        yield
    except MemoryError as error:
        raise DoesNotFit(f"memory ran out: {room()}; {LESS}") from error


def group_rooms(root: Path) -> Iterator[Room]:
    """What each control group of the process leaves that states a limit, at least 1 byte.

    Files that were read and can be dropped at any time count as free.
    """
    for folder in groups_of(root, "memory", ("memory",)):
        for most, used, cached in (
            ("memory.max", "memory.current", "inactive_file"),  # version 2
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        ):
            limit, taken = (_number(text_of(folder / name)) for name in (most, used))
            if limit is not None and taken is not None and limit < NO_LIMIT:
                lines = (line.split() for line in text_of(folder / "memory.stat").splitlines())
                droppable = sum(_number(line[1]) or 0 for line in lines if len(line) == 2 and line[0] == cached)
                yield Room(max(limit - taken + min(droppable, taken), 1), GROUP)


def _process_rooms() -> Iterator[Room]:
    if sys.platform == "win32":
        return
    lines = (line.split() for line in text_of(Path("/proc/self/status")).splitlines())
    taken = {line[0]: 1024 * (_number(line[1]) or 0) for line in lines if len(line) == 3}
    for which, name, limit in ((resource.RLIMIT_AS, "VmSize:", ADDRESSES), (resource.RLIMIT_DATA, "VmData:", DATA)):
        most = resource.getrlimit(which)[0]
        if most != resource.RLIM_INFINITY:
            yield Room(max(most - taken.get(name, 0), 1), limit)


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() else None


def bytes_text(amount: int) -> str:
    """A number of bytes a person reads."""
    size = float(amount)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
