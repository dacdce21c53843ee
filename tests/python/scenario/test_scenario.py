"""Scenarios as values: coercions, rules, labels, replace, diff, frames, hashes."""

import copy
import datetime
import pickle

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.scenario import Audience, Awareness, Feed, Platform, Scenario, Workforce
from groundswell.scenario.program.levers import LEVERS

FIRST = ("posts_per_week", "company_content_fraction", "platforms")


@pytest.fixture(scope="module")
def company():
    return gs.Company.synthetic(200)


@pytest.fixture
def base(company):
    return gs.Scenario(company, start="2027-01-04")


def program(size=50, posts=4.0, **more):
    return gs.Program(advocates=gs.ActiveAdvocates(size=size), posts_per_week=posts, **more)


@pytest.mark.parametrize(
    "start",
    [
        "2027-01-04",
        datetime.date(2027, 1, 4),
        datetime.datetime(2027, 1, 4),
        pd.Timestamp("2027-01-04"),
        np.datetime64("2027-01-04"),
    ],
)
def test_start_is_coerced_to_a_date(company, start):
    assert gs.Scenario(company, start=start).start == datetime.date(2027, 1, 4)


@pytest.mark.parametrize(
    "start",
    [
        "04.01.2027",
        "2027-1-4",
        "2027-02-30",
        "20270104",
        "2027-W01-1",
        "1969-12-31",
        "2201-01-01",
        20270104,
        None,
        pd.NaT,
        True,
        pd.Timestamp("2027-01-04 10:00"),
        pd.Timestamp("2027-01-04", tz="UTC"),
        "today",
    ],
)
def test_other_starts_are_refused_by_name(company, start):
    with pytest.raises(gs.InvalidInput, match=r"^start = .*: must be"):
        gs.Scenario(company, start=start)


def test_start_is_required(company):
    with pytest.raises(TypeError, match="start"):
        gs.Scenario(company)


@pytest.mark.parametrize("weeks", [4, np.int64(156), np.uint8(52)])
def test_counts_take_whole_numbers(company, weeks):
    value = gs.Scenario(company, start="2027-01-04", weeks=weeks).weeks
    assert value == weeks
    assert type(value) is int


@pytest.mark.parametrize("weeks", ["52", 52.0, 52.5, True, None, float("nan"), float("inf"), 3, 157, -1])
def test_counts_refuse_anything_else(company, weeks):
    with pytest.raises(gs.InvalidInput, match=r"^weeks = .*: must be a whole number, \[4, 156\] \(weeks\)$"):
        gs.Scenario(company, start="2027-01-04", weeks=weeks)


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int32(3), np.float64(3)])
def test_reals_take_numbers(value):
    got = program(posts=value).posts_per_week
    assert got == 3.0
    assert type(got) is float


@pytest.mark.parametrize("value", ["3", True, None, float("nan"), float("inf"), -0.1, 10**400, 3 + 0j, [3]])
def test_reals_refuse_anything_else(value):
    with pytest.raises(gs.InvalidInput, match=r"^program\.posts_per_week = .*must be a finite number, \[0, 200\]"):
        program(posts=value)


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("program.company_content_fraction", 1.01),
        ("audience.department_homophily", -0.01),
        ("feed.viewer_limit", float("inf")),
        ("feed.viewer_limit", 0),
        ("feed.memory_days", 27.5),
        ("awareness.phi", 1.0),
        ("awareness.half_life_weeks", 0),
        ("content.program_mix.story", 2),
        ("platforms.linkedin.engage", 1.5),
        ("platforms.linkedin.weekday_weights.monday", -1),
        ("posting.displacement", float("nan")),
        ("credibility.streak_weight", 0.5),
        ("workforce.seniority_multiplier.executive", 0),
        ("program.advocates.size", 201),
        ("program.advocates.size", 1.5),
        ("program.advocates.size", "1"),
    ],
)
def test_an_error_has_address_value_and_rule(base, address, value):
    scenario = base.replace(program=program())
    with pytest.raises(gs.InvalidInput) as caught:
        scenario.replace({address: value})
    message = str(caught.value)
    assert message.startswith(f"{address} = {value!r}: ")
    assert len(message) > len(f"{address} = {value!r}: ") + 10


