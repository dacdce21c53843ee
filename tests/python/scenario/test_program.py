"""Programs as values: who, levers, dated changes; what the core gets of them."""

import copy
import datetime
import pickle
import pydoc
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario import to_core as core
from groundswell.scenario.file import parse_changes
from groundswell.scenario.periods import periods
from groundswell.scenario.program.levers import LEVERS, ON_PARTICIPATION

START = datetime.date(2027, 1, 4)


@pytest.fixture(scope="module")
def base():
    return gs.Scenario(gs.Company.synthetic(200), START, 52)


def day(number):
    return START + datetime.timedelta(days=number)


def invite(*changes, **levers):
    return gs.Program(select=gs.Selection(size=50), changes=changes, **levers)


def test_at_their_defaults_levers_are_not_there(base):
    settings = core.program(base.replace(program=invite()))["periods"]
    assert [period["first_day"] for period in settings] == [0]
    neutral = {lever["name"]: lever["neutral"] for lever in _core.levers()}
    apart = ("posts_per_week", "company_content_fraction")  # neutral is to post nothing
    values = settings[0]["settings"]
    assert {k: values[k] for k in neutral if k not in apart} == {k: v for k, v in neutral.items() if k not in apart}
    assert values["platforms"] == {"linkedin": 1.0, "facebook": 0.0, "instagram": 0.0, "x": 0.0}
    assert set(values["mix"].values()) == {0.0}


def test_the_fields_are_those_of_the_core():
    settings = core.program(gs.Scenario(gs.Company.synthetic(50), START, program=invite()))["periods"][0]["settings"]
    assert set(settings) == {name for name in LEVERS if name != "mode"} | {"mandate"}
    on_participation = {lever["name"] for lever in _core.levers() if lever["on_participation"]}
    assert on_participation == {"mandate" if name == "mode" else name for name in ON_PARTICIPATION}


def test_changes_cut_the_horizon_into_periods(base):
    plan = invite(
        gs.Change(start=day(70), end=day(90), recognition=1),
        gs.Change(start=day(80), mode="mandatory", posts_per_week=2),
        gs.Change(end=day(6), money=3),
        recognition=0.25,
    )
    found = periods(plan, START, 364)
    assert [period["first_day"] for period in found] == [0, 7, 70, 80, 91]
    shown = [[p["settings"][k] for k in ("money", "recognition", "mandate", "posts_per_week")] for p in found]
    assert shown == [[3, 0.25, 0, 4], [0, 0.25, 0, 4], [0, 1, 0, 4], [0, 1, 1, 2], [0, 0.25, 1, 2]]
    assert isinstance(_core.Design(**base.replace(program=plan).core_design()), _core.Design)


def test_periods_of_equal_settings_are_one_and_days_outside_the_horizon_do_not_count():
    plan = invite(
        gs.Change(start=day(-30), end=day(9), money=1), gs.Change(start=day(10), end=day(19), money=1),
        gs.Change(start=day(350), end=day(999), recognition=0.5), gs.Change(start=day(50), end=day(60), champion=0),
    )  # fmt: skip
    assert [period["first_day"] for period in periods(plan, START, 364)] == [0, 20, 350]


