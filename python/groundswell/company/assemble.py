"""Tables about a company: laws of what is missing, columns, warnings, what the core takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from groundswell.common.ids import Id
from groundswell.company import columns as fields
from groundswell.company.facts import PAGES, FirmFacts, function_shares
from groundswell.company.record import CompanyRecord
from groundswell.company.table import oddities
from groundswell.company.table.cells import FloatArray
from groundswell.company.table.transformations import Equals, matches
from groundswell.company.ties import TieCoverage, WarningRow, manager_ties, mutual_ties, tie_gaps
from groundswell.errors import InvalidInput, shown
from groundswell.exports import Export

C = TypeVar("C", bound=CompanyRecord)


def laws(table: fields.Table) -> tuple[dict[str, tuple[str, ...]], dict[str, FloatArray]]:
    """Labels and shares: those of the given people, or of the built-in company where nothing is given."""
    built_in = {"department": fields.DEPARTMENT_SHARES, "region": fields.REGION_SHARES}
    labels = {key: table.names.get(key, tuple(law)) for key, law in built_in.items()}
    default = {key: np.array(list(law.values())) for key, law in built_in.items()}
    default["seniority"] = np.array(fields.SENIORITY_SHARES)
    sizes = {"department": len(labels["department"]), "region": len(labels["region"]), "seniority": 5}
    shares = {}
    for key, size in sizes.items():
        codes = table.categories.get(key, np.array([], dtype=np.int32))
        given = codes[codes >= 0]
        shares[key] = np.bincount(given, minlength=size) / len(given) if len(given) else default[key]
    return labels, shares


def columns_frame(table: fields.Table, firm: FirmFacts) -> pd.DataFrame:
    """One row a field, then one row a column of the export, and of the table of ties, that was not read."""
    number, columns = len(table.ids), table.mapping
    rows: list[dict[str, Any]] = []
    for name in [name for name in fields.FIELDS if name not in fields.WHERE_MAPPED or name in columns]:
        is_mapped = columns.get(name) is not None
        given = _given(name, table, number, is_mapped=is_mapped)
        source = fields.column_of(columns[name]) if is_mapped else ""
        missing = 0 if name in fields.NOT_DRAWN else number - given
        law = _imputed_from(name, table, firm, given) if missing else ""
        rows.append(fields.row(name, source, given, missing, law))
    if table.ties is None:
        known = 0 if table.known_ties is None else len(table.known_ties)
        law = "platforms.linkedin.mix.employee, homophily and copying"
        rows.append(fields.row("ties", "", known, 0, f"{law}; ties with managers are certain" if known else law))
    else:
        missing = 0 if table.tie_gaps is None else table.tie_gaps.missing(table.ties, number)
        law = "the ties given: departments, degrees, common neighbors" if missing else ""
        rows.append(fields.row("ties", "source, target", len(table.ties), missing, law))
    pages = firm.followers()
    for platform, name in PAGES.items():
        if platform == "linkedin" or platform in pages:
            rows.append(fields.row(name, "", int(platform in pages), 0, firm.law_of_followers(name)))
    mapped = {fields.column_of(source) for source in columns.values() if source is not None}
    unused = [str(name) for name in table.available if name not in mapped] + [f"ties: {n}" for n in table.ties_unused]
    rows += [fields.row("", name, 0, 0, "") | {"not_used": True} for name in unused]
    return pd.DataFrame(rows)


def add_ties(table: fields.Table, ties: pd.DataFrame | None, coverage: float | TieCoverage | None) -> list[WarningRow]:
    """Read the table of ties and what it covers; return what a person should know about them.

    Ties with managers are added to the table's; without one they are certain, and the others are generated.
    """
    pairs, rows = manager_ties(table.managers, table.ids)
    rows += _listed_ties(table, ties, coverage)
    if table.ties is not None and len(pairs):
        table.ties = np.unique(np.concatenate([table.ties, pairs]), axis=0)
    elif len(pairs):
        table.known_ties = pairs
    return rows


def _listed_ties(
    table: fields.Table, ties: pd.DataFrame | None, coverage: float | TieCoverage | None
) -> list[WarningRow]:
    if ties is None:
        if coverage is not None:
            raise InvalidInput(f"ties_coverage = {shown(coverage)}: says which ties a table lists; give ties with it")
        return []
    ids = pd.Index(table.ids, dtype=object)
    table.ties, rows = mutual_ties(ties, ids, table.leavers)
    table.ties_unused = [str(name) for name in ties.columns if name not in ("source", "target")]
    if coverage is None:
        return rows
    table.tie_gaps, more = tie_gaps(coverage, table.ties, ids, table.leavers)
    alone = "kept: none of their ties is listed; who is not in complete_for can be given some in each world"
    changed = {"people_without_ties": alone} if more else {}
    return [(code, n, some, changed.get(code, what)) for code, n, some, what in rows] + more


def with_facts(company: C, changes: Mapping[str, Any]) -> C:
    """The same company with other facts; None stands for not given. What rests on them in ``columns`` follows."""
    firm = FirmFacts.checked(company.firm.given() | dict(changes))
    columns = company.columns.copy()
    drawn = (columns["field"] == "job_function") & (columns["missing"] > 0)
    columns.loc[drawn, "imputed_from"] = firm.law_of_functions()
    pages = columns["field"].isin(PAGES.values())
    rows = [fields.row(name, "", int(platform in firm.followers()), 0, firm.law_of_followers(name))
            for platform, name in PAGES.items() if platform == "linkedin" or platform in firm.followers()]  # fmt: skip
    place = int(pages.to_numpy().argmax())
    columns = pd.concat([columns[:place], pd.DataFrame(rows), columns[place:][~pages[place:]]], ignore_index=True)
    return replace(company, firm=firm, columns=columns)


def reading_warnings(hr: object) -> list[WarningRow]:
    """Return what the reader of an export has to say."""
    if not isinstance(hr, Export):
        return []
    rows = hr.warnings.itertuples(index=False, name=None)
    return [(str(code), int(count), str(examples), str(consequence)) for code, count, examples, consequence in rows]


def import_warnings(hr: pd.DataFrame, table: fields.Table) -> list[WarningRow]:
    """List what a person should know about the import, with counts."""
    columns = table.mapping
    rows: list[WarningRow] = []
    left_out = (
        ("leavers_excluded", table.leavers, "not simulated: they have left"),
        ("contracts_excluded", table.other_contracts, "not simulated: their contract does not count as employee"),
        ("repeated_rows", table.repeated, "counted once: rows that are alike in every mapped column"),
        ("leaving_later", table.leaving_later, "simulated as employees: their date of leaving is later, and not used"),
    )
    rows += [(code, len(ids), _some(ids), consequence) for code, ids, consequence in left_out if ids]
    how = columns.get("left")
    if isinstance(how, Equals) and not table.leavers:
        values = ", ".join(shown(v) for v in hr[how.column].drop_duplicates().tolist()[:5])
        wanted = " or ".join(shown(value) for value in how.values)
        rows.append(("left_matches_nobody", 0, values, f"nobody is excluded: no row has {wanted} in {how.column!r}"))
    for code, found, who in (
        ("managers_unknown", table.managers_unknown, "is nobody in the table"),
        ("managers_left", table.managers_gone, "is in the table, and is not simulated (has left, or by contract)"),
    ):
        some = ", ".join(map(str, found[:5])) + (", …" if len(found) > 5 else "")
        rows += [(code, len(found), f"rows {some}", f"no tie: the manager named {who}")] if found else []
    if table.joined_lines:
        rule = "departments and regions: line breaks and tabs in a name are spaces here"
        rows.append(("line_breaks_in_names", table.joined_lines, "", rule))
    for check in (oddities.personal_ids, oddities.spelled_alike, oddities.total_ids):
        rows += check(table.ids)
    rows += _known_by_id_alone(table)
    for name in ("left", "contract"):
        rows += _values_without_a_row(hr, name, columns.get(name))
    for name, labels in table.names.items():
        rows += oddities.spelling_warning(name, labels)
    if table.hire_date is not None and table.as_of is not None:
        later = table.hire_date > np.datetime64(table.as_of)
        ids = [name for name, is_later in zip(table.ids, later, strict=True) if is_later]
        rule = "simulated as employees from the first day on: their hire date is after as_of"
        rows += [("hired_after_as_of", len(ids), _some(ids), rule)] if ids else []
    rows += _nobody_sells(table)
    rows += [("partly_missing", n, name, "drawn anew in each world for these people") for name, n in _blank(table) if n]
    mapped = {fields.column_of(source) for source in columns.values() if source is not None}
    return rows + oddities.unused_columns([name for name in table.available if name not in mapped])


def _known_by_id_alone(table: fields.Table) -> list[WarningRow]:
    """A row where people have a value of no mapped field, as rows that group a report have."""
    columns = [codes < 0 for codes in table.categories.values()]
    columns += [np.isnan(values) for values in (*table.attributes.values(), *table.platform_connections.values())]
    columns += [] if table.hire_date is None else [np.isnat(table.hire_date)]
    empty = np.logical_and.reduce(columns) if len(columns) > 1 else np.zeros(len(table.ids), dtype=bool)
    ids = [name for name, is_empty in zip(table.ids, empty, strict=True) if is_empty]
    rule = "simulated as employees: nothing but their id is known; rows that group or sum up a report must be taken out"
    return [("nothing_known", len(ids), _some(ids), rule)] if ids else []


def _values_without_a_row(hr: pd.DataFrame, name: str, how: object) -> list[WarningRow]:
    """A row where values of ``gs.equals`` are in no row of the table: they may be misspelled."""
    if not isinstance(how, Equals) or len(how.values) < 2:
        return []
    lost = [value for value in how.values if not matches(hr[how.column], value)]
    some = ", ".join(shown(value, 40) for value in lost)
    return [("values_without_a_row", len(lost), some, f"{name}: no row of {how.column!r} has them")] if lost else []


def _nobody_sells(table: fields.Table) -> list[WarningRow]:
    """A row where job functions follow from departments, and no name of one says that its people sell."""
    names = table.names.get("department")
    if names is None or "job_function" in table.categories:
        return []
    sales, recruiters = function_shares(names, FirmFacts())
    lacking = [what for what, shares in (("sales", sales), ("recruiter", recruiters)) if not shares.any()]
    rule = "nobody has these job functions: no department has a name that says so; map job_function"
    return [("no_such_function", len(lacking), ", ".join(lacking), rule)] if lacking else []


def _blank(table: fields.Table) -> list[tuple[str, int]]:
    """How many people have no value of each field that is mapped."""
    blank = {name: int((codes < 0).sum()) for name, codes in table.categories.items()}
    if table.hire_date is not None:
        blank["hire_date"] = int(np.isnat(table.hire_date).sum())
    blank |= {name: int(np.isnan(values).sum()) for name, values in table.attributes.items()}
    blank |= {f"connections_{name}": int(np.isnan(values).sum()) for name, values in table.platform_connections.items()}
    return list(blank.items())


def _some(ids: list[Id]) -> str:
    return ", ".join(str(name) for name in ids[:3])


def assemble(cls: type[C], table: fields.Table, name: str, firm: FirmFacts, rows: list[WarningRow]) -> C:
    """Return the company of a table that was read."""
    number = len(table.ids)
    if number < 2:
        gone = f"; columns.left excludes {len(table.leavers):,}" if table.leavers else ""
        raise InvalidInput(f"a company needs two employees at least; there is {number}{gone}")
    labels, shares = laws(table)
    missing = np.full(number, -1, dtype=np.int32)
    unknown = np.full(number, np.nan)
    return cls(
        name=fields.one_line(name, "name"),
        ids=pd.Index(table.ids),
        categories={key: table.categories.get(key, missing) for key in fields.CATEGORIES},
        labels=labels,
        shares=shares,
        attributes={key: table.attributes.get(key, unknown) for key in fields.ATTRIBUTES},
        ties=table.ties,
        tie_gaps=table.tie_gaps,
        leavers=frozenset(table.leavers),
        firm=firm,
        hire_date=table.hire_date,
        as_of=table.as_of,
        columns=columns_frame(table, firm),
        warnings=pd.DataFrame(rows, columns=["code", "count", "examples", "consequence"]),
        is_synthetic=not table.available,
        platform_connections=table.platform_connections,
        fte=table.fte,
        known_ties=table.known_ties,
    )


def with_department(text: str, company: CompanyRecord, unnamed: frozenset[int] = frozenset()) -> str:
    """Return the core's text with the name of the department that it has by number, but for those that stay unnamed."""
    labels = company.labels["department"]

    def named(found: re.Match[str]) -> str:
        return found[0] if int(found[1]) in unnamed else f"department {labels[int(found[1])]!r}"

    return re.sub(r"department number (\d+)", named, text)


