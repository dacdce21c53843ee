"""Where a number comes from: the chain from employees to unique people, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import statistics
from groundswell.common.text import number, table_html
from groundswell.results.dependence import fields_of, of_platforms_on, parameters_of
from groundswell.results.grain import make_query, one_window
from groundswell.results.measures import find
from groundswell.results.record import ResultsRecord
from groundswell.results.recording import Recording

CHAIN_COLUMNS = ["step", "unit", "mean", "mean_ci_lower", "mean_ci_upper", "factor", "factor_is"]
# Recorded parts of the chain: step, measure, only views by persons who are not employees, parent, what the factor is.
POSTS, POTENTIAL, FIRST, SHOWN, OUTSIDE, ATTENDED, PEOPLE = (
    "posts of employees", "potential reach", "impressions of connections (first hop)", "impressions of all hops",
    "impressions outside the company", "attended impressions outside", "unique people outside",
)  # fmt: skip
ACTIVE = "active sharers"
LINKS = (
    (POSTS, "posts", False, ACTIVE, "posts per active sharer"),
    (POTENTIAL, "potential_reach", False, POSTS, "connections per post"),
    (FIRST, "impressions", False, POTENTIAL, "first-hop impressions per connection"),
    (SHOWN, "impressions", False, FIRST, "later hops: reshares and what engagements show"),
    (OUTSIDE, "impressions", True, SHOWN, "share seen by persons who are not employees"),
    (PEOPLE, "unique_reach", True, OUTSIDE, "people per impression (1 / frequency)"),
    (ATTENDED, "attended_impressions", True, OUTSIDE, "attended per impression (beside the chain)"),
)
AFTER: Mapping[str, str] = {
    "engagements": ATTENDED, "clicks": ATTENDED, "reshares": ATTENDED, "mutes": ATTENDED, "link_impressions": OUTSIDE,
}  # fmt: skip
KINDS = {
    "given": "columns given",
    "partly": "columns given in part, the rest imputed",
    "imputed": "columns imputed in every world",
    "stated": "parameters stated by the analyst or by definition",
    "evidence": "parameters from published values",
    "chosen in prototypes": "parameters tuned in prototypes (assumptions)",
    "assumption": "parameters assumed, no evidence found",
}


@dataclass(frozen=True, eq=False, repr=False)
class Explanation:
    """What a measure of one design is made of.

    Attributes
    ----------
    measure, label, definition, unit, window:
        What is explained, and of which design.
    chain:
        Frame: step, unit, mean with its 95 % interval, factor (this mean / the mean of the step it starts from) and
        factor_is, which says what the factor is. Posts of employees only; the last row is the measure as reported.
    basis:
        Frame: rests_on, count, names: columns of the company and parameters that can change the measure, by where
        their values come from (tags of `groundswell.parameters()`).
    """

    measure: str
    label: str
    definition: str
    unit: str
    window: str
    chain: pd.DataFrame
    basis: pd.DataFrame

    def __repr__(self) -> str:
        rows = [f"{step} {value}{factor}" for step, value, factor in self._steps()]
        counts = ", ".join(f"{row['count']} {row['rests_on']}" for row in self.basis.to_dict("records") if row["count"])
        head = f"{self.measure} of {self.label!r}, {self.window} ({self.unit}): {self.definition}"
        return "\n".join([head, *rows, f"Rests on: {counts}."])

    def _steps(self) -> Iterator[tuple[str, str, str]]:
        for row in self.chain.to_dict("records"):
            factor = "" if np.isnan(row["factor"]) else f"  (× {number(row['factor'], 3)} {row['factor_is']})"
            yield str(row["step"]), f"{number(row['mean'])} {row['unit']}", factor

    def _repr_html_(self) -> str:
        steps = [
            [row["step"], number(row["mean"]), row["unit"],
             "" if np.isnan(row["factor"]) else f"× {number(row['factor'], 3)}", row["factor_is"]]
            for row in self.chain.to_dict("records")
        ]  # fmt: skip
        basis = [[row["rests_on"], row["count"], _grouped(row["names"])] for row in self.basis.to_dict("records")]
        return table_html(
            ["step", "mean", "unit", "factor", ""], steps, caption=f"{self.measure} of {self.label}, {self.window}",
            note=self.definition,
        ) + table_html(["rests on", "count", "which"], basis)  # fmt: skip


def _grouped(names: str) -> str:
    """Columns by name; parameters as the groups they are in, with how many of each."""
    groups = Counter(name.split(".")[0] if "." in name else "" for name in names.split(", "))
    alone = [name for name in names.split(", ") if "." not in name]
    return ", ".join([*alone, *(f"{group}.* ({count})" for group, count in groups.items() if group)])


def explain(result: ResultsRecord, measure: str, window: str = "horizon") -> Explanation:
    """The explanation of one measure over a window; raises UnknownName for a measure that does not exist."""
    known = find(measure, result.recording.measures)
    one_window(window)
    return Explanation(
        measure, result.label, known.definition, known.unit, window,
        chain(result, measure, window), basis(result, measure),
    )  # fmt: skip


def chain(result: ResultsRecord, measure: str, window: str) -> pd.DataFrame:
    """Employees → active sharers → posts → potential reach → impressions → unique people, then the measure.

    Reactions start from attended impressions, in place of unique people.
    """
    recording, finished = result.recording, result.recording.finished
    employees = float(result.scenario.company.employees)
    rows = [_row("employees", "people", _constant(employees), np.nan, "")]
    means: dict[str, float] = {"employees": employees}

    def add(step: str, name: str, values: statistics.Floats, parent: str, factor_is: str) -> None:
        estimates = statistics.corrected_interval(values, finished)
        means[step] = float(estimates.mean[0])
        from_step = means.get(parent, 0.0)
        factor = means[step] / from_step if from_step else np.nan
        rows.append(_row(step, recording.measures[name].unit, estimates, factor, factor_is if from_step else ""))

    add(ACTIVE, "active_sharers", _total(result, "active_sharers", window), "employees", "active sharers per employee")
    aside = {ATTENDED: PEOPLE, OUTSIDE: ATTENDED}.get(AFTER.get(measure, ""))  # what the measure does not come from
    for step, name, outsiders, parent, factor_is in LINKS:
        if step == aside:
            continue
        special = {PEOPLE: _total, FIRST: _first_hop}.get(step)
        values = recording.of_employees(name, window, outsiders) if special is None else special(result, name, window)
        add(step, name, values, parent, factor_is)
    if measure in AFTER:
        own = recording.of_employees(measure, window, outsiders=True)
        unit = "attended impression" if AFTER[measure] == ATTENDED else "impression"
        add(f"{measure} outside", measure, own, AFTER[measure], f"{recording.measures[measure].unit} per {unit}")
    if measure not in ("unique_reach", "active_sharers"):
        parent, text = _reported(measure, recording)
        add(f"{measure}, as reported", measure, _total(result, measure, window), parent, text)
    return pd.DataFrame(rows, columns=CHAIN_COLUMNS)


def _reported(measure: str, recording: Recording) -> tuple[str, str]:
    """The step that the number of a summary contains, and what it has more."""
    own = {name: step for step, name, _, _, _ in LINKS if name != "impressions"} | {"impressions": SHOWN}
    step = f"{measure} outside" if measure in AFTER else own.get(measure, "")
    more = ["the page's posts"] * recording.measures[measure].by_source
    more += ["employees as viewers"] * (recording.measures[measure].by_segment and step != SHOWN)
    return step, f"with {' and '.join(more)}" if more else ""


def _total(result: ResultsRecord, measure: str, window: str) -> statistics.Floats:
    return result.recording.cells(measure, make_query((), window)).linear


def _first_hop(result: ResultsRecord, measure: str, window: str) -> statistics.Floats:
    """A sum over first-hop views of employees' posts."""
    cells = result.recording.cells(measure, make_query(("source", "hop"), window))
    mine = ((cells.index["hop"] == "1") & (cells.index["source"] != "page")).to_numpy()
    total: statistics.Floats = cells.linear[:, :, mine].sum(axis=2, keepdims=True)
    return total


