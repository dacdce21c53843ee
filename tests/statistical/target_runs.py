"""Runs behind the targets and the base rates, and their report: `python -m tests.statistical.target_runs`."""

from __future__ import annotations

import argparse
import datetime
import functools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import groundswell as gs

from . import core_runs, targets
from .targets import Estimate, Floats

SEED = 20270722  # fresh: the constants were solved with 20261122, the tests of mechanisms use 7
RATE_WORLDS, RATE_REPLICATES = 200, 6
TRACE_WORLDS = 40
START = "2027-01-04"
COLLEAGUES = {9: 200, 300: 20}  # group size -> draws in each world
SUMS = (
    "posts", "potential_reach", "impressions", "engagements", "clicks", "reshares", "mutes", "link_impressions",
    "weak_tie_impressions", "weak_tie_reshares",
)  # fmt: skip
AUTHORS = {"person": ("program", "organic"), "page": ("page",)}
RESULTS = Path(__file__).parents[2] / "docs" / "results"


def default_scenario(posts_per_week: float = 4.0) -> gs.Scenario:
    """1,000 employees, 100 random advocates, half of their posts about the company."""
    program = gs.Program(advocates=gs.ActiveAdvocates(size=100), posts_per_week=posts_per_week)
    return gs.Scenario(gs.Company.synthetic(employees=1000), start=START, program=program)


def build(scenario: gs.Scenario, index: int) -> Any:
    """World `index` of the seed."""
    return core_runs.core.build_world(scenario.company.core_input(), scenario.core_parameters(), SEED, index, 2)


def core_design(scenario: gs.Scenario) -> Any:
    return core_runs.core.Design(**scenario.core_design())


def _sums(runs: core_runs.Runs, windows: tuple[str, ...]) -> dict[tuple[str, str], float]:
    return {
        (name, author): float(runs.total(name, sources=sources, windows=windows).sum())
        for name in SUMS
        for author, sources in AUTHORS.items()
    }


@dataclass(frozen=True)
class RateRuns:
    """Sums over the horizon and to completion, each (measure, author) -> one number a world."""

    horizon: dict[tuple[str, str], Floats]
    completion: dict[tuple[str, str], Floats]


@functools.cache
def rate_runs(worlds: int = RATE_WORLDS, replicates: int = RATE_REPLICATES) -> RateRuns:
    """The default scenario in fresh worlds, a fresh advocate set in each."""
    scenario = default_scenario()
    design = core_design(scenario)
    found = []
    for index in range(worlds):
        runs = core_runs.run(build(scenario, index), design, replicates)
        found.append((_sums(runs, ("horizon",)), _sums(runs, ("horizon", "follow_up"))))

    def stacked(which: int) -> dict[tuple[str, str], Floats]:
        return {key: np.array([world[which][key] for world in found]) for key in found[0][which]}

    return RateRuns(stacked(0), stacked(1))


@functools.cache
def trace_numbers(worlds: int = TRACE_WORLDS) -> Mapping[str, Floats]:
    """One number a world for what needs traces or the world itself (lines 9, 11, 17, 21 beside)."""
    usual, busy = default_scenario(), default_scenario(posts_per_week=6.0)
    found = [_of_world(build(usual, index), usual, busy) for index in range(worlds)]
    return {name: np.array([numbers[name] for numbers in found]) for name in found[0]}


def _of_world(world: Any, usual: gs.Scenario, busy: gs.Scenario) -> dict[str, float]:
    generator = np.random.default_rng(SEED)
    numbers = {"connections_over_followers": targets.connections_over_followers(world)}
    for size, draws in COLLEAGUES.items():
        numbers[f"unique_over_sum_{size}"] = targets.unique_over_sum(world, size, draws, generator)
    trace = core_runs.core.trace(world, core_design(usual), 0)
    numbers |= _delays(trace, 7 * (usual.warm_up_weeks + usual.weeks + usual.follow_up_weeks) - 1)
    lift = targets.lift_by_exposures(trace)
    numbers["first_exposure"] = float(lift[1].mean())
    return numbers | _monthly(world, core_runs.core.trace(world, core_design(busy), 0), full_months(busy))


def _delays(trace: Mapping[str, Any], last_day: int) -> dict[str, float]:
    hours, shown = targets.view_delays(trace, last_day)
    return {"median_candidates": float(np.median(hours)), "median_shown": float(np.median(hours[shown]))}


def full_months(scenario: gs.Scenario) -> list[tuple[int, int]]:
    """Calendar months that lie wholly in the horizon, as [first day, end day) of the run."""
    months = core_runs.core.layout(core_design(scenario))["months"]
    day_zero = scenario.start - datetime.timedelta(weeks=scenario.warm_up_weeks)

    def begins_a_month(day: int) -> bool:
        return (day_zero + datetime.timedelta(days=day)).day == 1

    cells = zip(months["first_day"].tolist(), months["end_day"].tolist(), months["window"].tolist(), strict=True)
    return [
        (first, end) for first, end, window in cells if window == 1 and begins_a_month(first) and begins_a_month(end)
    ]


