"""Which inputs move a choice: Morris screening of every parameter that has a prior.

`PYTHONPATH=python .venv/bin/python tools/screen_inputs.py` writes docs/results/input_screening.md. Elementary effects
(Morris 1991, Technometrics 33) on uniforms, each through its prior: a trajectory starts at a random point of a grid of
four levels (1/8, 3/8, 5/8, 7/8) and moves one input after another by two levels; every trajectory has a world of its
own, and all its points have that world's seed and luck. An effect is the change of an output over the whole range of a
uniform, as a share of the output's mean size; mu* is the mean of its absolute value over trajectories.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from program_study import RESULTS, START, table, where

import groundswell as gs
from groundswell import _core
from groundswell.results.grain import make_query
from groundswell.results.layout import Layout
from groundswell.results.measures import declared
from groundswell.results.recording import Recording
from groundswell.scenario.inputs.draws import with_values
from groundswell.scenario.inputs.inputs import Input
from groundswell.scenario.inputs.places import places
from groundswell.scenario.schema.drawn import DRAWN, MOST, key_of, name_of
from groundswell.scenario.to_core import world_parameters

Floats = NDArray[np.float64]
LEVELS, STEP = 4, 2
SEED = 20261130
GOALS = ("unique_reach", "impressions", "clicks", "awareness", "favorability", "advocate_hours", "program_cost")
ACTIVE, INVITED = "active", "invited"


def designs(employees: int, weeks: int) -> list[gs.Scenario]:
    """No program; a tenth of the people posting all year; everybody invited, with every help."""
    base = gs.Scenario(gs.Company.synthetic(employees), START, weeks, "no program", warm_up_weeks=4, follow_up_weeks=2)
    active = gs.Program(advocates=gs.ActiveAdvocates(size=employees // 10), posts_per_week=2)
    invited = gs.Program(
        select=gs.Selection(), guidelines=1, champion=1, leadership=1, tool_ease=1, training_hours_per_person=4,
        posts_per_week=2,
    )  # fmt: skip
    return [base, base.replace(label=ACTIVE, program=active), base.replace(label=INVITED, program=invited)]


def candidates() -> list[Input]:
    """Every number with a prior that is not the analyst's own to state; of the platforms LinkedIn, which is on."""
    skipped = ("company.", "program.", *(f"platforms.{name}." for name in ("facebook", "instagram", "x")))
    alone = ("audience.activity_across_platforms",)  # does nothing on one platform
    found = []
    for address, place in places().items():
        if place.prior is not None and not address.startswith(skipped) and address not in alone:
            found.append(Input(address, name_of(address), ((address, place.prior),)))
    return found


KEPT: dict[str, Any] = {}


def built_world(scenario: gs.Scenario, world: int) -> Any:
    """The world of a point; the one before where the input that moved does not enter it."""
    parameters = world_parameters(scenario)
    key = f"{world} {parameters}"
    if key not in KEPT:
        KEPT.clear()
        KEPT[key] = _core.build_world(scenario.company.core_input(), parameters, SEED, world, 1, None, False)
    return KEPT[key]


def outputs(scenarios: list[gs.Scenario], world: int) -> dict[str, float]:
    """What each program adds, and invited minus active, by goal; each design with the same world and luck."""
    first = scenarios[0]
    built = built_world(first, world)
    made = [_core.Design(**one.core_design()) for one in scenarios]
    runs = _core.run(built, made, 0, 1, 1)
    query = make_query((), "horizon")
    values: dict[str, list[float]] = {}
    for scenario, design, (numbers, done, _) in zip(scenarios, made, runs, strict=True):
        layout = Layout.from_core(_core.layout(design), scenario.start, scenario.warm_up_weeks)
        recording = Recording(layout, declared(), np.asarray(numbers)[None], np.asarray(done, dtype=bool)[None])
        for goal in GOALS:
            values.setdefault(goal, []).append(float(recording.cells(goal, query).values[0, 0, 0]))
    found: dict[str, float] = {}
    for goal, (none, active, invited) in values.items():
        found |= {f"{goal}, {ACTIVE}": active - none, f"{goal}, {INVITED}": invited - none}
        found[f"{goal}, {INVITED} - {ACTIVE}"] = invited - active
    return found


