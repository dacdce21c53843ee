"""Saved studies: complete, without raw ids, safe to open, identical on rerun."""

from __future__ import annotations

import ast
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from typer.testing import CliRunner

import groundswell as gs
from groundswell import _core
from groundswell.cli.app import app
from groundswell.decide.compare import compare
from groundswell.decide.contest import Contest
from groundswell.results.people_counts import People
from groundswell.results.results import Results
from groundswell.run.manifest import OLDEST_SCHEMA, SCHEMA_VERSION
from groundswell.run.simulate import simulate
from groundswell.study.parquet import to_parquet
from groundswell.study.rerun import rerun, results_change
from groundswell.study.study import check_can_save, load

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


def people(result: Results) -> People:
    assert result.recording.people is not None
    return result.recording.people


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
    numbers += sum(2 * people(result).total.size for result in contest.results.values())
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
    assert not found.of_another_version


def test_rerun_of_another_version_names_it_and_what_moved_numbers(
    contest: Contest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, now = contest.results["Random"], str(_core.__version__)
    changed = result.recording.values + 1.0
    recording = result.recording.__class__(
        result.recording.layout, result.recording.measures, changed, result.recording.finished
    )
    manifest = dict(result.manifest) | {"groundswell": "0.0.1"}
    path = result.__class__(result.scenario, recording, result.warnings, manifest, 1.0).save(tmp_path / "old.gsw")
    history = {now: ["Posts differ in views."], "0.0.2": ["Fewer mutes."], "0.0.1": ["Never shown."]}
    monkeypatch.setattr("groundswell.study.rerun.results_change", lambda: history)
    found = rerun(path)
    assert found.of_another_version
    assert found.results_change == (f"{now}: Posts differ in views.", "0.0.2: Fewer mutes.")
    assert f"Saved by version 0.0.1, run again by {now}" in repr(found)
    assert "Fewer mutes." in repr(found)
    assert "this is a bug" not in repr(found)


def test_rerun_of_a_measure_that_is_no_more(contest: Contest, tmp_path: Path) -> None:
    """A number that this version does not record differs; the others are compared all the same."""
    result = contest.results["Random"]
    rows = {name: np.append(column, column[-1]) for name, column in result.recording.layout.rows.items()}
    rows["measure"][-1] = 999
    layout = replace(result.recording.layout, rows=rows)
    values = np.concatenate([result.recording.values, np.ones((*result.recording.finished.shape, 1))], axis=-1)
    recording = result.recording.__class__(layout, result.recording.measures, values, result.recording.finished)
    path = result.__class__(result.scenario, recording, result.warnings, result.manifest, 1.0).save(tmp_path / "m.gsw")
    found = rerun(path)
    assert found.numbers - found.identical == result.recording.finished.sum()
    assert found.differences["now"].isna().all()


def test_what_moved_numbers_stands_in_the_changelog() -> None:
    changelog = (Path(__file__).resolve().parents[3] / "CHANGELOG.md").read_text()
    history = results_change()
    assert next(iter(history)) == str(_core.__version__)
    for lines in history.values():
        assert all(f"- {line}" in changelog for line in lines)


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


def member(path: Path, name: str, folder: Path) -> pd.DataFrame:
    with zipfile.ZipFile(path) as archive:
        (folder / "member.parquet").write_bytes(archive.read(name))
    return pd.read_parquet(folder / "member.parquet")


def test_the_company_inside_has_mapped_columns_under_keyed_pseudonyms(saved: Path, tmp_path: Path) -> None:
    table = member(saved, "company.parquet", tmp_path)
    assert list(table.columns) == ["employee", "sealed", "department", "satisfaction", "draw_number"]
    hidden = gs.own_key().pseudonyms(IDS)
    assert sorted(f"p{name.hex()}" for name in table["employee"]) == sorted(hidden)
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["designs"][1]["advocates"] == hidden[3:9]
    assert (manifest["people"], manifest["min_group"]) == ("full", 5)
    assert manifest["key"] == gs.own_key().fingerprint


def test_without_the_key_pseudonyms_with_it_ones_own_ids(contest: Contest, saved: Path) -> None:
    with_key, without = load(saved, key=gs.own_key()), load(saved)
    assert isinstance(with_key, Contest)
    assert isinstance(without, Contest)
    named, original = with_key.results["Named"], contest.results["Named"]
    assert named.scenario == original.scenario
    assert named.scenario.program.advocates.names == tuple(IDS[3:9])
    pd.testing.assert_frame_equal(named.people(), original.people())
    merged = pd.DataFrame({"Who": IDS, "Salary": 1}).merge(named.people())
    assert len(merged) == 30
    hidden = without.results["Named"].people()
    assert hidden["Who"].tolist() == gs.own_key().pseudonyms(original.people()["Who"])
    assert without.results["Named"].scenario.program.advocates.names == tuple(gs.own_key().pseudonyms(IDS[3:9]))
    for column in original.people().columns.drop("Who"):
        pd.testing.assert_series_equal(hidden[column], original.people()[column])
    for found in (with_key, without):
        np.testing.assert_array_equal(
            people(found.results["Random"]).squares, people(contest.results["Random"]).squares
        )


def company_of(study: Any) -> gs.Company:
    company: gs.Company = study.results["None"].scenario.company
    return company


def test_draw_numbers_are_kept_and_their_key_is_not(contest: Contest, saved: Path, monkeypatch: Any) -> None:
    """Without any key at hand the file has the luck it was made with."""
    original = company_of(contest)
    assert original.draw_numbers is not None
    monkeypatch.setenv("GROUNDSWELL_KEY", "/dev/null/no.key")
    opened = load(saved)
    assert isinstance(opened, Contest)
    found = company_of(opened)
    np.testing.assert_array_equal(found.draw_numbers, original.draw_numbers)
    assert found.draw_key == original.draw_key == opened.results["Named"].manifest["draw_key"] != ""
    assert found.content_hash() == original.content_hash()
    np.testing.assert_array_equal(found.core_arguments()["draw_numbers"], np.sort(original.draw_numbers))
    assert rerun(saved)
    assert rerun(opened.save(saved.parent / "again.gsw"))


def test_a_file_of_nobody_has_no_draw_number(contest: Contest, tmp_path: Path) -> None:
    path = contest.save(tmp_path / "nobody.gsw", people="aggregate")
    numbers = map(str, np.asarray(company_of(contest).draw_numbers).tolist())
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("latin-1")
        assert not [name for name in archive.namelist() if name.startswith("company.parquet")]
    assert not any(number in everything for number in numbers)
    found = company_of(load(path))
    assert (found.draw_numbers, found.draw_key) == (None, company_of(contest).draw_key)


@pytest.mark.parametrize(
    "numbers",
    [lambda n: np.r_[n[:1], n[:-1]], lambda n: n.astype(np.int64), lambda n: n.astype(float),
     lambda n: pa.array([None, *n.tolist()[1:]], pa.uint64())],
    ids=["twice", "signed", "decimal", "missing"],
)  # fmt: skip
def test_draw_numbers_that_cannot_be_are_refused(saved: Path, tmp_path: Path, numbers: Callable[[Any], Any]) -> None:
    table = member(saved, "company.parquet", tmp_path)
    columns = {name: pa.array(table[name]) for name in table.columns}
    for name in ("employee", "sealed"):
        columns[name] = pa.array(table[name], pa.binary(len(table[name][0])))
    whole = to_parquet(pa.table(columns))
    assert isinstance(load(hashed(saved, tmp_path / "whole.gsw", "company.parquet", whole)), Contest)
    columns["draw_number"] = pa.array(numbers(table["draw_number"].to_numpy()))
    damaged = hashed(saved, tmp_path / "odd.gsw", "company.parquet", to_parquet(pa.table(columns)))
    with pytest.raises(gs.DamagedFile, match=r"company\.parquet: draw_number: must be whole numbers, each once"):
        load(damaged)


def test_without_the_key_everything_one_looks_at_says_that_ids_are_pseudonyms(
    contest: Contest, saved: Path, tmp_path: Path
) -> None:
    said = "ids of 30 employees are pseudonyms; a merge with your own table finds nobody: open the file with key="
    with_key, without, again = load(saved, key=gs.own_key()), load(saved), load(saved)
    for opened, times in ((without, 1), (again.extend(replicates=3), 1), (with_key, 0), (contest, 0)):
        result = opened.results["Named"]
        for holder in (result, result.scenario.company):
            rows = holder.warnings[holder.warnings["code"] == "ids_are_pseudonyms"]
            assert rows["count"].tolist() == [30] * times
            assert rows["consequence"].str.contains("gs.read_key").all()
        for shown in (repr(result), repr(opened), repr(result.scenario.company), opened._repr_html_()):
            assert (said in shown) == bool(times)
        for cell in (result._repr_html_(), result.scenario.company._repr_html_()):
            assert ("ids_are_pseudonyms" in cell) == ("finds nobody" in cell) == bool(times)
    hr = pd.DataFrame({"Who": IDS})
    assert hr.merge(without.results["Named"].people()).empty
    assert "ids_are_pseudonyms" in (Results.people.__doc__ or "")


def test_saved_again_the_warning_about_pseudonyms_follows_the_key(saved: Path, tmp_path: Path) -> None:
    path = load(saved).save(tmp_path / "again.gsw")
    opened, without = load(path, key=gs.own_key()), load(path)
    assert "ids_are_pseudonyms" not in set(opened.warnings["code"])
    assert (without.results["None"].warnings["code"] == "ids_are_pseudonyms").sum() == 1


def test_where_nobody_has_an_id_nobody_is_told_about_pseudonyms(contest: Contest, tmp_path: Path) -> None:
    made_up = simulate(gs.Scenario(gs.Company.synthetic(20), "2027-01-04", weeks=4), worlds=1, replicates=1)
    for path in (
        contest.save(tmp_path / "nobody.gsw", people="aggregate"),
        made_up.save(tmp_path / "made_up.gsw"),
    ):
        assert "ids_are_pseudonyms" not in set(load(path).warnings["code"])


def test_a_key_of_ones_choice_and_a_wrong_one(contest: Contest, tmp_path: Path) -> None:
    key = gs.create_key(tmp_path / "study.key")
    path = contest.save(tmp_path / "a.gsw", key=tmp_path / "study.key")
    opened = load(path, key=tmp_path / "study.key")
    assert isinstance(opened, Contest)
    assert set(opened.results["None"].scenario.company.ids) == set(IDS)
    mine = gs.own_key().fingerprint
    with pytest.raises(gs.InvalidInput, match=f"a.gsw was saved under the key of fingerprint '{key.fingerprint}', this "
                                              f"one has '{mine}'; without key it opens with pseudonyms"):  # fmt: skip
        load(path, key=gs.own_key())
    with pytest.raises(gs.InvalidInput, match="is not there; make one with"):
        load(path, key=tmp_path / "lost.key")
    with pytest.raises(gs.InvalidInput, match="is not there; make one with"):
        contest.save(tmp_path / "b.gsw", key=tmp_path / "lost.key")
    assert not (tmp_path / "b.gsw").exists()
    assert isinstance(load(path), Contest)


def test_a_colleague_without_the_key_saves_what_its_owner_opens(saved: Path, contest: Contest, tmp_path: Path) -> None:
    opened = load(saved)
    assert isinstance(opened, Contest)
    more = opened.extend(replicates=3)
    path = more.save(tmp_path / "more.gsw")
    mine = load(path, key=gs.own_key())
    assert isinstance(mine, Contest)
    assert mine.results["Named"].scenario == contest.results["Named"].scenario
    pd.testing.assert_frame_equal(mine.table(), contest.extend(replicates=3).table())
    pd.testing.assert_frame_equal(
        mine.results["Named"].people(), contest.extend(replicates=3).results["Named"].people()
    )
    assert rerun(path)
    with pytest.raises(gs.InvalidInput, match="key: the company was opened without its key"):
        opened.save(tmp_path / "no.gsw", key=gs.create_key(tmp_path / "other.key"))
    with pytest.raises(gs.InvalidInput, match="min_group = 6: the company was saved with 5"):
        opened.save(tmp_path / "no.gsw", min_group=6)


def test_with_the_key_a_study_goes_on_under_ones_own_ids(saved: Path, contest: Contest) -> None:
    opened = load(saved, key=gs.own_key())
    assert isinstance(opened, Contest)
    more, fresh = opened.extend(worlds=3), contest.extend(worlds=3)
    pd.testing.assert_frame_equal(more.table(), fresh.table())
    pd.testing.assert_frame_equal(more.results["Named"].people(), fresh.results["Named"].people())


def test_small_departments_lose_their_names_and_the_key_gives_them_back(tmp_path: Path) -> None:
    units = ["Sales"] * 2 + ["Legal-Zurich"] * 3 + ["Lab"] * 9 + ["Plant"] * 7
    hr = pd.DataFrame({"id": range(21), "unit": units})
    company = gs.Company.from_frames(hr, columns={"id": "id", "department": "unit"})
    scenario = gs.Scenario(company, start="2027-01-04", weeks=4, warm_up_weeks=0, follow_up_weeks=0)
    result = simulate(scenario, worlds=1, replicates=1)
    path = result.save(tmp_path / "s.gsw")
    opened = load(path)
    assert isinstance(opened, Results)
    # Sales keeps its name, which the model reads; Legal alone would be the total minus the rest: Plant goes too
    assert opened.scenario.company.labels["department"] == ("Lab", "suppressed 2", "suppressed 3", "Sales")
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() for raw in (b"Zurich", b"Plant") if raw in archive.read(name)]
    assert rerun(path)
    mine = load(path, key=gs.own_key())
    assert isinstance(mine, Results)
    assert mine.scenario.company.labels == company.labels
    every = load(result.save(tmp_path / "all.gsw", min_group=1))
    assert isinstance(every, Results)
    assert every.scenario.company.labels == company.labels
    with pytest.raises(gs.InvalidInput, match="min_group = 0: must be a whole number"):
        result.save(tmp_path / "no.gsw", min_group=0)