def test_none_switches_off_where_that_is_documented(base):
    off = base.replace({"feed.viewer_limit": None, "awareness.half_life_weeks": None})
    core = off.core_parameters()
    assert core["feed"]["viewer_limit"] == core["awareness"]["half_life_weeks"] == float("inf")
    with pytest.raises(gs.InvalidInput, match=r"feed\.repeat_half_life_days = None"):
        base.replace({"feed.repeat_half_life_days": None})


@pytest.mark.parametrize(
    "mix", ["platforms.linkedin.mix", "platforms.x.mix", "content.program_mix", "content.page_mix"]
)
def test_mixes_sum_to_one(base, mix):
    name = "other" if mix.startswith("platforms.") else "job"
    with pytest.raises(gs.InvalidInput, match=rf"^{mix.replace('.', '[.]')} = .*must sum to 1; they sum to "):
        base.replace({f"{mix}.{name}": 0.9})


def test_several_shares_change_together(base):
    moved = base.replace({"platforms.linkedin.mix.buyer": 0.17, "platforms.linkedin.mix.personal": 0.20})
    assert moved.platforms.linkedin.mix.buyer == 0.17
    assert base.platforms.linkedin.mix.buyer == 0.12


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: gs.Program(advocates=gs.ActiveAdvocates(size=1), post_per_week=1),
            "program.post_per_week: .*posts_per_week",
        ),
        (lambda: Feed(viewer_limits=3), "feed.viewer_limits: .*viewer_limit"),
        (
            lambda: Scenario(gs.Company.synthetic(2), "2027-01-04", programme=None),
            "programme: .*nearest valid name: program",
        ),
        (gs.ActiveAdvocates, "program.advocates.*one of size"),
        (lambda: gs.ActiveAdvocates(size=1, names=[1]), "program.advocates.*one of size"),
        (lambda: gs.ActiveAdvocates(names=[1, 2, 1]), "program.advocates.names.*twice: 1"),
        (lambda: gs.ActiveAdvocates(names="abc"), "program.advocates.names.*must be a list"),
        (lambda: gs.ActiveAdvocates(names=[1.5]), "program.advocates.names.*not an id"),
        (lambda: Scenario("company", "2027-01-04"), "company = 'company': must be a gs.Company"),
        (lambda: Scenario(gs.Company.synthetic(2), "2027-01-04", feed=3), "feed = 3: must be a Feed or a mapping"),
        (
            lambda: Scenario(gs.Company.synthetic(2), "2027-01-04", feed=None),
            "feed = None: must be a Feed or a mapping",
        ),
        (lambda: Scenario(gs.Company.synthetic(2), "2027-01-04", label=""), "label = ''"),
        (lambda: Scenario(gs.Company.synthetic(2), "2027-01-04", label="a\nb"), "label"),
        (lambda: Platform(half_life_hours=336), "platforms.linkedin.half_life_hours = 336: must be below half"),
        (lambda: Platform(engage=0.6), r"platforms.linkedin.engage = 0.6: must be below attention \(0.5\)"),
        (lambda: Platform(attention=0.9, attention_person_page_ratio=0.5), "attention_person_page_ratio = 0.5"),
        (lambda: Platform(person_visibility=0.001), "person_visibility = 0.001: must be inside the solved range"),
        (
            lambda: Workforce(
                corr_connections_activity=0.9, corr_activity_persuasion=-0.9, corr_connections_persuasion=0.9
            ),
            "workforce.*positive definite",
        ),
        (
            lambda: Scenario(gs.Company.synthetic(2), "2027-01-04", audience=Audience(pool={"alumni": 0})),
            r"platforms.linkedin.mix.alumni = 0.05: must be 0 where audience.pool.alumni is 0",
        ),
    ],
)
def test_bad_input_is_a_clear_error(make, message):
    with pytest.raises(gs.InvalidInput, match=message):
        make()


