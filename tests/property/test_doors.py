"""Every public callable, each of its parameters with odd values: a success or a `GroundswellError` that names it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.worlds import cache as world_cache


class Nasty:
    """Neither shown nor hashed."""

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


ODD: dict[str, Any] = {
    "none": None, "true": True, "minus": -1, "half": 0.5, "nan": math.nan, "infinity": -math.inf, "huge": 2**70,
    "hugest": 10**400, "text": "5", "empty text": "", "NUL": "a\0b", "surrogate": "\ud800", "bytes": b"2.8",
    "decimal": Decimal("1.5"), "no decimal": Decimal("NaN"), "fraction": Fraction(1, 3), "complex": 1j,
    "list": [], "list of one": [1], "list of lists": [[1]], "list of none": [None], "dict": {}, "dict of one": {"a": 1},
    "set": {1}, "object": object(), "nasty": Nasty(), "type": int, "function": len, "iterator": iter([b"x"]),
    "numpy bool": np.bool_(True), "numpy float": np.float64(1.5), "numpy nan": np.float32(math.nan),
    "numpy text": np.str_("x"), "array": np.array([1, 2]), "array of objects": np.array([None, 1j], dtype=object),
    "no time": np.datetime64("NaT"), "NA": pd.NA, "NaT": pd.NaT, "frame": pd.DataFrame({"a": [1]}),
    "no rows": pd.DataFrame(), "series": pd.Series([1.0, None]), "date": date(2027, 1, 4), "slice": slice(3),
    "error": gs.InvalidInput("given as a value"), "path": Path("nowhere/at/all"),
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A callable, arguments that it takes, and those of them that are given odd values."""

    call: Callable[..., Any]
    arguments: Mapping[str, Any]
    odd: tuple[str, ...]
    skipped: tuple[str, ...] = ()  # odd values that are no error and cost too much


@cache
def firm() -> gs.Company:
    table = pd.DataFrame({"id": [f"E{i}" for i in range(12)], "dept": ["Sales", "R&D"] * 6})
    ties = pd.DataFrame({"source": ["E1", "E2"], "target": ["E2", "E3"]})
    return gs.Company.from_frames(table, columns={"id": "id", "department": "dept"}, ties=ties)


@cache
def scenario() -> gs.Scenario:
    base = gs.Scenario(firm(), "2027-01-04", weeks=4)
    return base.replace({"audience.person_degree_mean": 5, "audience.smallest_company": 20, "warm_up_weeks": 0})


@cache
def few() -> gs.Scenario:
    return scenario().replace(label="Few", program=gs.Program(advocates=gs.ActiveAdvocates(size=2), posts_per_week=2))


SMALL = {"worlds": 1, "replicates": 1, "threads": 1}


@cache
def result() -> gs.Results:
    return gs.simulate(few(), **SMALL)


@cache
def contest() -> gs.Contest:
    return gs.compare([few()], baseline=scenario(), **SMALL)


STUDY = Path(__file__).resolve().parents[1] / "golden/study_of_version_0.1.gsw"
PERSONS = pd.DataFrame({"id": ["p1", "p2"], "segment": ["buyer", "peer"]})
TIES = pd.DataFrame({"source": ["E1", "p1"], "target": ["p1", "p2"]})
HR = pd.DataFrame({"id": ["a", "b", "c"]})
PAIR = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})


def plain_firm(**given: Any) -> gs.Company:
    return gs.Company.from_frames(HR, columns={"id": "id"}, **given)


def plain_columns(columns: dict[str, Any]) -> gs.Company:
    return gs.Company.from_frames(HR.assign(kind="a"), columns=columns)


def with_audience(**given: Any) -> gs.Company:
    bare = gs.Company.from_frames(HR.assign(id=["E1", "E2", "E3"]), columns={"id": "id"})
    return bare.with_audience(**given)


