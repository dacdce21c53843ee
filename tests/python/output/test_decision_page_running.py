"""The page where the baseline is a program that runs already, and the horizon is no year."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
from matplotlib.figure import Figure

import groundswell as gs
from groundswell.output.decision_lines import DIGITS, decision_lines, signed
from groundswell.output.decision_page import decision_page

COST = "program_cost_added"


@pytest.fixture(scope="module")
def contest() -> gs.Contest:
    table = pd.DataFrame({"id": [f"E{i}" for i in range(60)], "department": ["Sales", "Lab"] * 30})
    members = pd.DataFrame({"id": [f"E{i}" for i in range(12)], "weeks_since_joining": [20] * 12})
    company = gs.Company.from_frames(table, columns={"id": "id", "department": "department"}).with_members(members)
    kept = gs.Scenario(company, "2027-01-04", weeks=6, label="Kept", warm_up_weeks=2)
    more = gs.Program(select=gs.Selection(size=20), posts_per_week=2, training_hours_per_person=2)
    designs = [kept.replace(label="Extended", program=more), kept.replace(label="Stopped", running_program="stop")]
    return gs.compare(designs, baseline=kept, worlds=10, progress=False)


@pytest.fixture(scope="module")
def page(contest: gs.Contest) -> str:
    return unescape(decision_page(contest))


def test_the_running_program_is_one_of_the_choices(page: str) -> None:
    assert "Which program? “Kept” or “Extended” or “Stopped”" in page
    assert re.search(r"<b>Kept</b>: the running program goes on\.", page)
    assert re.search(r"<b>Extended</b>: the running program goes on; beside it 20 ", page)
    assert "with those of the running program (mean)" in page
    assert re.search(r"<b>Stopped</b>: the running program stops\.", page)
    assert "what would have happened anyway" not in page


def test_cost_and_time_are_those_that_are_added(contest: gs.Contest) -> None:
    line = next(line for line in decision_lines(contest) if line.name == COST)
    labels = [label for label in contest.labels if label != contest.baseline]
    table = contest.table(measures=["program_cost", "cost_time", "cost_training"]).set_index(["measure", "label"])
    hours = contest.table(measures="advocate_hours").set_index("label")["difference"]
    price = contest.results["Kept"].scenario.costs.advocate_hour
    for label, cell in zip(labels, line.cells, strict=True):
        whole, time = table.loc[("program_cost", label), "difference"], hours[label] * price
        assert cell[0] == signed(whole, DIGITS)
        assert f"to be paid: {signed(whole - time, DIGITS)}; working time of members: {signed(time, DIGITS)}" == cell[3]
    stopped = -float(contest.results["Kept"].frame("cost_time")["mean"].iloc[0])
    assert hours["Stopped"] * price == pytest.approx(stopped)  # without training all time is for posts


def test_what_one_of_them_has_not_is_not_ranked_and_not_called_open(contest: gs.Contest, page: str) -> None:
    lines = {line.name: line for line in decision_lines(contest)}
    assert lines[COST].verdict == lines["hours_added"].verdict == "not ranked"
    assert lines["favorability"].is_ranked
    found = re.search(r"Open, because the difference may be zero: ([^<]*)", page)
    assert found is None or "cost" not in found[1]
    assert re.search(r"Not ranked, because only one of them has a program[^<]*extra cost of the program", page)


def test_a_design_costs_more_than_the_running_program_not_in_all(contest: gs.Contest, page: str) -> None:
    for match in re.findall(r"“Extended” costs [\d,]+ USD ([^;]*);", page):
        assert match == "more than “Kept”"
    assert contest.results["Kept"].frame("program_cost")["mean"].iloc[0] > 0


def test_what_is_less_than_the_running_programs_is_said_of_a_ratio(page: str) -> None:
    assert "it has fewer than “Kept”" in page
    assert "<small>mean: <span>it has" not in page


def test_a_run_of_six_weeks_is_no_year(page: str) -> None:
    assert "In a single run of 6 weeks expect" in page
    assert "one run of 6 weeks: " in page
    assert "year:" not in page


def test_people_are_whole_and_names_are_words(contest: gs.Contest, page: str) -> None:
    for line in decision_lines(contest):
        if line.unit == "people":
            for cell in line.cells:
                assert not re.search(r"\d\.\d*[1-9]", " ".join(cell[:3])), line.name
    definitions = page[page.index('id="numbers"') : page.index("For the analyst")]
    assert not re.search(r"<dd>[^<]*\b\w+_added\b", definitions)


def test_the_baseline_adds_nothing_which_is_no_percentage(contest: gs.Contest) -> None:
    row = contest.table("Extended", COST).set_index("label").loc["Kept"]
    assert row["difference"] < 0
    assert pd.isna(row["percent"])
    assert "%)" not in contest.sentence(COST).split(";")[0]
    assert contest.added("cost_per_person_added").query("note != ''")["flag"].tolist() == [""] * 2


def test_the_legend_of_the_costs_lies_in_the_picture(contest: gs.Contest) -> None:
    """With training the names of the lines are long: three beside each other would run out of a slide."""
    for size in ((9.0, 4.2), (8.0, 4.5)):
        figure = Figure(figsize=size, layout="constrained")
        axes = contest.plot.costs(ax=figure.add_subplot())
        figure.canvas.draw()
        legend = axes.get_legend()
        assert legend is not None
        assert any("training" in text.get_text() for text in legend.get_texts())
        assert max(text.get_window_extent().x1 for text in legend.get_texts()) <= figure.bbox.x1


def test_a_prior_without_the_stated_value_is_said_on_the_page() -> None:
    """Days typed as weeks: tables are at three weeks while the second block draws up to 42."""
    base = gs.Scenario(gs.Company.synthetic(40), "2027-01-04", weeks=4, warm_up_weeks=1)
    base = base.prior("awareness.half_life_weeks", gs.uniform(14, 42))
    loud = base.replace(label="Loud", program=gs.Program(advocates=gs.ActiveAdvocates(size=5), posts_per_week=3))
    said = unescape(decision_page(gs.compare([loud], baseline=base, worlds=2, replicates=1, progress=False)))
    assert said.count("Warning: awareness.half_life_weeks is stated as 3 weeks, which its prior, uniform(14, 42)") == 1
