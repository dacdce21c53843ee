"""Saved studies: one .gsw file that opens without the analyst's table, and reruns to the same numbers.

A .gsw file is a zip: manifest.json (what it is, SHA-256 of every other member), the company, and for each design its
scenario as YAML and the values of every run as Parquet. Opening one runs nothing.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

import numpy as np
import pandas as pd
import pyarrow as pa

from groundswell.cells import from_settings, settings
from groundswell.company_file import (
    Members,
    company_members,
    frame_from_json,
    frame_to_json,
    from_json,
    from_parquet,
    read_company,
    to_json,
    to_parquet,
)
from groundswell.errors import DamagedFile, GroundswellError, InvalidInput
from groundswell.files import write_file
from groundswell.grain import TIME_GRAINS
from groundswell.manifest import SCHEMA_VERSION, make_manifest
from groundswell.measures import Measure
from groundswell.recording import Layout, Recording
from groundswell.results import Results

if TYPE_CHECKING:
    from groundswell.compare import Contest
    from groundswell.progress import ProgressOption

Study = Union["Contest", Results]

MANIFEST = "manifest.json"
FORMAT = "groundswell study"
CELL_COLUMNS = ("first_day", "end_day", "window")
ROW_COLUMNS = ("measure", "grain", "period", "segment", "source")
MOST_MEMBERS = 2_000
MOST_BYTES = 4_000_000_000


def save(study: Study, path: str | Path) -> Path:
    """Write a result or a comparison to `path` (ends in .gsw); an existing file is replaced. Returns the path.

    Ids are replaced by employee numbers and only what the model uses is kept.
    """
    results = _results(study)
    members = company_members(results[0].scenario.company)
    for i, result in enumerate(results):
        members[f"design_{i}/scenario.yaml"] = result.scenario.pseudonymized().to_yaml().encode()
        members[f"design_{i}/values.parquet"] = _values(result.recording)
    layout = results[0].recording.layout
    manifest = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "kind": "result" if isinstance(study, Results) else "contest",
        "baseline_given": None if isinstance(study, Results) else study.baseline_given,
        "contest": None if isinstance(study, Results) else settings(study),
        "designs": [_design(result) for result in results],
        "measures": [asdict(measure) for measure in results[0].recording.measures.values()],
        "day_zero": layout.day_zero.isoformat(),
        "fragments": _lists(layout.fragments),
        "cells": {grain: _lists(table) for grain, table in layout.cells.items()},
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in members.items()},
    }
    return write_file(path, _zip({MANIFEST: to_json(manifest), **members}), ".gsw")


def _results(study: Study) -> list[Results]:
    return [study] if isinstance(study, Results) else list(study.results.values())


def _design(result: Results) -> dict[str, Any]:
    manifest = dict(result.manifest)
    manifest["scenario"] = result.scenario.pseudonymized().to_yaml()
    warnings = result.warnings.copy()
    from_company = warnings["code"].isin(result.scenario.company.warnings["code"])
    warnings.loc[from_company, "examples"] = ""  # examples of the company's warnings may be ids
    return {
        "label": result.label,
        "seconds": result.seconds,
        "finished": result.recording.finished.astype(int).tolist(),
        "warnings": frame_to_json(warnings),
        "manifest": manifest,
    }


def _lists(table: Mapping[str, Any]) -> dict[str, list[int]]:
    return {name: np.asarray(column).tolist() for name, column in table.items()}


def _values(recording: Recording) -> bytes:
    """One row a recorded number: what it is, then its value in world w, replicate r as column w…r…."""
    columns: dict[str, Any] = {name: recording.layout.rows[name].astype(np.int32) for name in ROW_COLUMNS}
    worlds, replicates = recording.finished.shape
    for w in range(worlds):
        columns |= {f"w{w}r{r}": recording.values[w, r] for r in range(replicates)}
    return to_parquet(pa.table(columns))


def _zip(members: Members) -> bytes:
    """The same members give the same bytes: no time stamps."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def load(path: str | Path) -> Study:
    """Open a .gsw file: a `Results` or a `Contest`, as it was saved. Runs nothing.

    Raises
    ------
    InvalidInput
        If there is no such file.
    DamagedFile
        For a file that is truncated, was changed, is not one of ours or is from a newer Groundswell.
    """
    members, manifest = _open(Path(path))
    try:
        return _rebuild(members, manifest)
    except DamagedFile as error:
        raise DamagedFile(f"{path}: {error}") from None
    except (GroundswellError, KeyError, IndexError, TypeError, ValueError, AttributeError, pa.ArrowException) as error:
        raise DamagedFile(f"{path}: the content does not fit together: {_short(error)}") from None


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def _open(path: Path) -> tuple[dict[str, bytes], dict[str, Any]]:
    if not path.is_file():
        raise InvalidInput(f"path: {str(path)!r} is not a file")
    try:
        members = _unzip(path)
        manifest = from_json(members, MANIFEST)
    except DamagedFile as error:
        raise DamagedFile(f"{path}: {error}") from None
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise DamagedFile(f"{path}: not a .gsw file, or truncated: {_short(error)}") from None
    version = manifest.get("schema_version")
    if manifest.get("format") != FORMAT or not isinstance(version, int):
        raise DamagedFile(f"{path}: a zip, but not a saved study")
    if version > SCHEMA_VERSION:
        raise DamagedFile(
            f"{path}: written by a newer Groundswell (schema {version}; this one reads up to {SCHEMA_VERSION})"
        )
    hashes = manifest.get("sha256")
    found = {name: hashlib.sha256(content).hexdigest() for name, content in members.items() if name != MANIFEST}
    if found != hashes:
        names = sorted(set(found.items()) ^ set(dict(hashes or {}).items()))
        raise DamagedFile(f"{path}: changed since it was saved: {names[0][0]}")
    return members, manifest


