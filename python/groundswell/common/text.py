"""Numbers and small tables as text and HTML, for a bare cell."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

# What a spreadsheet writes for a break inside a cell: line breaks, tabs, vertical tabs, separators.
BREAKS = re.compile(r"\s*[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+\s*")
NO_MATH = 'class="tex2jax_ignore mathjax_ignore"'  # MathJax of notebooks typesets $…$ elsewhere


def number(value: float, digits: int = 4) -> str:
    """A number a person reads: `digits` significant ones, thousands separated, no exponent; - where undefined."""
    value = float(value)
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    return f"{rounded:,.{max(places, 0)}f}".replace("-", "−")


def signed(value: float, digits: int = 4) -> str:
    """As `number`, with its sign."""
    return ("+" if value > 0 else "") + number(value, digits)


def counted(count: int, what: str) -> str:
    """`1 run`, `2 runs`."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def estimate_text(row: Mapping[str, Any] | pd.Series[Any], which: str = "mean") -> str:
    """`mean (lower to upper)` of a row of a summary, or its `p05 to p95` for which="year"."""
    if which == "year":
        return f"{number(row['p05'])} to {number(row['p95'])}"
    return f"{number(row['mean'])} ({number(row['mean_ci_lower'])} to {number(row['mean_ci_upper'])})"


def without_breaks(text: str) -> str:
    """Return text with every line break, tab and other break of a spreadsheet cell as one space."""
    return BREAKS.sub(" ", text).strip()


def quoted(value: object) -> str:
    """A value as Python source on one line; text in double quotes where it is printable."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) and value.isprintable() else repr(value)


def table_html(head: Sequence[str], rows: Sequence[Sequence[Any]], caption: str = "", note: str = "") -> str:
    """An HTML table; every text is escaped, and a notebook reads no formula between dollars in it."""
    lines = [f"<table {NO_MATH}>"]
    if caption:
        lines.append(f"<caption><b>{escape(caption)}</b></caption>")
    lines.append("<thead><tr>" + "".join(f"<th>{escape(str(name))}</th>" for name in head) + "</tr></thead><tbody>")
    lines += ["<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows]
    lines.append("</tbody></table>")
    if note:
        lines.append(paragraph_html(note))
    return "".join(lines)


def paragraph_html(text: str) -> str:
    """A paragraph of HTML with the text as it is."""
    return f"<p {NO_MATH}>{escape(text)}</p>"
