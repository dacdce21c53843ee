"""The pairing test of invited people: removing one changes only what hangs together with them."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import pytest

from ..statistical import core_runs as cr

EMPLOYEES, SEED, REPLICATE = 120, 5, 3
REMOVED = (0, 7, 23)  # places in the order of random groups
ALONE: cr.Overrides = (
    ("feed.viewer_limit", math.inf), ("feed.identical_copy", 1.0), ("feed.repeat_floor", 1.0),
    ("platforms.linkedin.mute", 0.0), ("participation.enrollment_rate", 3.0), ("participation.dormancy", 0.2),
    ("participation.return_rate", 0.2), ("platforms.linkedin.constants.person_rate", 0.8),
    ("participation.pull_floor", 1.0),
)  # fmt: skip
NO_PEERS: cr.Overrides = (("participation.enroll_peers", 0.0),)
PEERS: cr.Overrides = (("participation.enroll_peers", 8.0), ("participation.enrollment_rate", 0.02))
RECORDS = ("identity", "viewer", "minute", "attended", "engaged", "clicked", "reshared")


@functools.lru_cache(maxsize=8)
def traced(overrides: cr.Overrides, left_out: int) -> dict[str, Any]:
    """One run in which everybody is invited but one."""
    world = cr.world(EMPLOYEES, SEED, 0, ())
    order = np.asarray(world.advocate_order)
    people = order if left_out < 0 else np.delete(order, left_out)
    program = cr.invited({"named": people.astype(np.uint32), "order": "listed"}, posts_per_week=8.0, recognition=1.0)
    return dict(cr.core.trace(world, cr.design(overrides, program, 8, 2, 4), REPLICATE))


def removed(place: int) -> int:
    return int(np.asarray(cr.world(EMPLOYEES, SEED, 0, ()).advocate_order)[place])


def of_others(trace: dict[str, Any], person: int) -> set[tuple[int, ...]]:
    """Shown views of posts that are not by this person, with what their viewers did."""
    posts, views = trace["posts"], trace["views"]
    post = np.asarray(views["post"])
    columns = {"identity": np.asarray(posts["identity"])[post]} | {n: np.asarray(views[n]) for n in RECORDS[1:]}
    keep = (np.asarray(posts["author"])[post] != person) & (np.asarray(views["refusal"]) == 0)
    return set(zip(*(columns[name][keep].tolist() for name in RECORDS), strict=True))


@pytest.mark.parametrize("place", REMOVED)
def test_without_peers_nobody_else_changes(place: int) -> None:
    person = removed(place)
    full, less = traced(ALONE + NO_PEERS, -1), traced(ALONE + NO_PEERS, place)
    others = [i for i in range(EMPLOYEES) if i != person]
    for name in ("state", "motivation"):
        np.testing.assert_array_equal(full["members"][name][:, others], less["members"][name][:, others])
    assert full["members"]["state"][:, person].max() > 1
    assert set(less["members"]["state"][:, person].tolist()) <= {0, 5}
    views = of_others(full, person)
    assert len(views) > 20_000
    assert views == of_others(less, person)


def test_with_peers_only_the_own_department_enrolls_otherwise() -> None:
    """Whoever enrolls later or earlier because of the removed person is of that person's department."""
    department = np.asarray(cr.world(EMPLOYEES, SEED, 0, ()).department)
    changed: set[int] = set()
    for place in range(40):
        person = removed(place)
        full, less = (traced(ALONE[:5] + ALONE[6:] + PEERS, p)["members"]["state"] for p in (-1, place))
        differs = (full != less).any(axis=0)
        differs[person] = False
        assert (department[differs] == department[person]).all()
        changed |= set(np.flatnonzero(differs).tolist())
    assert changed


def test_exits_are_the_same_in_every_design() -> None:
    """Without coercion the same people leave on the same days, whatever the program."""
    left = [traced(ALONE + NO_PEERS, place)["members"]["state"] == 5 for place in (-1, *REMOVED)]
    assert left[0].any()
    for other in left[1:]:
        np.testing.assert_array_equal(left[0], other)
