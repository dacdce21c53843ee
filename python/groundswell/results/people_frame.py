"""`Results.people`: one row an employee, under the analyst's own ids, in the order of `company.ids`.

That is the order of their draw numbers and not of the export: merge or sort by id.

Columns, in order:

the id
    Under the name of the export's id column, with its values; `id` for a company without an export. Any other column
    below that the export has too is called groundswell_…, so that `hr.merge(result.people())` merges by the id alone.
department
    As given; missing where the worlds draw it.
advocate
    True for people named by the program (advocates, or invited); missing where each world picks its own.
<measure>_mean, <measure>_mean_ci_lower, <measure>_mean_ci_upper
    Of one year's count in the horizon, over worlds and replicates, with the 95 % interval of the mean (module
    `statistics`): posts, potential_reach, impressions, attended_impressions, engagements, clicks, reshares, mutes of
    that person's company-related posts, at every hop: a view or reaction that reshares and engagements of others led
    to counts for who wrote the post, not for who carried it on; reshares are those of that person's posts, not by that
    person. Sums over people are those of `frame(by="source")`, program and organic.
rank, rank_lower, rank_upper
    By the mean of `rank_by`, 1 is the largest, with its 95 % interval (module `ranks`).
distinguishable, imputed
    False: not distinguishable, because the person's number rests on columns that were not given and are drawn anew in
    each world; `imputed` names them. With five worlds or more their spread is inside all intervals; with fewer, the
    intervals take what was drawn as given.
uncertainty
    What the intervals contain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import arguments, statistics
from groundswell.company.company import Company
from groundswell.errors import InvalidInput, NotRecorded, UnknownName, did_you_mean, shown
from groundswell.results.dependence import author_fields
from groundswell.results.people_counts import AGGREGATE, People
from groundswell.results.ranks import rank_people
from groundswell.results.record import ResultsRecord
from groundswell.scenario import Scenario, Selection

PREFIX = "groundswell_"
ID = "id"


def people_frame(result: ResultsRecord, measures: str | Sequence[str] | None, rank_by: str | None) -> pd.DataFrame:
    """The table of this module.

    `measures`: names, by default all that are counted by person; `rank_by`: one of these, or None for a table without
    ranks, `distinguishable` and `imputed` (ranks of 20,000 people take about 5 s, of twice as many four times that).

    Raises
    ------
    NotRecorded
        The result was made with `people="aggregate"`, or a measure is not counted by person.
    UnknownName
        A measure that does not exist.
    """
    people = recorded_people(result)
    names = person_measures(result, people, measures)
    scenario = result.scenario
    company: Company = scenario.company
    departments = company.categories["department"].astype(np.int64)
    columns: dict[str, Any] = {
        "department": pd.Categorical.from_codes(departments, categories=pd.Index(company.labels["department"])),
        "advocate": _advocates(scenario),
    }
    for name in names:
        estimates = statistics.interval_of_means(*people.world_means(name))
        columns[f"{name}_mean"] = estimates.mean
        columns[f"{name}_mean_ci_lower"] = estimates.lower
        columns[f"{name}_mean_ci_upper"] = estimates.upper
    if rank_by is not None:
        columns |= _rank_columns(result, people, rank_by)
    return _under_ids(company, columns | {"uncertainty": result.uncertainty})


def _rank_columns(result: ResultsRecord, people: People, measure: str) -> dict[str, Any]:
    _check(result, people, measure, "rank_by")
    ranks = rank_people(*people.world_means(measure))
    imputed = _imputed(result.scenario, measure)
    return {
        "rank": ranks.rank,
        "rank_lower": ranks.lower,
        "rank_upper": ranks.upper,
        "distinguishable": imputed == "",
        "imputed": imputed,
    }


def recorded_people(result: ResultsRecord) -> People:
    """What was recorded by person; NotRecorded where nothing was."""
    people = result.recording.people
    if people is None:
        by_choice = result.manifest.get("people") == AGGREGATE
        how = f'people="{AGGREGATE}"' if by_choice else "by a version without this table"
        raise NotRecorded(
            f'people: {result.label!r} was made with nothing recorded by person ({how}); people="full" of simulate, '
            "compare and grid records it"
        )
    return people


def person_measures(result: ResultsRecord, people: People, measures: str | Sequence[str] | None) -> list[str]:
    """The measures asked for, checked; by default all that are counted by person."""
    names = list(people.measures) if measures is None else arguments.names("measures", measures)
    if not names:
        raise InvalidInput("measures: empty; name at least one, or leave it out for all")
    for name in names:
        _check(result, people, name, "measures")
    if len(set(names)) < len(names):
        raise InvalidInput(f"measures: a name is there twice: {', '.join(names)}")
    return names


def _check(result: ResultsRecord, people: People, name: str, parameter: str) -> None:
    if arguments.text(parameter, name) in people.measures:
        return
    if name in result.recording.measures:
        raise NotRecorded(
            f"{parameter}: {name} is not recorded by person and no option records it; by person are "
            f"{', '.join(people.measures)}"
        )
    raise UnknownName(f"{parameter}: no measure of the name {shown(name)}; {did_you_mean(name, people.measures)}")


def _advocates(scenario: Scenario) -> pd.api.extensions.ExtensionArray:
    """True for people the program names; missing where each world picks its own."""
    company: Company = scenario.company
    flags = pd.array(np.zeros(company.employees, dtype=bool), dtype="boolean")
    if scenario.program is None:
        return flags
    people = scenario.program.people
    everybody = people.count() == company.employees or (isinstance(people, Selection) and people.takes_everybody)
    if people.names is not None:
        flags[company.numbers_of(people.names).astype(np.int64)] = True
    elif everybody:
        flags[:] = True
    elif people.count() != 0:
        flags[:] = pd.NA
    return flags


def _imputed(scenario: Scenario, measure: str) -> np.ndarray[Any, np.dtype[np.object_]]:
    """By employee, the columns drawn anew in each world on which the measure of that person rests, comma-separated."""
    company, program = scenario.company, scenario.program
    leaving = scenario.retention.turnover_per_year > 0
    invited = company.running is not None or (program is not None and program.select is not None)
    text = np.full(company.employees, "", dtype=object)
    for field in author_fields(measure, leaving, invited):
        missing = _missing(company, field)
        text[missing] += np.where(text[missing] == "", field, f", {field}")
    return text


def _missing(company: Company, field: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    if field == "hire_date":
        hired = company.hire_date
        return np.ones(company.employees, dtype=bool) if hired is None else np.isnat(hired)
    codes = company.categories.get(field)
    return np.asarray(np.isnan(company.attributes[field]) if codes is None else codes < 0)


def _under_ids(company: Company, columns: dict[str, Any]) -> pd.DataFrame:
    """The table under the id column's own name; what the export has too gets a prefix, so that a merge is by id."""
    known = company.columns
    source = known.loc[known["field"] == "id", "source_column"].tolist()
    name = source[0] if source and source[0] else ID
    taken = {name, *known["source_column"]}
    renamed = {PREFIX + key if key in taken else key: column for key, column in columns.items()}
    return pd.DataFrame({name: company.ids, **renamed})
