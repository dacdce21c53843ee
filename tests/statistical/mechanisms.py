"""Every mechanism switched off by its parameter: what must change, in which direction, by how much.

`python -m tests.statistical.mechanisms` measures all rows and writes docs/results/mechanisms.md.
"""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from groundswell.validation.runs import spreads

from . import core_runs as cr

SEED, WORLDS, REPLICATES = 7, (0, 1), 5
TRACED_REPLICATES = 10  # spreads over the posts of a run are noisier than totals
REPORT = Path(__file__).parents[2] / "docs" / "results" / "mechanisms.md"
EMPLOYEE_POSTS = ("program", "organic")


@dataclass(frozen=True)
class Scenario:
    """A named scenario of docs, shortened where a year would be long."""

    name: str
    advocates: int
    posts_per_week: float
    company_content_fraction: float
    warm_up_weeks: int
    weeks: int
    follow_up_weeks: int
    employees: int = 1_000
    traced: bool = False
    fixed: cr.Overrides = ()  # the same with the mechanism on and off

    def design(self, overrides: cr.Overrides) -> Any:
        return cr.design(
            (*self.fixed, *overrides),
            cr.program(self.advocates, self.posts_per_week, self.company_content_fraction),
            self.weeks,
            self.warm_up_weeks,
            self.follow_up_weeks,
        )

    @property
    def text(self) -> str:
        return f"{self.name}, {self.warm_up_weeks} + {self.weeks} + {self.follow_up_weeks} weeks"


FLOODING = Scenario("flooding", 1_000, 7, 1.0, 2, 4, 2)
DEFAULT = Scenario("default", 100, 4, 0.5, 8, 26, 4)
FIRST_HOP = Scenario(
    "default, first hop", 100, 4, 0.5, 8, 26, 4,
    fixed=(("platforms.linkedin.surfaced_views", 0.0), ("platforms.linkedin.reshare_views", 0.0)),
)  # fmt: skip
TRACED = Scenario("default", 100, 4, 0.5, 0, 8, 4, traced=True)
VISIBILITY_APPEAL = (("content.appeal_visibility_log_sd", 0.0), ("content.appeal_visibility_page_log_sd", 0.0))
# What is spread widely engages less per view: where posts differ in views, appeal for engagement evens engagements out.
EQUALLY_VISIBLE = Scenario("default, posts equally visible", 100, 4, 0.5, 0, 8, 4, traced=True, fixed=VISIBILITY_APPEAL)


@dataclass(frozen=True)
class Outcome:
    """All that one design gave in one world: runs, or traces of the runs where posts are needed one by one."""

    world: Any
    runs: cr.Runs
    traces: tuple[dict[str, Any], ...]


Take = Callable[[Outcome], cr.Floats]


@dataclass(frozen=True)
class Row:
    mechanism: str
    off: cr.Overrides
    scenario: Scenario
    measure: str
    take: Take  # one number a run
    direction: int  # of the measure, when the mechanism is switched off
    least: float  # relative to the mean with the mechanism on


@functools.lru_cache(maxsize=64)
def outcome(scenario: Scenario, index: int, overrides: cr.Overrides) -> Outcome:
    world = cr.world(scenario.employees, SEED, index, tuple(o for o in overrides if cr.is_world(o[0])))
    design = scenario.design(overrides)
    if not scenario.traced:
        return Outcome(world, cr.run(world, design, REPLICATES), ())
    traces = tuple(cr.core.trace(world, design, r) for r in range(TRACED_REPLICATES))
    return Outcome(world, cr.Runs(cr.core.layout(design), np.stack([t["values"] for t in traces])), traces)


@dataclass(frozen=True)
class Effect:
    on: float
    off: float
    relative: float
    p: float  # one-sided, in the stated direction
    pairs: int


def paired(on: cr.Floats, off: cr.Floats, direction: int) -> Effect:
    """Paired t test of off − on; a difference that is the same in every pair has p = 0."""
    difference = off - on
    if np.ptp(difference) == 0:
        p = 0.0 if direction * difference[0] > 0 else 1.0
    else:
        p = float(stats.ttest_1samp(direction * difference, 0, alternative="greater").pvalue)
    mean_on, mean_off = float(on.mean()), float(off.mean())
    return Effect(mean_on, mean_off, mean_off / mean_on - 1, p, len(on))


def effect(row: Row) -> Effect:
    on = np.concatenate([row.take(outcome(row.scenario, w, ())) for w in WORLDS])
    off = np.concatenate([row.take(outcome(row.scenario, w, row.off)) for w in WORLDS])
    return paired(on, off, row.direction)


