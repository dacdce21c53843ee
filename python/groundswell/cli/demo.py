"""A dilemma that a dashboard cannot see: invite everyone, or look after a few, for about the same money."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from groundswell.common.as_it_is import as_it_is
from groundswell.common.planned import REPLICATES, WORLDS, counts_text
from groundswell.company.company import Company
from groundswell.decide.compare import compare
from groundswell.decide.contest import Contest
from groundswell.output.cautions import NOT_EVIDENCE, NOT_SIMULATED
from groundswell.output.console import contest_table
from groundswell.output.folder import folder_for, report, write_contest
from groundswell.scenario import Program, Scenario, Selection, words

START = "2027-01-04"
GOALS = ("unique_people_added", "aware_buyers_added", "hours_added")


def demo_designs(employees: int = 1000, weeks: int = 52) -> tuple[Scenario, Scenario, Scenario]:
    """No program; all employees invited; a tenth of them chosen and looked after, which costs about as much at 1,000.

    Whoever is chosen has many buyers among their connections (readiness score for deals), is trained for four hours,
    and has a champion and recognition.
    """
    base = Scenario(Company.synthetic(employees=employees), start=START, weeks=weeks, label="No program")
    tenth = max(employees // 10, 1)
    everyone = Program(select=Selection(), guidelines=1)
    chosen = Selection(order="readiness", goal="deals", size=tenth)
    cared_for = Program(select=chosen, guidelines=1, champion=1, recognition=1, training_hours_per_person=4)
    few = "A hundred" if tenth == 100 else f"{tenth:,} people"
    return (
        base,
        base.replace(label="Invite everyone", program=everyone),
        base.replace(label=f"{few}, looked after", program=cared_for),
    )


def run_demo(
    out: Path,
    console: Console,
    worlds: int = WORLDS,
    replicates: int = REPLICATES,
    seed: int = 1,
    threads: int | None = None,
    employees: int = 1000,
    weeks: int = 52,
    overwrite: bool = False,
) -> Contest:
    """Run the demo, print it, and write pictures, spreadsheet and saved study into the folder `out`."""
    base, everyone, cared_for = designs = demo_designs(employees, weeks)
    with folder_for(out, overwrite):
        _introduce(console, designs)
        contest = compare(
            [everyone, cared_for], baseline=base, worlds=worlds, replicates=replicates, seed=seed, threads=threads
        )
    written = write_contest(contest, out, overwrite)
    seconds = contest.results[base.label].seconds
    console.print(f"{counts_text(worlds, replicates)}, of 3 designs, in {seconds:.1f} s, seed {seed}.\n")
    console.print(contest_table(contest, versus=everyone.label))
    console.print(
        "What is added: the mean and its 95 % interval. Totals: the mean over all runs, below it the 5th to 95th "
        f"percentile of single runs ({contest.results[base.label].uncertainty}).\n"
        "Differences with the 95 % interval of their mean. Intervals hold for all rows of their table together; one "
        "cost per something added has its own. The page's posts are in all three.\n"
    )
    for goal in GOALS:
        console.print(as_it_is(f"Decision. {contest.sentence(goal)}\n"))
    console.print("Not in these numbers", style="bold")
    for text in (*NOT_EVIDENCE, *NOT_SIMULATED):
        console.print(f"  - {text}", highlight=False)
    console.print("\nWritten", style="bold")
    report(written, console)
    return contest


def _introduce(console: Console, designs: Sequence[Scenario]) -> None:
    base, company = designs[0], designs[0].company
    console.print("Company", style="bold")
    console.print(as_it_is(company))
    made_up = company.columns[(company.columns["missing"] > 0) & (company.columns["imputed_from"] != "")]
    console.print("\nMade up, anew in each world", style="bold")
    for (law, missing), rows in made_up.groupby(["imputed_from", "missing"], sort=False):
        console.print(f"  {', '.join(rows['field'])}: {missing:,} people, from {law}", highlight=False)
    console.print("  the audience: who is connected to whom, and how everybody reacts", highlight=False)
    console.print("\nDesigns", style="bold")
    for scenario in designs:
        plan = scenario.program
        text = "the page and unprompted sharers only" if plan is None else words.in_full(plan, company)
        console.print(f"  {scenario.label}: {text}", highlight=False)
    console.print(f"  {base.weeks} weeks from {base.start}, LinkedIn.\n", highlight=False)
