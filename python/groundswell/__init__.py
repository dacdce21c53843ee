"""Groundswell: agent-based simulation of employee advocacy programs."""

from groundswell.company import Company
from groundswell.compare import Contest, compare
from groundswell.errors import DamagedFile, DoesNotFit, GroundswellError, InvalidInput, NotRecorded, UnknownName
from groundswell.measures import measures
from groundswell.results import Results
from groundswell.scenario import ActiveAdvocates, Program, Scenario, parameters
from groundswell.simulate import simulate
from groundswell.study import load, rerun
from groundswell.transformations import equals, ranked, scale, years_before

__all__ = [
    "ActiveAdvocates",
    "Company",
    "Contest",
    "DamagedFile",
    "DoesNotFit",
    "GroundswellError",
    "InvalidInput",
    "NotRecorded",
    "Program",
    "Results",
    "Scenario",
    "UnknownName",
    "compare",
    "equals",
    "load",
    "measures",
    "parameters",
    "ranked",
    "rerun",
    "scale",
    "simulate",
    "years_before",
]
