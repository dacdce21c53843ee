"""Parameters that are not one number: days, lists of labels, of people, of groups, quotas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from groundswell.common.ids import plain_id
from groundswell.company.table.cells import to_date
from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.scenario.schema.base import Group, Spec, spec_of, to_count
from groundswell.scenario.schema.frozen_mapping import FrozenMapping


class Quotas(FrozenMapping[int]):
    """How many of each department."""


@dataclass(frozen=True)
class Day(Spec):
    """A date; None says that something else holds."""

    def bounds(self) -> str:
        """Return the bounds as text."""
        return "a date" + (" or None" if self.optional else "")

    def check(self, value: Any) -> Any:
        """Return a date from a date, an ISO string or a timestamp at midnight."""
        return None if value is None and self.optional else to_date(value)


@dataclass(frozen=True)
class Labels(Spec):
    """Names of groups of people, no two the same; None: any. ``names``: the only ones, where they are fixed."""

    names: tuple[str, ...] = ()

    def bounds(self) -> str:
        """Return the bounds as text."""
        return f"list of {', '.join(self.names) or 'labels'}; None: any"

    def check(self, value: Any) -> Any:
        """Return the labels as a tuple."""
        if value is None:
            return None
        labels = listed(value, "a list of labels, as in ['sales']")
        if not labels:
            raise ValueError("is empty, so nobody would be meant; leave it out for any")
        odd = [label for label in labels if not isinstance(label, str)]
        if odd:
            raise ValueError(f"a label is text, not {shown(odd[0])}")
        for label in labels:
            if self.names and label not in self.names:
                raise ValueError(f"nothing has the name {shown(label)}; {did_you_mean(label, self.names)}")
        return no_repeats(tuple(str(label) for label in labels), "label")  # NumPy text too


@dataclass(frozen=True)
class People(Spec):
    """Ids of employees, no two the same; None: nobody is named. Never shown where a file could be made of it."""

    def bounds(self) -> str:
        """Return the bounds as text."""
        return "list of ids or None"

    def check(self, value: Any) -> Any:
        """Return the ids as a tuple."""
        if value is None:
            return None
        return no_repeats(tuple(plain_id(item) for item in listed(value, "a list of the ids of employees")), "id")


@dataclass(frozen=True)
class Quota(Spec):
    """Department to a number of people; None: none."""

    def bounds(self) -> str:
        """Return the bounds as text."""
        return "mapping of departments to whole numbers >= 1, or None"

    def check(self, value: Any) -> Any:
        """Return the quotas."""
        if value is None or isinstance(value, Quotas):
            return value
        if not isinstance(value, Mapping) or not value:
            raise ValueError("must be a mapping of departments to people, as in {'sales': 10}")
        problems = []
        for label, number in value.items():
            if not isinstance(label, str):
                problems.append(Problem((), shown(label), "a department is text"))
            elif (to_count(number) or 0) < 1:
                problems.append(Problem((label,), shown(number), "must be a whole number, >= 1 (employees)"))
        if problems:
            raise InvalidInput(problems=problems)
        return Quotas(tuple((str(label), int(number)) for label, number in value.items()))


@dataclass(frozen=True)
class Many(Spec):
    """A list of groups of one class, each checked; an error names the number of the one, from 0."""

    item: type[Group] = Group

    def bounds(self) -> str:
        """Return the bounds as text."""
        return f"list of {self.item.__name__}"

    def check(self, value: Any) -> Any:
        """Return a tuple of groups."""
        what = self.item.__name__
        found, problems = [], []
        for i, entry in enumerate(listed(value, f"a list of {what}")):
            try:
                found.append(self._one(entry, what))
            except InvalidInput as error:
                problems += [Problem((str(i), *p.path), p.value, p.rule) for p in error.problems]
            except ValueError as error:
                problems.append(Problem((str(i),), shown(entry), str(error)))
        if problems:
            raise InvalidInput(problems=problems)
        return tuple(found)

    def _one(self, entry: Any, what: str) -> Group:
        if type(entry) is self.item:
            return entry
        if not isinstance(entry, Mapping):
            raise ValueError(f"must be a {what} or a mapping of its parameters")
        return self.item(**{str(key): value for key, value in entry.items()})


def items_of(cls: type[BaseModel], name: str) -> type[Group] | None:
    """Return the class of the groups in a list; None for any other field."""
    spec = spec_of(cls, name)
    return spec.item if isinstance(spec, Many) else None


def listed(value: Any, what: str) -> tuple[Any, ...]:
    """Return a list, tuple, series … as a tuple; ValueError for text, a mapping or one value."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise ValueError(f"must be {what}")
    return tuple(value)


def no_repeats(items: tuple[Any, ...], what: str) -> tuple[Any, ...]:
    """Return the items; ValueError where one is there twice."""
    repeated = sorted(str(item) for item, times in Counter(items).items() if times > 1)
    if repeated:
        raise ValueError(f"the same {what} is there twice: {', '.join(repeated[:5])}")
    return items
