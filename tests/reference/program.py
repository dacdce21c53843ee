"""A program: what management sets on every day, and whom it invites (docs/MODEL.md 2b, Levers and Selection)."""

from __future__ import annotations

from dataclasses import dataclass

Shares = tuple[float, float, float, float]
Mix = tuple[float, float, float, float, float]

NO_MIX: Mix = (0.0, 0.0, 0.0, 0.0, 0.0)
MANDATORY = 0.5  # from this value of the lever on
RELAUNCHED = 0.5  # the same


@dataclass(frozen=True)
class Settings:
    """The value of every lever on one day. Own words below 0 and a mix of zeros: those of the content."""

    posts_per_week: float = 4.0
    company_content_fraction: float = 0.5
    platforms: Shares = (1.0, 0.0, 0.0, 0.0)
    own_words: float = -1.0
    mix: Mix = NO_MIX
    mandate: float = 0.0
    training_hours_per_person: float = 0.0
    recognition: float = 0.0
    money: float = 0.0
    leadership: float = 0.0
    champion: float = 0.0
    guidelines: float = 0.0
    access_blocked: float = 0.0
    tool_ease: float = 0.0
    relaunch: float = 0.0
    page_amplification: float = 0.0

    @property
    def mandatory(self) -> bool:
        return self.mandate >= MANDATORY


@dataclass(frozen=True)
class Wave:
    """Invitations of one day of the horizon. No size: all; no departments: any."""

    day: int
    size: int | None = None
    departments: tuple[int, ...] = ()


@dataclass(frozen=True)
class Weights:
    """Exponents of the readiness score."""

    fit: float = 1.0
    influence: float = 1.0
    willingness: float = 1.0
    readiness: float = 1.0


@dataclass(frozen=True)
class Selection:
    """Whom a program invites, and when. Empty lists: any."""

    named: tuple[int, ...] | None = None
    not_invited: tuple[int, ...] = ()  # members already
    departments: tuple[int, ...] = ()
    functions: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    connections_above: float = -1.0
    willingness_above: float = -1.0
    platform: int = 0
    order: str = "random"
    goal: str = "awareness"
    weights: Weights = Weights()
    size: int | None = None
    quotas: tuple[tuple[int, int], ...] = ()  # (department, number)
    waves: tuple[Wave, ...] = ()


@dataclass(frozen=True)
class Program:
    """Settings from a day of the horizon on; active advocates, or a selection who may become members.

    `reserve` is who takes the places of advocates who leave, the next one first; nobody for a named group.
    """

    periods: tuple[tuple[int, Settings], ...]  # the first day is 0; days rise
    advocates: frozenset[int] = frozenset()
    reserve: tuple[int, ...] = ()
    named: bool = False
    selection: Selection | None = None

    def settings(self, day: int) -> Settings:
        """Of a day of the horizon; before it, those of its first day."""
        return [settings for first, settings in self.periods if first <= max(day, 0)][-1]


@dataclass(frozen=True)
class Running:
    """A program that runs when the run begins: its members, and its settings until a design has its own."""

    members: tuple[tuple[int, int, float], ...]  # (employee, days since joining at the horizon, posts a week as seen)
    settings: Settings
    stops: bool = False
