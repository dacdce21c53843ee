"""Whom a rule picks, before anything is simulated. Spec: docs/MODEL.md 2, Sharers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell.company_facts import whole
from groundswell.errors import InvalidInput, Problem, shown
from groundswell.memory import check_fits
from groundswell.transformations import SENIORITIES

if TYPE_CHECKING:
    from groundswell._core import World
    from groundswell.company import Company
    from groundswell.scenario import ActiveAdvocates

Numbers = np.ndarray[Any, np.dtype[np.uint32]]
COLUMNS = ["order", "id", "department", "seniority", "imputed", "world", "seed"]


def select(company: Company, rule: ActiveAdvocates, world: int, seed: int) -> pd.DataFrame:
    """Return who a rule picks in one world, before anything is simulated: whom the engine would take.

    Parameters
    ----------
    rule
        ``gs.ActiveAdvocates(size=n)``: the first n of an order that each world draws anew, so other worlds have
        other people. ``gs.ActiveAdvocates(names=[…])``: the same people in every world.
    world, seed
        As in ``gs.simulate``; a default scenario's world is built (1,000 employees take about half a second).

    Returns
    -------
    DataFrame
        Columns order (from 1), id, department, seniority, imputed (which of the two the world drew), world, seed.

    Raises
    ------
    InvalidInput
        More people than employees, an unknown id, a rule of another kind.
    DoesNotFit
        The world needs more memory than there is.
    """
    from groundswell.scenario import ActiveAdvocates

    if not isinstance(rule, ActiveAdvocates):
        raise InvalidInput(f"rule = {shown(rule)}: must be a gs.ActiveAdvocates(size=…) or gs.ActiveAdvocates(names=…)")
    world, seed = whole(world, "world", 0, 2**32 - 1), whole(seed, "seed", 0, 2**64 - 1)
    if rule.size is not None and rule.size > company.employees:
        rest = f"more than the company's {company.employees:,} employees"
        raise InvalidInput(problems=[Problem(("size",), str(rule.size), rest)], prefix=rule.address)
    named = None if rule.names is None else company.numbers_of(rule.names, "program.advocates.names")
    built = _build(company, world, seed)
    picked = built.advocate_order[: rule.size] if named is None else named
    return _frame(company, built, picked, world, seed)


def _build(company: Company, world: int, seed: int) -> World:
    """Build a world of LinkedIn's defaults: they decide neither the order nor departments nor seniorities."""
    from groundswell import _core

    parameters = _core.default_parameters()
    parts = {name: parameters[name] for name in ("workforce", "audience")}
    parts["platform_audiences"] = {"linkedin": parameters["platform_audiences"]["linkedin"]}
    firm = company.core_input()
    check_fits(int(_core.estimate_world_bytes(firm, parts)), _core.available_memory_bytes())
    return _core.build_world(firm, parts, seed, world, os.cpu_count() or 1, stored=False)


def _frame(company: Company, built: World, picked: Numbers, world: int, seed: int) -> pd.DataFrame:
    departments = np.array(company.labels["department"], dtype=object)
    drawn = {key: company.categories[key][picked] < 0 for key in ("department", "seniority")}
    imputed = [
        ", ".join(key for key, is_drawn in zip(drawn, flags, strict=True) if is_drawn)
        for flags in zip(*drawn.values(), strict=True)
    ]
    table = pd.DataFrame(
        {
            "order": np.arange(1, len(picked) + 1),
            "id": company.ids.take(picked.astype(np.int64)),
            "department": departments[built.department[picked]],
            "seniority": np.array(SENIORITIES, dtype=object)[built.seniority[picked]],
            "imputed": imputed,
        }
    )
    return table.assign(world=world, seed=seed)[COLUMNS]
