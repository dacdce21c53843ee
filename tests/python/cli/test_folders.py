"""Folders and files of the command line: what is named in an error, and what is left behind by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from groundswell.cli.app import app

START = "groundswell_scenario: 1\nstart: 2027-01-04\nweeks: 26\nwarm_up_weeks: 1\n"
COMPANY = "company: company.yaml\n"
PROGRAM = """\
program:
  select: {order: readiness, size: 15}
  changes:
    - {start: 2027-04-05, relaunch: true}
    - {start: 2027-05-03, recognition: 1}
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "company.yaml").write_text("groundswell_company: 1\nexport: hr.csv\ncolumns: {id: Nr}\n")
    (folder / "hr.csv").write_text("Nr\n" + "\n".join(map(str, range(1, 41))) + "\n")
    (folder / "baseline.yaml").write_text(f"{START}label: None\n{COMPANY}")
    (folder / "relaunched.yaml").write_text(f"{START}label: Relaunched\n{COMPANY}{PROGRAM}")
    return folder


def call(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return " ".join(result.output.split())


def test_changes_late_in_the_year_run(study: Path) -> None:
    """A relaunch in week 13 of 26: the estimate before a run looked at the first six weeks and refused it."""
    few = ("--worlds", 2)
    assert "About " in call("estimate", study, *few)
    assert "Cost of 2 worlds" in call("run", study / "relaunched.yaml", *few)
    assert "Relaunched" in call("compare", study, *few)
    assert (study / "results" / "advocacy.gsw").is_file()


def test_estimate_takes_a_folder_as_compare_does(study: Path) -> None:
    both = call("estimate", study / "relaunched.yaml", "--baseline", study / "baseline.yaml", "--worlds", 2)
    folder = call("estimate", study, "--worlds", 2)
    impressions = [text.rpartition("about ")[2].split()[0] for text in (both, folder)]
    assert impressions[0] == impressions[1]


def test_a_file_that_is_no_scenario_is_named(study: Path) -> None:
    files = sorted(study.glob("*.yaml"))
    for command in (["run", files[1]], ["estimate", *files], ["compare", *files]):
        said = call(*command, code=1)
        assert f"{study / 'company.yaml'}: is the file of a company" in said
    (study / "notes.yaml").write_text("a: 1\n")
    assert "notes.yaml: is no scenario file: it has no line groundswell_scenario: 1" in call("compare", study, code=1)
    assert f"{study}: is a folder; name a scenario file in it" in call("run", study, code=1)
    (study / "notes.yaml").write_text(f"{START}{COMPANY}wekks: 3\nfollow_ups: 2\n")
    said = call("compare", study, code=1)
    assert said.count("notes.yaml: ") == 2
    assert "notes.yaml: wekks: no parameter of that name" in said


def test_a_refused_run_leaves_no_folder(study: Path, tmp_path: Path) -> None:
    before = {path.name for path in study.iterdir()}
    call("compare", study, "--worlds", 0, code=1)
    assert {path.name for path in study.iterdir()} == before
    out = tmp_path / "a" / "b"
    call("run", study / "baseline.yaml", "--worlds", 0, "--out", out, code=1)
    assert not out.parent.exists()
    call("demo", "--worlds", 0, "--employees", 30, "--weeks", 4, "--out", out, code=1)
    assert not out.parent.exists()
    out.mkdir(parents=True)  # somebody's own folder stays, empty or not
    call("run", study / "baseline.yaml", "--worlds", 0, "--out", out, code=1)
    assert out.is_dir()
