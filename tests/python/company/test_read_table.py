"""Who of a table counts, levels in their order, odd types of cells, all problems in one report, what is warned of."""

import datetime
import decimal

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import world_parameters

PEOPLE = 8
BASE = pd.DataFrame({"id": [f"E{i}" for i in range(PEOPLE)], "dept": ["A", "B"] * 4})


def read(frame=None, as_of=None, columns=None, **more):
    frame = (BASE if frame is None else frame).assign(**more)
    return gs.Company.from_frames(frame, columns={"id": "id", **(columns or {})}, as_of=as_of)


def warned(company):
    return company.warnings.set_index("code")


def levels(company):
    """In the order of the ids, which is that of the table."""
    return company.categories["seniority"][company.numbers_of(sorted(company.ids))].tolist()


# Leavers


@pytest.mark.parametrize(
    ("cells", "values", "left"),
    [
        (["Active", "Retired", "Resigned", " Retired "] * 2, ("Retired", "Resigned"), [1, 2, 3, 5, 6, 7]),
        ([0, 1] * 4, (1,), [1, 3, 5, 7]),
        ([0, 1] * 4, ("1",), [1, 3, 5, 7]),
        (["0", "1"] * 4, (1,), [1, 3, 5, 7]),
        (["007", "7"] * 4, (7,), [1, 3, 5, 7]),  # leading zeros are text, not a number
        ([True, False] * 4, (np.bool_(False),), [1, 3, 5, 7]),
        ([True, False] * 4, ("false",), [1, 3, 5, 7]),
        (["TRUE", "False"] * 4, (False,), [1, 3, 5, 7]),
        ([1, 0] * 4, (True,), []),  # a truth value is no number
        (pd.array([0, 1] * 4, dtype="Int64"), (np.int8(1),), [1, 3, 5, 7]),
        (pd.array(["x", "y"] * 4, dtype="string"), ("y",), [1, 3, 5, 7]),
        (pd.array([True, False] * 4, dtype="boolean"), (False,), [1, 3, 5, 7]),
        (pd.Categorical(["x", "y"] * 4), ("y",), [1, 3, 5, 7]),
        (pd.Series([np.int64(0), decimal.Decimal("1.0")] * 4, dtype=object), (1,), [1, 3, 5, 7]),
    ],
)
def test_values_that_mean_left_are_matched_as_a_person_reads_them(cells, values, left):
    company = read(gone=cells, columns={"left": gs.equals("gone", *values)})
    assert sorted(company.ids) == [f"E{i}" for i in range(PEOPLE) if i not in left]


@pytest.mark.parametrize("cells", [pd.array([True, False] * 4, dtype="boolean"), np.array([True, False] * 4)])
def test_truth_values_of_every_kind_say_who_left(cells):
    assert read(gone=cells, columns={"left": "gone"}).employees == 4
    assert read(gone=pd.Series(list(cells), dtype=object), columns={"left": "gone"}).employees == 4


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, ["Yes"], {"Yes"}])
def test_equals_takes_values_one_by_one(value):
    with pytest.raises(gs.InvalidInput, match=r"equals\('gone', .*each value is one argument, and none is missing"):
        gs.equals("gone", value)
    with pytest.raises(gs.InvalidInput, match=r"equals\('gone'\): needs a value"):
        gs.equals("gone")


def test_a_date_far_away_stands_for_none():
    company = read(gone=["9999-12-31", "2020-01-01"] * 4, as_of="2026-12-31", columns={"left": gs.left_by("gone")})
    assert company.employees == 4
    assert "leaving_later" not in warned(company).index


def test_a_date_of_leaving_decides_by_the_day():
    days = [None, "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-04", "2027-06-30", None, None]
    known = read(gone=days, as_of="2026-12-31", columns={"left": gs.left_by("gone")})
    assert sorted(known.ids) == ["E0", "E3", "E4", "E5", "E6", "E7"]
    by_start = read(gone=days, columns={"left": gs.left_by("gone", datetime.date(2027, 1, 4))})
    assert sorted(by_start.ids) == ["E0", "E4", "E5", "E6", "E7"]
    later = warned(by_start).loc["leaving_later"]
    assert (later["count"], later["examples"]) == (2, "E4, E5")
    assert warned(by_start).loc["leavers_excluded", "count"] == 3
    with pytest.raises(gs.InvalidInput, match=r"^as_of: is required with gs.left_by without a day"):
        read(gone=days, columns={"left": gs.left_by("gone")})
    with pytest.raises(gs.InvalidInput, match=r"row 1, column 'gone' = '31/12/2026': must be a date"):
        read(gone=[None, "31/12/2026"] * 4, as_of="2026-12-31", columns={"left": gs.left_by("gone")})
    with pytest.raises(gs.InvalidInput, match=r"left_by\('gone', 'soon'\): day must be a date"):
        gs.left_by("gone", "soon")