def total(name: str, sources: tuple[str, ...] = EMPLOYEE_POSTS) -> Take:
    return lambda o: o.runs.total(name, sources)


def ratio(above: str, below: str, sources: tuple[str, ...] = EMPLOYEE_POSTS) -> Take:
    return lambda o: o.runs.total(above, sources) / o.runs.total(below, sources)


def organic_posts(o: Outcome) -> cr.Floats:
    return o.runs.total("posts", ["organic"]) + o.runs.total("other_posts", ["organic"])


def segment_ratio(above: str, below: str, one: str, other: str) -> Take:
    """(above / below) in one segment over the same in another."""

    def take(o: Outcome) -> cr.Floats:
        def rate(segment: str) -> cr.Floats:
            top = o.runs.total(above, EMPLOYEE_POSTS, [segment])
            return top / o.runs.total(below, EMPLOYEE_POSTS, [segment])

        return rate(one) / rate(other)

    return take


def segment_share(segment: str) -> Take:
    def take(o: Outcome) -> cr.Floats:
        part = o.runs.total("impressions", EMPLOYEE_POSTS, [segment])
        return part / o.runs.total("impressions", EMPLOYEE_POSTS)

    return take


def awareness_lift(window: str) -> Take:
    """Awareness of all persons outside of the company, above what it is without any exposure."""
    awareness = cr.parameters()["awareness"]

    def take(o: Outcome) -> cr.Floats:
        sizes = np.diff(np.asarray(o.world.segment_begin, dtype=float))[1:]
        names = cr.SEGMENTS[1:]
        bases = [awareness.get(f"baseline_{name}", awareness["baseline_other"]) for name in names]
        return o.runs.window("awareness", window) - float(np.average(bases, weights=sizes))

    return take


def favorability_rise(window: str) -> Take:
    """Favorability of all persons outside of the company, above what it is without any exposure."""
    prior = float(cr.parameters()["awareness"]["favorability_prior"])
    return lambda o: o.runs.window("favorability", window) - prior


def unique_over_views(o: Outcome) -> cr.Floats:
    outside = cr.SEGMENTS[1:]
    views = o.runs.total("impressions", EMPLOYEE_POSTS, outside, ["horizon"])
    return o.runs.window("unique_reach") / views


def post_spread(flag: str) -> Take:
    """Standard deviation over mean, over program posts, of their views with this reaction."""

    def one(trace: dict[str, Any]) -> float:
        posts, views = trace["posts"], trace["views"]
        mine = (np.asarray(posts["process"]) == 2) & np.asarray(posts["company"])
        counts = np.bincount(np.asarray(views["post"])[np.asarray(views[flag])], minlength=len(mine))[mine]
        return float(counts.std() / counts.mean())

    return lambda o: np.array([one(t) for t in o.traces])


def spread_within_authors(o: Outcome) -> cr.Floats:
    """Log-sd of views between the company posts of one author, mean over authors with ten posts or more."""
    rows = range(o.world.employees)

    def one(trace: dict[str, Any]) -> float:
        posts, views = trace["posts"], trace["views"]
        seen = np.bincount(np.asarray(views["post"])[np.asarray(views["refusal"]) == 0], minlength=len(posts["author"]))
        mine = np.asarray(posts["company"]) & (np.asarray(posts["author"]) < len(rows))
        return spreads.within_authors(np.asarray(posts["author"])[mine], seen[mine], least=10)

    return np.array([one(t) for t in o.traces])


def unique_over_sum(people: int) -> Take:
    """Distinct connections of random people over the sum of their connections; five draws a world."""

    def take(o: Outcome) -> cr.Floats:
        begin, words = (np.asarray(part) for part in o.world.employee_rows("linkedin"))
        persons = words & 0xFFFFFF
        found = []
        for draw in range(REPLICATES):
            chosen = np.random.default_rng([draw]).choice(o.world.employees, people, replace=False)
            ties = np.concatenate([persons[begin[i] : begin[i + 1]] for i in chosen])
            found.append(len(np.unique(ties)) / len(ties))
        return np.array(found)

    return take


CURVE = (1.0, 2.0, 4.0, 7.0, 14.0)  # posts a week of the half that changes
CURVE_REPLICATES = 6


