"""The command line: groundswell init | presets | select | run | compare | estimate | demo | parameters | …."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from groundswell.cli import study_commands as cli_study
from groundswell.cli.options import File, Json, Overwrite, Seed, Set, errors
from groundswell.common.planned import REPLICATES, WORLDS

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Simulate employee advocacy programs and compare designs.",
)  # fmt: skip

LEGEND = (
    "Mean over all runs, below it the 5th to 95th percentile of single runs; of a difference the mean and its 95 % "
    "interval, of all rows of a table together (– where there are too few runs)."
)
Designs = Annotated[list[Path], typer.Argument(help="Scenario files (YAML), one a design; or one folder of them.")]
Worlds = Annotated[int, typer.Option(help="Generated companies and audiences.")]
Replicates = Annotated[int, typer.Option(help="Runs of luck in each world.")]
Threads = Annotated[int | None, typer.Option(help="All cores by default; never changes a number.")]
Out = Annotated[Path | None, typer.Option(help="Folder for what is written; made if it is not there.")]


for command in (cli_study.init, cli_study.presets, cli_study.select):
    app.command()(command)


@app.command()
def run(
    scenario: File,
    changes: Set = None,
    worlds: Worlds = WORLDS,
    replicates: Replicates = REPLICATES,
    seed: Seed = 1,
    threads: Threads = None,
    out: Out = None,
    overwrite: Overwrite = False,
    json: Json = False,
) -> None:
    """Simulate one design and print its measures."""
    from groundswell.cli.speaking import announce, result_json, say_json
    from groundswell.common.as_it_is import as_it_is
    from groundswell.common.text import number
    from groundswell.output.console import wide_console
    from groundswell.output.folder import folder_for, report, write_result
    from groundswell.run.simulate import simulate
    from groundswell.scenario.file import read_scenario
    from groundswell.study.study import check_can_save

    with errors():
        design = read_scenario(scenario, changes or ())
        with folder_for(out, overwrite) as folder:
            if folder is not None:
                check_can_save(design.company, folder)
            announce([design], worlds, replicates, threads, to_errors=json)
            result = simulate(design, worlds, replicates, seed, threads)
        written = None if out is None else write_result(result, out, overwrite)
        summary = result.summary()
        table = Table(
            "measure", "unit", "mean", "95 % interval of the mean", "p05 to p95 of a year", title=as_it_is(result.label)
        )
        for name, row in summary.iterrows():
            interval = f"{number(row['mean_ci_lower'])} to {number(row['mean_ci_upper'])}"
            year = f"{number(row['p05'])} to {number(row['p95'])}"
            table.add_row(str(name), str(row["unit"]), number(row["mean"]), interval, year)
        if json:
            say_json(result_json(result, written))
            report(written, None)
            return
        console = wide_console()
        console.print(table)
        console.print(f"{result.runs} of {result.runs_asked} runs, {result.uncertainty}, {result.seconds:.1f} s")
        for warning in result.warnings.to_dict("records"):
            console.print(f"warning {warning['code']} ({warning['count']}): {warning['consequence']}")
        report(written, console)


@app.command()
def compare(
    scenarios: Designs,
    baseline: Annotated[Path | None, typer.Option(help="Scenario file of the baseline; else the first is it.")] = None,
    changes: Set = None,
    worlds: Worlds = WORLDS,
    replicates: Replicates = REPLICATES,
    seed: Seed = 1,
    threads: Threads = None,
    precision: Annotated[
        list[str] | None,
        typer.Option(help="Add worlds until exact enough: unique_reach=5% or clicks=20; may be repeated."),
    ] = None,
    max_worlds: Annotated[int, typer.Option(help="The most worlds that precision may use.")] = 200,
    inputs: Annotated[bool, typer.Option(help="Also draw uncertain inputs, in a second block.")] = True,
    out: Out = None,
    overwrite: Overwrite = False,
    json: Json = False,
) -> None:
    """Compare designs of one company: means, differences with intervals, the decision in one sentence.

    Of a folder every *.yaml is a design, baseline.yaml is the baseline, and results go to its folder results.
    """
    from groundswell.cli.speaking import announce, contest_json, say_json
    from groundswell.decide.compare import compare as run_comparison
    from groundswell.decide.sentence import notes
    from groundswell.decide.within import read_precision
    from groundswell.output.console import contest_table, wide_console
    from groundswell.output.folder import folder_for, report, write_contest
    from groundswell.study.study import check_can_save

    with errors():
        designs, base = cli_study.read_designs(scenarios, baseline, changes or ())
        out = scenarios[0] / cli_study.RESULTS if out is None and scenarios[0].is_dir() else out
        everything = designs if base is None else [base, *designs]
        with folder_for(out, overwrite) as folder:
            if folder is not None:
                check_can_save(designs[0].company, folder)
            announce(everything, worlds, replicates, threads, inputs=inputs, to_errors=json)
            contest = run_comparison(
                designs, base, worlds, replicates, seed, threads, precision=read_precision(precision),
                max_worlds=max_worlds, inputs=inputs,
            )  # fmt: skip
        written = None if out is None else write_contest(contest, out, overwrite)
        if json:
            say_json(contest_json(contest, written))
            report(written, None)
            return
        console = wide_console()
        console.print(contest_table(contest))
        console.print(LEGEND, soft_wrap=True)
        console.print(contest.sentence(), markup=False, highlight=False)
        console.print(contest.baseline_note(), *notes(contest), sep="\n", markup=False, highlight=False)
        report(written, console)


@app.command()
def estimate(
    scenarios: Designs,
    baseline: Annotated[Path | None, typer.Option(help="Scenario file of the baseline, one design more.")] = None,
    changes: Set = None,
    worlds: Worlds = WORLDS,
    replicates: Replicates = REPLICATES,
    threads: Threads = None,
    inputs: Annotated[bool, typer.Option(help="With the second block, in which inputs are drawn.")] = True,
    json: Json = False,
) -> None:
    """Say what comparing these designs, or running the one, will cost: seconds, memory, impressions.

    Of a folder every *.yaml is a design, as in compare.
    """
    from dataclasses import asdict

    from groundswell.cli.speaking import say_json
    from groundswell.run.estimate import estimate as estimate_cost

    with errors():
        designs, base = cli_study.read_designs(scenarios, baseline, changes or ())
        everything = designs if base is None else [base, *designs]
        found = estimate_cost(everything, worlds, replicates, threads=threads, inputs=inputs)
        if json:
            say_json({**asdict(found), "fits": found.fits})
        else:
            typer.echo(repr(found))


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for pictures, spreadsheet and saved study.")] = Path("demo_output"),
    worlds: Worlds = WORLDS,
    replicates: Replicates = REPLICATES,
    seed: Seed = 1,
    threads: Threads = None,
    employees: Annotated[int, typer.Option(help="Size of the built-in company.")] = 1000,
    weeks: Annotated[int, typer.Option(help="Length of the horizon.")] = 52,
    overwrite: Overwrite = False,
) -> None:
    """Invite everyone, or look after a hundred, on the built-in company."""
    from groundswell.cli.demo import run_demo
    from groundswell.output.console import wide_console

    with errors():
        run_demo(out, wide_console(), worlds, replicates, seed, threads, employees, weeks, overwrite)


@app.command()
def parameters(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="A scenario file (without one, the defaults), and words that an address must have."),
    ] = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only those not at their default, or with a prior of one's own.")
    ] = False,
    json: Json = False,
) -> None:
    """Every parameter, or those with a word: address, value, unit, bounds, prior, source."""
    from groundswell.cli.parameter_table import asked, show
    from groundswell.cli.speaking import say_json

    with errors():
        frame = asked(words or (), changed)
    if json:
        say_json({"parameters": frame})
        return
    show(frame)


@app.command()
def validate(
    out: Out = None,
    worlds: Annotated[int | None, typer.Option(help="Generated companies and audiences; 20 by default.")] = None,
    replicates: Annotated[int | None, typer.Option(help="Runs of luck in each world; 20 by default.")] = None,
    seed: Annotated[int | None, typer.Option(help="Fresh by default: not the one constants were solved with.")] = None,
    threads: Threads = None,
    data: Annotated[Path | None, typer.Option(help="Folder of the real data sets; else GROUNDSWELL_DATA.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="About a minute, with wide intervals.")] = False,
    draws: Annotated[int | None, typer.Option(help="Draws of the unknown inputs of line 27; 200 by default.")] = None,
) -> None:
    """Measure the model against its targets, in groups; with --out a dated report with pictures."""
    from groundswell.output.console import wide_console
    from groundswell.output.folder import make_folder, not_left_empty
    from groundswell.validation import validate as run_validation
    from groundswell.validation.report import print_validation
    from groundswell.validation.validate import SEED

    with errors():
        with not_left_empty(out):
            folder = None if out is None else make_folder(out)
            chosen = SEED if seed is None else seed
            found = run_validation(worlds, replicates, chosen, threads, data, quick, draws=draws)
        console = wide_console()
        print_validation(found, console)
        if folder is not None:
            console.print(*found.save(folder), sep="\n", highlight=False)


class CacheAction(StrEnum):
    """What to do with the cache."""

    SHOW = "show"
    CLEAR = "clear"


@app.command()
def cache(
    action: Annotated[CacheAction, typer.Argument(help="Say what it holds, or remove it.")] = CacheAction.SHOW,
    folder: Annotated[Path | None, typer.Option(help="Folder of the cache; else GROUNDSWELL_CACHE.")] = None,
) -> None:
    """The worlds kept in files: folder, files and size; `clear` removes them."""
    from groundswell.worlds.cache import FOLDER_VARIABLE, cache_in_use

    with errors():
        kept = cache_in_use(folder)
        if kept is None:
            typer.echo(f"The cache of worlds is off; the environment variable {FOLDER_VARIABLE} names its folder.")
        elif action is CacheAction.CLEAR:
            typer.echo(f"{kept.clear()} files removed from {kept.folder}")
        else:
            typer.echo(repr(kept))


@app.command()
def rerun(study: Annotated[Path, typer.Argument(help="A saved study (.gsw).")], threads: Threads = None) -> None:
    """Run a saved study again; exit code 0 if every number is identical, 3 if another version saved it, else 1."""
    from groundswell.study.rerun import rerun as run_again

    with errors():
        found = run_again(study, threads)
    typer.echo(repr(found))
    if not found:
        raise typer.Exit(3 if found.of_another_version else 1)
