"""Programs with people who are invited: small companies in which every mechanism of docs/MODEL.md 2b binds."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

from groundswell import _core as core

from .case import FOUR, HOT, LIVELY, QUARTERS, Case, on
from .program import Running, Selection, Settings, Wave, Weights
from .world_view import PLATFORMS

# Every number has a value of its own; all transitions happen within a few weeks.
PARTICIPATION: dict[str, float] = {
    "participation.enrollment_rate": 0.14,
    "participation.enroll_satisfaction": 1.1,
    "participation.enroll_willingness": 2.2,
    "participation.enroll_leadership": 0.45,
    "participation.enroll_peers": 1.3,
    "participation.enroll_trained": 0.6,
    "participation.enroll_ease": 0.35,
    "participation.pull_half_life_weeks": 1.3,
    "participation.pull_floor": 0.2,
    "participation.no_guidelines": 0.65,
    "participation.no_champion": 0.75,
    "participation.dormancy": 0.28,
    "participation.return_rate": 0.8,
    "participation.drop_out": 0.09,
    "participation.novelty_half_life_weeks": 2.5,
    "participation.recognition_responders": 0.55,
    "participation.recognition_motivation": 1.9,
    "participation.motivation_after_removal": 0.3,
    "participation.feedback": 0.33,
    "participation.money_crowding_out": -0.16,
    "participation.access_blocked_posting": 0.45,
    "participation.fatigue_half_life_days": 9.0,
    "participation.fatigue_step": 0.08,
    "participation.training_authenticity": 0.07,
    "participation.training_own_words": 0.15,
    "participation.coerced_willingness": 0.55,
    "participation.coerced_authenticity": 0.62,
    "participation.coerced_satisfaction": 0.15,
    "participation.negative_posts": 0.35,
    "participation.negative_posts_without_guidelines": 0.12,
    "participation.amplification_reshare": 0.4,
    "participation.amplification_hours": 11.0,
    "retention.turnover_per_year": 0.55,
    "retention.satisfaction_slope": 1.4,
    "retention.early_exit": 1.7,
    "retention.early_exit_half_life_years": 0.8,
    "retention.tenure_mean_years": 3.0,
    "retention.coerced_exit": 3.5,
    "costs.license_per_seat_month": 7.0,
    "costs.content_per_item": 110.0,
    "costs.staff_hour": 52.0,
    "costs.staff_hours_per_week": 9.0,
    "costs.champion_hours_per_week": 4.5,
    "costs.leadership_hour": 140.0,
    "costs.leadership_hours_per_week": 2.5,
    "costs.guidelines_hours": 37.0,
    "costs.advocate_hour": 43.0,
    "costs.trainer_hour": 24.0,
    "costs.recognition_per_month": 6.0,
    "costs.money_unit": 12.0,
    "costs.minutes_own_words": 11.0,
    "costs.minutes_supplied": 3.0,
    "costs.minutes_other": 6.0,
}
PROGRAM = LIVELY | PARTICIPATION
EVERYBODY = Selection()
MIX = (0.3, 0.1, 0.25, 0.05, 0.3)
OTHER_MIX = (0.05, 0.5, 0.1, 0.2, 0.15)

# Every lever off neutral, and each of them changed on some day.
LEVERS: dict[str, Any] = {
    "own_words": 0.3,
    "mix": MIX,
    "training_hours_per_person": 3.0,
    "recognition": 0.4,
    "money": 0.5,
    "leadership": 0.6,
    "champion": 0.5,
    "guidelines": 0.4,
    "access_blocked": 0.3,
    "tool_ease": 0.7,
    "page_amplification": 0.35,
}
CHANGES: tuple[tuple[int, dict[str, Any]], ...] = (
    (8, {"leadership": 1.0, "champion": 0.0, "guidelines": 0.9, "posts_per_week": 12.0}),
    (12, {"relaunch": 1.0}),
    (14, {"recognition": 0.0, "money": 2.0, "guidelines": 0.2, "own_words": -1.0, "training_hours_per_person": 9.0}),
    (22, {"recognition": 0.8, "access_blocked": 1.0, "page_amplification": 0.8, "mix": OTHER_MIX}),
    (29, {"tool_ease": 0.0, "money": 0.0, "company_content_fraction": 0.4, "training_hours_per_person": 0.0}),
)
# Levers on participation have to be neutral where a fixed group takes part.
FIXED_GROUP = {lever["name"]: lever["neutral"] for lever in core.levers() if lever["on_participation"]}
HALF_KNOWN = tuple(math.nan if i % 2 else 0.3 * i for i in range(60))
EARLY = (0.0, 0.02, 0.5, math.nan)

# Twenty members: some joined long ago, some within the warm-up, one today; some dormant, of some nobody knows the pace.
MEMBERS = tuple((i, (300, 9, 25, 0, 4)[i % 5], (2.0, 6.5, 0.0, math.nan)[i % 4]) for i in range(3, 43, 2))
RUNNING = Running(MEMBERS, Settings(6.0, 0.7, own_words=0.2, mix=OTHER_MIX, recognition=0.5, page_amplification=0.3,
                                    training_hours_per_person=1.5, guidelines=0.2))  # fmt: skip
BESIDE = tuple(employee for employee, _, _ in MEMBERS)

PROGRAM_CASES: dict[str, Case] = {
    "kept": Case(PROGRAM, weeks=5, advocates=0, running=RUNNING, tenure=HALF_KNOWN),
    "extended": Case(
        PROGRAM, weeks=5, running=RUNNING, numbered=True, selection=Selection(size=25, not_invited=BESIDE),
        levers=LEVERS, changes=(*CHANGES[:3], (24, {"mandate": 1.0})),
    ),
    "stopped": Case(PROGRAM, weeks=3, advocates=0, running=replace(RUNNING, stops=True)),
    "begun again": Case(
        PROGRAM | {"participation.enrollment_rate": 0.5}, weeks=4, running=replace(RUNNING, stops=True),
        selection=EVERYBODY, levers={"recognition": 0.3, "guidelines": 0.8},
    ),
    # The horizon begins inside a month and contains the quiet week at the end of the year.
    "voluntary": Case(
        PROGRAM, warm_up_weeks=2, weeks=6, follow_up_weeks=2, selection=EVERYBODY, levers=LEVERS, changes=CHANGES,
        tenure=HALF_KNOWN,
    ),
    # Starts without the mandate, which holds from the second to the fourth week, and once more at the end.
    "mandate": Case(
        PROGRAM, start=date(2027, 3, 15), warm_up_weeks=1, weeks=7, follow_up_weeks=1,
        selection=Selection(
            order="readiness", goal="deals", weights=Weights(0.8, 1.2, 0.7, 0.5), quotas=((1, 17), (0, 24)),
            waves=(Wave(0, 12), Wave(9, 10, (1,)), Wave(16, None)),
        ),
        levers={"recognition": 0.7, "training_hours_per_person": 2.0, "page_amplification": 0.2},
        changes=(
            (7, {"mandate": 1.0}),
            (20, {"mandate": 0.5, "recognition": 0.0, "training_hours_per_person": 6.0}),
            (28, {"recognition": 0.2}),
            (44, {"mandate": 0.8, "recognition": 1.0, "own_words": 1.0}),
        ),
    ),
    # Everybody goes through all states, some several times; the mandate brings back who dropped out; money drives all
    # motivation out for four days.
    "restless": Case(
        PROGRAM
        | {
            "participation.enrollment_rate": 1.1,
            "participation.dormancy": 1.6,
            "participation.return_rate": 2.4,
            "participation.drop_out": 0.5,
            "participation.recognition_motivation": 0.6,
        },
        warm_up_weeks=0, weeks=7, follow_up_weeks=1, employees=40, selection=EVERYBODY, posts_per_week=6.0,
        numbered=True,
        levers={"recognition": 1.0, "training_hours_per_person": 1.0},
        changes=(
            *((day, {"training_hours_per_person": day / 2}) for day in range(5, 15)),  # some drop out as it rises
            (15, {"mandate": 1.0}), (23, {"mandate": 1.0, "money": 7.0}), (27, {"recognition": 0.2}),
            (38, {"mandate": 0.6, "recognition": 0.5}),
        ),
    ),
    # The page's posts are passed on, far into the next days and beyond the last one.
    "amplified": Case(
        {a: v for a, v in FOUR.items() if ".linkedin" not in a and ".instagram" not in a}
        | PARTICIPATION
        | {f"posting.organic_platforms.{name}": s for name, s in zip(PLATFORMS, (0, 0.3, 0, 0.7), strict=True)}
        | on(("facebook", "x"), page_posts_per_week=7.0, engage=0.3, reshare=0.1)
        | {"participation.amplification_hours": 24.0, "participation.amplification_reshare": 0.7},
        ("facebook", "x"), employees=40, start=date(2027, 1, 4), warm_up_weeks=1, weeks=3, follow_up_weeks=0,
        shares=(0.0, 0.6, 0.0, 0.4), posts_per_week=5.0,
        selection=Selection(platform=3, order="connections", goal="hires", size=30),
        levers={"mandate": 1.0, "page_amplification": 0.5},
        numbered=True,
        changes=((8, {"platforms": (0.0, 0.1, 0.0, 0.9)}), (14, {"mandate": 0.0, "page_amplification": 1.0})),
    ),
    # Most leave, the coerced first; credibility and views of earlier posts go on.
    "exits": Case(
        PROGRAM
        | {
            "retention.turnover_per_year": 0.97,
            "retention.coerced_exit": 6.0,
            "retention.early_exit": 4.0,
            "retention.early_exit_half_life_years": 0.2,
            "participation.coerced_satisfaction": 0.6,
            "participation.enrollment_rate": 0.3,
        },
        start=date(2026, 12, 14), warm_up_weeks=1, weeks=6, follow_up_weeks=2, posts_per_week=5.0,
        selection=Selection(departments=(0,), regions=(0,), willingness_above=0.2, order="willingness"),
        levers={"leadership": 1.0}, changes=((2, {"mandate": 1.0}), (30, {"mandate": 0.0})),
        tenure=HALF_KNOWN[:56] + EARLY, numbered=True,
    ),
    "four platforms, members": Case(
        FOUR | PARTICIPATION, PLATFORMS, warm_up_weeks=1, weeks=3, follow_up_weeks=1, shares=QUARTERS,
        selection=Selection(functions=(0, 2), connections_above=20.0, platform=2, order="activity"),
        levers=LEVERS, changes=((5, {"mandate": 1.0, "platforms": (0.1, 0.2, 0.3, 0.4)}), (15, {"mix": OTHER_MIX})),
    ),
    # Who leaves a random group is replaced until its order is exhausted; a named group shrinks at once.
    "refilled": Case(
        PROGRAM | {"retention.turnover_per_year": 0.95, "retention.early_exit": 3.0}, employees=60, weeks=6,
        warm_up_weeks=1, follow_up_weeks=1, advocates=15, numbered=True,
    ),
    "exhausted": Case(
        PROGRAM | {"retention.turnover_per_year": 0.995, "retention.early_exit": 9.0}, employees=24, weeks=8,
        warm_up_weeks=0, follow_up_weeks=1, advocates=20, levers={"training_hours_per_person": 2.0},
    ),
    "named advocates": Case(
        PROGRAM | {"retention.turnover_per_year": 0.97, "retention.early_exit": 6.0}, employees=30, weeks=6,
        warm_up_weeks=1, follow_up_weeks=1, named=(3, 17, 4, 29, 11, 8, 0, 22), tenure=(0.0,) * 30,
    ),
    # Levers act on the posts and the costs of a fixed group.
    "active advocates, levers": Case(
        PROGRAM, start=date(2027, 7, 29), warm_up_weeks=1, weeks=4, follow_up_weeks=1, advocates=25,
        levers=LEVERS | FIXED_GROUP, changes=tuple((day, change | FIXED_GROUP) for day, change in CHANGES[:3]),
    ),
    # Colleagues see what others pass on within the hour: some have engaged by a view of the slice in which they would.
    "passed on": Case(
        PROGRAM
        | on(
            ("linkedin",), page_posts_per_week=14.0, half_life_hours=10.0, later_half_life_hours=0.5, engage=0.7,
            reshare=0.3, attention=0.9, constants__person_rate=2.5, constants__page_rate=2.5,
        )
        | {"participation.amplification_hours": 5.0},
        warm_up_weeks=0, weeks=2, follow_up_weeks=1, employees=20, given=((2, 10, 8, 8, 12, 6), 1800),
        numbered=True, selection=EVERYBODY, posts_per_week=2.0, levers={"mandate": 1.0, "page_amplification": 0.8},
    ),
    "listed": Case(
        PROGRAM | HOT, warm_up_weeks=0, weeks=3, follow_up_weeks=1, employees=12,
        given=((6, 40, 30, 30, 50, 24), 3000),
        selection=Selection(
            named=(7, 2, 11, 0, 5, 9), order="listed", goal="deals", size=6,
            waves=(Wave(0, 2, (1,)), Wave(3, 2, (0, 1)), Wave(3, 1, (1,))),
        ),
        levers={"mandate": 1.0, "page_amplification": 1.0},
    ),
}  # fmt: skip
