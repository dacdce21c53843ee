"""No id, no name and no unmapped column of an export in anything the package writes, unzipped and decoded too.

`WRITERS`, `CELLS` and `COMMANDS` are found in the code: what is new there fails a test here until it is written below.
"""

from __future__ import annotations

import ast
import base64
import inspect
import io
import json
import pickle
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from matplotlib.figure import Figure
from PIL import Image
from typer.testing import CliRunner

import groundswell as gs
from groundswell.cli import app as cli
from groundswell.decide.pictures import ContestPlots
from groundswell.output.folder import write_contest
from groundswell.results.pictures import ResultPlots

PACKAGE = Path(gs.__file__).parent
PEOPLE = 40
TEXT_IDS = [f"zz-id-{i:03d}" for i in range(PEOPLE)]
NUMBER_IDS = list(range(707070707, 707070707 + PEOPLE))
NAMES = [f"Zznomen {chr(65 + i % 26)}{i}" for i in range(PEOPLE)]
UNMAPPED, SECRET = "zz-secret-column", "zz-secret-value"
SMALL = "Zzlegal"  # a department of two

# Functions that put bytes into a file or a page, found by what they call, and what covers each.
WRITERS = {
    "output.folder:write_contest": "the demo folder",
    "output.folder:write_result": "the command line",
    "output.folder:picture": "the demo folder",
    "output.decision_page:write_decision_page": "the demo folder",
    "output.decision_page:_inline": "the demo folder",
    "output.streams:lasting_output": "writes to the null device",
    "output.streams:_give_up": "writes to the null device",
    "output.excel:write_workbook": "to_excel",
    "output.csv:write_csv": "to_csv",
    "output.csv:csv_text": "to_csv",
    "common.files:write_file": "every writer of a file",
    "scenario.folder:_is_marked": "reads the first lines of a scenario file",
    "company.pseudonyms:_write_new": "a key file: random bytes",
    "decide.sentence:_picture": "the cell of a comparison",
    "starter.study_folder:_write": "a new study's folder, by the command line",
    "study.study:save": "save",
    "validation.pictures.of_targets:draw": "pictures of made-up companies only",
    "validation.report:save": "a report on made-up companies only",
    "validation.protocol:register": "counts of runs on made-up companies only",
    "worlds.cache:checksum": "reads the file of a world",
    "worlds.cache:of_block": "reads the file of a world",
}
WRITES = re.compile(
    r"write_file|savefig|to_csv|to_excel|to_pickle|to_parquet|write_text|write_bytes|fdopen|open|write_table"
)
MAKES_BYTES = {
    "study.parquet:to_parquet",
    "study.recording_part:values_table",
    "study.recording_part:people_table",
    "study.company_part:_members",
}
READERS = {  # open files to read them
    "study.archive:_unzip",
    "exports.error_cells:_may_have_one",
    "exports.read:_existing",
    "exports.spreadsheet_size:_grid",
    "exports.spreadsheets:read_sheet",
    "exports.text_files:_unpacked",
}
CELLS = {"Company", "Contest", "Explanation", "PeriodComparison", "Results", "Scenario", "Spread", "Suggestion"}
COMMANDS = {
    "init",
    "presets",
    "select",
    "run",
    "compare",
    "estimate",
    "demo",
    "parameters",
    "rerun",
    "validate",
    "cache",
}
METHODS = {
    "Results": {"save", "to_csv", "to_excel"},
    "Contest": {"save", "to_csv", "to_excel", "to_html"},
    "Scenario": {"to_yaml"},
    "Company": set(),
}


def export(ids: list[Any]) -> pd.DataFrame:
    units = [SMALL] * 2 + ["Sales"] * 8 + ["Lab"] * 14 + ["Zzplant"] * 16
    left = [False] * (PEOPLE - 2) + [True] * 2
    return pd.DataFrame(
        {"Who": ids, "Name": NAMES, "Unit": units, "Mood": [1, 2, 3, 4] * 10, "Gone": left, UNMAPPED: SECRET}
    )


def study(ids: list[Any], people: str = "full") -> gs.Contest:
    """Named advocates, ties with a loop and with people who have none, leavers: every warning that has examples."""
    ties = pd.DataFrame(
        {"source": [*ids[:20], ids[0], ids[1]], "target": [*ids[1:21], ids[1], ids[1]], UNMAPPED: SECRET}
    )
    columns = {"id": "Who", "department": "Unit", "satisfaction": gs.scale("Mood", 1, 4), "left": "Gone"}
    company = gs.Company.from_frames(export(ids), columns=columns, ties=ties, name="Firm")
    base = gs.Scenario(company, "2027-01-04", weeks=5, warm_up_weeks=1, follow_up_weeks=1, label="None")
    named = gs.Program(advocates=gs.ActiveAdvocates(names=ids[:9]), posts_per_week=5)
    designs = [base.replace(label="Named", program=named)]
    designs.append(designs[0].replace({"program.advocates.names": ids[3:7]}))  # a label made up from named advocates
    return gs.compare(designs, baseline=base, worlds=2, replicates=2, people=people, progress=False)


