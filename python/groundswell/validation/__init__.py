"""Validation: every target measured on fresh worlds, in groups, with intervals and verdicts."""

from groundswell.validation.validate import SEED, Validation, validate

__all__ = ["SEED", "Validation", "validate"]
