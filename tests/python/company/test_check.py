"""A company beside published figures; firm facts; a company in a bare cell; what an export gets wrong."""

import numpy as np
import pandas as pd
import pytest

import groundswell as gs

HR = pd.DataFrame(
    {
        "id": range(8),
        "dept": ["A"] * 5 + ["B"] * 2 + [None],
        "level": ["individual", "senior", "manager", "manager", "director", "executive", "individual", None],
        "contacts": [100, 200, 300, 150, np.nan, 600, np.nan, 1000],
        "role": ["other"] * 6 + ["recruiter"] * 2,
        "years": [1.0, 2, 3, 4, 5, 6, 7, np.nan],
        "gone": ["No"] * 7 + ["Yes"],
        "<b>spare</b>": 1,
    }
)
COLUMNS = {"id": "id", "department": "dept", "seniority": "level", "connections": "contacts", "job_function": "role"}
LEFT = gs.equals("gone", "Yes")


def firm(columns=COLUMNS, **more):
    return gs.Company.from_frames(HR, columns=columns, **more)


def figures(company):
    return company.check().set_index("figure")


def test_figures_stand_beside_their_rows_of_evidence():
    rows = figures(firm(page_followers=100))
    assert list(rows.columns) == ["company", "published", "source", "remark"]
    assert rows.loc["employees", "company"] == 8
    assert rows.loc["largest department, share of employees", "company"] == pytest.approx(5 / 7)
    assert rows.loc["departments under 5 people", "company"] == 1
    mean = (100 + 200 + 300 + 150 + 600 + 1000) / 6
    by_source = firm().check().query("figure == 'connections, mean'").set_index("source")
    assert by_source["company"].tolist() == pytest.approx([mean] * 3)
    assert by_source["published"].tolist() == [144, 307, 303]
    assert by_source.index.tolist() == ["[3.1]", "[3.1]", "[3.2]"]
    assert rows.loc["connections, median / mean", "company"] == pytest.approx(250 / mean)
    assert rows.loc["connections, sum / page followers", "company"] == pytest.approx(8 * mean / 100)
    assert rows.loc["recruiters' connections, mean", "company"] == 1000


def test_seniorities_are_compared_as_ratios_to_individual_contributors():
    rows = figures(firm())
    manager, executive = (rows.loc[f"connections, {level} / individual"] for level in ("manager", "executive"))
    assert manager["company"] == pytest.approx(225 / 150)
    assert manager["published"] == pytest.approx(1.2, abs=0.03)
    assert executive["company"] == pytest.approx(600 / 150)
    assert executive["published"] == pytest.approx(2.2, abs=0.03)
    assert manager["source"] == executive["source"] == "[3.3]"
    assert manager["remark"].startswith("2 people given / 2 people given")
    assert np.isnan(rows.loc["connections, director / individual", "company"])  # nobody with both given


def test_far_figures_are_remarked_on_and_near_ones_are_not():
    rows = firm().check()
    means = rows[rows["figure"] == "connections, mean"]["remark"].tolist()  # 392: 2.7 × UK, 1.3 × London, 1.3 × US
    assert [remark.startswith("more than a factor 2 apart") for remark in means] == [True, False, False]


def test_tenure_and_leavers():
    company = firm({**COLUMNS, "left": LEFT, "hire_date": gs.years_before("years")}, as_of="2026-12-31")
    rows = figures(company)
    assert rows.loc["tenure in years, median", "company"] == pytest.approx(4, abs=0.01)
    assert np.isnan(rows.loc["tenure in years, median", "published"])
    assert rows.loc["tenure in years, median", "remark"].startswith("no published figure; ")
    assert rows.loc["leavers, share of the export", "company"] == pytest.approx(1 / 8)
    assert rows.loc["leavers, share of the export", "source"] == "[7.21]"


def test_ties_are_compared_with_connections():
    ties = pd.DataFrame({"source": [0, 1], "target": [1, 2], "since": 2020})
    rows = figures(firm(ties=ties))
    assert rows.loc["coworker ties a person, mean", "company"] == pytest.approx(4 / 8)
    assert "assumption" in rows.loc["coworker ties / connections", "remark"]


def test_a_company_that_says_nothing_has_no_figures():
    rows = figures(gs.Company.synthetic(5))
    assert rows["company"].dropna().to_dict() == {"employees": 5, "departments": 0}


def test_unused_columns_are_listed_for_the_export_and_the_ties():
    columns = firm(ties=pd.DataFrame({"source": [0], "target": [1], "since": 2020})).columns
    assert columns[columns["not_used"]]["source_column"].tolist() == ["years", "gone", "<b>spare</b>", "ties: since"]
    given = columns[~columns["not_used"]].set_index("field")
    people = given.drop(["ties", "page_followers", "left"])
    assert (people["given"] + people["missing"] == 8).all()


