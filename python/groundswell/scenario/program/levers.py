"""What management sets: the levers of a program, and dated changes of them. Spec: docs/MODEL.md 2b, Levers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import create_model

from groundswell.errors import Problem
from groundswell.scenario.model.content import ProgramMix
from groundswell.scenario.model.shares import PlatformShares
from groundswell.scenario.schema.base import Group, Spec, spec_of
from groundswell.scenario.schema.kinds import Day

CHOSEN = ("chosen by the analyst", "design", "input")
MODES = ("voluntary", "mandatory")
# Levers that act on who takes part and how much; active advocates always take part.
ON_PARTICIPATION = ("mode", "recognition", "money", "leadership", "champion", "tool_ease", "relaunch")


def _strength(what: str) -> Spec:
    return Spec(f"{what}; 0: not there", "strength", *CHOSEN, at_least=0, at_most=1)


class ProgramPlatforms(PlatformShares):
    """Where posts of the program go; the shares sum to 1."""

    address = ("program", "platforms")


class Levers(Group):
    """What management sets, each lever declared once: at its default it is not there."""

    posts_per_week: Annotated[float, Spec(
        "Posts of the program by an active advocate (member, at motivation 1), all kinds", "posts a week", "U(1, 6)",
        "[4.8]", "input", at_least=0, at_most=200)] = 4.0  # fmt: skip
    company_content_fraction: Annotated[float, Spec(
        "Share of program posts that are about the company", "share", *CHOSEN, at_least=0,
        at_most=1)] = 0.5  # fmt: skip
    platforms: ProgramPlatforms = ProgramPlatforms()
    own_words: Annotated[float | None, Spec(
        "Program posts written in the author's own words; None: content.own_words", "share", *CHOSEN, at_least=0,
        at_most=1, optional=True)] = None  # fmt: skip
    mix: ProgramMix | None = None
    mode: Annotated[str, Spec("Whether who is invited may decline", "mode", *CHOSEN, choices=MODES)] = "voluntary"
    training_hours_per_person: Annotated[float, Spec(
        "Training per person; 0: none", "hours", *CHOSEN, at_least=0, at_most=1_000)] = 0.0  # fmt: skip
    recognition: Annotated[float, _strength("Recognition of members (points, badges, thanks)")] = 0.0
    money: Annotated[float, Spec(
        "Money per active member, in units of costs.money_unit a month; 0: none", "units", *CHOSEN, at_least=0,
        at_most=1_000)] = 0.0  # fmt: skip
    leadership: Annotated[float, _strength("Leaders who visibly take part")] = 0.0
    champion: Annotated[float, _strength("A champion who keeps the program going")] = 0.0
    guidelines: Annotated[float, _strength("Guidelines on what may be posted")] = 0.0
    access_blocked: Annotated[float, _strength("Social sites blocked at work")] = 0.0
    tool_ease: Annotated[float, _strength("Ease of the tool")] = 0.0
    relaunch: Annotated[bool, Spec(
        "Whether the program is launched anew: invitations pull as on their first day; on the first day of a change",
        "switch", *CHOSEN, choices=(False, True))] = False  # fmt: skip
    page_amplification: Annotated[float, Spec(
        "Chance that a member engages with a post of the company's page; 0: not asked to", "probability", *CHOSEN,
        at_least=0, at_most=1)] = 0.0  # fmt: skip


LEVERS = tuple(Levers.model_fields)


class Days(Group):
    """From the first to the last day on which something holds."""

    start: Annotated[date | None, Day("First day of the change; None: that of the horizon", "date", *CHOSEN,
                                      optional=True)] = None  # fmt: skip
    end: Annotated[date | None, Day("Last day of the change; None: that of the horizon", "date", *CHOSEN,
                                    optional=True)] = None  # fmt: skip


def _unchanged(name: str) -> Any:
    """A lever as a field of a change: None says that it stays as it is."""
    kind: Any = Levers.model_fields[name].annotation
    spec = spec_of(Levers, name)
    if spec is None:
        return kind | None, None
    description = f"{spec.description.partition(';')[0]}, while the change holds; None: unchanged"
    return Annotated[kind | None, replace(spec, description=description, optional=True)], None


if TYPE_CHECKING:

    class Changed(Levers, Days):
        """The fields of a change, for a type checker: it cannot read the class below."""

else:
    Changed = create_model("Changed", __base__=Days, __module__=__name__, **{name: _unchanged(name) for name in LEVERS})


class Change(Changed):
    """Levers at other values from ``start`` to ``end``, the last day on which they hold.

    Parameters
    ----------
    start, end
        None: from the first, to the last day of the horizon.
    posts_per_week and every other lever
        as in ``Program``; None: unchanged. ``relaunch=True`` is an event of the first day alone, whatever the ``end``.
    """

    address = ("program", "changes")

    def sets(self) -> tuple[str, ...]:
        """Names of the levers it sets."""
        return tuple(name for name in LEVERS if getattr(self, name) is not None)

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Change) -> bool:
        """Whether both hold on some day."""
        first, last = max(_first(self), _first(other)), min(_last(self), _last(other))
        return first <= last

    def days(self, lever: str = "") -> str:
        """The days on which it holds, or one lever of it does, in words; a relaunch is an event of the first day."""
        is_event = lever == "relaunch" or self.sets() == ("relaunch",)
        if self.start is not None and (is_event or self.start == self.end):
            return f"on {self.start}"
        since = "the first day" if self.start is None else str(self.start)
        return f"from {since} to {'the last day' if self.end is None else self.end}"

    def _broken_rules(self) -> Iterable[Problem]:
        if self.start is not None and self.end is not None and self.end < self.start:
            rule = f"is before start, {self.start}; end is the last day on which the change holds"
            yield Problem(("end",), str(self.end), rule)
        if self.relaunch and self.start is None:
            yield Problem(("start",), "", "is required with relaunch, which is an event of that day")
        if not self.sets():
            yield Problem((), "", f"sets nothing; give one of {', '.join(LEVERS)}")


def _first(change: Change) -> date:
    return change.start or date.min


def _last(change: Change) -> date:
    return change.end or date.max
