"""The best share of company content over what is unknown: tolerance and slope of credibility.

`PYTHONPATH=python .venv/bin/python tools/content_mix_map.py` writes docs/results/content_mix.md and content_mix.png.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
import matplotlib.pyplot as plt
from program_study import RESULTS, START, Floats, by_world, interval, table, text, weekly_level, where

import groundswell as gs

EMPLOYEES, ADVOCATES, POSTS = 300, 30, 4.0
WEEKS, WARM_UP, FOLLOW_UP = 26, 4, 4
WORLDS, REPLICATES, SEED = 10, 3, 1
FRACTIONS = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
TOLERANCES = (0.1, 0.25, 0.4, 0.55, 0.7)
SLOPES = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
MEASURES = ("awareness of buyers", "awareness of all", "clicks")
LARGE, LARGE_WEEKS, LARGE_REPLICATES = 10_000, 4, 2
GROUPS = (25, 100, 1_000, 4_000, LARGE)
PAGE_POSTS = 3.0  # a week, the default
Cell = tuple[float, float]  # tolerance, slope
Values = dict[str, Floats]  # by measure: worlds x fractions


@dataclass(frozen=True)
class Best:
    """The best fraction of a cell, by how much it beats the next and all company content."""

    fraction: float
    next: float
    gain: float  # over the next best, relative to the best
    sure: bool  # the 95 % interval of that difference is above 0
    over_full: Floats  # difference to all company content, by world, relative to the mean there

    @property
    def place(self) -> str:
        if self.fraction == FRACTIONS[-1]:
            return "edge"
        return "inner, sure" if interval(self.over_full)[1] > 0 else "inner"


def cells() -> list[Cell]:
    """Without a slope the tolerance decides nothing: one cell for all."""
    return [(TOLERANCES[0], 0.0), *((t, s) for s in SLOPES if s > 0 for t in TOLERANCES)]


def label(cell: Cell, fraction: float | None) -> str:
    return f"{cell[0]:g}, {cell[1]:g}, {'none' if fraction is None else f'{fraction:g}'}"


def scenario(cell: Cell, fraction: float | None) -> gs.Scenario:
    """Of a cell with this share of company content; without a program for None."""
    advocates = gs.ActiveAdvocates(size=ADVOCATES)
    program = None
    if fraction is not None:
        program = gs.Program(advocates=advocates, posts_per_week=POSTS, company_content_fraction=fraction)
    base = gs.Scenario(
        gs.Company.synthetic(EMPLOYEES), START, WEEKS, warm_up_weeks=WARM_UP, follow_up_weeks=FOLLOW_UP,
        program=program,
    )  # fmt: skip
    values = {"credibility.company_share_tolerance": cell[0], "credibility.credibility_slope": cell[1]}
    return base.replace(values, label=label(cell, fraction))


def measured(result: gs.Results) -> dict[str, Floats]:
    """One number a world: mean of the last 13 weekly levels, clicks on every employee's post of the whole run."""
    sources = [by_world(result, "clicks", source=name, window="completion") for name in ("program", "organic")]
    return {
        "awareness of buyers": weekly_level(result, "awareness", segment="buyer"),
        "awareness of all": weekly_level(result, "awareness"),
        "clicks": sources[0] + sources[1],
    }


def run(worlds: int = WORLDS, replicates: int = REPLICATES) -> dict[Cell, Values]:
    """What the program adds to the same cell without it."""
    designs = [scenario(cell, fraction) for cell in cells() for fraction in (*FRACTIONS, None)]
    contest = gs.compare(designs, worlds=worlds, replicates=replicates, seed=SEED, people="aggregate")
    found: dict[Cell, Values] = {}
    for cell in cells():
        parts = [measured(contest.results[label(cell, fraction)]) for fraction in FRACTIONS]
        none = measured(contest.results[label(cell, None)])
        found[cell] = {name: np.stack([part[name] - none[name] for part in parts], axis=1) for name in MEASURES}
    return found


def best(values: Floats) -> Best:
    """From worlds x fractions."""
    order = np.argsort(values.mean(axis=0))[::-1]
    gap = values[:, order[0]] - values[:, order[1]]
    over = (values[:, order[0]] - values[:, -1]) / values[:, -1].mean()
    gain = float(gap.mean() / values[:, order[0]].mean())
    return Best(FRACTIONS[order[0]], FRACTIONS[order[1]], gain, interval(gap)[1] > 0, over)


