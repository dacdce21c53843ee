"""The program in the twin alone: rules worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from .amplification import amplifications
from .awareness import Awareness
from .hand_made import hand_made_design, hand_made_parameters, hand_made_world, tiny_post, tiny_world
from .hand_made_program import SELECTION, design_of, parameters_of
from .money import LINES, Work, cost_of_day, minutes_of_posts
from .motivation import Fatigue, Responses, novelty, recognition_term
from .participation import Participation, trained_factor
from .philox import WORD, Streams, unit
from .program import Selection, Settings, Wave, Weights
from .records import ACTIVE, DORMANT, DROPPED_OUT, INVITED, LEFT, NOT_INVITED, PAGE
from .retention import Exits, complete_tenure, hazard_of_a_year, limit_of_a_clock, relative_hazard, solve_hazard
from .selection import Picked, fit, in_order, pick, readiness_score, select
from .world_view import visibility_value

# Selection


def test_order_of_a_selection_by_hand() -> None:
    world = replace(hand_made_world(), willingness=[0.5] * 12, persuasion=[1.0, 3.0, 2.0] * 4)
    place = {employee: k for k, employee in enumerate(world.advocate_order)}
    assert in_order(world, Selection()) == list(world.advocate_order)
    assert in_order(world, Selection(order="willingness")) == list(world.advocate_order)  # all equal
    by_persuasion = sorted(range(12), key=lambda i: ([2, 0, 1][i % 3], place[i]))
    assert in_order(world, Selection(order="persuasion")) == by_persuasion
    by_ties = in_order(world, Selection(order="connections"))
    ties = [len(world.graphs[0].row(i)) for i in by_ties]
    assert ties == sorted(ties, reverse=True)
    assert in_order(world, Selection(named=(5, 1, 9), order="listed")) == [5, 1, 9]
    assert in_order(world, Selection(named=(5, 1, 9), order="persuasion")) == sorted((5, 1, 9), key=by_persuasion.index)


def test_eligible_by_hand() -> None:
    world = hand_made_world()
    median = sorted(world.willingness)[6]
    chosen = Selection(departments=(0, 2), functions=(1,), regions=(0,), willingness_above=median)
    expected = {
        i for i in (0, 2, 3, 5, 6, 8, 9, 11) if i // 2 % 3 == 1 and i % 2 == 0 and world.willingness[i] > median
    }
    assert set(pick(world, chosen)) == expected
    at_least = len(world.graphs[0].row(4))
    above = pick(world, Selection(connections_above=at_least))
    assert set(above) == {i for i in range(12) if len(world.graphs[0].row(i)) > at_least}
    assert 4 not in above


def test_readiness_by_hand() -> None:
    """Employee 0 is tied to buyers 2 and 3; employee 1 to buyer 2."""
    world = replace(tiny_world(), willingness=[0.3, 0.0], readiness=[0.7, 0.2])
    deals = Selection(goal="deals", weights=Weights(0.5, 2.0, 1.5, 0.25))
    assert fit(world, deals, 0) == 1.0
    assert fit(world, Selection(goal="hires"), 0) == 0.0
    assert readiness_score(world, deals, 0) == pytest.approx(1.4**2 * 0.3**1.5 * 0.7**0.25, rel=1e-14)
    assert readiness_score(world, deals, 1) == 0.0
    assert readiness_score(world, Selection(goal="hires", weights=Weights(0.0, 1.0, 0.0, 0.0)), 1) == 0.6
    lonely = replace(world, graphs={0: replace(world.graphs[0], row_begin=[0, 0, 0, 0, 0, 0, 0])})
    assert fit(lonely, deals, 0) == 0.0


def test_quotas_size_and_waves_by_hand() -> None:
    world = replace(hand_made_world(), advocate_order=list(range(12)))  # departments 0 1 2 0 1 2 …
    assert pick(world, Selection(size=3)) == [0, 1, 2]
    assert pick(world, Selection(quotas=((2, 1), (0, 3)))) == [0, 2, 3, 6]
    assert pick(world, Selection(quotas=((1, 0),))) == []
    with pytest.raises(ValueError, match="quota"):
        pick(world, Selection(quotas=((1, 5),)))
    assert select(world, Selection(size=2)) == [Picked(0, 0, 0), Picked(1, 0, 0)]
    waves = (Wave(3, 1), Wave(3, 2, (0,)), Wave(9, None, (2,)))
    assert [(p.employee, p.wave, p.day) for p in select(world, Selection(size=8, waves=waves))] == [
        (0, 0, 3), (1, -1, -1), (2, 2, 9), (3, 1, 3), (4, -1, -1), (5, 2, 9), (6, 1, 3), (7, -1, -1),
    ]  # fmt: skip


# Exits


def test_tenure_is_drawn_once_for_the_world() -> None:
    world, retention = hand_made_world(), hand_made_parameters()["retention"]
    design = replace(hand_made_design(), tenure_years=(1.5, *([math.nan] * 11)))
    tenure = complete_tenure(world, design, retention)
    assert tenure[0] == 1.5
    drawn = complete_tenure(world, hand_made_design(), retention)
    assert tenure[1:] == drawn[1:]
    uniform = unit(Streams(world.seed, world.index, WORD).draw("tenure", 4)[0])
    assert drawn[4] == pytest.approx(-4.0 * math.log(1 - uniform), rel=1e-14)


def test_the_year_in_closed_form_is_the_sum_over_its_moments() -> None:
    retention = hand_made_parameters()["retention"] | {"early_exit": 2.5, "early_exit_half_life_years": 0.4}
    steps = 20_000
    for tenure in (0.0, 0.3, 7.0):
        moments = ((k + 0.5) / steps for k in range(steps))
        mean = sum(relative_hazard(0.2, tenure + t, retention) for t in moments) / steps
        assert hazard_of_a_year(0.2, tenure, retention) == pytest.approx(mean, rel=1e-8)
    assert relative_hazard(0.5, 0.0, retention) == 3.5
    assert relative_hazard(0.5, 0.4, retention) == 2.25
    assert relative_hazard(1.0, 1e9, retention) == pytest.approx(math.exp(-0.5), rel=1e-14)


@pytest.mark.parametrize("turnover", [0.0, 0.05, 0.6, 0.999])
def test_a_company_without_a_program_has_its_turnover(turnover: float) -> None:
    """Day by day over a year, in the mean over employees; days are coarser than the closed form."""
    world, parameters = hand_made_world(), hand_made_parameters()
    parameters["retention"]["turnover_per_year"] = turnover
    exits = Exits(world, hand_made_design(), parameters, Streams(1, 2, 3))
    left = []
    for i in range(world.employees):
        for day in range(365):
            exits.leaves(i, day, world.satisfaction[i], coerced=False)
        left.append(1 - math.exp(-exits.cumulated[i]))
    assert sum(left) / len(left) == pytest.approx(turnover, rel=2e-3)
    assert solve_hazard(world, exits.tenure, parameters["retention"]) == exits.hazard


def test_an_exit_by_hand() -> None:
    world, parameters = hand_made_world(), parameters_of()
    exits = Exits(world, hand_made_design(), parameters, Streams(1, 2, 3))
    limit = limit_of_a_clock(Streams(1, 2, 3).draw("exits", 5)[0])
    h, y = exits.hazard, exits.tenure[5]
    cumulated = 0.0
    for day in range(3000):
        rate = h * math.exp(-(0.4 - 0.5)) * (1 + 2 ** -(y + day / 365.25)) / 365.25
        cumulated += rate * (1.2 if day % 2 else 1.0)
        gone = exits.leaves(5, day, 0.4, coerced=bool(day % 2))
        assert gone == (cumulated >= limit), day
        if gone:
            break
    assert gone


# Motivation


def test_novelty_and_recognition_by_hand() -> None:
    p = hand_made_parameters()["participation"]
    assert novelty(0, p) == 1.0
    assert novelty(56, p) == 0.75
    assert recognition_term(0.8, 0.8, 0.9, p) == pytest.approx(2.0)
    assert recognition_term(0.2, 1.0, 0.75, p) == pytest.approx(0.5 - 0.5 * 0.75 * 0.8)
    assert [trained_factor(h) for h in (0, 4, 8)] == [0, 1, 1.5]


def test_fatigue_by_hand() -> None:
    fatigue = Fatigue(hand_made_parameters()["participation"])
    assert fatigue.on(3, 100) == 0
    fatigue.end_of_day(3, 100, 2)
    assert fatigue.on(3, 100) == pytest.approx(0.05 + 0.05 * 0.95)
    fatigue.end_of_day(3, 107, 0)
    assert fatigue.on(3, 114) == pytest.approx(0.0975 / 2)
    fatigue.end_of_day(3, 114, 1)
    assert fatigue.on(3, 114) == pytest.approx(0.0975 / 2 + 0.05 * (1 - 0.0975 / 2))
    assert fatigue.on(4, 114) == 0


def test_responses_by_hand() -> None:
    """Employee 0 has a weak tie of level 22 and a strong one of level 23."""
    parameters = hand_made_parameters()
    parameters["content"]["appeal_visibility_log_sd"] = 0.0
    responses = Responses(tiny_world(), parameters)
    views = 2 - math.exp(-0.5 * visibility_value(22) * 0.8) - math.exp(-0.5 * visibility_value(23) * 1.8)
    assert responses.own_views(0, 0) == pytest.approx(views, rel=1e-14)
    spread = Responses(tiny_world(), hand_made_parameters()).own_views(0, 0)
    z = np.linspace(-8, 8, 4001)
    appeal, weight = np.exp(1.2 * z - 0.72), np.exp(-(z**2) / 2) / np.exp(-(z**2) / 2).sum()
    hazards = np.array([0.5 * visibility_value(22) * 0.8, 0.5 * visibility_value(23) * 1.8])
    mean = ((1 - np.exp(-hazards[:, None] * appeal)) @ weight).sum()
    assert spread == pytest.approx(mean, rel=2e-3)
    post = replace(tiny_post(), day=3)
    responses.engaged(post, 3)
    assert responses.term(0, 4) == 0  # nothing expected
    responses.posted(post)
    responses.posted(replace(post, day=4))
    responses.posted(replace(post, day=4, company=False))
    responses.posted(replace(post, author=2))  # the page
    responses.engaged(post, 5)
    assert responses.term(0, 3) == 0
    assert responses.term(0, 4) == pytest.approx(0.2 * math.log(1 + 1 / (views * 0.0385)))
    assert responses.term(0, 6) == pytest.approx(0.2 * math.log(1 + 2 / (2 * views * 0.0385)))
    assert responses.term(0, 32) == pytest.approx(0.2 * math.log(1 + 1 / (views * 0.0385)))
    assert responses.term(0, 33) == 0
    assert responses.term(1, 6) == 0


# Participation


def people_of(selection: Selection = SELECTION, **participation: float) -> Participation:
    parameters = parameters_of(**participation)
    return Participation(hand_made_world(), design_of(selection), parameters, Streams(1, 2, 3))


def test_enrollment_by_hand() -> None:
    people = people_of(Selection())
    world, i = people.world, 7
    settings = Settings(training_hours_per_person=4.0, leadership=0.5, champion=0.25, guidelines=0.5, tool_ease=2.0)
    in_department = [j for j in range(12) if world.department[j] == world.department[i]]
    people.people[in_department[0]].state = ACTIVE
    people.people[in_department[1]].state = LEFT
    assert in_department.index(i) > 1
    exponent = 1.0 * (world.satisfaction[i] - 0.5) + 2.0 * (world.willingness[i] - 0.5) + math.log(1.4) / 2
    exponent += 1 / 3 + 0.5 + 0.3 * 2.0
    hazard = 0.1 / 7 * math.exp(exponent) * 0.85 * 0.85
    people.day(7, settings)
    assert people.people[i].enrollment_clock == pytest.approx(hazard, rel=1e-14)
    limit = limit_of_a_clock(people.streams.draw("enrollment", i)[0])
    people.people[i].enrollment_clock = limit - hazard / 2
    people.people[i].state = INVITED
    people.day(8, settings)
    person = people.people[i]
    assert (person.state, person.joined, person.by_mandate) == (ACTIVE, 8, False)
    assert person.trained == 4.0
    fresh = world.product_belief[i] / (sum(world.product_belief) / 12)
    assert person.motivation == pytest.approx(fresh, rel=1e-14)  # posts on the day of joining


def test_mandate_coercion_and_its_end_by_hand() -> None:
    people = people_of(Selection(named=(3, 4), order="listed"), drop_out=1e9, dormancy=0.0)
    world = replace(people.world, willingness=[0.39] * 4 + [0.4] * 8)
    people.world = world
    forced, free = Settings(mandate=0.5, recognition=0.7), Settings(mandate=0.49)
    people.day(7, forced)
    assert [p.state for p in people.people] == [0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0]
    assert [p.coerced for p in people.people[3:5]] == [True, False]
    assert people.satisfaction(3) == pytest.approx(max(0, world.satisfaction[3] - 0.1))
    assert people.satisfaction(4) == world.satisfaction[4]
    assert people.authenticity(0.8, 3, program_post=True) == pytest.approx(0.48)
    assert people.authenticity(0.8, 3, program_post=False) == 0.8
    people.day(8, forced)
    assert people.people[3].state == ACTIVE  # the drop-out clock stands still
    people.day(9, free)
    assert people.people[3].state == DROPPED_OUT
    assert not people.people[3].coerced
    people.day(10, free)
    people.day(11, forced)
    assert (people.people[3].state, people.people[3].joined, people.people[3].spell) == (ACTIVE, 11, 1)
    assert people.people[3].most_recognition == 0.7
    assert [step for step in people.steps if step[1] == 3] == [(0, 3, 0), (0, 3, 1), (2, 3, 4), (4, 3, 1)]


def test_dormancy_and_return_by_hand() -> None:
    people = people_of(Selection(named=(3,), order="listed"), drop_out=0.0, dormancy=1.0, return_rate=0.9)
    settings = Settings(mandate=1.0)
    person = people.people[3]
    clock = 0.0
    spells: list[int] = []
    for day in range(7, 500):
        before = person.state
        people.day(day, settings)
        if before == NOT_INVITED:
            continue
        limits = people.streams.draw("dormancy", 3, len(spells) // 2)
        clock += (math.exp(1 - person.motivation) if before == ACTIVE else 0.9) / 7
        passed = clock >= limit_of_a_clock(limits[0 if before == ACTIVE else 1])
        assert person.state == (before if not passed else DORMANT if before == ACTIVE else ACTIVE)
        if passed:
            spells.append(day)
            clock = 0.0
        assert (people.posting_rate(3, settings) is None) == (person.state == DORMANT)
    assert len(spells) >= 10


def test_access() -> None:
    people = people_of()
    people.people[0].state, people.people[0].motivation = ACTIVE, 1.2
    assert people.posting_rate(0, Settings(access_blocked=0.5)) == pytest.approx(1.2 * 0.75)
    assert people.posting_rate(1, Settings()) is None


# Favorability, money, amplification


def test_negative_posts_move_favorability_down() -> None:
    awareness = Awareness(hand_made_world(), hand_made_parameters()["awareness"])
    awareness.attend(viewer=100, minute=700, weight=1.3, negative=True)
    assert awareness.favorability[100] == pytest.approx(-1 + 1.1 / (1 + 2.6 * 0.1 / 0.9), rel=1e-6)
    assert awareness.u[100] == pytest.approx(1 - 1 / (1 + 1.3 * 0.65 / 0.35), rel=1e-7)
    for minute in range(701, 800):
        awareness.attend(viewer=100, minute=minute, weight=5.0, negative=True)
    assert -1 <= awareness.favorability[100] < -0.999
    awareness.end_of_day()
    fade = 2.0 ** (-(1440 - 799) / (26 * 7 * 1440))
    rise = awareness.segment_rise[awareness.world.segment(100)]
    assert rise == pytest.approx((awareness.favorability[100] - 0.1) * fade)


def test_taste_and_authority() -> None:
    """Guidelines spare a program what lack of taste writes; training gives people words of their own."""
    people = people_of()
    p = hand_made_parameters()["participation"]
    assert people.negative(0, Settings()) == pytest.approx(p["negative_posts_without_guidelines"])
    assert people.negative(0, Settings(guidelines=0.75)) == pytest.approx(p["negative_posts_without_guidelines"] / 4)
    assert people.negative(0, Settings(guidelines=1.0)) == 0
    people.people[0].coerced = True
    assert people.negative(0, Settings(guidelines=1.0)) == pytest.approx(p["negative_posts"])
    both = 1 - (1 - p["negative_posts"]) * (1 - p["negative_posts_without_guidelines"])
    assert people.negative(0, Settings()) == pytest.approx(both)
    assert people.own_words(0.4, 0) == pytest.approx(0.4)
    for hours, share in ((4.0, 0.5), (8.0, 0.55), (1e6, 0.6)):
        people.people[0].trained = hours
        assert people.own_words(0.4, 0) == pytest.approx(share)
    assert people.own_words(0.97, 0) == 1


def test_cost_of_a_day_by_hand() -> None:
    work = Work(5, 2, 3, 6.0, 0.5, 2, 3, 1, 4)
    settings = Settings(recognition=0.5, money=2.0, leadership=0.5, champion=0.25)
    lines = cost_of_day(work, settings, hand_made_parameters()["costs"])
    month = 12 / 365.25
    assert lines == pytest.approx(
        {
            "license": 7 * 8 * month,
            "content": 300,
            "staff": 50 / 7 * 11 + 150 / 7 * 2 * 0.5 + 40 * 50 * 0.5,
            "training": 6 * 70,
            "rewards": 5 * month * (2.5 + 20),
            "time": 45 / 60 * (20 + 6 + 5 + 8),
        }
    )
    assert tuple(lines) == LINES
    assert minutes_of_posts(work, hand_made_parameters()["costs"]) == 39


def test_amplification_by_hand() -> None:
    people = people_of(amplification_hours=10.0)
    for i in (2, 5, 6, 9):
        people.people[i].state = ACTIVE
    people.people[7].state = DORMANT
    post = replace(tiny_post(author=12), process=PAGE, identity=12 << 32 | 9 << 16 | 3 << 12, number=8, rank=11)
    settings = Settings(page_amplification=0.6)
    found = {a.employee: a for a in amplifications(post, settings, people, people.streams, people.parameters)}
    for i in range(12):
        a = people.streams.draw("amplification", post.identity, i)
        assert (i in found) == (i in (2, 5, 6, 9) and unit(a[0]) < 0.6)
        if i in found:
            assert found[i].minute == post.moment + 1 + int(600 * unit(a[2]))
            assert found[i].reshares == (unit(a[1]) < 0.2)
    assert found
