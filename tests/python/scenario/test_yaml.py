"""Scenario files are data: round trips, and hostile ones run nothing."""

import datetime

import pandas as pd
import pytest

import groundswell as gs
from groundswell.common.yaml_io import dump_yaml, load_yaml
from groundswell.errors import InvalidInput


@pytest.fixture(scope="module")
def scenario():
    company = gs.Company.synthetic(200, name="Firm: 'one'")
    program = gs.Program(advocates=gs.ActiveAdvocates(size=5), posts_per_week=1)
    return gs.Scenario(company, "2027-01-04", 26, 'no: "label" # 1e5', program=program).replace(
        {"feed.viewer_limit": None, "platforms.linkedin.mute": 1e-5}, label="1e5"
    )


def test_round_trip(scenario):
    text = scenario.to_yaml()
    assert gs.Scenario.from_yaml(text) == scenario
    assert gs.Scenario.from_yaml(text, company=scenario.company) == scenario
    assert gs.Scenario.from_yaml(text).to_yaml() == text


def test_round_trip_with_named_advocates_of_a_given_company():
    company = gs.Company.from_frames(pd.DataFrame({"id": ["1", "no", "2027-01-04"]}), columns={"id": "id"})
    program = gs.Program(advocates=gs.ActiveAdvocates(names=["2027-01-04", "no", "1"]))
    scenario = gs.Scenario(company, "2027-01-04", program=program)
    text = scenario.to_yaml()
    assert gs.Scenario.from_yaml(text, company=company) == scenario
    with pytest.raises(InvalidInput, match="pass company="):
        gs.Scenario.from_yaml(text)


def test_another_company_is_refused_unless_asked_for(scenario):
    other = gs.Company.synthetic(300)
    with pytest.raises(InvalidInput, match=r"company\.content_hash.*any_company=True"):
        gs.Scenario.from_yaml(scenario.to_yaml(), company=other)
    assert gs.Scenario.from_yaml(scenario.to_yaml(), company=other, any_company=True).company == other


def test_a_short_file_has_defaults():
    text = "groundswell_scenario: 1\nstart: 2027-01-04\nprogram: {advocates: {size: 3}}\nfeed: {viewer_limit: null}\n"
    scenario = gs.Scenario.from_yaml(text, company=gs.Company.synthetic(10))
    assert scenario.weeks == 52
    assert scenario.feed.viewer_limit is None
    assert scenario.label == "3 advocates, 4 posts a week; feed.viewer_limit = off"


HEAD = "groundswell_scenario: 1\ncompany: {synthetic: {employees: 10}}\nstart: 2027-01-04\n"
LAUGHS = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "!!python/object/apply:os.system ['touch {marker}']",
            r"tags are not allowed: tag:yaml.org,2002:python/object",
        ),
        (HEAD + "label: !!python/object/apply:os.system ['touch {marker}']", r"line 4, column 8: tags are not allowed"),
        (HEAD + "label: !!str x", "tags are not allowed"),
        (HEAD + "label: !custom x", "tags are not allowed"),
        (LAUGHS, r"line 2, column 8: aliases .* are not allowed"),
        ("a: &a {b: 1}\nc: {<<: *a}", "aliases"),
        (HEAD + "weeks: 5\nweeks: 6", r"line 5, column 1: the key 'weeks' is there twice"),
        (HEAD + "feed: {viewer_limit: 5, viewer_limit: 6}", "'viewer_limit' is there twice"),
        (HEAD + "1: 2", "keys must be text, not '1'"),
        (HEAD + "? [a]\n: 2", "keys must be text"),
        (HEAD + "programm: null", "programm: .*nearest valid name: program"),
        (HEAD + "feed: {viewer_limitt: 5}", r"feed\.viewer_limitt: .*nearest valid name: viewer_limit"),
        (HEAD + "feed: 3", "feed = 3: must be a Feed or a mapping"),
        (HEAD + "weeks: '5'", "weeks = '5': must be a whole number"),
        (HEAD + "weeks: 1.5", "weeks = 1.5: must be a whole number"),
        (HEAD + "feed: {viewer_limit: .nan}", r"feed\.viewer_limit = nan"),
        (HEAD + "feed: {viewer_limit: .inf}", r"feed\.viewer_limit = inf"),
        (HEAD + "feed: {viewer_limit: yes}", r"feed\.viewer_limit = 'yes'"),
        (HEAD + "start: tomorrow", "'start' is there twice"),
        ("groundswell_scenario: 1\ncompany: {synthetic: {employees: 10}}\nstart: tomorrow", "start = 'tomorrow'"),
        ("groundswell_scenario: 1\ncompany: {synthetic: {employees: 10}}", "start: is required"),
        ("groundswell_scenario: 1\ncompany: {synthetic: {employees: x}}", "employees = 'x'"),
        ("groundswell_scenario: 1\ncompany: {synthetic: {employee: 5}}", "nearest valid name: employees"),
        ("groundswell_scenario: 1\ncompany: {path: /etc/passwd}", "company: path"),
        ("groundswell_scenario: 2\nstart: 2027-01-04", "groundswell_scenario = 2: must be 1"),
        ("start: 2027-01-04", "groundswell_scenario = None"),
        ("[1, 2]", "a mapping of names to values is needed, not list"),
        ("", "a mapping of names to values is needed, not NoneType"),
        ("a: [", "while parsing"),
        ("a: \x00", "unacceptable character"),
        ("--- {a: 1}\n--- {b: 2}", "expected a single document"),
        ("a: " + "[" * 100 + "]" * 100, "nested deeper than 20 levels"),
        ("a: " + "[" * 100_000, "nested deeper than 20 levels"),
    ],
)
def test_hostile_or_broken_text_is_a_clear_error(tmp_path, text, message):
    marker = tmp_path / "ran"
    with pytest.raises(InvalidInput, match=message):
        gs.Scenario.from_yaml(text.replace("{marker}", str(marker)))
    assert not marker.exists()


