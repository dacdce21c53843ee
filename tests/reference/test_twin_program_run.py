"""A run of a program in the twin alone, its records counted anew."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from . import program_tally, records, tally
from .hand_made import hand_made_world
from .hand_made_program import WEEKS, design_of, parameters_of
from .motivation import Responses
from .participation import trained_factor
from .philox import WORD, Streams, unit
from .program import Program, Selection, Settings
from .records import ACTIVE, DORMANT, DROPPED_OUT, FIRST_HOP, INVITED, LEFT, NOT_INVITED, PAGE, PROGRAM, Trace
from .twin import run
from .world_view import Design, WorldView

Ran = tuple[Trace, WorldView, Design, dict[str, Any]]


@pytest.fixture(scope="module")
def ran() -> Ran:
    world, design, parameters = hand_made_world(), design_of(), parameters_of()
    return run(world, parameters, design, 3), world, design, parameters


def test_everything_happens_in_the_run(ran: Ran) -> None:
    trace, _, _, _ = ran
    happened = Counter(step.what for step in trace.steps)
    assert set(happened) == {0, 1, 2, 3, 4, 5}
    assert {m.state for day in trace.members for m in day} == {0, 1, 2, 3, 4, 5}
    assert sum(m.coerced for day in trace.members for m in day) >= 20
    assert sum(post.negative for post in trace.posts) >= 3
    assert len(trace.amplifying_acts) >= 20
    assert len({m.motivation for day in trace.members for m in day}) >= 100


def test_states_follow_from_steps(ran: Ran) -> None:
    trace, world, _, _ = ran
    after = {
        records.WAS_INVITED: INVITED, records.ENROLLED: ACTIVE, records.FELL_DORMANT: DORMANT,
        records.RETURNED: ACTIVE, records.GAVE_UP: DROPPED_OUT, records.LEFT_COMPANY: LEFT,
    }  # fmt: skip
    allowed = {
        (NOT_INVITED, INVITED), (INVITED, ACTIVE), (ACTIVE, DORMANT), (DORMANT, ACTIVE), (ACTIVE, DROPPED_OUT),
        (DORMANT, DROPPED_OUT), (DROPPED_OUT, ACTIVE), *((state, LEFT) for state in range(5)),
    }  # fmt: skip
    states = [NOT_INVITED] * world.employees
    for today, members in enumerate(trace.members):
        for step in (s for s in trace.steps if s.day == today):
            assert (states[step.employee], after[step.what]) in allowed
            states[step.employee] = after[step.what]
        assert [m.state for m in members] == states


def test_invitations_come_in_waves(ran: Ran) -> None:
    trace, world, _, _ = ran
    invited = {step.employee: step.day for step in trace.steps if step.what == records.WAS_INVITED}
    order = list(world.advocate_order)
    for wave, day in ((order[:8], 0), (order[8:10], 12), (order[10:11], 20), (order[11:], None)):
        for i in wave:
            gone = [s.day for s in trace.steps if s.employee == i and s.what == records.LEFT_COMPANY]
            assert invited.get(i) == (None if day is None or (gone and gone[0] <= day) else day)


def test_motivation_counted_anew(ran: Ran) -> None:
    """From posts, views and steps: of members, and of nobody else."""
    trace, world, design, _ = ran
    responder = [
        unit(Streams(world.seed, world.index, WORD).draw("recognition_responders", i)[0]) < 0.5
        for i in range(world.employees)
    ]
    assert {True, False} == set(responder)
    belief = sum(world.product_belief) / world.employees
    begin, plan = design.horizon_begin, design.program
    assert plan is not None
    for today in range(7 * WEEKS):
        for i in range(world.employees):
            now = trace.members[today][i]
            if now.state not in (ACTIVE, DORMANT):
                assert now.motivation == 0
                continue
            joined = max(s.day for s in trace.steps if s.employee == i and s.what == 1 and s.day <= today)
            fresh = 0.5 + 0.5 * 2 ** (-(today - joined) / 7 / 8)
            days = [d for d in range(today) if trace.members[d][i].state in (ACTIVE, DORMANT)]
            values = [plan.settings(d).recognition for d in [*days, today]]
            r = 2.5 * values[-1] - 0.5 * fresh * (max(values) - values[-1]) if responder[i] else 0
            total = fresh + r + _feedback(ran, i, begin + today)
            fatigue = _fatigue(trace, i, begin + today)
            assert now.fatigue == pytest.approx(fatigue, rel=1e-10)
            m = max(0, world.product_belief[i] / belief * total * (1 - fatigue))
            assert now.motivation == pytest.approx(m, rel=1e-10), (today, i)


def _feedback(ran: Ran, employee: int, day: int) -> float:
    trace, world, _, parameters = ran
    window = range(day - 28, day)
    own = Responses(world, parameters).own_views(employee, 0) * 0.0385
    posts = [p for p in trace.posts if p.author == employee and p.company]
    expected = own * sum(p.day in window for p in posts)
    numbers = {p.number for p in posts}
    engaged = sum(v.engaged and v.post in numbers and v.moment // 1440 in window for v in trace.views)
    return 0.2 * math.log(1 + engaged / expected) if expected else 0.0


def _fatigue(trace: Trace, employee: int, day: int) -> float:
    level = 0.0
    for d in range(day):
        level *= 2 ** (-1 / 14)
        for _ in range(sum(p.author == employee and p.day == d and p.process == PROGRAM for p in trace.posts)):
            level += 0.05 * (1 - level)
    return level * 2 ** (-1 / 14)


def test_posts_are_of_active_members_who_are_still_here(ran: Ran) -> None:
    trace, world, design, parameters = ran
    for post in trace.posts:
        if post.author == world.employees or post.day not in design.horizon:
            continue
        today = post.day - design.horizon_begin
        member = trace.members[today][post.author]
        assert member.state != LEFT
        if post.process == PROGRAM:
            assert member.state == ACTIVE
            assert member.motivation > 0
        if post.company:
            plain = _plain_authenticity(post, parameters)
            coerced = post.process == PROGRAM and member.coerced
            expected = (plain + 0.05 * trained_factor(member.trained)) * (0.6 if coerced else 1.0)
            assert post.authenticity == pytest.approx(expected, rel=1e-14)
            uniform = unit(Streams(world.seed, world.index, 3).draw("negative_posts", post.identity)[0])
            assert post.negative == (coerced and uniform < 0.3)
    gone = {step.employee: step.day for step in trace.steps if step.what == records.LEFT_COMPANY}
    assert any(
        view.shown and view.moment // 1440 - design.horizon_begin > gone.get(trace.posts[view.post].author, 999)
        for view in trace.views
    )


def _plain_authenticity(post: records.Post, parameters: dict[str, Any]) -> float:
    content = parameters["content"]
    if post.own_words:
        return float(content["authenticity_own_story" if post.kind == 0 else "authenticity_own_words"])
    return float(content["authenticity_press_release" if post.kind == 2 else "authenticity_verbatim"])


def test_levers_have_their_value_of_the_day(ran: Ran) -> None:
    trace, _, design, parameters = ran
    items, in_own_words = {}, []
    for post in trace.posts:
        if post.process != PROGRAM or not post.company:
            continue
        today = post.day - design.horizon_begin
        if 10 <= today < 24:
            assert post.own_words
        elif 24 <= today < 38:
            in_own_words.append(post.own_words)
        items[post.item] = post.kind
    # The lever allows none from here on; training gives some the authority to.
    assert sum(in_own_words) < len(in_own_words) / 2
    begin, content = design.horizon_begin, parameters["content"]
    offered = {item: math.floor(7 * item / content["items_per_week"]) - 28 for item in items}
    assert {kind for item, kind in items.items() if 10 <= offered[item] < 24} == {2}
    assert {kind for item, kind in items.items() if not 10 <= offered[item] < 24} - {2}
    assert sum(program_tally.items_offered(design, parameters, begin + d) for d in range(7 * WEEKS)) == WEEKS


def test_training_is_kept_and_costs_once(ran: Ran) -> None:
    trace, world, design, parameters = ran
    sums = program_tally.program_sums(trace, design, parameters)
    plan = design.program
    assert plan is not None
    hours = {
        i: max([plan.settings(d).training_hours_per_person
                for d, day in enumerate(trace.members) if day[i].state in (ACTIVE, DORMANT)], default=0)
        for i in range(world.employees)
    }  # fmt: skip
    assert sum(v for (name, _), v in sums.items() if name == "training_hours") == pytest.approx(sum(hours.values()))
    assert [m.trained for m in trace.members[-1]] == pytest.approx([hours[i] for i in range(world.employees)])
    guidelines = [v for (name, _), v in sums.items() if name == "cost_staff"]
    assert sum(guidelines) == pytest.approx(7 * WEEKS * 50 / 7 * 10 + 40 * 50 * 1.0)
    assert {name for name, _ in sums} == set(program_tally.SUMS)


def test_who_amplifies_acts_once_and_after_the_views_of_a_slice(ran: Ran) -> None:
    trace, world, design, _ = ran
    for number in trace.amplifying_acts:
        act = trace.acts[number]
        post = trace.posts[act.post]
        assert (post.process, act.parent, act.hop) == (PAGE, FIRST_HOP, 2)
        assert trace.members[post.day - design.horizon_begin][act.person].state == ACTIVE
        assert post.moment < act.minute <= post.moment + 8 * 60
        views = [v for v in trace.views if v.post == act.post and v.viewer == act.person]
        flag = "engaged" if act.kind == records.SURFACED else "reshared"
        assert not any(getattr(v, flag) for v in views)
    assert max(Counter((a.post, a.person, a.kind) for a in trace.acts).values()) == 1
    order = [(a.minute // 60, a.minute) for a in trace.acts]
    assert order == sorted(order)
    sums = tally.additive(trace, world)
    for name, flag, kind in (("engagements", "engaged", 0), ("reshares", "reshared", 1)):
        counted = sum(n for cell, n in sums.items() if cell.measure == name and cell.segment != tally.ALL)
        assert counted == sum(getattr(v, flag) for v in trace.views) + sum(
            trace.acts[n].kind == kind for n in trace.amplifying_acts
        )


def test_levels_of_the_company(ran: Ran) -> None:
    trace, world, design, _ = ran
    assert len(trace.levels) == design.days
    for day, levels in enumerate(trace.levels):
        today = min(day - design.horizon_begin, len(trace.members) - 1)
        if today < 0:
            assert (levels.headcount, levels.enrolled, levels.dormant) == (12, 0, 0)
            continue
        members = trace.members[today]
        here = [i for i, m in enumerate(members) if m.state != LEFT]
        assert levels.headcount == len(here)
        assert levels.enrolled == sum(m.state in (ACTIVE, DORMANT) for m in members)
        assert levels.dormant == sum(m.state == DORMANT for m in members)
        satisfaction = [max(0, world.satisfaction[i] - 0.1 * members[i].coerced) for i in here]
        assert levels.satisfaction == pytest.approx(sum(satisfaction) / len(here))


def test_active_advocates_are_always_there_and_levers_of_participation_do_nothing() -> None:
    world, parameters = hand_made_world(), parameters_of()
    advocates = frozenset((1, 4, 6))
    plain = Program(((0, Settings(7.0, 0.8)),), advocates=advocates)
    levers = Settings(7.0, 0.8, mandate=1.0, recognition=1.0, money=2.0, leadership=1.0, tool_ease=1.0, guidelines=1.0)
    first, second = (
        run(world, parameters, replace(design_of(), program=program), 3)
        for program in (plain, replace(plain, periods=((0, levers),)))
    )
    assert (first.posts, first.views, first.acts) == (second.posts, second.views, second.acts)
    for day in first.members:
        assert [i for i, m in enumerate(day) if m.state == ACTIVE] == sorted(advocates)
        assert all(m.motivation == (m.state == ACTIVE) for m in day)
    left = {step.employee for step in first.steps}
    assert left
    assert not left & advocates


def test_without_a_program_people_leave_too() -> None:
    world, parameters = hand_made_world(), parameters_of()
    trace = run(world, parameters, replace(design_of(), program=None), 3)
    assert {m.state for day in trace.members for m in day} == {NOT_INVITED, LEFT}
    gone = {step.employee: step.day for step in trace.steps}
    with_program = run(world, parameters, design_of(Selection(quotas=((0, 0),))), 3)
    assert gone == {step.employee: step.day for step in with_program.steps}


def test_more_exits_contain_fewer() -> None:
    world, parameters = hand_made_world(), parameters_of()
    left = []
    for turnover in (0.0, 0.3, 0.9):
        parameters["retention"]["turnover_per_year"] = turnover
        trace = run(world, parameters, replace(design_of(), program=None), 3)
        left.append({step.employee for step in trace.steps})
    assert left[0] == set()
    assert left[0] <= left[1] <= left[2]
    assert left[2]
