"""What a program costs and what it did to people: lines that add up, units, ratios."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.results.measures import RATIOS, in_currency

LINES = tuple(f"cost_{line}" for line in ("license", "content", "staff", "training", "rewards", "time"))
YEAR = 365.25 / 12


def design(**levers: object) -> gs.Scenario:
    company = gs.Company.synthetic(120, currency="EUR")
    program = gs.Program(select=gs.Selection(size=80), mode="mandatory", **levers)
    return gs.Scenario(company, "2027-01-04", 8, "Design", warm_up_weeks=2, follow_up_weeks=1, program=program)


FULL = {"training_hours_per_person": 4, "recognition": 1, "money": 2, "leadership": 1, "champion": 0.5,
        "guidelines": 1, "page_amplification": 0.3}  # fmt: skip


@pytest.fixture(scope="module")
def result() -> gs.Results:
    return gs.simulate(design(**FULL), worlds=2, replicates=2, threads=1, progress=False)


def runs(result: gs.Results, *names: str) -> pd.DataFrame:
    frame = result.frame(list(names), by=["world", "replicate"])
    return frame.pivot_table(index=["world", "replicate"], columns="measure", values="value", observed=True)


def test_lines_add_up_to_the_cost(result: gs.Results) -> None:
    values = runs(result, *LINES, "program_cost")
    assert (values[list(LINES)] > 0).all(axis=None)
    np.testing.assert_allclose(values[list(LINES)].sum(axis=1), values["program_cost"], rtol=1e-12)


def test_lines_are_prices_times_what_was_used(result: gs.Results) -> None:
    used = runs(result, *LINES, "seat_days", "active_member_days", "training_hours", "advocate_hours")
    costs = result.scenario.costs
    np.testing.assert_allclose(used["cost_license"], used["seat_days"] * costs.license_per_seat_month / YEAR)
    rewards = costs.recognition_per_month * 1 + costs.money_unit * 2
    np.testing.assert_allclose(used["cost_rewards"], used["active_member_days"] * rewards / YEAR)
    training = used["training_hours"]
    np.testing.assert_allclose(used["cost_training"], training * (costs.advocate_hour + costs.trainer_hour))
    np.testing.assert_allclose(used["cost_time"], (used["advocate_hours"] - training) * costs.advocate_hour)
    weekly = costs.staff_hour * (costs.staff_hours_per_week + 0.5 * costs.champion_hours_per_week)
    weekly += costs.leadership_hour * costs.leadership_hours_per_week
    np.testing.assert_allclose(used["cost_staff"], 8 * weekly + costs.guidelines_hours * costs.staff_hour)
    items = used["cost_content"] / costs.content_per_item
    assert (items == round(8 * result.scenario.content.items_per_week)).all()


@pytest.mark.parametrize(
    ("price", "lines"),
    [
        ("license_per_seat_month", {"cost_license"}),
        ("content_per_item", {"cost_content"}),
        ("staff_hour", {"cost_staff"}),
        ("leadership_hours_per_week", {"cost_staff"}),
        ("advocate_hour", {"cost_training", "cost_time"}),
        ("trainer_hour", {"cost_training"}),
        ("money_unit", {"cost_rewards"}),
        ("minutes_own_words", {"cost_time"}),
    ],
)
def test_a_price_moves_its_lines_and_nothing_else(result: gs.Results, price: str, lines: set[str]) -> None:
    dearer = result.scenario.replace({f"costs.{price}": 2 * getattr(result.scenario.costs, price)})
    other = gs.simulate(dearer, worlds=2, replicates=2, threads=1, progress=False).summary()["mean"]
    before = result.summary()["mean"]
    moved = {name for name in before.index if before[name] != other[name] and not np.isnan(before[name])}
    hours = {"advocate_hours", "hours_per_participant"} if price.startswith("minutes") else set()
    assert moved == lines | {"program_cost"} | hours


def test_a_dated_lever_costs_on_its_days_alone() -> None:
    half = design(changes=[{"start": "2027-02-01", "recognition": 1}])
    weeks = gs.simulate(half, worlds=1, replicates=1, progress=False).frame("cost_rewards", by="week")["mean"]
    assert (weeks[:4] == 0).all()
    assert (weeks[4:] > 0).all()


def test_no_program_costs_nothing() -> None:
    summary = gs.simulate(design().replace(program=None), worlds=1, replicates=1, progress=False).summary()["mean"]
    assert (summary[[*LINES, "program_cost", "advocate_hours", "invitations"]] == 0).all()
    assert np.isnan(summary[["authenticity", "mean_motivation", "hours_per_participant"]]).all()


def test_units_are_the_companys_currency(result: gs.Results) -> None:
    units = result.summary()["unit"]
    assert (units[[*LINES, "program_cost"]] == "EUR").all()
    table = gs.measures().set_index("name")
    assert table.loc["program_cost", "unit"] == "money"
    assert not units.str.contains("money").any()
    assert set(in_currency(result.recording.measures, "USD")) == set(table.index[table["kind"] != "added"])
    assert "EUR" in repr(result.explain("program_cost"))


def test_ratios_are_those_of_the_sums(result: gs.Results) -> None:
    sums = ("authenticity_points", "credibility_points", "motivation_points", "fatigue_points", "active_member_days",
            "advocate_hours", "program_participants")  # fmt: skip
    by_run = runs(result, *sums, "authenticity", "credibility_of_posts", "mean_motivation", "mean_fatigue",
                  "hours_per_participant")  # fmt: skip
    parts = result.frame("posts", by=["source", "world", "replicate"])
    mine = parts[parts["source"] == "program"].pivot_table(
        index=["world", "replicate"], columns="measure", values="value", observed=True
    )
    wanted = {
        "authenticity": by_run["authenticity_points"] / mine["posts"],
        "credibility_of_posts": by_run["credibility_points"] / mine["posts"],
        "mean_motivation": by_run["motivation_points"] / by_run["active_member_days"],
        "mean_fatigue": by_run["fatigue_points"] / by_run["active_member_days"],
        "hours_per_participant": by_run["advocate_hours"] / by_run["program_participants"],
    }
    for name, values in wanted.items():
        np.testing.assert_allclose(by_run[name], values, rtol=1e-12, err_msg=name)
    assert 0.3 < by_run["authenticity"].mean() < 1.5


def test_every_measure_has_its_grains_and_refuses_the_others(result: gs.Results) -> None:
    program = ["invitations", "program_cost", "satisfaction", "headcount", "enrolled", "program_participants",
               "authenticity", "hours_per_participant"]  # fmt: skip
    for grain in ("week", "month", "quarter", None):
        frame = result.frame(by=grain)
        assert set(program) <= set(frame["measure"].astype(str))
    for name in program:
        for by in ("segment", "source", "hop"):
            with pytest.raises(gs.NotRecorded, match=f"^{name} is not recorded by {by}"):
                result.frame(name, by=by)
        assert result.frame(name, by="platform")["platform"].tolist() == ["linkedin"]  # the only one there is
    joined = result.frame(window="completion")["measure"].astype(str).tolist()
    assert "program_cost" in joined
    assert "headcount" in joined
    for name in ("program_participants", "hours_per_participant"):
        assert name not in joined
        with pytest.raises(gs.NotRecorded, match="program_participants is not recorded to completion"):
            result.frame(name, window="completion")


def test_levels_of_the_staff_follow_the_flows(result: gs.Results) -> None:
    names = ("headcount", "exits", "enrolled", "enrollments", "drop_outs", "satisfaction", "dormant_members")
    by_run = runs(result, *names)
    np.testing.assert_array_equal(by_run["headcount"], 120 - by_run["exits"])
    assert (by_run["enrolled"] <= by_run["enrollments"] - by_run["drop_outs"]).all()
    assert (by_run["dormant_members"] <= by_run["enrolled"]).all()
    assert by_run["satisfaction"].between(0, 1).all()


def test_ratios_name_what_they_divide() -> None:
    for ratio in RATIOS:
        assert ratio.measure.definition
        assert ratio.measure.kind == "ratio"


def test_a_saved_result_keeps_units_and_ratios(result: gs.Results, tmp_path) -> None:
    opened = gs.load(result.save(tmp_path / "a.gsw"))
    pd.testing.assert_frame_equal(opened.summary(), result.summary())
    assert gs.rerun(tmp_path / "a.gsw")
