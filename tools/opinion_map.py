"""Where flooding, mandates and press releases pay and where they cost, over what is unknown of how opinions move.

`PYTHONPATH=python .venv/bin/python tools/opinion_map.py` writes docs/results/opinion_map.md and opinion_map.png.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from program_study import RESULTS, Floats, by_world, interval, table, where

import groundswell as gs
from groundswell.validation import scenarios

WORLDS, SEED = 5, 1
THRESHOLDS: tuple[float, ...] = (0.2, 0.35, 0.5, 0.65, 0.8)
EXPONENTS: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75, 1.0)
POINTS = 1_000  # favorability is shown in thousandths of its index
THRESHOLD, EXPONENT = "awareness.valence_threshold", "awareness.wear_out_exponent"
NONE, DEFAULT, FLOODING, AVERAGE, MANDATE, PRESS = "none", "default", "flooding", "average", "mandate", "press releases"
ALTERNATIVE = {FLOODING: DEFAULT, MANDATE: AVERAGE, PRESS: DEFAULT}
KINDS = ("story", "product", "press_release", "job", "third_party")
Cell = tuple[float, float]  # a0, kappa
Found = dict[Cell, dict[str, Floats]]  # favorability at the end by design and world


@dataclass(frozen=True)
class Change:
    """A difference of favorability at the end, in thousandths, with its 95 % interval over worlds."""

    mean: float
    lower: float
    upper: float

    @property
    def sure(self) -> bool:
        return self.lower > 0 or self.upper < 0

    @property
    def text(self) -> str:
        plain = f"{self.mean:+.1f} ({self.lower:+.1f} to {self.upper:+.1f})"
        return f"**{plain}**" if self.upper < 0 else plain


def press_releases() -> gs.Scenario:
    """*default* with nothing but press releases, in the words supplied."""
    mix = {f"program.mix.{kind}": float(kind == "press_release") for kind in KINDS}
    return scenarios.default().replace({**mix, "program.own_words": 0.0}, label=PRESS)


DESIGNS = {
    NONE: scenarios.none, DEFAULT: scenarios.default, FLOODING: scenarios.flooding, AVERAGE: scenarios.average,
    MANDATE: scenarios.mandate, PRESS: press_releases,
}  # fmt: skip


def cells() -> list[Cell]:
    return [(threshold, exponent) for threshold in THRESHOLDS for exponent in EXPONENTS]


def label(cell: Cell, name: str) -> str:
    return f"{name}, {cell[0]:g}, {cell[1]:g}"


def scenario(cell: Cell, name: str) -> gs.Scenario:
    return DESIGNS[name]().replace({THRESHOLD: cell[0], EXPONENT: cell[1]}, label=label(cell, name))


def run(worlds: int, threads: int | None) -> Found:
    """Every design of every cell, in the same worlds with the same luck."""
    designs = [scenario(cell, name) for cell in cells() for name in DESIGNS]
    contest = gs.compare(designs, worlds=worlds, replicates=1, seed=SEED, threads=threads, people="aggregate")
    return {
        cell: {name: by_world(contest.results[label(cell, name)], "favorability") for name in DESIGNS}
        for cell in cells()
    }


def change(found: Found, cell: Cell, name: str, versus: str) -> Change:
    values = found[cell]
    return Change(*(POINTS * x for x in interval(values[name] - values[versus])))


def map_table(found: Found, name: str, versus: str) -> str:
    rows = [
        [f"{threshold:g}", *(change(found, (threshold, exponent), name, versus).text for exponent in EXPONENTS)]
        for threshold in THRESHOLDS
    ]
    return table(["a₀ \\ κ", *(f"{exponent:g}" for exponent in EXPONENTS)], rows)


def counts(found: Found, name: str, versus: str) -> str:
    all_changes = [change(found, cell, name, versus) for cell in cells()]
    costs = sum(one.upper < 0 for one in all_changes)
    pays = sum(one.lower > 0 for one in all_changes)
    return f"{name} against {versus}: costs in {costs} of {len(all_changes)} cells, pays in {pays}"


def draw_panel(ax: Axes, found: Found, name: str, versus: str) -> None:
    changes = [[change(found, (a, k), name, versus) for k in EXPONENTS] for a in THRESHOLDS]
    grid = np.array([[one.mean for one in row] for row in changes])
    limit = max(float(np.abs(grid).max()), 1e-9)
    ax.imshow(grid, origin="lower", cmap="RdBu", vmin=-limit, vmax=limit, aspect="auto")
    for i, row in enumerate(changes):
        for j, one in enumerate(row):
            strong = abs(one.mean) > 0.6 * limit
            ax.text(j, i, f"{one.mean:+.1f}{'' if one.sure else '?'}", ha="center", va="center", fontsize=11,
                    color="white" if strong else "black")  # fmt: skip
    ax.set_xticks(range(len(EXPONENTS)), [f"{x:g}" for x in EXPONENTS])
    ax.set_yticks(range(len(THRESHOLDS)), [f"{x:g}" for x in THRESHOLDS])
    ax.set_title(f"{name[0].upper()}{name[1:]} against {versus if versus != NONE else 'no program'}")


def draw(found: Found) -> None:
    figure, axes = plt.subplots(2, 3, figsize=(13.5, 8.2), layout="constrained", sharex=True, sharey=True)
    for column, (name, versus) in enumerate(ALTERNATIVE.items()):
        draw_panel(axes[0, column], found, name, versus)
        draw_panel(axes[1, column], found, name, NONE)
        axes[1, column].set_xlabel("wear-out exponent κ (0: no wear-out)")
    for row in (0, 1):
        axes[row, 0].set_ylabel("authenticity that leaves people cold, a₀")
    figure.suptitle(
        "Favorability at the end of the year: thousandths of the index more (blue) or less (red)\n"
        "each panel has its own color scale; ?: the 95 % interval over worlds holds 0"
    )
    figure.savefig(RESULTS / "opinion_map.png", dpi=110)
    plt.close(figure)


PAGE = """# Where more is not better

