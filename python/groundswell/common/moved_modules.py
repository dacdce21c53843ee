"""Modules that have moved: an object that an earlier version has pickled names the old one."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

MODEL = (
    "audience", "awareness", "content", "costs", "feed", "participation",
    "platform", "platform_groups", "posting", "retention", "shares", "solved",
    "workforce",
)  # fmt: skip
MOVED = {
    "archive": "study.archive",
    "axes": "results.axes",
    "batch": "run.batch",
    "cascades": "results.cascades",
    "cells": "decide.varied",
    "check": "company.published_figures",
    "cli_common": "cli.options",
    "cli_study": "cli.study_commands",
    "company_columns": "company.columns",
    "company_facts": "company.facts",
    "company_file": "study.company_part",
    "company_identity": "company.identity",
    "company_saved": "company.saved",
    "company_tables": "company.assemble",
    "company_text": "company.cell",
    "compare": "decide.compare",
    "contest": "decide.contest",
    "demo": "cli.demo",
    "departments": "results.departments",
    "dependence": "results.dependence",
    "estimate": "run.estimate",
    "excel": "output.excel",
    "explain": "results.explain",
    "export": "output.csv",
    "extend": "run.extend",
    "failures": "run.failures",
    "files": "common.files",
    "folder": "scenario.folder",
    "given_audience": "company.audience",
    "grain": "results.grain",
    "grid": "decide.grid",
    "html": "common.text",
    "ids": "common.ids",
    "interim": "run.leading",
    "levers": "scenario.program.lever_table",
    "limits": "output.cautions",
    "manifest": "run.manifest",
    "measures": "results.measures",
    "memory": "run.size",
    "min_group": "company.small_groups",
    "overlap": "worlds.overlap",
    "people": "results.people_counts",
    "people_frame": "results.people_frame",
    "precision": "decide.within",
    "presets": "scenario.presets",
    "progress": "common.progress",
    "pseudonyms": "company.pseudonyms",
    "ranks": "results.ranks",
    "recording": "results.recording",
    "recording_file": "study.recording_part",
    "rerun": "study.rerun",
    "scenario.advocates": "scenario.program.advocates",
    "scenario.base": "scenario.schema.base",
    "scenario.core": "scenario.to_core",
    "scenario.kinds": "scenario.schema.kinds",
    "scenario.levers": "scenario.program.levers",
    "scenario.moved": "scenario.schema.moved",
    "scenario.platform_table": "scenario.schema.platform_table",
    "scenario.selection": "scenario.program.selection",
    "scenario.yaml_io": "common.yaml_io",
    "scenario_file": "scenario.file",
    "select": "worlds.select",
    "sentence": "decide.sentence",
    "simulate": "run.simulate",
    "starter_choices": "starter.choices",
    "starter_notebook": "starter.notebook",
    "starter_texts": "starter.texts",
    "statistics": "common.statistics",
    "suggest": "company.suggest",
    "suggest_rules": "company.suggest_rules",
    "tie_completion": "validation.half_hidden",
    "ties": "company.ties",
    "company.transformations": "company.table.transformations",
    "transformations": "company.table.transformations",
    "validation.drawing": "validation.pictures.drawing",
    "validation.networks": "worlds.graph",
    "validation.pictures_program": "validation.pictures.of_programs",
    "validation.table": "validation.targets.table",
    "validation.table_program": "validation.targets.table_program",
    "validation.target": "validation.targets.target",
    "validation.trees": "results.trees",
    "world_cache": "worlds.cache",
    "writable": "results.verbs",
    **{f"scenario.{name}": f"scenario.model.{name}" for name in MODEL},
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
