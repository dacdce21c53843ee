"""Includes and imports follow the arrows of docs/ARCHITECTURE.md; files keep to their sizes."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CPP = ROOT / "cpp"
PYTHON = ROOT / "python" / "groundswell"

# Lowest first: a layer may include itself and what stands before it.
CPP_LAYERS = ["core", "model", "world", "levers", "engine", "runner", "bindings"]
CPP_APART = {"bench": {"core", "model", "world", "levers", "engine", "runner", "bench"}}  # nothing includes it

# Lowest first: a module may import, when it is loaded, from its own row and the rows before it.
PYTHON_LAYERS: list[set[str]] = [
    {"_core", "errors", "evidence", "limits"},
    {"files", "html", "ids", "memory", "people", "progress", "ranks", "statistics"},
    {
        *("check", "company", "company_columns", "company_facts", "company_identity"),
        *("company_saved", "company_tables", "company_text"),
        "given_audience",
        *("min_group", "pseudonyms", "scenario", "scenario_file", "select", "suggest", "suggest_rules", "ties"),
        *("folder", "starter", "starter_choices", "starter_notebook", "starter_texts"),
        *("levers", "presets", "tie_completion", "transformations"),
    },
    {"axes", "dependence", "explain", "export", "grain", "manifest", "measures", "recording", "results"}
    | {"batch", "failures", "interim", "people_frame", "simulate", "world_cache", "writable"},
    {"company_file", "compare", "excel", "plots", "sentence", "study"}
    | {"archive", "cells", "contest", "departments", "estimate", "extend", "grid", "precision"}
    | {"recording_file", "rerun"},
    {"cascades", "demo", "overlap", "presets", "validation"},
    {"cli", "cli_common", "cli_study"},
    {"__init__", "__main__"},
]
# Methods of a value that open something above it (`contest.save`, `result.plot`), imported when they are called.
DEFERRED_UPWARD = {("results", name) for name in ("cascades", "compare", "extend", "plots")}
DEFERRED_UPWARD |= {("batch", "cascades")}  # where that recording was asked for
DEFERRED_UPWARD |= {("writable", name) for name in ("excel", "study")}

SIZES = {".hpp": 200, ".cpp": 350, ".py": 300}
FUNCTION_LINES = 40
# Larger than the guide, each with its reason.
LARGE_FILES: dict[str, str] = {}
LARGE_FUNCTIONS: dict[str, str] = {}


def cpp_files() -> list[Path]:
    return sorted([*CPP.rglob("*.hpp"), *CPP.rglob("*.cpp")])


def python_files() -> list[Path]:
    return sorted(PYTHON.rglob("*.py"))


def part_of(path: Path) -> str:
    """Return the first name under `groundswell`: a module or a subpackage."""
    first = path.relative_to(PYTHON).parts[0]
    return first.removesuffix(".py")


def targets(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Return the parts of groundswell that an import statement names."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif node.level:
        return set()  # inside one subpackage
    elif node.module == "groundswell":
        names = [f"groundswell.{alias.name}" for alias in node.names]
    else:
        names = [node.module or ""]
    return {name.split(".")[1] for name in names if name.startswith("groundswell.")}


def imports(path: Path) -> tuple[set[str], set[str]]:
    """Return what a file imports when loaded and what it imports inside functions, without annotations' imports."""
    loaded: set[str] = set()
    deferred: set[str] = set()

    def visit(node: ast.AST, into: set[str]) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                into |= targets(child)
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                visit(child, deferred)
            else:
                visit(child, into)

    visit(ast.parse(path.read_text()), loaded)
    return loaded - {part_of(path)}, deferred - {part_of(path)}


def rank(part: str) -> int:
    for number, layer in enumerate(PYTHON_LAYERS):
        if part in layer:
            return number
    pytest.fail(f"{part} has no place in PYTHON_LAYERS: add it to the row it belongs to")


