"""The grain a frame is asked for: which dimensions there are, and which of them were recorded for a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groundswell.common import arguments
from groundswell.errors import InvalidInput, NotRecorded, UnknownName, did_you_mean, shown
from groundswell.results.measures import TO_DATE, WINDOWS, Measure

TIME_GRAINS = ("week", "month", "quarter")
DEPARTMENT = "department"  # counted by person, in the horizon as a whole
DIMENSIONS = (*TIME_GRAINS, "segment", "source", "platform", "hop", DEPARTMENT, "world", "replicate")
ALL = "all"
WINDOW_CODES: dict[str, tuple[int, ...]] = {
    "warm_up": (0,),
    "horizon": (1,),
    "follow_up": (2,),
    "completion": (1, 2),
    ALL: (0, 1, 2),
}
# Grains somebody may look for, and the nearest thing that is recorded.
UNRECORDED = {
    "day": "the finest time grain is by='week'",
    "hour": "the finest time grain is by='week'",
    "year": "the horizon is a window: leave `by` out",
    "person": "persons are counted by='segment'",
    "post": "posts are counted by='source'",
    "item": "posts are counted by='source'",
}
BY_PERSON = ("employee", "author")  # recorded, but in a table of its own


@dataclass(frozen=True)
class Query:
    """The grain asked for."""

    time: str | None = None
    segment: bool = False
    source: bool = False
    platform: bool = False
    hop: bool = False
    window: str = "horizon"


def check_dimensions(by: str | Sequence[str] | None) -> tuple[str, ...]:
    """The dimensions of `by`, checked."""
    names = () if by is None else tuple(arguments.names("by", by))
    for name in names:
        if name in BY_PERSON:
            raise NotRecorded(
                f"by: {name!r} is not recorded for frame; what the posts of each employee did is in people(), which "
                "the option people='full' records"
            )
        if name in UNRECORDED:
            raise NotRecorded(f"by: {name!r} is not recorded and no option records it; {UNRECORDED[name]}")
        if name not in DIMENSIONS:
            raise UnknownName(f"by: no dimension of the name {shown(name)}; {did_you_mean(name, DIMENSIONS)}")
    times = [name for name in names if name in TIME_GRAINS]
    if len(times) > 1:
        raise InvalidInput(f"by: one time grain at most; got {', '.join(times)}")
    if len(set(names)) < len(names):
        raise InvalidInput(f"by: a dimension is named twice in {list(names)}")
    beside = [name for name in names if name not in (DEPARTMENT, "world")] if DEPARTMENT in names else []
    if beside:
        raise NotRecorded(
            f"by: {DEPARTMENT} together with {', '.join(beside)} is not recorded and no option records it; "
            f"people='full' records by={DEPARTMENT!r} alone or with world"
        )
    if "replicate" in names and "world" not in names:
        raise InvalidInput("by: replicate k is another run in every world; ask by both, world and replicate")
    return names


def make_query(dimensions: tuple[str, ...], window: str) -> Query:
    """The grain asked for, checked."""
    if arguments.text("window", window) not in WINDOW_CODES:
        options = (*WINDOWS, ALL)
        raise UnknownName(f"window: no window of the name {shown(window)}; {did_you_mean(window, options)}")
    time = next((name for name in dimensions if name in TIME_GRAINS), None)
    asked = {name: name in dimensions for name in ("segment", "source", "platform", "hop")}
    return Query(time, **asked, window=window)


def one_window(window: str) -> str:
    """The window, checked: each of `all` has a value of its own, and where one number is said none of them is it."""
    if make_query((), window).window == ALL:
        some = ", ".join(name for name in WINDOW_CODES if name != ALL)
        raise InvalidInput(
            f"window = {ALL!r}: one number is of one window; ask for one of {some}; tables and frames have all"
        )
    return window


def refusal(measure: Measure, query: Query, several_platforms: bool = False) -> str:
    """Why this measure cannot be given at this grain; empty if it can.

    Where one platform is on, everything is on that platform.
    """
    places = {
        "segment": measure.by_segment,
        "source": measure.by_source,
        "platform": measure.by_platform or not several_platforms,
        "hop": measure.by_hop,
    }
    grains = ["window", *TIME_GRAINS, *(name for name, there in places.items() if there)]
    if measure.name == TO_DATE:
        grains = [grain for grain in grains if grain not in ("month", "quarter")]
    if measure.kind == "mean":
        grains = [grain for grain in grains if grain not in TIME_GRAINS]
    lacking = [
        grain
        for grain, asked in (
            ("segment", query.segment),
            ("source", query.source),
            ("platform", query.platform),
            ("hop", query.hop),
            (query.time, bool(query.time)),
        )
        if asked and grain not in grains
    ]
    if lacking:
        why = " A person counts once in every cell, so parts cannot be added." if measure.kind == "unique" else ""
        asked_for = " or ".join(map(str, lacking))
        return (
            f"{measure.name} is not recorded by {asked_for}; it is by {', '.join(grains)}; no option records more.{why}"
        )
    if query.segment and (query.hop or (query.platform and several_platforms)):
        return f"{measure.name} is not recorded by segment together with platform or hop; no option records it."
    if measure.name == TO_DATE and query.window == "warm_up":
        return f"{measure.name} counts from the start of the horizon and has no value in the warm-up."
    joined = query.time is None and query.window == "completion"
    if joined and measure.kind == "unique" and not measure.by_segment:  # no rows "to date"
        return f"{measure.name} is not recorded to completion; ask for the horizon or the follow-up."
    return ""
