"""The order of an export's rows decides no number; another key does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.pseudonyms import Key

KEY, OTHER = Key(bytes(range(32))), Key(bytes(32))
PEOPLE = 120
RANDOM = np.random.default_rng(7)
HR = pd.DataFrame(
    {
        "Who": [f"w{i:03}" for i in range(PEOPLE)],
        "Team": RANDOM.choice(["Sales", "Lab", "Human Resources"], PEOPLE),
        "Place": RANDOM.choice(["North", "South"], PEOPLE),
        "Links": np.where(RANDOM.random(PEOPLE) < 0.3, np.nan, RANDOM.integers(5, 900, PEOPLE)),
        "Friends": RANDOM.integers(0, 90, PEOPLE),
        "Mood": RANDOM.integers(1, 5, PEOPLE),
        "Hired": pd.Timestamp("2015-01-05") + pd.to_timedelta(RANDOM.integers(0, 3000, PEOPLE), "D"),
    }
)
TIES = pd.DataFrame(RANDOM.choice(HR["Who"], (300, 2)), columns=["source", "target"])
MAPPING = {"id": "Who", "department": "Team", "region": "Place", "connections": "Links",
           "connections_facebook": "Friends", "satisfaction": gs.scale("Mood", 1, 4), "hire_date": "Hired"}  # fmt: skip
PROGRAMS = {
    "Active": gs.Program(advocates=gs.ActiveAdvocates(size=20), posts_per_week=3),
    "Named": gs.Program(advocates=gs.ActiveAdvocates(names=["w003", "w050", "w101"]), posts_per_week=3),
    "Invited": gs.Program(
        select=gs.Selection(order="readiness", quotas={"Sales": 10, "Lab": 9}), recognition=1, champion=1
    ),
}


def simulate(program: gs.Program, key: Key = KEY, seed: int | None = None, **more: Any) -> gs.Results:
    """Of the tables as they are, or shuffled by a seed."""
    hr, ties = (table if seed is None else table.sample(frac=1, random_state=seed) for table in (HR, TIES))
    company = gs.Company.from_frames(hr, columns=MAPPING, as_of="2026-12-31", ties=ties, key=key, **more)
    scenario = gs.Scenario(company, "2027-01-04", weeks=5, warm_up_weeks=1, follow_up_weeks=1, program=program)
    return gs.simulate(
        scenario.replace({"platforms.facebook.on": True}), worlds=2, replicates=1, seed=3, progress=False,
        record=["cascades"],
    )  # fmt: skip


def assert_same(one: gs.Results, other: gs.Results) -> None:
    np.testing.assert_array_equal(one.recording.values, other.recording.values)
    pd.testing.assert_frame_equal(one.summary(), other.summary())
    by_id = [result.people().sort_values("Who", ignore_index=True) for result in (one, other)]
    pd.testing.assert_frame_equal(*by_id)
    assert one.people()["Who"].tolist() == one.scenario.company.ids.tolist()  # rows are those of the table
    pd.testing.assert_frame_equal(one.cascades(), other.cascades())
    pd.testing.assert_frame_equal(one.frame(by="month"), other.frame(by="month"))
    company = (result.scenario.company for result in (one, other))
    rule = gs.Selection(order="readiness", size=30)
    pd.testing.assert_frame_equal(*(firm.select(rule, seed=3) for firm in company))
    assert one.manifest["scenario_hash"] == other.manifest["scenario_hash"]


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("coverage", [None, 0.6])
def test_every_number_is_that_of_the_shuffled_table(name: str, coverage: float | None) -> None:
    first = simulate(PROGRAMS[name], ties_coverage=coverage)
    assert first.summary().loc["posts", "mean"] > 0
    assert_same(first, simulate(PROGRAMS[name], seed=1, ties_coverage=coverage))


def test_named_people_are_the_same_in_any_order() -> None:
    names = ("w101", "w003", "w050")
    other = simulate(gs.Program(advocates=gs.ActiveAdvocates(names=names), posts_per_week=3))
    np.testing.assert_array_equal(other.recording.values, simulate(PROGRAMS["Named"]).recording.values)


def test_another_key_gives_other_numbers_and_the_manifest_says_so() -> None:
    one, other = (simulate(PROGRAMS["Active"], key) for key in (KEY, OTHER))
    assert one.summary().loc["impressions", "mean"] != other.summary().loc["impressions", "mean"]
    assert one.manifest["draw_key"] == KEY.draw_fingerprint
    assert other.manifest["draw_key"] == OTHER.draw_fingerprint
    assert one.manifest["company_hash"] != other.manifest["company_hash"]


def test_a_saved_study_runs_again_without_any_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = simulate(PROGRAMS["Invited"]).save(tmp_path / "a.gsw", key=OTHER)
    monkeypatch.setenv("GROUNDSWELL_KEY", "/dev/null/no.key")
    again = gs.rerun(path, progress=False)
    assert again.identical == again.numbers