def _given(name: str, table: fields.Table, number: int, *, is_mapped: bool) -> int:
    numbers: dict[str, FloatArray | None] = {**table.attributes, "fte": table.fte}
    numbers |= {key: table.platform_connections.get(of) for key, of in fields.ELSEWHERE.items()}
    if name in table.categories:
        return int((table.categories[name] >= 0).sum())
    values = numbers.get(name)
    if values is not None:
        return int((~np.isnan(values)).sum())
    if name == "hire_date":
        return 0 if table.hire_date is None else int((~np.isnat(table.hire_date)).sum())
    if name == "manager":
        return sum(manager is not None for manager in table.managers or ())
    return number if is_mapped else 0


def _imputed_from(name: str, table: fields.Table, firm: FirmFacts, given: int) -> str:
    if name == "hire_date":
        return "retention.tenure_mean_years"
    if name in fields.ELSEWHERE:
        platform = fields.ELSEWHERE[name]
        return f"platforms.{platform}.connections_*, conditional on social activity, where platforms.{platform}.on"
    if name == "job_function":
        return firm.law_of_functions()
    if name in ("department", "region", "seniority"):
        return "shares of the people given" if given else "shares of the built-in company"
    some = "the other attributes given" if table.attributes else ""
    return f"workforce.*, conditional on {some}" if some else "workforce.*"
