"""Measures in words, for pictures and for people who do not read identifiers; each says whom or what it counts."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "posts": "Posts about the company, employees' and the page's",
    "potential_reach": "Connections and followers of all posts, employees' and the page's",
    "impressions": "Impressions of employees' posts and the page's",
    "engagements": "Reactions to employees' posts and the page's",
    "engagement_rate": "Reactions per impression, employees' posts and the page's",
    "clicks": "Clicks on employees' posts and the page's",
    "reshares": "Reshares of employees' posts and the page's",
    "unique_reach": "People outside the company reached by employees' posts",
    "unique_reach_to_date": "People outside the company reached by employees' posts so far",
    "unique_reach_with_page": "People outside the company reached by employees' posts or the page's",
    "frequency": "Impressions of employees' posts per person outside the company",
    "active_sharers": "Employees who posted about the company",
    "awareness": "Awareness, share of persons outside the company",
    "aware_people": "Aware people outside the company",
    "mean_aware_people": "Aware people outside the company, mean of the weeks",
    "favorability": "Favorability of persons outside the company",
    "enrollments": "Employees who became members of the program",
    "enrolled": "Members of the program",
    "program_participants": "Employees who posted for the program",
    "advocate_hours": "Working time of members",
    "program_cost": "Cost of the program",
    "unique_people_added": "Extra people outside the company reached, by employees' or the page's posts",
    "aware_buyers_added": "Extra buyers aware of the company, mean of the weeks",
    "aware_buyers_added_at_end": "Extra buyers aware of the company, at the end",
    "aware_people_added": "Extra people outside aware of the company, mean of the weeks",
    "aware_people_added_at_end": "Extra people outside aware of the company, at the end",
    "impressions_added": "Extra views outside the company, of employees' and the page's posts",
    "clicks_added": "Extra clicks from outside the company, on employees' and the page's posts",
    "hours_added": "Extra working hours of members",
    "program_cost_added": "Extra cost of the program",
    "cost_per_person_added": "Cost per extra person reached",
    "cost_per_thousand_impressions_added": "Cost per thousand extra views",
    "cost_per_click_added": "Cost per extra click",
}


def title(name: str) -> str:
    """The measure of this name in words; of one that no picture shows unasked, its name without underscores."""
    return TITLES.get(name, name.replace("_", " ").capitalize())
