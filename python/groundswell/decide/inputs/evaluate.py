"""The two blocks of a comparison on one measure: differences of a design to its rivals, and what inputs do to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from groundswell.common.statistics import Floats
from groundswell.decide.added import beside_recording, does_nothing
from groundswell.decide.frames import differences, long_frame
from groundswell.decide.inputs.block import Drawn
from groundswell.decide.inputs.procedure import OPEN, Contrast, Driver, Share, drivers, expected_range, flips, interval
from groundswell.decide.record import ContestRecord
from groundswell.results.grain import make_query
from groundswell.results.measures import AWARE, MEAN_AWARE, described
from groundswell.results.recording import Recording
from groundswell.results.vocabulary.added import ADDED
from groundswell.run.drawn import LEAST_DRAWN


@dataclass(frozen=True)
class Evaluation:
    """A design against its rivals on one measure; positive differences are in favor of the design.

    ``t``: of the first block, against the closest rival. ``share`` is None where that leaves the choice open.
    """

    chosen: str
    rivals: tuple[str, ...]
    sign: int
    t: float
    contrasts: tuple[Contrast, ...]
    uniforms: Floats
    share: Share | None

    @property
    def draws(self) -> int:
        """How many worlds are finished in both blocks."""
        return len(self.uniforms)

    @property
    def interval(self) -> tuple[float, float, float]:
        """Mean and 95 % interval of the difference to the first rival with inputs drawn, in the measure's unit."""
        mean, lower, upper = interval(self.contrasts[0].d2)
        return (mean, lower, upper) if self.sign > 0 else (-mean, -upper, -lower)

    @property
    def expected(self) -> tuple[float, float]:
        """Range of the expected difference to the first rival over inputs, in the measure's unit."""
        low, high = expected_range(self.contrasts[0], self.uniforms)
        return (low, high) if self.sign > 0 else (-high, -low)

    def drivers(self) -> list[Driver]:
        """Inputs that move the difference itself, beyond its scale."""
        return drivers(self.contrasts[0].y, self.uniforms)

    def size_drivers(self) -> list[Driver]:
        """Inputs that scale the difference; where no scale is used, those that move it."""
        scale = self.contrasts[0].scale
        return self.drivers() if scale is None else drivers(np.log(scale), self.uniforms)


def evaluate(
    contest: ContestRecord, chosen: str, rivals: Sequence[str], goal: str, window: str = "horizon"
) -> Evaluation | None:
    """The chosen design against rivals, the closest one first; None where there is no second block to speak of."""
    drawn = contest.drawn
    if drawn is None or not rivals or goal not in contest.of(goal)[contest.baseline].recording.measures:
        return None
    if set(contest.results) - set(drawn.runs.recordings):
        return None
    first = {label: result.recording for label, result in contest.of(goal).items()}
    one, other = _values(first, goal, window), _values_of_drawn(contest, drawn, goal, window)
    worlds = min(len(values) for block in (one, other) for values in block.values())
    there = np.all([np.isfinite(values[:worlds]) for block in (one, other) for values in block.values()], axis=0)
    if int(there.sum()) < LEAST_DRAWN:
        return None
    one, other = ({label: values[:worlds][there] for label, values in block.items()} for block in (one, other))
    levels = [_levels(contest, block, goal) for block in (one, other)]
    sign = -1 if described(goal).better == "less" else 1
    contrasts = tuple(
        Contrast(sign * (one[chosen] - one[rival]), sign * (other[chosen] - other[rival]), *levels) for rival in rivals
    )
    t = _t(contest, chosen, rivals[0], goal, window)
    uniforms = drawn.uniforms[:worlds][there]
    seed = str(contest.results[contest.baseline].manifest["seed"])
    share = flips(contrasts, uniforms, seed) if abs(t) >= OPEN else None
    return Evaluation(chosen, tuple(rivals), sign, t, contrasts, uniforms, share)


def _values(recordings: Mapping[str, Recording], goal: str, window: str) -> dict[str, Floats]:
    """Replicate 0 of every world, which both blocks have; NaN where it is not finished."""
    query = make_query((), window)
    return {label: one.cells(goal, query).values[:, 0, 0] for label, one in recordings.items()}


def _values_of_drawn(contest: ContestRecord, drawn: Drawn, goal: str, window: str) -> dict[str, Floats]:
    """As `_values`, of the second block. Where persons are counted, each world has as many as its draw says."""
    own = {label: drawn.runs.recordings[label] for label in contest.results}
    base = own[contest.baseline]
    counted = ADDED[goal].of.measure if goal in ADDED else goal
    if counted not in (AWARE, MEAN_AWARE):
        if goal in ADDED:
            own = {label: beside_recording(recording, base) for label, recording in own.items()}
        return _values(own, goal, window)
    found: dict[str, list[Floats]] = {label: [] for label in own}
    for world, persons in enumerate(drawn.persons):
        alone = {label: _one_world(recording, world, persons) for label, recording in own.items()}
        if goal in ADDED:
            alone = {label: beside_recording(one, alone[contest.baseline]) for label, one in alone.items()}
        for label, value in _values(alone, goal, window).items():
            found[label].append(value)
    return {label: np.concatenate(values) for label, values in found.items()}


def _one_world(recording: Recording, world: int, persons: tuple[int, ...]) -> Recording:
    where = slice(world, world + 1)
    return Recording(
        recording.layout, recording.measures, recording.values[where], recording.finished[where], persons=persons
    )


def _levels(contest: ContestRecord, values: Mapping[str, Floats], goal: str) -> Floats:
    """Mean level over the designs, a world each; awareness and favorability above no program, where that is there."""
    level: Floats = np.mean(list(values.values()), axis=0)
    if described(goal).kind not in ("level", "mean"):
        return level
    nothing = [label for label, result in contest.results.items() if result.scenario.program is None]
    return level - values[nothing[0]] if nothing else level


def _t(contest: ContestRecord, chosen: str, rival: str, goal: str, window: str) -> float:
    """|difference| / se of the first block, all replicates; infinite where every world has the same difference."""
    gaps = differences(contest, goal, None, window, rival)
    row = gaps[gaps["label"] == chosen].iloc[0]
    gap, se = abs(float(row["difference"])), float(row["difference_se"])
    return gap / se if se > 0 else (float("inf") if gap > 0 else 0.0)


def ranked(contest: ContestRecord, goal: str, window: str) -> list[str]:
    """Labels of the designs that have a value and do more than nothing, the best first."""
    frame = long_frame(contest, goal, None, window)
    means = {str(label): float(mean) for label, mean in zip(frame["label"], frame["mean"], strict=True)}
    sign = 1 if described(goal).better == "less" else -1
    there = (
        label
        for label, mean in means.items()
        if not (np.isnan(mean) or does_nothing(contest.results[label].scenario, goal))
    )
    return sorted(there, key=lambda label: sign * means[label])


def names(drawn: Drawn, found: Sequence[Driver]) -> list[str]:
    """Drivers in words."""
    return [drawn.inputs[driver.input].name for driver in found]
