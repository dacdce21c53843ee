"""Whether something fits into memory, and sizes that a person reads."""

from __future__ import annotations

import logging

from groundswell.errors import DoesNotFit

log = logging.getLogger("groundswell")


def check_fits(needed: int, available: int) -> None:
    """Raise `DoesNotFit` with the estimate where more is needed than there is; `available` is 0 where unknown."""
    if available == 0:
        log.warning("the memory of this machine is not known; %s are needed", bytes_text(needed))
    elif needed > available:
        raise DoesNotFit(
            f"this run needs about {bytes_text(needed)} and {bytes_text(available)} are available; "
            "use fewer threads, worlds, replicates or designs, or a smaller company or audience"
        )


def bytes_text(amount: int) -> str:
    """A number of bytes a person reads."""
    size = float(amount)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
