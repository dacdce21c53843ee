"""The fixed cases of programs are no empty comparison: every mechanism of docs/MODEL.md 2b is in them, and often."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from .case import with_overrides
from .pair import Pair, cached_pair
from .program_cases import PROGRAM_CASES
from .records import (
    ACTIVE,
    ADVOCATE_LEFT,
    DORMANT,
    ENROLLED,
    FELL_DORMANT,
    GAVE_UP,
    LEFT_COMPANY,
    PLACE_LOST,
    PROGRAM,
    REPLACED,
    RETURNED,
    Trace,
)
from .twin import run


def happened(trace: Trace) -> Counter[int]:
    return Counter(step.what for step in trace.steps)


def without(pair: Pair, **participation: float) -> Trace:
    """The case with some parameters of participation replaced, by the twin."""
    overrides = {f"participation.{name}": value for name, value in participation.items()}
    return run(pair.world, with_overrides(pair.parameters, overrides), pair.design, pair.case.replicate)


@pytest.mark.parametrize("name", ["voluntary", "mandate", "restless"])
def test_all_transitions_happen(name: str) -> None:
    count = happened(cached_pair(name).twin)
    for step in (ENROLLED, FELL_DORMANT, RETURNED, GAVE_UP, LEFT_COMPANY):
        assert count[step] >= 5, step


def test_groups_are_refilled_until_their_order_is_exhausted() -> None:
    refilled, exhausted, named = (
        happened(cached_pair(name).twin) for name in ("refilled", "exhausted", "named advocates")
    )
    assert refilled[REPLACED] >= 3
    assert refilled[PLACE_LOST] == 0
    assert exhausted[REPLACED] >= 2
    assert exhausted[PLACE_LOST] >= 1
    assert named[PLACE_LOST] == named[ADVOCATE_LEFT] >= 1
    assert named[REPLACED] == 0


def test_members_of_a_running_program_post_rest_and_stop() -> None:
    begin = cached_pair("kept").design.horizon_begin
    for name in ("kept", "extended", "stopped", "begun again"):
        posts = [post.day for post in cached_pair(name).twin.posts if post.process == PROGRAM]
        assert sum(day < begin for day in posts) >= 50, name
        assert sum(day >= begin for day in posts) >= (0 if name == "stopped" else 30), name
    assert max(post.day for post in cached_pair("stopped").twin.posts if post.process == PROGRAM) < begin
    count = happened(cached_pair("kept").twin)
    assert count[ENROLLED] == 0
    assert min(count[FELL_DORMANT], count[RETURNED], count[GAVE_UP]) >= 2
    assert happened(cached_pair("extended").twin)[ENROLLED] >= 5


def test_the_pull_of_invitations_and_the_relaunch_matter() -> None:
    pair = cached_pair("voluntary")
    assert happened(pair.twin)[ENROLLED] < happened(without(pair, pull_floor=1.0))[ENROLLED]
    assert pair.design.program is not None
    quiet = tuple((day, replace(settings, relaunch=0.0)) for day, settings in pair.design.program.periods)
    design = replace(pair.design, program=replace(pair.design.program, periods=quiet))
    trace = run(pair.world, pair.parameters, design, pair.case.replicate)
    assert trace.steps != pair.twin.steps


def test_the_mandate_brings_back_who_dropped_out() -> None:
    trace = cached_pair("restless").twin
    joined = Counter(step.employee for step in trace.steps if step.what == ENROLLED)
    assert sum(n > 1 for n in joined.values()) >= 10
    spells = Counter(step.employee for step in trace.steps if step.what == RETURNED)
    assert max(spells.values()) >= 4


def test_coercion_binds() -> None:
    trace = cached_pair("mandate").twin
    assert sum(post.negative for post in trace.posts) >= 20
    coerced = [sum(m.coerced for m in day) for day in trace.members]
    assert coerced[6] == 0 < coerced[10]
    assert coerced[30] == 0 < coerced[-1]
    negative = {post.number for post in trace.posts if post.negative}
    assert sum(view.attended and view.post in negative and view.hop > 1 for view in trace.views) >= 5


def test_leaving_the_company_depends_on_coercion() -> None:
    pair = cached_pair("exits")
    gone = {step.employee for step in pair.twin.steps if step.what == LEFT_COMPANY}
    assert len(gone) >= 20
    free = without(pair, coerced_willingness=0.0)
    assert gone != {step.employee for step in free.steps if step.what == LEFT_COMPANY}
    assert any(day[step.employee].coerced for step in pair.twin.steps if step.what == LEFT_COMPANY
               for day in pair.twin.members[max(0, step.day - 1) : step.day])  # fmt: skip


def test_every_part_of_motivation_binds() -> None:
    """Motivation is another without each of its parts."""
    pair = cached_pair("mandate")
    parts = {
        "feedback": 0.0, "recognition_responders": 0.0, "fatigue_step": 0.0, "novelty_half_life_weeks": 1e9,
        "motivation_after_removal": 1.0,
    }  # fmt: skip
    for name, value in parts.items():
        assert without(pair, **{name: value}).members != pair.twin.members, name


def test_amplification_binds_on_both_platforms_and_over_midnight() -> None:
    trace = cached_pair("amplified").twin
    acts = [trace.acts[number] for number in trace.amplifying_acts]
    by_platform = Counter((trace.posts[act.post].platform, act.kind) for act in acts)
    assert min(by_platform[p, kind] for p in (1, 3) for kind in (0, 1)) >= 20
    assert sum(act.minute // 1440 > trace.posts[act.post].day for act in acts) >= 20
    assert sum(view.shown and view.act in trace.amplifying_acts for view in trace.views) >= 500
    planned = sum(trace.amplified.values())
    surfaced = sum(act.kind == 0 for act in acts)
    assert surfaced < planned  # some had engaged already; some minutes are after the last day


def test_every_change_of_a_lever_changes_something() -> None:
    pair = cached_pair("voluntary")
    assert pair.design.program is not None
    periods = pair.design.program.periods
    for dropped in range(1, len(periods)):
        program = replace(pair.design.program, periods=periods[:dropped] + periods[dropped + 1 :])
        other = run(pair.world, pair.parameters, replace(pair.design, program=program), pair.case.replicate)
        assert other.members != pair.twin.members, periods[dropped][0]


def test_levels_and_seats_move() -> None:
    for name in PROGRAM_CASES:
        pair = cached_pair(name)
        assert len({levels.enrolled for levels in pair.twin.levels}) >= 2, name
        assert any(m.state in (ACTIVE, DORMANT) for day in pair.twin.members for m in day)
        assert any(value for row, value in pair.values.items() if row.measure == "program_cost")
