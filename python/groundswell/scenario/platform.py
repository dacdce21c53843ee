"""A platform as data: visibility, timing, base rates, and the constants solved for it.

Spec: docs/MODEL.md 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from groundswell.errors import Problem
from groundswell.scenario.base import Group, Spec
from groundswell.scenario.solved import solved

REACTIONS = ("engage", "click", "reshare", "mute")


def _weight(day: str) -> Spec:
    return Spec(f"Posting on {day}, relative (scaled to mean 1)", "weight", "±30 %", at_least=0, at_most=100)


def _rate(what: str, prior: str, source: str, tag: str = "evidence") -> Spec:
    return Spec(
        f"{what} per first-hop impression of employees' posts in the default scenario",
        "per impression",
        prior,
        source,
        tag,
        at_least=0,
        at_most=1,
    )


class WeekdayWeights(Group):
    """Posting by weekday, relative; the engine scales them to mean 1."""

    address = ("platforms", "linkedin", "weekday_weights")
    monday: Annotated[float, _weight("Mondays")] = 1.1
    tuesday: Annotated[float, _weight("Tuesdays")] = 1.15
    wednesday: Annotated[float, _weight("Wednesdays")] = 1.15
    thursday: Annotated[float, _weight("Thursdays")] = 1.1
    friday: Annotated[float, _weight("Fridays")] = 0.95
    saturday: Annotated[float, _weight("Saturdays")] = 0.3
    sunday: Annotated[float, _weight("Sundays")] = 0.25

    def _broken_rules(self) -> Iterable[Problem]:
        if all(getattr(self, day) == 0 for day in type(self).model_fields):
            yield Problem((), "0", "one weekday at least must be above 0")


class Platform(Group):
    """One platform.

    ``person_visibility`` and ``page_visibility`` become rates on the solved curve of the platform.
    """

    address = ("platforms", "linkedin")
    person_visibility: Annotated[
        float,
        Spec(
            "Share of an employee's connections who see a post (first hop, default scenario)",
            "share",
            "× LN(1, .4)",
            "2.1",
            "evidence",
            above=0,
            below=1,
        ),
    ] = 0.125
    page_visibility: Annotated[
        float,
        Spec(
            "Share of the page's followers who see a post", "share", "× LN(1, .4)", "2.8", "evidence", above=0, below=1
        ),
    ] = 0.04
    weekday_weights: WeekdayWeights = WeekdayWeights()
    season_august: Annotated[
        float, Spec("Posting in August, relative", "factor", "U(.6, 1)", "4.9; size assumed", at_least=0, at_most=10)
    ] = 0.8
    season_year_end: Annotated[
        float,
        Spec(
            "Posting from 25 to 31 December, relative",
            "factor",
            "U(.3, .8)",
            "4.9; size assumed",
            at_least=0,
            at_most=10,
        ),
    ] = 0.5
    page_posts_per_week: Annotated[
        float, Spec("Posts of the page", "posts a week", "±50 %", "2.26", "evidence", at_least=0, at_most=200)
    ] = 3.0
    half_life_hours: Annotated[
        float,
        Spec(
            "Median delay of a first-hop view (24 h comes out over all hops)",
            "hours",
            "±25 %",
            "2.14; prototypes",
            "chosen in prototypes",
            above=0,
            at_most=1_000,
        ),
    ] = 18.0
    view_cut_days: Annotated[
        float,
        Spec(
            "No view comes later than this",
            "days",
            "fixed (2.14 form)",
            "definition",
            "assumption",
            at_least=1,
            at_most=365,
        ),
    ] = 28.0
    engage: Annotated[float, _rate("Engagements", "× LN(1, .4)", "2.18")] = 0.0385
    click: Annotated[
        float,
        Spec(
            "Clicks per first-hop impression of employees' posts with a link in the default scenario",
            "per impression",
            "× LN(1, .5)",
            "2.19-2.21; prototypes",
            "chosen in prototypes",
            at_least=0,
            at_most=1,
        ),
    ] = 0.02
    reshare: Annotated[float, _rate("Reshares", "× LN(1, .4)", "1.2, 1.11")] = 0.0020
    mute: Annotated[float, _rate("Mutes", "× LN(1, .7)", "2.27-2.29; assumption", "assumption")] = 0.0001
    mute_promotional: Annotated[
        float,
        Spec(
            "Mutes of promotional posts, × those of others",
            "factor",
            "U(1, 6)",
            "2.27; size assumed",
            at_least=0,
            at_most=100,
        ),
    ] = 3.0
    page_reaction_ratio: Annotated[
        float,
        Spec(
            "The page's engagements, clicks, reshares per impression, relative to a person's",
            "factor",
            "U(.35, .65)",
            "prototypes (target 14)",
            "chosen in prototypes",
            at_least=0,
            at_most=10,
        ),
    ] = 0.45
    endorsement_weak: Annotated[
        float,
        Spec(
            "Reactions over a weak tie, relative to a page",
            "factor",
            "U(1.1, 2.4)",
            "2.21, 5.1",
            "evidence",
            at_least=0,
            at_most=20,
        ),
    ] = 1.6
    endorsement_strong: Annotated[
        float,
        Spec(
            "Reactions over a strong tie, relative to a page",
            "factor",
            "U(1.1, 2.4)",
            "2.21, 5.1",
            "evidence",
            at_least=0,
            at_most=20,
        ),
    ] = 2.0
    attention: Annotated[
        float,
        Spec(
            "Chance that an impression of an employee's post is attended",
            "probability",
            "U(.3, .7)",
            above=0,
            at_most=1,
        ),
    ] = 0.5
    attention_person_page_ratio: Annotated[
        float,
        Spec(
            "Attention to a person's post relative to the page's (the 16x claim is about this)",
            "factor",
            "U(1.1, 2)",
            at_least=0.01,
            at_most=1_000,
        ),
    ] = 1.3

    def _broken_rules(self) -> Iterable[Problem]:
        return [*self._timing(), *self._attention(), *self._visibility()]

    def constants(self) -> dict[str, float]:
        """Return the solved constants of the core, the two rates interpolated at the visibilities."""
        data = solved("linkedin")
        rates = {
            "person_rate": data.person_rate(self.person_visibility),
            "page_rate": data.page_rate(self.page_visibility),
        }
        return {**rates, **data.reactions}

    def _timing(self) -> list[Problem]:
        if self.half_life_hours < 12 * self.view_cut_days:
            return []
        rule = f"must be below half of platforms.linkedin.view_cut_days ({12 * self.view_cut_days:g} hours)"
        return [Problem(("half_life_hours",), f"{self.half_life_hours:g}", rule)]

    def _attention(self) -> list[Problem]:
        problems = []
        if self.attention > self.attention_person_page_ratio:
            rule = f"attention / this ratio must be at most 1; attention is {self.attention:g}"
            problems.append(Problem(("attention_person_page_ratio",), f"{self.attention_person_page_ratio:g}", rule))
        for name in REACTIONS:
            if getattr(self, name) >= self.attention:
                rule = f"must be below attention ({self.attention:g}): who reacts has attended"
                problems.append(Problem((name,), f"{getattr(self, name):g}", rule))
        return problems

    def _visibility(self) -> list[Problem]:
        data, problems = solved("linkedin"), []
        for name, curve in (("person_visibility", data.person_curve), ("page_visibility", data.page_curve)):
            low, high = curve[0][0], curve[-1][0]
            if not low <= getattr(self, name) <= high:
                rule = f"must be inside the solved range {low:g} to {high:g} (platform file linkedin.yaml)"
                problems.append(Problem((name,), f"{getattr(self, name):g}", rule))
        return problems


class Platforms(Group):
    """The platforms; LinkedIn is the only one yet."""

    address = ("platforms",)
    linkedin: Platform = Platform()
