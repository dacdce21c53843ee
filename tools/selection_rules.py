"""Selection rules ranked on the goal itself, invited and as active advocates; how far rankings of people agree.

`PYTHONPATH=python .venv/bin/python tools/selection_rules.py` writes docs/results/selection_rules.md.
"""

from __future__ import annotations

import time
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from program_study import RESULTS, START, Floats, interval, table, text, where
from scipy import stats

import groundswell as gs

EMPLOYEES, INVITED = 1_000, 100
WEEKS, WARM_UP, FOLLOW_UP = 52, 8, 4
WORLDS, REPLICATES = 10, 2
MEASURES = ("awareness", "unique_reach", "program_participants", "posts")
SIZES = {"connections_above": 500.0}
RULES: dict[str, dict[str, Any]] = {
    "random": {},
    "connections": {"order": "connections"},
    "activity": {"order": "activity"},
    "persuasion": {"order": "persuasion"},
    "willingness": {"order": "willingness"},
    "readiness, awareness": {"order": "readiness", "goal": "awareness"},
    "readiness, deals": {"order": "readiness", "goal": "deals"},
    "more than 500 connections": {"connections_above": 500.0},
}
RANKINGS = {
    "connections (reach)": "connections", "persuasion (influence)": "persuasion", "activity": "activity",
    "willingness": "willingness", "readiness score, awareness": "awareness", "readiness score, deals": "deals",
}  # fmt: skip
Found = dict[str, dict[str, Floats]]  # design: measure: one number a world


def rule(name: str) -> gs.Selection:
    return gs.Selection(size=INVITED, **RULES[name])


def everybody(company: gs.Company, seed: int) -> pd.DataFrame:
    """All employees of one world in its random order, with their factors and the readiness score of two goals."""
    frame = company.select(gs.Selection(), seed=seed)
    for goal in ("awareness", "deals"):
        scores = company.select(gs.Selection(order="readiness", goal=goal), seed=seed).set_index("id")["score"]
        frame[goal] = frame["id"].map(scores)
    return frame


def picked(people: pd.DataFrame, name: str) -> list[Any]:
    """The ids that the rule takes, worked out from the factors; equal ones in the world's order, as the engine does."""
    chosen = RULES[name]
    if "connections_above" in chosen:
        return list(people.loc[people["connections"] > chosen["connections_above"], "id"].iloc[:INVITED])
    column = str(chosen.get("goal", chosen.get("order", "score")))
    return list(people.sort_values(column, ascending=False, kind="stable")["id"].iloc[:INVITED])


def run_world(company: gs.Company, people: pd.DataFrame, seed: int, replicates: int) -> dict[str, gs.Results]:
    """Every rule twice in one world: those invited, and the same people as active advocates; and no program."""
    base = gs.Scenario(company, START, WEEKS, warm_up_weeks=WARM_UP, follow_up_weeks=FOLLOW_UP, label="none")
    designs = [base]
    for name in RULES:
        invited = gs.Program(select=rule(name), guidelines=1, champion=1)
        active = gs.Program(advocates=gs.ActiveAdvocates(names=tuple(picked(people, name))))
        designs += [base.replace(program=invited, label=f"invited: {name}")]
        designs += [base.replace(program=active, label=f"active: {name}")]
    contest = gs.compare(designs, worlds=1, replicates=replicates, seed=seed, people="aggregate")
    return dict(contest.results)


def correlations(people: pd.DataFrame) -> dict[tuple[str, str], float]:
    found = {}
    for a, b in combinations(RANKINGS, 2):
        found[a, b] = float(stats.spearmanr(people[RANKINGS[a]], people[RANKINGS[b]]).statistic)
    return found


def run(worlds: int = WORLDS, replicates: int = REPLICATES) -> tuple[Found, dict[tuple[str, str], Floats], Floats]:
    """By world (a seed each): measures of every design, rank correlations, how many have more than 500 connections."""
    company = gs.Company.synthetic(EMPLOYEES)
    values: dict[str, dict[str, list[float]]] = {}
    ranks: dict[tuple[str, str], list[float]] = {}
    above = []
    for seed in range(1, worlds + 1):
        people = everybody(company, seed)
        above.append(float((people["connections"] > 500).sum()))
        for pair, value in correlations(people).items():
            ranks.setdefault(pair, []).append(value)
        for label, result in run_world(company, people, seed, replicates).items():
            means = result.frame(list(MEASURES)).set_index("measure")["mean"]
            for measure in MEASURES:
                values.setdefault(label, {}).setdefault(measure, []).append(float(means[measure]))
        print(f"world {seed} of {worlds}", flush=True)
    found = {label: {m: np.array(v) for m, v in rows.items()} for label, rows in values.items()}
    return found, {pair: np.array(v) for pair, v in ranks.items()}, np.array(above)