@pytest.mark.parametrize(
    "header",
    ["Attrition", "Termination Date", "EmploymentStatus", "Status", "is_active", "Date de sortie", "Statut",
     "Austrittsdatum", "Mitarbeiterstatus", "Fecha de baja", "Estado", "Datum uit dienst", "Uitdiensttreding",
     "exit_date", "Termd"],
)  # fmt: skip
def test_headers_of_leavers_stop_in_five_languages(header):
    frame = BASE.assign(**{header: ["a", "b"] * 4})
    with pytest.raises(gs.InvalidInput, match=r"columns.left: ") as caught:
        read(frame)
    assert header in str(caught.value)
    assert "left=None" in str(caught.value)
    assert read(frame, columns={"left": None}).employees == PEOPLE


@pytest.mark.parametrize(
    "header", ["Marital Status", "Familienstand", "Visa status", "Left-handed", "Annual leave", "Over18"]
)
def test_headers_of_something_else_do_not_stop(header):
    assert read(BASE.assign(**{header: ["a", "b"] * 4})).employees == PEOPLE


# Contracts, part time, managers


def test_contracts_decide_who_is_an_employee():
    kinds = ["CDI", "CDD", "Prestataire", "Stage"] * 2
    company = read(kind=kinds, columns={"contract": gs.equals("kind", "CDI", "CDD")})
    assert sorted(company.ids) == ["E0", "E1", "E4", "E5"]
    assert warned(company).loc["contracts_excluded", "count"] == 4
    with pytest.raises(gs.InvalidInput, match=r"columns.contract = 'kind': say which .*'CDI', 'CDD', 'Prestataire'"):
        read(kind=kinds, columns={"contract": "kind"})
    with pytest.raises(gs.InvalidInput, match=r"columns.contract: nobody in the table counts as employee"):
        read(kind=kinds, columns={"contract": gs.equals("kind", "nobody")})


def test_full_time_equivalents_are_read_and_shown():
    company = read(fte=[1, 0.5, None, 1, 1, 1, 1, 0.8], columns={"fte": "fte"})
    figure = company.check().set_index("figure").loc["full-time equivalents, sum of those given"]
    assert figure["company"] == pytest.approx(6.3)
    with pytest.raises(gs.InvalidInput, match=r"row 1, column 'fte' = 80: must be a share of full time"):
        read(fte=[1, 80] * 4, columns={"fte": "fte"})


# Levels


NAMES = ["Junior", "Senior", "Manager", "Director"]


def test_an_ordered_categorical_ranks_as_declared():
    cells = pd.Categorical(NAMES * 2, categories=[*NAMES, "Never"], ordered=True)
    company = read(level=cells, columns={"seniority": gs.ranked("level")})
    assert levels(company) == [0, 1, 2, 3] * 2


@pytest.mark.parametrize("cells", [NAMES * 2, pd.Categorical(NAMES * 2), pd.array(NAMES * 2, dtype="string")])
def test_other_text_is_refused_with_the_list_to_paste(cells):
    with pytest.raises(gs.InvalidInput, match=r"gs.ranked\('level', \['Junior', 'Senior', 'Manager', 'Director'\]\)"):
        read(level=cells, columns={"seniority": gs.ranked("level")})
    company = read(level=cells, columns={"seniority": gs.ranked("level", NAMES)})
    assert levels(company) == [0, 1, 2, 3] * 2


def test_levels_can_be_grouped():
    order = ["Junior", ["Senior", "Manager"], "Director"]
    company = read(level=NAMES * 2, columns={"seniority": gs.ranked("level", order)})
    assert levels(company) == [0, 1, 1, 2] * 2


