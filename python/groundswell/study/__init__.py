"""A saved study: one file that opens, and runs again, without the HR table."""

from groundswell.study.study import load

__all__ = ["load"]
