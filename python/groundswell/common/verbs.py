"""Verbs of a value whose bodies live in a higher layer.

A company is asked whom a rule picks; a result is saved, drawn and extended. Such a method stands with its value, typed
and documented, but what it does needs packages that are built on the value. `groundswell/__init__.py` names every body
once, so that no package imports upward; a body is imported when it is first called, because spreadsheets and pictures
take longer to load than all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

_bodies: dict[str, str] = {}


def bind(bodies: Mapping[str, str]) -> None:
    """Name the body of each verb, as {"Results.save": "groundswell.study.study:save"}."""
    _bodies.update(bodies)


def body(verb: str) -> Callable[..., Any]:
    """The function that a verb calls."""
    module, _, name = _bodies[verb].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def bound() -> Mapping[str, str]:
    """The verbs that have a body, with its name."""
    return dict(_bodies)
