"""Golden tables: every number of three small studies as text that a person can compare line by line.

`make golden` writes them anew. Do that only where numbers are meant to move, with a line under *Results change* in the
changelog. Worlds use the C library's logarithm and power: another processor may round a last digit otherwise, so values
stand with ten significant digits.
"""

from __future__ import annotations

import sys
from pathlib import Path

import groundswell as gs

FOLDER = Path(__file__).parent
STUDY = FOLDER / "study_of_version_0.1.gsw"


def results_table(results: list[gs.Results]) -> str:
    """One line a design, measure and cell: the value of every run, worlds first, then replicates."""
    lines = []
    for result in results:
        for by in (None, "month", "segment", "platform", "hop"):
            frame = result.frame(by=[*([by] if by else []), "world", "replicate"])
            keys = ["measure", *([by] if by and by != "month" else []), *(["date"] if by == "month" else [])]
            for cell, values in frame.groupby(keys, observed=True, sort=False)["value"]:
                name = " ".join(str(getattr(part, "date", lambda part=part: part)()) for part in cell)
                lines.append(f"{result.label} | {name} | " + " ".join(f"{value:.10g}" for value in values))
    return "\n".join(lines) + "\n"


def default_company() -> str:
    """The built-in company with active advocates on two platforms, beside no program."""
    base = gs.Scenario(
        gs.Company.synthetic(200), start="2027-01-04", weeks=6, warm_up_weeks=4, follow_up_weeks=1, label="None"
    )
    active = gs.Program(advocates=gs.ActiveAdvocates(size=20))
    loud = base.replace({"platforms.x.on": True}, label="Loud", program=active)
    designs = (base, loud)
    return results_table([gs.simulate(one, worlds=2, replicates=2, seed=11, progress=False) for one in designs])


def program() -> str:
    """People invited by readiness in two waves, with levers that change by date, and a mandate."""
    base = gs.Scenario(gs.Company.synthetic(150), start="2027-01-04", weeks=12, warm_up_weeks=2, follow_up_weeks=1)
    invited = base.replace(
        label="Invited",
        program=gs.Program(
            select=gs.Selection(
                order="readiness",
                goal="deals",
                size=80,
                waves=(gs.Wave(start="2027-01-04", size=40), gs.Wave(start="2027-02-01", size=40)),
            ),
            guidelines=1,
            champion=1,
            training_hours_per_person=4,
            page_amplification=0.5,
            changes=(gs.Change(start="2027-02-15", recognition=1, company_content_fraction=0.2),),
        ),
    )
    forced = base.replace(label="Mandate", program=gs.Program(select=gs.Selection(), mode="mandatory"))
    designs = (invited, forced)
    return results_table([gs.simulate(one, worlds=2, replicates=2, seed=5, progress=False) for one in designs])


def saved_study() -> str:
    """A comparison saved by version 0.1, as it opens now."""
    contest = gs.load(STUDY)
    assert isinstance(contest, gs.Contest)
    return results_table(list(contest.results.values()))


TABLES = {"default_company": default_company, "program": program, "saved_study": saved_study}

if __name__ == "__main__":
    for name, table in TABLES.items():
        (FOLDER / f"{name}.txt").write_text(table())
        sys.stdout.write(f"tests/golden/{name}.txt\n")
