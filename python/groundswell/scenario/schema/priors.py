"""Priors of inputs as values: what is plausible about a number, and how a uniform becomes a draw of it.

The schema has a prior text for each parameter (``U(2, 6)``, ``× LN(1, .4)``, ``±30 %``); ``from_schema`` makes it a
value. An analyst writes ``gs.uniform(2, 6)``, or the same as text in YAML: ``uniform(2.0, 6.0)``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scipy.special import betainc, betaincinv, gammaincinv, ndtr, ndtri

from groundswell.errors import did_you_mean, invalid, shown
from groundswell.scenario.schema.base import to_real
from groundswell.scenario.schema.frozen_mapping import FrozenMapping

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "log_sd"),
    "beta": ("a", "b"),
    "dirichlet": ("strength",),
    "fixed": (),
}
POSITIVE = ("sd", "log_sd", "median", "a", "b", "strength")
TAIL = 0.01  # of a prior with tails that may lie beyond the bounds of its parameter, on each side
LARGEST_LOG = 700.0  # exp of more is no number of a computer
TEXT = re.compile(r"\s*(?:gs\.)?([a-z]+)\s*(?:\(([^()]*)\))?\s*(\S.*)?")
NUMBER = r"(-?\d*\.?\d+)"
SCHEMA = (
    (rf"(?:.*; )?U\({NUMBER}, {NUMBER}\)", "uniform"),
    (rf"LN\({NUMBER}, {NUMBER}\)", "lognormal"),
    (rf"N\({NUMBER}, {NUMBER}\)", "normal"),
    (rf"(?:× LN\(1|LN\(default), {NUMBER}\)", "times"),
    (rf"±{NUMBER} %", "percent"),
    (rf"± factor {NUMBER}", "factor"),
    (rf"Dirichlet(?:\({NUMBER} × the mix\))?, jointly", "dirichlet"),
)
STRENGTH = 10.0  # of a Dirichlet prior that does not say it: as of so many people who were asked


@dataclass(frozen=True)
class Prior:
    """What is plausible about one number: a family, its arguments and, where stated, the unit they are in."""

    family: str
    values: tuple[float, ...] = ()
    unit: str | None = None

    def __str__(self) -> str:
        text = f"{self.family}({', '.join(map(repr, self.values))})"
        return text if self.unit is None else f"{text} {self.unit}"

    def __repr__(self) -> str:
        named = [*map(shown, self.values), *([] if self.unit is None else [f"unit={self.unit!r}"])]
        return f"{self.family}({', '.join(named)})"

    @property
    def is_fixed(self) -> bool:
        """Whether the number stays at its stated value."""
        return self.family == "fixed"

    def quantile(self, u: float) -> float:
        """Return the value that has the part ``u`` of the prior below it."""
        if self.family == "dirichlet":
            raise ValueError("shares are drawn jointly: see gamma_part")
        a, b = self.values
        if self.family == "uniform":
            return a + u * (b - a)
        if self.family == "loguniform":
            return float(a * (b / a) ** u)
        if self.family == "beta":
            return float(betaincinv(a, b, u))
        z = float(ndtri(u))
        if self.family == "normal":
            return a + b * z
        return a * math.exp(b * z) if b * z < LARGEST_LOG else math.inf

    def below(self, x: float) -> float:
        """Return the part of the prior that is below ``x``."""
        a, b = self.values
        if self.family in ("uniform", "loguniform"):
            if x <= a:
                return 0.0
            part = (x - a) / (b - a) if self.family == "uniform" else (math.log(x) - math.log(a)) / math.log(b / a)
            return min(1.0, part)
        if self.family == "beta":
            return float(betainc(a, b, min(max(x, 0.0), 1.0)))
        if self.family == "normal":
            return float(ndtr((x - a) / b))
        return float(ndtr((math.log(x) - math.log(a)) / b)) if x > 0 else 0.0

    def inside(self, u: float, low: float, high: float) -> float:
        """Return the draw of a uniform, of the prior cut off at the bounds of its parameter.

        Twelve digits are kept, so that the last bit of a system's mathematical library does not enter a study.
        """
        first, last = self.below(low), self.below(high)
        found = self.quantile(first + u * (last - first))
        return min(max(float(f"{found:.12g}"), low), high)

    def gamma_part(self, u: float, share: float) -> float:
        """Of a Dirichlet prior: the part of one share, before all are scaled to their sum."""
        return float(gammaincinv(self.values[0] * share, u)) if share > 0 else 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """What must lie within the bounds of the parameter: all of the prior, or all but its tails."""
        if self.family in ("uniform", "loguniform"):
            return self.values[0], self.values[1]
        return self.quantile(TAIL), self.quantile(1 - TAIL)

    def problem(self, low: float, high: float) -> str:
        """Return what is wrong where the parameter must be from ``low`` to ``high``; empty where nothing is."""
        if self.family in ("fixed", "dirichlet"):
            return ""
        first, last = self.ends
        if first >= low and last <= high:
            return ""
        part = "all" if self.family in ("uniform", "loguniform") else f"{1 - 2 * TAIL:.0%}"
        return f"{part} of the prior must lie within [{low:g}, {high:g}]; it reaches from {first:g} to {last:g}"


class Priors(FrozenMapping[Prior]):
    """Priors by address."""


def made(family: str, values: Mapping[str, Any], unit: Any = None) -> Prior:
    """Return a prior of checked arguments; InvalidInput names the argument, its value and the rule."""
    numbers = []
    for name, value in values.items():
        number = to_real(value)
        if number is None or (name in POSITIVE and number <= 0):
            raise invalid(f"{family}.{name}", value, f"must be a finite number{' above 0' * (name in POSITIVE)}")
        numbers.append(number)
    if family in ("uniform", "loguniform"):
        low, high = numbers
        if not low < high:
            raise invalid(f"{family}.high", high, f"must be above low ({low:g})")
        if family == "loguniform" and low <= 0:
            raise invalid(f"{family}.low", low, "must be above 0")
        if not math.isfinite(high / low if family == "loguniform" else high - low):
            raise invalid(f"{family}.high", high, f"is too far above low ({low:g}) to be computed with")
    if unit is not None and (not isinstance(unit, str) or not unit.strip()):
        raise invalid(f"{family}.unit", unit, "must be text: the unit of the parameter, as in gs.parameters()")
    return Prior(family, tuple(numbers), unit)


def uniform(low: float, high: float, unit: str | None = None) -> Prior:
    """Every value from low to high is equally plausible. ``unit``: checked against that of the parameter."""
    return made("uniform", {"low": low, "high": high}, unit)


def loguniform(low: float, high: float, unit: str | None = None) -> Prior:
    """Every value from low to high is equally plausible on a scale of ratios."""
    return made("loguniform", {"low": low, "high": high}, unit)


def normal(mean: float, sd: float, unit: str | None = None) -> Prior:
    """A normal prior, cut off at the bounds of its parameter."""
    return made("normal", {"mean": mean, "sd": sd}, unit)


def lognormal(median: float, log_sd: float, unit: str | None = None) -> Prior:
    """A lognormal prior with its median and the standard deviation of the logarithm."""
    return made("lognormal", {"median": median, "log_sd": log_sd}, unit)


def beta(a: float, b: float, unit: str | None = None) -> Prior:
    """A beta prior of a share or probability."""
    return made("beta", {"a": a, "b": b}, unit)


def dirichlet(strength: float = STRENGTH) -> Prior:
    """Of shares that sum to 1, jointly: a Dirichlet prior whose mean are the stated shares, its sum ``strength``."""
    return made("dirichlet", {"strength": strength})


def fixed() -> Prior:
    """The number stays at its stated value, also where it would be drawn by default."""
    return Prior("fixed")


def from_text(text: str) -> Prior:
    """Return the prior of ``uniform(2, 6)`` or ``uniform(2, 6) weeks``; ValueError says what is wrong."""
    if text.count("(") != text.count(")"):
        rule = "a parenthesis is missing; in a flow mapping of YAML, {…}, where a comma ends an entry"
        raise ValueError(f"{rule}, a prior must be in quotes: 'uniform(2, 6)'")
    match = TEXT.fullmatch(text)
    name = text if match is None else str(match[1])
    if match is None or name not in ARGUMENTS:
        raise ValueError(f"must be a prior as in 'uniform(2, 6)'; {did_you_mean(name, ARGUMENTS)}")
    try:
        numbers = [float(part) for part in match[2].split(",")] if (match[2] or "").strip() else []
    except ValueError:
        raise ValueError(f"arguments of {name} must be numbers, not {shown(match[2])}") from None
    needed = ARGUMENTS[name]
    if len(numbers) != len(needed):
        raise ValueError(f"{name} takes {len(needed)} numbers ({', '.join(needed)}), not {len(numbers)}")
    return made(name, dict(zip(needed, numbers, strict=True)), match[3] and match[3].strip())


def from_schema(text: str, default: Any) -> Prior | None:
    """Return the prior that a text of the schema states for a default; None where it states none."""
    base = to_real(default)
    for pattern, kind in SCHEMA:
        match = re.fullmatch(pattern, text)
        if match is None:
            continue
        numbers = tuple(float(part) for part in match.groups() if part)
        if kind == "dirichlet":
            return Prior("dirichlet", numbers or (STRENGTH,))
        if kind in ARGUMENTS:
            return Prior(kind, numbers)
        return None if base is None or base == 0 else _relative(kind, base, numbers[0])
    return None


def _relative(kind: str, base: float, number: float) -> Prior:
    if kind == "percent":
        ends = sorted((base * (1 - number / 100), base * (1 + number / 100)))
        return Prior("uniform", tuple(float(f"{end:.12g}") for end in ends))
    if kind == "times":
        return Prior("lognormal", (base, number))
    return Prior("loguniform", (base / number, base * number))


def without_unit(prior: Prior) -> Prior:
    """Return the prior alone, once its unit is checked."""
    return replace(prior, unit=None)
