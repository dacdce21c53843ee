"""What participation costs the engine: the bench case alone, some times. Writes docs/results/participation_cost.md.

`PYTHONPATH=python .venv/bin/python tools/participation_cost.py [times]`
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from bench import Sizes, average_section
from program_study import RESULTS


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    sections = [average_section(Sizes()).partition("\n\n")[2] for _ in range(times)]
    head = (
        "# What participation costs\n\nWritten by `PYTHONPATH=python .venv/bin/python tools/participation_cost.py` on "
        f"{datetime.now(UTC):%Y-%m-%d}: case (g) of `make bench` by itself, {times} times. Processor time, since the "
        "machine was shared."
    )
    parts = [head, *(f"## Time {k + 1}\n\n{section}" for k, section in enumerate(sections))]
    (RESULTS / "participation_cost.md").write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
