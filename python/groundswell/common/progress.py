"""A progress bar where somebody can see it: in a terminal or a notebook, nowhere else."""

from __future__ import annotations

import importlib.util
import logging
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any, TypeAlias, Union

from groundswell.errors import invalid

log = logging.getLogger("groundswell")

ProgressOption: TypeAlias = Union[bool, Callable[[int, int], object], "Progress", None]


def in_notebook() -> bool:
    """Whether this process is a Jupyter kernel."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"


def someone_watches() -> bool:
    """Whether a bar would be seen."""
    return in_notebook() or bool(getattr(sys.stderr, "isatty", lambda: False)())


class Progress:
    """One bar over all worlds and runs: a step is a world built or a run finished, which take about as long.

    Parameters
    ----------
    option:
        None: a bar where somebody watches; True or False: always or never; a callable gets (done, total) steps.
    describe:
        What to say of the runs that are finished so far, from the recordings of all designs by label; "" for nothing.
        It stands below the bar in a terminal and behind it in a notebook; the log has it too.
    """

    def __init__(
        self,
        option: bool | Callable[[int, int], object] | None = None,
        describe: Callable[[dict[str, Any]], str] | None = None,
    ) -> None:
        self.done = 0
        self.refusal: Exception | None = None  # what the callable raised, which is none of the engine's
        self._total = 0
        self._describe = describe
        if not callable(option) and not isinstance(option, bool | None):
            raise invalid("progress", option, "must be None, True, False or a callable that gets (done, total)")
        self._call = option if callable(option) else None
        self._bar: Any = None
        self._line: Any = None
        if self._call is None and (someone_watches() if option is None else bool(option)):
            tqdm = _bar_class()
            self._bar = tqdm(total=0, unit="step", leave=True)
            if not in_notebook():
                self._line = tqdm(total=0, position=1, leave=False, bar_format="{desc}")

    def remaining(self, steps: int) -> None:
        """Say how many steps are still to do; the total is these and those that are done."""
        self._total = self.done + steps
        if self._bar is not None:
            self._bar.total = self._total
            self._bar.refresh()

    def world(self, index: int, worlds: int) -> None:
        """Say which world is being built or run."""
        if self._bar is not None:
            self._bar.set_description(f"world {index + 1} of {worlds}")

    def tick(self) -> None:
        """Show that time passes while a step is under way."""
        if self._bar is not None:
            self._bar.refresh()

    def within(self) -> Callable[[int, int], None]:
        """The callback for one call of the engine, whose count starts at the steps done now."""
        start = self.done
        return lambda done, _total: self.at(start + done)

    def at(self, done: int) -> None:
        """Report the number of finished steps; runs that are done again after a design has failed do not count back."""
        done = max(done, self.done)
        if self._bar is not None:
            self._bar.update(done - self.done)
        self.done = done
        if self._call is not None:
            try:
                self._call(done, self._total)
            except Exception as error:
                self.refusal = error
                raise

    def estimate(self, recordings: Callable[[], dict[str, Any]]) -> None:
        """Show what the finished runs say, if it is seen or logged."""
        if self._describe is None or (self._bar is None and not log.isEnabledFor(logging.INFO)):
            return
        text = self._describe(recordings())
        if not text:
            return
        log.info("%s", text)
        if self._line is not None:
            self._line.set_description_str(text)
        elif self._bar is not None:
            self._bar.set_postfix_str(text)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bar in (self._line, self._bar):
            if bar is not None:
                bar.close()


def open_progress(
    option: ProgressOption, describe: Callable[[dict[str, Any]], str] | None = None
) -> AbstractContextManager[Progress]:
    """The progress of a call: its own, or the one of the call that makes it, which then stays open."""
    return nullcontext(option) if isinstance(option, Progress) else Progress(option, describe)


def _bar_class() -> Any:
    """Tqdm's notebook bar needs ipywidgets; without it the text bar also works in a notebook."""
    if in_notebook() and importlib.util.find_spec("ipywidgets") is None:
        from tqdm.std import tqdm as text_bar

        return text_bar
    from tqdm.auto import tqdm

    return tqdm
