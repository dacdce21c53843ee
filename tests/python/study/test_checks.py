"""Saved studies whose hashes fit and whose content does not: each kind of damage is refused by name, when opened."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import groundswell as gs
from groundswell.study.parquet import to_parquet

Tables = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hr = pd.DataFrame({"id": range(12), "unit": ["A", "B"] * 6, "happy": [0.25] * 12, "friends": [9] * 12})
    ties = pd.DataFrame({"source": [0, 1, 2], "target": [1, 2, 3]})
    mapped = {"id": "id", "department": "unit", "satisfaction": "happy", "connections": "friends"}
    company = gs.Company.from_frames(hr, columns=mapped, ties=ties, ties_coverage=0.5)
    base = gs.Scenario(company, "2027-01-04", weeks=4).replace(
        {"audience.person_degree_mean": 5, "audience.smallest_company": 20, "warm_up_weeks": 1}
    )
    folder = tmp_path_factory.mktemp("checks")
    result = gs.simulate(base, worlds=2, replicates=1, threads=1)
    return result.save(folder / "whole.gsw", key=gs.create_key(folder / "key"))


def opened(path: Path, target: Path, json_name: str, change: Callable[[dict[str, Any], Tables], object]) -> Any:
    """What a copy gives whose JSON and tables were changed, and whose hashes were made anew."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    tables = {
        name: {column: pq.read_table(BytesIO(content)).column(column).to_numpy().copy()
               for column in pq.read_table(BytesIO(content)).column_names if column not in ("employee", "sealed")}
        for name, content in members.items() if name.endswith(".parquet")
    }  # fmt: skip
    whole = {name: {column: values.tobytes() for column, values in table.items()} for name, table in tables.items()}
    value = json.loads(members[json_name])
    change(value, tables)
    members[json_name] = json.dumps(value).encode()
    for name, table in tables.items():
        if {column: values.tobytes() for column, values in table.items()} != whole[name]:
            kept = pq.read_table(BytesIO(members[name]))
            for column, values in table.items():
                place = kept.column_names.index(column)
                kept = kept.set_column(place, column, [values])
            members[name] = to_parquet(kept)
    manifest = json.loads(members["manifest.json"])
    manifest["sha256"] = {
        name: hashlib.sha256(content).hexdigest() for name, content in members.items() if name != "manifest.json"
    }
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return gs.load(target)


def put(name: str, column: str, place: int, number: float) -> Callable[[Any, Tables], object]:
    return lambda _, tables: tables[name][column].__setitem__(place, number)


COMPANY, TIES, VALUES, PEOPLE = "company.parquet", "ties.parquet", "design_0/values.parquet", "design_0/people.parquet"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put(COMPANY, "department", 3, 2), "department: a code beyond its 2 labels"),
        (put(COMPANY, "department", 3, -2), "department: a code beyond"),
        (put(COMPANY, "satisfaction", 0, 1.5), "satisfaction: a number out of range"),
        (put(COMPANY, "satisfaction", 0, np.inf), "satisfaction: a number out of range"),
        (put(COMPANY, "connections", 0, -1), "connections: a number out of range"),
        (put(TIES, "target", 0, 12), "ties: somebody beyond the 12 who are there"),
        (put(TIES, "target", 0, 0), "ties: somebody is tied to themselves"),
        (lambda _, t: (put(TIES, "source", 1, 1)(_, t), put(TIES, "target", 1, 0)(_, t)), "ties: a tie is there twice"),
        (put(VALUES, "w0r0", 5, np.nan), "a value of a finished run is no number"),
        (put(VALUES, "w0r0", 5, 1e300), "a value is larger than any run gives"),
        (put(VALUES, "period", 5, 1000), "the rows are not those that a run of the scenario has"),
        (put(VALUES, "measure", 5, 99_999), "the rows are not those|beyond the last"),
        (put(VALUES, "segment", 5, 7), "the rows are not those"),
        (put(PEOPLE, "sum_w0m0", 0, -1), "a count is out of range"),
        (put(PEOPLE, "squares_w1m0", 0, np.nan), "a count is out of range"),
        (lambda m, _: m["designs"][0]["finished"][0].append(1), "finished must have 2 worlds of 1 replicates"),
        (lambda m, _: m["designs"][0].update(finished=[[0], [0]]), "no run is finished"),
        (lambda m, _: m["designs"][0].update(label="Other"), "label: not that of its scenario"),
        (lambda m, _: m["designs"][0].update(seconds=float("nan")), "seconds"),
        (lambda m, _: m["designs"][0]["people"].update(replicates=[1, 2]), "not counted over the replicates"),
        (
            lambda m, _: m["designs"][0]["people"]["measures"].__setitem__(0, "clicks_of_the_moon"),
            "not counted by person",
        ),
        (lambda m, _: m["designs"][0]["manifest"].update(worlds=10**9), "worlds"),
        (lambda m, _: m["designs"][0]["manifest"].update(world_warnings=[[5, "a", 1, "b"]]), "a warning of a world is"),
        (lambda m, _: m["designs"][0]["warnings"]["code"].append("x"), "columns differ in length"),
        (lambda m, _: m["measures"][0].update(kind="unique"), "posts is declared otherwise"),
        (lambda m, _: m["measures"].pop(0), "a part of .* is missing"),
        (lambda m, _: m["measures"][0].update(name="mine", number=1), "mine: not known, and no sum of its own|a part"),
        (lambda m, _: m["fragments"]["end_day"].__setitem__(0, -9), "a cell ends before it begins"),
        (lambda m, _: m["cells"]["week"]["window"].__setitem__(0, 2), "week: not those of the scenario's dates"),
        (lambda m, _: m.update(day_zero="2027-01-05"), "not those of the scenario's dates"),
        (lambda m, _: m.update(designs=m["designs"] * 2), "two designs have one label"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_when_opened(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, Any], Tables], object], says: str
) -> None:
    with pytest.raises(gs.DamagedFile, match=says):
        opened(saved, tmp_path / "odd.gsw", "manifest.json", change)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c, _: c["labels"].update(department=["A", "A"]), "two labels of department are the same"),
        (lambda c, _: c["labels"].update(department=["A"]), "a code beyond its 1 labels|strict|fit together"),
        (lambda c, _: c.update(ties_share=2.0), "ties_share"),
        (lambda c, _: c["shares"]["region"].__setitem__(0, float("nan")), "shares.region"),
        (lambda c, _: c.update(page_followers=-5), "company.page_followers"),
        (lambda c, _: c["columns"]["given"].pop(), "columns differ in length"),
        (lambda c, _: c.update(name=["a"]), "name: Input should be a valid string"),
    ],
)
def test_a_company_that_does_not_fit_is_refused(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, Any], Tables], object], says: str
) -> None:
    with pytest.raises(gs.DamagedFile, match=says):
        opened(saved, tmp_path / "odd.gsw", "company.json", change)


def test_nothing_changed_opens(saved: Path, tmp_path: Path) -> None:
    assert opened(saved, tmp_path / "same.gsw", "manifest.json", lambda *_: None).runs == 2
