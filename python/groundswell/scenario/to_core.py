"""A scenario as the core takes it, and its content hash."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from groundswell.scenario.model.content import Content
from groundswell.scenario.model.platform import Platform
from groundswell.scenario.periods import program, running
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.base import plain

MODEL_GROUPS = (
    "workforce", "audience", "platforms", "content", "posting", "credibility", "feed", "awareness", "participation",
    "retention", "costs",
)  # fmt: skip
WORLD_GROUPS = ("workforce", "audience", "platform_audiences")  # of the core's parameters: those that decide a world
AUDIENCE_FIELDS = (
    "connections_mean", "connections_log_sd", "mix", "presence", "activity_shape", "person_ties_kept",
    "connections_per_follower",
)  # fmt: skip
Years = np.ndarray[Any, np.dtype[np.float64]]
Constants = Mapping[str, Mapping[str, float]]  # by platform and name
NOT_IN_CORE = ("on", "person_visibility", "page_visibility")


def parameters(scenario: ScenarioRecord, constants: Constants | None = None) -> dict[str, Any]:
    """Return the nested dict of ``_core``: leaves are floats, None infinity, visibilities solved rates.

    ``platforms`` and ``platform_audiences`` have the platforms that are on, and no other.

    Parameters
    ----------
    constants
        By platform, in place of the solved ones; to solve them.

    Raises
    ------
    InvalidInput
        A platform that is on and whose constants nobody has solved.
    """
    groups: dict[str, Any] = {name: plain(getattr(scenario, name)) for name in MODEL_GROUPS}
    groups["feed"]["fractional_contagion"] = groups["feed"].pop("contagion") == "fractional"
    on = {platform.name: platform for platform in scenario.platforms.on()}
    given = constants or {}
    groups["platforms"] = {
        name: _platform(platform) | {"constants": _constants(platform, scenario.content, given)}
        for name, platform in on.items()
    }
    groups["platform_audiences"] = {
        name: {field: plain(getattr(platform, field)) for field in AUDIENCE_FIELDS} for name, platform in on.items()
    }
    return {name: _numbers(group) for name, group in groups.items()}


def world_parameters(scenario: ScenarioRecord) -> dict[str, Any]:
    """Return the part of ``parameters`` that decides a world."""
    found = parameters(scenario)
    return {name: found[name] for name in WORLD_GROUPS}


def needs_all_rows(scenario: ScenarioRecord) -> bool:
    """Whether a world is built with the rows of everybody (decision record 8): fractional contagion needs them."""
    return scenario.feed.contagion == "fractional"


def design(scenario: ScenarioRecord, constants: Constants | None = None) -> dict[str, Any]:
    """Return the arguments of ``_core.Design``; ``constants`` as in ``parameters``."""
    members = {} if scenario.company.running is None else {"running": running(scenario)}
    return {
        "parameters": parameters(scenario, constants),
        "start": scenario.start.isoformat(),
        "warm_up_weeks": scenario.warm_up_weeks,
        "weeks": scenario.weeks,
        "follow_up_weeks": scenario.follow_up_weeks,
        "tenure_years": tenure_years(scenario),
        "program": program(scenario),
    } | members


def content_hash(scenario: ScenarioRecord) -> str:
    """Return the SHA-256 of the company's hash and the design, as JSON with sorted keys."""
    content = {"company": scenario.company.content_hash(), "design": design(scenario)}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=np.ndarray.tolist).encode()).hexdigest()


def tenure_years(scenario: ScenarioRecord) -> Years | None:
    """Return years from the hire date to the start, 0 for who is hired later, NaN where missing; None: nobody's."""
    if scenario.company.hire_date is None:
        return None
    hired = scenario.company.draw_order.to_core(scenario.company.hire_date)
    days = (np.datetime64(scenario.start, "D") - hired.astype("datetime64[D]")).astype(np.float64)
    years: Years = np.where(np.isnat(hired), np.nan, np.maximum(days, 0.0) / 365.25)
    return years


def _platform(platform: Platform) -> dict[str, Any]:
    elsewhere = {*AUDIENCE_FIELDS, *NOT_IN_CORE}
    return {name: value for name, value in plain(platform).items() if name not in elsewhere}


def _constants(platform: Platform, content: Content, given: Constants) -> dict[str, float]:
    if platform.name in given:
        return dict(given[platform.name])
    return platform.constants(content.appeal_visibility_log_sd, content.appeal_visibility_page_log_sd)


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    return math.inf if value is None else float(value)
