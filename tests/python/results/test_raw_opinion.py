"""Favorability of every cell, counted again from posts, acts and attended views: docs/model/awareness.md by hand."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.scenario.to_core import WORLD_GROUPS

START, WARM_UP, WEEKS, FOLLOW_UP, SEED = "2027-01-04", 2, 8, 1, 11
DAY = 1440
SEGMENTS = ["employee", "alumni", "buyer", "peer", "talent", "personal", "other"]
RESHARED = 1
P = {
    "awareness.favorability_half_life_weeks": 3.0, "awareness.valence_threshold": 0.7,
    "awareness.wear_out_exposures": 4.0, "awareness.wear_out_exponent": 0.8, "awareness.wear_out_half_life_weeks": 2.0,
    "awareness.favorability_prior": 0.2, "awareness.favorability_step": 0.15,
}  # fmt: skip
SCENARIO = gs.Scenario(
    gs.Company.synthetic(employees=60), start=START, weeks=WEEKS, warm_up_weeks=WARM_UP, follow_up_weeks=FOLLOW_UP,
    program=gs.Program(select=gs.Selection(), mode="mandatory", posts_per_week=14.0, guidelines=0.5),
).replace({
    **P, "platforms.linkedin.reshare": 0.02, "platforms.linkedin.connections_mean": 80.0,
    "participation.negative_posts": 0.1, "participation.negative_posts_without_guidelines": 0.05,
})  # fmt: skip


class Raw:
    """One run as its events."""

    def __init__(self) -> None:
        parameters = SCENARIO.core_parameters()
        own = {name: parameters[name] for name in WORLD_GROUPS}
        self.world = _core.build_world(SCENARIO.company.core_input(), own, SEED, 0, 1)
        self.trace = _core.trace(self.world, _core.Design(**SCENARIO.core_design()), 0)
        self.begin = np.asarray(self.world.segment_begin).astype(int)
        self.persuasion = np.asarray(self.world.attributes["persuasion"])

    def susceptibility(self, person: int) -> float:
        """From its level: steps of 4 % on a logarithmic scale."""
        return math.exp(-5.12 + 0.04 * int(np.asarray(self.world.persons)[person, 5]))

    def carrier(self, post: int, act: int) -> float:
        """Persuasion of whom the viewer sees as the author: the last who reshared it, else who wrote it."""
        acts = self.trace["acts"]
        while act >= 0:
            if acts["kind"][act] == RESHARED:
                return self.of_person(int(acts["person"][act]))
            act = int(acts["parent"][act])
        return self.of_person(int(self.trace["posts"]["author"][post]))

    def of_person(self, person: int) -> float:
        """1 of the page and of persons outside."""
        return float(self.persuasion[person]) if person < len(self.persuasion) else 1.0


class Opinions:
    """Every person's favorability, followed from view to view."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.state: dict[int, tuple[float, float, int]] = {}  # favorability, exposures, minute
        self.valences: list[tuple[float, float]] = []  # exposures before, valence
        self.levels: list[list[float]] = []  # by day, sums by segment above the prior

    def at(self, person: int, minute: int) -> tuple[float, float]:
        prior = P["awareness.favorability_prior"]
        if person not in self.state:
            return prior, 0.0
        f, n, last = self.state[person]
        weeks = (minute - last) / (7 * DAY)
        faded = prior + (f - prior) * 0.5 ** (weeks / P["awareness.favorability_half_life_weeks"])
        return faded, n * 0.5 ** (weeks / P["awareness.wear_out_half_life_weeks"])

    def see(self, view: int) -> None:
        views, posts = self.raw.trace["views"], self.raw.trace["posts"]
        person, post, minute = int(views["viewer"][view]), int(views["post"][view]), int(views["minute"][view])
        f, n = self.at(person, minute)
        assert views["exposures"][view] == pytest.approx(n, rel=1e-6)
        a, negative = float(posts["authenticity"][post]), bool(posts["negative"][post])
        v = -1.0 if negative else self.valence(a, n)
        w = self.raw.carrier(post, int(views["act"][view])) * self.raw.susceptibility(person) * a
        step = P["awareness.favorability_step"]
        f = v + (f - v) / (1 + (2 if negative else 1) * w * step / (1 - step))
        self.state[person] = (f, n + 1, minute)
        self.valences.append((n, v))

    def valence(self, a: float, n: float) -> float:
        cold = P["awareness.valence_threshold"]
        worn = min(1.0, (P["awareness.wear_out_exposures"] / n) ** P["awareness.wear_out_exponent"]) if n else 1.0
        return max(-1.0, min(1.0, (a * worn - cold) / (1 - cold)))

    def close(self, day: int) -> None:
        sums: dict[int, float] = defaultdict(float)
        for person in self.state:
            segment = int(np.searchsorted(self.raw.begin, person, side="right")) - 1
            sums[segment] += self.at(person, (day + 1) * DAY)[0] - P["awareness.favorability_prior"]
        self.levels.append([sums[s] for s in range(len(SEGMENTS))])


