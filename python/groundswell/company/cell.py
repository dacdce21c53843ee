"""A company in a bare cell: what was given, imputed and unused, its facts and warnings."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pandas as pd

from groundswell.common.text import number, paragraph_html, table_html
from groundswell.company.identity import pseudonym_notes
from groundswell.company.record import CompanyRecord

BUILT_IN, UNNAMED = "Built-in company", "Company"
DEFAULT_NAMES = (BUILT_IN, UNNAMED)
NAMES_NOBODY = (  # warnings whose examples are columns, fields, groups or rows
    "partly_missing", "columns_not_used", "spellings_differ", "encoding_found", "title_lines", "repeated_headers",
    "short_rows", "date_order_open", "decimal_open", "numbers_with_words", "similar_names",
    "line_breaks", "other_sheets", "nameless_columns", "no_such_function", "values_without_a_row",
    "columns_of_members_not_used", "managers_unknown", "managers_left",
)  # fmt: skip
FOR_FILES = ("partly_missing", "managers_unknown", "managers_left", "no_such_function")  # fields and rows alone
LEFT_OUT = {  # warnings that count people who are not simulated
    "leavers_excluded": "who have left are excluded",
    "contracts_excluded": "whose contract does not count are excluded",
    "repeated_rows": "repeated rows are counted once",
}
MOST_UNUSED = 12  # names shown in a cell
MOST_WHERE = 60  # characters of an example in the plain repr


def lines(company: CompanyRecord) -> list[str]:
    """Return the plain repr, at most 12 lines."""
    columns = company.columns[company.columns["field"] != ""]
    full = columns[(columns["given"] > 0) & (columns["missing"] == 0)]["field"].tolist()
    drawn = columns[(columns["missing"] > 0) & (columns["imputed_from"] != "")]["field"].tolist()
    unused = int(company.columns["not_used"].sum())
    out = [f"{company.name}: {company.employees:,} employees"]
    out += [f"  given: {', '.join(full) or 'nothing'}", f"  drawn in each world: {', '.join(drawn) or 'nothing'}"]
    out += [f"  columns not used: {unused}"] if unused else []
    out += [f"  {line}" for line in pseudonym_notes(company.warnings)]
    warned = [f"  warning {row['code']}: {row['count']:,}{_where(row)}" for row in company.warnings.to_dict("records")]
    return out + (warned if len(warned) <= 8 else [*warned[:7], f"  … and {len(warned) - 7} more warnings"])


def warning_text(row: Mapping[Hashable, Any], telling: Collection[str] = NAMES_NOBODY) -> str:
    """Return a warning as one line; with examples where they name columns, fields and groups, not people.

    Files get ``telling=FOR_FILES``: no name of a column or group of the export leaves with them.
    """
    examples = f": {row['examples']}" if row["code"] in telling and row["examples"] else ""
    return f"{row['code']} ({row['count']:,}){examples}: {row['consequence']}"


def _where(row: Mapping[Hashable, Any]) -> str:
    """Which field or column a warning is of, short."""
    text = str(row["examples"]) if row["code"] in NAMES_NOBODY else ""
    return f" ({text if len(text) <= MOST_WHERE else text[: MOST_WHERE - 1] + '…'})" if text else ""


def left_out(company: CompanyRecord) -> list[tuple[int, str]]:
    """Return how many rows of the export are not employees here, and why."""
    counts = dict(zip(company.warnings["code"], company.warnings["count"], strict=True))
    return [(int(counts[code]), text) for code, text in LEFT_OUT.items() if code in counts]


def html(company: CompanyRecord, facts: pd.DataFrame) -> str:
    """Return rows, fields with what was given and imputed, columns not used, facts and warnings; text escaped."""
    day = "" if company.as_of is None else f" on {company.as_of}"
    fields = company.columns[~company.columns["not_used"]]
    head = ["field", "from column", "given", "missing", "where missing, drawn in each world from"]
    parts = [table_html(head, [_field(row) for _, row in fields.iterrows()], f"{company.name}: "
                        f"{company.employees:,} employees{day}")]  # fmt: skip
    unused = company.columns[company.columns["not_used"]]["source_column"].tolist()
    if unused:
        some = ", ".join(unused[:MOST_UNUSED]) + (", …" if len(unused) > MOST_UNUSED else "")
        parts.append(paragraph_html(f"Columns not used, {len(unused)}: {some}"))
    known = [[r["fact"], _value(r["value"]), r["state"], r["used_by"]] for _, r in facts.iterrows()]
    parts.append(table_html(["fact", "value", "given or default", "used by"], known))
    if len(company.warnings):
        rows = [[r["code"], f"{r['count']:,}", _examples(r), r["consequence"]] for _, r in company.warnings.iterrows()]
        parts.append(table_html(["warning", "count", "for example", "consequence"], rows))
    return f"<div>{''.join(parts)}</div>"


def _examples(row: pd.Series[Any]) -> str:
    """Examples that name columns and fields; the others name people, and a cell is kept with its notebook."""
    return str(row["examples"]) if row["code"] in NAMES_NOBODY else ""


def _field(row: pd.Series[Any]) -> list[str]:
    return [row["field"], row["source_column"], f"{row['given']:,}", f"{row['missing']:,}", row["imputed_from"]]


def _value(value: object) -> str:
    return number(value, 6) if isinstance(value, int | float) else str(value)
