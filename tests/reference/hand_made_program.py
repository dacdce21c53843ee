"""A program under which everything happens, by hand: the twin alone, without the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from .hand_made import hand_made_parameters
from .program import Program, Selection, Settings, Wave
from .world_view import Design

WEEKS = 8
BASE = Settings(9.0, 0.8, recognition=0.6, training_hours_per_person=2.0, guidelines=0.3, page_amplification=0.5)
PERIODS = (
    (0, BASE),
    (10, replace(BASE, mandate=1.0, own_words=1.0, mix=(0, 0, 1, 0, 0), training_hours_per_person=6.0)),
    (24, replace(BASE, mandate=1.0, recognition=0.0, own_words=0.0, guidelines=1.0)),
    (38, replace(BASE, recognition=1.0, posts_per_week=14.0)),
)
SELECTION = Selection(waves=(Wave(0, 8), Wave(12, 2), Wave(20, 1)))


def design_of(selection: Selection = SELECTION, periods: tuple[tuple[int, Settings], ...] = PERIODS) -> Design:
    return Design(date(2027, 3, 1), 1, WEEKS, 1, Program(periods, selection=selection))


def parameters_of(**participation: float) -> dict[str, Any]:
    parameters = hand_made_parameters()
    parameters["participation"].update(participation)
    parameters["retention"]["turnover_per_year"] = 0.6
    return parameters
