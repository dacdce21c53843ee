"""How exactly a comparison is wanted: half-widths of the intervals of differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.common import arguments
from groundswell.common.counts import MOST_COUNT, whole_number
from groundswell.common.statistics import LEAST_WORLDS
from groundswell.errors import InvalidInput, invalid
from groundswell.results.measures import declared, find, of_comparisons

STEP = 5  # worlds
LARGEST = 1e300  # of a width


@dataclass(frozen=True)
class Within:
    """A half-width of the 95 % interval of a difference: in the unit of the measure, or in percent.

    Percent are of the largest difference to the baseline among the designs, in absolute value: the baseline's own
    level may be near zero or far above any effect.
    """

    width: float
    percent: bool = False

    def __post_init__(self) -> None:
        width: Any = self.width
        plain = isinstance(width, int | float | np.integer | np.floating) and not isinstance(width, bool)
        if not plain or not 0 < width <= LARGEST:  # no number that is none is above 0
            name = "within_percent" if self.percent else "within"
            raise invalid(name, width, "must be a number above 0")
        object.__setattr__(self, "width", float(width))

    def __str__(self) -> str:
        return f"within {self.width:g}{' % of the largest difference' if self.percent else ''}"


def within(width: float) -> Within:
    """Ask for a 95 % interval of the difference no wider than `width` to each side, in the measure's unit."""
    return Within(width)


def within_percent(width: float) -> Within:
    """Ask for `width` percent of the largest difference to the baseline among the designs, to each side."""
    return Within(width, percent=True)


def check_precision(precision: object, worlds: int, max_worlds: object) -> dict[str, Within]:
    """What is asked for, checked before anything runs; measures are looked up in the engine's list."""
    most = whole_number("max_worlds", max_worlds, 1, MOST_COUNT)
    if precision is None:
        return {}
    if not isinstance(precision, Mapping) or not precision:
        raise invalid("precision", precision, 'must be as in {"unique_reach": gs.within_percent(5)}')
    known = {**declared(), **of_comparisons()}
    for name, asked in precision.items():
        find(arguments.text("precision", name), known, "precision")
        if not isinstance(asked, Within):
            raise invalid(f"precision.{name}", asked, "must be gs.within(2) or gs.within_percent(5)")
    if worlds < LEAST_WORLDS:
        rule = f"precision needs {LEAST_WORLDS} or more: with fewer, an interval holds given these worlds only"
        raise invalid("worlds", worlds, rule)
    if most < worlds:
        raise invalid("max_worlds", max_worlds, f"must be at least worlds, {worlds}")
    return dict(precision)


def read_precision(texts: Sequence[str] | None) -> dict[str, Within] | None:
    """`["unique_reach=5%", "clicks=20"]` of the command line; None where nothing is asked for."""
    if not texts:
        return None
    found: dict[str, Within] = {}
    for text in texts:
        name, _, value = (part.strip() for part in text.partition("="))
        try:
            width = float(value.removesuffix("%"))
        except ValueError:
            rule = "must be measure=number or measure=number%, as unique_reach=5%"
            raise InvalidInput(f"--precision {text}: {rule}") from None
        if name in found:
            raise InvalidInput(f"--precision {text}: {name} is asked for twice")
        found[name] = Within(width, percent=value.endswith("%"))
    return found
