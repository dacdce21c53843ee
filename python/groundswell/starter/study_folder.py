"""A new study from an HR export: a folder with a baseline, designs, a page to read and a notebook that runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from groundswell.company.columns import day
from groundswell.company.company import Company
from groundswell.errors import InvalidInput
from groundswell.exports import Export, read_export
from groundswell.scenario import presets
from groundswell.scenario.company_file import COMPANY, told
from groundswell.scenario.folder import BASELINE
from groundswell.starter.choices import Choice, choices, mapped, read_left
from groundswell.starter.notebook import notebook
from groundswell.starter.texts import NewStudy, company_text, read_me, scenario_text

DESIGNS = ("invite_everyone", "invite_a_tenth")  # they differ in one thing, so that a difference has one reason
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
    export: Export


def start_study(
    hr: str | Path,
    out: str | Path | None = None,
    *,
    as_of: str | date | None = None,
    start: str | date | None = None,
    id_column: str | None = None,
    left: str | None = None,
    columns: Mapping[str, Any] | None = None,
    use: Sequence[str] = (),
    designs: Sequence[str] = DESIGNS,
    currency: str | None = None,
    **reading: Any,
) -> Started:
    """Write a study folder for an HR export, which stays where it is.

    Parameters
    ----------
    hr
        An export, one row a person. Nothing of a row is written, but for the names of columns and the mapping.
    out
        The folder; by default the name of the file with ``_study``, in the working directory.
    as_of, start
        Day of the export; first day of the horizon, by default the first Monday after ``as_of``.
    id_column, left
        Column of ids; who has left: COLUMN, COLUMN=VALUE|VALUE or 'none'. A column of dates: who left by
        ``as_of``, or before ``start`` where that is not known.
    columns
        Fields as the analyst maps them, as in a scenario file: ``{"contract": {"equals": ["Type", "Staff"]}}``.
    use
        Fields whose suggestion is right although it is not sure, or 'all'.
    designs
        Names of presets; 'no_program' is the baseline.
    currency
        Three capital letters; without it amounts of money are marked as default prices.
    **reading
        How the file is read, as in ``gs.read_export``.

    Raises
    ------
    InvalidInput
        The table cannot be read or has no id, leavers are not decided, a mapped column breaks a rule, a file is there
        already. Nothing is written then.
    """
    export, last = Path(hr), day(as_of, "--as-of")
    first = day(start, "--start") or _monday_after(last)
    try:
        table = read_export(export, **reading)
    except InvalidInput as error:
        raise InvalidInput(f"--hr {export}: {told(error, export)}") from None
    stated = dict(columns or {})
    if left is not None:
        stated["left"] = read_left(table.frame, left, None if last is not None else first)
    found = choices(table.frame, last, use, id_column, stated)
    facts: dict[str, Any] = {} if currency is None else {"currency": currency}
    company = Company.from_frames(table, columns=mapped(found), as_of=last, **facts)
    folder = Path(f"{_stem(export)}_study") if out is None else Path(out)
    study = NewStudy(_beside(folder, export), reading, tuple(found), company, last, first, currency)
    return Started(folder, tuple(_write(folder, _texts(study, designs))), study.choices, company, first, table)


def _beside(folder: Path, export: Path) -> str:
    """Return the name of the export as seen from the folder."""
    try:
        return Path(os.path.relpath(export.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return export.resolve().as_posix()


def _texts(study: NewStudy, designs: Sequence[str]) -> dict[str, str]:
    """Name and text of every file."""
    names = ["no_program", *(name for name in dict.fromkeys(designs) if name != "no_program")]
    if len(names) == 1:
        raise InvalidInput("--design: name at least one design beside the baseline; `groundswell presets` has them")
    texts = {COMPANY: company_text(study)}
    for name in names:
        file = BASELINE if name == "no_program" else f"{name}.yaml"
        texts[file] = scenario_text(presets.find(name), study)
    texts[READ_ME] = read_me(study, list(texts), NOTEBOOK)
    return texts | {NOTEBOOK: notebook()}


def _write(folder: Path, texts: dict[str, str]) -> list[Path]:
    """All files or none; one that is there already is never touched.

    Files are written into a hidden folder, which gets its name (a new one) or gives its files away once it is whole:
    a process that is killed leaves no half of a study.
    """
    there = [name for name in texts if os.path.lexists(folder / name)]
    if there:
        raise InvalidInput(
            f"--out {folder}: {', '.join(there)} there already; nothing was written: take another folder"
        )
    is_new, moved = not folder.exists(), list[Path]()
    hidden = (folder.parent if is_new else folder) / f".{folder.resolve().name}.{os.getpid()}.part"
    try:
        hidden.mkdir(parents=True)
        for name, text in texts.items():
            (hidden / name).write_text(text, encoding="utf-8", newline="\n")
        if is_new:
            hidden.rename(folder)
        for name in () if is_new else texts:
            moved.append((hidden / name).rename(folder / name))
    except OSError as error:
        for path in moved:
            path.unlink(missing_ok=True)
        raise InvalidInput(f"--out {folder}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(hidden, ignore_errors=True)
    return [folder / name for name in texts]


def _monday_after(last: date | None) -> date:
    return START if last is None else last + timedelta(days=7 - last.weekday())


def _stem(path: Path) -> str:
    return path.name.split(".")[0] or "hr"
