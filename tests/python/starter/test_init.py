"""`groundswell init`, and a folder as a study: what is sure is used, what is not is asked, nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from typer.testing import CliRunner

import groundswell as gs
from groundswell.cli.app import app
from groundswell.scenario.file import read_scenario
from groundswell.scenario.folder import MARK
from groundswell.starter.choices import choices, plain_rule
from groundswell.starter.study_folder import start_study

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
IBM = DATA / "ibm_attrition_fictional" / "attrition.csv"
MAVEN = DATA / "maven_crm_fictional" / "sales_teams.csv"
FILES = {"company.yaml", "baseline.yaml", "invite_everyone.yaml", "invite_a_tenth.yaml", "README.md", "study.ipynb"}
LEFT = ["--left", "Attrition=Yes"]
FEW = ["--worlds", "1", "--replicates", "1"]


def export(people: int = 40) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "EmployeeNumber": range(1, people + 1), "Department": ["Sales", "Lab"] * (people // 2),
            "JobLevel": [1, 2, 3, 1] * (people // 4), "JobSatisfaction": [1, 2, 3, 4] * (people // 4),
            "YearsAtCompany": 3, "Attrition": ["Yes"] + ["No"] * (people - 1),
        }
    )  # fmt: skip


@pytest.fixture
def hr(tmp_path: Path) -> Path:
    export().to_csv(tmp_path / "hr.csv", index=False)
    return tmp_path / "hr.csv"


def call(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


def short(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        path.write_text(path.read_text().replace("weeks: 52", "weeks: 4\nwarm_up_weeks: 1\nfollow_up_weeks: 1"))


def test_it_writes_files_that_load_and_use_only_what_is_sure(hr: Path, tmp_path: Path) -> None:
    output = call("init", "--hr", hr, "--out", tmp_path / "study", *LEFT)
    assert {path.name for path in (tmp_path / "study").iterdir()} == FILES
    study = gs.read_folder(tmp_path / "study")
    assert study.baseline is not None
    assert study.baseline.program is None
    assert [design.label for design in study.designs] == ["Invite a tenth", "Invite everyone"]
    company = study.baseline.company
    assert company.employees == 39  # who has left is excluded
    used = company.columns[company.columns["source_column"] != ""].query("field != ''")["field"]
    assert set(used) == {"id", "department", "left"}
    for field in ("seniority", "satisfaction", "hire_date"):
        assert f"\n  {field}: " in output
        assert f"\n  # {field}: " in (tmp_path / "study" / "company.yaml").read_text()
        for name in ("baseline.yaml", "invite_a_tenth.yaml"):
            assert field not in (tmp_path / "study" / name).read_text()  # the mapping stands once
        assert f"- {field}: column" in (tmp_path / "study" / "README.md").read_text()
    assert "which day is the export of?" in output


def test_designs_are_those_of_the_presets(hr: Path, tmp_path: Path) -> None:
    call("init", "--hr", hr, "--out", tmp_path / "s", *LEFT, "--design", "story_tellers", "--design",
         "press_release_machine")  # fmt: skip
    study = gs.read_folder(tmp_path / "s")
    assert study.baseline is not None
    base = study.baseline
    assert [*study.designs] == [gs.presets.design(base, n) for n in ("press_release_machine", "story_tellers")]
    other = ["init", "--hr", hr, "--out", tmp_path / "t", *LEFT, "--design"]
    assert "nearest valid name: mandate" in call(*other, "mandat", code=1)
    assert "at least one design" in call(*other, "no_program", code=1)
    assert not (tmp_path / "t").exists()


def test_what_is_answered_is_used(hr: Path, tmp_path: Path) -> None:
    arguments = [*LEFT, "--use", "satisfaction", "--use", "seniority", "--as-of", "2026-12-31"]
    output = call("init", "--hr", hr, "--out", tmp_path / "s", *arguments)
    assert "Not used" not in output
    scenario = read_scenario(tmp_path / "s" / "invite_a_tenth.yaml")
    assert str(scenario.start) == "2027-01-04"  # the Monday after
    direct = gs.Company.from_frames(
        export(), as_of="2026-12-31",
        columns={"id": "EmployeeNumber", "department": "Department", "seniority": gs.ranked("JobLevel"),
                 "hire_date": gs.years_before("YearsAtCompany"), "left": gs.equals("Attrition", "Yes"),
                 "satisfaction": gs.scale("JobSatisfaction", 1, 4)})  # fmt: skip
    assert scenario.company == direct
    everything = start_study(hr, tmp_path / "all", use=["all"])
    assert {c.field for c in everything.choices if not c.active} == {"hire_date"}  # its day is not known
    assert "say it as as_of" in call("init", "--hr", hr, "--out", tmp_path / "u", *LEFT, "--use", "hire_date", code=1)
    assert "nearest valid name: satisfaction" in call("init", "--hr", hr, *LEFT, "--use", "satisfactoin", code=1)


def test_taking_the_sign_away_uses_the_column(hr: Path, tmp_path: Path) -> None:
    start_study(hr, tmp_path / "s", left="Attrition=Yes")
    path = tmp_path / "s" / "company.yaml"
    path.write_text(path.read_text().replace("  # satisfaction:", "  satisfaction:"))
    columns = read_scenario(tmp_path / "s" / "baseline.yaml").company.columns.set_index("field")
    assert columns.loc["satisfaction", "source_column"] == "JobSatisfaction"


def test_nothing_is_overwritten(hr: Path, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "README.md").write_text("mine")
    assert "README.md there already; nothing was written" in call("init", "--hr", hr, "--out", folder, *LEFT, code=1)
    assert [path.name for path in folder.iterdir()] == ["README.md"]
    (folder / "README.md").rename(folder / "notes.md")
    call("init", "--hr", hr, "--out", folder, *LEFT)
    assert (folder / "notes.md").read_text() == "mine"
    before = {path: path.read_bytes() for path in folder.iterdir()}
    call("init", "--hr", hr, "--out", folder, *LEFT, code=1)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert "cannot be written" in call("init", "--hr", hr, "--out", hr / "below", *LEFT, code=1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file"),
        (b"", "is empty"),
        (b"EmployeeNumber,Department\n", "no row under it"),
        (b"EmployeeNumber;Unit\n1;Sales;\n2;Lab;x\n", "line 3: longer than the header"),
        (b"\xff\xfe\x00broken\x00,\xd8", "cannot be read as utf-16"),
        (b"Department,Mood\nSales,1\nLab,1\n", "no column is surely the id"),
        (b"agent,Department\nx,Sales\ny,Lab\n", "'agent', 'Department' could be"),
        (b"id,Department\n1,Sales\n1,Lab\n", "no column is surely the id"),
        (b"id,Department\n1,Sales\n,Lab\n", "no column is surely the id"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "hr.csv").write_bytes(content)
    assert says in call("init", "--hr", tmp_path / "hr.csv", "--out", tmp_path / "s", code=1).replace("\n", " ")
    assert not (tmp_path / "s").exists()
    if content is not None:
        assert (tmp_path / "hr.csv").read_bytes() == content


def test_an_id_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "hr.csv").write_text("agent,Unit\nx,A\ny,A\nz,B\nw,B\n")
    call("init", "--hr", tmp_path / "hr.csv", "--out", tmp_path / "s", "--id", "agent")
    assert read_scenario(tmp_path / "s" / "baseline.yaml").company.ids.sort_values().tolist() == ["w", "x", "y", "z"]
    assert "nearest valid name: agent" in call("init", "--hr", tmp_path / "hr.csv", "--id", "agents", code=1)
    twice = ["--hr", tmp_path / "hr.csv", "--out", tmp_path / "t", "--id", "Unit"]
    assert "ids must be unique" in call("init", *twice, code=1)


def test_another_column_that_could_be_meant_is_a_question() -> None:
    table = export().assign(Dept=["A", "B"] * 20)
    asked = {choice.field: choice for choice in choices(table, stated={"left": None})}
    assert not asked["department"].active
    assert "or is it 'Dept'?" in asked["department"].question


def test_odd_names_of_columns_stay_on_their_line(tmp_path: Path) -> None:
    names = {
        "Department": "Department\n# x: 'y'",
        "JobLevel": 'Job "Level": {1}',
        "JobSatisfaction": "Job satisfaction #",
    }
    export().rename(columns=names).to_csv(tmp_path / "hr.csv", index=False)
    start_study(tmp_path / "hr.csv", tmp_path / "s", use=["all"], left="Attrition=Yes")
    columns = read_scenario(tmp_path / "s" / "baseline.yaml").company.columns.set_index("field")["source_column"]
    shown = [" ".join(name.split()) for name in names.values()]
    assert columns[["department", "seniority", "satisfaction"]].tolist() == shown


def test_rules_are_read_from_the_suggestion() -> None:
    assert plain_rule('"Dept"') == "Dept"
    assert plain_rule('gs.ranked("L")') == {"ranked": "L"}
    assert plain_rule('gs.ranked("L", ["a", ["b", "c"]])') == {"ranked": ["L", ["a", ["b", "c"]]]}
    assert plain_rule('gs.scale("M", -1, 4.5, step=0.5)') == {"scale": ["M", -1, 4.5, 0.5]}
    assert plain_rule("gs.equals('Active', 0)") == {"equals": ["Active", 0]}


def test_leavers_are_decided_by_the_analyst(hr: Path, tmp_path: Path) -> None:
    where = ["init", "--hr", hr, "--out", tmp_path / "s"]
    output = call(*where, code=1).replace("\n", " ")
    assert "'Attrition' may say who has left" in output
    assert "--left Attrition=Yes, or --left none" in output
    assert not (tmp_path / "s").exists()
    assert "nearest valid name: Attrition" in call(*where, "--left", "Atrition=Yes", code=1)
    call(*where, "--left", "none")
    assert "\n  left: null" in (tmp_path / "s" / "company.yaml").read_text()
    assert read_scenario(tmp_path / "s" / "baseline.yaml").company.employees == 40
    used = start_study(hr, tmp_path / "u", use=["left"])
    assert used.company.employees == 39
    two = start_study(hr, tmp_path / "v", left="Attrition=Yes|Perhaps")
    assert two.company.employees == 39


def test_a_date_of_leaving_is_read_from_the_start_of_the_horizon(tmp_path: Path) -> None:
    days = ["2026-12-31", "2027-01-03", "2027-01-04", "2027-05-01"] + [None] * 36
    export().drop(columns="Attrition").assign(**{"Termination Date": days}).to_csv(tmp_path / "hr.csv", index=False)
    assert "--left 'Termination Date'" in call("init", "--hr", tmp_path / "hr.csv", "--out", tmp_path / "s", code=1)
    left = ["--left", "Termination Date", "--start", "2027-01-04"]
    call("init", "--hr", tmp_path / "hr.csv", "--out", tmp_path / "s", *left)
    assert read_scenario(tmp_path / "s" / "baseline.yaml").company.employees == 38


def test_fields_can_be_mapped_as_in_a_file(hr: Path, tmp_path: Path) -> None:
    mapping = ["--map", "seniority={ranked: [JobLevel, [3, [1, 2]]]}", "--map", "region=Department"]
    call("init", "--hr", hr, "--out", tmp_path / "s", *LEFT, *mapping, "--map", "department=JobSatisfaction")
    company = read_scenario(tmp_path / "s" / "baseline.yaml").company
    assert set(company.categories["seniority"].tolist()) == {0, 1}
    assert company.labels["region"] == ("Lab", "Sales")
    assert "must be name=value, as in region=Site" in call("init", "--hr", hr, *LEFT, "--map", "region", code=1)
    assert "no field 'regoin'" in call("init", "--hr", hr, *LEFT, "--map", "regoin=Department", code=1)


def test_init_asks_for_the_currency(hr: Path, tmp_path: Path) -> None:
    assert "Which currency?" in call("init", "--hr", hr, "--out", tmp_path / "s", *LEFT)
    assert "default prices" in (tmp_path / "s" / "README.md").read_text()
    assert "Which currency?" not in call("init", "--hr", hr, "--out", tmp_path / "t", *LEFT, "--currency", "EUR")
    assert read_scenario(tmp_path / "t" / "baseline.yaml").company.firm.currency == "EUR"
    assert "default prices" not in (tmp_path / "t" / "README.md").read_text()
    assert "three capital letters" in call("init", "--hr", hr, *LEFT, "--currency", "euro", code=1)


def test_the_two_designs_differ_in_one_thing(hr: Path, tmp_path: Path) -> None:
    start_study(hr, tmp_path / "s", left="none")
    tenth, everyone = gs.read_folder(tmp_path / "s").designs
    assert set(tenth.diff(everyone)["path"]) == {"program.select.order", "program.select.size"}


def test_init_speaks_json(hr: Path, tmp_path: Path) -> None:
    found = json.loads(call("init", "--hr", hr, "--out", tmp_path / "s", *LEFT, "--json"))
    assert found["company"]["employees"] == 39
    assert {choice["field"] for choice in found["choices"] if choice["used"]} == {"id", "left", "department"}
    assert len(found["written"]) == len(FILES)


@pytest.mark.real_data
@pytest.mark.parametrize(("file", "more"), [(IBM, LEFT), (MAVEN, ["--id", "sales_agent"])])
def test_real_exports(file: Path, more: list[str], tmp_path: Path) -> None:
    if not file.is_file():
        pytest.skip(f"{file} is not there: the data sets are not part of the project")
    call("init", "--hr", file, "--out", tmp_path / "s", *more)
    short(tmp_path / "s")
    output = call("compare", tmp_path / "s", *FEW)
    assert "Differences are to the baseline 'No program'" in output
    if file is MAVEN:
        assert "name it with --id" in call("init", "--hr", file, "--out", tmp_path / "t", code=1)


def test_compare_takes_the_folder(hr: Path, tmp_path: Path) -> None:
    call("init", "--hr", hr, "--out", tmp_path / "s", *LEFT)
    short(tmp_path / "s")
    output = call("compare", tmp_path / "s", *FEW)
    assert "On unique_people_added" in output
    assert "Differences are to the baseline 'No program'" in output
    written = {path.name for path in (tmp_path / "s" / "results").iterdir()}
    assert {"advocacy.xlsx", "advocacy.gsw", "participation.png", "costs.png"} <= written
    call("compare", tmp_path / "s", *FEW, "--out", tmp_path / "elsewhere", "--set", "weeks=5")
    contest = gs.load(tmp_path / "elsewhere" / "advocacy.gsw")
    assert isinstance(contest, gs.Contest)
    assert contest.results["No program; weeks = 5"].scenario.weeks == 5
    named = call("compare", tmp_path / "s", "--baseline", tmp_path / "s" / "invite_a_tenth.yaml", *FEW)
    assert "Differences are to the baseline 'Invite a tenth'" in named
    both = call("compare", tmp_path / "s", tmp_path / "s" / "baseline.yaml", *FEW, code=1)
    assert "scenario files or one folder, not both" in both


def test_the_baseline_of_a_folder(hr: Path, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    start_study(hr, folder, left="Attrition=Yes")
    (folder / "baseline.yaml").rename(folder / "z_none.yaml")  # marked inside
    found = gs.read_folder(folder)
    assert found.baseline is not None
    assert found.baseline.label == "No program"
    (folder / "z_none.yaml").write_text((folder / "z_none.yaml").read_text().replace(MARK, "# no mark"))
    found = gs.read_folder(folder, ["weeks=6"])
    assert found.baseline is None
    assert [design.weeks for design in found.designs] == [6, 6, 6]
    for name in ("baseline.yaml", "second.yml"):
        (folder / name).write_text(f"{MARK}\n" + (folder / "invite_a_tenth.yaml").read_text())
    with pytest.raises(gs.InvalidInput, match=r"baseline\.yaml and second\.yml are both the baseline"):
        gs.read_folder(folder)


def test_changes_of_the_program_leave_a_baseline_without_one(hr: Path, tmp_path: Path) -> None:
    start_study(hr, tmp_path / "s", left="Attrition=Yes")
    found = gs.read_folder(tmp_path / "s", ["program.posts_per_week=2", "weeks=6"])
    assert [design.program.posts_per_week for design in found.designs if design.program is not None] == [2, 2]
    assert found.baseline is not None
    assert found.baseline.program is None
    assert found.baseline.weeks == 6
    with pytest.raises(gs.UnknownName, match=r"program\.posts_per_weak"):
        gs.read_folder(tmp_path / "s", ["program.posts_per_weak=2"])


def test_folders_that_are_no_study(tmp_path: Path) -> None:
    with pytest.raises(gs.InvalidInput, match="no scenario file"):
        gs.read_folder(tmp_path)
    with pytest.raises(gs.InvalidInput, match="cannot be read"):
        gs.read_folder(tmp_path / "none")
    (tmp_path / "baseline.yaml").write_text("groundswell_scenario: 1\nstart: 2027-01-04\n")
    with pytest.raises(gs.InvalidInput, match=r"only the baseline, baseline\.yaml"):
        gs.read_folder(tmp_path)
    (tmp_path / "other.yaml").write_text("a: [")
    with pytest.raises(gs.InvalidInput, match=r"other\.yaml"):
        gs.read_folder(tmp_path)


def test_select_prints_pseudonyms_unless_ids_are_asked_for(hr: Path, tmp_path: Path) -> None:
    hr.write_text(hr.read_text().replace("\n7,", "\n70707,"))
    start_study(hr, tmp_path / "s", left="Attrition=Yes")
    file = tmp_path / "s" / "invite_everyone.yaml"
    hidden, shown = call("select", file, "--rows", 99), call("select", file, "--rows", 99, "--ids")
    assert "39 people in world 0, seed 1; 39 are shown." in hidden
    assert gs.own_key().pseudonym(70707) in hidden
    assert "70707" not in hidden
    assert "70707" in shown
    assert "nobody is invited" in call("select", tmp_path / "s" / "baseline.yaml", code=1)


def test_presets_are_printed() -> None:
    output = call("presets")
    assert all(name in output for name in gs.presets.names())
    assert "program.company_content_fraction" in output


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_notebook_runs_on_the_files_of_the_folder(
    hr: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_study(hr, tmp_path / "s", left="Attrition=Yes")
    short(tmp_path / "s")
    book = nbformat.read(tmp_path / "s" / "study.ipynb", as_version=4)
    nbformat.validate(book)
    assert all(cell.get("outputs", []) == [] for cell in book.cells)
    assert json.loads((tmp_path / "s" / "study.ipynb").read_text())["nbformat"] == 4
    monkeypatch.setenv("PYTHONPATH", str(Path(gs.__file__).parents[1]))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    NotebookClient(book, timeout=300, resources={"metadata": {"path": tmp_path / "s"}}).execute()
    outputs = "".join(str(out.get("data", "")) for cell in book.cells for out in cell.get("outputs", []))
    assert "Invite a tenth" in outputs
    assert outputs.count("image/png") >= 5


@pytest.mark.parametrize(
    ("header", "values", "option"),
    [
        ("Still here", ["Y", "N"], "--left 'Still here=N'"),
        ("Current", [1, 0], "--left Current=0"),
        ("Kind", ["Active", "Terminated"], "--left Kind=Terminated"),
    ],
)
def test_init_stops_on_a_column_that_may_say_who_is_still_here(
    header: str, values: list[object], option: str, tmp_path: Path
) -> None:
    file = tmp_path / "hr.csv"
    pd.DataFrame({"PersNo": range(1, 41), header: values * 20}).to_csv(file, index=False)
    said = call("init", "--hr", file, "--id", "PersNo", "--out", tmp_path / "s", code=1)
    assert f"'{header}' may say who has left" in said
    assert option in said
    assert not (tmp_path / "s").exists()