def test_every_problem_is_in_the_message():
    with pytest.raises(gs.InvalidInput) as caught:
        Awareness(phi=2, baseline_buyer=-1, nonsense=0)
    assert len(caught.value.problems) == 3
    assert [line.split(" ")[0].rstrip(":") for line in str(caught.value).splitlines()] == [
        "awareness.phi",
        "awareness.baseline_buyer",
        "awareness.nonsense",
    ]


def test_scenarios_are_frozen_comparable_hashable_and_pickle(base):
    with pytest.raises(ValueError, match="frozen"):
        base.weeks = 10
    again = gs.Scenario(gs.Company.synthetic(200), start="2027-01-04")
    assert again == base
    assert hash(again) == hash(base)
    for copied in (pickle.loads(pickle.dumps(base)), copy.deepcopy(base)):
        assert copied == base
        assert copied.content_hash() == base.content_hash()
    assert base.replace(weeks=51) != base


def test_errors_pickle():
    with pytest.raises(gs.InvalidInput) as caught:
        Awareness(phi=2)
    copied = pickle.loads(pickle.dumps(caught.value))
    assert str(copied) == str(caught.value)
    assert copied.problems == caught.value.problems


def test_labels_are_made_up_readably(base):
    assert base.label == "No program"
    quiet = base.replace(program=program(1, 1))
    assert quiet.label == "1 advocate, 1 post a week"
    assert base.replace(program=program(50, 2.5)).label == "50 advocates, 2.5 posts a week"
    named = base.replace(program=gs.Program(advocates=gs.ActiveAdvocates(names=[3, 4])))
    assert named.label == "2 named advocates, 4 posts a week"
    assert quiet.replace({"program.posts_per_week": 2}).label == "1 advocate, 2 posts a week"
    assert base.replace({"feed.viewer_limit": None}).label == "No program; feed.viewer_limit = off"
    loud = quiet.replace(label="Loud")
    assert loud.label == "Loud"
    assert loud.replace({"weeks": 26}).label == "Loud; weeks = 26"
    assert loud.replace({"weeks": 26}, label="Short").label == "Short"
    assert loud.replace({"weeks": 52}).label == "Loud"


def test_replace_makes_a_program_from_its_parts(base):
    scenario = base.replace({"program.advocates.size": 10, "program.posts_per_week": 1})
    assert scenario.program == program(10, 1)
    assert scenario.replace(program=None) == base
    with pytest.raises(gs.InvalidInput, match=r"program\.posts_per_week: cannot be set where there is no program"):
        base.replace({"program.posts_per_week": 1})


@pytest.mark.parametrize(
    ("changes", "keywords", "message"),
    [
        ({"program.post_per_week": 1}, {}, "nearest valid name: program.posts_per_week"),
        ({"posts_per_week": 1}, {}, "nearest valid name: program.posts_per_week"),
        ({"weeks.days": 1}, {}, "weeks.days: no such address"),
        ({"feed.": 1}, {}, "feed.: no such address"),
        ({"": 1}, {}, "no such address"),
        ({"weeks": 8}, {"weeks": 9}, "weeks: given twice"),
        ({"feed": Feed(), "feed.viewer_limit": 3}, {}, "feed: changed as a whole and in parts"),
    ],
)
def test_replace_refuses_what_it_cannot_place(base, changes, keywords, message):
    with pytest.raises(gs.InvalidInput, match=message):
        base.replace(changes, **keywords)