def _constant(value: float) -> statistics.Estimates:
    known = np.array([value])
    return statistics.Estimates(known, np.zeros(1), known, known, 0, 0)


def _row(step: str, unit: str, estimates: statistics.Estimates, factor: float, factor_is: str) -> list[Any]:
    numbers = [float(part[0]) for part in (estimates.mean, estimates.lower, estimates.upper)]
    return [step, unit, *numbers, factor, factor_is]


def basis(result: ResultsRecord, measure: str) -> pd.DataFrame:
    """Columns and parameters that can change the measure, by where their values come from."""
    names: dict[str, list[str]] = {kind: [] for kind in KINDS}
    columns, program = result.scenario.company.columns, result.scenario.program
    invited = program is not None and program.select is not None
    for row in columns[columns["field"].isin(fields_of(measure, invited))].to_dict("records"):
        kind = "imputed" if not row["given"] else "partly" if row["missing"] else "given"
        names[kind].append(str(row["field"]))
    parameters = result.scenario.parameters().set_index("path")
    on = [platform.name for platform in result.scenario.platforms.on()]
    for path in parameters_of(measure, of_platforms_on(parameters.index, on), invited):
        tag = str(parameters["tag"][path])
        names["stated" if parameters["changed"][path] or tag == "input" else tag].append(path)
    rows = [(text, len(names[kind]), ", ".join(names[kind])) for kind, text in KINDS.items()]
    return pd.DataFrame(rows, columns=["rests_on", "count", "names"])
