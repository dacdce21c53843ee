"""Saved studies: complete, without raw ids, safe to open, identical on rerun."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.compare import Contest, compare
from groundswell.results import Results
from groundswell.simulate import simulate
from groundswell.study import load, rerun

IDS = [f"secret-person-{i}" for i in range(30)]


@pytest.fixture(scope="module")
def contest() -> Contest:
    """A firm of 30 with raw ids, two of which are in a tie that is listed twice."""
    hr = pd.DataFrame({
        "Who": IDS, "Unit": ["Secretariat", "Sales", "Lab"] * 10, "Mood": [1, 2, 3, 4, None] * 6, "Salary": 123456789,
    })  # fmt: skip
    ties = pd.DataFrame({"source": [*IDS[:20], IDS[0], IDS[1]], "target": [*IDS[1:21], IDS[1], IDS[1]]})
    company = gs.Company.from_frames(
        hr, columns={"id": "Who", "department": "Unit", "satisfaction": gs.scale("Mood", 1, 4)}, ties=ties
    )
    base = gs.Scenario(company, start="2027-01-04", weeks=4, warm_up_weeks=1, follow_up_weeks=1, label="None")
    named = gs.Program(advocates=gs.ActiveAdvocates(names=tuple(IDS[3:9])), posts_per_week=5)
    some = gs.Program(advocates=gs.ActiveAdvocates(size=9), posts_per_week=2)
    designs = [base.replace(label="Named", program=named), base.replace(label="Random", program=some)]
    return compare(designs, baseline=base, worlds=2, replicates=2)


@pytest.fixture(scope="module")
def saved(contest: Contest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return contest.save(tmp_path_factory.mktemp("study") / "q1.gsw")


def test_opens_as_it_was_and_runs_nothing(contest: Contest, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_core, "build_world", None)
    monkeypatch.setattr(_core, "run", None)
    opened = load(saved)
    assert isinstance(opened, Contest)
    assert opened.labels == ["None", "Named", "Random"]
    assert opened.baseline_given
    pd.testing.assert_frame_equal(opened.table(), contest.table())
    assert opened.sentence() == contest.sentence()
    for label in contest.labels:
        np.testing.assert_array_equal(opened.results[label].recording.values, contest.results[label].recording.values)
        assert opened.results[label].scenario.content_hash() == contest.results[label].scenario.content_hash()


def test_rerun_is_identical(saved: Path, contest: Contest) -> None:
    found = rerun(saved, threads=2)
    numbers = sum(result.recording.values.size for result in contest.results.values())
    assert found
    assert repr(found) == f"{numbers:,} of {numbers:,} numbers identical"


def test_rerun_of_a_single_result(contest: Contest, tmp_path: Path) -> None:
    path = contest.results["Random"].save(tmp_path / "one.gsw")
    opened = load(path)
    assert isinstance(opened, Results)
    assert opened.label == "Random"
    assert rerun(path)


def test_rerun_names_what_differs_and_why(contest: Contest, tmp_path: Path) -> None:
    result = contest.results["Random"]
    changed = result.recording.values.copy()
    row = int(np.flatnonzero(result.recording.layout.rows["measure"] == 5)[7])
    changed[1, 0, row] += 1
    recording = result.recording.__class__(
        result.recording.layout, result.recording.measures, changed, result.recording.finished
    )
    other = result.__class__(
        result.scenario, recording, result.warnings, dict(result.manifest) | {"core": "older"}, 1.0
    )
    found = rerun(other.save(tmp_path / "changed.gsw"))
    assert not found
    assert found.numbers - found.identical == 1
    assert found.differences[["label", "measure", "world", "replicate", "row"]].iloc[0].tolist() == [
        "Random", "impressions", 1, 0, row,
    ]  # fmt: skip
    assert "core: saved older, now" in repr(found)


def test_an_interrupted_result_is_saved_as_it_is(contest: Contest, tmp_path: Path) -> None:
    result = contest.results["Random"]
    finished = np.array([[True, False], [True, True]])
    values = np.where(finished[:, :, None], result.recording.values, np.nan)
    recording = result.recording.__class__(result.recording.layout, result.recording.measures, values, finished)
    stopped = result.__class__(result.scenario, recording, result.warnings, result.manifest, 1.0)
    path = stopped.save(tmp_path / "stopped.gsw")
    opened = load(path)
    assert isinstance(opened, Results)
    assert opened.runs == 3
    assert rerun(path).numbers == 3 * values.shape[2]


def test_no_raw_id_and_no_unmapped_column_in_any_artifact(contest: Contest, saved: Path, tmp_path: Path) -> None:
    files = [saved, contest.to_excel(tmp_path / "a.xlsx")]
    for file in files:
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                for raw in (b"secret-person", b"123456789"):
                    assert raw not in content, f"{file.name}: {name}"
    with zipfile.ZipFile(saved) as archive:
        (tmp_path / "company.parquet").write_bytes(archive.read("company.parquet"))
    table = pd.read_parquet(tmp_path / "company.parquet")
    assert list(table.columns) == ["employee", "department", "satisfaction"]
    assert table["employee"].tolist() == list(range(30))


def test_saving_twice_gives_the_same_bytes(contest: Contest, saved: Path, tmp_path: Path) -> None:
    assert contest.save(tmp_path / "again.gsw").read_bytes() == saved.read_bytes()


def test_paths_that_cannot_be_written(contest: Contest, tmp_path: Path) -> None:
    with pytest.raises(gs.InvalidInput, match=r"must end in \.gsw"):
        contest.save(tmp_path / "study.zip")
    with pytest.raises(gs.InvalidInput, match="cannot be written"):
        contest.save(tmp_path / "nowhere" / "study.gsw")


def rewritten(saved: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of the file with members changed, or left out where None."""
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def with_manifest(**changes: Any) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | changes).encode() if name == "manifest.json" else content

    return change


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(gs.InvalidInput, match="is not a file"):
        load(tmp_path / "nothing.gsw")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_truncated_file(saved: Path, tmp_path: Path, share: float) -> None:
    content = saved.read_bytes()
    short = tmp_path / "short.gsw"
    short.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(gs.DamagedFile, match=r"short.gsw: not a .gsw file, or truncated"):
        load(short)


