"""Pictures of a program: participation, volume beside the page, money; each shows the numbers of its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.decide.contest import make_contest
from groundswell.plots import costs as money
from groundswell.plots import style
from groundswell.plots.content import content_table
from groundswell.plots.ends import End, label_ends
from groundswell.plots.participation import STATES, participation_table


@pytest.fixture(scope="module")
def contest() -> gs.Contest:
    company = gs.Company.synthetic(60, currency="EUR")
    base = gs.Scenario(company, "2027-01-04", weeks=9, warm_up_weeks=1, follow_up_weeks=1, label="No program")
    names = ["invite_everyone", "mandate", "small_team"]
    return gs.compare(gs.presets.designs(base, names), baseline=base, worlds=2, replicates=2, progress=False)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    style.forget_labels()
    yield
    style.forget_labels()
    plt.close("all")


def test_participation_has_its_table(contest: gs.Contest) -> None:
    result = contest.results["Mandate"]
    table = participation_table(result)
    assert table["state"].cat.categories.tolist() == [state.name for state in STATES]
    states = {state: part.reset_index(drop=True) for state, part in table.groupby("state", observed=True)}
    weekly = result.frame(["enrolled", "dormant_members", "invitations"], by="week")
    means = {str(name): part["mean"].to_numpy() for name, part in weekly.groupby("measure", observed=True)}
    np.testing.assert_allclose(states["enrolled"]["mean"], means["enrolled"])
    np.testing.assert_allclose(states["active"]["mean"], means["enrolled"] - means["dormant_members"])
    np.testing.assert_allclose(states["invited so far"]["mean"], means["invitations"].cumsum())
    p05 = weekly[weekly["measure"] == "enrolled"]["p05"].to_numpy()
    np.testing.assert_allclose(states["enrolled"]["p05"], p05)
    ax = plt.figure().add_subplot()
    assert result.plot.participation(ax=ax) is ax
    drawn = dict(zip(states, ax.lines, strict=True))
    for state, line in drawn.items():
        np.testing.assert_allclose(line.get_ydata(), states[state]["mean"])
    assert ax.get_ylabel() == "people, at the end of the week"
    legend = ax.get_legend()
    assert legend is not None
    assert any("5th to 95th percentile of years (luck and world" in text.get_text() for text in legend.get_texts())


def test_many_more_invited_than_members_are_said_in_the_title(contest: gs.Contest) -> None:
    ax = contest.results["Invite everyone"].plot.participation()
    assert "(60 are invited)" in ax.get_title(loc="left")
    assert len(ax.lines) == len(STATES) - 1


def test_sharers_are_those_of_whole_months_on_a_logarithmic_axis_where_far_apart(contest: gs.Contest) -> None:
    ax = contest.plot.participation()
    frame = contest.results["Mandate"].frame("active_sharers", by="month")
    whole = frame[frame["days"] >= 28]
    assert ax.lines[2].get_ydata() == pytest.approx(whole["mean"].to_numpy())
    assert len(whole) < len(frame)
    assert (ax.get_yscale() == "log") == ("(logarithmic)" in ax.get_title(loc="left"))


def test_labels_at_the_ends_of_lines_on_a_logarithmic_axis() -> None:
    ax = plt.figure().add_subplot()
    ax.set_yscale("log")
    ax.plot([0, 1], [1, 1000])
    ax.set_ylim(0.9, 1200)
    assert label_ends(ax, [End(1, 1000, "A", "#000000"), End(1, 1, "B", "#000000")])
    high, low = (float(text.get_position()[1]) for text in ax.texts)
    assert 500 < high <= 1200
    assert 0.9 <= low < 2


def test_content_has_its_table(contest: gs.Contest) -> None:
    results = list(contest.results.values())
    table = content_table(results).set_index("label")
    posts = contest.results["Mandate"].frame("posts", by="source").set_index("source")["mean"]
    assert table.loc["Mandate", "program_posts"] == posts["program"]
    assert table.loc["Mandate", "employee_posts"] == posts["program"] + posts["organic"]
    ax = contest.plot.content()
    for place, label in enumerate(contest.labels):
        _, page, employees = ax.lines[3 * place : 3 * place + 3]
        assert page.get_xdata() == [table.loc[label, "page_posts"]]
        assert employees.get_xdata() == [table.loc[label, "employee_posts"]]
    texts = [text.get_text() for text in ax.texts]
    assert sum("× the page" in text for text in texts) == 4
    assert sum("authenticity" in text for text in texts) == 3  # not of the design without a program


def test_costs_by_month_add_up(contest: gs.Contest) -> None:
    result = contest.results["Small chosen team"]
    table = money.cost_table([result], "month")
    total = result.frame("program_cost", by="month")
    by_month = table.groupby("date")["mean"].sum()
    np.testing.assert_allclose(by_month, total.set_index("date")["mean"])
    ax = result.plot.costs()
    tops: dict[float, float] = {}
    for bar in ax.patches:
        tops[bar.get_x()] = max(tops.get(bar.get_x(), 0), bar.get_y() + bar.get_height())
    np.testing.assert_allclose(list(tops.values()), by_month)
    assert ax.get_ylabel() == "EUR a month"
    assert result.plot.costs(by="week").get_ylabel() == "EUR a week"


def test_total_costs_and_cost_per_person(contest: gs.Contest) -> None:
    results = list(contest.results.values())
    ax = contest.plot.costs()
    ends = [max((bar.get_x() + bar.get_width()) for bar in ax.patches if round(bar.get_y() + 0.31) == place)
            for place in range(4)]  # fmt: skip
    expected = [result.summary().loc["program_cost", "mean"] for result in results]
    np.testing.assert_allclose(ends, expected)
    assert ax.get_xlabel() == "EUR"
    table = money.per_person_table(results)
    assert table["label"].tolist() == contest.labels
    ax = contest.plot.cost_per_person()
    drawn = [container.lines[0].get_xdata()[0] for container in ax.containers]
    np.testing.assert_allclose(drawn, table["mean"].iloc[1:])
    assert [tick.get_text() for tick in ax.get_yticklabels()] == contest.labels[1:]
    assert "EUR per person reached" in ax.get_xlabel()


PICTURES = (
    lambda contest: contest.plot.costs(),
    lambda contest: contest.plot.cost_per_person(),
    lambda contest: contest.results["Small chosen team"].plot.costs(),
)


@pytest.mark.parametrize(
    ("stated", "default"),
    [({}, True), ({"costs.staff_hour": 51.0}, False), ({"costs.staff_hours_per_week": 11.0}, True)],
)
def test_money_at_default_prices_is_said_wherever_money_is(
    contest: gs.Contest, stated: dict[str, float], default: bool, tmp_path
) -> None:
    designs = []
    for result in contest.results.values():
        usual = result.scenario.replace({"company.currency": None} | stated, label=result.label)
        designs.append(replace(result, scenario=usual))
    own = make_contest(designs, baseline_given=True)
    said = "default prices (USD)"
    assert all(said not in draw(contest).get_title(loc="left") for draw in PICTURES)
    for draw in PICTURES:
        assert (said in draw(own).get_title(loc="left")) == default
    sheet = pd.read_excel(own.to_excel(tmp_path / "a.xlsx"), sheet_name="Costs", engine="openpyxl")
    assert set(sheet["prices"]) == {said if default else "stated prices"}
    line = f"Costs are at {said}: state yours in costs.* and company.currency."
    result = own.results["Small chosen team"]
    for text in (repr(own), own._repr_html_(), result._repr_html_()):
        assert (line in text) == default
    for goal in ("cost_per_person_reached", "program_cost"):
        assert (f"Money is at {said}." in own.sentence(goal)) == default
    assert said not in own.sentence("unique_reach")
    assert said not in own.results["No program"]._repr_html_()


def test_no_program_is_said(contest: gs.Contest) -> None:
    none = contest.results["No program"]
    assert [text.get_text() for text in none.plot.participation().texts] == ["no program: nobody is a member"]
    assert [text.get_text() for text in none.plot.costs().texts] == ["no program, no cost"]
    ax = none.plot.content()
    assert len(ax.texts) == 1
    ax.get_figure(root=True).canvas.draw()


def test_lines_of_the_cost_are_all_there_and_differ_in_gray(contest: gs.Contest) -> None:
    declared = set(gs.measures()["name"])
    lines = {name for name in declared if name.startswith("cost_") and not name.startswith("cost_per_")}
    assert {line.measure for line in money.LINES} == lines
    assert len({(line.color, line.hatch) for line in money.LINES}) == len(lines)


def test_the_spreadsheet_has_the_costs(contest: gs.Contest, tmp_path) -> None:
    sheet = pd.read_excel(contest.to_excel(tmp_path / "a.xlsx"), sheet_name="Costs", engine="openpyxl")
    assert sheet["unit"].unique().tolist() == ["EUR"]
    assert [name for name in sheet.columns if name.startswith("20")] == ["2027-01", "2027-02", "2027-03"]
    cost = contest.results["Mandate"].summary().loc["program_cost", "mean"]
    mandate = sheet[sheet["label"] == "Mandate"].set_index("line")["total"]
    assert mandate["total"] == pytest.approx(cost)  # lines add up, and their sum is a line of its own
    assert mandate.drop("total").sum() == pytest.approx(cost)
    assert "No program" not in set(sheet["label"])
