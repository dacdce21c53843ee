"""What the command line says around a run: the company, who is left out, what looks odd, what it will cost."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell.common.planned import counts_text

if TYPE_CHECKING:
    from groundswell.company.company import Company
    from groundswell.decide.contest import Contest
    from groundswell.output.folder import Written
    from groundswell.results.results import Results
    from groundswell.scenario import Scenario
    from groundswell.starter.study_folder import Started

MOST_DIFFERENCES = 10  # lines of what differs between designs
MIX = "program.mix."
Lines = list[str]


def say(lines: Iterable[str], *, to_errors: bool = False) -> None:
    """Print lines as they are: no markup, no cut."""
    import typer

    for line in lines:
        typer.echo(line, err=to_errors)


def say_json(value: Any) -> None:
    """Print one JSON object."""
    say([json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False)])


def plain(value: Any) -> Any:
    """Return a value as JSON has it: NaN and infinities as null, days as text, frames as lists of rows."""
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset | np.ndarray | pd.Index):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, date):
        return value.isoformat()[:10]
    if value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def company_lines(company: Company) -> Lines:
    """Who is simulated, what the export was read as, who is left out, what is drawn, and every warning."""
    from groundswell.company.cell import left_out

    day = "" if company.as_of is None else f" on {company.as_of}"
    lines = [f"{company.name}: {company.employees:,} employees{day}"]
    lines += [f"  {company.read_as}"] if company.read_as else []
    lines += [f"  {count:,} {what}" for count, what in left_out(company)]
    columns = company.columns[company.columns["field"] != ""]
    drawn = columns[(columns["missing"] > 0) & (columns["imputed_from"] != "")]["field"]
    lines += [f"  drawn in each world: {', '.join(drawn) or 'nothing'}"]
    return lines + warning_lines(company)


def warning_lines(company: Company) -> Lines:
    """A line a warning about the company; examples where they name columns and groups, not people."""
    from groundswell.company.cell import LEFT_OUT, warning_text

    rows = [row for row in company.warnings.to_dict("records") if row["code"] not in LEFT_OUT]
    return [f"  warning {warning_text(row)}" for row in rows]


def announce(
    designs: Sequence[Scenario],
    worlds: int,
    replicates: int,
    threads: int | None,
    *,
    inputs: bool = True,
    to_errors: bool = False,
) -> None:
    """Say before a run: the company, who is left out, what looks odd, what differs, what it will cost."""
    lines = [*company_lines(designs[0].company), *scenario_lines(designs), *difference_lines(designs)]
    say([*lines, cost_line(designs, worlds, replicates, threads, inputs), ""], to_errors=to_errors)


def scenario_lines(designs: Sequence[Scenario]) -> Lines:
    """Priors that were set, and a line for each warning of the designs themselves, once where several share it."""
    from groundswell.company.cell import warning_text
    from groundswell.scenario.inputs.stated import prior_texts

    priors = dict.fromkeys(text for design in designs for text in prior_texts(design))
    lines = [f"Priors set: {'; '.join(priors)}"] if priors else []
    warned: dict[str, Lines] = {}
    for design in designs:
        for row in design.warnings.to_dict("records"):
            warned.setdefault(warning_text(row), []).append(design.label)
    everywhere = len(designs)
    of = {
        text: "" if len(labels) == everywhere else f"{', '.join(map(repr, labels))}: "
        for text, labels in warned.items()
    }
    return lines + [f"  warning {of[text]}{text}" for text in warned]


def cost_line(designs: Sequence[Scenario], worlds: int, replicates: int, threads: int | None, inputs: bool) -> str:
    """What the run will cost, before it begins."""
    from groundswell.run.estimate import estimate

    found = estimate(designs, worlds, replicates, threads=threads, inputs=inputs)
    return f"Cost of {counts_text(worlds, replicates)}: {found!r}"


def difference_lines(designs: Sequence[Scenario]) -> Lines:
    """At most ten lines of what differs between the designs, and only what can make a difference.

    What all programs share and nobody changed is left out; so is what the order of a selection does not look at.
    """
    if len(designs) < 2:
        return []
    values = {design.label: _values(design) for design in designs}
    with_program = [design.label for design in designs if design.program is not None]
    lines = [f"  program: none in {', '.join(repr(label) for label in values if label not in with_program)}"]
    lines = lines if 0 < len(with_program) < len(designs) else []
    for path in dict.fromkeys(path for of_design in values.values() for path in of_design):
        asked = with_program if path.startswith("program.") else list(values)
        found = {label: values[label].get(path, (None, None)) for label in asked}
        if all(repr(value) == repr(default) for value, default in found.values()):
            continue  # at its default where it matters, and of no matter elsewhere
        if path.startswith(MIX) and all(value is None for value, _ in found.values()):
            continue  # no mix of its own: posts have that of content.program_mix
        different = {repr(value) for value, _ in found.values()}
        if len(different) > 1:
            each = [f"{label!r} {_short(value, path)}" for label, (value, _) in found.items()]
            lines.append(f"  {path}: " + "; ".join(each))
        elif found and len(with_program) < len(designs) and path.startswith("program."):
            value, default = next(iter(found.values()))
            lines += [f"  {path}: {_short(value, path)} in all programs"] if repr(value) != repr(default) else []
    more = len(lines) - MOST_DIFFERENCES
    if more > 0:
        lines = [*lines[: MOST_DIFFERENCES - 1], f"  … and {more + 1} more: contest.diff in Python has all"]
    return ["What differs:", *lines] if lines else []


def _values(design: Scenario) -> dict[str, tuple[Any, Any]]:
    """Value and default of every parameter that can make a difference in a design, by address."""
    rows = design.parameters()[["path", "value", "default"]].itertuples(index=False, name=None)
    select = getattr(design.program, "select", None)
    unseen: tuple[str, ...] = ()
    if select is not None and select.order != "readiness":
        unseen += ("program.select.weights.", "program.select.goal")
    if select is not None and not select.needs_ties:
        unseen += ("program.select.platform",)
    return {path: (value, default) for path, value, default in rows if not path.startswith(unseen or "\0")}


def started(made: Started) -> Lines:
    """What of the export is used, what is asked, what was written."""
    used = [f"  {choice.field}: {choice.column}" for choice in made.choices if choice.active]
    asked = [f"  {choice.field}: {choice.column}: {choice.question}" for choice in made.choices if not choice.active]
    lines = [*company_lines(made.company), f"Horizon from {made.start}.", "Used:", *used]
    if asked:
        lines += ["Not used, a question each (take the # away in company.yaml, or --use FIELD):", *asked]
    if "currency" not in made.company.firm.given():
        lines += ["Which currency? Until --currency or company.yaml says it, money is default prices in USD."]
    return [*lines, "Written:", *(f"  {path}" for path in made.written), f"Next: groundswell compare {made.folder}"]


def started_json(made: Started) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "folder": str(made.folder),
        "written": [str(path) for path in made.written],
        "start": made.start,
        "company": company_json(made.company),
        "choices": [
            {"field": c.field, "column": c.column, "rule": c.rule, "used": c.active, "question": c.question}
            for c in made.choices
        ],
    }


def company_json(company: Company) -> dict[str, Any]:
    """The company for scripts; no id is in it."""
    from groundswell.company.cell import NAMES_NOBODY

    warnings = company.warnings.copy()
    warnings.loc[~warnings["code"].isin(NAMES_NOBODY), "examples"] = ""
    return {
        "name": company.name, "employees": company.employees, "as_of": company.as_of, "read_as": company.read_as,
        "columns": company.columns, "facts": company.facts, "warnings": warnings,
    }  # fmt: skip


def result_json(result: Results, written: Written | None) -> dict[str, Any]:
    """A result for scripts: one row a measure, as in ``Results.summary``."""
    return {
        "label": result.label, "runs": result.runs, "runs_asked": result.runs_asked, "seconds": result.seconds,
        "uncertainty": result.uncertainty, "company": company_json(result.scenario.company),
        "summary": result.summary().rename_axis("measure").reset_index(), "warnings": result.warnings,
        **_written(written),
    }  # fmt: skip


def contest_json(contest: Contest, written: Written | None) -> dict[str, Any]:
    """A comparison for scripts: the rows of ``Contest.added`` and ``table``, the sentence, notes and warnings."""
    from groundswell.decide.sentence import notes

    company = contest.results[contest.baseline].scenario.company
    return {
        "baseline": contest.baseline, "labels": contest.labels, "sentence": contest.sentence(),
        "notes": [contest.baseline_note(), *notes(contest)], "company": company_json(company),
        "added": contest.added(), "table": contest.table(), "warnings": contest.warnings, **_written(written),
    }  # fmt: skip


def _written(written: Written | None) -> dict[str, list[str]]:
    """What is on disk, and what could not be made."""
    kept, missing = ([], []) if written is None else (written.kept, written.warnings)
    return {"written": [str(path) for path in kept], "not_written": list(missing)}


def _short(value: Any, path: str, most: int = 60) -> str:
    absent = f"as content.program_{path.removeprefix('program.')}" if path.startswith(MIX) else "not set"
    text = absent if value is None else str(value)
    return text if len(text) <= most else text[: most - 1] + "…"
