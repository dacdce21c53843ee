"""Groundswell: agent-based simulation of employee advocacy programs."""

import logging

from groundswell import presets
from groundswell.company import Company
from groundswell.compare import Contest, compare
from groundswell.errors import DamagedFile, DoesNotFit, GroundswellError, InvalidInput, NotRecorded, UnknownName
from groundswell.estimate import Estimate, estimate
from groundswell.evidence import evidence
from groundswell.folder import StudyFolder, read_folder
from groundswell.grid import grid
from groundswell.levers import levers
from groundswell.measures import measures
from groundswell.overlap import overlap
from groundswell.precision import Within, within, within_percent
from groundswell.pseudonyms import create_key, own_key, read_key
from groundswell.rerun import rerun
from groundswell.results import Results
from groundswell.scenario import (
    ActiveAdvocates,
    Change,
    Program,
    ReadinessWeights,
    Scenario,
    Selection,
    Wave,
    parameters,
    segments,
)
from groundswell.simulate import simulate
from groundswell.study import load
from groundswell.ties import TieCoverage
from groundswell.transformations import equals, ranked, scale, years_before
from groundswell.validation import Validation, validate
from groundswell.world_cache import WorldCache, cache

logging.getLogger(__name__).addHandler(logging.NullHandler())  # a library call prints nothing

__all__ = [
    "ActiveAdvocates",
    "Change",
    "Company",
    "Contest",
    "DamagedFile",
    "DoesNotFit",
    "Estimate",
    "GroundswellError",
    "InvalidInput",
    "NotRecorded",
    "Program",
    "ReadinessWeights",
    "Results",
    "Scenario",
    "Selection",
    "StudyFolder",
    "TieCoverage",
    "UnknownName",
    "Validation",
    "Wave",
    "Within",
    "WorldCache",
    "cache",
    "compare",
    "create_key",
    "equals",
    "estimate",
    "evidence",
    "grid",
    "levers",
    "load",
    "measures",
    "overlap",
    "own_key",
    "parameters",
    "presets",
    "ranked",
    "read_folder",
    "read_key",
    "rerun",
    "scale",
    "segments",
    "simulate",
    "validate",
    "within",
    "within_percent",
    "years_before",
]
