"""What a run reports: the measures the engine declares, the ratios worked out from them, what a program adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import pandas as pd

from groundswell import _core
from groundswell.common.arguments import text
from groundswell.errors import UnknownName, did_you_mean, shown
from groundswell.results.vocabulary.added import ADDED, ADDS, Added, refusal

Kind = Literal["sum", "unique", "level", "mean", "ratio", "added"]
Better = Literal["more", "less", "neither"]
Parts: TypeAlias = "tuple[Part, ...]"

WINDOWS = ("warm_up", "horizon", "follow_up", "completion")
SOURCES: tuple[str, ...] = tuple(_core.sources)
EMPLOYEE_SOURCES = (0, 1)  # posts of employees: program and organic, not the page
PROGRAM_SOURCE, PAGE_SOURCE = (0,), (2,)
ALL_POSTS, PROGRAM_POSTS = "employees' posts and the page's", "the program's posts"
MEMBERS, OUTSIDERS = "members of the program", "persons outside the company"
REACHED_BY_EMPLOYEES = f"{OUTSIDERS}, by employees' posts"
MONEY = "money"  # in units: the company's currency
TO_DATE = "unique_reach_to_date"
AWARENESS, AWARE, MEAN_AWARE = "awareness", "aware_people", "mean_aware_people"

ADDS_OVER = {
    "sum": "weeks, months, quarters, windows",
    "unique": "nothing: a person counts once in every cell",
    "level": "nothing: the value at the end of the cell's last day",
    "mean": "nothing: the mean of the weeks of the window",
    "ratio": "nothing: the ratio of the sums in the cell",
    "added": ADDS,
}


@dataclass(frozen=True)
class Measure:
    """One output. `number` is the engine's permanent id (0 for ratios and views on other measures).

    `better` says what of it a company wants; neither: it is an effort, a choice or a denominator. `population` are the
    things or people it is a number of, `rests_on` the parts of the model that can change it (`dependence.PARTS`). A
    recording of an earlier version does not know these three: ask `declared()`.
    """

    name: str
    unit: str
    kind: Kind
    by_segment: bool
    by_source: bool
    by_platform: bool
    by_hop: bool
    definition: str
    vendor_word: str = ""
    number: int = 0
    better: Better = "more"
    population: str = ""
    rests_on: str = ""


@dataclass(frozen=True)
class Part:
    """A measure inside the cell asked for: of some sources only; with `outsiders`, views by employees left out."""

    measure: str
    sources: tuple[int, ...] | None = None
    outsiders: bool = False


@dataclass(frozen=True)
class Ratio:
    """Product of the numerators / product of the denominators, each summed inside the cell first."""

    measure: Measure
    numerators: tuple[Part, ...]
    denominators: tuple[Part, ...]

    @property
    def of_outsiders(self) -> bool:
        """Whether views by employees are left out."""
        return any(part.outsiders for part in (*self.numerators, *self.denominators))

    @property
    def parts(self) -> set[str]:
        """Names of the measures it is made of."""
        return {part.measure for part in (*self.numerators, *self.denominators)}


def _ratio(
    name: str, unit: str, definition: str, tops: Parts, bottoms: Parts, by: str, population: str = ALL_POSTS,
    better: Better = "more", vendor_word: str = "",
) -> Ratio:  # fmt: skip
    """`by`: the dimensions of the ratio, of segment, source, platform, hop."""
    measure = Measure(
        name, unit, "ratio", "segment" in by, "source" in by, "platform" in by, "hop" in by, definition, vendor_word,
        better=better, population=population,
    )  # fmt: skip
    return Ratio(measure, tops, bottoms)


def _by_employees(name: str) -> Part:
    return Part(name, EMPLOYEE_SOURCES)


def _by_program(name: str) -> Part:
    return Part(name, PROGRAM_SOURCE)


def _employee_to_page(per: str, base: str, what: str) -> Ratio:
    return _ratio(
        f"employee_to_page_engagement_per_{per}", "factor",
        f"Engagements {what} of employees' posts, divided by the same of the page's posts.",
        (_by_employees("engagements"), Part(base, PAGE_SOURCE)),
        (_by_employees(base), Part("engagements", PAGE_SOURCE)), "platform",
    )  # fmt: skip


def _mean(
    name: str, unit: str, definition: str, points: str, count: Part, population: str, better: Better = "more"
) -> Ratio:
    """A mean of the program, from its sum and how many there are; of the cell alone."""
    return _ratio(name, unit, definition, (Part(points),), (count,), "", population, better)


RATIOS: tuple[Ratio, ...] = (
    _ratio(
        "engagement_rate", "engagements per impression", "Engagements divided by impressions of the same cell.",
        (Part("engagements"),), (Part("impressions"),), "segment source platform hop",
        vendor_word="engagement rate by impressions",
    ),
    _ratio(
        "unique_over_potential", "share",
        "unique_reach divided by potential_reach of employees' posts: the part of the vendors' number that is "
        "different people who saw something.",
        (Part("unique_reach"),), (_by_employees("potential_reach"),), "platform", REACHED_BY_EMPLOYEES,
    ),
    _ratio(
        "frequency", "impressions per person",
        "Impressions of employees' posts by persons who are not employees, divided by unique_reach.",
        (Part("impressions", EMPLOYEE_SOURCES, outsiders=True),), (Part("unique_reach"),), "segment",
        REACHED_BY_EMPLOYEES, "neither", "average frequency",
    ),
    _ratio(
        "share_beyond_first_degree", "share",
        "Impressions of people who are not connected with the first author, divided by all impressions.",
        (Part("impressions_beyond_first_degree"),), (Part("impressions"),), "source platform",
    ),
    _ratio(
        "share_of_posts_reshared", "share", "Posts with at least one reshare, divided by posts, of the same cell.",
        (Part("reshared_posts"),), (Part("posts"),), "source platform",
    ),
    _ratio(
        "employee_to_page_posts", "factor", "Company-related posts of employees, divided by posts of the page.",
        (_by_employees("posts"),), (Part("posts", PAGE_SOURCE),), "platform", better="neither",
    ),
    _ratio(
        "employee_to_page_impressions", "factor",
        "Impressions of employees' posts, divided by impressions of the page's posts.",
        (_by_employees("impressions"),), (Part("impressions", PAGE_SOURCE),), "platform hop",
    ),
    _employee_to_page("audience_member", "potential_reach", "per connection (follower) and post"),
    _employee_to_page("impression", "impressions", "per impression"),
    _employee_to_page("post", "posts", "per post"),
    _mean("authenticity", "factor", "Mean authenticity of company-related program posts.", "authenticity_points",
          _by_program("posts"), PROGRAM_POSTS),
    _mean("credibility_of_posts", "factor", "Mean credibility of the authors of company-related program posts.",
          "credibility_points", _by_program("posts"), PROGRAM_POSTS),
    _mean("mean_motivation", "motivation", "Mean motivation of active members over their days; 1 is an advocate who "
          "posts as planned.", "motivation_points", Part("active_member_days"), MEMBERS),
    _mean("mean_fatigue", "share", "Mean fatigue of active members over their days, 0 to 1.", "fatigue_points",
          Part("active_member_days"), MEMBERS, "less"),
    _mean("hours_per_participant", "hours per person", "advocate_hours divided by program_participants.",
          "advocate_hours", Part("program_participants"), MEMBERS, "less"),
)  # fmt: skip


def from_core(table: Iterable[Mapping[str, Any]]) -> tuple[Measure, ...]:
    """Measures as declared by the engine (`_core.measures()`), in the order of their permanent ids."""
    names = {field.name for field in fields(Measure)}
    rows = sorted(table, key=lambda row: int(row["id"]))
    return tuple(Measure(number=row["id"], **{name: row[name] for name in names & row.keys()}) for row in rows)


@cache
def declared() -> Mapping[str, Measure]:
    """Every measure of this version by name, with what the engine and the ratios below say of it."""
    return MappingProxyType(with_derived(from_core(_core.measures())))


def to_date(reach: Measure) -> Measure:
    """Reach counted from the start of the horizon, by week."""
    definition = (
        "Distinct persons, employees excluded, with at least one impression of an employee's company-related post "
        "since the start of the horizon."
    )
    return replace(reach, name=TO_DATE, definition=definition, vendor_word="cumulative reach")


def aware_people(awareness: Measure) -> tuple[Measure, Measure]:
    """Awareness as people: at the end of a cell, and over the weeks of a window."""
    what = "Awareness times the persons of the segment (of all segments outside the company), at the end of the cell."
    over_weeks = "Mean of aware_people at the ends of the weeks of the window."
    at_end = replace(awareness, name=AWARE, unit="people", number=0, definition=what)
    return at_end, replace(at_end, name=MEAN_AWARE, kind="mean", definition=over_weeks)


def with_derived(recorded: Iterable[Measure]) -> dict[str, Measure]:
    """Every name a frame may be asked for, in declared order: the engine's measures, views on them, the ratios."""
    known: dict[str, Measure] = {}
    for measure in recorded:
        known[measure.name] = measure
        if measure.name == "unique_reach":
            known[TO_DATE] = to_date(measure)
        if measure.name == AWARENESS:
            known |= {one.name: one for one in aware_people(measure)}
    for ratio in RATIOS:
        if ratio.parts <= known.keys():
            rests_on = _joined(known[name] for name in sorted(ratio.parts))
            known[ratio.measure.name] = replace(ratio.measure, rests_on=rests_on)
    return known


