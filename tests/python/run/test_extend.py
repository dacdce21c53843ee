"""More worlds and replicates of finished results equal a fresh run, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from groundswell import _core
from groundswell.company.company import Company
from groundswell.decide.compare import compare
from groundswell.decide.contest import Contest
from groundswell.errors import DoesNotFit, InvalidInput
from groundswell.results.results import Results
from groundswell.run.simulate import simulate
from groundswell.scenario import ActiveAdvocates, Program, Scenario
from groundswell.study.rerun import rerun
from groundswell.study.study import load


def design(size: int | None, label: str, **values: Any) -> Scenario:
    program = None if size is None else Program(advocates=ActiveAdvocates(size=size), posts_per_week=3)
    rest = {"weeks": 4, "warm_up_weeks": 1, "follow_up_weeks": 1} | values
    return Scenario(Company.synthetic(employees=40), start="2027-01-04", label=label, program=program, **rest)


NONE, FEW, MANY = design(None, "None"), design(4, "Few"), design(20, "Many")


def run(worlds: int, replicates: int) -> Contest:
    return compare([FEW, MANY], baseline=NONE, worlds=worlds, replicates=replicates, threads=1)


def assert_same(found: Contest, wanted: Contest) -> None:
    assert found.labels == wanted.labels
    for label, result in wanted.results.items():
        other = found.results[label]
        np.testing.assert_array_equal(other.recording.values, result.recording.values)
        np.testing.assert_array_equal(other.recording.finished, result.recording.finished)
        assert {k: v for k, v in other.manifest.items() if k != "scenario"} == {
            k: v for k, v in result.manifest.items() if k != "scenario"
        }
        pd.testing.assert_frame_equal(other.warnings, result.warnings)
    pd.testing.assert_frame_equal(found.table(), wanted.table())
    assert found.sentence() == wanted.sentence()


@pytest.fixture(scope="module")
def small() -> Contest:
    return run(5, 10)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """(designs, first replicate, last replicate) of every call of the engine."""
    calls: list[tuple[int, int, int]] = []
    run_core = _core.run

    def noted(*arguments: Any) -> Any:
        calls.append((len(arguments[1]), arguments[2], arguments[3]))
        return run_core(*arguments)

    monkeypatch.setattr(_core, "run", noted)
    return calls


def test_from_10_to_20_replicates_equals_a_fresh_comparison_of_20(small: Contest, counted: list[Any]) -> None:
    extended = small.extend(replicates=20, threads=1)
    assert counted == [(3, 10, 20)] * 5
    assert_same(extended, run(5, 20))
    assert small.results["Few"].runs == 50


def test_more_worlds_equal_a_fresh_comparison(small: Contest, counted: list[Any]) -> None:
    extended = small.extend(worlds=7, threads=2)
    assert counted == [(3, 0, 10)] * 2
    assert_same(extended, run(7, 10))


def test_both_at_once_after_save_and_load(small: Contest, tmp_path: Path) -> None:
    loaded = load(small.save(tmp_path / "small.gsw"))
    assert isinstance(loaded, Contest)
    extended = loaded.extend(worlds=6, replicates=12)
    assert_same(extended, run(6, 12))
    again = rerun(extended.save(tmp_path / "more.gsw"))
    assert again
    few = extended.results["Few"].recording
    assert few.people is not None
    assert again.numbers == 3 * (72 * few.values.shape[2] + 2 * few.people.total.size)


def test_a_result_is_extended_too() -> None:
    seen: list[tuple[int, int]] = []
    start = simulate(FEW, worlds=2, replicates=2)
    found = start.extend(worlds=3, replicates=4, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (11, 11)  # three worlds, and of 12 runs the 8 that are not there
    np.testing.assert_array_equal(found.recording.values, simulate(FEW, worlds=3, replicates=4).recording.values)
    assert found.manifest["replicates"] == 4


def test_warnings_of_kept_worlds_are_kept() -> None:
    firm = replace_company(FEW, 2)
    fresh = simulate(firm, worlds=4, replicates=1)
    assert "category_capped" in set(fresh.warnings["code"])
    pd.testing.assert_frame_equal(simulate(firm, worlds=2, replicates=1).extend(worlds=4).warnings, fresh.warnings)


def replace_company(scenario: Scenario, employees: int) -> Scenario:
    program = Program(advocates=ActiveAdvocates(size=1))
    return scenario.replace(company=Company.synthetic(employees=employees), program=program, label="Tiny")


def test_what_an_interruption_left_out_is_run_and_nothing_else(small: Contest, counted: list[Any]) -> None:
    whole = small.results["Few"]
    done = np.ones((5, 10), dtype=bool)
    done[2, 3:5] = done[4] = False
    values = np.where(done[:, :, None], whole.recording.values, np.nan)
    part = replace(whole, recording=replace(whole.recording, values=values, finished=done, people=None))
    assert part.runs == 38
    extended = part.extend(threads=1)
    assert counted == [(1, 3, 5), (1, 0, 10)]
    np.testing.assert_array_equal(extended.recording.values, whole.recording.values)
    pd.testing.assert_frame_equal(extended.warnings, whole.warnings)


def test_a_count_below_the_present_one_is_refused(small: Contest) -> None:
    with pytest.raises(InvalidInput, match="replicates = 5: there are 10 already"):
        small.extend(replicates=5)
    with pytest.raises(InvalidInput, match=r"worlds = 5\.5: must be a whole number"):
        small.extend(worlds=5.5)  # type: ignore[arg-type]


def test_results_of_another_build_are_extended_only_if_they_repeat(small: Contest) -> None:
    result = small.results["Few"]
    elsewhere = replace(result, manifest={**result.manifest, "core": "another"})
    assert elsewhere.extend(worlds=6).runs == 60
    values = result.recording.values.copy()
    values[0, 0, 3] += 1
    changed = replace(elsewhere, recording=replace(result.recording, values=values))
    with pytest.raises(InvalidInput, match=r"'Few': cannot be extended.*\(core was another"):
        changed.extend(worlds=6)


def test_what_does_not_fit_is_refused(small: Contest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_core, "available_memory_bytes", lambda: 1_000_000)
    with pytest.raises(DoesNotFit, match="are available"):
        small.extend(worlds=900)


def test_finished_results_are_compared_without_a_run(
    small: Contest, counted: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that was saved and one that was not."""
    saved = load(small.results["Few"].save(tmp_path / "few.gsw"))
    assert isinstance(saved, Results)
    again = compare([saved, small.results["Many"]], baseline=small.results["None"], worlds=5, replicates=10)
    assert counted == []
    pd.testing.assert_frame_equal(again.table(), small.table())
    with pytest.raises(
        InvalidInput, match="worlds: the result 'None' has 5, this comparison 40; give compare worlds=5"
    ):
        compare([saved], baseline=small.results["None"])


def test_ctrl_c_in_an_extension_keeps_what_was_there(small: Contest, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise _core.Cancelled("cancelled")

    monkeypatch.setattr(_core, "build_world", stop)
    stopped = small.extend(worlds=6)
    assert [result.runs for result in stopped.results.values()] == [50, 50, 50]
    assert set(stopped.warnings["code"]) >= {"interrupted"}
    assert (stopped.cells["status"] == "interrupted: 50 of 60 runs").all()


Make = Callable[..., Results]


def test_hand_made_results_say_that_they_cannot_be_extended(
    hand_made: Make, random_values: Callable[..., np.ndarray[Any, Any]]
) -> None:
    with pytest.raises(InvalidInput, match="cannot be extended; simulate it again"):
        hand_made("A", random_values(0, 5, 2)).extend(worlds=6)
