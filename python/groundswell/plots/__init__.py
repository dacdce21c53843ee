"""Pictures. Each takes `ax=` and returns it, and has a table with the same numbers."""

from groundswell.decide.pictures import ContestPlots
from groundswell.results.pictures import ResultPlots

__all__ = ["ContestPlots", "ResultPlots"]
