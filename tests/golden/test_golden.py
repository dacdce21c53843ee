"""No number moves unseen: golden tables, a study of version 0.3, and what earlier versions saved and pickled."""

from __future__ import annotations

import gzip
import pickle
from importlib import import_module
from itertools import zip_longest

import numpy as np
import pytest

import groundswell as gs
from groundswell.common.moved_modules import MOVED

from .tables import FOLDER, STUDY, TABLES

NUMBERS = 162_450


@pytest.mark.parametrize("name", TABLES)
def test_numbers_are_those_of_the_golden_table(name: str) -> None:
    golden = (FOLDER / f"{name}.txt").read_text().splitlines()
    now = TABLES[name]().splitlines()
    moved = [f"was {old}\n now {new}" for old, new in zip_longest(golden, now) if old != new]
    assert moved == [], f"{len(moved)} of {len(golden)} lines moved; `make golden` where that is meant"


def test_a_study_of_version_0_3_reruns_with_every_number_identical() -> None:
    again = gs.rerun(FOLDER / "study_of_version_0.3.gsw", progress=False)
    assert again.identical == again.numbers
    assert again.numbers == NUMBERS


def test_a_rerun_of_a_study_of_version_0_2_says_why_its_numbers_moved() -> None:
    """Posts differ, opinion fades, advocates leave since 0.3."""
    again = gs.rerun(FOLDER / "study_of_version_0.2.gsw", progress=False)
    assert again.numbers == 161_100
    assert again.of_another_version
    assert again.identical < again.numbers
    assert any(line.startswith("0.3.0: Posts differ in how many see them") for line in again.results_change)


def test_people_of_a_study_of_version_0_1_draw_by_their_place() -> None:
    opened = gs.load(STUDY)
    assert isinstance(opened, gs.Contest)
    company = opened.results[opened.baseline].scenario.company
    assert (company.draw_numbers, company.draw_key) == (None, "")
    assert "draw_numbers" not in company.core_arguments()


def test_a_rerun_of_a_study_of_version_0_1_says_why_its_numbers_moved() -> None:
    """Luck goes by draw numbers since 0.2: only what nothing is drawn for is as it was."""
    again = gs.rerun(STUDY, progress=False)
    assert again.numbers == 161_100
    assert again.of_another_version
    assert again.identical < again.numbers
    assert any(line.startswith("0.2.0: Luck belongs to people") for line in again.results_change)


def test_objects_pickled_by_version_0_1_open() -> None:
    with gzip.open(FOLDER / "objects_of_version_0.1.pickle.gz") as file:
        objects = pickle.load(file)
    contest = objects["contest"]
    assert contest.labels == [contest.baseline, "Few loud", "Invited"]
    assert np.isfinite(contest.table("Few loud", "unique_reach")["difference"]).all()
    assert objects["program"] == objects["invited"].program
    assert objects["scenario"].company == objects["company"]
    assert objects["within"] == gs.within(2)
    assert objects["coverage"] == gs.TieCoverage(0.5)
    assert objects["synthetic"] == gs.Company.synthetic(50)
    assert (objects["company"].draw_numbers, objects["company"].draw_key) == (None, "")
    assert objects["result"].summary().loc["posts", "runs"] == 2
    assert "unique_reach" in repr(objects["explanation"])
    assert repr(objects["estimate"]).startswith("About ")
    assert callable(gs.measures)  # a module of that name has moved, and must not stand in its place


def test_every_old_name_leads_to_a_module() -> None:
    for new in MOVED.values():
        import_module(f"groundswell.{new}")
    for reference in ("simulate:simulate", "compare:compare", "grid:grid", "levers:levers", "overlap:overlap",
                      "study:load", "plots:ResultPlots", "plots:ContestPlots", "validation.target:Target"):  # fmt: skip
        module, _, name = reference.partition(":")
        assert pickle.loads(f"cgroundswell.{module}\n{name}\n.".encode())
