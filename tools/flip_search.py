"""Few loud against Many quiet over the priors: on which measures does the choice flip, and is a flip real?

`PYTHONPATH=python .venv/bin/python tools/flip_search.py` writes docs/results/few_loud_many_quiet.md. Active and invited
people; 200 joint draws of the inputs that are drawn by default, each in a world of its own and beside a run of that
world at stated values (`gs.compare`). The clearest flips are then confirmed by a crossed run: the draws that speak most
for each side, all in the same fresh worlds, with an interval for each draw.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from program_study import RESULTS, START, table, where

import groundswell as gs
from groundswell.decide.inputs.clause import checked, holds
from groundswell.decide.inputs.evaluate import Evaluation, evaluate, names
from groundswell.decide.inputs.procedure import explained
from groundswell.scenario.inputs.draws import with_values

SEED, FRESH_SEED = 1, 2
GOALS = (
    "posts", "unique_people_added", "aware_people_added", "aware_buyers_added", "impressions_added", "clicks_added",
    "favorability", "mutes", "hours_added", "program_cost_added", "cost_per_person_added",
)  # fmt: skip
PAIRS = {
    "active": ("Few loud", "Many quiet"),
    "invited": ("Few loud, invited", "Many quiet, invited"),
    "topics": ("Company content", "Other topics"),  # the same people: whose program takes less of their time?
}


@dataclass(frozen=True)
class Flip:
    """What the draws say of one pair on one measure."""

    how: str
    goal: str
    found: Evaluation
    below: float  # share of single draws with the other sign: mostly luck
    shrunk: np.ndarray[tuple[int], np.dtype[np.float64]]


def designs(employees: int, weeks: int) -> list[gs.Scenario]:
    """No program; a twentieth of the people at 4 posts a week and a fifth at 1, who keep posting or are invited.

    Beside these the same twentieth with more posts, nearly all about the company, and with fewer, nearly all about
    other topics: how long the latter take is an input.
    """
    base = gs.Scenario(gs.Company.synthetic(employees), START, weeks, "No program", warm_up_weeks=8)
    few, many = employees // 20, employees // 5
    programs = [
        gs.Program(advocates=gs.ActiveAdvocates(size=few), posts_per_week=4),
        gs.Program(advocates=gs.ActiveAdvocates(size=many), posts_per_week=1),
        gs.Program(select=gs.Selection(size=few), posts_per_week=4),
        gs.Program(select=gs.Selection(size=many), posts_per_week=1),
        gs.Program(advocates=gs.ActiveAdvocates(size=few), posts_per_week=4, company_content_fraction=0.9),
        gs.Program(advocates=gs.ActiveAdvocates(size=few), posts_per_week=2.2, company_content_fraction=0.1),
    ]
    labels = [label for pair in PAIRS.values() for label in pair]
    return [base, *(base.replace(label=label, program=one) for label, one in zip(labels, programs, strict=True))]


def flips(contest: gs.Contest) -> list[Flip]:
    """Every pair on every measure, the design with the better mean against the other one."""
    rows = []
    for how, pair in PAIRS.items():
        for goal in GOALS:
            means = contest.table(measures=goal).set_index("label")["mean"]
            less = evaluate(contest, pair[0], [pair[1]], goal)
            if less is None or means[pair[0]] == means[pair[1]]:
                continue
            first = (means[pair[0]] > means[pair[1]]) == (less.sign > 0)
            found = less if first else evaluate(contest, pair[1], [pair[0]], goal)
            if found is None:
                continue
            below = float((found.contrasts[0].d2 < 0).mean())
            rows.append(Flip(how, goal, found, below, explained(found.acting[0], found.uniforms).shrunk))
    return rows


def told(contest: gs.Contest, flip: Flip) -> tuple[str, ...]:
    found, drawn = flip.found, checked(contest)
    share = "open at the stated inputs" if found.share is None else holds(found.share)
    named = ", ".join(names(drawn, found.drivers())) or "not distinguishable"
    return (flip.goal, flip.how, found.chosen, f"{found.t:.1f}", f"{100 * flip.below:.0f}", share, named)


def crossed(contest: gs.Contest, flip: Flip, worlds: int) -> list[tuple[str, ...]]:
    """The two draws that speak most for each side, all in the same fresh worlds: chosen minus other, interval."""
    inputs = checked(contest).inputs
    order = np.argsort(flip.shrunk)
    labels = ("No program", flip.found.chosen, flip.found.rivals[0])
    designs = [contest.results[label].scenario for label in labels]
    rows: list[tuple[str, ...]] = []
    for draw in (*order[:2], *order[-2:]):
        none, *both = (with_values(one, inputs, flip.found.uniforms[draw].tolist()) for one in designs)
        again = gs.compare(both, none, worlds=worlds, replicates=1, seed=FRESH_SEED, progress=False, inputs=False)
        row = again.table(labels[2], flip.goal).set_index("label").loc[labels[1]]
        low, high = sorted(flip.found.sign * row[end] for end in ("difference_ci_lower", "difference_ci_upper"))
        verdict = "for" if low > 0 else "against" if high < 0 else "cannot be told"
        mean = flip.found.sign * row["difference"]
        rows.append(
            (str(int(draw)), f"{flip.shrunk[draw]:+,.4g}", f"{mean:+,.4g}", f"{low:+,.4g} to {high:+,.4g}", verdict)
        )
    return rows


def candidates(rows: list[Flip], most: int) -> list[Flip]:
    """Pairs to confirm: the clearest flips, by the lower end of their share."""
    known = [one for one in rows if one.found.share is not None and one.found.share.share > 0]
    return sorted(known, key=lambda one: -one.found.share.lower if one.found.share else 0.0)[:most]


def page(contest: gs.Contest, options: argparse.Namespace, rows: list[Flip], begun: float) -> str:
    parts = []
    for flip in candidates(rows, options.confirm):
        result = crossed(contest, flip, options.worlds)
        real = {"for", "against"} <= {row[-1] for row in result}
        crossed_head = ("draw", "shrunk difference", "mean in the fresh worlds", "95 % interval", "verdict")
        parts += [
            f"## {flip.goal}, {flip.how}: {'a flip, confirmed' if real else 'not confirmed'}",
            f"{flip.found.chosen} against {flip.found.rivals[0]}; positive is in favor of the first.",
            table(crossed_head, result),
        ]
    head = (
        "measure",
        "people",
        "better at stated inputs",
        "t",
        "other sign, % of draws",
        "holds",
        "drivers of the choice",
    )
    count = len(checked(contest).inputs)
    about = (
        f"{options.draws} joint draws of {count} inputs, each in one world of {options.employees} employees, "
        f"{options.weeks} weeks;\na twentieth of the people at 4 posts a week against a fifth at 1;\n`topics`: the "
        "same twentieth at 4 posts, .9 of them about the company, against 2.2 posts, .1 of them.\n`holds`: the share "
        "of inputs under which the choice does not flip ([inputs](../model/inputs.md)), with its 95 % "
        "interval.\nSingle draws of the other sign are mostly luck and world."
    )
    confirmed = f"Confirmation: {options.worlds} fresh worlds, the same for each draw."
    said = where(" ".join(["tools/flip_search.py", *sys.argv[1:]]), time.process_time() - begun)
    if not parts:
        parts = ["No pair flips in any draw, so there is nothing to confirm."]
    text = ["# Few loud against Many quiet over the inputs", said, about, table(head, [told(contest, r) for r in rows])]
    return "\n\n".join([*text, confirmed, *parts]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--employees", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--worlds", type=int, default=20, help="of the crossed run")
    parser.add_argument("--confirm", type=int, default=3, help="how many pairs the crossed run confirms")
    parser.add_argument("--out", default=str(RESULTS / "few_loud_many_quiet.md"))
    options = parser.parse_args()
    begun = time.process_time()
    base, *others = designs(options.employees, options.weeks)
    contest = gs.compare(
        others, base, worlds=options.draws, replicates=1, seed=SEED, progress=False, people="aggregate"
    )
    text = page(contest, options, flips(contest), begun)
    Path(options.out).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
