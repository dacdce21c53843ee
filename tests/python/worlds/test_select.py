"""Who a rule picks, before anything runs: exactly whom the engine takes."""

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import WORLD_GROUPS

PROGRAM = 2  # process of a post (docs/MODEL.md 3)
HR = pd.DataFrame({"id": [f"e{i}" for i in range(40)], "dept": ["A", "B", None, "C"] * 10, "level": [0, 4] * 20})
COMPANY = gs.Company.from_frames(HR, columns={"id": "id", "department": "dept", "seniority": "level"})


def posted(company, advocates, world, seed):
    """Ids of the employees who write a post of the program in a run of the engine from which nobody leaves."""
    scenario = gs.Scenario(company, "2027-01-04", 8, warm_up_weeks=0, follow_up_weeks=0,
                           program=gs.Program(advocates=advocates, posts_per_week=20))  # fmt: skip
    scenario = scenario.replace({"retention.turnover_per_year": 0})  # nobody takes the place of another
    parameters = scenario.core_parameters()
    parts = {name: parameters[name] for name in WORLD_GROUPS}
    built = _core.build_world(company.core_input(), parts, seed, world, 1)
    posts = _core.trace(built, _core.Design(**scenario.core_design()), 0)["posts"]
    return set(company.core_ids[np.unique(posts["author"][posts["process"] == PROGRAM])])


@pytest.mark.parametrize(("world", "seed"), [(0, 1), (3, 1), (0, 2**64 - 1)])
def test_random_advocates_are_those_the_engine_takes(world, seed):
    rule = gs.ActiveAdvocates(size=9)
    chosen = COMPANY.select(rule, world=world, seed=seed)
    assert set(chosen["id"]) == posted(COMPANY, rule, world, seed)
    assert chosen["order"].tolist() == list(range(1, 10))
    assert (chosen["world"] == world).all()
    assert (chosen["seed"] == seed).all()


def test_named_advocates_keep_their_order_and_their_place():
    rule = gs.ActiveAdvocates(names=["e7", "e2", "e30"])
    chosen = COMPANY.select(rule)
    assert chosen["id"].tolist() == ["e7", "e2", "e30"]
    assert set(chosen["id"]) == posted(COMPANY, rule, 0, 1)
    assert chosen["department"].tolist()[0] == "C"
    assert chosen["seniority"].tolist() == ["executive", "individual", "individual"]
    rest = "fit, connections, activity, persuasion, willingness, readiness"
    assert chosen["imputed"].tolist() == [rest, f"department, {rest}", f"department, {rest}"]


def test_what_was_given_is_shown_and_what_was_drawn_is_marked():
    chosen = COMPANY.select(gs.ActiveAdvocates(size=40)).set_index("id").loc[HR["id"]]
    given = HR["dept"].notna().to_numpy()
    assert chosen["department"].to_numpy()[given].tolist() == HR["dept"][given].tolist()
    assert set(chosen["department"].to_numpy()[~given]) <= {"A", "B", "C"}
    assert (chosen["imputed"].str.startswith("department").to_numpy() == ~given).all()
    drawn = gs.Company.synthetic(40).select(gs.ActiveAdvocates(size=3))
    assert drawn["imputed"].str.startswith("department, seniority, fit").all()


def test_larger_groups_contain_smaller_ones_and_worlds_differ():
    chosen = [COMPANY.select(gs.ActiveAdvocates(size=n))["id"].tolist() for n in (0, 5, 20)]
    assert chosen[0] == []
    assert chosen[2][:5] == chosen[1]
    assert COMPANY.select(gs.ActiveAdvocates(size=20), world=1)["id"].tolist() != chosen[2]
    assert COMPANY.select(gs.ActiveAdvocates(size=20), seed=2)["id"].tolist() != chosen[2]


def test_parameters_of_the_scenario_do_not_decide_who_is_taken():
    built = [
        _core.build_world(COMPANY.core_input(), {name: p[name] for name in WORLD_GROUPS}, 1, 0, 1)
        for p in (
            gs.Scenario(COMPANY, "2027-01-04").core_parameters(),
            gs.Scenario(COMPANY, "2027-01-04")
            .replace(
                {
                    "platforms.linkedin.connections_mean": 50,
                    "audience.copying_share": 0.0,
                    "workforce.corr_skill_activity": 0,
                }
            )
            .core_parameters(),
        )
    ]
    for name in ("advocate_order", "department", "seniority"):
        np.testing.assert_array_equal(*(getattr(world, name) for world in built))


@pytest.mark.parametrize(
    ("rule", "more", "message"),
    [
        (gs.ActiveAdvocates(size=41), {}, "program.advocates.size = 41: more than the company's 40 employees"),
        (gs.ActiveAdvocates(names=["e77"]), {}, "program.advocates.names = 'e77': no employee has this id"),
        (5, {}, "rule = 5: must be a gs.ActiveAdvocates"),
        (gs.ActiveAdvocates(size=1), {"world": -1}, "world = -1: must be a whole number"),
        (gs.ActiveAdvocates(size=1), {"seed": 1.5}, "seed = 1.5: must be a whole number"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(rule, more, message):
    with pytest.raises(gs.InvalidInput, match=message):
        COMPANY.select(rule, **more)