def test_size_is_limited():
    with pytest.raises(InvalidInput, match="1,000,001 characters; at most 1,000,000"):
        load_yaml("#" * 1_000_001)
    with pytest.raises(InvalidInput, match="text is needed, not bytes"):
        load_yaml(b"a: 1")


def test_numbers_are_read_as_written():
    data = load_yaml("a: 010\nb: 1e-5\nc: 1_000\nd: 1:30\ne: 0x10\nf: 2027-01-04\ng: no\nh: -.5\ni: 1.\nj: ~\nk: true")
    assert data == {
        "a": 10,
        "b": 1e-5,
        "c": "1_000",
        "d": "1:30",
        "e": "0x10",
        "f": datetime.date(2027, 1, 4),
        "g": "no",
        "h": -0.5,
        "i": 1.0,
        "j": None,
        "k": True,
    }


def test_text_that_looks_like_something_else_survives():
    data = {"a": ["1e5", "no", "yes", "null", "~", "1:30", "0x1", "2027-01-04", "", " x", "010", ".5", "<<", "="]}
    assert load_yaml(dump_yaml(data)) == data


def named_scenario() -> gs.Scenario:
    hr = pd.DataFrame({"who": ["ann", "bob", "cyd", "dee"]})
    company = gs.Company.from_frames(hr, columns={"id": "who"})
    program = gs.Program(advocates=gs.ActiveAdvocates(names=["bob", "dee"]))
    return gs.Scenario(company, start="2027-01-04", label="Two", program=program)


def test_named_advocates_are_pseudonyms_in_the_text(tmp_path):
    scenario = named_scenario()
    text = scenario.to_yaml()
    assert "bob" not in text
    assert "dee" not in text
    assert gs.Scenario.from_yaml(text, scenario.company) == scenario
    key = gs.create_key(tmp_path / "other.key")
    other = scenario.to_yaml(key)
    assert key.pseudonym("bob") in other
    assert gs.Scenario.from_yaml(other, scenario.company, key=tmp_path / "other.key") == scenario
    with pytest.raises(gs.InvalidInput, match=f"key: .* of fingerprint '{key.fingerprint}'; this one has"):
        gs.Scenario.from_yaml(other, scenario.company)
    changed = other.replace(key.pseudonym("bob"), key.pseudonym("who"))
    with pytest.raises(gs.InvalidInput, match=r"program.advocates.names = .* no employee has this pseudonym"):
        gs.Scenario.from_yaml(changed, scenario.company, key=key)


def test_names_written_by_hand_are_ids():
    scenario = named_scenario()
    lines = [line for line in scenario.to_yaml().splitlines() if not line.startswith("key:")]
    hidden = gs.own_key().pseudonyms(["bob", "dee"])
    text = "\n".join(lines).replace(hidden[0], "bob").replace(hidden[1], "dee")
    assert gs.Scenario.from_yaml(text, scenario.company) == scenario


def test_a_label_made_up_from_named_advocates_says_how_many():
    scenario = named_scenario()
    other = scenario.replace({"program.advocates.names": ["ann", "cyd", "dee"]})
    assert other.label == "Two; program.advocates.names = 3 named"
