"""Constants solved on the reference company, read from the dated platform file."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from groundswell.common.yaml_io import load_yaml
from groundswell.errors import DamagedFile
from groundswell.scenario.schema.base import to_real

Curve = tuple[tuple[float, float], ...]
REACTION_CONSTANTS = tuple(
    f"{reaction}_{author}" for author in ("person", "page") for reaction in ("engage", "click", "reshare", "mute")
)


@dataclass(frozen=True)
class Solved:
    """A platform file: how it was solved, two curves of (visibility, rate), eight reaction constants."""

    provenance: Mapping[str, Any]
    person_curve: Curve
    page_curve: Curve
    reactions: Mapping[str, float]

    def person_rate(self, visibility: float) -> float:
        """λ of employees' posts at a visibility, log-log between solved points; ValueError outside."""
        return interpolate(self.person_curve, visibility)

    def page_rate(self, visibility: float) -> float:
        """λ of the page's posts at a visibility, log-log between solved points; ValueError outside."""
        return interpolate(self.page_curve, visibility)


def interpolate(curve: Curve, x: float) -> float:
    """Piecewise linear in (log x, log y); exact at the points. Raises ValueError outside of the curve."""
    for (x0, y0), (x1, y1) in itertools.pairwise(curve):
        if x == x0:
            return y0
        if x0 < x < x1:
            part = (math.log(x) - math.log(x0)) / (math.log(x1) - math.log(x0))
            return math.exp(math.log(y0) + part * (math.log(y1) - math.log(y0)))
    if x == curve[-1][0]:
        return curve[-1][1]
    raise ValueError(f"{x:g} is outside of the solved range {curve[0][0]:g} to {curve[-1][0]:g}")


def has_file(platform: str) -> bool:
    """Whether the constants of a platform have been solved."""
    return _file(platform).is_file()


@functools.cache
def solved(platform: str) -> Solved:
    """Return the platform's file, read once. Raises DamagedFile where it is not what it should be."""
    return parse_solved(_file(platform).read_text(encoding="utf-8"), f"{platform}.yaml")


def _file(platform: str) -> Traversable:
    return resources.files("groundswell.scenario.model") / "platform_data" / f"{platform}.yaml"


def parse_solved(text: str, name: str) -> Solved:
    """Return a platform file from its text; ``name`` is for the errors."""
    data = load_yaml(text, name)
    expected = {"solved", "person_rate_curve", "page_rate_curve", *REACTION_CONSTANTS}
    if set(data) != expected:
        raise DamagedFile(f"{name}: keys differ from {sorted(expected)}: {sorted(set(data) ^ expected)}")
    reactions = {key: _positive(data[key], f"{name}: {key}") for key in REACTION_CONSTANTS}
    return Solved(
        provenance=data["solved"],
        person_curve=_curve(data["person_rate_curve"], f"{name}: person_rate_curve"),
        page_curve=_curve(data["page_rate_curve"], f"{name}: page_rate_curve"),
        reactions=reactions,
    )


def _curve(points: Any, where: str) -> Curve:
    if not isinstance(points, list) or len(points) < 2 or any(not isinstance(p, list) or len(p) != 2 for p in points):
        raise DamagedFile(f"{where}: two points at least, each [visibility, rate]")
    curve = tuple((_positive(x, where), _positive(y, where)) for x, y in points)
    if any(a[0] >= b[0] or a[1] >= b[1] for a, b in itertools.pairwise(curve)):
        raise DamagedFile(f"{where}: visibility and rate must rise from point to point")
    return curve


def _positive(value: Any, where: str) -> float:
    number = to_real(value)
    if number is None or number <= 0:
        raise DamagedFile(f"{where}: {value!r} is not a positive number")
    return number
