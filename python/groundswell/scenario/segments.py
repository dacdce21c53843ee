"""The segments of the audience, as a frame."""

from __future__ import annotations

import pandas as pd

from groundswell.errors import InvalidInput, shown
from groundswell.scenario.model.audience import SEGMENTS, Audience
from groundswell.scenario.model.platform import Platforms
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

    Columns: segment, definition, persons_per_1000_employees (size of the pool), mean_affinity (factor), for each
    platform that is on connection_share_<name> (share of an employee's connections that lead there) and
    presence_<name> (share of the segment with an account), addresses (the parameters that change them).
    A person is in one segment. Pools of the default are assumptions and values chosen in prototypes.
    """
    if scenario is not None and not isinstance(scenario, Scenario):
        raise InvalidInput(f"scenario: segments takes a Scenario or nothing, not {shown(scenario)}")
    audience = Audience() if scenario is None else scenario.audience
    platforms = (Platforms() if scenario is None else scenario.platforms).on()
    rows = []
    for name in SEGMENTS:
        pool = PER if name == "employee" else getattr(audience.pool, name)
        groups = ["audience.pool", "audience.affinity"]
        row: dict[str, str | float] = {"segment": name, "definition": DEFINITIONS[name]}
        row["persons_per_1000_employees"] = float(pool)
        row["mean_affinity"] = float(getattr(audience.affinity, name))
        for platform in platforms:
            row[f"connection_share_{platform.name}"] = float(getattr(platform.mix, name))
            row[f"presence_{platform.name}"] = float(getattr(platform.presence, name))
            groups += [f"platforms.{platform.name}.mix", f"platforms.{platform.name}.presence"]
        rows.append(row | {"addresses": ", ".join(f"{group}.{name}" for group in groups)})
    return pd.DataFrame(rows)