def test_facts_are_listed_with_defaults_and_use():
    facts = firm().facts.set_index("fact")
    assert list(facts.columns) == ["value", "state", "unit", "used_by"]
    assert facts["state"].unique().tolist() == ["default"]
    assert facts.loc["currency", "value"] == "USD"
    assert facts.loc["growth_per_year", "used_by"].startswith("nothing yet")
    assert facts.loc["page_followers", "value"] == (
        "sum of connections there / platforms.linkedin.connections_per_follower"
    )
    given = firm(
        name="Firm", page_followers=7, currency="EUR", growth_per_year=0.1, people_recruiter_share=0,
        market_price_per_click=7, market_price_per_thousand_impressions=40.5,
    ).facts  # fmt: skip
    pages = given["fact"].str.startswith("page_followers_")  # of other platforms
    assert given.loc[pages, "state"].unique().tolist() == ["default"]
    given = given[~pages]
    assert given["state"].unique().tolist() == ["given"]
    assert given["value"].tolist() == ["Firm", 7, 0.0, "EUR", 7.0, 40.5, 0.1]
    prices = facts.loc[["market_price_per_click", "market_price_per_thousand_impressions"], "value"]
    assert prices.tolist() == [5.58, 33]


def test_market_prices_stand_beside_published_ones_and_change_no_world():
    priced = firm(market_price_per_click=20, currency="EUR")
    rows = figures(priced)
    click = rows.loc["market price per click"]
    assert (click["company"], click["published"], click["source"]) == (20, 5.58, "[6.7]")
    assert click["remark"].startswith("more than a factor 2 apart")
    thousand = rows.loc["market price per thousand impressions"]
    assert np.isnan(thousand["company"])
    address = "company.market_price_per_thousand_impressions"
    assert f"EUR, not given: 33 is taken, state yours in {address}" in thousand["remark"]
    assert priced.content_hash() == firm(currency="EUR").content_hash()
    assert priced != firm(currency="EUR")
    scenario = gs.Scenario(priced, "2027-01-04").replace({"company.market_price_per_click": 6})
    assert scenario.company.firm.market_price("market_price_per_click") == 6
    assert scenario.parameters().set_index("path").loc["company.market_price_per_click", "unit"] == "currency a click"


def test_the_recruiter_share_reaches_the_core_and_the_hash():
    synthetic = gs.Company.synthetic(50, people_recruiter_share=0.45)
    assert synthetic.recruiter_share.tolist() == [0, 0, 0, 0, 0, 0.45, 0]
    assert synthetic.content_hash() != gs.Company.synthetic(50).content_hash()
    assert gs.Company.synthetic(50, currency="EUR").content_hash() == gs.Company.synthetic(50).content_hash()
    assert gs.Company.synthetic(50, currency="EUR") != gs.Company.synthetic(50)
    law = synthetic.columns.set_index("field").loc["job_function", "imputed_from"]
    assert "0.45 of people" in law


def test_a_fact_has_an_address_in_replace_diff_and_parameters():
    base = gs.Scenario(gs.Company.synthetic(50), "2027-01-04", label="Base")
    other = base.replace({"company.people_recruiter_share": 0.45, "company.page_followers": 900})
    same = gs.Company.synthetic(50, people_recruiter_share=0.45, page_followers=900)
    assert other.company == same
    assert other.company.columns.equals(same.columns)
    assert base.company == gs.Company.synthetic(50)
    changed = base.diff(other).set_index("path")
    assert changed.index.tolist() == ["company.page_followers", "company.people_recruiter_share"]
    assert changed.loc["company.people_recruiter_share", "other"] == 0.45
    assert other.label == "Base; company.page_followers = 900; company.people_recruiter_share = 0.45"
    own, default = (table.set_index("path") for table in (other.parameters(), gs.parameters()))
    assert own.loc["company.people_recruiter_share", ["value", "default", "changed"]].tolist() == [0.45, 0.3, True]
    assert default.loc["company.people_recruiter_share", ["value", "changed"]].tolist() == [0.3, False]
    fewer = other.replace({"company.people_recruiter_share": None})
    assert fewer.company == gs.Company.synthetic(50, page_followers=900)
    with pytest.raises(gs.UnknownName, match=r"company\.people_recruiter: .*name: company\.people_recruiter_share"):
        base.replace({"company.people_recruiter": 0.1})
    with pytest.raises(gs.InvalidInput, match="as a whole and in parts"):
        base.replace({"company.currency": "EUR"}, company=gs.Company.synthetic(9))


def test_another_company_with_other_facts_differs_in_both():
    base = gs.Scenario(gs.Company.synthetic(50), "2027-01-04")
    other = base.replace(company=gs.Company.synthetic(60, currency="EUR"))
    assert base.diff(other)["path"].tolist() == ["company", "company.currency"]


