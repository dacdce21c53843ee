"""Mechanisms of programs, each switched off by its lever or parameter: rows of docs/results/mechanisms.md."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from . import core_runs as cr
from .mechanisms import Effect, paired

SEED, WORLDS, REPLICATES = 7, (0, 1), 12
EMPLOYEES, WEEKS, FOLLOW_UP = 300, 26, 2
REMOVED = 91  # day of the horizon
ENROLLMENT = ("participation.enrollment_rate", 0.065)  # more members than by default: small companies are enough
NEWCOMERS = 150  # the first employees, where tenure is given: new, the others ten years
GROUP, MEMBERS = 60, 60
LEFT = 5  # state of a member in the trace
Levers = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Side:
    """A program for everybody, a group of active advocates, or one that runs: levers, parameters, levers later on."""

    levers: Levers = ()
    overrides: cr.Overrides = ()
    later: Levers = ()  # from REMOVED on
    once: bool = False  # later, for one day
    traced: bool = False
    advocates: str = ""  # in place of the invited: a "random" group, or the same people "named"
    running: str = ""  # in place of them: a program whose members' "pace" is known or "unknown", or which is "stopped"

    def design(self, world: Any) -> Any:
        program = self.program(world)
        if self.later:
            settings = program["periods"][0]["settings"] | dict(self.later)
            program["periods"].append({"first_day": REMOVED, "settings": settings})
            if self.once:
                program["periods"].append({**program["periods"][0], "first_day": REMOVED + 1})
        tenure = np.repeat([0.0, 10.0], [NEWCOMERS, EMPLOYEES - NEWCOMERS])
        return cr.core.Design(
            parameters=cr.parameters((ENROLLMENT, *self.overrides)), start=cr.START, warm_up_weeks=0, weeks=WEEKS,
            follow_up_weeks=FOLLOW_UP, program=None if self.running else program,
            tenure_years=tenure if self.traced else None, running=self.running_program(),
        )  # fmt: skip

    def program(self, world: Any) -> Any:
        if not self.advocates:
            return cr.invited(None, **dict(self.levers))
        order = np.asarray(world.advocate_order)[:GROUP].tolist()
        return cr.program(GROUP if self.advocates == "random" else order)

    def running_program(self) -> dict[str, Any] | None:
        """The first employees, who joined half a year ago and write one post a week."""
        if not self.running:
            return None
        return {
            "members": np.arange(MEMBERS, dtype=np.uint32),
            "days": np.full(MEMBERS, 182, dtype=np.int32),
            "posts_per_week": np.full(MEMBERS, np.nan if self.running == "unknown" else 1.0),
            "settings": cr.SETTINGS,
            "stops": self.running == "stopped",
        }


@dataclass(frozen=True)
class Outcome:
    """What one side gave in one world: runs, and by replicate the members' states where it is traced."""

    runs: cr.Runs
    states: tuple[Any, ...]


Take = Callable[[Outcome], cr.Floats]


@dataclass(frozen=True)
class Row:
    mechanism: str
    on: Side
    off: Side
    measure: str
    take: Take  # one number a run
    direction: int  # of the measure, when the mechanism is switched off
    least: float  # relative to the mean with the mechanism on

    @property
    def switch(self) -> str:
        """How it is switched off."""
        if self.off.advocates != self.on.advocates:
            return "the same people, named"
        if self.off.running != self.on.running:
            return {"unknown": "pace not known", "stopped": "`running_program` stop"}[self.off.running]
        if self.off.overrides != self.on.overrides:
            return ", ".join(f"`{name}` {value:g}" for name, value in self.off.overrides)
        if self.off.later != self.on.later:
            return "no relaunch" if self.on.once else "no removal"
        return ", ".join(f"`program.{name}` 0" for name, _ in self.on.levers if (name, _) not in self.off.levers)

    @property
    def text(self) -> str:
        """The scenario."""
        levers = ", ".join(f"{name} {value:g}" for name, value in self.on.levers)
        later = ", ".join(f"{name} {value:g} from day {REMOVED}" for name, value in self.on.later)
        if self.on.once:
            later = f"relaunch on day {REMOVED}"
        who = f"{GROUP} random advocates" if self.on.advocates else "program for all"
        if self.on.running:
            who = f"{MEMBERS} members, 1 post a week each"
        return "; ".join(part for part in (who, levers, later) if part)


@functools.lru_cache(maxsize=96)
def outcome(side: Side, index: int) -> Outcome:
    world = cr.world(EMPLOYEES, SEED, index)
    design = side.design(world)
    if not side.traced:
        return Outcome(cr.run(world, design, REPLICATES), ())
    traces = [cr.core.trace(world, design, r) for r in range(REPLICATES)]
    runs = cr.Runs(cr.core.layout(design), np.stack([t["values"] for t in traces]))
    return Outcome(runs, tuple(np.asarray(t["members"]["state"]) for t in traces))


def effect(row: Row) -> Effect:
    """What the measure does without the mechanism, over the same worlds and replicates."""
    on, off = (np.concatenate([row.take(outcome(side, w)) for w in WORLDS]) for side in (row.on, row.off))
    return paired(on, off, row.direction)


