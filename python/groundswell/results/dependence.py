"""Which parameters and which columns of a company each measure depends on.

A measure declares the parts of the model that can change it (`Measure.rests_on`); the inputs of each part are here, the
parameters as patterns over dotted addresses. A test moves every parameter that is not listed for a measure and demands
the same number, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from groundswell.company.columns import ELSEWHERE
from groundswell.results.measures import declared

ON = ("platforms.*.on",)
POSTING = (
    *ON, "weeks", "warm_up_weeks", "program.*", "running_program", "participation.*", "retention.*",
    "audience.unprompted_share",
    "posting.organic_company_posts_per_month", "posting.organic_platforms.*", "posting.displacement",
    "platforms.*.weekday_weights.*", "platforms.*.season_*",
)  # fmt: skip
PAGE_POSTING = ("platforms.*.page_posts_per_week",)
CONNECTIONS = (
    "platforms.*.connections_mean", "platforms.*.connections_log_sd", "workforce.seniority_multiplier.*",
    "workforce.*_multiplier", "workforce.corr_*",
)  # fmt: skip
OTHER_POSTING = (*CONNECTIONS, "posting.other_posts_per_month", "workforce.social_activity_log_sd")
TIES = (
    *CONNECTIONS, "workforce.social_activity_log_sd", "platforms.*.mix.*", "platforms.*.presence.*",
    "platforms.*.person_ties_kept", "audience.pool.*", "audience.smallest_company", "audience.department_homophily",
    "company.people_recruiter_share",
    "audience.copying_*", "audience.seller_buyer_factor", "audience.recruiter_talent_factor",
)  # fmt: skip
STAFF = (
    *ON, "weeks", "warm_up_weeks", "program.*", "running_program", "participation.*", "retention.*", "workforce.*",
    *TIES,
)  # fmt: skip
FOLLOWERS = ("platforms.*.connections_per_follower",)
ACTING = (  # engagements and reshares, which show a post to others
    "feed.repeat_*", "feed.persuasion_exponent", "workforce.persuasion_log_sd", "workforce.susceptibility_log_sd",
    "audience.susceptibility_log_sd", "audience.propensity_log_sd", "platforms.*.endorsement_*",
    "platforms.*.page_reaction_ratio", "platforms.*.engage", "content.engage_multiplier.*", "content.*_engage",
    "content.call_to_action_share", "content.appeal_engage_log_sd", "feed.affinity_engage", "platforms.*.reshare",
    "content.reshare_multiplier.*", "content.*_reshare", "content.appeal_reshare_log_sd", "content.appeal_correlation",
    "feed.affinity_reshare",
)  # fmt: skip
LATER_HOPS = (
    *ACTING, "platforms.*.surfaced_views", "platforms.*.surfacing_decay", "platforms.*.reaction_decay",
    "platforms.*.reshare_views", "platforms.*.later_half_life_hours", "feed.appeal_shrink", "feed.contagion",
    "audience.person_degree_*", "audience.circle_*", "audience.random_ties", "audience.mixed_circles",
)  # fmt: skip
DELIVERY = (
    *POSTING, *PAGE_POSTING, *OTHER_POSTING, *TIES, *FOLLOWERS, *LATER_HOPS, "audience.strong_tie*",
    "audience.weak_tie", "platforms.*.activity_shape", "audience.activity_across_platforms", "audience.affinity*",
    "audience.follower_affinity_exponent", "platforms.*_visibility", "platforms.*.half_life_hours",
    "platforms.*.view_cut_days", "platforms.*.mute", "platforms.*.mute_promotional", "platforms.*.attention*",
    "feed.viewer_limit", "feed.same_day_*", "feed.identical_copy", "feed.memory_days", "feed.affinity_mute",
    "feed.mute_frequency", "credibility.*", "content.authenticity_*", "content.*_mix.*", "content.deal_share",
    "content.own_words", "content.organic_own_words", "content.item*", "content.appeal_visibility_*",
)  # fmt: skip
CLICKING = ("platforms.*.click", "content.click_multiplier.*", "content.*_click", "feed.affinity_click")

LEAVING_FIELDS = ("satisfaction", "hire_date")
# Who is picked, joins and stays active, where people are invited.
TAKING_PART_FIELDS = ("department", "satisfaction", "hire_date", "product_belief", "willingness", "readiness")
TIE_FIELDS = ("department", "region", "seniority", "job_function", "connections", "ties", "audience", *ELSEWHERE)
PAGES = ("page_followers", *(f"page_followers_{platform}" for platform in ELSEWHERE.values()))
PERSON_FIELDS = ("social_activity", "persuasion", "susceptibility")
EVERYTHING = (*TIE_FIELDS, *PERSON_FIELDS, *PAGES, *LEAVING_FIELDS)
# Of an employee's own row: what can change what that employee's posts do. Others' rows act on everybody alike.
# Persuasion decides how many engage, and so who sees a post at later hops.
AUTHOR_SEEN = ("connections", "department", "region", "job_function", "social_activity", "persuasion")


@dataclass(frozen=True)
class Inputs:
    """What a part of the model is worked out from: parameters, columns of the company, those of an author's own row."""

    parameters: tuple[str, ...]
    fields: tuple[str, ...] = ()
    of_author: tuple[str, ...] = ()


