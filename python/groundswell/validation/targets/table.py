"""The table of targets: number, output, band, scenario, tag, and how each is measured.

Bands rest on the rows A of the evidence; a row says where `validate` takes another one.

Tags. input: set by a parameter; the engine must give it back. calibrated: the parameters named were tuned on it. in
view: starting values were chosen with it in sight. implied: follows from others. emergent: nothing was tuned on it.
"""

from __future__ import annotations

from groundswell.scenario.model.platform import Platforms
from groundswell.validation import intervals
from groundswell.validation.collect import Evidence
from groundswell.validation.intervals import Estimate
from groundswell.validation.runs.traces import first_small_increment
from groundswell.validation.targets.table_program import PARTICIPATION
from groundswell.validation.targets.target import NO_LIMIT, TAGS, Mean, OfTrees, Rare, Ratio, Relative, Target, later

__all__ = ["TAGS", "TARGETS", "Target"]


def _strong_over_weak(evidence: Evidence) -> Estimate:
    weak, seen = evidence.of("weak_tie_reshares_person"), evidence.of("weak_tie_impressions_person")
    strong = evidence.of("reshares_person") - weak
    return intervals.ratio_of_ratios(strong, evidence.of("impressions_person") - seen, weak, seen)


def _first_exposure(evidence: Evidence) -> Estimate:
    return intervals.exact(float(evidence.of("lift_1")[0]))


def _plateau(evidence: Evidence) -> Estimate:
    steps = [name for name in evidence.numbers if name.startswith("lift_")]
    lift = {int(name.removeprefix("lift_")): float(evidence.of(name)[0]) for name in steps}
    first = first_small_increment(lift)
    return intervals.nothing("no increment below 1 % was seen") if first is None else intervals.exact(float(first))


L = "platforms.linkedin"
DEFAULT, FOUR = "default", "default on four platforms"
OTHERS = "four platforms"


def _half_lives() -> list[Target]:
    bands = {"linkedin": (18.0, 30.0), "instagram": (15.0, 24.0), "facebook": (0.5, 1.5), "x": (0.3, 1.0)}
    rows = []
    for name, band in bands.items():
        where = (DEFAULT, "") if name == "linkedin" else (FOUR, OTHERS)
        rows.append(
            Target(9, f"half-life of engagement, {name}, all hops", band, "hours", where[0], "input",
                   Mean(f"half_life_{name}"), f"platforms.{name}.half_life_hours, later_half_life_hours", "", where[1])
        )  # fmt: skip
    return rows + [_first_half_life(name) for name in bands]


def _first_half_life(name: str) -> Target:
    address = f"platforms.{name}.half_life_hours"
    law = float(getattr(Platforms(), name).half_life_hours)
    scenario, needs = (DEFAULT, "") if name == "linkedin" else (FOUR, OTHERS)
    output = f"median delay of first-hop views, {name}: the law after its cut"
    measure, note = Mean(f"first_half_life_{name}"), "views: engagements at the first hop are too few on X"
    return Target(9, output, (0.95 * law, 1.05 * law), "hours", scenario, "input", measure, address, note, needs)


def _page_reach() -> list[Target]:
    bands = {"linkedin": (0.02, 0.07), "facebook": (0.01, 0.03), "instagram": (0.03, 0.06)}
    rows = []
    for name, band in bands.items():
        prefix = "page" if name == "linkedin" else f"page_{name}"
        scenario, needs = (DEFAULT, "") if name == "linkedin" else (FOUR, OTHERS)
        rows += [
            Target(13, f"page, {name}: share of followers who see one post, all channels", band, "share", scenario,
                   "input", Ratio(f"{prefix}_saw", f"{prefix}_connections"), f"platforms.{name}.page_visibility",
                   needs=needs),
            Target(13, f"page, {name}: people reached by one post, followers or not, / followers", None, "ratio",
                   scenario, "input", Ratio(f"{prefix}_reached", f"{prefix}_connections"), needs=needs),
        ]  # fmt: skip
    return rows


