"""What a grid varies: values of its fields by design, the cells that could not be run, and what a file keeps of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell.errors import GroundswellError, shown
from groundswell.failures import Failures
from groundswell.precision import Within, not_reached
from groundswell.results import WARNING_COLUMNS
from groundswell.scenario import ActiveAdvocates, Program, Scenario, Selection
from groundswell.scenario.addresses import checked, read
from groundswell.scenario.words import discreet, in_full

if TYPE_CHECKING:
    from groundswell.company import Company
    from groundswell.contest import Contest
    from groundswell.results import Results

# Addresses whose errors may name people, or small groups.
PEOPLE = ("program", "program.advocates", "program.advocates.names", "program.select", "program.select.names")
GROUPS = tuple(f"program.select.{name}" for name in ("departments", "regions", "quotas", "waves"))


@dataclass(frozen=True)
class FailedCell:
    """A design that could not be run: its label, what a grid varies in it as shown (else nothing), and why."""

    label: str
    values: Mapping[str, Any]
    reason: str


def plain_value(address: str, value: Any, company: Company) -> Any:
    """A value as a frame and a label show it: numbers, truth values and None as they are, all else as text.

    Named people become their number, small groups their place: frames are written to files.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    try:
        known = checked(address, value, Scenario)
    except ValueError as error:
        refused = isinstance(error, GroundswellError) or names_people(address)
        return f"refused ({type(value).__name__})" if refused else shown(value)
    if isinstance(known, Program | Selection | ActiveAdvocates):
        return in_full(known, company)
    text = discreet(address, known, company)
    return text if isinstance(text, str) else shown(text)


def names_people(address: str) -> bool:
    """Whether values at an address, and errors about them, may name people."""
    return address in PEOPLE or address.startswith(GROUPS)


def varied_values(results: Mapping[str, Results], varied: Sequence[str]) -> dict[str, list[Any]]:
    """The varied fields of every design, by address, in the order of the designs; None where there is no program."""
    return {address: [_value(result.scenario, address) for result in results.values()] for address in varied}


def _value(scenario: Scenario, address: str) -> Any:
    return plain_value(address, read(scenario, tuple(address.split("."))), scenario.company)


def failed_cells(scenarios: Iterable[Scenario], failures: Failures, varied: Sequence[str] = ()) -> list[FailedCell]:
    """The designs that the engine refused, in their order."""
    return [
        FailedCell(
            scenario.label,
            {address: _value(scenario, address) for address in varied},
            failures.reasons[scenario.label],
        )
        for scenario in scenarios
        if scenario.label in failures.reasons
    ]


def column(values: Sequence[Any], codes: Any) -> pd.Series[Any] | pd.Categorical:
    """`values[code]` for every code: numbers as numbers (NaN for None), text as a categorical in declared order."""
    if all(value is None or isinstance(value, int | float) for value in values):
        return pd.Series(pd.Series(list(values)).to_numpy()[codes])
    texts = [None if value is None else str(value) for value in values]
    return pd.Categorical(
        np.array(texts, dtype=object)[codes],
        categories=list(dict.fromkeys(text for text in texts if text)),
        ordered=True,
    )


def cells_frame(contest: Contest) -> pd.DataFrame:
    """One row a design or failed cell: label, the varied fields, status."""
    fields = varied_values(contest.results, contest.varied)
    status = [
        "finished" if result.runs == result.runs_asked else f"interrupted: {result.runs} of {result.runs_asked} runs"
        for result in contest.results.values()
    ]
    everyone = np.arange(len(contest.results) + len(contest.failed))
    frame = pd.DataFrame({"label": [*contest.labels, *(cell.label for cell in contest.failed)]})
    for address, values in fields.items():
        frame[address] = column([*values, *(cell.values[address] for cell in contest.failed)], everyone)
    return frame.assign(status=[*status, *(f"not run: {cell.reason}" for cell in contest.failed)])


def all_warnings(contest: Contest) -> pd.DataFrame:
    """Those of every design with its label, of failed cells, of precision that was not reached."""
    columns = ["label", *WARNING_COLUMNS]
    consequence = "Not in any table or picture; the other designs were run."
    rows = [
        {str(key): value for key, value in row.items()} | {"label": label}
        for label, result in contest.results.items()
        for row in result.warnings.to_dict("records")
    ]
    rows += [
        {"label": cell.label, "code": "cell_not_run", "count": 1, "examples": cell.reason, "consequence": consequence}
        for cell in contest.failed
    ]
    return pd.DataFrame([*rows, *not_reached(contest.precision)], columns=columns)


def settings(contest: Contest) -> dict[str, Any]:
    """What a saved study keeps of a contest beside its results, as JSON values.

    Why a cell failed is left out where the text may name people.
    """
    hidden = any(map(names_people, contest.varied))
    reason = "refused (why is not in the saved file: the text may name people)"
    return {
        "wanted": {name: asdict(asked) for name, asked in contest.wanted.items()},
        "varied": list(contest.varied),
        "failed": [
            {"label": cell.label, "values": dict(cell.values), "reason": reason if hidden else cell.reason}
            for cell in contest.failed
        ],
    }


def from_settings(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Contest` that `settings` has written."""
    return {
        "wanted": {str(name): Within(**asked) for name, asked in stored["wanted"].items()},
        "varied": tuple(stored["varied"]),
        "failed": tuple(FailedCell(**cell) for cell in stored["failed"]),
    }
