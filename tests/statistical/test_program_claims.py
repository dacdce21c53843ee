"""Claims about programs where evidence gives a sign: paired runs, p < .001, and a least effect.

False alarms: each comparison asks for p < .001, so a mechanism without effect passes in 1 of 1,000 seeds at most. Least
effects are about half of what was measured when they were set.
"""

from __future__ import annotations

import datetime
import functools
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

import groundswell as gs

pytestmark = pytest.mark.statistical
Floats = npt.NDArray[np.float64]
START = datetime.date(2027, 1, 4)
SEED, WORLDS = 5, 2


@functools.cache
def company() -> gs.Company:
    return gs.Company.synthetic(200)


def scenario(label: str, program: gs.Program, weeks: int = 8, **overrides: Any) -> gs.Scenario:
    base = gs.Scenario(company(), START, weeks, warm_up_weeks=1, follow_up_weeks=3, program=program)
    return base.replace({name.replace("__", "."): value for name, value in overrides.items()}, label=label)


def invited(**levers: Any) -> gs.Program:
    return gs.Program(select=gs.Selection(), **levers)


def active(size: int, **levers: Any) -> gs.Program:
    return gs.Program(advocates=gs.ActiveAdvocates(size=size), **levers)


def run(*designs: gs.Scenario, replicates: int = 8) -> dict[str, gs.Results]:
    found = gs.compare(designs, worlds=WORLDS, replicates=replicates, seed=SEED, people="aggregate")
    return dict(found.results)


def values(
    result: gs.Results, measure: str, *, by: str | None = None, cell: Any = None, window: str = "horizon"
) -> Floats:
    """One number a run; of one cell of a dimension, or summed over its cells where `cell` is None."""
    frame = result.frame(measure, by=["world", "replicate", *([by] if by else [])], window=window)
    if by and cell is not None:
        frame = frame[frame["date" if by == "month" else by] == cell]
    return np.asarray(frame.groupby(["world", "replicate"])["value"].sum(), dtype=np.float64)


def views_per_post(result: gs.Results) -> Floats:
    """Of program posts, to completion."""
    of = {"by": "source", "cell": "program", "window": "completion"}
    return values(result, "impressions", **of) / values(result, "posts", **of)


def rises(before: Floats, after: Floats, least: float = 0.0) -> None:
    """After is above before in paired runs, and by at least this part of it on average."""
    p = float(stats.ttest_1samp(after - before, 0, alternative="greater").pvalue)
    effect = after.mean() / before.mean() - 1
    assert p < 0.001, (before.mean(), after.mean(), p)
    assert effect >= least, (before.mean(), after.mean(), effect)


@functools.cache
def mandate() -> dict[str, gs.Results]:
    """Everybody is invited, half a year; at the default rates most of a voluntary program is still to come."""
    return run(
        scenario("voluntary", invited(guidelines=1), 26),
        scenario("mandate", invited(guidelines=1, mode="mandatory"), 26),
    )


def test_a_mandate_raises_volume_first() -> None:
    found = mandate()
    first = [values(found[name], "posts", by="month", cell="2027-01-01") for name in ("voluntary", "mandate")]
    rises(*first, 5.0)


def test_a_mandate_lowers_authenticity_and_satisfaction_and_raises_exits() -> None:
    found = mandate()
    for measure, least in (("authenticity", 0.05), ("satisfaction", 0.03)):
        rises(values(found["mandate"], measure), values(found["voluntary"], measure), least)
    rises(values(found["voluntary"], "exits"), values(found["mandate"], "exits"), 0.04)


GROUPS = (20, 70, 200)  # active advocates of 200 people with one audience: advocates per viewer
SUPPLIED, OWN, SUPPLIED_ONCE = "supplied", "own words", "supplied, copies as good as new"


