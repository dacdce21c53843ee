"""Ratios of two revisions: of turns that stand beside each other, and of decisions at the same half-width."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = spec_from_file_location("bench_against", ROOT / "tools" / "bench_against.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_ratios_are_of_neighboring_turns(bench: ModuleType) -> None:
    assert bench.ratios([4.0, 9.0], [2.0, 3.0]) == [2, 3]
    assert bench.told([2.0, 3.0, 7.0]) == "3.00 (2.00 to 7.00)"


def test_a_decision_of_half_the_width_is_worth_four_times_the_time(bench: ModuleType) -> None:
    before, after = {"amount": 8.0, "se": {"x": 2.0}}, {"amount": 8.0, "se": {"x": 1.0}}
    assert bench.at_equal_width([before], [after], "x") == [4]
    assert bench.at_equal_width([before], [before], "x") == [1]


@pytest.mark.parametrize("case", ["view", "world"])
def test_a_side_gives_the_same_numbers_again(case: str) -> None:
    """A case in a process of its own, as both revisions are asked; 60 people."""
    command = [sys.executable, "-W", "ignore", str(ROOT / "tools" / "bench_against_case.py"), case, "60", "same"]
    done = subprocess.run(
        command, input="0\n0\n1\n", capture_output=True, text=True, check=True, env=dict(os.environ), timeout=600
    )
    first, again, other = (json.loads(line) for line in done.stdout.splitlines())
    assert first["checksum"] == again["checksum"] != other["checksum"]
    assert first["amount"] > 0
