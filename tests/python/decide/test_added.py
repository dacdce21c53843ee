"""What a program adds: hand-checked differences and ratios, what is not defined, and what no sentence says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from scipy.optimize import brentq

import groundswell as gs
from groundswell.common import statistics
from groundswell.decide.contest import make_contest
from groundswell.decide.headline import blocks
from groundswell.output.console import contest_table, wide_console
from groundswell.results.measures import described
from groundswell.results.vocabulary.added import ADDED, REPLACED

WORLDS, REPLICATES = 6, 2
BASE, ADVOCATES, SILENT = "No program", "Advocates", "Silent"
AMOUNTS = [name for name, one in ADDED.items() if not one.per]
RATIOS = [name for name, one in ADDED.items() if one.per]


@pytest.fixture(scope="module")
def contest() -> gs.Contest:
    """No program; advocates who post about the company; ones who post for the program, but never about the company."""
    company = gs.Company.synthetic(60, currency="EUR", market_price_per_click=7.5)
    base = gs.Scenario(company, "2027-01-04", weeks=6, warm_up_weeks=2, follow_up_weeks=1, label=BASE)
    people = gs.ActiveAdvocates(size=30)
    loud = base.replace(label=ADVOCATES, program=gs.Program(advocates=people, posts_per_week=3))
    silent = gs.Program(advocates=people, posts_per_week=1, company_content_fraction=0)
    designs = [loud, base.replace(label=SILENT, program=silent)]
    return gs.compare(designs, baseline=base, worlds=WORLDS, replicates=REPLICATES, progress=False)


def by_run(contest: gs.Contest, label: str, measure: str, **query: Any) -> np.ndarray[Any, Any]:
    """Values of a measure with axes world, replicate, from the long frame of a single result."""
    frame = contest.results[label].frame(measure, by=["world", "replicate", *query.get("by", [])])
    for name, value in query.get("where", {}).items():
        frame = frame[frame[name] == value]
    return frame.groupby(["world", "replicate"])["value"].sum().to_numpy().reshape(WORLDS, REPLICATES)


def gap(contest: gs.Contest, label: str, measure: str, **query: Any) -> np.ndarray[Any, Any]:
    return by_run(contest, label, measure, **query) - by_run(contest, BASE, measure, **query)


def t_interval(values: np.ndarray[Any, Any]) -> tuple[float, float, float]:
    """Mean and 95 % interval over the means of six worlds, t(.975, 5) = 2.5705818."""
    means = values.mean(axis=1)
    half = 2.5705818366 * means.std(ddof=1) / np.sqrt(WORLDS)
    return float(means.mean()), float(means.mean() - half), float(means.mean() + half)


def farther(values: np.ndarray[Any, Any]) -> tuple[float, float, float]:
    """Mean, and on each side the farther of t's limit and Hall's (1992), at most half as far again as t's."""
    means = values.mean(axis=1)
    mean, low, high = t_interval(values)
    sd = means.std(ddof=1)
    third = float((((means - means.mean()) / sd) ** 3).sum()) * WORLDS / (WORLDS - 1) / (WORLDS - 2) / 3
    ends = []
    for t in (2.5705818366, -2.5705818366):
        y = t / np.sqrt(WORLDS) - third / (2 * WORLDS)
        ends.append(mean - sd * (np.cbrt(1 + 3 * third * y) - 1) / third)
    most = 1.5 * (high - mean)
    return mean, max(min(low, float(ends[0])), mean - most), min(max(high, float(ends[1])), mean + most)


