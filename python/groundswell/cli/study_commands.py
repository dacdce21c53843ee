"""Commands around a study: init, presets, select; and a folder in place of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column, Table

from groundswell.cli.options import File, Seed, Set, errors
from groundswell.errors import InvalidInput

if TYPE_CHECKING:
    from groundswell.scenario import Scenario
    from groundswell.starter.study_folder import Started

RESULTS = "results"
MOST_SHOWN = 25
FACTORS = ("score", "fit", "connections", "persuasion", "willingness", "readiness")


def init(
    hr: Annotated[Path, typer.Option(help="HR export (CSV), one row a person.")],
    out: Annotated[Path | None, typer.Option(help="Folder to write; by default FILE_study.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day of the export, YYYY-MM-DD; hire dates need it.")] = None,
    start: Annotated[str | None, typer.Option(help="First day of the horizon, YYYY-MM-DD.")] = None,
    id_column: Annotated[str | None, typer.Option("--id", help="Column of ids, where no name says so.")] = None,
    use: Annotated[
        list[str] | None,
        typer.Option(help="Field whose suggestion is right although not sure; may be repeated; all: every one."),
    ] = None,
    design: Annotated[list[str] | None, typer.Option(help="Preset to write as a design; may be repeated.")] = None,
) -> None:
    """Begin a study: scenario files, a page to read and a notebook for an HR export, which stays where it is."""
    from groundswell.output.console import wide_console
    from groundswell.starter.study_folder import DESIGNS, start_study

    with errors():
        made = start_study(
            hr, out, as_of=as_of, start=start, id_column=id_column, use=use or (), designs=design or DESIGNS
        )
        wide_console().print(_told(made), markup=False, highlight=False, soft_wrap=True)


def _told(made: Started) -> str:
    """What of the export is used, what is asked, what was written."""
    used = [f"  {choice.field}: {choice.column}" for choice in made.choices if choice.active]
    asked = [f"  {choice.field}: {choice.column}: {choice.question}" for choice in made.choices if not choice.active]
    left = f", {len(made.company.leavers):,} who have left are excluded" if made.company.leavers else ""
    lines = [f"{made.company.employees:,} employees{left}. Horizon from {made.start}.", "Used:", *used]
    if asked:
        lines += ["Not used, a question each (take the # away in the files, or --use FIELD):", *asked]
    lines += ["Written:", *(f"  {path}" for path in made.written), f"Next: groundswell compare {made.folder}"]
    return "\n".join(lines)


def presets() -> None:
    """Programs to start from: what each is, what it sets, which claim it stands for."""
    from groundswell.output.console import wide_console
    from groundswell.scenario.presets import table

    sets = Column("sets", min_width=44, overflow="fold")
    shown = Table("name", "what it is", sets, "stands for", show_lines=True)
    for row in table().to_dict("records"):
        shown.add_row(
            f"{row['name']}\n{row['label']}", row["what_it_is"], row["sets"].replace(", ", "\n"), row["stands_for"]
        )
    wide_console().print(shown, highlight=False)


def select(
    scenario: File,
    changes: Set = None,
    world: Annotated[int, typer.Option(help="Which generated company; what is imputed differs between them.")] = 0,
    seed: Seed = 1,
    ids: Annotated[bool, typer.Option("--ids", help="Your own ids in place of pseudonyms.")] = False,
    rows: Annotated[int, typer.Option(help="How many people are printed.")] = MOST_SHOWN,
) -> None:
    """Whom the program of a scenario invites, in order, in one world; nothing is simulated."""
    from groundswell.common.text import number
    from groundswell.company.pseudonyms import own_key
    from groundswell.output.console import wide_console
    from groundswell.scenario.file import read_scenario

    with errors():
        found = read_scenario(scenario, changes or ())
        if found.program is None:
            raise InvalidInput(f"{scenario}: has no program: nobody is invited")
        people = found.company.select(found, world=world, seed=seed)
        first = people.head(rows)
        names = [str(name) for name in first["id"]] if ids else own_key().pseudonyms(first["id"])
        who = Column("id", overflow="fold") if ids else Column("pseudonym", min_width=21)
        shown = Table("order", who, "seniority", *FACTORS)
        for name, row in zip(names, first.to_dict("records"), strict=True):
            numbers = [number(row[factor], 3) for factor in FACTORS]
            shown.add_row(str(row["order"]), name, str(row["seniority"]), *numbers)
        console = wide_console()
        console.print(shown, highlight=False)
        drawn = sorted({name for text in people["imputed"] for name in str(text).split(", ") if name})
        console.print(
            f"{len(people):,} people in world {world}, seed {seed}; {len(first):,} are shown.", highlight=False
        )
        if drawn:
            console.print(f"Drawn in this world, other in the next: {', '.join(drawn)}.", highlight=False)


def read_designs(
    paths: Sequence[Path], baseline: Path | None, changes: Sequence[str]
) -> tuple[list[Scenario], Scenario | None]:
    """Designs and baseline from files, or from one folder; a baseline that is named counts, wherever it is."""
    from groundswell.scenario.file import read_scenario
    from groundswell.scenario.folder import read_folder

    base = None if baseline is None else read_scenario(baseline, changes)
    if not any(path.is_dir() for path in paths):
        return [read_scenario(path, changes) for path in paths], base
    if len(paths) > 1:
        raise InvalidInput("compare takes scenario files or one folder, not both")
    found = read_folder(paths[0], changes)
    others = [found.baseline] if base is not None and found.baseline is not None else []
    designs = [design for design in [*others, *found.designs] if base is None or design != base]
    return designs, found.baseline if base is None else base
