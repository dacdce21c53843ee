"""Writing a file whole or not at all, with an error that names the path."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from groundswell.errors import InvalidInput


def write_file(path: str | Path, content: bytes, suffix: str) -> Path:
    """Write `content`; an existing file is replaced only once the new one is complete. Returns the path.

    Raises
    ------
    InvalidInput
        If the name does not end in `suffix`, or the folder does not exist or cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() != suffix:
        raise InvalidInput(f"path: {str(target)!r} must end in {suffix}")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        raise InvalidInput(f"path: {str(target)!r} cannot be written: {error.strerror or error}") from None
    finally:  # also after Ctrl-C
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target