CASCADES = [
    Target(1, "posts with no reshare", (0.80, 0.97), "share", DEFAULT, "calibrated",
           Ratio("cascades_alone", "cascades"), f"{L}.reshare"),
    Target(2, "posts with a reshare by a viewer at hop 2 or later", (0.005, 0.05), "share", DEFAULT, "in view",
           Rare("cascades_later", "cascades")),
    Target(3, "mean cascade size with root (reshares)", (1.05, 1.8), "people", DEFAULT, "in view",
           Ratio("cascades_adopters", "cascades")),
    *(
        Target(4, f"{100 * place:g}th percentile of reshares of a post", band, "reshares", DEFAULT, "calibrated",
               Mean(f"reshares_{place:g}"), "content.appeal_reshare_log_sd, platforms.linkedin.reshare")
        for place, band in ((0.99, (2.0, 10.0)), (0.999, (5.0, 30.0)))
    ),
    Target(4, "cascades of 100 adopters or more", (0.0, 0.001), "share", DEFAULT, "in view",
           Rare("cascades_large", "cascades")),
    Target(5, "median structural virality of act trees of 20 nodes or more", (1.8, 4.5), "steps", DEFAULT, "calibrated",
           OfTrees("virality"), f"{L}.reaction_decay, {L}.reshare_views, content.appeal_reshare_log_sd"),
    Target(5, "rank correlation of structural virality with size", (-1.0, 0.3), "correlation", DEFAULT, "calibrated",
           OfTrees("virality_rank"), f"{L}.reaction_decay, {L}.reshare_views, content.appeal_reshare_log_sd"),
    Target(5, "median depth of these trees", None, "steps", DEFAULT, "calibrated", OfTrees("tree_depth")),
    Target(6, "largest 1 % of act trees: share within one degree of the top 3 spreaders", (0.50, 0.98), "share",
           DEFAULT, "in view", OfTrees("near_spreaders")),
]  # fmt: skip

VIEWS = [
    Target(7, "P(share, item shown) / P(share, item hidden but carried by others)", (1.0, NO_LIMIT), "ratio", DEFAULT,
           "emergent", Ratio("share_shown", "share_hidden"), note="the feed's keyed draw is the experiment"),
    Target(8, "reshares over weak ties, of all", (0.5, 1.0), "share", DEFAULT, "in view",
           Ratio("weak_tie_reshares_person", "reshares_person")),
    Target(8, "reshares per impression, strong tie / weak tie", (1.0, NO_LIMIT), "ratio", DEFAULT, "input",
           _strong_over_weak, f"{L}.endorsement_strong, endorsement_weak"),
    *_half_lives(),
    Target(10, "share of connections who see one post, all channels", (0.08, 0.18), "share", DEFAULT, "input",
           Ratio("person_saw", "person_connections"), f"{L}.person_visibility"),
    Target(11, "unique connections reached in a month at 3 company posts a week", (0.35, 0.70), "share",
           "default, 6 posts a week", "calibrated", Mean("monthly"), f"{L}.activity_shape"),
    Target(11, "the same in months with 12 to 14 company posts", None, "share", "default, 6 posts a week",
           "calibrated", Mean("monthly_12_14")),
    Target(12, "LinkedIn views from outside the author's first degree", (0.25, 0.50), "share", DEFAULT, "calibrated",
           Ratio("impressions_beyond_first_degree_person", "impressions_person"), f"{L}.surfaced_views"),
    *_page_reach(),
    Target(14, "click ratio employee : page per impression of a post with a link, all hops", (1.6, 2.6), "ratio",
           DEFAULT, "calibrated",
           Relative("clicks_person", "link_impressions_person", "clicks_page", "link_impressions_page"),
           f"{L}.page_reaction_ratio"),
    Target(15, "engagement per audience member, employee : page", (3.0, 10.0), "ratio", DEFAULT, "implied",
           Relative("person_first_degree_engagements", "person_connections",
                     "page_first_degree_engagements", "page_connections"),
           note="first-degree viewers / (connections x posts)"),
    Target(15, "engagement per impression, employee : page", None, "ratio", DEFAULT, "implied",
           Relative("engagements_person", "impressions_person", "engagements_page", "impressions_page")),
    Target(15, "engagement per post, employee : page", None, "ratio", DEFAULT, "implied",
           Relative("engagements_person", "posts_person", "engagements_page", "posts_page")),
]  # fmt: skip

