"""One replicate of a case by the engine and by the twin, and what must be the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from . import compare, tally
from .case import CASES, Case, core_selection
from .program_cases import PROGRAM_CASES
from .records import Trace
from .rows import Expected, Row
from .selection import connections, fit, score, select
from .twin import run
from .world_view import Design, WorldView

core: Any = import_module("groundswell._core")


@dataclass(frozen=True)
class Pair:
    """One replicate of a case by both."""

    case: Case
    parameters: dict[str, Any]
    core_world: Any
    world: WorldView
    twin: Trace
    engine: dict[str, Any]
    values: dict[Row, float]
    layout: dict[str, Any]
    people: npt.NDArray[np.float64]  # [employee, measure]
    cascades: dict[str, Any]
    design: Design

    def expected(self) -> Expected:
        return Expected(self.twin, self.world, self.design, self.parameters, self.layout)


@cache
def cached_pair(name: str) -> Pair:
    return pair_of({**CASES, **PROGRAM_CASES}[name])


def pair_of(chosen: Case) -> Pair:
    parameters = chosen.parameters(core)
    world, view = chosen.build(core, parameters)
    design = chosen.core_design(core, parameters)
    first = chosen.replicate
    [(values, finished, stats)] = core.run(world, [design], first, first + 1, 1, people=True, cascades=True)
    assert np.asarray(finished).all()
    layout = core.layout(design)
    return Pair(
        case=chosen,
        parameters=parameters,
        core_world=world,
        world=view,
        twin=run(view, parameters, chosen.design(view), first),
        engine=core.trace(world, design, first),
        values=_by_name(layout["rows"], values[0]),
        layout=layout,
        people=np.asarray(stats["people"][0]),
        cascades=stats["cascades"],
        design=chosen.design(view),
    )


def _by_name(rows: dict[str, Any], values: npt.NDArray[np.float64]) -> dict[Row, float]:
    names = {measure["id"]: measure["name"] for measure in core.measures()}
    table = np.column_stack([rows[column] for column in Row._fields]).astype(int).tolist()
    return {Row(names[m], *rest): float(value) for (m, *rest), value in zip(table, values, strict=True)}


def assert_same_posts(pair: Pair) -> None:
    posts = compare.in_order(pair.engine["posts"], "identity")
    ours = compare.in_order(compare.twin_posts(pair.twin), "identity")
    assert compare.mismatches(ours, posts, compare.POST_NAMES) == []
    ours, posts = compare.company_related(ours), compare.company_related(posts)
    assert compare.mismatches(ours, posts, compare.ITEM_NAMES) == []


def assert_same_acts(pair: Pair) -> None:
    """In the order in which they happen: surfacing and reshares, those that nobody sees included."""
    acts, ours = compare.engine_acts(pair.engine), compare.twin_acts(pair.twin)
    assert compare.mismatches(ours, acts, compare.ACT_NAMES) == []


def assert_same_views(pair: Pair) -> None:
    views = compare.in_order(compare.engine_views(pair.engine), "identity", "act", "viewer")
    ours = compare.in_order(compare.twin_views(pair.twin), "identity", "act", "viewer")
    assert compare.mismatches(ours, views, compare.VIEW_NAMES) == []


def assert_same_viewers(pair: Pair) -> None:
    """u and favorability of every person with an attended impression; credibility of every author."""
    viewers = pair.engine["viewer"].tolist()
    engine_u = dict(zip(viewers, pair.engine["awareness"].tolist(), strict=True))
    engine_favorability = dict(zip(viewers, pair.engine["favorability"].tolist(), strict=True))
    attended = sorted(pair.twin.u)
    assert {viewer: engine_u.get(viewer) for viewer in attended} == pair.twin.u
    assert {viewer: engine_favorability.get(viewer) for viewer in attended} == pair.twin.favorability
    assert all(engine_u[viewer] == 0 for viewer in set(viewers) - set(attended))
    np.testing.assert_allclose(pair.engine["credibility"], pair.twin.credibility, rtol=1e-12, atol=0)


def assert_same_segment_sums(pair: Pair) -> None:
    """U and F of each segment, employees included, at the end of each day; F may cross zero."""
    np.testing.assert_allclose(pair.engine["segment_lift"], pair.twin.daily_u, rtol=1e-12, atol=0)
    np.testing.assert_allclose(pair.engine["segment_favor"], pair.twin.daily_rise, rtol=1e-12, atol=1e-12)


def assert_same_members(pair: Pair) -> None:
    """State and motivation of every employee on every day of the horizon."""
    found, days = pair.engine["members"], pair.twin.members
    states = [[member.state for member in day] for day in days]
    np.testing.assert_array_equal(found["state"], states)
    motivation = [[member.motivation for member in day] for day in days]
    np.testing.assert_allclose(found["motivation"], motivation, rtol=1e-11, atol=1e-14)


def assert_same_selection(pair: Pair) -> None:
    selection = pair.case.selection
    if selection is None:
        return
    found = core.select(pair.core_world, core_selection(selection))
    picked = select(pair.world, selection)
    for name in ("employee", "wave", "day"):
        assert np.asarray(found[name]).tolist() == [getattr(p, name) for p in picked], name
    world, people = pair.world, [p.employee for p in picked]
    columns: dict[str, list[float]] = {
        "connections": [connections(world, selection, i) for i in people],
        "fit": [fit(world, selection, i) for i in people],
        "score": [score(world, selection, i) for i in people],
        "activity": [world.social_activity[i] for i in people],
        "persuasion": [world.persuasion[i] for i in people],
        "willingness": [world.willingness[i] for i in people],
        "readiness": [world.readiness[i] for i in people],
    }
    for name, ours in columns.items():
        np.testing.assert_allclose(found[name], ours, rtol=1e-13, err_msg=name)


def assert_same_values(pair: Pair) -> None:
    """Every row of the layout."""
    expected = pair.expected()
    ours = {row: expected.value(row) for row in pair.values}
    different = {
        row: (ours[row], value)
        for row, value in pair.values.items()
        if not np.isclose(ours[row], value, rtol=1e-11, atol=1e-12, equal_nan=True)
    }
    assert different == {}, f"{len(different)} of {len(ours)} rows (twin, engine)"
    missing = {row for row, value in expected.sums.items() if value != 0} - set(ours)
    assert missing == set()


def assert_same_people(pair: Pair) -> None:
    assert core.author_measures() == list(tally.AUTHOR_MEASURES)
    np.testing.assert_array_equal(pair.people, tally.by_author(pair.twin, pair.world, pair.design))


def assert_same_cascades(pair: Pair) -> None:
    """Acts numbered in their post, with the views that each brought."""
    company = [post for post in pair.twin.posts if post.company]
    posts, found = pair.cascades["posts"], pair.cascades
    for name, values in (
        ("author", [p.author for p in company]),
        ("source", [tally.SOURCE[p.process] for p in company]),
        ("platform", [p.platform for p in company]),
        ("day", [p.day for p in company]),
    ):
        assert np.asarray(posts[name]).tolist() == values, name
    for name, values in tally.cascades(pair.twin).items():
        assert np.asarray(found[name]).tolist() == values, name


CHECKS = (
    assert_same_selection,
    assert_same_posts,
    assert_same_acts,
    assert_same_views,
    assert_same_viewers,
    assert_same_segment_sums,
    assert_same_members,
    assert_same_values,
    assert_same_people,
    assert_same_cascades,
)


def assert_all_the_same(pair: Pair) -> None:
    """All checks are made; the message has those that fail."""
    failed = []
    for check in CHECKS:
        try:
            check(pair)
        except AssertionError as error:
            failed.append(f"{check.__name__}: {error}")
    assert not failed, "\n".join(failed)
