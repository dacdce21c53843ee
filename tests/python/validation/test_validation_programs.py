"""Measures of lines 18 to 20 and of college_msg, on logs and rows made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from groundswell.validation import scenarios
from groundswell.validation.runs import college, programs
from groundswell.validation.runs.college import Sent
from groundswell.validation.runs.totals import MONTH, WEEK, Totals

SUM, UNIQUE, LEVEL = 1, 2, 3
MEASURES: dict[str, dict[str, Any]] = {
    "posts": {"id": SUM, "kind": "sum", "by_hop": False}, "exits": {"id": 4, "kind": "sum", "by_hop": False},
    "active_sharers": {"id": UNIQUE, "kind": "unique"}, "headcount": {"id": LEVEL, "kind": "level"},
}  # fmt: skip


def totals() -> Totals:
    """Two weeks of warm-up and three of the horizon (weeks 2 to 4), months 0 and 1; week 3 is cut in two fragments.

    Rows: program posts of fragments 1-4 (10, 20, 5, 7), organic posts of fragment 1 (99), sharers and headcount of
    months, the first one in the warm-up, exits of fragments 0 and 4.
    """
    rows = [  # measure, grain, period, source, platform
        (SUM, 0, 1, 0, 0), (SUM, 0, 2, 0, 0), (SUM, 0, 3, 0, 0), (SUM, 0, 4, 0, 0), (SUM, 0, 1, 1, 0),
        (UNIQUE, 2, 1, -1, -1), (UNIQUE, 2, 0, -1, -1), (UNIQUE, 2, 1, -1, 0), (LEVEL, 2, 1, -1, -1),
        (LEVEL, 2, 0, -1, -1), (4, 0, 0, -1, -1), (4, 0, 4, -1, -1),
    ]  # fmt: skip
    columns = np.array(rows).T
    names = ("measure", "grain", "period", "source", "platform")
    layout = {
        "rows": dict(zip(names, columns, strict=True)) | {"segment": np.full(len(rows), -1), "hop": np.full(12, -1)},
        "fragments": {"window": np.array([0, 1, 1, 1, 1]), "week": np.array([1, 2, 3, 3, 4])},
        "weeks": {"window": np.array([0, 0, 1, 1, 1])}, "months": {"window": np.array([0, 1])},
    }  # fmt: skip
    values = np.array([[10, 20, 5, 7, 99, 30, 1, 2, 300, 5, 8, 3]], dtype=np.float64)
    return Totals(layout, MEASURES, np.vstack([values, 2 * values]))


def test_weeks_and_months_of_the_horizon() -> None:
    found = totals()
    assert found.weekly("posts", "program").tolist() == [[10, 25, 7], [20, 50, 14]]
    assert found.cells("active_sharers", MONTH).tolist() == [[30], [60]]  # not the warm-up, not one platform's
    assert found.cells("headcount", MONTH).tolist() == [[300], [600]]
    assert found.plain("exits").tolist() == [3, 6]
    with pytest.raises(KeyError, match="a sum"):
        found.cells("posts", WEEK)


def test_active_share_is_of_those_who_are_still_there() -> None:
    assert programs.active_share(totals()).tolist() == [[0.1], [0.1]]
    found = programs.sharer_numbers(totals(), "x")
    assert (found["sharers_12_x"], found["peak_month_x"]) == (0.1, 1.0)


def log() -> dict[str, Any]:
    """Replicate 0: author 0 posts twice (3 and 0 engagements), 1 and 2 once each (2 and 0), the page (4) once (5), and
    author 3 on day 0, which is before the horizon. Replicate 1: author 1 once (1), the page once (1). Reshares aside.
    """
    posts = {
        "replicate": np.array([0, 0, 0, 0, 0, 0, 1, 1]), "author": np.array([3, 0, 0, 1, 2, 4, 1, 4]),
        "day": np.array([0, 7, 8, 7, 9, 7, 10, 10]),
    }  # fmt: skip
    acts = [(0, 0)] * 4 + [(0, 1)] * 3 + [(0, 3)] * 2 + [(0, 5)] * 5 + [(1, 0), (1, 1)]
    replicate, post = np.array([*acts, (0, 1)]).T
    return {"posts": posts, "replicate": replicate, "post": post, "kind": np.array([0] * len(acts) + [1])}


def test_concentration_by_hand() -> None:
    """Replicate 0: author 0 first, 3 of 10; then 1 and 2, equal, share 2. Replicate 1: author 1, half of all."""
    curve = programs.concentration(log(), (7, 14), 4, 2)
    assert curve.tolist() == pytest.approx([0, (0.3 + 0.5) / 2, (0.4 + 0.5) / 2, (0.5 + 0.5) / 2, (0.5 + 0.5) / 2])


def test_removal_compares_the_same_weeks() -> None:
    kept, removed = np.full(52, 10.0), np.concatenate([np.full(26, 10.0), np.full(26, 6.0)])
    found = programs.removal_numbers(kept, removed)
    assert (found["shares_removed"], found["shares_kept"]) == (156, 260)
    assert found["after_removed"] / found["before_removed"] == 0.6
    assert (scenarios.REMOVED_ON - scenarios.default().start).days == 7 * scenarios.REMOVAL_WEEK


def test_named_scenarios_are_those_of_the_specification() -> None:
    average, best, off = scenarios.average(), scenarios.best_practice(), scenarios.recognition_off()
    assert average.program is not None
    assert best.program is not None
    assert average.program.select is not None
    assert average.program.select.takes_everybody
    levers = ("guidelines", "champion", "leadership", "recognition", "training_hours_per_person")
    assert [getattr(average.program, name) for name in levers] == [1, 0, 0, 0, 0]
    assert [getattr(best.program, name) for name in levers] == [1, 1, 1, 1, 4]
    assert off.program == best.program.model_copy(update={"changes": off.program.changes if off.program else ()})
    assert scenarios.mandate().program == average.program.model_copy(update={"mode": "mandatory"})


def test_inequality_between_senders() -> None:
    """Numbers 1, 1, 2, 4: the sum of all differences is 2 x 10, of 2 x 4 x 8; the most active tenth is one person."""
    sent = Sent.of([7, 7, 7, 7, 2, 2, 3, 9, 9], [0, 1, 2, 9, 3, 1, 4, 5, 7 * college.WEEKS])
    counts = sent.by_sender()
    assert sorted(counts.tolist()) == [1, 1, 2, 4]
    assert college.gini(counts) == pytest.approx(20 / 64)
    assert college.gini(np.array([3, 3, 3])) == 0
    assert college.top_share(counts) == 0.5
    assert sent.senders_by_week()[:3].tolist() == [4, 1, 0]


def test_activity_since_the_own_first_message() -> None:
    """Two people a message a week for 12 weeks, one of them from week 2 on; who starts too late does not count."""
    start = np.arange(12) * 7
    late = 7 * (college.WEEKS - college.OWN) + 1
    sent = Sent.of(np.repeat([0, 1, 2], [12, 12, 3]), np.concatenate([start, start + 14, [late, late, late]]))
    assert sent.since_own_first().tolist() == [1.0] * 12


def test_members_posts_are_those_of_the_program() -> None:
    process, author, day = [2, 0, 2, 3, 2], [5, 5, 6, 9, 5], [9, 9, 8, 9, 2]
    posts = {"process": np.array(process), "author": np.array(author), "day": np.array(day)}
    sent = college.members_posts({"posts": posts}, 7)
    assert (sent.sender.tolist(), sent.day.tolist()) == ([6, 5], [1, 2])