_APPEAL = "content.appeal_visibility_log_sd, appeal_visibility_page_log_sd, appeal_visibility_correlation"
SPREADS = [
    Target(26, "log-sd of views between company posts of one author with 20 or more", (1.0, 1.5), "log-sd", DEFAULT,
           "calibrated", Mean("log_sd_of_views"), _APPEAL, "posts with a view"),
    Target(26, "page, linkedin: log-sd of reach between posts", (0.8, 1.2), "log-sd", DEFAULT, "calibrated",
           Mean("page_posts_log_sd"), _APPEAL),
    Target(26, "page, linkedin: correlation of log reach with log engaged, between posts", (0.6, 0.85), "correlation",
           DEFAULT, "calibrated", Mean("page_posts_with_engaged"), _APPEAL),
    Target(26, "page, linkedin: correlation of log reach with log rate, between posts", (-0.75, -0.4), "correlation",
           DEFAULT, "calibrated", Mean("page_posts_with_rate"), _APPEAL),
    *(
        Target(26, f"the same for followers only: {text}", None, unit, DEFAULT, "calibrated",
               Mean(f"page_posts_followers_{name}"), _APPEAL, f"facebook_brand_posts: {real:g}")
        for text, unit, name, real in (
            ("log-sd of reach", "log-sd", "log_sd", 0.96), ("log reach with log engaged", "correlation",
             "with_engaged", 0.75), ("log reach with log rate", "correlation", "with_rate", -0.51),
        )
    ),
]  # fmt: skip

WORLDS = [
    Target(16, "median local clustering of persons with two ties or more", (0.10, 0.25), "share", "world", "calibrated",
           Mean("clustering"), "audience.circle_persons, circle_stubs, random_ties, mixed_circles"),
    Target(16, "share with fewer ties than their neighbors' median", (0.75, 0.90), "share", "world", "implied",
           Mean("below_neighbors")),
    Target(17, "sum of connections / page followers", (3.0, 30.0), "ratio", "world", "input",
           Mean("connections_over_followers"), f"{L}.connections_per_follower"),
    Target(17, "unique / sum of connections, 9 random colleagues", (0.90, 0.98), "share", "world", "in view",
           Mean("unique_over_sum_9")),
    Target(17, "unique / sum of connections, 300 random colleagues", (0.50, 0.85), "share", "world", "in view",
           Mean("unique_over_sum_300")),
    Target(21, "first attended exposure, of the attainable lift", (0.50, 0.75), "share", "scripted exposures", "input",
           _first_exposure, "awareness.phi", "w = 1 for everybody: no luck enters, no interval"),
    Target(21, "first exposure with an increment below 1 %", (4.0, 10.0), "exposures", "scripted exposures", "implied",
           _plateau, note="no luck enters, no interval"),
    Target(21, "share of the lift after one attended exposure, persons as they are", None, "share", DEFAULT, "implied",
           Mean("first_exposure")),
]  # fmt: skip


_SIGN = "sign"
FUNNEL = [
    later(22, "lead to deal, social", (0.008, 0.025), "share", DEFAULT, "input"),
    later(22, "lead to deal, referral", (0.025, 0.05), "share", DEFAULT, "input"),
    later(22, "lead to deal, overall", (0.005, 0.015), "share", DEFAULT, "input"),
    later(22, "median days from lead to deal", (50.0, 120.0), "days", DEFAULT, "input"),
    later(23, "referrals, of applicants", (0.03, 0.10), "share", "referral campaign", "calibrated"),
    later(23, "referrals, of hires", (0.20, 0.42), "share", "referral campaign", "implied"),
    later(23, "hires per applicant, referred / other", (5.0, 10.0), "ratio", "referral campaign", "emergent"),
    later(23, "interview ratio", (3.0, 5.0), "ratio", "referral campaign", "input"),
    later(23, "offer ratio", (1.2, 1.8), "ratio", "referral campaign", "input"),
    later(24, "hazard ratio of referred hires", (0.70, 0.90), "ratio", "referral campaign", "input"),
    later(24, "total attrition with and without", None, "change", "referral campaign", "implied"),
    later(24, "time ratio", (0.55, 0.80), "ratio", "referral campaign", "input"),
    later(24, "screening ratio", (0.60, 0.85), "ratio", "referral campaign", "input"),
    later(25, "(a) rank correlation connections - engagement per post, top tenth", (-1.0, 0.5), "correlation", DEFAULT,
           "emergent"),
    later(25, "(b) best team over plain degree", (0.0, 0.25), "gain", DEFAULT, "emergent"),
    later(25, "(c) per-contact effect against degree", None, "slope", DEFAULT, "input"),
    later(25, "(d) doubling the bonus against prompts", None, _SIGN, DEFAULT, "input"),
]  # fmt: skip

TARGETS: tuple[Target, ...] = tuple(
    sorted([*CASCADES, *VIEWS, *SPREADS, *WORLDS, *PARTICIPATION, *FUNNEL], key=lambda target: target.number)
)
