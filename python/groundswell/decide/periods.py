"""One period against the one before: what changed in the company, and what that did to the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, Union

import pandas as pd

from groundswell.common.counts import planned_runs
from groundswell.common.progress import ProgressOption
from groundswell.decide import period_frames, period_text
from groundswell.decide.contest import Contest
from groundswell.decide.period_frames import PeriodRecord
from groundswell.errors import InvalidInput, shown
from groundswell.results import Results
from groundswell.results.grain import one_window
from groundswell.results.measures import find
from groundswell.run.plan import Plan, make_plan
from groundswell.run.simulate import run_designs
from groundswell.scenario import Scenario

Entry: TypeAlias = Union["Scenario", Results]
Period: TypeAlias = Union["Scenario", Results, Contest, Sequence["Scenario | Results"]]
Entries: TypeAlias = Mapping[str, Entry]

DEFAULTS = {"worlds": 10, "replicates": 10, "seed": 1}


@dataclass(frozen=True, eq=False, repr=False)
class PeriodComparison(PeriodRecord):
    """Two periods of one firm, design by design.

    Attributes
    ----------
    last, this
        Finished results of the designs that are in both, by label (that of ``this``).
    in_one_only
        Labels of designs that only one period has.
    """

    @property
    def changes(self) -> pd.DataFrame:
        """What changed in the company: what, count, examples, detail.

        People who joined, left, changed department, region, seniority, function or an attribute; departments, ties and
        facts. ``examples`` are ids, as the companies have them, in memory only. People are matched by their draw
        numbers, under two keys by their ids.
        """
        return period_frames.what_changed(self)

    @property
    def diff(self) -> pd.DataFrame:
        """What else the scenarios differ in: label, path, last, this, unit."""
        return period_frames.diff(self)

    @property
    def warnings(self) -> pd.DataFrame:
        """Code, count, examples, consequence: luck not shared, designs of one period only, other settings."""
        return period_frames.warnings(self)

    def table(self, measures: str | Sequence[str] | None = None, window: str = "horizon") -> pd.DataFrame:
        """One row a design and measure.

        Columns: label, measure, unit; last and this, means; difference, this minus last, with its standard error and
        95 % interval; correlation of the world means; pairs of runs, and how many differ; flag, where the interval is
        not to be relied on; uncertainty; definition. Where luck is shared the difference is paired run by run, as in
        ``Contest.table``; else it is Welch's of independent runs, without correlation and pairs. Of ``window="all"``
        each window that both periods have is a row, named in the column window.

        Raises
        ------
        UnknownName
            A measure or window that does not exist.
        """
        return period_frames.table(self, measures, window)

    def sentence(self, goal: str = "unique_reach", window: str = "horizon", label: str | None = None) -> str:
        """What happened to one measure of one design (by default the first), and why, in one sentence."""
        chosen = self.this[self.label(label)]
        find(goal, chosen.recording.measures)
        return period_text.sentence(self, goal, one_window(window), label)

    def __repr__(self) -> str:
        return "\n".join(period_text.lines(self))

    def _repr_html_(self) -> str:
        return period_text.html(self)


def compare_periods(
    last: Period,
    this: Period,
    *,
    worlds: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    progress: ProgressOption = None,
) -> PeriodComparison:
    """Compare a period with the one before: next quarter's export, the same designs.

    Under one key (``gs.own_key``) whoever is in both exports has the same luck, so that a difference is what the people
    who left, joined or moved made of it, and not chance.

    Parameters
    ----------
    last, this:
        A scenario, a finished result, a comparison, or a list of scenarios and results with different labels. One
        design is compared with one whatever their labels are; several go label by label. Start dates may differ, and
        anything else: ``diff`` lists it.
    worlds, replicates, seed:
        As in ``simulate``, for what is not finished; by default those of the finished results, else 10, 10 and 1.
    threads, progress:
        As in ``simulate``; a progress callable counts each period anew.

    Raises
    ------
    InvalidInput
        Not a period, none or repeated labels, no label in both, designs of different companies in one period; results
        of other worlds, replicates or seed than asked for, or than each other where luck is shared.
    DoesNotFit
        As ``simulate``.
    """
    sides = {"last": _entries(last, "last"), "this": _entries(this, "this")}
    pairs = _pairs(sides["last"], sides["this"])
    finished = [one for side in sides.values() for one in side.values() if isinstance(one, Results)]
    plan = _plan(finished, {"worlds": worlds, "replicates": replicates, "seed": seed}, threads, all_finished=len(
        finished) == sum(map(len, sides.values())))  # fmt: skip
    ready = {
        name: _run([sides[name][pair[i]] for pair in pairs], plan, progress) for i, name in enumerate(("last", "this"))
    }
    labels = [pair[1] for pair in pairs]
    alone = tuple(dict.fromkeys(
        label for i, side in enumerate(sides.values()) for label in side if label not in {pair[i] for pair in pairs}
    ))  # fmt: skip
    found = PeriodComparison(
        dict(zip(labels, ready["last"], strict=True)), dict(zip(labels, ready["this"], strict=True)), alone
    )
    _check_pairs(found)
    return found


def _entries(period: object, name: str) -> Entries:
    """The designs of a period by label, checked."""
    if isinstance(period, Contest):
        return dict(period.results)
    entries = [period] if isinstance(period, Scenario | Results) else period
    if not isinstance(entries, Sequence) or not all(isinstance(entry, Scenario | Results) for entry in entries):
        rule = "must be a scenario, a result, a comparison, or a list of scenarios and results"
        raise InvalidInput(f"{name} = {shown(period)}: {rule}")
    labels = [entry.label for entry in entries]
    repeated = sorted({label for label in labels if labels.count(label) > 1})
    if not entries or repeated:
        raise InvalidInput(f"{name}: " + (f"two designs have the label {repeated[0]!r}" if repeated else "is empty"))
    hashes = {_scenario(entry).company.content_hash() for entry in entries}
    if len(hashes) > 1:
        raise InvalidInput(f"{name}: has designs of different companies; one period has one company")
    return dict(zip(labels, entries, strict=True))


def _scenario(entry: Entry) -> Scenario:
    scenario: Scenario = entry.scenario if isinstance(entry, Results) else entry
    return scenario


def _pairs(last: Entries, this: Entries) -> list[tuple[str, str]]:
    """Labels of the designs that are compared, in last and in this."""
    if len(last) == len(this) == 1:
        return [(next(iter(last)), next(iter(this)))]
    shared = [(label, label) for label in this if label in last]
    if not shared:
        some = [", ".join(map(repr, list(side)[:5])) for side in (last, this)]
        raise InvalidInput(f"this: no design has a label of last; last has {some[0]}, this has {some[1]}")
    return shared


def _plan(
    finished: Sequence[Results], asked: Mapping[str, int | None], threads: int | None, *, all_finished: bool
) -> Plan:
    """How much to run: as asked for, else as what is finished."""
    chosen: dict[str, int] = {}
    for name, value in asked.items():
        there = dict.fromkeys(int(result.manifest[name]) for result in finished)
        if value is None and len(there) > 1 and not all_finished:
            rule = f"finished results have {' and '.join(map(str, there))}; say which the others should have"
            raise InvalidInput(f"{name}: {rule}")
        chosen[name] = next(iter(there), DEFAULTS[name]) if value is None else value
    plan = make_plan(chosen["worlds"], chosen["replicates"], chosen["seed"], threads)
    for result in finished:
        for name, value in asked.items():
            has = result.manifest[name]
            if has != getattr(plan, name) and not (value is None and all_finished):
                way = f"give {name}={has}" + ("" if name == "seed" else ", or extend the result")
                raise InvalidInput(
                    f"{name}: the result {result.label!r} has {has}, asked for are {getattr(plan, name)}; {way}"
                )
    return plan


def _run(entries: Sequence[Entry], plan: Plan, progress: ProgressOption) -> list[Results]:
    """Results of a period's designs, those that are there as they are."""
    to_run = [entry for entry in entries if isinstance(entry, Scenario)]
    new = iter(run_designs(to_run, plan, progress) if to_run else [])
    return [entry if isinstance(entry, Results) else next(new) for entry in entries]


def _check_pairs(found: PeriodComparison) -> None:
    """Runs are paired one by one: as many here as there."""
    for label in found.labels if not found.luck else ():
        shapes = [_shape(side[label]) for side in (found.last, found.this)]
        for name, *sizes in zip(("worlds", "replicates"), *shapes, strict=True):
            if sizes[0] != sizes[1]:
                rule = f"last has {sizes[0]}, this has {sizes[1]}, of {label!r}; extend the one with fewer"
                raise InvalidInput(f"{name}: {rule}")


def _shape(result: Results) -> tuple[int, int]:
    """Worlds and replicates asked for, where there is room for these and no more; else the room there is."""
    worlds, room = result.recording.finished.shape
    asked = int(result.manifest["replicates"])
    return worlds, asked if planned_runs(worlds, asked).shape[1] == room else room
