"""`result.cascades()` against the raw events of the same runs: acts, views and distances in each post's tree."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import world_parameters

SEED, WORLDS, REPLICATES = 2, 2, 2
SOURCES = ["organic", "organic", "program", "page"]  # by process
COUNTS = ["reshares", "acts", "largest_hop", "later_views"]


@pytest.fixture(scope="module")
def scenario() -> gs.Scenario:
    hr = pd.DataFrame({"Number": range(101, 131)})
    program = gs.Program(advocates=gs.ActiveAdvocates(size=10), posts_per_week=3)
    return gs.Scenario(
        gs.Company.from_frames(hr, columns={"id": "Number"}), "2027-01-04", weeks=4, warm_up_weeks=1,
        follow_up_weeks=1, label="A", program=program,
    ).replace({
        "platforms.linkedin.connections_mean": 40.0, "platforms.linkedin.reshare": 0.03, "label": "A",
    })  # fmt: skip


@pytest.fixture(scope="module")
def result(scenario: gs.Scenario) -> gs.Results:
    return gs.simulate(scenario, WORLDS, REPLICATES, SEED, threads=2, progress=False, record=["cascades"])


def expected(scenario: gs.Scenario, world: int, replicate: int) -> pd.DataFrame:
    """From the trace of a run, post by post."""
    built = _core.build_world(scenario.company.core_input(), world_parameters(scenario), SEED, world, 1)
    trace = _core.trace(built, _core.Design(**scenario.core_design()), replicate)
    posts, acts, views = (trace[name] for name in ("posts", "acts", "views"))
    shown = views["refusal"] == 0
    rows = []
    for post in np.flatnonzero(posts["company"]):
        mine, seen = np.flatnonzero(acts["post"] == post), shown & (views["post"] == post)
        author, process = int(posts["author"][post]), int(posts["process"][post])
        rows.append({
            "author": scenario.company.core_ids[author] if author < 30 else pd.NA, "source": SOURCES[process],
            "date": pd.Timestamp("2026-12-28") + pd.Timedelta(days=int(posts["day"][post])),
            "reshares": int((seen & views["reshared"]).sum()), "acts": len(mine),
            "largest_hop": int(views["hop"][seen].max(initial=1)), "later_views": int((views["hop"][seen] > 1).sum()),
            "structural_virality": virality(mine, acts["parent"]),
        })  # fmt: skip
    return pd.DataFrame(rows)


def virality(acts: Any, parents: Any) -> float:
    if len(acts) == 0:
        return float("nan")
    above = {-1: [-1]}  # from every node up to the post, which is -1
    for act in acts:
        above[int(act)] = [int(act), *above[int(parents[act])]]
    pairs = combinations(above.values(), 2)
    return float(np.mean([len(set(one) ^ set(other)) for one, other in pairs]))


@pytest.mark.parametrize(("world", "replicate"), [(0, 0), (1, 1)])
def test_every_post_is_told_by_the_trace(result: gs.Results, scenario: gs.Scenario, world: int, replicate: int) -> None:
    frame = result.cascades()
    mine = frame[(frame["world"] == world) & (frame["replicate"] == replicate)].reset_index(drop=True)
    known = expected(scenario, world, replicate)
    assert len(mine) == len(known) > 20
    for name in COUNTS:
        assert mine[name].tolist() == known[name].tolist(), name
        assert known[name].sum() > 0
    np.testing.assert_allclose(mine["structural_virality"], known["structural_virality"])
    assert mine["author"].isna().tolist() == known["author"].isna().tolist() == (mine["source"] == "page").tolist()
    people = known["author"].notna()
    assert mine["author"][people].tolist() == known["author"][people].tolist()
    assert mine["source"].tolist() == known["source"].tolist()
    assert mine["date"].tolist() == known["date"].tolist()
    assert set(mine["platform"]) == {"linkedin"}
    assert set(frame["label"]) == {"A"}


def test_sums_are_those_of_the_frame(result: gs.Results) -> None:
    frame = result.cascades()
    total = result.frame(["posts", "reshares"], by=["world", "replicate"], window="all")
    by_run = total.groupby(["measure", "world", "replicate"], observed=True)["value"].sum()
    groups = frame.groupby(["world", "replicate"])
    assert by_run["posts"].tolist() == groups.size().tolist()
    assert by_run["reshares"].tolist() == groups["reshares"].sum().tolist()
    hops = result.frame("impressions", by=["hop", "world", "replicate"], window="all")
    later = hops[hops["hop"] != "1"].groupby(["world", "replicate"])["value"].sum()
    assert later.tolist() == groups["later_views"].sum().tolist()


def test_threads_and_extension_do_not_matter(result: gs.Results, scenario: gs.Scenario) -> None:
    start = gs.simulate(scenario, 1, 1, SEED, threads=1, progress=False, record="cascades")
    longer = start.extend(worlds=WORLDS, replicates=REPLICATES, threads=1)
    pd.testing.assert_frame_equal(longer.cascades(), result.cascades())
    assert longer.manifest["record"] == ["cascades"]


def test_of_a_comparison(result: gs.Results, scenario: gs.Scenario) -> None:
    quiet = scenario.replace(program=None, label="B")
    contest = gs.compare([result, quiet], worlds=WORLDS, replicates=REPLICATES, seed=SEED, progress=False,
                         record=["cascades"])  # fmt: skip
    frame = contest.cascades()
    assert frame["label"].cat.categories.tolist() == ["A", "B"]
    assert Counter(frame["label"])["A"] == len(result.cascades())
    assert set(frame[frame["label"] == "B"]["source"]) <= {"organic", "page"}


def test_only_where_it_was_asked_for(result: gs.Results, scenario: gs.Scenario, tmp_path: Path) -> None:
    other = gs.simulate(scenario, 1, 1, SEED, threads=1, progress=False)
    assert other.manifest["record"] == []
    with pytest.raises(gs.NotRecorded, match=r"'A' was made without them; record=\[\"cascades\"\] of simulate"):
        other.cascades()
    opened = gs.load(result.save(tmp_path / "a.gsw"))
    assert isinstance(opened, gs.Results)
    assert (opened.manifest["record"], opened.manifest["recorded_but_not_saved"]) == ([], ["cascades"])
    with pytest.raises(gs.NotRecorded, match="files do not hold cascades"):
        opened.cascades()
    again = gs.load(opened.save(tmp_path / "b.gsw"))
    assert isinstance(again, gs.Results)
    assert again.manifest["recorded_but_not_saved"] == ["cascades"]
    with pytest.raises(gs.UnknownName, match=r"^record\.0: no optional recording of the name 'cascade'; .*cascades"):
        gs.simulate(scenario, 1, 1, record=["cascade"])