@pytest.mark.parametrize("seed", range(30))
def test_every_day_has_the_value_of_the_change_that_holds(seed):
    """Random changes, a lever each, against a day-by-day account."""
    random = np.random.default_rng(seed)
    days, names = 60, ["recognition", "leadership", "champion"]
    changes = []
    for name in names:
        cuts = np.sort(random.choice(np.arange(-5, days + 5), 6, replace=False)).tolist()
        changes += [
            gs.Change(start=day(a), end=day(b - 1), **{name: float(random.uniform())})
            for a, b in pairwise(cuts)
            if random.uniform() < 0.6
        ]
    plan = invite(*changes, recognition=0.5)
    found = periods(plan, START, days)
    assert found[0]["first_day"] == 0
    for d in range(days):
        now = [period for period in found if period["first_day"] <= d][-1]["settings"]
        for name in names:
            values = [getattr(c, name) for c in changes if name in c.sets() and c.start <= day(d) <= c.end]
            assert now[name] == (values[0] if values else getattr(plan, name))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (gs.Program, r"^program: give one of advocates .* and select .*neither is there$"),
        (
            lambda: gs.Program(advocates=gs.ActiveAdvocates(size=1), select=gs.Selection()),
            r"^program: give one of advocates .*both are there$",
        ),
        (lambda: invite(recognition=1.01), r"^program\.recognition = 1\.01: must be a finite number, \[0, 1\]"),
        (lambda: invite(mode="forced"), r"^program\.mode = 'forced': must be 'voluntary' or 'mandatory'"),
        (lambda: invite(recognitio=1), r"^program\.recognitio: .*nearest valid name: recognition"),
        (lambda: invite(platforms={"linkedin": 0.5}), r"^program\.platforms = .*must sum to 1"),
        (lambda: invite(mix={"story": 0.9}), r"^program\.mix = .*must sum to 1"),
        (lambda: invite({"start": "2027-03-01"}), r"^program\.changes\.0: sets nothing; give one of posts_per_week,"),
        (
            lambda: invite({"money": 1, "start": "2027-03-01", "end": "2027-02-28"}),
            r"^program\.changes\.0\.end = 2027-02-28: is before start, 2027-03-01",
        ),
        (
            lambda: invite({"money": 1, "end": "2027-03-01"}, {"start": "2027-03-01", "money": 2, "champion": 1}),
            r"^program\.changes\.1\.money: program\.changes\.0 sets it too, from the first day to 2027-03-01, this one",
        ),
        (lambda: invite({"money": 1, "begin": "2027-03-01"}), r"^program\.changes\.0\.begin: no parameter of that"),
        (lambda: invite({"money": 1, "end": 20270301}), r"^program\.changes\.0\.end = 20270301: must be a date"),
        (lambda: invite(3), r"^program\.changes\.0 = 3: must be a Change or a mapping"),
        (lambda: gs.Program(select=gs.Selection(), changes=3), r"^program\.changes = 3: must be a list of Change"),
        (gs.Change, "sets nothing"),
    ],
)
def test_bad_programs_are_clear_errors(make, message):
    with pytest.raises(gs.InvalidInput, match=message):
        make()


@pytest.mark.parametrize("name", ON_PARTICIPATION)
def test_levers_on_participation_need_a_selection(name):
    value = {"mode": "mandatory", "relaunch": True}.get(name, 0.5)
    advocates = gs.ActiveAdvocates(size=5)
    rule = "acts on who takes part, and active advocates always do; use program.select in place of advocates$"
    with pytest.raises(gs.InvalidInput, match=rf"^program\.{name} = {value!r}: {rule}"):
        gs.Program(advocates=advocates, **{name: value})
    with pytest.raises(gs.InvalidInput, match=rf"^program\.changes\.0\.{name} = {value!r}: {rule}"):
        gs.Program(advocates=advocates, changes=[{name: value, "start": "2027-03-01"}])
    neutral = {"mode": "voluntary", "relaunch": False}.get(name, 0)
    assert gs.Program(advocates=advocates, **{name: neutral}) == gs.Program(advocates=advocates)
    if name != "relaunch":
        assert gs.Program(select=gs.Selection(), **{name: value}).people == gs.Selection()


def test_a_relaunch_is_an_event_of_one_day():
    invited = gs.Selection()
    with pytest.raises(gs.InvalidInput, match=r"^program\.relaunch = True: a relaunch has a date: give it in"):
        gs.Program(select=invited, relaunch=True)
    with pytest.raises(gs.InvalidInput, match=r"^program\.changes\.start: is required with relaunch"):
        gs.Program(select=invited, changes=[gs.Change(relaunch=True)])
    twice = [gs.Change(start="2027-02-01", relaunch=True), gs.Change(start="2027-02-15", relaunch=True, champion=1)]
    program = gs.Program(select=invited, changes=twice)
    design = gs.Scenario(gs.Company.synthetic(50), "2027-01-04", 8, program=program).core_design()
    periods = {p["first_day"]: p["settings"]["relaunch"] for p in design["program"]["periods"]}
    assert periods == {0: 0.0, 28: 1.0, 29: 0.0, 42: 1.0, 43: 0.0}


def test_the_other_levers_act_on_active_advocates_too(base):
    others = {"training_hours_per_person": 4, "access_blocked": 0.5, "page_amplification": 0.2, "own_words": 0.9}
    program = gs.Program(advocates=gs.ActiveAdvocates(size=5), changes=[{"end": "2027-03-01", "money": 0}], **others)
    assert isinstance(_core.Design(**base.replace(program=program).core_design()), _core.Design)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": "2028-01-03"}, r"^program\.changes\.0\.start = 2028-01-03: is after the horizon, 2027-01-04 to"),
        ({"end": "2027-01-03"}, r"^program\.changes\.0\.end = 2027-01-03: is before the horizon, 2027-01-04"),
        ({"platforms": {"linkedin": 0, "x": 1}}, r"^program\.changes\.0\.platforms\.x = 1: platforms\.x\.on is False"),
    ],
)
def test_changes_are_checked_against_the_scenario(base, change, message):
    with pytest.raises(gs.InvalidInput, match=message):
        base.replace(program=invite({"money": 1} | change))
    inside = {"money": 1} | {k: str(day(363) if k == "start" else day(0)) for k in change if k != "platforms"}
    assert base.replace(program=invite(inside)).program.changes[0].money == 1


