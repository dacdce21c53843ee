"""Target 18 at several enrollment rates and pulls of the invitation, to choose `participation.enrollment_rate` by.

`PYTHONPATH=python .venv/bin/python tools/solve_enrollment.py --rates .02 .025 --floors .1 --worlds 10` prints, for the
average program and best practice of `gs.validate()`, the share of active sharers in month 12 and over the year, the
best month, and month 12 next to it. About 2 seconds a run and world.
"""

from __future__ import annotations

import argparse
import itertools

import numpy as np

from groundswell import _core
from groundswell.scenario.to_core import world_parameters
from groundswell.validation import scenarios
from groundswell.validation.runs import programs

SEED, FIRST_WORLD = 78, 6_000


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", nargs="+", type=float, required=True)
    parser.add_argument("--floors", nargs="+", type=float, default=[0.1])
    parser.add_argument("--half-lives", nargs="+", type=float, default=[4.0], help="weeks")
    parser.add_argument("--worlds", type=int, default=10)
    parser.add_argument("--replicates", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Print a line for each combination and program."""
    asked = options()
    found: dict[tuple[str, float, float, float], list[programs.Floats]] = {}
    for index in range(asked.worlds):
        base = scenarios.average()
        parts = world_parameters(base)
        world = _core.build_world(base.company.core_input(), parts, SEED, FIRST_WORLD + index, 2, stored=False)
        for rate, floor, half_life in itertools.product(asked.rates, asked.floors, asked.half_lives):
            for name in ("average", "best"):
                changes = {"enrollment_rate": rate, "pull_floor": floor, "pull_half_life_weeks": half_life}
                program = programs.PROGRAMS[name]().replace({f"participation.{k}": v for k, v in changes.items()})
                totals, _ = programs.run(program, world, asked.replicates, 2, log=False)
                months = programs.active_share(totals).mean(axis=0)
                found.setdefault((name, rate, floor, half_life), []).append(months)
    for (name, rate, floor, half_life), worlds in found.items():
        months = np.mean(worlds, axis=0)
        peaks = np.mean([one.argmax() + 1 for one in worlds])
        print(
            f"{name:8} rate {rate:g}, floor {floor:g}, half-life {half_life:g}: month 12 {months[-1]:.1%}, year "
            f"{months.mean():.1%}, best month {peaks:.1f} ({months.max():.1%}), 12 / best "
            f"{months[-1] / months.max():.2f}"
        )


if __name__ == "__main__":
    main()
