"""For every measure and grain, `frame` is a count of the raw events of a run: posts, and views with viewer and moment.

The events come from `_core.trace`; segments, ties and day boundaries from the world and the calendar. Nothing here
uses the recorder, the layout or the frame's own arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.core import WORLD_GROUPS

SEED, START, WARM_UP, WEEKS, FOLLOW_UP = 3, date(2027, 2, 15), 2, 9, 2  # a quarter ends inside the horizon
PROGRAM_OF_PROCESS = {0: "organic", 1: "organic", 2: "program", 3: "page"}
SOURCES = ["program", "organic", "page"]
SEGMENTS = [str(name) for name in _core.segments]
FLAGS = {
    "attended_impressions": "attended", "engagements": "engaged", "clicks": "clicked", "reshares": "reshared",
    "mutes": "muted",
}  # fmt: skip
WEAK = 0
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Run:
    """One run as the package gives it, and its events as tables (one row a post, one row a view that was shown)."""

    result: gs.Results
    posts: pd.DataFrame
    views: pd.DataFrame
    lift: np.ndarray[Any, Any]  # U by day and segment
    sizes: np.ndarray[Any, Any]  # persons by segment
    person_segment: np.ndarray[Any, Any]  # of persons who have noticed something
    favorability: np.ndarray[Any, Any]  # theirs, at the end of the run


@pytest.fixture(scope="module")
def run() -> Run:
    program = gs.Program(advocates=gs.ActiveAdvocates(size=20), posts_per_week=3)
    scenario = gs.Scenario(
        gs.Company.synthetic(employees=50), start=START, weeks=WEEKS, warm_up_weeks=WARM_UP,
        follow_up_weeks=FOLLOW_UP, program=program,
    ).replace({
        "platforms.linkedin.mute": 0.02, "platforms.linkedin.reshare": 0.02, "audience.unprompted_share": 0.3,
        "platforms.linkedin.connections_mean": 50.0,
    })  # fmt: skip
    result = gs.simulate(scenario, worlds=1, replicates=1, seed=SEED, threads=1, progress=False)
    parameters = scenario.core_parameters()
    chosen = {name: parameters[name] for name in WORLD_GROUPS}
    world = _core.build_world(scenario.company.core_input(), chosen, SEED, 0, 1)
    trace = _core.trace(world, _core.Design(**scenario.core_design()), 0)
    begin = np.asarray(world.segment_begin).astype(np.int64)
    return Run(
        result, _posts(trace["posts"], world), _views(trace, world), trace["segment_lift"], np.diff(begin),
        np.searchsorted(begin, trace["viewer"].astype(int), side="right") - 1, trace["favorability"],
    )  # fmt: skip


def _posts(raw: dict[str, Any], world: Any) -> pd.DataFrame:
    begin = np.asarray(world.row_begin).astype(np.int64)
    return pd.DataFrame({
        "day": raw["day"].astype(int), "author": raw["author"].astype(int), "company": raw["company"],
        "source": [PROGRAM_OF_PROCESS[int(process)] for process in raw["process"]], "link": raw["link"],
        "ties": np.diff(begin)[raw["author"]],
    })  # fmt: skip


def _views(trace: dict[str, Any], world: Any) -> pd.DataFrame:
    raw, posts = trace["views"], _posts(trace["posts"], world)
    begin, ties = np.asarray(world.row_begin).astype(np.int64), np.asarray(world.ties)
    viewer, post = raw["viewer"].astype(int), raw["post"].astype(int)
    author = posts["author"].to_numpy()[post]
    strength = []
    for a, v in zip(author, viewer, strict=True):
        row = ties[begin[a] : begin[a + 1]]
        strength.append(int(row[np.searchsorted(row & 0xFFFFFF, v)] >> 29) & 3)
    segment = np.searchsorted(np.asarray(world.segment_begin), viewer, side="right") - 1
    views = pd.DataFrame({
        "day": raw["minute"].astype(int) // 1440, "viewer": viewer, "weak": np.array(strength) == WEAK,
        "segment": [SEGMENTS[int(code)] for code in segment], "source": posts["source"].to_numpy()[post],
        "link": posts["link"].to_numpy()[post], **{name: raw[name] for name in FLAGS.values()},
    })  # fmt: skip
    for name in ("segment", "source"):
        views[name] = pd.Categorical(views[name], categories=SEGMENTS if name == "segment" else SOURCES)
    shown: pd.DataFrame = views[raw["refusal"] == 0]
    return shown


def day(when: date) -> int:
    return (when - START).days + 7 * WARM_UP


WINDOWS = {
    "warm_up": (0, 7 * WARM_UP),
    "horizon": (7 * WARM_UP, 7 * (WARM_UP + WEEKS)),
    "follow_up": (7 * (WARM_UP + WEEKS), 7 * (WARM_UP + WEEKS + FOLLOW_UP)),
}


def first_of_next(when: date, grain: str) -> date:
    if grain == "week":  # weeks count from the start of the horizon
        return when + timedelta(days=7)
    months = 1 if grain == "month" else 3 - (when.month - 1) % 3
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return date(year, month + 1, 1)


def cells(grain: str | None, window: str) -> Iterator[tuple[str, int, int]]:
    """Window, first day and end day of every cell, from the calendar alone."""
    joined = {"completion": ["horizon", "follow_up"], "all": list(WINDOWS)}.get(window, [window])
    if grain is None and window == "completion":
        yield "completion", WINDOWS["horizon"][0], WINDOWS["follow_up"][1]
        return
    for name in joined:
        first, end = WINDOWS[name]
        while first < end:
            when = START + timedelta(days=first - 7 * WARM_UP)
            after = end if grain is None else min(day(first_of_next(when, grain)), end)
            yield name, first, after
            first = after


class Events(NamedTuple):
    """Of one cell: company-related posts, other posts, views that were shown."""

    own: pd.DataFrame
    other: pd.DataFrame
    views: pd.DataFrame


def counted(run: Run, measure: str, first: int, end: int, segment: str | None, source: str | None) -> float:
    """The measure from the events of the days [first, end)."""
    posts, views = run.posts, run.views
    posts = posts[(posts["day"] >= first) & (posts["day"] < end)]
    views = views[(views["day"] >= first) & (views["day"] < end)]
    if source:
        posts, views = posts[posts["source"] == source], views[views["source"] == source]
    if segment:
        views = views[views["segment"] == segment]
    return COUNTS[measure](Events(posts[posts["company"]], posts[~posts["company"]], views))


def reach(views: pd.DataFrame, page: bool = False) -> int:
    outside = views[views["segment"] != "employee"]
    return int((outside if page else outside[outside["source"] != "page"])["viewer"].nunique())


def authors(posts: pd.DataFrame) -> pd.DataFrame:
    return posts[posts["source"] != "page"].drop_duplicates("author")


def divided(top: float, bottom: float) -> float:
    return top / bottom if bottom else np.nan


def outside_of_employees(views: pd.DataFrame) -> int:
    return int(((views["segment"] != "employee") & (views["source"] != "page")).sum())


COUNTS: dict[str, Callable[[Events], float]] = {
    "posts": lambda e: len(e.own),
    "other_posts": lambda e: len(e.other),
    "potential_reach": lambda e: int(e.own["ties"].sum()),
    "impressions": lambda e: len(e.views),
    "link_impressions": lambda e: int(e.views["link"].sum()),
    "weak_tie_impressions": lambda e: int(e.views["weak"].sum()),
    "weak_tie_reshares": lambda e: int((e.views["weak"] & e.views["reshared"]).sum()),
    "unique_reach": lambda e: reach(e.views),
    "unique_reach_with_page": lambda e: reach(e.views, page=True),
    "audience_size": lambda e: int(authors(e.own)["ties"].sum()),
    "active_sharers": lambda e: len(authors(e.own)),
    "engagement_rate": lambda e: divided(e.views["engaged"].sum(), len(e.views)),
    "unique_over_potential": lambda e: divided(
        reach(e.views), e.own[e.own["source"] != "page"]["ties"].sum()
    ),
    "frequency": lambda e: divided(outside_of_employees(e.views), reach(e.views)),
} | {
    name: lambda e, flag=flag: int(e.views[flag].sum()) for name, flag in FLAGS.items()
}  # fmt: skip
LEVELS = ("awareness", "favorability")
NO_EVENT = ("displaced_posts",)  # not in the trace; engine against twin (tests/reference) counts it


def grains() -> list[tuple[str, str | None, bool, bool, str]]:
    """Every measure, time grain, by segment, by source and window that is recorded."""
    known = gs.measures().set_index("name")
    return [
        (measure, time, segment, source, window)
        for measure, (time, window), segment, source in product(
            COUNTS,  # window all: each cell of warm-up, horizon and follow-up
            [*((time, "all") for time in (None, "week", "month", "quarter")), (None, "horizon"), (None, "completion")],
            (False, True), (False, True),
        )
        if known["by_segment"][measure] >= segment and known["by_source"][measure] >= source
    ]  # fmt: skip


def refused(measure: str, time: str | None, window: str) -> bool:
    return window == "completion" and time is None and measure in ("audience_size", "active_sharers")


@pytest.mark.parametrize("measure", COUNTS)
def test_frame_is_a_count_of_events(run: Run, measure: str) -> None:
    checked = 0
    for _, time, segment, source, window in (row for row in grains() if row[0] == measure):
        by = [name for name, wanted in (("segment", segment), ("source", source)) if wanted] + ([time] if time else [])
        if refused(measure, time, window):
            with pytest.raises(gs.NotRecorded):
                run.result.frame(measure, by=by, window=window)
            continue
        frame = run.result.frame(measure, by=by, window=window)
        outside = known_kind(measure) == "unique" or measure == "frequency"
        parts = product(
            cells(time, window),
            (SEGMENTS[1:] if outside else SEGMENTS) if segment else [None],
            SOURCES if source else [None],
        )
        expected = [counted(run, measure, first, end, seg, src) for (_, first, end), seg, src in parts]
        rounding = 1e-14 if known_kind(measure) == "ratio" else 0  # counts are equal, ratios to the last bits
        np.testing.assert_allclose(frame["mean"], expected, rtol=rounding, err_msg=f"{measure} by {by}, {window}")
        checked += len(frame)
    assert checked > 20


def known_kind(measure: str) -> str:
    return str(gs.measures().set_index("name")["kind"][measure])


@pytest.mark.parametrize("segment", [False, True])
def test_reach_to_date_counts_everybody_since_the_start(run: Run, segment: bool) -> None:
    begin = WINDOWS["horizon"][0]
    by = ["week", "segment"] if segment else ["week"]
    frame = run.result.frame("unique_reach_to_date", by=by, window="completion")
    parts = product(cells("week", "completion"), SEGMENTS[1:] if segment else [None])
    expected = [counted(run, "unique_reach", begin, end, seg, None) for (_, _, end), seg in parts]
    assert frame["mean"].tolist() == expected
    assert len(set(expected)) > 5


@pytest.mark.parametrize("time", [None, "week", "month", "quarter"])
def test_dates_and_days_are_those_of_the_calendar(run: Run, time: str | None) -> None:
    frame = run.result.frame("posts", by=time, window="all")
    known = list(cells(time, "all"))
    assert frame["window"].tolist() == [name for name, _, _ in known]
    assert frame["days"].tolist() == [end - first for _, first, end in known]
    starts = [START + timedelta(days=first - 7 * WARM_UP) for _, first, _ in known]
    if time == "month":
        starts = [when.replace(day=1) for when in starts]
    if time == "quarter":
        starts = [when.replace(month=3 * ((when.month - 1) // 3) + 1, day=1) for when in starts]
    assert [when.date() for when in frame["date"]] == starts


@pytest.mark.parametrize("time", [None, "week", "month", "quarter"])
@pytest.mark.parametrize("window", ["warm_up", "horizon", "completion", "all"])
def test_awareness_is_the_lift_at_the_end_of_the_cell(run: Run, time: str | None, window: str) -> None:
    """Formula of docs/MODEL.md 5 from the daily sums of lift; over all: the mean over persons outside."""
    values = run.result.scenario.parameters().set_index("path")["value"]
    baseline = [float(values[f"awareness.baseline_{name if name in ('buyer', 'talent') else 'other'}"])
                for name in SEGMENTS]  # fmt: skip
    lift = float(values["awareness.attainable_lift"])
    ends = [end for _, _, end in cells(time, window)]
    expected = [
        [b + lift * (1 - b) * run.lift[end - 1, g] / run.sizes[g] for g, b in enumerate(baseline) if g] for end in ends
    ]
    by = ["segment", *([time] if time else [])]
    assert run.result.frame("awareness", by=by, window=window)["mean"].tolist() == pytest.approx(np.ravel(expected))
    over_all = np.average(expected, axis=1, weights=run.sizes[1:])
    assert run.result.frame("awareness", by=time, window=window)["mean"].tolist() == pytest.approx(over_all)


def test_favorability_is_that_of_the_persons_at_the_end(run: Run) -> None:
    """The trace has persons' favorability at the end of the run: the last cell of every grain."""
    prior = float(run.result.scenario.parameters().set_index("path")["value"]["awareness.favorability_prior"])
    rises = np.bincount(run.person_segment, weights=run.favorability - prior, minlength=len(SEGMENTS))
    expected = prior + rises[1:].sum() / sum(run.sizes[1:])
    for time in (None, "week", "month", "quarter"):
        assert run.result.frame("favorability", by=time, window="all")["mean"].iloc[-1] == pytest.approx(expected)
        by = ["segment", *([time] if time else [])]
        last = run.result.frame("favorability", by=by, window="all")["mean"].iloc[-6:]
        assert last.tolist() == pytest.approx(prior + rises[1:] / run.sizes[1:])
    assert run.result.frame("favorability", window="completion")["mean"].iloc[0] == pytest.approx(expected)


def test_every_measure_is_counted_here() -> None:
    names = set(gs.measures()["name"])
    assert names == {*COUNTS, *LEVELS, *NO_EVENT, "unique_reach_to_date"}


def test_something_of_everything_happened(run: Run) -> None:
    assert (run.result.summary()["mean"][list(COUNTS)] > 0).all()
    assert set(run.views["segment"]) == set(SEGMENTS)
    assert {"page", "program", "organic"} == set(run.views["source"])
    assert {month.month for month in run.result.frame("posts", by="quarter")["date"]} == {1, 4}
