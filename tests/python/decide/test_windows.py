"""All windows at once: a row a window in tables, and no number where one is said of all of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.decide.period_frames import PeriodRecord

ALONE = ("warm_up", "horizon", "follow_up")


@pytest.fixture(scope="module")
def contest() -> gs.Contest:
    base = gs.Scenario(gs.Company.synthetic(40), "2027-01-04", 4, "None", warm_up_weeks=1, follow_up_weeks=2)
    few, many = (
        base.replace(label=label, program=gs.Program(advocates=gs.ActiveAdvocates(size=size), posts_per_week=2))
        for label, size in (("Few", 5), ("Many", 25))
    )
    return gs.compare([few, many], baseline=base, worlds=6, replicates=2, seed=3, progress=False, inputs=False)


@pytest.mark.parametrize("verb", ["table", "added", "variance"])
def test_rows_of_a_table_are_of_one_window_each(contest: gs.Contest, verb: str) -> None:
    """Every row of "all" is the row of that window alone, but for the joint interval, which is of all rows."""
    ask: Callable[..., pd.DataFrame] = getattr(contest, verb)
    names = ["unique_people_added", "cost_per_person_added"] + (["posts"] if verb != "added" else [])
    whole = ask(measures=names, window="all")
    assert not whole.duplicated(["measure", "label", "window"]).any()
    for window in ALONE:
        part = whole[whole["window"] == window].drop(columns="window")
        one = ask(measures=names, window=window)
        free = [name for name in one.columns if not name.startswith("joint")]
        pd.testing.assert_frame_equal(part[free].reset_index(drop=True), one[free], check_categorical=False)
    assert "window" not in ask(measures=names)
    if verb == "added":  # nothing is added before the program begins, and the note is that of the row's own window
        notes = whole[whole["measure"] == "cost_per_person_added"].set_index(["label", "window"])["note"]
        assert "not above 0" in notes["Many", "warm_up"]
        assert notes["Many", "horizon"] == ""


def test_the_joint_interval_is_of_all_rows(contest: gs.Contest) -> None:
    one, whole = (contest.table(measures=["posts"], window=window) for window in ("horizon", "all"))
    same = whole[whole["window"] == "horizon"]
    width = [(frame["joint_ci_upper"] - frame["joint_ci_lower"]).dropna().max() for frame in (one, same)]
    assert width[1] >= width[0] > 0


def test_one_number_is_of_one_window(contest: gs.Contest) -> None:
    for ask in (
        lambda: contest.sentence(window="all"),
        lambda: contest.inputs(window="all"),
        lambda: contest.drivers(window="all"),
        lambda: contest.ahead("Many", "Few", "posts", window="all"),
        lambda: contest.results["Few"].explain("impressions", window="all"),
        lambda: gs.compare_periods(contest.results["Few"], contest.results["Many"]).sentence(window="all"),
    ):
        with pytest.raises(gs.InvalidInput, match=r"window = 'all': one number is of one window"):
            ask()
    assert "'Many' is better than 'Few'" in contest.sentence(window="completion")


def test_periods_and_summaries_have_a_row_a_window(contest: gs.Contest) -> None:
    periods = gs.compare_periods(contest.results["Few"], contest.results["Many"])
    assert isinstance(periods, PeriodRecord)
    whole = periods.table("posts", window="all")
    assert whole["window"].tolist() == list(ALONE)
    for window in ALONE:
        one = periods.table("posts", window=window)
        pd.testing.assert_frame_equal(
            whole[whole["window"] == window].drop(columns="window").reset_index(drop=True), one
        )
    summary = contest.results["Few"].summary(window="all")
    assert summary.loc["posts", "window"].tolist() == list(ALONE)
    assert "window" not in contest.results["Few"].summary()


def test_the_window_of_periods_is_matched_by_name() -> None:
    """A period without a warm-up beside one that has it: what both have."""
    company = gs.Company.synthetic(30)
    last, this = (
        gs.simulate(
            gs.Scenario(company, "2027-01-04", 4, "One", warm_up_weeks=weeks, follow_up_weeks=1),
            worlds=2, replicates=1, progress=False,
        )
        for weeks in (0, 2)
    )  # fmt: skip
    table = gs.compare_periods(last, this).table("posts", window="all")
    assert table["window"].tolist() == ["horizon", "follow_up"]
    assert np.isclose(table["last"].iloc[0], last.summary().loc["posts", "mean"])
