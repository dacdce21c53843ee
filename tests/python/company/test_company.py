"""Companies from tables: transformations, counts of what is missing, errors with row and column."""

import copy
import datetime
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.columns import ELSEWHERE, FIELDS, OPTIONAL

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FRAME = pd.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "dept": ["Sales", "Human Resources", None, "R&D"],
        "level": [3, 1, 2, 3],
        "years": [0.0, 1.0, 10.5, np.nan],
        "mood": [1, 2, 4, None],
        "contacts": [10, 500, np.nan, 30_000],
        "gone": ["No", "No", "Yes", "No"],
    }
)
BASIC = {"id": "id"}


def company(frame=FRAME, columns=None, **more):
    return gs.Company.from_frames(frame, columns={**BASIC, **(columns or {})}, **more)


def by_id(firm, values):
    """Values of the employees as a list, in the order of their ids: that of the table here."""
    return [values[i] for i in firm.numbers_of(sorted(firm.ids))]


def tied(firm):
    """Ties as sorted pairs of ids."""
    return sorted(sorted(firm.ids[end] for end in pair) for pair in firm.ties.tolist())


def needs(folder):
    path = DATA / folder
    return pytest.mark.skipif(not path.is_dir(), reason=f"real data not found: {path}")


def test_the_built_in_company_has_everything_to_be_drawn():
    built_in = gs.Company.synthetic()
    assert built_in.employees == 1000
    assert built_in.labels["department"] == (
        "sales",
        "engineering",
        "operations",
        "customer service",
        "marketing",
        "people",
        "finance",
    )
    assert built_in.shares["department"].tolist() == [0.15, 0.25, 0.25, 0.15, 0.07, 0.05, 0.08]
    assert built_in.shares["region"].tolist() == [0.5, 0.3, 0.2]
    assert built_in.shares["seniority"].tolist() == [0.65, 0.20, 0.10, 0.04, 0.01]
    assert built_in.sales_share.tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert built_in.recruiter_share.tolist() == [0, 0, 0, 0, 0, 0.3, 0]
    assert all((codes == -1).all() for codes in built_in.categories.values())
    assert all(np.isnan(values).all() for values in built_in.attributes.values())


@pytest.mark.parametrize("employees", ["10", 10.0, 1, 0, -5, True, None, float("nan"), 2_000_000])
def test_the_number_of_employees_is_checked(employees):
    with pytest.raises(gs.InvalidInput, match=r"^employees = .*must be a whole number, \[2, 1,000,000\]"):
        gs.Company.synthetic(employees)


def test_mapped_columns_become_fields():
    firm = company(
        columns={
            "department": "dept",
            "seniority": gs.ranked("level"),
            "connections": "contacts",
            "hire_date": gs.years_before("years"),
            "satisfaction": gs.scale("mood", 1, 4),
        },
        as_of="2026-12-31",
        page_followers=np.int64(7),
        name="Firm",
    )
    assert sorted(firm.ids) == ["a", "b", "c", "d"]
    assert firm.labels["department"] == ("Human Resources", "R&D", "Sales")
    assert by_id(firm, firm.categories["department"]) == [2, 0, -1, 1]
    assert by_id(firm, firm.categories["seniority"]) == [2, 0, 1, 2]
    assert by_id(firm, firm.attributes["satisfaction"])[:3] == [0.125, 0.375, 0.875]
    np.testing.assert_array_equal(by_id(firm, firm.attributes["connections"]), [10, 500, np.nan, 30_000])
    assert [str(day) for day in by_id(firm, firm.hire_date)] == ["2026-12-31", "2025-12-31", "2016-07-01", "NaT"]
    assert firm.sales_share.tolist() == [0, 0, 1]
    assert firm.recruiter_share.tolist() == [0.3, 0, 0]
    assert firm.page_followers == 7
    assert firm.shares["department"] == pytest.approx([1 / 3] * 3)