CALLABLE = ("type", "function")  # as progress: called, and what they raise is theirs
RUN = ("worlds", "replicates", "seed", "threads", "progress", "people", "record")
PLAN = {**SMALL, "seed": 1, "progress": False, "people": "full", "record": ()}
PRECISE = {"precision": None, "max_worlds": 50}
VIEW = {"measures": None, "by": None, "window": "horizon"}
FACTS = (
    "page_followers", "page_followers_x", "people_recruiter_share", "currency", "growth_per_year",
    "market_price_per_click",
)  # fmt: skip
LEVERS = ("posts_per_week", "company_content_fraction", "platforms", "own_words", "mix", "mode", "recognition", "money")

DOORS: dict[str, Callable[[], Door]] = {
    "simulate": lambda: Door(gs.simulate, {"scenario": few(), **PLAN}, ("scenario", *RUN), CALLABLE),
    "compare": lambda: Door(
        gs.compare,
        {"designs": [few()], "baseline": scenario(), **PLAN, **PRECISE},
        ("designs", "baseline", *RUN, *PRECISE),
        CALLABLE,
    ),
    "grid": lambda: Door(
        gs.grid,
        {"scenario": few(), "fields": {"program.posts_per_week": [1]}, "baseline": None, **SMALL, **PRECISE},
        ("scenario", "fields", "baseline", "worlds", "threads", *PRECISE),
    ),
    "grid.values": lambda: Door(
        lambda fields: gs.grid(few(), {"program.posts_per_week": fields}, **SMALL), {"fields": [1]}, ("fields",)
    ),
    "grid.rows": lambda: Door(
        lambda rows: gs.grid(few(), rows=rows, **SMALL), {"rows": pd.DataFrame({"weeks": [4]})}, ("rows",), ("none",)
    ),
    "estimate": lambda: Door(
        gs.estimate, {"scenarios": few(), **SMALL, "seed": 1}, ("scenarios", "worlds", "replicates", "seed", "threads")
    ),
    "overlap": lambda: Door(
        gs.overlap,
        {"scenario": few(), "sizes": (2,), "worlds": 1, "seed": 1, "platform": "linkedin", "groups": 1, "threads": 1},
        ("scenario", "sizes", "worlds", "seed", "platform", "groups", "threads"),
    ),
    "load": lambda: Door(gs.load, {"path": STUDY, "key": None}, ("path", "key")),
    "rerun": lambda: Door(gs.rerun, {"path": "x.gsw"}, ("path",)),
    "read_folder": lambda: Door(gs.read_folder, {"folder": "x", "changes": ()}, ("folder",)),
    "read_key": lambda: Door(gs.read_key, {"path": "x"}, ("path",)),
    "create_key": lambda: Door(gs.create_key, {"path": "/nowhere/x"}, ("path",), ("text", "surrogate")),
    "cache": lambda: Door(gs.cache, {"folder": None, "gib": 20.0}, ("folder", "gib"), ("text", "path")),
    "evidence": lambda: Door(gs.evidence, {"rows": None}, ("rows",)),
    "segments": lambda: Door(gs.segments, {"scenario": None}, ("scenario",)),
    "within": lambda: Door(gs.within, {"width": 1}, ("width",)),
    "within_percent": lambda: Door(gs.within_percent, {}, ("width",)),
    "presets.find": lambda: Door(gs.presets.find, {"name": "x"}, ("name",)),
    "Company.synthetic": lambda: Door(
        gs.Company.synthetic, {"employees": 9, "name": "A"}, ("employees", "name", *FACTS)
    ),
    "ties": lambda: Door(plain_firm, {"ties": PAIR, "ties_coverage": None}, ("ties", "ties_coverage")),
    "from_frames": lambda: Door(
        gs.Company.from_frames,
        {"hr": HR, "columns": {"id": "id"}, "as_of": None, "name": "A", "key": None},
        ("hr", "columns", "as_of", "name", "key", *FACTS),
        ("frame", "no rows"),  # named by what they lack
    ),
    "suggest_columns": lambda: Door(gs.Company.suggest_columns, {"hr": HR}, ("hr",)),
    "read_export": lambda: Door(gs.read_export, {"path_or_frame": HR}, ("path_or_frame",), ("no rows",)),
    "ranked": lambda: Door(gs.ranked, {"column": "x", "order": None}, ("order",)),
    "scale": lambda: Door(gs.scale, {"column": "x", "low": 1, "high": 4, "step": 1}, ("low", "high", "step")),
    "equals": lambda: Door(lambda values: gs.equals("x", values), {"values": 1}, ("values",)),
    "left_by": lambda: Door(gs.left_by, {"column": "x", "day": None}, ("day",)),
    "mapped": lambda: Door(
        lambda left, contract: plain_columns({"id": "id", "left": left, "contract": contract}),
        {"left": None, "contract": gs.equals("kind", "a")},
        ("left", "contract"),
    ),
    "compare_periods": lambda: Door(
        gs.compare_periods, {"last": result(), "this": result()}, ("last", "this", "worlds", "replicates", "seed")
    ),
    "TieCoverage": lambda: Door(
        lambda share, complete_for: plain_firm(ties=PAIR, ties_coverage=gs.TieCoverage(complete_for, share)),
        {"share": 0.5, "complete_for": ("a",)},
        ("share", "complete_for"),
    ),
    "with_audience": lambda: Door(with_audience, {"persons": PERSONS, "ties": TIES}, ("persons", "ties")),
    "numbers_of": lambda: Door(firm().numbers_of, {"ids": ["E1"]}, ("ids",)),
    "pseudonymized": lambda: Door(firm().pseudonymized, {"key": None}, ("key",)),
    "select": lambda: Door(
        firm().select,
        {"rule": gs.Selection(size=1), "world": 0, "seed": 1, "start": None},
        ("rule", "world", "seed", "start"),
    ),
    "Scenario": lambda: Door(
        gs.Scenario,
        {"company": firm(), "start": "2027-01-04", "weeks": 4, "label": "A", "program": None},
        ("company", "start", "weeks", "label", "warm_up_weeks", "follow_up_weeks", "program", "audience", "costs"),
    ),
    "Scenario.replace": lambda: Door(
        lambda **given: scenario().replace(given), {}, ("weeks", "label", "program", "audience.pool.buyer", "retention")
    ),
    "Scenario.replace.changes": lambda: Door(lambda changes: scenario().replace(changes), {}, ("changes",)),
    "Scenario.from_yaml": lambda: Door(
        gs.Scenario.from_yaml,
        {"source": scenario().to_yaml(), "company": firm(), "any_company": False, "key": None},
        ("source", "company", "key"),
    ),
    "Scenario.to_yaml": lambda: Door(few().to_yaml, {"key": None}, ("key",)),
    "Scenario.diff": lambda: Door(few().diff, {"other": scenario()}, ("other",)),
    "Program": lambda: Door(
        gs.Program, {"advocates": gs.ActiveAdvocates(size=1)}, ("advocates", "select", "changes", *LEVERS)
    ),
    "ActiveAdvocates": lambda: Door(gs.ActiveAdvocates, {}, ("size", "names")),
    "Selection": lambda: Door(
        gs.Selection,
        {},
        (
            "names",
            "departments",
            "functions",
            "regions",
            "connections_above",
            "willingness_above",
            "platform",
            "order",
            "goal",
            "weights",
            "size",
            "quotas",
            "waves",
        ),
    ),
    "Wave": lambda: Door(gs.Wave, {"start": "2027-01-04"}, ("start", "size", "departments")),
    "Change": lambda: Door(gs.Change, {"start": "2027-01-04", "money": 1}, ("start", "end", *LEVERS)),
    "ReadinessWeights": lambda: Door(gs.ReadinessWeights, {}, ("fit", "influence", "willingness", "readiness")),
    "Results.frame": lambda: Door(result().frame, {**VIEW, "large": False}, tuple(VIEW)),
    "Results.summary": lambda: Door(result().summary, {"window": "horizon"}, ("window",)),
    "Results.weekly": lambda: Door(result().weekly, {"measures": None, "window": "horizon"}, ("measures", "window")),
    "Results.people": lambda: Door(result().people, {"measures": None, "rank_by": "posts"}, ("measures", "rank_by")),
    "Results.explain": lambda: Door(result().explain, {"measure": "posts", "window": "horizon"}, ("measure", "window")),
    "Results.extend": lambda: Door(result().extend, {"worlds": 1, "threads": 1}, ("worlds", "replicates", "threads")),
    "Results.save": lambda: Door(  # into a folder that is not there
        result().save,
        {"path": "/nowhere/x.gsw", "key": None, "min_group": 5, "people": None},
        ("path", "key", "min_group", "people"),
        ("none",),
    ),
    "Contest.frame": lambda: Door(contest().frame, {**VIEW, "large": False}, tuple(VIEW)),
    "Contest.table": lambda: Door(
        contest().table, {"versus": None, "measures": None, "window": "horizon"}, ("versus", "measures", "window")
    ),
    "Contest.differences": lambda: Door(contest().differences, {**VIEW, "versus": None}, (*VIEW, "versus")),
    "Contest.added": lambda: Door(contest().added, {"measures": None, "window": "horizon"}, ("measures", "window")),
    "Contest.ahead": lambda: Door(
        contest().ahead,
        {"label": "Few", "other": "Few", "goal": "posts", "window": "horizon"},
        ("label", "other", "goal", "window"),
    ),
    "Contest.sentence": lambda: Door(contest().sentence, {"goal": "posts", "window": "horizon"}, ("goal", "window")),
    "Contest.extend": lambda: Door(contest().extend, {"worlds": 1, "threads": 1}, ("worlds", "replicates", "threads")),
}