PARTS: Mapping[str, Inputs] = {
    "posting": Inputs(POSTING, LEAVING_FIELDS),
    "page posting": Inputs(PAGE_POSTING),
    "other posting": Inputs(OTHER_POSTING, ("social_activity",)),
    "ties": Inputs(TIES, TIE_FIELDS, ("connections",)),
    "followers": Inputs(FOLLOWERS, PAGES),
    "delivery": Inputs(DELIVERY, EVERYTHING, AUTHOR_SEEN),
    "links": Inputs(("content.link_share",)),
    "clicking": Inputs(CLICKING),
    "awareness": Inputs(
        ("awareness.phi", "awareness.half_life_weeks", "awareness.attainable_lift", "awareness.baseline_*")
    ),
    "favorability": Inputs(("awareness.favorability_*", "awareness.valence_threshold", "awareness.wear_out_*")),
    "staff": Inputs(STAFF, LEAVING_FIELDS),
    "costs": Inputs(("costs.*",)),
    "minutes": Inputs(("costs.minutes_*",)),
}
STAFF_ALONE = ("staff",)  # no view or post changes what rests on nothing else


def parts_of(measure: str) -> tuple[str, ...]:
    """Parts of the model that the measure of this name declares."""
    return tuple(declared()[measure].rests_on.split(", "))


def of_platforms_on(paths: Iterable[str], on: Iterable[str]) -> list[str]:
    """Those of the addresses that are not of a platform that is off; the switches themselves stay."""
    there = set(on)
    parts = [(path, path.split(".")) for path in paths]
    return [path for path, p in parts if p[0] != "platforms" or p[1] in there or p[2:] == ["on"]]


def parameters_of(measure: str, paths: Iterable[str], invited: bool = False) -> list[str]:
    """Those of the addresses that can change the measure.

    Where people are `invited`, responses to posts motivate: what delivers posts changes who posts.
    """
    parts = parts_of(measure)
    patterns = tuple(pattern for part in parts for pattern in PARTS[part].parameters)
    if invited and parts != STAFF_ALONE:
        patterns = (*patterns, *DELIVERY, "workforce.*")
    return [path for path in paths if any(fnmatchcase(path, pattern) for pattern in patterns)]


def fields_of(measure: str, invited: bool = False) -> tuple[str, ...]:
    """Fields of a company that can change the measure; `invited`: of a program with a selection."""
    fields = (field for part in parts_of(measure) for field in PARTS[part].fields)
    return tuple(dict.fromkeys((*fields, *(EVERYTHING + TAKING_PART_FIELDS if invited else ()))))


def author_fields(measure: str, leaving: bool = False, invited: bool = False) -> tuple[str, ...]:
    """Fields of an employee that can change the measure for that employee's own posts.

    `leaving`: where employees can leave; `invited`: of a program with a selection.
    """
    fields = (field for part in parts_of(measure) for field in PARTS[part].of_author)
    more = (*AUTHOR_SEEN, *TAKING_PART_FIELDS) if invited else LEAVING_FIELDS if leaving else ()
    return tuple(dict.fromkeys((*fields, *more)))
