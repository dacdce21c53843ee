"""What changed from one export to the next, on two tables whose every change is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.pseudonyms import Key
from groundswell.decide.period_changes import changes, people_in_both

KEY, OTHER = Key(bytes(range(32))), Key(bytes(32))
LAST = pd.DataFrame(
    {
        "id": ["ann", "bob", "cy", "dee", "eve", "fay"],
        "unit": ["Lab", "Lab", "Sales", "Sales", None, "Store"],
        "place": ["N", "N", "S", "S", "S", "N"],
        "level": [1, 2, 3, 1, 2, 3],
        "links": [10, 20, 30, None, 50, None],
        "friends": [0, 1, 2, 3, 4, 5],
        "hired": ["2020-01-01", "2020-01-02", None, "2020-01-04", "2020-01-05", "2020-01-06"],
        "gone": [False] * 6,
    }
)
# ann moves to Sales; bob is promoted; cy's hire date is known; dee's connections are; eve's are no longer; fay has
# left; gus and hal are new, ivo has left before he was seen.
THIS = pd.DataFrame(
    {
        "id": ["gus", "eve", "dee", "cy", "bob", "ann", "hal", "fay", "ivo"],
        "unit": ["Lab", None, "Sales", "Sales", "Lab", "Sales", "Plant", "Store", "Lab"],
        "place": ["N", "S", "S", "S", "N", "N", "N", "N", "N"],
        "level": [1, 2, 1, 3, 3, 1, 1, 3, 1],
        "links": [1, None, 40, 30, 20, 10, 2, 9, 9],
        "friends": [0, 4, 3, 2, 1, 7, 0, 5, 5],
        "hired": ["2026-01-01", "2020-01-05", "2020-01-04", "2020-01-03", "2020-01-02", "2020-01-01", None, None, None],
        "gone": [False] * 7 + [True] * 2,
    }
)
TIES = [pd.DataFrame(pairs, columns=["source", "target"]) for pairs in (
    [("ann", "bob"), ("bob", "cy"), ("cy", "fay"), ("dee", "eve")],
    [("bob", "ann"), ("dee", "eve"), ("ann", "eve"), ("gus", "hal"), ("gus", "ann")],
)]  # fmt: skip


def read(hr: pd.DataFrame, key: Key = KEY, ties: pd.DataFrame | None = None, **facts: Any) -> gs.Company:
    columns = {
        "id": "id",
        "department": "unit",
        "region": "place",
        "seniority": gs.ranked("level"),
        "connections": "links",
        "connections_facebook": "friends",
        "hire_date": "hired",
        "left": "gone",
    }
    return gs.Company.from_frames(hr, columns=columns, as_of="2026-12-31", key=key, ties=ties, **facts)


def found(last: gs.Company, this: gs.Company) -> dict[str, tuple[int, set[str], str]]:
    frame = changes(last, this)
    assert list(frame.columns) == ["what", "count", "examples", "detail"]
    assert frame["what"].is_unique
    rows = frame.itertuples(index=False, name=None)
    return {what: (count, set(filter(None, some.split(", "))), how) for what, count, some, how in rows}


@pytest.mark.parametrize("keys", [(KEY, KEY), (KEY, OTHER)])
def test_every_change_is_there_and_no_other(keys: tuple[Key, Key]) -> None:
    """By draw numbers under one key, by ids under two."""
    last = read(LAST, keys[0], TIES[0], page_followers=10, currency="EUR")
    this = read(THIS, keys[1], TIES[1], page_followers=12, growth_per_year=0.5, currency="EUR")
    assert found(last, this) == {
        "employees": (7, set(), "6 before, 7 now"),
        "in both": (5, set(), ""),
        "left": (1, {"fay"}, "1 of them named as leavers"),
        "joined": (2, {"gus", "hal"}, ""),
        "department changed": (1, {"ann"}, "Lab → Sales: 1"),
        "seniority changed": (1, {"bob"}, "1 → 2: 1"),
        "connections newly given": (1, {"dee"}, "drawn in each world before"),
        "connections no longer given": (1, {"eve"}, "drawn in each world now"),
        "connections_facebook changed": (1, {"ann"}, ""),
        "hire_date newly given": (1, {"cy"}, "drawn in each world before"),
        "departments new": (1, {"Plant"}, ""),
        "departments gone": (1, {"Store"}, ""),
        "ties added": (3, _pair(this, "ann", "eve"),
                       "1 among people in both, 2 of people who joined"),
        "ties removed": (2, _pair(this, "bob", "cy"), "1 among people in both, 1 of people who left"),
        "page_followers": (1, set(), "10 → 12"),
        "growth_per_year": (1, set(), "not given → 0.5"),
    }  # fmt: skip


def _pair(company: gs.Company, *ends: str) -> set[str]:
    """A tie as it is shown: the lower employee number first."""
    return {"-".join(sorted(ends, key=company.ids.tolist().index))}


def test_the_same_company_in_another_order_has_no_change() -> None:
    one, other = read(LAST, ties=TIES[0]), read(LAST.iloc[::-1], ties=TIES[0].iloc[::-1])
    assert set(found(one, other)) == {"employees", "in both", "left", "joined"}
    assert found(one, other)["in both"][0] == 6
    assert found(one, other)["left"][0] == found(one, other)["joined"][0] == 0


def test_tables_that_came_or_went() -> None:
    plain, tied = read(LAST), read(LAST, ties=TIES[0])
    assert found(plain, tied)["ties"] == (4, set(), "generated before, given now")
    assert found(tied, plain)["ties"] == (4, set(), "given before, generated now")
    gaps = gs.Company.from_frames(LAST, columns={"id": "id"}, ties=TIES[0], ties_coverage=0.5, key=KEY)
    assert found(tied, gaps)["ties_coverage.share"] == (1, set(), "not given → 0.5")
    persons = pd.DataFrame({"id": ["p", "q"], "segment": ["buyer", "peer"]})
    heard = plain.with_audience(persons, pd.DataFrame({"source": ["ann"], "target": ["p"]}))
    assert found(plain, heard)["audience"] == (1, set(), "not given → 2 persons, 1 ties")


def test_people_are_known_in_a_file_by_their_numbers_or_not_at_all(tmp_path: Path) -> None:
    last, this = read(LAST), read(THIS)
    start = gs.Scenario(last, "2027-01-04", weeks=4, warm_up_weeks=0, follow_up_weeks=0)
    result = gs.simulate(start, 1, 1, progress=False)
    opened = gs.load(result.save(tmp_path / "a.gsw")).scenario.company
    assert opened.ids.tolist() != last.ids.tolist()
    both = people_in_both(opened, this)
    assert both is not None
    assert this.ids[both.this].tolist() == last.ids[both.last].tolist() == sorted(
        ["ann", "bob", "cy", "dee", "eve"], key=last.ids[both.last].tolist().index
    )  # fmt: skip
    assert people_in_both(opened, read(THIS, OTHER)) is None  # pseudonyms beside ids
    nobody = gs.load(result.save(tmp_path / "b.gsw", people="aggregate")).scenario.company
    assert people_in_both(nobody, this) is None
    row = found(nobody, this)["employees"]
    assert row == (7, set(), "6 before, 7 now; who is who cannot be told")
    assert people_in_both(gs.Company.synthetic(5), this) is None


def test_companies_that_were_made_up_grow_by_number() -> None:
    rows = found(gs.Company.synthetic(5), gs.Company.synthetic(7))
    assert {what: rows[what][0] for what in ("in both", "left", "joined")} == {"in both": 5, "left": 0, "joined": 2}


def test_other_managers_are_a_change() -> None:
    table = pd.DataFrame({"id": ["ann", "bob", "cy", "dee"], "boss": ["", "ann", "ann", "bob"]})
    last, this = (
        gs.Company.from_frames(frame, columns={"id": "id", "manager": "boss"}, key=KEY)
        for frame in (table, table.assign(boss=["", "ann", "bob", "bob"]))
    )
    rows = found(last, this)
    assert rows["ties to managers added"][0] == rows["ties to managers removed"][0] == 1
    assert rows["ties to managers added"][2] == "1 among people in both, 0 of people who joined"
    assert not any("managers" in what for what in found(last, last))
