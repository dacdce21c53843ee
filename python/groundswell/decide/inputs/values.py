"""Values of designs in the two blocks of a comparison, and why there may be too few to say anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from groundswell.common.statistics import Flags, Floats
from groundswell.decide.added import beside_recording
from groundswell.decide.inputs.block import Drawn
from groundswell.decide.record import ContestRecord
from groundswell.results.grain import make_query
from groundswell.results.measures import AWARE, MEAN_AWARE
from groundswell.results.recording import Recording
from groundswell.results.vocabulary.added import ADDED
from groundswell.run.drawn import LEAST_DRAWN


@dataclass(frozen=True)
class Blocks:
    """Values by design, one a world, at stated values and with inputs drawn; NaN where there is none."""

    stated: Mapping[str, Floats]
    drawn: Mapping[str, Floats]

    @property
    def there(self) -> Flags:
        """In which worlds every design has a value in both blocks."""
        found: Flags = np.all([np.isfinite(one) for block in (self.stated, self.drawn) for one in block.values()], 0)
        return found


def both_blocks(contest: ContestRecord, labels: Sequence[str], goal: str, window: str) -> Blocks | None:
    """The values of these designs alone: what else is compared must not enter; None where a design has no block."""
    drawn = contest.drawn
    if drawn is None or {*labels, contest.baseline} - set(drawn.runs.recordings):
        return None
    if goal not in contest.of(goal)[contest.baseline].recording.measures:
        return None
    stated = _values({label: contest.of(goal)[label].recording for label in labels}, goal, window)
    other = _values_of_drawn(contest, drawn, labels, goal, window)
    worlds = min(len(values) for block in (stated, other) for values in block.values())
    return Blocks(*({label: values[:worlds] for label, values in block.items()} for block in (stated, other)))


def why_unsaid(contest: ContestRecord, labels: Sequence[str], goal: str, window: str) -> str:
    """Why nothing can be said of these designs with inputs drawn: too few worlds in which each has a value."""
    blocks = both_blocks(contest, labels, goal, window)
    drawn = contest.drawn
    if blocks is None or drawn is None:
        return "not every design was run with its inputs drawn"
    worlds = len(blocks.there)
    done = np.all([drawn.runs.recordings[label].finished[:worlds, 0] for label in labels], axis=0)
    needed = f"and {LEAST_DRAWN} are needed"
    if done.sum() < LEAST_DRAWN:
        return f"{done.sum()} worlds are finished with inputs drawn, {needed}"
    for block, how in ((blocks.stated, ""), (blocks.drawn, " with inputs drawn")):
        for label, values in block.items():
            known = int(np.isfinite(values).sum())
            if known < LEAST_DRAWN and goal in ADDED and ADDED[goal].per:
                per = ADDED[goal].per
                return f"{goal} of {label!r} is not defined world by world{how}: {per} is not above 0 in each of them"
            if known < LEAST_DRAWN:
                return f"{goal} of {label!r} has a value in {known} of {worlds} worlds{how}, {needed}"
    return f"the designs have a value together in {int(blocks.there.sum())} worlds, {needed}"


def _values(recordings: Mapping[str, Recording], goal: str, window: str) -> dict[str, Floats]:
    """Replicate 0 of every world, which both blocks have; NaN where it is not finished."""
    query = make_query((), window)
    return {label: one.cells(goal, query).values[:, 0, 0] for label, one in recordings.items()}


def _values_of_drawn(
    contest: ContestRecord, drawn: Drawn, labels: Sequence[str], goal: str, window: str
) -> dict[str, Floats]:
    """As `_values`, of the second block. Where persons are counted, each world has as many as its draw says."""
    own = {label: drawn.runs.recordings[label] for label in labels}
    base = drawn.runs.recordings[contest.baseline]
    counted = ADDED[goal].of.measure if goal in ADDED else goal
    if counted not in (AWARE, MEAN_AWARE):
        if goal in ADDED:
            own = {label: beside_recording(recording, base) for label, recording in own.items()}
        return _values(own, goal, window)
    found: dict[str, list[Floats]] = {label: [] for label in own}
    for world, persons in enumerate(drawn.persons):
        alone = {label: _one_world(recording, world, persons) for label, recording in own.items()}
        if goal in ADDED:
            beside = _one_world(base, world, persons)
            alone = {label: beside_recording(one, beside) for label, one in alone.items()}
        for label, value in _values(alone, goal, window).items():
            found[label].append(value)
    return {label: np.concatenate(values) for label, values in found.items()}


def _one_world(recording: Recording, world: int, persons: tuple[int, ...]) -> Recording:
    where = slice(world, world + 1)
    return Recording(
        recording.layout, recording.measures, recording.values[where], recording.finished[where], persons=persons
    )
