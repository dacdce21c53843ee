"""The two statements of one program: active advocates, and the same people invited, whose posts are as many."""

from __future__ import annotations

import pytest

import groundswell as gs

pytestmark = pytest.mark.statistical

GROUP, WEEKS, WORLDS, REPLICATES, SEED = 60, 26, 10, 2, 5
# Everybody who is invited takes part from the first day on, nobody rests or leaves: what is left of an invited program
# is that motivation differs between people and over time.
ALL_IN = {
    "participation.coerced_willingness": 0.0,
    "participation.dormancy": 0.0,
    "retention.turnover_per_year": 0.0,
}


def total(result: gs.Results, name: str, source: str | None = None) -> float:
    frame = result.frame(name, by=[] if source is None else ["source"])
    return float(frame["mean"].iloc[0] if source is None else frame[frame["source"] == source]["mean"].iloc[0])


def test_the_same_posts_reach_the_same_persons() -> None:
    """Unique reach within 5 %. The cadence of the active group is set to the posts that the invited came to."""
    company = gs.Company.synthetic(500)
    base = gs.Scenario(company, "2027-01-04", WEEKS).replace(ALL_IN)
    program = gs.Program(select=gs.Selection(size=GROUP), mode="mandatory", posts_per_week=4)
    invited = base.replace(label="invited", program=program)
    run = {"worlds": WORLDS, "replicates": REPLICATES, "seed": SEED}
    first = gs.simulate(invited, **run)
    posts = total(first, "posts", "program") + total(first, "other_posts", "program")
    group = gs.ActiveAdvocates(size=GROUP)
    active = base.replace(label="active", program=gs.Program(advocates=group, posts_per_week=posts / GROUP / WEEKS))
    second = gs.simulate(active, **run)
    ours, theirs = total(first, "posts", "program"), total(second, "posts", "program")
    assert theirs == pytest.approx(ours, rel=0.03)  # the season takes some of a cadence
    assert total(second, "unique_reach") == pytest.approx(total(first, "unique_reach"), rel=0.05)
