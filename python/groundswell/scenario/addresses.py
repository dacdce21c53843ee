"""Dotted addresses: the list of valid ones, reading and replacing by address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from groundswell.errors import InvalidInput, Problem, UnknownName, did_you_mean
from groundswell.scenario.base import Group, Spec, default_of, group_of, spec_of
from groundswell.scenario.moved import moved_to

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
    for name in cls.model_fields:
        yield ".".join((*prefix, name))
        group = group_of(cls, name)
        if group is not None:
            yield from addresses(group, (*prefix, name))


def read(group: BaseModel, path: Path) -> Any:
    """Return the value at a path; None below a group that is None (no program)."""
    value: Any = group
    for name in path:
        if value is None:
            return None
        value = getattr(value, name)
    return value


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
        if head not in cls.model_fields or (dot and group_of(cls, head) is None):
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
        child = group_of(cls, head)
        assert child is not None  # noqa: S101 - checked above
        values[head] = child(**_child(child, values.get(head), below, (*prefix, head), root))
    return values


def _child(
    cls: type[Group], group: Any, changes: Mapping[str, Any], prefix: Path, root: type[BaseModel]
) -> dict[str, Any]:
    values = _changed(cls, group, changes, prefix, root)
    if group is None and any(f.is_required() and n not in values for n, f in cls.model_fields.items()):
        address = ".".join(prefix)
        needed = ", ".join(f"{address}.{n}" for n, f in cls.model_fields.items() if f.is_required())
        rule = f"cannot be set where there is no {address}; set {needed} too, or {address} as a whole"
        raise InvalidInput(problems=[Problem((*prefix, name), "", rule) for name in changes])
    return values


def nearest_address(address: str, root: type[BaseModel]) -> str:
    """Return what to say about an unknown address: where it moved, else the nearest valid one."""
    new = moved_to(address)
    return f"nearest valid name: {new}" if new else did_you_mean(address, addresses(root))
