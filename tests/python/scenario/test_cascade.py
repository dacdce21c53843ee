"""The reproduction number of acts: its formula, what is refused, what is warned of."""

import math

import numpy as np
import pytest

import groundswell as gs
from groundswell.scenario import Audience, Platform, Scenario, X
from groundswell.scenario.cascade import ENDLESS, neighbors, reproduction

NO_DECAY = {"platforms.linkedin.reaction_decay": 1, "platforms.linkedin.surfacing_decay": 1}

GROWN = {"platforms.linkedin.reaction_decay": 1, "platforms.linkedin.surfaced_views": 30}


@pytest.fixture(scope="module")
def base():
    return Scenario(gs.Company.synthetic(50), "2027-01-04")


def test_the_number_of_the_defaults_by_hand():
    found = reproduction(Platform(), Audience())
    ties = 100 * math.e  # lognormal: E[D^2]/E[D] = mean * exp(log-sd^2)
    assert neighbors(Platform(), Audience()) == pytest.approx(ties)
    assert found.at_hop_2 == pytest.approx(0.25 * (13 * 0.0385 + 0.125 * 2 * ties * 0.003))
    assert found.decay == 0.125
    assert found.limit == 0
    series = found.at_hop_2 * (1 + found.at_hop_2 * 0.125 * (1 + found.at_hop_2 * 0.125**2))
    assert found.acts() == pytest.approx(series, rel=1e-4)


def test_neighbors_are_who_is_there_and_kept():
    audience = Audience(pool={"alumni": 0, "buyer": 1000, "peer": 3000, "talent": 0, "personal": 0, "other": 0})
    x = X(presence={"buyer": 0.2, "peer": 0.4}, person_ties_kept=0.5)
    assert neighbors(x, audience) == pytest.approx(100 * math.e * 0.5 * (0.2 * 1000 + 0.4 * 3000) / 4000)
    assert neighbors(Platform(), Audience(person_degree_cap=50)) == 50
    empty = dict.fromkeys(("alumni", "buyer", "peer", "talent", "personal", "other"), 0)
    assert neighbors(Platform(), Audience(pool=empty)) == 0


def branching(platform: Platform, audience: Audience, hops: int, roots: int, rng: np.random.Generator) -> list[float]:
    """Acts on views of hops 1, 2, ... per root act, by simulating acts one generation at a time."""
    ties = neighbors(platform, audience)
    engaged, reshared, acts = roots, 0, [1.0]
    for h in range(1, hops):
        shrink = platform.surfacing_decay ** (h - 1)
        shown = min(1.0, platform.person_visibility * platform.reshare_views) * ties
        views = int(rng.poisson(platform.surfaced_views * shrink * engaged))
        views += int(rng.poisson(shown * shrink * reshared))
        engaged = int(rng.binomial(views, platform.engage * platform.reaction_decay**h))
        reshared = int(rng.binomial(views, platform.reshare * platform.reaction_decay**h))
        acts.append((engaged + reshared) / roots)
    return acts


def test_the_formula_is_the_mean_of_a_branching_process():
    # All root acts are engagements, and reshares bring as many views, so the kinds of acts do not matter.
    audience = Audience()
    platform = Platform(
        reaction_decay=0.8,
        surfacing_decay=0.9,
        reshare=0.02,
        surfaced_views=40,
        reshare_views=40 / 0.125 / 100 / math.e,
    )
    found = reproduction(platform, audience)
    acts = branching(platform, audience, 5, 200_000, np.random.default_rng(1))
    expected = np.cumprod([1.0, *(found.at_hop_2 * found.decay**k for k in range(4))])
    assert acts == pytest.approx(expected, rel=0.02)


def test_what_does_not_die_out_is_refused(base):
    quiet = base.replace(NO_DECAY)  # 0.70: dies out by itself
    assert reproduction(quiet.platforms.linkedin, quiet.audience).limit == pytest.approx(0.7044, abs=1e-3)
    with pytest.raises(gs.InvalidInput) as caught:
        base.replace(NO_DECAY | {"platforms.linkedin.surfaced_views": 25})
    message = str(caught.value)
    assert message.startswith("platforms.linkedin.reaction_decay = 1: cascades do not end")
    assert "1.17 more at every hop" in message
    assert "platforms.linkedin.surfacing_decay below 1" in message


def test_a_platform_that_is_off_is_not_judged(base):
    wild = {f"platforms.x.{name}": value for name, value in
            {"reaction_decay": 1, "surfacing_decay": 1, "surfaced_views": 500, "engage": 0.1}.items()}  # fmt: skip
    off = base.replace(wild)
    assert off.warnings.empty
    with pytest.raises(gs.InvalidInput, match=r"^platforms\.x\.reaction_decay = 1: cascades do not end"):
        off.replace({"platforms.x.on": True})


def test_growth_that_ends_is_warned_of_with_the_number(base):
    assert base.warnings.empty
    grown = base.replace(GROWN)
    ((code, count, where, what),) = grown.warnings.itertuples(index=False)
    number = reproduction(grown.platforms.linkedin, grown.audience).at_hop_2
    assert number == pytest.approx(30 * 0.0385 + 0.003 * 0.25 * 100 * math.e)
    assert (code, count) == ("cascades_grow", 1)
    assert where == "platforms.linkedin: reproduction number 1.36 at hop 2"
    assert "about 2.65" in what
    short = gs.Scenario(gs.Company.synthetic(20), "2027-01-04", 4, warm_up_weeks=0, follow_up_weeks=0)
    result = gs.simulate(short.replace(GROWN), worlds=1, replicates=1, progress=False)
    assert "cascades_grow" in set(result.warnings["code"])


def test_acts_of_slow_decay_are_called_more_than_a_billion():
    slow = Platform(reaction_decay=1, surfacing_decay=0.999, surfaced_views=200)
    found = reproduction(slow, Audience())
    assert found.limit == 0
    assert found.acts() == math.inf > ENDLESS


def test_the_page_counts_where_it_reacts_more_than_persons():
    low, high = (reproduction(Platform(page_reaction_ratio=ratio), Audience()).at_hop_2 for ratio in (0.45, 3))
    assert high == pytest.approx(3 * low)
    assert low == reproduction(Platform(page_reaction_ratio=1), Audience()).at_hop_2
