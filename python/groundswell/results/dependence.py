"""Which parameters and which columns of a company each measure depends on.

Patterns over dotted addresses, by part of the model. A test moves every parameter that is not listed for a measure
and demands the same number, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from groundswell.company.columns import ELSEWHERE

ON = ("platforms.*.on",)
POSTING = (
    *ON, "weeks", "warm_up_weeks", "program.*", "participation.*", "retention.*", "audience.unprompted_share",
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
STAFF = (*ON, "weeks", "warm_up_weeks", "program.*", "participation.*", "retention.*", "workforce.*", *TIES)
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
    "content.own_words", "content.organic_own_words", "content.item*",
)  # fmt: skip
CLICKING = (
    *DELIVERY, "platforms.*.click", "content.click_multiplier.*", "content.*_click", "content.link_share",
    "feed.affinity_click",
)  # fmt: skip

COSTS = ("cost_license", "cost_content", "cost_staff", "cost_training", "cost_rewards", "cost_time", "program_cost",
         "cost_per_person_reached", "cost_per_thousand_impressions", "cost_per_click")  # fmt: skip
OF_STAFF = ("invitations", "exits", "coerced_days", "satisfaction", "headcount")  # no view or post changes them

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "posts": (*POSTING, *PAGE_POSTING),
    "other_posts": (*POSTING, *OTHER_POSTING),
    "displaced_posts": (*POSTING, *OTHER_POSTING),
    "potential_reach": (*POSTING, *PAGE_POSTING, *TIES, *FOLLOWERS),
    "audience_size": (*POSTING, *TIES),
    "active_sharers": POSTING,
    "link_impressions": (*DELIVERY, "content.link_share"),
    "clicks": CLICKING,
    "awareness": (
        *DELIVERY, "awareness.phi", "awareness.half_life_weeks", "awareness.attainable_lift", "awareness.baseline_*",
    ),
    "favorability": (*DELIVERY, "awareness.favorability_*"),
    **dict.fromkeys(OF_STAFF, STAFF),
    **dict.fromkeys(COSTS, (*DELIVERY, "costs.*")),
    "cost_per_click": (*CLICKING, "costs.*"),
    **dict.fromkeys(("advocate_hours", "hours_per_participant"), (*DELIVERY, "costs.minutes_*")),
}  # fmt: skip


LEAVING_FIELDS = ("satisfaction", "hire_date")
# Who is picked, joins and stays active, where people are invited.
TAKING_PART_FIELDS = ("department", "satisfaction", "hire_date", "product_belief", "willingness", "readiness")
TIE_FIELDS = ("department", "region", "seniority", "job_function", "connections", "ties", "audience", *ELSEWHERE)
PAGES = ("page_followers", *(f"page_followers_{platform}" for platform in ELSEWHERE.values()))
PERSON_FIELDS = ("social_activity", "persuasion", "susceptibility")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "posts": LEAVING_FIELDS,
    "active_sharers": LEAVING_FIELDS,
    "other_posts": ("social_activity", *LEAVING_FIELDS),
    "displaced_posts": ("social_activity", *LEAVING_FIELDS),
    "potential_reach": (*TIE_FIELDS, *PAGES, *LEAVING_FIELDS),
    "audience_size": (*TIE_FIELDS, *LEAVING_FIELDS),
    **dict.fromkeys(OF_STAFF, LEAVING_FIELDS),
}

# Of an employee's own row: what can change what that employee's posts do. Others' rows act on everybody alike.
# Persuasion decides how many engage, and so who sees a post at later hops.
AUTHOR_SEEN = ("connections", "department", "region", "job_function", "social_activity", "persuasion")
AUTHOR_FIELDS: Mapping[str, tuple[str, ...]] = {
    "posts": (),
    "potential_reach": ("connections",),
}


def of_platforms_on(paths: Iterable[str], on: Iterable[str]) -> list[str]:
    """Those of the addresses that are not of a platform that is off; the switches themselves stay."""
    there = set(on)
    parts = [(path, path.split(".")) for path in paths]
    return [path for path, p in parts if p[0] != "platforms" or p[1] in there or p[2:] == ["on"]]


def parameters_of(measure: str, paths: Iterable[str], invited: bool = False) -> list[str]:
    """Those of the addresses that can change the measure.

    Where people are `invited`, responses to posts motivate: what delivers posts changes who posts.
    """
    patterns = PARAMETERS.get(measure, DELIVERY)
    if invited and measure not in OF_STAFF:
        patterns = (*patterns, *DELIVERY, "workforce.*")
    return [path for path in paths if any(fnmatchcase(path, pattern) for pattern in patterns)]


def fields_of(measure: str, invited: bool = False) -> tuple[str, ...]:
    """Fields of a company that can change the measure; `invited`: of a program with a selection."""
    everything = (*TIE_FIELDS, *PERSON_FIELDS, *PAGES, *LEAVING_FIELDS)
    fields = FIELDS.get(measure, everything)
    return tuple(dict.fromkeys((*fields, *everything, *TAKING_PART_FIELDS))) if invited else fields


def author_fields(measure: str, leaving: bool = False, invited: bool = False) -> tuple[str, ...]:
    """Fields of an employee that can change the measure for that employee's own posts.

    `leaving`: where employees can leave; `invited`: of a program with a selection.
    """
    fields = AUTHOR_FIELDS.get(measure, AUTHOR_SEEN)
    more = (*AUTHOR_SEEN, *TAKING_PART_FIELDS) if invited else LEAVING_FIELDS if leaving else ()
    return tuple(dict.fromkeys((*fields, *more)))
