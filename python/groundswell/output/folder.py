"""What a command leaves in a folder. The saved study is on disk before anything else is made, drawn or printed."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryFile

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from rich.console import Console

from groundswell.common.files import write_file
from groundswell.decide.contest import Contest
from groundswell.errors import GroundswellError, InvalidInput
from groundswell.output.decision_page import PAGE
from groundswell.output.streams import output_error
from groundswell.results.results import Results

PICTURES = (
    "reach", "potential", "awareness", "aware_added", "differences", "participation", "content", "costs",
    "cost_per_person", "cost_per_thousand", "cost_per_click",
)  # fmt: skip
COMPARISON, RESULT, WORKBOOK = "advocacy.gsw", "result.gsw", "advocacy.xlsx"
TABLES = ("summary.csv", "month.csv", "week.csv")
OURS = (COMPARISON, RESULT, WORKBOOK, PAGE, *TABLES, *(f"{name}.png" for name in PICTURES))

Writer = Callable[[], "Path | list[Path]"]


@dataclass
class Written:
    """What is on disk, what could not be made and why, and the error where the saved study itself could not be."""

    folder: Path
    kept: list[Path] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    error: Exception | None = None

    def add(self, name: str, write: Writer) -> None:
        """Write one thing more; where it fails, that is a warning."""
        try:
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                made = write()
        except Exception as error:  # whatever it is, what is on disk stays, and so do the numbers
            self.warnings.append(f"{name} was not written: {_reason(error)}")
            return
        self.kept += made if isinstance(made, list) else [made]
        texts = list(dict.fromkeys(str(one.message) for one in said))
        boxes = [text for text in texts if "missing from font" in text]
        self.warnings += [f"{name}: {text}" for text in texts if text not in boxes]
        if boxes:
            self.warnings.append(f"{name}: {len(boxes)} characters are in no font of this machine, and shown as boxes")


def write_contest(contest: Contest, out: Path, overwrite: bool = False) -> Written:
    """Saved study first, then spreadsheet and pictures of a comparison, in `free_folder(out)`."""
    folder = free_folder(out, overwrite)
    written = _saved(contest, folder / COMPARISON)
    written.add(WORKBOOK, lambda: contest.to_excel(folder / WORKBOOK))
    if len(contest.results) > 1:
        written.add(PAGE, lambda: contest.to_html(folder / PAGE))
    for name in PICTURES:
        written.add(f"{name}.png", lambda name=name: picture(contest, name, folder))  # type: ignore[misc]
    return written


def write_result(result: Results, out: Path, overwrite: bool = False) -> Written:
    """Saved study first, then the long tables of one design, in `free_folder(out)`."""
    folder = free_folder(out, overwrite)
    written = _saved(result, folder / RESULT)
    written.add("the tables", lambda: result.to_csv(folder))
    return written


def picture(contest: Contest, name: str, folder: Path) -> Path:
    """One picture of a comparison as a PNG, whole or not at all."""
    figure = Figure(figsize=(9, 4.6), layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.1))  # inches to the edge
    if name == "differences":
        contest.plot.differences(figure=figure)
    else:
        getattr(contest.plot, name)(ax=figure.add_subplot())
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=130)
    return write_file(folder / f"{name}.png", buffer.getvalue(), ".png")


def report(written: Written | None, console: Console | None) -> None:
    """Say what is on disk, on the console if there is one; what is not and why, on standard error.

    Raises
    ------
    The error of the saved study, once everything else has been said.
    """
    if written is not None and console is not None:
        console.print(*map(str, written.kept), sep="\n", soft_wrap=True)
    stopped = output_error()
    said = list(written.warnings) if written is not None else []
    if stopped is not None:
        kept = ", ".join(map(str, written.kept)) if written is not None else ""
        said.append(
            f"standard output could not be written ({stopped.strerror or stopped}); "
            + (f"kept: {kept}" if kept else "nothing was kept: name a folder with --out")
        )
    for text in said:
        print(f"warning: {text}", file=sys.stderr)  # noqa: T201
    if written is not None and written.error is not None:
        raise written.error
    if stopped is not None and not isinstance(stopped, BrokenPipeError) and (written is None or not written.kept):
        raise InvalidInput("standard output could not be written, and no --out names a folder: the numbers are lost")


@contextmanager
def not_left_empty(folder: Path | None) -> Iterator[None]:
    """Where what is inside fails or is stopped, the folder goes again if it was made inside and nothing is in it.

    An empty folder of results would look like a study that has been lost.
    """
    made = [] if folder is None else [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        yield
    except BaseException:
        for path in made:
            if not path.is_dir() or any(path.iterdir()):
                break
            path.rmdir()
        raise


@contextmanager
def folder_for(out: Path | None, overwrite: bool = False) -> Iterator[Path | None]:
    """`told_folder` while a command runs, `not_left_empty`; None where no folder is asked for."""
    with not_left_empty(None if out is None else _free_place(out, overwrite)):
        yield None if out is None else told_folder(out, overwrite)


def make_folder(out: Path) -> Path:
    """The folder, made if it is not there; an error that names it where it cannot be made or written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"--out {out}: cannot be made: {error.strerror or error}") from None
    try:
        with TemporaryFile(dir=out):  # before anything runs, so that no run is lost
            return out
    except OSError as error:
        raise InvalidInput(f"--out {out}: cannot be written: {error.strerror or error}") from None


def free_folder(out: Path, overwrite: bool = False) -> Path:
    """The folder if no results are in it, or `overwrite`; else the first of out_2, out_3, … that holds none, made.

    A command asks before it runs, to say so, and again before it writes: another one may have finished meanwhile.
    """
    return make_folder(_free_place(out, overwrite))


def holds_results(folder: Path) -> bool:
    """Whether a file of a name that commands write is in the folder."""
    return any((folder / name).exists() for name in OURS)


def _free_place(out: Path, overwrite: bool) -> Path:
    return next(path for path in _places(out) if overwrite or not holds_results(path))


def _places(out: Path) -> Iterator[Path]:
    return chain([out], (out.with_name(f"{out.resolve().name}_{number}") for number in count(2)))


def told_folder(out: Path, overwrite: bool) -> Path:
    """`free_folder`, with a line on standard error where it is not the folder that was asked for."""
    folder = free_folder(out, overwrite)
    if folder != out:
        print(f"{out} already holds results; these go to {folder} (--overwrite replaces them)", file=sys.stderr)  # noqa: T201
    return folder


def _saved(study: Contest | Results, path: Path) -> Written:
    written = Written(path.parent)
    try:
        written.kept.append(study.save(path))
    except Exception as error:  # raised by `report`, after the numbers have been shown
        written.error = error
    return written


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, GroundswellError) else f"{type(error).__name__}: {error}"
