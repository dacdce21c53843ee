"""What management can change, as a frame: the engine's registry of levers beside the schema. Spec: docs/MODEL.md 2b."""

from __future__ import annotations

import pandas as pd

from groundswell import _core
from groundswell.scenario.program.program import Program
from groundswell.scenario.schema.base import spec_of

ELSEWHERE = {"mandate": "mode"}  # levers whose field has another name here
COLUMNS = ["name", "address", "neutral", "largest", "on_participation", "acts_on", "measure", "direction",
           "unit", "bounds", "prior", "source", "description"]  # fmt: skip


def levers() -> pd.DataFrame:
    """Return one row a lever of a program; who is invited is the rule of ``gs.Selection``.

    Columns: name; address (the same in ``replace``, ``grid``, YAML, ``--set`` and ``gs.Change``); neutral and largest
    (the core's values: without the lever, and the most that is sensible; of ``mandate`` 1 is mode 'mandatory', of
    ``own_words`` -1 is content.own_words); on_participation (acts on who takes part: refused with active advocates);
    acts_on; measure that it moves when it rises from neutral, and direction (1 up, -1 down, 0 not known by theory);
    unit, bounds, prior, source, description as in ``gs.parameters()``.
    """
    rows = []
    for lever in _core.levers():
        field = ELSEWHERE.get(lever["name"], lever["name"])
        spec = spec_of(Program, field)
        known = {} if spec is None else {"unit": spec.unit, "bounds": spec.bounds(), "prior": spec.prior,
                                         "source": spec.source, "description": spec.description}  # fmt: skip
        rows.append({**lever, "address": f"program.{field}", **known})
    return pd.DataFrame(rows, columns=COLUMNS)
