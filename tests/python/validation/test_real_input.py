"""Two exports of the shared folder, as they are: what is counted, and that a comparison runs on them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import groundswell as gs

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("real_input", ROOT / "tools" / "real_input.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["real_input"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def need(name: str) -> Path:
    folder = DATA / name
    if not folder.is_dir():
        pytest.skip(f"data set {name} is not there: {folder}")
    return folder


def warned(company: gs.Company) -> dict[str, int]:
    return dict(zip(company.warnings["code"], company.warnings["count"].astype(int), strict=True))


def quick(tool: ModuleType, company: gs.Company) -> gs.Contest:
    base, loud, quiet = tool.designs(company, weeks=8, warm_up_weeks=2)
    return gs.compare([loud, quiet], baseline=base, worlds=2, replicates=2)


def check(contest: gs.Contest) -> None:
    """Programs are seen by more people than no program is, in every run; all numbers are there."""
    table = contest.table()
    assert set(table.loc[table["mean"].isna(), "label"]) <= {contest.baseline}  # means over a program's days
    frame = contest.frame(["unique_reach", "posts"], by=["world", "replicate"]).set_index(["world", "replicate"])
    value = {key: part["value"] for key, part in frame.groupby(["measure", "label"], observed=True)}
    for measure in ("unique_reach", "posts"):
        for label in ("Few loud", "Many quiet"):
            assert (value[measure, label] > value[measure, "No program"]).all()


def test_email_network(tool: ModuleType) -> None:
    folder = need("email_eu_core")
    company = tool.email_eu_core()
    edges = pd.read_csv(folder / "edges.csv")
    directed = {(s, t) for s, t in edges.itertuples(index=False) if s != t}
    pairs = {(min(e), max(e)) for e in directed}
    assert company.employees == 1005
    assert len(company.labels["department"]) == 42
    assert warned(company) == {
        "ties_self_loops": 642,
        "ties_reciprocal": len(directed) - len(pairs),
        "people_without_ties": 1005 - len({person for pair in pairs for person in pair}),
        "no_such_function": 2,  # its departments are numbers, which do not say that anybody sells
    }
    assert company.ties is not None
    assert {tuple(sorted(map(int, company.ids[pair]))) for pair in company.ties} == pairs
    contest = quick(tool, company)
    check(contest)
    result = contest.results["No program"]
    assert set(warned(company)) <= set(result.warnings["code"])


def test_ties_of_the_file_are_the_coworkers_of_the_world() -> None:
    """Every mail pair is a tie of both rows of the world, and no other coworker is."""
    folder = need("email_eu_core")
    edges, people = pd.read_csv(folder / "edges.csv"), pd.read_csv(folder / "departments.csv")
    company = gs.Company.from_frames(people, columns={"id": "id", "department": "department"}, ties=edges)
    base = gs.Scenario(company, start="2027-01-04")
    from groundswell import _core

    world = _core.build_world(company.core_input(), base.core_parameters(), 3, 0, 2)
    row_begin, ties = world.rows("linkedin")
    begin = np.asarray(row_begin, dtype=np.int64)[: company.employees + 1]
    owner = np.repeat(np.arange(company.employees), np.diff(begin))
    person = np.asarray(ties[: begin[-1]], dtype=np.int64) & ((1 << 24) - 1)
    inside = person < company.employees
    assert company.ties is not None
    one, other = company.draw_order.pairs(company.ties).astype(np.int64).T
    given = set(zip(one.tolist(), other.tolist(), strict=True)) | set(zip(other.tolist(), one.tolist(), strict=True))
    assert set(zip(owner[inside].tolist(), person[inside].tolist(), strict=True)) == given


def test_hr_export(tool: ModuleType) -> None:
    folder = need("ibm_attrition_fictional")
    company = tool.ibm_attrition()
    export = pd.read_csv(folder / "attrition.csv")
    stayed = export[export["Attrition"] == "No"].set_index("EmployeeNumber", drop=False).loc[company.ids]
    assert company.employees == len(stayed) == 1233
    assert (company.categories["seniority"] == stayed["JobLevel"].to_numpy() - 1).all()
    assert np.allclose(company.attributes["satisfaction"], (stayed["JobSatisfaction"] - 0.5) / 4)
    assert company.hire_date is not None
    years = (np.datetime64("2026-12-31") - company.hire_date) / np.timedelta64(1, "D") / 365.25
    assert np.abs(years - stayed["YearsAtCompany"].to_numpy()).max() < 0.002
    given = company.columns.set_index("field")["given"]
    assert (given[["department", "seniority", "satisfaction", "hire_date"]] == 1233).all()
    assert company.columns.set_index("field").loc["connections", "missing"] == 1233
    check(quick(tool, company))
