"""Constants solved on the reference company, read from the dated platform file."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from groundswell.common.yaml_io import load_yaml
from groundswell.errors import DamagedFile
from groundswell.scenario.schema.base import to_real

Axis = tuple[float, ...]
AXES = ("visibility", "activity_shape", "appeal_log_sd")
REACTION_CONSTANTS = tuple(
    f"{reaction}_{author}" for author in ("person", "page") for reaction in ("engage", "click", "reshare", "mute")
)


@dataclass(frozen=True)
class RateTable:
    """λ by visibility, Gamma shape of viewers' activity and log-sd of visibility appeal.

    Attributes
    ----------
    axes
        the solved values of each of the three, rising; log-sds begin with 0.
    log_rates
        logarithms of λ, visibility fastest, then shape.
    """

    axes: tuple[Axis, Axis, Axis]
    log_rates: tuple[float, ...]

    def rate(self, visibility: float, shape: float, log_sd: float) -> float:
        """λ between solved points: cubic in the logarithms of λ, visibility and shape, and in the log-sd.

        Raises
        ------
        ValueError
            Outside of what was solved.
        """
        along = [weights(axis, value) for axis, value in zip(self._axes(), self._point(visibility, shape, log_sd),
                                                             strict=True)]  # fmt: skip
        values, shapes = len(self.axes[0]), len(self.axes[1])
        log_rate = 0.0
        for (i, a), (j, b), (k, c) in itertools.product(*along):
            log_rate += a * b * c * self.log_rates[i + values * (j + shapes * k)]
        return math.exp(log_rate)

    def range(self, axis: str) -> tuple[float, float]:
        """The lowest and the highest solved value of an axis, by name."""
        values = self.axes[AXES.index(axis)]
        return values[0], values[-1]

    def _axes(self) -> list[Axis]:
        visibility, shape, log_sd = self.axes
        return [tuple(map(math.log, visibility)), tuple(map(math.log, shape)), log_sd]

    def _point(self, visibility: float, shape: float, log_sd: float) -> list[float]:
        for axis, value in zip(AXES, (visibility, shape, log_sd), strict=True):
            low, high = self.range(axis)
            if not low <= value <= high:
                raise ValueError(f"{axis} {value:g} is outside of the solved range {low:g} to {high:g}")
        return [math.log(visibility), math.log(shape), log_sd]


def weights(axis: Sequence[float], x: float) -> list[tuple[int, float]]:
    """Places on an axis and their weights in the polynomial through the four nearest points (all, if fewer)."""
    above = sum(point <= x for point in axis)
    first = min(max(above - 2, 0), max(len(axis) - 4, 0))
    places = range(first, min(first + 4, len(axis)))
    found = []
    for i in places:
        weight = 1.0
        for other in places:
            if other != i:
                weight *= (x - axis[other]) / (axis[i] - axis[other])
        found.append((i, weight))
    return found


@dataclass(frozen=True)
class Solved:
    """A platform file: how it was solved, two tables of rates, eight reaction constants."""

    provenance: Mapping[str, Any]
    person: RateTable
    page: RateTable
    reactions: Mapping[str, float]

    def rates(
        self, person_visibility: float, page_visibility: float, shape: float, person_log_sd: float, page_log_sd: float
    ) -> dict[str, float]:
        """λ of employees' posts and of the page's, and that of reshares, which have no visibility appeal."""
        return {
            "person_rate": self.person.rate(person_visibility, shape, person_log_sd),
            "page_rate": self.page.rate(page_visibility, shape, page_log_sd),
            "reshare_rate": self.person.rate(person_visibility, shape, 0.0),
        }


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
    expected = {"solved", "person_rates", "page_rates", *REACTION_CONSTANTS}
    if set(data) != expected:
        raise DamagedFile(f"{name}: keys differ from {sorted(expected)}: {sorted(set(data) ^ expected)}")
    reactions = {key: _positive(data[key], f"{name}: {key}") for key in REACTION_CONSTANTS}
    return Solved(
        provenance=data["solved"],
        person=_table(data["person_rates"], f"{name}: person_rates"),
        page=_table(data["page_rates"], f"{name}: page_rates"),
        reactions=reactions,
    )


def _table(data: Any, where: str) -> RateTable:
    expected = {*AXES, "rate"}
    if not isinstance(data, dict) or set(data) != expected:
        raise DamagedFile(f"{where}: must have {sorted(expected)} and nothing else")
    visibility, shape, log_sd = axes = tuple(_axis(data[axis], f"{where}: {axis}") for axis in AXES)
    if log_sd[0] != 0:
        raise DamagedFile(f"{where}: appeal_log_sd must begin with 0")
    rows = data["rate"]
    if not isinstance(rows, list) or len(rows) != len(shape) * len(log_sd):
        raise DamagedFile(f"{where}: rate must have {len(shape) * len(log_sd)} rows, shapes within log-sds")
    rates: list[float] = []
    for row in rows:
        found = _axis(row, f"{where}: rate")
        if len(found) != len(visibility) or found[0] <= 0:
            raise DamagedFile(f"{where}: rate: a row must have {len(visibility)} positive numbers, one a visibility")
        rates += map(math.log, found)
    return RateTable((axes[0], axes[1], axes[2]), tuple(rates))


def _axis(values: Any, where: str) -> Axis:
    numbers = [to_real(value) for value in values] if isinstance(values, list) else []
    found = tuple(number for number in numbers if number is not None and 0 <= number < math.inf)
    if len(found) < 2 or len(found) != len(numbers):
        raise DamagedFile(f"{where}: must be two numbers or more, none below 0")
    if any(a >= b for a, b in itertools.pairwise(found)):
        raise DamagedFile(f"{where}: must rise from number to number")
    return found


def _positive(value: Any, where: str) -> float:
    number = to_real(value)
    if number is None or number <= 0:
        raise DamagedFile(f"{where}: {value!r} is not a positive number")
    return number
