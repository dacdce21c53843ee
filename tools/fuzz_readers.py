"""The readers: whole inputs to damage, how they are damaged, and what is done with what was read."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import fuzz_mutations as mutations

WORLDS_TEXT = (
    "cached worlds in the compiled core, then a short run, under the address and undefined-behavior sanitizers"
)


@dataclass(frozen=True)
class Reader:
    """One way in: whole inputs, made once in a folder; one of them damaged; reading it, and using what was read."""

    name: str
    what: str
    seeds: Callable[[Path], Any]
    damage: Callable[[Any, Random], Any]
    read: Callable[[Any, Path, Random], None]


def _firm() -> Any:
    import pandas as pd

    import groundswell as gs

    table = pd.DataFrame(
        {"id": [f"E{i}" for i in range(14)], "dept": ["Sales", "R&D"] * 7, "hired": ["2019-03-04"] * 14,
         "happy": [0.1, 0.9] * 7, "conn": range(20, 34)}
    )  # fmt: skip
    ties = pd.DataFrame({"source": ["E1", "E2", "E3"], "target": ["E2", "E3", "E4"]})
    mapped = {"id": "id", "department": "dept", "hire_date": "hired", "satisfaction": "happy", "connections": "conn"}
    return gs.Company.from_frames(table, columns=mapped, as_of="2026-12-31", ties=ties, ties_coverage=0.5)


def _scenarios() -> list[Any]:
    import groundswell as gs

    small = {
        "audience.person_degree_mean": 5,
        "audience.smallest_company": 20,
        "warm_up_weeks": 1,
        "follow_up_weeks": 1,
    }
    base = gs.Scenario(_firm(), "2027-01-04", weeks=4).replace(small)
    few = gs.Program(advocates=gs.ActiveAdvocates(names=("E1", "E5")), posts_per_week=2)
    chosen = gs.Program(
        select=gs.Selection(size=4, departments=("Sales",), waves=(gs.Wave(size=2, start="2027-01-11"),))
    )
    return [base, base.replace(label="Few", program=few), base.replace(label="Chosen", program=chosen)]


# Saved studies


def _study_seeds(folder: Path) -> Any:
    import numpy as np
    import pyarrow.parquet as pq

    import groundswell as gs

    os.environ["GROUNDSWELL_KEY"] = str(folder / "own.key")
    base, few, chosen = _scenarios()
    plan: dict[str, Any] = {"worlds": 2, "replicates": 1, "threads": 1, "progress": False}
    made_up = gs.Scenario(gs.Company.synthetic(employees=9), "2027-01-04", weeks=4, warm_up_weeks=0, follow_up_weeks=0)
    contest = gs.compare([few, chosen], baseline=base, **plan)
    gs.simulate(made_up.replace({"audience.person_degree_mean": 5}), **plan).save(folder / "a.gsw")
    contest.save(folder / "b.gsw")
    contest.save(folder / "c.gsw", people="aggregate")
    seeds = []
    for name in "abc":
        with zipfile.ZipFile(folder / f"{name}.gsw") as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
        tables = {}
        for member, content in members.items():
            if member.endswith(".parquet"):
                table = pq.read_table(BytesIO(content))
                tables[member] = {
                    column: values if (values := table.column(column).to_numpy()).dtype.kind != "O"
                    else np.array(values.tolist(), dtype=object) for column in table.column_names
                }  # fmt: skip
        seeds.append((members, tables))
    return seeds


def _damaged_study(seeds: Any, luck: Random) -> bytes:
    """A member changed as bytes, as JSON or as a table, with the hashes of what is then there; or the file's bytes."""
    whole, tables = luck.choice(seeds)
    members = dict(whole)
    for _ in range(luck.choice([1, 1, 1, 2])):
        name = luck.choice(["manifest.json", "company.json", *members])
        if name not in members or members[name] != whole[name]:
            continue
        if name.endswith(".json") and luck.random() < 0.9:
            members[name] = _to_json(mutations.damaged_json(json.loads(members[name]), luck))
        elif name in tables and luck.random() < 0.8:
            members[name] = _to_parquet(mutations.damaged_columns(tables[name], luck), members[name])
        elif luck.random() < 0.05:
            del members[name]
        else:
            members[name] = mutations.damaged_bytes(members[name], luck, list(members.values()))
    _hash_anew(members)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    packed = buffer.getvalue()
    return mutations.damaged_bytes(packed, luck) if luck.random() < 0.1 else packed


