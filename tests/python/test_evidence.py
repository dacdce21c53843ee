"""The published numbers ship with the package, every source resolves, and every row is cited."""

import csv
import math
import re
import tomllib
from pathlib import Path

import pytest

import groundswell as gs
from groundswell.company import published_figures as company_check
from groundswell.evidence import COLUMNS, GRADES, KINDS, SECTIONS, cited, markdown, unresolved
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.validation.targets.table import TARGETS

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "python" / "groundswell" / "evidence.csv"
TABLE = gs.evidence()
ROWS = TABLE.set_index("row")
PARAMETERS = gs.parameters()
# Text that users read; results are dated pages, written once.
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
CHECK = gs.Company.synthetic(20).check()


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d*\.?\d+", re.sub(r"(?<=\d),(?=\d{3})", "", text))]


def test_the_table_is_whole():
    with DATA.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == COLUMNS == tuple(TABLE.columns)
    assert TABLE["row"].tolist() == [line[0] for line in lines]
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert TABLE["row"].is_unique
    assert set(TABLE["grade"].str.split("/").explode()) <= set(GRADES)
    assert {re.match(r"A|\d+", row)[0] for row in ROWS.index} == set(SECTIONS)
    found = TABLE[TABLE["grade"] != "none"]
    for column in ("claim", "figure", "population", "source"):
        assert (found[column].str.len() > 0).all(), column
    assert ROWS.loc[ROWS["grade"] == "none", "figure"].eq("not found").all()


def test_rows_are_looked_up_by_number():
    assert gs.evidence("4.22").equals(gs.evidence(["4.22"]))
    assert gs.evidence(["A10", "2.8"])["row"].tolist() == ["A10", "2.8"]
    assert gs.evidence(["4.22"])["grade"].item() == "B/D"
    assert gs.evidence([]).columns.tolist() == list(COLUMNS)
    with pytest.raises(gs.UnknownName, match=r"^rows: '4\.222' is no row .*; nearest valid name: 4\.22$"):
        gs.evidence(["2.8", "4.222"])
    with pytest.raises(gs.UnknownName, match=r"rows: 2\.8 is no row of the evidence \(text, as '4\.22'\)"):
        gs.evidence(2.8)


@pytest.mark.parametrize("source", ["", "4.22", "[4.22] (sign)", "[4.22], [2.8]", "assumed", "prototypes, assumption"])
def test_a_source_that_breaks_the_rule_is_found(source):
    assert "begins neither with" in unresolved(source)


def test_a_row_that_is_not_there_is_found():
    assert unresolved("[4.22]: sign; assumption: size, unlike [9.99]") == "no row 9.99 in the evidence"


def test_every_source_of_the_parameters_resolves():
    scenario = gs.Scenario(gs.Company.synthetic(20), "2027-01-04", program=gs.Program(select=gs.Selection()))
    everywhere = scenario.replace({f"platforms.{name}.on": True for name in PLATFORMS})
    for frame in (PARAMETERS, scenario.parameters(), everywhere.parameters(), gs.levers()):
        assert {source: unresolved(source) for source in frame["source"] if unresolved(source)} == {}


def test_a_tag_agrees_with_its_source():
    for row in PARAMETERS.itertuples():
        heads = [part.partition(": ")[0] for part in row.source.split("; ")]
        if row.tag == "evidence":
            assert cited(row.source)
            assert "assumption" not in heads
        elif row.tag == "assumption":
            assert {"assumption", "definition"} & set(heads)
        elif row.tag == "chosen in prototypes":
            assert {"prototypes", "calibrated"} & set(heads)


def test_targets_in_sources_are_those_of_validate():
    lines = {target.number for target in TARGETS}
    for source in PARAMETERS["source"]:
        assert {int(number) for number in re.findall(r"target (\d+)", source)} <= lines


