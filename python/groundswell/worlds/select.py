"""Whom a rule picks, before anything is simulated. Spec: docs/MODEL.md 2b, Selection."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from groundswell import _core
from groundswell._core import World
from groundswell.common.cores import usable_cores
from groundswell.common.memory import fitting
from groundswell.company.assemble import with_department
from groundswell.company.columns import day
from groundswell.company.company import Company
from groundswell.company.facts import whole
from groundswell.company.table.transformations import SENIORITIES
from groundswell.errors import InvalidInput, shown
from groundswell.scenario import ActiveAdvocates, Program, Scenario, Selection
from groundswell.scenario.periods import STOP, selection
from groundswell.scenario.to_core import world_parameters
from groundswell.worlds.size import check_world_fits

Picked = dict[str, np.ndarray[Any, np.dtype[Any]]]
FACTORS = ("fit", "connections", "activity", "persuasion", "willingness", "readiness")
COLUMNS = ["order", "id", "department", "seniority", "score", *FACTORS, "rank", "wave", "date", "imputed", "world",
           "seed"]  # fmt: skip
ATTRIBUTES = {"activity": "social_activity"}  # factors that have another name among the columns of a company
DUMMY_START = date(2027, 1, 4)  # decides nobody's place


@fitting()
def select(
    company: Company, rule: Any, world: int, seed: int, start: str | date | datetime | None = None
) -> pd.DataFrame:
    """Return who a rule picks in one world, before anything is simulated: whom the engine would take.

    Parameters
    ----------
    rule
        ``gs.ActiveAdvocates`` or ``gs.Selection``: in a world of the default parameters, with every platform that the
        rule asks for switched on. Or a scenario of this company with a program: in a world of its own parameters.
    world, seed
        As in ``gs.simulate``; a default scenario's world is built (1,000 employees take about half a second).
    start
        First day of the horizon, for the dates of invitations that are not in a wave; by default that of the scenario.

    Returns
    -------
    DataFrame
        One row a person, as they are invited (none where nobody passes): order (from 1); id, department, seniority;
        score (what the order goes by: readiness score, connections …; 0 of a random or named list); the factors fit
        (share of the own ties that are in the goal's segment), connections (ties on the rule's platform), activity,
        persuasion, willingness, readiness; rank by score among those picked (1 is the largest, equal ones share it);
        wave (from 1; missing: in none) and the date of the invitation; imputed (which of these the world drew);
        world, seed.

    Raises
    ------
    InvalidInput
        More people than employees, an unknown id or group, fewer eligible than a quota asks for, another rule.
    DoesNotFit
        The world needs more memory than there is.
    """
    scenario = _scenario(company, rule)
    assert scenario.program is not None  # noqa: S101 - made so
    world, seed = whole(world, "world", 0, 2**32 - 1), whole(seed, "seed", 0, 2**64 - 1)
    asked = scenario.program.people
    first = day(start, "start") or (None if scenario is not rule else scenario.start)
    built = _build(scenario, world, seed)
    return _frame(company, built, _picked(built, scenario), asked, first).assign(world=world, seed=seed)[COLUMNS]


def _scenario(company: Company, rule: Any) -> Scenario:
    """The rule inside a scenario of the default parameters, which checks it; a scenario as it is."""
    if isinstance(rule, Scenario) and rule.program is not None and rule.company == company:
        return rule
    if isinstance(rule, ActiveAdvocates):
        return Scenario(company, DUMMY_START, program=Program(advocates=rule))
    if not isinstance(rule, Selection):
        what = "a gs.ActiveAdvocates, a gs.Selection or a scenario of this company with a program"
        raise InvalidInput(f"rule = {shown(rule)}: must be {what}")
    dates = [wave.start for wave in rule.waves]
    weeks = max(4, -(-((max(dates) - min(dates)).days + 1) // 7)) if dates else 52
    on = {f"platforms.{rule.platform}.on": True, "program": Program(select=rule), "weeks": weeks}
    return Scenario(company, min(dates, default=DUMMY_START)).replace(on)


def _build(scenario: Scenario, world: int, seed: int) -> World:
    firm, parts = scenario.company.core_input(), world_parameters(scenario)
    check_world_fits(firm, parts, scenario.company.employees)
    return _core.build_world(firm, parts, seed, world, usable_cores(), stored=False)


def _picked(built: World, scenario: Scenario) -> Picked:
    """What the core picks; active advocates as the selection they amount to."""
    people = scenario.program.people if scenario.program is not None else None
    rule = Selection(size=people.size, names=people.names) if isinstance(people, ActiveAdvocates) else people
    assert rule is not None  # noqa: S101 - a scenario with a program
    there = [platform.name for platform in scenario.platforms.on()]
    stops = scenario.running_program == STOP
    asked = selection(rule, scenario.company, scenario.start, there, stops=stops)
    try:
        found: Picked = _core.select(built, asked)
    except InvalidInput as error:  # the core knows a department by its number only
        raise InvalidInput(with_department(str(error), scenario.company)) from None
    return found


def _frame(
    company: Company, built: World, picked: Picked, rule: ActiveAdvocates | Selection, start: date | None
) -> pd.DataFrame:
    employees = picked["employee"].astype(np.int64)
    rows = company.draw_order.rows[employees]
    waves = getattr(rule, "waves", ())
    dates = [wave.start for wave in waves] if waves else [start]
    days = [dates[k] if k >= 0 else None for k in picked["wave"].tolist()]
    score = pd.Series(picked["score"])
    return pd.DataFrame(
        {
            "order": np.arange(1, len(employees) + 1),
            "id": company.ids.take(rows),
            "department": np.array(company.labels["department"], dtype=object)[built.department[employees]],
            "seniority": np.array(SENIORITIES, dtype=object)[built.seniority[employees]],
            "score": score,
            **{name: picked[name] for name in FACTORS},
            "rank": score.rank(method="min", ascending=False).astype(np.int64),
            "wave": pd.array([k + 1 if k >= 0 else pd.NA for k in picked["wave"].tolist()], dtype="Int64"),
            "date": pd.to_datetime(pd.Series(days, dtype=object)),
            "imputed": _imputed(company, rows),
        }
    )


def _imputed(company: Company, rows: np.ndarray[Any, np.dtype[np.int64]]) -> list[str]:
    """Of each person, which of the columns shown the world drew, comma-separated."""
    nobody, everybody = np.zeros(len(rows), dtype=bool), np.ones(len(rows), dtype=bool)
    drawn = {key: company.categories[key][rows] < 0 for key in ("department", "seniority")}
    drawn["fit"] = everybody if company.audience is None else nobody
    for name in FACTORS[1:]:
        drawn[name] = np.isnan(company.attributes[ATTRIBUTES.get(name, name)][rows])
    names = list(drawn)
    return [", ".join(n for n, is_drawn in zip(names, flags, strict=True) if is_drawn)
            for flags in zip(*drawn.values(), strict=True)]  # fmt: skip
