"""What a viewer is shown and does: limit, repeats, copies, exponents of affinity. Spec: docs/MODEL.md 4."""

from __future__ import annotations

from typing import Annotated

from groundswell.scenario.schema.base import Group, Spec


def _exponent(what: str, source: str = "prototypes", tag: str = "chosen in prototypes") -> Spec:
    return Spec(f"Exponent of affinity in {what}", "exponent", "±50 %", source, tag, at_least=-3, at_most=3)


class Feed(Group):
    """Limits and repeats of one viewer's feed."""

    address = ("feed",)
    viewer_limit: Annotated[
        float | None,
        Spec(
            "Company impressions a week at which the next one is half as likely",
            "impressions a week",
            "U(5, 30)",
            "assumption; [1.16] [1.17]: form",
            above=0,
            at_most=1_000_000,
            off=True,
        ),
    ] = 10.0
    same_day_second: Annotated[
        float,
        Spec(
            "Visibility of an author's second post of a day",
            "factor",
            "U(.4, .8)",
            "[2.26]",
            "evidence",
            at_least=0,
            at_most=1,
        ),
    ] = 0.57
    same_day_third: Annotated[
        float,
        Spec(
            "Visibility of an author's third and later posts of a day",
            "factor",
            "U(.25, .6)",
            "[2.26]",
            "evidence",
            at_least=0,
            at_most=1,
        ),
    ] = 0.40
    identical_copy: Annotated[
        float,
        Spec(
            "Visibility per earlier showing of the same verbatim text; 1 switches it off",
            "factor",
            "U(.4, .95)",
            at_least=0,
            at_most=1,
        ),
    ] = 0.7
    repeat_floor: Annotated[
        float,
        Spec(
            "Reaction to an item seen many times, relative to the first time; 1 switches it off",
            "factor",
            "U(.3, .9)",
            "prototypes; [1.15] [5.7]",
            "chosen in prototypes",
            at_least=0,
            at_most=1,
        ),
    ] = 0.6
    repeat_half_life_days: Annotated[
        float,
        Spec(
            "Half-life of the memory of attended exposures to an item",
            "days",
            "U(3, 14)",
            "prototypes; [1.15] [5.7]",
            "chosen in prototypes",
            above=0,
            at_most=1_000,
        ),
    ] = 7.0
    memory_days: Annotated[
        int,
        Spec(
            "After this long without a showing an item is forgotten",
            "days",
            "U(14, 56)",
            at_least=1,
            at_most=1_000,
            count=True,
        ),
    ] = 28
    affinity_engage: Annotated[float, _exponent("engagement")] = 0.7
    affinity_click: Annotated[float, _exponent("clicks")] = 0.5
    affinity_reshare: Annotated[float, _exponent("reshares")] = 1.0
    affinity_mute: Annotated[float, _exponent("mutes", "assumption", "assumption")] = -0.5
    mute_frequency: Annotated[
        float,
        Spec(
            "Rise of mutes per viewer limit of impressions in a week",
            "factor per limit",
            "U(0, 1)",
            "[2.27]: order; assumption: size",
            at_least=0,
            at_most=100,
        ),
    ] = 0.5
    persuasion_exponent: Annotated[
        float, Spec("Exponent of the author's persuasion in reactions", "exponent", "U(.5, 1.5)", at_least=0, at_most=5)
    ] = 1.0
    appeal_shrink: Annotated[
        float,
        Spec(
            "Exponent of an item's appeal, × per further hop; 0: none beyond the first hop, 1: undiminished",
            "factor",
            "U(0, .3)",
            "prototypes",
            "chosen in prototypes",
            at_least=0,
            at_most=1,
        ),
    ] = 0.0
    contagion: Annotated[
        str,
        Spec(
            "Reshares: independent of who else did, or with odds in proportion to the fraction of neighbors who did",
            "law",
            "either",
            "assumption; [1.18]: the other law",
            choices=("independent", "fractional"),
        ),
    ] = "independent"
