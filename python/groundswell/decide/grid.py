"""A grid of designs: addresses and their values crossed, or one row of a table a design."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd

from groundswell import _core
from groundswell.common import arguments
from groundswell.common.planned import REPLICATES, WORLDS
from groundswell.common.progress import ProgressOption
from groundswell.company.company import Company
from groundswell.decide.compare import MAX_WORLDS, SAME, compare
from groundswell.decide.contest import Contest
from groundswell.decide.varied import FailedCell, plain_value
from groundswell.decide.within import Within
from groundswell.errors import InvalidInput, UnknownName, invalid
from groundswell.results.people_counts import FULL
from groundswell.results.results import Results
from groundswell.scenario import Scenario
from groundswell.scenario.addresses import is_address, nearest_address
from groundswell.scenario.describe import LONGEST
from groundswell.scenario.describe import program as program_in_words
from groundswell.scenario.platform_choice import rescales
from groundswell.scenario.schema.platform_table import PLATFORMS

log = logging.getLogger("groundswell")

NO_NAME = ("on", "only", *PLATFORMS)  # last parts of addresses that say nothing alone

Cell = tuple[str, dict[str, Any]]  # label, values by address


RULE = "a list of values, at least one"


def grid(
    scenario: Scenario,
    fields: Mapping[str, Sequence[Any]] | None = None,
    *,
    rows: pd.DataFrame | None = None,
    baseline: Scenario | Results | None = None,
    worlds: int = WORLDS,
    replicates: int = REPLICATES,
    seed: int = 1,
    threads: int | None = None,
    progress: ProgressOption = None,
    precision: Mapping[str, Within] | None = None,
    max_worlds: int = MAX_WORLDS,
    people: str = FULL,
) -> Contest:
    """Vary a scenario by addresses and compare the designs.

    Parameters
    ----------
    scenario:
        What every cell starts from.
    fields:
        Values by dotted address; every combination is a design, the last address varying fastest:
        `{"program.advocates.size": [50, 100, 200], "program.posts_per_week": [1, 2, 4]}`. Over one platform's share
        (`program.platforms.x`) the others are rescaled in proportion, so that they sum to 1; `Contest.diff` lists each.
    rows:
        Instead of `fields`, a frame with one design a row: a column for each address, and `label` if wanted.
    baseline:
        What differences are taken to. Without one it is the scenario without its program (one that the company
        runs goes on as there); where the scenario has no
        program the first cell is it, and the output says so.
    worlds, replicates, seed, threads, progress, precision, max_worlds, people:
        As in `compare`.

    Returns
    -------
    A `Contest`. The varied addresses are columns of `frame`, `table` and `differences` (the baseline has its own
    values, missing where it has no program). Labels are made from the values. A cell that is not a valid scenario, or
    that the engine refuses while it runs, keeps the others: `cells` has its row with the reason, `warnings` the code
    `cell_not_run`.

    Raises
    ------
    UnknownName
        For an address that does not exist, with the nearest one that does.
    InvalidInput
        No value, a missing value in `rows` (with row and column), two cells with one label, an address that must be
        equal in all designs (company, dates), no valid cell at all; and as `compare`.
    """
    arguments.instance("scenario", scenario, Scenario, "a gs.Scenario")
    varied, cells = _cells(fields, rows, scenario)
    _check_addresses(varied, type(scenario))
    _check_labels(cells)
    designs, failed = _designs(scenario, cells)
    if not designs:
        raise InvalidInput(f"grid: no cell is a valid scenario; {failed[0].label!r}: {failed[0].reason}")
    if baseline is None and scenario.program is not None:
        alone = scenario.replace(program=None)
        baseline = alone.replace(label=program_in_words(alone))  # the company's own program may go on in it
    contest = compare(
        designs, baseline, worlds, replicates, seed, threads, progress, precision, max_worlds, people, inputs=False
    )
    for cell in failed:
        log.warning("grid: %r was not run: %s", cell.label, cell.reason)
    given = {label: _plain(values, scenario.company) for label, values in cells}
    failed += [replace(cell, values=given[cell.label]) for cell in contest.failed]
    place = {label: i for i, label in enumerate(given)}
    return replace(contest, varied=varied, failed=tuple(sorted(failed, key=lambda cell: place[cell.label])))


def _plain(values: Mapping[str, Any], company: Company) -> dict[str, Any]:
    return {name: plain_value(name, value, company) for name, value in values.items()}


def _cells(
    fields: Mapping[str, Sequence[Any]] | None, rows: pd.DataFrame | None, scenario: Scenario
) -> tuple[tuple[str, ...], list[Cell]]:
    """The varied addresses, and label and values of every cell."""
    if (fields is None) == (rows is None):
        raise InvalidInput("grid: give one of fields (values by address) and rows (a frame), and not both")
    if rows is not None:
        return _from_rows(rows, scenario)
    lists = _lists(fields)
    varied = tuple(lists)
    found = [dict(zip(varied, values, strict=True)) for values in product(*lists.values())]
    return varied, [(_label(values, scenario, i + 1), values) for i, values in enumerate(found)]


def _lists(fields: object) -> dict[str, list[Any]]:
    if not isinstance(fields, Mapping) or not fields:
        raise invalid("fields", fields, 'must be as in {"program.posts_per_week": [1, 2, 4]}')
    lists = {}
    for address, values in fields.items():
        lists[str(address)] = arguments.several(f"fields.{address}", values, RULE)
        if not lists[str(address)]:
            raise invalid(f"fields.{address}", values, f"must be {RULE}")
    return lists


def _from_rows(rows: pd.DataFrame, scenario: Scenario) -> tuple[tuple[str, ...], list[Cell]]:
    if not isinstance(rows, pd.DataFrame):
        raise invalid("rows", rows, "must be a pandas DataFrame with a column for each address")
    if not rows.columns.is_unique:
        raise InvalidInput(
            f"rows: a column is there twice: {', '.join(map(str, rows.columns[rows.columns.duplicated()]))}"
        )
    varied = tuple(str(name) for name in rows.columns if name != "label")
    if not varied or rows.empty:
        raise InvalidInput("rows: needs at least one row and one column that is an address")
    cells = []
    for row, values in enumerate(_records(rows)):
        for name, value in values.items():
            if isinstance(value, float | type(pd.NaT) | type(pd.NA)) and pd.isna(value):
                raise InvalidInput(
                    f"rows, row {row} (index {rows.index[row]!r}), column {name}: missing; write a value"
                )
        label = values.pop("label", None)
        cells.append((_label(values, scenario, row + 1) if label is None else str(label), values))
    return varied, cells


def _records(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for i in range(len(rows)):
        yield {str(name): rows[name].iloc[i] for name in rows.columns}


def _label(values: Mapping[str, Any], scenario: Scenario, number: int) -> str:
    """`size=50, posts_per_week=2`: the last part of each address, or as much as tells them apart.

    Where shares over platforms follow from those that are varied, it says so. What is too long for a picture is cut,
    and the number of the cell tells it apart.
    """
    named = zip(_short(list(values)), _plain(values, scenario.company).values(), strict=True)
    texts = [f"{name}={_value_text(value)}" for name, value in named]
    text = ", ".join(texts) + (" (other shares rescaled)" if rescales(scenario, values) else "")
    mark = f"… (cell {number})"
    return text if len(text) <= LONGEST else text[: LONGEST - len(mark)] + mark


def _value_text(value: Any) -> str:
    """A number with no more digits than it has."""
    if not isinstance(value, float):
        return str(value)
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def _short(names: Sequence[str]) -> list[str]:
    short = []
    for name in names:
        parts = name.split(".")
        endings = [".".join(parts[-k:]) for k in range(1 + (parts[-1] in NO_NAME), len(parts) + 1)]
        others = [other for other in names if other != name]
        short.append(next(e for e in endings if e == name or not any(f".{o}".endswith(f".{e}") for o in others)))
    return short


def _check_addresses(varied: Sequence[str], root: type[Scenario]) -> None:
    for name in varied:
        if not is_address(name, root):
            raise UnknownName(f"{name}: no such address; {nearest_address(name, root)}")
        if name == "label":
            raise InvalidInput("label: made from the values; give rows= with a column label to choose it")
        if name in (*SAME, "company"):
            raise InvalidInput(f"{name}: must be equal in all designs of a comparison; run one grid for each value")


def _check_labels(cells: Sequence[Cell]) -> None:
    first: dict[str, int] = {}
    for i, (label, _) in enumerate(cells):
        if label in first:
            raise InvalidInput(
                f"label: two cells have the label {label!r}, number {first[label] + 1} and number {i + 1}; "
                "give each other values, or rows= with a column label"
            )
        first[label] = i


def _designs(scenario: Scenario, cells: Sequence[Cell]) -> tuple[list[Scenario], list[FailedCell]]:
    designs: list[Scenario] = []
    failed: list[FailedCell] = []
    for label, values in cells:
        try:
            design = scenario.replace(values, label=label)
            _core.Design(**design.core_design())  # the core's own rules, before anything runs
            designs.append(design)
        except InvalidInput as error:
            failed.append(FailedCell(label, _plain(values, scenario.company), " ".join(str(error).split())))
    return designs, failed