def total(name: str) -> Take:
    return lambda o: o.runs.total(name, ("program",))


def level(name: str) -> Take:
    return lambda o: o.runs.window(name)


def ratio(above: str, below: str) -> Take:
    return lambda o: o.runs.total(above, ("program",)) / o.runs.total(below, ("program",))


def days(first: int, end: int) -> Take:
    """Program posts about the company on these days of the horizon, which begin and end a fragment."""

    def take(o: Outcome) -> cr.Floats:
        rows, fragments = o.runs.layout["rows"], o.runs.layout["fragments"]
        inside = (np.asarray(fragments["first_day"]) >= first) & (np.asarray(fragments["end_day"]) <= end)
        keep = (rows["measure"] == cr.measure("posts")["id"]) & (rows["grain"] == 0) & (rows["source"] == 0)
        keep &= inside[np.where(keep, rows["period"], 0)]
        result: cr.Floats = o.runs.values[:, keep].sum(axis=1)
        return result

    return take


def late_enrollments(o: Outcome) -> cr.Floats:
    """From the day of the relaunch on."""
    rows, fragments = o.runs.layout["rows"], o.runs.layout["fragments"]
    keep = (rows["measure"] == cr.measure("enrollments")["id"]) & (rows["grain"] == 0)
    keep &= (np.asarray(fragments["first_day"]) >= REMOVED)[np.where(keep, rows["period"], 0)]
    result: cr.Floats = o.runs.values[:, keep].sum(axis=1)
    return result


def page_impressions(o: Outcome) -> cr.Floats:
    return o.runs.total("impressions", ("page",))


def employees_impressions(o: Outcome) -> cr.Floats:
    return o.runs.total("impressions", ("program", "organic"))


def favorability_rise(o: Outcome) -> cr.Floats:
    return o.runs.window("favorability") - float(cr.parameters()["awareness"]["favorability_prior"])


def newcomers_exits(o: Outcome) -> cr.Floats:
    """Exits of newcomers less those of old hands."""
    left = np.array([states[-1] == LEFT for states in o.states])
    result: cr.Floats = (left[:, :NEWCOMERS].sum(axis=1) - left[:, NEWCOMERS:].sum(axis=1)).astype(float)
    return result


PLAIN, GUIDED = Side(), Side((("guidelines", 1.0),))
MANDATE = Side((("mandate", 1.0),))
RECOGNIZED = Side((("recognition", 1.0),))
REMOVAL = replace(RECOGNIZED, later=(("recognition", 0.0),))
TRAINED = Side((("training_hours_per_person", 4.0),))
TASTE = "participation.negative_posts_without_guidelines"
TASTELESS, TASTEFUL = (Side(overrides=((TASTE, share),)) for share in (0.002, 0.0))  # the ends of its prior
MOTIVATION = ratio("motivation_points", "active_member_days")
AUTHENTICITY = ratio("authenticity_points", "posts")


def _lever(mechanism: str, name: str, value: float, measure: str, take: Take, direction: int, least: float) -> Row:
    return Row(mechanism, Side(((name, value),)), PLAIN, measure, take, direction, least)


def _without(
    mechanism: str, on: Side, name: str, value: float, measure: str, take: Take, direction: int, least: float
) -> Row:
    return Row(mechanism, on, replace(on, overrides=((name, value),)), measure, take, direction, least)


RELAUNCHED = replace(PLAIN, later=(("relaunch", 1.0),), once=True)
REFILLED = Side(advocates="random")
RUNNING = Side(running="pace")

