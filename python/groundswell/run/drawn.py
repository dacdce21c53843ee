"""The second block of a comparison: the same worlds and luck, one replicate, the inputs of each world drawn."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from groundswell import _core
from groundswell.common.memory import fitting
from groundswell.common.progress import Progress
from groundswell.common.statistics import Flags, Floats
from groundswell.company.assemble import with_department
from groundswell.company.small_groups import MIN_GROUP, small_labels
from groundswell.errors import Cancelled, InvalidInput
from groundswell.results.layout import Layout
from groundswell.results.measures import Measure
from groundswell.results.recording import Recording
from groundswell.scenario import Scenario
from groundswell.scenario.inputs.draws import Draws
from groundswell.scenario.to_core import needs_all_rows, world_parameters
from groundswell.worlds.cache import world as cached_world
from groundswell.worlds.groups import world_groups

LEAST_DRAWN = 10  # worlds; fewer draws of the inputs say nothing about a share of them

log = logging.getLogger("groundswell")
Refusals = tuple[tuple[int, str, str], ...]  # world, label, why


@dataclass(frozen=True)
class DrawnRuns:
    """What is finished of the second block: a recording a design with one replicate a world, and what was refused."""

    recordings: Mapping[str, Recording]
    refused: Refusals = ()


@dataclass
class _Block:
    """Values that are filled world by world."""

    draws: Draws
    threads: int
    layouts: Sequence[Layout]
    values: list[Floats]
    finished: list[Flags]
    refused: list[tuple[int, str, str]] = field(default_factory=list)


@fitting()
def run_drawn(
    draws: Draws,
    worlds: int,
    threads: int,
    measures: Mapping[str, Measure],
    bar: Progress,
    earlier: DrawnRuns | None = None,
) -> DrawnRuns:
    """Run replicate 0 of every design in the first ``worlds`` worlds, each with its draw of the inputs.

    A world is built from its seed and index, as without draws, with the parameters of its draw. Runs that ``earlier``
    has are taken over; Ctrl-C keeps what is finished. A draw that the engine refuses leaves its world out.
    """
    block = _started(draws, worlds, threads, earlier)
    labels = [scenario.label for scenario in draws.scenarios]
    missing = [world for world in range(worlds) if not all(flags[world, 0] for flags in block.finished)]
    bar.remaining(len(missing) * len(labels))
    try:
        for world in missing:
            bar.world(world, worlds)
            _run_world(block, world, bar)
    except (KeyboardInterrupt, Cancelled):
        log.warning("interrupted; keeping the draws that are finished")
    recordings = {
        label: Recording(layout, measures, values, flags)
        for label, layout, values, flags in zip(labels, block.layouts, block.values, block.finished, strict=True)
    }
    return DrawnRuns(recordings, tuple(block.refused))


def _started(draws: Draws, worlds: int, threads: int, earlier: DrawnRuns | None) -> _Block:
    layouts = [
        Layout.from_core(_core.layout(_core.Design(**one.core_design())), one.start, one.warm_up_weeks)
        for one in draws.scenarios
    ]
    values = [np.full((worlds, 1, len(layout.rows["measure"])), np.nan) for layout in layouts]
    finished = [np.zeros((worlds, 1), dtype=np.bool_) for _ in layouts]
    for i, scenario in enumerate(draws.scenarios if earlier is not None else ()):
        known = earlier.recordings[scenario.label] if earlier is not None else None
        if known is not None:
            there = min(worlds, len(known.finished))
            values[i][:there], finished[i][:there] = known.values[:there], known.finished[:there]
    return _Block(draws, threads, layouts, values, finished)


def _run_world(block: _Block, world: int, bar: Progress) -> None:
    drawn = block.draws.of(world).scenarios
    for group in world_groups(drawn):
        todo = [i for i in group if not block.finished[i][world, 0]]
        try:
            _run_group(block, world, drawn, todo, bar)
        except InvalidInput as error:
            if error is bar.refusal:
                raise
            company = drawn[0].company  # the reason goes into files: a small department keeps its number
            reason = with_department(str(error), company, small_labels(company, "department", MIN_GROUP))
            block.refused.extend((world, drawn[i].label, " ".join(reason.split())) for i in todo)
            log.warning("world %d with its inputs drawn is not run: %s", world, reason)


def _run_group(block: _Block, world: int, drawn: Sequence[Scenario], todo: Sequence[int], bar: Progress) -> None:
    """Build one world with its draw and run the designs that share it."""
    if not todo:
        return
    first = drawn[todo[0]]
    built, _ = cached_world(
        first.company.core_input(), world_parameters(first), block.draws.seed, world, block.threads, bar.tick,
        any(needs_all_rows(drawn[i]) for i in todo),
    )  # fmt: skip
    designs = [_core.Design(**drawn[i].core_design()) for i in todo]
    start = bar.done
    found: list[Any] = _core.run(built, designs, 0, 1, block.threads, bar.within(), False, False)
    for i, (values, done, _) in zip(todo, found, strict=True):
        block.values[i][world], block.finished[i][world] = values, done
    bar.at(start + len(todo))
    if any(stats["interrupted"] or not np.all(done) for _, done, stats in found):
        raise KeyboardInterrupt