def test_dates_are_coerced_as_elsewhere():
    for date in ("2027-03-01", datetime.date(2027, 3, 1), pd.Timestamp("2027-03-01"), np.datetime64("2027-03-01")):
        assert gs.Change(start=date, money=1).start == datetime.date(2027, 3, 1)


def test_programs_are_values(base):
    change = {"start": "2027-03-01", "platforms": {"linkedin": 1.0}, "recognition": 1}
    scenario = base.replace(program=invite(change, recognition=0.5, mix=gs.scenario.ProgramMix()))
    plan = scenario.program
    for copied in (pickle.loads(pickle.dumps(scenario)), copy.deepcopy(scenario)):
        assert copied == scenario
        assert hash(copied) == hash(scenario)
    again = gs.Scenario.from_yaml(scenario.to_yaml())
    assert again == scenario
    assert again.to_yaml() == scenario.to_yaml()
    assert again.content_hash() == scenario.content_hash() != base.content_hash()
    for value in (plan, scenario):
        with pytest.raises(ValueError, match="frozen"):
            value.changes = ()
    other = scenario.replace({"program.changes.0.start": "2027-03-02"})
    assert other.content_hash() != scenario.content_hash()


def test_the_command_line_sets_whole_and_single_entries(base):
    scenario = base.replace(program=invite())
    texts = ["program.changes=[{start: 2027-03-01, recognition: 1}, {money: 2}]", "program.select.departments=[sales]"]
    changed = scenario.replace(parse_changes(texts))
    assert changed.program.changes == (gs.Change(start="2027-03-01", recognition=1), gs.Change(money=2))
    assert changed.program.select.departments == ("sales",)
    entry = changed.replace(parse_changes(["program.changes.1.end=2027-06-30", "program.select.quotas={sales: 50}"]))
    assert entry.program.changes[1] == gs.Change(money=2, end="2027-06-30")
    assert dict(entry.program.select.quotas) == {"sales": 50}


@pytest.mark.parametrize(
    ("select", "levers", "label"),
    [
        ({"size": 150, "order": "readiness", "goal": "deals"}, {}, "150 by readiness (deals), 4 posts a week"),
        ({"size": 20}, {"posts_per_week": 1}, "20 at random, 1 post a week"),
        ({"size": 20, "order": "activity"}, {"mode": "mandatory"}, "20 by activity, 4 posts a week, mandatory"),
        ({}, {}, "all invited, 4 posts a week"),
        (
            {"departments": ["sales"]},
            {"recognition": 1},
            "all eligible invited, 4 posts a week; program.select.departments = sales; program.recognition = 1",
        ),
        ({"names": [3, 1]}, {}, "2 named and invited, 4 posts a week"),
        (
            {"quotas": {"sales": 3, "people": 2}, "order": "connections"},
            {},
            "5 by connections in quotas, 4 posts a week; program.select.quotas = sales 3, people 2",
        ),
        (
            {"size": 9},
            {"changes": [{"start": "2027-03-01", "recognition": 1}]},
            "9 at random, 4 posts a week; program.changes = from 2027-03-01 to the last day: recognition 1",
        ),
    ],
)
def test_labels_are_readable(base, select, levers, label):
    program = gs.Program(select=gs.Selection(**select), **levers)
    scenario = base.replace(program=program)
    assert scenario.label == label


def test_derived_labels_say_how_many_and_no_more(base):
    named = base.replace(program=gs.Program(select=gs.Selection(names=[1, 2])), label="Named")
    assert named.replace({"program.select.names": [1, 2, 3]}).label == "Named; program.select.names = 3 named"
    dated = named.replace({"program.changes": [{"recognition": 1}]})
    assert dated.label == "Named; program.changes.0.recognition = 1"


def test_describe_lists_levers_and_mechanisms(base):
    plan = invite({"start": "2027-03-01", "end": "2027-03-31", "recognition": 1}, leadership=0.5)
    rows = base.replace(program=plan).describe().set_index("part")
    assert rows.loc["program", "detail"] == "50 at random, 4 posts a week"
    assert rows.loc["lever leadership", "detail"] == "program.leadership = 0.5"
    assert rows.loc["lever recognition", "detail"] == "program.recognition = 0; 1 from 2027-03-01 to 2027-03-31"
    assert "lever money" not in rows.index
    assert rows.loc["exits", "state"] == "on"
    off = base.replace({"retention.turnover_per_year": 0, "participation.feedback": 0}).describe().set_index("part")
    assert off.loc[["exits", "responses motivate"], "state"].tolist() == ["off", "off"]