@functools.cache
def flooding_curve() -> cr.Floats:
    """Views of the posts of one half of flooding, by run and cadence of the other half: (replicates, cadences).

    A random half are unprompted sharers and post 7 times a week in every design (organic company posts); the others
    are the advocates. Everything is company content.
    """
    overrides = (
        ("audience.unprompted_share", 0.5),
        ("posting.organic_company_posts_per_month", 7 * 365.25 / 84),
        ("posting.other_posts_per_month", 0.0),
    )
    world = cr.world(FLOODING.employees, SEED, 0, overrides[:1])
    half = np.flatnonzero(np.asarray(world.sharer) == 0).tolist()
    runs = [
        cr.run(world, cr.design(overrides, cr.program(half, cadence, 1.0), 4, 2, 2), CURVE_REPLICATES)
        for cadence in CURVE
    ]
    posts = [r.total("posts", ["organic"]) for r in runs]
    assert all((p == posts[0]).all() for p in posts)  # the fixed half does the same in every design
    return np.column_stack([r.total("impressions", ["organic"]) for r in runs])


SAME_DAY = (("feed.same_day_second", 1.0), ("feed.same_day_third", 1.0))
APPEAL = (("content.appeal_engage_log_sd", 0.0), ("content.appeal_reshare_log_sd", 0.0))
CIRCLES = (("audience.department_homophily", 0.0), ("audience.copying_share", 0.0))
EXPONENTS = tuple((f"feed.affinity_{r}", 0.0) for r in ("engage", "click", "reshare", "mute"))
NO_MUTES = (("platforms.linkedin.mute", 0.0),)

ROWS = (
    Row("viewer limit", (("feed.viewer_limit", math.inf),), FLOODING, "impressions", total("impressions"), 1, 0.11),
    Row("same-day repeat", SAME_DAY, FLOODING, "impressions", total("impressions"), 1, 0.09),
    Row("identical copies", (("feed.identical_copy", 1.0),), FLOODING, "impressions", total("impressions"), 1, 0.007),
    Row("credibility slope", (("credibility.credibility_slope", 0.0),), DEFAULT, "impressions of program posts",
        total("impressions", ("program",)), 1, 0.06),
    Row("credibility slope", (("credibility.credibility_slope", 0.0),), FLOODING, "impressions",
        total("impressions"), 1, 0.15),
    Row("mutes", NO_MUTES, FLOODING, "impressions", total("impressions"), 1, 0.00015),
    Row("mutes", NO_MUTES, DEFAULT, "impressions, page included", total("impressions", cr.SOURCES), 1, 0.0004),
    Row("attention", (("platforms.linkedin.attention", 1.0),), DEFAULT, "attended per impression",
        ratio("attended_impressions", "impressions"), 1, 0.9),
    Row("attention", (("platforms.linkedin.attention", 1.0),), DEFAULT, "awareness above its baseline",
        awareness_lift("horizon"), 1, 0.28),
    Row("repeat curve", (("feed.repeat_floor", 1.0),), FLOODING, "engagements", total("engagements"), 1, 0.0065),
    Row("affinity in visibility", (("audience.affinity_visible", 0.0),), DEFAULT,
        "personal share of impressions", segment_share("personal"), 1, 0.07),
    Row("affinity in reactions", EXPONENTS, DEFAULT, "engagement rate, buyer over personal",
        segment_ratio("engagements", "impressions", "buyer", "personal"), -1, 0.18),
    Row("affinity in visibility and reactions", (("audience.affinity_visible", 0.0), *EXPONENTS), DEFAULT,
        "clicks, buyer over personal, per impression",
        segment_ratio("clicks", "impressions", "buyer", "personal"), -1, 0.15),
    Row("affinity of followers", (("audience.follower_affinity_exponent", 0.0),), DEFAULT,
        "engagements per impression of page posts", ratio("engagements", "impressions", ("page",)), -1, 0.1),
    Row("homophily and copying", CIRCLES, DEFAULT, "unique / sum, 300 random employees",
        unique_over_sum(300), 1, 0.02),
    Row("homophily and copying", CIRCLES, FIRST_HOP, "unique reach per impression", unique_over_views, 1, 0.006),
    Row("surfacing", (("platforms.linkedin.surfaced_views", 0.0),), DEFAULT, "impressions",
        total("impressions"), -1, 0.2),
    Row("reshares", (("platforms.linkedin.reshare_views", 0.0),), DEFAULT, "impressions",
        total("impressions"), -1, 0.01),
    Row("decay of surfacing", (("platforms.linkedin.surfacing_decay", 1.0),), DEFAULT, "impressions",
        total("impressions"), 1, 0.01),
    Row("decay of reactions", (("platforms.linkedin.reaction_decay", 1.0),), DEFAULT, "impressions",
        total("impressions"), 1, 0.1),
    Row("appeal variance", APPEAL, EQUALLY_VISIBLE, "sd / mean of engagements over program posts",
        post_spread("engaged"), -1, 0.09),
    Row("appeal variance", APPEAL, TRACED, "sd / mean of reshares over program posts",
        post_spread("reshared"), -1, 0.11),
    Row("visibility appeal", VISIBILITY_APPEAL, TRACED, "log-sd of views between the posts of one author",
        spread_within_authors, -1, 0.25),
    Row("displacement", (("posting.displacement", 0.0),), DEFAULT, "organic posts", organic_posts, 1, 0.04),
    Row("decay of awareness", (("awareness.half_life_weeks", math.inf),), DEFAULT,
        "awareness above its baseline, end of follow-up", awareness_lift("follow_up"), 1, 3.5),
    Row("fading of favorability", (("awareness.favorability_half_life_weeks", math.inf),), DEFAULT,
        "favorability above its prior, end of follow-up", favorability_rise("follow_up"), 1, 0.27),
    Row("valence", (("awareness.valence_threshold", 0.0),), DEFAULT, "favorability above its prior",
        favorability_rise("horizon"), 1, 0.08),
    Row("wear-out", (("awareness.wear_out_exponent", 0.0),), FLOODING, "favorability above its prior",
        favorability_rise("horizon"), 1, 0.003),
)  # fmt: skip


