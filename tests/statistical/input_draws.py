"""The share of inputs under which a choice flips, on synthetic truths: `python -m tests.statistical.input_draws`.

A study has two blocks of the same worlds. A world's difference is noise about an expectation that depends on 20 inputs
in one of six ways, scaled or not; the second block's noise repeats that of the first in part (their correlation). The
truth is the share of the prior in which the expectation of the design that looks better is below 0.
"""

from __future__ import annotations

import argparse
import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from groundswell.decide.inputs.procedure import OPEN, Contrast, acting, drivers, expected_range, flips

Floats = NDArray[np.float64]
INPUTS, STUDIES, SEED = 20, 40, 20_261_130
SHARES, TS, CORRELATIONS = (0.02, 0.05, 0.1, 0.2), (3.0, 6.0, 12.0, 24.0), (0.9, 0.96)
LESS_ALIKE = 0.8  # a correlation of the blocks below what was asked for: reported beside
REPORT = Path(__file__).parents[2] / "docs" / "results" / "input_draws.md"
# What the expectation depends on, mean 0 and variance 1, with a tail below; and how strongly the inputs scale it.
TRUTHS: dict[str, tuple[Callable[[Floats], Floats], float]] = {
    "nothing": (lambda z: 0 * z[:, 0], 0.0),
    "scale alone": (lambda z: 0 * z[:, 0], 0.5),
    "one input, scaled": (lambda z: z[:, 0], 0.5),
    "three inputs": (lambda z: (z[:, 0] + z[:, 1] + z[:, 2]) / np.sqrt(3), 0.0),
    "square, scaled": (lambda z: (1 - z[:, 0] ** 2) / np.sqrt(2), 0.5),
    "product": (lambda z: (z[:, 0] + z[:, 0] * z[:, 1]) / np.sqrt(2), 0.0),
}
IDLE = ("nothing", "scale alone")  # truths that flip nothing


@dataclass(frozen=True)
class Cell:
    """One truth: how the inputs act, the share they flip, the t of the first block, how alike the blocks are."""

    truth: str
    share: float
    t: float
    correlation: float
    worlds: int = 40
    idle: float = 0.0  # the share of draws in which nothing happens: an input says so, as a low rate of joining does


@dataclass(frozen=True)
class Found:
    """What studies of a cell said: true share (of the design that looked better), share, ends; range held; drivers."""

    true: Floats
    share: Floats
    lower: Floats
    upper: Floats
    in_range: Floats
    first_driver: Floats
    naive: Floats

    def error(self) -> Floats:
        return self.share - self.true

    def covered(self) -> Floats:
        # A share of 0 is at the edge: its interval, of a beta, begins a hair above.
        return ((self.lower <= np.maximum(self.true, 0.001)) & (self.true <= self.upper)).astype(np.float64)


