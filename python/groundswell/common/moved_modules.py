"""Modules that have moved: an object that an earlier version has pickled names the old one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

MODEL = ("audience", "awareness", "content", "costs", "feed", "participation", "platform", "platform_groups", "posting",
         "retention", "workforce")  # fmt: skip
MOVED = {
    "archive": "study.archive",
    "cells": "decide.varied",
    "company_facts": "company.facts",
    "company_saved": "company.saved",
    "contest": "decide.contest",
    "estimate": "run.estimate",
    "explain": "results.explain",
    "folder": "scenario.folder",
    "given_audience": "company.audience",
    "grain": "results.grain",
    "measures": "results.measures",
    "min_group": "company.small_groups",
    "people": "results.people_counts",
    "precision": "decide.within",
    "presets": "scenario.presets",
    "pseudonyms": "company.pseudonyms",
    "recording": "results.recording",
    "rerun": "study.rerun",
    "suggest": "company.suggest",
    "suggest_rules": "company.suggest_rules",
    "ties": "company.ties",
    "transformations": "company.transformations",
    "world_cache": "worlds.cache",
    **{f"scenario.{name}": f"scenario.model.{name}" for name in MODEL},
    "scenario.advocates": "scenario.program.advocates",
    "scenario.base": "scenario.schema.base",
    "scenario.kinds": "scenario.schema.kinds",
    "scenario.levers": "scenario.program.levers",
    "scenario.selection": "scenario.program.selection",
    "scenario.shares": "scenario.model.shares",
}


class _OldNames(MetaPathFinder, Loader):
    """Finds a module under its old name; what is asked of it is looked up under the new one."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        old = fullname.removeprefix("groundswell.")
        return ModuleSpec(fullname, self) if old != fullname and old in MOVED else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        new = MOVED[spec.name.removeprefix("groundswell.")]
        module = ModuleType(spec.name, f"Moved to groundswell.{new}.")
        module.__getattr__ = lambda name: getattr(import_module(f"groundswell.{new}"), name)  # type: ignore[method-assign]
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def find_under_old_names() -> None:
    """Let pickles of earlier versions open."""
    if not any(isinstance(finder, _OldNames) for finder in sys.meta_path):
        sys.meta_path.append(_OldNames())
