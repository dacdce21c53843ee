"""The checksum by which two builds are compared: a changed bit of a number changes it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.util import spec_from_file_location
from pathlib import Path

import numpy as np
import pandas as pd

import groundswell as gs

TOOL = Path(__file__).resolve().parents[2] / "tools" / "table_checksum.py"


def checksum(study: Path) -> str:
    ran = subprocess.run([sys.executable, TOOL, study], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_equal_runs_have_equal_checksums_and_others_another(tmp_path: Path) -> None:
    base = gs.Scenario(gs.Company.synthetic(employees=30), "2027-01-04", 4, "None", warm_up_weeks=0, follow_up_weeks=0)
    program = gs.Program(advocates=gs.ActiveAdvocates(size=5), posts_per_week=2)
    some = base.replace(label="Some", program=program)
    first = gs.compare([some], base, worlds=2, replicates=2, threads=1)
    again = gs.compare([some], base, worlds=2, replicates=2, threads=2)
    same = checksum(first.save(tmp_path / "first.gsw"))
    assert len(same) == 64
    assert checksum(again.save(tmp_path / "again.gsw")) == same
    more = again.extend(replicates=3)
    assert checksum(more.save(tmp_path / "more.gsw")) != same


def test_one_bit_of_one_number_counts() -> None:
    class Study:
        def __init__(self, value: float) -> None:
            self.value = value

        def table(self) -> pd.DataFrame:
            return pd.DataFrame({"measure": ["posts", "clicks"], "mean": [1.0, self.value]})

    tool = importlib.util.module_from_spec(spec_from_file_location("table_checksum", TOOL))
    tool.__spec__.loader.exec_module(tool)
    assert tool.checksum(Study(0.1)) == tool.checksum(Study(0.1))
    assert tool.checksum(Study(0.1)) != tool.checksum(Study(np.nextafter(0.1, 1)))


def test_a_single_result_is_refused(tmp_path: Path) -> None:
    scenario = gs.Scenario(gs.Company.synthetic(employees=30), "2027-01-04", 4, warm_up_weeks=0, follow_up_weeks=0)
    saved = gs.simulate(scenario, worlds=1, replicates=1).save(tmp_path / "one.gsw")
    ran = subprocess.run([sys.executable, TOOL, saved], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "is not a comparison" in ran.stderr
