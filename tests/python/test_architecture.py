"""Includes and imports follow the arrows of docs/ARCHITECTURE.md; files, folders and functions keep to their sizes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

from groundswell.common import verbs

ROOT = Path(__file__).resolve().parents[2]
CPP = ROOT / "cpp"
PYTHON = ROOT / "python" / "groundswell"

# Lowest first: a layer may include itself and what stands before it.
CPP_LAYERS = ["core", "model", "world", "levers", "engine", "runner", "bindings"]
CPP_BESIDE = {"spread": {"core", "spread"}}  # stands on core alone; only the bindings include it
CPP_APART = {"bench": {"core", "model", "world", "levers", "engine", "runner", "bench"}}  # nothing includes it

# Lowest first: a module may import from its own room and from the rooms in the rows before it. A room is a folder; the
# modules `errors` and `evidence` and the compiled `_core` are rooms of their own.
ROOMS: list[set[str]] = [
    {"errors"},
    {"evidence"},
    {"_core"},  # raises the classes of errors
    {"common"},
    {"spread"},
    {"exports"},
    {"company/table"},
    {"company"},
    {"scenario/schema"},
    {"scenario/model"},
    {"scenario/program"},
    {"scenario"},
    {"results"},
    {"worlds"},
    {"run"},
    {"decide"},
    {"study", "plots"},
    {"output", "validation", "starter"},
    {"cli"},
    {""},  # groundswell/__init__.py
]
# Where an import inside a function avoids a cost. The command line answers --help and usage errors without the engine.
IMPORTS_WHEN_CALLED = {"cli"}

MOST_MODULES = 20  # in a folder
SIZES = {".hpp": 200, ".cpp": 350, ".py": 300}
MOST_FUNCTION_LINES = 60
USUAL_FUNCTION_LINES = 20  # of 19 functions in 20
MOST_PRIVATE_METHODS = 20


@dataclass(frozen=True)
class Import:
    """One module that a module imports, and how: when loaded, when called, or for types only."""

    by: str
    of: str
    kind: str


def cpp_files() -> list[Path]:
    return sorted([*CPP.rglob("*.hpp"), *CPP.rglob("*.cpp")])


def python_files() -> list[Path]:
    return sorted(PYTHON.rglob("*.py"))


def module_of(path: Path) -> str:
    """The name below `groundswell` with slashes: `results/frames`, `results` for its __init__, "" for the package."""
    name = path.relative_to(PYTHON).with_suffix("").as_posix()
    return name.removesuffix("__init__").rstrip("/")


MODULES = {module_of(path): path for path in python_files()}


def named(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """The modules of groundswell that an import statement names."""
    if isinstance(node, ast.Import):
        wanted = [alias.name for alias in node.names]
    elif node.level:
        pytest.fail("relative imports hide where an arrow goes")
    else:
        module = node.module or ""
        wanted = [f"{module}.{alias.name}" for alias in node.names]
    for name in wanted:
        parts = name.split(".")
        if parts[0] == "groundswell":
            inner = "/".join(parts[1:])
            found = next(
                (known for known in (inner, inner.rpartition("/")[0]) if known in MODULES or known == "_core"), None
            )
            yield inner if found is None else found


def imports() -> list[Import]:
    """Every import of one module of groundswell by another: load, lazy and type."""
    found: list[Import] = []

    def visit(node: ast.AST, by: str, kind: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                found.extend(Import(by, of, kind) for of in named(child) if of != by)
            elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                for part in child.body:
                    visit(ast.Module([part], []), by, "type")
                visit(ast.Module(child.orelse, []), by, kind)
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                visit(child, by, "lazy")
            else:
                visit(child, by, kind)

    for module, path in MODULES.items():
        visit(ast.parse(path.read_text()), module, "load")
    return found


def room_of(module: str) -> str:
    """The room a module lies in: the innermost folder that is one."""
    rooms = set().union(*ROOMS)
    if module in rooms:
        return module
    while module:
        module = module.rpartition("/")[0]
        if module in rooms and module:
            return module
    return "no room"


def rank(module: str) -> int:
    room = room_of(module)
    for number, row in enumerate(ROOMS):
        if room in row:
            return number
    pytest.fail(f"{module} lies in no room: put it into a folder of ROOMS, or name a new room there")


def functions(path: Path) -> dict[str, int]:
    """Lines of every function of a file, without its docstring."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            found[f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}"] = lines
    return found


