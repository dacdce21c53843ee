"""The demo on a small company: everything is printed and every file is written."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

import groundswell as gs
from groundswell.cli.demo import demo_designs, run_demo
from groundswell.common.text import number
from groundswell.output.cautions import NOT_EVIDENCE
from groundswell.output.console import ROWS
from groundswell.output.folder import PICTURES
from groundswell.scenario.file import read_scenario


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[gs.Contest, str, Path]:
    text = StringIO()
    folder = tmp_path_factory.mktemp("demo") / "demo_output"
    contest = run_demo(folder, Console(file=text, width=300), worlds=5, replicates=4, employees=100, weeks=6)
    return contest, text.getvalue(), folder


def test_it_prints_every_part(ran: tuple[gs.Contest, str, Path]) -> None:
    contest, text, folder = ran
    for part in ("Company", "Made up, anew in each world", "Designs", "Decision.", "Not in these numbers", "Written"):
        assert part in text
    assert contest.sentence() in text
    assert all(limit in text for limit in NOT_EVIDENCE)
    assert "Few loud: 5 people, 4 posts a week each" in text
    assert "Many quiet: 20 people, 1 post a week each" in text
    assert str(folder / "advocacy.xlsx") in text


def test_the_table_has_means_ranges_and_the_difference(ran: tuple[gs.Contest, str, Path]) -> None:
    contest, text, _ = ran
    assert "Many quiet − Few loud" in text
    table = contest.table("Few loud", list(ROWS))
    row = table[table["measure"] == "unique_reach"].set_index("label").loc["Many quiet"]
    for name in ("mean", "p05", "p95", "joint_ci_lower", "joint_ci_upper"):
        assert number(abs(row[name])) in text


def test_it_writes_pictures_spreadsheet_and_study(ran: tuple[gs.Contest, str, Path]) -> None:
    contest, _, folder = ran
    pictures = {f"{name}.png" for name in PICTURES}
    assert {path.name for path in folder.iterdir()} == pictures | {"advocacy.xlsx", "advocacy.gsw"}
    assert all(path.stat().st_size > 5_000 for path in folder.iterdir())
    opened = gs.load(folder / "advocacy.gsw")
    assert isinstance(opened, gs.Contest)
    assert opened.sentence() == contest.sentence()


def test_the_dilemma_has_equal_expected_posts() -> None:
    base, loud, quiet = demo_designs()
    assert base.program is None
    assert loud.program is not None
    assert quiet.program is not None
    pace = [p.advocates.count() * p.posts_per_week for p in (loud.program, quiet.program)]
    assert pace == [200, 200]
    assert (loud.program.advocates.size, quiet.program.advocates.size) == (50, 200)


def test_the_readme_runs_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ten lines, on an export of 300 people, with fewer runs."""
    monkeypatch.chdir(tmp_path)
    text = (Path(__file__).resolve().parents[3] / "README.md").read_text()
    lines = text.split("```python\n")[1].split("```")[0]
    assert lines.count("baseline=base)") == 1
    hr = pd.DataFrame(
        {
            "EmployeeNumber": range(300),
            "Department": ["Sales", "Lab"] * 150,
            "JobLevel": [1, 2, 3] * 100,
            "YearsAtCompany": 3,
            "JobSatisfaction": [1, 2, 3, 4] * 75,
            "Attrition": "No",
        }
    )
    hr.to_csv("hr.csv", index=False)
    exec(lines.replace("baseline=base)", "baseline=base, worlds=2, replicates=1)"), {})  # noqa: S102
    assert gs.rerun("advocacy.gsw")
    assert Path("advocacy.xlsx").is_file()
    columns = "{id: EmployeeNumber, left: {equals: [Attrition, Yes]}}"
    company = f"groundswell_company: 1\nexport: hr.csv\ncolumns: {columns}\n"
    (tmp_path / "company.yaml").write_text(company)
    (tmp_path / "s.yaml").write_text(text.split("```yaml\n")[1].split("```")[0])
    scenario = read_scenario(tmp_path / "s.yaml")
    assert (scenario.label, scenario.company.employees) == ("Few loud", 300)
