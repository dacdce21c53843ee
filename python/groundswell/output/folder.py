"""A comparison as a folder: pictures, a workbook, a saved study."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile

from matplotlib.figure import Figure

from groundswell.decide.contest import Contest
from groundswell.errors import InvalidInput

PICTURES = (
    "reach", "potential", "awareness", "differences", "participation", "content", "costs", "cost_per_person",
)  # fmt: skip


def write_contest(contest: Contest, folder: Path) -> list[Path]:
    """Pictures, spreadsheet and saved study of a comparison, in `folder`."""
    written = []
    for name in PICTURES:
        figure = Figure(figsize=(9, 4.6), layout="constrained")
        if name == "differences":
            contest.plot.differences(figure=figure)
        else:
            getattr(contest.plot, name)(ax=figure.add_subplot())
        written.append(folder / f"{name}.png")
        figure.savefig(written[-1], dpi=130)
    return [*written, contest.to_excel(folder / "advocacy.xlsx"), contest.save(folder / "advocacy.gsw")]


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