def test_diff_lists_what_differs(base):
    other = base.replace({"feed.viewer_limit": None}, program=program(5, 1), label="Other")
    rows = base.diff(other).set_index("path")
    assert list(rows.index) == [
        "program.advocates.size",
        "program.posts_per_week",
        "program.company_content_fraction",
        *(f"program.platforms.{name}" for name in ("linkedin", "facebook", "instagram", "x")),
        *(f"program.{name}" for name in LEVERS if name not in (*FIRST, "own_words", "mix")),
        "feed.viewer_limit",
    ]
    assert rows.loc["feed.viewer_limit", "this"] == 10.0
    assert rows.loc["feed.viewer_limit", "other"] is None
    assert rows.loc["program.advocates.size", "other"] == 5
    assert base.diff(base.replace(label="Same")).empty
    elsewhere = gs.Scenario(gs.Company.synthetic(201), start="2028-01-03")
    assert list(base.diff(elsewhere)["path"]) == ["company", "start"]
    named = [base.replace(program=gs.Program(advocates=gs.ActiveAdvocates(names=[i]))) for i in (1, 2)]
    assert list(named[0].diff(named[1])["path"]) == ["program.advocates.names"]


def test_describe_says_what_is_on_off_changed_and_imputed(base):
    rows = base.replace({"feed.viewer_limit": None, "audience.copying_share": 0.2}).describe().set_index("part")
    assert rows.loc["viewer limit", "state"] == "off"
    assert rows.loc["mutes", "state"] == "on"
    assert rows.loc["program", "state"] == "off"
    assert rows.loc["audience.copying_share", "state"] == "changed"
    assert rows.loc["company: seniority", "state"] == "imputed"


def test_reprs_are_short(base):
    crowded = base.replace(
        {
            f"platforms.linkedin.weekday_weights.{day}": 1
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        }
        | {"weeks": 26, "feed.viewer_limit": 5, "audience.copying_share": 0.2, "awareness.phi": 0.6}
    )
    for scenario in (base, crowded):
        assert len(repr(scenario).splitlines()) <= 12
    assert "and 4 more changes" in repr(crowded)
    assert "<td>feed.viewer_limit</td><td>5</td><td>10</td>" in crowded._repr_html_()
    sneaky = base.replace(label="<script>")
    assert "<script>" not in sneaky._repr_html_()
    assert repr(Feed(viewer_limit=5)).startswith("Feed(viewer_limit=5.0)")


def test_content_hash_is_about_the_numbers_alone(base):
    assert base.content_hash() == base.replace(label="Other").content_hash()
    changed = [
        base.replace({"weeks": 51}),
        base.replace({"feed.viewer_limit": 9}),
        base.replace(program=program(1)),
        base.replace({"platforms.linkedin.person_visibility": 0.1}),
    ]
    assert len({s.content_hash() for s in [base, *changed]}) == 5


def test_named_advocates_reach_the_core_as_employee_numbers():
    hr = pd.DataFrame({"id": ["ann", "bob", "cyd"]})
    company = gs.Company.from_frames(hr, columns={"id": "id"})
    scenario = gs.Scenario(
        company, "2027-01-04", program=gs.Program(advocates=gs.ActiveAdvocates(names=pd.Series(["cyd", "ann"])))
    )
    kind, who = scenario.core_design()["program"]["who"]
    assert kind == "named"
    assert who.dtype == np.uint32
    assert company.core_ids[who].tolist() == ["cyd", "ann"]
    with pytest.raises(gs.InvalidInput, match=r"program\.advocates\.names = 'anna'.*nearest valid name: ann"):
        scenario.replace(program=gs.Program(advocates=gs.ActiveAdvocates(names=["anna"])))
    hidden = scenario.pseudonymized()
    assert hidden.content_hash() == scenario.content_hash()
    assert not any(name in hidden.to_yaml() for name in ("ann", "bob", "cyd"))


def test_an_empty_team_is_a_program(base):
    for empty in (gs.ActiveAdvocates(size=0), gs.ActiveAdvocates(names=[])):
        assert base.replace(program=gs.Program(advocates=empty)).program.advocates.count() == 0


def test_an_address_is_text():
    scenario = gs.Scenario(gs.Company.synthetic(20), "2027-01-04")
    for ask in (lambda: scenario.replace({3: 1}), lambda: scenario.prior({3: "uniform(1, 2)"})):
        with pytest.raises(gs.InvalidInput, match=r"an address = 3: must be text"):
            ask()
