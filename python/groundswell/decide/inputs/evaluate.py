"""The two blocks of a comparison on one measure: differences of a design to its rivals, and what inputs do to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from groundswell.common.statistics import Floats
from groundswell.decide.added import does_nothing
from groundswell.decide.frames import differences, long_frame
from groundswell.decide.inputs.block import Drawn
from groundswell.decide.inputs.procedure import (
    OPEN,
    Contrast,
    Driver,
    Share,
    acting,
    drivers,
    expected_range,
    flips,
    interval,
)
from groundswell.decide.inputs.values import both_blocks
from groundswell.decide.record import ContestRecord
from groundswell.results.measures import described
from groundswell.run.drawn import LEAST_DRAWN


@dataclass(frozen=True)
class Evaluation:
    """A design against its rivals on one measure; positive differences are in favor of the design.

    ``contrasts``: in all worlds; ``acting``: in those in which the designs do something in both blocks, and
    ``uniforms``: the inputs of these. ``t``: of the first block, against the closest rival. ``share`` is None where
    that leaves the choice open, and where the design equals a rival in every draw: nothing is chosen then that could
    hold.
    """

    chosen: str
    rivals: tuple[str, ...]
    sign: int
    t: float
    contrasts: tuple[Contrast, ...]
    acting: tuple[Contrast, ...]
    uniforms: Floats
    share: Share | None

    @property
    def draws(self) -> int:
        """How many worlds are finished in both blocks."""
        return len(self.contrasts[0].d2)

    @property
    def idle(self) -> int:
        """In how many of them the designs do nothing in a block, so that the share is not of them."""
        return self.draws - len(self.uniforms)

    @property
    def equal(self) -> tuple[str, ...]:
        """Rivals that have the same value as the design in every draw."""
        return tuple(rival for rival, one in zip(self.rivals, self.contrasts, strict=True) if one.is_equal)

    @property
    def ties(self) -> int:
        """In how many of the draws that count the design has the same value as one of its rivals."""
        return int(np.any([one.d2 == 0 for one in self.acting], axis=0).sum())

    @property
    def interval(self) -> tuple[float, float, float]:
        """Mean and 95 % interval of the difference to the first rival with inputs drawn, in the measure's unit."""
        mean, lower, upper = interval(self.contrasts[0].d2)
        return (mean, lower, upper) if self.sign > 0 else (-mean, -upper, -lower)

    @property
    def expected(self) -> tuple[float, float]:
        """Range of the expected difference to the first rival over inputs, in the measure's unit."""
        low, high = expected_range(self.acting[0], self.uniforms)
        return (low, high) if self.sign > 0 else (-high, -low)

    def drivers(self) -> list[Driver]:
        """Inputs that move the difference itself, beyond its scale."""
        return drivers(self.acting[0].y, self.uniforms)

    def size_drivers(self) -> list[Driver]:
        """Inputs that scale the difference; where no scale is used, those that move it; of no difference none."""
        if self.contrasts[0].is_equal:
            return []
        scale = self.acting[0].scale
        return self.drivers() if scale is None else drivers(np.log(scale), self.uniforms)


def evaluate(
    contest: ContestRecord, chosen: str, rivals: Sequence[str], goal: str, window: str = "horizon"
) -> Evaluation | None:
    """The chosen design against rivals, the closest one first; None where too few worlds have a value in both blocks.

    A rival is compared on values of the two designs alone, so that what else is in the comparison changes nothing.
    """
    floor = _floor(contest, goal)
    labels = [chosen, *rivals, *([] if floor is None else [floor])]
    blocks = both_blocks(contest, list(dict.fromkeys(labels)), goal, window) if rivals else None
    if blocks is None or contest.drawn is None or int(blocks.there.sum()) < LEAST_DRAWN:
        return None
    there = blocks.there
    one, other = ({label: values[there] for label, values in block.items()} for block in (blocks.stated, blocks.drawn))
    sign = -1 if described(goal).better == "less" else 1
    contrasts = tuple(
        Contrast(
            sign * (one[chosen] - one[rival]), sign * (other[chosen] - other[rival]),
            _level(one, (chosen, rival), floor), _level(other, (chosen, rival), floor),
        )
        for rival in rivals
    )  # fmt: skip
    t = _t(contest, chosen, rivals[0], goal, window)
    acts = acting(contrasts, LEAST_DRAWN)
    some = tuple(contrast.among(acts) for contrast in contrasts)
    uniforms = contest.drawn.uniforms[: len(there)][there][acts]
    seed = str(contest.results[contest.baseline].manifest["seed"])
    told = abs(t) >= OPEN and not any(contrast.is_equal for contrast in contrasts)
    share = flips(some, uniforms, seed) if told else None
    return Evaluation(chosen, tuple(rivals), sign, t, contrasts, some, uniforms, share)


def _floor(contest: ContestRecord, goal: str) -> str | None:
    """Of a level such as awareness: the design without a program, above which levels are taken, where there is one."""
    if described(goal).kind not in ("level", "mean"):
        return None
    return next((label for label, result in contest.results.items() if result.scenario.program is None), None)


def _level(values: Mapping[str, Floats], pair: tuple[str, str], floor: str | None) -> Floats:
    """Mean level of the two designs of a contrast, a world each."""
    level: Floats = (values[pair[0]] + values[pair[1]]) / 2
    return level if floor is None else level - values[floor]


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
