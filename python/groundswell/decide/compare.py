"""Run designs side by side in the same worlds, with the same luck, as exactly as asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, Union

from groundswell.common import arguments
from groundswell.common.planned import REPLICATES, WORLDS
from groundswell.common.progress import ProgressOption, open_progress
from groundswell.company.difference import differences
from groundswell.decide.contest import Contest, make_contest
from groundswell.decide.inputs.block import checked_draws, run_block
from groundswell.decide.varied import failed_cells
from groundswell.decide.within import STEP, Within, check_precision
from groundswell.errors import InvalidInput
from groundswell.results.people_counts import FULL
from groundswell.results.results import Results
from groundswell.run.drawn import LEAST_DRAWN
from groundswell.run.failures import Failures
from groundswell.run.leading import leading
from groundswell.run.plan import Plan, make_plan
from groundswell.run.simulate import run_designs
from groundswell.scenario import Scenario

__all__ = ["Contest", "compare", "make_contest"]

Design: TypeAlias = Union["Scenario", Results]

MAX_WORLDS = 200
MOST_LINES = 12  # of what differs between two companies
SAME = ("start", "weeks", "warm_up_weeks", "follow_up_weeks")


ONES = "a list of scenarios or finished results"


def compare(
    designs: Sequence[Design],
    baseline: Design | None = None,
    worlds: int = WORLDS,
    replicates: int = REPLICATES,
    seed: int = 1,
    threads: int | None = None,
    progress: ProgressOption = None,
    precision: Mapping[str, Within] | None = None,
    max_worlds: int = MAX_WORLDS,
    people: str = FULL,
    record: str | Sequence[str] = (),
    inputs: bool = True,
) -> Contest:
    """Simulate designs of one company and compare them.

    Designs whose company, workforce and audience are equal share each generated world, which is built once. A
    design's numbers are bit for bit those of `simulate` with the same seed, worlds and replicates.

    Parameters
    ----------
    designs:
        Scenarios with different labels, or finished results with these worlds, replicates and seed.
    baseline:
        What differences are taken to; without one the first design is it, and the output says so.
    worlds, replicates, seed, threads, progress:
        As in `simulate`; with precision, the total of progress grows with each addition of worlds. A bar shows the
        best design so far against the next one, with the interval, as soon as one world is done; the log has it too.
    precision:
        Half-widths of the 95 % intervals of the differences to the baseline in the horizon, by measure, as
        `{"unique_reach": gs.within_percent(5), "clicks": gs.within(20)}`. The intervals hold together, for every
        design and for the measures asked for; those of a table hold together for all its rows and are wider. After
        `worlds` worlds, 5 are added at a time until each is as narrow and 20 worlds differ, or there are `max_worlds`.
        `Contest.precision` says what was reached; where it was not, `Contest.warnings` has `precision_not_reached`.
        Stopping when an interval is narrow makes it slightly optimistic: `groundswell.decide.precision` has the
        sources, and the coverage measured.
    max_worlds:
        The most worlds that precision may use; each costs time and memory as the first ones do.
    people, record:
        As in `simulate`; a finished result keeps what it has recorded.
    inputs:
        Run a second block, in which uncertain inputs are drawn (`gs.parameters()` marks them, `Scenario.prior` edits
        what they are drawn from): `Contest.inputs` and the sentence say what holds then. It costs what one replicate
        of the first block costs, changes no table, and is left out below 10 worlds. False skips it.

    A design that the engine refuses while it runs keeps the others: `Contest.cells` has its row with the reason,
    `Contest.warnings` the code `cell_not_run`.

    Raises
    ------
    InvalidInput
        No design, duplicate labels, designs of different companies (says what differs) or with different dates; a
        precision that is not above 0, or asked for with fewer than 5 worlds; a baseline that the engine refuses; priors
        that no scenario can have together in one of the worlds.
    UnknownName
        A precision for a measure that does not exist, another word as `people` or in `record`.
    DoesNotFit
        As `simulate`.
    """
    plan = make_plan(worlds, replicates, seed, threads, people, record)
    wanted = check_precision(precision, plan.worlds, max_worlds)
    inputs = arguments.switch("inputs", inputs)
    entries = _entries(designs, baseline)
    _check_comparable([_scenario(entry) for entry in entries])
    for entry in entries:
        _check_finished_result(entry, plan)
    drawn = inputs and (max_worlds if wanted else plan.worlds) >= LEAST_DRAWN
    draws = checked_draws([_scenario(entry) for entry in entries], plan.seed, plan.worlds) if drawn else None
    to_run = [entry for entry in entries if not isinstance(entry, Results)]
    there = {entry.label: entry for entry in entries if isinstance(entry, Results)}
    recorded = {label: result.recording for label, result in there.items()}
    failures = Failures(needed=[_scenario(entries[0]).label])
    with open_progress(progress, lambda new: leading(recorded | new)) as bar:
        new = run_designs(to_run, plan, bar, failures=failures) if to_run else []
        there |= {result.label: result for result in new}
        labels = [_scenario(entry).label for entry in entries]
        contest = make_contest(
            [there[label] for label in labels if label in there],
            baseline_given=baseline is not None,
            wanted=wanted,
            failed=tuple(failed_cells(to_run, failures)),
        )
        contest = _until_precise(contest, plan, max_worlds, bar)
        if not inputs or not _complete(contest):
            return contest
        return replace(contest, drawn=run_block(list(contest.results.values()), plan.threads, bar, known=draws))


def _until_precise(contest: Contest, plan: Plan, max_worlds: int, progress: ProgressOption) -> Contest:
    """Add worlds until the precision is reached, up to the limit; an interruption ends it and keeps what is done."""
    worlds = plan.worlds
    if not contest.wanted:
        return contest
    while worlds < max_worlds and _complete(contest) and not contest.precision["met"].astype(bool).all():
        worlds = min(worlds + STEP, max_worlds)
        contest = contest.extend(worlds=worlds, threads=plan.threads, progress=progress)
    return contest


def _complete(contest: Contest) -> bool:
    return all(result.runs == result.runs_asked for result in contest.results.values())


def _scenario(entry: Design) -> Scenario:
    scenario: Scenario = entry.scenario if isinstance(entry, Results) else entry
    return scenario


def _entries(designs: Sequence[Design], baseline: Design | None) -> list[Design]:
    entries = [baseline] if baseline is not None else []
    entries += [design for design in arguments.several("designs", designs, ONES) if design is not baseline]
    for i, entry in enumerate(entries):
        name = "baseline" if entry is baseline else f"designs.{i - (baseline is not None)}"
        arguments.instance(name, entry, (Scenario, Results), "a gs.Scenario or a finished result of one")
    if not entries:
        raise InvalidInput("designs: empty; name at least one design")
    labels = [str(_scenario(entry).label) for entry in entries]
    repeated = sorted({label for label in labels if labels.count(label) > 1})
    if repeated:
        raise InvalidInput(f"label: used by more than one design: {', '.join(map(repr, repeated))}")
    return entries


def _check_comparable(scenarios: Sequence[Scenario]) -> None:
    first = scenarios[0]
    for other in scenarios[1:]:
        if other.company.content_hash() != first.company.content_hash():
            raise InvalidInput(
                f"company: {first.label!r} and {other.label!r} are designs of different companies; "
                "a difference between them would not be an effect of the design. They differ in\n"
                + _some_lines(differences(first.company, other.company))
            )
        for name in SAME:
            mine, theirs = getattr(first, name), getattr(other, name)
            if mine != theirs:
                raise InvalidInput(
                    f"{name}: must be equal in all designs; {first.label!r} has {mine}, {other.label!r} has {theirs}"
                )


def _some_lines(lines: Sequence[str]) -> str:
    more = len(lines) - MOST_LINES
    return "\n".join(f"  {line}" for line in [*lines[:MOST_LINES], *([f"… and {more} more"] if more > 0 else [])])


def _check_finished_result(entry: Design, plan: Plan) -> None:
    if not isinstance(entry, Results):
        return
    for name in ("worlds", "replicates", "seed"):
        has, asked = entry.manifest[name], getattr(plan, name)
        if has != asked:
            way = f"give compare {name}={has}" + ("" if name == "seed" else ", or extend the result")
            raise InvalidInput(f"{name}: the result {entry.label!r} has {has}, this comparison {asked}; {way}")
    if entry.recording.finished.shape != plan.runs.shape:  # of a version that repeated no world
        raise InvalidInput(f"replicates: the result {entry.label!r} has no second ones; extend the result")
