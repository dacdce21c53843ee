"""The audience: pools of persons, their traits, who is tied to whom. Spec: docs/MODEL.md 2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from groundswell.errors import Problem
from groundswell.scenario.base import Group, Mix, Spec, tuned

SEGMENTS = ("employee", "alumni", "buyer", "peer", "talent", "personal", "other")


def _share(segment: str, prior: str = "Dirichlet, jointly") -> Spec:
    return Spec(
        f"Share of an employee's LinkedIn connections who are {segment}",
        "share",
        prior,
        "prototypes; 3.14 not found",
        "chosen in prototypes",
        at_least=0,
        at_most=1,
    )


def _pool(segment: str) -> Spec:
    return Spec(
        f"Persons in the pool of {segment}",
        "persons per 1,000 employees",
        "± factor 2",
        "prototypes, assumption",
        "chosen in prototypes",
        at_least=0,
        at_most=10_000_000,
    )


def _affinity(segment: str) -> Spec:
    return tuned(f"Mean affinity to the company of {segment}", "factor", "±30 %", above=0, at_most=100)


class AudienceMix(Mix):
    """To whom employees are connected; the shares sum to 1."""

    address = ("audience", "mix")
    employee: Annotated[float, _share("coworkers", "U(.10, .25)")] = 0.13
    alumni: Annotated[float, _share("alumni of the company", "U(.05, .20)")] = 0.05
    buyer: Annotated[float, _share("buyers at target accounts")] = 0.12
    peer: Annotated[float, _share("peers in the same trade")] = 0.17
    talent: Annotated[float, _share("possible recruits")] = 0.13
    personal: Annotated[float, _share("private acquaintances")] = 0.25
    other: Annotated[float, _share("anybody else")] = 0.15


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
    mix: AudienceMix = AudienceMix()
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
    activity_shape: Annotated[
        float,
        Spec(
            "Gamma shape of viewers' activity (the product over ties then has about .36)",
            "shape",
            "U(.3, .9)",
            "A11, 2.2; .47 found in prototypes",
            "chosen in prototypes",
            at_least=0.01,
            at_most=100,
        ),
    ] = 0.47
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
    connections_per_follower: Annotated[
        float,
        Spec(
            "Sum of employees' connections per page follower, where followers are not given",
            "connections per follower",
            "LN(10, .8)",
            "3.11",
            "evidence",
            above=0,
            at_most=1_000_000,
        ),
    ] = 10.0
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
            "4.1",
            "evidence",
            at_least=0,
            at_most=1,
        ),
    ] = 0.03

    def _broken_rules(self) -> Iterable[Problem]:
        for name in SEGMENTS[1:]:
            share = getattr(self.mix, name)
            if share > 0 and getattr(self.pool, name) == 0:
                yield Problem(("mix", name), f"{share:g}", f"must be 0 where audience.pool.{name} is 0")
