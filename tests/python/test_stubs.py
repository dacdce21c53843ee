"""The committed stub is the one that the compiled module gives."""

from __future__ import annotations

import difflib
import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_stub_agrees_with_the_module() -> None:
    spec = importlib.util.spec_from_file_location("stubs", ROOT / "tools" / "stubs.py")
    assert spec
    assert spec.loader
    stubs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stubs)
    committed = stubs.STUB.read_text().splitlines()
    made = stubs.generated().splitlines()
    difference = list(difflib.unified_diff(committed, made, "committed", "module", lineterm=""))
    assert difference == [], "run `make stubs` and commit the result"
