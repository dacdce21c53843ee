"""The demo on a small company: everything is printed and every file is written."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

import groundswell as gs
from groundswell.cli.demo import GOALS, demo_designs, run_demo
from groundswell.common.text import number
from groundswell.decide.headline import blocks
from groundswell.output.cautions import NOT_EVIDENCE
from groundswell.output.folder import PICTURES
from groundswell.scenario.file import read_scenario

CHOSEN = "10 people, looked after"


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
    assert all(limit in text for limit in NOT_EVIDENCE)
    assert "Invite everyone: all invited, 4 posts a week" in text
    assert f"{CHOSEN}: 10 by readiness (deals), 4 posts a week" in text
    assert all(contest.sentence(goal) in " ".join(text.split()) for goal in GOALS)
    assert str(folder / "advocacy.xlsx") in text


def test_the_table_has_means_ranges_and_the_difference(ran: tuple[gs.Contest, str, Path]) -> None:
    contest, text, _ = ran
    assert f"{CHOSEN} − Invite everyone" in text
    added = blocks(contest)[0].rows
    row = added[added["measure"] == "unique_people_added"].set_index("label").loc[CHOSEN]
    for name in ("mean", "joint_ci_lower", "joint_ci_upper"):
        assert number(abs(row[name])) in text


def test_it_writes_pictures_spreadsheet_and_study(ran: tuple[gs.Contest, str, Path]) -> None:
    contest, _, folder = ran
    pictures = {f"{name}.png" for name in PICTURES}
    assert {path.name for path in folder.iterdir()} == pictures | {"advocacy.xlsx", "advocacy.gsw", "decision.html"}
    assert all(path.stat().st_size > 5_000 for path in folder.iterdir())
    opened = gs.load(folder / "advocacy.gsw")
    assert isinstance(opened, gs.Contest)
    assert opened.sentence() == contest.sentence()


def test_the_dilemma_costs_about_the_same_and_is_one() -> None:
    """Expected costs within 5 %; one program adds more people, the other takes fewer hours of members."""
    base, everyone, chosen = demo_designs()
    assert base.program is None
    assert chosen.label == "A hundred, looked after"
    contest = gs.compare([everyone, chosen], baseline=base, worlds=10, inputs=False, progress=False)
    frame = contest.added(["program_cost_added", "unique_people_added", "hours_added"])
    means = frame.pivot_table(index="measure", columns="label", values="mean", observed=True)
    assert means.loc["program_cost_added", chosen.label] == pytest.approx(
        means.loc["program_cost_added", everyone.label], rel=0.05
    )
    gaps = contest.table(chosen.label, ["unique_people_added", "hours_added"])
    gaps = gaps[gaps["label"] == everyone.label].set_index("measure")
    assert gaps.loc["unique_people_added", "difference_ci_lower"] > 0
    assert gaps.loc["hours_added", "difference_ci_lower"] > 0


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
