"""What depends on the operating system or the processor stands in one place, with a fallback."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPP = ROOT / "cpp"

# `system` asks and decides, the two kernels are compiled only where their instructions are; bench is not in the wheel.
PLACES = re.compile(r"core/(system\.[ch]pp|view_filter_avx(2|512)\.cpp)$|bench/")
DEPENDENT = re.compile(
    r"__builtin_\w+|__attribute__|_mm\d*_\w+|\b__(?:linux|x86_64|APPLE|WIN32|MSC_VER)\w*|\b_(?:WIN32|MSC_VER|M_X64)\b"
    r"|<(?:immintrin|xmmintrin|intrin|x86intrin|windows|unistd|sys/\w+|linux/\w+|pthread|sched)\.h>"
)


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
        for line in path.read_text().splitlines():
            found = missing.search(line)
            if found and "hasattr(os" not in line:
                wrong.append(f"{path.name}: {line.strip()}")
    assert wrong == []