def test_a_parameter_that_validate_calls_tuned_says_so():
    sources = PARAMETERS.set_index("path")["source"]
    for target in TARGETS:
        group = ""
        for name in filter(None, target.parameters.split(", ")) if target.tag == "calibrated" else ():
            group = name.rpartition(".")[0] or group
            assert f"target {target.number}" in sources[f"{group}.{name.rpartition('.')[2]}"]


def test_every_figure_of_check_resolves_and_stands_in_its_row():
    assert {source: unresolved(source) for source in CHECK["source"] if source and unresolved(source)} == {}
    assert (CHECK["source"] != "").sum() > 8
    assert (CHECK.loc[CHECK["published"].notna(), "source"] != "").all()
    for row in CHECK[CHECK["published"].notna()].itertuples():
        figures = numbers(ROWS.loc[cited(row.source)[0], "figure"])
        places = 1 if row.source == "[3.3]" else 2  # ratios of 3.3 are printed with one decimal
        assert {round(row.published, places), round(100 * row.published, places)} & set(figures), row.figure
    assert company_check.NO_FIGURE in CHECK.loc[CHECK["source"] == "", "remark"].iloc[0]


def test_every_target_of_validate_resolves_and_its_band_stands_in_its_row():
    for target in TARGETS:
        assert unresolved(target.source) == ""
        of_a_parameter = target.output.startswith("median delay of first-hop views")
        row = ROWS.loc[cited(target.source)[0]]
        known = numbers(f"{row['figure']} {row['note']}")
        for bound in target.band or () if not of_a_parameter else ():
            if math.isfinite(bound) and bound not in (0, 1, -1):
                wanted = abs(bound)
                assert any(math.isclose(x, wanted) or math.isclose(x, 100 * wanted) for x in known), target.output


def test_no_row_is_dead():
    texts = [*PARAMETERS["source"], *CHECK["source"], *(target.source for target in TARGETS)]
    texts += [path.read_text(encoding="utf-8") for path in DOCS if path.name not in ("PARAMETERS.md", "EVIDENCE.md")]
    reached: set[str] = set()
    new = {row for text in texts for row in cited(text)}
    while new:
        reached |= new
        new = {row for name in new for row in cited(" ".join(ROWS.loc[name]))} - reached
    assert set(ROWS.index) - reached == set()


def test_rows_within_the_table_resolve():
    assert {row for text in TABLE.to_numpy().ravel() for row in cited(text)} <= set(ROWS.index)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_row_that_a_document_cites_is_there(path):
    assert set(cited(path.read_text(encoding="utf-8"))) <= set(ROWS.index)


def test_no_text_of_the_package_points_outside():
    files = [*(ROOT / "python").rglob("*.py"), *(ROOT / "cpp").rglob("*.?pp"), *DOCS, DATA]
    for path in files:
        assert re.search(r"\b(TARGETS|TRAPS|FUNNEL|DESIGN|FIELD)\.md", path.read_text(encoding="utf-8")) is None, path
        for place in re.findall(r"[\w./]*(?:EVIDENCE|PARAMETERS)\.md", path.read_text(encoding="utf-8")):
            assert (ROOT / "docs" / Path(place).name).is_file(), place


def test_the_page_is_current():
    text = (ROOT / "docs" / "EVIDENCE.md").read_text(encoding="utf-8")
    assert text == markdown(), "run: make docs"
    assert all(f'<a id="{row}"></a>' in text for row in ROWS.index)
    parameters = (ROOT / "docs" / "PARAMETERS.md").read_text(encoding="utf-8")
    assert set(cited(parameters)) == set(re.findall(r"^\[(\S+)\]: EVIDENCE\.md#\1$", parameters, flags=re.MULTILINE))
    assert all(f"| {kind} |" in parameters for kind in KINDS)


def test_the_data_are_in_the_wheel():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["scikit-build"]
    assert settings["wheel"]["packages"] == ["python/groundswell"]  # all of it that git does not ignore
    assert "exclude" not in settings["wheel"]
    assert not any(DATA.match(pattern.rstrip("/")) for pattern in (ROOT / ".gitignore").read_text().splitlines())