def test_numbers_as_text_rank_by_size():
    company = read(level=["10", "9", "2", "10"] * 2, columns={"seniority": gs.ranked("level")})
    assert levels(company) == [2, 1, 0, 2] * 2


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (["Junior", "Senior", "Manager"], r"row 3, column 'level' = 'Director': is no level of ranked"),
        ("Junior", "order must be a list of levels"),
        ([], "order must be a list of levels"),
        (["Junior", "Junior"], "each value once"),
        (list("abcdef"), "order has 6 levels; at most 5"),
        (["a", []], "none empty"),
        ([["a", ["b"]]], "a level is a value or a list of values"),
    ],
)
def test_orders_that_make_no_sense_are_refused(order, message):
    with pytest.raises(gs.InvalidInput, match=message):
        read(level=NAMES * 2, columns={"seniority": gs.ranked("level", order)})


# Types of cells


@pytest.mark.parametrize(
    "kind",
    [
        lambda v: pd.Series([np.int64(x) for x in v], dtype=object),
        lambda v: pd.Series([np.float32(x) for x in v], dtype=object),
        lambda v: pd.Series([decimal.Decimal(x) for x in v], dtype=object),
        lambda v: pd.array(v, dtype="Int64"),
        lambda v: pd.array(v, dtype="Float64"),
        lambda v: pd.array(v, dtype="int64[pyarrow]"),
        pd.Categorical,
        lambda v: np.array(v, dtype=np.uint16),
    ],
)
def test_numbers_of_every_kind_are_the_same_numbers(kind):
    values = [10, 500, 7, 30_000, 1, 2, 3, 4]
    plain = read(contacts=values, columns={"connections": "contacts"})
    assert read(contacts=kind(values), columns={"connections": "contacts"}) == plain


def test_a_column_of_numbers_with_gaps_of_every_kind():
    for cells in (pd.array([1, None] * 4, dtype="Int64"), pd.Series([np.int64(1), None] * 4, dtype=object)):
        company = read(contacts=cells, columns={"connections": "contacts"})
        assert np.isnan(company.attributes["connections"]).sum() == 4


# One report


def test_all_problems_come_in_one_report():
    frame = pd.DataFrame({"id": ["a", "a", None, "d"], "contacts": [1, 0.5, -2, "x"],
                          "fun": ["sales", "cook", "x", "y"],
                          "hired": ["01/02/2020", "2020-13-01", None, "2020-01-01"]}, index=[5, 6, 7, 8])  # fmt: skip
    columns = {"id": "id", "connections": "contacts", "job_function": "fun", "hire_date": "hired"}
    with pytest.raises(gs.InvalidInput) as caught:
        gs.Company.from_frames(frame.iloc[:], columns=columns, as_of="2026-12-31")
    text = str(caught.value)
    assert text.startswith("6 problems:")
    assert "row 6, column 'id' = 'a': the same id is in row 5" in text
    assert "row 7, column 'id' = " in text
    assert "row 6, column 'contacts' = 0.5: must be a whole number" in text
    assert "(3 such cells: rows 6, 7, 8)" in text
    assert "row 5, column 'hired' = '01/02/2020'" in text
    assert "row 6, column 'hired' = '2020-13-01'" in text
    assert "row 6, column 'fun' = 'cook'" in text
    assert len(caught.value.problems) == 6


def test_all_problems_of_a_mapping_come_in_one_report():
    with pytest.raises(gs.InvalidInput) as caught:
        read(columns={"departement": "dept", "region": "wher", "fte": gs.scale("dept", 1, 2)})
    assert [line.strip().split(":")[0] for line in str(caught.value).splitlines()] == [
        "3 problems",
        "columns",
        "columns.region = 'wher'",
        "columns.fte = Scale(column='dept', low=1.0, high=2.0, step=1.0)",
    ]


# Warnings


def test_rows_that_say_the_same_count_once():
    many = pd.DataFrame({"id": [f"E{i}" for i in range(60)], "dept": ["A", "B"] * 30})
    frame = pd.concat([many, many.iloc[[1, 5]]], ignore_index=True)
    company = read(frame, columns={"department": "dept"})
    assert company.employees == 60
    assert warned(company).loc["repeated_rows", ["count", "examples"]].tolist() == [2, "E1, E5"]
    frame.loc[60, "dept"] = "A"
    with pytest.raises(gs.InvalidInput, match=r"row 60, column 'id' = 'E1': the same id is in row 1"):
        read(frame, columns={"department": "dept"})