def test_columns_say_what_is_given_missing_imputed_and_unused():
    columns = company(columns={"department": "dept", "satisfaction": gs.scale("mood", 1, 4)}).columns
    assert list(columns.columns) == ["field", "source_column", "given", "missing", "imputed_from", "not_used"]
    fields = columns[~columns["not_used"]].set_index("field")
    assert set(FIELDS) - {*ELSEWHERE, *OPTIONAL} < set(fields.index)  # what is read only where mapped is not listed
    assert fields.loc["department", ["source_column", "given", "missing"]].tolist() == ["dept", 3, 1]
    assert fields.loc["department", "imputed_from"] == "shares of the people given"
    assert fields.loc["region", ["given", "missing", "imputed_from"]].tolist() == [
        0,
        4,
        "shares of the built-in company",
    ]
    assert "conditional on the other attributes given" in fields.loc["willingness", "imputed_from"]
    assert "all of sales" in fields.loc["job_function", "imputed_from"]
    assert columns[columns["not_used"]]["source_column"].tolist() == ["level", "years", "contacts", "gone"]


def test_only_mapped_columns_are_read():
    class Trap:
        def __getattribute__(self, name):
            raise AssertionError("an unmapped cell was read")

    frame = FRAME.assign(trap=pd.Series([Trap() for _ in range(4)], dtype=object))
    assert company(frame).employees == 4


def test_leavers_are_excluded_and_counted():
    firm = company(columns={"left": gs.equals("gone", "Yes"), "connections": "contacts"})
    assert sorted(firm.ids) == ["a", "b", "d"]
    row = firm.warnings.set_index("code").loc["leavers_excluded"]
    assert (row["count"], row["examples"]) == (1, "c")
    flagged = company(FRAME.assign(out=[True, False, False, False]), {"left": "out"})
    assert sorted(flagged.ids) == ["b", "c", "d"]


def test_a_column_that_looks_like_leavers_stops_until_it_is_decided():
    attrition = FRAME.rename(columns={"gone": "Attrition"})
    paste = r'columns.left: .Attrition. may say .*left=gs.equals\("Attrition", "Yes"\)'
    with pytest.raises(gs.InvalidInput, match=paste):
        company(attrition)
    assert company(attrition, {"left": None}).employees == 4
    assert company(attrition, {"left": gs.equals("Attrition", "Yes")}).employees == 3
    assert company(FRAME.assign(MaritalStatus=["a", "b", "c", "d"], Leftover=1)).employees == 4
    assert company(FRAME.assign(Status="Active")).employees == 4  # tells nobody apart
    for header, values in (("Still here", ["Y", "N"]), ("Current", [1, 0]), ("Works here", ["x", "y"])):
        with pytest.raises(gs.InvalidInput, match=f"columns.left: '{header}' may say who has left.* left=gs.equals"):
            company(FRAME.assign(**{header: values * 2}))
    others = {"Current role": ["Y", "N"] * 2, "Hand": ["Left", "Right"] * 2, "Travel": ["active", "passive"] * 2}
    assert company(FRAME.assign(**others)).employees == 4
    with pytest.raises(gs.InvalidInput, match=r"columns.left: 'Status'"):
        company(FRAME.assign(Status="Terminated"))
    nobody = company(columns={"left": gs.equals("gone", "gone")}).warnings.set_index("code")
    assert "'Yes'" in nobody.loc["left_matches_nobody", "examples"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"department": "dpt"}, "columns.department = 'dpt': no such column; nearest valid name: dept"),
        ({"departement": "dept"}, "columns: no field 'departement'; nearest valid name: department"),
        ({"connections": "dept"}, "row 0, column 'dept' = 'Sales': must be a whole number, 1 to 30,000"),
        ({"satisfaction": "mood"}, "row 0, column 'mood' = 1.0: must be strictly between 0 and 1; .*gs.scale"),
        (
            {"satisfaction": gs.scale("mood", 1, 3)},
            "row 2, column 'mood' = 4.0: must be an answer of the scale 1, 2, …, 3",
        ),
        ({"satisfaction": gs.scale("years", 0, 20)}, r"row 2, column 'years' = 10.5: .*step=0.1"),
        ({"satisfaction": gs.ranked("mood")}, r"columns.satisfaction = Ranked.*takes a column name or gs.scale"),
        ({"region": gs.scale("mood", 1, 4)}, r"columns.region = Scale.*: takes a column name"),
        ({"region": 3}, "columns.region = 3: takes a column name"),
        ({"seniority": "dept"}, "row 0, column 'dept' = 'Sales': must be 0 to 4 or one of individual"),
        ({"seniority": gs.ranked("contacts")}, None),
        ({"job_function": "dept"}, "row 1, column 'dept' = 'Human Resources': must be sales, recruiter or other"),
        ({"hire_date": gs.years_before("years")}, "as_of: is required with columns.hire_date"),
        ({"left": "gone"}, r"row 0, column 'gone' = 'No': must be True or False.*gs.equals"),
        ({"left": gs.equals("dept", "x")}, "row 2, column 'dept' = .*: is missing"),
    ],
)
def test_mapping_errors_name_field_row_and_column(columns, message):
    if message is None:
        firm = company(columns=columns)
        assert by_id(firm, firm.categories["seniority"]) == [0, 1, -1, 2]
        return
    with pytest.raises(gs.InvalidInput, match=message):
        company(columns=columns)


