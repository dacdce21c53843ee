"""The parameter frame, its metadata, the generated list and the solved platform file."""

import math
from pathlib import Path

import pytest

import groundswell as gs
from groundswell.errors import DamagedFile
from groundswell.scenario import Scenario
from groundswell.scenario.model.solved import REACTION_CONSTANTS, RateTable, parse_solved, solved
from groundswell.scenario.parameters import COLUMNS, markdown
from groundswell.scenario.schema.base import TAGS

ROOT = Path(__file__).resolve().parents[3]


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


AXES = ((0.01, 0.03, 0.1, 0.2, 0.5), (0.2, 0.5, 1.0), (0.0, 1.0, 2.0))


def _law(visibility, shape, log_sd):
    """Something as smooth as the solved rates: their logarithm has no fifth power of any variable."""
    x, y = math.log(visibility), math.log(shape)
    return math.exp(0.5 + 1.1 * x + 0.03 * x**3 - 0.2 * y + 0.1 * x * y + 0.2 * log_sd**2 + 0.05 * x * log_sd)


TABLE = RateTable(AXES, tuple(math.log(_law(v, s, d)) for d in AXES[2] for s in AXES[1] for v in AXES[0]))


def test_the_table_gives_back_its_points_and_smooth_laws_between():
    for visibility, shape, log_sd in [(v, s, d) for v in AXES[0] for s in AXES[1] for d in AXES[2]]:
        assert TABLE.rate(visibility, shape, log_sd) == pytest.approx(_law(visibility, shape, log_sd), rel=1e-12)
    for point in ((0.0101, 0.21, 0.1), (0.06, 0.7, 1.3), (0.31, 0.99, 1.99)):
        assert TABLE.rate(*point) == pytest.approx(_law(*point), rel=1e-9)


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ((0.009, 0.5, 0.0), "visibility 0.009 is outside of the solved range 0.01 to 0.5"),
        ((0.1, 1.1, 0.0), "activity_shape 1.1 is outside of the solved range 0.2 to 1"),
        ((0.1, 0.5, 2.5), "appeal_log_sd 2.5 is outside of the solved range 0 to 2"),
    ],
)
def test_the_table_ends_at_its_edges(point, message):
    with pytest.raises(ValueError, match=message):
        TABLE.rate(*point)


@pytest.mark.parametrize("name", ["linkedin", "facebook", "instagram", "x"])
def test_a_platform_file_covers_the_priors_and_rises_with_visibility(name):
    rows = gs.parameters().set_index("path")
    for table, author in ((solved(name).person, "person"), (solved(name).page, "page")):
        low, high = table.range("visibility")
        default = rows.loc[f"platforms.{name}.{author}_visibility", "default"]
        assert low <= default / math.exp(0.8) < default * math.exp(0.8) <= high  # two log-sds of LN(1, .4)
        assert table.range("activity_shape") == (0.2, 1.2)
        assert table.range("appeal_log_sd") == (0, 2)
        assert rows.loc["content.appeal_visibility_log_sd", "bounds"] == "[0, 2]"
        for shape in (0.25, 0.47, 0.9):
            for log_sd in (0.0, 0.7, 1.2, 1.6):
                rates = [table.rate(min(low + (high - low) * k / 60, high), shape, log_sd) for k in range(61)]
                assert rates == sorted(rates)
        assert table.rate(default, 0.47, 1.2) > table.rate(default, 0.47, 0.0)


def test_visibility_becomes_a_rate_of_the_solved_table():
    scenario = Scenario(gs.Company.synthetic(50), "2027-01-04")

    def constants(**changes):
        changed = scenario.replace({address.replace("__", "."): value for address, value in changes.items()})
        return changed.core_parameters()["platforms"]["linkedin"]["constants"]

    now = constants()
    assert now["person_rate"] == solved("linkedin").person.rate(0.125, 0.47, 1.2)
    assert now["page_rate"] == solved("linkedin").page.rate(0.04, 0.47, 1.1)
    assert now["reshare_rate"] == solved("linkedin").person.rate(0.125, 0.47, 0.0)
    more = constants(platforms__linkedin__person_visibility=0.2)
    assert more["person_rate"] > now["person_rate"]
    assert more["page_rate"] == now["page_rate"]
    equal = constants(content__appeal_visibility_log_sd=0.0)
    assert equal["person_rate"] == equal["reshare_rate"] == now["reshare_rate"] < now["person_rate"]
    assert equal["page_rate"] == now["page_rate"]


def test_a_shape_that_nobody_solved_for_is_refused():
    scenario = Scenario(gs.Company.synthetic(50), "2027-01-04")
    message = r"platforms\.linkedin\.activity_shape = 5: must be inside the solved range 0\.2 to 1\.2"
    with pytest.raises(gs.InvalidInput, match=message):
        scenario.replace({"platforms.linkedin.activity_shape": 5.0})


ROW = "[.01, 3]"
OF_TABLE = f"{{visibility: [.01, .5], activity_shape: [.2, 1], appeal_log_sd: [0, 2], rate: [{', '.join([ROW] * 4)}]}}"
GOOD = f"solved: {{date: null}}\nperson_rates: {OF_TABLE}\npage_rates: {OF_TABLE}\n" + "".join(
    f"{name}: 1.0\n" for name in REACTION_CONSTANTS
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("engage_person: 1.0\n", "", "keys differ"),
        ("engage_person: 1.0", "engage_person: -1.0", "engage_person: -1.0 is not a positive number"),
        ("engage_person: 1.0", "engage_person: .nan", "not a positive number"),
        ("activity_shape: [.2, 1], ", "", "person_rates: must have"),
        ("visibility: [.01, .5]", "visibility: [.01]", "person_rates: visibility: must be two numbers or more"),
        ("visibility: [.01, .5]", "visibility: [.5, .01]", "must rise"),
        ("appeal_log_sd: [0, 2]", "appeal_log_sd: [1, 2]", "appeal_log_sd must begin with 0"),
        (f"[{ROW}, ", "[", "rate must have 4 rows"),
        (f"[{ROW}, ", "[[.01, 2, 3], ", "a row must have 2 positive numbers"),
        (f"[{ROW}, ", "[[0, 2], ", "a row must have 2 positive numbers"),
        (f"[{ROW}, ", "[[2, .01], ", "must rise"),
    ],
)
def test_a_damaged_platform_file_is_refused(old, new, message):
    assert parse_solved(GOOD, "x.yaml").person.rate(0.5, 1.0, 2.0) == pytest.approx(3.0, rel=1e-12)
    with pytest.raises(DamagedFile, match=message):
        parse_solved(GOOD.replace(old, new, 1), "x.yaml")
