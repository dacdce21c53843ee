"""Who posts when without a program, and what posting does to an author's credibility.

Spec: docs/MODEL.md 3.
"""

from __future__ import annotations

from typing import Annotated

from groundswell.scenario.model.shares import PlatformShares
from groundswell.scenario.schema.base import Group, Spec


class OrganicPlatforms(PlatformShares):
    """Where organic posts go; the shares sum to 1."""

    address = ("posting", "organic_platforms")


class Posting(Group):
    """Organic posts and their displacement by program posts."""

    address = ("posting",)
    organic_company_posts_per_month: Annotated[
        float,
        Spec(
            "Company-related organic posts of an unprompted sharer",
            "posts a month",
            "U(1, 4)",
            "[4.1]",
            "evidence",
            at_least=0,
            at_most=300,
        ),
    ] = 2.0
    other_posts_per_month: Annotated[
        float,
        Spec(
            "Other organic posts of an employee, before × social activity",
            "posts a month",
            "LN(1.5, .5)",
            at_least=0,
            at_most=300,
        ),
    ] = 1.5
    displacement: Annotated[
        float,
        Spec(
            "Chance that a program post of the last 7 days displaces an organic one",
            "probability",
            "U(0, .6)",
            at_least=0,
            at_most=1,
        ),
    ] = 0.3
    organic_platforms: OrganicPlatforms = OrganicPlatforms()


class Credibility(Group):
    """How an author's credibility follows authenticity and the share of company posts.

    Slope 0 switches the latter off.
    """

    address = ("credibility",)
    company_share_tolerance: Annotated[
        float,
        Spec(
            "Share of company posts that readers tolerate",
            "share",
            "U(.1, .7)",
            "assumption; [4.18]: no experiment",
            at_least=0,
            at_most=1,
        ),
    ] = 0.3
    credibility_slope: Annotated[
        float,
        Spec(
            "Loss of credibility score per unit of company share above the tolerance",
            "slope",
            "U(0, 2)",
            "assumption; [4.18]: no experiment",
            at_least=0,
            at_most=100,
        ),
    ] = 1.0
    credibility_half_life_weeks: Annotated[
        float, Spec("Half-life of the moving averages", "weeks", "U(4, 16)", at_least=0.1, at_most=1_000)
    ] = 8.0
    pseudo_posts: Annotated[
        float, Spec("Posts at tolerance that an author starts with", "posts", "U(2, 10)", above=0, at_most=1_000)
    ] = 5.0
    streak_weight: Annotated[
        float, Spec("Weight of a second promotional post in a row", "factor", "U(1, 2)", at_least=1, at_most=10)
    ] = 1.5
