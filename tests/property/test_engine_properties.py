"""What holds for every company and design: random small ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from ..statistical import core_runs as cr

RUNS = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # a run is too long to shrink
)
REPLICATE = 1
EMPLOYEE_POSTS = ("program", "organic")
COSTS = (37, 43)  # ids of the first and the last measure of money


@dataclass(frozen=True)
class Case:
    employees: int
    seed: int
    advocates: int | None  # None: no program
    posts_per_week: float
    company_content_fraction: float
    weeks: tuple[int, int, int]  # warm-up, horizon, follow-up
    overrides: tuple[tuple[str, float], ...]

    @property
    def world(self) -> Any:
        world_overrides = tuple(o for o in self.overrides if cr.is_world(o[0]))
        return cr.world(self.employees, self.seed, 0, world_overrides)

    @property
    def design(self) -> Any:
        program = None
        if self.advocates is not None:
            program = cr.program(self.advocates, self.posts_per_week, self.company_content_fraction)
        warm_up, horizon, follow_up = self.weeks
        return cr.design(self.overrides, program, horizon, warm_up, follow_up)


OVERRIDES = st.fixed_dictionaries(
    {},
    optional={
        "platform_audiences.linkedin.connections_mean": st.floats(1, 200),
        "audience.unprompted_share": st.floats(0, 1),
        "audience.department_homophily": st.floats(0, 1),
        "audience.strong_tie_share": st.floats(0, 1),
        "posting.displacement": st.floats(0, 1),
        "content.own_words": st.floats(0, 1),
        "content.items_per_week": st.floats(0.5, 20),
        "feed.viewer_limit": st.floats(0.5, 50),
        "feed.identical_copy": st.floats(0, 1),
        "feed.repeat_floor": st.floats(0, 1),
        "awareness.phi": st.floats(0, 0.99),
        "awareness.half_life_weeks": st.floats(0.1, 50),
        "platforms.linkedin.constants.person_rate": st.floats(0, 5),
        "platforms.linkedin.page_posts_per_week": st.floats(0, 20),
        "platforms.linkedin.attention": st.floats(0.01, 1),
        "platforms.linkedin.engage": st.floats(0, 1),
        "platforms.linkedin.mute": st.floats(0, 0.1),
    },
).map(lambda chosen: tuple(sorted(chosen.items())))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    employees = draw(st.integers(2, 60))
    return Case(
        employees=employees,
        seed=draw(st.integers(0, 2**64 - 1)),
        advocates=draw(st.one_of(st.none(), st.integers(0, employees))),
        posts_per_week=draw(st.floats(0, 30)),
        company_content_fraction=draw(st.floats(0, 1)),
        weeks=(draw(st.integers(0, 5)), draw(st.integers(1, 8)), draw(st.integers(0, 5))),
        overrides=draw(OVERRIDES),
    )


def firm(employees: int, advocates: int | None, *overrides: tuple[str, float]) -> Case:
    return Case(employees, 1, advocates, 7.0, 0.8, (2, 6, 3), overrides)


PAGE_ONLY = (("audience.unprompted_share", 0.0),)
EXAMPLES = (firm(2, 2), firm(50, 50), firm(50, 0), firm(50, None), firm(50, None, *PAGE_ONLY))


@dataclass(frozen=True)
class Found:
    case: Case
    runs: cr.Runs
    trace: dict[str, Any]

    def sums(self, name: str, by_hop: bool = False) -> npt.NDArray[np.float64]:
        """A sum measure by its rows: fragment, source and segment (if it has them), or platform and hop."""
        rows, declared = self.runs.layout["rows"], cr.measure(name)
        keep = (rows["measure"] == declared["id"]) & (rows["grain"] == 0)
        if declared["by_segment"]:
            keep &= (rows["segment"] < 0) == by_hop
        result: npt.NDArray[np.float64] = self.runs.values[0, keep]
        return result

    @property
    def shown(self) -> npt.NDArray[np.bool_]:
        result: npt.NDArray[np.bool_] = np.asarray(self.trace["views"]["refusal"]) == 0
        return result

    @property
    def source(self) -> npt.NDArray[np.int64]:
        """Of every candidate view: 0 program, 1 organic, 2 page."""
        process = np.asarray(self.trace["posts"]["process"])[np.asarray(self.trace["views"]["post"])]
        result: npt.NDArray[np.int64] = np.array([1, 1, 0, 2])[process]
        return result

    @property
    def segment(self) -> npt.NDArray[np.int64]:
        begin = np.asarray(self.case.world.segment_begin)
        return np.searchsorted(begin, np.asarray(self.trace["views"]["viewer"]), side="right") - 1


def found(case: Case) -> Found:
    runs = cr.run(case.world, case.design, 1, first=REPLICATE, threads=1)
    return Found(case, runs, cr.core.trace(case.world, case.design, REPLICATE))


def on_examples(test: Any) -> Any:
    for case in EXAMPLES:
        test = example(case)(test)
    return RUNS(test)


@on_examples
@given(cases())
def test_parts_sum_to_what_was_traced(case: Case) -> None:
    """Every sum by segment, source and fragment against a count over the trace."""
    f = found(case)
    views, posts = f.trace["views"], f.trace["posts"]
    link = np.asarray(posts["link"])[np.asarray(views["post"])]
    flags = {"impressions": f.shown, "link_impressions": f.shown & link}
    names = {"attended_impressions": "attended", "engagements": "engaged", "clicks": "clicked", "reshares": "reshared"}
    flags |= {name: np.asarray(views[flag]) for name, flag in (names | {"mutes": "muted"}).items()}
    windows = [cr.WINDOWS.index(w) for w in cr.WINDOWS]
    end = np.asarray(f.runs.layout["windows"]["end_day"])[windows]
    window = np.searchsorted(end, np.asarray(views["minute"]) // 1440, side="right")
    source, segment = f.source, f.segment
    for name, flag in flags.items():
        for s, source_name in enumerate(cr.SOURCES):
            for g, segment_name in enumerate(cr.SEGMENTS):
                mine = flag & (source == s) & (segment == g)
                parts = [f.runs.total(name, [source_name], [segment_name], [w])[0] for w in cr.WINDOWS]
                assert parts == np.bincount(window[mine], minlength=3).tolist(), (name, source_name, segment_name)
        assert f.sums(name).sum() == flag.sum()
        assert f.sums(name, by_hop=True).sum() == flag.sum()
    company = np.asarray(posts["company"])
    assert f.sums("posts").sum() == company.sum()
    assert f.sums("other_posts").sum() == (~company).sum()
    sizes = np.diff(np.asarray(case.world.rows("linkedin")[0]).astype(np.int64))
    author = np.asarray(posts["author"])[company].astype(np.int64)
    row = np.where(author == case.world.employees, case.world.person_count, author)  # the last row: the page's
    assert f.sums("potential_reach").sum() == sizes[row].sum()


@on_examples
@given(cases())
def test_what_contains_what(case: Case) -> None:
    """Row by row: attended within shown, engaged within attended, links within all."""
    f = found(case)
    for part, whole in (
        ("attended_impressions", "impressions"),
        ("engagements", "attended_impressions"),
        ("clicks", "attended_impressions"),
        ("clicks", "link_impressions"),
        ("reshares", "attended_impressions"),
        ("mutes", "attended_impressions"),
        ("link_impressions", "impressions"),
    ):
        assert (f.sums(part) <= f.sums(whole)).all(), (part, whole)
    assert (f.sums("weak_tie_reshares") <= f.sums("weak_tie_impressions")).all()
    assert (f.runs.values >= 0).all()


@on_examples
@given(cases())
def test_unique_reach_is_bounded(case: Case) -> None:
    """By impressions, by the audiences of those who posted or carried posts on, and between grains."""
    f = found(case)
    outside = cr.SEGMENTS[1:]
    world, posts, acts = case.world, f.trace["posts"], f.trace["acts"]
    begin, ties = world.rows("linkedin")
    persons = np.asarray(ties) & 0xFFFFFF
    authors = np.asarray(posts["author"])[np.asarray(posts["company"])]
    showing = np.union1d(authors[authors < world.employees], np.asarray(acts["person"]))
    rows = [persons[begin[a] : begin[a + 1]] for a in showing]
    union = np.unique(np.concatenate([*rows, np.array([], dtype=persons.dtype)]))
    audience = (union >= world.segment_begin[1]).sum()
    reach = f.runs.window("unique_reach", "horizon")[0]
    assert reach <= f.runs.total("impressions", EMPLOYEE_POSTS, outside, ["horizon"])[0]
    assert reach <= audience
    assert reach <= f.runs.window("unique_reach_with_page", "horizon")[0]
    cells = {g: f.runs.cells("unique_reach", g)[0].sum() for g in (1, 2, 3, 4)}
    # A week may span two months: weeks bound windows, months bound quarters bound windows.
    assert cells[1] >= cells[4]
    assert cells[2] >= cells[3] >= cells[4]
    to_date = f.runs.cells("unique_reach", 5)[0]
    assert (np.diff(to_date) >= 0).all()
    assert to_date.size == 0 or to_date.max() <= audience
    by_segment = sum(f.runs.window("unique_reach", "horizon", s)[0] for s in range(1, 7))
    assert by_segment == reach


@on_examples
@given(cases())
def test_levels_are_shares(case: Case) -> None:
    """u of every viewer, awareness of every cell; favorability goes from -1 to 1."""
    f = found(case)
    lowest = {"awareness": 0, "favorability": -1}
    for name, low in lowest.items():
        level = np.asarray(f.trace[name])
        assert (level >= low).all()
        assert (level <= 1).all()
    for grain in (1, 2, 3, 4):
        for segment in (-1, *range(1, 7)):
            for name, low in lowest.items():
                cells = f.runs.cells(name, grain, segment)[0]
                assert (cells >= low).all()
                assert (cells <= 1).all()
    assert (np.asarray(f.trace["credibility"]) > 0.5).all()
    assert (np.asarray(f.trace["credibility"]) < 1.5).all()


@on_examples
@given(cases())
def test_ties_of_every_world(case: Case) -> None:
    """Rows are sorted without repeats, nobody is tied to themselves, ties are mutual: one graph of all persons."""
    world = case.world
    begin, ties = world.rows("linkedin")
    persons = (np.asarray(ties) & 0xFFFFFF).astype(np.int64)
    owner = np.repeat(np.arange(world.person_count + 1), np.diff(np.asarray(begin).astype(np.int64)))
    assert (np.diff(persons)[np.diff(owner) == 0] > 0).all()
    assert ((persons >= 0) & (persons < world.person_count)).all()
    among = owner < world.person_count  # the last row: the page's followers
    one, other = owner[among], persons[among]
    assert (one != other).all()
    pairs = one * world.person_count + other
    np.testing.assert_array_equal(np.sort(other * world.person_count + one), pairs)


@RUNS
@given(cases())
def test_an_empty_team_is_no_program(case: Case) -> None:
    empty = Case(**vars(case) | {"advocates": 0})
    none = Case(**vars(case) | {"advocates": None})
    measure = np.asarray(found(none).runs.layout["rows"]["measure"])
    people = (measure < COSTS[0]) | (measure > COSTS[1])  # a program without anybody in it is paid for all the same
    np.testing.assert_array_equal(found(empty).runs.values[:, people], found(none).runs.values[:, people])


@RUNS
@given(cases())
def test_a_page_only_run_reaches_nobody_through_employees(case: Case) -> None:
    values = dict(case.overrides) | dict(PAGE_ONLY) | {"platforms.linkedin.page_posts_per_week": 20.0}
    f = found(Case(**vars(case) | {"advocates": None, "overrides": tuple(sorted(values.items()))}))
    assert f.runs.total("posts", EMPLOYEE_POSTS, windows=cr.WINDOWS)[0] == 0
    assert f.runs.total("impressions", EMPLOYEE_POSTS, windows=cr.WINDOWS)[0] == 0
    assert f.runs.window("unique_reach")[0] == 0
    assert f.runs.window("active_sharers")[0] == 0
    assert f.runs.total("posts", ["page"], windows=cr.WINDOWS)[0] > 0


def test_firms_of_two_and_of_fifty_are_seen() -> None:
    for employees in (2, 50):
        f = found(firm(employees, employees))
        assert f.runs.total("posts", ["program"])[0] > 0
        assert f.runs.total("impressions", EMPLOYEE_POSTS)[0] > 0
        assert 0 < f.runs.window("unique_reach")[0] <= f.case.world.person_count - employees
        assert f.runs.window("audience_size")[0] > 0
