"""Active advocates: people who keep posting all year. Spec: docs/MODEL.md 2, Sharers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from groundswell.common.ids import Id
from groundswell.errors import Problem, shown
from groundswell.scenario.schema.base import Group, Spec
from groundswell.scenario.schema.kinds import People


class ActiveAdvocates(Group):
    """People who keep posting as long as they are employed: a random group of ``size``, or named by their ids.

    A random group of n is the first n of an order that the world draws, so a larger group contains a smaller one. They
    leave the company like everybody: in a random group the next of the order takes the place on the next day, as far as
    the order goes; a named advocate is not replaced.

    What this assumes: how much the program posts is known, and does not depend on what people make of it. Nobody has
    to be won, tires or gives up, so a year costs and gives more than the same people would if they were invited
    (``gs.Selection``). Invited people whose posts come out the same reach the same persons; what differs is where the
    number of posts comes from. Use it where advocates are paid or picked to post; else invite.
    """

    address = ("program", "advocates")
    size: Annotated[
        int | None,
        Spec("Random employees who keep posting; who leaves is replaced", "employees", "chosen by the analyst",
             "design", "input", at_least=0, count=True, optional=True),
    ] = None  # fmt: skip
    names: Annotated[
        tuple[Id, ...] | None,
        People("Employees who keep posting all year, by their ids", "ids", "chosen by the analyst", "design", "input"),
    ] = None

    def _broken_rules(self) -> Iterable[Problem]:
        if (self.size is None) == (self.names is None):
            rule = "give one of size (a random group) and names (a list of ids), and not both"
            yield Problem((), f"size={self.size}, names={shown(self.names, 40)}", rule)

    def count(self) -> int:
        """How many people."""
        return self.size if self.size is not None else len(self.names or ())
