"""Every notebook runs from top to bottom; none is committed with outputs."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
NEEDS = {"02_your_own_company": DATA / "ibm_attrition_fictional" / "attrition.csv"}
EXPECTED = {
    "01_quickstart": ("numbers identical", "unique_reach is not recorded by source", "image/png"),
    "02_your_own_company": (
        "leavers_excluded", "row 7", "Rests on", "many_quiet/week.csv", "On unique_people_added", "image/png",
    ),
    "03_reach": (
        "share seen by persons who are not employees", "employee_to_page_engagement_per_audience_member",
        "= 0.4: attention / this ratio must be at most 1", "16x entered", "half the audience (2 worlds)", "image/png",
    ),
    "08_how_sure": (
        "of what is plausible about the inputs", "platforms.linkedin.person_visibility", "own prior",
        "it reaches from -2 to 6", "Many quiet, invited", "Extended", "decision.html", "image/png",
    ),
    "04_design_a_program": (
        "Story-tellers, 20 % company", "cost_per_person_added", "By connections", "Recognition until May", "image/png",
    ),
}  # fmt: skip
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_outputs_are_committed(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.get("outputs") for cell in cells] == [[] for _ in cells]
    assert {cell.get("execution_count") for cell in cells} == {None}


# zmq and ipykernel leave sockets to the garbage collector; that is not ours to fail on.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if path.stem in NEEDS and not NEEDS[path.stem].is_file():
        pytest.skip(f"{NEEDS[path.stem]} is not there: the data sets are not part of the project")
    monkeypatch.setenv("GROUNDSWELL_DATA", str(DATA))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "python"), os.environ.get("PYTHONPATH", "")]))
    if not any((ROOT / "python" / "groundswell").glob("_core*.so")):  # the installed package, not the source folder
        monkeypatch.delenv("PYTHONPATH")
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": tmp_path}})
    client.execute()
    texts = [
        str(out.get("data", "")) + str(out.get("text", ""))
        for cell in notebook.cells
        for out in cell.get("outputs", [])
    ]
    whole = "".join(texts)
    for expected in EXPECTED[path.stem]:
        assert expected in whole
    last = max(cell.metadata["execution"]["iopub.status.idle"] for cell in notebook.cells if cell.cell_type == "code")
    first = min(cell.metadata["execution"]["iopub.status.busy"] for cell in notebook.cells if cell.cell_type == "code")
    print(f"{path.stem}: {datetime.fromisoformat(last) - datetime.fromisoformat(first)}")