@functools.cache
def wording(viewer_limit: bool = True) -> dict[str, Floats]:
    """Views per post by design: the same people, days and items."""
    limit = {} if viewer_limit else {"feed__viewer_limit": 1e6}
    designs = []
    for n in GROUPS:
        supplied, own = active(n, own_words=0), active(n, own_words=1)
        designs += [scenario(f"{SUPPLIED}, {n}", supplied, **limit), scenario(f"{OWN}, {n}", own, **limit)]
        designs += [scenario(f"{SUPPLIED_ONCE}, {n}", supplied, feed__identical_copy=1, **limit)]
    return {label: views_per_post(result) for label, result in run(*designs).items()}


def test_supplied_copies_get_fewer_views_than_own_words() -> None:
    views = wording()
    for n in GROUPS:
        rises(views[f"{SUPPLIED}, {n}"], views[f"{OWN}, {n}"], 0.13)


def test_what_copies_lose_grows_with_advocates_per_viewer() -> None:
    """Against the same posts whose copies are as good as new: 2.3, 3.2, 4.7 % were measured."""
    views = wording()
    lost = [views[f"{SUPPLIED_ONCE}, {n}"] / views[f"{SUPPLIED}, {n}"] - 1 for n in GROUPS]
    for less, more in pairwise(lost):
        rises(less, more, 0.15)


def test_the_gap_grows_with_advocates_per_viewer_where_feeds_are_not_full() -> None:
    """Own words over supplied text; the viewer limit is off: it takes most views from whoever is shown most.

    With it the whole gap is nearly flat: 1.289, 1.290, 1.298 were measured. Its larger part is credibility, which is
    the author's own.
    """
    views = wording(viewer_limit=False)
    few, *_, many = (views[f"{OWN}, {n}"] / views[f"{SUPPLIED}, {n}"] for n in GROUPS)
    rises(few, many, 0.01)


def test_bursts_get_fewer_views_than_a_steady_cadence() -> None:
    """Weeks of 8 and 0 posts in turn against 4 a week."""
    weeks = 8
    changes = [
        gs.Change(
            start=START + datetime.timedelta(weeks=k),
            end=START + datetime.timedelta(weeks=k, days=6),
            posts_per_week=rate,
        )
        for k, rate in enumerate((8, 0) * (weeks // 2))
    ]
    found = run(scenario("steady", active(100)), scenario("bursts", active(100, changes=changes)), replicates=12)
    posts = [values(found[name], "posts", by="source", cell="program").mean() for name in ("steady", "bursts")]
    assert posts[1] == pytest.approx(posts[0], rel=0.02)
    rises(views_per_post(found["bursts"]), views_per_post(found["steady"]), 0.01)


def test_blocked_access_no_guidelines_no_champion_each_cost_participation() -> None:
    """Active sharers, summed over the months."""
    ready = {"guidelines": 1, "champion": 1}
    plans = {"ready": ready, "blocked": {**ready, "access_blocked": 1}, "no guidelines": {"champion": 1},
             "no champion": {"guidelines": 1}}  # fmt: skip
    rate = {"participation__enrollment_rate": 0.03}
    found = run(*(scenario(name, invited(**levers), 13, **rate) for name, levers in plans.items()))
    sharers = {name: values(result, "active_sharers", by="month") for name, result in found.items()}
    rises(sharers["blocked"], sharers["ready"], 0.08)
    rises(sharers["no guidelines"], sharers["ready"], 0.1)
    rises(sharers["no champion"], sharers["ready"], 0.05)


def test_with_the_penalty_off_all_company_content_is_best() -> None:
    shares = (0.2, 0.5, 0.8, 1.0)
    off = {"credibility__credibility_slope": 0}
    found = run(*(scenario(f"{s}", active(30, company_content_fraction=s), 13, **off) for s in shares))
    for measure in ("awareness", "clicks"):
        for less, more in pairwise(shares):
            rises(values(found[f"{less}"], measure), values(found[f"{more}"], measure))
