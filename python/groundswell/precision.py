"""How exactly a comparison is wanted: half-widths of intervals of differences, and what was reached.

Worlds are added STEP at a time until every half-width asked for is reached, or there are `max_worlds`. Stopping as soon
as the interval is narrow enough is right in the limit of narrow intervals (Chow and Robbins 1965, Annals of
Mathematical Statistics 36; Glynn and Whitt 1992, Annals of Applied Probability 2). With few worlds the rule stops more
often where the spread happens to look small, so the interval it ends with is slightly optimistic. Measured on normal
world means, 95 % nominal, starting with 10 worlds, up to 50 (tests/python/test_precision.py): the interval
holds the truth in 93.7 % of cases or more, in 92.7 % or more when starting with 5 worlds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell.errors import InvalidInput, invalid
from groundswell.measures import declared, find
from groundswell.simulate import MOST_COUNT, whole_number
from groundswell.statistics import LEAST_WORLDS

if TYPE_CHECKING:
    from groundswell.compare import Contest

STEP = 5  # worlds
COLUMNS = ["measure", "unit", "asked", "wanted", "reached", "label", "worlds", "met", "flag"]


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
        if not plain or not math.isfinite(width) or width <= 0:
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
    if precision is None:
        return {}
    if not isinstance(precision, Mapping) or not precision:
        raise invalid("precision", precision, 'must be as in {"unique_reach": gs.within_percent(5)}')
    known = declared()
    for name, asked in precision.items():
        find(name, known)
        if not isinstance(asked, Within):
            raise invalid(f"precision.{name}", asked, "must be gs.within(2) or gs.within_percent(5)")
    if worlds < LEAST_WORLDS:
        rule = f"precision needs {LEAST_WORLDS} or more: with fewer, an interval holds given these worlds only"
        raise invalid("worlds", worlds, rule)
    if whole_number("max_worlds", max_worlds, 1, MOST_COUNT) < worlds:
        raise invalid("max_worlds", max_worlds, f"must be at least worlds, {worlds}")
    return dict(precision)


def precision_frame(contest: Contest, asked: Mapping[str, Within]) -> pd.DataFrame:
    """One row a measure: what was asked for and what the widest interval of a difference to the baseline is.

    Columns: measure; unit; asked (text); wanted and reached, half-widths in the unit; label of the design with the
    widest interval; worlds (finished); met; flag, why the interval is not to be relied on (then met is False).
    """
    rows = [_row(contest, name, one) for name, one in asked.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(contest: Contest, name: str, asked: Within) -> dict[str, Any]:
    table = contest.differences(name)
    table = table[table["label"].astype(str) != contest.baseline]
    half = ((table["difference_ci_upper"] - table["difference_ci_lower"]) / 2).to_numpy()
    wanted = asked.width * (table["difference"].abs().max() / 100 if asked.percent else 1.0)
    place = int(np.argmax(np.where(np.isnan(half), np.inf, half)))
    widest = table.iloc[place]
    flag = next((text for text in table["flag"] if text), "")
    return {
        "measure": name,
        "unit": widest["unit"],
        "asked": str(asked),
        "wanted": wanted,
        "reached": half[place],
        "label": str(widest["label"]),
        "worlds": contest.worlds,
        "met": bool((half <= wanted).all()) and not flag,
        "flag": flag,
    }


def not_reached(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A warning for each measure whose precision was not reached."""
    rows = []
    for row in frame[~frame["met"].astype(bool)].to_dict("records"):
        why = f"; {row['flag']}" if row["flag"] else ""
        rows.append(
            {
                "label": row["label"],
                "code": "precision_not_reached",
                "count": 1,
                "examples": f"{row['measure']}: ± {row['reached']:.4g} {row['unit']} after {row['worlds']} worlds{why}",
                "consequence": f"Asked for {row['asked']}, ± {row['wanted']:.4g}. Allow more worlds (max_worlds=) or "
                "take the interval as it is.",
            }
        )
    return rows


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