{where}
The reference company of 1,000, a year after half a year of warm-up; {worlds} worlds of one replicate, seed {seed}, the
same worlds and luck in every cell and design.

Two things are unknown of how opinions move: the authenticity that leaves people cold (a₀,
`awareness.valence_threshold`, prior U(.2, .8)) and how fast company posts wear out (κ, `awareness.wear_out_exponent`,
prior U(0, 1)).
So whether a program is liked is a map over both.
A cell: favorability of all persons outside the company at the end of the year, less that of the sensible alternative,
in thousandths of the index (which goes from -1 to 1; without any exposure it is .1), with the 95 % interval over
worlds.
**Bold**: the interval is below 0, the design costs favorability.

- *Flooding*: all 1,000 post daily, all of it about the company; the alternative is *default*, 100 who post 4 times a
  week, half of it about the company.
- *Mandate*: *average* (everyone invited, with guidelines), and nobody may decline; the alternative is *average*.
- *Press releases*: *default* with press releases alone, in the words supplied; the alternative is *default*.

{counts}.

![Favorability over what is unknown](opinion_map.png)

{maps}

## What this rests on

Views, reactions and awareness are the same in every cell of a design: favorability feeds back on nothing.
A design that is seen more moves favorability further, up or down; the sign is that of the valence, which falls with a₀
and, where people have attended more than ten company posts, with κ.
Not in it: what satisfaction and exits cost under a mandate ([mandate.md](mandate.md)).
Signs rest on [4.14] and [2.27], sizes are assumptions.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=WORLDS)
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--coarse", action="store_true", help="three values of each unknown in place of five")
    asked = parser.parse_args()
    if asked.coarse:
        global THRESHOLDS, EXPONENTS
        THRESHOLDS, EXPONENTS = THRESHOLDS[::2], EXPONENTS[::2]
    command = f"tools/opinion_map.py --worlds {asked.worlds}{' --coarse' if asked.coarse else ''}"
    begun = time.process_time()
    found = run(asked.worlds, asked.threads)
    pairs = [*ALTERNATIVE.items(), *((name, NONE) for name in ALTERNATIVE)]
    titles = [f"## {name[0].upper()}{name[1:]} against {'no program' if v == NONE else v}" for name, v in pairs]
    maps = [f"{title}\n\n{map_table(found, *pair)}" for title, pair in zip(titles, pairs, strict=True)]
    draw(found)
    page = PAGE.format(
        worlds=asked.worlds, seed=SEED, counts=".\n".join(counts(found, *pair) for pair in pairs),
        maps="\n\n".join(maps), where=where(command, time.process_time() - begun),
    )  # fmt: skip
    (RESULTS / "opinion_map.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
