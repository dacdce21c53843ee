"""A component of a target, and the measures that give its number from the runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from groundswell.validation import intervals
from groundswell.validation.collect import Evidence
from groundswell.validation.intervals import Band, Estimate

TAGS = ("input", "calibrated", "in view", "implied", "emergent")
LEAST_TREES = 200  # of lines 5 and 6, over all worlds, else not measurable
NO_LIMIT = float("inf")
Measure = Callable[[Evidence], Estimate]


@dataclass(frozen=True)
class Target:
    """One component of a line.

    `band` None: reported beside it. `measure` None: not simulated yet. `parameters`: what an input is set by, what a
    calibrated value was tuned with. `needs`: the part of the runs without which it is not measurable.
    """

    number: int
    output: str
    band: Band | None
    unit: str
    scenario: str
    tag: str
    measure: Measure | None
    parameters: str = ""
    note: str = ""
    needs: str = ""

    @property
    def source(self) -> str:
        """The row of ``gs.evidence()`` that the band rests on, in brackets."""
        return f"[A{self.number}]"


@dataclass(frozen=True)
class Mean:
    """Mean over worlds."""

    name: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        return intervals.mean(evidence.of(self.name))


@dataclass(frozen=True)
class Ratio:
    """Ratio of sums over worlds."""

    top: str
    bottom: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        return intervals.ratio(evidence.of(self.top), evidence.of(self.bottom))


@dataclass(frozen=True)
class Rare:
    """Share of trials with a rare event."""

    events: str
    trials: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        return intervals.rare(evidence.of(self.events), evidence.of(self.trials))


@dataclass(frozen=True)
class Share:
    """Share of independent trials, such as draws of unknown inputs, with an event."""

    events: str
    trials: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        return intervals.share(evidence.of(self.events), evidence.of(self.trials))


@dataclass(frozen=True)
class Relative:
    """(a / b) / (c / d), sums over worlds."""

    a: str
    b: str
    c: str
    d: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        return intervals.ratio_of_ratios(*(evidence.of(name) for name in (self.a, self.b, self.c, self.d)))


@dataclass(frozen=True)
class OfTrees:
    """Mean over worlds of a number of act trees, if there are enough of them."""

    name: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        if evidence.trees < LEAST_TREES:
            return intervals.nothing(f"{evidence.trees} act trees of 20 nodes or more, of {LEAST_TREES} needed")
        return intervals.mean(evidence.of(self.name))


@dataclass(frozen=True)
class Change:
    """Ratio of sums over worlds, less 1."""

    top: str
    bottom: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        found = intervals.ratio(evidence.of(self.top), evidence.of(self.bottom))
        return replace(found, value=found.value - 1, lower=found.lower - 1, upper=found.upper - 1)


@dataclass(frozen=True)
class Difference:
    """Mean over worlds of one number less another."""

    one: str
    other: str

    def __call__(self, evidence: Evidence) -> Estimate:
        """The estimate."""
        return intervals.mean(evidence.of(self.one) - evidence.of(self.other))


def later(number: int, output: str, band: Band | None, unit: str, scenario: str, tag: str) -> Target:
    """A component that is not simulated yet."""
    return Target(number, output, band, unit, scenario, tag, None)
