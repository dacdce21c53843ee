"""Awareness and favorability of viewers and segments (docs/MODEL.md 5)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .world_view import MINUTES_A_DAY, SEGMENTS, Parameters, WorldView


@dataclass
class Awareness:
    """State of every viewer with an attended impression, and sums by segment."""

    world: WorldView
    parameters: Parameters
    u: dict[int, float] = field(default_factory=dict)
    touched: dict[int, int] = field(default_factory=dict)  # minute of the last attended impression
    favorability: dict[int, float] = field(default_factory=dict)
    segment_u: list[float] = field(default_factory=lambda: [0.0] * len(SEGMENTS))
    segment_rise: list[float] = field(default_factory=lambda: [0.0] * len(SEGMENTS))
    _today: list[float] = field(default_factory=lambda: [0.0] * len(SEGMENTS))

    def _kept(self, minutes: int) -> float:
        """What decay leaves after some minutes."""
        return float(2 ** (-minutes / (self.parameters["half_life_weeks"] * 7 * MINUTES_A_DAY)))

    def attend(self, viewer: int, minute: int, weight: float, *, negative: bool = False) -> None:
        segment = self.world.segment(viewer)
        phi = self.parameters["phi"]
        before = self.u.get(viewer, 0.0) * self._kept(minute - self.touched.get(viewer, minute))
        after = float(np.float32(1 - (1 - before) / (1 + weight * phi / (1 - phi))))
        self.u[viewer] = after
        self.touched[viewer] = minute
        self._today[segment] += (after - before) * self._kept(MINUTES_A_DAY - minute % MINUTES_A_DAY)

        step = self.parameters["favorability_step"]
        # AMBIGUOUS (report 8): whether the prior itself is rounded to single precision before the first rise.
        old = self.favorability.get(viewer, float(np.float32(self.parameters["favorability_prior"])))
        if negative:
            new = float(np.float32(-1 + (1 + old) / (1 + 2 * weight * step / (1 - step))))
        else:
            new = float(np.float32(1 - (1 - old) / (1 + weight * step / (1 - step))))
        self.favorability[viewer] = new
        self.segment_rise[segment] += new - old

    def end_of_day(self) -> None:
        for s in range(len(SEGMENTS)):
            self.segment_u[s] = self.segment_u[s] * self._kept(MINUTES_A_DAY) + self._today[s]
            self._today[s] = 0.0

    def baseline(self, segment: int) -> float:
        name = SEGMENTS[segment] if SEGMENTS[segment] in ("buyer", "talent") else "other"
        return float(self.parameters[f"baseline_{name}"])

    def awareness_levels(self) -> list[float]:
        """By segment, then over all who are not employees; NaN where there is nobody."""
        sums, sizes = [], []
        for s in range(len(SEGMENTS)):
            n = self.world.segment_size(s)
            base = self.baseline(s)
            sums.append(n * base + self.parameters["attainable_lift"] * (1 - base) * self.segment_u[s])
            sizes.append(n)
        return _means(sums, sizes)

    def favorability_levels(self) -> list[float]:
        prior = self.parameters["favorability_prior"]
        sizes = [self.world.segment_size(s) for s in range(len(SEGMENTS))]
        return _means([n * prior + rise for n, rise in zip(sizes, self.segment_rise, strict=True)], sizes)


def _means(sums: list[float], sizes: list[int]) -> list[float]:
    return [s / n if n else float("nan") for s, n in [*zip(sums, sizes, strict=True), (sum(sums[1:]), sum(sizes[1:]))]]
