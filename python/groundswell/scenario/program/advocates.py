"""Active advocates: people who keep posting all year. Spec: docs/MODEL.md 2, Sharers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from groundswell.common.ids import Id
from groundswell.errors import Problem, shown
from groundswell.scenario.schema.base import Group, Spec
from groundswell.scenario.schema.kinds import People


class ActiveAdvocates(Group):
    """People who keep posting all year: a random group of ``size``, or the employees named by their ids.

    A random group of n is the first n of an order that the world draws, so a larger group contains a smaller
    one.
    """

    address = ("program", "advocates")
    size: Annotated[
        int | None,
        Spec("Random employees who keep posting all year", "employees", "chosen by the analyst", "design", "input",
             at_least=0, count=True, optional=True),
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
