"""What differs between two companies is named, by counts and columns, and never with a person's id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.difference import differences
from groundswell.company.record import CompanyRecord
from groundswell.errors import InvalidInput

HR = pd.DataFrame({
    "who": [f"secret-{i}" for i in range(8)],
    "Dept": ["Sales", "IT"] * 4,
    "Team": ["Sales", "IT", "IT", "IT"] * 2,
    "Site": ["Lyon"] * 8,
    "level": [1, 2, 3, 1] * 2,
    "mood": [1.0, 2.0, 3.0, np.nan] * 2,
    "friends": [100.0] * 8,
    "hired": ["2020-01-01"] * 8,
})  # fmt: skip
COLUMNS: dict[str, Any] = {
    "id": "who", "department": "Dept", "region": "Site", "seniority": gs.ranked("level", [1, 2, 3]),
    "satisfaction": gs.scale("mood", 1, 3), "connections_facebook": "friends", "hire_date": "hired",
}  # fmt: skip
TIES = pd.DataFrame({"source": ["secret-0", "secret-1"], "target": ["secret-1", "secret-2"]})
PERSONS = pd.DataFrame({"id": ["p1", "p2"], "segment": ["buyer", "peer"]})
OUTSIDE = pd.DataFrame({"source": ["secret-0"], "target": ["p1"]})


def firm(frame: pd.DataFrame = HR, columns: dict[str, Any] | None = None, **more: Any) -> gs.Company:
    return gs.Company.from_frames(frame, columns=COLUMNS | (columns or {}), **({"as_of": "2026-06-01"} | more))


def without(*fields: str) -> gs.Company:
    return gs.Company.from_frames(
        HR, columns={key: how for key, how in COLUMNS.items() if key not in fields}, as_of="2026-06-01"
    )


def edited(column: str, value: Any) -> pd.DataFrame:
    frame = HR.copy()
    frame.loc[0, column] = value
    return frame


def bossed(managers: list[str]) -> gs.Company:
    return firm(HR.assign(boss=managers), {"manager": "boss"})


CASES: dict[str, tuple[gs.Company, gs.Company, list[str]]] = {
    "a fact": (firm(), firm(page_followers=500), ["company.page_followers: not given and 500"]),
    "a fact with a default": (
        firm(), firm(people_recruiter_share=0.5), ["company.people_recruiter_share: 0.3 and 0.5"],
    ),
    "another column": (
        firm(), firm(columns={"department": "Team"}),
        ["columns.department: column 'Dept' and column 'Team'", "department: 2 of 8 people whom both have differ"],
    ),
    "a column one has": (
        firm(), without("satisfaction"),
        ["columns.satisfaction: column 'mood' and not mapped", "satisfaction: 6 of 8 people whom both have differ"],
    ),
    "a column the other has": (without("hire_date"), firm(), ["columns.hire_date: not mapped and column 'hired'"]),
    "people": (
        firm(), firm(HR[1:]), ["employees: 8 and 7", "ids: 1 that only the first has, 0 that only the second has"],
    ),
    "a replaced person": (
        firm(), firm(edited("who", "secret-9")),
        ["ids: 1 that only the first has, 1 that only the second has"],
    ),
    "a cell of a category": (firm(), firm(edited("Dept", "IT")), ["department: 1 of 8 people whom both have differ"]),
    "a cell of numbers": (firm(), firm(edited("friends", 7.0)), ["connections_facebook: 1 of 8 people"]),
    "a date": (firm(), firm(edited("hired", "2021-01-01")), ["hire_date: 1 of 8 people"]),
    "a new department": (firm(), firm(edited("Dept", "Legal")), ["department: 1 of 8 people"]),
    "ties of one": (firm(), firm(ties=TIES), ["ties: generated and 2 given"]),
    "other ties": (
        firm(ties=TIES), firm(ties=TIES[:1]), ["ties: 1 that only the first has, 0 that only the second has"],
    ),
    "other managers": (
        bossed(["", *["secret-0"] * 7]), bossed(["", "secret-2", *["secret-0"] * 6]),
        ["ties to managers: 1 that only the first has, 1 that only the second has"],
    ),
    "managers of one": (
        firm(), bossed(["", *["secret-0"] * 7]),
        ["ties to managers: 0 that only the first has, 7 that only the second has"],
    ),
    "coverage": (
        firm(ties=TIES), firm(ties=TIES, ties_coverage=0.5),
        ["ties_coverage: 1, complete for 0 people and 0.5, complete for 0 people"],
    ),
    "an audience": (
        firm(), firm().with_audience(PERSONS, OUTSIDE), ["audience: generated and 2 persons, 1 ties"],
    ),
    "another audience": (
        firm().with_audience(PERSONS, OUTSIDE.assign(source="secret-3")), firm().with_audience(PERSONS, OUTSIDE),
        ["audience: 2 persons, 1 ties in both, tied to other people"],
    ),
    "other segments": (
        firm().with_audience(PERSONS.assign(segment="peer"), OUTSIDE), firm().with_audience(PERSONS, OUTSIDE),
        ["audience: other numbers of persons by segment"],
    ),
    "synthetic, sizes": (gs.Company.synthetic(500), gs.Company.synthetic(400), ["employees: 500 and 400"]),
    "synthetic or not": (
        gs.Company.synthetic(8), firm(), ["people: drawn (a synthetic company) and read from a table"],
    ),
}  # fmt: skip


# Ids are names only; nobody of these departments recruits.
DECIDES_NO_NUMBER = ("a replaced person", "a fact with a default")


@pytest.mark.parametrize("case", CASES)
def test_what_differs_is_named_with_its_side(case: str) -> None:
    first, second, expected = CASES[case]
    assert first.content_hash() != second.content_hash() or case in DECIDES_NO_NUMBER
    lines = differences(first, second)
    for beginning in expected:
        assert any(line.startswith(beginning) for line in lines), lines
    assert not any("secret" in line for line in lines)
    assert differences(second, first)


@pytest.mark.parametrize("case", CASES)
def test_a_company_does_not_differ_from_itself(case: str) -> None:
    for company in CASES[case][:2]:
        assert differences(company, replace(company, name="Another name")) == []


def test_the_same_rows_in_another_order_are_no_difference() -> None:
    managers = ["", *["secret-0"] * 7]
    again = firm(HR.assign(boss=managers)[::-1], {"manager": "boss"})
    assert differences(bossed(managers), again) == []
    assert differences(firm(ties=TIES), firm(HR[::-1], ties=TIES[::-1])) == []
    assert bossed(managers).content_hash() == again.content_hash()


def test_other_keys_of_draws_are_named() -> None:
    one, other = firm(), firm()
    for company, key in ((one, "abc"), (other, "def")):
        object.__setattr__(company, "draw_key", key)
    assert any(line.startswith("key of draws: fingerprint 'abc' and 'def'") for line in differences(one, other))


def test_people_without_an_id_in_common_are_paired_by_number() -> None:
    hidden = firm().pseudonymized()
    lines = differences(firm(edited("friends", 7.0)), hidden)
    assert lines[0] == "ids: 8 that only the first has, 8 that only the second has"
    assert lines[1].startswith("connections_facebook: 1 of 8")


def test_every_field_that_the_core_takes_of_a_company_is_looked_at() -> None:
    known = {
        "employees", "departments", "regions", "department", "region", "seniority", "function", "department_shares",
        "region_shares", "seniority_shares", "sales_share", "recruiter_share", "attributes", "coworker_ties",
        "page_followers", "connections", "audience", "ties_coverage",
    }  # fmt: skip
    everything: CompanyRecord = firm(ties=TIES, ties_coverage=0.5).with_audience(PERSONS, OUTSIDE)
    new = set(everything.core_arguments()) - known - {"draw_numbers"}
    assert not new, f"groundswell.company.difference must name these too: {new}"


def test_compare_and_its_error_say_what_differs() -> None:
    designs = [gs.Scenario(company, "2027-01-04", label=label) for label, company in
               (("A", firm()), ("B", firm(columns={"department": "Team"}, page_followers=500)))]  # fmt: skip
    with pytest.raises(InvalidInput) as raised:
        gs.compare(designs, worlds=1, replicates=1)
    text = str(raised.value)
    assert "columns.department: column 'Dept' and column 'Team'" in text
    assert "company.page_followers: not given and 500" in text