def trajectory(
    designs_: list[gs.Scenario], inputs: list[Input], world: int, refused: Counter[str]
) -> tuple[list[dict[str, float]], list[tuple[int, int]]]:
    """Outputs along one trajectory, and for each step the input that moved and its direction."""
    rng = np.random.Generator(np.random.Philox(key=SEED + world))
    level = rng.integers(0, LEVELS, len(inputs))
    order = rng.permutation(len(inputs))
    direction = np.where(level < STEP, 1, -1)

    def run() -> dict[str, float] | None:
        uniforms = ((level + 0.5) / LEVELS).tolist()
        try:
            return outputs([with_values(one, inputs, uniforms) for one in designs_], world)
        except gs.InvalidInput:
            return None

    for _ in range(100):
        here = run()
        if here is not None:
            break
        level = rng.integers(0, LEVELS, len(inputs))
        direction = np.where(level < STEP, 1, -1)
    found: list[dict[str, float]] = [here or {}]
    steps: list[tuple[int, int]] = []
    for i in order:
        level[i] += direction[i] * STEP
        there = run()
        if there is None:
            level[i] -= direction[i] * STEP
            refused[inputs[i].address] += 1
            continue
        found.append(there)
        steps.append((int(i), int(direction[i])))
    return found, steps


def effects(inputs: list[Input], trajectories: list[Any]) -> tuple[list[str], Floats, Floats]:
    """Names of outputs, mu* and sigma of the effects, (input, output), in mean sizes of what the programs add."""
    names = list(trajectories[0][0][0])
    points = np.array([[point[name] for name in names] for path, _ in trajectories for point in path])
    size = np.abs(points).mean(axis=0)
    for k, name in enumerate(names):  # a difference is measured by what the programs add, not by itself
        if " - " in name:
            size[k] = (size[k - 1] + size[k - 2]) / 2
    if not np.isfinite(points).all() or not (size > 0).all():
        odd = [name for name, ok in zip(names, np.isfinite(points).all(axis=0) & (size > 0), strict=True) if not ok]
        raise gs.InvalidInput(f"nothing, or no number, in every run: {', '.join(odd)}; screen a larger company")
    found: list[list[Floats]] = [[] for _ in inputs]
    for path, steps in trajectories:
        values = np.array([[point[name] for name in names] for point in path])
        for k, (i, direction) in enumerate(steps):
            found[i].append(direction * (values[k + 1] - values[k]) / size * LEVELS / STEP)
    empty = np.zeros((1, len(names)))
    both = [np.array(some) if some else empty for some in found]
    return names, np.array([np.abs(one).mean(axis=0) for one in both]), np.array([one.std(axis=0) for one in both])


def page(
    inputs: list[Input], names: list[str], mu: Floats, sigma: Floats, refused: Counter[str], said: str, runs: int
) -> str:
    """The ranked table, and which are marked in the schema."""
    largest = mu.max(axis=1)
    order = np.argsort(-largest)
    rows = []
    for rank, i in enumerate(order[:50], start=1):
        k = int(np.argmax(mu[i]))
        marked = "yes" if key_of(inputs[i].address) in DRAWN else ""
        row = (rank, f"`{inputs[i].address}`", f"{mu[i, k]:.2f}", f"{sigma[i, k]:.2f}", names[k], marked)
        rows.append((*row, refused[inputs[i].address] or ""))
    unmarked = [inputs[i].address for i in order[:MOST] if key_of(inputs[i].address) not in DRAWN]
    nothing = [inputs[i].address for i in range(len(inputs)) if largest[i] == 0]
    about = (
        f"Morris screening of {len(inputs)} parameters that have a prior, {runs} trajectories, each in a world of its "
        "own.\nThe effect of an input is the change of an output over the whole range of its uniform, as a share of "
        "the output's mean size;\nmu* is the mean of its absolute value, sigma its standard deviation over "
        "trajectories; of an input the output\nwith the largest mu* is shown.\nA difference of programs is measured by "
        "what the programs add.\nMarked as drawn (`scenario/schema/drawn.py`) are at most "
        f"{MOST}; `refused` counts steps that no scenario can have."
    )
    head = ("rank", "parameter", "mu*", "sigma", "of", "drawn", "refused")
    return "\n\n".join(
        [
            "# Screening of the inputs",
            said,
            about,
            table(head, rows),
            f"Among the first {MOST} and not marked: {', '.join(f'`{a}`' for a in unmarked) or 'none'}.",
            f"Without any effect on these outputs: {len(nothing)} of {len(inputs)}.",
        ]
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trajectories", type=int, default=6)
    parser.add_argument("--employees", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--out", default=str(RESULTS / "input_screening.md"))
    options = parser.parse_args()
    begun = time.process_time()
    scenarios = designs(options.employees, options.weeks)
    inputs, refused = candidates(), Counter[str]()
    paths = [trajectory(scenarios, inputs, world, refused) for world in range(options.trajectories)]
    names, mu, sigma = effects(inputs, paths)
    said = where(" ".join(["tools/screen_inputs.py", *sys.argv[1:]]), time.process_time() - begun)
    text = page(inputs, names, mu, sigma, refused, said, options.trajectories)
    Path(options.out).write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