def _to_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


def _to_parquet(columns: dict[str, Any], otherwise: bytes) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = BytesIO()
    try:
        kinds = {name: pa.array(list(v), pa.binary(len(v[0]))) if v.dtype == object and len(v) else pa.array(v)
                 for name, v in columns.items()}  # fmt: skip
        pq.write_table(pa.table(kinds), buffer)
    except (pa.ArrowException, TypeError, ValueError):
        return otherwise
    return buffer.getvalue()


def _hash_anew(members: dict[str, bytes]) -> None:
    try:
        manifest = json.loads(members["manifest.json"])
        manifest["sha256"] = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()
                              if name != "manifest.json"}  # fmt: skip
        members["manifest.json"] = _to_json(manifest)
    except (KeyError, ValueError, TypeError):
        return


def _read_study(content: bytes, folder: Path, luck: Random) -> None:
    import groundswell as gs

    path = folder / "damaged.gsw"
    path.write_bytes(content)
    study = gs.load(path, key=folder / "own.key" if luck.random() < 0.2 and (folder / "own.key").exists() else None)
    results = [study] if isinstance(study, gs.Results) else list(study.results.values())
    for result in results:
        repr(result), result.summary(), result.weekly(), result.explain("unique_reach"), len(result.warnings)
        repr(result.scenario), repr(result.scenario.company), result.scenario.company.check(), result.scenario.to_yaml()
        for asked in (lambda one: one.people(), lambda one: one.frame(by=["month", "segment"])):
            _or_refused(asked, result)
    if isinstance(study, gs.Contest):
        repr(study), study.differences(), study.table(), study.sentence(), study.cells, study.diff
    if luck.random() < 0.2:
        worlds = int(results[0].manifest["worlds"]) + 1
        if worlds < 10:
            _or_refused(lambda one: one.extend(worlds=worlds, threads=1), study)
    study.save(folder / "again.gsw")


def _or_refused(ask: Callable[[Any], Any], of: Any) -> None:
    import groundswell as gs

    try:
        ask(of)
    except gs.GroundswellError:
        return


# Scenario files


def _yaml_seeds(folder: Path) -> list[bytes]:
    import groundswell as gs

    os.environ["GROUNDSWELL_KEY"] = str(folder / "own.key")
    made_up = gs.Scenario(gs.Company.synthetic(employees=9), "2027-01-04", weeks=4)
    texts = [design.to_yaml() for design in [made_up, *gs.presets.designs(made_up)]]
    texts += [scenario.to_yaml(key=gs.own_key()) for scenario in _scenarios()]
    short = ("groundswell_scenario: 1\nlabel: A\nstart: 2027-01-04\nweeks: 4\n"
             "company: {synthetic: {employees: 9}}\n"
             "program: {select: {size: 3, departments: [sales], order: readiness}, posts_per_week: 2, changes: "
             "[{start: 2027-01-11, mandate: 1}]}\n")  # fmt: skip
    return [text.encode() for text in [*texts, short, short]]


def _read_yaml(content: bytes, folder: Path, luck: Random) -> None:
    from groundswell.scenario.file import read_scenario

    path = folder / "damaged.yaml"
    path.write_bytes(content)
    scenario = read_scenario(path) if luck.random() < 0.3 else _of_a_company(path, folder)
    repr(scenario), scenario.core_design(), len(scenario.warnings), scenario.to_yaml(key=folder / "own.key")


def _of_a_company(path: Path, folder: Path) -> Any:
    import groundswell as gs

    company = _kept.setdefault("firm", _firm() if "firm" not in _kept else None)
    return gs.Scenario.from_yaml(path.read_text("utf-8", "replace"), company, any_company=True, key=folder / "own.key")


_kept: dict[str, Any] = {}  # made once in a process


# Key files


def _key_seeds(folder: Path) -> list[bytes]:
    import groundswell as gs

    gs.create_key(folder / "whole.key")
    return [(folder / "whole.key").read_bytes()]


def _read_key(content: bytes, folder: Path, _: Random) -> None:
    import groundswell as gs

    path = folder / "damaged.key"
    path.write_bytes(content)
    path.chmod(0o600)
    key = gs.read_key(path)
    repr(key), key.pseudonym("E1")


# The cache of worlds, through Python


