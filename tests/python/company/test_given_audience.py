"""A real audience: its ties are rows of the world, its persons keep their segments, bad tables are named by cell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import world_parameters

SEGMENTS = [str(name) for name in _core.segments]
# In another order than the segments': p3 is an alumna and comes first among the persons.
PERSONS = pd.DataFrame({
    "id": [f"p{i}" for i in range(12)],
    "segment": ["other", "buyer", "peer", "alumni", "talent", "personal"] * 2,
})  # fmt: skip
TIES = pd.DataFrame({
    "source": ["anna", "anna", "bert", "p3", "p0", "cleo", "p5", "p1", "dora"],
    "target": ["p0", "bert", "p3", "p4", "p11", "p7", "p6", "anna", "p2"],
})  # fmt: skip


@pytest.fixture(scope="module")
def firm() -> gs.Company:
    hr = pd.DataFrame({"who": ["anna", "bert", "cleo", "dora"]})
    return gs.Company.from_frames(hr, columns={"id": "who"})


@pytest.fixture(scope="module")
def company(firm: gs.Company) -> gs.Company:
    return firm.with_audience(PERSONS, TIES)


def scenario(company: gs.Company) -> gs.Scenario:
    program = gs.Program(advocates=gs.ActiveAdvocates(size=4), posts_per_week=10)
    return gs.Scenario(company, "2027-01-04", weeks=4, warm_up_weeks=1, follow_up_weeks=1, program=program)


def test_rows_of_the_world_are_the_ties_that_were_given(company: gs.Company) -> None:
    world = _core.build_world(company.core_input(), world_parameters(scenario(company)), 1, 0, 1)
    assert world.person_count == 16
    sizes = np.diff(np.asarray(world.segment_begin).astype(int))
    assert dict(zip(SEGMENTS, sizes.tolist(), strict=True)) == dict.fromkeys(SEGMENTS[1:], 2) | {"employee": 4}
    numbers = company.core_ids.tolist()
    for segment in SEGMENTS[1:]:
        numbers += sorted(PERSONS["id"][PERSONS["segment"] == segment])
    assert numbers[4] == "p3"
    begin, ties = (np.asarray(array).astype(np.int64) for array in world.rows("linkedin"))
    found = {
        frozenset((numbers[i], numbers[tie & 0xFFFFFF])) for i in range(16) for tie in ties[begin[i] : begin[i + 1]]
    }
    assert found == {frozenset(pair) for pair in TIES.itertuples(index=False, name=None)}
    assert _connections(company, world) == {"anna": 3, "bert": 2, "cleo": 1, "dora": 1}


def test_it_runs_and_reaches_nobody_else(company: gs.Company) -> None:
    result = gs.simulate(scenario(company), worlds=1, replicates=2, threads=1, progress=False)
    reach = result.frame("unique_reach", window="all", by=["world", "replicate"])["value"]
    assert 0 < reach.max() <= 12
    rows = result.frame(["potential_reach", "posts"], by=["source", "world", "replicate"])
    assert rows["value"].sum() > 0
    basis = result.explain("unique_reach").basis.set_index("rests_on")["names"]
    assert "audience" in basis["columns given"].split(", ")
    assert "audience" in repr(company)


def test_the_hash_is_that_of_the_tables(firm: gs.Company, company: gs.Company) -> None:
    assert company.content_hash() == firm.with_audience(PERSONS.copy(), TIES.copy()).content_hash()
    shuffled = firm.with_audience(PERSONS.sample(frac=1, random_state=1), TIES.iloc[::-1, ::-1])
    turned = TIES.rename(columns={"source": "target", "target": "source"})
    assert shuffled == company == firm.with_audience(PERSONS, turned)
    assert company.content_hash() != firm.content_hash()
    assert company.content_hash() != firm.with_audience(PERSONS, TIES.iloc[1:]).content_hash()
    other = PERSONS.replace({"segment": {"personal": "other"}})
    assert company.content_hash() != firm.with_audience(other, TIES).content_hash()
    assert firm.audience is None
    assert company.audience is not None
    with pytest.raises(ValueError, match="read-only"):
        company.audience.ties[0, 0] = 1


@pytest.mark.parametrize("synthetic", [False, True])
def test_a_saved_study_keeps_it_and_runs_again(company: gs.Company, tmp_path: Path, synthetic: bool) -> None:
    ties = TIES.replace({"anna": 0, "bert": 1, "cleo": 2, "dora": 3})
    chosen = gs.Company.synthetic(employees=4).with_audience(PERSONS, ties) if synthetic else company
    result = gs.simulate(scenario(chosen), worlds=1, replicates=1, threads=1, progress=False)
    path = result.save(tmp_path / "a.gsw")
    opened = gs.load(path)
    assert isinstance(opened, gs.Results)
    assert opened.scenario.company.content_hash() == chosen.content_hash()
    assert b"p11" not in path.read_bytes()
    longer = opened.extend(replicates=2, threads=1)
    fresh = gs.simulate(scenario(chosen), worlds=1, replicates=2, threads=1, progress=False)
    np.testing.assert_array_equal(longer.recording.values, fresh.recording.values)


def with_row(table: pd.DataFrame, **row: object) -> pd.DataFrame:
    return pd.concat([table, pd.DataFrame([row], index=[99])])


@pytest.mark.parametrize(
    ("persons", "ties", "says"),
    [
        (PERSONS, with_row(TIES, source="anna", target="p12"),
         r"^ties: row 99, column 'target' = 'p12': neither an employee nor a person has this id .*p1"),
        (PERSONS, with_row(TIES, source=None, target="p2"), r"^ties: row 99, column 'source' = .*is missing"),
        (PERSONS, with_row(TIES, source="p2", target="p2"), r"^ties: row 99, column 'target' = 'p2': ties somebody to"),
        (PERSONS, with_row(TIES, source="p0", target="anna"),
         r"^ties: row 99, column 'target' = 'anna': repeats the tie of row 0; ties are mutual"),
        (with_row(PERSONS, id="p0", segment="buyer"), TIES, r"^persons: row 99, column 'id' = 'p0': is there already"),
        (with_row(PERSONS, id="bert", segment="buyer"), TIES, r"^persons: row 99, column 'id' = 'bert': is the id of"),
        (with_row(PERSONS, id=None, segment="buyer"), TIES, r"^persons: row 99, column 'id' = .*is missing"),
        (with_row(PERSONS, id="x", segment="buyers"), TIES,
         r"^persons: row 99, column 'segment' = 'buyers': must be one of alumni, .*nearest valid name: buyer"),
        (with_row(PERSONS, id="x", segment="employee"), TIES, r"'employee': .*employees are those of the company"),
        (PERSONS.drop(columns="segment"), TIES, r"^persons: one column 'segment' is needed"),
        (PERSONS, TIES.rename(columns={"target": "targte"}), r"^ties: one column 'target' is needed; .*targte"),
        (PERSONS.iloc[:0], TIES, r"^persons: the table is empty"),
        (PERSONS, TIES.iloc[:0], r"^ties: the table is empty"),
    ],
)  # fmt: skip
def test_bad_tables(firm: gs.Company, persons: pd.DataFrame, ties: pd.DataFrame, says: str) -> None:
    with pytest.raises(gs.InvalidInput, match=says):
        firm.with_audience(persons, ties)


def test_ties_among_employees_are_in_one_table() -> None:
    hr = pd.DataFrame({"who": ["anna", "bert", "cleo", "dora"]})
    edges = pd.DataFrame({"source": ["anna"], "target": ["cleo"]})
    firm = gs.Company.from_frames(hr, columns={"id": "who"}, ties=edges)
    with pytest.raises(gs.InvalidInput, match=r"^ties: row 1, column 'target' = 'bert': ties two employees, and the"):
        firm.with_audience(PERSONS, TIES)
    both = firm.with_audience(PERSONS, TIES.drop(index=1))
    world = _core.build_world(both.core_input(), world_parameters(scenario(both)), 1, 0, 1)
    assert _connections(both, world) == {"anna": 3, "bert": 1, "cleo": 2, "dora": 1}


def _connections(company: gs.Company, world: _core.World) -> dict[str, float]:
    return dict(zip(company.core_ids, np.asarray(world.attributes["connections"]).tolist(), strict=True))
