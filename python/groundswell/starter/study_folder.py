"""A new study from an HR export: a folder with a baseline, designs, a page to read and a notebook that runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from groundswell.company.columns import day
from groundswell.company.company import Company
from groundswell.errors import InvalidInput
from groundswell.scenario import presets
from groundswell.scenario.folder import BASELINE
from groundswell.starter.choices import Choice, choices, mapped, read_export
from groundswell.starter.notebook import notebook
from groundswell.starter.texts import read_me, scenario_text

DESIGNS = ("invite_everyone", "small_team")
START = date(2027, 1, 4)  # where no day of the export says anything: written into the files, to be changed
NOTEBOOK, READ_ME = "study.ipynb", "README.md"


@dataclass(frozen=True)
class Started:
    """What was written, and what of the export is used."""

    folder: Path
    written: tuple[Path, ...]
    choices: tuple[Choice, ...]
    company: Company
    start: date


def start_study(
    hr: str | Path,
    out: str | Path | None = None,
    *,
    as_of: str | date | None = None,
    start: str | date | None = None,
    id_column: str | None = None,
    use: Sequence[str] = (),
    designs: Sequence[str] = DESIGNS,
) -> Started:
    """Write a study folder for an HR export, which stays where it is.

    Parameters
    ----------
    hr
        CSV file, one row a person. Nothing of a row is written, but for the names of columns and the mapping.
    out
        The folder; by default the name of the file with ``_study``, in the working directory.
    as_of, start
        Day of the export; first day of the horizon, by default the first Monday after ``as_of``.
    id_column, use
        Column of ids; fields whose suggestion is right although it is not sure, or 'all'.
    designs
        Names of presets; 'no_program' is the baseline.

    Raises
    ------
    InvalidInput
        The table cannot be read or has no id, a mapped column breaks a rule, a file is there already. Nothing is
        written then.
    """
    export, last = Path(hr), day(as_of, "--as-of")
    table = read_export(export)
    found = choices(table, last, use, id_column)
    company = Company.from_frames(table, columns=mapped(found), as_of=last)
    first = day(start, "--start") or _monday_after(last)
    folder = Path(f"{_stem(export)}_study") if out is None else Path(out)
    texts = _texts(folder, export, found, company, (last, first), designs)
    return Started(folder, tuple(_write(folder, texts)), tuple(found), company, first)


def _texts(
    folder: Path, export: Path, found: list[Choice], company: Company, days: tuple[date | None, date],
    designs: Sequence[str],
) -> dict[str, str]:  # fmt: skip
    """Name and text of every file."""
    names = ["no_program", *(name for name in dict.fromkeys(designs) if name != "no_program")]
    if len(names) == 1:
        raise InvalidInput("--design: name at least one design beside the baseline; `groundswell presets` has them")
    try:
        csv = Path(os.path.relpath(export.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        csv = export.resolve().as_posix()
    texts = {}
    for name in names:
        file = BASELINE if name == "no_program" else f"{name}.yaml"
        texts[file] = scenario_text(presets.find(name), csv, found, company, *days)
    texts[READ_ME] = read_me(csv, found, company, list(texts), NOTEBOOK)
    return texts | {NOTEBOOK: notebook()}


def _write(folder: Path, texts: dict[str, str]) -> list[Path]:
    """All files or none; one that is there already is never touched."""
    there = [name for name in texts if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        raise InvalidInput(
            f"--out {folder}: {', '.join(there)} there already; nothing was written: take another folder"
        )
    written: list[Path] = []
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                written.append(folder / name)
                file.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise InvalidInput(f"--out {folder}: cannot be written: {error.strerror or error}") from None
    return written


def _monday_after(last: date | None) -> date:
    return START if last is None else last + timedelta(days=7 - last.weekday())


def _stem(path: Path) -> str:
    return path.name.split(".")[0] or "hr"
