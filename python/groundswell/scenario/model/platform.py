"""A platform as data: visibility, audience, timing, base rates, later hops, and the constants solved for it.

One class, four sets of defaults: LinkedIn's stand here with the fields, those of the others in ``platform_table.py``.
Spec: docs/MODEL.md 2, 3, 4 and 4b.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import model_validator

from groundswell.errors import InvalidInput, Problem, did_you_mean, invalid, shown
from groundswell.scenario.model.platform_groups import PlatformMix, Presence, WeekdayWeights
from groundswell.scenario.model.solved import has_file, solved
from groundswell.scenario.schema.base import Group, Spec, default_of, tuned
from groundswell.scenario.schema.platform_table import PLATFORMS, classes_below, own_class

REACTIONS = ("engage", "click", "reshare", "mute")


def _rate(what: str, prior: str, source: str, tag: str = "evidence") -> Spec:
    return Spec(f"{what} per first-hop impression of employees' posts in the default scenario", "per impression",
                prior, source, tag, at_least=0, at_most=1)  # fmt: skip


def _seen(what: str, source: str) -> Spec:
    return Spec(what, "share", "× LN(1, .4)", source, "evidence", above=0, below=1)


def _endorsement(tie: str) -> Spec:
    return Spec(f"Reactions over a {tie} tie, relative to a page", "factor", "U(1.1, 2.4)", "[2.21] [5.1]", "evidence",
                at_least=0, at_most=20)  # fmt: skip


class Platform(Group):
    """One platform; the defaults are LinkedIn's.

    ``person_visibility`` and ``page_visibility`` become rates by the solved tables of the platform.
    """

    address = ("platforms", "linkedin")
    on: Annotated[
        bool,
        Spec("Whether the platform is there at all; off, nothing of it is simulated", "switch",
             "chosen by the analyst", "design: decision record 7", "input", choices=(False, True)),
    ] = True  # fmt: skip
    person_visibility: Annotated[
        float, _seen("Share of an employee's connections who see a post (first hop, default scenario)", "[2.4]")
    ] = 0.125
    page_visibility: Annotated[float, _seen("Share of the page's followers who see a post", "[2.8]")] = 0.04
    connections_mean: Annotated[
        float,
        Spec("Mean number of connections over the company (LinkedIn: after the multipliers of workforce)",
             "connections", "U(150, 400)", "[3.1] [3.2]", "evidence", at_least=1, at_most=30_000),
    ] = 290.0  # fmt: skip
    connections_log_sd: Annotated[
        float,
        Spec("Log-sd of connections (LinkedIn: after the multipliers)", "log-sd", "U(.8, 1.2)", "[3.2]", "evidence",
             at_least=0, at_most=5),
    ] = 1.0  # fmt: skip
    activity_shape: Annotated[
        float,
        Spec("Gamma shape of viewers' activity (over ties, the product with affinity and strength has about .36)",
             "shape", "U(.3, .9)", "prototypes: target 11; [A11] [2.2]", "chosen in prototypes",
             at_least=0.01, at_most=100),
    ] = 0.47  # fmt: skip
    person_ties_kept: Annotated[
        float,
        Spec("Share of the ties among persons, and of LinkedIn's coworker ties, that are on the platform", "share",
             "fixed", "definition", "assumption", at_least=0, at_most=1),
    ] = 1.0  # fmt: skip
    connections_per_follower: Annotated[
        float,
        Spec("Sum of employees' connections per page follower, where followers are not given",
             "connections per follower", "LN(10, .8)", "[3.11]", "evidence", above=0, at_most=1_000_000),
    ] = 10.0  # fmt: skip
    season_august: Annotated[
        float,
        Spec("Posting in August, relative", "factor", "U(.6, 1)", "[4.9]: month; assumption: size",
             at_least=0, at_most=10),
    ] = 0.8  # fmt: skip
    season_year_end: Annotated[
        float,
        Spec("Posting from 25 to 31 December, relative", "factor", "U(.3, .8)", "[4.9]: month; assumption: size",
             at_least=0, at_most=10),
    ] = 0.5  # fmt: skip
    page_posts_per_week: Annotated[
        float, Spec("Posts of the page", "posts a week", "±50 %", "[2.26]", "evidence", at_least=0, at_most=200)
    ] = 3.0
    half_life_hours: Annotated[
        float,
        Spec("Median delay of a first-hop view", "hours", "±25 %", "[2.14]: over all hops; prototypes: first hop",
             "chosen in prototypes", above=0, at_most=1_000),
    ] = 18.0  # fmt: skip
    later_half_life_hours: Annotated[
        float, tuned("Median delay of a view beyond the first hop, after its act", "hours", "±25 %",
                     above=0, at_most=1_000)
    ] = 10.0  # fmt: skip
    view_cut_days: Annotated[
        float,
        Spec("No view comes later than this", "days", "fixed", "definition; [2.14]: form of the law", "assumption",
             at_least=1, at_most=365),
    ] = 28.0  # fmt: skip
    engage: Annotated[float, _rate("Engagements", "× LN(1, .4)", "[2.18]")] = 0.0385
    click: Annotated[
        float,
        Spec("Clicks per first-hop impression of employees' posts with a link in the default scenario",
             "per impression", "× LN(1, .5)", "[2.19] [2.20] [2.21]; prototypes", "chosen in prototypes",
             at_least=0, at_most=1),
    ] = 0.02  # fmt: skip
    reshare: Annotated[float, _rate("Reshares", "× LN(1, .4)", "[1.2] [1.11]; calibrated: target 1, target 4")] = 0.0030
    mute: Annotated[
        float, _rate("Mutes", "× LN(1, .7)", "[2.27] [2.28] [2.29]; assumption: size", "assumption")
    ] = 0.0001
    mute_promotional: Annotated[
        float,
        Spec("Mutes of promotional posts, × those of others", "factor", "U(1, 6)", "[2.27]; assumption: size",
             at_least=0, at_most=100),
    ] = 3.0  # fmt: skip
    page_reaction_ratio: Annotated[
        float,
        Spec("The page's engagements, clicks, reshares per impression, relative to a person's", "factor",
             "U(.35, .65)", "prototypes: target 14", "chosen in prototypes", at_least=0, at_most=10),
    ] = 0.45  # fmt: skip
    endorsement_weak: Annotated[float, _endorsement("weak")] = 1.6
    endorsement_strong: Annotated[float, _endorsement("strong")] = 2.0
    attention: Annotated[
        float,
        Spec("Chance that an impression of an employee's post is attended", "probability", "U(.3, .7)",
             above=0, at_most=1),
    ] = 0.5  # fmt: skip
    attention_person_page_ratio: Annotated[
        float,
        Spec("Attention to a person's post relative to the page's (the 16x claim is about this)", "factor",
             "U(1.1, 2)", at_least=0.01, at_most=1_000),
    ] = 1.3  # fmt: skip
    surfaced_views: Annotated[
        float, tuned("Views that an engagement at the first hop brings", "views", "U(6, 20)", 12,
                     at_least=0, at_most=1_000)
    ] = 13.0  # fmt: skip
    surfacing_decay: Annotated[
        float,
        tuned("Surfaced views and visibility of a reshare, × per further hop", "factor", "U(.3, .7)", 12,
              at_least=0, at_most=1),
    ] = 0.5  # fmt: skip
    reaction_decay: Annotated[
        float, tuned("Engagements, clicks and reshares, × per hop", "factor", "U(.15, .6)", 5, at_least=0, at_most=1)
    ] = 0.25
    reshare_views: Annotated[
        float,
        tuned("Views of a reshare over one's own ties, relative to a post by an employee", "factor", "U(1, 5)", 5,
              at_least=0, at_most=100),
    ] = 2.0  # fmt: skip
    mix: PlatformMix = PlatformMix()
    presence: Presence = Presence()
    weekday_weights: WeekdayWeights = WeekdayWeights()

    @property
    def name(self) -> str:
        """Name of the platform in addresses."""
        return type(self).address[1]

    def constants(self, person_log_sd: float, page_log_sd: float) -> dict[str, float]:
        """Return the solved constants of the core, rates interpolated at the visibilities and the shape.

        Parameters
        ----------
        person_log_sd, page_log_sd
            ``content.appeal_visibility_log_sd`` and ``content.appeal_visibility_page_log_sd``.

        Raises
        ------
        InvalidInput
            Nobody has solved them for this platform.
        """
        if not has_file(self.name):
            raise invalid(
                f"platforms.{self.name}.on",
                self.on,
                f"its constants are not solved: there is no platform_data/{self.name}.yaml; make it with "
                f"python tools/solve_constants.py --platform {self.name}, or leave the platform off",
            )
        data = solved(self.name)
        rates = data.rates(
            self.person_visibility, self.page_visibility, self.activity_shape, person_log_sd, page_log_sd
        )
        return {**rates, **data.reactions}

    def _broken_rules(self) -> Iterable[Problem]:
        return [*self._timing(), *self._attention(), *self._visibility()]

    def _timing(self) -> Iterable[Problem]:
        for field in ("half_life_hours", "later_half_life_hours"):
            value, half_cut = getattr(self, field), 12 * self.view_cut_days
            if value >= half_cut:
                rule = f"must be below half of platforms.{self.name}.view_cut_days ({half_cut:g} hours)"
                yield Problem((field,), f"{value:g}", rule)

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
        if not has_file(self.name):
            return []  # `constants` refuses a run
        data, problems = solved(self.name), []
        for name, (low, high) in (
            ("person_visibility", data.person.range("visibility")),
            ("page_visibility", data.page.range("visibility")),
            ("activity_shape", data.person.range("activity_shape")),
        ):
            if not low <= getattr(self, name) <= high:
                rule = f"must be inside the solved range {low:g} to {high:g} (platform file {self.name}.yaml)"
                problems.append(Problem((name,), f"{getattr(self, name):g}", rule))
        return problems


def _names_on(value: Any) -> tuple[Any, ...]:
    """Return the names of ``only``; an error for one that no platform has."""
    is_list = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    names = tuple(value) if is_list else (value,)
    for name in names:
        if name not in PLATFORMS:
            raise InvalidInput(problems=[Problem(("only",), shown(value), _no_platform(name))])
    return names


def _no_platform(name: object) -> str:
    return f"must be names of platforms; {did_you_mean(name, PLATFORMS)}"


Facebook = own_class(Platform, "facebook")
Instagram = own_class(Platform, "instagram")
X = own_class(Platform, "x")
for _platform in (Facebook, Instagram, X):
    for _class in classes_below(_platform):
        _class.__module__ = __name__
        globals()[_class.__name__] = _class  # so that values of it pickle


class Platforms(Group):
    """The platforms. LinkedIn is on by default, the others are off: decision record 7.

    ``only``, a name or a list of names, switches these on and all others off: ``Platforms(only="facebook")``, address
    ``platforms.only``. It is read as the platforms that are on, and no file has it: they have ``on`` of each.
    """

    address = ("platforms",)
    shorthands = ("only",)
    linkedin: Platform = Platform()
    facebook: Platform = Facebook()
    instagram: Platform = Instagram()
    x: Platform = X()

    @model_validator(mode="before")
    @classmethod
    def _switched(cls, values: Any) -> Any:
        """Values with ``on`` of each platform in place of ``only``."""
        if not isinstance(values, Mapping) or "only" not in values:
            return values
        found = dict(values)
        names = _names_on(found.pop("only"))
        for name in PLATFORMS:
            part = found.get(name, default_of(cls.model_fields[name]))
            if isinstance(part, Mapping) and "on" in part:
                rule = f"says what platforms.{name}.on says too; give one of them"
                raise InvalidInput(problems=[Problem(("only",), "", rule)])
            fields = dict(part) if isinstance(part, Group | Mapping) else {}
            found[name] = {**fields, "on": name in names} if isinstance(part, Group | Mapping) else part
        return found

    @property
    def only(self) -> tuple[str, ...]:
        """Return the names of the platforms that are on."""
        return tuple(platform.name for platform in self.on())

    def on(self) -> list[Platform]:
        """Return the platforms that are on, in the order linkedin, facebook, instagram, x."""
        return [platform for platform in (getattr(self, name) for name in PLATFORMS) if platform.on]

    def _broken_rules(self) -> Iterable[Problem]:
        if not self.on():
            switches = ", ".join(f"platforms.{name}.on" for name in PLATFORMS)
            yield Problem((), "", f"one platform at least must be on ({switches})")
