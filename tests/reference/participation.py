"""Who is in the program: joining, dormancy, dropping out, training, coercion (docs/MODEL.md 2b, Participation)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from .motivation import Motivation
from .philox import Streams
from .program import RELAUNCHED, Settings
from .records import (
    ACTIVE,
    ADVOCATE_LEFT,
    DORMANT,
    DROPPED_OUT,
    ENROLLED,
    FELL_DORMANT,
    GAVE_UP,
    INVITED,
    LEFT,
    LEFT_COMPANY,
    NOT_INVITED,
    PLACE_LOST,
    REPLACED,
    RETURNED,
    WAS_INVITED,
)
from .retention import limit_of_a_clock
from .selection import select
from .world_view import Design, Parameters, WorldView

A_DAY = 1 / 7  # of a rate a week
NOBODY = -1  # in place of an employee


def invitation_pull(days: int, participation: Parameters) -> float:
    """What is left of the pull of an invitation after so many days."""
    floor = participation["pull_floor"]
    return float(floor + (1 - floor) * 2 ** (-(days / 7) / participation["pull_half_life_weeks"]))


def trained_factor(hours: float) -> float:
    """tau: 1 for four hours, at most 2."""
    return float(2 * (1 - 2 ** (-hours / 4)))


@dataclass
class Employee:
    """One employee and the program. Days are days of the run."""

    state: int = NOT_INVITED
    motivation: float = 0.0  # of today; 0 unless a member
    by_mandate: bool = False
    coerced: bool = False
    joined: int = 0  # day on which this membership began
    spell: int = 0
    enrollment_clock: float = 0.0
    drop_out_clock: float = 0.0
    spell_clock: float = 0.0
    trained: float = 0.0  # hours
    most_recognition: float = 0.0  # of all days of membership
    pace: float = 1.0  # the own rate of posts, next to that of the motivation

    @property
    def member(self) -> bool:
        return self.state in (ACTIVE, DORMANT)

    @property
    def left(self) -> bool:
        return self.state == LEFT


@dataclass
class Participation:
    """The phase `program` of every day of the horizon; what it says about posts and costs."""

    world: WorldView
    design: Design
    parameters: Parameters
    streams: Streams
    people: list[Employee] = field(default_factory=list)
    steps: list[tuple[int, int, int]] = field(default_factory=list)  # (day of the horizon, employee, what)

    def __post_init__(self) -> None:
        self._participation: Parameters = self.parameters["participation"]
        self.people = [Employee() for _ in range(self.world.employees)]
        self.motivation = Motivation(self.world, self.parameters)
        program = self.design.program
        self.advocates = set(program.advocates) if program is not None else set()
        self.reserve = list(program.reserve) if program is not None else []
        self.named = program is not None and program.named
        self.relaunched = -1  # day of the horizon
        running = self.design.running
        self.table = {} if running is None else {i: (days, seen) for i, days, seen in running.members}
        self.vacancies: list[int] = []  # days of the horizon on which an advocate left
        selection = program.selection if program is not None else None
        picked = select(self.world, selection) if selection is not None else []
        self.invited_on = {p.employee: p.day for p in picked if p.day >= 0}  # day of the horizon

    def _limit(self, employee: int, word: int) -> float:
        """Where the clock of enrollment (word 0) or dropping out (word 1) strikes."""
        return limit_of_a_clock(self.streams.draw("enrollment", self.world.draw_numbers[employee])[word])

    def satisfaction(self, employee: int) -> float:
        """As it is with what coercion takes from it."""
        satisfaction = self.world.satisfaction[employee]
        if not self.people[employee].coerced:
            return satisfaction
        return float(max(0.0, satisfaction - self._participation["coerced_satisfaction"]))

    def leave(self, employee: int, today: int) -> None:
        person = self.people[employee]
        person.state, person.coerced, person.motivation = LEFT, False, 0.0
        self.steps.append((today, employee, LEFT_COMPANY))
        if employee not in self.advocates:
            return
        self.advocates.remove(employee)
        self.steps.append((today, employee, ADVOCATE_LEFT))
        if self.named:
            self.steps.append((today, employee, PLACE_LOST))
        else:
            self.vacancies.append(today)

    def day(self, day: int, settings: Settings) -> None:
        """A day of the run inside the horizon of a program."""
        today = day - self.design.horizon_begin
        self._fill_up(today)
        if settings.relaunch >= RELAUNCHED:
            self.relaunched = today
        active = self._active_shares()
        for employee, person in enumerate(self.people):
            person.motivation = 0.0
            if not person.left:
                self._step(employee, day, settings, active)
                self._take_in(employee, settings)

    def stop(self) -> None:
        """Ends a program that ran."""
        for employee in self.table:
            person = self.people[employee]
            person.pace = 1.0
            if person.member:
                person.state, person.motivation = NOT_INVITED, 0.0
        self.table = {}

    def _greet(self, employee: int, day: int) -> None:
        """Whoever is a member of a program that runs, from the day of joining on; the own pace until the horizon."""
        days, seen = self.table[employee]
        running = self.design.running
        assert running is not None
        person = self.people[employee]
        if person.state == NOT_INVITED:
            person.state = DORMANT if seen == 0 else ACTIVE
            person.joined = self.design.horizon_begin - days
            person.most_recognition = running.settings.recognition
        if day <= self.design.horizon_begin and seen > 0:
            plain = running.settings.posts_per_week * self.motivation.of(
                employee, day, person.joined, person.most_recognition, running.settings
            )
            person.pace = seen / plain if plain > 0 else 0.0

    def _fill_up(self, today: int) -> None:
        """The next of the order take the places that were left before today."""
        while self.vacancies and self.vacancies[0] < today:
            self.vacancies.pop(0)
            while self.reserve and self.people[self.reserve[0]].left:
                self.reserve.pop(0)
            if not self.reserve:
                self.steps.append((today, NOBODY, PLACE_LOST))
                continue
            self.advocates.add(self.reserve[0])
            self.steps.append((today, self.reserve.pop(0), REPLACED))

    def _active_shares(self) -> dict[int, float]:
        """a of each department, among those who have not left."""
        shares = {}
        for department in set(self.world.department):
            here = [p for i, p in enumerate(self.people) if self.world.department[i] == department and not p.left]
            if here:
                shares[department] = sum(p.state == ACTIVE for p in here) / len(here)
        return shares

    def _step(self, employee: int, day: int, settings: Settings, active: dict[int, float]) -> None:
        person = self.people[employee]
        today = day - self.design.horizon_begin
        if employee in self.advocates:
            person.state, person.motivation = ACTIVE, 1.0
            return
        if employee in self.table and today >= -self.table[employee][0]:
            self._greet(employee, day)
            if today < 0:
                self._motivate(employee, day, settings)
                return
        elif self.invited_on.get(employee, today + 1) > today:
            return
        if person.state == NOT_INVITED:
            person.state = INVITED
            self.steps.append((today, employee, WAS_INVITED))
        if settings.mandatory and not person.member:
            self._join(employee, day, settings, by_mandate=True)
        elif person.state == INVITED:
            waited = today - max(self.invited_on[employee], self.relaunched)
            hazard = self._enrollment_hazard(employee, settings, active)
            person.enrollment_clock += hazard * invitation_pull(waited, self._participation)
            if person.enrollment_clock >= self._limit(employee, 0):
                self._join(employee, day, settings, by_mandate=False)
        elif person.member:
            self._go_on(employee, day, settings)

    def _join(self, employee: int, day: int, settings: Settings, *, by_mandate: bool) -> None:
        person = self.people[employee]
        if person.state == DROPPED_OUT:
            person.spell += 1
        person.state, person.by_mandate, person.joined = ACTIVE, by_mandate, day
        person.drop_out_clock = person.spell_clock = 0.0
        self.steps.append((day - self.design.horizon_begin, employee, ENROLLED))
        self._motivate(employee, day, settings)

    def _motivate(self, employee: int, day: int, settings: Settings) -> None:
        person = self.people[employee]
        person.motivation = self.motivation.of(employee, day, person.joined, person.most_recognition, settings)

    def _enrollment_hazard(self, employee: int, settings: Settings, active: dict[int, float]) -> float:
        """Of a day."""
        p = self._participation
        exponent = p["enroll_satisfaction"] * (self.satisfaction(employee) - 0.5)
        exponent += p["enroll_willingness"] * (self.world.willingness[employee] - 0.5)
        exponent += p["enroll_leadership"] * settings.leadership
        exponent += p["enroll_peers"] * active[self.world.department[employee]]
        exponent += p["enroll_trained"] * trained_factor(settings.training_hours_per_person)
        exponent += p["enroll_ease"] * settings.tool_ease
        guidelines = p["no_guidelines"] + (1 - p["no_guidelines"]) * settings.guidelines
        champion = p["no_champion"] + (1 - p["no_champion"]) * settings.champion
        return float(A_DAY * p["enrollment_rate"] * math.exp(exponent) * guidelines * champion)

    def _go_on(self, employee: int, day: int, settings: Settings) -> None:
        """A day of a member, active or dormant when it begins."""
        person, p = self.people[employee], self._participation
        today = day - self.design.horizon_begin
        self._motivate(employee, day, settings)
        weariness = math.exp(1 - person.motivation)
        if not settings.mandatory:
            person.drop_out_clock += A_DAY * p["drop_out"] * weariness
            if person.drop_out_clock >= self._limit(employee, 1):
                person.state, person.motivation = DROPPED_OUT, 0.0
                self.steps.append((today, employee, GAVE_UP))
                return
        limits = self.streams.draw("dormancy", self.world.draw_numbers[employee], person.spell)
        if person.state == ACTIVE:
            person.spell_clock += A_DAY * p["dormancy"] * weariness
            if person.spell_clock >= limit_of_a_clock(limits[0]):
                person.state, person.spell_clock = DORMANT, 0.0
                self.steps.append((today, employee, FELL_DORMANT))
        else:
            person.spell_clock += A_DAY * p["return_rate"]
            if person.spell_clock >= limit_of_a_clock(limits[1]):
                person.state, person.spell_clock = ACTIVE, 0.0
                person.spell += 1
                self.steps.append((today, employee, RETURNED))

    def _take_in(self, employee: int, settings: Settings) -> None:
        """What today's membership leaves behind."""
        person = self.people[employee]
        if person.member:
            person.trained = max(person.trained, settings.training_hours_per_person)
            person.most_recognition = max(person.most_recognition, settings.recognition)
        unwilling = self.world.willingness[employee] < self._participation["coerced_willingness"]
        person.coerced = person.member and person.by_mandate and settings.mandatory and unwilling

    def posting_rate(self, employee: int, settings: Settings) -> float | None:
        """What the rate of program posts is multiplied by; None: writes none."""
        person = self.people[employee]
        if person.state != ACTIVE:
            return None
        blocked = (1 - self._participation["access_blocked_posting"]) * settings.access_blocked
        return float(person.motivation * person.pace * (1 - blocked))

    def own_words(self, plain: float, employee: int) -> float:
        """The share of program posts in own words of who has the authority to speak."""
        trained = trained_factor(self.people[employee].trained)
        return float(min(1.0, plain + self._participation["training_own_words"] * trained))

    def negative(self, employee: int, settings: Settings) -> float:
        """The probability that a program post is negative: neither coercion nor lack of taste spares it else."""
        p = self._participation
        spared = 1 - (p["negative_posts"] if self.people[employee].coerced else 0.0)
        return float(1 - spared * (1 - p["negative_posts_without_guidelines"] * (1 - settings.guidelines)))

    def authenticity(self, plain: float, employee: int, program_post: bool) -> float:
        person, p = self.people[employee], self._participation
        trained = plain + p["training_authenticity"] * trained_factor(person.trained)
        return float(trained * (p["coerced_authenticity"] if program_post and person.coerced else 1.0))
