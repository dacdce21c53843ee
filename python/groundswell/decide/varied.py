"""What a grid varies: values of its fields by design, and the cells that could not be run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell.company import Company
from groundswell.errors import GroundswellError, shown
from groundswell.results import Results
from groundswell.run.failures import Failures
from groundswell.scenario import ActiveAdvocates, Program, Scenario, Selection
from groundswell.scenario.addresses import checked, read
from groundswell.scenario.words import discreet, in_full

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
