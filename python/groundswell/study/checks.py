"""Whether the arrays of a saved study fit each other, so that whatever is asked of them has an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from groundswell import _core
from groundswell.common.statistics import Flags, Floats
from groundswell.company.columns import ATTRIBUTES
from groundswell.company.company import Company
from groundswell.company.table.transformations import SENIORITIES
from groundswell.errors import DamagedFile
from groundswell.results.layout import Layout
from groundswell.results.measures import AWARENESS, RATIOS, Measure, aware_people, declared
from groundswell.results.people_counts import People
from groundswell.results.vocabulary.added import REPLACED
from groundswell.scenario import Scenario

LARGEST = 2.0**53  # of a recorded number of people or posts: whole numbers are exact up to here
FUNCTIONS = 3
MEASURE = 0  # column of the rows of a layout
UNBOUNDED = ATTRIBUTES[1:4]  # attributes that are no share and no count
MOST_CONNECTIONS = 1e9
DECLARED = ("kind", "number", "by_segment", "by_source", "by_platform", "by_hop")


def demand(holds: bool | np.bool_, name: str, rule: str) -> None:
    """DamagedFile where something does not hold."""
    if not holds:
        raise DamagedFile(f"{name}: {rule}")


def check_company(company: Company, name: str) -> None:
    """Codes below labels, numbers in range, ids and ties of people who are there."""
    people = company.employees
    demand(company.ids.is_unique, name, "an employee is there twice")
    sizes = {
        "department": len(company.labels["department"]), "region": len(company.labels["region"]),
        "seniority": len(SENIORITIES), "job_function": FUNCTIONS,
    }  # fmt: skip
    for kind, most in sizes.items():
        codes = company.categories[kind]
        demand(((codes >= -1) & (codes < most)).all(), name, f"{kind}: a code beyond its {most} labels")
    for kind in ("department", "region"):
        demand(len(set(company.labels[kind])) == sizes[kind], name, f"two labels of {kind} are the same")
    for kind, values in company.attributes.items():
        bound = np.inf if kind in UNBOUNDED else MOST_CONNECTIONS if kind == ATTRIBUTES[0] else 1.0
        _check_amounts(values, bound, f"{name}: {kind}")
    for kind, values in company.platform_connections.items():
        _check_amounts(values, MOST_CONNECTIONS, f"{name}: connections on {kind}")
    if company.ties is not None:
        _check_ties(company.ties, people, f"{name}: ties")
    if company.known_ties is not None:
        demand(company.ties is None, name, "ties that are certain stand beside a table of ties")
        _check_ties(company.known_ties, people, f"{name}: known ties")
    if company.audience is not None:
        _check_ties(company.audience.ties, people + sum(company.audience.persons), f"{name}: audience")
    if company.tie_gaps is not None and company.tie_gaps.complete is not None:
        demand((company.tie_gaps.complete <= 1).all(), name, "ties_complete: neither 0 nor 1")


def _check_amounts(values: Floats, most: float, name: str) -> None:
    known = values[~np.isnan(values)]
    demand(((known >= 0) & (known <= most) & np.isfinite(known)).all(), name, "a number out of range")


def _check_ties(ties: Any, people: int, name: str) -> None:
    ends = np.asarray(ties, dtype=np.int64).reshape(-1, 2)
    demand((ends < people).all(), name, f"somebody beyond the {people} who are there")
    low, high = ends.min(axis=1), ends.max(axis=1)
    demand((low < high).all(), name, "somebody is tied to themselves")
    demand(len(np.unique((low << 32) | high)) == len(ends), name, "a tie is there twice")


def of_this_version(stored: Mapping[str, Measure]) -> dict[str, Measure]:
    """Stored measures without the ratios that are no more, and with what this version works out from them."""
    found: dict[str, Measure] = {}
    for name, measure in stored.items():
        if name not in REPLACED:
            found[name] = measure
        if name == AWARENESS:
            found |= {one.name: one for one in aware_people(measure) if one.name not in stored}
    return found


def check_measures(measures: Mapping[str, Measure]) -> None:
    """Measures as this version knows them, and every part that a ratio is made of."""
    known = declared()
    for name, measure in measures.items():
        if name in known:
            same = all(getattr(measure, part) == getattr(known[name], part) for part in DECLARED)
            demand(same, "measures", f"{name} is declared otherwise")
        numbers = {other.number for other in known.values()} - {0}
        plain = measure.kind == "sum" and measure.number not in numbers
        demand(name in known or plain, "measures", f"{name}: not known, and no sum of its own")
    for ratio in RATIOS:
        present = ratio.measure.name not in measures or ratio.parts <= measures.keys()
        demand(present, "measures", f"a part of {ratio.measure.name} is missing")


def check_layout(layout: Layout, scenario: Scenario, name: str) -> None:
    """The cells of the scenario's dates, and of each measure the rows that a run of it has, in any order.

    An earlier version knew fewer measures, and has no row of the others; of one that is no more, only sums are read.
    """
    design = _core.Design(**scenario.replace(program=None).core_design())
    ours = Layout.from_core(_core.layout(design), scenario.start, scenario.warm_up_weeks)
    for kind, cells in {"fragments": ours.fragments, **ours.cells}.items():
        stored = layout.fragments if kind == "fragments" else layout.cells[kind]
        same = all(np.array_equal(stored[column], cells[column]) for column in stored)
        demand(same and layout.day_zero == ours.day_zero, "manifest.json", f"{kind}: not those of the scenario's dates")
    stored_rows, our_rows = (np.column_stack([one.rows[column] for column in ours.rows]) for one in (layout, ours))
    expected = our_rows[np.isin(our_rows[:, MEASURE], stored_rows[:, MEASURE])]
    known = np.isin(stored_rows[:, MEASURE], our_rows[:, MEASURE])
    periods = layout.rows["period"][~known]
    demand(((periods >= 0) & (periods < len(ours.fragments["first_day"]))).all(), name, "a period beyond the last")
    stored_rows = stored_rows[known]
    same = len(stored_rows) == len(expected) and np.array_equal(*(_in_order(rows) for rows in (stored_rows, expected)))
    demand(same, name, "the rows are not those that a run of the scenario has")


def _in_order(rows: Any) -> Any:
    return rows[np.lexsort(rows.T[::-1])]


def check_values(values: Floats, finished: Flags, name: str) -> None:
    """Numbers of every finished run."""
    of_runs = values[finished]
    demand(np.isfinite(of_runs).all(), name, "a value of a finished run is no number")
    demand((np.abs(of_runs) <= LARGEST).all(), name, "a value is larger than any run gives")


def check_people(people: People | None, finished: Flags, name: str) -> None:
    """Counts by person of measures that are counted by person."""
    if people is None:
        return
    demand(len(set(people.measures)) == len(people.measures), name, "a measure is there twice")
    unknown = set(people.measures) - set(_core.author_measures())
    demand(not unknown, name, f"measures that are not counted by person: {', '.join(sorted(unknown))[:200]}")
    for counts in (people.total, people.squares):
        demand((np.isfinite(counts) & (counts >= 0) & (counts <= LARGEST**2)).all(), name, "a count is out of range")
    same = np.array_equal(people.replicates, finished.sum(axis=1))
    demand(same, name, "not counted over the replicates that are finished")
