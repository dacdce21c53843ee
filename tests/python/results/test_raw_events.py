"""For every measure and grain, `frame` is a count of the raw events of a run: posts, and views with viewer and moment.

The events come from `_core.trace`; segments, ties and day boundaries from the world and the calendar. Nothing here
uses the recorder, the layout or the frame's own arithmetic. Once with LinkedIn alone, once with X beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import compress, product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.results.measures import RATIOS
from groundswell.results.vocabulary.added import ADDED
from groundswell.scenario import Platform
from groundswell.scenario.to_core import WORLD_GROUPS

SEED, START, WARM_UP, WEEKS, FOLLOW_UP = 3, date(2027, 2, 15), 2, 9, 2  # a quarter ends inside the horizon
PROGRAM_OF_PROCESS = {0: "organic", 1: "organic", 2: "program", 3: "page"}
SOURCES = ["program", "organic", "page"]
SEGMENTS = [str(name) for name in _core.segments]
PLATFORMS = ["linkedin", "facebook", "instagram", "x"]
HOPS = ["1", "2", "3+"]
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
    on: tuple[str, ...]
    posts: pd.DataFrame
    views: pd.DataFrame
    lift: np.ndarray[Any, Any]  # U by day and segment
    sizes: np.ndarray[Any, Any]  # persons by segment
    cells: dict[Any, Events] = field(default_factory=dict)  # of each cell, found once


@pytest.fixture(scope="module", params=[("linkedin",), ("linkedin", "x")], ids="+".join)
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    with pytest.MonkeyPatch.context() as patch:
        numbers = Platform().constants(1.2, 1.1)  # LinkedIn's: no other is solved here, and any will do
        patch.setattr(Platform, "constants", lambda *_: numbers)
        yield simulated(request.param)


def simulated(on: tuple[str, ...]) -> Run:
    shares = ("program.platforms", "posting.organic_platforms")
    spread = {f"{part}.{name}": 1 / len(on) for part in shares for name in on}
    program = gs.Program(advocates=gs.ActiveAdvocates(size=20), posts_per_week=3)
    scenario = gs.Scenario(
        gs.Company.synthetic(employees=50), start=START, weeks=WEEKS, warm_up_weeks=WARM_UP,
        follow_up_weeks=FOLLOW_UP, program=program,
    ).replace({
        "audience.unprompted_share": 0.3, **spread,
        **{f"platforms.{name}.{field}": value for name in on for field, value in {
            "on": True, "mute": 0.02, "reshare": 0.03, "connections_mean": 50.0,
        }.items()},
    })  # fmt: skip
    result = gs.simulate(scenario, worlds=1, replicates=1, seed=SEED, threads=1, progress=False)
    parameters = scenario.core_parameters()
    chosen = {name: parameters[name] for name in WORLD_GROUPS}
    world = _core.build_world(scenario.company.core_input(), chosen, SEED, 0, 1)
    trace = _core.trace(world, _core.Design(**scenario.core_design()), 0)
    begin = np.asarray(world.segment_begin).astype(np.int64)
    rows = Rows(world)
    posts = _posts(trace["posts"], rows)
    return Run(result, on, posts, _views(trace, posts, rows), trace["segment_lift"], np.diff(begin))


class Rows:
    """Ties of every person and of the page, by platform: viewer to strength."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.known: dict[tuple[str, int], dict[int, int]] = {}
        self.tables = {}
        for name in world.platforms:
            begin, ties = (np.asarray(array).astype(np.int64) for array in world.rows(name))
            self.tables[name] = (begin, ties & 0xFFFFFF, ties >> 29 & 3)

    def of_author(self, platform: str, author: int) -> dict[int, int]:
        """Of an employee, or of the page, which has the number after the last employee as an author."""
        page = author == self.world.employees
        return self.of_person(platform, self.world.person_count if page else author)

    def of_person(self, platform: str, person: int) -> dict[int, int]:
        if (platform, person) not in self.known:
            begin, viewer, strength = self.tables[platform]
            mine = slice(begin[person], begin[person + 1])
            ties = dict(zip(viewer[mine].tolist(), strength[mine].tolist(), strict=True))
            self.known[platform, person] = ties
        return self.known[platform, person]


