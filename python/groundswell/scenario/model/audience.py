"""The audience: pools of persons, their traits, who is tied to whom. Spec: docs/MODEL.md 2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from groundswell import _core
from groundswell.errors import Problem
from groundswell.scenario.schema.base import Group, Spec, tuned

SEGMENTS: tuple[str, ...] = tuple(_core.segments)  # in the order of their numbers in the core


def _pool(segment: str) -> Spec:
    return Spec(
        f"Persons in the pool of {segment}",
        "persons per 1,000 employees",
        "± factor 2",
        "prototypes; assumption",
        "chosen in prototypes",
        at_least=0,
        at_most=10_000_000,
    )


def _affinity(segment: str) -> Spec:
    return tuned(f"Mean affinity to the company of {segment}", "factor", "±30 %", above=0, at_most=100)


class AudiencePool(Group):
    """Sizes of the pools; the pool of employees is the company itself, so its entry must be 0."""

    address = ("audience", "pool")
    employee: Annotated[
        float,
        Spec(
            "Always 0: this pool is the company itself",
            "persons per 1,000 employees",
            "fixed",
            "definition",
            "input",
            at_least=0,
            at_most=0,
        ),
    ] = 0.0
    alumni: Annotated[float, _pool("alumni")] = 3_000.0
    buyer: Annotated[float, _pool("buyers (20,000 accounts × committee of 3)")] = 60_000.0
    peer: Annotated[float, _pool("peers")] = 40_000.0
    talent: Annotated[float, _pool("talent")] = 40_000.0
    personal: Annotated[float, _pool("private acquaintances")] = 120_000.0
    other: Annotated[float, _pool("others")] = 60_000.0


class AudienceAffinity(Group):
    """Mean affinity to the company by segment."""

    address = ("audience", "affinity")
    employee: Annotated[float, _affinity("coworkers")] = 1.6
    alumni: Annotated[float, _affinity("alumni")] = 1.3
    buyer: Annotated[float, _affinity("buyers")] = 1.2
    peer: Annotated[float, _affinity("peers")] = 1.2
    talent: Annotated[float, _affinity("talent")] = 1.1
    personal: Annotated[float, _affinity("private acquaintances")] = 0.5
    other: Annotated[float, _affinity("others")] = 0.7


class Audience(Group):
    """Pools of persons, ties and traits of viewers."""

    address = ("audience",)
    pool: AudiencePool = AudiencePool()
    smallest_company: Annotated[
        int,
        Spec(
            "Pools are sized for at least this many employees",
            "employees",
            "U(50, 200)",
            at_least=1,
            at_most=100_000,
            count=True,
        ),
    ] = 100
    department_homophily: Annotated[
        float,
        tuned(
            "Chance that a pick comes from the block of the own department",
            "probability",
            "U(.3, .8)",
            at_least=0,
            at_most=1,
        ),
    ] = 0.6
    copying_share: Annotated[
        float,
        tuned("Chance that a pick is copied from a colleague", "probability", "U(.05, .3)", at_least=0, at_most=1),
    ] = 0.15
    copying_own_department: Annotated[
        float,
        tuned(
            "Chance that the copied colleague is of the own department",
            "probability",
            "U(.5, .9)",
            at_least=0,
            at_most=1,
        ),
    ] = 0.7
    strong_tie_share: Annotated[
        float, tuned("Share of ties that are strong", "share", "U(.1, .3)", at_least=0, at_most=1)
    ] = 0.2
    strong_tie: Annotated[
        float, tuned("Visibility over a strong tie", "factor", "U(1.4, 2.4)", above=0, at_most=100)
    ] = 1.8
    weak_tie: Annotated[float, tuned("Visibility over a weak tie", "factor", "U(.6, 1)", above=0, at_most=100)] = 0.8
    activity_across_platforms: Annotated[
        float,
        Spec(
            "Correlation, over platforms, of the normal scores of a person's activity",
            "correlation",
            "U(0, .9)",
            at_least=0,
            at_most=1,
        ),
    ] = 0.5
    affinity: AudienceAffinity = AudienceAffinity()
    affinity_log_sd: Annotated[
        float, tuned("Log-sd of affinity inside a segment", "log-sd", "U(.4, .8)", at_least=0, at_most=3)
    ] = 0.6
    affinity_block_share: Annotated[
        float,
        tuned(
            "Share of the log-variance of affinity that a block of persons shares",
            "share",
            "U(.2, .8)",
            at_least=0,
            at_most=1,
        ),
    ] = 0.5
    affinity_block_persons: Annotated[
        int,
        Spec(
            "Consecutive persons in a block of shared affinity",
            "persons",
            "U(15, 60)",
            at_least=1,
            at_most=100_000,
            count=True,
        ),
    ] = 31
    affinity_visible: Annotated[
        float, tuned("Exponent of affinity in visibility", "exponent", "U(0, .6)", at_least=0, at_most=3)
    ] = 0.3
    susceptibility_log_sd: Annotated[
        float, Spec("Log-sd of persons' susceptibility (mean 1)", "log-sd", "U(.2, .8)", at_least=0, at_most=3)
    ] = 0.5
    propensity_log_sd: Annotated[
        float, tuned("Log-sd of a viewer's reaction propensity (mean 1)", "log-sd", "U(.8, 1.5)", at_least=0, at_most=3)
    ] = 1.2
    follower_affinity_exponent: Annotated[
        float,
        Spec(
            "How strongly followers of the page are self-selected by affinity",
            "exponent",
            "U(0, 2)",
            at_least=0,
            at_most=10,
        ),
    ] = 1.0
    unprompted_share: Annotated[
        float,
        Spec(
            "Share of employees who share company content without a program",
            "share",
            "U(.02, .05)",
            "[4.1]",
            "evidence",
            at_least=0,
            at_most=1,
        ),
    ] = 0.03
    person_degree_mean: Annotated[
        float, tuned("Mean ties of a person outside the company with others there", "ties", "U(50, 200)",
                     at_least=0, at_most=10_000)
    ] = 100.0  # fmt: skip
    person_degree_log_sd: Annotated[
        float, tuned("Log-sd of these ties", "log-sd", "U(.7, 1.3)", at_least=0, at_most=5)
    ] = 1.0
    person_degree_cap: Annotated[
        int, tuned("Most of these ties of one person", "ties", "U(1000, 5000)", at_least=1, at_most=100_000, count=True)
    ] = 3_000
    circle_persons: Annotated[
        int, tuned("Positions in a circle of acquaintances", "persons", "U(15, 60)", 16, at_least=2, at_most=10_000,
                   count=True)
    ] = 31  # fmt: skip
    circle_stubs: Annotated[
        int, tuned("Ties that a person spends at one position of a circle", "ties", "U(10, 30)", 16, at_least=1,
                   at_most=10_000, count=True)
    ] = 22  # fmt: skip
    random_ties: Annotated[
        float, tuned("Share of ties among persons that are random", "share", "U(.05, .4)", 16, at_least=0, at_most=1)
    ] = 0.20
    mixed_circles: Annotated[
        float, tuned("Share of further circles that mix all persons", "share", "U(0, .4)", 16, at_least=0, at_most=1)
    ] = 0.15
    seller_buyer_factor: Annotated[
        float,
        Spec("Weight of buyers in the connections of sellers, relative to others", "factor", "U(1, 4)", at_least=0,
             at_most=100),
    ] = 2.0  # fmt: skip
    recruiter_talent_factor: Annotated[
        float,
        Spec("Weight of talent in the connections of recruiters, relative to others", "factor", "U(1, 4)", at_least=0,
             at_most=100),
    ] = 2.0  # fmt: skip

    def _broken_rules(self) -> Iterable[Problem]:
        if self.circle_stubs >= self.circle_persons:
            rule = f"must be below audience.circle_persons ({self.circle_persons}): nobody is tied to himself"
            yield Problem(("circle_stubs",), f"{self.circle_stubs}", rule)
