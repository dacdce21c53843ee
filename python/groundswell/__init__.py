"""Groundswell: agent-based simulation of employee advocacy programs."""

from groundswell.company import Company
from groundswell.errors import DamagedFile, DoesNotFit, GroundswellError, InvalidInput, NotRecorded, UnknownName
from groundswell.scenario import ActiveAdvocates, Program, Scenario, parameters
from groundswell.transformations import equals, ranked, scale, years_before

__all__ = [
    "ActiveAdvocates",
    "Company",
    "DamagedFile",
    "DoesNotFit",
    "GroundswellError",
    "InvalidInput",
    "NotRecorded",
    "Program",
    "Scenario",
    "UnknownName",
    "equals",
    "parameters",
    "ranked",
    "scale",
    "years_before",
]
