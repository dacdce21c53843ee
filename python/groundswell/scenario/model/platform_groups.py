"""Groups inside a platform: weekdays, whom employees are connected to, who is there. Defaults: LinkedIn's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from groundswell.errors import Problem
from groundswell.scenario.schema.base import Group, Mix, Spec


def _weight(day: str) -> Spec:
    return Spec(f"Posting on {day}, relative (scaled to mean 1)", "weight", "±30 %", at_least=0, at_most=100)


def _share(segment: str, prior: str = "Dirichlet, jointly") -> Spec:
    return Spec(f"Share of an employee's connections who are {segment}", "share", prior,
                "prototypes; [3.14]: not found", "chosen in prototypes", at_least=0, at_most=1)  # fmt: skip


def _present(segment: str) -> Spec:
    return Spec(f"Share of {segment} who have an account", "share", "fixed", "definition: of the pools", "assumption",
                at_least=0, at_most=1)  # fmt: skip


class WeekdayWeights(Group):
    """Posting by weekday, relative; the engine scales them to mean 1."""

    address = ("platforms", "linkedin", "weekday_weights")
    monday: Annotated[float, _weight("Mondays")] = 1.1
    tuesday: Annotated[float, _weight("Tuesdays")] = 1.15
    wednesday: Annotated[float, _weight("Wednesdays")] = 1.15
    thursday: Annotated[float, _weight("Thursdays")] = 1.1
    friday: Annotated[float, _weight("Fridays")] = 0.95
    saturday: Annotated[float, _weight("Saturdays")] = 0.3
    sunday: Annotated[float, _weight("Sundays")] = 0.25

    def _broken_rules(self) -> Iterable[Problem]:
        if all(getattr(self, day) == 0 for day in type(self).model_fields):
            yield Problem((), "0", "one weekday at least must be above 0")


class PlatformMix(Mix):
    """To whom employees are connected on the platform; the shares sum to 1."""

    address = ("platforms", "linkedin", "mix")
    employee: Annotated[float, _share("coworkers", "U(.10, .25)")] = 0.13
    alumni: Annotated[float, _share("alumni of the company", "U(.05, .20)")] = 0.05
    buyer: Annotated[float, _share("buyers at target accounts")] = 0.12
    peer: Annotated[float, _share("peers in the same trade")] = 0.17
    talent: Annotated[float, _share("possible recruits")] = 0.13
    personal: Annotated[float, _share("private acquaintances")] = 0.25
    other: Annotated[float, _share("anybody else")] = 0.15


class Presence(Group):
    """Who has an account on the platform. An employee is there with a connection there, so that entry must be 1."""

    address = ("platforms", "linkedin", "presence")
    employee: Annotated[
        float,
        Spec("Always 1: an employee is there if connected to somebody there", "share", "fixed", "definition", "input",
             at_least=1, at_most=1),
    ] = 1.0  # fmt: skip
    alumni: Annotated[float, _present("alumni")] = 1.0
    buyer: Annotated[float, _present("buyers")] = 1.0
    peer: Annotated[float, _present("peers")] = 1.0
    talent: Annotated[float, _present("talent")] = 1.0
    personal: Annotated[float, _present("private acquaintances")] = 1.0
    other: Annotated[float, _present("others")] = 1.0
