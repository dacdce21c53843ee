"""Properties of companies over random exports."""

import string

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import groundswell as gs
from groundswell.company.columns import FIELDS
from groundswell.company.pseudonyms import Key
from groundswell.company.small_groups import hidden_groups

WORDS = st.sampled_from(
    ["EmployeeID", "dept", "Region", "JobLevel", "role", "hire_date", "tenure", "left", "Attrition", "is_active",
     "connections", "satisfaction", "engagement", "willingness", "readiness", "status", "exit date", "note"]
)  # fmt: skip
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 2000), st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=6), st.sampled_from(["Yes", "No", "Active", "2020-01-31", "01/02/2024", "sales"]),
    st.dates(), st.just([1]),
)  # fmt: skip


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=5)


@st.composite
def exports(draw):
    rows = draw(st.integers(2, 12))
    kinds = st.sampled_from([CELLS, st.integers(1, 5), st.booleans(), st.floats(0.01, 0.99), st.sampled_from("AB")])
    names = draw(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=6, unique=True))
    columns = {name: draw(st.lists(draw(kinds), min_size=rows, max_size=rows)) for name in names}
    return pd.DataFrame({"id": range(rows)} | columns)


@given(exports())
@settings(max_examples=120, deadline=None)
def test_every_suggestion_can_be_pasted_and_each_line_of_it_is_read(hr):
    suggestion = gs.Company.suggest_columns(hr)
    mapping = eval(f"dict({suggestion!r}\n)", {"gs": gs})["columns"]  # noqa: S307
    assert mapping["id"] in ("id", "EmployeeID")
    state = suggestion.frame().set_index("field")["state"]
    assert set(mapping) == set(state.index[state == "suggested"])
    try:
        company = gs.Company.from_frames(hr, columns={"left": None} | mapping, as_of="2200-12-31")
    except gs.InvalidInput as error:  # only what one column cannot know: who is left, and the day of the export
        excused = ("has left", "two employees", "every cell is missing", "as_of", "must be from")
        if not any(text in str(error) for text in excused):
            raise
        return
    people = company.columns[~company.columns["not_used"] & company.columns["field"].isin([*FIELDS])]
    counted = people[~people["field"].isin(["left", "contract", "fte", "manager"])]
    assert (counted["given"] + counted["missing"] == company.employees).all()
    sources = company.columns["source_column"]
    assert set(hr.columns) <= set(sources)


@given(st.lists(st.integers() | st.text(max_size=5), unique=True, max_size=50), st.binary(min_size=32, max_size=40))
@settings(max_examples=80, deadline=None)
def test_pseudonyms_are_different_stable_and_hide_the_id(ids, secret):
    key = Key(secret)
    hidden = key.pseudonyms(ids)
    assert len(set(hidden)) == len(ids)
    assert hidden[::-1] == key.pseudonyms(ids[::-1])
    assert all(len(name) == 21 and set(name[1:]) <= set(string.hexdigits) for name in hidden)


@given(st.lists(st.integers() | PRINTABLE, unique=True, min_size=2), st.data())
@settings(max_examples=80, deadline=None)
def test_any_ids_in_any_order_are_one_company(ids, data):
    order = data.draw(st.permutations(range(len(ids))))
    hr = pd.DataFrame({"id": pd.Series(ids, dtype=object), "level": range(len(ids))})
    mapping = {"id": "id", "connections": "level"}
    hr["level"] += 1
    one = gs.Company.from_frames(hr, columns=mapping)
    other = gs.Company.from_frames(hr.iloc[order], columns=mapping)
    assert one == other
    assert one.core_arguments()["draw_numbers"].tolist() == sorted(set(one.draw_numbers.tolist()))
    assert min(one.draw_numbers) >= 2**63
    level = dict(zip(ids, hr["level"], strict=True))
    assert one.ids.tolist() == ids
    assert one.attributes["connections"].tolist() == [level[name] for name in ids]
    assert one.core_arguments()["attributes"]["connections"].tolist() == [level[name] for name in one.core_ids]


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(1, 8))
@settings(max_examples=100, deadline=None)
def test_no_group_under_the_minimum_remains_or_can_be_worked_out(sizes, least):
    people = np.array(sizes, dtype=np.int64)
    hidden = hidden_groups(people, least)
    assert (people[~hidden] >= least).all()
    assert hidden.all() or not hidden.any() or people[hidden].sum() >= least


@given(st.integers(2, 60), st.integers(0, 2**64 - 1), st.integers(0, 50))
@settings(max_examples=10, deadline=None)
def test_selections_are_nested_and_complete(employees, seed, world):
    company = gs.Company.synthetic(employees)
    everybody = company.select(gs.ActiveAdvocates(size=employees), seed=seed, world=world)
    assert sorted(everybody["id"]) == list(range(employees))
    some = company.select(gs.ActiveAdvocates(size=employees // 2), seed=seed, world=world)
    pd.testing.assert_frame_equal(some, everybody.head(employees // 2))
    assert np.isin(everybody["department"], company.labels["department"]).all()
