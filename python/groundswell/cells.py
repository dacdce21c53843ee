"""What a grid varies: values of its fields by design, the cells that could not be run, and what a file keeps of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell.errors import shown
from groundswell.failures import Failures
from groundswell.precision import Within, not_reached
from groundswell.results import WARNING_COLUMNS
from groundswell.scenario import ActiveAdvocates, Program
from groundswell.scenario.addresses import read

if TYPE_CHECKING:
    from groundswell.contest import Contest
    from groundswell.results import Results
    from groundswell.scenario import Scenario

PEOPLE = ("program", "program.advocates", "program.advocates.names")  # addresses whose errors may name people


@dataclass(frozen=True)
class FailedCell:
    """A design that could not be run: its label, what a grid varies in it as shown (else nothing), and why."""

    label: str
    values: Mapping[str, Any]
    reason: str


def plain_value(value: Any) -> Any:
    """A value as a frame and a label show it: numbers, truth values and None as they are, all else as text.

    Named advocates become their number: frames are written to files, and files hold no ids.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Program):
        posts = f"{value.posts_per_week:g} post{'' if value.posts_per_week == 1 else 's'} a week"
        return f"{plain_value(value.advocates)}, {posts}"
    if isinstance(value, ActiveAdvocates):
        count = value.count()
        return f"{count:,} {'' if value.names is None else 'named '}advocate{'' if count == 1 else 's'}"
    if isinstance(value, tuple | list | set | frozenset):
        return f"{len(value):,} named"
    return value if isinstance(value, str) else shown(value)


def varied_values(results: Mapping[str, Results], varied: Sequence[str]) -> dict[str, list[Any]]:
    """The varied fields of every design, by address, in the order of the designs; None where there is no program."""
    return {
        address: [plain_value(read(result.scenario, tuple(address.split(".")))) for result in results.values()]
        for address in varied
    }


def failed_cells(scenarios: Iterable[Scenario], failures: Failures, varied: Sequence[str] = ()) -> list[FailedCell]:
    """The designs that the engine refused, in their order."""
    return [
        FailedCell(
            scenario.label,
            {address: plain_value(read(scenario, tuple(address.split(".")))) for address in varied},
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
    hidden = any(address in PEOPLE for address in contest.varied)
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
