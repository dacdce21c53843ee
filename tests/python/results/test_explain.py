"""What a number rests on: the chain multiplies out, and nothing that is not listed changes a measure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.columns import Mapped
from groundswell.results.dependence import parameters_of
from groundswell.results.explain import KINDS, PEOPLE, Explanation
from groundswell.scenario.schema.platform_table import PLATFORMS

# Everything happens often enough in four weeks of forty people that a change shows.
LIVELY = {
    "posting.organic_company_posts_per_month": 10.0, "audience.unprompted_share": 0.3,
    "platforms.linkedin.mute": 0.02, "platforms.linkedin.reshare": 0.02, "content.items_per_week": 2.0,
}  # fmt: skip
INVITED = gs.Program(
    select=gs.Selection(order="readiness", size=30), posts_per_week=6, mode="mandatory", training_hours_per_person=2,
    page_amplification=0.3, recognition=0.5,
)  # fmt: skip
DERIVED = {"audience.pool.employee", *(f"platforms.{p}.presence.employee" for p in PLATFORMS)}  # by definition


def design(employees: int = 40) -> gs.Scenario:
    program = gs.Program(advocates=gs.ActiveAdvocates(size=25), posts_per_week=6)
    company = gs.Company.synthetic(employees=employees)
    return gs.Scenario(
        company, start="2027-12-13", weeks=4, warm_up_weeks=1, follow_up_weeks=1, label="A", program=program
    ).replace(LIVELY)


def means(scenario: gs.Scenario) -> dict[str, float]:
    summary = gs.simulate(scenario, worlds=1, replicates=1, threads=1, progress=False).summary()
    return {str(name): float(value) for name, value in summary["mean"].items()}


def moved(scenario: gs.Scenario, paths: list[str]) -> gs.Scenario:
    """Every one of the parameters at another valid value; shares that must sum to 1 swap places."""
    values = scenario.parameters().set_index("path")["value"]
    changes: dict[str, Any] = {}
    for path in paths:
        value = values[path]
        if path in DERIVED or path.startswith(("company.", "posting.organic_platforms")):  # `fields_of`; one is on
            continue
        if path == "feed.contagion":
            changes[path] = "fractional"
            continue
        group = path.rpartition(".")[0]
        if group.endswith("mix"):  # the next share of the mix; a mix is listed as a whole or not at all
            shares = [other for other in paths if other.startswith(f"{group}.")]
            changes[path] = values[shares[(shares.index(path) + 1) % len(shares)]]
            continue
        changes[path] = value + 3 if isinstance(value, int) else 0.1 if value == 0 else value * 0.8
    return scenario.replace(changes)


@pytest.fixture(scope="module")
def result() -> gs.Results:
    return gs.simulate(design(), worlds=5, replicates=2, threads=1, progress=False)


@pytest.mark.parametrize("invited", [False, True])
def test_nothing_that_is_not_listed_changes_a_measure(invited: bool) -> None:
    scenario = design().replace(program=INVITED) if invited else design()
    before = means(scenario)
    # The page is a field; a currency is text; what a running program does needs one.
    apart = ("weeks", "warm_up_weeks", "running_program", "company.page_followers", "company.currency")
    paths = [path for path in scenario.parameters()["path"] if path not in apart]
    unlisted: dict[tuple[str, ...], list[str]] = {}
    for measure in before:
        listed = set(parameters_of(measure, paths, invited))
        unlisted.setdefault(tuple(path for path in paths if path not in listed), []).append(measure)
    assert all(len(others) > 5 for others in unlisted)  # later hops make views rest on nearly everything
    for others, measures in unlisted.items():
        after = means(moved(scenario, list(others)))
        assert {m: after[m] for m in measures} == {m: before[m] for m in measures}
        assert after != before


@pytest.mark.parametrize(
    ("path", "measures"),
    [
        ("posting.organic_company_posts_per_month", {"posts", "unique_reach", "awareness"}),
        ("platforms.linkedin.connections_mean", {"potential_reach", "audience_size", "unique_reach"}),
        ("platforms.linkedin.person_visibility", {"impressions", "unique_reach", "engagements", "awareness"}),
        ("platforms.linkedin.engage", {"engagements", "engagement_rate"}),
        ("awareness.phi", {"awareness"}),
    ],
)  # fmt: skip
def test_what_is_listed_does(path: str, measures: set[str]) -> None:
    before, after = means(design()), means(moved(design(), [path]))
    changed = {name for name in before if before[name] != after[name]}
    assert measures <= changed
    assert all(parameters_of(name, [path]) for name in changed)


def test_the_chain_multiplies_out(result: gs.Results) -> None:
    chain = result.explain("unique_reach").chain.set_index("step")
    upto = chain.loc[:PEOPLE]
    assert list(upto.index) == [
        "employees", "active sharers", "posts of employees", "potential reach",
        "impressions of connections (first hop)", "impressions of all hops", "impressions outside the company", PEOPLE,
    ]  # fmt: skip
    assert upto["mean"].iloc[0] == 40
    assert np.prod(upto["factor"].to_numpy()[1:]) * 40 == pytest.approx(result.summary()["mean"]["unique_reach"])
    sources = result.frame(["posts", "potential_reach", "impressions"], by="source")
    own = sources[sources["source"] != "page"].groupby("measure", observed=True)["mean"].sum()
    steps = ["posts of employees", "potential reach", "impressions of all hops"]
    assert chain["mean"][steps].tolist() == pytest.approx(own.tolist())
    hops = result.frame("impressions", by=["source", "hop"])
    first = hops[(hops["source"] != "page") & (hops["hop"] == "1")]["mean"].sum()
    assert chain["mean"]["impressions of connections (first hop)"] == pytest.approx(first)
    assert chain["factor"]["impressions of all hops"] > 1
    assert 1 / chain["factor"][PEOPLE] == pytest.approx(result.summary()["mean"]["frequency"])


@pytest.mark.parametrize("measure", ["engagements", "posts", "awareness", "frequency", "weak_tie_reshares"])
def test_the_last_row_is_the_number_of_the_summary(result: gs.Results, measure: str) -> None:
    last = result.explain(measure).chain.iloc[-1]
    assert last["mean"] == pytest.approx(result.summary()["mean"][measure])
    assert last["step"] == f"{measure}, as reported"


def test_an_engagement_rate_in_the_chain_is_of_attended_impressions(result: gs.Results) -> None:
    chain = result.explain("engagements").chain.set_index("step")
    row = chain.loc["engagements outside"]
    assert row["factor"] == pytest.approx(row["mean"] / chain["mean"]["attended impressions outside"])


def test_basis_counts_by_tag_and_by_column(result: gs.Results) -> None:
    basis = result.explain("unique_reach").basis.set_index("rests_on")
    assert list(basis.index) == list(KINDS.values())
    table = result.scenario.parameters().set_index("path")
    evidence = [name for name in basis["names"][KINDS["evidence"]].split(", ") if name]
    assert len(evidence) == basis["count"][KINDS["evidence"]] > 5
    assert set(table.loc[evidence, "tag"]) == {"evidence"}
    stated = set(basis["names"][KINDS["stated"]].split(", "))
    assert {"program.posts_per_week", "weeks", "audience.unprompted_share"} <= stated  # the last was changed
    assert basis["count"][KINDS["given"]] == 0  # a built-in company


def test_columns_given_and_imputed() -> None:
    hr = pd.DataFrame({"id": range(40), "level": [1, 2] * 20, "connections": [100.0, None] * 20})
    columns: Mapped = {"id": "id", "seniority": gs.ranked("level"), "connections": "connections"}
    scenario = design().replace(company=gs.Company.from_frames(hr, columns=columns))
    result = gs.simulate(scenario, worlds=1, replicates=1, threads=1, progress=False)
    basis = result.explain("impressions").basis.set_index("rests_on")["names"]
    assert basis[KINDS["given"]] == "seniority"
    assert basis[KINDS["partly"]] == "connections"
    assert "susceptibility" in basis[KINDS["imputed"]]


def test_shown_in_a_cell(result: gs.Results) -> None:
    for measure in result.recording.measures:
        explained = result.explain(measure)
        assert isinstance(explained, Explanation)
        assert len(repr(explained).splitlines()) <= 12
        assert explained.definition in repr(explained)
        assert "rests on" in explained._repr_html_()
    with pytest.raises(gs.UnknownName, match="nearest valid name: unique_reach"):
        result.explain("unique_reech")
