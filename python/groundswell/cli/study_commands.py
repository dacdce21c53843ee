"""Commands around a study: init, presets, select; and a folder in place of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column, Table

from groundswell.cli.options import File, Json, Seed, Set, errors
from groundswell.errors import InvalidInput

if TYPE_CHECKING:
    from groundswell.scenario import Scenario

RESULTS = "results"
MOST_SHOWN = 25
FACTORS = ("score", "fit", "connections", "persuasion", "willingness", "readiness")


def init(
    hr: Annotated[Path, typer.Option(help="HR export, one row a person: .csv .tsv .xlsx .xls .ods .parquet.")],
    out: Annotated[Path | None, typer.Option(help="Folder to write; by default FILE_study.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day of the export, YYYY-MM-DD; hire dates need it.")] = None,
    start: Annotated[str | None, typer.Option(help="First day of the horizon, YYYY-MM-DD.")] = None,
    id_column: Annotated[str | None, typer.Option("--id", help="Column of ids, where no name says so.")] = None,
    left: Annotated[
        str | None, typer.Option(help="Who has left: COLUMN (True or a date), COLUMN=VALUE|VALUE, or none.")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help="FIELD=COLUMN, or FIELD={rule: [COLUMN, …]} as in company.yaml; may be repeated."),
    ] = None,
    use: Annotated[
        list[str] | None,
        typer.Option(help="Field whose suggestion is right although not sure; may be repeated; all: every one."),
    ] = None,
    design: Annotated[list[str] | None, typer.Option(help="Preset to write as a design; may be repeated.")] = None,
    currency: Annotated[str | None, typer.Option(help="Of every amount of money, as in EUR.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    sep: Annotated[str | None, typer.Option(help="What separates fields of a text file.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a text file, as in cp1252.")] = None,
    header_row: Annotated[int | None, typer.Option(help="Row with the names of columns, the first is 1.")] = None,
    date_order: Annotated[str | None, typer.Option(help="day-first, month-first or year-first.")] = None,
    decimal: Annotated[str | None, typer.Option(help="Decimal sign of numbers.")] = None,
    thousands: Annotated[str | None, typer.Option(help="Thousands sign of numbers.")] = None,
    footer_rows: Annotated[int | None, typer.Option(help="Rows below the table that are none of it.")] = None,
    json: Json = False,
) -> None:
    """Begin a study: scenario files, a page to read and a notebook for an HR export, which stays where it is."""
    from groundswell.cli.speaking import say, say_json, started, started_json
    from groundswell.scenario.file import parse_changes
    from groundswell.starter.study_folder import DESIGNS, start_study

    reading = {
        "sheet": sheet, "sep": sep, "encoding": encoding, "header_row": header_row, "date_order": date_order,
        "decimal": decimal, "thousands": thousands, "footer_rows": footer_rows,
    }  # fmt: skip
    with errors():
        made = start_study(
            hr, out, as_of=as_of, start=start, id_column=id_column, left=left, use=use or (),
            columns=parse_changes(mapping or (), "--map"), designs=design or DESIGNS, currency=currency,
            **{name: value for name, value in reading.items() if value is not None},
        )  # fmt: skip
        if json:
            say_json(started_json(made))
        else:
            say(started(made))


def presets(json: Json = False) -> None:
    """Programs to start from: what each is, what it sets, which claim it stands for."""
    from groundswell.cli.speaking import say_json
    from groundswell.output.console import wide_console
    from groundswell.scenario.presets import table

    if json:
        say_json({"presets": table()})
        return
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
    json: Json = False,
) -> None:
    """Whom the program of a scenario invites, in order, in one world; nothing is simulated."""
    from groundswell.cli.speaking import say_json
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
        if json:
            named = people.assign(id=people["id"] if ids else own_key().pseudonyms(people["id"]))
            say_json({"world": world, "seed": seed, "ids": "own" if ids else "pseudonyms", "people": named})
            return
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
