"""A folder of scenario files as one study: every *.yaml a design, one of them the baseline.

The baseline is `baseline.yaml`, or the file that begins with the comment line `# groundswell: baseline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from groundswell.common import arguments
from groundswell.errors import InvalidInput
from groundswell.scenario import Scenario
from groundswell.scenario.company_file import COMPANY
from groundswell.scenario.file import Companies, read_scenario

BASELINE = "baseline.yaml"
MARK = "# groundswell: baseline"
SUFFIXES = (".yaml", ".yml")
MOST_LINES = 20  # of comments, in which the mark is looked for


@dataclass(frozen=True)
class StudyFolder:
    """The designs of a folder, in the order of their file names, and the baseline if there is one."""

    designs: tuple[Scenario, ...]
    baseline: Scenario | None


def read_folder(folder: str | Path, changes: Sequence[str] = ()) -> StudyFolder:
    """Return the designs of a folder; ``gs.compare(found.designs, baseline=found.baseline)``.

    Parameters
    ----------
    folder
        Holds scenario files (*.yaml, *.yml); company.yaml is their company, other files are left alone.
    changes
        As ``--set`` on the command line, ``address=value``: in every design, and in the baseline; there what is below
        ``program.`` only where it has a program.

    Raises
    ------
    InvalidInput
        No such folder, no design in it, two baselines, a file that is not a scenario (with its name).
    """
    folder = arguments.path("folder", folder)
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        files = [path for path in found if path.name != COMPANY]
    except OSError as error:
        raise InvalidInput(f"folder {folder}: cannot be read: {error.strerror or error}") from None
    base = [path for path in files if path.name == BASELINE or _is_marked(path)]
    if len(base) > 1:
        names = " and ".join(path.name for path in base)
        raise InvalidInput(f"{folder}: {names} are both the baseline ({BASELINE}, or a file that begins with '{MARK}')")
    others = [path for path in files if path not in base]
    if not others:
        there = f"only the baseline, {base[0].name}" if base else f"no scenario file (*{', *'.join(SUFFIXES)})"
        raise InvalidInput(f"folder {folder}: {there}; `groundswell init --hr FILE` writes one to start from")
    companies: Companies = {}
    designs = tuple(read_scenario(path, changes, companies) for path in others)
    return StudyFolder(designs, _baseline(base[0], changes, companies) if base else None)


def _baseline(path: Path, changes: Sequence[str], companies: Companies) -> Scenario:
    plain = read_scenario(path, (), companies)
    of_all = [change for change in changes if plain.program is not None or not change.strip().startswith("program.")]
    return read_scenario(path, of_all, companies) if of_all else plain


def _is_marked(path: Path) -> bool:
    """Whether one of the comment lines at the top of the file is the mark."""
    try:
        with path.open(encoding="utf-8") as file:
            for _, line in zip(range(MOST_LINES), file, strict=False):
                if not line.startswith("#"):
                    return False
                if line.strip() == MARK:
                    return True
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: cannot be read: {error}") from None
    return False