def stratified(rng: np.random.Generator, worlds: int) -> Floats:
    """Uniforms as the draws have them: blocks of 20 worlds take each twentieth once."""
    blocks = [np.argsort(rng.random((20, INPUTS)), axis=0) for _ in range(worlds // 20)]
    found: Floats = (np.concatenate(blocks) + rng.random((worlds, INPUTS))) / 20
    return found


def spread(cell: Cell) -> float:
    """Standard deviation of the expectation over inputs, for a mean of 1, at which the share comes out."""
    if cell.share == 0:
        return 0.0
    z = np.random.default_rng(SEED).standard_normal((400_000, 2 if "product" in cell.truth else 3))
    return -1 / float(np.quantile(TRUTHS[cell.truth][0](z), cell.share))


def study(cell: Cell, tau: float, rng: np.random.Generator) -> tuple[Contrast, Floats, Floats]:
    """Two blocks, the uniforms, and each world's expectation under its inputs."""
    act, log_scale = TRUTHS[cell.truth]
    u = stratified(rng, cell.worlds)
    z = ndtri(u)
    scale = np.exp(log_scale * (z[:, 3] + z[:, 4]) / np.sqrt(2))
    noise = np.sqrt(cell.worlds) / cell.t
    first = rng.standard_normal(cell.worlds)
    second = cell.correlation * first + np.sqrt(1 - cell.correlation**2) * rng.standard_normal(cell.worlds)
    scale[np.argsort(u[:, 4])[: round(cell.idle * cell.worlds)]] = 0.0
    expected = scale * (1 + tau * act(z))
    d1, d2 = 1 + noise * first, expected + scale * noise * second
    level = 10 * np.exp(0.2 * rng.standard_normal(cell.worlds))
    return Contrast(d1, d2, level, level * scale * np.exp(0.05 * rng.standard_normal(cell.worlds))), u, expected


def run(cell: Cell, studies: int = STUDIES) -> Found:
    """Studies of one cell in which the first block has a |t| of 2 or more, as only these are given a share."""
    rng = np.random.default_rng([SEED, *cell.truth.encode(), int(1000 * cell.share), int(cell.t), cell.worlds])
    tau, rows = spread(cell), []
    while len(rows) < studies:
        contrast, u, expected = study(cell, tau, rng)
        d1 = contrast.d1
        t = float(d1.mean() / d1.std(ddof=1)) * np.sqrt(cell.worlds)
        if abs(t) < OPEN:
            continue
        sign = 1 if t > 0 else -1
        turned = Contrast(sign * d1, sign * contrast.d2, contrast.level1, contrast.level2)
        acts = acting([turned], 10)
        turned, u, expected = turned.among(acts), u[acts], expected[acts]
        found = flips([turned], u, str(len(rows)))
        true = cell.share if sign > 0 else 1 - cell.share
        low, high = expected_range(turned, u)
        named = drivers(turned.y, u)
        held = float(np.mean((low <= sign * expected) & (sign * expected <= high)))
        first = float(bool(named) and named[0].input == 0)
        rows.append((true, found.share, found.lower, found.upper, held, first, float((turned.d2 < 0).mean())))
    return Found(*np.array(rows).T)


def nothing(worlds: int = 40, studies: int = STUDIES) -> dict[tuple[float, float, str], Found]:
    """Inputs that do nothing to the choice, by t, correlation and whether they scale it."""
    return {
        (t, correlation, truth): run(Cell(truth, 0.0, t, correlation, worlds), studies)
        for t in (3.0, 6.0)
        for correlation in CORRELATIONS
        for truth in IDLE
    }


def identical(worlds: int = 40, studies: int = STUDIES) -> float:
    """The largest share where the second block is the first: inputs that do nothing at all. Exactly 0."""
    rng, largest = np.random.default_rng(SEED), 0.0
    for k in range(studies):
        d = rng.standard_normal(worlds) + 0.5
        if d.mean() > 0:
            ones = np.ones(worlds)
            largest = max(largest, flips([Contrast(d, d, ones, ones)], stratified(rng, worlds), str(k)).share)
    return largest


def shares(worlds: int = 40, studies: int = STUDIES) -> dict[Cell, Found]:
    """Inputs that flip a share of up to 20 %, every truth."""
    cells = [
        Cell(truth, share, t, correlation, worlds)
        for truth in TRUTHS
        for share in ((0.0,) if truth in IDLE else SHARES)
        for t in TS
        for correlation in CORRELATIONS
    ]
    return {cell: run(cell, studies) for cell in cells}


def rmse(found: list[Found]) -> float:
    """Root mean squared error of the share, in points."""
    return 100 * float(np.sqrt(np.mean(np.concatenate([one.error() for one in found]) ** 2)))


def coverage(found: list[Found]) -> float:
    return float(np.mean(np.concatenate([one.covered() for one in found])))


def report() -> str:
    parts = [HEAD]
    for worlds in (40, 80):
        known = nothing(worlds)
        parts.append(f"## {worlds} worlds\n\nInputs that do nothing to the choice: mean share flipped.\n")
        parts.append("| t | correlation of the blocks | scale | flipped, % | naive count, % |\n|---|---|---|---|---|")
        parts += [
            f"| {t:g} | {rho:g} | {'varies' if truth == IDLE[1] else 'fixed'} | {100 * one.share.mean():.2f} "
            f"| {100 * one.naive.mean():.1f} |"
            for (t, rho, truth), one in known.items()
        ]
        for t in (3.0, 6.0):
            mean = np.mean([one.share.mean() for (at, _, _), one in known.items() if at == t])
            parts.append(f"\nAll with t = {t:g}: {100 * mean:.2f} %.")
        less = {t: [run(Cell(truth, 0.0, t, LESS_ALIKE, worlds)).share.mean() for truth in IDLE] for t in (3.0, 6.0)}
        shown = ", ".join(f"{100 * np.mean(found):.2f} % at t = {t:g}" for t, found in less.items())
        parts.append(f"\nBlocks that are less alike (correlation {LESS_ALIKE:g}): {shown}.")
        idle = {t: run(Cell(IDLE[1], 0.0, t, CORRELATIONS[0], worlds, 0.1)).share.mean() for t in (3.0, 6.0)}
        shown = ", ".join(f"{100 * found:.2f} % at t = {t:g}" for t, found in idle.items())
        parts.append(f"\nNothing happens in a tenth of the draws, the scale varies in the others: {shown}.")
        parts.append(f"\nIdentical blocks: largest share {identical(worlds):g}.\n")
        found = shares(worlds)
        every = list(found.values())
        worst = min(found, key=lambda cell: coverage([found[cell]]))
        parts.append(
            "All six truths, shares of 2, 5, 10 and 20 % where they flip anything, over all t and correlations:\n"
        )
        parts.append("| truth | RMSE, points | coverage of the 95 % interval | range holds | first driver found |")
        parts.append("|---|---|---|---|---|")
        for truth in TRUTHS:
            some = [one for cell, one in found.items() if cell.truth == truth]
            held, first = (
                float(np.mean([getattr(one, name).mean() for one in some])) for name in ("in_range", "first_driver")
            )
            last = "" if truth in IDLE else f"{first:.0%}"
            parts.append(f"| {truth} | {rmse(some):.1f} | {coverage(some):.1%} | {held:.1%} | {last} |")
        parts.append("\n| t | RMSE, points | coverage |\n|---|---|---|")
        for t in TS:
            some = [one for cell, one in found.items() if cell.t == t]
            parts.append(f"| {t:g} | {rmse(some):.1f} | {coverage(some):.1%} |")
        by_truth = [[one for cell, one in found.items() if cell.truth == truth] for truth in TRUTHS]
        equal = float(np.sqrt(np.mean([rmse(some) ** 2 for some in by_truth])))
        parts.append(
            f"\nThe six truths with equal weight: RMSE {equal:.1f} points, coverage "
            f"{np.mean([coverage(some) for some in by_truth]):.1%}.\n"
            f"Every cell with equal weight (those that flip have four shares each): {rmse(every):.1f} points, "
            f"{coverage(every):.1%}.\nWorst cell: {worst.truth}, share {worst.share:g}, t {worst.t:g}, correlation "
            f"{worst.correlation:g}: {coverage([found[worst]]):.0%} of {STUDIES} studies.\n"
        )
    date = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return "\n".join(parts).replace("{date}", date)


HEAD = """\
# The share of inputs under which a choice flips, on synthetic truths

Written by `PYTHONPATH=python .venv/bin/python -m tests.statistical.input_draws` on {date}.

A study is two blocks of the same worlds with 20 inputs drawn in the second; the procedure of
[inputs](../model/inputs.md) gives a share with an interval, a range and drivers.
Truths: `tests/statistical/input_draws.py`.
Where the mean of the first block is itself uncertain (t = 3) it moves the share by more than 40 draws do: at a share of
10 % by 7 points, which no procedure can know; the interval contains it.
Asked at 40 worlds: inputs that do nothing flip at most 2 % at t = 3 and
.5 % at t = 6, exactly 0 where the blocks are identical; shares up to 20 % with an RMSE of at most 4.5 points and a
coverage of at least 93 %.

How the truths came about, since it bears on what the numbers are worth: the set was revised twice after results had
been seen, so this is a check of the procedure on its own workbench, and no hold-out.
"""


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    begun = time.perf_counter()
    text = report()
    REPORT.write_text(text)
    print(text, f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
