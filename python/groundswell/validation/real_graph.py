"""The model on a real graph of persons: who adopted an item, in which order. For `cascades_christianity`."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell import _core
from groundswell.company.company import Company
from groundswell.scenario import ActiveAdvocates, Program, Scenario
from groundswell.scenario.to_core import WORLD_GROUPS
from groundswell.validation import scenarios
from groundswell.validation.collect import Settings
from groundswell.validation.real_files import Adoptions

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

EMPLOYEES = 100
OTHER_SEGMENT = 6  # everybody else of the graph


def model_adoptions(real: Adoptions, settings: Settings, index: int) -> tuple[Adoptions, Flags]:
    """A year on the file's graph: 100 random users are the advocates, the others their audience.

    Returns the adoptions, and which of them are reactions (not a post of an advocate).

    A cascade is an item of the program. Its adopters are those who post it, reshare it or engage with it (what
    surfaces it to others), in the order of the first time.
    """
    generator = np.random.default_rng([settings.seed, index])
    order = generator.permutation(real.users)  # person number -> user of the file
    number = np.argsort(order)
    company = Company.synthetic(employees=EMPLOYEES)
    program = Program(advocates=ActiveAdvocates(size=EMPLOYEES))
    scenario = Scenario(company, start=scenarios.START, program=program, label="the file's graph")
    persons = np.zeros(7, dtype=np.uint32)
    persons[OTHER_SEGMENT] = real.users - EMPLOYEES  # beside the employees
    audience = {"persons": persons, "ties": number[real.ties].astype(np.uint32)}
    given = _core.Company(**(company.core_arguments() | {"audience": audience}))  # type: ignore[call-arg, unused-ignore]
    parameters = scenario.core_parameters()
    own = {name: parameters[name] for name in WORLD_GROUPS}
    world = _core.build_world(given, own, settings.seed, index, settings.threads)
    record: Any = _core.trace(world, _core.Design(**scenario.core_design()), 0)
    cascade, person, reacted = adopters(record)
    return Adoptions(real.users, number[real.ties], cascade, person), reacted


def adopters(record: Any) -> tuple[Ints, Ints, Flags]:
    """Cascade (item) and person of each adoption of the program's items, in order of time; whether by a reaction."""
    posts, acts = record["posts"], record["acts"]
    program = (np.asarray(posts["process"]) == 2) & np.asarray(posts["company"])
    _, item = np.unique(np.asarray(posts["item"]), return_inverse=True)
    posted = np.asarray(posts["day"], dtype=np.int64) * 1440 + np.asarray(posts["minute"], dtype=np.int64)
    of_act = np.asarray(acts["post"], dtype=np.int64)
    kept = program[of_act] if len(of_act) else np.zeros(0, dtype=np.bool_)
    cascade = np.concatenate([item[program], item[of_act[kept]]]).astype(np.int64)
    person = np.concatenate([posts["author"][program], acts["person"][kept]]).astype(np.int64)
    minute = np.concatenate([posted[program], np.asarray(acts["minute"], dtype=np.int64)[kept]])
    reacted = np.arange(len(person)) >= program.sum()
    order = np.lexsort([minute, cascade])
    cascade, person, reacted = cascade[order], person[order], reacted[order]
    _, first = np.unique(cascade * (1 << 32) + person, return_index=True)
    first.sort()
    return cascade[first], person[first], reacted[first]
