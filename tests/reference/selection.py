"""Whom a program invites and when (docs/MODEL.md 2b, Selection)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from .program import Selection
from .world_view import SEGMENTS, WorldView

NO_WAVE = -1
GOAL_SEGMENTS = {"deals": ("buyer",), "hires": ("talent",), "awareness": SEGMENTS[1:]}


@dataclass(frozen=True)
class Picked:
    """One person picked; without waves all are in wave 0; wave and day are NO_WAVE for who is in none."""

    employee: int
    wave: int
    day: int


def connections(world: WorldView, selection: Selection, employee: int) -> int:
    return len(world.graphs[selection.platform].row(employee))


def fit(world: WorldView, selection: Selection, employee: int) -> float:
    """Share of the own ties that are in the goal's segment."""
    neighbors = world.graphs[selection.platform].neighbors(employee)
    wanted = [j for j in neighbors if SEGMENTS[world.segment(j)] in GOAL_SEGMENTS[selection.goal]]
    return len(wanted) / len(neighbors) if neighbors else 0.0


def readiness_score(world: WorldView, selection: Selection, employee: int) -> float:
    weights = selection.weights
    score = fit(world, selection, employee) ** weights.fit
    score *= world.persuasion[employee] ** weights.influence
    score *= world.willingness[employee] ** weights.willingness
    return float(score * world.readiness[employee] ** weights.readiness)


def eligible(world: WorldView, selection: Selection) -> list[int]:
    return [i for i in candidates(world, selection) if i not in selection.not_invited]


def candidates(world: WorldView, selection: Selection) -> list[int]:
    if selection.named is not None:
        return list(selection.named)
    return [
        i
        for i in range(world.employees)
        if (not selection.departments or world.department[i] in selection.departments)
        and (not selection.functions or world.function[i] in selection.functions)
        and (not selection.regions or world.region[i] in selection.regions)
        and connections(world, selection, i) > selection.connections_above
        and world.willingness[i] > selection.willingness_above
    ]


def score(world: WorldView, selection: Selection, employee: int) -> float:
    """What the order goes by, the largest first; 0 if it goes by nothing."""
    values: dict[str, Callable[[int], float]] = {
        "random": lambda _: 0.0,
        "listed": lambda _: 0.0,
        "connections": lambda i: connections(world, selection, i),
        "activity": lambda i: world.social_activity[i],
        "persuasion": lambda i: world.persuasion[i],
        "willingness": lambda i: world.willingness[i],
        "readiness": lambda i: readiness_score(world, selection, i),
    }
    return values[selection.order](employee)


def in_order(world: WorldView, selection: Selection) -> list[int]:
    """The eligible, the first to be picked first."""
    people = eligible(world, selection)
    if selection.order == "listed":
        return people
    place = {employee: k for k, employee in enumerate(world.advocate_order)}
    return sorted(people, key=lambda i: (-score(world, selection, i), place[i]))


def pick(world: WorldView, selection: Selection) -> list[int]:
    """The people of the program, in order: by quotas of departments, or the first so many, or all."""
    people = in_order(world, selection)
    if not selection.quotas:
        return people if selection.size is None else people[: selection.size]
    quotas = dict(selection.quotas)
    taken: Counter[int] = Counter()
    picked = []
    for i in people:
        department = world.department[i]
        if taken[department] < quotas.get(department, 0):
            taken[department] += 1
            picked.append(i)
    if len(picked) < sum(quotas.values()):
        raise ValueError("fewer are eligible than a quota asks for")
    return picked


def select(world: WorldView, selection: Selection) -> list[Picked]:
    """Everybody picked, in order, with the wave and the day of the horizon of the invitation."""
    picked = pick(world, selection)
    if not selection.waves:
        return [Picked(i, 0, 0) for i in picked]
    invited: dict[int, Picked] = {}
    for number, wave in enumerate(selection.waves):
        left = [i for i in picked if i not in invited]
        wanted = [i for i in left if not wave.departments or world.department[i] in wave.departments]
        for i in wanted if wave.size is None else wanted[: wave.size]:
            invited[i] = Picked(i, number, wave.day)
    return [invited.get(i, Picked(i, NO_WAVE, NO_WAVE)) for i in picked]