@pytest.fixture(scope="module", params=["text", "number"])
def ids(request: pytest.FixtureRequest) -> list[Any]:
    return TEXT_IDS if request.param == "text" else NUMBER_IDS


@pytest.fixture(scope="module")
def contest(ids: list[Any]) -> gs.Contest:
    return study(ids)


def layers(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves and what is compressed or encoded in them, all the way down."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield f"{name}: names of members", "\n".join(archive.namelist()).encode()
            for member in archive.namelist():
                yield from layers(f"{name}: {member}", archive.read(member))
    if content.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(content))
        yield f"{name}: schema", str(table.schema).encode() + str(table.schema.metadata).encode()
        for column in table.column_names:
            yield (
                f"{name}: column {column}",
                "\n".join(str(value) for value in table.column(column).to_pylist()).encode(),
            )
            yield (
                f"{name}: bytes of {column}",
                b"".join(v for v in table.column(column).to_pylist() if isinstance(v, bytes)),
            )
    if content.startswith(b"\x89PNG"):
        yield f"{name}: metadata", str(Image.open(io.BytesIO(content)).info).encode()
    for found in re.findall(rb"base64,([A-Za-z0-9+/=]+)", content):
        yield from layers(f"{name}: inside", base64.b64decode(found))


def forms(ids: list[Any], *more: str) -> set[bytes]:
    """What gives an id, a name or an unmapped value away: beginnings of texts in the usual encodings, numbers as a
    machine has them."""
    texts = ["zz-id-", "Zznomen", SECRET, *more, *(["7070707", "707,070,7"] if isinstance(ids[0], int) else [])]
    found = {text.encode(kind) for text in texts for kind in ("utf-8", "utf-16-le", "utf-16-be")}
    found |= {base64.b64encode(text.encode())[: len(text) * 4 // 3 - 1] for text in texts}
    numbers = [number for number in ids[::3] if isinstance(number, int)]
    return found | {np.array(number, dtype=kind).tobytes() for number in numbers for kind in ("<i4", ">i4", "<f8")}


def assert_clean(artifacts: dict[str, bytes], ids: list[Any], *more: str) -> None:
    raws = forms(ids, *more)
    looked_at = 0
    for name, content in artifacts.items():
        for where, part in layers(name, content):
            looked_at += 1
            found = [raw for raw in raws if raw in part]
            assert not found, f"{where} has {found[:3]}"
    assert looked_at >= len(artifacts) > 0


def pictures(plots: ResultPlots | ContestPlots) -> dict[str, bytes]:
    made = {}
    for name, method in inspect.getmembers(plots, callable):
        if name.startswith("_") or name == "grid":  # a grid has no picture without two varied fields; below
            continue
        for kind in ("png", "svg"):
            figure = Figure(figsize=(5, 3))
            takes = inspect.signature(method).parameters
            method(**({"ax": figure.add_subplot()} if "ax" in takes else {"figure": figure}))
            buffer = io.BytesIO()
            figure.savefig(buffer, format=kind)
            made[f"{type(plots).__name__}.{name}.{kind}"] = buffer.getvalue()
    return made


def written(value: gs.Results | gs.Contest, folder: Path, full: bool = True) -> dict[str, bytes]:
    """Everything a result or a comparison writes."""
    folder.mkdir(exist_ok=True)
    paths = [value.save(folder / "a.gsw"), value.to_excel(folder / "a.xlsx")]
    paths += value.to_csv(folder / "tables") if full else []
    paths += [value.to_html(folder / "a.html")] if isinstance(value, gs.Contest) else []
    paths += [value.save(folder / "nobody.gsw", people="aggregate")]
    made = {f"{type(value).__name__}: {path.name}": path.read_bytes() for path in paths}
    return made | {"cell": value._repr_html_().encode()} | (pictures(value.plot) if full else {})


def test_results_and_comparisons(contest: gs.Contest, ids: list[Any], tmp_path: Path) -> None:
    for number, value in enumerate((contest, *contest.results.values())):
        assert_clean(written(value, tmp_path / str(number), full=number < 2), ids, UNMAPPED, SMALL)


def test_what_is_opened_and_saved_again(contest: gs.Contest, ids: list[Any], tmp_path: Path) -> None:
    path = contest.save(tmp_path / "a.gsw")
    for number, key in enumerate((None, gs.own_key())):
        assert_clean(written(gs.load(path, key=key), tmp_path / str(number), full=False), ids, UNMAPPED, SMALL)


def test_manifests_scenarios_and_cells(contest: gs.Contest, ids: list[Any], tmp_path: Path) -> None:
    made: dict[str, bytes] = {}
    for label, result in contest.results.items():
        made[f"{label}: manifest"] = json.dumps(dict(result.manifest)).encode()
        made[f"{label}: yaml"] = result.scenario.to_yaml().encode()
        made[f"{label}: label"] = label.encode()
        made[f"{label}: scenario's cell"] = result.scenario._repr_html_().encode()
        made[f"{label}: explanation's cell"] = result.explain("unique_reach")._repr_html_().encode()
        made[f"{label}: texts"] = (
            f"{result!r}{result.scenario!r}{contest!r}{result.scenario.describe().to_csv()}".encode()
        )
        made[f"{label}: parameters"] = result.scenario.parameters().to_csv().encode()
    assert_clean(made, ids, UNMAPPED)
    company = contest.results["None"].scenario.company
    cells = {
        "company": company._repr_html_(),
        "text": repr(company),
        "suggestion": gs.Company.suggest_columns(export(ids))._repr_html_(),
    }
    assert UNMAPPED in cells["company"]  # these two name the columns of the export, which is what they are for
    assert_clean({name: cell.encode() for name, cell in cells.items()}, ids)


def test_two_periods(contest: gs.Contest, ids: list[Any]) -> None:
    columns = {"id": "Who", "department": "Unit", "left": "Gone"}
    fewer = gs.Company.from_frames(export(ids).iloc[6:], columns=columns, name="Firm")
    last = contest.results["None"]
    periods = gs.compare_periods(last, last.scenario.replace(company=fewer, label="None"), progress=False)
    some = periods.changes.set_index("what").loc["left", "examples"].split(", ")
    assert {str(name) for name in ids[:6]} >= set(some) != set()
    texts = (repr(periods), periods._repr_html_(), periods.sentence(), periods.warnings.to_csv(), periods.diff.to_csv())
    assert_clean({str(place): text.encode() for place, text in enumerate(texts)}, ids, UNMAPPED, SMALL)


def test_a_grid_of_named_advocates(contest: gs.Contest, ids: list[Any], tmp_path: Path) -> None:
    base = contest.results["Named"].scenario
    teams = [
        gs.ActiveAdvocates(names=ids[:4]),
        gs.ActiveAdvocates(names=ids[4:9]),
        gs.ActiveAdvocates(names=["nobody"]),
    ]
    grid = gs.grid(base, {"program.advocates": teams}, worlds=2, replicates=1, progress=False)
    assert len(grid.failed) == 1
    made = written(grid, tmp_path)
    figure = Figure()
    grid.plot.grid(ax=figure.add_subplot())
    figure.savefig(tmp_path / "grid.svg")
    made["grid.svg"] = (tmp_path / "grid.svg").read_bytes()
    assert_clean(made, ids, UNMAPPED)


def test_the_demo_folder(contest: gs.Contest, ids: list[Any], tmp_path: Path) -> None:
    paths = write_contest(contest, tmp_path).kept
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)
    assert_clean({path.name: path.read_bytes() for path in paths}, ids, UNMAPPED, SMALL)


def scenario_file(ids: list[Any], folder: Path, name: str) -> Path:
    """As an analyst writes it: the names are in the analyst's own file."""
    export(ids).to_csv(folder / "hr.csv", index=False)
    named = json.dumps(ids[:5])
    text = f"""groundswell_scenario: 1
label: {name}
start: 2027-01-04
weeks: 5
warm_up_weeks: 0
follow_up_weeks: 0
company:
  csv: hr.csv
  columns: {{id: Who, department: Unit, satisfaction: {{scale: [Mood, 1, 4]}}, left: Gone}}
program: {{advocates: {{names: {named}}}, posts_per_week: 3}}
"""
    (folder / f"{name}.yaml").write_text(text)
    return folder / f"{name}.yaml"


def test_the_command_line(ids: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of cached worlds among them; `validate` runs made-up companies only, and takes minutes."""
    monkeypatch.setenv("GROUNDSWELL_CACHE", str(tmp_path / "out" / "worlds"))
    one, other = (str(scenario_file(ids, tmp_path, name)) for name in ("One", "Other"))
    out, size = tmp_path / "out", ["--worlds", "2", "--replicates", "1"]
    commands = {
        "run": [one, *size, "--out", str(out / "run")],
        "compare": [one, other, "--set", "program.posts_per_week=2", *size, "--out", str(out / "compare")],
        "estimate": [one, *size],
        "demo": ["--employees", "40", "--weeks", "5", *size, "--out", str(out / "demo")],
        "parameters": [one],
        "presets": [],
        "select": [one],
        "init": [
            *("--hr", str(tmp_path / "hr.csv"), "--id", "Who", "--left", "none"),
            *("--use", "all", "--out", str(out / "init")),
        ],
        "rerun": [str(out / "run" / "result.gsw")],
        "cache": ["show"],
    }
    assert set(commands) == COMMANDS - {"validate"}
    made = {}
    folder = [str(out / "init"), "--set", "weeks=5", *size]
    for name, arguments in [*commands.items(), ("compare", folder)]:
        ran = CliRunner().invoke(cli.app, [name, *arguments])
        assert ran.exit_code == 0, ran.output
        made[f"output of {name} {arguments[:1]}"] = ran.output.encode()
    made |= {str(path): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert len(made) >= 15
    assert any(name.endswith(".gsworld") for name in made)
    said = {name: text for name, text in made.items() if name.startswith("output of ")}
    assert_clean(said, ids, SMALL)  # a column that is not used is named on the screen, and in no file
    assert_clean({name: text for name, text in made.items() if name not in said}, ids, UNMAPPED, SMALL)


def test_aggregate_shows_no_person(ids: list[Any], tmp_path: Path) -> None:
    """Neither under a pseudonym: no row, no tie, no department, and nothing to tell who was named."""
    contest = study(ids, people="aggregate")
    demo = write_contest(contest, tmp_path / "demo").kept
    made = written(contest, tmp_path) | {"demo": b"".join(path.read_bytes() for path in demo)}
    key = gs.own_key()
    pseudonyms = [form for name in key.pseudonyms(ids) for form in (name, name[1:])]
    assert_clean(made, ids, UNMAPPED, SMALL, "Zzplant", *pseudonyms)
    opaque = {bytes.fromhex(name[1:]) for name in key.pseudonyms(ids)} | set(key.seal(ids))
    for name, content in made.items():
        for where, part in layers(name, content):
            assert not [raw for raw in opaque if raw in part], where
    with zipfile.ZipFile(tmp_path / "a.gsw") as archive:
        rows = {
            n: pq.read_metadata(io.BytesIO(archive.read(n))).num_rows
            for n in archive.namelist()
            if n.endswith(".parquet")
        }
        manifest = json.loads(archive.read("manifest.json"))
    assert rows == {
        f"design_{i}/values.parquet": len(contest.results["None"].recording.layout.rows["measure"]) for i in range(3)
    }
    assert manifest["people"] == "aggregate"
    assert [design["advocates"] for design in manifest["designs"]] == [None, 9, 4]
    assert all(result.manifest["people"] == "aggregate" for result in contest.results.values())


def test_the_search_finds_what_is_there(ids: list[Any], tmp_path: Path) -> None:
    """The same search over files that do hold ids: deep in a zip, in Parquet, in the metadata of a picture, encoded."""
    frame, image = export(ids), Image.new("L", (2, 2))
    frame.to_parquet(tmp_path / "p.parquet")
    frame.to_excel(tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "x.xlsx", "x.xlsx")
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", NAMES[3], zip=True)
    image.save(tmp_path / "i.png", pnginfo=info)
    inside = base64.b64encode((tmp_path / "i.png").read_bytes())
    dirty = {path.name: path.read_bytes() for path in tmp_path.iterdir()} | {
        "page": b'<img src="data:image/png;base64,' + inside + b'">'
    }
    dirty |= {
        "machine": np.array(NUMBER_IDS).tobytes(),
        "wide": NAMES[0].encode("utf-16-le"),
        "pickle": pickle.dumps(frame),
    }
    for name, content in dirty.items():
        with pytest.raises(AssertionError, match="has"):
            assert_clean({name: content}, NUMBER_IDS if name == "machine" else ids)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_writer_in_the_code_is_known() -> None:
    """`MAKES_BYTES` are what `study.study:save` writes."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for function in functions(ast.parse(path.read_text())):
            calls = {_called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
            if any(WRITES.fullmatch(name) for name in calls):
                found.add(f"{module}:{function.name}")
    assert found - MAKES_BYTES - READERS == set(WRITERS)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_every_cell_method_and_command_is_known() -> None:
    cells = {
        owner.name
        for path in PACKAGE.rglob("*.py")
        for owner in ast.walk(ast.parse(path.read_text()))
        if isinstance(owner, ast.ClassDef) and any(f.name == "_repr_html_" for f in functions(owner))
    }
    assert cells == CELLS
    commands = {command.name or getattr(command.callback, "__name__", "") for command in cli.app.registered_commands}
    assert commands == COMMANDS
    for name, known in METHODS.items():
        owner: Callable[..., Any] = getattr(gs, name)
        methods = {method for method in dir(owner) if re.match(r"save|to_|write|export|dump", method)}
        assert methods == known, name