def cell_text(found: Best) -> str:
    star = "" if found.sure else f" (or {found.next:g})"
    if found.place == "edge":
        return f"1 edge{star}"
    mean, low, high = interval(found.over_full)
    return f"**{found.fraction:g}**{star}; {100 * mean:+.1f} % ({100 * low:+.1f} to {100 * high:+.1f})"


def map_table(found: dict[Cell, Values], name: str) -> str:
    rows: list[list[str]] = []
    for tolerance in TOLERANCES:
        by_slope = [found[tolerance if slope else TOLERANCES[0], slope][name] for slope in SLOPES]
        rows.append([f"{tolerance:g}", *(cell_text(best(values)) for values in by_slope)])
    return table(["tolerance \\ slope", *(f"{slope:g}" for slope in SLOPES)], rows)


def curves(found: dict[Cell, Values]) -> str:
    """Three cells at length: no penalty, the defaults' neighbor, the strongest."""
    rows = []
    for cell in ((0.1, 0.0), (0.25, 1.0), (0.1, 2.0)):
        for name in MEASURES:
            values = found[cell][name]
            relative = values / values[:, -1:].mean()
            where_ = "off" if cell[1] == 0 else f"{cell[0]:g}, {cell[1]:g}"
            rows.append([where_, name, *(f"{x:.3f}" for x in relative.mean(axis=0))])
    return table(["tolerance, slope", "measure / that at 1", *(f"{f:g}" for f in FRACTIONS)], rows)


def counts(found: dict[Cell, Values]) -> str:
    lines = []
    for name in MEASURES:
        places = [best(found[t if s else TOLERANCES[0], s][name]).place for s in SLOPES for t in TOLERANCES]
        inner, sure = sum(p != "edge" for p in places), sum(p == "inner, sure" for p in places)
        lines.append(f"{name}: inner optimum in {inner} of {len(places)} cells, surely better than 1 in {sure}")
    return "; ".join(lines)


def draw(found: dict[Cell, Values]) -> None:
    figure, axes = plt.subplots(1, 3, figsize=(13, 4.6), layout="constrained", sharey=True)
    for ax, name in zip(axes, MEASURES, strict=True):
        bests = [[best(found[t if s else TOLERANCES[0], s][name]) for s in SLOPES] for t in TOLERANCES]
        grid = np.array([[b.fraction for b in row] for row in bests])
        image = ax.imshow(grid, origin="lower", cmap="viridis", vmin=0, vmax=1, aspect="auto")
        for i, row in enumerate(bests):
            for j, b in enumerate(row):
                note = "edge" if b.place == "edge" else f"{100 * b.over_full.mean():+.0f} %"
                mark = "" if b.place != "inner" else "?"
                ax.text(j, i, f"{b.fraction:g}\n{note}{mark}", ha="center", va="center", fontsize=9,
                        color="black" if b.fraction > 0.6 else "white")  # fmt: skip
        ax.set_xticks(range(len(SLOPES)), [f"{s:g}" for s in SLOPES])
        ax.set_yticks(range(len(TOLERANCES)), [f"{t:g}" for t in TOLERANCES])
        ax.set(title=f"Goal: {name}", xlabel="credibility.credibility_slope")
    axes[0].set_ylabel("credibility.company_share_tolerance")
    figure.colorbar(image, ax=axes, label="best share of company content")
    figure.suptitle("Best share of company content; below it the gain over all company content (? interval holds 0)")
    figure.savefig(RESULTS / "content_mix.png", dpi=110)


