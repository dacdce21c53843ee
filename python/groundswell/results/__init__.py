"""What a simulation returns, and every number that can be read off it."""

from groundswell.results.results import Results

__all__ = ["Results"]
