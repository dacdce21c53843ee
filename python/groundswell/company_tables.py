"""Tables about a company: laws of what is missing, columns, warnings, checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell import company_columns as fields
from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.ties import WarningRow
from groundswell.transformations import Equals, FloatArray

if TYPE_CHECKING:
    from groundswell.company import Company


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


def function_shares(departments: tuple[str, ...]) -> tuple[FloatArray, FloatArray]:
    """P(sales) and P(recruiter) by department, from its name alone.

    Exactly sales: everybody; people or human resources: ``RECRUITER_SHARE`` recruiters (assumption).
    """
    names = [name.casefold() for name in departments]
    sales = np.array([float(name == "sales") for name in names])
    recruiters = np.array([fields.RECRUITER_SHARE * (name in fields.PEOPLE_DEPARTMENTS) for name in names])
    return sales, recruiters


def columns_frame(table: fields.Table, page_followers: int | None) -> pd.DataFrame:
    """One row a field, then one row a column of the export that was not read."""
    number, columns = len(table.ids), table.mapping
    rows: list[dict[str, Any]] = []
    for name in fields.FIELDS:
        given = _given(name, table, number, is_mapped=name in columns)
        source = fields.column_of(columns[name]) if name in columns else ""
        missing = 0 if name in ("id", "left") else number - given
        rows.append(_row(name, source, given, missing, _imputed_from(name, table, given) if missing else ""))
    if table.ties is None:
        rows.append(_row("ties", "", 0, 0, "audience.mix.employee, homophily and copying"))
    else:
        rows.append(_row("ties", "source, target", len(table.ties), 0, ""))
    law = "sum of connections / audience.connections_per_follower" if page_followers is None else ""
    rows.append(_row("page_followers", "", int(page_followers is not None), 0, law))
    mapped = {fields.column_of(source) for source in columns.values()}
    rows += [_row("", str(name), 0, 0, "") | {"not_used": True} for name in table.available if name not in mapped]
    return pd.DataFrame(rows)


def import_warnings(hr: pd.DataFrame, columns: fields.Mapped, table: fields.Table) -> list[WarningRow]:
    """List what a person should know about the import, with counts."""
    rows: list[WarningRow] = []
    suspects = fields.looks_like_leavers(list(hr.columns), columns)
    if "left" not in columns and suspects:
        rows.append(
            (
                "leaver_column_not_mapped",
                len(suspects),
                ", ".join(suspects[:3]),
                "everybody in the table is simulated as an employee; map left=gs.equals(column, value)",
            )
        )
    if table.leavers:
        some = ", ".join(str(i) for i in table.leavers[:3])
        rows.append(("leavers_excluded", len(table.leavers), some, "not simulated: they have left"))
    how = columns.get("left")
    if isinstance(how, Equals) and not table.leavers:
        values = ", ".join(shown(v) for v in hr[how.column].drop_duplicates().tolist()[:5])
        rows.append(
            ("left_matches_nobody", 0, values, f"nobody is excluded: no row has {shown(how.value)} in {how.column!r}")
        )
    blank = {name: int((codes < 0).sum()) for name, codes in table.categories.items()}
    blank |= {name: int(np.isnan(values).sum()) for name, values in table.attributes.items()}
    rows += [("partly_missing", n, name, "drawn anew in each world for these people") for name, n in blank.items() if n]
    return rows


def check(company: Company) -> pd.DataFrame:
    """Columns check, value, published, source; a value is NaN where the company does not say."""
    sizes = np.bincount(company.categories["department"] + 1, minlength=2)[1:]
    given = sizes[sizes > 0]
    connections = company.attributes["connections"]
    known = connections[~np.isnan(connections)]
    recruiters = connections[(company.categories["job_function"] == 2) & ~np.isnan(connections)]
    degree = np.nan if company.ties is None else 2 * len(company.ties) / company.employees
    rows = [
        ("employees", float(company.employees), np.nan, ""),
        ("departments given", float(len(given)), np.nan, ""),
        ("largest department, employees", float(given.max()) if len(given) else np.nan, np.nan, ""),
        ("smallest department, employees", float(given.min()) if len(given) else np.nan, np.nan, ""),
        (
            "tenure in years, median",
            _tenure(company),
            3.9,
            "US Bureau of Labor Statistics 2024, from memory - unverified",
        ),
        ("connections, mean", float(known.mean()) if len(known) else np.nan, 303.0, "EVIDENCE 3.2, LinkedIn, US"),
        ("connections, median", float(np.median(known)) if len(known) else np.nan, 186.0, "EVIDENCE 3.2, LinkedIn, US"),
        (
            "recruiters' connections, mean",
            float(recruiters.mean()) if len(recruiters) else np.nan,
            616.0,
            "EVIDENCE 3.5",
        ),
        ("coworker ties a person, mean", float(degree), np.nan, "EVIDENCE 3.14: not found"),
    ]
    return pd.DataFrame(rows, columns=["check", "value", "published", "source"])


def from_reference(cls: type[Company], reference: Any, company: Company | None, *, any_company: bool) -> Company:
    """See ``Company.from_reference``."""
    reference = {} if reference is None else reference
    known = {"name", "content_hash", "synthetic"}
    if not isinstance(reference, dict) or not set(reference) <= known:
        odd = shown(reference) if not isinstance(reference, dict) else ", ".join(sorted(set(reference) - known))
        raise InvalidInput(f"company: {odd}: must be a mapping of name, content_hash, synthetic")
    wanted = reference.get("content_hash")
    if company is None:
        company = _made_again(cls, reference)
    if wanted is not None and company.content_hash() != wanted and not any_company:
        raise InvalidInput(
            f"company.content_hash = {shown(wanted)}: the scenario was saved with another company than "
            f"{company.name!r} ({company.content_hash()[:12]}…); pass any_company=True to use this one"
        )
    return company


def lines(company: Company) -> list[str]:
    """Return the plain repr, at most 12 lines."""
    columns = company.columns[company.columns["field"] != ""]
    full = columns[(columns["given"] > 0) & (columns["missing"] == 0)]["field"].tolist()
    drawn = columns[(columns["missing"] > 0) & (columns["imputed_from"] != "")]["field"].tolist()
    unused = int(company.columns["not_used"].sum())
    out = [f"{company.name}: {company.employees:,} employees"]
    out += [f"  given: {', '.join(full) or 'nothing'}", f"  drawn in each world: {', '.join(drawn) or 'nothing'}"]
    out += [f"  columns not used: {unused}"] if unused else []
    warned = [f"  warning {c}: {n:,}" for c, n in zip(company.warnings["code"], company.warnings["count"], strict=True)]
    return out + (warned if len(warned) <= 8 else [*warned[:7], f"  … and {len(warned) - 7} more warnings"])


def html(company: Company) -> str:
    """Return what was given, imputed and unused, and the warnings, as tables."""
    parts = [escape(lines(company)[0]), company.columns.to_html(index=False, na_rep="")]
    if len(company.warnings):
        parts += ["<b>Warnings</b>", company.warnings.to_html(index=False)]
    return f"<div>{''.join(parts)}</div>"


def flat(arguments: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted key, value) of nested dicts, sorted by key."""
    for key in sorted(arguments):
        value = arguments[key]
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _row(name: str, source: str, given: int, missing: int, imputed_from: str) -> dict[str, Any]:
    return {
        "field": name,
        "source_column": source,
        "given": given,
        "missing": missing,
        "imputed_from": imputed_from,
        "not_used": False,
    }


