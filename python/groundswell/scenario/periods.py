"""A program as the core takes it: who, and the settings of each stretch of days on which no lever changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np

from groundswell.common.ids import Id
from groundswell.company.company import Company
from groundswell.scenario.model.content import ProgramMix
from groundswell.scenario.model.shares import PlatformShares
from groundswell.scenario.program.levers import LEVERS, MODES
from groundswell.scenario.program.program import Program
from groundswell.scenario.program.selection import FUNCTION_NAMES, Selection
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.base import plain

STOP = "stop"  # of running_program
ANY = -1.0  # of a threshold that is not asked for
SAME = -1.0  # of own words: those of content
NO_MIX = dict.fromkeys(ProgramMix.model_fields, 0.0)  # that of content


def program(scenario: ScenarioRecord) -> dict[str, Any] | None:
    """Return the argument ``program`` of ``_core.Design``."""
    plan = scenario.program
    if plan is None:
        return None
    return {"who": _who(plan, scenario), "periods": periods(plan, scenario.start, 7 * scenario.weeks)}


def running(scenario: ScenarioRecord) -> dict[str, Any] | None:
    """Return the argument ``running`` of ``_core.Design``: the program that the company already has."""
    company = scenario.company
    if company.running is None:
        return None
    return {
        **company.running.core(company.draw_order.places),
        "settings": settings(plan_of_running(scenario), scenario.start),
        "stops": scenario.running_program == STOP,
    }


def plan_of_running(scenario: ScenarioRecord) -> Program:
    """Return the company's program as a value; where LinkedIn is off its posts go to the platforms that are on."""
    running = scenario.company.running
    levers: dict[str, Any] = {} if running is None else dict(running.levers)
    if not scenario.platforms.linkedin.on:
        levers["platforms"] = PlatformShares().filled_up({}, [platform.name for platform in scenario.platforms.on()])
    return Program(select=Selection(), **levers)


def periods(plan: Program, start: date, days: int) -> list[dict[str, Any]]:
    """Settings from each day on which they change, the first on day 0; equal neighbors are one period."""
    changes = plan.changes
    cuts = (
        {0}
        | {(c.start - start).days for c in changes if c.start}
        | {(c.end - start).days + 1 for c in changes if c.end}
        | {(c.start - start).days + 1 for c in changes if c.start and c.relaunch}
    )
    found: list[dict[str, Any]] = []
    for day in sorted(cut for cut in cuts if 0 <= cut < days):
        now = settings(plan, start + timedelta(days=day))
        if not found or now != found[-1]["settings"]:
            found.append({"first_day": day, "settings": now})
    return found


def settings(plan: Program, day: date) -> dict[str, Any]:
    """Return the levers on one day: fields of the core's ProgramSettings."""
    values = {name: getattr(plan, name) for name in LEVERS}
    for change in plan.changes:
        if change.holds(day):
            values |= {name: getattr(change, name) for name in change.sets()}
    mode, _ = values.pop("mode"), values.pop("relaunch")
    relaunch = any(change.relaunch and change.start == day for change in plan.changes)
    rest = {"platforms": plain(values.pop("platforms")), "mix": plain(values.pop("mix")) or NO_MIX}
    own_words = values.pop("own_words")
    return values | rest | {"own_words": SAME if own_words is None else own_words, "mandate": float(MODES.index(mode)),
                            "relaunch": float(relaunch)}  # fmt: skip


def _who(plan: Program, scenario: ScenarioRecord) -> tuple[str, Any]:
    if plan.select is not None:
        there = [platform.name for platform in scenario.platforms.on()]
        stops = scenario.running_program == STOP
        return "select", selection(plan.select, scenario.company, scenario.start, there, stops=stops)
    people = plan.people
    if people.names is not None:
        return "named", places_of(scenario.company, people.names, "program.advocates.names")
    return "random", people.size


def places_of(company: Company, names: Iterable[Id], address: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """Return numbers of the core of named employees."""
    return np.asarray(company.draw_order.places[company.numbers_of(names, address)], dtype=np.uint32)


def selection(
    rule: Selection, company: Company, start: date, there: list[str], *, stops: bool = False
) -> dict[str, Any]:
    """Return a selection as the core takes it; where its platform does not matter, one of those that are on.

    Members of a program that runs, and does not stop, are not invited to it.
    """
    members = [] if company.running is None or stops else company.running.core(company.draw_order.places)["members"]
    named = rule.names is not None
    departments = company.labels["department"]
    return {
        "named": places_of(company, rule.names, "program.select.names") if rule.names is not None else None,
        "not_invited": np.asarray(members, dtype=np.uint32),
        "departments": _codes(rule.departments, departments),
        "functions": _codes(rule.functions, FUNCTION_NAMES),
        "regions": _codes(rule.regions, company.labels["region"]),
        "connections_above": ANY if rule.connections_above is None else rule.connections_above,
        "willingness_above": ANY if rule.willingness_above is None else rule.willingness_above,
        "platform": rule.platform if rule.platform in there else there[0],
        "order": "listed" if named else rule.order,
        "goal": rule.goal,
        "weights": plain(rule.weights),
        "size": rule.size,
        "quotas": [(departments.index(name), number) for name, number in (rule.quotas or {}).items()],
        "waves": [((wave.start - start).days, wave.size, _codes(wave.departments, departments)) for wave in rule.waves],
    }


def _codes(labels: tuple[str, ...] | None, known: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.int32]]:
    return np.array([known.index(label) for label in labels or ()], dtype=np.int32)