def ranking(found: Found, how: str, measure: str) -> str:
    """Rules by what they add to no program, best first; the difference to random and to the next one, by world."""
    factor, digits = (100.0, 3) if measure == "awareness" else (1.0, 0)
    gain = {name: found[f"{how}: {name}"][measure] - found["none"][measure] for name in RULES}
    order = sorted(RULES, key=lambda name: -gain[name].mean())
    rows = []
    for place, name in enumerate(order):
        own = found[f"{how}: {name}"]
        row = [str(place + 1), name, text(gain[name], digits, True, factor)]
        row.append("" if name == "random" else text(gain[name] - gain["random"], digits, True, factor))
        if place + 1 < len(order):
            gap = gain[name] - gain[order[place + 1]]
            mean, low, _ = interval(gap)
            row.append(
                ("surely above the next" if low > 0 else "not told from the next") + f", {factor * mean:+.{digits}f}"
            )
        else:
            row.append("")
        added = own["posts"] - found["none"]["posts"]
        rate = 1000 * factor * float(gain[name].mean() / added.mean())
        row += [f"{own['program_participants'].mean():.1f}", f"{added.mean():,.0f}", f"{rate:.{digits}f}"]
        rows.append(row)
    unit = "points of awareness, all persons, end of the year" if measure == "awareness" else "persons in the year"
    head = [
        "",
        "rule",
        f"over no program ({unit})",
        "less random",
        "next",
        "took part",
        "posts added",
        "per 1,000 posts",
    ]
    return table(head, rows)


def places(found: Found, how: str, measure: str) -> str:
    """The places of the rules that claims are about, in words."""
    order = sorted(RULES, key=lambda name: -float((found[f"{how}: {name}"][measure] - found["none"][measure]).mean()))
    blind, ready = (order.index(name) + 1 for name in ("more than 500 connections", "readiness, awareness"))
    return (
        f"{measure.replace('_', ' ')}, {how}: *{order[0]}* first, *more than 500 connections* number {blind}, "
        f"*readiness, awareness* number {ready} of {len(order)}"
    )


def same_scores(ranks: dict[tuple[str, str], Floats]) -> str:
    """A word on two readiness scores that are nearly one ranking."""
    both = ranks["readiness score, awareness", "readiness score, deals"].mean()
    if both < 0.95:
        return ""
    return (
        "\n\nThe two readiness scores agree so well because in a generated company fit (the share of the own ties in a "
        "segment) differs between job functions only, sellers knowing more buyers; the other factors are the same."
    )


def rank_table(ranks: dict[tuple[str, str], Floats]) -> str:
    rows = [[a, b, f"{v.mean():+.2f}", f"{v.min():+.2f} to {v.max():+.2f}"] for (a, b), v in ranks.items()]
    return table(["ranking", "ranking", "Spearman, mean over worlds", "least to most"], rows)


PAGE = """# Selection rules

{where}
The built-in company of {employees:,}; {invited} people by each rule; {weeks} weeks after {warm_up}; {worlds}
worlds (world 0 of seeds 1 to {worlds}) of {replicates} replicates. 95 % intervals over worlds, paired. 4 posts a week,
half company content; guidelines and a champion, no other lever.

*Invited*: whether people take part is up to them, at the calibrated enrollment. *Active advocates*: the same people,
who all post all year, so that participation decides nothing. The rule *more than 500 connections* takes {invited} at
random of those above, {above} people on average ({least:.0f} to {most:.0f}).

{places}.

{sections}

## How far rankings of people agree

All {employees:,} employees, over worlds. Connections stand for reach, persuasion (credibility is 1 before anybody has
posted) for influence. The readiness score multiplies fit, influence, willingness and readiness.

{ranks}{same}

Everything here is generated: correlations of attributes are parameters (`workforce.corr_*`), so these numbers say what
follows from the defaults, not what is true of a firm. A firm's own columns replace them.
"""


def main() -> None:
    begun = time.process_time()
    found, ranks, above = run()
    sections = []
    for measure, title in (("awareness", "Awareness"), ("unique_reach", "Unique reach")):
        for how, words in (("invited", "invited"), ("active", "the same people as active advocates")):
            sections.append(f"## {title}, {words}\n\n{ranking(found, how, measure)}")
    page = PAGE.format(
        where=where("tools/selection_rules.py", time.process_time() - begun), employees=EMPLOYEES, invited=INVITED,
        weeks=WEEKS, warm_up=WARM_UP, worlds=WORLDS, replicates=REPLICATES, sections="\n\n".join(sections),
        places="; ".join(places(found, how, m) for m in MEASURES[:2] for how in ("invited", "active")),
        ranks=rank_table(ranks), same=same_scores(ranks), above=f"{above.mean():.0f}",
        least=above.min(), most=above.max(),
    )  # fmt: skip
    (RESULTS / "selection_rules.md").write_text(page)


if __name__ == "__main__":
    main()
