"""Hand-made recordings: small layouts whose every number is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from groundswell.results.measures import Measure, with_derived
from groundswell.results.recording import Layout, Recording
from groundswell.results.results import Results
from groundswell.results.warnings import WARNING_COLUMNS

mpl.use("Agg")

POSTS = Measure("posts", "posts", "sum", False, True, True, False, "", "", 1)
POTENTIAL = Measure("potential_reach", "connections", "sum", False, True, True, False, "", "", 4)
IMPRESSIONS = Measure("impressions", "views", "sum", True, True, True, True, "", "", 5)
ENGAGEMENTS = Measure("engagements", "reactions", "sum", True, True, True, True, "", "", 7)
REACH = Measure("unique_reach", "people", "unique", True, False, True, False, "", "", 14)
SIZE = Measure("audience_size", "connections", "unique", False, False, True, False, "", "", 16)
AWARENESS = Measure("awareness", "share of persons", "level", True, False, False, False, "", "", 18)
DECLARED = (POSTS, POTENTIAL, IMPRESSIONS, ENGAGEMENTS, REACH, SIZE, AWARENESS)

# 1 week of warm-up, 2 of horizon from Monday 2027-01-25, 1 of follow-up: 25-31 January, 1-7 February, ...
START, WARM_UP = date(2027, 1, 25), 1
WEEKS = {"first_day": [0, 7, 14, 21], "end_day": [7, 14, 21, 28], "window": [0, 1, 1, 2]}
MONTHS = {"first_day": [0, 7, 14, 21], "end_day": [7, 14, 21, 28], "window": [0, 1, 1, 2]}
QUARTERS = {"first_day": [0, 7, 21], "end_day": [7, 21, 28], "window": [0, 1, 2]}
WINDOWS = {"first_day": [0, 7, 21], "end_day": [7, 21, 28], "window": [0, 1, 2]}
FRAGMENTS = {"first_day": [0, 7, 14, 21], "end_day": [7, 14, 21, 28], "window": [0, 1, 1, 2],
             "week": [0, 1, 2, 3], "month": [0, 1, 2, 3], "quarter": [0, 1, 1, 2]}  # fmt: skip


def raw_layout(platforms: tuple[int, ...] = (0,)) -> dict[str, Any]:
    """As `_core.layout` would give it for DECLARED, with these platforms on."""
    rows: list[tuple[int, int, int, int, int, int, int]] = []
    for m in DECLARED:
        if m.kind == "sum":
            places = [(s, c, -1, -1) for s in range(7) for c in range(3) if m.by_segment]
            places += [(-1, c, p, h) for p in platforms for h in ((1, 2, 3) if m.by_hop else (-1,)) for c in range(3)]
            rows += [(m.number, 0, f, *place) for f in range(4) for place in places]
            continue
        places = [(s, -1, -1, -1) for s in ((-1, *range(1, 7)) if m.by_segment else (-1,))]
        places += [(-1, -1, p, -1) for p in platforms if m.by_platform and len(platforms) > 1]
        periods = {1: range(4), 2: range(4), 3: range(3), 4: range(3)}
        if m.kind == "unique" and m.by_segment:
            periods[5] = range(1, 4)
        rows += [(m.number, grain, p, *place) for grain, count in periods.items() for p in count for place in places]
    names = ("measure", "grain", "period", "segment", "source", "platform", "hop")
    table = {name: np.array([row[i] for row in rows], dtype=np.int32) for i, name in enumerate(names)}
    tables = {
        "fragments": FRAGMENTS,
        "weeks": WEEKS,
        "months": MONTHS,
        "quarters": QUARTERS,
        "windows": WINDOWS,
    }
    return {"rows": table} | {k: {n: np.array(c, dtype=np.int32) for n, c in t.items()} for k, t in tables.items()}


@dataclass(frozen=True)
class MiniCompany:
    name: str = "Three people"
    employees: int = 3
    running: None = None  # no program that runs already
    warnings: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=WARNING_COLUMNS), compare=False)

    def content_hash(self) -> str:
        return self.name

    @property
    def columns(self) -> pd.DataFrame:
        names = ["field", "source_column", "given", "missing", "imputed_from", "not_used"]
        rows = [("id", "Number", 3, 0, "", False), ("region", "", 0, 3, "shares", False)]
        rows.append(("", "Salary", 0, 0, "", True))
        return pd.DataFrame(rows, columns=names)


@dataclass(frozen=True)
class MiniScenario:
    """What results and comparisons ask of a scenario, for tests that run nothing."""

    label: str
    company: MiniCompany = MiniCompany()
    start: date = START
    weeks: int = 2
    warm_up_weeks: int = WARM_UP
    follow_up_weeks: int = 1
    posts_per_week: float = 1.0
    program: None = None  # no program, no cost
    priors: Mapping[str, Any] = field(default_factory=dict)

    def diff(self, other: MiniScenario) -> pd.DataFrame:
        rows = []
        if self.posts_per_week != other.posts_per_week:
            rows = [("program.posts_per_week", self.posts_per_week, other.posts_per_week, "posts a week")]
        return pd.DataFrame(rows, columns=["path", "this", "other", "unit"])

    def to_yaml(self) -> str:
        return f"label: {self.label}\nposts_per_week: {self.posts_per_week}\n"

    def parameters(self) -> pd.DataFrame:
        row = {"path": "program.posts_per_week", "value": self.posts_per_week, "default": 4.0, "unit": "posts a week",
               "source": "[4.8]", "tag": "input"}  # fmt: skip
        return pd.DataFrame([row])


def make_result(label: str, values: np.ndarray[Any, Any], finished: np.ndarray[Any, Any] | None = None) -> Results:
    done = np.ones(values.shape[:2], dtype=bool) if finished is None else finished
    layout = Layout.from_core(raw_layout(), START, WARM_UP)
    scenario = MiniScenario(label, posts_per_week=float(len(label)))
    manifest = {
        "seed": 1,
        "worlds": values.shape[0],
        "replicates": values.shape[1],
        "groundswell": "0",
        "core": "0",
        "scenario": scenario.to_yaml(),
    }
    nothing = pd.DataFrame(columns=WARNING_COLUMNS)
    return Results(scenario, Recording(layout, with_derived(DECLARED), values, done), nothing, manifest, 0.5)


@pytest.fixture
def hand_made() -> Callable[..., Results]:
    """A result from per-run values of shape (worlds, replicates, rows)."""
    return make_result


@pytest.fixture
def rows() -> dict[str, np.ndarray[Any, Any]]:
    """The row table of the hand-made layout."""
    return raw_layout()["rows"]


@pytest.fixture
def random_values(rows: dict[str, np.ndarray[Any, Any]]) -> Callable[..., np.ndarray[Any, Any]]:
    """Whole numbers from 0 to 99 for every run and row, by seed; world effects make worlds differ."""

    def make(seed: int = 0, worlds: int = 6, replicates: int = 4) -> np.ndarray[Any, Any]:
        random = np.random.default_rng(seed)
        values = random.integers(1, 100, (worlds, replicates, len(rows["measure"]))).astype(float)
        return values + random.integers(0, 50, (worlds, 1, 1))

    return make
