"""Designs that the engine refuses while it runs: the others go on, and each refusal keeps its reason."""

from __future__ import annotations

from collections.abc import Iterable

from groundswell.errors import InvalidInput


class Failures:
    """Why designs could not be run, by label.

    Parameters
    ----------
    needed:
        Labels without which nothing can be concluded (the baseline): their refusal is raised. None: every one is.
    """

    def __init__(self, needed: Iterable[str] | None = None) -> None:
        self._needed = None if needed is None else frozenset(needed)
        self.reasons: dict[str, str] = {}

    def note(self, label: str, error: Exception, world: int) -> None:
        """Keep the reason; InvalidInput, naming the design, where it is needed."""
        text = " ".join(str(error).split())
        if self._needed is None or label in self._needed:
            raise InvalidInput(f"{label!r}: {text}") from error
        self.reasons[label] = f"{text} (in world {world})"
