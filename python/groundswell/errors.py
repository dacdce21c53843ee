"""The errors of Groundswell, each a ``ValueError``, and the nearest valid name for a typo."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


class GroundswellError(ValueError):
    """Base of every error that is Groundswell's own, whether Python or the compiled core raises it."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    Attributes
    ----------
    path
        names from the object that was being made down to the value, as in ``("program", "posts_per_week")``.
    value
        ``repr`` of the value, shortened; empty where there is none to show.
    rule
        what would have been valid.
    """

    path: tuple[str, ...]
    value: str
    rule: str

    def line(self, prefix: tuple[str, ...] = ()) -> str:
        """Return the problem as one line: address = value: rule."""
        address = ".".join((*prefix, *self.path))
        head = address if not self.value else f"{address} = {self.value}"
        return f"{head}: {self.rule}" if head else self.rule


class InvalidInput(GroundswellError):  # noqa: N818 - reads as what happened
    """A value, a name or a table that cannot be used.

    The message has one line a problem: dotted address, value, rule. ``problems`` holds them as values.
    """

    def __init__(self, message: str = "", *, problems: Iterable[Problem] = (), prefix: tuple[str, ...] = ()) -> None:
        self.problems = tuple(problems)
        self.prefix = prefix
        super().__init__(message or "\n".join(p.line(prefix) for p in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), str(self), self.problems, self.prefix))


def _rebuild(
    cls: type[InvalidInput], message: str, problems: tuple[Problem, ...], prefix: tuple[str, ...]
) -> InvalidInput:
    return cls(message, problems=problems, prefix=prefix)


class UnknownName(InvalidInput):
    """A name that does not exist; the message gives the nearest one that does."""


class NotRecorded(GroundswellError):  # noqa: N818
    """A grain that was not recorded was asked for; the message names the option that records it."""


class DoesNotFit(GroundswellError):  # noqa: N818
    """A run that will not fit in memory, refused before it starts; the message has the estimate."""


class DamagedFile(GroundswellError):  # noqa: N818
    """A file that cannot be read: truncated, changed, or not one of ours."""


class Cancelled(GroundswellError):  # noqa: N818
    """Work that was stopped, by Ctrl-C for example, before there was anything to return."""


class InternalError(GroundswellError):
    """A broken promise of Groundswell's own code: a bug, whatever the input. Please report it."""


def invalid(address: str, value: object, rule: str) -> InvalidInput:
    """Return an ``InvalidInput`` of one problem."""
    return InvalidInput(problems=[Problem(tuple(address.split(".")), shown(value), rule)])


def shown(value: object, limit: int = 80) -> str:
    """``repr`` of a value, at most ``limit`` characters, never raising; NumPy scalars as the numbers they are."""
    if isinstance(value, np.generic):
        value = value.item()
    try:
        text = repr(value)
    except Exception:  # a foreign object's repr may raise anything; the error about it must still be made
        text = f"<{type(value).__name__}>"
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def nearest(name: object, options: Iterable[object]) -> str | None:
    """Return the option closest in spelling to ``name``, or None where nothing is close.

    Case is ignored, and for dotted addresses the last part counts on its own, so that ``posts_per_weeks``
    finds ``program.posts_per_week``.
    """
    asked = (name if isinstance(name, str) else shown(name)).casefold()
    whole, last = _matcher(asked), _matcher(asked.rpartition(".")[2])
    best, found = 0.6, None
    for option in options:
        text = str(option).casefold()
        for matcher, part, weight in ((whole, text, 1.0), (last, text.rpartition(".")[2], 0.95)):
            matcher.set_seq1(part)
            # The two cheap ratios are upper bounds of the real one.
            if weight * matcher.real_quick_ratio() > best and weight * matcher.quick_ratio() > best:
                close = weight * matcher.ratio()
                if close > best:
                    best, found = close, str(option)
    return found


def _matcher(text: str) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, "", text)


def did_you_mean(name: object, options: Iterable[object], limit: int = 12) -> str:
    """Return what to say about an unknown name: the nearest valid one, or some where none is close."""
    names = [str(option) for option in options]
    if not names:
        return "there are no valid names here"
    near = nearest(name, names)
    if near is not None:
        return f"nearest valid name: {near}"
    some = ", ".join(names[:limit])
    return f"valid names: {some}" + (", …" if len(names) > limit else "")
