"""A dilemma that a dashboard cannot see: few loud people or many quiet ones, with the same number of posts."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from groundswell.common.as_it_is import as_it_is
from groundswell.common.planned import REPLICATES, WORLDS, counts_text
from groundswell.company.company import Company
from groundswell.decide.compare import compare
from groundswell.decide.contest import Contest
from groundswell.output.cautions import NOT_EVIDENCE, NOT_SIMULATED
from groundswell.output.console import contest_table
from groundswell.output.folder import report, told_folder, write_contest
from groundswell.scenario import ActiveAdvocates, Program, Scenario

START = "2027-01-04"


def demo_designs(employees: int = 1000, weeks: int = 52) -> tuple[Scenario, Scenario, Scenario]:
    """No program; a twentieth of the people at 4 posts a week; a fifth at 1: in expectation as many posts."""
    base = Scenario(Company.synthetic(employees=employees), start=START, weeks=weeks, label="No program")
    few, many = max(employees // 20, 1), max(employees // 5, 4)
    loud = Program(advocates=ActiveAdvocates(size=few), posts_per_week=4)
    quiet = Program(advocates=ActiveAdvocates(size=many), posts_per_week=4 * few / many)
    return base, base.replace(label="Few loud", program=loud), base.replace(label="Many quiet", program=quiet)


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
    base, loud, quiet = demo_designs(employees, weeks)
    told_folder(out, overwrite)
    _introduce(console, base, loud, quiet)
    contest = compare([loud, quiet], baseline=base, worlds=worlds, replicates=replicates, seed=seed, threads=threads)
    written = write_contest(contest, out, overwrite)
    seconds = contest.results[base.label].seconds
    console.print(f"{counts_text(worlds, replicates)}, of 3 designs, in {seconds:.1f} s, seed {seed}.\n")
    console.print(contest_table(contest, versus=loud.label))
    console.print(
        "Mean over all runs; below it the 5th to 95th percentile of one year "
        f"({contest.results[loud.label].uncertainty}).\n"
        "Differences with the 95 % interval of their mean. The page's posts are in all three.\n"
    )
    console.print(as_it_is(f"Decision. {contest.sentence()}\n"))
    console.print("Not in these numbers", style="bold")
    for text in (*NOT_EVIDENCE, *NOT_SIMULATED):
        console.print(f"  - {text}", highlight=False)
    console.print("\nWritten", style="bold")
    report(written, console)
    return contest


def _introduce(console: Console, base: Scenario, loud: Scenario, quiet: Scenario) -> None:
    company = base.company
    console.print("Company", style="bold")
    console.print(as_it_is(company))
    made_up = company.columns[(company.columns["missing"] > 0) & (company.columns["imputed_from"] != "")]
    console.print("\nMade up, anew in each world", style="bold")
    for (law, missing), rows in made_up.groupby(["imputed_from", "missing"], sort=False):
        console.print(f"  {', '.join(rows['field'])}: {missing:,} people, from {law}", highlight=False)
    console.print("  the audience: who is connected to whom, and how everybody reacts", highlight=False)
    console.print("\nDesigns", style="bold")
    for scenario in (base, loud, quiet):
        program = scenario.program
        text = "the page and unprompted sharers only"
        if program is not None:
            posts = f"{program.posts_per_week:g} post{'' if program.posts_per_week == 1 else 's'} a week"
            share = f"{program.company_content_fraction:.0%} of them about the company"
            text = f"{program.people.count()} people, {posts} each, {share}"
        console.print(f"  {scenario.label}: {text}", highlight=False)
    console.print(f"  {base.weeks} weeks from {base.start}, LinkedIn.\n", highlight=False)
