"""The command line: the same numbers as Python, errors without a traceback."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import groundswell as gs
from groundswell.cli.app import app
from groundswell.cli.speaking import difference_lines
from groundswell.output.folder import PICTURES
from groundswell.scenario import ProgramMix
from groundswell.scenario.file import parse_changes, read_scenario

SCENARIO = """\
groundswell_scenario: 1
label: {label}
start: 2027-01-04
weeks: 4
warm_up_weeks: 1
follow_up_weeks: 1
company: {{synthetic: {{employees: 30}}}}
program: {{advocates: {{size: {size}}}, posts_per_week: 3}}
"""
FEW = ["--worlds", "2", "--replicates", "2"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_text(SCENARIO.format(label="A", size=5))
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "b.yaml"
    path.write_text(SCENARIO.format(label="B", size=12))
    return path


def call(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_run_prints_and_writes_the_numbers_of_python(file: Path, tmp_path: Path) -> None:
    output = call("run", file, *FEW, "--seed", 3, "--out", tmp_path / "out")
    assert "unique_reach" in output
    assert "4 of 4 runs" in output
    written = pd.read_csv(tmp_path / "out" / "summary.csv", index_col="measure")
    result = gs.simulate(read_scenario(file), worlds=2, replicates=2, seed=3)
    assert written["mean"].to_numpy() == pytest.approx(result.summary()["mean"].to_numpy(), nan_ok=True)
    assert gs.rerun(tmp_path / "out" / "result.gsw")


def test_set_changes_the_design(file: Path) -> None:
    scenario = read_scenario(file, ["program.posts_per_week=1.5", "label=Other", "feed.viewer_limit=null"])
    assert scenario.program is not None
    assert scenario.program.posts_per_week == 1.5
    assert scenario.label == "Other"
    assert scenario.feed.viewer_limit is None
    assert "Other" in call("run", file, *FEW, "--set", "label=Other")


def test_compare_prints_the_decision_and_writes_files(file: Path, other: Path, tmp_path: Path) -> None:
    output = call("compare", file, other, *FEW, "--out", tmp_path / "out")
    assert "No baseline was named" in output
    assert "unique_reach" in output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    pictures = {f"{name}.png" for name in PICTURES}
    assert names == pictures | {"advocacy.xlsx", "advocacy.gsw", "decision.html"}
    contest = gs.load(tmp_path / "out" / "advocacy.gsw")
    assert isinstance(contest, gs.Contest)
    assert contest.labels == ["A", "B"]


def test_compare_with_a_baseline(file: Path, other: Path) -> None:
    output = call("compare", file, "--baseline", other, *FEW)
    assert "Differences are to the baseline 'B'" in output


def test_compare_until_exact_enough(file: Path, other: Path) -> None:
    arguments = ("compare", file, other, "--worlds", 5, "--replicates", 2, "--max-worlds", 7)
    output = call(*arguments, "--precision", "clicks=0.001", "--precision", "unique_reach=3%")
    assert "Precision of clicks, within 0.001: not reached, ± " in output
    assert "with 7 worlds" in output
    assert "Precision is of the 95 % intervals of differences to the baseline" in output
    assert "nearest valid name: clicks" in call(*arguments, "--precision", "click=2", code=1)
    assert "must be measure=number" in call(*arguments, "--precision", "clicks", code=1)
    assert "within = 0.0: must be a number above 0" in call(*arguments, "--precision", "clicks=0", code=1)


def test_estimate(file: Path, other: Path) -> None:
    output = call("estimate", file, other, *FEW)
    assert output.startswith("About ")
    assert "impressions" in output
    assert "address" in call("estimate", file, "--set", "weks=3", code=1)


def test_rerun(file: Path, tmp_path: Path) -> None:
    call("run", file, *FEW, "--out", tmp_path)
    assert "numbers identical" in call("rerun", tmp_path / "result.gsw")


def test_parameters(file: Path) -> None:
    output = call("parameters")
    assert "feed.viewer_limit" in output
    assert "program.posts_per_week" in call("parameters", file, "--changed")
    addresses = set(gs.parameters()["path"])
    assert all(f" {address} " in output for address in addresses)  # whole, to be copied
    few = call("parameters", "half_life")
    assert "awareness.half_life_weeks" in few
    assert "LN" in few or "U(" in few  # the prior
    assert "feed.viewer_limit" not in few
    assert "nearest: awareness.half_life_weeks" in call("parameters", "half_lif_weks", code=1)
    assert "none.yaml: cannot be read" in call("parameters", "none.yaml", code=1)


def test_a_prior_of_ones_own_is_seen(file: Path, other: Path) -> None:
    days = "\npriors:\n  awareness.half_life_weeks: uniform(14, 42)\n"
    for path in (file, other):
        path.write_text(path.read_text() + days)
    changed = call("parameters", file, "--changed")
    assert "awareness.half_life_weeks" in changed
    assert "uniform(14.0, 42.0)" in changed
    output = " ".join(call("compare", file, other, *FEW).split())
    assert "Priors set: awareness.half_life_weeks uniform(14, 42) weeks" in output
    assert "warning prior_without_stated_value (1): awareness.half_life_weeks is stated as 3 weeks" in output


def test_a_company_from_a_csv_beside_the_file(tmp_path: Path) -> None:
    hr = pd.DataFrame({"Nr": range(1, 31), "Level": [1, 2, 3] * 10, "Mood": [1, 2, 3, 4, 3] * 6, "Years": 2,
                       "Left": ["Yes"] + ["No"] * 29})  # fmt: skip
    hr.to_csv(tmp_path / "hr.csv", index=False)
    (tmp_path / "s.yaml").write_text(
        "groundswell_scenario: 1\nstart: 2027-01-04\ncompany:\n  csv: hr.csv\n  as_of: 2026-12-31\n"
        "  page_followers: 70\n  people_recruiter_share: 0.4\n  currency: EUR\n  growth_per_year: 0.1\n  columns:\n"
        "    id: Nr\n    seniority: {ranked: Level}\n    satisfaction: {scale: [Mood, 1, 4]}\n"
        "    hire_date: {years_before: Years}\n    left: {equals: [Left, 'Yes']}\n"
    )
    company = read_scenario(tmp_path / "s.yaml").company
    facts = {"page_followers": 70, "people_recruiter_share": 0.4, "currency": "EUR", "growth_per_year": 0.1}
    assert company.firm.given() == facts
    direct = gs.Company.from_frames(
        hr, **facts, as_of="2026-12-31",
        columns={"id": "Nr", "seniority": gs.ranked("Level"), "left": gs.equals("Left", "Yes"),
        "satisfaction": gs.scale("Mood", 1, 4), "hire_date": gs.years_before("Years")})  # fmt: skip
    assert company.employees == 29
    assert company == direct
    changed = read_scenario(tmp_path / "s.yaml", ["company.people_recruiter_share=0.2"])
    assert changed.company.firm.given() == facts | {"people_recruiter_share": 0.2}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("company: {csv: nothing.csv, columns: {id: a}}", "nothing.csv"),
        ("company: {csv: hr.csv}", "company.columns: is required"),
        ("company: {csv: hr.csv, colums: {id: a}}", "nearest valid name: columns"),
        ("company: {csv: hr.csv, columns: {id: {rank: a}}}", "nearest valid name: ranked"),
        ("company: {csv: hr.csv, columns: {id: {scale: a}}}", "company.columns.id.scale"),
        ("company: {synthetic: {employees: 1.5}}", "employees"),
        ("program: {advocates: {size: 5}, posts_per_weeks: 3}", "posts_per_week"),
        ("weeks: '4'", "weeks"),
        ("weeks: !!python/object/apply:os.system [ls]", "tags are not allowed"),
    ],
)
def test_errors_name_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "hr.csv").write_text("a\n1\n2\n")
    company = "" if text.startswith("company") else "company: {synthetic: {employees: 30}}\n"
    (tmp_path / "bad.yaml").write_text(f"groundswell_scenario: 1\nstart: 2027-01-04\n{company}{text}\n")
    output = call("run", tmp_path / "bad.yaml", code=1)
    assert says in output
    assert "Traceback" not in output


def test_other_errors(file: Path, tmp_path: Path) -> None:
    assert "cannot be read" in call("run", tmp_path / "none.yaml", code=1)
    assert "used by more than one design: 'A'" in call("compare", file, file, code=1)
    assert "must be name=value" in call("run", file, "--set", "weeks", code=1)
    assert "weeks is set twice" in call("run", file, "--set", "weeks=4", "--set", "weeks=5", code=1)
    assert "nearest valid name: program.posts_per_week" in call("run", file, "--set", "posts_per_week=4", code=1)
    assert "worlds = 0" in call("run", file, "--worlds", 0, code=1)
    (tmp_path / "taken").write_text("")
    assert "cannot be made" in call("run", file, "--out", tmp_path / "taken", code=1)
    if Path("/proc/self").is_dir():  # a folder that nobody can write to, not even root
        for command in (["run", file], ["compare", file], ["demo"]):
            assert "--out /proc/self: cannot be written" in call(*command, "--out", "/proc/self", code=1)
    call("run", code=2)


def test_values_are_read_as_yaml() -> None:
    assert parse_changes(["a.b=1", "c=1.5", "d=text", "e=null", "f=[1, 2]"]) == {
        "a.b": 1, "c": 1.5, "d": "text", "e": None, "f": [1, 2],
    }  # fmt: skip


def test_what_differs_is_short_and_matters(tmp_path: Path) -> None:
    base = gs.Scenario(gs.Company.synthetic(40), "2027-01-04", weeks=4)
    tenth, everyone = (gs.presets.design(base, name) for name in ("invite_a_tenth", "invite_everyone"))
    lines = difference_lines([base, tenth, everyone])
    assert lines[0] == "What differs:"
    text = "\n".join(lines)
    assert "program: none in " in text
    assert "program.select.order: 'Invite a tenth' readiness; 'Invite everyone' random" in text
    assert "program.guidelines: 1.0 in all programs" in text
    assert "mix" not in text  # no program has a mix of its own
    own = base.replace(label="Own", program=gs.Program(advocates=gs.ActiveAdvocates(size=3), mix=ProgramMix()))
    plain = own.replace({"program.mix": None}, label="Plain")
    assert "'Plain' as content.program_mix.story" in "\n".join(difference_lines([own, plain]))
    assert "weights" not in text  # at their defaults, and of no matter where nobody is ranked by readiness
    weighted = everyone.replace({"program.select.weights.fit": 0.0})  # nobody looks at it
    assert "weights" not in "\n".join(difference_lines([base, everyone, weighted]))
    many = [base.replace({"weeks": 4 + i, "costs.content_per_item": 1.0 + i}) for i in range(3)]
    assert len(difference_lines(many)) <= 11
    for alone in ([base], [tenth], [base, base], []):
        assert difference_lines(alone) == []