P = "participation"
ENROLLED, POSTS, MEAN_M = "enrollments", "company posts of the program", "mean motivation of active members"
MEAN_A, END = "mean authenticity of program posts", "at the end"
JOINING = (
    _without("peers", PLAIN, f"{P}.enroll_peers", 0, ENROLLED, total("enrollments"), -1, 0.04),
    _lever("leadership", "leadership", 1, ENROLLED, total("enrollments"), -1, 0.12),
    _lever("champion", "champion", 1, ENROLLED, total("enrollments"), -1, 0.085),
    _lever("guidelines", "guidelines", 1, ENROLLED, total("enrollments"), -1, 0.12),
    _lever("training", "training_hours_per_person", 4, ENROLLED, total("enrollments"), -1, 0.16),
    _without("training", TRAINED, f"{P}.training_authenticity", 0, MEAN_A, AUTHENTICITY, -1, 0.025),
    _without("authority by training", TRAINED, f"{P}.training_own_words", 0, MEAN_A, AUTHENTICITY, -1, 0.013),
    _without("fading pull of the invitation", PLAIN, f"{P}.pull_floor", 1, ENROLLED, total("enrollments"), 1, 0.3),
    Row("relaunch", RELAUNCHED, PLAIN, "enrollments from the relaunch on", late_enrollments, -1, 0.2),
    _lever("ease of the tool", "tool_ease", 1, ENROLLED, total("enrollments"), -1, 0.1),
)
TAKING_PART = (
    _lever("access blocked", "access_blocked", 1, POSTS, total("posts"), 1, 0.37),
    _lever("money", "money", 3, MEAN_M, MOTIVATION, 1, 0.16),
    _lever("recognition", "recognition", 1, MEAN_M, MOTIVATION, -1, 0.15),
    _lever("recognition", "recognition", 1, POSTS, total("posts"), -1, 0.18),
    Row("removal of recognition", REMOVAL, RECOGNIZED, "company posts after the removal", days(REMOVED, 999), 1, 0.34),
    _without("loss of own motivation by removal", REMOVAL, f"{P}.motivation_after_removal", 1,
             "company posts after the removal", days(REMOVED, 999), 1, 0.035),
    _without("novelty", PLAIN, f"{P}.novelty_half_life_weeks", 10_000, POSTS, total("posts"), 1, 0.11),
    _without("feedback of responses", PLAIN, f"{P}.feedback", 0, MEAN_M, MOTIVATION, -1, 0.043),
    _without("fatigue", PLAIN, f"{P}.fatigue_step", 0, POSTS, total("posts"), 1, 0.21),
    _without("dormancy", PLAIN, f"{P}.dormancy", 0, "active days of all days of members",
             ratio("active_member_days", "seat_days"), 1, 0.14),
    _without("drop-out", PLAIN, f"{P}.drop_out", 0, f"members {END}", level("enrolled"), 1, 0.11),
)  # fmt: skip
COERCION = (
    Row("mandate", MANDATE, PLAIN, "company posts in the first week", days(0, 7), -1, 0.9),
    Row("mandate", MANDATE, PLAIN, MEAN_A, AUTHENTICITY, 1, 0.08),
    Row("mandate", MANDATE, PLAIN, f"satisfaction {END}", level("satisfaction"), 1, 0.034),
    Row("mandate", MANDATE, PLAIN, "exits", total("exits"), -1, 0.057),
    _without("authenticity of the coerced", MANDATE, f"{P}.coerced_authenticity", 1, MEAN_A, AUTHENTICITY, 1, 0.08),
    _without("satisfaction of the coerced", MANDATE, f"{P}.coerced_satisfaction", 0, f"satisfaction {END}",
             level("satisfaction"), 1, 0.035),
    _without("exits of the coerced", MANDATE, "retention.coerced_exit", 1, "exits", total("exits"), -1, 0.04),
    _without("negative posts", MANDATE, f"{P}.negative_posts", 0, "favorability above its prior, horizon",
             favorability_rise, 1, 0.006),
)  # fmt: skip
OTHERS = (
    Row("taste", TASTELESS, TASTEFUL, "negative posts", total("negative_posts"), -1, 0.9),
    Row("taste", TASTELESS, TASTEFUL, "favorability above its prior, horizon", favorability_rise, 1, 0.002),
    _lever("page amplification", "page_amplification", 0.5, "impressions of the page's posts", page_impressions, -1,
           0.26),
    _without("exits by satisfaction", PLAIN, "retention.satisfaction_slope", 0, f"satisfaction {END}",
             level("satisfaction"), -1, 0.0058),
    _without("exits by tenure", replace(PLAIN, traced=True), "retention.early_exit", 0,
             "exits of newcomers less those of old hands", newcomers_exits, -1, 0.56),
)  # fmt: skip
GROUPS = (
    Row("refill of a random group", REFILLED, Side(advocates="named"), POSTS, total("posts"), -1, 0.03),
    Row("members of a program that runs", RUNNING, Side(running="stopped"), "impressions of employees' posts",
        employees_impressions, -1, 0.2),
    Row("own pace of members", RUNNING, Side(running="unknown"), POSTS, total("posts"), 1, 0.3),
)  # fmt: skip
ROWS = (*JOINING, *TAKING_PART, *COERCION, *OTHERS, *GROUPS)


def section() -> str:
    """The part of the page on programs, as Markdown."""
    started = time.monotonic()
    effects = [effect(row) for row in ROWS]
    lines = [
        "## Programs",
        "",
        f"A company of {EMPLOYEES}, everybody invited, {WEEKS} weeks and {FOLLOW_UP} of follow-up, enrollment rate",
        f"{ENROLLMENT[1]:g} so that there are members enough; each mechanism switched off by its lever or parameter,",
        f"the same {len(WORLDS)} worlds x {REPLICATES} replicates (seed {SEED}), {time.monotonic() - started:.0f} s.",
        "Effect, p and least as above.",
        "",
        "| mechanism off | by | scenario | measure | on | off | effect | p | least |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row, e in zip(ROWS, effects, strict=True):
        p = "< 1e-12" if e.p < 1e-12 else f"{e.p:.1g}"
        lines.append(
            f"| {row.mechanism} | {row.switch} | {row.text} | {row.measure} | {e.on:.5g} | {e.off:.5g} "
            f"| {100 * e.relative:+.3g} % | {p} | {100 * row.direction * row.least:+.3g} % |"
        )
    return "\n".join(lines) + "\n"
