"""What management sets: the levers of a program, and dated changes of them. Spec: docs/MODEL.md 2b, Levers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated

from groundswell.errors import Problem
from groundswell.scenario.model.content import ProgramMix
from groundswell.scenario.model.shares import PlatformShares
from groundswell.scenario.schema.base import Group, Spec
from groundswell.scenario.schema.kinds import Day

CHOSEN = ("chosen by the analyst", "design", "input")
MODES = ("voluntary", "mandatory")
# Levers that act on who takes part and how much; active advocates always take part.
ON_PARTICIPATION = ("mode", "recognition", "money", "leadership", "champion", "guidelines", "tool_ease")


def _strength(what: str) -> Spec:
    return Spec(f"{what}; 0: not there", "strength", *CHOSEN, at_least=0, at_most=1)


POSTS = Spec("Posts of the program by an active advocate (member, at motivation 1), all kinds", "posts a week",
             "U(1, 6)", "[4.8]", "input", at_least=0, at_most=200)  # fmt: skip
COMPANY = Spec("Share of program posts that are about the company", "share", *CHOSEN, at_least=0, at_most=1)
OWN_WORDS = Spec("Program posts written in the author's own words; None: content.own_words", "share", *CHOSEN,
                 at_least=0, at_most=1, optional=True)  # fmt: skip
MODE = Spec("Whether who is invited may decline", "mode", *CHOSEN, choices=MODES)
TRAINING = Spec("Training per person; 0: none", "hours", *CHOSEN, at_least=0, at_most=1_000)
RECOGNITION = _strength("Recognition of members (points, badges, thanks)")
MONEY = Spec("Money per active member, in units of costs.money_unit a month; 0: none", "units", *CHOSEN,
             at_least=0, at_most=1_000)  # fmt: skip
LEADERSHIP = _strength("Leaders who visibly take part")
CHAMPION = _strength("A champion who keeps the program going")
GUIDELINES = _strength("Guidelines on what may be posted")
BLOCKED = _strength("Social sites blocked at work")
EASE = _strength("Ease of the tool")
AMPLIFICATION = Spec("Chance that a member engages with a post of the company's page; 0: not asked to", "probability",
                     *CHOSEN, at_least=0, at_most=1)  # fmt: skip


class ProgramPlatforms(PlatformShares):
    """Where posts of the program go; the shares sum to 1."""

    address = ("program", "platforms")


def _new(spec: Spec) -> Spec:
    what = spec.description.partition(";")[0]
    return replace(spec, description=f"{what}, while the change holds; None: unchanged", optional=True)


class Change(Group):
    """Levers at other values from ``start`` to ``end``, the last day on which they hold.

    Parameters
    ----------
    start, end
        None: from the first, to the last day of the horizon.
    posts_per_week, company_content_fraction, platforms, own_words, mix, mode, training_hours_per_person, \
recognition, money, leadership, champion, guidelines, access_blocked, tool_ease, page_amplification
        as in ``Program``; None: unchanged.
    """

    address = ("program", "changes")
    start: Annotated[date | None, Day("First day of the change; None: that of the horizon", "date", *CHOSEN,
                                      optional=True)] = None  # fmt: skip
    end: Annotated[date | None, Day("Last day of the change; None: that of the horizon", "date", *CHOSEN,
                                    optional=True)] = None  # fmt: skip
    posts_per_week: Annotated[float | None, _new(POSTS)] = None
    company_content_fraction: Annotated[float | None, _new(COMPANY)] = None
    platforms: ProgramPlatforms | None = None
    own_words: Annotated[float | None, _new(OWN_WORDS)] = None
    mix: ProgramMix | None = None
    mode: Annotated[str | None, _new(MODE)] = None
    training_hours_per_person: Annotated[float | None, _new(TRAINING)] = None
    recognition: Annotated[float | None, _new(RECOGNITION)] = None
    money: Annotated[float | None, _new(MONEY)] = None
    leadership: Annotated[float | None, _new(LEADERSHIP)] = None
    champion: Annotated[float | None, _new(CHAMPION)] = None
    guidelines: Annotated[float | None, _new(GUIDELINES)] = None
    access_blocked: Annotated[float | None, _new(BLOCKED)] = None
    tool_ease: Annotated[float | None, _new(EASE)] = None
    page_amplification: Annotated[float | None, _new(AMPLIFICATION)] = None

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

    def days(self) -> str:
        """The days on which it holds, in words."""
        since = "the first day" if self.start is None else str(self.start)
        return f"from {since} to {'the last day' if self.end is None else self.end}"

    def _broken_rules(self) -> Iterable[Problem]:
        if self.start is not None and self.end is not None and self.end < self.start:
            rule = f"is before start, {self.start}; end is the last day on which the change holds"
            yield Problem(("end",), str(self.end), rule)
        if not self.sets():
            yield Problem((), "", f"sets nothing; give one of {', '.join(LEVERS)}")


LEVERS = tuple(name for name in Change.model_fields if name not in ("start", "end"))


def _first(change: Change) -> date:
    return change.start or date.min


def _last(change: Change) -> date:
    return change.end or date.max
