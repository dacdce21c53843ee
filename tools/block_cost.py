"""What the second block of a comparison costs: processor time of both blocks, and whether tables stay as they are.

`PYTHONPATH=python .venv/bin/python tools/block_cost.py` prints one line. Processor time, since a machine that does
other things too changes the time on the clock.
"""

from __future__ import annotations

import argparse
import time

from program_study import START

import groundswell as gs


def designs(employees: int, weeks: int) -> list[gs.Scenario]:
    """The demo's: no program, a twentieth of the people at 4 posts a week, a fifth at 1."""
    base = gs.Scenario(gs.Company.synthetic(employees), START, weeks, "No program")
    few = gs.Program(advocates=gs.ActiveAdvocates(size=employees // 20), posts_per_week=4)
    many = gs.Program(advocates=gs.ActiveAdvocates(size=employees // 5), posts_per_week=1)
    return [base, base.replace(label="Few loud", program=few), base.replace(label="Many quiet", program=many)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--worlds", type=int, default=40)
    parser.add_argument("--employees", type=int, default=500)
    parser.add_argument("--weeks", type=int, default=52)
    options = parser.parse_args()
    base, *others = designs(options.employees, options.weeks)
    begun = time.process_time()
    first = gs.compare(others, base, options.worlds, 1, progress=False, people="aggregate", inputs=False)
    middle = time.process_time()
    both = first.with_inputs(progress=False)
    end = time.process_time()
    same = both.table().equals(first.table())
    one, other = middle - begun, end - middle
    print(
        f"{options.employees} employees, {options.weeks} weeks, {options.worlds} worlds of 1: first block "
        f"{one:.1f} s, second {other:.1f} s of processor time, {other / one:.2f} "
        f"times; tables {'unchanged' if same else 'CHANGED'}"
    )
    print(both.sentence())


if __name__ == "__main__":
    main()
