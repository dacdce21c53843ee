"""The named scenarios of the targets that can be simulated, and what is asked of them.

**default**: 1,000 employees, 100 random advocates who keep posting, 4 posts a week of which half are about the company.
**average**: everyone invited, guidelines, no champion, no visible leadership. **best practice**: *average* with
champion, leadership, recognition and four hours of training. *referral campaign* needs hiring.
"""

from __future__ import annotations

import datetime
from typing import Any

from groundswell.company.company import Company
from groundswell.scenario import ActiveAdvocates, Change, Program, Scenario, Selection
from groundswell.scenario.schema.platform_table import PLATFORMS

START = "2027-01-04"
REMOVAL_WEEK = 26  # of the horizon: the first without recognition in *recognition off*
REMOVED_ON = datetime.date(2027, 7, 5)
ADVOCATES = 100


def default(posts_per_week: float = 4.0) -> Scenario:
    """1,000 employees, 100 random advocates, half of their posts about the company."""
    program = Program(advocates=ActiveAdvocates(size=ADVOCATES), posts_per_week=posts_per_week)
    return Scenario(Company.synthetic(employees=1000), start=START, program=program, label="default")


def busy() -> Scenario:
    """*default* at 6 posts a week: 3 company posts."""
    return default(6.0).replace(label="default, 6 posts a week")


def none() -> Scenario:
    """No program."""
    return Scenario(Company.synthetic(employees=1000), start=START, label="none")


def flooding() -> Scenario:
    """All 1,000 employees active, 7 posts a week, all of them about the company."""
    program = Program(advocates=ActiveAdvocates(size=1000), posts_per_week=7.0, company_content_fraction=1.0)
    return Scenario(Company.synthetic(employees=1000), start=START, program=program, label="flooding")


FEW, MANY = "few_loud", "many_quiet"  # of line 28: people and their posts a week
PAIR = {FEW: (50, 4.0), MANY: (200, 1.0)}
ACTIVE, INVITED = "active", "invited"


def pair(name: str, how: str) -> Scenario:
    """Few loud or Many quiet: a twentieth at four posts a week or a fifth at one, who keep posting or are invited."""
    size, posts = PAIR[name]
    people = {"advocates": ActiveAdvocates(size=size)} if how == ACTIVE else {"select": Selection(size=size)}
    program = Program(**people, posts_per_week=posts)
    return Scenario(Company.synthetic(employees=1000), start=START, program=program, label=f"{name}, {how}")


def _invited(label: str, **levers: Any) -> Scenario:
    """Everyone invited, with guidelines."""
    program = Program(select=Selection(), guidelines=1.0, **levers)
    return Scenario(Company.synthetic(employees=1000), start=START, program=program, label=label)


BEST: dict[str, Any] = {"champion": 1.0, "leadership": 1.0, "recognition": 1.0, "training_hours_per_person": 4.0}


def average() -> Scenario:
    """Everyone invited, guidelines, no champion, no visible leadership."""
    return _invited("average")


def best_practice() -> Scenario:
    """*average* with champion, leadership, recognition and training."""
    return _invited("best practice", **BEST)


def recognition_off() -> Scenario:
    """*best practice*, recognition removed after six months."""
    return _invited("recognition off", **BEST, changes=(Change(start=REMOVED_ON, recognition=0.0),))


def mandate() -> Scenario:
    """*average*, and nobody may decline."""
    return _invited("mandate", mode="mandatory")


def four_platforms() -> Scenario:
    """*default* with the program's posts in equal shares on all four platforms."""
    changes = {f"platforms.{name}.on": True for name in PLATFORMS[1:]}
    shares = {f"program.platforms.{name}": 0.25 for name in PLATFORMS}
    return default().replace({**changes, **shares}, label="default on four platforms")


def scripted() -> Scenario:
    """Line 21: everybody alike (w = 1), every view attended, nothing forgotten, no page; a company of 50."""
    program = Program(advocates=ActiveAdvocates(size=20), posts_per_week=5.0, company_content_fraction=1.0)
    base = Scenario(Company.synthetic(employees=50), start=START, weeks=12, warm_up_weeks=0, program=program)
    changes: dict[str, Any] = {
        "awareness.half_life_weeks": None, "platforms.linkedin.attention": 1.0,
        "platforms.linkedin.page_posts_per_week": 0.0, "audience.susceptibility_log_sd": 0.0,
        "workforce.persuasion_log_sd": 0.0, "workforce.susceptibility_log_sd": 0.0,
        "content.authenticity_own_story": 1.0, "content.authenticity_own_words": 1.0,
        "content.authenticity_press_release": 1.0, "content.authenticity_verbatim": 1.0,
    }  # fmt: skip
    return base.replace(changes, label="scripted exposures")


def horizon_days(scenario: Scenario) -> tuple[int, int]:
    """First day of the horizon and the day after its last, as days of the run."""
    first = 7 * scenario.warm_up_weeks
    return first, first + 7 * scenario.weeks


def full_months(scenario: Scenario, layout: Any) -> list[tuple[int, int]]:
    """Calendar months that lie wholly in the horizon, as [first day, end day) of the run."""
    months = layout["months"]
    day_zero = scenario.start - datetime.timedelta(weeks=scenario.warm_up_weeks)

    def begins_a_month(day: int) -> bool:
        return (day_zero + datetime.timedelta(days=day)).day == 1

    cells = zip(*(months[name].tolist() for name in ("first_day", "end_day", "window")), strict=True)
    return [
        (first, end) for first, end, window in cells if window == 1 and begins_a_month(first) and begins_a_month(end)
    ]