def _unzip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        total = sum(info.file_size for info in infos)
        if len(infos) > MOST_MEMBERS or total > MOST_BYTES:
            raise DamagedFile(f"{len(infos)} members of {total:,} bytes; more than any study has")
        if len({info.filename for info in infos}) < len(infos):
            raise DamagedFile("a member is there twice")
        members = {}
        for info in infos:
            with archive.open(info) as member:  # read no more than announced, whatever the stream holds
                members[info.filename] = member.read(info.file_size + 1)
            if len(members[info.filename]) != info.file_size:
                raise DamagedFile(f"{info.filename}: not of the size announced")
        return members


def _rebuild(members: Members, manifest: Mapping[str, Any]) -> Study:
    from groundswell.compare import make_contest
    from groundswell.scenario import Scenario

    company = read_company(members)
    measures = {str(row["name"]): Measure(**row) for row in manifest["measures"]}
    results = []
    for i, design in enumerate(manifest["designs"]):
        scenario = Scenario.from_yaml(members[f"design_{i}/scenario.yaml"].decode(), company)
        finished = np.array(design["finished"], dtype=bool)
        layout, values = _read_values(members, f"design_{i}/values.parquet", manifest, finished.shape)
        results.append(
            Results(
                scenario=scenario,
                recording=Recording(layout, measures, values, finished),
                warnings=frame_from_json(design["warnings"]),
                manifest=design["manifest"],
                seconds=float(design["seconds"]),
            )
        )
    if manifest["kind"] == "result":
        return results[0]
    return make_contest(results, bool(manifest["baseline_given"]), **from_settings(manifest["contest"]))


def _read_values(
    members: Members, name: str, manifest: Mapping[str, Any], shape: tuple[int, ...]
) -> tuple[Layout, np.ndarray[Any, np.dtype[np.float64]]]:
    table = from_parquet(members, name)
    rows = {column: table.column(column).to_numpy().astype(np.int64) for column in ROW_COLUMNS}
    arrays = [
        {key: np.array(column, dtype=np.int64) for key, column in stored.items()}
        for stored in (manifest["fragments"], *manifest["cells"].values())
    ]
    cells = dict(zip(manifest["cells"], arrays[1:], strict=True))
    cells = {grain: {key: cells[grain][key] for key in CELL_COLUMNS} for grain in (*TIME_GRAINS, "window")}
    worlds, replicates = shape
    values = np.empty((worlds, replicates, table.num_rows))
    for w in range(worlds):
        for r in range(replicates):
            values[w, r] = table.column(f"w{w}r{r}").to_numpy()
    return Layout(date.fromisoformat(manifest["day_zero"]), rows, arrays[0], cells), values


@dataclass(frozen=True, repr=False)
class Rerun:
    """What a rerun found: how many recorded numbers are identical, bit for bit, and which are not.

    `differences` has label, measure, world, replicate, row, saved, now. `reasons` names what is not as it was.
    """

    numbers: int
    identical: int
    differences: pd.DataFrame
    reasons: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.identical == self.numbers

    def __repr__(self) -> str:
        lines = [f"{self.identical:,} of {self.numbers:,} numbers identical"]
        if not self:
            measures = ", ".join(self.differences["measure"].astype(str).unique()[:6])
            lines.append(f"Different: {measures}")
            lines.extend(self.reasons or ("The same build on the same kind of machine: this is a bug.",))
        return "\n".join(lines)


def rerun(path: str | Path, threads: int | None = None, progress: ProgressOption = None) -> Rerun:
    """Run a saved study again and compare every recorded number of every finished run.

    Takes as long as the study took. `bool(rerun(...))` is True where all are identical.
    """
    from groundswell.simulate import make_plan, run_designs

    saved = _results(load(path))
    first = saved[0].manifest
    plan = make_plan(first["worlds"], first["replicates"], first["seed"], threads)
    now = run_designs([result.scenario for result in saved], plan, progress)
    differences = [_differences(old, new) for old, new in zip(saved, now, strict=True)]
    numbers = sum(int(old.recording.finished.sum()) * old.recording.values.shape[2] for old in saved)
    found = pd.concat(differences, ignore_index=True)
    current = make_manifest(saved[0].scenario, plan.worlds, plan.replicates, plan.seed)
    reasons = tuple(
        f"{name}: saved {first[name]}, now {current[name]}"
        for name in ("groundswell", "core", "machine", "scenario_hash", "company_hash")
        if first[name] != current[name]
    )
    return Rerun(numbers, numbers - len(found), found, reasons)


def _differences(old: Results, new: Results) -> pd.DataFrame:
    before, after = old.recording, new.recording
    if before.values.shape != after.values.shape:
        raise DamagedFile(f"{old.label}: this version records {after.values.shape[2]} numbers a run, not "
                          f"{before.values.shape[2]}")  # fmt: skip
    same = (before.values == after.values) | (np.isnan(before.values) & np.isnan(after.values))
    w, r, row = np.nonzero(~same & before.finished[:, :, None])
    names = {measure.number: name for name, measure in reversed(list(before.measures.items())) if measure.number}
    return pd.DataFrame(
        {
            "label": old.label,
            "measure": [names.get(int(number), str(number)) for number in before.layout.rows["measure"][row]],
            "world": w,
            "replicate": r,
            "row": row,
            "saved": before.values[w, r, row],
            "now": after.values[w, r, row],
        }
    )