def test_aggregate_has_nobody_in_the_file(contest: Contest, tmp_path: Path) -> None:
    path = contest.save(tmp_path / "sent.gsw", people="aggregate")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)
    assert not [name for name in names if "company.parquet" in name or "people" in name or "ties" in name]
    assert not [
        name
        for name in gs.own_key().pseudonyms(IDS)
        if name.encode() in everything or bytes.fromhex(name[1:]) in everything
    ]
    opened = load(path)
    assert isinstance(opened, Contest)
    pd.testing.assert_frame_equal(opened.table(), contest.table())
    assert opened.labels == contest.labels
    assert opened.results["Named"].scenario.program.advocates.count() == 6
    assert "30 employees" in repr(opened.results["Named"].scenario)
    assert opened.results["Named"].manifest["people"] == "aggregate"
    with pytest.raises(gs.NotRecorded, match="people"):
        opened.results["Named"].people()
    for act in (
        lambda: rerun(path),
        lambda: opened.extend(worlds=3),
        lambda: simulate(opened.results["None"].scenario),
    ):
        with pytest.raises(gs.InvalidInput, match="people='aggregate'"):
            act()
    again = load(opened.save(tmp_path / "again.gsw"))
    assert isinstance(again, Contest)
    pd.testing.assert_frame_equal(again.table(), contest.table())
    with pytest.raises(gs.InvalidInput, match="people = 'full': a result was made with people='aggregate'"):
        opened.save(tmp_path / "no.gsw", people="full")
    with pytest.raises(gs.InvalidInput, match=r"key: .* has no pseudonyms"):
        load(path, key=gs.own_key())


