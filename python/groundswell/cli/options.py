"""What commands share: options, and errors without a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from groundswell.errors import GroundswellError, InternalError

File = Annotated[Path, typer.Argument(help="Scenario file (YAML).")]
Set = Annotated[list[str] | None, typer.Option("--set", help="address=value, in every design; may be repeated.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object for scripts, in place of text.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace results in the folder; else a new numbered one is made.")
]
Seed = Annotated[int, typer.Option(help="Same seed, same numbers.")]


@contextmanager
def errors() -> Iterator[None]:
    """Our errors as one message and exit code 1; everything else is a bug and keeps its traceback.

    Inside, standard output that is closed, full or ASCII ends no command (`output.streams`).
    """
    from groundswell.output.streams import lasting_output

    try:
        with lasting_output():
            yield
    except InternalError:
        raise
    except GroundswellError as error:
        as_it_is = Console(stderr=True, soft_wrap=True, markup=False, emoji=False, highlight=False)
        as_it_is.print(f"Error: {error}")
        raise typer.Exit(1) from None
