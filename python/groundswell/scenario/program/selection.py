"""Who is invited to a program, in which order, and when. Spec: docs/MODEL.md 2b, Selection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from groundswell.common.ids import Id
from groundswell.errors import Problem, shown
from groundswell.scenario.schema.base import Group, Spec, default_of
from groundswell.scenario.schema.kinds import Day, Labels, Many, People, Quota, Quotas
from groundswell.scenario.schema.platform_table import PLATFORMS

ORDERS = ("random", "connections", "activity", "persuasion", "willingness", "readiness")
GOALS = ("awareness", "deals", "hires")
FUNCTION_NAMES = ("other", "sales", "recruiter")  # by code
NOT_WITH_NAMES = (
    "departments", "functions", "regions", "connections_above", "willingness_above", "order", "size", "quotas",
)  # fmt: skip
CHOSEN = ("chosen by the analyst", "design", "input")


def _weight(factor: str) -> Spec:
    return Spec(f"Exponent of {factor} in the readiness score; 0: left out", "exponent", *CHOSEN,
                at_least=-10, at_most=10)  # fmt: skip


class ReadinessWeights(Group):
    """Exponents of the factors of the readiness score: fit × influence × willingness × readiness."""

    address = ("program", "select", "weights")
    fit: Annotated[float, _weight("fit (share of the own ties that are in the goal's segment)")] = 1.0
    influence: Annotated[float, _weight("influence (persuasion × credibility)")] = 1.0
    willingness: Annotated[float, _weight("willingness")] = 1.0
    readiness: Annotated[float, _weight("readiness")] = 1.0


class Wave(Group):
    """Invitations of one day: the first ``size`` who are not invited yet, in these departments."""

    address = ("program", "select", "waves")
    start: Annotated[date, Day("Day of the invitations", "date", *CHOSEN)]
    size: Annotated[
        int | None,
        Spec("Invitations of the wave; None: all who are left", "employees", *CHOSEN,
             at_least=1, count=True, optional=True),
    ] = None  # fmt: skip
    departments: Annotated[
        tuple[str, ...] | None, Labels("Departments of the wave; None: any", "departments", *CHOSEN)
    ] = None


class Selection(Group):
    """Who is invited: the named employees, or those who pass the filters, in an order, up to a size or in quotas.

    Whether they take part, and for how long, is up to them (``participation``): the pull of an invitation fades,
    members tire, rest, drop out and leave. What this assumes: the laws of participation hold in this company, and
    their numbers are less sure than those of reach, so that the number of posts is an output with a wide range. Where
    that number is known, ``gs.ActiveAdvocates`` states it; the same posts reach the same persons either way.
    """

    address = ("program", "select")
    names: Annotated[
        tuple[Id, ...] | None, People("Employees who are invited, by their ids, in this order", "ids", *CHOSEN)
    ] = None
    departments: Annotated[
        tuple[str, ...] | None, Labels("Only people of these departments", "departments", *CHOSEN)
    ] = None
    functions: Annotated[
        tuple[str, ...] | None,
        Labels("Only people of these job functions", "job functions", *CHOSEN, names=FUNCTION_NAMES),
    ] = None
    regions: Annotated[tuple[str, ...] | None, Labels("Only people of these regions", "regions", *CHOSEN)] = None
    connections_above: Annotated[
        float | None,
        Spec("Only people with more connections (ties on the platform of the selection)", "connections", *CHOSEN,
             at_least=0, at_most=1e9, optional=True),
    ] = None  # fmt: skip
    willingness_above: Annotated[
        float | None,
        Spec("Only people of more willingness", "share", *CHOSEN, at_least=0, at_most=1, optional=True),
    ] = None
    platform: Annotated[
        str, Spec("Platform whose ties connections and fit are about", "platform", *CHOSEN, choices=PLATFORMS)
    ] = "linkedin"
    order: Annotated[str, Spec("What decides who is taken first, largest first", "order", *CHOSEN, choices=ORDERS)] = (
        "random"
    )
    goal: Annotated[
        str, Spec("What fit is about: buyers, talent, or everybody outside", "goal", *CHOSEN, choices=GOALS)
    ] = "awareness"
    weights: ReadinessWeights = ReadinessWeights()
    size: Annotated[
        int | None,
        Spec("How many are invited; None: all who are eligible", "employees", *CHOSEN,
             at_least=0, count=True, optional=True),
    ] = None  # fmt: skip
    quotas: Annotated[
        Quotas | None, Quota("How many of each department, and nobody else", "employees by department", *CHOSEN)
    ] = None
    waves: Annotated[
        tuple[Wave, ...], Many("Dated invitations; none: all on the first day", "waves", *CHOSEN, item=Wave)
    ] = ()

    def count(self) -> int | None:
        """How many people at most; None: as many as are eligible."""
        if self.names is not None:
            return len(self.names)
        return sum(self.quotas.values()) if self.quotas is not None else self.size

    @property
    def has_filter(self) -> bool:
        """Whether fewer than asked for, or nobody, may be eligible."""
        filters = (self.departments, self.functions, self.regions, self.connections_above, self.willingness_above)
        return any(part is not None for part in filters)

    @property
    def takes_everybody(self) -> bool:
        """Whether every employee is picked in every world."""
        return self.count() is None and not self.has_filter

    @property
    def needs_ties(self) -> bool:
        """Whether ties on the platform decide who is taken."""
        return self.order in ("connections", "readiness") or self.connections_above is not None

    def _broken_rules(self) -> Iterable[Problem]:
        yield from self._named()
        yield from self._quotas()
        yield from self._waves()

    def _named(self) -> Iterator[Problem]:
        if self.names is None:
            return
        fields = type(self).model_fields
        for name in NOT_WITH_NAMES:
            value = getattr(self, name)
            if value != default_of(fields[name]):
                yield Problem((name,), shown(value), "cannot be given with names: a named list is invited as it is")

    def _quotas(self) -> Iterator[Problem]:
        if self.quotas is None:
            return
        total = sum(self.quotas.values())
        if self.size is not None and self.size != total:
            yield Problem(("size",), str(self.size), f"contradicts quotas, which sum to {total:,}; leave size out")
        for department in self.quotas:
            if self.departments is not None and department not in self.departments:
                rule = "is not among the departments of the selection"
                yield Problem(("quotas", department), str(self.quotas[department]), rule)

    def _waves(self) -> Iterator[Problem]:
        """Dates do not fall, no wave asks for departments that are not selected, none comes after everybody."""
        total, invited = self.count(), 0
        gone: set[str] = set()  # departments of which everybody is invited
        everybody = False
        for i, wave in enumerate(self.waves):
            path = ("waves", str(i))
            if i and wave.start < self.waves[i - 1].start:
                earlier = self.waves[i - 1].start
                yield Problem((*path, "start"), str(wave.start), f"is before the wave before it, of {earlier}")
            for department in self._not_selected(wave):
                yield Problem((*path, "departments"), shown(department), "is not among the departments selected")
            if everybody or (wave.departments is not None and gone.issuperset(wave.departments)):
                yield Problem(path, "", "invites nobody: earlier waves take everybody whom it could invite")
                return
            if wave.size is None and wave.departments is None:
                everybody = True
            elif wave.size is None:
                gone.update(wave.departments or ())
            elif wave.departments is None:
                invited += wave.size
                everybody = bool(total) and invited >= (total or 0)

    def _not_selected(self, wave: Wave) -> list[str]:
        known = self.quotas if self.quotas is not None else self.departments
        return [name for name in wave.departments or () if known is not None and name not in known]