def test_a_result_made_without_people_is_saved_without_them(contest: Contest, tmp_path: Path) -> None:
    result = simulate(contest.results["Random"].scenario, worlds=1, replicates=1, people="aggregate")
    path = result.save(tmp_path / "r.gsw")
    with zipfile.ZipFile(path) as archive:
        assert "company.parquet" not in archive.namelist()
    with pytest.raises(gs.InvalidInput, match="aggregate"):
        rerun(path)


def test_a_made_up_company_needs_no_key_and_reruns_without_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDSWELL_KEY", str(tmp_path / "none.key"))
    program = gs.Program(advocates=gs.ActiveAdvocates(names=[3, 4]))
    scenario = gs.Scenario(
        gs.Company.synthetic(20), "2027-01-04", weeks=4, warm_up_weeks=0, follow_up_weeks=0, program=program
    )
    path = simulate(scenario, worlds=1, replicates=1, people="aggregate").save(tmp_path / "s.gsw")
    opened = load(path)
    assert isinstance(opened, Results)
    assert opened.scenario == scenario
    assert rerun(path)
    assert not (tmp_path / "none.key").exists()


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


def test_a_flipped_byte_never_opens_as_something_else(contest: Contest, saved: Path, tmp_path: Path) -> None:
    """Nearly every byte is covered by a hash; the rest are fields of the zip that say nothing (dates, versions)."""
    content, table, refused = saved.read_bytes(), contest.table(), 0
    for place in np.linspace(0, len(content) - 1, 40).astype(int):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        (tmp_path / "flipped.gsw").write_bytes(changed)
        try:
            opened = load(tmp_path / "flipped.gsw")
        except gs.DamagedFile:
            refused += 1
        else:
            assert isinstance(opened, Contest)
            pd.testing.assert_frame_equal(opened.table(), table)
    assert refused >= 35


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


