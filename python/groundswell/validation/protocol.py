"""The hold-out protocol (docs/VALIDATION.md): bands are fixed before a run, and no run is forgotten.

A report carries the fingerprint of the table of targets it was measured against, and every report that is saved adds a
line to the register beside it. A band that is changed after a run no longer has the report's fingerprint.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from groundswell.common.files import write_file
from groundswell.errors import InvalidInput
from groundswell.validation.lines import Validation
from groundswell.validation.targets.table import TARGETS, Target

REGISTER = "validation_runs.csv"
COLUMNS = ("date", "version", "bands", "seed", "worlds", "replicates", "passed", "failed", "undecided")


def fingerprint_of_bands(targets: Sequence[Target] = TARGETS) -> str:
    """Twelve hexadecimal digits of the SHA-256 of every line's number, output, band, unit, scenario and tag."""
    lines = [
        f"{one.number}|{one.output}|{one.band}|{one.unit}|{one.scenario}|{one.tag}"
        for one in sorted(targets, key=lambda one: (one.number, one.output))
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def register(validation: Validation, folder: Path, version: str) -> Path:
    """Add a line for this run to `validation_runs.csv` in the folder; lines that are there stay.

    Raises
    ------
    InvalidInput
        If the register that is there has other columns, or cannot be read or written.
    """
    path = folder / REGISTER
    rows = [*_known(path), _row(validation, version)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *rows])
    return write_file(path, text.getvalue().encode(), ".csv")


def _known(path: Path) -> list[list[str]]:
    try:
        head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise InvalidInput(f"{path}: the register of validation runs cannot be read: {error}") from None
    if tuple(head) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise InvalidInput(f"{path}: must have the columns {', '.join(COLUMNS)} in every line; nothing was added to it")
    return rows


def _row(validation: Validation, version: str) -> list[str]:
    settings, verdicts = validation.settings, [line.verdict for line in validation.lines]
    counts = [verdicts.count(name) for name in ("pass", "fail", "undecided")]
    return [str(cell) for cell in (validation.date.isoformat(), version, fingerprint_of_bands(), settings.seed,
                                   settings.worlds, settings.replicates, *counts)]  # fmt: skip