def _monthly(world: Any, trace: Mapping[str, Any], months: Sequence[tuple[int, int]]) -> dict[str, float]:
    advocates = np.asarray(world.advocate_order[:100], dtype=np.int64)
    connections = np.diff(np.asarray(world.row_begin)[: world.employees + 1]).astype(np.int64)
    reach = targets.monthly_reach(trace, advocates, connections, months)
    share = reach.unique / reach.connections
    usual = (reach.posts >= 12) & (reach.posts <= 14)
    return {
        "monthly": float(share.mean()),
        "monthly_12_14": float(share[usual].mean()),
        "monthly_pooled": float(reach.unique.sum() / reach.connections.sum()),
        "monthly_posts": float(reach.posts.mean()),
    }


@functools.cache
def scripted_lift() -> Mapping[int, Floats]:
    """Line 21 in the engine: u by number of attended exposures, w = 1 for everybody, nothing forgotten."""
    forever = float("inf")
    overrides = {
        "awareness.half_life_weeks": forever, "platforms.linkedin.attention": 1.0,
        "platforms.linkedin.page_posts_per_week": 0.0, "audience.susceptibility_log_sd": 0.0,
        "workforce.persuasion_log_sd": 0.0, "workforce.susceptibility_log_sd": 0.0,
        "content.authenticity_own_story": 1.0, "content.authenticity_own_words": 1.0,
        "content.authenticity_press_release": 1.0, "content.authenticity_verbatim": 1.0,
    }  # fmt: skip
    chosen = tuple(overrides.items())
    program = core_runs.program(20, posts_per_week=5.0, company_content_fraction=1.0)
    design = core_runs.design(chosen, program, weeks=12, warm_up_weeks=0)
    trace = core_runs.core.trace(core_runs.world(50, SEED, 0, chosen), design, 0)
    return targets.lift_by_exposures(trace)


@dataclass(frozen=True)
class Line:
    """A line of the report; no band where a number is only reported."""

    number: str
    what: str
    estimate: Estimate
    band: tuple[float, float] | None = None
    parameter: float | None = None

    @property
    def verdict(self) -> str:
        return self.estimate.verdict(*self.band) if self.band else "reported"


def base_rate_lines(runs: RateRuns) -> list[Line]:
    """Realized rates over the horizon beside the parameters they were solved for."""
    linkedin = default_scenario().platforms.linkedin
    sums = runs.horizon
    pairs = (("engagements", "impressions"), ("clicks", "link_impressions"), ("reshares", "impressions"))
    bases = (linkedin.engage, linkedin.click, linkedin.reshare)
    lines = [
        Line("person", f"{what} / {seen}", targets.rate(sums, what, seen), (0.97 * base, 1.03 * base), base)
        for (what, seen), base in zip(pairs, bases, strict=True)
    ]
    relative = linkedin.page_reaction_ratio
    lines += [
        Line("page / person", f"{what} / {seen}", targets.page_ratio(sums, what, seen), None, relative)
        for what, seen in pairs
    ]
    seen = (("person", linkedin.person_visibility), ("page", linkedin.page_visibility))
    lines += [
        Line(author, "impressions / potential_reach", targets.visibility(sums, author), None, share)
        for author, share in seen
    ]
    mutes = targets.rate(sums, "mutes", "impressions")
    return [*lines, Line("person", "mutes / impressions", mutes, None, linkedin.mute)]


def target_lines(runs: RateRuns, numbers: Mapping[str, Floats]) -> list[Line]:
    sums = runs.horizon
    several = {name: targets.mean(values) for name, values in numbers.items()}
    infinite = float("inf")
    return [
        Line("8", "reshares over weak ties, share", targets.weak_share_of_reshares(sums), (0.5, 1.0)),
        Line("8", "reshares per impression, strong / weak tie", targets.strong_over_weak(sums), (1.0, infinite)),
        Line("9", "median delay, candidates of employees' posts, h", several["median_candidates"], (17.1, 18.9)),
        Line("9", "the same, views that were shown, h", several["median_shown"]),
        Line("10", "impressions / (connections x posts), horizon", targets.visibility(sums), (0.08, 0.18)),
        Line("10", "the same to completion", targets.visibility(runs.completion)),
        Line("11", "unique connections a month at 3 company posts a week", several["monthly"], (0.35, 0.70)),
        Line("11", "months with 12 to 14 company posts", several["monthly_12_14"]),
        Line("11", "sum of unique / sum of connections", several["monthly_pooled"]),
        Line("11", "company posts of an advocate a month", several["monthly_posts"]),
        Line("13", "page: impressions per post / followers", targets.visibility(sums, "page"), (0.02, 0.07)),
        Line("15", "engagement per audience member, employee : page", targets.engagement_per_member(sums), (3, 10)),
        Line("15", "engagement per post, employee : page", targets.engagement_per_post(sums)),
        Line("17", "sum of connections / page followers", several["connections_over_followers"], (3, 30)),
        Line("17", "unique / sum, 9 random colleagues", several["unique_over_sum_9"], (0.90, 0.98)),
        Line("17", "unique / sum, 300 random colleagues", several["unique_over_sum_300"], (0.50, 0.85)),
        Line("21", "u after one attended exposure, default", several["first_exposure"]),
    ]