def test_a_column_that_is_no_id_is_not_taken_for_repeated_rows():
    with pytest.raises(gs.InvalidInput, match=r"row 2, column 'dept' = 'A': the same id is in row 0"):
        gs.Company.from_frames(BASE, columns={"id": "dept"})


def test_rows_without_an_id_are_never_counted_once():
    frame = pd.concat([BASE, pd.DataFrame({"id": [None, None], "dept": ["A", "A"]})], ignore_index=True)
    with pytest.raises(gs.InvalidInput, match=r"row 8, column 'id' = .*\(2 such cells: rows 8, 9\)"):
        read(frame, columns={"department": "dept"})


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sales", "sales"), ("Straße", "STRASSE"), ("Caf\u00e9", "Cafe\u0301"), ("R & D", "R  & D"), ("Ⅳ", "IV")],
)
def test_spellings_that_differ_a_little_are_named(one, other):
    company = read(dept=[one, other] * 4, columns={"department": "dept"})
    assert len(company.labels["department"]) == 2
    row = warned(company).loc["spellings_differ"]
    assert row["count"] == 1
    assert repr(one) in row["examples"]


@pytest.mark.parametrize("name", ["ann.lee@example.com", "Lee, Ann", "Ann Lee", "María José Ruiz", "O’Neil, Tim"])
def test_ids_that_look_like_people_are_named_but_not_repeated(name):
    row = warned(read(id=[name, *[f"E{i}" for i in range(1, PEOPLE)]])).loc["ids_look_personal"]
    assert (row["count"], row["examples"]) == (1, "")
    assert "ids_look_personal" not in warned(read(id=[f"AB {i}" for i in range(PEOPLE)])).index


def test_who_is_hired_later_is_told():
    company = read(hired=["2020-01-01", "2027-02-01"] * 4, as_of="2026-12-31", columns={"hire_date": "hired"})
    assert warned(company).loc["hired_after_as_of", "count"] == 4


def test_missing_hire_dates_are_told_like_other_columns():
    company = read(hired=["2020-01-01", None] * 4, as_of="2026-12-31", columns={"hire_date": "hired"})
    assert warned(company).loc["partly_missing", ["count", "examples"]].tolist() == [4, "hire_date"]


def test_every_column_that_is_not_used_is_listed():
    many = {f"extra {i}": 1 for i in range(40)}
    row = warned(read(BASE.assign(**many))).loc["columns_not_used"]
    assert row["count"] == 41
    assert row["examples"] == ", ".join(["dept", *many])


@pytest.mark.parametrize("sign", ["\n", "\t", "\x0b", "\x0c", "\r\n", "\u2028", "\x85", "\x1f"])
def test_line_breaks_of_a_cell_are_spaces_and_told(sign):
    company = read(dept=[f"Sales{sign}North", "B"] * 4, columns={"department": "dept"})
    assert company.labels["department"] == ("B", "Sales North")
    assert warned(company).loc["line_breaks_in_names", "count"] == 4


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\uffff"])
def test_control_characters_are_refused_with_their_row(sign):
    for field in ("department", "region"):
        with pytest.raises(gs.InvalidInput, match=rf"row 1, column 'dept' = .*U\+{ord(sign):04X}"):
            read(dept=["A", f"x{sign}y"] * 4, columns={field: "dept"})
    with pytest.raises(gs.InvalidInput, match=r"row 0, column 'id' = .*control character"):
        read(id=[f"E{sign}{i}" for i in range(PEOPLE)])


# Managers


def staff(**more):
    names = {"name": [f"N{i}, V" for i in range(PEOPLE)], "boss": [None, "E0", "E0", "E1", "E1", "E9", "E5", "E0"]}
    return BASE.assign(**names | more)


def coworkers(company, world):
    """The ties among employees of one world, as pairs of numbers."""
    scenario = gs.Scenario(company, start="2027-01-04")
    built = _core.build_world(company.core_input(), world_parameters(scenario), 1, world, 1)
    begin, ties = (np.asarray(array).astype(np.int64) for array in built.employee_rows("linkedin"))
    ends = zip(np.repeat(np.arange(company.employees), np.diff(begin)), ties & 0xFFFFFF, strict=True)
    rows = company.draw_order.rows
    return {tuple(sorted((int(rows[a]), int(rows[b])))) for a, b in ends if b < company.employees}


