"""Pictures of a program: participation, volume beside the page, money; each shows the numbers of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

import groundswell as gs
from groundswell.decide.contest import make_contest
from groundswell.plots import costs as money
from groundswell.plots import style
from groundswell.plots.aware import aware_added_table
from groundswell.plots.content import content_table
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
    band = "5th to 95th percentile of single runs (luck and world"
    assert any(band in text.get_text() for text in legend.get_texts())


def test_many_more_invited_than_members_are_said_in_the_title(contest: gs.Contest) -> None:
    ax = contest.results["Invite everyone"].plot.participation()
    assert "(60 are invited)" in ax.get_title(loc="left")
    assert len(ax.lines) == len(STATES) - 1


def test_sharers_of_a_short_horizon_are_by_week() -> None:
    """One whole month would be a point, which a line does not show, with the ticks of its days upon each other."""
    base = gs.Scenario(gs.Company.synthetic(40), "2027-01-04", weeks=6, warm_up_weeks=0, follow_up_weeks=0, label="A")
    one = gs.simulate(base, worlds=2, replicates=1, progress=False)
    ax = gs.compare([one], worlds=2, replicates=1, progress=False, inputs=False).plot.participation()
    assert ax.lines[0].get_ydata() == pytest.approx(one.frame("active_sharers", by="week")["mean"].to_numpy())
    assert ax.get_title(loc="left").endswith("in each week")
    assert len(ax.get_xticks()) <= 9
    assert np.diff(ax.get_xticks()).min() >= 2  # days


def test_sharers_are_those_of_whole_months_on_an_axis_from_zero(contest: gs.Contest) -> None:
    ax = contest.plot.participation()
    frame = contest.results["Mandate"].frame("active_sharers", by="month")
    whole = frame[frame["days"] >= 28]
    assert ax.lines[2].get_ydata() == pytest.approx(whole["mean"].to_numpy())
    assert len(whole) < len(frame)
    assert (ax.get_yscale(), ax.get_ylim()[0]) == ("linear", 0)


def test_content_has_its_table(contest: gs.Contest) -> None:
    results = list(contest.results.values())
    table = content_table(results).set_index("label")
    posts = contest.results["Mandate"].frame("posts", by="source").set_index("source")["mean"]
    assert table.loc["Mandate", "program_posts"] == posts["program"]
    assert table.loc["Mandate", "employee_posts"] == posts["program"] + posts["organic"]
    ax = contest.plot.content()
    for place, label in enumerate(contest.labels):
        employees, page = ax.patches[2 * place : 2 * place + 2]
        assert page.get_width() == table.loc[label, "page_posts"]
        assert employees.get_width() == table.loc[label, "employee_posts"]
    assert (ax.get_xscale(), ax.get_xlim()[0]) == ("linear", 0)
    texts = [text.get_text() for text in ax.texts]
    assert sum("× the page's" in text for text in texts) == 4
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


def test_total_costs(contest: gs.Contest) -> None:
    results = list(contest.results.values())
    ax = contest.plot.costs()
    ends = [max((bar.get_x() + bar.get_width()) for bar in ax.patches if round(bar.get_y() + 0.31) == place)
            for place in range(4)]  # fmt: skip
    expected = [result.summary().loc["program_cost", "mean"] for result in results]
    np.testing.assert_allclose(ends, expected)
    assert ax.get_xlabel() == "EUR"


def test_costs_per_what_is_added_stand_beside_market_prices(contest: gs.Contest) -> None:
    table = money.per_added_table(contest)
    assert table["label"].tolist() == contest.labels[1:]
    added = contest.added("cost_per_person_added")
    pd.testing.assert_series_equal(table["mean"], added["mean"])
    ax = contest.plot.cost_per_person()
    drawn = [container.lines[0].get_xdata()[0] for container in ax.containers]
    np.testing.assert_allclose(drawn, table["mean"].dropna())
    assert [tick.get_text() for tick in ax.get_yticklabels()] == contest.labels[1:]
    assert "EUR per person added" in ax.get_xlabel()
    undefined = [text.get_text() for text in ax.texts if text.get_text().startswith("not defined")]
    assert len(undefined) == table["mean"].isna().sum()
    for picture, price in ((contest.plot.cost_per_thousand, 33.0), (contest.plot.cost_per_click, 5.58)):
        ax = picture()
        dashed = [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata()) == 2]
        assert price in [line.get_xdata()[0] for line in dashed]
        assert any(text.get_text().startswith("market price") for text in ax.texts)


def test_aware_people_added_have_their_table_in_people_and_percent(contest: gs.Contest) -> None:
    for segment in ("", "buyer"):
        table = aware_added_table(contest, segment)
        result, base = contest.results["Mandate"], contest.results["No program"]
        query = {"by": ["week", "segment"] if segment else "week"}
        frames = [one.frame("aware_people", **query) for one in (result, base)]
        levels = [(f[f["segment"] == segment] if segment else f)["mean"].to_numpy() for f in frames]
        mine = table[table["label"] == "Mandate"]
        np.testing.assert_allclose(mine["difference"], levels[0] - levels[1], rtol=1e-9, atol=1e-9)
        persons = result.recording.persons
        assert persons is not None
        count = persons[2] if segment else sum(persons[1:])
        np.testing.assert_allclose(mine["percent"], 100 * mine["difference"] / count)
        ax = contest.plot.aware_added(segment=segment)
        assert ax.lines[1].get_ydata() == pytest.approx(mine["difference"].to_numpy())
        assert f"{count:,}" in ax.get_ylabel()
        assert ("segment buyer" in ax.get_title(loc="left")) == bool(segment)


def test_money_added_is_at_default_prices_in_the_differences(contest: gs.Contest) -> None:
    titles = [ax.get_title(loc="left") for ax in contest.plot.differences()]
    assert len(titles) == 4
    assert not any("_" in title for title in titles)
    assert "people added to No program" in contest.plot.differences()[0].get_xlabel()
    assert "default prices (USD, taken as EUR)" in " ".join(titles[-1].split())


PICTURES = (
    lambda contest: contest.plot.costs(),
    lambda contest: contest.plot.cost_per_person(),
    lambda contest: contest.plot.cost_per_click(),
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
    for goal in ("program_cost_added", "program_cost"):
        assert (f"Money is at {said}." in own.sentence(goal)) == default
    assert said not in own.sentence("unique_reach")
    assert said not in own.results["No program"]._repr_html_()


def test_no_program_is_said(contest: gs.Contest) -> None:
    none = contest.results["No program"]
    assert [text.get_text() for text in none.plot.participation().texts] == ["no program: nobody is a member"]
    assert [text.get_text() for text in none.plot.costs().texts] == ["no program, no cost"]
    ax = none.plot.content()
    assert [text.get_text().rpartition(" posts of ")[2] for text in ax.texts][1:] == ["the page"]
    assert not any("authenticity" in text.get_text() for text in ax.texts)
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


START, LAUNCH = "2027-01-04", gs.Selection(size=20)


@pytest.fixture(scope="module")
def relaunched() -> gs.Contest:
    """Three designs with relaunches on other days, one of them with a lever that ends, one with waves."""
    base = gs.Scenario(gs.Company.synthetic(60), START, weeks=26, warm_up_weeks=1, label="No program")
    levers = gs.Change(start="2027-03-15", end="2027-04-30", recognition=1, money=20)
    changes = {
        "Early": [gs.Change(start="2027-02-15", relaunch=True)],
        "Middle": [gs.Change(start="2027-02-18", relaunch=True), levers],
        "Late": [gs.Change(start="2027-06-28", relaunch=True)],
    }
    waves = [gs.Wave(start=START, size=10), gs.Wave(start="2027-02-15")]
    designs = [
        base.replace(label=label, program=gs.Program(select=LAUNCH, changes=of_design))
        for label, of_design in changes.items()
    ]
    designs.append(base.replace(label="Waves", program=gs.Program(select=gs.Selection(size=20, waves=waves))))
    return gs.compare(designs, baseline=base, worlds=2, replicates=2, progress=False)


def test_days_on_which_programs_change_are_marked(relaunched: gs.Contest) -> None:
    ax = relaunched.plot.participation()
    texts = [text.get_text() for text in ax.texts]
    changes = ["relaunch", "invitations", "relaunch", "recognition 1 and 1 more", "recognition and 1 more ends"]
    assert [text for text in texts if text not in relaunched.labels] == [*changes, "relaunch"]
    days = sorted({str(mdates.num2date(line.get_xdata()[0]).date()) for line in ax.lines[5:]})
    assert days == ["2027-02-15", "2027-02-18", "2027-03-15", "2027-05-01", "2027-06-28"]
    alone = relaunched.results["Middle"].plot.participation()
    marked = ["relaunch", "recognition 1 and 1 more", "recognition and 1 more ends"]
    assert [text.get_text() for text in alone.texts if text.get_text() in changes] == marked


@pytest.mark.parametrize("size", [(9, 4.6), (5.5, 3.2), (14, 5)])
@pytest.mark.parametrize("label", [None, "Middle"])
def test_marks_run_into_no_other_text(relaunched: gs.Contest, size: tuple[float, float], label: str | None) -> None:
    figure = Figure(figsize=size, layout="constrained")
    pictured = relaunched if label is None else relaunched.results[label]
    ax = pictured.plot.participation(ax=figure.add_subplot())
    figure.draw_without_rendering()
    boxes = [(text.get_text(), text.get_window_extent()) for text in [*ax.texts, ax._left_title]]  # type: ignore[attr-defined]
    for place, (text, box) in enumerate(boxes):
        for other, its in boxes[:place]:
            inner = Bbox.intersection(box.padded(-0.5), its.padded(-0.5))
            assert inner is None or min(inner.width, inner.height) <= 0, (text, other)
        assert box.x1 < figure.bbox.x1 + 2, text


def test_the_number_of_a_month_stands_over_its_name(relaunched: gs.Contest) -> None:
    ax = relaunched.plot.participation()
    frame = relaunched.results["Early"].frame("active_sharers", by="month")
    frame = frame[frame["days"] >= 28]
    middles = mdates.date2num(frame["date"] + frame["days"].map(lambda days: pd.Timedelta(days=days / 2)))
    np.testing.assert_allclose(mdates.date2num(ax.lines[1].get_xdata()), middles)
    np.testing.assert_allclose(ax.get_xticks(), middles)
    ax.figure.canvas.draw()
    names = [f"{day:%b}" for day in frame["date"]]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == [f"{names[0]} ’27", *names[1:]]


def test_a_comparison_has_its_colors_whatever_was_drawn_before(contest: gs.Contest) -> None:
    """An earlier picture, of a table in another order or of another comparison, took the looks of its labels."""
    for place, label in enumerate(reversed(contest.labels)):
        style.look_of(label, place)
    colors = {label: style.look(i).color for i, label in enumerate(contest.labels)}
    lines = contest.plot.participation().lines
    assert {label: line.get_color() for label, line in zip(contest.labels, lines, strict=False)} == colors
    panel = contest.plot.differences(["clicks"], ax=plt.figure().add_subplot())
    drawn = [container.lines[0].get_color() for container in panel.containers]
    assert drawn == [colors[label] for label in contest.labels[1:]]
    bars = contest.plot.content().patches
    assert [to_hex(bar.get_facecolor()) for bar in bars[::2]] == [color.lower() for color in colors.values()]


def test_pictures_are_saved_as_their_docstrings_say(contest: gs.Contest, tmp_path: Path) -> None:
    result = contest.results["Mandate"]
    for plots, names in ((contest.plot, {"contest": contest}), (result.plot, {"result": result})):
        lines = [line.strip() for line in str(type(plots).__doc__).splitlines() if ".savefig(" in line]
        assert lines
        for line in lines:
            file = re.findall(r'"([a-z]+\.png)"', line)[0]
            exec(line.replace(file, str(tmp_path / file)), names)  # noqa: S102
            assert (tmp_path / file).stat().st_size > 1000
