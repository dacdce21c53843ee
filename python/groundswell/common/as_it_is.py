"""Text that a user has named, for rich: nothing in it is markup."""

from __future__ import annotations

from rich.text import Text


def as_it_is(value: object) -> Text:
    """Text for a cell, a head or a line: brackets and emoji codes in it stay, a long one is wrapped."""
    return Text(str(value), overflow="fold")