@pytest.mark.parametrize(
    ("frame", "columns", "message"),
    [
        (FRAME.iloc[:0], {}, "hr: the table is empty"),
        (FRAME.to_dict(), {}, "hr.*dict"),
        (FRAME.iloc[:1], {}, "two employees at least; there is 1"),
        (
            FRAME.assign(id=["a", "b", "a", "d"]),
            {"department": "dept"},
            "row 2, column 'id' = 'a': the same id is in row 0",
        ),
        (FRAME.assign(id=["a", None, "c", "d"]), {}, "row 1, column 'id' = .*: is missing"),
        (FRAME.assign(id=["a", " ", "c", "d"]), {}, "row 1, column 'id' = ' ': is missing"),
        (FRAME.assign(id=[1, 2.5, 3, 4]), {}, "row 1, column 'id' = 2.5: 2.5 is not an id"),
        (FRAME.assign(gone="Yes"), {"left": gs.equals("gone", "Yes")}, "everybody in the table has left"),
        (FRAME.assign(contacts=[1, 2, -3, 4]), {"connections": "contacts"}, "row 2, column 'contacts' = -3"),
        (FRAME.assign(contacts=[1, 2, 2.5, 4]), {"connections": "contacts"}, "row 2, column 'contacts' = 2.5"),
        (FRAME.assign(contacts=[1, np.inf, 2, 4]), {"connections": "contacts"}, "row 1, column 'contacts' = inf"),
        (FRAME.assign(contacts=["1", "2", "3", "4"]), {"connections": "contacts"}, "row 0, column 'contacts' = '1'"),
        (FRAME.assign(contacts=[1, 0, 2, 4]), {"connections": "contacts"}, "leave it empty where it is not known"),
        (FRAME.assign(contacts=True), {"connections": "contacts"}, "row 0, column 'contacts' = True"),
        (
            FRAME.assign(level=[1, "x", 2, 3]),
            {"seniority": gs.ranked("level")},
            "column 'level': ranked needs numbers or a declared order",
        ),
        (FRAME.assign(dept=None), {"department": "dept"}, "column 'dept': every cell is missing"),
        (pd.concat([FRAME, FRAME[["dept"]]], axis=1), {"department": "dept"}, "the table has 2 columns of this name"),
        (
            pd.concat([FRAME] * 2).assign(id=range(8), level=range(8)),
            {"seniority": gs.ranked("level")},
            "at most 5 distinct values; there are 8",
        ),
    ],
)
def test_tables_that_cannot_be_used_are_refused(frame, columns, message):
    with pytest.raises(gs.InvalidInput, match=message):
        company(frame, columns)


def test_rows_are_named_by_the_label_of_the_frame():
    with pytest.raises(gs.InvalidInput, match=r"row 'x3', column 'contacts' = -1"):
        company(
            FRAME.set_index(pd.Index(["x1", "x2", "x3", "x4"])).assign(contacts=[1, 1, -1, 1]),
            {"connections": "contacts"},
        )


