"""A mapping to paste: what it says, that it works as it stands, and that nothing applies it."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import groundswell as gs

IBM = Path(__file__).resolve().parents[4] / "shared" / "data" / "ibm_attrition_fictional" / "attrition.csv"
PEOPLE = 12


def table(**columns):
    return pd.DataFrame({"EmpID": [f"e{i}" for i in range(PEOPLE)], **columns})


def pasted(suggestion):
    """The mapping as a person gets it: the text, pasted into a call."""
    return eval(f"dict({suggestion!r}\n)", {"gs": gs})["columns"]  # noqa: S307


def state(suggestion):
    frame = suggestion.frame().set_index("field")
    return {name: (row["state"], row["code"]) for name, row in frame.iterrows()}


@pytest.mark.skipif(not IBM.is_file(), reason=f"real data not found: {IBM}")
@pytest.mark.real_data
def test_the_fictional_export_gets_a_mapping_that_works():
    hr = pd.read_csv(IBM)
    suggestion = gs.Company.suggest_columns(hr)
    mapping = pasted(suggestion)
    assert mapping == {
        "id": "EmployeeNumber",
        "department": "Department",
        "seniority": gs.ranked("JobLevel"),
        "hire_date": gs.years_before("YearsAtCompany"),
        "left": gs.equals("Attrition", "Yes"),
        "satisfaction": gs.scale("JobSatisfaction", 1, 4),
    }
    rows = suggestion.frame().set_index("field")
    assert (
        rows.loc["satisfaction", "alternatives"] == "EnvironmentSatisfaction, RelationshipSatisfaction, JobInvolvement"
    )
    assert "TotalWorkingYears" in rows.loc["hire_date", "alternatives"]
    assert rows.loc["job_function", "state"] == "needs work"
    assert "EnvironmentSatisfaction, RelationshipSatisfaction, JobInvolvement" in repr(suggestion)
    assert repr(suggestion).endswith(
        "# will be imputed: region, job_function, connections, social_activity, persuasion, susceptibility, "
        "product_belief, willingness, readiness, sales_skill"
    )
    company = gs.Company.from_frames(hr, as_of="2026-12-31", columns=mapping)
    assert company.employees == 1470 - 237
    assert company.warnings["code"].tolist() == ["leavers_excluded", "columns_not_used"]


def test_a_suggestion_is_not_a_mapping():
    hr = table()
    with pytest.raises(gs.InvalidInput, match=r"columns is a Suggestion: must map fields.*paste it"):
        gs.Company.from_frames(hr, columns=gs.Company.suggest_columns(hr))
    with pytest.raises(TypeError):
        dict(gs.Company.suggest_columns(hr))


@pytest.mark.parametrize(
    ("field", "name", "values", "code"),
    [
        ("id", "EMPLOYEE_NUMBER", list(range(PEOPLE)), '"EMPLOYEE_NUMBER"'),
        ("department", "business unit", ["A", "B"] * 6, '"business unit"'),
        ("region", "Work Location", ["Graz", "Wien"] * 6, '"Work Location"'),
        ("seniority", "Grade", [10, 20, 30] * 4, 'gs.ranked("Grade")'),
        ("seniority", "Level", [0, 1, 4] * 4, '"Level"'),
        ("seniority", "Seniority", ["Manager", "senior", None] * 4, '"Seniority"'),
        ("job_function", "job_function", ["Sales", "other", "recruiter"] * 4, '"job_function"'),
        ("hire_date", "HireDate", ["2020-01-31", "2019-05-01"] * 6, '"HireDate"'),
        ("hire_date", "Start Date", pd.to_datetime(["2020-01-31", None] * 6), '"Start Date"'),
        ("hire_date", "tenure", [0.5, 10] * 6, 'gs.years_before("tenure")'),
        ("left", "has_left", [True, False] * 6, '"has_left"'),
        ("left", "is_active", [True, False] * 6, 'gs.equals("is_active", False)'),
        ("left", "Active", ["Yes", "No"] * 6, 'gs.equals("Active", "No")'),
        ("left", "Still employed", [True, False] * 6, 'gs.equals("Still employed", False)'),
        ("left", "Still here", ["Y", "N"] * 6, 'gs.equals("Still here", "N")'),
        ("left", "Is current", [1, 0] * 6, 'gs.equals("Is current", 0)'),
        ("left", "Noch da", ["ja", "nein"] * 6, 'gs.equals("Noch da", "nein")'),
        ("left", "no longer here", ["Y", "N"] * 6, 'gs.equals("no longer here", "Y")'),
        ("left", "Type of record", ["active", "Terminated"] * 6, 'gs.equals("Type of record", "Terminated")'),
        ("left", "Présence", ["oui", "non"] * 6, 'gs.equals("Présence", "non")'),
        ("left", "no longer employed", [1, 0] * 6, 'gs.equals("no longer employed", 1)'),
        ("left", "Termd", [0, 1] * 6, 'gs.equals("Termd", 1)'),
        ("left", "attrition_flag", [0, 1] * 6, 'gs.equals("attrition_flag", 1)'),
        ("left", "EmploymentStatus", ["Active", "Terminated for cause"] * 6,
         'gs.equals("EmploymentStatus", "Terminated for cause")'),
        ("left", "EmploymentStatus", ["Active", "Resigned", "Retired"] * 4,
         'gs.equals("EmploymentStatus", "Resigned", "Retired")'),
        ("left", "Termination Date", ["2020-01-31", None] * 6, 'gs.left_by("Termination Date")'),
        ("left", "Statut", ["Actif", "Sorti"] * 6, 'gs.equals("Statut", "Sorti")'),
        ("left", "Datum uit dienst", ["2020-01-31", None] * 6, 'gs.left_by("Datum uit dienst")'),
        ("department", "Abteilung", ["A", "B"] * 6, '"Abteilung"'),
        ("region", "País", ["ES", "NA"] * 6, '"País"'),
        ("hire_date", "Date d'embauche", ["2020-01-31", "2019-05-01"] * 6, '"Date d\'embauche"'),
        ("fte", "Beschäftigungsgrad", [1, 0.5] * 6, '"Beschäftigungsgrad"'),
        ("satisfaction", "Tevredenheid (1-10)", [2, 9] * 6, 'gs.scale("Tevredenheid (1-10)", 1, 10)'),
        ("connections", "LinkedIn connections", [10, None, 500] * 4, '"LinkedIn connections"'),
        ("satisfaction", "EmpSatisfaction", [1, 5] * 6, 'gs.scale("EmpSatisfaction", 1, 5)'),
        ("satisfaction", "EngagementSurvey", [1.12, 5.0, 4.6] * 4, 'gs.scale("EngagementSurvey", 1.12, 5, step=0.01)'),
        ("satisfaction", "satisfaction", [0.2, 0.9] * 6, '"satisfaction"'),
        ("willingness", "Willingness \"to\" share", [1, 7] * 6, 'gs.scale("Willingness \\"to\\" share", 1, 7)'),
    ],
)  # fmt: skip
def test_what_a_name_and_its_values_suggest(field, name, values, code):
    hr = table(**{name: values}) if field != "id" else pd.DataFrame({name: values, "x": 1})
    suggestion = gs.Company.suggest_columns(hr)
    assert state(suggestion)[field] == ("suggested", code)
    company = gs.Company.from_frames(hr, columns=pasted(suggestion), as_of="2026-12-31")
    assert company.columns.set_index("field").loc[field, "source_column"] == name


@pytest.mark.parametrize(
    ("field", "name", "values", "why"),
    [
        ("department", "Dept", [f"d{i}" for i in range(PEOPLE)], "12 different values are too many"),
        ("seniority", "Grade", ["Junior", "Lead"] * 6, 'lowest first: gs.ranked("Grade", ["Junior", "Lead"])'),
        ("seniority", "Grade", list(range(1, 7)) * 2, "6 levels; gs.ranked takes 5 at most"),
        ("job_function", "JobRole", ["Welder", "Sales"] * 6, "make a column of sales, recruiter and other"),
        ("hire_date", "HireDate", ["01/02/2024", "2024-03-05"] * 6, "ambiguous"),
        ("hire_date", "HireDate", ["13/02/2024"] * PEOPLE, "format='%d/%m/%Y'"),
        ("hire_date", "TenureMonths", [5, 400] * 6, "in months"),
        ("left", "Attrition", ["Yes", "No", None] * 4, "row 2, column 'Attrition'"),
        ("left", "EmploymentStatus", ["Active", "On leave", "Unknown"] * 4, "which of them have left?"),
        ("left", "Status", [1, 0] * 6, "which of them have left?"),
        ("left", "Statut", [True, False] * 6, "which of them have left?"),
        ("connections", "Connections", [0, 5] * 6, "row 0, column 'Connections' = 0"),
        ("satisfaction", "Satisfaction", ["low", "high"] * 6, "a column of numbers is needed"),
        ("satisfaction", "Satisfaction", [0.123456, 3.3] * 6, "not the answers of a scale"),
    ],
)
def test_what_needs_work_first_is_a_comment_that_says_why(field, name, values, why):
    suggestion = gs.Company.suggest_columns(table(**{name: values}))
    row = suggestion.frame().set_index("field").loc[field]
    assert row["state"] == "needs work"
    assert why in row["why"]
    assert field not in pasted(suggestion)
    assert f'# {field}: "{name}"' in repr(suggestion) or "row " in row["why"]


def test_the_better_name_wins_and_one_column_serves_one_field():
    hr = table(DepartmentID=[1, 2] * 6, Department=["A", "B"] * 6, StockOptionLevel=[1, 2] * 6, JobLevel=[1, 2] * 6,
               ManagerID=range(PEOPLE))  # fmt: skip
    suggestion = gs.Company.suggest_columns(hr)
    mapping = pasted(suggestion)
    assert mapping == {"id": "EmpID", "department": "Department", "seniority": gs.ranked("JobLevel")}
    assert suggestion.frame().set_index("field").loc["department", "alternatives"] == "DepartmentID"


def test_an_id_whose_name_says_nothing_is_offered_with_that_remark():
    suggestion = gs.Company.suggest_columns(pd.DataFrame({"zeichen": ["x", "y", "z"], "a": [1, 1, 2]}))
    assert pasted(suggestion) == {"id": "zeichen"}
    assert "its name does not say" in repr(suggestion)
    nothing = gs.Company.suggest_columns(pd.DataFrame({"a": [1, 1, 2]}))
    assert pasted(nothing) == {}
    assert "# id: is required" in repr(nothing)


def test_odd_columns_are_passed_over_without_a_word_or_a_warning():
    hr = table(lists=[[1]] * PEOPLE, level=[[1], 2] * 6, mixed=[1, "a"] * 6)
    hr[7] = 1
    hr = pd.concat([hr, hr[["mixed"]]], axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pasted(gs.Company.suggest_columns(hr)) == {"id": "EmpID"}


@pytest.mark.parametrize(
    ("hr", "message"),
    [({}, "hr.*dict"), (pd.DataFrame({"a": []}), "hr: the table is")],
)
def test_what_is_no_export_is_refused(hr, message):
    with pytest.raises(gs.InvalidInput, match=message):
        gs.Company.suggest_columns(hr)


@pytest.mark.parametrize("name", ["dept\n)\nraise SystemExit(", "dept\r0", "dept\x000", 'dept")  # 0', "dept \u2028x"])
def test_a_column_name_cannot_become_code(name):
    hr = table(**{name: ["A", "B"] * 6, "department": ["C", "D"] * 6})
    assert pasted(gs.Company.suggest_columns(hr)) == {"id": "EmpID", "department": "department"}
    alone = gs.Company.suggest_columns(hr.drop(columns="department"))
    assert pasted(alone) == {"id": "EmpID", "department": name}


def test_the_text_is_escaped_in_a_cell():
    hr = table(**{"<script> satisfaction": [1, 5] * 6})
    page = gs.Company.suggest_columns(hr)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt; satisfaction" in page
    assert np.isin(["satisfaction"], gs.Company.suggest_columns(hr).frame()["field"]).all()


def test_decimal_ids_that_may_have_lost_digits_are_not_suggested():
    hr = pd.DataFrame({"EmployeeID": [float(2**53 + 2 * i) for i in range(PEOPLE)]})
    suggestion = gs.Company.suggest_columns(hr)
    assert pasted(suggestion) == {}
    assert "may have lost its last digits" in repr(suggestion)
