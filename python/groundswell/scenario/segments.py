"""The segments of the audience, as a frame."""

from __future__ import annotations

import pandas as pd

from groundswell.errors import InvalidInput, shown
from groundswell.scenario.audience import SEGMENTS, Audience
from groundswell.scenario.scenario import Scenario

DEFINITIONS = {
    "employee": "People of the company itself; excluded from unique_reach",
    "alumni": "People who have worked for the company",
    "buyer": "Members of buying committees at target accounts",
    "peer": "People of the same trade who neither buy from the company nor would join it",
    "talent": "People the company might recruit",
    "personal": "Private acquaintances of employees",
    "other": "Anybody else among employees' connections",
}
PER = 1000


def segments(scenario: Scenario | None = None) -> pd.DataFrame:
    """Return one row a segment: of a scenario, or at the defaults.

    Columns: segment, definition, persons_per_1000_employees (size of the pool), connection_share (share of an
    employee's connections that lead there), mean_affinity (factor), addresses (the parameters that change them).
    A person is in one segment. Pools of the default are assumptions and values chosen in prototypes.
    """
    if scenario is not None and not isinstance(scenario, Scenario):
        raise InvalidInput(f"segments takes a Scenario or nothing, not {shown(scenario)}")
    audience = Audience() if scenario is None else scenario.audience
    rows = []
    for name in SEGMENTS:
        pool = PER if name == "employee" else getattr(audience.pool, name)
        rows.append(
            {
                "segment": name,
                "definition": DEFINITIONS[name],
                "persons_per_1000_employees": float(pool),
                "connection_share": float(getattr(audience.mix, name)),
                "mean_affinity": float(getattr(audience.affinity, name)),
                "addresses": ", ".join(f"audience.{part}.{name}" for part in ("pool", "mix", "affinity")),
            }
        )
    return pd.DataFrame(rows)