def volume() -> str:
    """The company of 10,000 with 20 % company content against its page."""
    base = gs.Scenario(gs.Company.synthetic(LARGE), START, LARGE_WEEKS, warm_up_weeks=1, follow_up_weeks=2)
    designs = [
        base.replace(
            program=gs.Program(
                advocates=gs.ActiveAdvocates(size=n), posts_per_week=POSTS, company_content_fraction=0.2
            ),
            label=f"{n:,}",
        )
        for n in GROUPS
    ]
    contest = gs.compare(designs, worlds=1, replicates=LARGE_REPLICATES, seed=SEED, people="aggregate")
    rows = []
    for name, result in contest.results.items():
        row = [name]
        for measure in ("posts", "impressions"):
            frame = result.frame(measure, by="source", window="completion").set_index("source")["mean"]
            ratio = result.frame(f"employee_to_page_{measure}", window="completion")["mean"].iloc[0]
            row += [f"{frame['program']:,.0f}", f"{frame['program'] / frame['page']:,.1f}", f"{ratio:,.1f}"]
        rows.append(row)
    head = ["active advocates"]
    for measure in ("posts", "impressions"):
        head += [f"program {measure}", "over the page's", f"`employee_to_page_{measure}`"]
    return table(head, rows)


PAGE = """# Content mix

{where}
Map: a company of {employees}, {advocates} active advocates at {posts:g} posts a week, all kinds;
{warm_up} + {weeks} + {follow_up} weeks; {worlds} worlds of {replicates} replicates, seed {seed}, the same luck in
every cell.

Tolerance and slope of the loss of credibility are unknown (4.18: no experiment): the priors are U(.1, .7) and U(0, 2).
So the best share of company content is a map over both. Shares tried: {fractions}. Values are what the program adds
to the same cell without a program. Awareness: mean of the last 13 weekly levels; clicks: on employees' posts, to
completion. A cell: best share; *(or x)*: the 95 % interval of its difference to the next best, x, over worlds, holds 0;
then its gain over all company content with the 95 % interval, relative to what all company content adds.
*edge*: no inner optimum among the shares tried, all company content is best.

{counts}.
The five cells of slope 0 are one: tolerance does not matter there.

![Best share of company content](content_mix.png)

{maps}

## Along the shares

What the program adds, relative to all company content (mean over runs).

{curves}

With the penalty off (slope 0) all company content is best: a post not about the company reaches nobody by definition
here, and takes a slot. {off}

## The practitioners' claim: with a 20 % cap, six times the brand's volume

A company of {large:,} ({large_weeks} weeks after 1, 1 world, {large_replicates} replicates), 20 % company content,
{posts:g} posts a week; the page posts 3 times a week to followers it has by default (a tenth of the connections).
`employee_to_page_…` are the measures of the package: all posts of employees, organic ones too, which alone are dozens
of times the page's in a company of this size.

{volume}

The ratio of posts is the number of advocates times the cadence over the page's: arithmetic. Six times the page's posts
is reached by {six:.0f} advocates, and says nothing about an audience; the same six times in views takes thousands.

## What this rests on

Where tolerance is low, all company content wins again although the penalty is strong: credibility cannot fall below
half (its form in MODEL.md 3), every mix above a third or so already pays most of the penalty, and then more posts are
more views. An inner optimum needs a tolerance that a mix can keep to.

Credibility acts on views (g) and on reactions; posts not about the company are free for the company here except for
displacement, same-day repeats and cost of time. Participation is left out (active advocates); their motivation may
depend on the mix in ways that nobody has measured.
"""


def main() -> None:
    begun = time.process_time()
    found = run()
    draw(found)
    off = [found[TOLERANCES[0], 0.0][name] for name in MEASURES]
    sure = [text(v[:, -1] / v[:, -2] - 1, 1, True, 100) for v in off]
    page = PAGE.format(
        employees=EMPLOYEES, advocates=ADVOCATES, posts=POSTS, weeks=WEEKS, warm_up=WARM_UP, follow_up=FOLLOW_UP,
        worlds=WORLDS, replicates=REPLICATES, seed=SEED, fractions=", ".join(f"{f:g}" for f in FRACTIONS),
        counts=counts(found), curves=curves(found), six=np.ceil(6 * PAGE_POSTS / (POSTS * 0.2)),
        large=LARGE, large_weeks=LARGE_WEEKS,
        large_replicates=LARGE_REPLICATES, volume=volume(),
        maps="\n\n".join(f"## Goal: {name}\n\n{map_table(found, name)}" for name in MEASURES),
        off="1 against .8, %: " + "; ".join(f"{n} {t}" for n, t in zip(MEASURES, sure, strict=True)) + ".",
        where=where("tools/content_mix_map.py", time.process_time() - begun),
    )  # fmt: skip
    (RESULTS / "content_mix.md").write_text(page)


if __name__ == "__main__":
    main()
