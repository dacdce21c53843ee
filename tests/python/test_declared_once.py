"""A measure, a lever, a segment or a platform that is declared in one place and missing in another fails here."""

import pytest

import groundswell as gs
from groundswell import _core
from groundswell.company import audience as given_audience
from groundswell.company import columns as company_columns
from groundswell.company.facts import MARKET_PRICES, PAGES
from groundswell.decide.decision import COMPARED
from groundswell.decide.headline import HEADLINE as OF_COMPARISONS
from groundswell.results.dependence import PARTS, parts_of
from groundswell.results.measures import RATIOS, declared, of_comparisons
from groundswell.results.results import HEADLINE
from groundswell.results.vocabulary.added import ADDED, REPLACED
from groundswell.results.vocabulary.titles import TITLES
from groundswell.scenario.model.audience import SEGMENTS
from groundswell.scenario.model.platform import Platforms
from groundswell.scenario.model.shares import PlatformShares
from groundswell.scenario.program.levers import LEVERS
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.scenario.schema.platform_table import TITLES as PLATFORM_TITLES

GROUPS = ("mix", "presence")


def test_every_measure_says_what_it_is():
    for name, measure in declared().items():
        for words in (measure.unit, measure.population, measure.definition):
            assert words, name
        assert measure.better in COMPARED
    assert {ratio.measure.name for ratio in RATIOS} < set(declared())
    assert [m["name"] for m in _core.measures()] == [m.name for m in declared().values() if _own(m)]


def _own(measure):
    return measure.kind not in ("ratio", "mean") and measure.number and measure.name != "unique_reach_to_date"


def test_every_part_that_a_measure_rests_on_has_its_inputs():
    assert {part for name in declared() for part in parts_of(name)} == set(PARTS)
    patterns = {pattern for part in PARTS.values() for pattern in part.parameters}
    assert all(part.parameters for part in PARTS.values())
    assert {"costs.*", "program.*", "awareness.phi"} < patterns


def test_a_ratio_rests_on_what_its_parts_rest_on():
    assert parts_of("employee_to_page_posts") == parts_of("posts")
    assert parts_of("aware_people") == parts_of("awareness")


def test_what_is_added_is_declared_once_and_rests_on_what_it_is_made_of():
    added = of_comparisons()
    assert list(added) == list(ADDED)
    assert not set(added) & set(declared())
    assert set(added["cost_per_click_added"].rests_on.split(", ")) == {"delivery", "links", "clicking", "costs"}
    for name, one in ADDED.items():
        assert {one.of.measure, *([ADDED[one.per].of.measure] if one.per else [])} <= set(declared()), name
        assert one.population
        assert one.definition
    assert not set(REPLACED) & {*declared(), *added}
    assert set(REPLACED.values()) <= set(added)
    assert {one.market_price for one in ADDED.values()} - {""} == set(MARKET_PRICES)


def test_every_headline_and_everything_added_has_a_title_in_words():
    for name in {*HEADLINE, *OF_COMPARISONS, *ADDED}:
        assert name in TITLES, name
        assert "_" not in TITLES[name]
    assert set(TITLES) <= {*declared(), *ADDED}


def test_schema_company_and_segments_have_the_platforms_of_the_core():
    platforms, segments = list(_core.platforms), list(_core.segments)
    assert list(PLATFORMS) == list(PLATFORM_TITLES) == list(PAGES) == platforms
    assert list(company_columns.ELSEWHERE.values()) == platforms[1:]
    for group in (Platforms, PlatformShares):
        assert list(group.model_fields) == platforms
    assert list(SEGMENTS) == list(given_audience.SEGMENTS) == list(gs.segments()["segment"]) == segments
    for name in ("audience.pool", "audience.affinity", *(f"platforms.{p}.{g}" for p in platforms for g in GROUPS)):
        paths = [path for path in gs.parameters()["path"] if path.startswith(f"{name}.")]
        assert [path.removeprefix(f"{name}.") for path in paths] == segments, name


def test_every_lever_is_a_field_of_the_schema_and_moves_a_measure():
    levers = gs.levers()
    assert set(levers["address"]) == {f"program.{name}" for name in LEVERS if name not in ("platforms", "mix")}
    for row in levers.to_dict("records"):
        assert row["measure"] in declared()
        assert row["description"], row["name"]


def test_headlines_and_counts_by_person_are_measures():
    assert {*HEADLINE, *OF_COMPARISONS, *_core.author_measures()} <= set(declared())


@pytest.mark.parametrize(
    ("name", "better", "population"),
    [
        ("unique_reach", "more", "persons outside the company, by employees' posts"),
        ("unique_reach_with_page", "more", "persons outside the company, by employees' posts and the page's"),
        ("frequency", "neither", "persons outside the company, by employees' posts"),
        ("cost_per_person_added", "less", "persons outside the company, by employees' posts and the page's"),
        ("hours_added", "less", "members of the program"),
        ("headcount", "more", "employees"),
    ],
)
def test_the_table_says_what_is_better_and_who_is_counted(name, better, population):
    row = gs.measures().set_index("name").loc[name]
    assert (row["better"], row["population"]) == (better, population)
