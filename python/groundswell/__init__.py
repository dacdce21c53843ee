"""Groundswell: agent-based simulation of employee advocacy programs."""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from groundswell.common import verbs
from groundswell.common.moved_modules import answer_to_old_names
from groundswell.company.company import Company
from groundswell.company.pseudonyms import create_key, own_key, read_key
from groundswell.company.table.transformations import equals, left_by, lookup, ranked, scale, years_before
from groundswell.company.ties import TieCoverage
from groundswell.decide.compare import compare
from groundswell.decide.contest import Contest
from groundswell.decide.grid import grid
from groundswell.decide.periods import PeriodComparison, compare_periods
from groundswell.decide.within import Within, within, within_percent
from groundswell.errors import (
    Cancelled,
    DamagedFile,
    DoesNotFit,
    GroundswellError,
    InvalidInput,
    NotRecorded,
    UnknownName,
)
from groundswell.evidence import evidence
from groundswell.exports import Export, Reading, read_export
from groundswell.results.measures import measures
from groundswell.results.results import Results
from groundswell.run.estimate import Estimate, estimate
from groundswell.run.simulate import simulate
from groundswell.scenario import (
    ActiveAdvocates,
    Change,
    Program,
    ReadinessWeights,
    Scenario,
    Selection,
    Wave,
    parameters,
    presets,
    segments,
)
from groundswell.scenario.folder import StudyFolder, read_folder
from groundswell.scenario.program.lever_table import levers
from groundswell.scenario.schema.priors import beta, dirichlet, fixed, lognormal, loguniform, normal, uniform
from groundswell.spread.result import Spread
from groundswell.spread.spread import spread
from groundswell.study.rerun import rerun
from groundswell.study.study import load
from groundswell.worlds.cache import WorldCache, cache
from groundswell.worlds.overlap import overlap

if TYPE_CHECKING:
    from groundswell.validation.lines import Validation
    from groundswell.validation.validate import validate

answer_to_old_names()
verbs.bind(
    {
        "Company.select": "groundswell.worlds.select:select",
        "Contest.to_html": "groundswell.output.decision_page:write_decision_page",
        "Results.extend": "groundswell.run.extend:extend_results",
        "Results.save": "groundswell.study.study:save",
        "Results.to_csv": "groundswell.output.csv:write_csv",
        "Results.to_excel": "groundswell.output.excel:write_workbook",
        "Validation.save": "groundswell.validation.report:save",
        "plot.aware_added": "groundswell.plots.pictures:aware_added",
        "plot.awareness": "groundswell.plots.pictures:awareness",
        "plot.content": "groundswell.plots.pictures:content",
        "plot.cost_per_added": "groundswell.plots.pictures:cost_per_added",
        "plot.costs_by_period": "groundswell.plots.pictures:costs_by_period",
        "plot.costs_in_all": "groundswell.plots.pictures:costs_in_all",
        "plot.differences": "groundswell.plots.differences:differences",
        "plot.grid": "groundswell.plots.pictures:grid",
        "plot.members": "groundswell.plots.pictures:members",
        "plot.potential": "groundswell.plots.pictures:potential",
        "plot.reach": "groundswell.plots.pictures:reach",
        "plot.sharers": "groundswell.plots.pictures:sharers",
    }
)
logging.getLogger(__name__).addHandler(logging.NullHandler())  # a library call prints nothing

__all__ = [
    "ActiveAdvocates",
    "Cancelled",
    "Change",
    "Company",
    "Contest",
    "DamagedFile",
    "DoesNotFit",
    "Estimate",
    "Export",
    "GroundswellError",
    "InvalidInput",
    "NotRecorded",
    "PeriodComparison",
    "Program",
    "ReadinessWeights",
    "Reading",
    "Results",
    "Scenario",
    "Selection",
    "Spread",
    "StudyFolder",
    "TieCoverage",
    "UnknownName",
    "Validation",
    "Wave",
    "Within",
    "WorldCache",
    "beta",
    "cache",
    "compare",
    "compare_periods",
    "create_key",
    "dirichlet",
    "equals",
    "estimate",
    "evidence",
    "fixed",
    "grid",
    "left_by",
    "levers",
    "load",
    "lognormal",
    "loguniform",
    "lookup",
    "measures",
    "normal",
    "overlap",
    "own_key",
    "parameters",
    "presets",
    "ranked",
    "read_export",
    "read_folder",
    "read_key",
    "rerun",
    "scale",
    "segments",
    "simulate",
    "spread",
    "uniform",
    "validate",
    "within",
    "within_percent",
    "years_before",
]


def __getattr__(name: str) -> Any:
    """Load what checks the model when it is first asked for: a sixth of the time that all the rest takes."""
    if name in ("Validation", "validate"):
        return getattr(import_module("groundswell.validation"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Public names only: packages and helpers stay out of completion."""
    return sorted(__all__)
