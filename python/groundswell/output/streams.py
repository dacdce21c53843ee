"""Standard output that never ends a run: closed, full, or without the characters of a text."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

# What a terminal that knows ASCII alone shows for the signs of our own texts; all other characters as escapes.
PLAIN = str.maketrans({"−": "-", "–": "-", "×": "x", "±": "+-", "∞": "inf", "…": "...", "→": "->", "’": "'"})


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(PLAIN)
    return text.encode("ascii", "backslashreplace").decode("ascii"), error.end


codecs.register_error("groundswell.plain", _plain)


class LastingStream:
    """A text stream that drops what cannot be written, and keeps the first reason in `error`."""

    def __init__(self, inner: TextIO) -> None:
        self._inner = inner
        self.error: OSError | None = None
        if hasattr(inner, "reconfigure"):
            inner.reconfigure(errors="groundswell.plain")

    def write(self, text: str) -> int:
        """Write, or drop."""
        if self.error is None:
            try:
                return self._inner.write(text)
            except OSError as error:
                self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Flush what is not dropped."""
        if self.error is None:
            try:
                self._inner.flush()
            except OSError as error:
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """What is still in buffers goes nowhere too: flushing it when the process ends would be a second failure."""
        self.error = error
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._inner.fileno())
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@contextmanager
def lasting_output() -> Iterator[None]:
    """Standard output and standard error are lasting streams inside; closed ones are the system's null device."""
    before = sys.stdout, sys.stderr
    closed = [open(os.devnull, "w", encoding="utf-8") for stream in before if stream is None]  # noqa: PTH123, SIM115
    streams: list[Any] = [LastingStream(stream if stream is not None else closed[-1]) for stream in before]
    sys.stdout, sys.stderr = streams
    try:
        yield
    finally:
        for lasting in streams:
            lasting.flush()
        sys.stdout, sys.stderr = before
        for null in closed:
            null.close()


def output_error() -> OSError | None:
    """Why standard output could not be written; None while it can be."""
    sys.stdout.flush()
    return getattr(sys.stdout, "error", None)
