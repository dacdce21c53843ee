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
    exposures: dict[int, float] = field(default_factory=dict)  # attended, decayed to `touched`
    segment_u: list[float] = field(default_factory=lambda: [0.0] * len(SEGMENTS))
    segment_rise: list[float] = field(default_factory=lambda: [0.0] * len(SEGMENTS))
    _today: list[float] = field(default_factory=lambda: [0.0] * len(SEGMENTS))
    _rise_today: list[float] = field(default_factory=lambda: [0.0] * len(SEGMENTS))

    def _kept(self, minutes: int, half_life: str = "half_life_weeks") -> float:
        """What decay leaves after some minutes."""
        return float(2 ** (-minutes / (self.parameters[half_life] * 7 * MINUTES_A_DAY)))

    def attend(
        self, viewer: int, minute: int, weight: float, authenticity: float = 1.0, *, negative: bool = False
    ) -> float:
        """Returns the attended exposures before this one, decayed."""
        passed = minute - self.touched.get(viewer, minute)
        seen = self.exposures.get(viewer, 0.0) * self._kept(passed, "wear_out_half_life_weeks")
        self._become_aware(viewer, minute, weight, passed)
        self._judge(viewer, minute, weight * (2 if negative else 1), passed, self.valence(authenticity, seen, negative))
        self.exposures[viewer] = float(np.float32(seen + 1))
        self.touched[viewer] = minute
        return seen

    def valence(self, authenticity: float, seen: float, negative: bool) -> float:
        """Where an exposure draws favorability to."""
        if negative:
            return -1.0
        many, cold = self.parameters["wear_out_exposures"], self.parameters["valence_threshold"]
        worn = (many / seen) ** self.parameters["wear_out_exponent"] if seen > many else 1.0
        return float(min(1.0, max(-1.0, (authenticity * worn - cold) / (1 - cold))))

    def _become_aware(self, viewer: int, minute: int, weight: float, passed: int) -> None:
        phi = self.parameters["phi"]
        before = self.u.get(viewer, 0.0) * self._kept(passed)
        after = float(np.float32(1 - (1 - before) / (1 + weight * phi / (1 - phi))))
        self.u[viewer] = after
        left = MINUTES_A_DAY - minute % MINUTES_A_DAY
        self._today[self.world.segment(viewer)] += (after - before) * self._kept(left)

    def _judge(self, viewer: int, minute: int, weight: float, passed: int, toward: float) -> None:
        step, half_life = self.parameters["favorability_step"], "favorability_half_life_weeks"
        # AMBIGUOUS (report 8): whether the prior itself is rounded to single precision before the first rise.
        prior = float(np.float32(self.parameters["favorability_prior"]))
        before = prior + (self.favorability.get(viewer, prior) - prior) * self._kept(passed, half_life)
        after = float(np.float32(toward + (before - toward) / (1 + weight * step / (1 - step))))
        self.favorability[viewer] = after
        left = MINUTES_A_DAY - minute % MINUTES_A_DAY
        self._rise_today[self.world.segment(viewer)] += (after - before) * self._kept(left, half_life)

    def end_of_day(self) -> None:
        fade = self._kept(MINUTES_A_DAY, "favorability_half_life_weeks")
        for s in range(len(SEGMENTS)):
            self.segment_u[s] = self.segment_u[s] * self._kept(MINUTES_A_DAY) + self._today[s]
            self.segment_rise[s] = self.segment_rise[s] * fade + self._rise_today[s]
            self._today[s] = self._rise_today[s] = 0.0

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
