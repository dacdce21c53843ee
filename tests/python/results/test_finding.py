"""Finding one's way: every table of names, and the nearest valid one for a typo."""

import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import WORLD_GROUPS

BASE = gs.Scenario(gs.Company.synthetic(100), "2027-01-04")


def test_parameters_have_one_address_that_replace_takes():
    table = gs.parameters()
    assert table["path"].is_unique
    assert table[["unit", "source", "tag", "description"]].map(bool).all().all()
    own = BASE.replace({"feed.viewer_limit": 9}).parameters().set_index("path")
    assert own.index[own["changed"]].tolist() == ["feed.viewer_limit"]


def test_measures_say_what_they_add_up_over():
    table = gs.measures().set_index("name")
    assert {"kind", "unit", "definition", "adds_over", "vendor_word"} <= set(table.columns)
    assert table.loc["unique_reach", "adds_over"].startswith("nothing")
    assert "segments" in table.loc["impressions", "adds_over"]
    assert "segments" not in table.loc["posts", "adds_over"]  # not recorded by segment: nothing to add
    assert {row["name"] for row in _core.measures()} <= set(table.index)


def test_segments_are_those_of_the_engine_with_their_sizes():
    table = gs.segments()
    assert table["segment"].tolist() == list(_core.segments)
    assert table["definition"].map(bool).all()
    assert table["connection_share_linkedin"].sum() == pytest.approx(1)
    assert (table["presence_linkedin"] == 1).all()
    rows = table.set_index("segment")
    assert rows.loc["employee", "persons_per_1000_employees"] == 1000
    assert rows.loc["buyer", "persons_per_1000_employees"] == 60_000
    world = _core.build_world(gs.Company.synthetic(1000).core_input(), _parts(BASE), 1, 0, 1)
    sizes = [b - a for a, b in zip(world.segment_begin[:-1], world.segment_begin[1:], strict=True)]
    assert table["persons_per_1000_employees"].tolist() == sizes


def test_segments_of_a_scenario_follow_its_parameters():
    changed = BASE.replace({"audience.pool.buyer": 1234, "audience.affinity.other": 2})
    rows = gs.segments(changed).set_index("segment")
    assert rows.loc["buyer", "persons_per_1000_employees"] == 1234
    assert rows.loc["other", "mean_affinity"] == 2
    known = set(gs.parameters()["path"])
    both = gs.segments(changed.replace({"platforms.x.on": True})).set_index("segment")
    assert both.loc["buyer", "presence_x"] == 0.3
    assert both["connection_share_x"].sum() == pytest.approx(1)
    assert {address for text in both["addresses"] for address in text.split(", ")} <= known
    assert {address for text in rows["addresses"] for address in text.split(", ")} <= known
    with pytest.raises(gs.InvalidInput, match="segments takes a Scenario or nothing, not 'buyer'"):
        gs.segments("buyer")


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda: BASE.replace({"feed.viewer_limits": 3}), "feed.viewer_limit"),
        (lambda: BASE.company.numbers_of([990]), "90"),
        (lambda: gs.Company.synthetic(5, curency="EUR"), "company.currency"),
    ],
)
def test_a_typo_is_answered_with_the_nearest_name(ask, near):
    with pytest.raises(gs.InvalidInput, match=f"nearest valid name: {near}"):
        ask()


def test_a_description_names_the_law_of_every_field_that_is_drawn():
    parts = BASE.describe()
    assert parts.set_index("part").loc["company: hire_date", "detail"].endswith("from retention.tenure_mean_years")
    assert not parts["detail"].str.endswith("from ").any()


def _parts(scenario):
    parameters = scenario.core_parameters()
    return {name: parameters[name] for name in WORLD_GROUPS}


def test_completion_shows_what_a_user_needs():
    assert dir(gs) == sorted(gs.__all__)
    assert all(callable(getattr(gs, name)) for name in set(dir(gs)) - {"presets"})
    program = gs.Program(advocates=gs.ActiveAdvocates(size=3))
    assert {"posts_per_week", "advocates", "people"} <= set(dir(program))
    assert [name for name in dir(program) if name.startswith(("model_", "_")) or name in ("json", "copy", "dict")] == []
    assert {"replace", "diff", "company", "feed"} <= set(dir(BASE))
