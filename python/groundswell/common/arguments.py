"""What a caller gives, by name: of the type that is needed, or an error that says which argument is not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from groundswell.errors import invalid

T = TypeVar("T")


def instance(name: str, value: object, kind: type[T] | tuple[type[T], ...], what: str) -> T:
    """The value, of this type; `what` ends "must be …"."""
    if not isinstance(value, kind):
        raise invalid(name, value, f"must be {what}")
    return value


def switch(name: str, value: object) -> bool:
    """True or False, of Python or of NumPy; anything else is refused, for it would count as its truth, "no" as True."""
    return bool(instance(name, value, (bool, np.bool_), "True or False"))


def text(name: str, value: object) -> str:
    """A text."""
    return instance(name, value, str, "text")


def by_address(name: str, value: object) -> dict[str, Any]:
    """A mapping of addresses, which are text, to values."""
    found = dict(instance(name, value, Mapping, "a dict by address"))
    return {text(f"{name}, an address", address): one for address, one in found.items()}


def several(name: str, value: Any, what: str) -> list[Any]:
    """The entries of a list or of anything like it, but for text and mappings."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise invalid(name, value, f"must be {what}")
    return list(value)


def names(name: str, value: Any) -> list[str]:
    """One name, or a list of names."""
    if isinstance(value, str):
        return [value]
    found = several(name, value, "a name or a list of names")
    return [instance(f"{name}.{i}", one, str, "a name, as text") for i, one in enumerate(found)]


def path(name: str, value: object) -> Path:
    """The path of a file or folder."""
    if not isinstance(value, str | os.PathLike):
        raise invalid(name, value, "must be a path")
    found = Path(value)
    try:
        os.fsencode(found)
    except UnicodeEncodeError:
        raise invalid(name, value, "must be a path that this system can write") from None
    if "\0" in str(found):
        raise invalid(name, value, "must be a path, which has no character NUL")
    return found