CALLED = [(name, parameter) for name, make in DOORS.items() for parameter in make().odd]
# What an argument is called in messages where that is clearer than its own name.
ALSO_CALLED = {
    "fields": ("posts_per_week",),
    "changes": ("address",),
    "key": ("path",),
    "width": ("within",),
    "measures": ("measure",), "goal": ("measure",), "measure": ("measures",), "designs": ("scenarios", "design"),
    "rank_by": ("measure",), "label": ("design", "versus"), "other": ("design", "versus"), "versus": ("design",),
    "source": ("YAML", "groundswell_scenario"), "rows": ("row", "address"), "path": ("file",),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An own folder and key, so that a door that opens writes nowhere else."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GROUNDSWELL_KEY", str(tmp_path / "own.key"))
    monkeypatch.setattr(world_cache, "_chosen", [])  # what a door of the cache sets ends with its test


@pytest.mark.parametrize(("name", "parameter"), CALLED, ids=[".".join(pair) for pair in CALLED])
@pytest.mark.filterwarnings("ignore")
def test_an_odd_value_is_taken_or_refused_by_name(name: str, parameter: str) -> None:
    door = DOORS[name]()
    wrong = []
    for what, value in ODD.items():
        if what in door.skipped:
            continue
        try:
            door.call(**{**door.arguments, parameter: iter([b"x"]) if what == "iterator" else value})
        except gs.GroundswellError as error:
            names = (parameter.rsplit(".", maxsplit=1)[-1], *ALSO_CALLED.get(parameter, ()))
            if not any(one in str(error) for one in names):
                wrong.append(f"{what}: does not name {parameter}: {error}")
        except BaseException as error:
            wrong.append(f"{what}: {type(error).__name__}: {str(error)[:150]}")
        finally:
            gs.cache(None)
    assert not wrong, "\n".join(wrong)