def test_parts_of_a_program_that_is_not_there_are_not_set(base):
    rows = base.replace(program=invite()).parameters().set_index("path")
    for path in ("program.advocates.size", "program.mix.story", "program.own_words"):
        assert rows.loc[path, "value"] is None
        assert not rows.loc[path, "changed"]
    assert rows.loc["program.mode", "value"] == "voluntary"
    with pytest.raises(gs.InvalidInput, match=r"^program\.recognition: cannot be set where there is no program; set "
                                              r"program\.advocates or program\.select too"):  # fmt: skip
        base.replace({"program.recognition": 1})
    assert base.replace({"program.select.size": 5, "program.recognition": 1}).program == gs.Program(
        select=gs.Selection(size=5), recognition=1
    )


def test_tenure_counts_to_the_start():
    hr = pd.DataFrame({"id": range(4), "hired": ["2026-01-01", None, "2026-12-30", "2017-01-05"]})
    company = gs.Company.from_frames(hr, columns={"id": "id", "hire_date": "hired"}, as_of="2026-12-31")
    years = gs.Scenario(company, "2027-01-04").core_design()["tenure_years"]
    order = company.draw_order.places
    np.testing.assert_allclose(years[order], [368 / 365.25, np.nan, 5 / 365.25, 3651 / 365.25])
    early = gs.Scenario(company, "2026-06-01").core_design()["tenure_years"]
    assert early[order[2]] == 0  # hired later
    assert gs.Scenario(gs.Company.synthetic(9), "2027-01-04").core_design()["tenure_years"] is None


def test_hire_dates_are_part_of_who_the_company_is():
    hr = pd.DataFrame({"id": range(3), "hired": ["2026-01-01", "2020-05-05", "2026-12-30"], "none": [None] * 3})
    plain, dated, empty = (
        gs.Company.from_frames(hr, columns={"id": "id"} | more, as_of="2026-12-31")
        for more in ({}, {"hire_date": "hired"}, {"hire_date": "none"})
    )
    assert plain != dated
    assert plain.content_hash() == empty.content_hash() != dated.content_hash()
    rows = empty.columns.set_index("field")
    assert rows.loc["hire_date", "imputed_from"] == "retention.tenure_mean_years"
    assert dated.columns.set_index("field").loc["hire_date", "imputed_from"] == ""


def test_a_change_has_every_lever_of_a_program_and_help_fits_a_screen():
    assert list(gs.Change.model_fields) == ["start", "end", *LEVERS]
    assert list(gs.Program.model_fields) == ["advocates", "select", *LEVERS, "changes"]
    for group in (gs.Program, gs.Change):
        text = pydoc.plain(pydoc.render_doc(group))
        assert len(text.splitlines()) <= 45
        assert all(name in text for name in LEVERS)
        assert "Annotated" not in text


@pytest.mark.parametrize("day", ["2026-02-01", "2027-01-03"])
def test_a_relaunch_before_the_horizon_is_refused(day):
    """Inside the warm-up too: the program begins with the horizon, and one that runs already has no relaunch."""
    for more in ({}, {"champion": 1}):
        program = gs.Program(select=gs.Selection(), changes=[gs.Change(start=day, relaunch=True, **more)])
        with pytest.raises(gs.InvalidInput, match=rf"changes\.0\.start = {day}: a relaunch is an event of this day"):
            gs.Scenario(gs.Company.synthetic(20), "2027-01-04", 10, warm_up_weeks=4, program=program)


def test_what_lasts_a_day_is_said_to_be_on_it():
    def label(**fields):
        program = gs.Program(select=gs.Selection(), changes=[gs.Change(start="2027-02-01", **fields)])
        return gs.Scenario(gs.Company.synthetic(20), "2027-01-04", program=program)

    assert label(relaunch=True).label.endswith("program.changes = on 2027-02-01: relaunch")
    assert label(champion=1, end="2027-02-01").label.endswith("on 2027-02-01: champion 1")
    both = label(champion=1, relaunch=True)
    assert both.label.endswith("from 2027-02-01 to the last day: champion 1, relaunch on 2027-02-01")
    said = both.describe().set_index("part")["detail"]
    assert said["lever relaunch"].endswith("True on 2027-02-01")
    assert said["lever champion"].endswith("1 from 2027-02-01 to the last day")