def test_facts_come_back_from_a_scenario_file():
    company = gs.Company.synthetic(50, people_recruiter_share=0.45, currency="EUR", page_followers=9)
    text = gs.Scenario(company, "2027-01-04").to_yaml()
    assert gs.Scenario.from_yaml(text).company == company


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"page_followers": -1}, r"page_followers = -1: must be a whole number"),
        ({"currency": "euro"}, r"currency = 'euro': must be three capital letters"),
        ({"market_price_per_click": -1}, r"market_price_per_click = -1: must be a number, \[0, 1e\+06\] \(currency a"),
        ({"market_price_per_thousand_impressions": "33"}, r"company.market_price_per_thousand_impressions = '33'"),
        ({"growth_per_year": float("nan")}, r"growth_per_year = nan: must be a number, \[-0.9, 10\]"),
        ({"people_recruiter_share": 1.5}, r"people_recruiter_share = 1.5: must be a number, \[0, 1\] \(share\)"),
        ({"people_recruiter_share": True}, r"people_recruiter_share = True"),
        ({"page_folowers": 5}, r"company.page_folowers: no such address; nearest valid name: company.page_followers"),
    ],
)
def test_facts_are_checked(facts, message):
    for make in (lambda: firm(**facts), lambda: gs.Company.synthetic(5, **facts)):
        with pytest.raises(gs.InvalidInput, match=message):
            make()


def test_a_bare_cell_shows_given_imputed_unused_facts_and_warnings():
    page = firm({**COLUMNS, "left": LEFT}, name="<i>Firm</i>", currency="EUR")._repr_html_()
    assert "<i>" not in page
    assert "<b>spare" not in page
    for text in ("7 employees", "Columns not used, 2: years", "shares of the built-in company", "leavers_excluded",
                 "growth_per_year", "EUR", "retention.tenure_mean_years"):  # fmt: skip
        assert text in page


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"left": gs.equals("<b>spare</b>", 1)}, "columns.left: everybody in the table has left"),
        ({"left": gs.equals("gone", "No")}, "two employees at least; there is 1; columns.left excludes 7"),
        ({"department": "id"}, r"columns.department = 'id': is also columns.id; ids say nothing"),
        ({"region": "dept", "department": "dept"}, r"columns.department = 'dept': is also columns.region"),
        (
            {"satisfaction": gs.scale("years", 1, 7), "willingness": gs.scale("years", 1, 7)},
            r"columns.willingness = 'years': is also columns.satisfaction; two fields would be one",
        ),
        ({"satisfaction": gs.scale("contacts", 1, 5)}, "row 0, column 'contacts' = 100.0: must be an answer of the"),
        ({"region": "where"}, "columns.region = 'where': no such column"),
    ],
)
def test_mappings_that_cannot_be_meant_are_refused(columns, message):
    with pytest.raises(gs.InvalidInput, match=message):
        firm({"id": "id", **columns})


def test_a_column_may_say_two_things_where_it_can():
    both = firm({"id": "id", "job_function": "role", "department": "role"})
    assert both.labels["department"] == ("other", "recruiter")
    stayed = firm({"id": "id", "department": "gone", "left": LEFT})
    assert stayed.labels["department"] == ("No",)


def test_no_connections_is_an_error_with_a_way_out():
    with pytest.raises(
        gs.InvalidInput, match=r"row 0, column 'contacts' = 0.0: .*without an account.*\(2 such cells\)"
    ):
        gs.Company.from_frames(
            HR.assign(contacts=[0.0, 0.0, *[5.0] * 6]), columns={"id": "id", "connections": "contacts"}
        )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("01/02/2024", r"ambiguous \(day or month first\?\); .*hr\['day'\], format='%d/%m/%Y' or '%m/%d/%Y'\)"),
        ("1.2.24", r"ambiguous .*format='%d\.%m\.%y' or '%m\.%d\.%y'"),
        ("13/02/2024", r"without time zone; state the format: .*format='%d/%m/%Y'\) \("),
        ("02-13-2024", r"without time zone; state the format: .*format='%m-%d-%Y'\) \("),
        ("02/02/2024", r"without time zone; state the format: "),
        ("40/40/2024", r"without time zone \(8 such cells: rows 0, 1, 2, 3, 4, 5, 6, 7\)$"),
        ("2024/02/01", r"without time zone \(8 such cells"),
    ],
)
def test_dates_as_text_are_never_guessed(text, message):
    hr = HR.assign(day=[text] * 8)
    with pytest.raises(gs.InvalidInput, match=message) as caught:
        gs.Company.from_frames(hr, columns={"id": "id", "hire_date": "day"}, as_of="2026-12-31")
    assert str(caught.value).startswith(f"row 0, column 'day' = '{text}': must be a date")
    assert ("ambiguous" in str(caught.value)) == (text in ("01/02/2024", "1.2.24"))
