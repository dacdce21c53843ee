"""The hold-out protocol: a report names the bands that it was measured against, and no run is forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.python.validation.test_validation_report import validation

import groundswell as gs
from groundswell.errors import InvalidInput
from groundswell.validation.protocol import REGISTER, fingerprint_of_bands, register
from groundswell.validation.report import text
from groundswell.validation.targets.table import TARGETS


def test_a_moved_band_is_another_fingerprint() -> None:
    """So are another tag and another scenario; the order of the table and a note are not."""
    first, *others = TARGETS
    assert first.band is not None
    for changed in ({"band": (first.band[0], first.band[1] + 0.01)}, {"tag": "emergent"}, {"scenario": "none"}):
        assert fingerprint_of_bands([replace(first, **changed), *others]) != fingerprint_of_bands()
    assert fingerprint_of_bands([*others, replace(first, note="said in other words")]) == fingerprint_of_bands()


def test_every_run_that_is_saved_is_one_line_more(tmp_path: Path) -> None:
    found = validation()
    register(found, tmp_path, "0.2.0")
    path = register(found, tmp_path, "0.3.0")
    head, first, second = path.read_text().splitlines()
    assert head == "date,version,bands,seed,worlds,replicates,passed,failed,undecided"
    verdicts = [line.verdict for line in found.lines]
    counts = ",".join(str(verdicts.count(name)) for name in ("pass", "fail", "undecided"))
    assert first == f"2026-11-22,0.2.0,{fingerprint_of_bands()},3,6,2,{counts}"
    assert second == first.replace("0.2.0", "0.3.0")
    assert fingerprint_of_bands() in text(found, [])


def test_a_register_that_is_something_else_is_not_written_over(tmp_path: Path) -> None:
    """The error names the file, and the file stays."""
    (tmp_path / REGISTER).write_text("a,b\n1,2\n")
    with pytest.raises(InvalidInput, match=f"{REGISTER}: must have the columns date"):
        register(validation(), tmp_path, "0.2.0")
    assert (tmp_path / REGISTER).read_text() == "a,b\n1,2\n"


def test_the_report_was_measured_against_the_bands_of_the_table() -> None:
    """A band that moves after the run needs a new run; the register's last line is that run."""
    folder = Path(__file__).resolve().parents[3] / "docs" / "results"
    assert f"fingerprint {fingerprint_of_bands()};" in (folder / "validation.md").read_text(encoding="utf-8")
    last = (folder / REGISTER).read_text(encoding="utf-8").splitlines()[-1]
    assert f",{fingerprint_of_bands()}," in last


@pytest.mark.parametrize("changes", [[1], "feed.viewer_limit", {3: 1}])
def test_changes_are_by_address(changes: object) -> None:
    with pytest.raises(gs.InvalidInput, match=r"^changes.*: must be (a dict by address|text)"):
        gs.validate(changes=changes)
    for wrong in ({"data": 3}, {"draws": "a"}, {"quick": "no"}):
        with pytest.raises(gs.InvalidInput, match="must be"):
            gs.validate(**wrong)
