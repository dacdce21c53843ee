"""A scenario as the core takes it, and its content hash."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from groundswell.scenario.base import plain

if TYPE_CHECKING:
    from groundswell.scenario.scenario import Scenario

MODEL_GROUPS = ("workforce", "audience", "platforms", "content", "posting", "credibility", "feed", "awareness")


def parameters(scenario: Scenario) -> dict[str, Any]:
    """Return the nested dict of ``_core``: leaves are floats, None infinity, visibilities solved rates."""
    groups: dict[str, Any] = {name: plain(getattr(scenario, name)) for name in MODEL_GROUPS}
    linkedin = groups["platforms"]["linkedin"]
    del linkedin["person_visibility"], linkedin["page_visibility"]
    linkedin["constants"] = scenario.platforms.linkedin.constants()
    return {name: _numbers(group) for name, group in groups.items()}


def design(scenario: Scenario) -> dict[str, Any]:
    """Return the arguments of ``_core.Design``."""
    return {
        "parameters": parameters(scenario),
        "start": scenario.start.isoformat(),
        "warm_up_weeks": scenario.warm_up_weeks,
        "weeks": scenario.weeks,
        "follow_up_weeks": scenario.follow_up_weeks,
        "program": _program(scenario),
    }


def content_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of the company's hash and the design, as JSON with sorted keys."""
    content = {"company": scenario.company.content_hash(), "design": design(scenario)}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=np.ndarray.tolist).encode()).hexdigest()


def _program(scenario: Scenario) -> dict[str, Any] | None:
    program = scenario.program
    if program is None:
        return None
    who: tuple[str, Any] = ("random", program.advocates.size)
    if program.advocates.names is not None:
        who = ("named", scenario.company.numbers_of(program.advocates.names, "program.advocates.names"))
    return {
        "posts_per_week": program.posts_per_week,
        "company_content_fraction": program.company_content_fraction,
        "advocates": who,
    }


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    return math.inf if value is None else float(value)
