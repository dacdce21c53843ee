"""Dotted addresses: the list of valid ones, reading and replacing by address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from groundswell.errors import InvalidInput, Problem, UnknownName, did_you_mean
from groundswell.scenario.schema.base import Group, Spec, default_of, group_of, spec_of
from groundswell.scenario.schema.kinds import items_of
from groundswell.scenario.schema.moved import moved_to

Path = tuple[str, ...]


def leaves(cls: type[BaseModel], prefix: Path = ()) -> Iterator[tuple[Path, Spec, Any]]:
    """(path, spec, default) of every number under a group, in declared order; default None if required."""
    for name, field in cls.model_fields.items():
        spec, group = spec_of(cls, name), group_of(cls, name)
        if spec is not None:
            yield (*prefix, name), spec, None if field.is_required() else default_of(field)
        elif group is not None:
            yield from leaves(group, (*prefix, name))


def addresses(cls: type[BaseModel], prefix: Path = ()) -> Iterator[str]:
    """Every valid address under a group: groups, numbers and other fields."""
    yield from (".".join((*prefix, name)) for name in shorthands_of(cls))
    for name in cls.model_fields:
        yield ".".join((*prefix, name))
        group = group_of(cls, name)
        if group is not None:
            yield from addresses(group, (*prefix, name))


def shorthands_of(cls: type[BaseModel]) -> tuple[str, ...]:
    """Names that set several fields of a class at once."""
    return cls.shorthands if issubclass(cls, Group) else ()


def read(group: BaseModel, path: Path) -> Any:
    """Return the value at a path; None below a group that is None (no program)."""
    value: Any = group
    for name in path:
        if value is None:
            return None
        if isinstance(value, tuple):  # entry of a list
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = getattr(value, name)
    return value


def is_absent(group: BaseModel, path: Path) -> bool:
    """Whether a group on the way to a value is not there: no program, no mix of its own."""
    return any(read(group, path[:depth]) is None for depth in range(1, len(path)))


def is_address(address: str, root: type[BaseModel]) -> bool:
    """Whether an address names a field, or an entry of a list (from 0) or a field of one."""
    return place_of(address, root) is not None


def place_of(address: str, root: type[BaseModel]) -> tuple[type[BaseModel], str] | None:
    """Return the class that an address leads to and the name of its field, empty for an entry of a list itself."""
    cls: type[BaseModel] | None = root
    items: type[BaseModel] | None = None
    found: tuple[type[BaseModel], str] | None = None
    for part in address.split("."):
        if items is not None and part.isdecimal():
            found = items, ""
            cls, items = items, None
            continue
        if cls is not None and items is None and part in shorthands_of(cls):
            found, items, cls = (cls, part), None, None
            continue
        if cls is None or items is not None or part not in cls.model_fields:
            return None
        found, items, cls = (cls, part), items_of(cls, part), group_of(cls, part)
    return found


def checked(address: str, value: Any, root: type[BaseModel]) -> Any:
    """Return a value as the field at an address takes it; ValueError where it does not."""
    place = place_of(address, root)
    if place is None:
        return value
    cls, name = place
    if name in shorthands_of(cls):
        return tuple(value) if isinstance(value, list) else value
    spec, group = (spec_of(cls, name), group_of(cls, name)) if name else (None, cls)
    if spec is not None:
        return spec.check(value)
    return group(**value) if group is not None and isinstance(value, Mapping) else value


def changed_fields(group: BaseModel, changes: Mapping[str, Any], root: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of ``group`` after the changes, ready for its class.

    Parameters
    ----------
    group
        the value to change; stays as it is.
    changes
        dotted address (relative to ``group``) to value.
    root
        class whose addresses an error names.

    Raises
    ------
    UnknownName
        an address that does not exist, with the nearest one that does.
    InvalidInput
        a group and a part of it changed at once.
    """
    return _changed(type(group), group, changes, (), root)


def _changed(
    cls: type[BaseModel], group: BaseModel | None, changes: Mapping[str, Any], prefix: Path, root: type[BaseModel]
) -> dict[str, Any]:
    values = {} if group is None else {name: getattr(group, name) for name in cls.model_fields}
    parts: dict[str, dict[str, Any]] = {}
    whole: set[str] = set()
    for address, value in changes.items():
        head, dot, rest = address.partition(".")
        full = ".".join((*prefix, address))
        known = _has_parts(cls, head) if dot else head in (*cls.model_fields, *shorthands_of(cls))
        if not known:
            raise UnknownName(problems=[Problem((full,), "", f"no such address; {nearest_address(full, root)}")])
        if dot:
            parts.setdefault(head, {})[rest] = value
        else:
            whole.add(head)
            values[head] = value
    for head, below in parts.items():
        if head in whole:
            rule = f"changed as a whole and in parts ({', '.join(below)}) at once; give one of them"
            raise InvalidInput(problems=[Problem((*prefix, head), "", rule)])
        child, items = group_of(cls, head), items_of(cls, head)
        if child is not None:
            parts_of = _child(child, values.get(head), below, (*prefix, head), root)
            try:
                values[head] = child(**parts_of)
            except InvalidInput as error:  # one class can stand at several addresses
                raise InvalidInput(problems=error.problems, prefix=(*prefix, head)) from None
        elif items is not None:
            values[head] = _entries(items, values.get(head) or (), below, (*prefix, head), root)
    return values


def _has_parts(cls: type[BaseModel], name: str) -> bool:
    return name in cls.model_fields and (group_of(cls, name) is not None or items_of(cls, name) is not None)


def _entries(
    cls: type[Group], entries: tuple[Any, ...], changes: Mapping[str, Any], prefix: Path, root: type[BaseModel]
) -> list[Any]:
    """Entries of a list after the changes; those changed in parts as mappings, which the list itself will check."""
    found: list[Any] = list(entries)
    parts: dict[int, dict[str, Any]] = {}
    for address, value in changes.items():
        head, _, rest = address.partition(".")
        if not head.isdecimal() or int(head) >= len(entries):
            there = f"entries are numbered from 0, and there are {len(entries)}"
            raise UnknownName(problems=[Problem((*prefix, *address.split(".")), "", f"no such address; {there}")])
        if rest:
            parts.setdefault(int(head), {})[rest] = value
        else:
            found[int(head)] = value
    for i, below in parts.items():
        found[i] = _changed(cls, entries[i], below, (*prefix, str(i)), root)
    return found


def _child(
    cls: type[Group], group: Any, changes: Mapping[str, Any], prefix: Path, root: type[BaseModel]
) -> dict[str, Any]:
    values = _changed(cls, group, changes, prefix, root)
    required = [name for name, field in cls.model_fields.items() if field.is_required()]
    one_of = [name for name in cls.one_of if name in values]
    if group is None and (any(name not in values for name in required) or (cls.one_of and not one_of)):
        address = ".".join(prefix)
        needed = " or ".join(f"{address}.{name}" for name in cls.one_of) or ", ".join(
            f"{address}.{n}" for n in required
        )
        rule = f"cannot be set where there is no {address}; set {needed} too, or {address} as a whole"
        raise InvalidInput(problems=[Problem((*prefix, name), "", rule) for name in changes])
    return values


def nearest_address(address: str, root: type[BaseModel]) -> str:
    """Return what to say about an unknown address: where it moved, else the nearest valid one."""
    new = moved_to(address)
    return f"nearest valid name: {new}" if new else did_you_mean(address, addresses(root))
