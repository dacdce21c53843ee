"""Memory and time of frames, CSV and workbook on a large comparison (docs/results/results_size.md).

`PYTHONPATH=python .venv/bin/python tools/results_size.py`: four designs, ten worlds of twenty replicates, 104 weeks.
The size of a frame does not depend on the company, so a small one is run.
"""

from __future__ import annotations

import datetime
import resource
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import groundswell as gs
from groundswell.common.memory import bytes_text

ROOT = Path(__file__).resolve().parents[1]
WORLDS, REPLICATES, WEEKS = 10, 20, 104
FULL = ["week", "segment", "source", "world", "replicate"]
HEAD = """\
# Memory and time of results

{date}. Four designs, {worlds} worlds of {replicates} replicates, {weeks} weeks of horizon; {command}.
Recorded values of all runs: {values}. Largest resident memory of the whole process: {resident}.

| what | rows | frame | peak while made | seconds |
|---|---|---|---|---|
"""


def comparison(employees: int = 30) -> gs.Contest:
    """Four designs of a small company."""
    base = gs.Scenario(gs.Company.synthetic(employees=employees), start="2027-01-04", weeks=WEEKS, label="No program")
    designs = [
        base.replace(label=f"{size} advocates", program=gs.Program(advocates=gs.ActiveAdvocates(size=size)))
        for size in (5, 10, 20)
    ]
    return gs.compare(designs, baseline=base, worlds=WORLDS, replicates=REPLICATES, progress=False)


def measured(name: str, make: Callable[[], pd.DataFrame | None]) -> str:
    """One row of the table: rows, size of the frame, peak of allocations, seconds without tracing."""
    begun = time.perf_counter()
    frame = make()
    seconds = time.perf_counter() - begun
    rows = "" if frame is None else f"{len(frame):,}"
    size = "" if frame is None else bytes_text(int(frame.memory_usage(deep=True).sum()))
    each = "" if frame is None else f" ({frame.memory_usage(deep=True, index=False).sum() / len(frame):.0f} a row)"
    del frame
    tracemalloc.start()
    make()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"| {name} | {rows} | {size}{each} | {bytes_text(peak)} | {seconds:.2f} |"


def refused(make: Callable[[], object]) -> str:
    """The message of the error, which has the size."""
    try:
        make()
    except gs.DoesNotFit as error:
        return str(error)
    raise SystemExit("a frame that is too large was not refused")


def main() -> None:
    contest = comparison()
    one = contest.results["20 advocates"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def workbook() -> None:
            contest.to_excel(folder / "a.xlsx")

        def csv() -> None:
            one.to_csv(folder / "tables")

        rows = [
            measured("`contest.frame()`", contest.frame),
            measured("`contest.frame(by=\"month\")`", lambda: contest.frame(by="month")),
            measured("`contest.frame(by=\"week\")`", lambda: contest.frame(by="week")),
            measured("`contest.frame(by=[\"week\", \"segment\", \"source\"])`", lambda: contest.frame(by=FULL[:3])),
            measured("`contest.table()`", contest.table),
            measured("`result.frame(\"impressions\", by=[week, segment, source, world, replicate])`",
                     lambda: one.frame("impressions", by=FULL)),
            measured("`result.weekly()`", one.weekly),
            measured("`contest.to_excel(…)`", workbook),
            measured("`result.to_csv(…)`", csv),
        ]  # fmt: skip
    values = sum(result.recording.values.nbytes for result in contest.results.values())
    text = HEAD.format(
        date=datetime.datetime.now(tz=datetime.UTC).date(), worlds=WORLDS, replicates=REPLICATES, weeks=WEEKS,
        command="`PYTHONPATH=python .venv/bin/python tools/results_size.py`", values=bytes_text(values),
        resident=bytes_text(1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss),
    )  # fmt: skip
    message = refused(lambda: contest.frame(by=FULL))
    said = f"\nThe full grain of everything is refused with its size:\n\n> {message}\n"
    (ROOT / "docs" / "results" / "results_size.md").write_text(text + "\n".join(rows) + "\n" + said)
    print(text + "\n".join(rows) + "\n" + said)


if __name__ == "__main__":
    main()
