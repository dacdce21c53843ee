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
        Spec(
            "Part of the way to an exposure's valence that favorability goes at weight 1",
            "share",
            "U(.02, .3)",
            at_least=0,
            below=1,
        ),
    ] = 0.1
    favorability_half_life_weeks: Annotated[
        float | None,
        Spec(
            "Half-life of favorability above or below its prior mean",
            "weeks",
            "U(13, 104)",
            at_least=0.01,
            at_most=10_000,
            off=True,
        ),
    ] = 26.0
    valence_threshold: Annotated[
        float,
        Spec(
            "Authenticity that leaves people cold; a post that seems less authentic repels",
            "factor",
            "U(.2, .8)",
            "[4.14] [2.27]: signs; assumption: size",
            at_least=0,
            below=1,
        ),
    ] = 0.5
    wear_out_exposures: Annotated[
        float,
        Spec(
            "Attended company exposures from which on further ones seem less authentic",
            "exposures",
            "U(5, 20)",
            "[5.6]: laboratory; assumption: size",
            at_least=0.01,
            at_most=10_000,
        ),
    ] = 10.0
    wear_out_exponent: Annotated[
        float,
        Spec(
            "Exponent of the wear-out of authenticity in attended exposures; 0: none",
            "exponent",
            "U(0, 1)",
            "[5.6]: laboratory; assumption: size",
            at_least=0,
            at_most=10,
        ),
    ] = 0.5
    wear_out_half_life_weeks: Annotated[
        float | None,
        Spec(
            "Half-life of the count of attended company exposures",
            "weeks",
            "U(1, 12)",
            at_least=0.01,
            at_most=10_000,
            off=True,
        ),
    ] = 4.0