@pytest.mark.parametrize("place", [0.1, 0.3, 0.6, 0.9])
def test_a_flipped_byte_never_opens_as_something_else(saved: Path, tmp_path: Path, place: float) -> None:
    content = bytearray(saved.read_bytes())
    content[int(len(content) * place)] ^= 0xFF
    (tmp_path / "flipped.gsw").write_bytes(content)
    with pytest.raises(gs.DamagedFile, match=r"flipped\.gsw"):
        load(tmp_path / "flipped.gsw")


def test_a_changed_or_missing_or_foreign_member(saved: Path, tmp_path: Path) -> None:
    scenario = "design_1/scenario.yaml"
    edited = rewritten(saved, tmp_path / "1.gsw", lambda n, c: c.replace(b"5.0", b"6.0") if n == scenario else c)
    with pytest.raises(gs.DamagedFile, match=r"changed since it was saved: design_1/scenario\.yaml"):
        load(edited)
    with pytest.raises(gs.DamagedFile, match=r"changed since it was saved: company\.parquet"):
        load(rewritten(saved, tmp_path / "2.gsw", lambda n, c: None if n == "company.parquet" else c))
    with zipfile.ZipFile(tmp_path / "3.gsw", "w") as archive:
        archive.writestr("anything.txt", "text")
    with pytest.raises(gs.DamagedFile, match=r"manifest\.json: missing or not JSON"):
        load(tmp_path / "3.gsw")
    with pytest.raises(gs.DamagedFile, match="a zip, but not a saved study"):
        load(rewritten(saved, tmp_path / "4.gsw", with_manifest(format="something else")))


def test_a_newer_schema(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(gs.DamagedFile, match="written by a newer Groundswell"):
        load(rewritten(saved, tmp_path / "newer.gsw", with_manifest(schema_version=99)))


@pytest.mark.parametrize(
    "changes",
    [{"designs": 5}, {"designs": [{}]}, {"measures": [{"name": 1}]}, {"day_zero": "yesterday"}, {"cells": {}}],
)
def test_a_manifest_that_does_not_fit(saved: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises((gs.DamagedFile, gs.NotRecorded), match="does not fit together"):
        load(rewritten(saved, tmp_path / "odd.gsw", with_manifest(**changes)))


def hashed(saved: Path, target: Path, name: str, content: bytes) -> Path:
    """A copy with one member replaced and its hash corrected, as a careful attacker would."""
    import hashlib

    with zipfile.ZipFile(saved) as archive:
        hashes = json.loads(archive.read("manifest.json"))["sha256"] | {name: hashlib.sha256(content).hexdigest()}
    manifest = with_manifest(sha256=hashes)
    return rewritten(saved, target, lambda n, c: content if n == name else manifest(n, c))


def test_a_truncated_parquet_inside(saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        content = archive.read("design_0/values.parquet")
    for part in (content[: len(content) // 2], b"", b"PAR1PAR1"):
        with pytest.raises(gs.DamagedFile, match=r"design_0/values\.parquet"):
            load(hashed(saved, tmp_path / "p.gsw", "design_0/values.parquet", part))


def test_hostile_yaml_inside(saved: Path, tmp_path: Path) -> None:
    text = b"!!python/object/apply:os.system ['touch /tmp/owned']\n"
    with pytest.raises(gs.DamagedFile, match="tags are not allowed"):
        load(hashed(saved, tmp_path / "y.gsw", "design_0/scenario.yaml", text))


def test_another_company_inside(saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        company = json.loads(archive.read("company.json"))
    company["page_followers"] = 7
    with pytest.raises(gs.DamagedFile, match="content_hash"):
        load(hashed(saved, tmp_path / "c.gsw", "company.json", json.dumps(company).encode()))


def test_a_zip_bomb_is_refused_unread(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groundswell.study.MOST_BYTES", 10_000_000)
    bomb = tmp_path / "bomb.gsw"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * 20_000_000)
    assert bomb.stat().st_size < 100_000
    with pytest.raises(gs.DamagedFile, match="more than any study has"):
        load(bomb)


def test_a_member_named_outside_the_file_is_never_written(saved: Path, tmp_path: Path) -> None:
    odd = tmp_path / "inside" / "odd.gsw"
    odd.parent.mkdir()
    rewritten(saved, odd, lambda _n, c: c)
    with zipfile.ZipFile(odd, "a") as archive:
        archive.writestr("../escaped.txt", "text")
    with pytest.raises(gs.DamagedFile, match="changed since it was saved"):
        load(odd)
    assert not (tmp_path / "escaped.txt").exists()


def test_simulate_and_save_keep_the_synthetic_company(tmp_path: Path) -> None:
    scenario = gs.Scenario(
        gs.Company.synthetic(employees=20), start="2027-01-04", weeks=4, warm_up_weeks=0, follow_up_weeks=0
    )
    opened = load(simulate(scenario, worlds=1, replicates=1).save(tmp_path / "s.gsw"))
    assert isinstance(opened, Results)
    assert opened.scenario == scenario
