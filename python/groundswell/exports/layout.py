"""Where the table is among the rows of a file: header, body, what stands above and below."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from groundswell.errors import InvalidInput, Problem, shown
from groundswell.exports.export import WarningRow
from groundswell.exports.text_file import Row

LOOKED_AT = 2_000  # rows that tell the usual width
MOST_SHOWN = 10
NARROW = 4  # columns, below which a row with one cell is not taken for one below the table
FEW = 0.25  # of the cells that rows have: so few mark a row below the table
# First words of a row below a table, in English, French, German, Spanish and Dutch.
TOTALS = re.compile(
    r"((grand |sub)?totals?|sum|count|average|mean|records?|rows?|"
    r"total g[eé]n[eé]ral|totaux|somme|nombre|effectifs?|moyenne|"
    r"summe|gesamt(summe|anzahl)?|insgesamt|anzahl|mittelwert|durchschnitt|"
    r"total general|suma|n[uú]mero|promedio|cantidad|"
    r"totaal|som|aantal|gemiddelde)\b",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"(end of (report|file|list)|generated|printed|exported|source|confidential|report|page \d|notes?|copyright|"
    r"fin d[ue]|g[eé]n[eé]r[eé]|imprim[eé]|extrait|rapport|confidentiel|"
    r"ende|erstellt|gedruckt|quelle|vertraulich|stand|"
    r"fin del|generado|impreso|fuente|confidencial|informe|"
    r"einde|gegenereerd|afgedrukt|bron|vertrouwelijk)\b",
    re.IGNORECASE,
)


@dataclass
class Table:
    """Names of columns, rows of their cells, and what was found around them."""

    names: list[str]
    rows: list[Row]
    header_row: int
    footer_rows: int = 0
    warnings: list[WarningRow] = field(default_factory=list)


def find_table(rows: Sequence[Row], header_row: int | None, footer_rows: int | None) -> Table:
    """Return the table among the rows.

    Raises
    ------
    InvalidInput
        No header, no row below it; with all of their places: a header without a name over cells, two columns of one
        name, rows longer than the header.
    """
    if not rows:
        raise InvalidInput("is empty: no row has a cell")
    at = _header(rows, header_row)
    header, body = rows[at], list(rows[at + 1 :])
    if not body:
        raise InvalidInput(f"the table has no rows: nothing stands below line {header.number}")
    warnings: list[WarningRow] = []
    if at:
        warnings.append(_left_out("title_lines", rows[:at], "left out: they stand above the header"))
    names = [_name(cell) for cell in header.cells]
    repeated = [row for row in body if [_name(cell) for cell in row.cells][: len(names)] == names]
    if repeated:
        warnings.append(_left_out("repeated_headers", repeated, "left out: the header again"))
        again = {row.number for row in repeated}
        body = [row for row in body if row.number not in again]
    body, below, unsure = _footers(body, footer_rows)
    if below:
        warnings.append(_left_out("footer_rows", below, "left out: they stand below the table"))
    if unsure:
        kept = _left_out("looks_like_footer", unsure, "kept: they may stand below the table; footer_rows= leaves out")
        warnings.append(kept)
    if not body:
        raise InvalidInput(f"the table has no rows: nothing of it stands below line {header.number}")
    names, body, more = _shaped(names, body, header.number)
    return Table(names, body, header.number, len(below), [*warnings, *more])


def _header(rows: Sequence[Row], wanted: int | None) -> int:
    if wanted is not None:
        found = next((i for i, row in enumerate(rows) if row.number == wanted), None)
        if found is None:
            raise InvalidInput(f"header_row = {wanted}: this row has no cell; the first with one is {rows[0].number}")
        return found
    width = _usual_width(rows)
    for i, row in enumerate(rows[:LOOKED_AT]):
        filled = _filled(row.cells)
        if len(filled) >= max(width * 0.6, min(width, 2)) and all(isinstance(cell, str) for cell in filled):
            return i
    raise InvalidInput(f"no header is found: no row has names over {width} columns; give header_row=")


def _usual_width(rows: Sequence[Row]) -> int:
    """Return how many columns the rows have, by the last cell that is not empty: the commonest, wide before narrow."""
    widths = Counter(_width(row.cells) for row in rows[:LOOKED_AT])
    return max(widths, key=lambda width: (widths[width] * width, width))


def _width(cells: Sequence[object]) -> int:
    return max((i + 1 for i, cell in enumerate(cells) if cell != ""), default=0)


def _filled(cells: Iterable[object]) -> list[object]:
    return [cell for cell in cells if cell != "" and not (isinstance(cell, str) and not cell.strip())]


def _name(cell: object) -> str:
    return " ".join(str(cell).split())


def _footers(body: list[Row], wanted: int | None) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the body, the rows below it, and rows that only may be below it."""
    if wanted is not None:
        if wanted >= len(body):
            raise InvalidInput(f"footer_rows = {wanted}: the table has {len(body)} rows; one must remain")
        return (body[:-wanted], body[-wanted:], []) if wanted else (body, [], [])
    usual = sorted(len(_filled(row.cells)) for row in body)[len(body) // 2]
    end = len(body)
    while end > 1 and _is_footer(body[end - 1], body[: end - 1], usual):
        end -= 1
    unsure = [row for row in body[max(end - 3, 1) : end] if _may_be_footer(row, usual)] if usual > 1 else []
    return body[:end], body[end:], unsure


def _is_footer(row: Row, others: Sequence[Row], usual: int) -> bool:
    """Whether a last row is below the table: it counts or remarks, and its first cell is not like those above it."""
    filled = _filled(row.cells)
    first = str(filled[0]).strip() if filled else ""
    if usual <= 1 or len(filled) >= usual or not first:
        return False
    leading = str(row.cells[0]).strip()
    alike = sum(_shape(other.cells[0]) == _shape(leading) for other in others)
    like_others = bool(leading) and alike * 20 > len(others)
    says_so = TOTALS.match(first) is not None or NOTES.match(first) is not None
    few = usual >= NARROW and len(filled) <= max(1, FEW * usual)
    return not like_others and ((says_so and len(filled) <= 0.6 * usual) or few)


def _may_be_footer(row: Row, usual: int) -> bool:
    filled = _filled(row.cells)
    few = usual >= NARROW and len(filled) <= max(1, FEW * usual)
    return few or TOTALS.fullmatch(str(filled[0]).strip()) is not None


def _shape(cell: object) -> str:
    """Return what a cell looks like: digits as 9, letters as a, runs of them once."""
    text = "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in str(cell).strip())
    return re.sub(r"(.)\1+", r"\1", text)


def _shaped(names: list[str], body: list[Row], header: int) -> tuple[list[str], list[Row], list[WarningRow]]:
    """Return names and rows of one width; what does not fit is refused by row and column, all of it at once."""
    warnings: list[WarningRow] = []
    problems: list[Problem] = []
    while names and not names[-1]:
        names = names[:-1]
    width = len(names)
    long = [row for row in body if _width(row.cells) > width]
    if long:
        rule = f"{len(long):,} rows have more cells than the header in line {header} has names ({width}): {_rows(long)}"
        example = shown(next(cell for cell in long[0].cells[width:] if cell != ""))
        problems.append(Problem((), "", f"{rule}; the first extra cell is {example}; quote or mend these rows"))
    elif any(len(row.cells) > width for row in body):
        count = sum(len(row.cells) > width for row in body)
        warnings.append(("trailing_separators", count, "", "empty cells behind the last column are left out"))
    short = [row for row in body if len(row.cells) < width]
    if short:
        warnings.append(("short_rows", len(short), _rows(short), "end early: their last cells count as empty"))
    rows = [Row(row.number, [*row.cells[:width], *[""] * (width - len(row.cells))]) for row in body]
    problems += _unnamed(names, rows, header)
    problems += _repeated(names, header)
    if problems:
        raise InvalidInput(problems=problems)
    kept = [i for i, name in enumerate(names) if name]
    if len(kept) < width:
        warnings.append(("empty_columns", width - len(kept), "", "left out: no name and no cell"))
        rows = [Row(row.number, [row.cells[i] for i in kept]) for row in rows]
    names = [names[i] for i in kept]
    return names, rows, warnings + _alike(names)


def _unnamed(names: Sequence[str], rows: Sequence[Row], header: int) -> list[Problem]:
    problems = []
    for i, name in enumerate(names):
        used = [] if name else [row for row in rows if _filled(row.cells[i : i + 1])]
        if used:
            rule = f"has no name in line {header}, and {len(used):,} cells: {_rows(used)}; give it a name"
            problems.append(Problem((f"column {i + 1} ({letters(i)})",), "", rule))
    return problems


def _repeated(names: Sequence[str], header: int) -> list[Problem]:
    problems = []
    for name, times in Counter(name for name in names if name).items():
        if times > 1:
            where = ", ".join(f"{i + 1} ({letters(i)})" for i, other in enumerate(names) if other == name)
            rule = f"{times} columns have this name in line {header}: columns {where}; rename all but one"
            problems.append(Problem((f"column {name!r}",), "", rule))
    return problems


def _alike(names: Sequence[str]) -> list[WarningRow]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(unicodedata.normalize("NFKC", name).casefold(), []).append(name)
    alike = [" and ".join(map(repr, group)) for group in groups.values() if len(group) > 1]
    rule = "names of columns differ by case or composition alone"
    return [("similar_columns", len(alike), "; ".join(alike[:3]), rule)] if alike else []


def letters(column: int) -> str:
    """Return a column as a spreadsheet names it: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _left_out(code: str, rows: Sequence[Row], consequence: str) -> WarningRow:
    some = "; ".join(f"{row.number}: {shown(str(_filled(row.cells)[0]), 40)}" for row in rows[:3])
    return code, len(rows), f"row {some}", consequence


def _rows(rows: Sequence[Row]) -> str:
    some = ", ".join(str(row.number) for row in rows[:MOST_SHOWN])
    return f"rows {some}" + (f" and {len(rows) - MOST_SHOWN:,} more" if len(rows) > MOST_SHOWN else "")