@pytest.mark.parametrize(
    ("version", "age", "advice"),
    [(99, "a newer", "open it with that version"), (1, "an older", "simulate again and save anew")],
)
def test_another_schema_names_both_versions(saved: Path, tmp_path: Path, version: int, age: str, advice: str) -> None:
    other = rewritten(saved, tmp_path / "other.gsw", with_manifest(schema_version=version, groundswell="9.8.7"))
    ours = rf"this is {_core.__version__}, which reads schema {OLDEST_SCHEMA} to {SCHEMA_VERSION}"
    with pytest.raises(gs.DamagedFile, match=rf"by {age} Groundswell \(9\.8\.7, schema {version}\); {ours}: {advice}"):
        load(other)


@pytest.mark.parametrize(
    "changes",
    [{"designs": 5}, {"designs": [{}]}, {"measures": [{"name": 1}]}, {"day_zero": "yesterday"}, {"cells": {}}],
)
def test_a_manifest_that_does_not_fit(saved: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises((gs.DamagedFile, gs.NotRecorded), match=r"manifest\.json: [a-z]|does not fit together"):
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
    text = b"!!python/object/apply:os.system ['touch owned']\n"
    with pytest.raises(gs.DamagedFile, match="tags are not allowed"):
        load(hashed(saved, tmp_path / "y.gsw", "design_0/scenario.yaml", text))


def test_nothing_in_the_package_could_run_what_is_in_a_file() -> None:
    """No module imports what turns bytes into objects, and YAML has one reader, the restricted one."""
    loads = []
    for path in Path(gs.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text())
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not names & {"pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}, path.name
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert not {getattr(call, "id", "") for call in calls} & {"eval", "exec"}, path.name
        loads += [path.name for call in calls if ast.unparse(call) in ("yaml.load", "yaml.unsafe_load")]
    assert loads == ["yaml_io.py"]


def test_another_company_inside(saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        company = json.loads(archive.read("company.json"))
    company["page_followers"] = 7
    with pytest.raises(gs.DamagedFile, match="content_hash"):
        load(hashed(saved, tmp_path / "c.gsw", "company.json", json.dumps(company).encode()))


def test_a_zip_bomb_is_refused_unread(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groundswell.study.archive.MOST_BYTES", 10_000_000)
    bomb = tmp_path / "bomb.gsw"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * 20_000_000)
    assert bomb.stat().st_size < 100_000
    with pytest.raises(gs.DamagedFile, match="more than any study has"):
        load(bomb)


def test_more_than_fits_in_memory_is_refused_unread(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_core, "available_memory_bytes", lambda: 1000)
    with pytest.raises(gs.DamagedFile, match=r"q1\.gsw: holds .* to be opened in memory, and 1\.0 kB are available"):
        load(saved)


def test_a_parquet_bomb_is_refused_undecoded(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = to_parquet(pa.table({"source": np.zeros(3_000_000, np.int32), "target": np.zeros(3_000_000, np.int32)}))
    assert len(bomb) < 24_000_000 / 500
    monkeypatch.setattr("groundswell.study.parquet.MOST_CELLS", 1_000_000)
    with pytest.raises(gs.DamagedFile, match=r"ties\.parquet: 6,000,000 cells; at most 1,000,000 are read"):
        load(hashed(saved, tmp_path / "b.gsw", "ties.parquet", bomb))


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX")
@pytest.mark.parametrize("room", [0, 5_000])
def test_a_full_disk_keeps_the_file_that_was_there(contest: Contest, saved: Path, tmp_path: Path, room: int) -> None:
    """A limit on the size of a file stands in for a full disk: a write is cut short and fails."""
    import resource

    target = tmp_path / "q1.gsw"
    target.write_bytes(saved.read_bytes())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(gs.InvalidInput, match=r"q1\.gsw' cannot be written: File too large"):
            contest.save(target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == saved.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["q1.gsw"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(contest: Contest, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(gs.InvalidInput, match="cannot be written: Permission denied"):
        contest.save(tmp_path / "q1.gsw")
    tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


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


def test_a_file_that_announces_too_many_people_is_refused(contest: Contest, tmp_path: Path) -> None:
    path = contest.save(tmp_path / "a.gsw", people="aggregate")
    with zipfile.ZipFile(path) as archive:
        company = json.loads(archive.read("company.json"))
        designs = json.loads(archive.read("manifest.json"))["designs"]
    many = json.dumps(company | {"employees": 10**12}).encode()
    with pytest.raises(gs.DamagedFile, match=r"company\.json: employees: Input should be .* 5000000"):
        load(hashed(path, tmp_path / "b.gsw", "company.json", many))
    designs[1]["advocates"] = 10**12
    with pytest.raises(gs.DamagedFile, match="1,000,000,000,000 people are named, of 30 employees"):
        load(rewritten(path, tmp_path / "c.gsw", with_manifest(designs=designs)))


def test_what_saving_needs_is_checked_before_a_long_run(
    contest: Contest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = contest.results["None"].scenario.company
    check_can_save(company, tmp_path)
    with pytest.raises(gs.InvalidInput, match="nowhere' cannot be written"):
        check_can_save(company, tmp_path / "nowhere")
    (tmp_path / "file").write_text("kept")
    monkeypatch.setenv("GROUNDSWELL_KEY", str(tmp_path / "file" / "my.key"))
    with pytest.raises(gs.InvalidInput, match="GROUNDSWELL_KEY"):
        check_can_save(company, tmp_path)
    check_can_save(gs.Company.synthetic(10), tmp_path)
    hr = pd.DataFrame({"who": IDS})
    hr.to_csv(tmp_path / "hr.csv", index=False)
    (tmp_path / "s.yaml").write_text(
        "groundswell_scenario: 1\nstart: 2027-01-04\ncompany: {csv: hr.csv, columns: {id: who}}\n"
    )
    monkeypatch.setattr(_core, "build_world", None)
    for command in ("run", "compare"):
        ran = CliRunner().invoke(app, [command, str(tmp_path / "s.yaml"), "--out", str(tmp_path / "out")])
        assert ran.exit_code == 1
        assert "GROUNDSWELL_KEY" in ran.output


def test_the_company_of_a_study_without_its_key_is_run_and_saved_again(saved: Path, tmp_path: Path) -> None:
    """Its warnings say that ids are pseudonyms, how many: a whole number, in the second file too."""
    opened = load(saved)
    assert isinstance(opened, Contest)
    scenario = opened.results[opened.baseline].scenario
    assert pd.api.types.is_integer_dtype(scenario.company.warnings["count"])
    result = simulate(scenario, worlds=1, replicates=1, progress=False)
    again = load(result.save(tmp_path / "again.gsw"))
    assert isinstance(again, Results)
    assert again.summary()["mean"].equals(result.summary()["mean"])
