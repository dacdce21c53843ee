"""Differences, flags and sentences on hand-made recordings."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy import stats

import groundswell as gs
from groundswell.common import arguments, statistics
from groundswell.company import Company
from groundswell.decide.compare import compare
from groundswell.decide.contest import Contest, make_contest
from groundswell.errors import InvalidInput, UnknownName
from groundswell.results.results import Results

Values = np.ndarray[Any, Any]
Make = Callable[..., Results]


@pytest.fixture
def contest(hand_made: Make, random_values: Callable[..., Values]) -> Contest:
    """No program, A and B; B is A with 40 more people reached in every run, and 3 more impressions a fragment row."""
    base, a = random_values(0, 20, 5) / 4, random_values(1, 20, 5)
    return make_contest([hand_made("None", base), hand_made("A", a), hand_made("B", a + 40)], baseline_given=True)


def row(contest: Contest, label: str, measure: str, versus: str | None = None) -> Any:
    table = contest.table(versus, measure)
    return table[table["label"] == label].iloc[0]


def test_difference_is_from_world_means_of_pairs(contest: Contest) -> None:
    found = row(contest, "A", "unique_reach")
    a, base = (
        contest.results[label].frame("unique_reach", by=["world", "replicate"])["value"].to_numpy().reshape(20, 5)
        for label in ("A", "None")
    )
    means = (a - base).mean(axis=1)
    low, high = stats.t.interval(0.95, 19, means.mean(), stats.sem(means))
    assert found["difference"] == pytest.approx(means.mean())
    ends = statistics.corrected_interval((a - base)[:, :, None], np.ones(a.shape, dtype=bool))
    assert (found["difference_ci_lower"], found["difference_ci_upper"]) == (ends.lower[0], ends.upper[0])
    assert found["difference_ci_lower"] <= low < high <= found["difference_ci_upper"]
    gain = (a.var(ddof=1) + base.var(ddof=1)) / (a - base).var(ddof=1)
    assert found["pairing_gain"] == pytest.approx(gain)
    assert (found["pairs"], found["worlds"], found["worlds_that_differ"]) == (100, 20, 20)


def test_intervals_of_one_row_are_its_own_and_of_many_hold_together(contest: Contest) -> None:
    alone = contest.table(measures="impressions").set_index("label").loc["A"]
    among = contest.table(measures=["impressions", "unique_reach", "awareness"])
    same = among[among["measure"] == "impressions"].set_index("label").loc["A"]
    names = ["difference_ci_lower", "difference_ci_upper"]
    assert alone[names].tolist() == same[names].tolist()
    assert same["joint_ci_lower"] < alone["joint_ci_lower"]
    two = make_contest([contest.results["None"], contest.results["A"]], baseline_given=True)
    own = row(two, "A", "impressions")
    assert (own["joint_ci_lower"], own["joint_ci_upper"]) == pytest.approx(own[names].tolist())


def test_a_percentage_is_of_the_design_it_is_to(contest: Contest) -> None:
    found = row(contest, "B", "unique_reach", versus="A")
    level = row(contest, "A", "unique_reach")["mean"]
    assert found["percent"] == pytest.approx(100 * 40 / level)
    assert found["percent_ci_lower"] < found["percent"] < found["percent_ci_upper"]  # the level is not exact
    assert np.isnan(row(contest, "A", "unique_reach", versus="A")["percent"])


def test_a_design_against_itself_differs_by_exactly_zero(contest: Contest) -> None:
    table = contest.table(versus="B")
    own = table[table["label"] == "B"]
    assert (own["difference"] == 0).all()
    assert (own["difference_se"] == 0).all()
    assert (own["pairs_that_differ"] == 0).all()


def test_any_pair_without_a_new_run(contest: Contest) -> None:
    found = row(contest, "B", "unique_reach", versus="A")
    assert (found["difference"], found["difference_se"]) == (40, 0)
    assert found["pairs_that_differ"] == 100
    assert found["flag"] == ""
    with pytest.raises(UnknownName, match="versus"):
        contest.table(versus="C")


def test_few_worlds_that_differ_are_flagged(hand_made: Make, random_values: Callable[..., Values]) -> None:
    values = random_values(0, 10, 10)
    other = values.copy()
    other[0, :7] += 1
    contest = make_contest([hand_made("A", values), hand_made("B", other)], baseline_given=True)
    flag = "1 of 10 worlds differs, fewer than the 20 that an interval needs"
    assert row(contest, "B", "unique_reach")["flag"] == flag
    assert f"Caution: {flag}." in contest.sentence()


def test_only_pairs_with_both_runs_count(hand_made: Make, random_values: Callable[..., Values]) -> None:
    values = random_values(0, 6, 4)
    done = np.ones((6, 4), dtype=bool)
    done[5] = False
    stopped = values + 1
    stopped[5] = np.nan
    contest = make_contest([hand_made("A", values), hand_made("B", stopped, done)], baseline_given=True)
    found = row(contest, "B", "unique_reach")
    assert (found["pairs"], found["difference"]) == (20, 1)


def test_table_and_frame_have_categoricals_in_design_order(contest: Contest) -> None:
    table = contest.table()
    assert list(table["label"].cat.categories) == ["None", "A", "B"]
    assert list(table["label"][:3]) == ["None", "A", "B"]
    frame = contest.frame("impressions", by=["month", "segment"])
    assert list(frame["label"].cat.categories) == ["None", "A", "B"]
    assert len(frame) == 3 * 2 * 7
    gaps = contest.differences("impressions", by="week")
    assert len(gaps) == 6
    with pytest.raises(InvalidInput, match="over worlds and replicates"):
        contest.differences("impressions", by=["world"])


def test_sentence_names_the_best_the_size_and_the_interval(contest: Contest) -> None:
    text = contest.sentence()
    assert text.startswith("On unique_reach, 'B' is better than 'A' by +40.00 people")
    assert "95 % interval +40.00 to +40.00" in text
    assert "in 20 of 20 generated worlds" in text
    with pytest.raises(UnknownName, match="nearest valid name: impressions"):
        contest.sentence("impresions")


def test_sentence_calls_nothing_better_where_neither_more_nor_less_is(
    hand_made: Make, random_values: Callable[..., Values]
) -> None:
    values = random_values(1, 10, 10)
    once, often = hand_made("Once", values), values.copy()
    often[:, :, once.recording.layout.rows["measure"] == 5] *= 3  # impressions
    text = make_contest([once, hand_made("Often", often)], baseline_given=False).sentence("frequency")
    assert text.startswith("On frequency, 'Often' is higher than 'Once' by ")
    assert "it is higher on average in 10 of 10 generated worlds" in text


def test_sentence_says_when_designs_cannot_be_told_apart(hand_made: Make, random_values: Callable[..., Values]) -> None:
    contest = make_contest(
        [hand_made("A", random_values(1, 10, 10)), hand_made("B", random_values(2, 10, 10))], baseline_given=False
    )
    found = row(contest, "B", "unique_reach")
    assert found["difference_ci_lower"] < 0 < found["difference_ci_upper"]
    assert "cannot be told apart" in contest.sentence()


def test_without_a_baseline_the_first_is_it_and_the_output_says_so(contest: Contest) -> None:
    results = list(contest.results.values())[1:]
    other = make_contest(results, baseline_given=False)
    note = "No baseline was named: differences are to the first design, 'A'."
    assert note in repr(other)
    assert note.replace("'", "&#x27;") in other._repr_html_()
    assert len(repr(other).splitlines()) <= 12


def test_a_bare_cell_has_sentence_table_and_picture(contest: Contest) -> None:
    page = contest._repr_html_()
    assert "is better than" in page
    assert '<table class="tex2jax_ignore mathjax_ignore">' in page  # no label is mathematics
    assert "data:image/png;base64," in page


def test_what_differs_stands_above(contest: Contest) -> None:
    assert list(contest.diff.columns) == ["label", "path", "baseline", "value", "unit"]
    assert set(contest.diff["label"]) == {"A", "B"}
    assert set(contest.diff["path"]) == {"program.posts_per_week"}


def test_finished_results_are_compared_without_running(contest: Contest) -> None:
    a, b = contest.results["A"], contest.results["B"]
    again = compare([a, b], worlds=20, replicates=5, seed=1, inputs=False)
    assert row(again, "B", "unique_reach")["difference"] == 40
    with pytest.raises(InvalidInput, match="seed: the result 'A' has 1, this comparison 2"):
        compare([a, b], worlds=20, replicates=5, seed=2)


def test_refusals(contest: Contest) -> None:
    a, b = contest.results["A"], contest.results["B"]
    with pytest.raises(InvalidInput, match="designs: empty"):
        compare([])
    with pytest.raises(InvalidInput, match="label: used by more than one design: 'A'"):
        compare([a, replace(b, scenario=replace(b.scenario, label="A"))])
    large, small = (Company.synthetic(n) for n in (300, 200))
    one, other = (replace(x, scenario=replace(x.scenario, company=c)) for x, c in ((a, large), (b, small)))
    with pytest.raises(InvalidInput, match=r"'A' and 'B' are designs of different companies[^$]*: 300 and 200"):
        compare([one, other])
    with pytest.raises(InvalidInput, match="start: must be equal in all designs; 'A' has 2027-01-25"):
        compare([a, replace(b, scenario=replace(b.scenario, start=date(2027, 2, 1)))])


def test_pickle(contest: Contest) -> None:
    assert pickle.loads(pickle.dumps(contest)).sentence() == contest.sentence()


def two_designs() -> list[gs.Scenario]:
    base = gs.Scenario(gs.Company.synthetic(20), "2027-01-04", 4, "One")
    return [base, base.replace(label="Two")]


@pytest.mark.parametrize("value", ["a", None, -1, 0, True, 1.5])
def test_the_most_worlds_are_checked_without_a_precision_too(value: object) -> None:
    for ask in (
        lambda: gs.compare(two_designs(), max_worlds=value),
        lambda: gs.grid(two_designs()[0], {"feed.viewer_limit": [1, 2]}, max_worlds=value),
    ):
        with pytest.raises(gs.InvalidInput, match=r"max_worlds = .*: must be a whole number"):
            ask()


@pytest.mark.parametrize("value", ["yes", None, 1])
def test_a_switch_is_true_or_false(value: object) -> None:
    for ask in (
        lambda: gs.compare(two_designs(), inputs=value),
        lambda: gs.estimate(two_designs(), inputs=value),
    ):
        with pytest.raises(gs.InvalidInput, match=r"inputs = .*: must be True or False"):
            ask()
    with pytest.raises(gs.InvalidInput, match=r"quick = .*: must be True or False"):
        gs.validate(quick=value)


def test_a_switch_of_numpy_is_one() -> None:
    assert arguments.switch("inputs", np.True_) is True
    assert arguments.switch("inputs", np.False_) is False
