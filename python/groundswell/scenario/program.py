"""The program: who posts, how often, how much of it about the company. Spec: docs/MODEL.md 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import field_validator

from groundswell.errors import Problem, shown
from groundswell.ids import Id, plain_id
from groundswell.scenario.base import Group, Spec
from groundswell.scenario.shares import PlatformShares


class ActiveAdvocates(Group):
    """People who keep posting all year: a random group of ``size``, or the employees named by their ids.

    A random group of n is the first n of an order that the world draws, so a larger group contains a smaller
    one.
    """

    address = ("program", "advocates")
    size: Annotated[
        int | None,
        Spec(
            "Random employees who keep posting all year",
            "employees",
            "chosen by the analyst",
            "design",
            "input",
            at_least=0,
            count=True,
            optional=True,
        ),
    ] = None
    names: tuple[Id, ...] | None = None

    @field_validator("names", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise ValueError("must be a list of the ids of employees")
        ids = tuple(plain_id(item) for item in value)
        repeated = sorted(str(item) for item, times in Counter(ids).items() if times > 1)
        if repeated:
            raise ValueError(f"the same id is there twice: {', '.join(repeated[:5])}")
        return ids

    def _broken_rules(self) -> Iterable[Problem]:
        if (self.size is None) == (self.names is None):
            rule = "give one of size (a random group) and names (a list of ids), and not both"
            yield Problem((), f"size={self.size}, names={shown(self.names, 40)}", rule)

    def count(self) -> int:
        """How many people."""
        return self.size if self.size is not None else len(self.names or ())


class ProgramPlatforms(PlatformShares):
    """Where posts of the program go; the shares sum to 1."""

    address = ("program", "platforms")


class Program(Group):
    """An advocacy program during the horizon: active advocates post at a stated pace."""

    address = ("program",)
    advocates: ActiveAdvocates
    posts_per_week: Annotated[
        float,
        Spec(
            "Posts of the program by an active advocate, all kinds",
            "posts a week",
            "U(1, 6)",
            "4.8",
            "input",
            at_least=0,
            at_most=200,
        ),
    ] = 4.0
    company_content_fraction: Annotated[
        float,
        Spec(
            "Share of program posts that are about the company",
            "share",
            "chosen by the analyst",
            "design",
            "input",
            at_least=0,
            at_most=1,
        ),
    ] = 0.5
    platforms: ProgramPlatforms = ProgramPlatforms()
