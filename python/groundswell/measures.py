"""What a run reports: the measures the engine declares, and the ratios worked out from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd

from groundswell.errors import UnknownName, did_you_mean, shown

Kind = Literal["sum", "unique", "level", "ratio"]

WINDOWS = ("warm_up", "horizon", "follow_up", "completion")
SEGMENTS = ("employee", "alumni", "buyer", "peer", "talent", "personal", "other")
SOURCES = ("program", "organic", "page")
EMPLOYEE_SOURCES = (0, 1)  # posts of employees: program and organic, not the page
TO_DATE = "unique_reach_to_date"

ADDS_OVER = {
    "sum": "weeks, months, quarters, windows",
    "unique": "nothing: a person counts once in every cell",
    "level": "nothing: the value at the end of the cell's last day",
    "ratio": "nothing: the ratio of the sums in the cell",
}


@dataclass(frozen=True)
class Measure:
    """One output. `number` is the engine's permanent id (0 for ratios and views on other measures)."""

    name: str
    unit: str
    kind: Kind
    by_segment: bool
    by_source: bool
    definition: str
    vendor_word: str = ""
    number: int = 0


@dataclass(frozen=True)
class Ratio:
    """numerator / denominator inside the cell asked for; `employees_only`: posts of employees, seen by others."""

    measure: Measure
    numerator: str
    denominator: str
    sources: tuple[int, ...] | None = None
    outsiders: bool = False


RATIOS: tuple[Ratio, ...] = (
    Ratio(
        Measure(
            "engagement_rate", "engagements per impression", "ratio", True, True,
            "Engagements divided by impressions of the same cell.", "engagement rate by impressions",
        ),
        "engagements", "impressions",
    ),
    Ratio(
        Measure(
            "unique_over_potential", "share", "ratio", False, False,
            "unique_reach divided by potential_reach of employees' posts: the part of the vendors' number that is "
            "different people who saw something.",
        ),
        "unique_reach", "potential_reach", sources=EMPLOYEE_SOURCES,
    ),
    Ratio(
        Measure(
            "frequency", "impressions per person", "ratio", True, False,
            "Impressions of employees' posts by persons who are not employees, divided by unique_reach.",
            "average frequency",
        ),
        "impressions", "unique_reach", sources=EMPLOYEE_SOURCES, outsiders=True,
    ),
)  # fmt: skip


def from_core(declared: Iterable[Mapping[str, Any]]) -> tuple[Measure, ...]:
    """Measures as declared by the engine (`_core.measures()`), in the order of their permanent ids."""
    rows = sorted(declared, key=lambda row: int(row["id"]))
    return tuple(
        Measure(
            name=str(row["name"]),
            unit=str(row["unit"]),
            kind=row["kind"],
            by_segment=bool(row["by_segment"]),
            by_source=bool(row["by_source"]),
            definition=str(row["definition"]),
            vendor_word=str(row["vendor_word"]),
            number=int(row["id"]),
        )
        for row in rows
    )


def to_date(reach: Measure) -> Measure:
    """Reach counted from the start of the horizon, by week."""
    return Measure(
        TO_DATE, reach.unit, "unique", reach.by_segment, False,
        "Distinct persons, employees excluded, with at least one impression of an employee's company-related post "
        "since the start of the horizon.", "cumulative reach", reach.number,
    )  # fmt: skip


def with_derived(declared: tuple[Measure, ...]) -> dict[str, Measure]:
    """Every name a frame may be asked for, in declared order: the engine's measures, reach to date, the ratios."""
    known: dict[str, Measure] = {}
    for measure in declared:
        known[measure.name] = measure
        if measure.name == "unique_reach":
            known[TO_DATE] = to_date(measure)
    for ratio in RATIOS:
        if ratio.numerator in known and ratio.denominator in known:
            known[ratio.measure.name] = ratio.measure
    return known


def find(name: str, known: Mapping[str, Measure]) -> Measure:
    """The measure of this name; raises with the nearest valid one."""
    if name in known:
        return known[name]
    raise UnknownName(f"measures: no measure of the name {shown(name)}; {did_you_mean(name, known)}")


def ratio_of(name: str) -> Ratio | None:
    """The ratio of this name, if it is one."""
    return next((ratio for ratio in RATIOS if ratio.measure.name == name), None)


def adds_over(measure: Measure) -> str:
    """What values of the measure may be summed over."""
    more = ", segments" * measure.by_segment + ", sources" * measure.by_source if measure.kind == "sum" else ""
    return ADDS_OVER[measure.kind] + more


def measures() -> pd.DataFrame:
    """Every measure: name, kind, unit, by_segment, by_source, adds_over, definition, vendor_word.

    All are always recorded, by week, month, quarter and window. The one optional recording is what the posts of each
    employee did: `people="full"`, the default of `simulate`, read with `Results.people`.
    """
    from groundswell import _core

    rows = [asdict(m) | {"adds_over": adds_over(m)} for m in with_derived(from_core(_core.measures())).values()]
    columns = ["name", "kind", "unit", "by_segment", "by_source", "adds_over", "definition", "vendor_word"]
    return pd.DataFrame(rows)[columns]
