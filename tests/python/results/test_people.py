"""`Results.people`: counts by employee that add up, in the analyst's own ids, and what is not said about people."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.common import statistics
from groundswell.company.columns import ATTRIBUTES, CATEGORIES
from groundswell.errors import NotRecorded, UnknownName
from groundswell.results.dependence import author_fields
from groundswell.results.people_counts import People
from groundswell.scenario.to_core import world_parameters

MEASURES = list(_core.author_measures())
DATES = {"start": "2027-01-04", "weeks": 5, "warm_up_weeks": 2, "follow_up_weeks": 1}
NAMED = gs.Program(advocates=gs.ActiveAdvocates(names=["E02", "E03", "E05", "E08"]), posts_per_week=3)


def export() -> pd.DataFrame:
    """Twelve people, two of whom have left; names of columns that a result has too; a department not trimmed."""
    return pd.DataFrame({
        "Person": [f"E{i:02}" for i in range(12)],
        "department": [" Sales", "Sales ", None, "R&D"] * 3,
        "rank": ["junior"] * 12,
        "Links": [300, 10, None, 500, 60, 900, 80, 80, 700, 20, 40, None],
        "Left": ["No"] * 10 + ["Yes"] * 2,
    })  # fmt: skip


def company() -> gs.Company:
    return gs.Company.from_frames(
        export(),
        columns={"id": "Person", "department": "department", "connections": "Links", "left": gs.equals("Left", "Yes")},
    )


def scenario(program: gs.Program | None = NAMED, firm: gs.Company | None = None, **more: Any) -> gs.Scenario:
    made = gs.Scenario(company() if firm is None else firm, program=program, **DATES)
    stay = {"retention.turnover_per_year": 0.0}  # nobody leaves: no number rests on satisfaction, tenure
    busy = {"audience.unprompted_share": 0.5, "platforms.linkedin.mute": 0.02, "platforms.linkedin.reshare": 0.02}
    return made.replace(stay | busy, **more)


def run(worlds: int = 5, replicates: int = 4, **options: Any) -> gs.Results:
    return gs.simulate(scenario(), worlds=worlds, replicates=replicates, progress=False, **options)


@pytest.fixture(scope="module")
def result() -> gs.Results:
    return run()


def by_id(people: pd.DataFrame) -> pd.DataFrame:
    """The table in the order of the export."""
    return people.sort_values("Person", ignore_index=True)


def assert_same(found: People | None, wanted: People | None) -> None:
    assert found is not None
    assert wanted is not None
    assert found.measures == wanted.measures
    np.testing.assert_array_equal(found.total, wanted.total)
    np.testing.assert_array_equal(found.squares, wanted.squares)
    np.testing.assert_array_equal(found.replicates, wanted.replicates)


def test_people_add_up_to_the_frame_without_the_page(result: gs.Results) -> None:
    people, frame = result.people(), result.frame(MEASURES, by="source")
    for name in MEASURES:
        mine = frame[(frame["measure"] == name) & (frame["source"] != "page")]["mean"].sum()
        assert mine > 0, name
        assert people[f"{name}_mean"].sum() == pytest.approx(mine, rel=1e-12), name


@pytest.mark.parametrize(("worlds", "replicates"), [(6, 2), (2, 5)])
def test_means_and_intervals_are_those_of_single_runs(worlds: int, replicates: int) -> None:
    """Every replicate asked for alone."""
    found = run(worlds, replicates).people()
    design, single = scenario(), []
    for w in range(worlds):
        world = _core.build_world(design.company.core_input(), world_parameters(design), 1, w, 1)
        engine = _core.Design(**design.core_design())
        single.append(
            [_core.run(world, [engine], r, r + 1, 1, None, True)[0][2]["people"][0] for r in range(replicates)]
        )
    runs = np.array(single)[:, :, design.company.draw_order.places]
    for m, name in enumerate(MEASURES):
        wanted = statistics.mean_interval(runs[:, :, :, m], np.ones((worlds, replicates), dtype=bool))
        for end, values in (("", wanted.mean), ("_ci_lower", wanted.lower), ("_ci_upper", wanted.upper)):
            np.testing.assert_allclose(found[f"{name}_mean{end}"], values, rtol=1e-12, atol=1e-9, err_msg=name)
    assert found["uncertainty"].unique().tolist() == [statistics.name_uncertainty(worlds)]


def test_merge_is_by_the_analysts_own_ids(result: gs.Results) -> None:
    hr, people = export(), result.people()
    assert people.columns[0] == "Person"
    assert people["Person"].dtype == hr["Person"].dtype
    merged = hr.merge(people)
    assert merged["Person"].tolist() == hr["Person"].tolist()[:10]  # all who have not left
    assert merged["groundswell_department"].astype(object).tolist()[:2] == ["Sales", "Sales"]
    assert merged["groundswell_department"].isna().sum() == 2
    assert merged["rank"].unique().tolist() == ["junior"]
    best = merged.loc[merged["impressions_mean"].idxmax()]
    assert best["groundswell_rank"] == 1


def test_whole_numbers_as_ids_stay_so() -> None:
    hr = pd.DataFrame({"Number": np.array([7, 3, 12, 5]), "Links": [50, 60, 70, 80]})
    firm = gs.Company.from_frames(hr, columns={"id": "Number", "connections": "Links"})
    people = gs.simulate(scenario(None, firm), worlds=1, replicates=1, progress=False).people("posts")
    assert people["Number"].dtype == hr["Number"].dtype
    assert sorted(people["Number"]) == [3, 5, 7, 12]
    assert len(hr.merge(people)) == 4


def test_who_is_an_advocate(result: gs.Results) -> None:
    assert by_id(result.people())["advocate"].tolist() == [i in (2, 3, 5, 8) for i in range(10)]
    for program, wanted in (
        (None, [False] * 10),
        (gs.Program(advocates=gs.ActiveAdvocates(size=10)), [True] * 10),
        (gs.Program(advocates=gs.ActiveAdvocates(size=4)), [pd.NA] * 10),  # other people in every world
    ):
        flags = gs.simulate(scenario(program), worlds=1, replicates=1, progress=False).people("posts")["advocate"]
        assert flags.tolist() == wanted


def test_people_whose_number_rests_on_imputed_columns_are_marked(result: gs.Results) -> None:
    by_reach = by_id(result.people(rank_by="potential_reach"))
    assert by_reach["imputed"].tolist() == ["connections" if i == 2 else "" for i in range(10)]
    assert by_reach["distinguishable"].tolist() == [i != 2 for i in range(10)]
    by_clicks = by_id(result.people(rank_by="clicks"))
    assert by_clicks["imputed"][2] == "connections, department, region, job_function, social_activity, persuasion"
    assert by_clicks["imputed"][3] == "region, job_function, social_activity, persuasion"
    assert not by_clicks["distinguishable"].any()
    assert result.people(rank_by="posts")["distinguishable"].all()


def test_where_people_can_leave_their_numbers_rest_on_what_leaving_rests_on() -> None:
    leaving = scenario().replace({"retention.turnover_per_year": 0.2})
    people = by_id(gs.simulate(leaving, worlds=1, replicates=1, progress=False).people("posts", "posts"))
    assert not people["distinguishable"].any()  # active advocates leave like everybody
    assert people["imputed"].tolist() == ["satisfaction, hire_date"] * 10


def test_ranks_are_by_the_measure_asked_for(result: gs.Results) -> None:
    for name in ("posts", "potential_reach"):
        people = result.people(name, rank_by=name)
        assert [c for c in people.columns if c.endswith("_mean")] == [f"{name}_mean"]
        rank = people["groundswell_rank"]
        assert rank.tolist() == people[f"{name}_mean"].round(9).rank(method="min", ascending=False).tolist()
        assert (people["rank_lower"] <= rank).all()
        assert (rank <= people["rank_upper"]).all()
    assert (people["rank_upper"] < 10).any()
    plain = result.people("posts", rank_by=None)
    assert list(plain.columns) == [
        *("Person", "groundswell_department", "advocate", "posts_mean", "posts_mean_ci_lower", "posts_mean_ci_upper"),
        "uncertainty",
    ]


def test_names_that_are_not_counted_by_person(result: gs.Results) -> None:
    with pytest.raises(NotRecorded, match=r"measures: unique_reach is not recorded by person .* by person are posts"):
        result.people("unique_reach")
    with pytest.raises(NotRecorded, match="rank_by: awareness is not recorded by person"):
        result.people(rank_by="awareness")
    with pytest.raises(UnknownName, match=r"measures: no measure of the name 'clics'.*clicks"):
        result.people(["posts", "clics"])
    with pytest.raises(gs.InvalidInput, match="measures: empty"):
        result.people([])
    with pytest.raises(gs.InvalidInput, match="measures: a name is there twice: posts, posts"):
        result.people(["posts", "posts"])
    for by in ("employee", "author"):
        with pytest.raises(NotRecorded, match=r"is in people\(\), which the option people='full' records"):
            result.frame("posts", by=by)


def test_aggregate_records_no_person_and_changes_no_number(result: gs.Results) -> None:
    without = run(people="aggregate")
    assert without.recording.people is None
    assert (without.manifest["people"], result.manifest["people"]) == ("aggregate", "full")
    np.testing.assert_array_equal(without.recording.values, result.recording.values)
    with pytest.raises(
        NotRecorded, match=r'nothing recorded by person \(people="aggregate"\); people="full" of simulate'
    ):
        without.people()
    assert without.extend(replicates=5).recording.people is None
    with pytest.raises(UnknownName, match=r"people: no option 'agregate'; .*aggregate"):
        run(people="agregate")


def test_compare_and_grid_take_it_too(result: gs.Results) -> None:
    one, two = scenario(label="One"), scenario(None, label="Two")
    full = gs.compare([one, two], worlds=5, replicates=4, progress=False)
    assert_same(full.results["One"].recording.people, result.recording.people)
    assert full.results["Two"].people()["advocate"].tolist() == [False] * 10
    kept = gs.compare([full.results["One"], two], worlds=5, replicates=4, progress=False, people="aggregate")
    assert [r.recording.people is None for r in kept.results.values()] == [False, True]
    more = kept.extend(replicates=5)  # each keeps to its own
    assert [r.manifest["people"] for r in more.results.values()] == ["full", "aggregate"]
    cells = gs.grid(one, {"program.posts_per_week": [1, 2]}, worlds=1, replicates=1, progress=False, people="aggregate")
    assert [r.manifest["people"] for r in cells.results.values()] == ["aggregate"] * 3


def test_numbers_do_not_depend_on_threads(result: gs.Results) -> None:
    for threads in (1, 3):
        assert_same(run(threads=threads).recording.people, result.recording.people)


def test_an_extended_result_has_the_people_of_a_fresh_one(result: gs.Results, tmp_path: Path) -> None:
    assert_same(run(2, 10).extend(replicates=20).recording.people, run(2, 20).recording.people)
    more = result.extend(worlds=7, replicates=6)
    assert_same(more.recording.people, run(7, 6).recording.people)
    pd.testing.assert_frame_equal(more.people(), run(7, 6).people())


def test_an_interruption_counts_finished_replicates_only(monkeypatch: pytest.MonkeyPatch, result: gs.Results) -> None:
    run_core, calls = _core.run, []

    def stop(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 4:  # the first world is run in two parts
            raise KeyboardInterrupt
        return run_core(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(_core, "run", stop)
        part = run()
    assert part.recording.people is not None
    assert part.recording.people.replicates.tolist() == [4, 4, 0, 0, 0]
    assert part.people()["uncertainty"][0] == "luck and world, interval given these 2 worlds"
    assert_same(part.extend().recording.people, result.recording.people)


def test_people_and_runs_must_agree(result: gs.Results) -> None:
    recording = result.recording
    with pytest.raises(ValueError, match="not counted over the replicates that are finished"):
        type(recording)(
            recording.layout, recording.measures, recording.values, ~recording.finished, recording.people
        )  # fmt: skip


def test_pickle_keeps_people(result: gs.Results) -> None:
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(result)).people(), result.people())


def given_all(changes: dict[str, Any]) -> gs.Company:
    """Forty people of whom everything is given; employee 7 with some of it changed."""
    random = np.random.default_rng(2)
    hr = pd.DataFrame({"id": range(40), "department": random.choice(["A", "B", "C"], 40)})
    hr["region"], hr["seniority"] = random.choice(["N", "S"], 40), random.integers(1, 6, 40)
    hr["job_function"] = "other"
    for name in ATTRIBUTES:
        hr[name] = random.uniform(0.2, 0.8, 40) if name != "connections" else random.integers(150, 300, 40)
    for name, value in ({"department": "A", "region": "N", "seniority": 2} | changes).items():
        hr.loc[7, name] = value
    columns: dict[str, Any] = {name: name for name in hr.columns} | {"seniority": gs.ranked("seniority")}
    return gs.Company.from_frames(hr, columns=columns)


CHANGES = {
    "department": "B", "region": "S", "seniority": 5, "job_function": "sales", "connections": 900,
    "social_activity": 9.0, "persuasion": 5.0, "susceptibility": 5.0, "satisfaction": 0.9, "product_belief": 0.9,
    "willingness": 0.9, "readiness": 0.9, "sales_skill": 0.9,
}  # fmt: skip


def test_a_persons_number_rests_on_the_columns_named_and_on_no_other() -> None:
    """Change a column of one person: measures that do not list it stay, bit for bit; some that do change."""

    def row(changes: dict[str, Any]) -> np.ndarray[Any, Any]:
        firm = given_all(changes)
        program = gs.Program(advocates=gs.ActiveAdvocates(names=[7, 8, 9]), posts_per_week=6)
        people = gs.simulate(scenario(program, firm), worlds=1, replicates=4, progress=False).recording.people
        assert people is not None
        return people.total[0, firm.numbers_of([7])[0]]

    assert set(CHANGES) == {*CATEGORIES, *ATTRIBUTES}
    before = row({})
    assert (before > 0).all()
    for field, value in CHANGES.items():
        moved = {name for name, a, b in zip(MEASURES, row({field: value}), before, strict=True) if a != b}
        named = {name for name in MEASURES if field in author_fields(name)}
        assert moved <= named, field
        assert bool(moved) == bool(named), field