def _posts(raw: dict[str, Any], rows: Rows) -> pd.DataFrame:
    platform = [PLATFORMS[int(code)] for code in raw["platform"]]
    author = raw["author"].astype(int)
    return pd.DataFrame({
        "day": raw["day"].astype(int), "author": author, "company": raw["company"], "platform": platform,
        "source": [PROGRAM_OF_PROCESS[int(process)] for process in raw["process"]], "link": raw["link"],
        "ties": [len(rows.of_author(*where)) for where in zip(platform, author, strict=True)],
    })  # fmt: skip


def _views(trace: dict[str, Any], posts: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    raw, root = trace["views"], posts.loc[trace["views"]["post"]]
    viewer, act = raw["viewer"].astype(int), raw["act"].astype(int)
    weak, beyond = [], []
    for who, by, author, platform in zip(viewer, act, root["author"], root["platform"], strict=True):
        first = rows.of_author(platform, author)
        shown_by = first if by < 0 else rows.of_person(platform, int(trace["acts"]["person"][by]))
        weak.append(shown_by[who] == WEAK)
        beyond.append(who not in first)
    segment = np.searchsorted(np.asarray(rows.world.segment_begin), viewer, side="right") - 1
    views = pd.DataFrame({
        "day": raw["minute"].astype(int) // 1440, "viewer": viewer, "post": raw["post"].astype(int),
        "weak": weak, "beyond": beyond, "segment": [SEGMENTS[int(code)] for code in segment],
        "source": root["source"].to_numpy(), "platform": root["platform"].to_numpy(),
        "hop": [HOPS[min(int(hop), 3) - 1] for hop in raw["hop"]], "link": root["link"].to_numpy(),
        **{name: raw[name] for name in FLAGS.values()},
    })  # fmt: skip
    texts = ["segment", "source", "platform", "hop"]
    shown: pd.DataFrame = views[raw["refusal"] == 0].astype(dict.fromkeys(texts, "category"))
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
    """Of one cell: company-related posts, other posts, views that were shown, first (later) reshares of a post."""

    own: pd.DataFrame
    other: pd.DataFrame
    views: pd.DataFrame
    reshared: int
    later: int

    def of(self, sources: tuple[str, ...]) -> Events:
        """Of posts of these sources."""
        own, other, views = (table[table["source"].isin(sources)] for table in self[:3])
        return Events(own, other, views, 0, 0)


def first_reshares(views: pd.DataFrame) -> pd.DataFrame:
    """Of every post that was reshared, the view that led to the first one."""
    return views[views["reshared"]].sort_values("day").drop_duplicates("post")


Place = dict[str, str]  # of segment, source, platform, hop: what a cell is of


def events(run: Run, first: int, end: int, place: Place) -> Events:
    """Of the days [first, end)."""
    key = (first, end, *sorted(place.items()))
    if key not in run.cells:
        of_posts = {name: value for name, value in place.items() if name in ("source", "platform")}
        posts, views = chosen(run.posts, first, end, of_posts), chosen(run.views, first, end, place)
        late = run.views[run.views["hop"] != "1"]
        reshared, later = (len(chosen(first_reshares(of), first, end, of_posts)) for of in (run.views, late))
        own = posts["company"].to_numpy()
        run.cells[key] = Events(posts[own], posts[~own], views, reshared, later)
    return run.cells[key]


def chosen(table: pd.DataFrame, first: int, end: int, where: Place) -> pd.DataFrame:
    day = table["day"].to_numpy()
    kept = (day >= first) & (day < end)
    for name, value in where.items():
        kept &= (table[name] == value).to_numpy()
    return table[kept]


def counted(run: Run, measure: str, first: int, end: int, place: Place) -> float:
    """The measure from the events of the days [first, end)."""
    return COUNTS[measure](events(run, first, end, place))


def reach(views: pd.DataFrame, page: bool = False) -> int:
    outside = views[views["segment"] != "employee"]
    return int((outside if page else outside[outside["source"] != "page"])["viewer"].nunique())


def authors(posts: pd.DataFrame, each: tuple[str, ...] = ("author",)) -> pd.DataFrame:
    return posts[posts["source"] != "page"].drop_duplicates(list(each))


def divided(top: float, bottom: float) -> float:
    return top / bottom if bottom else np.nan


def outside_of_employees(views: pd.DataFrame) -> int:
    return int(((views["segment"] != "employee") & (views["source"] != "page")).sum())


def against_page(e: Events, top: Callable[[Events], float], bottom: Callable[[Events], float]) -> float:
    """top / bottom of employees' posts, divided by the same of the page's."""
    people, page = e.of(("program", "organic")), e.of(("page",))
    return divided(top(people) * bottom(page), bottom(people) * top(page))


def engaged(e: Events) -> int:
    return int(e.views["engaged"].sum())


COUNTS: dict[str, Callable[[Events], float]] = {
    "posts": lambda e: len(e.own),
    "other_posts": lambda e: len(e.other),
    "potential_reach": lambda e: int(e.own["ties"].sum()),
    "impressions": lambda e: len(e.views),
    "link_impressions": lambda e: int(e.views["link"].sum()),
    "weak_tie_impressions": lambda e: int(e.views["weak"].sum()),
    "weak_tie_reshares": lambda e: int((e.views["weak"] & e.views["reshared"]).sum()),
    "impressions_beyond_first_degree": lambda e: int(e.views["beyond"].sum()),
    "reshared_posts": lambda e: e.reshared,
    "later_reshared_posts": lambda e: e.later,
    "unique_reach": lambda e: reach(e.views),
    "unique_reach_with_page": lambda e: reach(e.views, page=True),
    "audience_size": lambda e: int(authors(e.own, ("author", "platform"))["ties"].sum()),
    "active_sharers": lambda e: len(authors(e.own)),
    "engagement_rate": lambda e: divided(engaged(e), len(e.views)),
    "unique_over_potential": lambda e: divided(
        reach(e.views), e.own[e.own["source"] != "page"]["ties"].sum()
    ),
    "frequency": lambda e: divided(outside_of_employees(e.views), reach(e.views)),
    "share_beyond_first_degree": lambda e: divided(e.views["beyond"].sum(), len(e.views)),
    "share_of_posts_reshared": lambda e: divided(e.reshared, len(e.own)),
    "employee_to_page_posts": lambda e: against_page(e, lambda of: len(of.own), lambda _: 1),
    "employee_to_page_impressions": lambda e: against_page(e, lambda of: len(of.views), lambda _: 1),
    "employee_to_page_engagement_per_audience_member": lambda e: against_page(
        e, engaged, lambda of: int(of.own["ties"].sum())
    ),
    "employee_to_page_engagement_per_impression": lambda e: against_page(e, engaged, lambda of: len(of.views)),
    "employee_to_page_engagement_per_post": lambda e: against_page(e, engaged, lambda of: len(of.own)),
} | {
    name: lambda e, flag=flag: int(e.views[flag].sum()) for name, flag in FLAGS.items()
}  # fmt: skip
LEVELS = ("awareness", "favorability")
OF_AWARENESS = ("aware_people", "mean_aware_people")  # worked out from awareness: test_aware_people.py
# Without dimensions, not of posts and views: test_program_events.py, test_costs.py, and the twin (tests/reference).
NO_EVENT = ("displaced_posts",)  # not in the trace; engine against twin (tests/reference) counts it
DIMENSIONS = ("segment", "source", "platform", "hop")
SUMS_OF_PROGRAM = {m["name"] for m in _core.measures() if not any(m[f"by_{name}"] for name in DIMENSIONS)} - {*NO_EVENT}
OF_PROGRAM = SUMS_OF_PROGRAM | {ratio.measure.name for ratio in RATIOS if ratio.parts & SUMS_OF_PROGRAM}
TIMES = [*((time, "all") for time in (None, "week", "month", "quarter")), (None, "horizon"), (None, "completion")]
CROSSED = [("month", "all"), (None, "completion")]


def labels(run: Run, measure: str, dimension: str) -> list[str]:
    """What a frame has on a dimension; employees are viewers of sums and of ratios of sums, reach leaves them out."""
    outside = known_kind(measure) == "unique" or measure == "frequency"
    of = {"segment": SEGMENTS[1:] if outside else SEGMENTS, "source": SOURCES, "platform": list(run.on), "hop": HOPS}
    return of[dimension]


def refused(run: Run, measure: str, by: tuple[str, ...], time: str | None, window: str) -> bool:
    known = gs.measures().set_index("name").loc[measure]
    lacking = [name for name in by if not known[f"by_{name}"] and not (name == "platform" and len(run.on) == 1)]
    crossed = "segment" in by and ("hop" in by or ("platform" in by and len(run.on) > 1))
    joined = window == "completion" and time is None
    by_platform = joined and known_kind(measure) == "unique"
    return bool(lacking) or crossed or (by_platform and not known["by_segment"])


@pytest.mark.parametrize("measure", COUNTS)
def test_frame_is_a_count_of_events(run: Run, measure: str) -> None:
    checked, refusals = 0, 0
    subsets = [tuple(compress(DIMENSIONS, chosen)) for chosen in product((False, True), repeat=4)]
    for by, (time, window) in product(subsets, TIMES):
        if len(by) > 1 and (time, window) not in CROSSED:  # one dimension at every time, several at some
            continue
        asked = [*by, *([time] if time else [])]
        if refused(run, measure, by, time, window):
            refusals += 1
            with pytest.raises(gs.NotRecorded, match=f"^{measure} is not recorded"):
                run.result.frame(measure, by=asked, window=window)
            continue
        frame = run.result.frame(measure, by=asked, window=window)
        parts = product(cells(time, window), *(labels(run, measure, name) for name in by))
        places = [(first, end, dict(zip(by, place, strict=True))) for (_, first, end), *place in parts]
        expected = [counted(run, measure, *place) for place in places]
        rounding = 1e-13 if known_kind(measure) == "ratio" else 0  # counts are equal, ratios to the last bits
        np.testing.assert_allclose(frame["mean"], expected, rtol=rounding, err_msg=f"{measure} by {asked}, {window}")
        for name in by:
            assert frame[name].tolist() == [place[name] for _, _, place in places]
        checked += len(frame)
    assert checked > 20
    assert refusals > 0


def known_kind(measure: str) -> str:
    return str(gs.measures().set_index("name")["kind"][measure])


@pytest.mark.parametrize("dimension", [None, "segment", "platform"])
def test_reach_to_date_counts_everybody_since_the_start(run: Run, dimension: str | None) -> None:
    begin = WINDOWS["horizon"][0]
    frame = run.result.frame("unique_reach_to_date", by=["week", *([dimension] if dimension else [])],
                             window="completion")  # fmt: skip
    places = [{dimension: label} for label in labels(run, "unique_reach", dimension)] if dimension else [{}]
    parts = product(cells("week", "completion"), places)
    expected = [counted(run, "unique_reach", begin, end, place) for (_, _, end), place in parts]
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



def test_every_measure_is_counted_here() -> None:
    """What a program adds is no event of one design: decide/test_added.py."""
    names = set(gs.measures()["name"])
    assert names == {*COUNTS, *LEVELS, *OF_AWARENESS, *NO_EVENT, *OF_PROGRAM, *ADDED, "unique_reach_to_date"}


def test_something_of_everything_happened(run: Run) -> None:
    assert (run.result.summary()["mean"][list(COUNTS)] > 0).all()
    assert set(run.views["segment"]) == set(SEGMENTS)
    assert {"page", "program", "organic"} == set(run.views["source"])
    assert set(run.views["hop"]) == set(HOPS)
    assert set(run.views["platform"]) == set(run.posts["platform"]) == set(run.on)
    beyond = run.result.frame("impressions_beyond_first_degree")["mean"].iloc[0]
    later = run.result.frame("impressions", by="hop")["mean"].iloc[1:].sum()
    assert beyond < later  # a later view may be a connection's


def test_levels_by_platform_only_where_one_is_on(run: Run) -> None:
    if len(run.on) == 1:
        frame = run.result.frame("awareness", by="platform")
        assert frame["mean"].tolist() == run.result.frame("awareness")["mean"].tolist()
        assert frame["platform"].tolist() == ["linkedin"]
        return
    with pytest.raises(gs.NotRecorded, match=r"^awareness is not recorded by platform; it is by window.*no option"):
        run.result.frame("awareness", by="platform")
    assert {month.month for month in run.result.frame("posts", by="quarter")["date"]} == {1, 4}
