"""Writing a file whole or not at all, with an error that names the path."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

from groundswell.common import arguments
from groundswell.errors import InvalidInput


def writable(path: object, suffix: str) -> Path:
    """The path of a file to write, checked: what a name can break is said before the file's content is made."""
    target = arguments.path("path", path)
    if target.suffix.lower() != suffix:
        raise InvalidInput(f"path: {str(target)!r} must end in {suffix}")
    return target


def write_file(path: str | Path, content: bytes, suffix: str) -> Path:
    """Write `content`; an existing file is replaced only once the new one is complete. Returns the path.

    Raises
    ------
    InvalidInput
        If the name does not end in `suffix`, or the folder does not exist or cannot be written.
    """
    target = writable(path, suffix)
    part = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the name with nothing behind it
        part.replace(target)
    except OSError as error:
        raise InvalidInput(f"path: {str(target)!r} cannot be written: {error.strerror or error}") from None
    finally:  # also after Ctrl-C
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target