@pytest.fixture(scope="module")
def opinions() -> Opinions:
    found = Opinions(Raw())
    views = found.raw.trace["views"]
    attended = np.flatnonzero(np.asarray(views["attended"]))
    day = np.asarray(views["minute"]).astype(int)[attended] // DAY
    for today in range(7 * (WARM_UP + WEEKS + FOLLOW_UP)):
        for view in attended[day == today]:  # the trace lists views in the order of each viewer's events
            found.see(int(view))
        found.close(today)
    return found


@pytest.fixture(scope="module")
def result() -> gs.Results:
    return gs.simulate(SCENARIO, worlds=1, replicates=1, seed=SEED, progress=False)


def test_the_run_has_everything_in_it(opinions: Opinions) -> None:
    """Exposures before and after wear-out, valences of all signs, negative posts, reshares, people who dislike."""
    exposures, valences = (np.array(column) for column in zip(*opinions.valences, strict=True))
    assert len(valences) > 2_000
    assert (exposures > P["awareness.wear_out_exposures"]).sum() > 300
    assert min((valences == 1).sum(), (valences == -1).sum(), (np.abs(valences) < 1).sum()) > 50
    posts, acts = opinions.raw.trace["posts"], opinions.raw.trace["acts"]
    assert min(np.asarray(posts["negative"]).sum(), (np.asarray(acts["kind"]) == RESHARED).sum()) > 10
    assert min(f for f, _, _ in opinions.state.values()) < 0 < max(f for f, _, _ in opinions.state.values())


def test_persons_at_the_end(opinions: Opinions) -> None:
    trace = opinions.raw.trace
    found = dict(zip(trace["viewer"].tolist(), trace["favorability"].tolist(), strict=True))
    for person, (f, _, _) in opinions.state.items():
        assert found[person] == pytest.approx(f, abs=2e-6)
    for person in set(found) - set(opinions.state):
        assert found[person] == np.float32(P["awareness.favorability_prior"])


@pytest.mark.parametrize("segment", [None, *SEGMENTS[1:]])
def test_favorability_of_every_week_is_that_of_the_persons(
    opinions: Opinions, result: gs.Results, segment: str | None
) -> None:
    """The mean over a segment's persons at the end of each week, whoever was never reached included."""
    by = ["week"] if segment is None else ["week", "segment"]
    frame = result.frame("favorability", by=by, window="all")
    if segment is not None:
        frame = frame[frame["segment"] == segment]
    begin, chosen = opinions.raw.begin, range(1, 7) if segment is None else [SEGMENTS.index(segment)]
    persons = sum(int(begin[s + 1] - begin[s]) for s in chosen)
    expected = [
        P["awareness.favorability_prior"] + math.fsum(opinions.levels[7 * week + 6][s] for s in chosen) / persons
        for week in range(WARM_UP + WEEKS + FOLLOW_UP)
    ]
    assert frame["mean"].tolist() == pytest.approx(expected, abs=1e-8)
    assert np.ptp(expected) > 1e-6


def test_levels_of_other_grains_are_those_of_their_last_day(opinions: Opinions, result: gs.Results) -> None:
    begin = opinions.raw.begin
    persons = int(begin[7] - begin[1])

    def level(day: int) -> float:
        return P["awareness.favorability_prior"] + sum(opinions.levels[day][1:]) / persons

    horizon, end = 7 * (WARM_UP + WEEKS) - 1, 7 * (WARM_UP + WEEKS + FOLLOW_UP) - 1
    assert result.frame("favorability")["mean"].item() == pytest.approx(level(horizon), abs=1e-8)
    for time in ("week", "month", "quarter"):
        last: Any = result.frame("favorability", by=time, window="all")["mean"].iloc[-1]
        assert last == pytest.approx(level(end), abs=1e-8)
