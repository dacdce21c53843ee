"""One revision's side of `tools/bench_against.py`: answers turns, a line of JSON each, until its input ends.

It runs with that revision's package, so it uses only what every revision since 5e55013 has.
"""

from __future__ import annotations

import json
import sys
import time
from hashlib import sha256
from typing import Any

import numpy as np

import groundswell as gs
from groundswell import _core

START, SEED = "2027-01-04", 1
# What later revisions added to the work of a view, switched off, so that both sides do the same.
SAME_WORK = {
    "content.appeal_visibility_log_sd": 0,
    "content.appeal_visibility_page_log_sd": 0,
    "participation.pull_floor": 1,
    "awareness.favorability_half_life_weeks": None,
    "awareness.wear_out_exponent": 0,
}


def few_loud_many_quiet(employees: int, same_work: bool) -> tuple[gs.Scenario, gs.Scenario, gs.Scenario]:
    """No program; a twentieth of the people at 4 posts a week; a fifth at 1."""
    base = gs.Scenario(gs.Company.synthetic(employees=employees), start=START, label="No program")
    known = set(gs.parameters().reset_index().astype(str).to_numpy().ravel())
    base = base.replace({name: value for name, value in SAME_WORK.items() if same_work and name in known})
    few, many = max(employees // 20, 1), max(employees // 5, 4)
    loud = gs.Program(advocates=gs.ActiveAdvocates(size=few), posts_per_week=4)
    quiet = gs.Program(advocates=gs.ActiveAdvocates(size=many), posts_per_week=4 * few / many)
    return base, base.replace(label="Few loud", program=loud), base.replace(label="Many quiet", program=quiet)


def checksum(values: Any) -> str:
    """Of numbers, bit for bit."""
    return sha256(np.ascontiguousarray(values).tobytes()).hexdigest()[:16]


class View:
    """One replicate of the two designs in one world, on one thread: processor time a view over all hops."""

    def __init__(self, employees: int, same_work: bool) -> None:
        designs = few_loud_many_quiet(employees, same_work)
        self.world = _core.build_world(
            designs[0].company.core_input(), designs[0].core_parameters(), SEED, 0, 2, stored=False
        )
        self.designs = [_core.Design(**design.core_design()) for design in designs]

    def turn(self, number: int) -> dict[str, Any]:
        begin = time.process_time()
        found = _core.run(self.world, self.designs, number, number + 1, 1)
        seconds = time.process_time() - begin
        views = sum(stats["impressions"] for _, _, stats in found)
        return {"amount": seconds / views * 1e9, "checksum": checksum(np.concatenate([v.ravel() for v, *_ in found]))}


class World:
    """Building a world with rows as needed: processor time."""

    def __init__(self, employees: int, same_work: bool) -> None:
        self.base = few_loud_many_quiet(employees, same_work)[0]

    def turn(self, number: int) -> dict[str, Any]:
        begin = time.process_time()
        built = _core.build_world(
            self.base.company.core_input(), self.base.core_parameters(), SEED, number, 2, stored=False
        )
        return {"amount": time.process_time() - begin, "checksum": checksum(built.employee_rows("linkedin")[1])}


class Decision:
    """Processor seconds of the comparison, by the settings of the revision, and what it says of the two designs."""

    def __init__(self, employees: int, same_work: bool) -> None:
        self.designs = few_loud_many_quiet(employees, same_work)
        self.drawn = hasattr(gs.Scenario, "prior")  # revisions that draw inputs run worlds first

    def turn(self, number: int) -> dict[str, Any]:
        options: dict[str, Any] = {"worlds": 40, "replicates": 1, "inputs": False}
        if not self.drawn:
            options = {"worlds": 10, "replicates": 10}
        base, *others = self.designs
        begin = time.process_time()
        contest = gs.compare(others, base, seed=SEED + number, threads=2, progress=False, **options)
        seconds = time.process_time() - begin
        frame = contest.differences(["impressions", "unique_reach"], versus="Few loud")
        errors = {
            str(row["measure"]): float(row["difference_se"])
            for row in frame.to_dict("records")
            if row["label"] == "Many quiet"
        }
        return {"amount": seconds, "se": errors, "checksum": checksum(np.array(list(errors.values())))}


CASES: dict[str, type[View] | type[World] | type[Decision]] = {"view": View, "world": World, "decision": Decision}


def main() -> None:
    name, employees, same_work = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "same"
    case = CASES[name](employees, same_work)
    for line in sys.stdin:
        print(json.dumps(case.turn(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
