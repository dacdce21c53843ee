"""Defaults of the platforms other than LinkedIn, as data, and how a group's class is made from them.

LinkedIn's defaults stand with the fields themselves (``platform.py``). A field that is not in the table has LinkedIn's
default elsewhere too, as an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar

from pydantic import create_model

from groundswell import _core
from groundswell.scenario.schema.base import Group, Spec, default_of, group_of, spec_of

# Four, in the order of their numbers in the core; cpp/model/platform.hpp says why there is no fifth.
PLATFORMS: tuple[str, ...] = tuple(_core.platforms)
TITLES = {"linkedin": "LinkedIn", "facebook": "Facebook", "instagram": "Instagram", "x": "X"}

G = TypeVar("G", bound=Group)
OwnText = str | tuple[str, str, str]


@dataclass(frozen=True)
class Elsewhere:
    """One field on Facebook, Instagram, X: defaults; prior and source, one text or one a platform; tag; a note.

    An empty prior is LinkedIn's.
    """

    values: tuple[Any, Any, Any]
    prior: OwnText = ""
    source: OwnText = "assumption"
    tag: str = "assumption"
    note: str = ""

    def of(self, platform: str, spec: Spec) -> tuple[Any, Spec]:
        """Return the default on one platform, and what is known about it."""
        i = PLATFORMS.index(platform) - 1
        prior = self.prior if isinstance(self.prior, str) else self.prior[i]
        source = self.source if isinstance(self.source, str) else self.source[i]
        tag = "assumption" if "assum" in source else self.tag
        what = f"{spec.description} ({self.note})" if self.note else spec.description
        return self.values[i], replace(spec, description=what, prior=prior or spec.prior, source=source, tag=tag)


_DIRICHLET = "Dirichlet(10 × the mix), jointly"
_COWORKERS = "wanted; the ties themselves are those of LinkedIn that person_ties_kept leaves"
_LATER = "assumption: .55 of the first hop's"
_SPREAD = ("U(.9, 1.5)", "U(.8, 1.8)", "U(1, 2)")
_PRESENT = ("U(.4, .9)", "U(.2, .8)", "U(.1, .5)")

# Facebook, Instagram, X.
ELSEWHERE: Mapping[str, Elsewhere] = {
    "on": Elsewhere((False, False, False), source="design: decision record 7", tag="input"),
    "person_visibility": Elsewhere(
        (0.10, 0.10, 0.03), source=("[2.1]: 2012; [2.7]: drift", "assumption; [2.7]: drift", "[2.13]"), tag="evidence"
    ),
    "page_visibility": Elsewhere((0.017, 0.038, 0.03), source=("[2.11]", "[2.12]", "[2.13]"), tag="evidence"),
    "connections_mean": Elsewhere(
        (200.0, 150.0, 75.0), ("U(100, 350)", "LN(150, .8)", "LN(75, .8)"),
        ("[3.6] [3.7]", "assumption", "[3.10]: followers, here mutual ties"), "evidence",
    ),
    # Facebook: sqrt(2 ln(mean / median)).
    "connections_log_sd": Elsewhere(
        (1.18, 1.2, 1.5), _SPREAD, ("[3.6] [3.7]: mean / median", "assumption", "assumption"), "evidence",
    ),
    "mix.employee": Elsewhere((0.08, 0.05, 0.04), _DIRICHLET, note=_COWORKERS),
    "mix.alumni": Elsewhere((0.04, 0.02, 0.03), _DIRICHLET),
    "mix.buyer": Elsewhere((0.03, 0.03, 0.08), _DIRICHLET),
    "mix.peer": Elsewhere((0.05, 0.05, 0.20), _DIRICHLET),
    "mix.talent": Elsewhere((0.05, 0.05, 0.10), _DIRICHLET),
    "mix.personal": Elsewhere((0.60, 0.60, 0.20), _DIRICHLET),
    "mix.other": Elsewhere((0.15, 0.20, 0.35), _DIRICHLET),
    **{
        f"presence.{segment}": Elsewhere(values, _PRESENT)
        for segment, values in {
            "alumni": (0.65, 0.45, 0.25),
            "buyer": (0.65, 0.45, 0.30),
            "peer": (0.65, 0.45, 0.30),
            "talent": (0.65, 0.55, 0.30),
            "personal": (0.75, 0.55, 0.20),
            "other": (0.65, 0.45, 0.25),
        }.items()
    },
    # The product over employees' ties has shape .5, .5, .36: the factors 1 + 1/shape keep LinkedIn's ratio.
    "activity_shape": Elsewhere((0.67, 0.67, 0.47), "U(.35, 1.2)", "[A11] [2.2]: shape of the product; assumption"),
    "person_ties_kept": Elsewhere((0.30, 0.25, 0.10), ("U(.1, .6)", "U(.1, .6)", "U(.02, .3)")),
    "page_posts_per_week": Elsewhere((5.0, 4.0, 7.0), source="assumption"),
    "half_life_hours": Elsewhere((1.0, 19.5, 0.6), source="[2.14]", tag="evidence"),
    "later_half_life_hours": Elsewhere((0.55, 10.7, 0.33), "±50 %", _LATER),
    "engage": Elsewhere((0.03, 0.04, 0.012), source=("[2.17]", "[2.17]", "assumption; [2.16]"), tag="evidence"),
    "click": Elsewhere((0.015, 0.004, 0.01)),
    "reshare": Elsewhere((0.0021, 0.00045, 0.0045), source="[1.2] [1.11]: order; assumption: sizes"),
    "mute_promotional": Elsewhere((3.0, 3.0, 2.0), source="[2.27]; assumption: size"),
}  # fmt: skip


def own_class(base: type[G], platform: str, path: tuple[str, ...] = ()) -> type[G]:
    """Return the class of a group of one platform: the same fields, its own address, defaults, priors and sources.

    ``path`` leads from the platform to the group. Groups below get classes of their own.
    """
    fields: dict[str, Any] = {}
    for name, field in base.model_fields.items():
        spec, group = spec_of(base, name), group_of(base, name)
        if group is not None:
            own = own_class(group, platform, (*path, name))
            fields[name] = (group, own())
        elif spec is not None:
            value, spec = _own(".".join((*path, name)), platform, spec, default_of(field))
            fields[name] = (Annotated[field.annotation, spec], value)
    name = TITLES[platform] + (base.__name__ if path else "")
    made = create_model(name, __base__=base, __module__=base.__module__, **fields)
    made.address = ("platforms", platform, *path)
    made.__doc__ = base.__doc__
    return made


def classes_below(group: type[Group]) -> Iterator[type[Group]]:
    """Yield a class and those of the groups in it: a module must name them, or their values do not pickle."""
    yield group
    for name in group.model_fields:
        below = group_of(group, name)
        if below is not None:
            yield from classes_below(below)


def _own(field: str, platform: str, spec: Spec, default: Any) -> tuple[Any, Spec]:
    row = ELSEWHERE.get(field)
    if row is None:
        fixed = spec.source.startswith("definition")
        source = spec.source if fixed or spec.source == "assumption" else f"{spec.source}; assumption: as on LinkedIn"
        return default, spec if fixed else replace(spec, source=source, tag="assumption")
    return row.of(platform, spec)