def _cache_seeds(folder: Path) -> bytes:
    from groundswell import _core
    from groundswell.scenario.to_core import world_parameters

    base = _scenarios()[0]
    company, parameters = base.company.core_input(), world_parameters(base)
    world = _core.build_world(company, parameters, 1, 0, 1)
    _core.save_world(world, str(folder / "whole"), _core.world_fingerprint(company, parameters, 1, 0))
    return (folder / "whole").read_bytes()


def _read_cache(content: bytes, folder: Path, luck: Random) -> None:
    import groundswell as gs
    from groundswell import _core
    from groundswell.scenario.to_core import world_parameters
    from groundswell.worlds.cache import _beginning, checksum

    _, few, chosen = _scenarios()
    held: Any = gs.cache(folder / "worlds")
    held.folder.mkdir(exist_ok=True)
    held.clear()
    part = held.folder / "part"
    part.write_bytes(content)
    fingerprint = _core.world_fingerprint(few.company.core_input(), world_parameters(few), 1, 0)
    part.replace(held.folder / f"{_beginning(fingerprint)}{checksum(part, 1)}.gsworld")
    gs.simulate(luck.choice([few, chosen]), worlds=1, replicates=1, threads=1, progress=False)


# Tables of HR


def has_tables() -> bool:
    """Whether this version reads exports of any format."""
    import groundswell as gs

    return hasattr(gs, "read_export")


def _table_seeds(folder: Path) -> list[tuple[str, bytes]]:
    import pandas as pd

    table = pd.DataFrame(
        {"Personalnummer": ["0012", "0013", "0014", "0015"] * 4, "Abteilung": ["Vertrieb", "NA", "F&E", ""] * 4,
         "Eintritt": ["04.03.2019", "31.12.2020", "01.02.2021", ""] * 4,
         "Gehalt": ["1.234,50", "2.000,00", "", "3"] * 4}
    )  # fmt: skip
    table["Personalnummer"] = [f"00{i}" for i in range(16)]
    seeds = [
        ("csv", table.to_csv(index=False, sep=sep).encode(code))
        for sep in ",;\t"
        for code in ("utf-8", "cp1252", "utf-16")
    ]
    for end, write in (("xlsx", table.to_excel), ("parquet", table.to_parquet)):
        path = folder / f"seed.{end}"
        write(path, index=False)
        seeds.append((end, path.read_bytes()))
    if importlib.util.find_spec("odf"):
        table.to_excel(folder / "seed.ods", index=False)
        seeds.append(("ods", (folder / "seed.ods").read_bytes()))
    return seeds


def _damaged_table(seeds: Any, luck: Random) -> tuple[str, bytes]:
    end, content = luck.choice(seeds)
    if end in ("xlsx", "ods") and luck.random() < 0.8:
        content = _damaged_zip(content, luck)
    else:
        content = mutations.damaged_bytes(content, luck, [other for _, other in seeds])
    return luck.choice([end, end, end, "csv", "tsv", "xlsx"]), content


def _damaged_zip(content: bytes, luck: Random) -> bytes:
    """A workbook whose parts are changed inside, so that the damage gets past the compression."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as whole, zipfile.ZipFile(buffer, "w") as archive:
        names = whole.namelist()
        for name in names:
            part = whole.read(name)
            archive.writestr(name, mutations.damaged_bytes(part, luck) if luck.random() < 1.5 / len(names) else part)
    return buffer.getvalue()


def _read_table(asked: tuple[str, bytes], folder: Path, _: Random) -> None:
    import groundswell as gs

    end, content = asked
    path = folder / f"damaged.{end}"
    path.write_bytes(content)
    export: Any = gs.read_export(path)
    repr(export)


def _bytes_of(seeds: list[bytes], luck: Random) -> bytes:
    return mutations.damaged_bytes(luck.choice(seeds), luck, seeds, luck.choice([1, 1, 4]))


READERS = {
    reader.name: reader
    for reader in (
        Reader("study", "saved studies, hashes made anew; frames, texts, `extend`, saving again", _study_seeds,
               _damaged_study, _read_study),
        Reader("yaml", "scenario files", _yaml_seeds, _bytes_of, _read_yaml),
        Reader("keys", "key files", _key_seeds, _bytes_of, _read_key),
        Reader("cache", "cached worlds through `gs.cache`, checksums made anew, then a run", _cache_seeds,
               lambda whole, luck: mutations.damaged_bytes(whole, luck, None, 2), _read_cache),
        Reader("tables", "`gs.read_export`: separated values, workbooks, Parquet", _table_seeds, _damaged_table,
               _read_table),
    )
}  # fmt: skip