def _joined(measures: Iterable[Measure]) -> str:
    """The parts of the model that any of the measures rests on."""
    return ", ".join(dict.fromkeys(part for measure in measures for part in measure.rests_on.split(", ")))


@cache
def of_comparisons() -> Mapping[str, Measure]:
    """What a program adds, by name: measures of comparisons alone."""
    return MappingProxyType({name: _added(one) for name, one in ADDED.items()})


def _added(one: Added) -> Measure:
    parts = [one.of.measure, *([ADDED[one.per].of.measure] if one.per else [])]
    rests_on = _joined(declared()[name] for name in parts)
    return Measure(
        one.name, one.unit, "added", False, False, False, False, one.definition, better=one.better,
        population=one.population, rests_on=rests_on,
    )  # fmt: skip


def described(name: str) -> Measure:
    """The measure of this name, of a result or of comparisons alone."""
    return declared()[name] if name in declared() else of_comparisons()[name]


def in_currency(known: Mapping[str, Measure], currency: str) -> dict[str, Measure]:
    """The same measures, with the company's currency in units of money."""
    return {name: replace(measure, unit=_priced(measure.unit, currency)) for name, measure in known.items()}


def _priced(unit: str, currency: str) -> str:
    return " ".join(currency if word == MONEY else word for word in unit.split(" "))


