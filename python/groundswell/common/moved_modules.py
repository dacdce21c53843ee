"""Modules that have moved: an object that an earlier version has pickled names the old one."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

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


class _OldName(ModuleType):
    """A module under its old name; what is asked of it is looked up under the new one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # whoever looks through all modules must not load these
            raise AttributeError(name)
        new = MOVED[self.__name__.removeprefix("groundswell.")]
        return getattr(import_module(f"groundswell.{new}"), name)


def answer_to_old_names() -> None:
    """Let pickles of earlier versions open.

    The modules are entered by hand, because an import would also set them as attributes of the package, in place of
    functions of the same name such as `gs.measures`.
    """
    for old in MOVED:
        name = f"groundswell.{old}"
        sys.modules.setdefault(name, _OldName(name))
