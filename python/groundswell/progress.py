"""A progress bar where somebody can see it: in a terminal or a notebook, nowhere else."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

ProgressOption = bool | Callable[[int, int], object] | None


def in_notebook() -> bool:
    """Whether this process is a Jupyter kernel."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"


def someone_watches() -> bool:
    """Whether a bar would be seen."""
    return in_notebook() or bool(getattr(sys.stderr, "isatty", lambda: False)())


class Progress:
    """Counts finished runs of all designs and worlds.

    Parameters
    ----------
    total:
        Runs that will be done.
    option:
        None: a bar where somebody watches; True or False: always or never; a callable gets (done, total).
    """

    def __init__(self, total: int, option: ProgressOption = None) -> None:
        self._total = total
        self._done = 0
        self._call = option if callable(option) else None
        self._bar: Any = None
        if self._call is None and (someone_watches() if option is None else bool(option)):
            self._bar = _bar_class()(total=total, unit="run")

    def world(self, index: int, worlds: int) -> None:
        """Say which world is being built or run."""
        if self._bar is not None:
            self._bar.set_description(f"world {index + 1} of {worlds}")

    def within(self, offset: int) -> Callable[[int, int], None]:
        """The callback for one call of the engine, whose count starts at `offset` finished runs."""
        return lambda done, _total: self.at(offset + done)

    def at(self, done: int) -> None:
        """Report the number of finished runs."""
        if self._call is not None:
            self._call(done, self._total)
        if self._bar is not None:
            self._bar.update(done - self._done)
        self._done = done

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()


def _bar_class() -> Any:
    """Tqdm's notebook bar needs ipywidgets; without it the text bar also works in a notebook."""
    if in_notebook() and importlib.util.find_spec("ipywidgets") is None:
        from tqdm.std import tqdm as text_bar

        return text_bar
    from tqdm.auto import tqdm

    return tqdm