def _given(name: str, table: fields.Table, number: int, *, is_mapped: bool) -> int:
    if name in table.categories:
        return int((table.categories[name] >= 0).sum())
    if name in table.attributes:
        return int((~np.isnan(table.attributes[name])).sum())
    if name == "hire_date":
        return 0 if table.hire_date is None else int((~np.isnat(table.hire_date)).sum())
    return number if is_mapped else 0


def _imputed_from(name: str, table: fields.Table, given: int) -> str:
    if name == "hire_date":
        return ""  # nothing in the model rests on it yet
    if name == "job_function":
        return f"department: all of sales; {fields.RECRUITER_SHARE:g} of people, human resources recruit"
    if name in ("department", "region", "seniority"):
        return "shares of the people given" if given else "shares of the built-in company"
    some = "the other attributes given" if table.attributes else ""
    return f"workforce.*, conditional on {some}" if some else "workforce.*"


def _tenure(company: Company) -> float:
    if company.hire_date is None or company.as_of is None:
        return float("nan")
    days = (np.datetime64(company.as_of, "D") - company.hire_date[~np.isnat(company.hire_date)]).astype(float)
    return float(np.median(days) / 365.25) if len(days) else float("nan")


def _made_again(cls: type[Company], reference: dict[str, Any]) -> Company:
    options = reference.get("synthetic")
    if options is None:
        name = shown(reference.get("name"))
        raise InvalidInput(f"company: the text does not hold the company {name}; pass company=")
    if not isinstance(options, dict) or not set(options) <= {"employees", "page_followers"}:
        odd = (
            next((k for k in options if k not in ("employees", "page_followers")), "")
            if isinstance(options, dict)
            else ""
        )
        raise InvalidInput(f"company.synthetic: {did_you_mean(odd, ['employees', 'page_followers'])}")
    return cls.synthetic(**options, name=reference.get("name", "Built-in company"))
