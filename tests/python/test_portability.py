"""What depends on the operating system or the processor stands in one place, with a fallback."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CPP = ROOT / "cpp"

# `system` asks and decides, `inline` has the compilers' words for one thing, the two kernels are compiled only where
# their instructions are; bench is not in the wheel.
PLACES = re.compile(r"core/(system\.[ch]pp|inline\.hpp|view_filter_avx(2|512)\.cpp)$|bench/")
DEPENDENT = re.compile(
    r"__builtin_\w+|__attribute__|_mm\d*_\w+|\b__(?:linux|x86_64|APPLE|WIN32|MSC_VER)\w*|\b_(?:WIN32|MSC_VER|M_X64)\b"
    r"|<(?:immintrin|xmmintrin|intrin|x86intrin|windows|unistd|sys/\w+|linux/\w+|pthread|sched)\.h>"
)

# Folders of one machine or person. The logs in docs/results may name them: they tell of the machine that they ran on.
OF_A_MACHINE = re.compile(r"(?<![\w.~*$}])/(?:root|home|work|tmp|Users|mnt|srv)\b|\b[A-Z]:\\+Users\b")


def test_only_core_system_knows_the_machine() -> None:
    wrong = []
    for path in sorted([*CPP.rglob("*.hpp"), *CPP.rglob("*.cpp")]):
        name = path.relative_to(CPP).as_posix()
        found = set(DEPENDENT.findall(path.read_text()))
        if found and not PLACES.search(name):
            wrong.append(f"{name}: {', '.join(sorted(found))}")
    assert wrong == []


def test_the_pattern_finds_what_it_is_for() -> None:
    for text in ("__builtin_prefetch(p)", "#include <sys/mman.h>", "#if defined(__linux__)", "_mm256_add_epi32(a, b)"):
        assert DEPENDENT.search(text)
    for name in ("core/system.cpp", "core/view_filter_avx2.cpp", "core/view_filter_avx512.cpp"):
        assert DEPENDENT.search((CPP / name).read_text())


def test_python_asks_for_what_not_every_system_has() -> None:
    """Calls that Windows or macOS lack stand behind a check of the module for them."""
    missing = re.compile(r"\bos\.(sched_getaffinity|fork|getuid|chown|O_NOFOLLOW)\b|\bimport (fcntl|resource|pwd)\b")
    wrong = []
    for path in sorted((ROOT / "python" / "groundswell").rglob("*.py")):
        lines = path.read_text().splitlines()
        for before, line in zip(["", *lines], lines, strict=False):
            found = missing.search(line)
            if found and "hasattr(os" not in line and not before.startswith("if sys.platform"):
                wrong.append(f"{path.name}: {line.strip()}")
    assert wrong == []


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="no clone: nothing is tracked")
def test_no_file_names_a_path_of_a_machine() -> None:
    command = ["git", "grep", "--cached", "-I", "--name-only", "-e", "", "--", ":!docs/results/*.log"]
    tracked = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    assert "README.md" in tracked
    named = {name: OF_A_MACHINE.findall((ROOT / name).read_text()) for name in tracked if (ROOT / name).exists()}
    assert {name: found for name, found in named.items() if found} == {}


def test_the_pattern_of_paths_finds_what_it_is_for() -> None:
    for parts in (["", "home", "ann", "x.csv"], ["", "tmp", "x"], ["see ", "work", "notes.md"], ["C:", "Users"]):
        assert OF_A_MACHINE.search(("\\" if parts[0] == "C:" else "/").join(parts))
    for text in ("https://a.org/home/x", "../work/x", "~/work", "${ROOT}/tmp", "at home/work"):
        assert not OF_A_MACHINE.search(text)
