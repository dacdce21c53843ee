"""The program: who posts or is invited, and what management sets. Spec: docs/MODEL.md 2b and 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar

from groundswell.errors import Problem, shown
from groundswell.scenario.program import levers
from groundswell.scenario.program.advocates import ActiveAdvocates
from groundswell.scenario.program.levers import Change, Levers, ProgramPlatforms
from groundswell.scenario.program.selection import Selection
from groundswell.scenario.schema.base import Group, default_of
from groundswell.scenario.schema.kinds import Many

__all__ = ["ActiveAdvocates", "Change", "Program", "ProgramPlatforms", "Selection"]


class People(Group):
    """Whom a program is for: people who post all year, or people who are invited."""

    advocates: ActiveAdvocates | None = None
    select: Selection | None = None


class Program(Levers, People):
    """An advocacy program during the horizon, for active advocates or for people who are invited.

    Parameters
    ----------
    advocates, select
        exactly one: ``ActiveAdvocates`` post all year; the people of a ``Selection`` are invited, and whether they
        post follows from how they take part.
    posts_per_week and every other lever (``gs.levers()``)
        each has one value all year, but for ``changes``. A lever at its default has no effect.
    changes
        dated changes of levers (``Change``).
    """

    address = ("program",)
    one_of: ClassVar[tuple[str, ...]] = ("advocates", "select")
    changes: Annotated[tuple[Change, ...], Many("Dated changes of levers", "changes", *levers.CHOSEN, item=Change)] = ()

    @property
    def people(self) -> ActiveAdvocates | Selection:
        """Who posts, or is invited."""
        found = self.advocates if self.advocates is not None else self.select
        assert found is not None  # noqa: S101 - a program without either is refused
        return found

    def _broken_rules(self) -> Iterable[Problem]:
        if (self.advocates is None) == (self.select is None):
            both = "both are there" if self.select is not None else "neither is there"
            rule = "give one of advocates (they post all year) and select (who is invited), and set the other to None"
            yield Problem((), "", f"{rule}; {both}")
        elif self.advocates is not None:
            yield from self._on_participation()
        if self.relaunch and self.advocates is None:
            rule = "a relaunch has a date: give it in program.changes, as in gs.Change(start=…, relaunch=True)"
            yield Problem(("relaunch",), "True", rule)
        yield from self._overlaps()

    def _on_participation(self) -> Iterator[Problem]:
        """Active advocates always take part: what acts on taking part would be for nothing."""
        rule = "acts on who takes part, and active advocates always do; use program.select in place of advocates"
        for path, group in [((), self), *((("changes", str(i)), c) for i, c in enumerate(self.changes))]:
            for name in levers.ON_PARTICIPATION:
                value = getattr(group, name)
                if value is not None and value != default_of(Program.model_fields[name]):
                    yield Problem((*path, name), shown(value), rule)

    def _overlaps(self) -> Iterator[Problem]:
        for j, later in enumerate(self.changes):
            for i, earlier in enumerate(self.changes[:j]):
                for name in later.sets() if later.overlaps(earlier) else ():
                    if name in earlier.sets() and name != "relaunch":
                        rule = f"program.changes.{i} sets it too, {earlier.days()}, this one {later.days()}"
                        yield Problem(("changes", str(j), name), "", f"{rule}; a lever has one value a day")
