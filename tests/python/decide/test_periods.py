"""Two periods against numbers worked out by hand, what is said where luck is not shared, and bad input."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import groundswell as gs
from groundswell.company.pseudonyms import Key
from groundswell.errors import UnknownName

KEY, OTHER = Key(bytes(range(32))), Key(bytes(32))
PROGRAM = gs.Program(advocates=gs.ActiveAdvocates(size=3), posts_per_week=2)
SHORT = {"weeks": 4, "warm_up_weeks": 0, "follow_up_weeks": 0}
LAST, THIS = [10.0, 20, 30, 40, 50], [12.0, 23, 31, 45, 54]  # unique reach of five worlds


def company(ids: list[str], key: Key = KEY) -> gs.Company:
    return gs.Company.from_frames(pd.DataFrame({"id": ids}), columns={"id": "id"}, key=key, name="Firm")


def scenario(ids: str = "abcdefgh", start: str = "2027-01-04", key: Key = KEY, **more: Any) -> gs.Scenario:
    return gs.Scenario(company(list(ids), key), start, label="Few", program=PROGRAM, **SHORT).replace(**more or {})


@pytest.fixture
def known(hand_made: Callable[..., gs.Results], rows: dict[str, Any]) -> Callable[..., gs.Results]:
    """A result whose reach of the horizon is given world by world; everything else is 1."""

    def make(reach: list[float], design: gs.Scenario, **manifest: Any) -> gs.Results:
        values = np.ones((len(reach), 1, len(rows["measure"])))
        place = (rows["measure"] == 14) & (rows["grain"] == 4) & (rows["period"] == 1) & (rows["segment"] == -1)
        values[:, 0, place] = np.array(reach)[:, None]
        result = hand_made("Few", values)
        return replace(result, scenario=design, manifest={**result.manifest, **manifest})

    return make


def row(periods: gs.PeriodComparison) -> dict[str, Any]:
    (found,) = periods.table("unique_reach").to_dict("records")
    return {str(name): value for name, value in found.items()}


def test_a_paired_difference_is_that_of_world_means(known: Callable[..., gs.Results]) -> None:
    """Differences 2, 3, 1, 5, 4: mean 3, standard error sqrt(2.5 / 5), t(.975, 4) = 2.776445."""
    periods = gs.compare_periods(known(LAST, scenario()), known(THIS, scenario("cdefghijk", "2027-04-05")))
    found = row(periods)
    assert (found["label"], found["measure"], found["unit"]) == ("Few", "unique_reach", "people")
    assert (found["last"], found["this"], found["difference"]) == (30, 33, 3)
    assert found["difference_se"] == pytest.approx(0.5**0.5)
    assert found["difference_ci_lower"] == pytest.approx(3 - 2.776445 * 0.5**0.5, rel=1e-6)
    assert found["difference_ci_upper"] == pytest.approx(3 + 2.776445 * 0.5**0.5, rel=1e-6)
    assert found["correlation"] == pytest.approx(1060 / (1000 * 1130) ** 0.5)
    assert (found["pairs"], found["pairs_that_differ"], found["uncertainty"]) == (5, 5, "luck and world")
    assert found["flag"] == "5 worlds, fewer than the 10 that a study needs"
    assert periods.luck == ""
    assert periods.sentence() == (
        "Unique reach is up by 3.000 people (+10 %, 95 % interval +1.037 to +4.963): 2 left, 3 joined; same key, so "
        "luck is shared. Caution: 5 worlds, fewer than the 10 that a study needs."
    )
    assert periods.diff["path"].tolist() == ["company", "start"]
    assert periods.warnings.empty
    back = gs.compare_periods(known(THIS, scenario()), known(LAST, scenario()))
    assert back.sentence().startswith(
        "Unique reach is down by 3.000 people (−9.1 %, 95 % interval −4.963 to −1.037): 0 l"
    )


@pytest.mark.parametrize(
    ("other", "manifest", "reason"),
    [
        (scenario(key=OTHER), {}, rf"the draw keys differ \('{KEY.draw_fingerprint}', '{OTHER.draw_fingerprint}'\)"),
        (scenario(), {"seed": 2}, r"the seeds differ \(1, 2\)"),
        (scenario(company=gs.Company.synthetic(8)), {}, "this has no draw key: it was made up, or read by a version"),
    ],
)
def test_without_shared_luck_the_interval_is_welchs(
    known: Callable[..., gs.Results], other: gs.Scenario, manifest: dict[str, int], reason: str
) -> None:
    periods = gs.compare_periods(known(LAST, scenario()), known(THIS, other, **manifest))
    found, welch = row(periods), stats.ttest_ind(THIS, LAST, equal_var=False).confidence_interval()
    assert found["difference"] == 3
    assert found["difference_ci_lower"] == pytest.approx(welch.low)
    assert found["difference_ci_upper"] == pytest.approx(welch.high)
    assert (found["pairs"], found["flag"]) == (0, "")
    assert np.isnan(found["correlation"])
    assert re.match(reason, periods.luck)
    warned = periods.warnings.set_index("code").loc["luck_not_shared"]
    assert warned["examples"] == periods.luck
    assert "Welch" in warned["consequence"]
    assert "luck is not shared" in periods.sentence()
    assert "cannot be told apart from last time: +3.000 people" in periods.sentence()


def test_unshared_luck_needs_no_equal_numbers_of_worlds(known: Callable[..., gs.Results]) -> None:
    last, this = known(LAST, scenario()), known(THIS[:2], scenario(key=OTHER))
    assert np.isnan(row(gs.compare_periods(last, this))["difference_se"])  # two worlds of one run say nothing of luck
    six = [*THIS, 40.0]
    found = row(gs.compare_periods(last, known(six, scenario(key=OTHER))))
    welch = stats.ttest_ind(six, LAST, equal_var=False).confidence_interval()
    assert (found["difference_ci_lower"], found["difference_ci_upper"]) == pytest.approx((welch.low, welch.high))
    with pytest.raises(gs.InvalidInput, match="worlds: last has 5, this has 6, of 'Few'; extend the one with fewer"):
        gs.compare_periods(last, known(six, scenario()))


@pytest.fixture(scope="module")
def run() -> gs.PeriodComparison:
    return gs.compare_periods(
        scenario(), scenario("cdefghijk", "2027-04-05"), worlds=2, replicates=3, seed=4, progress=False
    )


def test_scenarios_are_simulated_as_by_simulate(run: gs.PeriodComparison) -> None:
    for side, design in ((run.last, scenario()), (run.this, scenario("cdefghijk", "2027-04-05"))):
        alone = gs.simulate(design, 2, 3, 4, progress=False)
        np.testing.assert_array_equal(side["Few"].recording.values, alone.recording.values)
    table = run.table()
    assert table["measure"].is_unique
    assert table["measure"].tolist() == run.this["Few"].summary().index.tolist()
    np.testing.assert_allclose(table["this"], run.this["Few"].summary()["mean"], rtol=1e-9)
    np.testing.assert_allclose(table["last"], run.last["Few"].summary()["mean"], rtol=1e-9)
    definitions = gs.measures().set_index("name")["definition"]
    assert table["definition"].tolist() == definitions[table["measure"]].tolist()
    assert run.changes["what"].tolist()[:4] == ["employees", "in both", "left", "joined"]


def test_finished_results_are_taken_as_they_are_and_say_how_much_to_run(run: gs.PeriodComparison) -> None:
    mixed = gs.compare_periods(run.last["Few"], scenario("cdefghijk", "2027-04-05"), progress=False)
    assert mixed.last["Few"] is run.last["Few"]
    pd.testing.assert_frame_equal(mixed.table(), run.table())
    assert gs.compare_periods(run.last["Few"], run.this["Few"]).table().equals(run.table())


def test_a_file_opened_without_its_key_is_compared_person_by_person(run: gs.PeriodComparison, tmp_path: Path) -> None:
    opened = gs.load(run.last["Few"].save(tmp_path / "q1.gsw"))
    periods = gs.compare_periods(opened, run.this["Few"])
    pd.testing.assert_frame_equal(periods.table(), run.table())
    assert periods.changes["count"].tolist() == run.changes["count"].tolist()
    nobody = gs.load(run.last["Few"].save(tmp_path / "nobody.gsw", people="aggregate"))
    unknown = gs.compare_periods(nobody, run.this["Few"])
    pd.testing.assert_frame_equal(unknown.table(), run.table())  # luck is shared whoever may be seen
    assert unknown.warnings["code"].tolist() == ["people_not_matched"]
    assert "who left and joined cannot be told" in unknown.sentence()


def test_comparisons_go_label_by_label(run: gs.PeriodComparison) -> None:
    last, this = scenario(), scenario("cdefghijk", "2027-04-05")
    quiet = {"label": "None", "program": None}
    before = gs.compare([last], baseline=last.replace(**quiet), worlds=2, replicates=3, seed=4, progress=False)
    after = [this.replace(label="Other"), this, this.replace(**quiet)]
    periods = gs.compare_periods(before, after, progress=False)
    assert periods.labels == ["Few", "None"]
    assert periods.in_one_only == ("Other",)
    assert periods.warnings.set_index("code").loc["design_in_one_period_only", "examples"] == "'Other'"
    few = periods.table()[periods.table()["label"] == "Few"].drop(columns="label").reset_index(drop=True)
    pd.testing.assert_frame_equal(few, run.table().drop(columns="label"))
    assert "of 'None' " in periods.sentence(label="None")
    with pytest.raises(UnknownName, match="label: no design of the label 'Fw'; nearest valid name: Few"):
        periods.sentence(label="Fw")


def test_what_differs_beside_the_company_is_said(run: gs.PeriodComparison) -> None:
    louder = run.this["Few"].scenario.replace({"program.posts_per_week": 4}, label="Few")
    periods = gs.compare_periods(run.last["Few"], louder, progress=False)
    assert periods.diff["path"].tolist() == ["company", "start", "program.posts_per_week"]
    assert periods.diff.iloc[2][["last", "this"]].tolist() == [2, 4]
    assert periods.warnings.set_index("code").loc["settings_differ", "examples"] == "program.posts_per_week"
    assert "1 setting differs too (see diff)" in periods.sentence()


def test_ids_of_another_type_are_noticed() -> None:
    columns = {"columns": {"id": "id"}, "key": KEY}
    firms = [gs.Company.from_frames(pd.DataFrame({"id": ids}), **columns) for ids in ([1, 2, 3], ["001", "002", "003"])]
    designs = [gs.Scenario(firm, "2027-01-04", label="A", **SHORT) for firm in firms]
    warned = gs.compare_periods(*designs, worlds=1, replicates=1, progress=False).warnings.set_index("code")
    assert warned.loc["nobody_in_both", "examples"] == "ids are int and str"


def test_a_ratio_that_nobody_can_work_out_says_so(run: gs.PeriodComparison) -> None:
    none = [side["Few"].scenario.replace(program=None, label="None") for side in (run.last, run.this)]
    periods = gs.compare_periods(*none, worlds=1, replicates=1, progress=False)
    assert periods.sentence("authenticity").startswith("Authenticity cannot be worked out in both periods (nothing")


def test_a_cell_is_short_and_shows_no_id(run: gs.PeriodComparison) -> None:
    lines = repr(run).splitlines()
    assert len(lines) <= 12
    assert lines[0].startswith(
        "Two periods: last from 2027-01-04, 4 weeks, 8 employees, 2 worlds of 3 replicates; this"
    )
    assert run.sentence() in lines
    html = run._repr_html_()
    assert html.count("<table ") == 2
    assert "<td>joined</td><td>3</td>" in html
    many = {f"Design {i}": run.last["Few"] for i in range(9)}
    assert len(repr(replace(run, last=many, this=many)).splitlines()) <= 12


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"last": 7}, r"^last = 7: must be a scenario, a result, a comparison, or a list"),
        ({"this": "q1.gsw"}, r"^this = 'q1\.gsw': must be a scenario"),
        ({"this": []}, r"^this: is empty"),
        ({"this": [1]}, r"^this = \[1\]: must be a scenario"),
        ({"last": [scenario(), scenario()]}, r"^last: two designs have the label 'Few'"),
        ({"this": [scenario(), scenario("abc").replace(label="B")]}, r"^this: has designs of different companies"),
        (
            {"this": [scenario().replace(label=x) for x in "AB"]},
            r"^this: no design has a label of last; .*'Few'.*'A', 'B'",
        ),
        ({"worlds": 0}, r"^worlds = 0: must be a whole number"),
        ({"replicates": 1.5}, r"^replicates = 1\.5: must be"),
        ({"seed": -1}, r"^seed = -1: must be"),
        ({"threads": "all"}, r"^threads = 'all': must be"),
    ],
)
def test_bad_input_is_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(gs.InvalidInput, match=message):
        gs.compare_periods(**({"last": scenario(), "this": scenario("abc")} | arguments), progress=False)


@pytest.mark.parametrize(("name", "value", "has"), [("worlds", 3, 2), ("replicates", 5, 3), ("seed", 9, 4)])
def test_finished_results_of_other_size_are_refused(run: gs.PeriodComparison, name: str, value: int, has: int) -> None:
    with pytest.raises(
        gs.InvalidInput, match=rf"{name}: the result 'Few' has {has}, asked for are {value}; give {name}={has}"
    ):
        gs.compare_periods(run.last["Few"], scenario("abc"), **{name: value}, progress=False)


def test_finished_results_that_disagree_leave_no_default(known: Callable[..., gs.Results]) -> None:
    some = [known(LAST, scenario()), known(LAST, scenario().replace(label="B"), seed=3)]
    with pytest.raises(gs.InvalidInput, match="seed: finished results have 1 and 3; say which the others should have"):
        gs.compare_periods(some, [scenario(), scenario().replace(label="B")], progress=False)
