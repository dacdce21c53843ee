"""Two real exports as they are: a year, no program and two designs, table and pictures (docs/results/real_input.md).

`PYTHONPATH=python .venv/bin/python tools/real_input.py`; the data sets are read from ../shared/data, never copied.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import datetime
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

import groundswell as gs
from groundswell.common.text import number, signed
from groundswell.company.pseudonyms import KNOWN_TO_ALL
from groundswell.company.table.transformations import Transformation

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
RESULTS = ROOT / "docs" / "results"
START = "2027-01-04"
MEASURES = (
    "posts", "potential_reach", "impressions", "engagements", "clicks", "reshares", "unique_reach", "frequency",
    "awareness",
)  # fmt: skip


def email_eu_core(data: Path = DATA) -> gs.Company:
    """1,005 people, 42 departments, who has mailed whom as ties among employees: real."""
    folder = data / "email_eu_core"
    people, edges = pd.read_csv(folder / "departments.csv"), pd.read_csv(folder / "edges.csv")
    columns = {"id": "id", "department": "department"}
    return gs.Company.from_frames(
        people, columns=columns, ties=edges, name="European research institution", key=KNOWN_TO_ALL
    )


def ibm_attrition(data: Path = DATA) -> gs.Company:
    """An HR export with levels, years and leavers in columns: fictional, made by IBM."""
    export = pd.read_csv(data / "ibm_attrition_fictional" / "attrition.csv")
    columns: dict[str, str | Transformation] = {
        "id": "EmployeeNumber",
        "department": "Department",
        "seniority": gs.ranked("JobLevel"),
        "hire_date": gs.years_before("YearsAtCompany"),
        "satisfaction": gs.scale("JobSatisfaction", 1, 4),
        "left": gs.equals("Attrition", "Yes"),
    }
    name = "IBM attrition (fictional)"
    return gs.Company.from_frames(export, columns=columns, as_of="2026-12-31", name=name, key=KNOWN_TO_ALL)


SETS: dict[str, Callable[[], gs.Company]] = {"email_eu_core": email_eu_core, "ibm_attrition_fictional": ibm_attrition}


def designs(company: gs.Company, weeks: int = 52, warm_up_weeks: int = 26) -> list[gs.Scenario]:
    """No program; a twentieth of the people at 4 posts a week; a fifth at 1: in expectation as many posts."""
    base = gs.Scenario(company, start=START, weeks=weeks, warm_up_weeks=warm_up_weeks, label="No program")
    few, many = company.employees // 20, company.employees // 5
    loud = gs.Program(advocates=gs.ActiveAdvocates(size=few), posts_per_week=4)
    quiet = gs.Program(advocates=gs.ActiveAdvocates(size=many), posts_per_week=4 * few / many)
    return [base, base.replace(label="Few loud", program=loud), base.replace(label="Many quiet", program=quiet)]


@dataclass(frozen=True)
class Study:
    """What the page shows of one data set."""

    name: str
    text: str
    seconds: float
    megabytes: float


def study(name: str, worlds: int, replicates: int, seed: int, folder: Path) -> Study:
    """Run one data set and write its pictures."""
    begun = time.perf_counter()
    company = SETS[name]()
    base, loud, quiet = designs(company)
    contest = gs.compare([loud, quiet], baseline=base, worlds=worlds, replicates=replicates, seed=seed)
    for picture, height in (("reach", 4.6), ("awareness", 4.6), ("differences", 5.2)):
        figure = Figure(figsize=(9, height), layout="constrained")
        if picture == "differences":
            contest.plot.differences(figure=figure)
        else:
            getattr(contest.plot, picture)(ax=figure.add_subplot())
        figure.savefig(folder / f"{name}_{picture}.png", dpi=110)
    seconds = time.perf_counter() - begun
    return Study(name, _text(name, company, contest), seconds, peak_megabytes())


def peak_megabytes() -> float:
    """Peak resident memory of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _markdown(rows: list[list[str]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|---" * len(rows[0]) + "|", *body])


def _text(name: str, company: gs.Company, contest: gs.Contest) -> str:
    first = contest.results[contest.baseline]
    warnings = [["code", "count", "examples", "consequence"], *first.warnings.astype(str).to_numpy().tolist()]
    given = company.columns[company.columns["field"] != ""]
    unused = company.columns.loc[company.columns["field"] == "", "source_column"]
    columns = [["field", "source column", "given", "missing", "imputed from"]]
    columns += given[["field", "source_column", "given", "missing", "imputed_from"]].astype(str).to_numpy().tolist()
    pictures = [f"![{picture}](real_input/{name}_{picture}.png)" for picture in ("reach", "awareness", "differences")]
    return "\n\n".join(
        [
            f"```\n{company!r}\n```",
            _markdown(warnings),
            _markdown(columns),
            f"Columns of the file that are not used: {', '.join(unused) or 'none'}.",
            _markdown(_decision(contest)),
            contest.sentence(),
            *pictures,
        ]
    )


def _decision(contest: gs.Contest) -> list[list[str]]:
    base, loud, quiet = contest.labels
    records = contest.table(loud, list(MEASURES)).to_dict("records")
    rows = [["measure", "unit", base, loud, quiet, f"{quiet} − {loud} (95 % interval)", "pairs that differ"]]
    for measure in MEASURES:
        found: dict[str, dict[Any, Any]] = {str(r["label"]): r for r in records if r["measure"] == measure}
        years = [f"{number(x['mean'])} ({number(x['p05'])} to {number(x['p95'])})" for x in found.values()]
        gap = found[quiet]
        between = f"{signed(gap['difference_ci_lower'])} to {signed(gap['difference_ci_upper'])}"
        differ = f"{gap['pairs_that_differ']} of {gap['pairs']}"
        rows.append([measure, str(gap["unit"]), *years, f"{signed(gap['difference'])} ({between})", differ])
    return rows


PAGE = """# Real input

Written by `PYTHONPATH=python .venv/bin/python tools/real_input.py` on {date}: {worlds} worlds of {replicates}
replicates, seed {seed}, 52 weeks from {start}, two shared cores. Designs: no program; *Few loud*, a twentieth of the
people at 4 posts a week; *Many quiet*, a fifth at 1. Cells: mean over runs (5th to 95th percentile of one year). Which
employees have which persons as connections, and how persons react, is generated: no file holds it.

{summary}
"""


def write_page(studies: list[Study], worlds: int, replicates: int, seed: int) -> Path:
    """One page with both data sets."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    summary = [["data set", "seconds, reading to pictures", "peak memory, MB"]]
    summary += [[s.name, f"{s.seconds:.0f}", f"{s.megabytes:.0f}"] for s in studies]
    head = PAGE.format(
        date=today, worlds=worlds, replicates=replicates, seed=seed, start=START, summary=_markdown(summary)
    )
    page = RESULTS / "real_input.md"
    page.write_text("\n".join([head, *(f"## {s.name}\n\n{s.text}\n" for s in studies)]))
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=10)
    parser.add_argument("--replicates", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = RESULTS / "real_input"
    folder.mkdir(parents=True, exist_ok=True)
    arguments = (options.worlds, options.replicates, options.seed)
    studies = []
    for name in SETS:  # one process each, so that the peak memory is its own
        context = multiprocessing.get_context("spawn")
        with concurrent.futures.ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
            studies.append(pool.submit(study, name, *arguments, folder).result())
        print(f"{name}: {studies[-1].seconds:.0f} s, {studies[-1].megabytes:.0f} MB")
    print(write_page(studies, *arguments))


if __name__ == "__main__":
    main()
