"""Validation: every target measured on fresh worlds, in groups, with intervals and verdicts."""

from groundswell.validation.lines import Validation
from groundswell.validation.validate import SEED, validate

__all__ = ["SEED", "Validation", "validate"]
