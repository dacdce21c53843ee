"""Runs of the engine without the package around it: companies, worlds, designs, totals, traces."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

core: Any = import_module("groundswell._core")

Floats = npt.NDArray[np.float64]
Overrides = tuple[tuple[str, float], ...]  # (dotted address, value), hashable

START = "2027-01-04"
SEGMENTS = ("employee", "alumni", "buyer", "peer", "talent", "personal", "other")
SOURCES = ("program", "organic", "page")
WINDOWS = ("warm_up", "horizon", "follow_up")
ATTRIBUTES = (
    "connections", "social_activity", "persuasion", "susceptibility", "satisfaction",
    "product_belief", "willingness", "readiness", "sales_skill",
)  # fmt: skip
# Constants near the solved ones, until the platform file holds those.
UNSOLVED = {"person_rate": 0.36, "page_rate": 0.06, "reshare_rate": 0.28}
# The defaults of the schema: visibilities, shape of viewers' activity, log-sds of visibility appeal.
SOLVED_AT = (0.125, 0.04, 0.47, 1.2, 1.1)


@functools.cache
def solved_constants() -> dict[str, float]:
    """Constants of the platform file, or the stand-ins above while it says that it is not solved."""
    solved = import_module("groundswell.scenario.model.solved").solved("linkedin")
    if solved.provenance.get("date") is None:
        return dict(UNSOLVED)
    return dict(solved.rates(*SOLVED_AT)) | dict(solved.reactions)


def parameters(overrides: Iterable[tuple[str, float]] = ()) -> dict[str, Any]:
    """All parameters of the core, with values at dotted addresses replaced; KeyError for an address it has not."""
    result: dict[str, Any] = copy.deepcopy(core.default_parameters())
    for group in ("platforms", "platform_audiences"):  # LinkedIn alone is on
        result[group] = {"linkedin": result[group]["linkedin"]}
    result["platforms"]["linkedin"]["constants"].update(solved_constants())
    for address, value in overrides:
        *path, name = address.split(".")
        node = result
        for part in path:
            node = node[part]
        if name not in node:
            raise KeyError(address)
        node[name] = value
    return result


def company(
    employees: int,
    coworker_ties: npt.NDArray[np.uint32] | None = None,
    draw_numbers: npt.NDArray[np.uint64] | None = None,
) -> Any:
    """The built-in company in this size: seven departments, three regions, all attributes drawn."""
    missing = np.full(employees, -1, dtype=np.int32)
    return core.Company(
        employees=employees,
        departments=7,
        regions=3,
        department=missing,
        region=missing,
        seniority=missing,
        function=missing,
        department_shares=np.array([0.15, 0.25, 0.25, 0.15, 0.07, 0.05, 0.08]),
        region_shares=np.array([0.5, 0.3, 0.2]),
        seniority_shares=np.array([0.65, 0.2, 0.1, 0.04, 0.01]),
        sales_share=np.array([1.0, 0, 0, 0, 0, 0, 0]),
        recruiter_share=np.array([0, 0, 0, 0, 0, 0.3, 0]),
        attributes={name: np.full(employees, np.nan) for name in ATTRIBUTES},
        coworker_ties=coworker_ties,
        draw_numbers=draw_numbers,
    )


def is_world(address: str) -> bool:
    """Parameters of the world are used when it is built, the others by designs."""
    return address.startswith(("workforce.", "audience.", "platform_audiences."))


@functools.lru_cache(maxsize=48)
def world(employees: int, seed: int, index: int, overrides: Overrides = ()) -> Any:
    chosen = parameters(overrides)
    return core.build_world(company(employees), chosen, seed, index, 2, stored=False)


NO_MIX = dict.fromkeys(("story", "product", "press_release", "job", "third_party"), 0.0)
SETTINGS: dict[str, Any] = {
    "posts_per_week": 4.0, "company_content_fraction": 0.5,
    "platforms": {"linkedin": 1.0, "facebook": 0.0, "instagram": 0.0, "x": 0.0},
    "own_words": -1.0, "mix": NO_MIX, "mandate": 0.0, "training_hours_per_person": 0.0, "recognition": 0.0,
    "money": 0.0, "leadership": 0.0, "champion": 0.0, "guidelines": 0.0, "access_blocked": 0.0, "tool_ease": 0.0,
    "relaunch": 0.0, "page_amplification": 0.0,
}  # fmt: skip
ANYBODY: dict[str, Any] = {
    "named": None, "not_invited": [], "departments": [], "functions": [], "regions": [], "connections_above": -1.0,
    "willingness_above": -1.0, "platform": "linkedin", "order": "random", "goal": "awareness",
    "weights": {"fit": 1.0, "influence": 1.0, "willingness": 1.0, "readiness": 1.0},
    "size": None, "quotas": [], "waves": [],
}  # fmt: skip


def program(
    advocates: int | Sequence[int], posts_per_week: float = 4.0, company_content_fraction: float = 0.5
) -> dict[str, Any]:
    """Active advocates: a random group of this size, or a named list of employee numbers."""
    random = isinstance(advocates, int)
    who = ("random", advocates) if random else ("named", np.asarray(advocates, dtype=np.uint32))
    settings = SETTINGS | {"posts_per_week": posts_per_week, "company_content_fraction": company_content_fraction}
    return {"who": who, "periods": [{"first_day": 0, "settings": settings}]}


def invited(selection: Mapping[str, Any] | None = None, **settings: float) -> dict[str, Any]:
    """Everybody, or whom a selection picks, is invited; settings all year."""
    who = ("select", ANYBODY | dict(selection or {}))
    return {"who": who, "periods": [{"first_day": 0, "settings": SETTINGS | settings}]}


def design(
    overrides: Iterable[tuple[str, float]] = (),
    program: Mapping[str, Any] | None = None,
    weeks: int = 8,
    warm_up_weeks: int = 4,
    follow_up_weeks: int = 4,
) -> Any:
    return core.Design(
        parameters=parameters(overrides),
        start=START,
        warm_up_weeks=warm_up_weeks,
        weeks=weeks,
        follow_up_weeks=follow_up_weeks,
        program=program,
    )


def values(world: Any, chosen: Any, replicates: int, first: int = 0, threads: int = 2) -> Floats:
    """Rows of replicates first … first + replicates − 1; AssertionError unless all are finished."""
    [(table, finished, _)] = core.run(world, [chosen], first, first + replicates, threads)
    assert np.asarray(finished).all()
    return np.asarray(table)


@functools.cache
def measure(name: str) -> dict[str, Any]:
    return next(dict(m) for m in core.measures() if m["name"] == name)


@dataclass(frozen=True)
class Runs:
    """Values of shape (replicates, rows) of one design in one world."""

    layout: Mapping[str, Any]
    values: Floats

    def total(
        self,
        name: str,
        sources: Iterable[str] = SOURCES,
        segments: Iterable[str] = SEGMENTS,
        windows: Iterable[str] = ("horizon", "follow_up"),
    ) -> Floats:
        """A sum measure by run, over sources, segments and windows."""
        declared = measure(name)
        assert declared["kind"] == "sum"
        rows = self.layout["rows"]
        keep = (rows["measure"] == declared["id"]) & (rows["grain"] == 0)
        window_of = np.asarray(self.layout["fragments"]["window"])
        keep &= np.isin(window_of[np.where(keep, rows["period"], 0)], [WINDOWS.index(w) for w in windows])
        if declared["by_source"]:
            keep &= np.isin(rows["source"], [SOURCES.index(s) for s in sources])
        if declared["by_segment"]:
            keep &= np.isin(rows["segment"], [SEGMENTS.index(s) for s in segments])
        result: Floats = self.values[:, keep].sum(axis=1)
        return result

    def cells(self, name: str, grain: int, segment: int = -1) -> Floats:
        """A unique or level measure by run and cell, in order of time; grains as in docs/BOUNDARY.md."""
        rows = self.layout["rows"]
        keep = (rows["measure"] == measure(name)["id"]) & (rows["grain"] == grain)
        keep &= rows["segment"] == segment
        order = np.argsort(np.asarray(rows["period"])[keep], kind="stable")
        result: Floats = self.values[:, keep][:, order]
        return result

    def window(self, name: str, window: str = "horizon", segment: int = -1) -> Floats:
        """A unique or level measure by run, in a window or at its end."""
        rows = self.layout["rows"]
        keep = (rows["measure"] == measure(name)["id"]) & (rows["grain"] == 4) & (rows["segment"] == segment)
        [row] = np.flatnonzero(keep & (rows["period"] == WINDOWS.index(window)))
        result: Floats = self.values[:, row]
        return result


def run(world: Any, chosen: Any, replicates: int, first: int = 0, threads: int = 2) -> Runs:
    return Runs(core.layout(chosen), values(world, chosen, replicates, first, threads))