def calls(path: Path, names: set[str]) -> list[ast.Call]:
    """Calls of functions by these names."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in names]


def test_includes_follow_the_arrows() -> None:
    wrong: list[str] = []
    for path in cpp_files():
        layer = path.relative_to(CPP).parts[0]
        allowed = {**CPP_APART, **CPP_BESIDE}.get(layer) or set(CPP_LAYERS[: CPP_LAYERS.index(layer) + 1])
        allowed = allowed | set(CPP_BESIDE) if layer == "bindings" else allowed
        wrong.extend(
            f"{path.relative_to(ROOT)} includes {included}"
            for included in re.findall(r'#include "([^"]+)"', path.read_text())
            if included.split("/")[0] not in allowed or not (CPP / included).is_file()
        )
    assert wrong == []


def test_libraries_link_only_what_is_below() -> None:
    for layer in CPP_LAYERS:
        text = (CPP / layer / "CMakeLists.txt").read_text()
        linked = set(re.findall(r"\bgs_(core|spread|model|world|levers|engine|runner)\b", text)) - {layer}
        beside = set(CPP_BESIDE) if layer == "bindings" else set()
        assert linked <= set(CPP_LAYERS[: CPP_LAYERS.index(layer)]) | beside, layer
    for layer, below in CPP_BESIDE.items():
        text = (CPP / layer / "CMakeLists.txt").read_text()
        assert set(re.findall(r"\bgs_(\w+)\b", text)) - {"layer"} <= below, layer


def test_core_has_no_domain_word() -> None:
    words = r"\b(employees?|advocates?|linkedin|awareness|reshares?|followers?)\b"
    named_there = {"streams.hpp", "keyed_hash.hpp"}  # the closed list of decisions; what the words of a view decide
    for path in sorted((CPP / "core").glob("*.?pp")):
        if path.name not in named_there:
            assert re.findall(words, path.read_text(), flags=re.IGNORECASE) == [], path.name


def test_every_module_lies_in_a_room() -> None:
    assert [module for module in MODULES if module and room_of(module) == "no room"] == []


def test_every_room_has_code() -> None:
    empty = [room for row in ROOMS for room in row if room not in ("_core", "") and room not in map(room_of, MODULES)]
    assert empty == []


def test_imports_follow_the_arrows() -> None:
    """Of all three kinds: a type needed from above is an arrow too."""
    wrong = [
        f"{one.by} imports {one.of} ({one.kind})"
        for one in imports()
        if rank(one.of) > rank(one.by) or (rank(one.of) == rank(one.by) and room_of(one.of) != room_of(one.by))
    ]
    assert wrong == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph: dict[str, set[str]] = {}
    for one in imports():
        graph.setdefault(one.by, set()).add(one.of)
    TopologicalSorter(graph).prepare()  # raises CycleError naming the ring


def test_imports_inside_functions_only_where_they_avoid_a_cost() -> None:
    lazy = {f"{one.by} imports {one.of}" for one in imports() if one.kind == "lazy"}
    assert {text for text in lazy if room_of(text.split(" ", maxsplit=1)[0]) not in IMPORTS_WHEN_CALLED} == set()


def test_nothing_is_imported_behind_the_back_of_this_file() -> None:
    """By name, at run time: only bodies of verbs, old names of modules, and what the package loads when asked for."""
    by_name = {"importlib.import_module", "import_module", "__import__"}
    known = {"common/verbs.py", "common/moved_modules.py", "__init__.py"}
    found = {path.relative_to(PYTHON).as_posix() for path in python_files() if calls(path, by_name)}
    assert found <= known
    assert not [path for path in python_files() if "sys.modules[" in path.read_text()]


def test_every_verb_has_a_body_and_every_body_a_verb() -> None:
    """Methods whose bodies live in a higher layer are bound in groundswell/__init__.py."""
    used = set()
    for path in python_files():
        is_facade = path.name == "pictures.py" and path.parent.name in ("results", "decide")
        for call in calls(path, {"verbs.body"} | ({"draw"} if is_facade else set())):
            if is_facade and ast.unparse(call.args[0]) == "picture":
                continue  # the one function there that passes the name on
            assert isinstance(call.args[0], ast.Constant), f"{path}: a verb is named by a literal"
            used.add(call.args[0].value)
    assert used == set(verbs.bound())
    for name in used:
        assert callable(verbs.body(name)), name


def test_the_arrows_are_those_of_the_document() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text()
    found = re.search(r"^C\+\+ +(.+)\n^Python +(.+)$", text, flags=re.MULTILINE)
    assert found, "docs/ARCHITECTURE.md shows the arrows in two lines"
    line, *beside = found[1].split("<-")
    assert [name.strip() for name in line.split("->")] == CPP_LAYERS[::-1]
    assert [name.strip() for name in beside] == list(CPP_BESIDE)
    written = [re.split(r"[ ,|]+", group.strip()) for group in found[2].split("->")]
    ranks = [[rank(name) for name in group] for group in written]
    for upper, lower in pairwise(ranks):
        assert min(upper) > max(lower)
    assert {name for group in written for name in group} == set().union(*ROOMS) - {""}


def test_folders_keep_to_their_size() -> None:
    folders: dict[Path, int] = {}
    for path in python_files():
        folders[path.parent] = folders.get(path.parent, 0) + 1
    assert {str(folder): number for folder, number in folders.items() if number > MOST_MODULES} == {}


@pytest.mark.parametrize("suffix", SIZES)
def test_files_keep_to_their_size(suffix: str) -> None:
    large = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in [*cpp_files(), *python_files()]
        if path.suffix == suffix and len(path.read_text().splitlines()) > SIZES[suffix]
    }
    assert large == {}


def test_functions_keep_to_their_size() -> None:
    lines = {name: size for path in python_files() for name, size in functions(path).items()}
    assert {name: size for name, size in lines.items() if size > MOST_FUNCTION_LINES} == {}
    assert sorted(lines.values())[len(lines) * 19 // 20] <= USUAL_FUNCTION_LINES


def test_no_class_hides_many_methods() -> None:
    crowded = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                private = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name[0] == "_"]
                crowded[f"{path.name}:{node.name}"] = len(private)
    assert {name: number for name, number in crowded.items() if number > MOST_PRIVATE_METHODS} == {}