def ratios_not_refused(top: np.ndarray[Any, Any], bottom: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The ends of all r for which the mean of top - r bottom is not distinguishable from 0, found by bisection."""
    c, a = top.mean(axis=1), bottom.mean(axis=1)

    def distance(r: float) -> float:
        rest = c - r * a
        return float(abs(rest.mean()) / (rest.std(ddof=1) / np.sqrt(WORLDS)) - 2.5705818366)

    middle = float(c.mean() / a.mean())
    return brentq(distance, 0.0, middle, xtol=1e-12), brentq(distance, middle, 50 * middle, xtol=1e-12)


def row(contest: gs.Contest, measure: str, label: str = ADVOCATES) -> pd.Series[Any]:
    frame = contest.added(measure).set_index("label")
    return frame.loc[label]


def test_amounts_added_are_paired_differences_of_totals(contest: gs.Contest) -> None:
    outside = {"by": ["segment"]}
    found = {
        "unique_people_added": gap(contest, ADVOCATES, "unique_reach_with_page"),
        "aware_people_added": gap(contest, ADVOCATES, "mean_aware_people"),
        "aware_people_added_at_end": gap(contest, ADVOCATES, "aware_people"),
        "aware_buyers_added": gap(contest, ADVOCATES, "mean_aware_people", by=["segment"], where={"segment": "buyer"}),
        "aware_buyers_added_at_end": gap(
            contest, ADVOCATES, "aware_people", by=["segment"], where={"segment": "buyer"}
        ),
        "hours_added": gap(contest, ADVOCATES, "advocate_hours"),
        "program_cost_added": gap(contest, ADVOCATES, "program_cost"),
    }
    for name, whole in (("impressions_added", "impressions"), ("clicks_added", "clicks")):
        by_employees = gap(contest, ADVOCATES, whole, **outside, where={"segment": "employee"})
        found[name] = gap(contest, ADVOCATES, whole) - by_employees
    assert set(found) == set(AMOUNTS)
    for name, values in found.items():
        said = row(contest, name)
        expected = farther(values)
        actual = said[["mean", "mean_ci_lower", "mean_ci_upper"]].tolist()
        assert actual == pytest.approx(expected, rel=1e-9, abs=1e-9), name
        assert said["p50"] == pytest.approx(np.median(values)), name
        difference = contest.table(measures=name).set_index("label").loc[ADVOCATES]
        assert difference["difference"] == pytest.approx(said["mean"])
    assert found["unique_people_added"].min() > 0


def test_who_sees_the_page_anyway_is_not_added(contest: gs.Contest) -> None:
    by_employees = contest.table(measures="unique_reach").set_index("label").loc[ADVOCATES, "difference"]
    assert 0 < row(contest, "unique_people_added")["mean"] < by_employees


def test_a_cost_per_what_is_added_is_a_ratio_of_means(contest: gs.Contest) -> None:
    cost = gap(contest, ADVOCATES, "program_cost")
    people = gap(contest, ADVOCATES, "unique_reach_with_page")
    said = row(contest, "cost_per_person_added")
    assert said["mean"] == pytest.approx(cost.mean() / people.mean())
    assert said[["mean_ci_lower", "mean_ci_upper"]].tolist() == pytest.approx(ratios_not_refused(cost, people))
    assert said["p50"] == pytest.approx(np.median(cost / people))
    assert said["unit"] == "EUR per person"
    thousand = row(contest, "cost_per_thousand_impressions_added")
    views = row(contest, "impressions_added")["mean"]
    assert thousand["mean"] == pytest.approx(1000 * cost.mean() / views)
    assert (thousand["market_price"], row(contest, "cost_per_click_added")["market_price"]) == (33, 7.5)
    assert np.isnan(said["market_price"])


def test_a_ratio_is_not_defined_where_nothing_is_known_to_be_added(contest: gs.Contest) -> None:
    people = t_interval(gap(contest, SILENT, "unique_reach_with_page"))
    assert people[1] <= 0
    assert row(contest, "program_cost_added", SILENT)["mean"] > 0
    said = row(contest, "cost_per_person_added", SILENT)
    assert said[["mean", "mean_ci_lower", "mean_ci_upper", "p05", "p95"]].isna().all()
    assert said["note"].startswith("unique_people_added is not above 0 for sure: 95 % interval −")
    assert row(contest, "cost_per_person_added")["note"] == ""
    assert f"cost_per_person_added is not defined for {SILENT!r}, because" in contest.sentence("cost_per_person_added")


def test_one_run_does_not_tell_what_is_added(contest: gs.Contest) -> None:
    single = [
        gs.simulate(result.scenario, worlds=1, replicates=1, progress=False) for result in contest.results.values()
    ]
    one = make_contest(single, baseline_given=True)
    assert row(one, "cost_per_person_added")["note"] == "so few runs do not tell whether unique_people_added is above 0"
    assert row(one, "unique_people_added")["mean"] > 0


def test_only_pairs_with_the_baseline_count(contest: gs.Contest) -> None:
    base = contest.results[BASE]
    done = base.recording.finished.copy()
    done[0] = False
    short = replace(base, recording=replace(base.recording, finished=done, people=None, _totals={}))
    fewer = make_contest([short, contest.results[ADVOCATES]], baseline_given=True)
    values = gap(contest, ADVOCATES, "unique_reach_with_page")[1:]
    assert row(fewer, "unique_people_added")["mean"] == pytest.approx(values.mean())
    assert row(fewer, "unique_people_added")["pairs"] == values.size


@pytest.mark.parametrize("goal", ["program_cost", "program_cost_added", "advocate_hours", "hours_added", "cost_time"])
def test_no_sentence_calls_doing_nothing_the_best_on_a_cost(contest: gs.Contest, goal: str) -> None:
    said = contest.sentence(goal)
    assert said.startswith(f"On {goal}, '{SILENT}' is better than '{ADVOCATES}' by −")
    assert said.endswith(f"Left out: without a program there is no {goal} to compare, in '{BASE}'.")


def test_where_less_of_something_else_is_better_no_program_may_win(contest: gs.Contest) -> None:
    assert "Left out" not in contest.sentence("mutes")


def test_a_cost_of_one_program_alone_has_nothing_to_be_compared_with(contest: gs.Contest) -> None:
    two = make_contest([contest.results[BASE], contest.results[ADVOCATES]], baseline_given=True)
    assert f"only {ADVOCATES!r} has a value" in two.sentence("program_cost")
    alone = make_contest([contest.results[BASE]], baseline_given=True)
    assert "nothing can be compared: without a program there is no program_cost" in alone.sentence("program_cost")


def test_the_usual_sentence_is_about_people_added(contest: gs.Contest) -> None:
    assert contest.sentence().startswith(f"On unique_people_added, '{ADVOCATES}' is better than ")
    assert contest.ahead(ADVOCATES, BASE, "unique_people_added") == (WORLDS, WORLDS)


@pytest.mark.parametrize("name", [*ADDED, *REPLACED])
def test_a_single_result_has_totals_and_says_so(contest: gs.Contest, name: str) -> None:
    result = contest.results[ADVOCATES]
    new = REPLACED.get(name, name)
    for ask in (result.frame, result.explain, lambda one: result.weekly([one])):
        with pytest.raises(gs.UnknownName, match=re.escape(f".added({new!r})")) as error:
            ask(name)
        assert ("is no more" in str(error.value)) == (name in REPLACED)
    assert name not in result.summary().index


@pytest.mark.parametrize("old", REPLACED)
def test_an_old_name_is_an_error_that_names_the_new_one(contest: gs.Contest, old: str) -> None:
    for ask in (contest.added, contest.sentence, lambda name: contest.table(measures=name)):
        with pytest.raises(gs.UnknownName, match=f"{old} is no more: {REPLACED[old]} divides by what the program adds"):
            ask(old)


def test_what_is_not_added_is_refused_with_the_nearest_name(contest: gs.Contest) -> None:
    with pytest.raises(gs.UnknownName, match=r"'hours_aded' is nothing that is added; nearest valid name: hours_added"):
        contest.added("hours_aded")
    with pytest.raises(gs.UnknownName, match=r"'posts' is nothing that is added"):
        contest.added(["unique_people_added", "posts"])
    with pytest.raises(gs.NotRecorded, match="mean_aware_people is not recorded by week"):
        contest.differences("aware_people_added", by="week")


def test_added_by_week_and_beside_totals(contest: gs.Contest) -> None:
    weekly = contest.differences("unique_people_added", by="week")
    plain = contest.differences("unique_reach_with_page", by="week")
    columns = ["label", "date", "difference", "difference_ci_lower", "difference_ci_upper", "pairs_that_differ"]
    pd.testing.assert_frame_equal(weekly[columns], plain[columns])
    mixed = contest.table(measures=["hours_added", "posts"])
    assert list(mixed["measure"].astype(str).unique()) == ["posts", "hours_added"]
    versus = contest.table(SILENT, "unique_people_added").set_index("label").loc[ADVOCATES, "difference"]
    both = [row(contest, "unique_people_added", label)["mean"] for label in (ADVOCATES, SILENT)]
    assert versus == pytest.approx(both[0] - both[1])


def test_precision_of_what_is_added() -> None:
    base = gs.Scenario(
        gs.Company.synthetic(20), "2027-01-04", weeks=4, warm_up_weeks=0, follow_up_weeks=0, label="None"
    )
    program = gs.Program(advocates=gs.ActiveAdvocates(size=10), posts_per_week=3)
    found = gs.compare(
        [base.replace(label="A", program=program)], baseline=base, worlds=5, replicates=1, progress=False,
        precision={"unique_people_added": gs.within(1e9)}, max_worlds=5,
    )  # fmt: skip
    assert found.precision.loc[0, ["measure", "unit"]].tolist() == ["unique_people_added", "people"]
    row_of = found.added("unique_people_added").iloc[0]
    half = (row_of["mean_ci_upper"] - row_of["mean_ci_lower"]) / 2  # limits are not symmetric; of one design, no wider
    assert found.precision.loc[0, "reached"] == pytest.approx(half)


def test_headlines_are_blocks_of_one_population(contest: gs.Contest) -> None:
    first, *totals = blocks(contest)
    assert first.is_added
    assert set(first.rows["label"].astype(str)) == {ADVOCATES, SILENT}
    assert list(first.rows["measure"].astype(str).unique()) == list(ADDED)
    for block in totals:
        populations = {described(str(name)).population for name in block.rows["measure"]}
        assert populations == {block.title.removeprefix("Totals: ")}
    assert {"unique_reach", "unique_reach_with_page"} <= {str(name) for b in totals for name in b.rows["measure"]}
    html = contest._repr_html_()
    assert html.index("What the programs add to") < html.index("Totals: ")
    console = wide_console()
    with console.capture() as kept:
        console.print(contest_table(contest))
    text = kept.get()
    assert text.index("What the programs add to 'No program'") < text.index("Totals: employees' posts and the page's")
    assert "market price 7.500" in text
    assert "not defined" in text


def test_market_prices_stand_in_notes_as_stated_or_default(contest: gs.Contest) -> None:
    note = (
        "Market prices: 7.5 EUR a click, 33 EUR a thousand impressions; default prices in USD, taken as EUR: state "
        "yours in company.market_price_per_thousand_impressions."
    )
    assert note in repr(contest).splitlines()


def test_the_workbook_begins_with_what_is_added(contest: gs.Contest, tmp_path) -> None:
    book = openpyxl.load_workbook(contest.to_excel(tmp_path / "a.xlsx"))
    rows = list(book["Decision"].iter_rows(values_only=True))
    titles = [line[0] for line in rows if isinstance(line[0], str) and line[0].startswith(("What the", "Totals: "))]
    assert titles == [block.title for block in blocks(contest)]
    cost = next(line for line in rows if line[0] == "cost_per_click_added" and line[2] == ADVOCATES)
    said = row(contest, "cost_per_click_added")
    assert cost[3:6] == pytest.approx(said[["mean", "mean_ci_lower", "mean_ci_upper"]].tolist())
    assert 7.5 in cost
    sheet = pd.read_excel(tmp_path / "a.xlsx", sheet_name="Added", engine="openpyxl")
    assert sheet["mean"].dropna().tolist() == pytest.approx(contest.added()["mean"].dropna().tolist())
    assert set(ADDED) <= set(pd.read_excel(tmp_path / "a.xlsx", sheet_name="Definitions", engine="openpyxl")["measure"])


def test_a_saved_comparison_adds_the_same(contest: gs.Contest, tmp_path) -> None:
    opened = gs.load(contest.save(tmp_path / "a.gsw"))
    assert isinstance(opened, gs.Contest)
    pd.testing.assert_frame_equal(opened.added(), contest.added())
    nobody = gs.load(contest.save(tmp_path / "b.gsw", people="aggregate"))
    assert isinstance(nobody, gs.Contest)
    pd.testing.assert_frame_equal(nobody.added(), contest.added())


def test_interval_of_an_amount_is_that_of_the_paired_difference(contest: gs.Contest) -> None:
    own, other = (by_run(contest, label, "clicks")[:, :, None] for label in (ADVOCATES, BASE))
    found = statistics.paired_difference(own, other, np.ones((WORLDS, REPLICATES), dtype=bool)).estimates
    difference = contest.table(measures="clicks").set_index("label").loc[ADVOCATES]
    assert difference["difference_ci_lower"] == pytest.approx(found.lower[0])
