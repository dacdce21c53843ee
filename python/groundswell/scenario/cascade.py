"""Whether acts beyond the first hop die out on a platform, from the scenario's own numbers, before anything runs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from groundswell.errors import Problem
from groundswell.scenario.model.audience import SEGMENTS, Audience
from groundswell.scenario.model.platform import Platform
from groundswell.scenario.record import ScenarioRecord

ENDLESS = 1e9  # acts after which a sum of generations is called endless


@dataclass(frozen=True)
class Reproduction:
    """Expected acts (engagements that surface a post, and reshares) set off by one act on one platform.

    An act on a view of hop h brings V·δ^(h−1) views if it is an engagement and W·δ^(h−1) if it is a reshare; a view
    of hop h+1 is answered by e·ρ^h engagements and r·ρ^h reshares. With two kinds of acts whose offspring mix the
    same way, the expected acts per act are R(h+1) = f·ρ^h·δ^(h−1)·(V·e + W·r): at hop 2, R(2) = f·ρ·(V·e + W·r);
    after it each generation is ρ·δ times the one before. With

    - V ``surfaced_views``, δ ``surfacing_decay``, ρ ``reaction_decay``, e ``engage``, r ``reshare`` (both per
      impression; the endorsement in them is the first hop's, at later hops it is at most that);
    - W = min(1, ``person_visibility`` × ``reshare_views``) × D, an upper value: λ's curve bends down;
    - D the ties of the person who reshares, outside the company and found over a tie: E[D²]/E[D] of the lognormal,
      ``person_degree_mean``·exp(``person_degree_log_sd``²), at most ``person_degree_cap``, × ``person_ties_kept`` ×
      the share of the pools' persons who are on the platform;
    - f = max(1, ``page_reaction_ratio``): a surfaced view keeps its carrier, and the page has its own reactions.

    Surfaced views and reshares carry no visibility appeal: a reshare's λ is the one solved without it, so that
    ``person_visibility`` is its mean too. Left out: viewer limit, mutes, at most one engagement of a person with a post
    (each lowers R), selection of lively viewers and of appealing items (raises it). Fractional contagion keeps the mean
    odds at one neighbor and raises them at more.

    Attributes
    ----------
    at_hop_2
        R(2).
    decay
        ρ·δ, the factor from one generation's R to the next.
    """

    platform: str
    at_hop_2: float
    decay: float

    @property
    def limit(self) -> float:
        """R after many hops: 0, or R(2) where nothing decays."""
        return self.at_hop_2 if self.decay >= 1 else 0.0

    def acts(self) -> float:
        """Return expected acts that follow from one act: R(2) + R(2)·R(3) + …; infinity where they do not end."""
        total, acts, ratio = 0.0, 1.0, self.at_hop_2
        if self.limit >= 1:
            return math.inf
        while acts * ratio > 1e-6 * max(total, 1e-6):
            acts *= ratio
            total += acts
            ratio *= self.decay
            if total > ENDLESS:
                return math.inf
        return total


def reproduction(platform: Platform, audience: Audience) -> Reproduction:
    """Return the expected acts per act on a platform; see ``Reproduction`` for the formula."""
    reshared = min(1.0, platform.person_visibility * platform.reshare_views) * neighbors(platform, audience)
    acts = platform.surfaced_views * platform.engage + reshared * platform.reshare
    first = max(1.0, platform.page_reaction_ratio) * platform.reaction_decay * acts
    return Reproduction(platform.name, first, platform.reaction_decay * platform.surfacing_decay)


def neighbors(platform: Platform, audience: Audience) -> float:
    """Return the mean ties, on a platform, of a person outside the company who is found over a tie."""
    found = audience.person_degree_mean * math.exp(audience.person_degree_log_sd**2)
    pools = [(getattr(audience.pool, name), getattr(platform.presence, name)) for name in SEGMENTS[1:]]
    persons = sum(pool for pool, _ in pools)
    there = sum(pool * presence for pool, presence in pools) / persons if persons > 0 else 0.0
    return min(found, audience.person_degree_cap) * platform.person_ties_kept * there


def refusals(scenario: ScenarioRecord) -> Iterable[Problem]:
    """Yield a problem for each platform that is on and on which acts do not die out."""
    for platform in scenario.platforms.on():
        found = reproduction(platform, scenario.audience)
        if found.limit >= 1:
            rule = (
                f"cascades do not end: with no decay, each act sets off {found.limit:.3g} more at every hop "
                f"(reproduction number); set it or platforms.{platform.name}.surfacing_decay below 1"
            )
            yield Problem(("platforms", platform.name, "reaction_decay"), f"{platform.reaction_decay:g}", rule)


def growing(scenario: ScenarioRecord) -> Iterator[tuple[str, int, str, str]]:
    """Yield a warning (code, count, examples, consequence) for each platform whose reproduction number is 1 or more."""
    for platform in scenario.platforms.on():
        found = reproduction(platform, scenario.audience)
        if found.at_hop_2 >= 1:
            acts = found.acts()
            many = f"about {acts:,.3g}" if acts < ENDLESS else f"more than {ENDLESS:,.0g}"
            where = f"platforms.{platform.name}: reproduction number {found.at_hop_2:.3g} at hop 2"
            what = f"one act is expected to set off {many} more before they die out"
            yield "cascades_grow", 1, where, f"{what}; check reaction_decay, surfaced_views, reshare_views"
