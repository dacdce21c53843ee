"""A program: whom it asks, and what management sets, by date."""

from groundswell.scenario.program.advocates import ActiveAdvocates
from groundswell.scenario.program.levers import Change, ProgramPlatforms
from groundswell.scenario.program.program import Program
from groundswell.scenario.program.selection import ReadinessWeights, Selection, Wave

__all__ = ["ActiveAdvocates", "Change", "Program", "ProgramPlatforms", "ReadinessWeights", "Selection", "Wave"]