def test_ties_with_managers_are_in_every_world_and_others_are_generated():
    people = 120
    bosses = [None, *[(i - 1) // 8 for i in range(1, people)]]
    frame = pd.DataFrame({"id": range(people), "boss": pd.Series(bosses, dtype=object)})
    company = gs.Company.from_frames(frame, columns={"id": "id", "manager": "boss"})
    plain = gs.Company.from_frames(frame, columns={"id": "id"})
    certain = set(map(tuple, company.known_ties.tolist()))
    assert len(certain) == people - 1
    for world in range(3):
        found, without = coworkers(company, world), coworkers(plain, world)
        assert certain <= found
        assert not certain <= without
        assert 0.9 < len(found) / len(without) < 1.2  # they are among the ties that people want, not beyond them


def test_managers_are_read_by_id_and_become_ties():
    company = read(staff(), columns={"manager": "boss"})
    place = {name: i for i, name in enumerate(company.ids)}
    wanted = {("E0", "E1"), ("E0", "E2"), ("E1", "E3"), ("E1", "E4"), ("E5", "E6"), ("E0", "E7")}
    pairs = sorted(sorted((place[a], place[b])) for a, b in wanted)
    assert company.known_ties.tolist() == pairs
    assert company.ties is None
    assert warned(company).loc["managers_unknown", ["count", "examples"]].tolist() == [1, "rows 5"]
    row = company.columns.set_index("field").loc["ties"]
    assert row["given"] == 6
    assert "ties with managers are certain" in row["imputed_from"]


def test_managers_by_name_are_looked_up():
    names = [None, "N0, V", " N0, V ", "N1, V", "N1, V", "Nobody", "N5, V", "N0, V"]
    by_name = read(staff(boss=names), columns={"manager": gs.lookup("boss", "name")})
    assert by_name.known_ties.tolist() == read(staff(), columns={"manager": "boss"}).known_ties.tolist()
    with pytest.raises(gs.InvalidInput, match=r"columns.manager, by 'dept': 6 names are of two people"):
        read(staff(), columns={"manager": gs.lookup("boss", "dept")})
    with pytest.raises(gs.InvalidInput, match=r"columns.manager = 'boss': none of its cells names an employee"):
        read(staff(boss=names), columns={"manager": "boss"})
    with pytest.raises(gs.InvalidInput, match=r"columns.manager = 'nam': no such column"):
        read(staff(), columns={"manager": gs.lookup("boss", "nam")})


def test_managers_are_added_to_a_table_of_ties():
    ties = pd.DataFrame({"source": ["E0", "E2"], "target": ["E1", "E3"]})
    company = read(staff(), columns={"manager": "boss"})
    both = gs.Company.from_frames(staff(), columns={"id": "id", "manager": "boss"}, ties=ties)
    alone = gs.Company.from_frames(staff(), columns={"id": "id"}, ties=ties)
    assert both.known_ties is None
    of_managers, listed = set(map(tuple, company.known_ties.tolist())), set(map(tuple, alone.ties.tolist()))
    assert set(map(tuple, both.ties.tolist())) == of_managers | listed


def test_who_is_their_own_manager_has_no_tie_with_themselves():
    company = read(staff(boss=["E0", "E0", *[None] * 6]), columns={"manager": "boss"})
    assert len(company.known_ties) == 1
    assert warned(company).loc["own_managers", "count"] == 1


# What a second look found


@pytest.mark.parametrize("name", ["x" * 5_000 + "1", "a." * 2_000, "ann " * 1_500, "a@" * 3_000 + "1"])
def test_long_ids_are_read_in_no_time(name):
    assert read(id=[name, *[f"E{i}" for i in range(1, PEOPLE)]]).employees == PEOPLE


@pytest.mark.parametrize("day", ["0001-01-01", "0005-06-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_refused_or_read(day):
    read(gone=[day, None] * 4, as_of="2026-12-31", columns={"left": gs.left_by("gone")}) if day > "2" else None
    gs.Company.suggest_columns(BASE.assign(**{"Hire Date": [day] * PEOPLE, "Termination Date": [day, None] * 4}))
    for as_of in ("0001-01-01", "9999-12-31"):
        with pytest.raises(gs.InvalidInput, match="must be from"):
            read(hired=["2020-01-01"] * PEOPLE, as_of=as_of, columns={"hire_date": "hired"})


@pytest.mark.parametrize(
    "header",
    ["Date of leaving", "Contract End Date", "Exit", "Inactive", "Départ", "Fin de contrat", "Vertragsende",
     "Kündigungsgrund", "Fecha de egreso", "Baja", "Uitdienstdatum", "Vertrekdatum"],
)  # fmt: skip
def test_more_headers_of_leavers_stop(header):
    with pytest.raises(gs.InvalidInput, match=r"columns.left"):
        read(BASE.assign(**{header: ["a", "b"] * 4}))


@pytest.mark.parametrize("header", ["Active Projects", "Years Active", "Turnover (k€)", "Situation familiale"])
def test_more_headers_of_something_else_do_not_stop(header):
    assert read(BASE.assign(**{header: [1, 2] * 4})).employees == PEOPLE


def test_capitals_and_spaces_do_not_keep_a_leaver():
    cells = ["Terminated", "TERMINATED", "terminated ", "Active"] * 2
    assert read(status=cells, columns={"left": gs.equals("status", "Terminated")}).employees == 2


def test_values_without_a_row_are_told():
    company = read(kind=["CDI", "Stage"] * 4, columns={"contract": gs.equals("kind", "CDI", "CCD")})
    assert warned(company).loc["values_without_a_row", ["count", "examples"]].tolist() == [1, "'CCD'"]


def test_rows_that_group_a_report_are_told():
    frame = pd.concat([BASE, pd.DataFrame({"id": ["IT (4)", "Sous-total IT"]})], ignore_index=True)
    frame["level"] = [1, 2] * 4 + [None, None]
    company = read(frame, columns={"department": "dept", "seniority": gs.ranked("level")})
    assert warned(company).loc["nothing_known", "count"] == 2
    assert warned(company).loc["looks_like_totals", "examples"] == "'Sous-total IT'"


def test_levels_that_nobody_has_keep_their_rank():
    cells = pd.Categorical(["jr", "dir"] * 4, categories=["jr", "mid", "dir"], ordered=True)
    company = read(level=cells, columns={"seniority": gs.ranked("level")})
    assert company.categories["seniority"].tolist() == [0, 2] * 4


def test_a_number_and_its_text_are_two_people():
    frame = pd.DataFrame({"id": pd.Series([1, "1", *range(2, 40)], dtype=object)})
    assert gs.Company.from_frames(frame, columns={"id": "id"}).employees == 40


def test_full_time_is_above_zero():
    with pytest.raises(gs.InvalidInput, match=r"row 1, column 'fte' = 0: must be a share of full time, above 0"):
        read(fte=[1, 0] * 4, columns={"fte": "fte"})


def test_managers_of_another_type_are_explained():
    frame = BASE.assign(id=range(PEOPLE), boss=["0", None] * 4)
    with pytest.raises(gs.InvalidInput, match=r"ids are int, its cells str"):
        read(frame, columns={"manager": "boss"})


def test_departments_say_who_sells_in_five_languages():
    for sales in ("Sales", "Ventes", "Vertrieb", "Ventas", "Verkoop"):
        company = read(dept=[sales, "Lab"] * 4, columns={"department": "dept"})
        assert sorted(company.sales_share) == [0, 1]
        assert warned(company).loc["no_such_function", "examples"] == "recruiter"


@pytest.mark.parametrize(("one", "other"), [("a1", "A1"), ("a", "a "), ("caf\u00e9", "cafe\u0301")])
def test_ids_that_are_spelled_alike_are_told(one, other):
    company = read(id=[one, other, *[f"E{i}" for i in range(2, PEOPLE)]])
    assert company.employees == PEOPLE
    assert warned(company).loc["ids_spelled_alike", "count"] == 1


def test_a_column_that_may_say_who_left_is_looked_at_whatever_its_name_is_and_however_often_it_stands() -> None:
    twice = pd.DataFrame([["a", "x", "no"], ["b", "x", "yes"]], columns=["id", "Left", "Left"])
    with pytest.raises(gs.InvalidInput, match=r"columns\.left: 'Left' may say who has left"):
        gs.Company.from_frames(twice, columns={"id": "id"})
    pair = pd.DataFrame({"id": ["a", "b"], ("Left", "x"): ["no", "yes"], 3: [1, 2]})
    with pytest.raises(gs.InvalidInput, match=r"columns\.left: .* may say who has left"):
        gs.Company.from_frames(pair, columns={"id": "id"})