def find(name: str, known: Mapping[str, Measure], address: str = "measures") -> Measure:
    """The measure of this name; raises with the nearest valid one."""
    if text(address, name) in known:
        return known[name]
    if why := refusal(name):
        raise UnknownName(f"{address}: {why}")
    raise UnknownName(f"{address}: no measure of the name {shown(name)}; {did_you_mean(name, known)}")


def ratio_of(name: str) -> Ratio | None:
    """The ratio of this name, if it is one."""
    return next((ratio for ratio in RATIOS if ratio.measure.name == name), None)


def adds_over(measure: Measure) -> str:
    """What values of the measure may be summed over."""
    if measure.kind != "sum":
        return ADDS_OVER[measure.kind]
    there = {"segments": measure.by_segment, "sources": measure.by_source, "platforms": measure.by_platform,
             "hops": measure.by_hop}  # fmt: skip
    return ", ".join([ADDS_OVER["sum"], *(name for name, recorded in there.items() if recorded)])


def measures() -> pd.DataFrame:
    """Every measure, one row each.

    Columns: name, kind, unit; by_segment, by_source, by_platform, by_hop; adds_over; better (more, less, neither: what
    of it a company wants); population (what it is a number of); definition; vendor_word. The unit money is the
    company's currency (`company.facts`), by its code in results.
    Those of the kind added are differences to the baseline of a comparison, and no single result has them.
    All others are always recorded, by week, month, quarter and window. The one optional recording is what the posts
    of each employee did: `people="full"`, the default of `simulate`, read with `Results.people`.
    """
    everything = [*declared().values(), *of_comparisons().values()]
    rows = [asdict(m) | {"adds_over": adds_over(m)} for m in everything]
    columns = ["name", "kind", "unit", "by_segment", "by_source", "by_platform", "by_hop", "adds_over",
               "better", "population", "definition", "vendor_word"]  # fmt: skip
    return pd.DataFrame(rows)[columns]
