"""From results to a decision: designs side by side, their differences, grids, the sentence."""

from groundswell.decide.contest import Contest

__all__ = ["Contest"]