def test_an_id_is_required():
    with pytest.raises(gs.InvalidInput, match=r"columns.id: is required"):
        gs.Company.from_frames(FRAME, columns={"department": "dept"})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("31.12.2020", "must be a date"),
        ("2020-13-01", "must be a date"),
        ("01/02/2020", "must be a date"),
        ("2028-12-31", "must be from 1946-12-31 to 2028-12-30"),
        ("1900-01-01", "must be from 1946-12-31"),
        (20200101, "must be a date"),
        (pd.Timestamp("2020-01-01 08:00"), "must be a date"),
    ],
)
def test_hire_dates_are_checked(value, message):
    frame = FRAME.assign(hired=pd.Series(["2020-01-01", None, value, datetime.date(2019, 5, 1)], dtype=object))
    with pytest.raises(gs.InvalidInput, match=rf"row 2, column 'hired' = .*: {message}"):
        company(frame, {"hire_date": "hired"}, as_of="2026-12-31")


def test_hire_dates_are_read():
    frame = FRAME.assign(hired=pd.to_datetime(["2020-01-01", None, "2026-12-31", "2019-05-01"]))
    firm = company(frame, {"hire_date": "hired"}, as_of=datetime.date(2026, 12, 31))
    assert [str(day) for day in by_id(firm, firm.hire_date)] == ["2020-01-01", "NaT", "2026-12-31", "2019-05-01"]


@pytest.mark.parametrize("years", [-0.1, 80.5, "3"])
def test_years_are_checked(years):
    frame = FRAME.assign(years=pd.Series([1, 2, years, 3], dtype=object))
    with pytest.raises(gs.InvalidInput, match=r"row 2, column 'years' = .*must be a number of years, 0 to 80"):
        company(frame, {"hire_date": gs.years_before("years")}, as_of="2026-12-31")


@pytest.mark.parametrize("arguments", [(4, 1), (1, 1), (1, 4, 0), (1, 4, -1), (1, 4, 0.7), (float("nan"), 4)])
def test_scales_that_make_no_sense_are_refused(arguments):
    with pytest.raises(gs.InvalidInput, match=r"^scale\('x', "):
        gs.scale("x", *arguments)


def test_a_scale_stays_strictly_inside():
    frame = pd.DataFrame({"id": range(3), "x": [0.0, 0.37, 1.0]})
    firm = company(frame, {"readiness": gs.scale("x", 0, 1, step=0.01)})
    assert by_id(firm, firm.attributes["readiness"]) == pytest.approx([0.005 / 1.01, 0.375 / 1.01, 1.005 / 1.01])


def edges(*pairs):
    return pd.DataFrame([tuple(pair) for pair in pairs], columns=["source", "target"])


def test_ties_are_mutual_and_what_is_left_out_is_counted():
    ties = edges("ab", "ba", "ab", "aa", "cd", "bd")
    firm = company(columns={"left": gs.equals("gone", "Yes")}, ties=edges("ab", "ba", "ab", "aa", "ca", "bb"))
    assert tied(firm) == [["a", "b"]]
    assert firm.ties.dtype == np.uint32
    counts = dict(zip(firm.warnings["code"], firm.warnings["count"], strict=True))
    assert counts == {
        "leavers_excluded": 1,
        "ties_of_leavers": 1,
        "ties_self_loops": 2,
        "ties_repeated": 1,
        "ties_reciprocal": 1,
        "people_without_ties": 1,
        "columns_not_used": 5,
    }
    everybody = company(ties=ties)
    assert tied(everybody) == [["a", "b"], ["b", "d"], ["c", "d"]]
    assert company(ties=edges("aa")).ties.tolist() == []


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        (edges("ab", "ax"), r"row 1, column 'target' = 'x': no employee has this id \(1 such cells\)"),
        (edges(("a", 1)), "row 0, column 'target' = 1: .*ids of employees are str, this is int"),
        (edges(("a", None)), "row 0, column 'target' = None: is missing"),
        (edges(), "ties: the table is empty"),
        (
            edges("ab").rename(columns={"source": "sorce"}),
            "ties: one column 'source' is needed; nearest valid name: sorce",
        ),
    ],
)
def test_ties_that_cannot_be_used_are_refused(ties, message):
    with pytest.raises(gs.InvalidInput, match=message):
        company(ties=ties)