def report(effects: list[Effect], seconds: float) -> str:
    """The page of the rows here as Markdown."""
    constants = ", ".join(f"{k} {v:.4g}" for k, v in cr.solved_constants().items())
    lines = [
        "# What each mechanism does",
        "",
        f"Written by `python -m tests.statistical.mechanisms` on {datetime.now(UTC).date()}, {seconds:.0f} s on a",
        "shared machine (two cores, a compiler and tests beside it).",
        f"Platform constants: {constants}.",
        "",
        "Each mechanism is switched off by its parameter in an otherwise unchanged scenario and compared with the same",
        f"worlds and replicates (seed {SEED}, {len(WORLDS)} worlds x {REPLICATES} replicates). Effect: relative change",
        "of the mean when the mechanism is switched *off*. p: one-sided paired t test over runs; `make test` asks for",
        "p < .001 and at least the effect of the last column, about half of what was measured when it was set.",
        "Scenario: weeks of warm-up + horizon + follow-up, shorter than a year so that the suite is; totals to",
        "completion; impressions are of employees' posts unless said. Constants of the platform are not solved again.",
        "",
        "| mechanism off | parameters | scenario | measure | on | off | effect | p | least |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row, e in zip(ROWS, effects, strict=True):
        off = ", ".join(f"`{name}` {value:g}" for name, value in row.off)
        p = "< 1e-12" if e.p < 1e-12 else f"{e.p:.1g}"
        lines.append(
            f"| {row.mechanism} | {off} | {row.scenario.text} | {row.measure} | {e.on:.5g} | {e.off:.5g} "
            f"| {100 * e.relative:+.3g} % | {p} | {100 * row.direction * row.least:+.3g} % |"
        )
    return "\n".join([*lines, "", *curve_lines(flooding_curve())]) + "\n"


def curve_lines(views: cr.Floats) -> list[str]:
    """The flooding curve as Markdown."""
    lines = [
        "## Flooding: what the others' posts lose",
        "",
        f"{FLOODING.employees:,} employees, everything company content, one world, {CURVE_REPLICATES} replicates,",
        "2 + 4 + 2 weeks. A random half posts 7 times a week in every design (as organic posts of unprompted sharers,",
        "since a design has one cadence), the other half are advocates at the cadence of the row.",
        "",
        "| posts a week of the advocates | views of the other half's posts | against the row above | p (paired t) |",
        "|---|---|---|---|",
        f"| {CURVE[0]:g} | {views[:, 0].mean():,.0f} | | |",
    ]
    for k in range(1, len(CURVE)):
        e = paired(views[:, k - 1], views[:, k], -1)
        lines.append(f"| {CURVE[k]:g} | {e.off:,.0f} | {100 * e.relative:+.2f} % | {e.p:.1g} |")
    return lines


def main() -> None:
    """Measure every row, of programs too, and write the page."""
    from . import program_mechanisms

    started = time.monotonic()
    measured = [effect(row) for row in ROWS]
    flooding_curve()
    page = report(measured, time.monotonic() - started)
    REPORT.write_text(page + "\n" + program_mechanisms.section(), encoding="utf-8")


if __name__ == "__main__":
    main()
