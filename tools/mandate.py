"""A mandate against the voluntary program, over what is unknown about its strength: volume first, what after a year.

`PYTHONPATH=python .venv/bin/python tools/mandate.py` writes docs/results/mandate.md.
"""

from __future__ import annotations

import datetime
import time
from typing import Any

import numpy as np
from program_study import RESULTS, START, Floats, by_world, table, text, where

import groundswell as gs

EMPLOYEES, WEEKS, WARM_UP, FOLLOW_UP = 200, 52, 8, 4
WORLDS, REPLICATES, SEED = 10, 3, 1
HALF_YEAR = datetime.date.fromisoformat(START) + datetime.timedelta(weeks=26, days=-1)
# Default ± 50 % (of the exit hazard: of what is above 1); weak to strong.
STRENGTH = {
    "participation.coerced_willingness": (0.2, 0.6),
    "participation.coerced_authenticity": (0.9, 0.3),
    "participation.coerced_satisfaction": (0.05, 0.15),
    "participation.negative_posts": (0.01, 0.03),
    "retention.coerced_exit": (1.1, 1.3),
}
MEASURES = {
    "posts": 0, "unique_reach": 0, "clicks": 0, "awareness": 4, "favorability": 4, "authenticity": 3,
    "credibility_of_posts": 3, "mean_motivation": 3, "satisfaction": 3, "exits": 1, "negative_posts": 1,
    "program_cost": 0,
}  # fmt: skip
BY_DESIGN = ("posts", "unique_reach", "awareness", "favorability", "authenticity", "satisfaction", "exits")
MANDATE, WEAK, STRONG, LIFTED = "mandate", "mandate, all weak", "mandate, all strong", "mandate for half a year"


def designs() -> list[gs.Scenario]:
    """Voluntary; the mandate at its defaults, all weak, all strong, one at a time; lifted after half a year."""
    plan = gs.Program(select=gs.Selection(), guidelines=1)
    voluntary = gs.Scenario(
        gs.Company.synthetic(EMPLOYEES), START, WEEKS, "voluntary", warm_up_weeks=WARM_UP, follow_up_weeks=FOLLOW_UP,
        program=plan,
    )  # fmt: skip
    forced: dict[str, Any] = {"program.mode": "mandatory"}
    found = [voluntary, voluntary.replace(forced, label=MANDATE)]
    for k, label in enumerate((WEAK, STRONG)):
        found.append(voluntary.replace(forced | {name: both[k] for name, both in STRENGTH.items()}, label=label))
    for name, both in STRENGTH.items():
        short = name.split(".")[1]
        found += [voluntary.replace(forced | {name: value}, label=f"{short} {value:g}") for value in both]
    change = gs.Change(end=HALF_YEAR, mode="mandatory")
    return [*found, voluntary.replace({"program.changes": (change,)}, label=LIFTED)]


def months(found: dict[str, gs.Results]) -> str:
    """Posts of the program by month, and those of a mandate over the voluntary ones."""
    labels = ("voluntary", MANDATE, WEAK, STRONG, LIFTED)
    frames = {}
    for label in labels:
        frame = found[label].frame("posts", by=["month", "source"])
        frames[label] = frame[frame["source"] == "program"].set_index("date")["mean"]
    dates = [date for date in frames["voluntary"].index if date.year == 2027]  # 2028 has two days
    rows = []
    for date in dates:
        cells = [f"{frames[label][date]:,.0f}" for label in labels]
        ratio = frames[MANDATE][date] / frames["voluntary"][date]
        rows.append([f"{date:%Y-%m}", *cells, f"{ratio:,.1f}"])
    return table(["month", *labels, "mandate / voluntary"], rows)


def against(found: dict[str, gs.Results]) -> str:
    """Every measure of the year, voluntary and mandate, and the paired difference."""
    rows = []
    for name, digits in MEASURES.items():
        a, b = by_world(found["voluntary"], name), by_world(found[MANDATE], name)
        weak, strong = (by_world(found[label], name) - a for label in (WEAK, STRONG))
        rows.append([f"`{name}`", f"{a.mean():,.{digits}f}", f"{b.mean():,.{digits}f}", text(b - a, digits, True),
                     text(weak, digits, True), text(strong, digits, True)])  # fmt: skip
    return table(["measure, year", "voluntary", "mandate", "difference", "all weak", "all strong"], rows)


def one_at_a_time(found: dict[str, gs.Results]) -> str:
    rows = []
    for label, result in found.items():
        if label in ("voluntary", WEAK, STRONG):
            continue
        gaps: dict[str, Floats] = {m: by_world(result, m) - by_world(found["voluntary"], m) for m in BY_DESIGN}
        rows.append([label, *(text(gaps[m], MEASURES[m], True) for m in BY_DESIGN)])
    return table(["less voluntary", *(f"`{m}`" for m in BY_DESIGN)], rows)


def per_post(found: dict[str, gs.Results]) -> str:
    """What a post is worth, and the part of the first and last month."""
    lines = []
    for label in ("voluntary", MANDATE, WEAK, STRONG):
        result = found[label]
        posts = by_world(result, "posts", source="program")
        views = by_world(result, "impressions", source="program", window="completion") / posts
        clicks = by_world(result, "clicks", source="program", window="completion") / posts
        lines.append([label, text(views, 1), text(clicks, 2)])
    return table(["design", "views a program post", "clicks a program post"], lines)


PAGE = """# A mandate against the voluntary program

{where}
A company of {employees}, everybody invited, guidelines, 4 posts a week, half company content; {weeks} weeks
after {warm_up}; {worlds} worlds of {replicates} replicates, seed {seed}, paired; 95 % intervals over worlds.

What a mandate does to the unwilling is known in sign only (4.14, 4.2). Its strength, weak to strong (default ± 50 %, of
the exit hazard ± 50 % of what is above 1): {strength}.

## Posts of the program by month

{months}

## The year

{against}

{per_post}

## One parameter at a time, and lifted after half a year

{one}

The signs of authenticity, satisfaction and exits are put in (`coerced_*`); the sizes follow from how many are coerced:
a willingness below {willing:g} has about a third of the people. Under a mandate nobody drops out for good; novelty,
fatigue and dormancy act as for everybody, and so volume falls from month to month, while a voluntary
program is still growing.
Satisfaction is a mean over who is left. Not in the model: sanctions, posts that only tick a box, what the press says
about it, people who never post again, hiring; a mandate that is worse than no mandate for reach or awareness could only
come from there.
"""


def main() -> None:
    begun = time.process_time()
    contest = gs.compare(designs(), worlds=WORLDS, replicates=REPLICATES, seed=SEED, people="aggregate")
    found = dict(contest.results)
    strength = ", ".join(f"`{name.split('.')[1]}` {weak:g} to {strong:g}" for name, (weak, strong) in STRENGTH.items())
    page = PAGE.format(
        where=where("tools/mandate.py", time.process_time() - begun), employees=EMPLOYEES, weeks=WEEKS,
        warm_up=WARM_UP, worlds=WORLDS, replicates=REPLICATES, seed=SEED, strength=strength, months=months(found),
        against=against(found), per_post=per_post(found), one=one_at_a_time(found),
        willing=float(np.mean(STRENGTH["participation.coerced_willingness"])),
    )  # fmt: skip
    (RESULTS / "mandate.md").write_text(page)


if __name__ == "__main__":
    main()