def known_parts() -> set[str]:
    return {part_of(path) for path in python_files()} | {"_core"}


def test_includes_follow_the_arrows() -> None:
    wrong: list[str] = []
    for path in cpp_files():
        layer = path.relative_to(CPP).parts[0]
        allowed = CPP_APART.get(layer) or set(CPP_LAYERS[: CPP_LAYERS.index(layer) + 1])
        wrong.extend(
            f"{path.relative_to(ROOT)} includes {included}"
            for included in re.findall(r'#include "([^"]+)"', path.read_text())
            if included.split("/")[0] not in allowed or not (CPP / included).is_file()
        )
    assert wrong == []


def test_libraries_link_only_what_is_below() -> None:
    for layer in CPP_LAYERS:
        text = (CPP / layer / "CMakeLists.txt").read_text()
        linked = set(re.findall(r"\bgs_(core|model|world|levers|engine|runner)\b", text)) - {layer}
        assert linked <= set(CPP_LAYERS[: CPP_LAYERS.index(layer)]), layer


def test_core_has_no_domain_word() -> None:
    words = r"\b(employees?|advocates?|linkedin|awareness|reshares?|followers?)\b"
    named_there = {"streams.hpp", "keyed_hash.hpp"}  # the closed list of decisions; what the words of a view decide
    for path in sorted((CPP / "core").glob("*.?pp")):
        if path.name not in named_there:
            assert re.findall(words, path.read_text(), flags=re.IGNORECASE) == [], path.name


def test_imports_follow_the_arrows() -> None:
    parts = known_parts()
    wrong = [
        f"{path.relative_to(ROOT)} imports {target}"
        for path in python_files()
        for target in sorted(imports(path)[0] & parts)
        if rank(target) > rank(part_of(path))
    ]
    assert wrong == []


def test_imports_inside_functions_go_up_only_where_listed() -> None:
    parts = known_parts()
    found = {
        (part_of(path), target)
        for path in python_files()
        for target in imports(path)[1] & parts
        if rank(target) > rank(part_of(path))
    }
    assert found <= DEFERRED_UPWARD


def test_no_module_imports_itself_by_a_detour() -> None:
    parts = known_parts()
    graph: dict[str, set[str]] = {}
    for path in python_files():
        if part_of(path) != "__init__":
            graph.setdefault(part_of(path), set()).update(imports(path)[0] & parts)
    TopologicalSorter(graph).prepare()  # raises CycleError naming the ring


def test_the_arrows_are_those_of_the_document() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text()
    found = re.search(r"^C\+\+ +(.+)\n^Python +(.+)$", text, flags=re.MULTILINE)
    assert found, "docs/ARCHITECTURE.md shows the arrows in two lines"
    assert [name.strip() for name in found[1].split("->")] == CPP_LAYERS[::-1]
    written = [set(re.split(r"[ ,|]+", group.strip())) for group in found[2].split("->")]
    ranks = [[rank(name) for name in group] for group in written]
    for upper, lower in pairwise(ranks):
        assert min(upper) > max(lower)


@pytest.mark.parametrize("suffix", SIZES)
def test_files_keep_to_their_size(suffix: str) -> None:
    large = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in [*cpp_files(), *python_files()]
        if path.suffix == suffix and len(path.read_text().splitlines()) > SIZES[suffix]
    }
    assert {name: lines for name, lines in large.items() if name not in LARGE_FILES} == {}


def test_functions_keep_to_their_size() -> None:
    large = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                if lines > FUNCTION_LINES:
                    large[f"{path.relative_to(ROOT).as_posix()}:{node.name}"] = lines
    assert {name: lines for name, lines in large.items() if name not in LARGE_FUNCTIONS} == {}


def test_exceptions_are_still_needed() -> None:
    for name in LARGE_FILES:
        path = ROOT / name
        assert len(path.read_text().splitlines()) > SIZES[path.suffix], f"{name} is no longer large"
