"""The whole path through the engine, on small companies."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from groundswell import _core
from groundswell.common import memory
from groundswell.company.company import Company
from groundswell.decide.compare import compare
from groundswell.errors import DoesNotFit, InvalidInput
from groundswell.results.measures import measures
from groundswell.results.results import Results
from groundswell.run.plan import make_plan
from groundswell.run.simulate import simulate
from groundswell.scenario import ActiveAdvocates, Program, Scenario


def small(employees: int = 40, label: str = "Small", size: int | None = 8, **values: Any) -> Scenario:
    program = None if size is None else Program(advocates=ActiveAdvocates(size=size), posts_per_week=3)
    rest = {"weeks": 5, "warm_up_weeks": 2, "follow_up_weeks": 2} | values
    return Scenario(Company.synthetic(employees=employees), start="2027-01-04", label=label, program=program, **rest)


def of_runs(result: Results) -> dict[str, Any]:
    """Values of the horizon by measure, one a run."""
    names = list(result.summary().index)
    frame = result.frame(names, by=["world", "replicate"])
    return {str(name): part["value"].to_numpy() for name, part in frame.groupby("measure", observed=True)}


@pytest.fixture(scope="module")
def result() -> Results:
    return simulate(small(), worlds=5, replicates=3)


def test_every_measure_has_a_value(result: Results) -> None:
    summary = result.summary()
    assert summary["mean"].notna().all()
    assert (summary["runs"] == 15).all()
    mean = summary["mean"]
    assert 0 < mean["unique_reach"] <= mean["impressions"] <= mean["potential_reach"]
    assert mean["awareness"] > 0.1


def test_same_seed_same_numbers_for_any_number_of_threads(result: Results) -> None:
    for threads in (1, 2, 7):
        again = simulate(small(), worlds=5, replicates=3, threads=threads)
        np.testing.assert_array_equal(again.recording.values, result.recording.values)


def test_another_seed_gives_other_numbers(result: Results) -> None:
    """Run by run: the means of small counts may coincide."""
    other = simulate(small(), worlds=5, replicates=3, seed=2)
    mine, theirs = (of_runs(one) for one in (result, other))
    spread = result.summary()
    varies = spread.index[spread["p95"] > spread["p05"]]
    assert len(varies) > 40
    assert not {"cost_content", "cost_staff"} & {*varies}
    for name in varies:
        assert not np.array_equal(mine[name], theirs[name], equal_nan=True), name


def test_more_worlds_and_replicates_keep_the_first_ones(result: Results) -> None:
    more = simulate(small(), worlds=6, replicates=5)
    np.testing.assert_array_equal(more.recording.values[:5, :3], result.recording.values)


def test_pickle_keeps_every_number(result: Results) -> None:
    other = pickle.loads(pickle.dumps(result))
    np.testing.assert_array_equal(other.recording.values, result.recording.values)
    assert other.scenario == result.scenario
    pd.testing.assert_frame_equal(other.summary(), result.summary())


def test_manifest_says_how_to_run_it_again(result: Results) -> None:
    manifest = result.manifest
    assert (manifest["seed"], manifest["worlds"], manifest["replicates"]) == (1, 5, 3)
    assert manifest["company_hash"] == result.scenario.company.content_hash()
    assert Scenario.from_yaml(manifest["scenario"]) == result.scenario


def test_a_design_in_compare_is_bit_for_bit_that_of_simulate(result: Results) -> None:
    none, wide = small(size=None, label="None"), small(size=20, label="Wide")
    contest = compare([small(), wide], baseline=none, worlds=5, replicates=3)
    np.testing.assert_array_equal(contest.results["Small"].recording.values, result.recording.values)
    alone = simulate(wide, worlds=5, replicates=3)
    np.testing.assert_array_equal(contest.results["Wide"].recording.values, alone.recording.values)


def test_equal_designs_differ_by_exactly_zero() -> None:
    contest = compare([small(label="A"), small(label="B")], worlds=2, replicates=2)
    assert (contest.table()["difference"] == 0).all()
    assert (contest.table()["pairs_that_differ"] == 0).all()


def test_designs_of_equal_worlds_share_them(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []
    build = _core.build_world

    def counted(*arguments: Any) -> Any:
        built.append(arguments[3])
        return build(*arguments)

    monkeypatch.setattr(_core, "build_world", counted)
    compare([small(label="A"), small(label="B", size=3)], worlds=3, replicates=1)
    assert built == [0, 1, 2]
    other_world = small(label="C").replace({"audience.department_homophily": 0.1}, label="C")
    built.clear()
    compare([small(label="A"), other_world], worlds=2, replicates=1)
    assert built == [0, 0, 1, 1]


def test_no_warm_up_and_no_follow_up() -> None:
    result = simulate(small(warm_up_weeks=0, follow_up_weeks=0), worlds=1, replicates=2)
    assert result.summary("completion")["mean"]["impressions"] == result.summary()["mean"]["impressions"]
    assert set(result.frame("posts", by="week", window="all")["window"]) == {"horizon"}
    assert set(result.summary()["uncertainty"]) == {"luck only, given this world"}


def test_follow_up_only_adds(result: Results) -> None:
    horizon, completion = result.summary()["mean"], result.summary("completion")["mean"]
    for measure in ("impressions", "unique_reach", "engagements"):
        assert completion[measure] >= horizon[measure]


def test_reach_to_date_ends_at_the_reach_of_the_horizon(result: Results) -> None:
    values = result.frame("unique_reach_to_date", by=["week", "world", "replicate"])
    last = values[values["date"] == values["date"].max()]["value"].to_numpy()
    window = result.frame("unique_reach", by=["world", "replicate"])["value"].to_numpy()
    np.testing.assert_array_equal(last, window)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"worlds": 0}, "worlds = 0: must be a whole number, 1 to"),
        ({"replicates": 1.5}, "replicates = 1.5: must be a whole number"),
        ({"replicates": "10"}, "replicates = '10'"),
        ({"worlds": True}, "worlds = True"),
        ({"seed": -1}, "seed = -1"),
        ({"seed": 2**64}, "seed = 18446744073709551616"),
        ({"threads": 0}, "threads = 0"),
    ],
)
def test_counts_are_checked(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        simulate(small(), **arguments)


def test_what_does_not_fit_is_refused_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("a world was built")

    monkeypatch.setattr(_core, "build_world", never)
    monkeypatch.setattr(_core, "available_memory_bytes", lambda: 1_000_000)
    with pytest.raises(DoesNotFit, match=r"needs about .* MB and 1.0 MB are available \(memory of this machine\)"):
        simulate(small())


def test_unknown_memory_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="groundswell"):
        memory.check_fits(2_500_000_000, memory.Room(0))
    assert "2.5 GB are needed" in caplog.text


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    simulate(small(), worlds=1, replicates=1)
    assert capfd.readouterr() == ("", "")


def test_progress_is_reported_and_ends_complete() -> None:
    seen: list[tuple[int, int]] = []
    simulate(small(), worlds=2, replicates=3, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (1, 8)  # the first world is built
    assert seen[-1] == (8, 8)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_ctrl_c_keeps_what_is_finished_and_a_rerun_gives_the_same(result: Results) -> None:
    pressed = []

    def press(done: int, _total: int) -> None:
        if done >= 6 and not pressed:
            pressed.append(done)
            os.kill(os.getpid(), signal.SIGINT)

    assert threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job's Python ignores it
    try:
        stopped = simulate(small(), worlds=5, replicates=3, progress=press)
    finally:
        signal.signal(signal.SIGINT, before)
    assert 6 <= stopped.runs < 15
    done = stopped.recording.finished
    np.testing.assert_array_equal(stopped.recording.values[done], result.recording.values[done])
    assert stopped.warnings.set_index("code").loc["interrupted", "count"] == 15 - stopped.runs
    assert stopped.summary()["mean"].notna().all()


def test_ctrl_c_inside_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _core.run

    def half(*arguments: Any) -> Any:
        values, finished, stats = run(*arguments)[0]
        return [(values, np.arange(len(finished)) < 1, stats)]

    monkeypatch.setattr(_core, "run", half)
    stopped = simulate(small(), worlds=3, replicates=3)
    assert stopped.recording.finished.tolist() == [[True, False, False], [False] * 3, [False] * 3]


def test_ctrl_c_before_anything_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise _core.Cancelled("cancelled")

    monkeypatch.setattr(_core, "build_world", stop)
    with pytest.raises(KeyboardInterrupt, match="before a run was finished"):
        simulate(small())


def test_warnings_of_worlds_are_listed_with_counts() -> None:
    result = simulate(small(employees=2, size=1), worlds=3, replicates=1)
    capped = result.warnings.set_index("code").loc["category_capped"]
    assert capped["count"] >= 1
    assert "of 3 worlds" in capped["examples"]
    assert capped["consequence"]


def test_firms_of_2_and_of_50_and_an_empty_team() -> None:
    known = measures()
    ratios = known["name"][known["kind"] == "ratio"].tolist()
    for employees, size in ((2, 1), (50, 5), (50, 0)):
        summary = simulate(small(employees=employees, size=size), worlds=1, replicates=2).summary()
        assert summary["mean"].drop(ratios).notna().all()  # a ratio of nothing is not defined


def test_threads_default_to_all_cores() -> None:
    assert make_plan(1, 1, 1, None).threads >= 1
    assert Path(_core.__file__).is_file()
