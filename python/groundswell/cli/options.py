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
Seed = Annotated[int, typer.Option(help="Same seed, same numbers.")]


@contextmanager
def errors() -> Iterator[None]:
    """Our errors as one message and exit code 1; everything else is a bug and keeps its traceback."""
    try:
        yield
    except InternalError:
        raise
    except GroundswellError as error:
        Console(stderr=True, soft_wrap=True).print(f"Error: {error}", markup=False, highlight=False)
        raise typer.Exit(1) from None