def test_number_ids_match_across_types():
    frame = pd.DataFrame({"id": [1.0, 2.0, 3.0]})
    firm = company(frame, ties=pd.DataFrame({"source": [1, 2], "target": np.array([2, 3], dtype=np.uint8)}))
    assert tied(firm) == [[1, 2], [2, 3]]
    assert firm.ids[firm.numbers_of([3, 1])].tolist() == [3, 1]


def test_companies_are_values():
    one, two = company(columns={"department": "dept"}), company(columns={"department": "dept"})
    assert one == two
    assert hash(one) == hash(two)
    for copied in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
        assert copied == one
        assert not copied.categories["department"].flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        one.attributes["connections"][0] = 1
    assert one != company()
    assert one.content_hash() != company().content_hash()
    assert company(page_followers=5).content_hash() != company(page_followers=6).content_hash()
    assert company(name="X").content_hash() == company(name="Y").content_hash()


def test_the_import_does_not_change_the_table():
    before = FRAME.copy(deep=True)
    company(columns={"left": gs.equals("gone", "Yes"), "connections": "contacts"})
    pd.testing.assert_frame_equal(FRAME, before)


def test_pseudonyms_hide_ids_and_keep_the_numbers():
    firm = company(columns={"left": gs.equals("gone", "Yes")}, ties=edges("ab", "aa"))
    hidden = firm.pseudonymized()
    assert hidden.ids.tolist() == [0, 1, 2]
    assert hidden.content_hash() == firm.content_hash()
    assert set(hidden.warnings["examples"]) == {""}


def test_reprs():
    firm = company(
        columns={"department": "dept", "connections": "contacts", "hire_date": gs.years_before("years")},
        as_of="2026-12-31",
        name="<b>Firm</b>",
    )
    assert len(repr(firm).splitlines()) <= 12
    assert "<b>Firm</b>" not in firm._repr_html_()
    assert "partly_missing" in firm._repr_html_()


@needs("ibm_attrition_fictional")
@pytest.mark.real_data
def test_the_hr_export_as_it_is():
    hr = pd.read_csv(DATA / "ibm_attrition_fictional" / "attrition.csv")
    mapping = {
        "id": "EmployeeNumber",
        "department": "Department",
        "seniority": gs.ranked("JobLevel"),
        "hire_date": gs.years_before("YearsAtCompany"),
        "satisfaction": gs.scale("JobSatisfaction", 1, 4),
    }
    with pytest.raises(gs.InvalidInput, match="'Attrition' may say who has left"):
        gs.Company.from_frames(hr, as_of="2026-12-31", columns=mapping)
    assert gs.Company.from_frames(hr, as_of="2026-12-31", columns=mapping | {"left": None}).employees == 1470
    firm = gs.Company.from_frames(hr, as_of="2026-12-31", columns=mapping | {"left": gs.equals("Attrition", "Yes")})
    assert firm.employees == 1470 - 237
    stayed = hr[hr["Attrition"] == "No"]
    assert np.bincount(firm.categories["seniority"]).tolist() == stayed["JobLevel"].value_counts().sort_index().tolist()
    assert sorted(firm.ids) == sorted(stayed["EmployeeNumber"].tolist())
    assert set(np.unique(firm.attributes["satisfaction"])) == {0.125, 0.375, 0.625, 0.875}
    assert int(firm.columns["not_used"].sum()) == 35 - 6


@needs("email_eu_core")
@pytest.mark.real_data
def test_the_email_network_as_it_is():
    people = pd.read_csv(DATA / "email_eu_core" / "departments.csv")
    ties = pd.read_csv(DATA / "email_eu_core" / "edges.csv")
    firm = gs.Company.from_frames(people, columns={"id": "id", "department": "department"}, ties=ties)
    counts = dict(zip(firm.warnings["code"], firm.warnings["count"], strict=True))
    assert (firm.employees, len(firm.labels["department"])) == (1005, 42)
    assert counts["ties_self_loops"] == 642
    assert len(firm.ties) + counts["ties_reciprocal"] == 25_571 - 642
    assert 1005 - counts["people_without_ties"] == len(np.unique(firm.ties))
    assert (firm.ties[:, 0] < firm.ties[:, 1]).all()
