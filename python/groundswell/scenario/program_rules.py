"""A program against its scenario: dates, platforms, people; and what deserves a warning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np

from groundswell.company.company import Company
from groundswell.company.table.cells import Booleans
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.scenario import periods
from groundswell.scenario.program.program import Program
from groundswell.scenario.program.selection import FUNCTION_NAMES, ReadinessWeights, Selection
from groundswell.scenario.record import ScenarioRecord

Path = tuple[str, ...]
SELECT = ("program", "select")


def last_day(scenario: ScenarioRecord) -> date:
    """Return the last day of the horizon."""
    return scenario.start + timedelta(days=7 * scenario.weeks - 1)


def broken(scenario: ScenarioRecord) -> Iterator[Problem]:
    """Yield what is wrong with the program of this scenario; addresses are complete."""
    program = scenario.program
    yield from _running(scenario)
    if program is None:
        return
    yield from program.platforms.on_platforms_off(scenario.platforms)
    yield from _changes(program, scenario)
    if program.advocates is not None and program.advocates.size is not None:
        yield from _too_many(program.advocates.size, ("program", "advocates", "size"), scenario.company)
    if program.select is not None:
        yield from selection(program.select, scenario.company)
        yield from _platform(program.select, scenario)
        yield from _waves(program.select, scenario)
    if program.people.names is not None:
        scenario.company.numbers_of(program.people.names, ".".join((*program.people.address, "names")))


def _running(scenario: ScenarioRecord) -> Iterator[Problem]:
    if scenario.company.running is None:
        if scenario.running_program != "keep":
            rule = "the company has no program that runs (company.with_members)"
            yield Problem(("running_program",), shown(scenario.running_program), rule)
        return
    try:
        periods.plan_of_running(scenario)
    except InvalidInput as error:
        for problem in error.problems:
            yield Problem(("company", "members", *problem.path[-1:]), problem.value, problem.rule)
    if scenario.program is not None and scenario.program.advocates is not None:
        rule = "the company has a program that runs, whose members tire and leave; use program.select beside it"
        yield Problem(("program", "advocates"), "", rule)


def selection(rule: Selection, company: Company) -> Iterator[Problem]:
    """Yield what is wrong with a selection in this company."""
    for name, kind in (("departments", "department"), ("regions", "region")):
        yield from _labels(getattr(rule, name), company, kind, (*SELECT, name))
    yield from _labels(rule.quotas, company, "department", (*SELECT, "quotas"))
    for i, wave in enumerate(rule.waves):
        yield from _labels(wave.departments, company, "department", (*SELECT, "waves", str(i), "departments"))
    total, part = rule.count(), "size" if rule.quotas is None else "quotas"
    if total is not None and rule.names is None:
        yield from _too_many(total, (*SELECT, part), company)
    yield from _quotas(rule, company)


def _labels(asked: Iterable[str] | None, company: Company, kind: str, path: Path) -> Iterator[Problem]:
    known = company.labels[kind]  # none: of a company saved without its people
    for label in asked or ():
        if known and label not in known:
            yield Problem(path, shown(label), f"the company has no such {kind}; {did_you_mean(label, known)}")


def _too_many(number: int, path: Path, company: Company) -> Iterator[Problem]:
    if number > company.employees:
        yield Problem(path, str(number), f"more than the company's {company.employees:,} employees")


def _quotas(rule: Selection, company: Company) -> Iterator[Problem]:
    """No quota is above the people known to be there and those whose department each world draws."""
    codes, labels = company.categories["department"], company.labels["department"]
    unknown = int((codes < 0).sum())
    for label, number in (rule.quotas or {}).items():
        known = int((codes == labels.index(label)).sum()) if label in labels else company.employees
        if number > known + unknown:
            some = f" and {unknown:,} whose department is not given" if unknown else ""
            rule_text = f"more than the {known:,} employees of this department{some}"
            yield Problem((*SELECT, "quotas", label), str(number), rule_text)


def _changes(program: Program, scenario: ScenarioRecord) -> Iterator[Problem]:
    """No change is wholly outside the horizon; no post goes where nobody is."""
    first, last = scenario.start, last_day(scenario)
    horizon = f"the horizon, {first} to {last}; it would change nothing"
    for i, change in enumerate(program.changes):
        path = ("program", "changes", str(i))
        if change.start is not None and change.start > last:
            yield Problem((*path, "start"), str(change.start), f"is after {horizon}")
        if change.end is not None and change.end < first:
            yield Problem((*path, "end"), str(change.end), f"is before {horizon}")
        elif change.relaunch and change.start is not None and change.start < first:
            # Before the horizon there is no program to launch anew, and the running one has no relaunch.
            rule = f"a relaunch is an event of this day, which is before {horizon}"
            yield Problem((*path, "start"), str(change.start), rule)
        shares = dict(change)["platforms"]
        if shares is not None:
            yield from shares.on_platforms_off(scenario.platforms, (*path, "platforms"))


def _platform(rule: Selection, scenario: ScenarioRecord) -> Iterator[Problem]:
    if rule.needs_ties and not getattr(scenario.platforms, rule.platform).on:
        text = f"platforms.{rule.platform}.on is False: nobody has ties there; name a platform that is on"
        yield Problem((*SELECT, "platform"), repr(rule.platform), text)


def _waves(rule: Selection, scenario: ScenarioRecord) -> Iterator[Problem]:
    first, last = scenario.start, last_day(scenario)
    for i, wave in enumerate(rule.waves):
        if not first <= wave.start <= last:
            text = f"must be a day of the horizon, {first} to {last}"
            yield Problem((*SELECT, "waves", str(i), "start"), str(wave.start), text)


def _members_named(rule: Selection, scenario: ScenarioRecord) -> Iterator[tuple[str, int, str, str]]:
    running = scenario.company.running
    if running is None or rule.names is None or scenario.running_program == periods.STOP:
        return
    named = scenario.company.numbers_of(rule.names, "program.select.names")
    twice = len(set(named.tolist()) & set(running.rows.tolist()))
    if twice:
        text = "are members of the program that runs already: nobody is invited twice"
        yield "members_not_invited", twice, f"of {len(named):,} named", text


def _members_fill_the_places(rule: Selection, scenario: ScenarioRecord) -> Iterator[tuple[str, int, str, str]]:
    """Where so many may be picked who are members already that places stay empty, whatever a world draws."""
    running, company = scenario.company.running, scenario.company
    if running is None or rule.names is not None or scenario.running_program == periods.STOP:
        return
    is_member = np.isin(np.arange(company.employees), running.rows)
    wanted = free = members = 0
    for departments, size in _places(rule):
        may = _may_be_picked(rule, departments, company)
        there, open_to = int(may.sum()), int((may & ~is_member).sum())
        places = size if size is not None else open_to or there  # all: who is a member already is asked no place
        wanted, free, members = wanted + places, free + min(places, open_to), members + there - open_to
    if members and free < wanted:
        text = "places stay empty: who may be picked is a member of the program that runs already, and nobody is "
        yield "members_not_invited", wanted - free, f"{free:,} of {wanted:,} can be invited", f"{text}invited twice"


def _places(rule: Selection) -> list[tuple[tuple[str, ...] | None, int | None]]:
    """How many places there are for people of which departments; None: of any, and as many as there are people."""
    if rule.quotas is None:
        return [(rule.departments, rule.size)]
    return [((name,), number) for name, number in rule.quotas.items()]


def _may_be_picked(rule: Selection, departments: tuple[str, ...] | None, company: Company) -> Booleans:
    """Who passes the filters that are labels; who has no label may get any in a world."""
    asked = {"department": departments, "region": rule.regions, "job_function": rule.functions}
    names = {**company.labels, "job_function": FUNCTION_NAMES}
    may: Booleans = np.ones(company.employees, dtype=bool)
    for kind, labels in asked.items():
        if labels is not None:
            codes = [names[kind].index(label) for label in labels if label in names[kind]]
            may &= np.isin(company.categories[kind], [-1, *codes])
    return may


def warnings(scenario: ScenarioRecord) -> Iterator[tuple[str, int, str, str]]:
    """Yield what a selection has that does nothing: code, count, examples, consequence."""
    rule = None if scenario.program is None else scenario.program.select
    if rule is None:
        return
    yield from _members_named(rule, scenario)
    yield from _members_fill_the_places(rule, scenario)
    unused = [
        name for name, idle in (("goal", "awareness"), ("weights", ReadinessWeights())) if getattr(rule, name) != idle
    ]
    if unused and rule.order != "readiness":
        where = ", ".join(f"program.select.{name}" for name in unused)
        yield "selection_part_not_used", len(unused), where, f"counts for order 'readiness' only; it is {rule.order!r}"
    total, sizes = rule.count(), [wave.size for wave in rule.waves if wave.departments is None]
    sure = len(sizes) == len(rule.waves) > 0 and None not in sizes
    left = (total or 0) - sum(size or 0 for size in sizes)
    if sure and left > 0:
        text = "picked, and in no wave: never invited; raise program.select.waves.*.size, or leave one out"
        yield "waves_leave_people_out", left, f"waves invite {sum(s or 0 for s in sizes):,} of {total:,}", text