def _row(line: Line) -> str:
    estimate = line.estimate
    if line.parameter is not None:
        off = f"{estimate.value / line.parameter - 1:+.2%}"
        cells = [f"{line.parameter:g}", off, f"{estimate.half_width:.2%}"]
    else:
        cells = [f"{line.band[0]:g} to {line.band[1]:g}" if line.band else ""]
    interval = f"{estimate.lower:.5g} to {estimate.upper:.5g}"
    shown = [line.number, line.what, f"{estimate.value:.5g}", interval, *cells, str(estimate.worlds), line.verdict]
    return "| " + " | ".join(shown) + " |"


def _head(title: str, seconds: float) -> str:
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    command = "PYTHONPATH=python .venv/bin/python -m tests.statistical.target_runs"
    return f"# {title}\n\nWritten by `{command}`\non {today}, two shared cores, {seconds:.0f} s; seed {SEED}.\n"


RATE_TEXT = """
The default scenario (1,000 employees, 100 random advocates, 4 posts a week, half of them company content; a year) in
fresh worlds, a fresh advocate set in each: {worlds} worlds of {replicates} replicates. The constants were solved with
another seed. Rates are ratios of sums over the horizon; intervals are over worlds (t, delta method). Asked: employees'
rates within 3 % of their parameters, half-width about 1.5 %.

| author | rate | value | 95 % interval | parameter | off by | half-width | worlds | verdict |
|---|---|---|---|---|---|---|---|---|
"""

TARGET_TEXT = """
Lines of the targets that this stage of the model can show (LinkedIn, first hop). An interval is over worlds (t);
pass: all of it in the band; fail: all of it outside; undecided: else. Lines 8, 10, 13, 15: horizon of the default
scenario, {replicates} replicates a world. Lines 9, 11: one traced year a world; line 11 at 6 posts a week, half of
them company content, mean over all 100 advocates and the eleven calendar months inside the horizon. Line 15 is implied
by lines 10 and 13 and the base rates, and reported. Line 17: the first row is an input (followers = sum of
connections / 10); random groups in each world: {draws}.

| line | output | value | 95 % interval | band | worlds | verdict |
|---|---|---|---|---|---|---|
"""

LIFT_TEXT = """
## Line 21 at w = 1

A company of 50 in which everybody has persuasion, susceptibility and authenticity 1, every view is attended and nothing
is forgotten: the engine's u by the number of attended exposures, as the trace gives it. No interval: the same for every
viewer with n exposures (spread in the last column). Not a copy of the formula: counts and u come from different places.
Line 21 of the table above is the default scenario, where w varies and verbatim text counts less: mean over viewers with
exactly one attended exposure.

| n | viewers | u | increment | spread of u |
|---|---|---|---|---|
"""


def base_rate_report(runs: RateRuns, seconds: float) -> str:
    text = RATE_TEXT.format(worlds=RATE_WORLDS, replicates=RATE_REPLICATES)
    rows = [_row(line) for line in base_rate_lines(runs)]
    return _head("Base rates come back", seconds) + text + "\n".join(rows) + "\n"


def target_report(runs: RateRuns, numbers: Mapping[str, Floats], lift: Mapping[int, Floats], seconds: float) -> str:
    draws = ", ".join(f"{count} of {size}" for size, count in COLLEAGUES.items())
    parts = [
        _head("Targets", seconds) + TARGET_TEXT.format(replicates=RATE_REPLICATES, draws=draws),
        "\n".join(_row(line) for line in target_lines(runs, numbers)),
        "\n" + LIFT_TEXT + _lift_rows(lift),
    ]
    return "".join(parts)


def _lift_rows(lift: Mapping[int, Floats], most: int = 8) -> str:
    means = {n: float(u.mean()) for n, u in lift.items()}
    rows = [
        f"| {n} | {len(lift[n])} | {means[n]:.5f} | {means[n] - means.get(n - 1, 0.0):.5f} | {np.ptp(lift[n]):.1e} |"
        for n in range(1, most + 1)
    ]
    small = targets.first_small_increment(means)
    found = f"First exposure: {means[1]:.3f} (band .50 to .75). First n with an increment below 1 %: {small} (4 to 10)."
    return "\n".join([*rows, "", found, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS)
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    numbers = trace_numbers()
    traced = time.perf_counter() - begun
    runs = rate_runs()
    ran = time.perf_counter() - begun - traced
    (folder / "base_rates.md").write_text(base_rate_report(runs, ran))
    (folder / "targets.md").write_text(target_report(runs, numbers, scripted_lift(), traced + ran))
    print((folder / "base_rates.md").read_text(), (folder / "targets.md").read_text())


if __name__ == "__main__":
    main()
