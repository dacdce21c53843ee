"""A company beside published figures, each with its row of ``gs.evidence()``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from groundswell.company.facts import FACTS, MARKET_PRICES
from groundswell.company.record import CompanyRecord
from groundswell.company.table.cells import FloatArray
from groundswell.company.table.transformations import SENIORITIES

Row = tuple[str, float, float, str, str]
COLUMNS = ["figure", "company", "published", "source", "remark"]
NAN = float("nan")
NO_FIGURE = "no published figure"
SMALL_GROUP = 5
FAR = 2.0  # a factor above which a figure is remarked on
RECRUITER = 2
# Row 3.3 of the evidence: mean connections relative to an individual contributor (codes 0 and 1).
BY_SENIORITY = {2: 338 / 288, 3: 403 / 288, 4: 626 / 288}


def check(company: CompanyRecord) -> pd.DataFrame:
    """See ``Company.check``."""
    parts = (_sizes, _full_time, _tenure, _connections, _by_seniority, _networks, _prices)
    return pd.DataFrame([_remarked(row) for part in parts for row in part(company)], columns=COLUMNS)


def _sizes(company: CompanyRecord) -> Iterator[Row]:
    codes = company.categories["department"]
    sizes = np.bincount(codes[codes >= 0])
    given = sizes[sizes > 0]
    known = len(given) > 0
    yield "employees", float(company.employees), NAN, "", NO_FIGURE
    yield "departments", float(len(given)), NAN, "", NO_FIGURE if known else "none given: drawn in each world"
    largest = float(given.max() / given.sum()) if known else NAN
    yield "largest department, share of employees", largest, NAN, "", NO_FIGURE
    yield "smallest department, employees", float(given.min()) if known else NAN, NAN, "", NO_FIGURE
    small = float((given < SMALL_GROUP).sum()) if known else NAN
    rule = f"groups under {SMALL_GROUP} people are suppressed in files"
    yield f"departments under {SMALL_GROUP} people", small, NAN, "", rule


def _full_time(company: CompanyRecord) -> Iterator[Row]:
    if company.fte is not None:
        known = company.fte[~np.isnan(company.fte)]
        remark = f"{NO_FIGURE}; {_people(known)}; part time is shown only, the model does not use it"
        yield "full-time equivalents, sum of those given", float(known.sum()), NAN, "", remark


def _tenure(company: CompanyRecord) -> Iterator[Row]:
    years = np.array([])
    if company.hire_date is not None and company.as_of is not None:
        known = company.hire_date[~np.isnat(company.hire_date)]
        years = (np.datetime64(company.as_of, "D") - known).astype(np.float64) / 365.25
    remark = f"{NO_FIGURE}; {_people(years)}; missing ones are drawn (retention.tenure_mean_years)"
    yield "tenure in years, median", float(np.median(years)) if len(years) else NAN, NAN, "", remark
    leavers = int(company.warnings.loc[company.warnings["code"] == "leavers_excluded", "count"].sum())
    share = leavers / (leavers + company.employees) if leavers else NAN
    remark = "comparable only if the export holds the leavers of one year; published: US, all exits"
    yield "leavers, share of the export", share, 0.19, "[7.21]", remark


def _connections(company: CompanyRecord) -> Iterator[Row]:
    known = _given(company, np.ones(company.employees, dtype=bool))
    mean = _mean(known)
    yield "connections, mean", mean, 144.0, "[3.1]", f"{_people(known)}; published: UK members, 2017"
    yield "connections, mean", mean, 307.0, "[3.1]", f"{_people(known)}; published: London members, 2017"
    yield "connections, mean", mean, 303.0, "[3.2]", f"{_people(known)}; published: US, origin unclear"
    ratio = float(np.median(known)) / mean if len(known) else NAN
    yield "connections, median / mean", ratio, 186 / 303, "[3.2]", f"{_people(known)}; published: US, origin unclear"
    recruiters = _given(company, company.categories["job_function"] == RECRUITER)
    yield "recruiters' connections, mean", _mean(recruiters), 616.0, "[3.5]", f"{_people(recruiters)}; published: 2012"


def _by_seniority(company: CompanyRecord) -> Iterator[Row]:
    codes = company.categories["seniority"]
    base = _given(company, (codes == 0) | (codes == 1))
    for code, published in BY_SENIORITY.items():
        own = _given(company, codes == code)
        ratio = _mean(own) / _mean(base) if len(own) and len(base) else NAN
        remark = f"{_people(own)} / {_people(base)}; published: US, origin unclear, ratio only"
        yield f"connections, {SENIORITIES[code]} / individual", ratio, published, "[3.3]", remark


def _networks(company: CompanyRecord) -> Iterator[Row]:
    known = _given(company, np.ones(company.employees, dtype=bool))
    total = _mean(known) * company.employees
    followers = company.page_followers
    ratio = total / followers if followers else NAN
    remark = f"mean of {_people(known)} × employees; published: varies hugely with firm and brand"
    yield "connections, sum / page followers", ratio, 10.0, "[3.11]", remark
    degree = NAN if company.ties is None else 2 * len(company.ties) / company.employees
    yield "coworker ties a person, mean", degree, NAN, "[3.14]", "no published figure; ties as given"
    share = degree / _mean(known) if len(known) else NAN
    remark = "no published figure; audience.mix.employee + .alumni is an assumption"
    yield "coworker ties / connections", share, NAN, "[3.14]", remark


def _prices(company: CompanyRecord) -> Iterator[Row]:
    given = company.firm.given()
    currency = given.get("currency", FACTS["currency"].default)
    for name in MARKET_PRICES:
        default = float(FACTS[name].default)
        own = "as given" if name in given else f"not given: {default:g} is taken, state yours in company.{name}"
        remark = f"{currency}, {own}; published: USD on LinkedIn"
        yield name.replace("_", " "), float(given.get(name, NAN)), default, "[6.7]", remark


def _given(company: CompanyRecord, people: np.ndarray[Any, np.dtype[np.bool_]]) -> FloatArray:
    connections = company.attributes["connections"][people]
    return np.asarray(connections[~np.isnan(connections)], dtype=np.float64)


def _mean(values: FloatArray) -> float:
    return float(values.mean()) if len(values) else NAN


def _people(values: FloatArray) -> str:
    return f"{len(values):,} people given"


def _remarked(row: Row) -> Row:
    figure, own, published, source, remark = row
    if np.isnan(own) or np.isnan(published) or 1 / FAR <= own / published <= FAR:
        return row
    return figure, own, published, source, f"more than a factor {FAR:g} apart: check the column; {remark}"
