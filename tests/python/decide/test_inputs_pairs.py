"""What the second block says of a pair of designs: of these two alone, and why where nothing can be said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.decide.contest import make_contest
from groundswell.decide.inputs import clause
from groundswell.decide.inputs.clause import EQUAL, OPEN
from groundswell.decide.inputs.evaluate import evaluate
from groundswell.output.decision_page import decision_page

RATE, SIZE = "participation.enrollment_rate", "program.advocates.size"
GOALS = ("impressions", "unique_people_added", "posts")


def designs():
    company = gs.Company.synthetic(40)
    base = gs.Scenario(company, "2027-01-04", 4, "No program", warm_up_weeks=1, follow_up_weeks=1)
    few = base.replace(label="Few", program=gs.Program(advocates=gs.ActiveAdvocates(size=4), posts_per_week=4))
    many = base.replace(label="Many", program=gs.Program(advocates=gs.ActiveAdvocates(size=20), posts_per_week=2))
    invited = base.replace(label="Invited", program=gs.Program(select=gs.Selection(size=30), posts_per_week=1))
    return base, few, many, invited


def run(*some, worlds=10, **options):
    return gs.compare(list(some[1:]), some[0], worlds=worlds, replicates=1, progress=False, **options)


@pytest.fixture(scope="module")
def three():
    return run(*designs())


@pytest.fixture(scope="module")
def two():
    return run(*designs()[:3])


def arrays(found):
    one = found.contrasts[0]
    return (one.d1, one.d2, one.level1, one.level2)


@pytest.mark.parametrize("goal", GOALS)
def test_a_third_design_changes_nothing_of_a_pair(two, three, goal):
    rows = [clause._row(one, one.drawn, "Many", ["Few"], goal, "horizon") for one in (two, three)]
    assert pd.DataFrame(rows[:1]).equals(pd.DataFrame(rows[1:]))


def test_an_input_that_moves_neither_design_is_no_driver_and_changes_no_difference(three):
    """A rate of enrollment is nothing to advocates who are active anyway, but it is to the third design."""
    assert RATE in three.draws().columns
    fixed = run(*(one.prior(RATE, gs.fixed()) for one in designs()))
    assert RATE not in fixed.draws().columns
    for goal in GOALS:
        one, other = (evaluate(contest, "Many", ["Few"], goal) for contest in (three, fixed))
        for mine, theirs in zip(arrays(one), arrays(other), strict=True):
            assert np.array_equal(mine, theirs)
        assert one.interval == other.interval
        assert one.t == other.t
    moved = evaluate(three, "Many", ["Invited"], "posts"), evaluate(fixed, "Many", ["Invited"], "posts")
    assert not np.array_equal(moved[0].contrasts[0].d2, moved[1].contrasts[0].d2)


def test_the_level_is_that_of_the_two_designs(three):
    one = evaluate(three, "Many", ["Few"], "impressions").contrasts[0]
    query = clause.evaluate.__globals__["both_blocks"](three, ["Many", "Few"], "impressions", "horizon")
    assert one.level1 == pytest.approx((query.stated["Many"] + query.stated["Few"]) / 2)
    assert one.level2 == pytest.approx((query.drawn["Many"] + query.drawn["Few"]) / 2)


def test_nothing_to_rank_has_a_row_that_says_why(two):
    base = designs()[0]
    again = run(base, base.replace(label="again"))
    for goal, why in (
        ("program_cost", "nothing to compare: without a program there is no program_cost to compare"),
        ("hours_added", "nothing to compare: without a program there is no hours_added to compare"),
        ("cost_per_person_added", "nothing to compare: without a program there is no cost_per_person_added"),
    ):
        for frame in (again.inputs(goal), again.drivers(goal)):
            assert len(frame) == 1
            assert frame["flag"][0].startswith(why)
            assert not frame["label"][0]
        assert list(again.inputs(goal).columns) == list(two.inputs().columns)
        assert list(again.drivers(goal).columns) == list(two.drivers().columns)
    only = gs.compare([], baseline=base, worlds=10, replicates=1, progress=False)
    assert only.inputs()["flag"].tolist() == ["nothing to compare: 'No program' is the only design"]
    assert only.drivers()["flag"].tolist() == only.inputs()["flag"].tolist()
    assert decision_page(again)
    pair = make_contest([two.results["No program"], two.results["Few"]], baseline_given=True)
    pair = replace(pair, drawn=two.drawn)
    assert pair.inputs("hours_added")["flag"][0].startswith("nothing to compare: only 'Few' has a value; without")


def test_equal_designs_are_called_equal_and_nothing_else():
    base = designs()[0]
    again = run(base, base.replace(label="again"))
    sentence = again.sentence("impressions")
    assert sentence.endswith("are equal in each of 10 runs: nothing tells them apart.")
    assert again.inputs("impressions")["flag"].tolist() == [f"{OPEN}; {EQUAL}"]
    assert again.drivers("impressions").empty


def test_designs_that_are_equal_in_every_draw_have_no_share(two):
    """The choice is clear at stated values, and with inputs drawn there is no difference that could hold."""
    few = two.drawn.runs.recordings["Few"]
    same = {**two.drawn.runs.recordings, "Many": few}
    tied = replace(two, drawn=replace(two.drawn, runs=replace(two.drawn.runs, recordings=same)))
    assert evaluate(two, "Many", ["Few"], "posts").t >= 2
    row = tied.inputs("posts").set_index("versus").loc["Few"]
    assert (row["flag"], row["drivers"], row["size_drivers"]) == (EQUAL, clause.UNCLEAR, clause.UNCLEAR)
    assert np.isnan(row["holds"])
    assert (row["difference"], row["expected_lower"], row["expected_upper"]) == (0, 0, 0)
    whole = tied.inputs("posts").set_index("versus").loc["any other"]
    assert (whole["flag"], np.isnan(whole["holds"])) == (f"{EQUAL}: Few", True)
    sentence = tied.sentence("posts")
    assert "inputs drawn they are equal in each of 10 draws, so nothing holds or flips" in sentence
    assert "holds for" not in sentence
    page = decision_page(replace(tied, results=dict(tied.results)))
    assert "equal in every draw" in page


def test_draws_without_a_difference_are_counted_in_the_flag(two):
    few, many = (two.drawn.runs.recordings[label] for label in ("Few", "Many"))
    values = many.values.copy()
    values[:3] = few.values[:3]
    some = {**two.drawn.runs.recordings, "Many": replace(many, values=values, _totals={})}
    tied = replace(two, drawn=replace(two.drawn, runs=replace(two.drawn.runs, recordings=some)))
    row = tied.inputs("posts").set_index("versus").loc["Few"]
    assert row["flag"] == "equal in 3 of 10 draws"
    assert not np.isnan(row["holds"])
    assert "(no difference at all in 3 of 10 draws)" in tied.sentence("posts")


def test_draws_in_which_nothing_happens_are_left_out_of_the_share_and_said(two):
    """In 3 of 16 draws neither design adds a person; the interval with inputs is still that of all draws."""
    many = run(*designs()[:3], worlds=16)
    runs = many.drawn.runs
    none = runs.recordings["No program"].values[:3]
    idle = {}
    for label, recording in runs.recordings.items():
        values = recording.values.copy()
        values[:3] = none
        idle[label] = replace(recording, values=values, _totals={})
    rare = replace(many, drawn=replace(many.drawn, runs=replace(runs, recordings=idle)))
    row = rare.inputs("unique_people_added").iloc[0]
    assert row["flag"] == "nothing happens in 3 of 16 draws, which are left out of the share"
    assert row["draws"] == 16
    found = evaluate(rare, row["label"], [row["versus"]], "unique_people_added")
    assert (found.draws, found.idle, found.ties, len(found.uniforms)) == (16, 3, 0, 13)
    assert found.interval[0] == pytest.approx(found.contrasts[0].d2.mean())
    assert "(of the 13 of 16 draws in which they do something)" in rare.sentence("unique_people_added")
    assert decision_page(replace(rare, results=dict(rare.results)))


def test_ratios_are_compared_between_designs_that_have_one(two):
    frame = two.inputs("cost_per_person_added")
    assert frame[["label", "versus"]].to_numpy().tolist() in ([["Few", "Many"]], [["Many", "Few"]])
    assert frame["draws"].tolist() == [10]
    assert np.isfinite(frame["difference"][0])
    assert "inputs drawn the mean difference is" in two.sentence("cost_per_person_added")


def test_a_ratio_that_is_not_there_in_every_draw_says_so(two):
    """In one draw the program adds nobody: its cost per person is not defined there, nor over the draws."""
    base, many = (two.drawn.runs.recordings[label] for label in ("No program", "Many"))
    values = many.values.copy()
    values[4] = base.values[4]
    odd = {**two.drawn.runs.recordings, "Many": replace(many, values=values, _totals={})}
    lost = replace(two, drawn=replace(two.drawn, runs=replace(two.drawn.runs, recordings=odd)))
    row = lost.inputs("cost_per_person_added").iloc[0]
    assert row["flag"] == (
        "cost_per_person_added of 'Many' is not defined world by world with inputs drawn: "
        "unique_people_added is not above 0 in each of them"
    )
    assert (row["draws"], np.isnan(row["holds"])) == (0, True)
    assert lost.drivers("cost_per_person_added")["flag"].tolist() == [row["flag"]]
    assert f" What holds with inputs drawn is not known: {row['flag']}." in lost.sentence("cost_per_person_added")


def test_one_input_is_called_one_input(two):
    alone = replace(two, drawn=replace(two.drawn, inputs=two.drawn.inputs[:1], uniforms=two.drawn.uniforms[:, :1]))
    assert "with 1 input drawn the mean difference is" in alone.sentence("posts")


@pytest.mark.parametrize("ask", ["inputs", "drivers", "sentence"])
def test_errors_name_the_goal(two, ask):
    with pytest.raises(gs.UnknownName, match=r"^goal: no measure of the name 'post'; nearest valid name: posts"):
        getattr(two, ask)("post")
    with pytest.raises(gs.InvalidInput, match=r"^goal = 3: must be text"):
        getattr(two, ask)(3)
