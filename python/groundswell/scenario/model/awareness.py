"""Awareness and favorability of one viewer. Spec: docs/MODEL.md 5."""

from __future__ import annotations

from typing import Annotated

from groundswell.scenario.schema.base import Group, Spec


def _baseline(who: str) -> Spec:
    return Spec(
        f"Awareness of {who} without any exposure",
        "share",
        "±50 %",
        "assumption; [5.15]: not found",
        at_least=0,
        at_most=1,
    )


class Awareness(Group):
    """How attended exposures move awareness and favorability."""

    address = ("awareness",)
    phi: Annotated[
        float,
        Spec(
            "Part of the attainable lift that the first attended exposure gives at weight 1",
            "share",
            "U(.5, .75)",
            "[5.6] [5.7]",
            "evidence",
            at_least=0,
            below=1,
        ),
    ] = 0.65
    half_life_weeks: Annotated[
        float | None,
        Spec(
            "Half-life of awareness above its baseline",
            "weeks",
            "U(1, 8)",
            "[5.11] [5.13]",
            "evidence",
            at_least=0.01,
            at_most=10_000,
            off=True,
        ),
    ] = 3.0
    attainable_lift: Annotated[
        float,
        Spec(
            "Most that exposure can add, as part of what is not yet aware",
            "share",
            "U(.05, .6)",
            "assumption; [5.15]: not found",
            at_least=0,
            at_most=1,
        ),
    ] = 0.3
    baseline_buyer: Annotated[float, _baseline("buyers")] = 0.25
    baseline_talent: Annotated[float, _baseline("talent")] = 0.15
    baseline_other: Annotated[float, _baseline("everybody else")] = 0.05
    favorability_prior: Annotated[
        float, Spec("Favorability without any exposure", "share", "U(0, .3)", at_least=0, below=1)
    ] = 0.1
    favorability_step: Annotated[
        float,
        Spec("Step of favorability of one attended exposure at weight 1", "share", "U(.02, .3)", at_least=0, below=1),
    ] = 0.1
