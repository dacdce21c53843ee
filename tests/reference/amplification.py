"""Employees who pass on what the page posts (docs/MODEL.md 2b, Page amplification)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .participation import Participation
from .philox import Streams, unit
from .program import Settings
from .records import ACTIVE, Post
from .world_view import Parameters, WorldView


@dataclass(frozen=True)
class Amplification:
    """An employee who engages with a post of the page at a minute of the run, and perhaps reshares it."""

    post: int  # number
    rank: int  # of the post, among posts and acts
    employee: int
    minute: int
    reshares: bool


def amplifications(
    post: Post, settings: Settings, people: Participation, streams: Streams, parameters: Parameters
) -> list[Amplification]:
    """Of one post of the page, decided on its day, in the order of employees."""
    participation = parameters["participation"]
    world: WorldView = people.world
    found = []
    for employee, person in enumerate(people.people):
        if person.state != ACTIVE or len(world.graphs[post.platform].row(employee)) == 0:
            continue
        a = streams.draw("amplification", post.identity, int(world.viewers[employee]))
        if unit(a[0]) < settings.page_amplification:
            minute = post.moment + 1 + math.floor(unit(a[2]) * 60 * participation["amplification_hours"])
            reshares = unit(a[1]) < participation["amplification_reshare"]
            found.append(Amplification(post.number, post.rank, employee, minute, reshares))
    return found
