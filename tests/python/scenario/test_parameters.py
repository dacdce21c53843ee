"""The parameter frame, its metadata, the generated list and the solved platform file."""

import math
from pathlib import Path

import pytest

import groundswell as gs
from groundswell.errors import DamagedFile
from groundswell.scenario import Scenario
from groundswell.scenario.model.solved import interpolate, parse_solved, solved
from groundswell.scenario.parameters import COLUMNS, markdown
from groundswell.scenario.schema.base import TAGS

ROOT = Path(__file__).resolve().parents[3]
CURVE = ((0.01, 0.02), (0.125, 0.3), (0.5, 3.0))


def test_the_frame_has_every_parameter_with_its_metadata():
    frame = gs.parameters()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["path"].is_unique
    assert len(frame) > 150
    for column in ("unit", "bounds", "prior", "source", "tag", "description"):
        assert (frame[column].str.len() > 0).all(), column
    assert set(frame["tag"]) <= set(TAGS)
    assert not frame["changed"].any()
    rows = frame.set_index("path")
    assert rows.loc["feed.viewer_limit", "bounds"] == "(0, 1e+06] or None (off)"
    assert rows.loc["platforms.linkedin.connections_mean", "prior"] == "U(150, 400)"
    assert type(rows.loc["weeks", "value"]) is int


def test_a_scenario_says_what_it_changed():
    scenario = Scenario(gs.Company.synthetic(50), "2027-01-04", weeks=26).replace({"feed.viewer_limit": None})
    frame = scenario.parameters()
    assert list(frame["path"][frame["changed"]]) == ["weeks", "feed.viewer_limit"]
    rows = frame.set_index("path")
    assert rows.loc["feed.viewer_limit", "value"] is None
    assert rows.loc["program.posts_per_week", "value"] is None
    assert rows.loc["program.posts_per_week", "default"] == 4.0


def test_every_default_is_inside_its_own_bounds():
    company = gs.Company.synthetic(50)
    for row in gs.parameters().itertuples():
        if row.default is not None and not row.path.startswith("program."):
            assert Scenario(company, "2027-01-04").replace({row.path: row.default}).label == "No program"


def test_the_generated_list_is_current():
    text = (ROOT / "docs" / "PARAMETERS.md").read_text(encoding="utf-8")
    assert text == markdown(Scenario), "run: make docs"
    assert all(f"`{path.rpartition('.')[2]}`" in text for path in gs.parameters()["path"])


def test_interpolation_is_exact_at_the_points_and_log_log_between():
    assert [interpolate(CURVE, x) for x, _ in CURVE] == [y for _, y in CURVE]
    middle = math.sqrt(0.01 * 0.125)
    assert interpolate(CURVE, middle) == pytest.approx(math.sqrt(0.02 * 0.3), rel=1e-12)
    for outside in (0.0099, 0.51):
        with pytest.raises(ValueError, match=r"solved range 0\.01 to 0\.5"):
            interpolate(CURVE, outside)


def test_visibility_becomes_a_rate_on_the_solved_curve():
    scenario = Scenario(gs.Company.synthetic(50), "2027-01-04")
    constants = scenario.core_parameters()["platforms"]["linkedin"]["constants"]
    assert constants["person_rate"] == solved("linkedin").person_rate(0.125)
    assert constants["page_rate"] == solved("linkedin").page_rate(0.04)
    more = scenario.replace({"platforms.linkedin.person_visibility": 0.2}).core_parameters()
    assert more["platforms"]["linkedin"]["constants"]["person_rate"] > constants["person_rate"]
    assert more["platforms"]["linkedin"]["constants"]["page_rate"] == constants["page_rate"]


GOOD = (
    "solved: {date: null}\nperson_rate_curve: [[.01, .02], [.5, 3]]\npage_rate_curve: [[.01, .02], [.5, 3]]\n"
    + "".join(
        f"{reaction}_{author}: 1.0\n"
        for author in ("person", "page")
        for reaction in ("engage", "click", "reshare", "mute")
    )
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("engage_person: 1.0\n", "", "keys differ"),
        ("engage_person: 1.0", "engage_person: -1.0", "engage_person: -1.0 is not a positive number"),
        ("engage_person: 1.0", "engage_person: .nan", "not a positive number"),
        (
            "person_rate_curve: [[.01, .02], [.5, 3]]",
            "person_rate_curve: [[.01, .02]]",
            "person_rate_curve: two points",
        ),
        ("person_rate_curve: [[.01, .02], [.5, 3]]", "person_rate_curve: [[.5, 3], [.01, .02]]", "must rise"),
    ],
)
def test_a_damaged_platform_file_is_refused(old, new, message):
    assert parse_solved(GOOD, "x.yaml").person_rate(0.5) == 3.0
    with pytest.raises(DamagedFile, match=message):
        parse_solved(GOOD.replace(old, new), "x.yaml")
